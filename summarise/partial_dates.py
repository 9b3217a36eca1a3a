"""Partial dates as days: which ones `2023`, `2023-10` and `2023-10-18` can mean, and when a span can be over.

A partial date is EDTF level 0, or a season (`2023-21` to `2023-24`). What is worked out here are bounds: no day is made
up where the article tells a month.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

_SEASONS = range(21, 25)


class Days(NamedTuple):
    """A partial date or a span, as its first and last day."""

    first: date
    last: date


class Bounds(NamedTuple):
    """No day of a span is before the one or after the other; None where the article sets no bound."""

    not_before: date | None
    not_after: date | None


NO_BOUNDS = Bounds(None, None)


def days_of(text: str) -> Days | None:
    """The first and the last day that a partial date can mean; None if it is none, or is not in the calendar."""
    pieces = text.split("-")
    if [len(piece) for piece in pieces] not in ([4], [4, 2], [4, 2, 2]):
        return None
    if not all(piece.isascii() and piece.isdigit() for piece in pieces):
        return None
    try:
        match [int(piece) for piece in pieces]:
            case [year]:
                return Days(date(year, 1, 1), date(year, 12, 31))
            case [year, season] if season in _SEASONS:
                # Which months a season has depends on the hemisphere; its year is certain.
                return Days(date(year, 1, 1), date(year, 12, 31))
            case [year, month]:
                return Days(date(year, month, 1), _last_of_month(year, month))
            case [year, month, day]:
                return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None
    return None


def day_of(text: str | None) -> date | None:
    """The day, if the date is known to the day; else None."""
    days = days_of(text) if text and len(text) == len("2023-10-18") else None
    return days.first if days else None


def bounds_of(start: str | None, end: str | None, precision: str) -> Bounds:
    """The days between which a span lies, by its start, its end and its precision (`DateSpan`).

    A vague date tells the first day that is possible, and no last one. A date that is not in the calendar, or an end
    before the start, bounds nothing.
    """
    first = days_of(start) if start else None
    last = days_of(end) if end else None
    if (start and first is None) or (end and last is None):
        return NO_BOUNDS
    if first and last and last.last < first.first:
        return NO_BOUNDS
    if last is None and precision != "vague":
        last = first
    return Bounds(first.first if first else None, last.last if last else None)


def _last_of_month(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
