"""The resolver of date expressions: what "September last year" can mean, seen from a day.

Pure: no clock, no locale, no guess. The judge resolves the expression that a model cites once more and compares; an
expression that cannot be resolved has no readings, which never counts against the model.

A reading is relative to an `Anchor`, usually the day of publication. A verb picks the side ("will fly on Wednesday" is
ahead, "flew on Wednesday" behind), which the caller says with `direction`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from summarise.judge import date_resolve as resolve
from summarise.judge.date_phrases import LONGEST, Parsed, Phrase, parse, spans
from summarise.judge.date_resolve import Direction, Point, Reading, Span

if TYPE_CHECKING:
    from summarise.records import DateBasis, DatePrecision

__all__ = [
    "Anchor", "Direction", "Reading", "agree", "anchor_in", "describe", "find_expressions", "has_no_day", "readings",
    "well_formed",
]  # fmt: skip


_WITHOUT_DAY = re.compile(
    r"^(?:before|by|until|till|ahead of|no later than|avant|d['’]ici|jusqu|vor|bis|antes de|hasta|prima d|fino a|до)\b"
    r"|\b(?:spring|summer|autumn|winter|printemps|été|automne|hiver|frühjahr|frühling|sommer|herbst|primavera|verano|"
    r"otoño|invierno|estate|autunno|inverno|verão|outono|весн\w{1,3}|лет(?:о|ом)|осен\w{1,3}|зим\w{1,3})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative dates count from: one day if known, several if inferred, none if unknown."""

    dates: tuple[date, ...] = ()


def readings(
    expression: str, anchor: Anchor, *, direction: Direction = "unknown", span_days: int | None = None
) -> tuple[Reading, ...]:
    """Every defensible reading of an expression, likeliest first; empty where code cannot tell.

    `direction` is the side the verb points to; `span_days` is a length told elsewhere ("a three-day visit"), which
    bounds a reading that is a single day. Several anchor dates give one reading each, without repetition.
    """
    return _readings(expression, anchor.dates, direction, span_days)


@lru_cache(maxsize=4096)
def _readings(
    expression: str, days: tuple[date, ...], direction: Direction, span_days: int | None
) -> tuple[Reading, ...]:
    parsed = parse(expression)
    if parsed.doubtful or any(phrase.kind == "unknown" for phrase in parsed.phrases):
        return ()
    length = span_days or _length(parsed)
    result: dict[Reading, None] = {}
    for phrase in parsed.phrases:
        if phrase.kind == "duration":
            continue
        for day in days or (None,):
            for reading in _read(phrase, day, direction, length):
                result[reading] = None
    return tuple(result)


def _length(parsed: Parsed) -> int | None:
    """Days of a length told in the expression itself: "a three-day visit starting on Tuesday"."""
    for phrase in parsed.phrases:
        if phrase.kind == "duration" and phrase.unit in ("day", "week"):
            return phrase.values("Nn")[0] * (7 if phrase.unit == "week" else 1)
    return None


def _read(phrase: Phrase, day: date | None, direction: Direction, length: int | None) -> Iterator[Reading]:
    basis = _basis(phrase)
    if phrase.kind in ("vague", "season") or phrase.bound == "by" or _is_loose_end(phrase):
        yield Reading(None, None, "season" if phrase.kind == "season" else "vague", basis)
        return
    for first, last in _resolved(phrase, day, "past" if phrase.bound == "since" else direction):
        begins, ends = first.bounds(), (last or first).bounds()
        if begins is None or ends is None or ends[1] < begins[0]:
            continue
        if phrase.bound in ("since", "after"):
            yield Reading(str(first), None, "vague", basis)
        elif length and length > 1 and last is None and first.day is not None:
            final = resolve.plus_days(begins[0], length - 1)
            yield Reading(str(first), str(resolve.day_point(final)) if final else None, "day", basis)
        else:
            yield Reading(str(first), str(last) if last else None, _precision(phrase, first), basis)


