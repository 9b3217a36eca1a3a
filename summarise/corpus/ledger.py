"""The ledger of a corpus: JSON Lines, one row per article, only ever appended to.

It is the output, the journal that a run resumes from and the cache in one. The last row of an id counts. One run
writes at a time; anyone may read meanwhile.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from summarise.corpus import part_files
from summarise.corpus.replies import Replies, replies_of
from summarise.errors import LedgerError
from summarise.notebook import remark_html, row_html, summary_html
from summarise.records import ArticleSummary, Usage

log = logging.getLogger(__name__)

ROW_START = b'{"id":'
"""How every row begins: tells a row that was cut off from a file that is no ledger."""

ROOM = 4096
"""Bytes for which there must be room when a ledger is opened; a row has some thousand."""

SYNC_EVERY = 5.0
"""Seconds after which what is written is forced onto the disk."""

_SECOND_OPINION = "second_opinion_"  # how the kinds of concern begin that a second opinion gave rise to

_NO_LEDGER = "Give a new file, or one that an earlier run wrote."
_OF_A_CLUSTER = "Give --out the name of a file: a folder is for a run with --cluster, which goes on in its own."
_WRITTEN_BY = "A ledger is a file that `summarise corpus … --out FILE` wrote."

Schema = TypeVar("Schema", bound=ArticleSummary)


class RowError(BaseModel):
    """Why an article failed: the class of the error, what it says, and the way on (empty if there is none)."""

    model_config = ConfigDict(frozen=True)

    kind: str
    message: str
    hint: str = ""


class LedgerRow(BaseModel):
    """One article and what became of it.

    `summary` is the stored summary as parsed JSON, so that rows of every schema and version can be read;
    `parsed` turns it into records. `fingerprint` holds the ids of model, prompt, schema and article it was made with,
    and the settings that change results, where they were not the default.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    source: str
    status: Literal["ok", "failed"]
    summary: dict[str, Any] | None = None
    error: RowError | None = None
    usage: Usage = Usage()
    fingerprint: dict[str, str] = {}

    def parsed(self, schema: type[Schema]) -> Schema | None:
        """The summary as `schema`, without keys that `schema` does not know; None for a failed row.

        Raises `pydantic.ValidationError` if the stored summary does not fit `schema`.
        """
        return None if self.summary is None else schema.model_validate(self.summary, extra="ignore")

    def _repr_html_(self) -> str:
        """For notebooks: the summary, or why there is none, everything escaped."""
        if self.error is not None:
            body = remark_html(" ".join(filter(None, (f"{self.error.kind}: {self.error.message}.", self.error.hint))))
        else:
            try:
                summary = self.parsed(ArticleSummary)
            except ValidationError:
                body = remark_html("its summary is none of this version's: see `summary`")
            else:
                body = summary_html(summary) if summary else remark_html("no summary")
        return row_html(self.id, self.status, self.source, body)

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each type the summary has, types without any left out; `rejected` among them."""
        return record_counts(self.summary or {})

    @property
    def differences(self) -> dict[str, int]:
        """How often the second opinion differs, by kind of concern; empty where it agrees, or was not asked for."""
        return difference_counts(self.summary or {})

    @property
    def warnings(self) -> list[str]:
        """What the reader of the article was not sure of: its encoding, its date, its language."""
        provenance = (self.summary or {}).get("provenance")
        found = provenance.get("warnings") if isinstance(provenance, dict) else None
        return [str(warning) for warning in found] if isinstance(found, list) else []


def record_counts(summary: Mapping[str, Any]) -> dict[str, int]:
    """How many records of each type a stored summary has; types without any are left out, concerns are no records."""
    return {
        name: len(value)
        for name, value in summary.items()
        if isinstance(value, list) and value and isinstance(value[0], dict) and name != "concerns"
    }


def difference_counts(summary: Mapping[str, Any]) -> dict[str, int]:
    """How many concerns of each kind a stored summary owes to the second opinion."""
    concerns = summary.get("concerns")
    kinds = (
        [concern.get("kind") for concern in concerns if isinstance(concern, dict)] if isinstance(concerns, list) else []
    )
    return dict(Counter(kind for kind in kinds if isinstance(kind, str) and kind.startswith(_SECOND_OPINION)))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a run must know of an article that is in the ledger already; its row is at the offset `start`."""

    source: str
    status: Literal["ok", "failed"]
    fingerprint: dict[str, str]
    counts: dict[str, int]
    differences: dict[str, int]
    start: int

    @classmethod
    def of(cls, row: LedgerRow, start: int) -> Self:
        """What is kept of a row."""
        # Most rows have the same model, prompt, schema and counts: one copy of each will do for all of them.
        fingerprint = {
            name: value if name == "article" else sys.intern(value) for name, value in row.fingerprint.items()
        }
        counts, differences = _one_copy(*row.counts.items()), _one_copy(*row.differences.items())
        return cls(row.source, row.status, fingerprint, counts, differences, start)


