"""What a run may cost, what it will cost, and which articles it looks at; with a real endpoint on loopback."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.cli.progress import _plain, duration, progress, projection_parts, short
from summarise.corpus.budget import Budget
from summarise.corpus.estimate import fixed_tokens
from summarise.corpus.interval import Sum, of_others, of_sampled, quantile
from summarise.corpus.items import SourceItem
from summarise.corpus.ledger import LedgerRow, RowError
from summarise.corpus.limits import Limits
from summarise.corpus.outcome import RunOutcome
from summarise.corpus.projection import Forecast, Projection
from summarise.corpus.selection import sampled
from summarise.prompt import load_prompt
from summarise.records import ArticleSummary, Usage
from summarise.schema import contract
from summarise.tokens import count_tokens
from tests.corpus_server import Endpoint, article
from tests.test_cli import PROGRAM, corpus, endpoint, on_terminal, place, rows, run

__all__ = ["endpoint", "place"]  # fixtures

PRICED = "http://desk.openai.azure.com/v1"
"""An address whose prices are known and which is no https, so that a proxy on loopback can answer for it."""


def write(number: int, marks: str = "", folder: str = "in") -> None:
    Path(folder).mkdir(exist_ok=True)
    for each in range(number):
        Path(folder, f"{each:03}.txt").write_text(article(each, marks))


@pytest.fixture
def priced(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the endpoint under a name that has prices."""
    monkeypatch.setenv("HTTP_PROXY", endpoint.url.removesuffix("/v1"))
    return PRICED


def estimated(*arguments: str) -> dict[str, Any]:
    result = corpus("in", "--estimate", *arguments)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


