"""How one is invited: with the place or without, with the coming implied; and what "accepted" comes to."""

from __future__ import annotations

from typing import Final

from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_UNDONE: Final = words("not n't never cannot hasn't didn't may might could would")
_NOT_YET: Final = words("yet may might could")
_REFUSING: Final = words("won't cannot refused refuses unable unwilling")
_WILLING: Final = words("will would can could going")
_INVITED_AS: Final = words('as by “ "')
_CLAUSE_ENDS: Final = words("but and , ; .")
_ENDINGS: Final = frozenset(("'s", "'", "’"))
_POSSESSIVES: Final = words("his her their")
_NEGATED: Final = words("not never n't hasn't wasn't")
_REACH: Final = 16


def says_no_more(s: Sentence, at: int) -> bool:
    """ "Was invited in March", "was invited as an observer but", "was invited, and": not to where or what for."""
    tokens = s.tokens
    if at >= len(tokens):
        return True
    if tokens[at].low in (",", ";", ".", "but", "and"):
        return True
    if s.date_end(at) is None and tokens[at].low not in _INVITED_AS:
        return False
    for token in tokens[at : at + _REACH]:
        if token.low in _CLAUSE_ENDS:
            return True
        if token.low == "to":
            return False
    return True


def implies_coming(s: Sentence, begin: int, determiner: str) -> bool:
    """ "At the invitation of the king", "on the bidding of", "at the ministry's invitation"."""
    tokens = s.tokens
    if not begin:
        return False
    if tokens[begin - 1].low in _ENDINGS:
        return any(token.low == "at" for token in tokens[max(0, begin - 7) : begin - 1])
    return tokens[begin - 1].low in ("at", "on", "upon") and (determiner == "the" or determiner in _POSSESSIVES)


def done(helpers: tuple[str, ...]) -> str:
    """What "accepted" comes to behind its helpers: "has not yet accepted" is no answer so far."""
    negated = not _NEGATED.isdisjoint(helpers)
    if not _REFUSING.isdisjoint(helpers) or (negated and not _WILLING.isdisjoint(helpers)):
        return "declined"  # "refused to accept", "will not accept"
    if _UNDONE.isdisjoint(helpers):
        return "accepted"
    return "unknown" if _NOT_YET.isdisjoint(helpers) else "pending"
