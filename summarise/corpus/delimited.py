"""Tables with a header line: values with commas (`.csv`) or tabs (`.tsv`) between them, quoted where need be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TextIO

from summarise.corpus.rows import MOST_BYTES, Fields, Numbered
from summarise.errors import ConfigurationError, UnreadableRow

_BAD_TABLE = "A value with quotes, line ends or separators in it must stand in quotes, the quotes in it doubled."


def rows(path: Path) -> Iterator[Numbered]:
    """Every row below the header; its number is that of the line it begins on.

    Bytes that are no UTF-8 stand as surrogates, so that they spoil only their own row. Raises `OSError`.
    """
    with _open(path) as file:
        yield from rows_in(file, path)


def rows_in(file: TextIO, path: Path) -> Iterator[Numbered]:
    """The same of an open file, whose suffix says what stands between the values."""
    reader = _reader(file, path)
    header = _header(reader)
    while True:
        number = reader.line_num + 1
        try:
            values = _next(reader)
        except csv.Error as problem:
            yield number, UnreadableRow(f"no row of a table: {problem}", hint=_BAD_TABLE)
            continue
        except OSError as problem:
            yield number, UnreadableRow(f"from here on it cannot be read: {problem}")
            return
        if values is None:
            return
        if not values:  # a blank line
            continue
        if len(values) != len(header):
            yield number, UnreadableRow(f"{len(values)} values under {len(header)} columns", hint=_BAD_TABLE)
        else:
            yield number, dict(zip(header, values, strict=True))


def as_text(lines: IO[bytes]) -> TextIO:
    """A file of bytes as `rows_in` takes it."""
    return io.TextIOWrapper(lines, encoding="utf-8-sig", errors="surrogateescape", newline="")


def count(path: Path, fields: Fields, source: str) -> int:
    """How many rows there are, those that cannot be read included.

    Raises `ConfigurationError` if the header lacks a column that is needed; `OSError`.
    """
    with _open(path) as file, _wide_fields():
        reader = _reader(file, path)
        try:
            header = _header(reader)
        except csv.Error as problem:
            raise ConfigurationError(f"{source}, line 1, is no header of a table: {problem}", hint=_BAD_TABLE) from None
        fields.check_columns(header, source)
        number = 0
        while True:
            try:
                for values in reader:
                    number += bool(values)  # a blank line has none
                return number
            except csv.Error:
                number += 1


def _open(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _reader(file: TextIO, path: Path) -> Any:
    # A line is cut where it is longer than anything can be that is read: the reader then says so.
    lines = iter(lambda: file.readline(MOST_BYTES), "")
    return csv.reader(lines, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)


def _header(reader: Any) -> list[str]:
    while (values := _next(reader)) == []:
        pass
    return [name.strip() for name in values or ()]


def _next(reader: Any) -> list[str] | None:
    with _wide_fields():
        found: list[str] | None = next(reader, None)
        return found


@contextmanager
def _wide_fields() -> Iterator[None]:
    """The csv module's limit for one value, 128 KB, is below an article's, and is shared with the caller's program."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)
