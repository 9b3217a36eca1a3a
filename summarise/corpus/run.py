"""The run over a corpus: so many articles at a time, one ledger row for each as soon as it is done."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.corpus.budget import Budget
from summarise.corpus.feed import Direct, Feed, Waiting
from summarise.corpus.items import Complaint, Found, SourceItem
from summarise.corpus.ledger import Entry, Ledger, LedgerRow, RowError
from summarise.corpus.stopping import Stop
from summarise.corpus.twins import Twins
from summarise.errors import (
    ArticleError,
    LedgerError,
    RepeatedId,
    RepeatedRow,
    RequestRefused,
    SummariseError,
    TransientModelError,
)
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser

log = logging.getLogger(__name__)

DEFAULT_CONCURRENCY = 8

_LINE = re.compile(r":\d+$")


@dataclass(slots=True)
class RunOutcome:
    """What a run did, or has done so far.

    `kept` articles were in the ledger as ok and were not read again; `older` of them come from another model, prompt
    or schema. `records` counts the records by type, of the articles read and of those kept; `differences` counts what
    the second opinion says otherwise, by kind, and `differing` by article id. Tokens and cost (US dollars) are those of
    this run. `warned` articles were read with a warning, such as a text in a doubtful encoding; `warning` is the id and
    the text of the first. `paid` articles used tokens, `unpriced` ones at a price that is not known. `shared` articles
    have the text of another one, whose result they got; `shares` names the first. `passed_over` counts what gave no
    article and no row in the ledger, by kind of error, with an example of each in `complaints`. `stopped` is the error
    for which the run ended before its last article.
    """

    ok: int = 0
    failed: int = 0
    kept: int = 0
    older: int = 0
    records: Counter[str] = field(default_factory=Counter)
    differences: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    examples: dict[str, LedgerRow] = field(default_factory=dict)
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    paid: int = 0
    unpriced: int = 0
    warned: int = 0
    warning: tuple[str, str] | None = None
    shared: int = 0
    shares: tuple[str, str] | None = None
    passed_over: Counter[str] = field(default_factory=Counter)
    complaints: dict[str, Complaint] = field(default_factory=dict)
    stopped: SummariseError | None = None

    @property
    def done(self) -> int:
        """Articles that are dealt with, one way or another."""
        return self.ok + self.failed + self.kept + self.passed_over.total()

    @property
    def unread(self) -> int:
        """What gave no article, but for rows that only say again what is there already."""
        return self.passed_over.total() - self.passed_over[RepeatedRow.__name__]

    def spend(self, usage: Usage) -> None:
        """Add what one article used."""
        self.input_tokens += usage.input_tokens
        self.cached_tokens += usage.cached_tokens
        self.output_tokens += usage.output_tokens
        self.cost += usage.cost or 0.0
        used = usage.input_tokens + usage.output_tokens > 0
        self.paid += used
        self.unpriced += used and usage.cost is None

    def tally(self, id: str, article: LedgerRow | Entry) -> None:
        """Add what the ledger holds of one article."""
        self.records.update(article.counts)
        if differences := article.differences:
            self.differences.update(differences)
            self.differing[id] += sum(differences.values())

    def count(self, row: LedgerRow) -> None:
        """Add one article that was read, or failed."""
        self.spend(row.usage)
        self.tally(row.id, row)
        if row.error is None:
            self.ok += 1
            if warnings := row.warnings:
                self.warned += 1
                self.warning = self.warning or (row.id, warnings[0])
        else:
            self.failed += 1
            self.failures[row.error.kind] += 1
            self.examples.setdefault(row.error.kind, row)

    def pass_over(self, complaint: Complaint) -> None:
        """Add something that gave no article and no row."""
        self.passed_over[complaint.error.kind] += 1
        self.complaints.setdefault(complaint.error.kind, complaint)


OnRow = Callable[[LedgerRow | None, RunOutcome], None]
"""Called after each article with its row (None if it was kept unread) and the outcome so far."""

OnComplaint = Callable[[Complaint, RunOutcome], None]
"""Called for what gives no article and no row in the ledger."""


async def arun(
    items: Iterable[Found],
    reader: Summariser[Any],
    ledger: Ledger,
    *,
    concurrency: int = DEFAULT_CONCURRENCY,
    refresh: bool = False,
    on_row: OnRow = lambda row, outcome: None,
    on_complaint: OnComplaint = lambda complaint, outcome: None,
    outcome: RunOutcome | None = None,
    waits: bool = False,
    budget: Budget | None = None,
    stop: Stop | None = None,
) -> RunOutcome:
    """Read `items`, at most `concurrency` at a time, and write one row for each as soon as it is done.

    `items` are taken as they are needed; `waits` says that the next one may be long in coming, as from a pipe. A text
    that comes under several ids is read once: each gets its row, the first one alone with the usage. A complaint
    becomes a failed row if it has an id, unless the ledger has that as ok; else it is passed over, and counted.

    An article that the ledger has as ok is kept, unless its text changed, or, with `refresh`, it was read with another
    model, prompt or schema; one that failed is tried again. An error becomes a failed row and the run goes on, except
    for one that every further article would meet, and one of `items`: then no further article is begun, those under
    way are finished, and `stopped` says why. The same when `budget` is used up, without an error where it limits
    articles alone; and when `stop` is asked for. Cancelling loses the articles under way and nothing else: give an
    `outcome` to be filled in to know then how far it came.
    """
    stop = stop or Stop()
    outcome, budget = outcome or RunOutcome(), budget or Budget()
    feed: Feed[Found] = Waiting(iter(items)) if waits else Direct(iter(items))
    run = _Run(feed, reader, ledger, concurrency, refresh, on_row, on_complaint, outcome, budget, stop)
    with reader.pacing(concurrency):
        workers = [asyncio.create_task(run.work()) for _ in range(concurrency)]
        stop.watch(workers, feed.close)
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
    return run.outcome


class _Run:
    def __init__(
        self,
        items: Feed[Found],
        reader: Summariser[Any],
        ledger: Ledger,
        concurrency: int,
        refresh: bool,
        on_row: OnRow,
        on_complaint: OnComplaint,
        outcome: RunOutcome,
        budget: Budget,
        stop: Stop,
    ) -> None:
        self.items = items
        self.reader = reader
        self.ledger = ledger
        self.refresh = refresh
        self.on_row = on_row
        self.on_complaint = on_complaint
        self.outcome = outcome
        self.twins = Twins(ledger, reader.fingerprint)
        self.budget = budget
        self.stop = stop
        self.full = False
        """Whether the budget lets nothing more begin."""
        self.patience = max(10, 2 * concurrency)
        self.in_vain = 0

    async def work(self) -> None:
        """Take the next article until there is none: all workers share the one feed."""
        try:
            await self._work()
        except asyncio.CancelledError:
            if not self.stop.ended:
                raise
        except SummariseError as error:  # of the sources, or of the ledger
            self._stop(error)
        finally:
            if self._over:
                self.items.close()

    async def _work(self) -> None:
        while not self._over and (found := await self.items.get()) is not None:
            await asyncio.sleep(0)  # a long stretch of kept articles must not shut out the others, nor Ctrl-C
            if self._over:
                return
            if isinstance(found, Complaint):
                self._complain(found)
            else:
                await self._deal_with(found)

    @property
    def _over(self) -> bool:
        return self.stop.asked or self.full or self.outcome.stopped is not None

    async def _deal_with(self, item: SourceItem) -> None:
        fingerprint = fingerprint_of(item, self.reader)
        if self._is_another(item, fingerprint):
            self._refuse(item)
        elif self._keeps(item, fingerprint):
            self.on_row(None, self.outcome)
        elif (twin := self.twins.row_for(item, fingerprint)) is not None:
            self._share(twin, item.id, item.source, fingerprint)
        elif not self.twins.waits(item, fingerprint):
            self.twins.begin(fingerprint)
            row, error = await self._read_if_allowed(item, fingerprint)
            # What is wrong with a file is told of each, with its own name.
            shared = self.outcome.stopped is None and not isinstance(error, ArticleError)
            for waiting in self.twins.finish(fingerprint, row, shared=shared):
                if row is not None:
                    self._share(row, *waiting)

    async def _read_if_allowed(
        self, item: SourceItem, fingerprint: dict[str, str]
    ) -> tuple[LedgerRow | None, SummariseError | None]:
        """As `_read`, and the row is written; nothing when the budget is used up, or the run is over by then."""
        if not await self.budget.admit(self.outcome):
            self.full = True
            self.outcome.stopped = self.outcome.stopped or self.budget.reached(self.outcome)
            return None, None
        try:
            if self._over:
                return None, None
            row, error = await self._read(item, fingerprint)
            if row is not None:
                self._write(row)
            return row, error
        finally:
            self.budget.release()

    def _share(self, row: LedgerRow, id: str, source: str, fingerprint: dict[str, str]) -> None:
        """Write the row of another article once more, for this one, which cost nothing."""
        if self.outcome.stopped is not None:
            return
        self.outcome.shared += 1
        self.outcome.shares = self.outcome.shares or (id, row.id)
        nothing = self.reader.priced(Usage())
        self._write(row.model_copy(update={"id": id, "source": source, "usage": nothing, "fingerprint": fingerprint}))

    def _complain(self, complaint: Complaint) -> None:
        """A failed row, where there is an id for it and no good row would be hidden by it; else it is only counted."""
        entry = None if complaint.id is None else self.ledger.entries.get(complaint.id)
        if complaint.id is None or (entry is not None and entry.status == "ok"):
            self.outcome.pass_over(complaint)
            self.on_complaint(complaint, self.outcome)
        else:
            error = complaint.error
            self._write(
                LedgerRow(
                    id=complaint.id,
                    source=complaint.source,
                    status="failed",
                    error=RowError(kind=error.kind, message=error.message, hint=error.hint),
                    fingerprint=self.reader.fingerprint,
                )
            )

    def _is_another(self, item: SourceItem, fingerprint: Mapping[str, str]) -> bool:
        """Whether the ledger has the id for the text of another file: its row would be lost to readers."""
        entry = self.ledger.entries.get(item.id)
        return entry is not None and is_another(entry, item, fingerprint)

    def _refuse(self, item: SourceItem) -> None:
        """Stop for a file; pass over a row, which may be one of many."""
        error = id_is_taken(item, self.ledger)
        if isinstance(error, ArticleError):
            self._complain(Complaint(item.source, error))
        else:
            self._stop(error)

    def _stop(self, error: SummariseError) -> None:
        self.outcome.stopped = self.outcome.stopped or error

    def _keeps(self, item: SourceItem, fingerprint: Mapping[str, str]) -> bool:
        entry = self.ledger.entries.get(item.id)
        if entry is None or not keeps(entry, fingerprint, self.refresh):
            return False
        self.outcome.kept += 1
        self.outcome.older += is_older(entry, fingerprint)
        self.outcome.tally(item.id, entry)
        return True

    async def _read(
        self, item: SourceItem, fingerprint: dict[str, str]
    ) -> tuple[LedgerRow | None, SummariseError | None]:
        """The row of one article, None if it met an error that is not its own but the run's; and the error."""
        try:
            summary = await self.reader.aread(item.content, published=item.published, name=item.source)
        except SummariseError as error:
            if self._ends_run(error):
                self.outcome.spend(self.reader.usage_of(error.attempts))
                return None, error
            reason = RowError(kind=error.kind, message=error.message, hint=error.hint)
            failed = LedgerRow(
                id=item.id,
                source=item.source,
                status="failed",
                error=reason,
                usage=self.reader.usage_of(error.attempts),
                fingerprint=fingerprint,
            )
            return failed, error
        except Exception as error:
            log.exception("%s: an error that nobody foresaw", item.id)
            reason = RowError(
                kind="InternalError",
                message=f"{type(error).__name__}: {error}",
                hint="This is a fault in summarise; please report it with the log.",
            )
            broken = LedgerRow(id=item.id, source=item.source, status="failed", error=reason, fingerprint=fingerprint)
            return broken, None
        self.in_vain = 0
        done = LedgerRow(
            id=item.id,
            source=item.source,
            status="ok",
            summary=summary.model_dump(mode="json"),
            usage=summary.provenance.usage if summary.provenance else Usage(),
            fingerprint=fingerprint,
        )
        return done, None

    def _ends_run(self, error: SummariseError) -> bool:
        if error.stops_run and not isinstance(error, RequestRefused):
            self._stop(error)
            return True
        # One article may be refused, or meet a server that is down for a while. Many in a row are not to blame.
        self.in_vain = self.in_vain + 1 if isinstance(error, (TransientModelError, RequestRefused)) else 0
        if self.in_vain >= self.patience and self.outcome.stopped is None:
            self.outcome.stopped = type(error)(
                f"{self.in_vain} articles in a row came to nothing, the last one so: {error.message}", hint=error.hint
            )
        return False

    def _write(self, row: LedgerRow) -> None:
        try:
            self.ledger.append(row)
        except LedgerError as error:
            self._stop(error)
            self.outcome.spend(row.usage)
        else:
            self.outcome.count(row)
            self.on_row(row, self.outcome)


