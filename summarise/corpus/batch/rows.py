"""The rows that a batch step writes into the ledger, the same as a run would write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from summarise.corpus.fingerprint import is_older, is_set_otherwise
from summarise.corpus.items import Complaint, SourceItem
from summarise.corpus.ledger import Entry, Ledger, LedgerRow
from summarise.corpus.reading import broken_row, failed_row, ok_row
from summarise.corpus.twins import Waiting, text_of
from summarise.records import ArticleSummary, Usage

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.outcome import OnComplaint, OnRow, RunOutcome
    from summarise.errors import SummariseError
    from summarise.records import Attempt


class Book:
    """Writes rows, and counts them in `outcome`. A row that the ledger has already, word for word, is kept."""

    def __init__(self, ledger: Ledger, outcome: RunOutcome, on_row: OnRow, on_complaint: OnComplaint) -> None:
        self.ledger = ledger
        self.outcome = outcome
        self._on_row = on_row
        self._on_complaint = on_complaint

    def write(self, row: LedgerRow) -> None:
        """Write a row. Raises `LedgerError` if it cannot be."""
        entry = self.ledger.entries.get(row.id)
        if entry is not None and entry.status == row.status and self.ledger.row(row.id) == row:
            return
        self.ledger.append(row)
        self.outcome.count(row)
        self._on_row(row, self.outcome)

    def finished(self, item: SourceItem, summary: ArticleSummary, fingerprint: dict[str, str]) -> LedgerRow:
        """Write the row of an article that was read."""
        row = ok_row(item, summary, fingerprint)
        self.write(row)
        return row

    def failed(
        self,
        item: SourceItem | Complaint,
        error: SummariseError,
        fingerprint: dict[str, str],
        attempts: Sequence[Attempt],
        reader: Summariser[Any],
    ) -> LedgerRow:
        """Write the row of an article that came to nothing; it has an id."""
        assert item.id is not None
        row = failed_row(item.id, item.source, error, fingerprint, reader.usage_of(attempts))
        self.write(row)
        return row

    def broken(self, item: SourceItem, fault: Exception, fingerprint: dict[str, str]) -> LedgerRow:
        """Write the row of an article that met a fault of this package: it must not stand in the way of the others."""
        row = broken_row(item, fault, fingerprint)
        self.write(row)
        return row

    def share(self, row: LedgerRow, waiting: Sequence[Waiting], reader: Summariser[Any]) -> None:
        """Write the row of one article for others that have the same text; they cost nothing."""
        nothing = reader.priced(Usage())
        for id, source, fingerprint in waiting:
            if id == row.id or fingerprint != row.fingerprint or has_result(self.ledger, id, fingerprint):
                continue
            changes = {"id": id, "source": source, "usage": nothing, "fingerprint": fingerprint}
            self.write(row.model_copy(update=changes))
            self.outcome.shared += 1
            self.outcome.shares = self.outcome.shares or (id, row.id)

    def complain(self, complaint: Complaint, reader: Summariser[Any]) -> None:
        """A failed row, where there is an id for it and no good row would be hidden; else it is only counted."""
        entry = None if complaint.id is None else self.ledger.entries.get(complaint.id)
        if complaint.id is None or (entry is not None and entry.status == "ok"):
            self.outcome.pass_over(complaint)
            self._on_complaint(complaint, self.outcome)
        else:
            self.failed(complaint, complaint.error, reader.fingerprint, (), reader)

    def keep(self, item: SourceItem, entry: Entry, fingerprint: Mapping[str, str]) -> None:
        """Count an article that stays as the ledger has it."""
        self.outcome.kept += 1
        older = is_older(entry, fingerprint)
        self.outcome.older += older
        self.outcome.set_otherwise += not older and is_set_otherwise(entry, fingerprint)
        self.outcome.tally(item.id, entry)
        self._on_row(None, self.outcome)


def has_result(ledger: Ledger, id: str, fingerprint: Mapping[str, str]) -> bool:
    """Whether the ledger has this very reading of an article as ok: it was written before the step was ended."""
    entry = ledger.entries.get(id)
    return entry is not None and entry.status == "ok" and entry.fingerprint == fingerprint


def key_of(fingerprint: Mapping[str, str]) -> bytes:
    """What articles have in common that share one result; an article that is out has a text."""
    text = text_of(fingerprint)
    assert text is not None
    return text
