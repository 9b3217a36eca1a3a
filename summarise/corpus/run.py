"""The run over a corpus: so many articles at a time, one ledger row for each as soon as it is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summarise.corpus.budget import Budget
from summarise.corpus.calls import Calls
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
from summarise.corpus.reading import Endurance, complaint_row, read_ahead, read_row
from summarise.corpus.replied import Replied
from summarise.corpus.stopping import Stop
from summarise.corpus.twins import Twins
from summarise.corpus.unwritten import Rows
from summarise.errors import (
    ArticleError,
    LedgerError,
    RepeatedId,
    SummariseError,
)
from summarise.model.listening import LISTENER
from summarise.model.rounds import FEW, GROUP, rounds
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser

log = logging.getLogger(__name__)

DEFAULT_CONCURRENCY = 8

IN_HAND = 2
"""How many articles are in hand for each call at a time, where replies are kept: beside the one that the model is asked
about, another is ready to be asked about, or is judged."""

Deliver = Callable[[LedgerRow], Awaitable[None]]
"""Takes a row that is in the ledger. While it waits, one article fewer is under way; and none is begun while it waits
for a row that asked nobody anything."""


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
    ahead: bool = True,
) -> RunOutcome:
    """Read `items`, with at most `concurrency` calls at a time, and write one row for each as soon as it is done.

    While the model is asked about articles, the replies about the last ones are judged, and the next ones are read.
    Where `ahead` is off, without a ledger, where a limit of cost or tokens may be reached, and where rows are
    delivered, no more than `concurrency` articles are in hand: each has its row before another takes its place.

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
    run = _Run(feed, reader, ledger, concurrency, refresh, on_row, on_complaint, outcome, budget, stop, deliver, ahead)
    stop.watch(run.tasks, feed.close)
    with reader.pacing(concurrency):
        try:
            await run.go()
        finally:
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
    ahead: bool
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    twins: Twins = field(init=False)
    endurance: Endurance = field(init=False)
    room: asyncio.Semaphore = field(init=False)
    """For articles that are not over."""
    calls: Calls = field(init=False)
    full: bool = False
    """Whether the budget lets nothing more begin."""
    only_begins_no_more: bool = False
    """Whether the run ends for want of money or of sources: what was begun is asked about all the same."""

    def __post_init__(self) -> None:
        self.twins = Twins(self.ledger, self.reader.fingerprint)
        self.endurance = Endurance(self.concurrency)
        self.room = asyncio.Semaphore(self.concurrency * (IN_HAND if self._asks_ahead else 1))
        self.calls = Calls(self.concurrency)

    async def go(self) -> None:
        """Read the articles. Raises what nobody foresaw in one of them, and gives up the others."""
        fault: BaseException | None = None
        try:
            async with asyncio.TaskGroup() as group:
                self._begin(group, self._take(group))
        except BaseExceptionGroup as faults:
            fault = faults.exceptions[0]
        if fault is not None:
            raise fault

    def _begin(self, group: asyncio.TaskGroup, work: Coroutine[Any, Any, None]) -> None:
        task = group.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _take(self, group: asyncio.TaskGroup) -> None:
        """Take one article after another, as far as there is room, and begin those that are to be read."""
        in_turn = 0
        try:
            while not self._over:
                if self.room.locked():
                    in_turn = 0
                await self.room.acquire()
                if not in_turn:
                    in_turn = await self._turn()
                in_turn -= 1
                if self._over or (found := await self.items.get()) is None or self.stop.asked:
                    return
                ready = await self._make_ready(found)
                if ready is None:
                    self.room.release()
                elif await self._is_allowed():
                    self._begin(group, self._read_through(*ready))
        except LedgerError as error:
            self._stop(error)
        except SummariseError as error:  # of the sources
            self._begin_no_more(error)
        finally:
            self.items.close()

    async def _turn(self) -> int:
        """Wait until articles may be taken: at once if the model could be asked about them. How many may be.

        A long stretch of kept articles must not shut out those under way, nor Ctrl-C.
        """
        if self.calls.are_all_taken:
            await rounds().aside()
            return FEW
        await rounds().to_send()
        return GROUP

    @property
    def _asks_ahead(self) -> bool:
        """Whether the next article is asked about before a reply is judged.

        Not where a reply would be lost with the process, nor where its cost may end the run, nor where rows are
        delivered: one may be the last one wanted.
        """
        counts = self.budget.limits.max_cost is not None or self.budget.limits.max_tokens is not None
        kept = self.ledger.replies is not None and self.ledger.replies.are_kept
        return self.ahead and kept and not counts and self.deliver is None

    @property
    def _over(self) -> bool:
        """Whether no further article is taken."""
        return self.stop.asked or self.full or self.outcome.stopped is not None

    @property
    def _ends_now(self) -> bool:
        """Whether not even what is ready is asked about."""
        return self.stop.asked or (self.outcome.stopped is not None and not self.only_begins_no_more)

    async def _make_ready(self, found: Found) -> tuple[SourceItem, dict[str, str]] | None:
        """The article, read, and its fingerprint, when the model is to be asked about it; None if nobody is asked."""
        if isinstance(found, Complaint):
            await self._complain(found)
            return None
        item = with_content(found, self.reader.settings.max_article_characters)
        fingerprint = fingerprint_of(item, self.reader)
        if is_another(found, self.ledger.entries.get(item.id), fingerprint):
            await self._refuse(found)
        elif self._keeps(item, fingerprint):
            self.on_row(None, self.outcome)
            if self.deliver is not None:
                await self.deliver(self.ledger.row(item.id))
        elif (twin := self.twins.row_for(item, fingerprint)) is not None:
            await self._share(twin, item.id, item.source, fingerprint)
        elif not self.twins.waits(item, fingerprint):
            article = read_ahead(item, self.reader) if self.ahead else item
            if article is not None:
                self.twins.begin(fingerprint)
            # Else nobody waits for it: what is wrong with a file is told of each, with its own name.
            return article or item, fingerprint
        return None

    async def _is_allowed(self) -> bool:
        """Whether one more article may be read. `release` the budget after."""
        if await self.budget.admit(self.outcome):
            return True
        self.full = True
        self._begin_no_more(self.budget.reached(self.outcome))
        return False

    async def _read_through(self, item: SourceItem, fingerprint: dict[str, str]) -> None:
        """Read an article to its end: its row is written and handed on, if there is one, and so are its twins'."""
        try:
            row, error = await self._asked(item, fingerprint)
            shared = self.outcome.stopped is None and not isinstance(error, ArticleError)
            waiting = self.twins.finish(fingerprint, row, shared=shared)
            if row is not None:
                await self._hand_on(row)
                for twin_of_it in waiting:
                    await self._share(row, *twin_of_it)
        except SummariseError as error:
            self._stop(error)
        finally:
            self.room.release()
            if self._over:
                self.items.close()  # whoever waits for a further article waits in vain

    async def _asked(
        self, item: SourceItem, fingerprint: dict[str, str]
    ) -> tuple[LedgerRow | None, SummariseError | None]:
        """As `_read`, and the row is written: None if it cannot be."""
        listener = Replied(item.id, self.ledger.replies, self.calls, lambda: self._ends_now)
        LISTENER.set(listener)  # for this task
        try:
            row, error = await self._read(item, fingerprint, listener)
            return (row if row is not None and self._write(row, listener) else None), error
        finally:
            listener.over()
            self.outcome.given_up += listener.calls_given_up
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
        self.only_begins_no_more = False
        self.items.close()

    def _begin_no_more(self, error: SummariseError | None) -> None:
        self.only_begins_no_more = self.outcome.stopped is None
        self.outcome.stopped = self.outcome.stopped or error

    def _keeps(self, item: SourceItem, fingerprint: Mapping[str, str]) -> bool:
        entry = self.ledger.entries.get(item.id)
        if entry is None or not keeps(entry, fingerprint, self.refresh):
            return False
        self.outcome.kept += 1
        if self.ledger.replies is not None:
            self.ledger.replies.settle(item.id)
        older = is_older(entry, fingerprint)
        self.outcome.older += older
        self.outcome.set_otherwise += not older and is_set_otherwise(entry, fingerprint)
        self.outcome.tally(item.id, entry)
        return True

    async def _read(
        self, item: SourceItem, fingerprint: dict[str, str], listener: Replied
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
            self.outcome.spend(row.usage, self._found(listener))
            return None, error
        return row, error

    def _found(self, listener: Replied | None) -> Usage:
        """What an earlier run has paid for."""
        found = Usage() if listener is None else listener.found
        return self.reader.priced(found) if found.requests else found

    async def _put(self, row: LedgerRow) -> None:
        """Write a row that asked nobody anything, and hand it on."""
        if self._write(row):
            await self._hand_on(row)

    async def _hand_on(self, row: LedgerRow) -> None:
        if self.deliver is not None:
            await self.deliver(row)

    def _write(self, row: LedgerRow, listener: Replied | None = None) -> bool:
        """Whether the row is in the ledger; if not, the run ends, and what is under way costs nothing more."""
        found = self._found(listener)
        try:
            self.ledger.append(row)
        except LedgerError as error:
            self._stop(error)
            self.outcome.spend(row.usage, found)
            for task in self.tasks:
                if task is not asyncio.current_task():  # this one ends by itself
                    task.cancel()
            return False
        _log(row)
        self.outcome.count(row, found)
        self.on_row(row, self.outcome)
        return True


def _log(row: LedgerRow) -> None:
    """Neither the message of an error nor a record: both may hold words of the article."""
    if row.error is None:
        log.debug("%s: ok, %d+%d tokens", row.id, row.usage.input_tokens, row.usage.output_tokens)
    else:
        log.info("%s: failed, %s", row.id, row.error.kind)
