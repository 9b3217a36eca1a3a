"""The pace: budgets and concurrency with made-up times, the waiting room, and quotas on real sockets."""

from __future__ import annotations

import asyncio
import heapq
import json
import threading
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.api import Summariser
from summarise.corpus.ledger import Ledger, read_ledger
from summarise.corpus.outcome import RunOutcome
from summarise.corpus.run import arun
from summarise.corpus.sources import articles
from summarise.errors import DeadlineExceeded
from summarise.model import pacing
from summarise.model.budget import LATENESS, Allowance, Budget, allowances
from summarise.model.pace import Member, Pace, Turn
from summarise.model.pacing import Hopeless, SharedPace, shared_pace
from summarise.settings import Settings, load_settings
from tests.corpus_server import answer, article, reply_to
from tests.loopback import Loopback, completion, refusal
from tests.server import Counting, Quota, Server

WINDOW = 60.0


def pace(concurrency: int = 8, **budgets: float) -> Pace:
    made = Pace(WINDOW)
    made.join(Member(concurrency, **budgets))
    return made


def go(made: Pace, now: float, characters: int = 0, output: int = 0) -> Turn:
    turn = made.queue(characters, output)
    assert made.wait(turn, now) == 0
    return turn


class Simulation:
    """An endpoint with made-up times: `load` are requests that wait for their turn, in order, as (characters, reply
    tokens, seconds to the reply, seconds until the endpoint counts it as a part of these, whether it is refused)."""

    def __init__(self, made: Pace, load: list[tuple[int, int, float, float, bool]]) -> None:
        self.arrived: list[tuple[float, float]] = []  # when it was counted, and for how many tokens
        self.order: list[int] = []
        now, waiting = 0.0, [(made.queue(entry[0], 4000), number) for number, entry in enumerate(load)]
        ends: list[tuple[float, int, Turn]] = []
        while waiting or ends:
            turn, number = waiting[0] if waiting else (None, -1)
            seconds = inf if turn is None else made.wait(turn, now)
            if turn is not None and seconds == 0:
                characters, output, latency, share, _ = load[number]
                waiting.pop(0)
                self.order.append(number)
                self.arrived.append((now + share * min(latency, LATENESS * WINDOW), characters // 2 + output))
                heapq.heappush(ends, (now + latency, number, turn))
                continue
            end = ends[0][0] if ends else inf
            assert min(now + seconds, end) < inf, "nobody will ever go on"
            if now + seconds < end:
                assert now + seconds > now, "waits that are too short to pass"
                now += seconds
                continue
            now, number, turn = heapq.heappop(ends)
            if load[number][4]:
                made.limited(turn, now, 1.5)
            else:
                characters, output = load[number][:2]
                made.answered(turn, now, input_tokens=characters // 2, output_tokens=output)
        self.seconds = now

    def most(self, of_tokens: bool) -> float:
        """The most that was counted in any window."""
        arrived = sorted(self.arrived)
        return max(
            sum(tokens if of_tokens else 1 for moment, tokens in arrived if start <= moment < start + WINDOW)
            for start, _ in arrived
        )


loads = st.lists(
    st.tuples(
        st.integers(0, 20_000),
        st.just(300),
        st.floats(0.01, 90, allow_nan=False),
        st.floats(0, 1),
        st.booleans(),
    ),
    min_size=1,
    max_size=80,
)


class TestBudgets:
    @given(load=loads, limit=st.integers(1, 40), concurrency=st.integers(1, 64))
    @settings(max_examples=150, deadline=None)
    def test_no_window_holds_more_requests_than_the_budget_and_all_get_their_turn_in_order(
        self, load: list[tuple[int, int, float, float, bool]], limit: int, concurrency: int
    ) -> None:
        seen = Simulation(pace(concurrency, requests=limit), load)
        assert seen.most(of_tokens=False) <= limit
        assert seen.order == list(range(len(load)))

    @given(load=loads, limit=st.integers(16_000, 80_000))
    @settings(max_examples=150, deadline=None)
    def test_no_window_holds_more_tokens_than_the_budget(
        self, load: list[tuple[int, int, float, float, bool]], limit: int
    ) -> None:
        seen = Simulation(pace(64, tokens=limit), load)
        assert seen.most(of_tokens=True) <= limit
        assert seen.order == list(range(len(load)))

    def test_a_request_above_the_whole_budget_goes_when_all_of_it_is_free(self) -> None:
        made = pace(8, tokens=1000)
        first = go(made, 0.0, 100, 100)
        made.answered(first, 1.0, input_tokens=50, output_tokens=100)
        giant = made.queue(100_000, 4000)
        seconds = made.wait(giant, 1.0)
        assert 59 < seconds < 62
        assert made.wait(giant, 1.0 + seconds) == 0

    def test_a_budget_is_spread_and_nearly_all_of_it_is_used(self) -> None:
        made, now, sent = pace(64, requests=600), 0.0, list[float]()
        while now < 600:
            turn = made.queue()
            while seconds := made.wait(turn, now):
                now += seconds
            sent.append(now)
            made.answered(turn, now)
        assert 0.97 * 6000 <= len(sent) <= 6000
        for start in range(595):
            assert sum(start <= moment < start + 1 for moment in sent) <= 21, "no burst in any second"

    def test_what_was_set_aside_and_not_used_is_free_again(self) -> None:
        made = pace(64, tokens=100_000)
        for _ in range(40):
            turn = made.queue(1000, 50_000)
            now = 0.0
            while seconds := made.wait(turn, now):
                now += seconds
            made.answered(turn, now, input_tokens=500, output_tokens=100)
        assert now < 60, "by what the replies use, 40 fit into a window with ease"

    def test_the_smaller_of_what_is_told_and_what_is_learned_counts(self) -> None:
        made = pace(8, requests=100)
        for now, said, counts in ((0.0, 500, 100), (100.0, 50, 50), (200.0, 200, 100)):
            turn = go(made, now)
            made.heard(turn, now, {"requests": Allowance(said, said - 1, 1.0)})
            made.answered(turn, now)
            assert made.limit("requests") == counts

    def test_what_others_used_already_is_counted_until_it_is_reset(self) -> None:
        made = pace(8)
        turn = go(made, 0.0)
        made.heard(turn, 0.2, {"requests": Allowance(600, 0, 20.0)})
        made.answered(turn, 0.2)
        assert 20 <= made.wait(made.queue(), 0.2) <= 20 + LATENESS * WINDOW + 0.01

    def test_a_run_in_the_first_minute_of_a_learned_quota_counts_what_went_before_it_knew(self) -> None:
        budget = Budget(WINDOW)
        uses = [budget.take(1, 0.0) for _ in range(64)]
        budget.learn(Allowance(64, 63, 60.0), uses[0], 0.0, uses[1:], 0.2)
        assert budget.wait(1, 0.2) > 59

    @pytest.mark.parametrize(
        ("headers", "expected"),
        [
            ({}, {}),
            ({"x-ratelimit-limit-requests": "0", "x-ratelimit-remaining-requests": "0"}, {}),
            ({"x-ratelimit-limit-requests": "many", "x-ratelimit-limit-tokens": "-5"}, {}),
            ({"x-ratelimit-limit-tokens": "150000"}, {"tokens": Allowance(150000)}),
            (
                {
                    "x-ratelimit-limit-requests": "500",
                    "x-ratelimit-remaining-requests": "499",
                    "x-ratelimit-reset-requests": "120ms",
                    "x-ratelimit-limit-tokens": "30000",
                    "x-ratelimit-remaining-tokens": "29000",
                    "x-ratelimit-reset-tokens": "1m2.5s",
                },
                {"requests": Allowance(500, 499, 0.12), "tokens": Allowance(30000, 29000, 62.5)},
            ),
        ],
    )
    def test_headers(self, headers: dict[str, str], expected: dict[str, Allowance]) -> None:
        assert allowances(headers) == expected

    def test_an_endpoint_that_counts_the_limit_of_a_reply_is_found_out_by_its_refusal(self) -> None:
        made, now = pace(8, tokens=60_000), 0.0
        for _ in range(16):  # afterwards it is known how short replies are
            turn = made.queue(2000, 8000)
            while seconds := made.wait(turn, now):
                now += seconds
            made.answered(turn, now, input_tokens=1000, output_tokens=200)
        now += 2 * WINDOW
        made.limited(go(made, now, 2000, 8000), now, 1.0, {"tokens": Allowance(60_000, 5000, 10.0)})
        assert made._forecast.by_limit
        now += 2 * WINDOW
        for _ in range(6):  # as many as fit with their whole limits
            turn = made.queue(2000, 8000)
            begin = now
            while seconds := made.wait(turn, now):
                now += seconds
            made.answered(turn, now, input_tokens=1000, output_tokens=200)
            assert now - begin < WINDOW / 2
        assert made.wait(made.queue(2000, 8000), now) > 5, "what a reply did not use is not given back"

    def test_a_refusal_for_another_reason_changes_no_count_of_tokens(self) -> None:
        made = pace(8, tokens=60_000)
        made.limited(go(made, 0.0, 2000, 8000), 0.0, 1.0, {"tokens": Allowance(60_000, 59_000, 10.0)})
        assert not made._forecast.by_limit


class TestConcurrency:
    def test_the_user_s_number_is_where_it_starts(self) -> None:
        made = pace(3)
        for _ in range(3):
            go(made, 0.0)
        assert made.wait(made.queue(), 0.0) == inf

    def rounds(self, made: Pace, start: float, latency: float, count: int) -> float:
        now = start
        for _ in range(count):
            turns = []
            while made.wait(turn := made.queue(), now) == 0:
                turns.append(turn)
            made.withdraw(turn)
            now += latency
            for each in turns:
                made.answered(each, now)
        return now

    def test_it_shrinks_once_for_all_that_was_under_way_and_grows_again(self) -> None:
        made = pace(64)
        turns = [go(made, 0.0) for _ in range(64)]
        for turn in turns:
            made.timed_out(turn, 120.0)
        assert made.concurrency == 32
        now = self.rounds(made, 121.0, 1.0, 4)
        assert 32 < made.concurrency < 64
        self.rounds(made, now, 1.0, 40)
        assert made.concurrency == 64

    def test_one_refusal_in_ten_does_not_bring_it_to_a_stand_still(self) -> None:
        made, now, at_once = pace(32), 0.0, list[int]()
        for number in range(300):
            turns = []
            while made.wait(turn := made.queue(), now) == 0:
                turns.append(turn)
            made.withdraw(turn)
            at_once.append(len(turns))
            now += 1.0
            for place, each in enumerate(turns):
                if (number + place) % 10:
                    made.answered(each, now)
                else:
                    made.limited(each, now, 0.01)
        assert sum(at_once[100:]) / 200 > 2

    def test_a_rise_of_the_latency_shrinks_it_and_never_to_nothing(self) -> None:
        made = pace(64)
        now = self.rounds(made, 0.0, 1.0, 5)
        assert made.concurrency == 64
        now = self.rounds(made, now, 4.0, 3)
        assert made.concurrency < 40
        self.rounds(made, now, 30.0, 30)
        assert made.concurrency >= 16

    def test_a_lost_connection_says_nothing_of_it(self) -> None:
        made = pace(4)
        made.ended(go(made, 0.0))
        assert made.concurrency == 4

    def test_it_never_falls_below_one(self) -> None:
        made, now = pace(2), 0.0
        for _ in range(20):
            made.timed_out(go(made, now), now + 1)
            now += 2
        assert made.concurrency == 1

    def test_runs_that_share_it_add_their_numbers_and_the_smallest_budget_counts(self) -> None:
        made, second = pace(4, requests=100), Member(2, requests=10, tokens=5000)
        made.join(second)
        assert (made.concurrency, made.limit("requests"), made.limit("tokens")) == (6, 10, 5000)
        made.leave(second)
        assert (made.concurrency, made.limit("requests"), made.limit("tokens")) == (4, 100, None)


class TestPauses:
    def test_a_429_pauses_all_for_as_long_as_it_says(self) -> None:
        made = pace(8)
        refused, other = go(made, 0.0), go(made, 0.0)
        made.limited(refused, 0.1, 7.0)
        made.answered(other, 0.2)
        waiting = made.queue()
        assert made.wait(waiting, 0.2) == pytest.approx(6.9)
        assert made.wait(waiting, 7.1) == 0

    def test_without_advice_the_pause_grows_up_to_a_window_and_is_short_again_after_a_good_reply(self) -> None:
        made, now, pauses = pace(1), 0.0, list[float]()
        for _ in range(10):
            made.limited(go(made, now), now, None)
            pauses.append(made.paused_until - now)
            now = made.paused_until
        assert pauses[:3] == [0.5, 1.0, 2.0]
        assert pauses[-1] == WINDOW
        assert made.refused_for() == pytest.approx(sum(pauses))
        made.answered(go(made, now), now + 1)
        assert made.refused_for() == 0
        made.limited(go(made, now + 2), now + 2, 0.0)
        assert made.paused_until == pytest.approx(now + 2.5)

    def test_one_burst_counts_once(self) -> None:
        made = pace(8)
        for turn in [go(made, 0.0) for _ in range(8)]:
            made.limited(turn, 0.1, None)
        assert made.paused_until <= 0.1 + 8 * 0.5
        assert made.concurrency == 5


class TestRoom:
    async def test_whoever_waits_is_woken_by_the_end_of_a_call_also_from_another_thread(self) -> None:
        room = SharedPace("here")
        with room.member(Member(1)):
            first = await room.turn(0, 0, 10)
            second = asyncio.create_task(room.turn(0, 0, 10))
            await asyncio.sleep(0.01)
            assert not second.done()
            threading.Thread(target=room.over, args=(first, None, {})).start()
            room.over(await second, None, {})

    async def test_who_gives_up_in_the_queue_or_is_dead_keeps_nobody_waiting(self) -> None:
        room = SharedPace("here")
        with room.member(Member(1)):
            first = await room.turn(0, 0, 10)
            tasks = [asyncio.create_task(room.turn(0, 0, 10)) for _ in range(3)]
            await asyncio.sleep(0.01)
            tasks[0].cancel()
            await asyncio.gather(tasks[0], return_exceptions=True)
            room.over(first, None, {})
            room.over(await tasks[1], None, {})
            room.over(await tasks[2], None, {})

    async def test_a_pause_longer_than_the_patience_is_told_to_all_who_wait(self) -> None:
        room = SharedPace("here")
        with room.member(Member(2)):
            refused = await room.turn(0, 0, 10)
            room.pace.limited(refused, room._clock(), 3600.0)
            found = await asyncio.gather(*(room.turn(0, 0, 10) for _ in range(5)), return_exceptions=True)
            assert all(isinstance(each, Hopeless) and each.seconds > 3590 for each in found)

    def test_one_pace_for_the_same_endpoint_model_and_key(self) -> None:
        assert shared_pace("http://a/v1", "m", "k") is shared_pace("http://a/v1", "m", "k")
        assert len({id(shared_pace(*which)) for which in (("a", "m", "k"), ("b", "m", "k"), ("a", "n", "k"))}) == 3
        assert shared_pace("a", "m", "k") is not shared_pace("a", "m", "l")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for number in range(150):
        (place / f"{number:03}.txt").write_text(article(number))
    return place


@pytest.fixture
def short_window(monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr(pacing, "WINDOW", 1.5)
    return 1.5


def _settings(url: str, **more: object) -> Settings:
    given = {"base_url": url, "api_key": "sk-pace", "model": "gpt-4o-mini", "second_opinion": False, **more}
    return load_settings(**given)


async def _run(folder: Path, ledger_path: Path, chosen: Settings, at_once: int = 64) -> RunOutcome:
    async with Summariser(settings=chosen) as reader:
        with Ledger(ledger_path) as ledger:
            return await arun(articles([folder]), reader, ledger, concurrency=at_once)


class TestQuota:
    @pytest.mark.parametrize("counting", ["sliding", "fixed", "bucket"])
    @pytest.mark.parametrize("told", [{"requests_per_minute": 100}, {}])
    def test_a_quota_of_requests_loses_no_article_and_refusals_are_few(
        self, folder: Path, tmp_path: Path, short_window: float, counting: Counting, told: dict[str, int]
    ) -> None:
        server = Server(answer, latency=0.02, requests=Quota(100, short_window, counting))
        with server.running() as url:
            chosen = _settings(url, transient_retries=0, **told)
            outcome = asyncio.run(_run(folder, tmp_path / "out.jsonl", chosen))
        assert (outcome.ok, outcome.failed) == (150, 0)
        assert server.seen.good == 150
        assert server.seen.limited <= 30, "no refusals but where a window this short is met by a busy machine"

    @pytest.mark.parametrize("reserving", [False, True])
    def test_a_quota_of_tokens_is_learned(
        self, folder: Path, tmp_path: Path, short_window: float, reserving: bool
    ) -> None:
        tokens = Quota(100 * 1200 if not reserving else 100 * 9192, short_window)
        server = Server(answer, latency=0.02, tokens=tokens, reserving=reserving)
        with server.running() as url:
            chosen = _settings(url, transient_retries=0)
            outcome = asyncio.run(_run(folder, tmp_path / "out.jsonl", chosen))
        assert (outcome.ok, outcome.failed) == (150, 0)
        assert server.seen.limited <= 60

    def test_an_endpoint_that_tells_nothing_loses_no_article(
        self, folder: Path, tmp_path: Path, short_window: float
    ) -> None:
        server = Server(answer, latency=0.02, requests=Quota(100, short_window), telling=False)
        with server.running() as url:
            chosen = _settings(url, transient_retries=0)
            outcome = asyncio.run(_run(folder, tmp_path / "out.jsonl", chosen))
        assert (outcome.ok, outcome.failed) == (150, 0)

    def test_two_runs_share_one_quota(self, folder: Path, tmp_path: Path, short_window: float) -> None:
        server = Server(answer, latency=0.02, requests=Quota(200, short_window))
        outcomes: list[RunOutcome] = []
        with server.running() as url:
            chosen = _settings(url, transient_retries=0, requests_per_minute=200)

            def run(name: str) -> None:
                outcomes.append(asyncio.run(_run(folder, tmp_path / name, chosen, 32)))

            threads = [threading.Thread(target=run, args=(name,)) for name in ("one.jsonl", "two.jsonl")]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert [(outcome.ok, outcome.failed) for outcome in outcomes] == [(150, 0)] * 2
        assert server.seen.limited <= 60

    def test_a_429_is_an_attempt_but_no_retry_and_its_wait_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(article())
        limited = refusal(429, "slow down", headers={"retry-after-ms": "30"})
        question = "\n".join(f"[{number}] {line}" for number, line in enumerate(article().splitlines(), start=1))
        good = completion(json.dumps(reply_to(question)))
        with Loopback(limited, limited, limited, good) as server:
            chosen = _settings(server.base_url, transient_retries=0, complaints=0, deadline=5)
            asyncio.run(_run(tmp_path / "a.txt", tmp_path / "out.jsonl", chosen))
            (row,) = read_ledger(tmp_path / "out.jsonl")
        assert len(server.seen) == 4
        attempts = ((row.summary or {}).get("provenance") or {}).get("attempts") or []
        assert [attempt["error"] for attempt in attempts[:3]] == ["RateLimited"] * 3
        assert all(attempt["waited"] > 0 for attempt in attempts[:3])

    def test_nothing_but_429_ends_the_run_with_the_reason(self, tmp_path: Path) -> None:
        place = tmp_path / "in"
        place.mkdir()
        for number in range(30):
            (place / f"{number}.txt").write_text(article(number))
        with Loopback(refusal(429, "come back tomorrow", headers={"retry-after": "3600"})) as server:
            outcome = asyncio.run(_run(place, tmp_path / "out.jsonl", _settings(server.base_url), 4))
            assert len(server.seen) <= 4
        assert isinstance(outcome.stopped, DeadlineExceeded)
        assert "429" in outcome.stopped.message
        assert outcome.ok == 0

    def test_a_wrong_key_ends_the_run_with_one_message(self, folder: Path, tmp_path: Path) -> None:
        with Loopback(refusal(401, "bad key")) as server:
            outcome = asyncio.run(_run(folder, tmp_path / "out.jsonl", _settings(server.base_url), 4))
            assert len(server.seen) <= 4
        assert outcome.stopped is not None
        assert outcome.stopped.kind == "AuthenticationFailed"
        assert outcome.failed == 0
