"""The folder of part files that a run on a cluster writes: one writer, a row at a time, nothing lost in a crash."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO, Literal, Self

from summarise.corpus import part_files
from summarise.corpus.ledger import Entry, Ledger, LedgerRow, lock, read_ledger
from summarise.errors import LedgerError

ROWS_PER_PART = 10_000

_NUMBER = re.compile(r"part-(\d+)$")

Form = Literal["jsonl", "parquet"]


def form_of_results(folder: Path) -> Form:
    """What the suffix of the folder's name says: parquet, else JSON Lines."""
    return "parquet" if folder.suffix.lower() == ".parquet" else "jsonl"


class Results:
    """The folder, open for writing and locked against other runs: use it in a `with` statement.

    A row is written to a part in JSON Lines as it comes. In parquet, which cannot be appended to, that part has a `_`
    before its name, which readers of parquet pass over, until it is full or the run over; then it is written anew.

    Raises `LedgerError` as `Ledger` does, and for a path that is a file.
    """

    def __init__(self, folder: Path, rows_per_part: int = ROWS_PER_PART) -> None:
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        self._form = form_of_results(folder)
        self._rows_per_part = rows_per_part
        self._rows = 0
        self._part: Ledger | None = None
        self._lock = self._open()
        try:
            self._take_stock()
        except BaseException:
            self._lock.close()
            raise

    def append(self, row: LedgerRow) -> None:
        """Write one row; it is in the folder when this returns. Raises `LedgerError` if it cannot be."""
        if self._part is None:
            self._part = Ledger(self._path(self._next(), ".jsonl"))
        self._part.append(row)
        self.entries[row.id] = Entry.of(row, 0)
        self._rows += 1
        if self._rows >= self._rows_per_part:
            self.finish()

    def finish(self) -> None:
        """Finish the part under way; the next row begins another one. Raises `LedgerError` if it cannot be."""
        part, self._part, self._rows = self._part, None, 0
        if part is None:
            return
        part.close()
        if self._form == "parquet":
            self._to_parquet(part.path)

    def close(self) -> None:
        """Finish the last part, and give up the lock."""
        try:
            self.finish()
        finally:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> BinaryIO:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / ".lock").open("ab")
        except FileExistsError as problem:
            raise LedgerError(
                f"{self.folder} is a file, and a cluster writes a folder of parts", hint="Give --out another name."
            ) from problem
        except OSError as problem:
            raise LedgerError(
                f"cannot write to the folder {self.folder}: {problem.strerror}", hint="Give --out another folder."
            ) from problem
        try:
            lock(file, self.folder)
        except BaseException:
            file.close()
            raise
        return file

    def _take_stock(self) -> None:
        for part in part_files.parts_of(self.folder):
            if part.suffix == ".parquet":
                self.entries |= {row.id: Entry.of(row, 0) for row in read_ledger(part)}
                continue
            with Ledger(part) as ledger:  # which cuts off a row that was written only in part
                self.entries |= ledger.entries
            if part.name.startswith("_"):
                self._to_parquet(part)
        for abandoned in (*self.folder.glob("_part-*.jsonl"), *self.folder.glob("_part-*.unfinished")):
            abandoned.unlink()  # of a part that is there in parquet

    def _next(self) -> int:
        numbers = [int(found[1]) for part in part_files.parts_of(self.folder) if (found := _NUMBER.search(part.stem))]
        return max(numbers, default=0) + 1

    def _path(self, number: int, suffix: str) -> Path:
        return self.folder / f"{'_' if self._form == 'parquet' else ''}part-{number:05}{suffix}"

    def _to_parquet(self, part: Path) -> None:
        unfinished = part.with_suffix(".unfinished")
        try:
            part_files.write_parquet((row.model_dump(mode="json") for row in read_ledger(part)), unfinished)
            with unfinished.open("rb") as file:
                os.fsync(file.fileno())
            unfinished.rename(part.with_name(part.name.removeprefix("_")).with_suffix(".parquet"))
            part.unlink()
        except OSError as problem:
            raise LedgerError(
                f"cannot write {unfinished}: {problem.strerror or problem}",
                hint=f"The rows are safe in {part}: make room, then run the same command again.",
            ) from problem
