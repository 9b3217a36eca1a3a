"""A sentence as words, with the places that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
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
    add, at = found.append, start
    for chunk in text[start:end].split():
        at = text.index(chunk, at)
        for word, low, first, last, cap in _parts(chunk):
            add(Token(word, low, at + first, at + last, cap))
        at += len(chunk)
    if places:
        _put(places, found)
    if text.find("opposite number", start, end) >= 0:
        for before, token in pairwise(found):
            if token.low == "number" and before.low == "opposite":
                token.low = "counterpart"  # "his Lao opposite number"
    if found and found[0].low == "may_month":
        found[0].low = "may"  # "May he rest": a first word has its capital anyway
    return found


def _put(places: Sequence[PlaceMention], tokens: Sequence[Token]) -> None:
    """Gives each word its place; an ending has that of its word if the place reaches over it. A mark has none."""
    size, at = len(tokens), 0
    for place in places:
        at = bisect_left(tokens, place.start + 1, at, key=_end)
        while at < size and (token := tokens[at]).start < place.end:
            word = token.text
            if (len(word) > 1 or word.isalnum()) and (word[0] not in "'’" or token.end <= place.end):
                token.place = place
            at += 1


def _end(token: Token) -> int:
    return token.end


@lru_cache(maxsize=32_768)
def _parts(chunk: str) -> tuple[tuple[str, str, int, int, bool], ...]:
    """What stands between two spaces, as tokens: text, `low`, offsets in the chunk and `cap` of each."""
    found: list[tuple[str, str, int, int, bool]] = []
    done = 0
    for match in _TOKEN.finditer(chunk):
        first, last = match.span()
        word = match[0]
        size, low, cap, dotted = _shape(word)
        if not size:
            if first >= done:  # not the full stop of an abbreviation
                found.append((word, word, first, last, False))
        elif size < last - first:
            cut = first + size
            found.append((word[:size], low, first, cut, cap))
            found.append((word[size:], word[size:].lower().replace("’", "'"), cut, last, False))
        else:
            if dotted and chunk[last : last + 1] == ".":
                done = last = last + 1
            found.append((chunk[first:last], low, first, last, cap))
    return tuple(found)


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
