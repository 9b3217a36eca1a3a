"""JSON Lines, plain or packed with gzip: one object to a line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from pydantic_core import from_json

from summarise.corpus.rows import MOST_BYTES, Numbered, Row
from summarise.errors import UnreadableRow

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Lines(Protocol):
    """What lines of bytes are read from."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line, or the next `size` bytes of it; nothing at the end."""


def rows(path: Path) -> Iterator[Numbered]:
    """Every line that is not blank. Raises `OSError` if the file cannot be opened."""
    with gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb") as lines:
        yield from rows_in(lines)


def rows_in(lines: Lines) -> Iterator[Numbered]:
    """Every line that is not blank, one in memory at a time; the first line is number 1."""
    number = 0
    while True:
        number += 1
        try:
            line = lines.readline(MOST_BYTES)
            if too_long := len(line) == MOST_BYTES and not line.endswith(b"\n"):
                while (rest := lines.readline(MOST_BYTES)) and not rest.endswith(b"\n"):
                    pass
        except (OSError, EOFError, zlib.error) as problem:
            yield number, UnreadableRow(f"from here on it cannot be read: {problem}")
            return
        if not line:
            return
        if too_long:
            yield number, UnreadableRow(f"a line of more than {MOST_BYTES:,} bytes", hint="One object to a line.")
        elif not line.isspace():
            yield number, _row(line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line)


def count(path: Path) -> int | None:
    """How many lines are not blank; None for a packed file, which would have to be unpacked for it.

    Raises `OSError` if the file cannot be read, or is not packed though its name says so.
    """
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as packed:
            try:
                packed.read(1)
            except (EOFError, zlib.error) as problem:
                raise OSError(str(problem)) from problem
        return None
    number = 0
    with path.open("rb") as lines:
        while line := lines.readline(MOST_BYTES):
            number += line.endswith(b"\n") and not line.isspace()
    return number + bool(line_left(path))


def line_left(path: Path) -> bool:
    """Whether the last line has no line end."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if not size:
            return False
        file.seek(size - 1)
        return not file.read(1).isspace()


def _row(line: bytes) -> Row | UnreadableRow:
    try:
        row = from_json(line.strip())
    except ValueError as problem:
        try:
            line.decode()
        except UnicodeDecodeError as undecodable:
            return UnreadableRow(
                f"not in UTF-8, from byte {undecodable.start + 1} of the line on", hint="Save the file as UTF-8."
            )
        return UnreadableRow(f"no JSON: {str(problem).replace('at line 1 column', 'at character')}")
    if not isinstance(row, dict):
        kind = "a list" if isinstance(row, list) else f"of the type {type(row).__name__}"
        return UnreadableRow(f"{kind}, and not a JSON object", hint="JSON Lines has one object to a line.")
    return row
