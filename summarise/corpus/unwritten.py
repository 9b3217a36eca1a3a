"""A run without a ledger: nothing is written, and what must be known of earlier articles is kept in memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from summarise.corpus.ledger import Entry, LedgerRow
from summarise.corpus.replies import Replies

MOST_ROWS = 4096
"""Rows that are remembered, a few kilobytes each, so that memory does not grow with the corpus."""


class Rows(Protocol):
    """Where a run puts its rows and looks up earlier ones: a `Ledger`, or `Unwritten`."""

    @property
    def path(self) -> Path:
        """What messages call it."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """What is known of each article that has a row."""

    @property
    def replies(self) -> Replies | None:
        """Where replies are kept until their articles have a row; None if they are not."""

    def append(self, row: LedgerRow) -> None:
        """Add a row. Raises `LedgerError` if it cannot be written."""

    def row(self, id: str) -> LedgerRow:
        """The row of an id that is in `entries`. Raises `LedgerError` if it can no longer be read."""


class Unwritten:
    """The last rows of a run, so that an article with the text of another one shares its result."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self.path = Path("no ledger")
        self.replies = None
        self.entries: dict[str, Entry] = {}
        self._most = most
        self._rows: dict[str, str] = {}

    def append(self, row: LedgerRow) -> None:
        """Remember a row, and forget the oldest one if there are too many."""
        self.entries[row.id] = Entry.of(row, 0)
        self._rows[row.id] = row.model_dump_json()
        if len(self._rows) > self._most:
            oldest = next(iter(self._rows))
            del self._rows[oldest], self.entries[oldest]

    def row(self, id: str) -> LedgerRow:
        """The row of an id that is in `entries`."""
        return LedgerRow.model_validate_json(self._rows[id])
