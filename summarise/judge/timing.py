"""Whether a visit's date is the date of that visit, and whether it fits the state in which the visit is told."""

from __future__ import annotations

import re

from summarise.judge.build import Draft, quoted
from summarise.judge.dates import SAYING, describe
from summarise.judge.index import ArticleIndex
from summarise.records import DateSpan

_AHEAD = frozenset({"speculated", "planned", "confirmed"})
_SAYING = rf"\b(?:{'|'.join(sorted(SAYING))}|says?|adds?|reports?|comment|answering|speaking|quoted)\b"
_SAID = re.compile(_SAYING)
_SAID_JUST_BEFORE = re.compile(rf"{_SAYING}(?:\s+[\w’'-]+){{0,6}}\s*[,(]?\s*$")
_GOING = re.compile(
    r"\b(?:will|would|may|might|is to|are to|due|arriv\w+|visit(?:s|ed|ing)|travel\w*|fl(?:y|ies|ew|ying)|went|go|goes|"
    r"going|c[ao]me|comes|coming|land(?:s|ed|ing)|pa(?:id|ys?|ying)|met|meets?|meeting (?:in|at)|left|leav(?:es|ing)|"
    r"head(?:s|ed|ing)|tour(?:s|ed|ing)|h[eo]ld|holds|holding|attend\w*|beg[aiu]n\w*|start\w*|ends?|ended|was in|"
    r"were in|is in|are in|receiv\w+|host(?:s|ed|ing)|welcom\w+|greet\w*)\b"
)
_NEW_CLAUSE = re.compile(
    r"\b(?:that|which|who|when|while|after|before|but|if|whether|would|will|may|might|he|she|they)\b"
)


def contradiction(status: str, when: DateSpan, published: str | None) -> str | None:
    """What states are possible for a visit of that date, if the given one is not; None if all is well.

    What took place began on the day of publication at the latest, and what is to come ends then at the earliest; a
    month or a year that holds the day fits either. Put off, called off, denied or unknown goes with any date.
    """
    if published is None or when.start is None or when.precision == "vague":
        return None
    last = when.end or when.start
    if status in ("completed", "ongoing") and _earlier(published, when.start):
        return "speculated, planned or confirmed if it is to come; else correct the date"
    over = when.end is not None if status == "ongoing" else status in _AHEAD
    if over and _earlier(last, published):
        return "completed if it took place, postponed, cancelled, denied or unknown if not; else correct the date"
    return None


def dated_by_a_saying(draft: Draft, index: ArticleIndex) -> None:
    """Complains of a visit dated by the day on which something was said of it, and takes the days away (English)."""
    words = draft.values["when"].text
    if not words or not index.english:
        return
    near = index.near(draft.numbers)
    places = [start for start, _ in index.spans(words) if index.article.sentence_at(start) in near]
    if places and all(_said_at(index, start, start + len(words)) for start in places):
        number = index.article.sentence_at(places[0])
        draft.complain(
            "when",
            "date_of_saying",
            f"in sentence {number} {quoted(words)} is when it was said, not when one travels",
            "Give the date of the visit, or null if there is none",
            sentence=number,
        )
        draft.values["when"] = without_days(draft.values["when"])


def _said_at(index: ArticleIndex, start: int, end: int) -> bool:
    number = index.article.sentence_at(start)
    first = index.trimmed(number)[0]
    return dates_a_saying(index.text(number), start - first, end - first)


def status_and_date(draft: Draft, index: ArticleIndex) -> None:
    """Complains of a visit that is over before it began, or still to come when it is over; any language."""
    when, published = draft.values["when"], index.article.published
    allowed = contradiction(draft.values["status"], when, published)
    if allowed is not None:
        draft.complain(
            "status",
            "status_and_date",
            f"{draft.values['status']} does not go with {when.end or when.start}, seen from {published}",
            f"Allowed: {allowed}",
            fatal=True,
        )


def _earlier(a: str, b: str) -> bool:
    size = min(len(a), len(b))
    return a[:size] < b[:size]


def without_days(when: DateSpan) -> DateSpan:
    """A date that keeps its words and loses its days."""
    precision, basis = describe(when.text, None, None)
    return DateSpan(text=when.text, precision=precision, basis=basis)


def dates_a_saying(text: str, start: int, end: int) -> bool:
    """Whether a date in an English sentence is the day on which something was said, and not that of a journey.

    "…, the ministry said on Monday"; "On May 3, during a meeting with Osei, the king said that he would go".
    """
    before = text[max(0, start - 90) : start]
    said = _SAID_JUST_BEFORE.search(before)
    if said is not None and not _NEW_CLAUSE.search(said[0]) and not _GOING.search(said[0]):
        return True
    if text[:start].strip(" \"“‘'") not in ("", "Meanwhile,", "Earlier,", "Later,"):
        return False
    saying = _SAID.search(text, end)
    return saying is not None and _GOING.search(text, end, saying.start()) is None
