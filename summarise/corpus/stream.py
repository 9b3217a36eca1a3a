"""The doors for a corpus: `summarise_corpus`, which yields rows as they finish, and its async twin."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Generator, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.api import Summariser, chosen_settings
from summarise.article.published import given_date
from summarise.corpus.batch.folder import ledger_and_beside
from summarise.corpus.batch.journal import check_nothing_out
from summarise.corpus.channel import Channel
from summarise.corpus.estimate import budget_for
from summarise.corpus.feed import Awaited, Direct, Feed, Waiting
from summarise.corpus.files import TablesLeft
from summarise.corpus.given import Sources, SourcesFailed, afound_in, found_in, paths_in
from summarise.corpus.items import STANDARD_INPUT, Complaint, Found, adated, dated
from summarise.corpus.ledger import Ledger, LedgerRow
from summarise.corpus.limits import Limits
from summarise.corpus.outcome import RunOutcome
from summarise.corpus.rows import Fields
from summarise.corpus.run import DEFAULT_CONCURRENCY, arun
from summarise.corpus.sources import articles, survey
from summarise.corpus.stepping import stepped
from summarise.corpus.stopping import Stop
from summarise.corpus.unwritten import Unwritten
from summarise.errors import ConfigurationError, HookFailed
from summarise.hooks import OnAttempt, call_hook, check_hook
from summarise.model.connections import check_asynchronous
from summarise.records import ArticleSummary
from summarise.settings import Settings

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)

OnRow = Callable[[LedgerRow], object]
"""Called with each row of an article that was read, or failed, in this run."""


def summarise_corpus(
    sources: Sources,
    *,
    out: str | PathLike[str] | None = None,
    model: str | PathLike[str] | None = None,
    base_url: str | None = None,
    client: AsyncOpenAI | None = None,
    schema: type[ArticleSummary] = ArticleSummary,
    settings: Settings | None = None,
    concurrency: int = DEFAULT_CONCURRENCY,
    published: str | date | None = None,
    text_field: str | None = None,
    id_field: str | None = None,
    date_field: str | None = None,
    refresh: bool = False,
    limit: int | None = None,
    max_cost: float | None = None,
    max_tokens: int | None = None,
    on_attempt: OnAttempt | None = None,
    on_result: OnRow | None = None,
) -> Generator[LedgerRow, None, None]:
    """Reads many articles, and yields the row of each as soon as it is done, in the order in which they finish.

    `sources` is a path or a pattern as for the command, or a list of `Path`s; or an iterable, also an asynchronous one,
    of texts, `(id, text)`, mappings with the fields of a row, `Article`s or `Path`s. A text without an id is called by
    the beginning of its sha256; of two with one id the first counts. `published` is the day of all that tell none.

    `out` is the ledger, written as by the command: each row is in it before it is yielded, and what it has as ok is not
    read again but yielded as it is (`refresh` as for the command). Without `out` nothing is written. An article that
    fails gives a row with the status `failed`; what has no id and is no article is logged as a warning.

    `concurrency`, `limit`, `max_cost` (US dollars) and `max_tokens` are those of the command, and the pace is kept as
    there. At most twice `concurrency` rows wait to be taken: while they do, no further call is made.

    Leaving the loop early ends the run: with `out` the calls under way have ten seconds to get into the ledger, without
    it, and on an interrupt, they are given up. If the generator is kept in a variable, close it.

    `on_attempt(attempt, article)` is called after each call to the model, and for a reply that an earlier run left
    behind; `on_result(row)` with each row of this run, kept ones left out. The event loop runs in a thread of its own,
    and the hooks in it: they should be quick.

    Raises at once `ConfigurationError` and `SchemaError` for arguments that cannot be used. After the last row it
    raises what ended the run early: `LedgerError`, `BudgetReached`, a `FatalModelError`, `HookFailed` if a hook raised,
    or what the iterable itself raised. What was under way by then has been finished and yielded.
    """
    rows = asummarise_corpus(
        sources,
        out=out,
        model=model,
        base_url=base_url,
        client=client,
        schema=schema,
        settings=settings,
        concurrency=concurrency,
        published=published,
        text_field=text_field,
        id_field=id_field,
        date_field=date_field,
        refresh=refresh,
        limit=limit,
        max_cost=max_cost,
        max_tokens=max_tokens,
        on_attempt=on_attempt,
        on_result=on_result,
    )
    return stepped(rows)


def asummarise_corpus(
    sources: Sources,
    *,
    out: str | PathLike[str] | None = None,
    model: str | PathLike[str] | None = None,
    base_url: str | None = None,
    client: AsyncOpenAI | None = None,
    schema: type[ArticleSummary] = ArticleSummary,
    settings: Settings | None = None,
    concurrency: int = DEFAULT_CONCURRENCY,
    published: str | date | None = None,
    text_field: str | None = None,
    id_field: str | None = None,
    date_field: str | None = None,
    refresh: bool = False,
    limit: int | None = None,
    max_cost: float | None = None,
    max_tokens: int | None = None,
    on_attempt: OnAttempt | None = None,
    on_result: OnRow | None = None,
) -> AsyncGenerator[LedgerRow, None]:
    """The async twin of `summarise_corpus`: same arguments, same rows, same errors; for `async for`.

    The hooks are called in the thread of the running event loop. To leave the loop early without waiting for the
    garbage collector, use `contextlib.aclosing`.
    """
    check_hook("on_attempt", on_attempt)
    check_hook("on_result", on_result)
    if client is not None:
        check_asynchronous(client)
    outcome = RunOutcome()
    reader = Summariser(
        schema,
        settings=chosen_settings(settings, model, base_url),
        client=client,
        on_attempt=_guarded("on_attempt", on_attempt, outcome) if on_attempt else None,
    )
    limits = Limits(max_cost, max_tokens, limit)
    _check_numbers(concurrency=concurrency, limit=limit, max_tokens=max_tokens)
    if max_cost is not None and not max_cost > 0:
        raise ConfigurationError(f"max_cost is {max_cost!r}", hint="Give an amount of US dollars above nothing.")
    limits.check(reader)
    corpus = _Corpus(
        sources,
        paths_in(sources),
        Fields(text_field, id_field, date_field),
        None if published is None else given_date(published),
        None if out is None else Path(out),
        reader,
        concurrency,
        refresh,
        limits,
        _guarded("on_result", on_result, outcome),
        outcome,
    )
    return corpus.rows()


@dataclass(frozen=True, slots=True)
class _Corpus:
    """One run over a corpus, as its caller wants it."""

    sources: Sources
    paths: list[str | Path] | None
    fields: Fields
    published: date | None
    out: Path | None
    reader: Summariser[Any]
    concurrency: int
    refresh: bool
    limits: Limits
    on_result: OnRow
    outcome: RunOutcome

    async def rows(self) -> AsyncGenerator[LedgerRow, None]:
        """The rows as they finish."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.reader)
            if self.paths is not None:  # what cannot be read must show before anything is spent
                left = TablesLeft()
                await asyncio.to_thread(survey, self.paths, self.fields, leave_out=self._ledgers, left=left)
                if left:
                    log.warning("%s", left.told)
            ledger = Unwritten() if self.out is None else stack.enter_context(await asyncio.to_thread(Ledger, self.out))
            if self.out is not None and not self.reader.settings.offline:
                check_nothing_out(self.out)
            channel, stop = Channel(self.concurrency), Stop()
            run = asyncio.create_task(self._run(ledger, channel, stop))
            run.add_done_callback(lambda _: channel.end())
            try:
                while (row := await channel.get()) is not None:
                    yield row
            except GeneratorExit:
                await _leave(run, channel, stop, patiently=self.out is not None)
                raise
            except BaseException:
                await _leave(run, channel, stop, patiently=False)
                raise
            run.result()
        self._raise_what_ended_it()

    @property
    def _ledgers(self) -> list[Path]:
        return [] if self.out is None else ledger_and_beside(self.out)

    async def _run(self, ledger: Ledger | Unwritten, channel: Channel, stop: Stop) -> None:
        name = "no ledger" if self.out is None else f"{self.out}, {len(ledger.entries)} rows in it"
        log.info("begin: %s, %d at a time, %s", self.reader.settings.model, self.concurrency, name)
        await arun(
            self._feed(),
            self.reader,
            ledger,
            concurrency=self.concurrency,
            refresh=self.refresh,
            on_row=self._tell,
            on_complaint=_log_complaint,
            outcome=self.outcome,
            budget=budget_for(self.limits, self.reader),
            stop=stop,
            deliver=channel.put,
        )
        done = self.outcome
        log.info(
            "end: %d read, %d kept, %d failed, %d passed over",
            done.ok,
            done.kept,
            done.failed,
            done.passed_over.total(),
        )

    def _tell(self, row: LedgerRow | None, _: RunOutcome) -> None:
        if row is not None:
            self.on_result(row)

    def _feed(self) -> Feed[Found]:
        if self.paths is not None:
            found = dated(articles(self.paths, self.fields, leave_out=self._ledgers), self.published)
            return Waiting(found) if STANDARD_INPUT in self.paths else Direct(found)
        if isinstance(self.sources, AsyncIterable):
            return Awaited(adated(afound_in(self.sources, self.fields), self.published))
        assert isinstance(self.sources, Iterable)
        found = dated(found_in(self.sources, self.fields), self.published)
        # What is in memory already comes at once; anything else may be slow, and must not hold up the calls.
        return Direct(found) if isinstance(self.sources, list | tuple) else Waiting(found)

    def _raise_what_ended_it(self) -> None:
        stopped = self.outcome.stopped
        if isinstance(stopped, SourcesFailed) and stopped.__cause__ is not None:
            raise stopped.__cause__
        if stopped is not None:
            raise stopped


