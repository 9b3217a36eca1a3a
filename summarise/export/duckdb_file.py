"""`.duckdb`: tables with keys and indexes, and views for the common questions. Lists are lists, days are days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.errors import ExportError
from summarise.export.batches import batches, told
from summarise.export.columns import arrow_schema, arrow_table
from summarise.export.sql import ORDER, index_statements, table_statements, view_statements
from summarise.export.tables import TABLES

_SETTINGS: dict[str, str | int] = {
    "default_block_size": 16_384,  # the least there is: every key and index takes a block at least, and most are small
    "memory_limit": "128MB",  # else it keeps what it wrote, up to four fifths of the memory there is
    "threads": 1,  # each wants memory of its own
}


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the database `out`; gives the number of rows by table. Raises `ExportError` if it cannot be written."""
    import duckdb

    counts: Counter[str] = Counter()
    schemas = {name: arrow_schema(TABLES[name]) for name in ORDER}
    try:
        with closing(duckdb.connect(out, config=_SETTINGS)) as database:
            _together(database, table_statements("duckdb"))
            for found in batches(rows, counts):
                with _transaction(database):
                    for name in ORDER:
                        if found[name]:
                            database.register("batch", arrow_table(TABLES[name], found[name], schemas[name]))
                            database.execute(f"INSERT INTO {name} SELECT * FROM batch")
                            database.unregister("batch")
            _together(database, (*index_statements("duckdb"), *_comments(), *view_statements("duckdb")))
            database.execute("CHECKPOINT")  # else it is done on closing, where no error is told
    except (duckdb.OperationalError, duckdb.FatalException) as problem:  # no room, as each of its parts puts it
        raise ExportError(f"cannot write {out.name}: {problem}") from problem
    return told(counts)


def _together(database: Any, statements: Iterable[str]) -> None:
    with _transaction(database):
        for statement in statements:
            database.execute(statement)


@contextmanager
def _transaction(database: Any) -> Iterator[None]:
    """One for many statements: each waits for the disk at its end."""
    database.execute("BEGIN")
    yield
    database.execute("COMMIT")


def _comments() -> Iterator[str]:
    for table in TABLES.values():
        for column in table.columns:
            meaning = column.meaning.replace("'", "''")
            yield f"COMMENT ON COLUMN {table.name}.{column.name} IS '{meaning}'"
