"""Which rows of a ledger go into a report, and what is needed to find their texts."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from pathlib import Path

from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.report import plain


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows that go in, by their places in the ledger; `texts` are pairs of article id and source of those rows."""

    places: frozenset[int]
    rows: int
    texts: list[tuple[str, str]]

    @property
    def is_selection(self) -> bool:
        """Whether rows are left out."""
        return len(self.places) < self.rows


def choose(ledger: str | Path, limit: int) -> Choice:
    """At most `limit` rows: those published last, those without a day of publication after all that have one.

    Raises `LedgerError` as `read_ledger` does.
    """
    days: list[str] = []
    texts: list[tuple[str, str]] = []
    for row in read_ledger(ledger):
        days.append(plain.partial_date((row.summary or {}).get("published")) or "")
        texts.append((article_id(row) or "", row.source))
    latest = heapq.nlargest(limit, range(len(days)), key=lambda place: (days[place], -place))
    return Choice(frozenset(latest), len(days), [texts[place] for place in sorted(latest) if texts[place][0]])


def article_id(row: LedgerRow) -> str | None:
    """sha256 of the article's text, if the row tells it."""
    return plain.text(plain.mapping((row.summary or {}).get("provenance")).get("article_id"))