class TestLimits:
    def test_tokens_end_a_run_cleanly_and_the_next_goes_on(self, place: Path, endpoint: Endpoint) -> None:
        write(6)
        arguments = ["in", "--base-url", endpoint.url, "--concurrency", "1", "--max-tokens", "3600"]
        first = corpus(*arguments)
        assert first.exit_code == 1
        assert len(endpoint.questions) == len(rows()) == 3
        message, hint, way_on = first.stderr.splitlines()
        assert message == (
            "summarise: stopped with 3 articles unread: the limit of 3,600 tokens (--max-tokens) is reached; "
            "this run spent 3,600 tokens"
        )
        assert hint.startswith("  hint: ")
        assert way_on == "  3 of 6 articles are safe in out.jsonl; run the same command again to go on"
        corpus(*arguments)
        assert len(endpoint.questions) == len(rows()) == 6
        assert corpus(*arguments).exit_code == 0

    @pytest.mark.parametrize("concurrency", [1, 4])
    def test_dollars_end_a_run_by_the_price_of_an_article_at_most(
        self, place: Path, endpoint: Endpoint, priced: str, concurrency: int
    ) -> None:
        write(12)
        result = corpus("in", "--base-url", priced, "--concurrency", str(concurrency), "--max-cost", "0.0010")
        assert result.exit_code == 1, result.stderr
        costs = [row["usage"]["cost"] for row in rows().values()]
        assert len(set(costs)) == 1
        assert 0.001 <= sum(costs) < 0.001 + costs[0]
        assert len(endpoint.questions) == len(costs)
        assert f"this run spent ${sum(costs):.4f}, {1200 * len(costs):,} tokens" in result.stderr

    def test_a_limit_that_nothing_reaches_changes_nothing(self, place: Path, endpoint: Endpoint, priced: str) -> None:
        write(3)
        result = corpus("in", "--base-url", priced, "--max-cost", "10", "--max-tokens", "10000000")
        assert result.exit_code == 0, result.stderr
        assert len(rows()) == 3

    def test_dollars_without_a_price_are_an_error_before_anything_is_sent(
        self, place: Path, endpoint: Endpoint
    ) -> None:
        write(1)
        result = corpus("in", "--base-url", endpoint.url, "--max-cost", "1")
        assert result.exit_code == 2
        message, hint = result.stderr.splitlines()
        assert "the price of gpt-4o-mini at this endpoint is not known" in message
        assert "--max-tokens" in hint
        assert not endpoint.questions
        assert not Path("out.jsonl").exists()

    def test_what_fails_is_paid_for_as_well(self, place: Path, endpoint: Endpoint) -> None:
        write(5, "[bad]")
        result = corpus("in", "--base-url", endpoint.url, "--concurrency", "1", "--max-tokens", "2400")
        assert result.exit_code == 1
        assert len(endpoint.questions) == 2

    @pytest.mark.parametrize("option", ["--max-cost", "--max-tokens", "--limit", "--sample"])
    def test_a_limit_of_nothing_is_refused(self, place: Path, option: str) -> None:
        write(1)
        assert corpus("in", "--model", "offline", option, "0").exit_code == 2

    def test_so_many_articles_and_then_the_next_ones(self, place: Path, endpoint: Endpoint) -> None:
        write(5)
        arguments = ["in", "--base-url", endpoint.url, "--limit", "2", "--concurrency", "3"]
        first = corpus(*arguments)
        assert first.exit_code == 0
        assert "--limit 2: 2 of 5 articles are safe in out.jsonl; run the same command again" in first.stdout
        assert len(rows()) == 2
        assert corpus(*arguments).exit_code == 0
        last = corpus(*arguments)
        assert len(rows()) == len(endpoint.questions) == 5
        assert "--limit" not in last.stdout

    @given(
        st.lists(st.integers(min_value=0, max_value=50), min_size=1, max_size=30),
        st.integers(min_value=1, max_value=400),
        st.integers(min_value=1, max_value=8),
        st.integers(min_value=0, max_value=50),
    )
    def test_none_is_begun_once_the_limit_is_reached(
        self, tokens: list[int], limit: int, workers: int, expected: int
    ) -> None:
        budget = Budget(Limits(max_tokens=limit), Usage(input_tokens=expected))
        outcome = RunOutcome()
        left = iter(tokens)
        spent_at_start: list[int] = []

        async def work() -> None:
            for used in left:
                if not await budget.admit(outcome):
                    outcome.stopped = outcome.stopped or budget.reached(outcome)
                    return
                spent_at_start.append(outcome.input_tokens)
                await asyncio.sleep(0)
                outcome.spend(Usage(input_tokens=used))
                budget.release()

        async def all_of_them() -> None:
            await asyncio.gather(*(work() for _ in range(workers)))

        asyncio.run(all_of_them())
        assert all(spent < limit for spent in spent_at_start)
        if outcome.stopped is None:
            assert len(spent_at_start) == len(tokens)
        else:
            assert outcome.input_tokens >= limit, "it never ends with money left"


