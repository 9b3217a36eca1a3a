"""Table rows as Arrow columns, for parquet and DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from summarise.export.tables import Table, Values


def arrow_schema(table: Table) -> Any:
    """The pyarrow schema of a table; the meaning of each column is in its metadata."""
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "day": pyarrow.date32(),
        "whole": pyarrow.int64(),
        "real": pyarrow.float64(),
    }
    return pyarrow.schema(
        [
            pyarrow.field(
                column.name,
                types[column.kind],
                nullable=column.name not in table.key,
                metadata={"description": column.meaning},
            )
            for column in table.columns
        ]
    )


def arrow_table(table: Table, rows: Sequence[Values], schema: Any) -> Any:
    """The rows as a pyarrow table."""
    import pyarrow

    columns = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    arrays = [
        pyarrow.array(days(values) if column.kind == "day" else values, field.type)
        for column, values, field in zip(table.columns, columns, schema, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def days(values: Sequence[Any]) -> list[date | None]:
    """The days of a column."""
    return [None if value is None else date.fromisoformat(value) for value in values]
