"""The run over a corpus: so many articles at a time, one ledger row for each as soon as it is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summarise.corpus.budget import Budget
from summarise.corpus.feed import Direct, Feed, Waiting
from summarise.corpus.fingerprint import (
    fingerprint_of,
    id_is_taken,
    is_another,
    is_older,
    is_set_otherwise,
    keeps,
    with_content,
)
from summarise.corpus.items import Complaint, Found, SourceItem
from summarise.corpus.ledger import LedgerRow
from summarise.corpus.outcome import OnComplaint, OnRow, RunOutcome
from summarise.corpus.reading import Endurance, complaint_row, read_row
from summarise.corpus.stopping import Stop
from summarise.corpus.twins import Twins
from summarise.corpus.unwritten import Rows
from summarise.errors import (
    ArticleError,
    LedgerError,
    RepeatedId,
    SummariseError,
)
from summarise.model.rounds import Rounds
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser

log = logging.getLogger(__name__)

DEFAULT_CONCURRENCY = 8

Deliver = Callable[[LedgerRow], Awaitable[None]]
"""Takes a row that is in the ledger; while it waits, one article fewer is under way."""


async def arun(
    items: Iterable[Found] | Feed[Found],
    reader: Summariser[Any],
    ledger: Rows,
    *,
    concurrency: int = DEFAULT_CONCURRENCY,
    refresh: bool = False,
    on_row: OnRow = lambda row, outcome: None,
    on_complaint: OnComplaint = lambda complaint, outcome: None,
    outcome: RunOutcome | None = None,
    waits: bool = False,
    budget: Budget | None = None,
    stop: Stop | None = None,
    deliver: Deliver | None = None,
) -> RunOutcome:
    """Read `items`, at most `concurrency` at a time, and write one row for each as soon as it is done.

    `items` are taken as they are needed; `waits` says that the next one may be long in coming, as from a pipe. A text
    that comes under several ids is read once: each gets its row, the first one alone with the usage. A complaint
    becomes a failed row if it has an id, unless the ledger has that as ok; else it is passed over, and counted. Each
    row goes to `deliver` as well, those of kept articles included.

    An article that the ledger has as ok is kept, unless its text changed, or, with `refresh`, it was read with another
    model, prompt, schema or settings; one that failed is tried again. An error becomes a failed row and the run goes
    on, except for one that every further article would meet, and one of `items`: then no further article is begun,
    those under way are finished, and `stopped` says why. The same when `budget` is used up, without an error where it
    limits articles alone; and when `stop` is asked for. When the ledger takes no more rows, what is under way is given
    up, too: it could not be kept. Cancelling loses the articles under way and nothing else: give an `outcome` to be
    filled in to know then how far it came.
    """
    stop = stop or Stop()
    outcome, budget = outcome or RunOutcome(), budget or Budget()
    feed = _feed(items, waits)
    run = _Run(feed, reader, ledger, concurrency, refresh, on_row, on_complaint, outcome, budget, stop, deliver)
    with reader.pacing(concurrency):
        workers = [asyncio.create_task(run.work()) for _ in range(concurrency)]
        run.workers = workers
        stop.watch(workers, feed.close)
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            feed.close()
    return run.outcome


def _feed(items: Iterable[Found] | Feed[Found], waits: bool) -> Feed[Found]:
    if not isinstance(items, Iterable):
        return items
    return Waiting(iter(items)) if waits else Direct(iter(items))


@dataclass(slots=True)
class _Run:
    items: Feed[Found]
    reader: Summariser[Any]
    ledger: Rows
    concurrency: int
    refresh: bool
    on_row: OnRow
    on_complaint: OnComplaint
    outcome: RunOutcome
    budget: Budget
    stop: Stop
    deliver: Deliver | None
    workers: Collection[asyncio.Task[None]] = ()
    twins: Twins = field(init=False)
    endurance: Endurance = field(init=False)
    starts: Rounds = field(default_factory=Rounds)
    full: bool = False
    """Whether the budget lets nothing more begin."""
    given_up: bool = False
    """Whether what is under way is lost, because its rows could not be written."""

    def __post_init__(self) -> None:
        self.twins = Twins(self.ledger, self.reader.fingerprint)
        self.endurance = Endurance(self.concurrency)

    async def work(self) -> None:
        """Take the next article until there is none: all workers share the one feed."""
        try:
            await self._work()
        except asyncio.CancelledError:
            if not (self.stop.ended or self.given_up):
                raise
        except SummariseError as error:  # of the sources, or of the ledger
            self._stop(error)
        finally:
            if self._over:
                self.items.close()

    async def _work(self) -> None:
        await self.starts.turn()  # else no request would go out before as many articles were read as go at once
        while not self._over and (found := await self.items.get()) is not None:
            await asyncio.sleep(0)  # a long stretch of kept articles must not shut out the others, nor Ctrl-C
            if self._over:
                return
            if isinstance(found, Complaint):
                await self._complain(found)
            else:
                await self._deal_with(found)

    @property
    def _over(self) -> bool:
        return self.stop.asked or self.full or self.outcome.stopped is not None

    async def _deal_with(self, item: SourceItem) -> None:
        loaded = with_content(item, self.reader.settings.max_article_characters)
        fingerprint = fingerprint_of(loaded, self.reader)
        if is_another(item, self.ledger.entries.get(item.id), fingerprint):
            await self._refuse(item)
        elif self._keeps(item, fingerprint):
            self.on_row(None, self.outcome)
            if self.deliver is not None:
                await self.deliver(self.ledger.row(item.id))
        elif (twin := self.twins.row_for(item, fingerprint)) is not None:
            await self._share(twin, item.id, item.source, fingerprint)
        elif not self.twins.waits(item, fingerprint):
            self.twins.begin(fingerprint)
            row, error = await self._read_if_allowed(loaded, fingerprint)
            # What is wrong with a file is told of each, with its own name.
            shared = self.outcome.stopped is None and not isinstance(error, ArticleError)
            waiting = self.twins.finish(fingerprint, row, shared=shared)
            if row is not None:
                await self._hand_on(row)
                for twin_of_it in waiting:
                    await self._share(row, *twin_of_it)

    async def _read_if_allowed(
        self, item: SourceItem, fingerprint: dict[str, str]
    ) -> tuple[LedgerRow | None, SummariseError | None]:
        """As `_read`, and the row is written, None if it cannot be; nothing when budget or run are at their end."""
        if not await self.budget.admit(self.outcome):
            self.full = True
            self.outcome.stopped = self.outcome.stopped or self.budget.reached(self.outcome)
            return None, None
        try:
            if self._over:
                return None, None
            row, error = await self._read(item, fingerprint)
            return (row if row is not None and self._write(row) else None), error
        finally:
            self.budget.release()

    async def _share(self, row: LedgerRow, id: str, source: str, fingerprint: dict[str, str]) -> None:
        """Write the row of another article once more, for this one, which cost nothing."""
        if self.outcome.stopped is not None:
            return
        self.outcome.shared += 1
        self.outcome.shares = self.outcome.shares or (id, row.id)
        nothing = self.reader.priced(Usage())
        changes = {"id": id, "source": source, "usage": nothing, "fingerprint": fingerprint}
        await self._put(row.model_copy(update=changes))

    async def _complain(self, complaint: Complaint) -> None:
        """A failed row, where there is an id for it and no good row would be hidden by it; else it is only counted."""
        entry = None if complaint.id is None else self.ledger.entries.get(complaint.id)
        if complaint.id is None or (entry is not None and entry.status == "ok"):
            self.outcome.pass_over(complaint)
            self.on_complaint(complaint, self.outcome)
        else:
            await self._put(complaint_row(complaint, complaint.id, self.reader.fingerprint))

    async def _refuse(self, item: SourceItem) -> None:
        """Stop for a file; pass over a row, which may be one of many."""
        error = id_is_taken(item, self.ledger)
        if isinstance(error, RepeatedId):
            await self._complain(Complaint(item.source, error))
        else:
            self._stop(error)

    def _stop(self, error: SummariseError) -> None:
        self.outcome.stopped = self.outcome.stopped or error

    def _keeps(self, item: SourceItem, fingerprint: Mapping[str, str]) -> bool:
        entry = self.ledger.entries.get(item.id)
        if entry is None or not keeps(entry, fingerprint, self.refresh):
            return False
        self.outcome.kept += 1
        older = is_older(entry, fingerprint)
        self.outcome.older += older
        self.outcome.set_otherwise += not older and is_set_otherwise(entry, fingerprint)
        self.outcome.tally(item.id, entry)
        return True

    async def _read(
        self, item: SourceItem, fingerprint: dict[str, str]
    ) -> tuple[LedgerRow | None, SummariseError | None]:
        """The row of one article, None if it met an error that is not its own but the run's; and the error."""
        row, error = await read_row(item, fingerprint, self.reader)
        if error is None:
            self.endurance.good(row)
            return row, None
        reason = self.endurance.end(error)
        if reason is not None:
            self._stop(reason)
        if reason is error:
            self.outcome.spend(row.usage)
            return None, error
        return row, error

    async def _put(self, row: LedgerRow) -> None:
        """Write a row that asked nobody anything, and hand it on."""
        if self._write(row):
            await self._hand_on(row)

    async def _hand_on(self, row: LedgerRow) -> None:
        if self.deliver is not None:
            await self.deliver(row)

    def _write(self, row: LedgerRow) -> bool:
        """Whether the row is in the ledger; if not, the run ends, and what is under way costs nothing more."""
        try:
            self.ledger.append(row)
        except LedgerError as error:
            self._stop(error)
            self.outcome.spend(row.usage)
            self.given_up = True
            for worker in self.workers:
                if worker is not asyncio.current_task():  # this one ends by itself
                    worker.cancel()
            return False
        _log(row)
        self.outcome.count(row)
        self.on_row(row, self.outcome)
        return True


def _log(row: LedgerRow) -> None:
    """Neither the message of an error nor a record: both may hold words of the article."""
    if row.error is None:
        log.debug("%s: ok, %d+%d tokens", row.id, row.usage.input_tokens, row.usage.output_tokens)
    else:
        log.info("%s: failed, %s", row.id, row.error.kind)
