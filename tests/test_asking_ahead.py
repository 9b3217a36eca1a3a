"""A run asks about the next articles before it has judged the last replies, and ends as it should."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import summarise.judge
from summarise import dialogue, summarise_corpus
from summarise.api import Summariser
from summarise.corpus import reading
from summarise.corpus import run as run_module
from summarise.corpus.budget import Budget
from summarise.corpus.items import Found, SourceItem
from summarise.corpus.ledger import Ledger
from summarise.corpus.limits import Limits
from summarise.corpus.outcome import RunOutcome
from summarise.corpus.replies import replies_of
from summarise.corpus.run import arun
from summarise.corpus.sources import articles
from summarise.corpus.stopping import Stop
from summarise.errors import AuthenticationFailed, BudgetReached, HookFailed
from summarise.records import Usage
from tests.corpus_server import Endpoint, answer, article, serving
from tests.server import Server
from tests.test_faults import chosen, run, write


@pytest.mark.parametrize("keeps", [True, False])
def test_the_next_article_is_asked_about_before_a_reply_is_judged(
    tmp_path: Path, keeps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.txt").write_text(article(1, "[wait]"))
    (folder / "2.txt").write_text(article(2))
    if not keeps:  # then a reply would be lost with the process, and only one may be
        (tmp_path / "out.replies").mkdir()
    judge, read_ahead = summarise.judge.judge, reading.read_ahead
    asked: list[int] = []

    with serving() as endpoint:
        if not keeps:
            endpoint.go_on.set()

        def read_and_tell(item: SourceItem, reader: Summariser) -> SourceItem | None:
            if item.id == "2":  # the first reply may come when this is ready
                asyncio.get_running_loop().call_later(0.05, endpoint.go_on.set)
            return read_ahead(item, reader)

        def judge_slowly(*given: object) -> object:
            if not asked:
                until = time.monotonic() + (10 if keeps else 0.3)
                while len(endpoint.questions) < 2 and time.monotonic() < until:
                    time.sleep(0.01)
                asked.append(len(endpoint.questions))
            return judge(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(run_module, "read_ahead", read_and_tell)
        monkeypatch.setattr(dialogue, "judge", judge_slowly)
        outcome = run(folder, tmp_path / "out.jsonl", chosen(endpoint.url), 1)
        assert endpoint.most_at_once == 1
    assert outcome.ok == 2
    assert asked == [2 if keeps else 1]


def test_nothing_is_asked_ahead_where_a_limit_of_tokens_may_be_reached(tmp_path: Path) -> None:
    server, at_once = Server(answer, latency=0.05), 8
    budget = Budget(Limits(max_tokens=2_000), Usage(input_tokens=50, output_tokens=10))  # a reply costs 1,200

    async def everything(url: str) -> RunOutcome:
        async with Summariser(settings=chosen(url)) as reader:
            with Ledger(tmp_path / "out.jsonl") as ledger:
                found = articles([write(tmp_path / "in", 40)])
                return await arun(found, reader, ledger, concurrency=at_once, budget=budget)

    with server.running() as url:
        outcome = asyncio.run(everything(url))
    assert isinstance(outcome.stopped, BudgetReached)
    assert outcome.ok == server.seen.requests <= at_once + 1  # those begun before the first told what it cost


def test_what_is_ready_is_not_asked_about_when_the_run_is_to_stop(tmp_path: Path) -> None:
    stop, at_once = Stop(), 3

    async def everything(endpoint: Endpoint) -> RunOutcome:
        async def stop_when_asked() -> None:
            await asyncio.to_thread(endpoint.asked.wait, 60)
            await asyncio.sleep(0.3)  # the next ones are ready
            stop.ask()
            endpoint.go_on.set()

        async with Summariser(settings=chosen(endpoint.url)) as reader:
            with Ledger(tmp_path / "out.jsonl") as ledger:
                stopping = asyncio.create_task(stop_when_asked())
                outcome = await arun(articles([folder]), reader, ledger, concurrency=at_once, stop=stop)
                await stopping
                return outcome

    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(article(number, "[wait]"))
    with serving() as endpoint:
        outcome = asyncio.run(everything(endpoint))
        assert (outcome.ok, len(endpoint.questions)) == (at_once, at_once)
    assert not replies_of(tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("what", ["status", "hook"])
def test_what_ends_a_run_ends_one_that_waits_for_its_input(tmp_path: Path, what: str) -> None:
    over = threading.Event()

    def source() -> Iterator[Found]:
        yield SourceItem("1", "1", article(1, "[status 401]" if what == "status" else ""))
        assert over.wait(60), "the run should have ended"

    def on_row(row: object, outcome: object) -> None:
        raise ZeroDivisionError

    async def everything(url: str) -> RunOutcome:
        try:
            async with Summariser(settings=chosen(url)) as reader:
                with Ledger(tmp_path / "out.jsonl") as ledger:
                    running = arun(source(), reader, ledger, concurrency=2, waits=True, on_row=on_row)
                    return await asyncio.wait_for(running, 30)
        finally:
            over.set()

    with serving() as endpoint:
        if what == "status":
            assert isinstance(asyncio.run(everything(endpoint.url)).stopped, AuthenticationFailed)
        else:
            with pytest.raises(ZeroDivisionError):
                asyncio.run(everything(endpoint.url))


@pytest.mark.parametrize("hook", ["on_result", "on_attempt"])
def test_a_hook_that_fails_ends_a_run_that_waits_for_its_input(hook: str) -> None:
    over = threading.Event()

    def source() -> Iterator[tuple[str, str]]:
        yield ("1", article(1))
        assert over.wait(60), "the run should have ended"

    def fail(*given: object) -> None:
        raise ZeroDivisionError

    with serving() as endpoint:
        settings = chosen(endpoint.url)
        try:
            with pytest.raises(HookFailed):
                list(summarise_corpus(source(), settings=settings, concurrency=4, **{hook: fail}))  # type: ignore[arg-type]
        finally:
            over.set()


def test_what_an_error_came_from_is_told(tmp_path: Path) -> None:
    def on_row(row: object, outcome: object) -> None:
        raise KeyError("mine") from ZeroDivisionError("yours")

    async def everything(url: str) -> None:
        async with Summariser(settings=chosen(url)) as reader:
            with Ledger(tmp_path / "out.jsonl") as ledger:
                await arun(articles([write(tmp_path / "in", 1)]), reader, ledger, on_row=on_row)

    with serving() as endpoint, pytest.raises(KeyError) as caught:
        asyncio.run(everything(endpoint.url))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_what_is_asked_again_counts_among_the_calls_of_its_run(tmp_path: Path) -> None:
    """Another run shares the pace, which allows for both together."""

    async def everything(endpoint: Endpoint) -> RunOutcome:
        async def read(folder: Path, name: str, at_once: int) -> RunOutcome:
            async with Summariser(settings=chosen(endpoint.url)) as reader:
                with Ledger(tmp_path / name) as ledger:
                    return await arun(articles([folder]), reader, ledger, concurrency=at_once)

        other = asyncio.create_task(read(folder_of("waits", 1, "[wait]"), "other.jsonl", 8))
        await asyncio.to_thread(endpoint.asked.wait, 60)
        outcome = await read(folder_of("bad", 6, "[bad]"), "mine.jsonl", 1)
        endpoint.go_on.set()
        await other
        return outcome

    def folder_of(name: str, number: int, mark: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for each in range(number):
            (folder / f"{each}.txt").write_text(article(each, mark))
        return folder

    with serving() as endpoint:
        outcome = asyncio.run(everything(endpoint))
        assert outcome.failed == 6
        assert len(endpoint.questions) > 12, "they were to be asked about again"
        assert endpoint.most_at_once == 2  # the other run's call, and one of this run


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # aiohttp cannot close its connections
def test_a_loop_that_is_closed_with_a_run_under_way_holds_no_other_run_up(tmp_path: Path) -> None:
    folder = tmp_path / "waits"
    folder.mkdir()
    for each in range(4):
        (folder / f"{each}.txt").write_text(article(each, "[wait]"))

    async def read(source: Path, name: str, url: str) -> RunOutcome:
        async with Summariser(settings=chosen(url)) as reader:
            with Ledger(tmp_path / name) as ledger:
                return await asyncio.wait_for(arun(articles([source]), reader, ledger, concurrency=2), 60)

    with serving() as endpoint:
        loop = asyncio.new_event_loop()
        task = loop.create_task(read(folder, "a.jsonl", endpoint.url))
        loop.run_until_complete(asyncio.to_thread(endpoint.asked.wait, 60))
        loop.close()
        del task, loop
        gc.collect()
        endpoint.go_on.set()
        assert asyncio.run(read(write(tmp_path / "in", 3), "b.jsonl", endpoint.url)).ok == 3
