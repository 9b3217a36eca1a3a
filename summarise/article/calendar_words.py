"""Names of months and weekdays, and the dates written with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    1: "january jan января янв janvier januar jänner enero gennaio janeiro",
    2: "february feb февраля февр фев février fevrier februar febrero febbraio fevereiro",
    3: "march mar марта мар mars märz marzo março",
    4: "april apr апреля апр avril abril aprile",
    5: "may мая mai mayo maggio maio",
    6: "june jun июня июн juin juni junio giugno junho",
    7: "july jul июля июл juillet juli julio luglio julho",
    8: "august aug августа авг août aout agosto",
    9: "september sept sep сентября сент сен septembre septiembre settembre setembro",
    10: "october oct октября окт octobre oktober octubre ottobre outubro",
    11: "november nov ноября нояб novembre noviembre novembro",
    12: "december dec декабря дек décembre dezember diciembre dicembre dezembro",
}
_WEEKDAYS = {
    0: "monday mon понедельник lundi montag lunes lunedì",
    1: "tuesday tues tue вторник mardi dienstag martes martedì",
    2: "wednesday wed среда среду mercredi mittwoch miércoles mercoledì",
    3: "thursday thurs thur thu четверг jeudi donnerstag jueves giovedì",
    4: "friday fri пятница пятницу vendredi freitag viernes venerdì",
    5: "saturday sat суббота субботу samedi samstag sábado sabato",
    6: "sunday sun воскресенье dimanche sonntag domingo domenica",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
WEEKDAYS = {name: number for number, names in _WEEKDAYS.items() for name in names.split()}
ROMAN_MONTHS = {name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)}
_NAMES = MONTHS.keys() | WEEKDAYS.keys()
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number_of(name: str, names: dict[str, int]) -> int:
    """The number of a month or weekday as it was matched: regardless of case, `ı` and `İ` match an `i`."""
    return names[name.replace("ı", "i").replace("İ", "i").casefold()]


def one_of(names: dict[str, int]) -> str:
    """A pattern of all names, the longest first."""
    return "|".join(sorted(names, key=len, reverse=True))


_MONTH = rf"(?P<{{}}>{one_of(MONTHS)})\b\.?"
_DAY = r"(?P<{}>[0-3]?[0-9])(?![0-9])"
_MONTH_DAY = rf"{_MONTH.format('month_name')}\s{{1,3}}{_DAY.format('month_day')}(?:st|nd|rd|th)?"
_DAY_MONTH = rf"{_DAY.format('day_month')}(?:st|nd|rd|th|er|\.|º)?\s{{1,3}}(?:of\s|de\s)?{_MONTH.format('name_month')}"
_YEAR = r"(?:,?\s{{1,3}}(?:de\s)?(?P<{}>[12][0-9]{{3}})(?![0-9]))?"
_WEEKDAY = rf"(?P<{{}}>{one_of(WEEKDAYS)})\b"

WRITTEN = (
    rf"(?:\b{_WEEKDAY.format('before')}\.?[,\s(]{{1,3}}(?:the\s)?)?\b(?:"
    rf"(?P<month_first>{_MONTH_DAY})(?!\s?[-–][0-9]){_YEAR.format('year_last')}"
    rf"|(?P<day_first>{_DAY_MONTH}){_YEAR.format('last_year')})"
    rf"(?:\s?\({_WEEKDAY.format('after')}\))?"
)
NUMERIC = (
    r"(?<![0-9])(?:(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"
    r"|(?P<cjk_y>[12][0-9]{3})[年년]\s?(?P<cjk_m>[0-9]{1,2})[月월]\s?(?P<cjk_d>[0-9]{1,2})[日일]"
    r"|(?P<dot_d>[0-9]{1,2})\.(?P<dot_m>[0-9]{1,2})\.(?P<dot_y>[12][0-9]{3})"
    rf"|(?P<dash_d>[0-9]{{1,2}})(?P<t>[-/])(?P<dash_m>{one_of(MONTHS)})(?P=t)(?P<dash_y>[12][0-9]{{3}})"
    rf"|(?P<roman_d>[0-9]{{1,2}})(?P<r>[-/.])\s?(?P<roman_m>{one_of(ROMAN_MONTHS)})(?P=r)\s?(?P<roman_y>[12][0-9]{{3}})"
    r"|(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})/(?P<slash_y>[12][0-9]{3}))(?![0-9])"
)
DATE = re.compile(rf"{WRITTEN}|{NUMERIC}", re.IGNORECASE)
_IN_FIGURES = tuple((f"{kind}y", f"{kind}m", f"{kind}d") for kind in ("", "cjk_", "dot_", "dash_", "roman_"))
_MONTHS_OF_ALL_KINDS = MONTHS | ROMAN_MONTHS
_WITH_WEEKDAY = re.compile(WRITTEN, re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_WORD_HERE = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"\b\w+")
_SMALL_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
_WORD = re.compile(r"[^\W_]+")
FIRST_SHORT_YEAR = 40  # in two digits it is of the last century from here on
SEARCHED = 50_000  # characters from the top
AROUND = 40  # characters around a number in which its month and weekday stand


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a text: where, and what it says. The parts need not make a day that exists."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None  # 0 is Monday

    def in_year(self, year: int) -> date | None:
        """The day in that year; None if there is none, such as February 30."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def nearest(self, day: date) -> date | None:
        """The occurrence of month and day that lies closest to the given day."""
        years = range(max(day.year - 1, 1), min(day.year + 1, 9999) + 1)
        candidates = [found for year in years if (found := self.in_year(year))]
        return min(candidates, key=lambda found: abs(found - day), default=None)


