"""`.sqlite`: tables with keys and indexes, and views for the common questions. Lists are JSON arrays, days ISO text."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from summarise.corpus.ledger import LedgerRow
from summarise.errors import ExportError
from summarise.export.batches import batches, told
from summarise.export.sql import ORDER, index_statements, table_statements, view_statements
from summarise.export.tables import TABLES, Value, Values


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the database `out`; gives the number of rows by table. Raises `ExportError` if it cannot be written."""
    counts: Counter[str] = Counter()
    try:
        with closing(sqlite3.connect(out, isolation_level=None)) as database:
            # A new file that is moved into place when it is whole needs neither a journal nor to wait for the disk.
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = ON"):
                database.execute(f"PRAGMA {pragma}")
            database.execute("BEGIN")
            for statement in table_statements("sqlite"):
                database.execute(statement)
            for found in batches(rows, counts):
                for name in ORDER:
                    database.executemany(_insertion(name), map(_cells, found[name]))
            for statement in (*index_statements("sqlite"), *view_statements("sqlite")):
                database.execute(statement)
            database.execute("COMMIT")  # checks what points at what
            database.execute("PRAGMA optimize")
    except sqlite3.OperationalError as problem:
        raise ExportError(f"cannot write {out.name}: {problem}") from problem
    return told(counts)


def _insertion(name: str) -> str:
    return f"INSERT INTO {name} VALUES ({', '.join('?' * len(TABLES[name].columns))})"


def _cells(values: Values) -> list[Value]:
    return [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in values]
