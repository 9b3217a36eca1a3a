"""`.parquet`: a folder with one file for each table. Lists are lists, days are days; columns carry their meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.export.batches import batches, told
from summarise.export.columns import arrow_schema, arrow_table
from summarise.export.tables import OWN_RECORDS, TABLES, Values

_ROWS_IN_GROUP = 10_000


class _File:
    """One table's file; rows are kept until they fill a row group."""

    def __init__(self, name: str, out: Path, files: ExitStack) -> None:
        from pyarrow.parquet import ParquetWriter

        self._table = TABLES[name]
        self._schema = arrow_schema(self._table)
        self._writer: Any = files.enter_context(
            ParquetWriter(out / f"{name}.parquet", self._schema, compression="zstd")
        )
        self._waiting: list[Values] = []

    def add(self, rows: list[Values]) -> None:
        self._waiting += rows
        if len(self._waiting) >= _ROWS_IN_GROUP:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self._writer.write_table(arrow_table(self._table, self._waiting, self._schema))
            self._waiting = []


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the folder `out`; gives the number of rows by table. Raises `OSError`."""
    out.mkdir()
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        files: dict[str, _File] = {}
        for found in batches(rows, counts):
            for name, values in found.items():
                if name not in files and (values or name != OWN_RECORDS):
                    files[name] = _File(name, out, stack)
                if values:
                    files[name].add(values)
        for file in files.values():
            file.flush()
    return told(counts)
