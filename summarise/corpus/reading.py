"""One article of a corpus: its ledger row, whatever becomes of it, and whether its error is the run's as well."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from summarise.corpus.items import Complaint, SourceItem
from summarise.corpus.ledger import LedgerRow, RowError
from summarise.errors import RequestRefused, SummariseError, TransientModelError
from summarise.records import ArticleSummary, Usage

if TYPE_CHECKING:
    from summarise.api import Summariser

log = logging.getLogger("summarise.corpus.run")  # one name for all of a run


class Endurance:
    """Whether an error is an article's own, or one for which a run with such a concurrency ends."""

    def __init__(self, concurrency: int) -> None:
        self.patience = max(10, 2 * concurrency)
        self._in_vain = 0

    def good(self, row: LedgerRow) -> None:
        """An article was read, or failed for reasons of its own."""
        if row.status == "ok":
            self._in_vain = 0

    def end(self, error: SummariseError) -> SummariseError | None:
        """Why the run ends, None if it goes on; the error itself if every further article would meet it."""
        if error.stops_run and not isinstance(error, RequestRefused):
            return error
        # One article may be refused, or meet a server that is down for a while. Many in a row are not to blame.
        self._in_vain = self._in_vain + 1 if isinstance(error, (TransientModelError, RequestRefused)) else 0
        if self._in_vain < self.patience:
            return None
        return type(error)(
            f"{self._in_vain} articles in a row came to nothing, the last one so: {error.message}", hint=error.hint
        )


def read_ahead(item: SourceItem, reader: Summariser[Any]) -> SourceItem | None:
    """The item with its article read. None if that cannot be: when its turn has come, its row will say why."""
    try:
        article = reader.article(item.content, published=item.published, name=item.source)
    except Exception:  # noqa: BLE001 - it is met again
        return None
    return replace(item, content=article)


async def read_row(
    item: SourceItem, fingerprint: dict[str, str], reader: Summariser[Any]
) -> tuple[LedgerRow, SummariseError | None]:
    """The row of one article, whatever became of it, and the error that it met, unless nobody foresaw that one."""
    try:
        summary = await reader.aread(item.content, published=item.published, name=item.source)
    except SummariseError as error:
        return failed_row(item.id, item.source, error, fingerprint, reader.usage_of(error.attempts)), error
    except Exception as error:
        log.exception("%s: an error that nobody foresaw", item.id)
        return broken_row(item, error, fingerprint), None
    return ok_row(item, summary, fingerprint), None


def ok_row(item: SourceItem, summary: ArticleSummary, fingerprint: dict[str, str]) -> LedgerRow:
    """The row of an article that was read."""
    return LedgerRow(
        id=item.id,
        source=item.source,
        status="ok",
        summary=summary.model_dump(mode="json"),
        usage=summary.provenance.usage if summary.provenance else Usage(),
        fingerprint=fingerprint,
    )


def failed_row(
    id: str,
    source: str,
    error: SummariseError,
    fingerprint: dict[str, str],
    usage: Usage = Usage(),  # noqa: B008 - frozen
) -> LedgerRow:
    """The row of an article that came to nothing, which used so much all the same."""
    reason = RowError(kind=error.kind, message=error.message, hint=error.hint)
    return LedgerRow(id=id, source=source, status="failed", error=reason, usage=usage, fingerprint=fingerprint)


def broken_row(item: SourceItem, fault: Exception, fingerprint: dict[str, str]) -> LedgerRow:
    """The row of an article that met a fault of this package: it must not stand in the way of the others."""
    reason = RowError(
        kind="InternalError",
        message=f"{type(fault).__name__}: {fault}",
        hint="This is a fault in summarise; please report it with the log.",
    )
    return LedgerRow(id=item.id, source=item.source, status="failed", error=reason, fingerprint=fingerprint)


def complaint_row(complaint: Complaint, id: str, fingerprint: dict[str, str]) -> LedgerRow:
    """The failed row of what gives no article, but has an id."""
    return failed_row(id, complaint.source, complaint.error, fingerprint)