@lru_cache(maxsize=4096)
def _one_copy(*numbers: tuple[str, int]) -> dict[str, int]:
    return dict(numbers)


class Ledger:
    """The ledger, open for writing and locked against other writers: use it in a `with` statement.

    Opening checks every row, makes the file if need be, and cuts off a last row that was written only in part (a
    warning is logged). Raises `LedgerError` if the file cannot be written, there is no room for a row, it holds
    something else than rows, or is in use by another run.

    A row that is written survives the end of the process. It is forced onto the disk every `sync_every` seconds and on
    closing, so that a power cut loses no more than that.
    """

    def __init__(self, path: str | Path, *, sync_every: float = SYNC_EVERY) -> None:
        self.path = Path(path)
        self._sync_every = sync_every
        self._synced = time.monotonic()
        self.entries: dict[str, Entry] = {}
        self._file = _open_for_appending(self.path)
        try:
            lock(self._file, self.path)
            self._take_stock()
            self._try_out()
            self._end = self._file.seek(0, os.SEEK_END)
            self.replies = Replies(replies_of(self.path), self.entries, lambda: self._end)
        except BaseException:
            self._file.close()
            raise

    def append(self, row: LedgerRow) -> None:
        """Write one row; it is in the file, whole, when this returns. Raises `LedgerError` if it cannot be.

        Of a row that does not fit on the disk nothing stays behind.
        """
        line = row.model_dump_json().encode() + b"\n"
        before = self._file.seek(0, os.SEEK_END)
        try:
            written = 0
            while written < len(line):
                written += self._file.write(line[written:])
            if time.monotonic() - self._synced >= self._sync_every:
                self._sync()
        except OSError as problem:
            raise self._not_written(before, problem) from problem
        self._end = before + len(line)
        self.entries[row.id] = Entry.of(row, before)
        self.replies.settle(row.id)

    def row(self, id: str) -> LedgerRow:
        """The last row of an id that is in `entries`. Raises `LedgerError` if the file can no longer be read."""
        start = self.entries[id].start
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                return _parse(file.readline())
        except (OSError, ValueError) as problem:
            raise LedgerError(f"cannot read {id!r} in the ledger {self.path}: {problem}", hint=_WRITTEN_BY) from problem

    def close(self) -> None:
        """Force what is written onto the disk, close the file and give up the lock."""
        try:
            if not self._file.closed:
                self._sync()
                self.replies.close()  # with what the rows on the disk make needless
        except OSError as problem:
            raise LedgerError(
                f"cannot bring the ledger {self.path} onto the disk: {problem.strerror}",
                hint="The last rows may be lost: check the disk, then run the same command again.",
            ) from problem
        finally:
            self.replies.let_go()
            self._file.close()

    def _try_out(self) -> None:
        """See whether there is room for a row, before anything is paid for."""
        before = self._file.seek(0, os.SEEK_END)
        try:
            written = 0
            while written < ROOM:
                written += self._file.write(b"\n" * (ROOM - written))
            self._file.truncate(before)
        except OSError as problem:
            raise self._not_written(before, problem) from problem

    def _not_written(self, before: int, problem: OSError) -> LedgerError:
        """The error for what did not fit behind the offset `before`; nothing of it stays."""
        with suppress(OSError):  # then the next run cuts it off
            self._file.truncate(before)
        return LedgerError(
            f"cannot write to the ledger {self.path}: {problem.strerror}",
            hint="Make room or check the disk, then run the same command again: what is done is kept.",
        )

    def _sync(self) -> None:
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take_stock(self) -> None:
        start, line = 0, b""
        for start, line, row in _scan(self.path, _NO_LEDGER):
            if row is not None:
                self.entries[row.id] = Entry.of(row, start)
            elif is_cut_off(line):
                self._file.truncate(start)
                log.warning("%s: the last row was written only in part; it is cut off and read again", self.path)
                return
        if line and not line.endswith(b"\n"):
            self._file.truncate(start + len(_without_zeros(line)))
            self._file.write(b"\n")


