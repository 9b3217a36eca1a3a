"""What the judge notices, measured by replies with one thing made wrong, and its silence about right ones."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest

from summarise.judge import judge
from tests.mutations import MUTATORS, Mutation, caught, distinct_replies, mutations, recorded_replies, worked_example

SEED = 20231018
AT_LEAST = {
    "invented person": 1.0,
    "name cut short": 1.0,
    "country swapped for any other": 1.0,
    "wrong year": 0.95,  # a few expressions ("before Christmas") are read by no rule
    "date's text not in the article": 1.0,
    "boilerplate as only evidence": 1.0,
    "boilerplate as further evidence": 1.0,
}  # 0.9 for any other kind


@cache
def outcome() -> tuple[Counter[str], Counter[str], dict[str, list[str]]]:
    """How many mutations of each kind there are, how many are caught, and the others in words."""
    made: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    missed: dict[str, list[str]] = {kind: [] for kind in MUTATORS}
    for recorded in distinct_replies():
        for mutation in mutations(recorded, SEED, per_kind=6):
            made[mutation.kind] += 1
            if caught(mutation, recorded):
                noticed[mutation.kind] += 1
            else:
                missed[mutation.kind].append(f"{recorded.name} {mutation.about}: {mutation.change}")
    return made, noticed, missed


@pytest.mark.parametrize("kind", MUTATORS)
def test_the_judge_notices_what_is_wrong(kind: str) -> None:
    made, noticed, missed = outcome()
    assert made[kind] > 0
    assert noticed[kind] >= AT_LEAST.get(kind, 0.9) * made[kind], missed[kind]


def test_the_judge_is_silent_about_the_replies_that_the_recordings_end_with() -> None:
    told = {
        recorded.name: list(map(str, judge(recorded.content, recorded.article, recorded.contract).faults))
        for recorded in (worked_example(), *recorded_replies())
        if recorded.final
    }
    assert {name: faults for name, faults in told.items() if faults} == {}


def test_no_reply_is_counted_twice_or_dropped() -> None:
    counted = [json.loads(recorded.content) for recorded in distinct_replies()]
    assert all(counted.count(reply) == 1 for reply in counted)
    assert all(json.loads(recorded.content) in counted for recorded in recorded_replies() if recorded.final)


def test_the_same_seed_makes_the_same_mutations() -> None:
    def made(seed: int) -> list[Mutation]:
        return list(mutations(worked_example(), seed))

    assert made(1) == made(1)
    assert made(1) != made(2)
