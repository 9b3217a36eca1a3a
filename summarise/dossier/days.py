"""Dates of reduced precision as ranges of days. A day is its proleptic Gregorian ordinal, as in `date.toordinal()`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from summarise import partial_dates

MOST_DAYS_OF_A_VISIT = 21
_MONTHS = 100


class Days(NamedTuple):
    """First and last day, inclusive."""

    first: int
    last: int

    def meets(self, other: Days, slack: int = 0) -> bool:
        """Whether the two have a day in common, or lie at most `slack` days apart."""
        return self.first - slack <= other.last and other.first - slack <= self.last

    def gap(self, other: Days) -> int:
        """Days from the end of the one to the beginning of the other; 0 if they meet."""
        return max(other.first - self.last, self.first - other.last, 0)

    def within(self, other: Days) -> Days | None:
        """What the two have in common."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Days(first, last) if first <= last else None

    @property
    def length(self) -> int:
        """Number of days."""
        return self.last - self.first + 1

    @property
    def is_a_stay(self) -> bool:
        """Short enough to be the days of a visit, and not the time in which it lies."""
        return self.length <= MOST_DAYS_OF_A_VISIT

    @property
    def is_a_season(self) -> bool:
        """A month or a few, but not a year."""
        return self.length <= _MONTHS


def day_of(text: object) -> int | None:
    """The ordinal of `YYYY-MM-DD`; None for anything else."""
    days = days_of(text) if isinstance(text, str) and len(text) == 10 else None
    return days.first if days and days.first == days.last else None


@lru_cache(maxsize=65_536)
def days_of(start: str | None, end: str | None = None) -> Days | None:
    """The days from the first of `start` to the last of `end`; None without a start, and for what is no date.

    An end that lies before the start, or is no date, is passed over.
    """
    begin = _days(start) if start else None
    close = _days(end) if end else None
    if begin is None:
        return None
    return Days(begin.first, close.last) if close and close.last >= begin.first else begin


def _days(text: str) -> Days | None:
    found = partial_dates.days_of(text)
    return Days(found.first.toordinal(), found.last.toordinal()) if found else None


def written(day: int | None) -> str | None:
    """The ordinal as YYYY-MM-DD."""
    return None if day is None else date.fromordinal(day).isoformat()
