"""Parquet, a row group at a time, and only the columns that are needed. Reading it needs pyarrow, which is an extra."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from summarise.corpus.rows import Fields, Numbered, Row
from summarise.errors import ConfigurationError, UnreadableRow

_ROWS_AT_A_TIME = 256


def rows(path: Path, fields: Fields) -> Iterator[Numbered]:
    """Every row, counted through all row groups. A row group that is damaged is one complaint, and the next is read.

    Raises `ConfigurationError` without pyarrow or for a file that is no parquet, `OSError`.
    """
    with _open(path) as file:
        yield from rows_in(file, fields)


def rows_in(file: Any, fields: Fields) -> Iterator[Numbered]:
    """The same of an open `pyarrow.parquet.ParquetFile`."""
    pyarrow = needed_pyarrow()
    columns = fields.among(file.schema_arrow.names)
    before = 0
    for group in range(file.num_row_groups):
        number = before
        try:
            for batch in file.iter_batches(_ROWS_AT_A_TIME, row_groups=[group], columns=columns, use_threads=False):
                for row in table_rows(batch, columns):
                    number += 1
                    yield number, row
        except (pyarrow.ArrowException, OSError) as problem:
            yield number + 1, UnreadableRow(f"from here to the end of row group {group + 1} unreadable: {problem}")
        before += file.metadata.row_group(group).num_rows


def table_rows(table: Any, columns: Collection[str]) -> Iterator[Row]:
    """Every row of a pyarrow table or record batch, these columns of it; a cell that has no value here is an error."""
    pyarrow = needed_pyarrow()
    values = {name: _comparable(pyarrow, table.column(name)) for name in columns}
    for place in range(table.num_rows):
        yield {name: _cell(pyarrow, column[place]) for name, column in values.items()}


def count(path: Path, fields: Fields, source: str) -> int:
    """How many rows the file says it has. Raises as `rows` does, and `ConfigurationError` if a column is lacking."""
    with _open(path) as file:
        fields.check_columns(file.schema_arrow.names, source)
        return int(file.metadata.num_rows)


def needed_pyarrow() -> Any:
    """The module. Raises `ConfigurationError` without it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as problem:
        raise ConfigurationError(
            f"reading parquet needs pyarrow, which is not installed ({problem})",
            hint="Install it with: pip install 'summarise[parquet]'",
        ) from problem
    return pyarrow


def _open(path: Path) -> Any:
    pyarrow = needed_pyarrow()
    try:
        # Unbuffered, a whole column of a row group would be in memory at once.
        return pyarrow.parquet.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False)
    except pyarrow.ArrowException as problem:
        raise ConfigurationError(
            f"{path} is no parquet file that can be read: {problem}", hint="Write it again, or leave it out."
        ) from problem


def _comparable(pyarrow: Any, column: Any) -> Any:
    kind = column.type
    # Nanoseconds have no place in a datetime; the day is the same.
    return column.cast(pyarrow.timestamp("us", kind.tz), safe=False) if pyarrow.types.is_timestamp(kind) else column


def _cell(pyarrow: Any, cell: Any) -> object:
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.cast(pyarrow.binary()).as_py().decode("utf-8", "surrogateescape")
    except (ValueError, OverflowError, pyarrow.ArrowException) as problem:
        return problem
