"""An endpoint at fault, a run that is killed, a ledger that is damaged: what users find, and what the server saw."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from summarise.api import Summariser
from summarise.cli.progress import _log_above
from summarise.corpus.ledger import Ledger, read_ledger
from summarise.corpus.outcome import RunOutcome
from summarise.corpus.run import arun
from summarise.corpus.sources import articles
from summarise.settings import Settings, load_settings
from tests.corpus_server import answer, article
from tests.server import MIX, Fault, Faults, Server
from tests.test_cli import PROGRAM, corpus, place, rows

__all__ = ["place"]  # a fixture

ROOT = Path(__file__).parent.parent


def write(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    for each in range(number):
        (folder / f"{each:03}.txt").write_text(article(each))
    return folder


def chosen(url: str, **more: Any) -> Settings:
    values = {"base_url": url, "api_key": "sk-faults", "model": "gpt-4o-mini", "second_opinion": False, **more}
    return load_settings(**values)


def run(folder: Path, ledger: Path, settings: Settings, at_once: int = 8) -> RunOutcome:
    async def everything() -> RunOutcome:
        async with Summariser(settings=settings) as reader:
            with Ledger(ledger) as opened:
                return await arun(articles([folder]), reader, opened, concurrency=at_once)

    return asyncio.run(everything())


def ok(ledger: Path) -> Counter[str]:
    """How often each article stands in the ledger as ok."""
    return Counter(row["id"] for row in map(json.loads, ledger.read_bytes().splitlines()) if row["status"] == "ok")


def records(summary: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (summary or {}).items() if name != "provenance"}


# What a user finds in the row if it is never otherwise: kind, a part of the message, a part of the hint.
ALWAYS: list[tuple[Fault, str, str, str]] = [
    ("limited", "RateLimited", "429 from http://127.0.0.1", "wait and run again"),
    ("500", "ServerFailed", "The server had an error", "Run again later"),
    ("503", "ServerFailed", "The server is overloaded", "Run again later"),
    ("reset", "ConnectionFailed", "no connection to http://127.0.0.1", "Check the base URL"),
    ("cut", "ConnectionFailed", "no connection to http://127.0.0.1", "Check the base URL"),
    ("hang", "ModelTimeout", "within 0.3 s", "SUMMARISE_TIMEOUT"),
    ("drip", "ModelTimeout", "within 0.3 s", "SUMMARISE_TIMEOUT"),
    ("page", "ServerFailed", "a web page instead of a chat completion", "base URL"),
    ("malformed", "BadReply", "no reply passed the judge", "SUMMARISE_COMPLAINTS"),
    ("truncated", "TruncatedReply", "below the limit of 16384 tokens", "raise its own limit"),
    ("refusal", "RefusedReply", "I cannot help with this text.", "Try another model"),
    ("filter", "FilteredReply", "content filter", "Try another provider"),
    ("empty", "BadReply", "no reply passed the judge", "SUMMARISE_COMPLAINTS"),
    ("duplicate_keys", "BadReply", "'visits' stands twice", "SUMMARISE_COMPLAINTS"),
]


class TestEachAlone:
    @pytest.mark.parametrize(("fault", "kind", "message", "hint"), ALWAYS, ids=[case[0] for case in ALWAYS])
    def test_what_never_ends_is_a_failed_row_that_says_what_to_do(
        self, place: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault, kind: str, message: str, hint: str
    ) -> None:
        Path("a.txt").write_text(article())
        monkeypatch.setenv("SUMMARISE_TIMEOUT", "0.3" if fault in ("hang", "drip") else "30")
        server = Server(answer, faults=Faults({fault: 1.0}), retry_after=3600)
        with server.running() as url:
            result = corpus("a.txt", "--base-url", url)
        (row,) = rows().values()
        assert (row["status"], row["error"]["kind"], result.exit_code) == ("failed", kind, 1)
        assert message in row["error"]["message"]
        assert hint in row["error"]["hint"]
        assert f"FAILED  a: {kind}" in result.stdout
        assert f"hint: {row['error']['hint']}" in result.stdout
        assert server.seen.good == 0

    @pytest.mark.parametrize("fault", ["content_type", "reset_after", "closed_after"])
    def test_what_does_no_harm_is_no_fault(self, place: Path, fault: Fault) -> None:
        write(Path("in"), 5)
        server = Server(answer, faults=Faults({fault: 1.0}))
        with server.running() as url:
            assert corpus("in", "--base-url", url, "--concurrency", "5").exit_code == 0
        assert len(ok(Path("out.jsonl"))) == server.seen.requests == 5

    @pytest.mark.parametrize("fault", ["limited", "limited_silent", "500", "503", "reset", "cut", "hang", "drip"])
    def test_after_one_failed_call_one_more_is_made(self, tmp_path: Path, fault: Fault) -> None:
        self.one_more(tmp_path, fault, "failed", transient_retries=1, complaints=0)

    @pytest.mark.parametrize("fault", ["malformed", "schema", "empty", "duplicate_keys"])
    def test_after_one_bad_reply_one_more_is_asked_for(self, tmp_path: Path, fault: Fault) -> None:
        self.one_more(tmp_path, fault, "complaint", transient_retries=0, complaints=1)

    def test_after_a_reply_that_was_cut_off_a_longer_one_is_asked_for(self, tmp_path: Path) -> None:
        self.one_more(tmp_path, "truncated", "truncated", transient_retries=0, complaints=0)

    def one_more(self, place: Path, fault: Fault, outcome: str, **more: int) -> None:
        """The fault once, then a good reply: both are in the journal, and the row rests on the second."""
        folder, ledger = write(place / "in", 1), place / "out.jsonl"
        server = Server(answer, faults=Faults({fault: 1.0}, first=1), drip=1.0)
        with server.running() as url:
            timeout = 0.3 if fault in ("hang", "drip") else 30.0
            assert run(folder, ledger, chosen(url, timeout=timeout, backoff=0.01, **more)).ok == 1
        (row,) = read_ledger(ledger)
        assert row.summary is not None
        attempts = row.summary["provenance"]["attempts"]
        assert [attempt["outcome"] for attempt in attempts] == [outcome, "accepted"]
        assert attempts[-1]["request_id"] == "1-2-good"
        assert len(row.summary["visits"]) == 1
        assert (server.seen.requests, server.seen.good) == (2, 1)

    def test_calls_that_hang_end_with_the_article_s_deadline(self, tmp_path: Path) -> None:
        folder, ledger = write(tmp_path / "in", 1), tmp_path / "out.jsonl"
        server = Server(answer, faults=Faults({"hang": 1.0}))
        with server.running() as url:
            run(folder, ledger, chosen(url, timeout=0.2, deadline=1.0, transient_retries=50, backoff=0.001))
        (row,) = read_ledger(ledger)
        assert row.error is not None
        assert row.error.kind in ("DeadlineExceeded", "ModelTimeout")
        assert 1 <= row.usage.requests == server.seen.requests <= 5
        assert server.seen.abandoned == server.seen.requests


class TestConnections:
    @pytest.mark.parametrize("fault", ["reset_after", "closed_after"])
    def test_one_that_the_server_ended_between_two_calls_costs_no_attempt(self, fault: Fault) -> None:
        server = Server(answer, faults=Faults({fault: 1.0}))
        with server.running() as url, Summariser(settings=chosen(url, transient_retries=0)) as reader:
            for number in range(3):
                summary = reader.read(article(number))
                assert summary.provenance is not None
                assert len(summary.provenance.attempts) == 1
                while server.open_connections:
                    time.sleep(0.001)
        assert server.seen.requests == 3

    @pytest.mark.parametrize("fault", ["reset_after", "closed_after"])
    async def test_nor_with_the_asynchronous_twin(self, fault: Fault) -> None:
        server = Server(answer, faults=Faults({fault: 1.0}))
        with server.running() as url:
            async with Summariser(settings=chosen(url, transient_retries=0)) as reader:
                for number in range(3):
                    summary = await reader.aread(article(number))
                    assert summary.provenance is not None
                    assert len(summary.provenance.attempts) == 1
                    while server.open_connections:
                        await asyncio.sleep(0.001)
                    for _ in range(20):  # and until the loop has been told of it
                        await asyncio.sleep(0.005)
        assert server.seen.requests == 3


class TestMix:
    def test_every_article_ends_ok_and_no_request_is_made_in_vain(self, tmp_path: Path) -> None:
        count = 50
        folder, ledger, faultless = write(tmp_path / "in", count), tmp_path / "out.jsonl", tmp_path / "good.jsonl"
        with Server(answer).running() as url:  # and what must be imported is
            assert run(folder, faultless, chosen(url)).ok == count
        expected = {row.id: records(row.summary) for row in read_ledger(faultless)}
        server = Server(answer, faults=Faults(MIX, seed=118))  # each of them, and one call that hangs
        more = {"timeout": 5.0, "backoff": 0.01, "complaints": 4, "transient_retries": 4}
        with server.running() as url:
            outcome = run(folder, ledger, chosen(url, **more), at_once=16)
        assert (outcome.ok, outcome.failed) == (count, 0)
        assert set(ok(ledger).values()) == {1}
        for row in read_ledger(ledger):
            assert row.summary is not None
            last = row.summary["provenance"]["attempts"][-1]
            assert last["outcome"] == "accepted"
            assert last["request_id"].endswith("-good"), "it rests on a bad reply"
            assert records(row.summary) == expected[row.id]
        assert set(server.seen.faults) == set(MIX)
        assert server.seen.good == count
        assert server.seen.requests == count + server.seen.faults.total()
        assert {seen.good for seen in server.seen.articles.values()} == {1}

    def test_what_a_failed_article_cost_is_what_the_server_answered(self, tmp_path: Path) -> None:
        folder, ledger = write(tmp_path / "in", 20), tmp_path / "out.jsonl"
        server = Server(answer, faults=Faults({"empty": 0.5, "refusal": 0.2}, seed=1))
        with server.running() as url:
            outcome = run(folder, ledger, chosen(url, complaints=1))
        assert outcome.failed
        assert outcome.input_tokens == 1000 * server.seen.requests
        assert sum(row.usage.requests for row in read_ledger(ledger)) == server.seen.requests


class TestKilled:
    def test_what_is_killed_goes_on_with_nothing_lost_and_little_asked_twice(self, place: Path) -> None:
        count, at_once, kills = 24, 4, 2
        write(Path("in"), count)
        ledger, chance, server = Path("out.jsonl"), random.Random(7), Server(answer, latency=0.05)
        with server.running() as url:
            command = ["corpus", "in", "--out", str(ledger), "--base-url", url, "--concurrency", str(at_once)]
            for moment in sorted(chance.sample(range(1, count - at_once), kills)):
                process = subprocess.Popen([*PROGRAM, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                while server.seen.good < moment and process.poll() is None:
                    time.sleep(0.001)
                process.kill()
                process.wait()
            assert subprocess.run([*PROGRAM, *command], capture_output=True).returncode == 0
        assert ok(ledger) == Counter(f"{each:03}" for each in range(count))
        assert server.seen.requests - count <= at_once * kills

    @given(cut=st.floats(0, 1, exclude_max=True))
    @settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_ledger_cut_off_anywhere_is_made_whole_again(
        self, cut: float, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        place = tmp_path_factory.mktemp("cut")
        folder, ledger, server = write(place / "in", 6), place / "out.jsonl", Server(answer)
        with server.running() as url:
            run(folder, ledger, chosen(url))
            content = ledger.read_bytes()
            kept = content[: int(cut * len(content))]
            ledger.write_bytes(kept)
            outcome = run(folder, ledger, chosen(url))
        whole = content.count(b"\n", 0, len(kept) + 1)  # a row is whole with the last byte before its line end
        assert (outcome.kept, outcome.ok) == (whole, 6 - whole)
        assert ok(ledger) == Counter(f"{each:03}" for each in range(6))
        assert server.seen.requests == 6 + 6 - whole


def test_in_a_pipe_a_run_says_one_line_for_each_article_and_the_summary(place: Path) -> None:
    write(Path("in"), 12)
    server = Server(answer, faults=Faults({"refusal": 0.3}, seed=2))
    with server.running() as url:
        command = [sys.executable, "-m", "summarise", "corpus", "in", "--out", "out.jsonl", "--base-url", url]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    lines = done.stdout.splitlines()
    refused = server.seen.faults["refusal"]
    assert refused
    assert done.returncode == 1
    assert done.stderr == ""
    assert sum(line.startswith("ok      ") for line in lines) == 12 - refused
    assert sum(line.startswith("FAILED  ") for line in lines) == refused
    assert f"12 articles: {12 - refused} read, 0 kept from before, {refused} failed" in lines
    assert sum("RefusedReply, such as" in line for line in lines) == 1
    assert not [line for line in lines if "\x1b" in line]


@pytest.mark.parametrize("terminal", [True, False])
def test_what_the_log_says_on_a_terminal_stands_above_the_bar(terminal: bool) -> None:
    stream, screen = io.StringIO(), io.StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    try:
        with _log_above(Console(file=screen, force_terminal=True)):
            logging.getLogger("pace").warning("asks to wait")
    finally:
        logging.getLogger().removeHandler(handler)
    assert handler.stream is stream
    assert ("asks to wait" in screen.getvalue(), "asks to wait" in stream.getvalue()) == (terminal, not terminal)
