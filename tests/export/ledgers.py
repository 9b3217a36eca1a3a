"""Two ledgers that every format is tried on, the four example articles and a thousand made-up ones, exported once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.made_ledger import rows as made_rows
from summarise import export_ledger, summarise_corpus
from summarise.corpus.ledger import LedgerRow
from tests.demo import MODEL, recorded_endpoint
from tests.export_readers import ALL_READERS
from tests.gold_ledgers import write_ledger

ARTICLES = Path(__file__).parent.parent.parent / "examples" / "articles"


class Exports:
    """A ledger of these rows, and what the formats make of it, each written and read when it is first asked for."""

    def __init__(self, rows: Sequence[LedgerRow]) -> None:
        self._place = TemporaryDirectory()  # goes when the tests end
        self.rows = rows
        self.ledger = write_ledger(Path(self._place.name, "ledger.jsonl"), *rows)
        self._read: dict[str, tuple[dict[str, int], Any]] = {}

    def out(self, suffix: str) -> Path:
        """The file."""
        self.read(suffix)
        return self._out(suffix)

    def read(self, suffix: str) -> tuple[dict[str, int], Any]:
        """The counts of the export, and what the format's own tool reads in it."""
        if suffix not in self._read:
            out = self._out(suffix)
            counts = export_ledger(self.ledger, out)[out]
            self._read[suffix] = counts, ALL_READERS[suffix](out)
        return self._read[suffix]

    def _out(self, suffix: str) -> Path:
        return Path(self._place.name, f"out{suffix}")


@cache
def seed_exports() -> Exports:
    """The four articles, as the recorded model reads them."""
    with recorded_endpoint() as base_url, TemporaryDirectory() as folder:
        out = Path(folder) / "ledger.jsonl"
        rows = list(summarise_corpus(ARTICLES, out=out, model=MODEL, base_url=base_url))
    assert [row.status for row in rows] == ["ok"] * 4
    return Exports(sorted(rows, key=lambda row: row.id))


@cache
def made_exports() -> Exports:
    """A thousand made-up articles."""
    return Exports(list(made_rows(1_000)))
