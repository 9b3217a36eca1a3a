"""The rest with live calls: what is to be asked again is asked at once, at the usual price, under the run's pace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from summarise.api import Source, Summariser, SummaryT
from summarise.article import Article
from summarise.corpus.batch.parts import Writer, pending_in
from summarise.corpus.batch.rows import has_result, key_of
from summarise.corpus.batch.talk import resumed
from summarise.corpus.outcome import RunOutcome
from summarise.corpus.run import DEFAULT_CONCURRENCY, arun

if TYPE_CHECKING:
    from summarise.corpus.batch.allowance import Allowance
    from summarise.corpus.batch.journal import Journal, Part
    from summarise.corpus.batch.pending import Pending
    from summarise.corpus.batch.rows import Book
    from summarise.corpus.ledger import LedgerRow
    from summarise.corpus.outcome import OnRow
    from summarise.corpus.stopping import Stop


class Finisher(Summariser[SummaryT]):
    """A reader that goes on where the conversation about an article stopped, if it was begun in a batch."""

    begun: dict[tuple[str | bytes, date | None], Pending] | None = None
    asked: dict[str, str] | None = None

    @property
    def fingerprint(self) -> dict[str, str]:
        """That of whoever asked in the first place."""
        return self.asked or super().fingerprint

    async def aread(
        self, source: Source | Article, *, published: str | date | None = None, name: str | None = None
    ) -> SummaryT:
        """Reads one article, from where it is."""
        assert self.begun is not None
        pending = self.begun[source, published]  # type: ignore[index]
        talk = resumed(pending, self)
        return await self.acarry(talk, talk.article)


async def finish_live(
    part: Part,
    reader: Finisher[Any],
    journal: Journal,
    book: Book,
    *,
    on_row: OnRow,
    concurrency: int = DEFAULT_CONCURRENCY,
    stop: Stop | None = None,
    allowance: Allowance | None = None,
) -> None:
    """Read the articles of a part on with live calls; what is left when it is stopped stays out, for another time.

    So does what the `allowance` does not let be asked.
    All of the part's articles are in memory meanwhile.
    """
    journal.goes_live(part)
    reader.begun = {
        (pending.content, pending.published): pending
        for pending in pending_in(journal, part)
        if not has_result(book.ledger, pending.id, pending.fingerprint)
    }
    over: set[str] = set()

    def share(row: LedgerRow | None, outcome: RunOutcome) -> None:
        if row is not None and row.id not in over:
            over.add(row.id)
            book.share(row, journal.twins.get(key_of(row.fingerprint).hex(), ()), reader)
            if allowance is not None:
                allowance.is_read(row)
        on_row(row, outcome)

    items: Iterator[Any] = (
        pending.item
        for pending in reader.begun.values()
        if allowance is None or allowance.admits(pending, part, reader)
    )
    await arun(
        items,
        reader,
        book.ledger,
        concurrency=concurrency,
        refresh=True,
        on_row=share,
        outcome=book.outcome,
        stop=stop,
        ahead=False,  # the reader knows articles by their content, and the allowance counts them as they are taken
    )
    conclude(part, reader, journal, book, over)


def conclude(part: Part, reader: Summariser[Any], journal: Journal, book: Book, over: set[str]) -> None:
    """Note that a part is over; what came to no row is in a new one."""
    asking = journal.askings[part.prepared.asking]
    writer = Writer(journal, asking, journal.last_part + 1, [part.number])
    for pending in pending_in(journal, part):
        if pending.id not in over and not has_result(book.ledger, pending.id, pending.fingerprint):
            writer.add(resumed(pending, reader))
    writer.finish()
    journal.collect({part.number: "live"}, writer.prepared)
