"""The copy of an article that is judged: as long as the text, without what no record may rest on.

What a reader of the page does not see is blank there (a comment), a word broken up by unseen characters is closed up,
and what is no evidence is blotted out, so that no name runs on over it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from unicodedata import is_normalized, normalize

from summarise.article.disguise import broken_words, closed_up, without_loose_breaks

BLOT = "\u2588"  # neither a letter nor white space: no name runs on over it
_COMMENT = "<!--"
_WITH_MARKS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u3099\u309a\u1100-\u11ff])+")
_DOTTED_TWICE = "i\u0307"  # a Turkish capital made small by a program that knows no Turkish
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_PROSE = re.compile(r"(?:[^\W\d_]{2,}[,.:;]?\s+){3}[^\W\d_]{2,}")
_CODE = re.compile(r"<!--\s*/?wp:")

Span = tuple[int, int]


def comments_in(text: str) -> list[Span]:
    """Spans of the comments of a page; one that is not closed is none."""
    found = []
    start = text.find(_COMMENT)
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        found.append((start, end + 3))
        start = text.find(_COMMENT, end + 3)
    return found


def says_something(comment: str) -> bool:
    """Whether a comment holds words for somebody, and not only marks of the program that made the page."""
    return _CODE.match(comment) is None and _PROSE.search(comment) is not None


def blank(text: str, spans: Sequence[Span]) -> str:
    """The text with blanks in place of these spans, line breaks apart."""
    return _replaced(text, [(start, end, re.sub(r"[^\n]", " ", text[start:end])) for start, end in spans])


def trusted_text(text: str, blotted: Sequence[Span]) -> str:
    """The text with words made whole and these spans blotted out: itself if nothing is to be done.

    Whole is a word without what breaks it up, each letter one character with its accent (NFC), each hyphen the usual
    one. Where it becomes shorter, the room is in front of it.
    """
    if not text.isascii():
        text = _replaced(text, [(start, end, closed_up(text[start:end])) for start, end in broken_words(text)])
        if not is_normalized("NFC", text) or _DOTTED_TWICE in text:
            text = _replaced(text, [(*match.span(), _composed(match[0])) for match in _WITH_MARKS.finditer(text)])
        text = without_loose_breaks(text).translate(_HYPHENS)
    return _replaced(text, [(start, end, BLOT * (end - start)) for start, end in sorted(blotted)])


def _composed(word: str) -> str:
    whole = normalize("NFC", word).replace(_DOTTED_TWICE, "i")
    return whole.rjust(len(word)) if len(whole) <= len(word) else word


def _replaced(text: str, pieces: Sequence[tuple[int, int, str]]) -> str:
    if not pieces:
        return text
    parts: list[str] = []
    at = 0
    for start, end, new in pieces:
        if end > at:
            begin = max(start, at)
            parts += (text[at:begin], new[begin - start :])
            at = end
    return "".join((*parts, text[at:]))


def in_one_line(words: str, longest: int) -> str:
    """Words of an article on one line, short, with what cannot be seen written out."""
    line = " ".join(words.lstrip()[: 4 * longest].split())
    signs = [sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in line]
    ends = list(accumulate(map(len, signs)))
    if not ends or ends[-1] <= longest:
        return "".join(signs)
    return "".join(signs[: bisect_right(ends, longest - 1)]) + "…"
