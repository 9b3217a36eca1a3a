"""The full dates of one line, with years in two digits too: `29.4.94`, `Mon. 6/3/89`, `CW-NY-10-30-90 1422EST`.

Running text has too many figures for this; it is meant for lines that are known to be short and no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from summarise.article.calendar_words import (
    MONTHS,
    ROMAN_MONTHS,
    WEEKDAYS,
    WrittenDate,
    dates_in,
    in_full,
    number_of,
    one_of,
    read_date,
)

FIRST_YEAR, LAST_YEAR = 1900, 2049  # what lies outside is of another calendar, or no year
_CLOSES = r"(?=\W{0,4}(?:\Z|[|•·,;()<\]/–—-]|[0-2]?[0-9][:.][0-5][0-9]|[0-2][0-9][0-5][0-9](?:\b|Z)))"
_MONTH = rf"(?P<month>{one_of(MONTHS)})"
# `3 May 83`, `03MAY83`, `3-May-83`, `3 May '83`; `May 3, 25 cents` has no year.
_DAY_FIRST = re.compile(
    rf"(?<![\w.:/-])(?P<day>[0-3]?[0-9])[\s/-]?{_MONTH}\.?[\s/-]?'?(?P<year>(?:[12][0-9])?[0-9]{{2}})(?!\w){_CLOSES}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\.?\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,?\s['’](?P<year>[0-9]{{2}})(?!\w)", re.IGNORECASE
)
# `AFP 071430 GMT JUN 85`: the day, the hour and the minute in one.
_DAY_AND_TIME = re.compile(
    rf"(?<!\w)(?P<day>[0-3][0-9])[0-2][0-9][0-5][0-9]\s?(?:GMT|UTC|Z)\s{_MONTH}\.?\s'?(?P<year>(?:[12][0-9])?[0-9]{{2}})\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    rf"(?<![\w.:/-])(?P<day>[0-3]?[0-9])(?P<r>[-/.])(?P<month>{one_of(ROMAN_MONTHS)})(?P=r)(?P<year>[0-9]{{2}})(?![\w/-])",
    re.IGNORECASE,
)
_NAMED = (_DAY_FIRST, _MONTH_FIRST, _DAY_AND_TIME, _ROMAN)
_FIGURES = re.compile(
    r"(?<![\w.:/-])(?P<one>[0-9]{1,2})(?P<s>[./-])(?P<two>[0-9]{1,2})(?P=s)'?(?P<year>(?:[12][0-9])?[0-9]{2})"
    r"(?![\w/-]|\.[0-9])"
)
# American agencies close with month, day and year, and a time in their own zone.
_SLUG = re.compile(
    r"(?:(?<!\w)[A-Z]{2,8}(?:-[A-Z]{2,4})?-|\bupi\s)(?P<one>[0-9]{2})-(?P<two>[0-9]{2})-(?P<year>[0-9]{2})"
    r"(?=\s{1,3}[0-9]{2}:?[0-9]{2}\s?[a-z]{1,3}\b)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?:{one_of(WEEKDAYS)})\b", re.IGNORECASE)
# `3-5 June 2019` and `until 5 June 2019`, but `No. 14 - 5 June 2019` and `corresponding to 5 June 2019`.
_GOES_ON = re.compile(
    r"(?:(?<![0-9:.])(?<!no\.\s)(?<!vol\.\s)(?<!nr\.\s)[0-9]{1,2}\s?(?:[-–—/]|and|to)\s?"
    r"|(?<!corresponding\s)\b(?:to|until|till|through)\s{1,3})\Z",
    re.IGNORECASE,
)
# Zones of countries that write the day before the month.
_DAY_BEFORE_MONTH = re.compile(
    r"\A[\s,–-]{1,4}[0-2]?[0-9][:.][0-5][0-9](?::[0-9]{2})?\s?(?:[ap]m\s)?"
    r"(?:[CEW]AT|SAST|CES?T|EES?T|BST|IST|PKT|NPT|MYT|WIB|AE[SD]T|NZ[SD]T|MSK)\b"
)


@dataclass(frozen=True, slots=True)
class LineDate:
    """A date in a line and the days it can mean: one, two if day and month can change places, none if it is no day."""

    start: int
    end: int
    days: tuple[date, ...]


def dates_in_line(line: str) -> list[LineDate]:
    """All dates of the line. A day and month without a year, and a span of days, mean no day."""
    weekdays = {number_of(word, WEEKDAYS) for word in _WEEKDAY.findall(line)}
    found: list[LineDate] = []
    for one in sorted(_all(line), key=lambda each: (not each.days, each.start, -each.end)):
        if any(one.start < other.end and other.start < one.end for other in found):
            continue
        days = tuple(day for day in one.days if not weekdays or day.weekday() in weekdays)
        spans = _GOES_ON.search(line, max(0, one.start - 24), one.start) is not None
        found.append(replace(one, days=() if spans or len(weekdays) > 1 else days))
    return found


def _all(line: str) -> Iterator[LineDate]:
    for pattern in _NAMED:
        for match in pattern.finditer(line):
            month = number_of(match["month"], MONTHS | ROMAN_MONTHS)
            yield LineDate(*match.span(), _days((_year(match["year"]), month, int(match["day"]))))
    for match in _SLUG.finditer(line):
        day = (_year(match["year"]), int(match["one"]), int(match["two"]))
        yield LineDate(match.start("one"), match.end(), _days(day))
    for match in _FIGURES.finditer(line):
        yield _in_figures(line, match)
    for match in dates_in(line):
        written = read_date(match)
        if written is not None and _is_ours(written):
            yield LineDate(*match.span(), _days((written.year, written.month, written.day)) if written.year else ())


def _is_ours(written: WrittenDate) -> bool:
    """Whether it is of our calendar, for `1362/3/13` is not."""
    return written.year is None or FIRST_YEAR <= written.year <= LAST_YEAR


def _in_figures(line: str, match: re.Match[str]) -> LineDate:
    one, two, year = int(match["one"]), int(match["two"]), _year(match["year"])
    readings = [(year, two, one)]
    if match["s"] != "." and not _DAY_BEFORE_MONTH.match(line[match.end() :]):
        readings.append((year, one, two))
    return LineDate(*match.span(), _days(*readings))


def _year(digits: str) -> int:
    return in_full(int(digits)) if len(digits) == 2 else int(digits)


def _days(*readings: tuple[int, int, int]) -> tuple[date, ...]:
    """The days that exist, each once."""
    found: list[date] = []
    for year, month, day in readings:
        try:
            one = date(year, month, day)
        except ValueError:
            continue
        if FIRST_YEAR <= year <= LAST_YEAR and one not in found:
            found.append(one)
    return tuple(found)