def dates_in(text: str) -> Iterator[re.Match[str]]:
    """What `DATE.finditer` finds, and sooner: every date holds a number, and begins at it or with a name before it."""
    position = 0
    for number in _NUMBER.finditer(text):
        start, behind = number.span()
        if start < position:
            continue
        for word in _WORD_BEFORE.finditer(text, max(position, start - AROUND), start):
            name = word[0]
            if (not name.isascii() or name.lower() in _NAMES) and (found := DATE.match(text, word.start())):
                break
        else:
            found = DATE.match(text, start)
        if found:
            yield found
        position = found.end() if found else behind


def date_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """What `DATE.match` finds, and sooner where no date can begin."""
    word = _WORD_HERE.match(text, start, end)
    name = word[0] if word else ""
    if not name or (name.isascii() and not name[0].isdigit() and name.lower() not in _NAMES):
        return None
    return DATE.match(text, start, end)


def in_full(year: int) -> int:
    """A year in two digits as one of the century it is likeliest in: 79 is 1979, 10 is 2010."""
    return year + (1900 if year >= FIRST_SHORT_YEAR else 2000)


def read_date(match: re.Match[str], weekday: int | None = None) -> WrittenDate | None:
    """What a match of `DATE` says; None if it can be read in two ways, such as 03/04/2024.

    `weekday` is one that stands before a date in figures: it can tell which of the two is meant.
    """
    if match["month_first"] or match["day_first"]:
        return read_named(match)
    start, end = match.span()
    for its_year, its_month, its_day in _IN_FIGURES:
        if written := match[its_year]:
            name, day = match[its_month], int(match[its_day])
            month = int(name) if name.isdecimal() else number_of(name, _MONTHS_OF_ALL_KINDS)
            return WrittenDate(start, end, int(written), month, day, weekday)
    one, two, year = int(match["one"]), int(match["two"]), int(match["slash_y"])
    american, european = (WrittenDate(start, end, year, *pair, weekday) for pair in ((one, two), (two, one)))
    if one > 12 or two > 12 or one == two:
        return european if one > 12 else american
    fitting = [each for each in (american, european) if (known := each.in_year(year)) and known.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def read_named(match: re.Match[str]) -> WrittenDate:
    """What a match of a date with a named month says."""
    if match["month_first"]:
        name, day, year = match["month_name"], match["month_day"], match["year_last"]
    else:
        name, day, year = match["name_month"], match["day_month"], match["last_year"]
    weekday = match["before"] or match["after"]
    return WrittenDate(
        match.start(),
        match.end(),
        int(year) if year else None,
        number_of(name, MONTHS),
        int(day),
        number_of(weekday, WEEKDAYS) if weekday else None,
    )


def dates_with_weekday(text: str) -> Iterator[WrittenDate]:
    """Every day and month that the text gives with a weekday and without a year, in order."""
    position = 0
    # Numbers are rare: looking around each is much faster than looking for names everywhere.
    for number in _SMALL_NUMBER.finditer(text, 0, SEARCHED):
        if number.start() < position:
            continue
        begin, end = max(position, number.start() - AROUND), number.end() + AROUND
        words = list(_WORD.finditer(text, begin, end))
        names = {word[0].casefold() for word in words}
        if names.isdisjoint(WEEKDAYS) or names.isdisjoint(MONTHS):
            continue
        for word in words:
            dated = word.start() >= position and (word[0][0].isdigit() or word[0].casefold() in _NAMES)
            match = _WITH_WEEKDAY.match(text, word.start(), end) if dated else None
            found = read_named(match) if match else None
            if found and found.weekday is not None and found.year is None:
                yield found
                position = found.end
