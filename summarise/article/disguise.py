"""Characters by which a text looks other than it reads: unseen ones, turned ones, and letters that look like others.

A reader sees one thing there and a program reads another. None of them is taken out of the text. They are named, since
a name that only looks like a person's must neither pass for that person in silence nor be passed over in silence.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

ODD = re.compile(
    "[\u0370-\u052f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U000e0000-\U000e01ef]"
)
"""Any character that may be one of these."""

_TURNED = re.compile(
    "[\u202d\u202e](?:[^\u202c\n]{0,200}\u202c)?"
)  # LRO, RLO: what follows is shown in an order that is not its own
_TURNED_IN_LATIN = re.compile(
    "[\u202b\u2067](?:[^\u202c\u2069\n]{0,200}[\u202c\u2069])?"
)  # RLE, RLI: the same for digits and marks among Latin letters
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UNSEEN = re.compile(
    "[\U000e0000-\U000e007f]+|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}|[\u2060-\u2064\u206a-\u206f\u200b]{4,}"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,6}\U000e007f")
_BREAKS = "\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_BROKEN = re.compile(f"[A-Za-zÀ-ɏ][{_BREAKS}]+(?=[A-Za-zÀ-ɏ])|[\u0400-\u052f][{_BREAKS}]+(?=[\u0400-\u052f])")
_INVISIBLE = re.compile(f"[{_BREAKS}\u00ad\u202a-\u202e\u2066-\u206f\ufe00-\ufe0f\U000e0000-\U000e01ef]")
_WORD = re.compile(rf"(?:[^\W\d_]|[{_BREAKS}])+")
_STYLED = re.compile("[\U0001d400-\U0001d7ff]|[Ａ-Ｚａ-ｚ]")
_TWINS = {
    **dict(zip("АВЕЅІЈКМНОРСТХУҮԌԚԜѴҺ", "ABESIJKMHOPCTXYYGQWVH", strict=True)),
    **dict(zip("аеѕіјорсухһԁԛԝӏɡ", "aesijopcyxhdqwlg", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("ονρυχіγ", "ovpuxiy", strict=True)),
}
"""Cyrillic and Greek letters that are drawn like Latin ones (a part of Unicode's confusables.txt, which has more)."""

DisguiseKind = Literal["reversed", "hidden", "broken", "lookalike"]


class Disguise(NamedTuple):
    """A stretch of the text that looks other than it reads."""

    kind: DisguiseKind
    start: int
    end: int


def disguises_in(text: str, *, latin: bool) -> list[Disguise]:
    """All of them, in order. `latin` tells whether the text's language is written in Latin letters: in others, letters
    of two alphabets in one word are a slip of the keyboard, and no person is meant by them in place of another."""
    found: list[Disguise] = []
    if ODD.search(text) is None:
        return found
    found += [Disguise("reversed", *match.span()) for match in _TURNED.finditer(text)]
    if latin:
        found += [
            Disguise("reversed", *match.span())
            for match in _TURNED_IN_LATIN.finditer(text)
            if not _RIGHT_TO_LEFT.search(text, match.start(), match.end() + 80)
        ]
    flags = [match.span() for match in _FLAG.finditer(text)]
    found += [
        Disguise("hidden", *match.span())
        for match in _UNSEEN.finditer(text)
        if not any(start <= match.start() < end for start, end in flags)
    ]
    for match in _WORD.finditer(text):
        word = match[0]
        if _BROKEN.search(word):
            found.append(Disguise("broken", *match.span()))
        if latin and not word.isascii() and _is_lookalike(word):
            found.append(Disguise("lookalike", *match.span()))
    return sorted(found, key=lambda disguise: disguise[1:])


def _is_lookalike(word: str) -> bool:
    """Whether a word among Latin letters has letters of another alphabet, or of a drawn one, to pass for them."""
    if _STYLED.search(word):
        return True
    others = [letter for letter in word if "\u0370" <= letter <= "\u052f"]
    if not others:
        return False
    if any("A" <= letter <= "z" or "À" <= letter <= "ɏ" for letter in word):
        return not (len(others) == 1 and others[0] in "µμ")
    # A word all of twins: "СССР" and "ТАСС" are, and mean what they say.
    return len(word) > 1 and not word.isupper() and all(letter in _TWINS for letter in word)


def plain(text: str) -> tuple[str, list[int]]:
    """The text as it looks, letter by letter, without what cannot be seen; and where each character stood, and the end.

    What hidden tag characters spell is not part of how it looks.
    """
    letters: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if _INVISIBLE.match(sign):
            continue
        seen = sign if sign.isascii() else _TWINS.get(sign) or _one(unicodedata.normalize("NFKC", sign), sign)
        letters.append(seen)
        places.append(at)
    return "".join(letters), [*places, len(text)]


def _one(normal: str, sign: str) -> str:
    return normal if len(normal) == 1 else sign
