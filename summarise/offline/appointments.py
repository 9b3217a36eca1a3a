"""Offices told by the verb that gives them: "named Ama Sow as the next ambassador", "Prado was sworn in as premier"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarise.offline.lexicon import DETERMINERS, words
from summarise.offline.tokens import Token

APPOINTS: Final = words("named appointed nominated sworn chosen elected designated accredited picked")
_BEING: Final = words("was were is been has had will be being")
_BEFORE_OFFICE: Final = words("next new")
_LANDS: Final = words("country nation republic kingdom state island union body organisation organization")
_LAND = 6  # tokens from "the" to "country's"
_ASIDE = 9  # tokens


def begin_of_office(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the office begins that a verb beside the name at `first` to `last` gives; 0 if none does."""
    at = last
    if _is(tokens, at, ","):  # "named Ama Sow, a career diplomat, as"
        at = next((near + 1 for near in range(at + 1, at + _ASIDE) if _is(tokens, near, ",")), at + 1)
    appointed = not APPOINTS.isdisjoint(token.low for token in tokens[max(0, first - 3) : first])
    at = at + 1 if appointed and _is(tokens, at, "as") else _behind_being_appointed(tokens, last)
    while 0 < at < len(tokens) and (tokens[at].low in DETERMINERS or tokens[at].low in _BEFORE_OFFICE):
        at += 1
    return _behind_land(tokens, at) if at else 0


def _behind_being_appointed(tokens: Sequence[Token], at: int) -> int:
    """ "Luis Prado was appointed as": the token behind; 0 if it does not stand here."""
    begin = at
    while at < len(tokens) and tokens[at].low in _BEING:
        at += 1
    if at == begin or at >= len(tokens) or tokens[at].low not in APPOINTS:
        return 0
    at += 1 + _is(tokens, at + 1, "in")
    return at + _is(tokens, at, "as")


def _behind_land(tokens: Sequence[Token], at: int) -> int:
    """ "(the) Central Asian country's new foreign minister": the token of "foreign"."""
    for end in range(at, min(len(tokens) - 2, at + _LAND)):
        if tokens[end].low in _LANDS and tokens[end + 1].low in ("'s", "’"):
            return end + 2 + (tokens[end + 2].low in _BEFORE_OFFICE)
    return at


def _is(tokens: Sequence[Token], at: int, mark: str) -> bool:
    return at < len(tokens) and tokens[at].low == mark
