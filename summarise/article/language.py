"""Which language a text is in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

SAMPLE = 1_000  # characters looked at
ISO_639_1 = {"iw": "he", "jw": "jv", "in": "id", "ji": "yi", "mo": "ro", "nb": "no"}

SCRIPTS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("ja", ((0x3040, 0x30FF),)),
    ("ko", ((0x1100, 0x11FF), (0xAC00, 0xD7AF))),
    ("th", ((0x0E00, 0x0E7F),)),
    ("el", ((0x0370, 0x03FF), (0x1F00, 0x1FFF))),
    ("he", ((0x0590, 0x05FF),)),
    ("ka", ((0x10A0, 0x10FF),)),
    ("hy", ((0x0530, 0x058F),)),
)
"""Scripts that mean one language, for texts too short for the detector."""

SMALL_ENGLISH_WORDS = frozenset("the of and to in on by with from for at was is will has his her said he she".split())


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the text's main language, or None if it cannot be told or has no such code.

    Read from the first 1,000 characters.
    """
    sample = text[:SAMPLE]
    if _is_plain_english(sample):
        return "en"
    reliable, _, details = _detect(sample)
    if not reliable:
        return _by_script(sample)
    code = details[0][1].partition("-")[0]
    code = ISO_639_1.get(code, code)
    return code if len(code) == 2 and code != "un" else _by_script(sample)


def _is_plain_english(sample: str) -> bool:
    """Whether English words stand between the names. The detector takes longer, and foreign names mislead it."""
    words = sample.lower().split()
    found = [word for word in words if word in SMALL_ENGLISH_WORDS]
    return "the" in found and len(set(found)) > 3 and len(found) * 8 >= len(words)


def detection_score(text: str) -> float:
    """How well the text fits the language it fits best: 0 for none, about 1000 for clear prose."""
    _, _, details = _detect(text[:SAMPLE])
    return max((float(percent) * float(score) / 100 for _, _, percent, score in details), default=0.0)


@cache
def _detector() -> tuple[Callable[..., Any], type[Exception]]:
    import pycld2

    return pycld2.detect, pycld2.error


def _detect(sample: str) -> Any:
    detect, refused = _detector()
    try:
        return detect(sample, isPlainText=True, bestEffort=True)
    except refused:  # control characters and code points that are none
        clean = "".join(character if character.isprintable() else " " for character in sample)
        return detect(clean, isPlainText=True, bestEffort=True)


def _by_script(sample: str) -> str | None:
    letters = [ord(character) for character in sample if character.isalpha()]
    for language, ranges in SCRIPTS:
        count = sum(any(first <= letter <= last for first, last in ranges) for letter in letters)
        # Japanese mixes kana with Han characters.
        if count * (5 if language == "ja" else 2) > len(letters):
            return language
    return None


_OTHER_LETTERS = frozenset(
    "am ar be bg bn ckb dv el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne or pa ps ru sd si sr ta te tg "
    "th ti ug uk ur yi zh".split()
)


def has_latin_letters(language: str | None) -> bool:
    """Whether a language, as an ISO 639-1 code, is written in Latin letters; a text of no known language counts so."""
    return language not in _OTHER_LETTERS
