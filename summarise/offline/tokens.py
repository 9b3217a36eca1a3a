"""A sentence as words, with the places that stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from summarise.judge.places import PlaceMention
from summarise.offline.lexicon import HONORIFICS, words

_TOKEN: Final = re.compile(
    r"[a-z]++(?![\w'’.,&-])|(?:[A-Z]\.){1,4}|(?=[MLBVR])(?:Maj|Lt|Brig|Vice|Rear)\.-(?:Gen|Col|Adm)(?=\.)|[^\W_]++(?:[-'’.,&][^\W_]++)*+|[^\s\w]|_"
)
_ENDING: Final = re.compile(r"['’](?:s|ll|ve|re|d|m)\Z", re.IGNORECASE)
_DOTTED: Final = HONORIFICS | words("st jan feb mar apr jun jul aug sep sept oct nov dec jr sr")
_PREFIXED: Final = re.compile(r"(?:al|el|ad|as|ash|at|an|ar|az|bin|ben|de|d|van|von|ould|ibn)[-'’][A-ZÀ-Þ]")
""" "el-Sissi", "d'Almeida": names all the same (hard case 56)."""


@dataclass(slots=True)
class Token:
    """A word, a mark or a possessive ending; offsets count in the article."""

    text: str
    low: str
    """In small letters, with straight apostrophes and no full stop behind an abbreviation."""
    start: int
    end: int
    cap: bool
    """Whether it is written like a name."""
    place: PlaceMention | None = None


def tokens_of(text: str, start: int, end: int, places: Sequence[PlaceMention]) -> list[Token]:
    """The tokens of a part of a text; one that belongs to a place carries it."""
    found: list[Token] = []
    add = found.append
    coming = iter(places)
    place = next(coming, None)
    done = start
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        word = match[0]
        size, low, cap, dotted = _shape(word)
        if not size:
            if first >= done:  # not the full stop of an abbreviation
                add(Token(word, word, first, last, False))
            continue
        while place is not None and place.end <= first:
            place = next(coming, None)
        if size == last - first:
            if dotted and text[last : last + 1] == ".":
                last += 1
                done = last
                word = text[first:last]
            add(Token(word, low, first, last, cap, place if place is not None and place.start < last else None))
            continue
        cut = first + size
        inside = place if place is not None and place.start < cut else None
        add(Token(word[:size], low, first, cut, cap, inside))
        around = inside if inside is not None and last <= inside.end else None
        add(Token(word[size:], word[size:].lower().replace("’", "'"), cut, last, False, around))
    if text.find("opposite number", start, end) >= 0:
        for before, token in pairwise(found):
            if token.low == "number" and before.low == "opposite":
                token.low = "counterpart"  # "his Lao opposite number"
    if found and found[0].low == "may_month":
        found[0].low = "may"  # "May he rest": a first word has its capital anyway
    return found


@lru_cache(maxsize=16_384)
def _shape(word: str) -> tuple[int, str, bool, bool]:
    """Length without an ending ("Chad's": 4; 0 for a mark), `low`, `cap`, and whether a full stop may belong to it."""
    if len(word) == 1 and not word.isalnum():
        return 0, word, False, False
    ending = _ENDING.search(word)
    if ending is not None and ending.start():
        word = word[: ending.start()]
    low, cap = word.lower().replace(".-", "-"), word[0].isupper()
    if not word.isalpha():
        low = low.replace("’", "'").removesuffix(".")
        return len(word), low, cap or _PREFIXED.match(word) is not None, low in _DOTTED
    if low == "may" and cap:
        low = "may_month"  # the month, not the verb
    return len(word), low, cap, low in _DOTTED
