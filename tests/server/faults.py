"""The faults that the server commits on purpose: which one when, and what a spoilt reply looks like.

Each attempt about each article is an independent draw that depends on the seed, the article and the number of the
attempt alone: not on the order in which requests come.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Fault = Literal[
    "limited", "limited_silent", "500", "503", "reset", "cut", "hang", "drip", "page",
    "malformed", "schema", "truncated", "refusal", "filter", "empty", "duplicate_keys",
    "content_type", "reset_after", "closed_after",
]  # fmt: skip
"""`limited` is a 429 with Retry-After, `limited_silent` one without. `reset` and `cut` reset the connection before the
answer, and in the middle of it; `reset_after` and `closed_after` end it after a good one. `hang` never answers, `drip`
sends byte by byte, `page` is a web page with status 200. `content_type` is a good reply under a wrong type."""

FAULTS: tuple[Fault, ...] = get_args(Fault)
SPOILT: frozenset[Fault] = frozenset(
    {"malformed", "schema", "truncated", "refusal", "filter", "empty", "duplicate_keys"}
)
"""Chat completions that arrive, and whose content must not become records."""
HARMLESS: frozenset[Fault] = frozenset({"content_type", "reset_after", "closed_after"})
"""The reply itself is good."""

MIX: dict[Fault, float] = {
    "limited": 0.05, "limited_silent": 0.05, "500": 0.015, "503": 0.015, "reset": 0.02, "hang": 0.02,
    "malformed": 0.05, "schema": 0.03, "truncated": 0.02,
}  # fmt: skip
"""The mix that the figures are about: 27 of 100 attempts come to nothing."""

_COLON = re.compile(r'":')
_TEXT = re.compile(r'": ?"')


@dataclass(frozen=True)
class Faults:
    """How often which fault is given; with `first` only at so many first attempts about an article.

    `same` makes all spoilt replies of one kind about one article alike.
    """

    rates: Mapping[Fault, float] = field(default_factory=dict)
    seed: int = 0
    same: bool = False
    first: int | None = None

    def draw(self, article: str, attempt: int) -> tuple[Fault | None, random.Random]:
        """The fault of this attempt, if any, and the chance by which a reply is spoilt."""
        chance = random.Random(f"{self.seed}/{article}/{attempt}")
        drawn = chance.random()
        if self.first is not None and attempt > self.first:
            return None, chance
        for fault, rate in self.rates.items():
            drawn -= rate
            if drawn < 0:
                return fault, random.Random(f"{self.seed}/{article}") if self.same else chance
        return None, chance


def spoilt(fault: Fault, content: str, chance: random.Random) -> str | None:
    """The content of a bad reply in place of a good one; None for a message without any."""
    match fault:
        case "malformed":
            return _malformed(content, chance)
        case "schema":
            return _misfit(content, chance)
        case "truncated":
            return content[: chance.randrange(len(content) // 5, len(content) * 9 // 10)]
        case "duplicate_keys":
            return _with_a_key_twice(content, chance)
        case "empty":
            return ""
        case "filter":
            return content[: len(content) // 3]
        case _:
            return None


def _malformed(content: str, chance: random.Random) -> str:
    """No JSON: in one of the ways in which models fail at it, none of which can be mended without guessing."""
    for _ in range(20):
        spoil = chance.choice((_broken_off, _without_a_colon, _with_a_quote_too_many, _without_a_bracket, _prose))
        found = spoil(content, chance)
        try:
            json.loads(found)
        except ValueError:
            return found
    raise AssertionError("nothing spoils this reply")


def _broken_off(content: str, chance: random.Random) -> str:
    return content[: chance.randrange(1, len(content) - 1)]


def _without_a_colon(content: str, chance: random.Random) -> str:
    at = chance.choice([found.end() for found in _COLON.finditer(content)])
    return content[: at - 1] + content[at:]


def _with_a_quote_too_many(content: str, chance: random.Random) -> str:
    at = chance.choice([found.end() for found in _TEXT.finditer(content)])
    return content[:at] + '"' + content[at:]


def _without_a_bracket(content: str, chance: random.Random) -> str:
    at = chance.choice([at for at, sign in enumerate(content) if sign in "}]"])
    return content[:at] + content[at + 1 :]


def _prose(content: str, chance: random.Random) -> str:
    return f"I have read the article; {chance.choice(('there are', 'I count'))} {chance.randrange(2, 99)} points in it."


def _misfit(content: str, chance: random.Random) -> str:
    """JSON that breaks the reply schema in one place, with a value that differs from time to time."""
    reply = json.loads(content)
    odd = f"odd-{chance.randrange(1000)}"
    visit: dict[str, Any] = next(iter(reply["visits"]), {})
    official: dict[str, Any] = next(iter(reply["officials"]), {})
    missing: list[tuple[dict[str, Any], str]] = [
        (visit, key) for key in ("when", "country", "status", "visitors", "evidence") if key in visit
    ]
    wrong: list[tuple[dict[str, Any], str]] = [
        (each, key) for each, key in ((visit, "status"), (visit, "visitors"), (official, "role")) if each
    ]
    missing += [(reply, key) for key in ("officials", "visits", "invitations", "summary")]
    wrong += [(reply, key) for key in ("officials", "visits")]
    if chance.random() < 0.5:
        record, key = chance.choice(missing)
        del record[key]
    else:
        record, key = chance.choice(wrong)
        record[key] = odd
    return json.dumps(reply)


def _with_a_key_twice(content: str, chance: random.Random) -> str:
    """An object that says `visits` twice, the second time that there are none."""
    return content.rstrip()[:-1] + ', "visits": []}'