def read_ledger(path: str | os.PathLike[str]) -> Iterator[LedgerRow]:
    """The last row of each id, in the order of the file, one in memory at a time.

    A folder of part files is read as one ledger. A last row that is still being written is passed over. Raises
    `LedgerError` if the file cannot be read or a line is no row, naming the line.
    """
    path = Path(path)
    parts = part_files.parts_of(path) if os.path.isdir(path) else [path]  # Path.is_dir raises for too long a name
    if not parts:
        raise LedgerError(f"there is no part of a ledger in the folder {path}", hint=_WRITTEN_BY)
    last = {id: (number, place) for number, part in enumerate(parts) for place, id in ids_in(part)}
    places: list[set[int]] = [set() for _ in parts]
    for number, place in last.values():
        places[number].add(place)
    for part, wanted in zip(parts, places, strict=True):
        yield from _rows_at(part, wanted)


def ids_in(part: Path) -> Iterator[tuple[int, str]]:
    """Where each row of a ledger's file is, and its id. Raises `LedgerError` if it cannot be read."""
    if part.suffix != ".parquet":
        yield from ((start, row.id) for start, _, row in _scan(part, _WRITTEN_BY) if row is not None)
        return
    try:
        yield from enumerate(part_files.parquet_ids(part))
    except (OSError, ValueError) as problem:
        raise LedgerError(f"{part} is no part of a ledger: {problem}", hint=_WRITTEN_BY) from problem


def _rows_at(part: Path, places: set[int]) -> Iterator[LedgerRow]:
    if part.suffix == ".parquet":
        try:
            yield from map(LedgerRow.model_validate, part_files.parquet_rows(part, places))
        except (OSError, ValueError) as problem:
            raise LedgerError(f"{part} is no part of a ledger: {problem}", hint=_WRITTEN_BY) from problem
        return
    with part.open("rb") as file:
        for start in sorted(places):
            file.seek(start)
            yield _parse(file.readline())


def _scan(path: Path, hint: str) -> Iterator[tuple[int, bytes, LedgerRow | None]]:
    """Each line with its offset and its row; no row for a blank line and a last one that was cut off."""
    start = 0
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield start, line, _row(line, path, number, hint)
                start += len(line)
    except OSError as problem:
        raise LedgerError(f"cannot read the ledger {path}: {problem.strerror}", hint=_WRITTEN_BY) from problem


def _row(line: bytes, path: Path, number: int, hint: str) -> LedgerRow | None:
    if not line.strip() or is_cut_off(line):
        return None
    try:
        return _parse(line)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        reason = ": ".join(filter(None, [".".join(map(str, first["loc"])), first["msg"]]))
    except ValueError as problem:
        reason = str(problem)
    raise LedgerError(f"{path}, line {number}, is no ledger row: {reason}", hint=hint)


def _parse(line: bytes) -> LedgerRow:
    return LedgerRow.model_validate(from_json(_without_zeros(line), allow_inf_nan=False), extra="ignore")


def _without_zeros(line: bytes) -> bytes:
    """The last line without what some file systems leave behind it when the power goes."""
    return line.rstrip(b"\0")


def is_cut_off(line: bytes) -> bool:
    """Whether this is the beginning of a row and no more: what a write that was interrupted leaves behind."""
    if line.endswith(b"\n"):
        return False
    line = _without_zeros(line)
    if not (line.startswith(ROW_START) or ROW_START.startswith(line)):
        return False
    try:
        from_json(line)
    except ValueError:
        return True
    return False


def _open_for_appending(path: Path) -> BinaryIO:
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "no regular file"
            hint = _OF_A_CLUSTER if path.is_dir() and part_files.parts_of(path) else _NO_LEDGER
            raise LedgerError(f"cannot write the ledger: {path} is {kind}", hint=hint)
        return path.open("ab", buffering=0)
    except OSError as problem:
        raise LedgerError(f"cannot write the ledger {path}: {problem.strerror}", hint=_way_on(path)) from problem


def _way_on(path: Path) -> str:
    if os.path.isfile(path):
        return "Its permissions or its disk forbid writing: change them, or give --out another file."
    return "Check that its folder exists and is writable."


def lock(file: BinaryIO, path: Path) -> None:
    """Keep every other run from writing to `path`, until the file is closed. Raises `LedgerError` if one does."""
    try:
        if sys.platform == "win32":  # pragma: no cover
            import msvcrt

            file.seek(2**40)  # far behind the rows: a lock on them would keep readers out
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as problem:
        raise LedgerError(
            f"another run is writing to {path}", hint="Wait until it is done, or give --out another file."
        ) from problem
    except OSError as problem:
        raise LedgerError(
            f"cannot lock the ledger {path}: {problem.strerror}", hint="Give --out a file on a local disk."
        ) from problem
