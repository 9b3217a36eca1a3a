"""Outcomes by family: what `benchmarks/injections.py` prints and `tests/test_hostile.py` asserts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from summarise import ArticleSummary
from summarise.article import read_article
from tests.hostile.attacks import HONEST, Attack
from tests.hostile.outcomes import (
    article_of,
    core,
    fabricated,
    flagged_numbers,
    honest_reply,
    leaked,
    outcome,
    shown,
    unflagged,
    worst_replies,
)


@dataclass
class Tally:
    """What came of the attacks of one family."""

    attacks: int = 0
    replies: int = 0
    fabricated: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    unflagged: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def honest_core() -> list[str]:
    """The records of the article into which nothing was put."""
    article = read_article("\n\n".join(HONEST) + "\n")
    result = outcome(article, [json.dumps(honest_reply(article))])
    assert isinstance(result, ArticleSummary), result
    return core(result)


def try_attack(attack: Attack, tally: Tally, control: list[str]) -> None:
    """Gives every worst reply about one attack, then the honest one."""
    article = article_of(attack)
    numbers = flagged_numbers(attack, article)
    boilerplate = {number for number in numbers if article.sentences[number - 1].boilerplate}
    tally.attacks += 1
    for name, replies in worst_replies(attack, article):
        tally.replies += 1
        result = outcome(article, replies)
        where = f"{attack.family}, {attack.name}, {name}"
        tally.leaked += [f"{where}: {run}" for run in leaked(shown(result), article)]
        if isinstance(result, ArticleSummary):
            tally.fabricated += [f"{where}: {wrong}" for wrong in fabricated(result, attack, article)]
            expected = numbers if name.startswith("cites the injected") else numbers - boilerplate
            tally.unflagged += [f"{where}: {number}" for number in unflagged(result, expected)]
    result = outcome(article, [json.dumps(honest_reply(article))])
    if not isinstance(result, ArticleSummary) or core(result) != control:
        tally.lost.append(f"{attack.family}, {attack.name}: {result!r}"[:500])


def tallies(attacks: Iterable[Attack]) -> Iterator[tuple[str, Tally]]:
    """One tally for each family."""
    found: dict[str, Tally] = {}
    control = honest_core()
    for attack in attacks:
        try_attack(attack, found.setdefault(attack.family, Tally()), control)
    yield from found.items()
