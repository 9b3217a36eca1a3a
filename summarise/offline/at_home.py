"""Meetings that belong to no stay abroad: by telephone, or at home before the journey or after it."""

from __future__ import annotations

from typing import Final

from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_AT_A_DISTANCE: Final = words(
    "video telephone phone videolink videoconference teleconference virtually virtual online remotely telephoned"
)
_BEFORE: Final = words("before prior ahead")
_SETTING_OFF: Final = words("departure departing leaving takeoff take-off boarding flying")
_AT: Final = words("on upon after following")
_RETURN: Final = words("return returning")
_HOMEWARD: Final = words("home back homeward")
_FRAMES: Final = _BEFORE | _AT
_REACH = 4  # tokens from "before" to "departure"
_OWN: Final = words("his her their the return")


def is_at_a_distance(s: Sentence) -> bool:
    """ "Spoke with President Garcia by telephone"."""
    return not _AT_A_DISTANCE.isdisjoint(s.vocabulary)


def is_around_a_journey(s: Sentence) -> bool:
    """ "Before his departure he had talks with the minister", "on his return he will be received by the speaker"."""
    low = s.low
    if _FRAMES.isdisjoint(s.vocabulary):
        return False
    for at, word in enumerate(low[:-1]):
        if word in _BEFORE and not _SETTING_OFF.isdisjoint(low[at + 1 : at + _REACH]):
            return _HOMEWARD.isdisjoint(low[at + 2 : at + _REACH + 2])  # "before flying home": abroad, then
        if word in _AT and (low[at + 1] in _RETURN or (low[at + 1] in _OWN and low[at + 2 : at + 3] == ["return"])):
            return True
    return False


def codes_at(s: Sentence, at: int) -> tuple[str, ...]:
    """The states that a token can name as a place: none for a demonym, and within the title or name of somebody."""
    place = s.tokens[at].place
    return place.codes if place is not None and place.kind != "demonym" and at not in s.mention_at else ()


def names(s: Sentence, code: str) -> bool:
    """Whether a sentence names a state or a place in it, but for titles and demonyms."""
    return any(code in codes_at(s, at) for at in range(len(s.tokens)))
