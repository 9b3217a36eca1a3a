"""A corpus run on a cluster, from end to end: the driver hands out the work and writes what comes back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from summarise.corpus.cluster.answers import Answer, Kept, Stopped, Twin, Unread, unpacked
from summarise.corpus.cluster.claims import digest
from summarise.corpus.cluster.ending import PATIENCE_SECONDS, Ending
from summarise.corpus.cluster.known import known_rows
from summarise.corpus.cluster.results import Results
from summarise.corpus.cluster.session import shared_quota
from summarise.corpus.feed import Waiting
from summarise.corpus.items import Complaint, SourceFile
from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.corpus.outcome import OnComplaint, OnRow, RunOutcome
from summarise.corpus.rows import Fields
from summarise.corpus.stopping import Stop
from summarise.errors import ClusterFailed, LedgerError, SummariseError
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser

log = logging.getLogger(__name__)

MOST_PER_BATCH = 16
"""Articles that are handed out together: what a lost worker had done of them is done again."""

FOR_READING = 0.8
"""The part of the grace period in which articles may finish; in the rest the answers of their batches come in."""

Pack = tuple[bytes | None, list[Answer]]
"""The answers about the articles of a batch, and its key, if it was begun."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the work is handed out: so many readers, and so many calls at once of all of them."""

    workers: int
    concurrency: int
    refresh: bool = False

    @property
    def batch(self) -> int:
        """Articles in a batch: few enough that every reader has several batches at a time."""
        return max(1, min(MOST_PER_BATCH, self.concurrency // self.workers // 4))

    @property
    def batches_at_once(self) -> int:
        """Of one reader, whose share may come to be all of it."""
        return ceil(self.concurrency / self.batch) + 1


async def run_on_cluster(
    ray: Any,
    files: Sequence[SourceFile],
    fields: Fields,
    reader: Summariser[Any],
    results: Results,
    plan: Plan,
    *,
    outcome: RunOutcome,
    stop: Stop,
    on_row: OnRow,
    on_complaint: OnComplaint,
) -> None:
    """Read `files` on the cluster that `ray` is connected to, and write a row for each article as it comes.

    The rules of `arun` hold: what the results have as ok is kept, what failed is tried again, an error is a row, one
    that every article would meet ends the run, and `outcome` says what became of it. What a lost worker had under way
    is done again by another one. A text that comes under several ids is sent once, and the others get its row at the
    end.
    """
    quota = shared_quota(plan.concurrency)
    job = _Job(reader, results, outcome, on_row, on_complaint)
    Ending.asked.clear()
    feed: Waiting[Pack] = Waiting(_answers(ray, files, fields, reader, results, plan, quota))
    work = asyncio.create_task(job.collect(feed, quota, stop))
    stop.watch([work], lambda: quota.stop.remote(stop.grace * FOR_READING))
    try:
        await work
    except asyncio.CancelledError:
        if not stop.ended:
            raise
    finally:
        work.cancel()
        feed.close()
        Ending.asked.set()
        await feed.over(PATIENCE_SECONDS)  # before Ray is shut down
    job.share()


class _Job:
    def __init__(
        self,
        reader: Summariser[Any],
        results: Results,
        outcome: RunOutcome,
        on_row: OnRow,
        on_complaint: OnComplaint,
    ) -> None:
        self.reader = reader
        self.results = results
        self.outcome = outcome
        self.on_row = on_row
        self.on_complaint = on_complaint
        self.written: set[bytes] = set()
        self.failed: dict[bytes, str] = {}
        self.twins: list[Twin] = []

    async def collect(self, feed: Waiting[Pack], quota: Any, stop: Stop) -> None:
        """Take what the readers answer until all of it is there; once the run is to stop, what was begun."""
        answered: set[bytes] = set()
        try:
            while (pack := await feed.get()) is not None:
                begun, answers = pack
                if begun is not None:
                    answered.add(begun)
                for answer in answers:
                    self.take(answer)
                if self.outcome.stopped is not None:
                    await quota.stop.remote()
                if (self.outcome.stopped or stop.asked) and len(answered) >= await quota.begun.remote():
                    return
        except SummariseError as error:
            self.outcome.stopped = self.outcome.stopped or error

    def take(self, answer: Answer) -> None:
        outcome = self.outcome
        match answer:
            case LedgerRow():
                self.write(answer)
            case Complaint():
                outcome.pass_over(answer)
                self.on_complaint(answer, outcome)
            case Kept():
                outcome.kept += 1
                outcome.older += answer.older
                outcome.set_otherwise += answer.set_otherwise
                outcome.tally(answer.id, self.results.entries[answer.id])
                self.on_row(None, outcome)
            case Twin():
                self.twins.append(answer)
            case Stopped():
                outcome.spend(answer.usage)
                outcome.stopped = outcome.stopped or answer.error
            case Unread():
                pass

    def write(self, row: LedgerRow) -> None:
        """Write it, unless the article was written in this run, of a lost worker: then it was done twice, and paid.

        One that failed the first time and is ok now is written again, and counts as ok.
        """
        id = digest(row.id)
        if id in self.written or (id in self.failed and row.status == "failed"):
            self.outcome.spend(row.usage)
            return
        try:
            self.results.append(row)
        except LedgerError as error:
            self.outcome.stopped = self.outcome.stopped or error
            self.outcome.spend(row.usage)
            return
        if failed := self.failed.pop(id, None):
            self.outcome.take_back(failed)
        if row.status == "ok":
            self.written.add(id)
        elif row.error is not None:
            self.failed[id] = row.error.kind
        self.outcome.count(row)
        self.on_row(row, self.outcome)

    def share(self) -> None:
        """Write the rows of texts that were read for another article; those whose own was not read wait for a rerun.

        A row of that other article which is of an earlier reading is nobody else's.
        """
        waiting: dict[str, list[Twin]] = {}
        for twin in self.twins:
            waiting.setdefault(twin.first, []).append(twin)
        if not waiting or not self.results.entries:
            return
        try:
            self.results.finish()  # else the part under way could be finished, under another name, before it is read
            self._share(waiting)
        except LedgerError as error:
            self.outcome.stopped = self.outcome.stopped or error

    def _share(self, waiting: Mapping[str, Sequence[Twin]]) -> None:
        nothing = self.reader.priced(Usage())
        for row in read_ledger(self.results.folder):
            for twin in waiting.get(row.id, ()):
                if row.fingerprint != twin.fingerprint:
                    continue
                self.outcome.shared += 1
                self.outcome.shares = self.outcome.shares or (twin.id, row.id)
                own = {"id": twin.id, "source": twin.source, "usage": nothing, "fingerprint": twin.fingerprint}
                self.write(row.model_copy(update=own))


def _answers(
    ray: Any,
    files: Sequence[SourceFile],
    fields: Fields,
    reader: Summariser[Any],
    results: Results,
    plan: Plan,
    quota: Any,
) -> Iterator[Pack]:
    """The answers about each batch, as they come."""
    from summarise.corpus.cluster.run_reader import RunReader
    from summarise.corpus.cluster.source import articles_dataset

    settings = {
        "schema": reader.schema,
        "settings": reader.settings,
        "concurrency": plan.concurrency,
        "quota": quota,
        "known": ray.put(known_rows(results.entries, reader.fingerprint)),
        "refresh": plan.refresh,
    }
    at_once = plan.batches_at_once
    # Ray Data starts a lost reader again, without end, and does its batches again.
    dataset = (
        articles_dataset(files, fields, quota)
        .repartition(target_num_rows_per_block=plan.batch)
        .map_batches(
            RunReader,
            fn_constructor_kwargs=settings,
            batch_size=None,
            batch_format="pyarrow",
            num_cpus=1,
            compute=ray.data.ActorPoolStrategy(
                size=plan.workers, max_concurrent_calls_per_actor=at_once, max_tasks_in_flight_per_actor=at_once
            ),
        )
    )
    try:
        for bundle in dataset.iter_internal_ref_bundles():  # unlike iter_batches this holds nothing back
            for entry in bundle.blocks:
                block = ray.get(entry.ref)
                if block.num_rows:
                    yield block.column("begun")[0].as_py(), unpacked(block.column("answer").to_pylist())
    except ray.exceptions.RayError as problem:
        raise _reason(problem) from problem


def _reason(problem: BaseException) -> SummariseError:
    """Our own error, if that is what was raised on a worker, else one that says that the cluster failed."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, SummariseError):
            return cause
        cause = cause.__cause__
    log.info("the cluster failed", exc_info=problem)
    first = next((line for line in reversed(str(problem).strip().splitlines()) if line.strip()), type(problem).__name__)
    return ClusterFailed(f"the cluster failed: {first.strip()}")
