"""The run over a corpus: so many articles at a time, one ledger row for each as soon as it is done."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summarise.corpus.ledger import Entry, Ledger, LedgerRow, RowError
from summarise.corpus.sources import SourceItem
from summarise.errors import LedgerError, RequestRefused, SummariseError, TransientModelError
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser

log = logging.getLogger(__name__)

DEFAULT_CONCURRENCY = 8


@dataclass(slots=True)
class RunOutcome:
    """What a run did, or has done so far.

    `kept` articles were in the ledger as ok and were not read again; `older` of them come from another model, prompt
    or schema. `records` counts the records by type, of the articles read and of those kept; `differences` counts what
    the second opinion says otherwise, by kind, and `differing` by article id. Tokens and cost (US dollars) are those of
    this run. `warned` articles were read with a warning, such as a text in a doubtful encoding; `warning` is the id and
    the text of the first. `unpriced` articles used tokens whose price is not known. `stopped` is the error
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
    unpriced: int = 0
    warned: int = 0
    warning: tuple[str, str] | None = None
    stopped: SummariseError | None = None

    @property
    def done(self) -> int:
        """Articles that are dealt with, one way or another."""
        return self.ok + self.failed + self.kept

    def spend(self, usage: Usage) -> None:
        """Add what one article used."""
        self.input_tokens += usage.input_tokens
        self.cached_tokens += usage.cached_tokens
        self.output_tokens += usage.output_tokens
        self.cost += usage.cost or 0.0
        self.unpriced += usage.cost is None and usage.input_tokens + usage.output_tokens > 0

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


OnRow = Callable[[LedgerRow | None, RunOutcome], None]
"""Called after each article with its row (None if it was kept unread) and the outcome so far."""


async def arun(
    items: Iterable[SourceItem],
    reader: Summariser[Any],
    ledger: Ledger,
    *,
    concurrency: int = DEFAULT_CONCURRENCY,
    refresh: bool = False,
    on_row: OnRow = lambda row, outcome: None,
    outcome: RunOutcome | None = None,
) -> RunOutcome:
    """Read `items`, at most `concurrency` at a time, and write one row for each as soon as it is done.

    An article that the ledger has as ok is kept, unless its text changed, or, with `refresh`, it was read with another
    model, prompt or schema; one that failed is tried again. An error becomes a failed row and the run goes on, except
    for one that every further article would meet: then no further article is begun, those under way are finished, and
    `stopped` says why. Cancelling loses the articles under way and nothing else: give an `outcome` to be filled in to
    know then how far it came.
    """
    run = _Run(items, reader, ledger, concurrency, refresh, on_row, outcome or RunOutcome())
    with reader.pacing(concurrency):
        workers = [asyncio.create_task(run.work()) for _ in range(concurrency)]
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
        items: Iterable[SourceItem],
        reader: Summariser[Any],
        ledger: Ledger,
        concurrency: int,
        refresh: bool,
        on_row: OnRow,
        outcome: RunOutcome,
    ) -> None:
        self.items = iter(items)
        self.reader = reader
        self.ledger = ledger
        self.refresh = refresh
        self.on_row = on_row
        self.outcome = outcome
        self.patience = max(10, 2 * concurrency)
        self.in_vain = 0

    async def work(self) -> None:
        """Take the next article until there is none: all workers share the one iterator."""
        while self.outcome.stopped is None and (item := next(self.items, None)) is not None:
            await asyncio.sleep(0)  # a long stretch of kept articles must not shut out the others, nor Ctrl-C
            fingerprint = _fingerprint(item, self.reader)
            if (stranger := self._other_article(item, fingerprint)) is not None:
                self.outcome.stopped = self.outcome.stopped or stranger
                return
            if self._keeps(item, fingerprint):
                self.on_row(None, self.outcome)
                continue
            row = await self._read(item, fingerprint)
            if row is not None:
                self._write(row)

    def _other_article(self, item: SourceItem, fingerprint: Mapping[str, str]) -> LedgerError | None:
        """The error for an id that the ledger has for the text of another file: its row would be lost to readers."""
        entry = self.ledger.entries.get(item.id)
        if entry is None or entry.fingerprint.get("article") == fingerprint.get("article"):
            return None
        if os.path.abspath(entry.source) == os.path.abspath(item.source):
            return None
        return LedgerError(
            f"{self.ledger.path} has {item.id!r} already, from {entry.source}; {item.source} is another article",
            hint="Use a ledger of its own for this folder, or give the folder above both: ids are paths below it.",
        )

    def _keeps(self, item: SourceItem, fingerprint: Mapping[str, str]) -> bool:
        entry = self.ledger.entries.get(item.id)
        if entry is None or entry.status == "failed" or entry.fingerprint.get("article") != fingerprint.get("article"):
            return False
        older = any(entry.fingerprint.get(name) != value for name, value in fingerprint.items())
        if older and self.refresh:
            return False
        self.outcome.kept += 1
        self.outcome.older += older
        self.outcome.tally(item.id, entry)
        return True

    async def _read(self, item: SourceItem, fingerprint: dict[str, str]) -> LedgerRow | None:
        """The row of one article; None if it met an error that is not its own but the run's."""
        try:
            summary = await self.reader.aread(item.path, name=item.source)
        except SummariseError as error:
            if self._ends_run(error):
                self.outcome.spend(_usage(error, self.reader))
                return None
            reason = RowError(kind=error.kind, message=error.message, hint=error.hint)
            return LedgerRow(
                id=item.id,
                source=item.source,
                status="failed",
                error=reason,
                usage=_usage(error, self.reader),
                fingerprint=fingerprint,
            )
        except Exception as error:
            log.exception("%s: an error that nobody foresaw", item.id)
            reason = RowError(
                kind="InternalError",
                message=f"{type(error).__name__}: {error}",
                hint="This is a fault in summarise; please report it with the log.",
            )
            return LedgerRow(id=item.id, source=item.source, status="failed", error=reason, fingerprint=fingerprint)
        self.in_vain = 0
        return LedgerRow(
            id=item.id,
            source=item.source,
            status="ok",
            summary=summary.model_dump(mode="json"),
            usage=summary.provenance.usage if summary.provenance else Usage(),
            fingerprint=fingerprint,
        )

    def _ends_run(self, error: SummariseError) -> bool:
        if error.stops_run and not isinstance(error, RequestRefused):
            self.outcome.stopped = self.outcome.stopped or error
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
            self.outcome.stopped = self.outcome.stopped or error
            self.outcome.spend(row.usage)
        else:
            self.outcome.count(row)
            self.on_row(row, self.outcome)


def _fingerprint(item: SourceItem, reader: Summariser[Any]) -> dict[str, str]:
    """What a stored row must agree with to count; `article` is the sha256 of the file, hence of a UTF-8 text."""
    try:
        with item.path.open("rb") as file:
            article = {"article": hashlib.file_digest(file, "sha256").hexdigest()}
    except OSError:
        article = {}  # the reader will say what is the matter with the file
    return {**reader.fingerprint, **article}


def _usage(error: SummariseError, reader: Summariser[Any]) -> Usage:
    attempts = error.attempts
    tokens = {
        name: sum(getattr(attempt, name) for attempt in attempts)
        for name in ("input_tokens", "cached_tokens", "output_tokens")
    }
    return reader.priced(Usage(requests=len(attempts), **tokens))
