"""Limits of money while batches are collected; the provider is on loopback and counts what it sees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from summarise.corpus.batch.folder import folder_of
from summarise.corpus.batch.journal import Journal
from tests.batch_server import BatchServer
from tests.corpus_server import article
from tests.test_batch import OUT, PRICED, collect, place, provider, status, submit, write
from tests.test_cli import rows, run

__all__ = ["place", "provider"]  # fixtures


def of_one(provider: BatchServer) -> int:
    """Tokens that one article of `write` is expected to use, and a few more."""
    Path("one.txt").write_text(article(99))
    one = run("batch", "submit", "one.txt", "--out", "x.jsonl", "--base-url", provider.url, "--max-tokens", "99999")
    assert run("batch", "collect", "x.jsonl").exit_code == 0
    provider.seen.asked.clear()
    read, _, written = one.stdout.partition("expected: ")[2].partition(" tokens")[0].partition("+")
    return int(read.replace(",", "")) + int(written.replace(",", "")) + 30


@pytest.mark.parametrize("wait", [(), ("--wait",)])
def test_a_follow_up_is_sent_as_far_as_the_limit_goes(provider: BatchServer, wait: tuple[str, ...]) -> None:
    write(6)
    each = of_one(provider)
    provider.faults.expire = {2}
    submit(provider)
    first = collect("--max-tokens", str(2 * each), *wait)
    assert first.exit_code == 1
    assert "nothing further was sent: what is sent is expected to use" in first.stderr
    assert "summarise batch collect out.jsonl goes on" in first.stderr
    assert provider.seen.batches == 3
    assert len(rows()) == (5 if wait else 3)
    assert status().exit_code == 1
    assert collect("--wait", "--max-tokens", str(2 * each)).exit_code == 0
    assert len(rows()) == provider.seen.asked.total() == 6
    assert provider.seen.repeated == 0


def test_what_fits_in_no_limit_stays_and_what_is_out_is_collected(provider: BatchServer) -> None:
    write(4)
    provider.faults.expire = {1}
    submit(provider)
    for _ in range(2):
        held = collect("--wait", "--max-tokens", "1")
        assert held.exit_code == 1
        assert "(--max-tokens)" in held.stderr
        assert (len(rows()), provider.seen.batches) == (2, 1)
    assert collect("--wait").exit_code == 0
    assert len(rows()) == provider.seen.asked.total() == 4


def test_live_calls_keep_to_the_limit(provider: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", provider.url.removesuffix("/v1"))
    provider.faults.expire = {1}
    write(8)
    run("batch", "submit", "in", "--out", "out.jsonl", "--base-url", PRICED)
    done = collect("--finish-live", "--max-cost", "0.0013", "--concurrency", "1")
    assert done.exit_code == 1
    assert "expected to cost $0.0013 (--max-cost)" in done.stderr
    assert 0 < provider.seen.live < 4
    live = [row["usage"]["cost"] for row in rows().values() if row["usage"]["requests"] > 1]
    assert len(live) == provider.seen.live
    assert sum(live) <= 0.0013
    assert Journal(OUT).out == 4 - provider.seen.live
    assert collect("--finish-live").exit_code == 0
    assert len(rows()) == provider.seen.asked.total() == 8
    assert provider.seen.repeated == 0


def test_waiting_after_a_submission_counts_what_that_sent(provider: BatchServer) -> None:
    write(4)
    each = of_one(provider)
    provider.faults.expire = {2}
    done = submit(provider, "--wait", "--max-tokens", str(5 * each))
    assert done.exit_code == 1
    assert len(rows()) == 3
    assert Journal(OUT).out == 1
    assert collect("--wait").exit_code == 0
    assert provider.seen.asked.total() == 4


def test_what_finds_no_room_is_counted_once(provider: BatchServer) -> None:
    write(2)
    each = of_one(provider)
    provider.faults.crowd = {2}
    assert submit(provider, "--wait", "--max-tokens", str(2 * each)).exit_code == 0
    assert len(rows()) == 2


def test_dollars_need_a_price(provider: BatchServer) -> None:
    write(1)
    submit(provider)
    done = collect("--max-cost", "1")
    assert done.exit_code == 2
    assert "so max_cost (--max-cost) cannot be kept" in done.stderr
    assert collect("--max-tokens", "1").exit_code == 0


def test_the_windows_of_a_long_article_are_counted_once(provider: BatchServer) -> None:
    """What a submission lets go, whole, comes back within the same limit if every reply is good."""
    nothing = {"officials": [], "visits": [], "invitations": [], "summary": "Words were said.", "more": []}
    provider.answer = lambda question: json.dumps(nothing)
    Path("in").mkdir()
    long = " ".join(f"Word {number} was said about the forest." for number in range(400))
    Path("in/long.txt").write_text(f"{article(7)}\n{long}\n")
    sent = submit(provider, "--context", "8000", "--max-tokens", "999999")
    read, _, written = sent.stdout.partition("expected: ")[2].partition(" tokens")[0].partition("+")
    limit = int((int(read.replace(",", "")) + int(written.replace(",", ""))) * 1.01)
    shutil.rmtree(folder_of(OUT))
    done = submit(provider, "--context", "8000", "--wait", "--max-tokens", str(limit))
    assert "nothing further" not in done.stderr, done.stderr
    assert provider.seen.batches > 3
