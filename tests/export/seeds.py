"""The ledger of the four example articles, as the recorded model reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from summarise import summarise_corpus
from summarise.corpus.ledger import LedgerRow
from tests.demo import MODEL, recorded_endpoint

ARTICLES = Path(__file__).parent.parent.parent / "examples" / "articles"


@cache
def seed_rows() -> tuple[LedgerRow, ...]:
    """A row for each of the four articles, in their order."""
    with recorded_endpoint() as base_url, TemporaryDirectory() as folder:
        out = Path(folder) / "ledger.jsonl"
        rows = list(summarise_corpus(ARTICLES, out=out, model=MODEL, base_url=base_url))
    assert [row.status for row in rows] == ["ok"] * 4
    return tuple(sorted(rows, key=lambda row: row.id))
