"""Replies that have come and are paid for, while their articles are not in the ledger yet.

A run asks about the next article before it judges a reply, so that the endpoint does not wait for it. Should the
process die in between, the next run finds the reply here and does not pay for it again. The file is beside the ledger
while a run is under way, and stays while it holds a reply about an article without a row.
"""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO, Protocol

from summarise.exchange import Reply

log = logging.getLogger(__name__)

FIRST_LINE = b'{"summarise":"replies","version":1}\n'
"""How the file begins: another file of that name is not touched."""

MOST_BYTES = 8_000_000
"""Bytes after which the file is written anew, with what is still needed."""

_FIELDS = [field.name for field in fields(Reply)]


def beside(ledger: Path, what: str) -> Path:
    """What is kept beside a ledger: `out.replies` for `out.jsonl`, and `out-replies` for `out`, to tell them apart."""
    stem = ledger.name.removesuffix(".jsonl")
    return ledger.with_name(f"{stem}{'-' if stem == ledger.name else '.'}{what}")


def replies_of(ledger: Path) -> Path:
    """The file beside a ledger that holds the replies."""
    return beside(ledger, "replies")


def new_of(replies: Path) -> Path:
    """The file that takes the place of one with replies."""
    return replies.with_name(replies.name + ".new")


class Place(Protocol):
    """Where in the ledger a row is."""

    @property
    def start(self) -> int:
        """Its offset."""


class Replies:
    """The file of a ledger, for whoever has the lock of the ledger. It is made with the first reply.

    `rows` are those of the ledger, `end` tells how long it is: a reply that was got before its article's row was
    written is over. Where the file cannot be read or written a warning is logged, and nothing is kept from then on.
    """

    def __init__(self, path: Path, rows: Mapping[str, Place], end: Callable[[], int]) -> None:
        self.path = path
        self.are_kept = True
        """Whether a reply outlives the process."""
        self._end = end
        self._file: BinaryIO | None = None
        self._written = 0
        self._needed: dict[str, dict[str, bytes]] = {}  # lines, by the id of the article and the request
        self._earlier: dict[str, Reply] = {}  # by the request
        self._is_there = False
        try:
            for mine in (path, new_of(path)):
                if not _is_ours(mine):
                    self._give_up("use", "it is no file of replies; move it away", mine)
                    return
            self._read(rows)
        except FileNotFoundError:
            pass
        except OSError as problem:
            self._give_up("read", problem.strerror)

    def known(self, request: Callable[[], str]) -> Reply | None:
        """The reply that an earlier run got to the request with this hash; each is given once."""
        return self._earlier.pop(request(), None) if self._earlier else None

    def keep(self, id: str, request: str, reply: Reply) -> None:
        """Write a reply to the request with this hash, about the article, down."""
        if not self.are_kept:
            return
        told = {name: getattr(reply, name) for name in _FIELDS}
        line = json.dumps({"id": id, "ledger": self._end(), "request": request, "reply": told}).encode() + b"\n"
        self._needed.setdefault(id, {})[request] = line
        self._written += len(line)
        try:
            if self._written > MOST_BYTES or not self._is_there:
                self._write_anew()
            else:
                self._append(line)
        except OSError as problem:
            self._give_up("write", problem.strerror)

    def settle(self, id: str) -> None:
        """The article has its row in the ledger."""
        for request in self._needed.pop(id, ()):
            self._earlier.pop(request, None)

    @property
    def waiting(self) -> int:
        """How many articles without a row have a reply."""
        return len(self._needed)

    def put_by(self, id: str) -> None:
        """Nothing came of the article for now; what was replied is there for the next run with this ledger."""
        for request, line in self._needed.get(id, {}).items():
            self._earlier[request] = _stored(line)[-1]

    def close(self) -> None:
        """Close the file; it stays only with what is not settled."""
        try:
            if not self._needed and self._is_there:
                self.path.unlink(missing_ok=True)
            elif self.are_kept and self._is_there:
                self._write_anew()
        except OSError as problem:  # so the file stays as it is, with more than is needed
            log.info("cannot tidy up %s: %s", self.path, problem.strerror)
            with suppress(OSError):
                new_of(self.path).unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        """Close the file, as it is; what comes later opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _read(self, rows: Mapping[str, Place]) -> None:
        with self.path.open("rb") as file:
            file.seek(len(FIRST_LINE))
            lines = file.read().splitlines(keepends=True)
        self._is_there, self._written = True, MOST_BYTES  # what is over goes, and a line that was cut off
        for line in lines:
            try:
                id, request, since, reply = _stored(line)
            except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
                continue  # cut off, or of another version
            row = rows.get(id)
            if row is None or row.start < since:
                self._needed.setdefault(id, {})[request] = line if line.endswith(b"\n") else line + b"\n"
                self._earlier[request] = reply

    def _append(self, line: bytes) -> None:
        if self._file is None:
            self._file = self.path.open("ab", buffering=0)
        while line:
            line = line[self._file.write(line) :]

    def _write_anew(self) -> None:
        self.let_go()
        new = new_of(self.path)
        with open(new, "wb", opener=_private) as file:
            file.write(FIRST_LINE)
            file.writelines(line for each in self._needed.values() for line in each.values())
        os.replace(new, self.path)
        self._is_there, self._written = True, 0

    def _give_up(self, what: str, why: str | None, path: Path | None = None) -> None:
        self.are_kept = False
        self.let_go()
        log.warning(
            "cannot %s %s: %s; so nothing is asked ahead, and a reply that is lost with the process is paid for twice",
            what,
            path or self.path,
            why,
        )


def _is_ours(path: Path) -> bool:
    """Whether a file, if it is there, is none of the user's own, even if it was cut off early. Raises `OSError`."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
    except FileNotFoundError:
        return True
    with path.open("rb") as file:
        begin = file.read(len(FIRST_LINE))
    return FIRST_LINE.startswith(begin)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _stored(line: bytes) -> tuple[str, str, int, Reply]:
    """The article's id, the request, how long the ledger was, and the reply. Raises many errors for what is no line."""
    stored = json.loads(line)
    return str(stored["id"]), str(stored["request"]), int(stored["ledger"]), _reply(stored["reply"])


def _reply(told: Mapping[str, str | int | None]) -> Reply:
    """Raises `TypeError` for what is none."""
    for name, value in told.items():
        if not (isinstance(value, int) if name.endswith("_tokens") else value is None or isinstance(value, str)):
            raise TypeError(f"{name} is no {value!r}")
    return Reply(**told)  # type: ignore[arg-type]
