"""Phrases into days: each kind of date expression resolved against a reference day.

Spans are pairs of `Point`s; years run from 1 to 9999, and a date outside of them is no reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from summarise.judge.date_phrases import Phrase

if TYPE_CHECKING:
    from summarise.records import DateBasis, DatePrecision

Direction = Literal["past", "future", "unknown"]


class Reading(NamedTuple):
    """One way to understand an expression.

    `start` and `end` are EDTF level 0 (`2023`, `2023-10`, `2023-10-18`); `end` is inclusive and only there where the
    text bounds it. With precision `vague`, `start` is a lower bound; `season` and other `vague` readings have no date.
    """

    start: str | None
    end: str | None
    precision: DatePrecision
    basis: DateBasis


class Point(NamedTuple):
    """A day, a month (no `day`) or a year (no `month`); `year` None where it is not written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def bounds(self) -> tuple[date, date] | None:
        """First and last day; None if there is no such day or month, or no year is known."""
        if self.year is None or not MINYEAR <= self.year <= MAXYEAR:
            return None
        try:
            first = date(self.year, self.month or 1, 1 if self.day is None else self.day)
        except ValueError:
            return None
        if self.day is not None:
            return first, first
        month = self.month or 12
        return first, date(self.year, month, days_in_month(self.year, month))

    def __str__(self) -> str:
        parts = [f"{self.year or 0:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


Span = tuple[Point, Point | None]


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def plus_days(day: date, days: int) -> date | None:
    """The day so many days later; None outside of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def day_point(day: date) -> Point:
    """The day as a point."""
    return Point(day.year, day.month, day.day)


def span_of_days(first: date, shift: int, last: int) -> Iterator[Span]:
    """The days from `shift` to `last` counted from `first`; nothing if one is outside of the calendar."""
    start, end = plus_days(first, shift), plus_days(first, last)
    if start is not None and end is not None:
        yield day_point(start), day_point(end) if end != start else None


# --- month and day ------------------------------------------------------------------------------------------------


def _side(tokens: str, numbers: Phrase, first: int, anchor: date | None) -> Point:
    """Year, month and day as written in one side of a range."""
    inside = numbers.tokens[first : first + len(tokens)]
    year = next((t.value for t in inside if t.tag == "Y"), None)
    if "y" in tokens and year is None and anchor is not None:
        year = anchor.year + {"l": -1, "x": 1}.get(tokens[tokens.index("y") - 1], 0)
    month = next((t.value for t in inside if t.tag == "M"), None)
    ordinal = tokens.find("OfM")
    day = inside[ordinal].value if ordinal >= 0 else next((t.value for t in inside if t.tag == "N"), None)
    if "K" in tokens:
        place = tokens.index("K")
        month = inside[place - 1].value
        day = next((t.value for t in inside[place + 1 :] if t.tag == "N"), None)
    return Point(year, month, day)


def _sides(phrase: Phrase, anchor: date | None) -> tuple[Point, Point | None]:
    tags = phrase.tags
    joins = [i for i, tag in enumerate(tags) if tag in "->&a" and i and tags[i - 1] not in "euh"]
    if not joins:
        return _side(tags, phrase, 0, anchor), None
    left = _side(tags[: joins[0]], phrase, 0, anchor)
    right = _side(tags[joins[0] + 1 :], phrase, joins[0] + 1, anchor)
    left = left._replace(month=left.month or right.month)
    right = right._replace(month=right.month or left.month)
    turns = ((left.month or 0), left.day or 0) > ((right.month or 0), right.day or 0)  # December 29 to January 3
    if left.year is None and right.year is not None:
        left = left._replace(year=right.year - turns)
    elif right.year is None and left.year is not None:
        right = right._replace(year=left.year + turns)
    return left, right


def calendar(phrase: Phrase, anchor: date | None, direction: Direction) -> Iterator[Span]:
    """ "May 4", "October 18-19", "September last year", "in 1999": the written year, or the years that fit."""
    left, right = _sides(phrase, anchor)
    listed = "&" in phrase.tags and "r" not in phrase.tags
    if "y" in phrase.tags and left.year is None:
        return
    for span in [(left, None), (right, None)] if listed and right else [(left, right)]:
        if left.year is not None:
            yield span
        elif anchor is not None:
            yield from _nearest(span, phrase, anchor, direction)


def _nearest(span: Span, phrase: Phrase, anchor: date, direction: Direction) -> Iterator[Span]:
    """The span in the years that the verb and the pointing word allow, likeliest first."""
    left, right = span
    turns = right is not None and (right.month or 0, right.day or 0) < (left.month or 0, left.day or 0)
    reach = 8 if (2, 29) in [(p.month, p.day) for p in span if p] else 1
    dated: list[tuple[date, date, Span]] = []
    for year in range(anchor.year - reach, anchor.year + reach + 1):
        placed = Point(year, left.month, left.day), Point(year + turns, right.month, right.day) if right else None
        first, last = placed[0].bounds(), (placed[1] or placed[0]).bounds()
        if first and last:
            dated.append((first[0], last[1], placed))
    weekdays = phrase.values("W")
    fitting = [entry for entry in dated if weekdays and left.day and entry[0].weekday() == weekdays[0]]
    dated = fitting or dated
    before = [entry for entry in reversed(dated) if entry[0] <= anchor][:1]
    after = [entry for entry in dated if entry[1] >= anchor][:1]
    if phrase.mode and not phrase.has_word("past"):
        yield from _pointed(phrase.mode, dated, anchor)
    elif direction == "past" or phrase.has_word("past"):
        yield from (entry[2] for entry in before)
    elif direction == "future":
        yield from (entry[2] for entry in after)
    else:
        near = sorted(before + after, key=lambda entry: max(entry[0] - anchor, anchor - entry[1]))
        yield from (entry[2] for entry in near)


def _pointed(mode: str, dated: list[tuple[date, date, Span]], anchor: date) -> Iterator[Span]:
    """ "last May": the latest that is over, or that of last year; "next May" likewise; "this May": this year's."""
    of_year = {entry[2][0].year: entry[2] for entry in dated}
    if mode == "t":
        wanted = [of_year.get(anchor.year)]
    elif mode == "l":
        over = [entry[2] for entry in reversed(dated) if entry[1] < anchor][:1]
        wanted = [*over, of_year.get(anchor.year - 1)]
    else:
        ahead = [entry[2] for entry in dated if (entry[0] > anchor if mode == "x" else entry[1] >= anchor)][:1]
        wanted = [*ahead, of_year.get(anchor.year + 1)] if mode == "x" else [*ahead]
    yield from (span for span in wanted if span is not None)


# --- numbers ------------------------------------------------------------------------------------------------------


def numeric(phrase: Phrase) -> Iterator[Span]:
    """ISO dates and intervals, years ("2023-24"), and dates in figures, day first, then month first."""
    tags, figures = phrase.tags, phrase.values("YN")
    if tags.count("Y") == 2:
        half = len(figures) // 2
        yield Point(*figures[:half]), Point(*figures[half:])
    elif tags.startswith("Y") and len(figures) == 3:
        yield Point(*figures), None
    elif len(figures) == 3:
        first, second, year = figures
        yield Point(year, second, first), None
        if first != second:
            yield Point(year, first, second), None
    else:
        year, second = figures
        if 1 <= second <= 12:
            yield Point(year, second), None
        if second > year % 100:
            yield Point(year), Point(year - year % 100 + second)


def part(phrase: Phrase, anchor: date | None) -> Iterator[Span]:
    """Halves and quarters of a year, as their first and last month."""
    year = _side(phrase.tags, phrase, 0, anchor).year
    if year is None:
        return
    size = 6 if phrase.has_word("half", "h") else 3
    count = 12 // size if "l" in phrase.tags[:2] else (phrase.values("ON") or [0])[0]
    if 1 <= count <= 12 // size:
        yield Point(year, size * (count - 1) + 1), Point(year, size * count)


# --- words that count from the reference day ----------------------------------------------------------------------


def weekday(phrase: Phrase, anchor: date, direction: Direction) -> Iterator[Span]:
    """The verb picks the side; news copy names today by its weekday, so the reference day itself counts as past."""
    days = phrase.values("W")
    listed = len(days) == 2 and "&" in phrase.tags and "r" not in phrase.tags
    if "u" in phrase.tags:  # "Friday next week"
        if phrase.unit == "week":
            shift = {"l": -7, "x": 7}.get(phrase.mode, 0) - anchor.weekday() + days[0]
            if not phrase.mode:  # "Friday week": seven days behind the coming Friday
                shift = ((days[0] - anchor.weekday()) % 7 or 7) + 7
            yield from span_of_days(anchor, shift, shift)
        return
    length = 0 if listed or len(days) == 1 else (days[1] - days[0]) % 7
    for day in days if listed else days[:1]:
        for shift in _weekday_shifts(phrase, day - anchor.weekday(), direction):
            yield from span_of_days(anchor, shift, shift + length)


def _weekday_shifts(phrase: Phrase, offset: int, direction: Direction) -> list[int]:
    """Days from the reference day, likeliest first; `offset` leads to that weekday in the same calendar week."""
    ahead, behind = offset % 7, offset % 7 - 7  # 0..6 and -7..-1
    strictly = ahead or 7
    mode = "past" if phrase.has_word("past") else phrase.mode
    if mode in ("l", "past"):
        return [behind, offset - 7]
    if mode == "x":
        return [strictly, offset + 7]
    if mode == "c":
        return [strictly]
    if mode == "t":
        return [offset, behind] if direction == "past" else [ahead, offset]
    if direction == "past":
        return [behind if ahead else 0]
    if direction == "future":
        return [strictly] if ahead else [7, 0]
    return sorted((behind, ahead), key=abs) if ahead else [0, 7]


def dayword(phrase: Phrase, anchor: date) -> Iterator[Span]:
    """Today, yesterday, tomorrow, and the days before and after those."""
    shift = phrase.values("d")[0]
    if "u" in phrase.tags:
        shift *= 2
    yield from span_of_days(anchor, shift, shift)


def unit(phrase: Phrase, anchor: date) -> Iterator[Span]:
    """ "last month", "next week", "this weekend", "last night"; "the next day" counts from something else: nothing."""
    shift = {"l": -1, "x": 1, "c": 1}.get(phrase.mode, 0)
    monday = -anchor.weekday()
    if "P" in phrase.tags and "k" not in phrase.tags:
        if phrase.mode in "tl":
            yield from span_of_days(anchor, shift, shift)
    elif phrase.unit == "week":
        yield from span_of_days(anchor, monday + 7 * shift, monday + 7 * shift + 6)
        if shift:  # the seven days before or after
            yield from span_of_days(anchor, 1 if shift > 0 else -7, 7 if shift > 0 else -1)
    elif phrase.unit == "weekend":
        shifts = [shift] if phrase.mode else [-1, 0]
        for weeks in shifts if phrase.mode != "x" else (0, 1):
            yield from span_of_days(anchor, monday + 7 * weeks + 5, monday + 7 * weeks + 6)
    elif phrase.unit in ("month", "year"):
        yield from _shifted(anchor, shift, phrase.unit)


def _shifted(anchor: date, count: int, unit_name: str) -> Iterator[Span]:
    if unit_name == "year":
        yield Point(anchor.year + count), None
    else:
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + count, 12)
        yield Point(year, month + 1), None


def amount(phrase: Phrase, anchor: date, direction: Direction) -> Iterator[Span]:
    """ "two weeks ago", "in 10 days": as precise as the unit that is counted in."""
    ago = "g" in phrase.tags
    if not ago and phrase.tags[0] == "p" and (direction == "past" or not phrase.has_word("in")):
        return  # "in three days she saw five cities" is a length
    count = (phrase.values("Nn") or [1])[0] * (-1 if ago else 1)
    if phrase.unit == "day":
        yield from span_of_days(anchor, count, count)
    elif phrase.unit == "week":
        monday = 7 * count - anchor.weekday()
        yield from span_of_days(anchor, monday, monday + 6)
    else:
        yield from _shifted(anchor, count, phrase.unit)
