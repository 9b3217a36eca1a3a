"""Which forms an article uses for a person beside the whole name, and where the name stands beside its title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from summarise.judge.names import FoldedText, fold, split_words
from summarise.judge.people import begins_with_family, same_person, short_forms
from summarise.judge.sounds import sound
from summarise.judge.titles import HONORIFICS, NATIONALITY, TITLES, TITLES_OR_NAMES, strip_titles

_KNOWN_BEFORE_A_NAME = TITLES | TITLES_OR_NAMES | HONORIFICS
_LETTER_BEHIND = re.compile(r"[ \u00a0-]\[?[^\W\d_]")
_WORD_END = re.compile(r"[\s\"“”(\[]")
_THE_BEFORE = re.compile(r"(?<!\w)the\s\Z", re.IGNORECASE)
_LEADING_THE = re.compile(r"\A\s*the\s+", re.IGNORECASE)
_GOES_ON = re.compile(r"\s(?:of\b|to\b|[A-Z\[])")


def variants_in(name: str, titles: Sequence[str], folded: FoldedText, others: Iterable[str]) -> list[str]:
    """Other forms the article uses for this person, verbatim, in order of first appearance, each once.

    Other spellings of the whole name; short forms and the first name standing alone, unless a name in `others` has
    that word too; `the <title>` with no name behind it. Left out: `name` itself, and what differs from a form that is
    already there only in case or square brackets.
    """
    whole = folded.find(name)
    spans = [*whole]
    for form, leads in _own_forms(name, others):
        spans += _alone(form, leads, whole, folded)
    for title in titles:
        spans += _without_name(title, whole, folded)
    spans.sort(key=lambda span: (span[0], -span[1]))
    forms: dict[str, str] = {}
    for written in dict.fromkeys([folded.text[start:end] for start, end in spans]):
        form = " ".join(written.replace("[", "").replace("]", "").split())
        forms.setdefault(form.casefold(), form)
    forms.pop(" ".join(name.split()).casefold(), None)
    return list(forms.values())


def _own_forms(name: str, others: Iterable[str]) -> list[tuple[str, bool]]:
    forms = _forms_alone(name)
    for other in others:
        if not forms:
            break
        taken = _word_sounds(other)
        if any(not taken.isdisjoint(sounds) for _, _, sounds in forms) and not same_person(name, other):
            forms = tuple(form for form in forms if taken.isdisjoint(form[2]))
    return [(form, leads) for form, leads, _ in forms]


@lru_cache(maxsize=8_192)
def _forms_alone(name: str) -> tuple[tuple[str, bool, list[str]], ...]:
    """The short forms and the first name; whether the name begins with it; the sounds of its words."""
    forms = tuple(short_forms(name))
    pieces = strip_titles(name).split()
    family_first = begins_with_family(name)
    if not family_first and len(pieces) > 1 and len(split_words(pieces[0])[:1]) == 1:
        forms = (*forms, pieces[0])
    return tuple(
        (form, family_first or form == pieces[0], [*map(sound, split_words(form))]) for form in forms if len(form) > 1
    )


@lru_cache(maxsize=8_192)
def _word_sounds(name: str) -> frozenset[str]:
    return frozenset(map(sound, split_words(name)))


def _alone(form: str, leads: bool, whole: list[tuple[int, int]], folded: FoldedText) -> list[tuple[int, int]]:
    """Where the form stands by itself: no part of the whole name, nor of a namesake (`Kim Yo Jong`)."""
    starts = [start for start, _ in whole]
    alone: list[tuple[int, int]] = []
    text = folded.text
    for start, end in folded.find(form):
        inside = bisect_left(starts, end) - 1
        if inside >= 0 and whole[inside][1] > start:
            continue
        if not (_name_follows(text, end) if leads else _name_precedes(text, start)):
            alone.append((start, end))
    return alone


def _name_follows(text: str, end: int) -> bool:
    behind = text[end : end + 3]
    return _LETTER_BEHIND.match(behind) is not None and behind[1:].strip("[")[:1].isupper()


def _name_precedes(text: str, start: int) -> bool:
    before = text[max(start - 60, 0) : start]
    if not before[-2:-1].isalpha() or before[-1] not in " \u00a0-":
        return False
    word = _WORD_END.split(before[:-1].rsplit(None, 1)[-1])[-1]
    if not word[0].isupper():
        return False
    plain = fold(word).strip(".")
    known = plain in _KNOWN_BEFORE_A_NAME or bool(NATIONALITY.search(plain))
    return not known and not _begins_sentence(before[: len(before) - 1 - len(word)], start < 60)


def _begins_sentence(before: str, whole: bool) -> bool:
    stripped = before.rstrip()
    return (
        (whole and not stripped)
        or stripped.endswith((".", "!", "?", ":", '"', "“", "”"))
        or "\n" in before[len(stripped) :]
    )


def _without_name(title: str, whole: list[tuple[int, int]], folded: FoldedText) -> list[tuple[int, int]]:
    """`the <title>`, with neither a name nor `of ...` behind it, and no apposition to the whole name."""
    spans: list[tuple[int, int]] = []
    begins, closes = [begin for begin, _ in whole], [close for _, close in whole]
    for start, end in folded.find(_LEADING_THE.sub("", title)):
        if not _THE_BEFORE.search(folded.text[max(start - 5, 0) : start]):
            continue
        behind, before = bisect_left(begins, end), bisect_right(closes, start - 4) - 1
        if (behind < len(begins) and begins[behind] < end + 4) or (before >= 0 and closes[before] > start - 8):
            continue
        if not _name_follows(folded.text, end) and not _GOES_ON.match(folded.text[end : end + 5]):
            spans.append((start - 4, end))
    return spans


def first_mention(name: str, titles: Sequence[str], folded: FoldedText) -> tuple[int, int] | None:
    """Where the name stands closest to one of its titles, the earliest such place; None if it stands nowhere."""
    mentions = folded.find(name)
    if len(mentions) < 2:
        return mentions[0] if mentions else None
    places = sorted(span for title in titles for span in folded.find(title))
    if not places:
        return mentions[0]
    starts = [start for start, _ in places]

    def distance(mention: tuple[int, int]) -> int:
        after = bisect_left(starts, mention[0])
        near = places[max(after - 1, 0) : after + 1]
        return min(max(start - mention[1], mention[0] - end, 0) for start, end in near)

    return min(mentions, key=distance)
