"""The pace of several processes that divide one quota, and divide it anew while they run."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.model.budget import AHEAD, Allowance
from summarise.model.pace import Member, Pace
from summarise.model.pacing import SharedPace

WINDOW, LIMIT, STEP = 60.0, 600, 0.1
NAMES = "abc"


class Process:
    """One process, with a pace of its own; `sent` are the moments of its requests."""

    def __init__(self, limit: float, tokens: float | None = None) -> None:
        self.pace = Pace(WINDOW)
        self.member = Member(8, limit, tokens)
        self.pace.join(self.member)
        self.share(0)
        self.waiting = self.pace.queue()
        self.sent: list[float] = []

    def share(self, part: float) -> None:
        before, self.member = self.member, Member(8, self.member.requests, self.member.tokens, part)
        self.pace.change(before, self.member)

    def send(self, now: float) -> None:
        """Send whatever may be sent now; the replies are there at once."""
        while self.pace.wait(self.waiting, now) == 0:
            self.sent.append(now)
            self.pace.answered(self.waiting, now)
            self.waiting = self.pace.queue()


def most_in_a_window(moments: list[float]) -> int:
    return max(sum(moment <= other < moment + WINDOW for other in moments) for moment in moments)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sets(st.sampled_from(NAMES), min_size=1), st.integers(5, 40)), min_size=1, max_size=5))
def test_together_they_keep_the_quota_however_it_is_divided(phases: list[tuple[set[str], int]]) -> None:
    processes, now = {name: Process(LIMIT) for name in NAMES}, 0.0
    for alive, seconds in phases:
        for name, process in processes.items():
            process.share(1 / len(alive) if name in alive else 0)
        end = now + seconds
        while now < end:
            for process in processes.values():
                process.send(now)
            now += STEP
    sent = sorted(moment for process in processes.values() for moment in process.sent)
    # Whoever begins anew may run ahead by a second of his share.
    assert most_in_a_window(sent) <= LIMIT * (1 + len(phases) * AHEAD) + len(NAMES)
    # And nothing is left lying: the rate is the whole quota's, whoever has it.
    assert len(sent) >= LIMIT / WINDOW * now * 0.95 - len(NAMES)


def test_a_share_below_one_request_is_no_whole_request_in_every_window() -> None:
    processes = [Process(2) for _ in range(4)]
    for process in processes:
        process.share(1 / 4)
    for second in range(600):
        for process in processes:
            process.send(float(second))
    for process in processes:
        assert all(later - earlier >= 2 * WINDOW for earlier, later in pairwise(process.sent))
        assert len(process.sent) >= 4


def test_what_is_learned_of_the_whole_is_divided_as_well() -> None:
    made = Pace(WINDOW)
    made.join(Member(8, part=1 / 3))
    first = made.queue()
    assert made.wait(first, 0.0) == 0
    made.heard(first, 0.0, {"requests": Allowance(60, 59, 1)})
    made.answered(first, 0.0)
    sent = 0
    for tenth in range(600):
        turn = made.queue()
        if made.wait(turn, tenth / 10) == 0:
            made.answered(turn, tenth / 10)
            sent += 1
        else:
            made.withdraw(turn)
    assert 18 <= sent <= 21


async def test_a_run_without_a_share_waits_until_it_has_one() -> None:
    shared = SharedPace("endpoint")
    with shared.member(Member(2)) as change:
        change(0, 0.0)
        waiting = asyncio.create_task(shared.turn(0, 0, 10))
        await asyncio.sleep(0)
        done, _ = await asyncio.wait([waiting], timeout=0.05)
        assert not done
        change(1, 0.5)
        shared.over(await asyncio.wait_for(waiting, 10), None, {})


@pytest.mark.parametrize("part", [0.25, 1.0])
def test_tokens_that_were_set_aside_and_not_used_are_free_again(part: float) -> None:
    made = Pace(WINDOW)
    made.join(Member(8, tokens=6000, part=part))
    turn = made.queue(0, 1000)
    assert made.wait(turn, 0.0) == 0
    made.answered(turn, 0.0, input_tokens=5, output_tokens=5)
    assert made.wait(made.queue(0, 10), 1.0) == 0