async def _leave(run: asyncio.Task[None], channel: Channel, stop: Stop, *, patiently: bool) -> None:
    """End a run whose rows nobody takes any more."""
    channel.end()
    if patiently:
        stop.ask()
    else:
        stop.end()
    try:
        await asyncio.wait({run})
    except asyncio.CancelledError:
        stop.end()
        await asyncio.wait({run})
        raise
    if not run.cancelled() and (fault := run.exception()) is not None:
        log.error("the run ended with %s after it was left", type(fault).__name__)


def _guarded(name: str, hook: Callable[..., object] | None, outcome: RunOutcome) -> Callable[..., None]:
    """The hook, so that what it raises ends the run and nothing else; then it is not called again."""

    def call(*arguments: Any) -> None:
        if not isinstance(outcome.stopped, HookFailed):
            try:
                call_hook(name, hook, *arguments)
            except HookFailed as error:
                outcome.stopped = outcome.stopped or error

    return call


def _log_complaint(complaint: Complaint, _: RunOutcome) -> None:
    log.warning("%s is passed over: %s", complaint.source, complaint.error.kind)


def _check_numbers(**numbers: int | None) -> None:
    for name, number in numbers.items():
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
            raise ConfigurationError(f"{name} is {number!r}", hint="Give a whole number of at least 1.")
