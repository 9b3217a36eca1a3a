"""When an article was published, as far as it says so itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Literal

from summarise.article.calendar_words import DATE, WEEKDAY_NAMES, WrittenDate, dates_with_weekday, read_date
from summarise.article.header import Dateline
from summarise.errors import ConfigurationError

Basis = Literal["given", "stated", "inferred", "none"]
FIRST_YEAR, LAST_YEAR = 1990, 2050  # of the years a weekday is tried in
MOST_EXPRESSIONS = 50
LONGEST_DATE = 200  # characters of a line that holds a date alone
HEAD, LINES_OF_HEAD = 1_500, 8  # where a date on a line of its own is looked for: characters and lines

_CLOCK = r"[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\.?\b)?(?:\s?\(?(?:[A-Z]{2,4}|[+-][0-9:]{2,5})\b\)?)?"
_PUBLISHED = (
    r"(?:published|posted|опубликовано|publié|veröffentlicht|publicado|pubblicato|发布时间|公開|入力|입력|등록)"
    r"(?:\s(?:on|at|le|am|el|il|em)\b)?"
)
_UPDATED = (
    r"(?:(?:last\s)?(?:updated|modified)|обновлено|mis à jour|aktualisiert|actualizado|aggiornato|更新|수정)"
    r"(?:\s(?:on|at|le|am|el|il)\b)?"
)
_LABEL = re.compile(
    rf"^[^\S\n]{{0,20}}(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED}))\s?[:：|]?\s{{0,3}}(?:{_CLOCK},?\s(?:on\s)?)?",
    re.IGNORECASE | re.MULTILINE,
)
_TIME_AFTER = re.compile(rf"(?:T|,?\s{{1,2}}(?:at\s|à\s|um\s)?)(?:{_CLOCK})", re.IGNORECASE)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"(?<![0-9.,$€£])(?:19|20)[0-9]{2}(?![0-9%])")
_NOT_PAST = re.compile(
    r"\b(?:by|until|till|through|before|will|would|shall|plans?|planned|scheduled|expected|next|upcoming|future)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Publication:
    """The day of publication and how it is known; see `Article` for the fields."""

    published: str | None
    text: str | None
    basis: Basis
    possible: tuple[str, ...]
    warnings: tuple[str, ...]
    labelled: tuple[int, int] | None  # span of `Published: …`


@dataclass(frozen=True, slots=True)
class _Statement:
    day: date
    text: str | None
    what: str


def given_date(published: str | date | None) -> date | None:
    """The day given by the caller. Raises `ConfigurationError` unless it is a date or `YYYY-MM-DD`."""
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    try:
        if isinstance(published, str) and _ISO_DATE.fullmatch(published):
            return date.fromisoformat(published)
    except ValueError:
        pass  # 2023-02-30: told below, with the rest
    raise ConfigurationError(
        f"published={published!r} is no date",
        hint="Give a datetime.date or a string such as 2023-10-03.",
    )


def publication_of(
    text: str,
    given: date | None,
    leading: re.Match[str] | None,
    dateline: Dateline | None,
    latest: date | None = None,
) -> Publication:
    """Read the day of publication: argument, leading date, `Published:`, a line of its own, dateline; the first wins.

    `latest` bounds the days that a weekday allows: nothing was published after it.

    Those that contradict it, a weekday that does not fit and a day that does not exist are warned of.
    """
    warnings: list[str] = []
    statements = [_Statement(given, None, "the argument")] if given else []
    if leading:
        written = next(DATE.finditer(leading[1]), None)
        _state(statements, warnings, written and read_date(written), leading[1], "the leading date")
    label = _labelled(text)
    if label:
        written_date, expression, _ = label
        _state(statements, warnings, written_date, expression, "the published line")
    if lone := _lone_date(text):
        _state(statements, warnings, lone[0], lone[1], "the line of its own")
    if dateline and dateline.written and dateline.date_text:
        _state(statements, warnings, dateline.written, dateline.date_text, "the dateline")
    span = label[2] if label else None
    if statements:
        first = statements[0]
        warnings += [
            f"{other.what} says {other.day}, {first.what} {first.day}: the latter is used"
            for other in statements[1:]
            if other.day != first.day
        ]
        basis: Basis = "given" if given else "stated"
        return Publication(first.day.isoformat(), first.text, basis, (), tuple(warnings), span)
    possible = _possible(text, dateline.written if dateline else None, warnings)
    if latest is not None:
        possible = tuple(day for day in possible if day <= latest.isoformat())
    return Publication(None, None, "inferred" if possible else "none", possible, tuple(warnings), span)


def _state(
    statements: list[_Statement], warnings: list[str], written: WrittenDate | None, text: str, what: str
) -> None:
    if written is None:
        warnings.append(f"{what} can be read in two ways, and is not used: {text!r}")
        return
    if written.year is not None:
        day = written.in_year(written.year)
    elif written.in_year(2000) and not statements:
        return  # month and day alone: no date of publication
    else:
        day = written.nearest(statements[0].day) if statements else None
    if day is None:
        warnings.append(f"{what} names a day that does not exist: {text!r}")
        return
    if written.weekday is not None and written.weekday != day.weekday():
        warnings.append(f"{what} says {WEEKDAY_NAMES[written.weekday]}, but {day} is a {WEEKDAY_NAMES[day.weekday()]}")
    statements.append(_Statement(day, text, what))


def _labelled(text: str) -> tuple[WrittenDate | None, str, tuple[int, int]] | None:
    """`Published: 21 May 2025, 18:12`, or `Updated:` if nothing says published: the date, its text and its span."""
    updated = None
    for label in _LABEL.finditer(text):
        match = DATE.match(text, label.end())
        if match is None:
            continue
        clock = _TIME_AFTER.match(text, match.end())
        start = label.start() + len(label[0]) - len(label[0].lstrip())
        span = (start, clock.end() if clock else match.end())
        found = (read_date(match), text[slice(*span)], span)
        if label["published"]:
            return found
        updated = updated or found
    return updated


def _lone_date(text: str) -> tuple[WrittenDate, str] | None:
    """A date with its year that is a whole line among the first ones, as press releases have it."""
    for line in text[:HEAD].splitlines()[:LINES_OF_HEAD]:
        if len(line) > LONGEST_DATE:
            continue
        match = DATE.match(line.strip())
        written = read_date(match) if match else None
        if match and written and written.year is not None:
            rest = line.strip()[match.end() :]
            if not rest or _TIME_AFTER.fullmatch(rest):
                return written, line.strip()
    return None


def _possible(text: str, dateline: WrittenDate | None, warnings: list[str]) -> tuple[str, ...]:
    """Days that agree with every weekday the text gives with a day and a month.

    The first such expression is the day, or the dateline if it has one; the others restrict the years, as does the
    latest year that the text mentions as past.
    """
    expressions = list(islice(dates_with_weekday(text), MOST_EXPRESSIONS))
    if not expressions:
        return ()
    first, *others = expressions
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    days = [day for year in years if (day := first.in_year(year)) and day.weekday() == first.weekday]
    for other in others:
        if (other.month, other.day, other.weekday) == (first.month, first.day, first.weekday):
            continue
        agreeing = [day for day in days if (near := other.nearest(day)) and near.weekday() == other.weekday]
        if not agreeing:
            warnings.append(
                f"no year fits both {text[first.start : first.end]!r} and {text[other.start : other.end]!r}"
            )
        days = agreeing or days
    if dateline:
        days = [near for day in days if (near := dateline.nearest(day))]
    latest = _latest_past_year(text)
    days = [day for day in days if day.year >= latest] or days
    return tuple(day.isoformat() for day in days)


def _latest_past_year(text: str) -> int:
    """The latest year that the text names outside of plans; 0 if none."""
    latest = 0
    for match in _YEAR.finditer(text):
        year = int(match[0])
        if year > latest:
            clause = text[max(0, match.start() - 100) : match.start()]
            clause = re.split(r"[.!?\n]", clause)[-1]
            if _NOT_PAST.search(clause) is None:
                latest = year
    return latest