class TestSelection:
    def test_only_what_failed_is_tried_again(self, place: Path, endpoint: Endpoint) -> None:
        write(3)
        Path("in/001.txt").write_text(article(1, "[bad]"))
        assert corpus("in", "--base-url", endpoint.url).exit_code == 1
        write(4)
        asked = len(endpoint.questions)
        again = corpus("in", "--base-url", endpoint.url, "--retry-failed")
        assert again.exit_code == 0
        assert "1 article: 1 read, 0 kept from before, 0 failed" in again.stdout
        assert len(endpoint.questions) == asked + 1
        assert set(rows()) == {"000", "001", "002"}

    def test_where_nothing_has_failed_it_says_so(self, place: Path, endpoint: Endpoint) -> None:
        write(2)
        assert corpus("in", "--base-url", endpoint.url).exit_code == 0
        again = corpus("in", "--base-url", endpoint.url, "--retry-failed")
        assert (again.exit_code, again.stdout) == (0, "nothing has failed: every article in out.jsonl is ok\n")
        batch = run("batch", "submit", "in", "--out", "out.jsonl", "--base-url", endpoint.url, "--retry-failed")
        assert (batch.exit_code, batch.stdout) == (0, again.stdout)
        Path("in/002.txt").write_text(article(2, "[bad]"))
        assert corpus("in", "--base-url", endpoint.url).exit_code == 1
        Path("in/002.txt").unlink()
        again = corpus("in", "--base-url", endpoint.url, "--retry-failed")
        assert again.exit_code == 0
        assert again.stdout == "nothing to retry: of what has failed in out.jsonl (1) nothing is in these sources\n"

    def test_without_a_ledger_nothing_has_failed(self, place: Path) -> None:
        write(1)
        result = corpus("in", "--model", "offline", "--retry-failed")
        assert result.exit_code == 2
        assert "there is no ledger out.jsonl yet" in result.stderr
        assert not Path("out.jsonl").exists()

    def test_a_sample_is_the_same_again_and_another_with_another_seed(self, place: Path) -> None:
        write(40)
        drawn = []
        for seed in ("7", "7", "8"):
            Path("out.jsonl").unlink(missing_ok=True)
            assert corpus("in", "--model", "offline", "--sample", "5", "--seed", seed).exit_code == 0
            drawn.append(set(rows()))
        assert drawn[0] == drawn[1] != drawn[2]
        assert [len(each) for each in drawn] == [5, 5, 5]

    def test_a_seed_alone_is_a_mistake(self, place: Path) -> None:
        write(1)
        result = corpus("in", "--model", "offline", "--seed", "3")
        assert result.exit_code == 2
        assert "--seed goes with --sample or --estimate" in result.stderr

    @given(st.sets(st.text(max_size=4), max_size=30), st.integers(1, 40), st.integers(), st.randoms())
    def test_a_sample_depends_on_ids_and_seed_alone(self, ids: set[str], size: int, seed: int, chance: Any) -> None:
        items = [SourceItem(id, id, Path(id)) for id in sorted(ids)]
        drawn, seen = sampled(items, size, seed)
        assert seen == len(items)
        assert len(drawn) == min(size, len(items))
        assert drawn == [item for item in items if item in drawn], "in the order of the items"
        larger, _ = sampled(items, size + 1, seed)
        assert set(drawn) <= set(larger)
        shuffled = chance.sample(items, len(items))
        assert set(sampled(shuffled, size, seed)[0]) == set(drawn)


