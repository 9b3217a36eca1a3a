"""Characters by which a text looks other than it reads: unseen ones, turned ones, and letters that look like others.

A reader sees one thing there and a program reads another. None of them is taken out of the text. They are named, since
a name that only looks like a person's must neither pass for that person in silence nor be passed over in silence.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

ODD = re.compile(
    "[\u00ad\u0250-\u02af\u0300-\u1dbf\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2100-\u214f\u2160-\u2188\u249c-\u24e9"
    "\u2c00-\u2dff\ua000-\uabff\ufb00-\ufb17\ufe00-\ufe0f\ufeff\uff01-\uff5e\U00010000-\U0001f1ff\U000e0000-\U000e01ef]"
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
_SOFT = _BREAKS + "\u00ad"


def _between_letters(signs: str) -> re.Pattern[str]:
    return re.compile(f"[A-Za-zÀ-ɏ][{signs}]+(?=[A-Za-zÀ-ɏ])|[\u0400-\u052f][{signs}]+(?=[\u0400-\u052f])")


_BROKEN = _between_letters(_BREAKS)
_BROKEN_OR_HYPHENED = _between_letters(_SOFT)
_LOOSE = re.compile(rf"(?<!\S)[{_BREAKS}]+|[{_BREAKS}]+(?!\S)")
_MAY_BREAK = re.compile(f"[{_SOFT}]")
_WORD_WITH_BREAKS = re.compile(rf"(?:[^\W\d_]|[{_SOFT}])+")
_INVISIBLE = re.compile(f"[{_BREAKS}\u00ad\u202a-\u202e\u2066-\u206f\ufe00-\ufe0f\U000e0000-\U000e01ef]")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS_BEHIND = re.compile(r"[^\W\d_]+")
_ENCLOSED = "\u249c-\u24e9\U0001f110-\U0001f189"
_WORD = re.compile(rf"(?:[^\W\d_]|[{_BREAKS}{_ENCLOSED}])+")
_NAME_BEFORE = re.compile(r"(?:[A-ZÀ-Þ][\w.]*[ \xa0’'-]){1,3}\Z")
_NAME_BEHIND = re.compile(r"(?:[ \xa0’'-][A-ZÀ-Þ]\w+){1,3}")
_TOLD_OF_OTHERS = re.compile(r":|\W{0,2} (?:and|or|&|said|says|told|added|wrote|announced)\b")
_GOAL = re.compile(r"\b(?:visit(?:s|ed|ing)?|to|in|at|from|of|for|into|towards?|via|reach(?:es|ed)?)(?: the)? \Z")
_SOMEBODY_ACTS = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+,? (?:[^\s.!?]+ ){0,8}?(?:will|would|is|was|has|had|are|were|met|said|\w{2,}ed)\b"
)
_TWINS = {
    **dict(zip("АВЕЅІЈКМНОРСТХУҮԌԚԜѴҺ", "ABESIJKMHOPCTXYYGQWVH", strict=True)),
    **dict(zip("аеѕіјорсухһԁԛԝӏɡ", "aesijopcyxhdqwlg", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("ονρυχіγ", "ovpuxiy", strict=True)),
}
"""Cyrillic and Greek letters that are drawn like Latin ones (a part of Unicode's confusables.txt, which has more)."""

_WRITTEN_TOGETHER = (
    "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR", "ARABIC", "HEBREW",
)  # fmt: skip
"""Scripts whose words stand beside Latin ones without a space in honest copy; nobody takes them for Latin letters."""

DisguiseKind = Literal["reversed", "hidden", "broken", "lookalike", "slip"]


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
        if word.isascii():
            continue
        if _BROKEN.search(word):
            found.append(Disguise("broken", *match.span()))
        if latin and _is_lookalike(word):
            start, end = _name_around(text, *match.span())
            found.append(Disguise("slip" if _is_beside(text, start, end, word) else "lookalike", start, end))
    return sorted(found, key=lambda disguise: disguise[1:])


def broken_words(text: str) -> list[tuple[int, int]]:
    """Spans of the words within which characters stand that cannot be seen, soft hyphens among them."""
    if _MAY_BREAK.search(text) is None:
        return []
    return [match.span() for match in _WORD_WITH_BREAKS.finditer(text) if _BROKEN_OR_HYPHENED.search(match[0])]


def without_loose_breaks(text: str) -> str:
    """The text with blanks for those that stand beside a space, and so break up no word."""
    return text if _MAY_BREAK.search(text) is None else _LOOSE.sub(lambda found: " " * len(found[0]), text)


def closed_up(word: str) -> str:
    """The word without what cannot be seen in it, as long as before: the room is in front of it."""
    return _INVISIBLE.sub("", word).rjust(len(word))


def _name_around(text: str, start: int, end: int) -> tuple[int, int]:
    """A capital word with the capital words beside it: who is meant by one half of a name is not told by the other."""
    if not unicodedata.normalize("NFKC", text[start])[0].isupper():
        return start, end
    before = _NAME_BEFORE.search(text, max(0, start - 60), start)
    behind = _NAME_BEHIND.match(text, end)
    return before.start() if before else start, behind.end() if behind else end


def _is_beside(text: str, start: int, end: int, word: str) -> bool:
    """Whether a word that only looks like another stands beside what its sentence tells: that may be told of others.

    It does not where it is who acts (what it does would else be laid to somebody who is named beside), or where
    somebody goes.
    """
    if not unicodedata.normalize("NFKC", text[start])[0].isupper() or all(sign in _TWINS for sign in word):
        return True
    if _TOLD_OF_OTHERS.match(text, end) is not None:
        return True
    before = text[max(0, start - 300) : start]
    before = before[max(before.rfind(mark) for mark in ("\n", ". ", "! ", "? ")) + 1 :]
    return _GOAL.search(before) is None and _SOMEBODY_ACTS.search(before) is not None


@lru_cache(maxsize=4096)
def _drawn_as(letter: str) -> str:
    """The letter itself if it is a Latin one of some language; else the one it looks like; "" if it looks like none,
    and "?" if that is not known here."""
    if letter in _TWINS:
        return _TWINS[letter]
    name = unicodedata.name(letter, "")
    if letter == "µ":
        return ""
    if letter <= "\u024f" or name.startswith(("MODIFIER", "SUPERSCRIPT", "LATIN SUBSCRIPT")):  # "XIXᵉ"
        return letter
    if letter == "ɑ":
        return "a"
    if name.startswith("LATIN LETTER SMALL CAPITAL"):
        return name.split()[-1].lower()
    normal = unicodedata.normalize("NFKC", letter)
    if len(normal) == 1 and normal != letter and normal.isascii():
        return normal
    if name.startswith(("LATIN", "COMBINING")):
        return letter
    if name.startswith(("GREEK", "CYRILLIC", "OHM", *_WRITTEN_TOGETHER)):
        return ""
    return "?"


def _is_lookalike(word: str) -> bool:
    """Whether a word among Latin letters has letters of another alphabet, or of a drawn one, to pass for them.

    A word with a letter that nobody takes for a Latin one is no disguise ("ΔT", "Тоқaев"), nor is a letter alone.
    """
    letters = [letter for letter in word if _INVISIBLE.match(letter) is None]
    drawn = [_drawn_as(letter) for letter in letters]
    if len(letters) < 2 or "" in drawn or drawn == letters:
        return False
    if len(letters) == 2 and not unicodedata.normalize("NFKC", "".join(drawn)).istitle():
        return False  # "ρV" is physics, and "Хi" a person
    if any(was == seen for was, seen in zip(letters, drawn, strict=True)):
        return drawn.count("?") * 2 < len(drawn)
    if "?" in drawn or all("\u2160" <= letter <= "\u2188" for letter in letters):  # another language; "ⅩⅣ"
        return False
    # A word all of twins: "СССР" and "ТАСС" are, and mean what they say.
    return not (word.isupper() and all(letter in _TWINS for letter in letters))


def plain(text: str) -> tuple[str, list[int] | None]:
    """The text as it looks, letter by letter, without what cannot be seen and without marks set on letters; and where
    each character stood, and the end: None where each stands where it stood.

    What hidden tag characters spell is not part of how it looks.
    """
    shown = ODD.sub(_seen, text)
    if len(shown) == len(text):
        return shown, None
    gone = {match.start() for match in ODD.finditer(text) if not _seen(match)}
    return shown, [at for at in range(len(text) + 1) if at not in gone]


def _seen(match: re.Match[str]) -> str:
    sign, text, at = match[0], match.string, match.start()
    if sign in _TWINS:  # in a word of its own alphabet it is what it is
        before, behind = _LETTERS_BEFORE.search(text, max(0, at - 20), at), _LETTERS_BEHIND.match(text, at, at + 20)
        word = (before[0] if before else "") + (behind[0] if behind else "")
        if any(_drawn_as(letter) == "" for letter in word):
            return sign
    return "" if _INVISIBLE.match(sign) or "\u0300" <= sign <= "\u036f" else _look_of(sign)


@lru_cache(maxsize=4096)
def _look_of(sign: str) -> str:
    drawn = _drawn_as(sign)
    if len(drawn) == 1 and drawn != "?":
        return drawn
    normal = unicodedata.normalize("NFKC", sign)
    return normal if len(normal) == 1 else sign