def _is_loose_end(phrase: Phrase) -> bool:
    """ "the end of the year", without saying of which one."""
    return phrase.kind == "unit" and not phrase.mode and "k" not in phrase.tags


def _resolved(phrase: Phrase, day: date | None, direction: Direction) -> Iterator[Span]:
    if phrase.kind == "calendar":
        yield from resolve.calendar(phrase, day, direction)
    elif phrase.kind == "numeric":
        yield from resolve.numeric(phrase)
    elif phrase.kind == "part":
        yield from resolve.part(phrase, day)
    elif day is None:
        return
    elif phrase.kind == "weekday":
        yield from resolve.weekday(phrase, day, direction)
    elif phrase.kind == "dayword":
        yield from resolve.dayword(phrase, day)
    elif phrase.kind == "unit":
        yield from resolve.unit(phrase, day)
    else:
        yield from resolve.amount(phrase, day, direction)


def _precision(phrase: Phrase, first: Point) -> DatePrecision:
    if phrase.kind in ("unit", "amount") and phrase.unit == "week":
        return "week"
    return "day" if first.day is not None else "month" if first.month is not None else "year"


def _basis(phrase: Phrase) -> DateBasis:
    if "Y" in phrase.tags:
        return "explicit"
    if phrase.kind in ("calendar", "season") and not phrase.mode:
        return "inferred"
    return "none" if phrase.kind in ("unknown", "duration") or "D" in phrase.tags else "relative"


def find_expressions(text: str) -> list[tuple[int, int]]:
    """Spans of the date expressions in running English text, from left to right, each as long as possible.

    A leading preposition belongs to the expression ("on Monday"); a number or a name that only looks like a date
    ("2,000 peacekeepers", "Theresa May") does not make one.
    """
    return spans(text)


def describe(expression: str | None, start: str | None, end: str | None) -> tuple[DatePrecision, DateBasis]:
    """Precision and basis of a stored date, from its text and its form.

    The form of `start` says day, month or year; words say week, season or vague ("since May": a lower bound). A basis
    is explicit where a year is written, relative for pointing words, inferred where a year was filled in.
    """
    if expression is None and start is None:
        return "none", "none"
    phrases = [phrase for phrase in parse(expression).phrases if phrase.kind != "duration"] if expression else []
    bases = [_basis(phrase) for phrase in phrases]
    basis: DateBasis = next((b for b in ("explicit", "inferred", "relative") if b in bases), "none")
    if start is None:
        return ("season" if any(p.kind == "season" for p in phrases) else "vague"), basis
    if not phrases:
        basis = "inferred"
    if any(p.bound or p.kind == "vague" for p in phrases):
        return "vague", basis
    if phrases and all(p.kind == "season" for p in phrases):
        return "season", basis
    by_form: dict[int, DatePrecision] = {4: "year", 7: "month"}
    weekly = len(phrases) == 1 and phrases[0].kind in ("unit", "amount") and phrases[0].unit == "week"
    return by_form.get(len(start), "week" if weekly else "day"), basis


FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=4096)
def _bounds(text: str) -> tuple[date, date] | None:
    """First and last day of a stored date; None if it is not one."""
    match = FORM.fullmatch(text)
    return Point(*[int(part) if part else None for part in match.groups()]).bounds() if match else None


def has_no_day(expression: str) -> bool:
    """Whether an expression only bounds a time or names a season, in any of the languages known.

    "before Christmas", "à l'automne", "im Herbst": such a date keeps its words and has no days.
    """
    return _WITHOUT_DAY.search(expression[:LONGEST]) is not None


def well_formed(start: str | None, end: str | None) -> str | None:
    """None if the dates are in order, else the fault in words."""
    for name, value in (("start", start), ("end", end)):
        if value is None or _bounds(value) is not None:
            continue
        if not FORM.fullmatch(value):
            return f"{name} {value[:40]!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"
        return f"{name} {value!r} does not exist in the calendar"
    if end is not None and start is None:
        return f"end {end!r} stands without a start"
    if start is not None and end is not None:
        coarser = min(len(start), len(end))
        if end[:coarser] < start[:coarser]:
            return f"end {end!r} is before start {start!r}"
    return None