def keeps(entry: Entry, fingerprint: Mapping[str, str], refresh: bool) -> bool:
    """Whether a run leaves an article alone that the ledger has as `entry`."""
    if entry.status == "failed":
        return False
    if any(entry.fingerprint.get(name) != fingerprint.get(name) for name in ("article", "published")):
        return False
    return not (refresh and is_older(entry, fingerprint))


def is_older(entry: Entry, fingerprint: Mapping[str, str]) -> bool:
    """Whether an article was read with another model, prompt or schema."""
    return any(entry.fingerprint.get(name) != value for name, value in fingerprint.items())


def is_another(entry: Entry, item: SourceItem, fingerprint: Mapping[str, str]) -> bool:
    """Whether the ledger has the id for the text of another file: its row would be lost to readers."""
    if entry.fingerprint.get("article") in (None, fingerprint.get("article")):
        return False
    return _file_of(entry.source) != _file_of(item.source)


def id_is_taken(item: SourceItem, ledger: Ledger) -> LedgerError | RepeatedId:
    """The error for such an article: that of the run for a file, its own for a row, which may be one of many."""
    message = (
        f"{ledger.path} has {item.id!r} already, from {ledger.entries[item.id].source}; "
        f"{item.source} is another article"
    )
    if isinstance(item.content, Path):
        hint = "Use a ledger of its own for this folder, or give the folder above both: ids are paths below it."
        return LedgerError(message, hint=hint)
    hint = "Use a ledger of its own for this file, or name a field that tells the rows apart with --id-field."
    return RepeatedId(message, hint=hint)


def fingerprint_of(item: SourceItem, reader: Summariser[Any]) -> dict[str, str]:
    """What a stored row must agree with to count; `article` is the sha256 of the content, a text's in UTF-8."""
    fingerprint = {**reader.fingerprint}
    try:
        match item.content:
            case Path() as path:
                with path.open("rb") as file:
                    fingerprint["article"] = hashlib.file_digest(file, "sha256").hexdigest()
            case str(text):
                fingerprint["article"] = hashlib.sha256(text.encode()).hexdigest()
            case content:
                fingerprint["article"] = hashlib.sha256(content).hexdigest()
    except OSError:
        pass  # the reader will say what is the matter with the file
    if item.published is not None:
        fingerprint["published"] = item.published.isoformat()
    return fingerprint


def _file_of(source: str) -> str:
    """The file that a source is in: rows of one file may change places."""
    return os.path.abspath(_LINE.sub("", source))
