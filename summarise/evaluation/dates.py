"""Partial dates (EDTF level 0, and the seasons 21 to 24): whether they are in the calendar, and how two compare."""

from __future__ import annotations

from summarise.partial_dates import Days, days_of
from summarise.records import DateSpan


def is_date(text: str) -> bool:
    """Whether a partial date is in the calendar: `2023-10-18`, `2023-10`, `2023-21`, `2023`; not `2023-02-30`."""
    return days_of(text) is not None


def fault_of_span(span: DateSpan) -> str:
    """What is wrong with the dates of a span; empty if nothing is."""
    for value in (span.start, span.end):
        if value is not None and not is_date(value):
            return f"{value} is not in the calendar"
    if span.start and span.end:
        start, end = days_of(span.start), days_of(span.end)
        if start and end and end.last < start.first:
            return f"the end {span.end} lies before the start {span.start}"
    return ""


def contains(one: str, other: str) -> bool:
    """Whether one of two partial dates is the other told less precisely: `2023-10` and `2023-10-18`."""
    return one != other and (one.startswith(f"{other}-") or other.startswith(f"{one}-"))


Span = tuple[str | None, str | None]
"""Start and end."""


def agreement(one: Span, other: Span) -> float:
    """How well two spans agree: 1 for the same (none and none, too), 0.5 if one contains the other, else 0."""
    if one == other:
        return 1.0
    a, b = _span_days(one), _span_days(other)
    if a is None or b is None:
        return 0.0
    inside = (a.first <= b.first and b.last <= a.last) or (b.first <= a.first and a.last <= b.last)
    return 0.5 if inside else 0.0


def _span_days(span: Span) -> Days | None:
    start = days_of(span[0]) if span[0] else None
    end = days_of(span[1]) if span[1] else start
    return Days(start.first, end.last) if start and end else None