def agree(start: str | None, end: str | None, readings: Sequence[Reading]) -> bool:
    """Whether a given date equals, contains or lies inside some reading.

    A missing date agrees (it is not wrong), and so does everything where there is no reading. A reading without a date
    (a season, "soon") contradicts none; a vague one with a date is a lower bound, so everything that reaches it agrees.
    """
    if start is None or not readings:
        return True
    first, last = _bounds(start), _bounds(end or start)
    if first is None or last is None:
        return False
    given = first[0], last[1]
    return any(_fits(given, reading) for reading in readings)


def _fits(given: tuple[date, date], reading: Reading) -> bool:
    if reading.start is None:
        return True
    first, last = _bounds(reading.start), _bounds(reading.end or reading.start)
    if first is None or last is None:
        return False
    if reading.precision == "vague":
        return given[1] >= first[0]
    inside = first[0] <= given[0] and given[1] <= last[1]
    return inside or (given[0] <= first[0] and last[1] <= given[1])


SAYING_WORDS = """
said says told tells wrote writes announced announces stated declared added confirmed reported tweeted posted promised
noted disclosed revealed indicated hinted suggested pledged informed explained replied answered claimed warned vowed
mentioned argued insisted
"""
SAYING = frozenset(SAYING_WORDS.split())
OTHER_VERBS = frozenset(
    ("met", "went", "flew", "held", "took", "left", "came", "was", "were", "is", "are", "has", "had")
)
CLAUSE_WORDS = frozenset(("that", "which", "who", "when", "while", "after", "before", "but"))
PRONOUNS = frozenset(("he", "she", "they", "it", "would", "will", "may", "might", "could", "should"))
WORD = re.compile(r"[^\W\d_]+|;")


def anchor_in(sentence: str, before: int, anchor: Anchor) -> Anchor:
    """What the expression at offset `before` counts from: the day of the saying, where the sentence dates one.

    "On February 27 she said she might go to Quito next month": the month after February, whenever it was published.
    Only a month and day (or a full date) that governs a verb of saying counts. A saying dated to a mere month leaves
    nothing to count days from: the anchor is then unknown.
    """
    head = sentence[:before]
    if SAYING.isdisjoint(WORD.findall(head)):
        return anchor
    sayings = [match for match in WORD.finditer(head) if match.group() in SAYING]
    for first, last in reversed(spans(head)):
        expression = head[first:last]
        if not _is_absolute(expression) or not _governs(head, first, last, sayings):
            continue
        said = dict.fromkeys(r.start for r in readings(expression, anchor, direction="past") if r.start)
        days = tuple(date.fromisoformat(day) for day in said if len(day) == 10)
        if days and anchor.dates and min(days) > max(anchor.dates):
            continue  # nothing was said after the article
        if said:
            return Anchor(days if len(days) == len(said) else ())
    return anchor


def _is_absolute(expression: str) -> bool:
    phrases = parse(expression).phrases
    return len(phrases) == 1 and phrases[0].kind in ("calendar", "numeric") and not phrases[0].bound


def _governs(head: str, first: int, last: int, sayings: Sequence[re.Match[str]]) -> bool:
    """Whether no other verb stands between the date and the nearest verb of saying, on either side of it."""
    behind = bisect_left(sayings, last, key=re.Match.start)
    for saying in sayings[max(behind - 1, 0) : behind + 1]:
        fronted = saying.start() >= last
        between = head[last : saying.start()] if fronted else head[saying.end() : first]
        words = [match.group() for match in WORD.finditer(between)]
        if fronted and words and words[-1] in ("was", "were", "had", "has"):  # "it was announced"
            words.pop()
        barred = OTHER_VERBS | CLAUSE_WORDS if fronted else OTHER_VERBS | CLAUSE_WORDS | PRONOUNS
        other_verb = any(word in barred or word == ";" or (word.endswith("ed") and word.islower()) for word in words)
        if not other_verb and (fronted or len(words) <= 10):
            return True
    return False
