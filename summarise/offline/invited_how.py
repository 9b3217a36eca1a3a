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
NEGATED: Final = words("not never n't hasn't wasn't")
_CHANNELS: Final = {
    "phone": (
        " telephoned ", " phoned ", " phone call", " telephone call", " by phone", " by telephone", " over the phone",
        " over the telephone", "telephone conversation", "phone conversation", "telephone talk", " telephone talks",
        " rang up ",
    ),
    "public_statement": (
        " publicly ", "in a speech", "in a televised", "in a statement", "news conference", "press conference",
        "in a broadcast", "in a toast", "in an interview", "on television", "in a message on x", "on twitter",
    ),
    "letter": (" in a letter", " by letter", " in a telegram", " by telegram", " in a note", " in a message"),
    "in_person": (
        " met ", " met with ", " meeting with ", " held talks with ", " holding talks with ", " received ",
        " talks with ",
        " at a meeting", " during their meeting", " during their talks", " during the meeting",
        " during the talks",
    ),
}  # fmt: skip
"""Wordings of how one was asked, the first that fits counts."""
_SAYS: Final = words("said says told announced confirmed disclosed")
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


def channel_told(s: Sentence) -> str | None:
    """ "Telephoned Rao and invited him", "publicly invited", "met Rao and invited him", "invited him in a letter"."""
    low = f" {s.raw.lower()} "
    found = next((channel for channel, signs in _CHANNELS.items() if any(sign in low for sign in signs)), None)
    if found == "public_statement" and " publicly " not in low and not _SAYS.isdisjoint(s.vocabulary):
        return None  # "said in a statement that he had invited Rao"
    return found


def implies_coming(s: Sentence, begin: int, determiner: str) -> bool:
    """ "At the invitation of the king", "on the bidding of", "at the ministry's invitation"."""
    tokens = s.tokens
    if not begin:
        return False
    if tokens[begin - 1].low in _ENDINGS:
        return any(token.low == "at" for token in tokens[max(0, begin - 7) : begin - 1])
    if determiner in ("a", "an"):  # "arrived on an invitation from the king", "in response to an invitation"
        response = tokens[begin - 1].low == "to" and tokens[begin - 2].low == "response"
        return response or tokens[begin - 1].low in ("on", "upon", "following")
    return tokens[begin - 1].low in ("at", "on", "upon") and (determiner == "the" or determiner in _POSSESSIVES)


def done(helpers: tuple[str, ...]) -> str:
    """What "accepted" comes to behind its helpers: "has not yet accepted" is no answer so far."""
    negated = not NEGATED.isdisjoint(helpers)
    if not _REFUSING.isdisjoint(helpers) or (negated and not _WILLING.isdisjoint(helpers)):
        return "declined"  # "refused to accept", "will not accept"
    if _UNDONE.isdisjoint(helpers):
        return "accepted"
    return "unknown" if _NOT_YET.isdisjoint(helpers) else "pending"
