"""Leaders who are asked together, without their names: "all five heads of state", "his fellow leaders"."""

from __future__ import annotations

from typing import Final

from summarise.offline.events import Traveller
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_TOGETHER: Final = words("all fellow other both two three four five six seven eight nine ten")
_BEFORE_LEADERS: Final = _TOGETHER | words(
    "the his her its their regional african arab european asian pacific caribbean"
)
_LEADERS: Final = words("leaders heads presidents premiers ministers counterparts colleagues monarchs sovereigns")
_OF_STATE: Final = words("of state and government")
_LEADERS_END: Final = words("to in at for on by , . ; who which and that there but next this")
_LEADERS_REACH: Final = 6
_NAME_REACH: Final = 14


def leaders(s: Sentence, at: int) -> tuple[list[Traveller], int]:
    """ "Invited all five heads of state of the region", "his fellow leaders": those who are asked together."""
    tokens, noun = s.tokens, at
    while noun < min(len(tokens), at + _LEADERS_REACH) and tokens[noun].low in _BEFORE_LEADERS:
        noun += 1
    told = any(token.low in _TOGETHER for token in tokens[at:noun])
    if not told or noun >= len(tokens) or tokens[noun].low not in _LEADERS:
        return [], at
    end = noun + 1
    while end < len(tokens) and tokens[end].low in _OF_STATE:
        end += 1
    limit = min(len(tokens), noun + _NAME_REACH)
    while end < limit and end not in s.mention_at and tokens[end].low not in _LEADERS_END:
        end += 1
    end -= tokens[end - 1].low in ("of", "and")
    name = s.words(at, end)
    return [Traveller(name.lower(), name, "delegation", None)], end