class TestEstimate:
    def test_it_needs_no_key_and_sends_nothing_and_leaves_nothing(self, place: Path) -> None:
        write(3)
        found = estimated("--model", "gpt-4o-mini")
        assert (found["articles"], found["sampled"], found["kept"]) == (3, 3, 0)
        tokens = found["input_tokens"]
        assert tokens["low"] == tokens["expected"] == tokens["high"], "all were counted"
        assert found["output_tokens"]["expected"] == pytest.approx(3 * 771.5, abs=1)
        assert found["output_tokens"]["low"] < found["output_tokens"]["expected"] < found["output_tokens"]["high"]
        price = (0.15 * tokens["expected"] + 0.60 * found["output_tokens"]["expected"]) / 1e6
        assert found["cost"]["expected"] == pytest.approx(price, rel=0.01)
        assert found["cost_cached"]["expected"] < found["cost"]["expected"]
        assert 0.5 < found["input_cacheable"] < 1
        assert found["output_basis"] == "default"
        assert any("assumed" in note for note in found["notes"])
        assert not Path("out.jsonl").exists()

    def test_the_prompt_is_counted_as_it_is_sent(self, place: Path, endpoint: Endpoint) -> None:
        write(1)
        one = estimated("--base-url", endpoint.url)["input_tokens"]["expected"]
        assert not endpoint.questions
        corpus("in", "--base-url", endpoint.url)
        Path("in/001.txt").write_text(article(1))
        Path("out.jsonl").unlink()
        two = estimated("--base-url", endpoint.url)["input_tokens"]["expected"]
        assert two - one == pytest.approx(one, rel=0.01)
        fixed = fixed_tokens(load_prompt(contract(ArticleSummary)))
        assert one == fixed + count_tokens(endpoint.questions[0]), "what the server saw, and schema and instructions"

    def test_earlier_rows_tell_how_long_replies_are_and_what_is_kept(self, place: Path, endpoint: Endpoint) -> None:
        write(6)
        corpus("in", "--base-url", endpoint.url)
        write(10)
        before = Path("out.jsonl").read_bytes()
        found = estimated("--base-url", endpoint.url)
        assert (found["articles"], found["kept"]) == (4, 6)
        assert (found["output_basis"], found["output_rows"], found["calls_per_article"]) == ("ledger", 6, 1.0)
        assert found["output_tokens"] == {"expected": 800, "low": 800, "high": 800}
        assert found["input_cached_before"] == 0.0
        assert estimated("--base-url", endpoint.url, "--model", "gpt-4o", "--refresh")["articles"] == 10
        assert estimated("--base-url", endpoint.url, "--limit", "3")["articles"] == 3
        assert Path("out.jsonl").read_bytes() == before

    def test_a_price_that_is_not_known_is_said(self, place: Path) -> None:
        write(2)
        Path("in/empty.txt").write_text("")
        found = estimated("--model", "granite-of-my-own")
        assert found["price_known"] is False
        assert found["cost"] is None
        assert found["unreadable"] == 1
        assert found["articles"] == 3

    def test_rules_cost_nothing(self, place: Path) -> None:
        write(2)
        found = estimated("--model", "offline")
        assert found["cost"] == {"expected": 0, "low": 0, "high": 0}

    def test_a_terminal_gets_a_table(self, place: Path) -> None:
        write(2)
        for model, expected in (("gpt-4o-mini", "cost, cache unused"), ("offline", "nothing to pay")):
            status, text = on_terminal("corpus", "in", "--out", "out.jsonl", "--estimate", "--model", model)
            assert status == 0, text
            assert "2 articles to read with" in text
            assert expected in text

    def test_a_file_that_is_no_ledger_is_refused(self, place: Path) -> None:
        write(1)
        Path("out.jsonl").write_text("# Notes")
        result = corpus("in", "--estimate")
        assert result.exit_code == 2
        assert "is no ledger row" in result.stderr

    def test_more_articles_than_the_sample_give_an_interval(self, place: Path) -> None:
        write(230)
        for number in range(0, 230, 3):
            path = Path(f"in/{number:03}.txt")
            path.write_text(path.read_text() + "The minister spoke at length of forests. " * (number % 7))
        found = estimated("--model", "gpt-4o-mini", "--seed", "5")
        assert (found["articles"], found["sampled"], found["seed"]) == (230, 200, 5)
        tokens = found["input_tokens"]
        assert tokens["low"] < tokens["expected"] < tokens["high"]


class TestIntervals:
    @pytest.mark.parametrize(
        ("freedom", "table"), [(3, 3.182), (4, 2.776), (9, 2.262), (30, 2.042), (199, 1.972), (float("inf"), 1.960)]
    )
    def test_students_quantiles(self, freedom: float, table: float) -> None:
        assert quantile(freedom) == pytest.approx(table, rel=0.002)

    def test_a_sum_of_all_is_exact(self) -> None:
        assert of_sampled([1, 2, 3], 3).interval == (6, 6)

    def test_a_sample_of_a_known_corpus_covers_its_sum_as_often_as_promised(self) -> None:
        import random

        chance = random.Random(1)
        corpus = [chance.lognormvariate(6, 0.6) for _ in range(1000)]
        hits = 0
        for _ in range(400):
            low, high = of_sampled(chance.sample(corpus, 200), 1000).interval
            hits += low <= sum(corpus) <= high
        assert 0.92 <= hits / 400 <= 0.98

    def test_new_articles_are_covered_as_often_as_promised(self) -> None:
        import random

        chance = random.Random(2)
        hits = 0
        for _ in range(600):
            low, high = of_others([chance.gauss(800, 200) for _ in range(6)], 50).interval
            hits += low <= sum(chance.gauss(800, 200) for _ in range(50)) <= high
        assert 0.92 <= hits / 600 <= 0.98

    def test_sums_add_up(self) -> None:
        both = Sum(10, 4, 5).plus(Sum(20, 0))
        assert (both.expected, both.variance, both.freedom) == (30, 4, 5)
        assert Sum(1, 100, 5).interval[0] == 0


