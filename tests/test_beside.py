"""Second opinions that are read in processes of their own: real ones, beside a real run."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from asyncio.subprocess import Process
from io import BytesIO
from pathlib import Path

import pytest

from summarise import Settings, Summariser, beside
from summarise.article import read_article
from summarise.corpus.ledger import Ledger, LedgerRow, read_ledger
from summarise.corpus.run import arun
from summarise.corpus.sources import articles
from summarise.offline import opinion
from summarise.offline.reader import read_offline
from summarise.records import ArticleSummary
from summarise.schema import contract
from tests.corpus_server import article, reply_to
from tests.server import Server

ARTICLES = 24
TOLD = ["second_opinion_missing"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for number in range(ARTICLES):
        (place / f"{number:02}.txt").write_text(article(number))
    return place


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """The processes that were started: one, as soon as anything is under way."""
    processes: list[Process] = []
    start = beside._process

    async def noted() -> Process:
        processes.append(await start())
        return processes[-1]

    monkeypatch.setattr(beside, "_process", noted)
    monkeypatch.setattr(beside, "BUSY", 1)
    monkeypatch.setattr(beside, "readers_to_start", lambda: 1)
    return processes


def _without_visits(question: str) -> tuple[str, str]:
    return "?", json.dumps(reply_to(question) | {"visits": [], "invitations": []})


def _rows(folder: Path, close: bool = True) -> list[LedgerRow]:
    """The rows of a run in which the model overlooks the visit and the invitation of each article."""
    ledger_path = folder.parent / "ledger.jsonl"

    async def run(url: str) -> None:
        reader = Summariser(settings=Settings(base_url=url, api_key="sk-1", model="gpt-4o-mini"))
        with Ledger(ledger_path) as ledger:
            await arun(articles([folder]), reader, ledger, concurrency=4)
        if close:
            await reader.aclose()

    with Server(_without_visits, latency=0.02).running() as url:
        asyncio.run(run(url))
    return list(read_ledger(ledger_path))


def _told(row: LedgerRow) -> list[str]:
    assert row.summary is not None
    return sorted({concern["kind"] for concern in row.summary["concerns"]})


@pytest.mark.parametrize("close", [True, False], ids=["closed", "left to the loop"])
def test_a_busy_run_has_them_read_beside_it_and_ends_the_process(
    folder: Path, started: list[Process], monkeypatch: pytest.MonkeyPatch, close: bool
) -> None:
    def nobody(*_: object) -> ArticleSummary:
        raise ZeroDivisionError("read here")

    monkeypatch.setattr(opinion, "read_offline", nobody)
    rows = _rows(folder, close)
    assert len(rows) == ARTICLES
    beside_it = [row for row in rows if not row.warnings]
    assert len(beside_it) >= ARTICLES - 8, "the first ones may be through before the process is there"
    assert all(_told(row) == TOLD for row in beside_it)
    assert [process.returncode is not None for process in started] == [True]


def test_what_is_told_is_the_same(folder: Path, started: list[Process], monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> dict[str, object]:
        return {row.id: row.summary and row.summary["concerns"] for row in _rows(folder)}

    helped = told()
    (folder.parent / "ledger.jsonl").unlink()
    monkeypatch.setattr(beside, "readers_to_start", lambda: 0)
    assert told() == helped
    assert len(started) == 1


def test_a_process_that_dies_loses_nothing(
    folder: Path, started: list[Process], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ask = beside._Reader.ask

    def ask_and_kill(reader: beside._Reader, question: object) -> asyncio.Future[ArticleSummary | None]:
        started[0].kill()
        return ask(reader, question)  # type: ignore[arg-type]

    monkeypatch.setattr(beside._Reader, "ask", ask_and_kill)
    with caplog.at_level(logging.WARNING):
        rows = _rows(folder)
    assert [_told(row) for row in rows] == [TOLD] * ARTICLES
    assert not any(row.warnings for row in rows)
    assert "has ended" in caplog.text


def test_a_process_that_cannot_be_started_is_done_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(beside, "BUSY", 1)
    monkeypatch.setattr(beside, "readers_to_start", lambda: 1)
    monkeypatch.setattr(sys, "executable", str(folder / "no-such-python"))
    with caplog.at_level(logging.WARNING):
        assert [_told(row) for row in _rows(folder)] == [TOLD] * ARTICLES
    assert "could be started" in caplog.text


@pytest.mark.parametrize("steps", [0, 1, 2, 5, 50])
def test_none_is_left_where_the_reader_is_closed_while_they_start(started: list[Process], steps: int) -> None:
    async def closed_early() -> bool:
        readers = beside.ReadersBeside()
        with readers.helping(), readers.reading(read_article(article(1))):
            for _ in range(steps):
                await asyncio.sleep(0)
        await readers.aclose()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        return not running and all(process.returncode is not None for process in started)

    assert asyncio.run(closed_early())


def test_a_small_run_starts_none(folder: Path, started: list[Process], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "BUSY", 9)  # four are asked about, four are ready or judged
    _rows(folder)
    assert started == []


def test_there_is_none_where_no_python_could_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 <= beside.readers_to_start() <= beside.MOST
    monkeypatch.setattr(sys, "executable", "")
    assert beside.readers_to_start() == 0


def test_it_answers_in_order_until_its_input_ends_and_none_for_what_it_cannot_read() -> None:
    known = read_article(article(7))
    whole = beside._message(known)
    source, sink = BytesIO(beside._message("no article") + whole + whole[:-5]), BytesIO()
    beside.serve(source, sink)
    read = read_offline(known, contract(ArticleSummary)).model_copy(update={"officials": [], "provenance": None})
    assert sink.getvalue() == beside._message(None) + beside._message(read)


def test_it_ends_with_its_input_and_a_signal_for_the_run_is_none_of_its() -> None:
    async def first_and_last() -> int:
        process = await beside._process()
        assert os.getpgid(process.pid) != os.getpgrp()
        assert process.stdin is not None
        process.stdin.close()
        return await process.wait()

    assert asyncio.run(first_and_last()) == 0


def test_it_is_not_loaded_with_what_it_does_not_need() -> None:
    heavy = "('openai', 'aiohttp', 'tenacity', 'summarise.api')"
    program = f"import sys, summarise.beside; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
