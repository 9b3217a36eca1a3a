"""The dates told with an invitation: when one is asked to come, when one was asked."""

from __future__ import annotations

from typing import Final, NamedTuple

from summarise.judge.dates import Direction
from summarise.offline.dating import Dating, When
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_OTHER_CLAUSE: Final = words(
    "; who which that said says told announced confirmed but while because where whose during after before when"
)
_MADE_IN: Final = words(
    "call letter conversation message telegram note statement speech interview cable phone telephone"
)
_REACH: Final = 40
"""So many tokens on either side of the word of inviting."""


class InvitedWhen(NamedTuple):
    """What one sentence tells: `proposed`, the time offered, and `made`, the time of asking or answering."""

    proposed: When | None
    made: When | None


def invited_when(s: Sentence, at: int, behind: int, dating: Dating) -> InvitedWhen:
    """Of an invitation told at a token, to someone named before the token `behind`.

    "Invited Rao on Friday to visit Samoa in May": what stands at once behind the invited tells of the asking, what
    stands further on, of the journey.
    """
    proposed = made = None
    for first, last in s.dates:
        begin, end = s.token_at(first), s.token_at(last)
        if end <= at:
            aside = begin > 2 and s.tokens[end].low == ","  # "the envoy, who came on Tuesday, invited"
            if made is None and not aside and _same_clause(s, end, at):
                made = _one(s, (first, last), dating, "past")
        elif begin <= behind + 1 and begin > at and end < len(s.tokens) and s.tokens[end].low == "to":
            made = made or _one(s, (first, last), dating, "past")
        elif (
            begin > at and made is None and any(token.low in _MADE_IN for token in s.tokens[max(at, begin - 4) : begin])
        ):
            made = _one(s, (first, last), dating, "past")  # "invited Rao to Samoa in a letter delivered on Sunday"
        elif begin > at and proposed is None and _same_clause(s, at, begin):
            proposed = _one(s, (first, last), dating, "future")
    return InvitedWhen(proposed, made)


def _same_clause(s: Sentence, first: int, last: int) -> bool:
    return last - first <= _REACH and all(token.low not in _OTHER_CLAUSE for token in s.tokens[first:last])


def _one(s: Sentence, span: tuple[int, int], dating: Dating, direction: Direction) -> When | None:
    found = dating.resolve(s, span, direction)
    return found[0] if len(found) == 1 else None
