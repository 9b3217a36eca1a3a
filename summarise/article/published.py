"""When an article was published, as far as it says so itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Literal

from summarise.article.calendar_words import DATE, WEEKDAY_NAMES, WrittenDate, dates_in, dates_with_weekday, read_date
from summarise.article.date_line import (
    CLOCK,
    HEAD,
    LINES_OF_HEAD,
    PUBLISHED,
    TIME_AFTER,
    UPDATED,
    DateLine,
    find_date_line,
)
from summarise.article.furniture import find_furniture
from summarise.article.header import Dateline
from summarise.article.imprint import published_in_foot, year_of_issue
from summarise.article.trade_line import find_closing_line, find_trade_line
from summarise.errors import ConfigurationError

Basis = Literal["given", "stated", "inferred", "none"]
FIRST_YEAR, LAST_YEAR = 1990, 2050  # of the years a weekday is tried in
MOST_EXPRESSIONS = 50
FOOT = "the foot"
TWO_WAYS = "can be read in two ways, and is not used"
YEARS_AHEAD = 2  # that a story tells of without a word for the future
NEAR = 7  # days by which a story may be older than the paper that prints it

_LABEL = re.compile(
    rf"^[^\S\n]{{0,20}}(?:(?P<published>{PUBLISHED})|(?P<updated>{UPDATED}))\s?[:：|]?\s{{0,3}}(?:{CLOCK},?\s(?:on\s)?)?",
    re.IGNORECASE | re.MULTILINE,
)
# `Published March 3, 2019, the study says …` is a sentence.
_GOES_ON = re.compile(
    r",?[^\S\n]{1,3}(?:the|an?|he|she|it|its|they|his|her|their|is|was|were|has|had|that|this|which|when|as|for|to)\b"
)
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
    stated_in: tuple[tuple[int, int], ...]  # spans of `Published: …` and of the header's line, for they stay whole


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
    """Read the day of publication: argument, leading date, `Published:`, header line, foot, dateline; the first wins.

    If none gives it, a line in the words of the trade does, or the furniture of the page. An update counts only if
    nothing of these but the dateline says more. `latest` bounds the days that a weekday
    allows: nothing was published after it.

    Those that contradict it, a weekday that does not fit and a day that does not exist are warned of.
    """
    warnings: list[str] = []
    statements = [_Statement(given, None, "the argument")] if given else []
    if leading:
        written = next(dates_in(leading[1]), None)
        _state(statements, warnings, written and read_date(written), leading[1], "the leading date")
    begin = leading.end() if leading else 0
    lines = [line for line in (_labelled(text), _header_line(text, begin)) if line]
    foot = published_in_foot(text)
    if foot and any(line.start < foot.end and foot.start < line.end for line in lines):
        foot = None  # read already
    for line in _without_updates(lines, foot):
        what = "the published line" if line is lines[0] and line.kind != "plain" else "the line of its own"
        _state(statements, warnings, line.written, text[line.start : line.end], what)
    if foot:
        _state(statements, warnings, foot.written, text[foot.start : foot.end], FOOT)
    if dateline and dateline.written and dateline.date_text:
        written_date = dateline.written
        if written_date.year is None and not statements:
            written_date = replace(written_date, year=_year_of_paper(text, begin, dateline.start, written_date))
        _state(statements, warnings, written_date, dateline.date_text, "the dateline")
    if not statements and (told := _told_by_the_page(text, begin, dateline)):
        if any(line.written is None and line.start <= told.start < line.end for line in lines):
            warnings = [warning for warning in warnings if TWO_WAYS not in warning]
        lines.append(told)
        _state(statements, warnings, told.written, text[told.start : told.end], "the line of its own")
    spans = tuple((line.start, line.end) for line in [*lines, *([foot] if foot else [])])
    if statements:
        first = statements[0]
        warnings += [
            f"{other.what} says {other.day}, {first.what} {first.day}: the latter is used"
            for other in statements[1:]
            if other.day != first.day
            and not (FOOT in {first.what, other.what} and abs(other.day - first.day).days <= NEAR)
        ]
        basis: Basis = "given" if given else "stated"
        return Publication(first.day.isoformat(), first.text, basis, (), tuple(warnings), spans)
    possible = _possible(text, dateline.written if dateline else None, warnings)
    if latest is not None:
        possible = tuple(day for day in possible if day <= latest.isoformat())
    return Publication(None, None, "inferred" if possible else "none", possible, tuple(warnings), spans)


def _state(
    statements: list[_Statement], warnings: list[str], written: WrittenDate | None, text: str, what: str
) -> None:
    if written is None:
        warnings.append(f"{what} {TWO_WAYS}: {text!r}")
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


def _labelled(text: str) -> DateLine | None:
    """`Published: 21 May 2025, 18:12` wherever it stands, or `Updated:` if nothing says published."""
    updated = None
    for label in _LABEL.finditer(text):
        match = DATE.match(text, label.end())
        if match is None or _GOES_ON.match(text, match.end()):
            continue
        clock = TIME_AFTER.match(text, match.end())
        start = label.start() + len(label[0]) - len(label[0].lstrip())
        end = clock.end() if clock else match.end()
        if label["published"]:
            return DateLine(read_date(match), start, end, "published")
        updated = updated or DateLine(read_date(match), start, end, "updated")
    return updated


def _header_line(text: str, begin: int) -> DateLine | None:
    head = text[begin : begin + HEAD]
    if begin + HEAD < len(text):
        head = head[: head.rfind("\n") + 1]  # half a line could be taken for a whole one
    line = find_date_line(head, LINES_OF_HEAD)
    return replace(line, start=line.start + begin, end=line.end + begin) if line else None


def _without_updates(lines: list[DateLine], foot: DateLine | None) -> list[DateLine]:
    """The lines that say when it was published, each once; the updates if neither they nor the foot do."""
    telling = [line for line in lines if line.kind != "updated"] or ([] if foot else lines)
    if len(telling) == 2 and telling[0].start < telling[1].end and telling[1].start < telling[0].end:
        return telling[:1]
    return telling


def _told_by_the_page(text: str, begin: int, dateline: Dateline | None) -> DateLine | None:
    """What the page says where nobody says `published`; its furniture not if the story knows of much later years."""
    if told := find_trade_line(text, begin) or find_closing_line(text):
        return told
    told = find_furniture(text, begin, dateline.written if dateline else None)
    if told is None or told.written is None or told.written.year is None:
        return None
    return told if _latest_past_year(text[begin:]) <= told.written.year + YEARS_AHEAD else None


def _year_of_paper(text: str, begin: int, dateline: int, written: WrittenDate) -> int | None:
    """The year of the paper, unless the story knows a later one: then it is that of something else."""
    year = year_of_issue(text[begin:dateline], text, written)
    return year if year is None or _latest_past_year(text[dateline:]) <= year else None


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
