"""What the driver of a cluster run does with the answers of its readers, without Ray between them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarise.api import Summariser
from summarise.corpus.cluster.answers import Answer, Kept, Stopped, Twin
from summarise.corpus.cluster.claims import digest
from summarise.corpus.cluster.coordinator import Coordinator
from summarise.corpus.cluster.ending import Ending
from summarise.corpus.cluster.job import Plan, _Job, _reason
from summarise.corpus.cluster.results import Results
from summarise.corpus.feed import Direct, Waiting
from summarise.corpus.items import Complaint
from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.corpus.outcome import RunOutcome
from summarise.corpus.stopping import Stop
from summarise.errors import (
    AuthenticationFailed,
    ClusterFailed,
    ConfigurationError,
    LedgerError,
    UnreadableRow,
)
from summarise.records import Usage
from summarise.settings import Settings
from tests.test_cluster_readers import Handle
from tests.test_cluster_results import row


class TestDriver:
    def job(self, results: Results) -> _Job:
        reader = Summariser(settings=Settings(model="offline"))
        return _Job(reader, results, RunOutcome(), lambda row, outcome: None, lambda complaint, outcome: None)

    async def collect(self, job: _Job, *packs: list[Answer], begun: int | None = None) -> None:
        coordinator = Coordinator(1)
        keyed = [(digest(str(number)), pack) for number, pack in enumerate(packs)]
        for key, _ in keyed[:begun]:
            coordinator.begin(key)
        await job.collect(Direct(iter(keyed)), Handle(coordinator), Stop())  # type: ignore[arg-type]
        job.share()

    @pytest.mark.parametrize("name", ["out", "out.parquet"])
    def test_shared_rows_may_fill_the_part_that_they_are_from(self, tmp_path: Path, name: str) -> None:
        with Results(tmp_path / name, rows_per_part=3) as results:
            job = self.job(results)
            for number in range(10):
                job.write(row(f"a{number}"))
                job.twins.append(Twin(f"t{number}", "in.jsonl:1", row(f"a{number}").fingerprint, f"a{number}"))
            job.share()
        assert job.outcome.shared == 10
        assert len(list(read_ledger(tmp_path / name))) == 20

    async def test_answers_become_rows_and_counts(self, tmp_path: Path) -> None:
        twin = Twin("twin", "in.jsonl:7", row("a").fingerprint, "a")
        early = Twin(
            "early", "in.jsonl:8", row("old").fingerprint | {"model": "new"}, "old"
        )  # which was not read again
        with Results(tmp_path / "out") as results:
            results.append(row("old"))
            job = self.job(results)
            complaint = Complaint("f:1", UnreadableRow("f:1: no JSON"))
            # a lost worker may have been heard before it was lost: its article is there already
            kept = [Kept("old", True, False), Kept("old", False, True)]
            await self.collect(job, [row("a"), twin, early], [row("b", "failed"), complaint, *kept], [row("a")])
        outcome = job.outcome
        assert (outcome.ok, outcome.failed, outcome.kept, outcome.older, outcome.shared) == (2, 1, 2, 1, 1)
        assert outcome.set_otherwise == 1
        assert outcome.passed_over.total() == 1
        assert outcome.paid == 3
        rows = {each.id: each for each in read_ledger(tmp_path / "out")}
        assert list(rows) == ["old", "a", "b", "twin"]
        assert rows["twin"].fingerprint == twin.fingerprint
        assert rows["twin"].usage.requests == 0

    async def test_what_a_lost_worker_failed_to_read_counts_as_it_ends(self, tmp_path: Path) -> None:
        with Results(tmp_path / "out") as results:
            job = self.job(results)
            again: list[Answer] = [row("a"), row("b", "failed")]
            await self.collect(job, [row("a", "failed"), row("b", "failed"), row("c", "failed")], again, [row("c")])
        outcome = job.outcome
        assert (outcome.ok, outcome.failed, outcome.done, outcome.paid) == (2, 1, 3, 3 + 3)
        assert outcome.failures.total() == len(outcome.examples) == 1
        rows = [(each.id, each.status) for each in read_ledger(tmp_path / "out")]
        assert rows == [("b", "failed"), ("a", "ok"), ("c", "ok")]

    async def test_the_end_comes_when_all_that_was_begun_is_there(self, tmp_path: Path) -> None:
        with Results(tmp_path / "out") as results:
            job = self.job(results)
            stopped = Stopped(AuthenticationFailed("401"), Usage(input_tokens=5))
            await self.collect(job, [stopped], [row("a")], [row("never")], begun=2)
        assert job.outcome.stopped is stopped.error
        assert (job.outcome.input_tokens, job.outcome.ok) == (1005, 1)

    async def test_a_full_disk_ends_it(self, tmp_path: Path) -> None:
        class Full(Results):
            def append(self, row: LedgerRow) -> None:
                raise LedgerError("no space left")

        with Full(tmp_path / "out") as results:
            job = self.job(results)
            await self.collect(job, [row("a")], [row("never")], begun=1)
        assert isinstance(job.outcome.stopped, LedgerError)
        assert (job.outcome.paid, job.outcome.ok) == (1, 0)

    def test_the_reason_of_a_failure_is_our_own_error_where_there_is_one(self) -> None:
        problem = RuntimeError("a long story\nthe last line\n")
        assert str(_reason(problem)) == "the cluster failed: the last line"
        assert isinstance(_reason(problem), ClusterFailed)
        problem.__cause__ = ConfigurationError("no key")
        assert _reason(problem) is problem.__cause__

    def test_batches_are_small_enough_for_every_reader_to_have_several(self) -> None:
        assert (Plan(2, 16).batch, Plan(2, 16).batches_at_once) == (2, 9)
        assert (Plan(8, 8).batch, Plan(2, 1000).batch) == (1, 16)


async def test_the_thread_that_asks_ray_has_ended_before_the_run_has() -> None:
    going, ended = threading.Event(), threading.Event()

    def bundles() -> Iterator[int]:
        step = Ending()
        try:
            while True:
                step.on_execution_step(None)
                yield 1
                going.set()
        finally:
            ended.set()

    Ending.asked.clear()
    feed = Waiting(bundles())
    assert await feed.get() == 1
    await asyncio.to_thread(going.wait, 60)
    feed.close()
    Ending.asked.set()
    await feed.over(60)
    assert ended.is_set()
    assert await feed.get() is None