def ended(articles: int, *, failed: int = 0, kept: int = 0, **usage: Any) -> RunOutcome:
    outcome = RunOutcome(ok=articles, failed=failed, kept=kept)
    outcome.spend(Usage(**usage))
    return outcome


class TestProjection:
    def test_pace_cost_and_time_come_from_what_was_read(self) -> None:
        forecast = Forecast(110, 0.0)
        outcome = ended(18, failed=2, kept=10, input_tokens=40_000, output_tokens=8_000, cost=0.05)
        ahead = forecast.after(outcome, 60.0)
        assert ahead.per_minute == pytest.approx(20)
        assert ahead.seconds_left == pytest.approx(80 / 20 * 60)
        assert ahead.cost == pytest.approx(0.05 * 5)
        assert ahead.tokens == pytest.approx(48_000 * 5)

    def test_the_pace_is_that_of_the_last_minutes(self) -> None:
        forecast = Forecast(1000, 0.0)
        for second in range(0, 600, 10):
            ahead = forecast.after(ended(second // 10), float(second))
        for second in range(600, 800, 10):
            ahead = forecast.after(ended(60 + second - 600), float(second))
        assert ahead.per_minute == pytest.approx(60, rel=0.01)

    def test_what_is_not_known_is_not_said(self) -> None:
        assert Forecast(10, 0.0).after(RunOutcome(), 0.0) == Projection(None, None, None, None)
        limited = Forecast(1000, 0.0, 25)
        assert limited.in_all(ended(5, kept=10)) == 35
        assert limited.after(ended(5, kept=10), 10.0).seconds_left == pytest.approx(40)
        assert Forecast(20, 0.0, 25).in_all(ended(5, kept=10)) == 20
        assert Forecast(None, 0.0).after(ended(5), 10.0) == Projection(30, None, None, None)
        unpriced = Forecast(10, 0.0).after(ended(5, input_tokens=5), 10.0)
        assert unpriced.cost is None
        assert projection_parts(ended(5, input_tokens=5), unpriced)[2] == "10 tokens expected in all"
        assert projection_parts(RunOutcome(), Projection(None, None, None, None)) == []

    def test_all_of_it_in_words(self) -> None:
        outcome = ended(18, input_tokens=40_000, cached_tokens=30_000, output_tokens=8_000, cost=0.05)
        assert projection_parts(outcome, Projection(1234.5, 5e6, 12.5, 7500.0)) == [
            "1,234 a minute", "40.0k tokens in (30.0k cached), 8.00k out", "$0.0500 of $12.50 expected",
            "2 h 05 min left",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("number", "text"),
        [(0, "0"), (999, "999"), (999.9, "1.00k"), (34_512, "34.5k"), (1.2e6, "1.20M"), (5e9, "5.00G")],
    )
    def test_short_numbers(self, number: float, text: str) -> None:
        assert short(number) == text

    @pytest.mark.parametrize(
        ("seconds", "text"),
        [(0, "0 s"), (59.7, "1 min"), (3599, "1 h 00 min"), (7500, "2 h 05 min"), (187_200, "2 d 04 h")],
    )
    def test_durations(self, seconds: float, text: str) -> None:
        assert duration(seconds) == text

    def test_without_a_terminal_a_line_says_now_and_then_how_it_goes(self, capsys: pytest.CaptureFixture[str]) -> None:
        now = 0.0
        show = _plain(100, lambda: now)
        row = LedgerRow(id="a", source="a", status="failed", error=RowError(kind="BadReply", message="no"))
        outcome = ended(9, failed=1, input_tokens=1000, output_tokens=200, cost=0.01)
        show(row, outcome)
        assert capsys.readouterr().out == "FAILED  a: BadReply: no\n"
        now = 30.0
        show(None, outcome)
        assert capsys.readouterr().out == (
            "so far: 10 of 100 done, 1 failed, 20 a minute, 1.00k tokens in, 200 out, $0.0100 of $0.1000 expected, "
            "4 min left\n"
        )
        show(None, outcome)
        assert capsys.readouterr().out == ""

    def test_in_a_pipe_there_is_no_bar(self, capsys: pytest.CaptureFixture[str]) -> None:
        with progress(1) as show:
            show(None, RunOutcome(kept=1))
        assert capsys.readouterr().out == ""

    def test_on_a_terminal_tokens_and_money_stand_below_the_bar(
        self, place: Path, endpoint: Endpoint, priced: str
    ) -> None:
        write(3)
        status, text = on_terminal("corpus", "in", "--out", "out.jsonl", "--base-url", priced)
        assert status == 0
        for piece in ("3/3", "0 failed", "a minute", "left", "3.00k tokens in, 600 out", "expected"):
            assert piece in text, text


class TestSignals:
    def process(self, endpoint: Endpoint, *arguments: str) -> subprocess.Popen[str]:
        command = [*PROGRAM, "corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url, *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_what_is_under_way_may_finish(self, place: Path, endpoint: Endpoint, number: signal.Signals) -> None:
        write(3)
        Path("in/000.txt").write_text(article(0, "[wait]"))
        process = self.process(endpoint, "--concurrency", "1")
        assert process.stdout is not None
        assert endpoint.asked.wait(30)
        process.send_signal(number)
        assert process.stdout.readline().startswith("stopping: the articles under way get 10 s to finish")
        endpoint.go_on.set()
        out, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert out.startswith("ok      000")
        assert err == (
            "summarise: interrupted: 1 of 3 articles are safe in out.jsonl; run the same command again to go on\n"
        )
        assert set(rows()) == {"000"}
        assert len(endpoint.questions) == 1

    def test_a_second_signal_ends_at_once(self, place: Path, endpoint: Endpoint) -> None:
        write(3)
        Path("in/001.txt").write_text(article(1, "[wait]"))
        process = self.process(endpoint, "--concurrency", "1")
        assert process.stdout is not None
        assert endpoint.asked.wait(30)
        assert process.stdout.readline().startswith("ok      000")
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline().startswith("stopping: ")
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=9)
        assert process.returncode == 130
        assert "1 of 3 articles are safe in out.jsonl" in err
        assert "Traceback" not in err
        assert set(rows()) == {"000"}

    def test_who_was_last_anyway_ends_as_ever(self, place: Path, endpoint: Endpoint) -> None:
        write(1, "[wait]")
        process = self.process(endpoint)
        assert process.stdout is not None
        assert endpoint.asked.wait(30)
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline().startswith("stopping: ")
        endpoint.go_on.set()
        process.communicate(timeout=30)
        assert process.returncode == 0

    def test_what_is_under_way_finishes_even_when_nobody_reads_on(self, place: Path, endpoint: Endpoint) -> None:
        write(3, "[wait]")
        process = self.process(endpoint)
        assert process.stdout is not None
        assert process.stderr is not None
        assert endpoint.asked.wait(30)
        process.stdout.close()
        process.send_signal(signal.SIGINT)
        endpoint.go_on.set()
        with process.stderr as errors:
            assert "Traceback" not in errors.read()
        process.wait(30)
        assert {row["status"] for row in rows().values()} == {"ok"}
        assert len(rows()) == len(endpoint.questions)
