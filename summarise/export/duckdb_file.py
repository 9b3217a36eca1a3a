"""`.duckdb`: tables with keys and indexes, and views for the common questions. Lists are lists, days are days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from summarise.corpus.ledger import LedgerRow
from summarise.errors import ExportError
from summarise.export.batches import batches, told
from summarise.export.columns import arrow_schema, arrow_table
from summarise.export.sql import ORDER, index_statements, table_statements, view_statements
from summarise.export.tables import TABLES

_BLOCK_SIZE = 16_384
"""Bytes, the least there is: every key and index takes a block at least, and most of them are small."""


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the database `out`; gives the number of rows by table. Raises `ExportError` if it cannot be written."""
    import duckdb

    counts: Counter[str] = Counter()
    schemas = {name: arrow_schema(TABLES[name]) for name in ORDER}
    try:
        with closing(duckdb.connect(out, config={"default_block_size": _BLOCK_SIZE})) as database:
            for statement in table_statements("duckdb"):
                database.execute(statement)
            for found in batches(rows, counts):
                for name in ORDER:
                    if found[name]:
                        database.register("batch", arrow_table(TABLES[name], found[name], schemas[name]))
                        database.execute(f"INSERT INTO {name} SELECT * FROM batch")
                        database.unregister("batch")
            for statement in (*index_statements("duckdb"), *_comments(), *view_statements()):
                database.execute(statement)
            database.execute("CHECKPOINT")  # else it is done on closing, where no error is told
    except (duckdb.OperationalError, duckdb.FatalException) as problem:  # no room, as each of its parts puts it
        raise ExportError(f"cannot write {out.name}: {problem}") from problem
    return told(counts)


def _comments() -> Iterator[str]:
    for table in TABLES.values():
        for column in table.columns:
            meaning = column.meaning.replace("'", "''")
            yield f"COMMENT ON COLUMN {table.name}.{column.name} IS '{meaning}'"
