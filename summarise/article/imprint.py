"""What the head and the foot say of the paper: the day it was published, the year of its copyright."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from summarise.article.calendar_words import (
    DATE,
    MONTHS,
    WRITTEN,
    WrittenDate,
    dates_in,
    in_full,
    number_of,
    one_of,
    read_date,
)
from summarise.article.date_line import (
    CLOCK,
    LONGEST_LINE,
    NO_NAME,
    PAPER_WORDS,
    DateLine,
    is_quiet_after,
    lines_with_text,
)

HEAD = 1_500  # characters above a dateline in which the year may stand
FOOT, LINES_OF_FOOT = 2_000, 6  # characters and lines that hold text, from the end
LONGEST_FOOT_LINE = 300

_ITEM = r"(?:article|story|report|piece|column|interview|item|dispatch|text|editorial|commentary|essay)"
_STATED = re.compile(  # all that stands before the date
    rf"\W{{0,3}}(?:(?P<this>(?:an?\s(?:\w{{1,12}}\s)?version\sof\s)?this\s{_ITEM}\s(?:was\s|has\s)?)"
    r"(?:(?:first|originally)\s)?(?:published|posted|appeared|appears|printed(?=\sin\b)|ran|carried)(?:\sin\sprint)?"
    r"|(?:(?:first|originally)\s)?(?:published|posted|appeared)(?:\sin\sprint)?)"
    r"(?P<where>(?:\s(?:in|by|at|on)\s[^.;:!?,]{1,60}?)?(?:,\s[^.;:!?,]{1,40}?)?)"
    r"(?:,?\s(?:on|of|dated|(?:in|on)\sthe)\s|[,:]?\s{1,3}|\s[-–—]\s)\Z",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(r"publish|posted|appear|printed|\bran\b|carried|\A\W{0,3}from\b", re.IGNORECASE)
_FROM = re.compile(
    r"[^\w(]{0,3}from\s(?:our\s)?(?P<paper>[^.;:!?]{3,50}?)(?:,|,?\s(?:of|on|dated))\s{1,3}\Z", re.IGNORECASE
)
_AFTER = re.compile(
    rf"(?:,?\s(?:at\s)?{CLOCK})?(?:[,;(|\s–—-]|\b(?:on|in|under|with|the)\s){{0,6}}"
    r"(?:section|page|p|pp|headline|print|edition|issue|no|number|vol)\b.{0,200}",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(rf",?\s(?:at\s)?{CLOCK}", re.IGNORECASE)
# `Source: ITAR-TASS news agency, Moscow, in Russian 1200 gmt 4 May 96`
_MONITORED = re.compile(
    rf"Source:\s[^\n]{{3,150}}?\s[0-9]{{4}}\s(?i:gmt)\s(?P<date>(?i:{WRITTEN}))(?P<short>\s'?[0-9]{{2}})?\.?"
)
_LOWER_LIST = (
    "a an the of and our newspaper paper page section main print printed edition website site magazine "
    "journal weekly daily by in on at its international online s de la le el der die das"
)
_LOWER = frozenset(_LOWER_LIST.split())
_OTHER_PAPERS = frozenset("official federal register gazette lancet will".split())  # laws and studies are printed there

# A year that belongs to the paper and not to the story: `© 2019`, `Reuters | May 2019`, `Vol. 3, No. 12 (1987)`.
_YEAR_OF_ISSUE = re.compile(
    rf"(?:(?P<month>{one_of(MONTHS)})\.?,?\s|(?P<issue>.{{0,60}}?(?:©|\(c\)|\bcopyright\s(?=[12])"
    r"|\b(?:vol|no|issue)\.?\s?[0-9IVX]).{0,60}?\b))?(?P<year>(?:19|20)[0-9]{2})\b(?(issue).{0,60}|)",
    re.IGNORECASE,
)
# A line of its own: `/1981/`, `The Pacific Review, May 1983`, `Pacific Bulletin, No. 14, 1983`.
_YEAR_ALONE = re.compile(
    rf"[\W_]{{0,4}}(?:(?P<paper>[^\W\d][^,;:.\n]{{2,40}}),\s)?(?:(?:(?P<month>{one_of(MONTHS)})\.?,?\s)"
    r"|(?P<issue>(?:vol|no|nr|issue)\.?\s?[0-9IVXLC]{1,6},?\s(?:no\.?\s?[0-9]{1,5},?\s)?\(?))?"
    r"(?P<year>(?:19|20)[0-9]{2})[\W_]{0,4}",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"[^\w(©]{0,3}(?:©|\(c\)|copyright\b|all\scontent\s©)", re.IGNORECASE)
_FOOT_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PIECES = re.compile(r"\s{0,3}[|•·]\s{0,3}|\s{1,3}[-–—]{1,3}\s{1,3}")


def published_in_foot(text: str) -> DateLine | None:
    """`First published in The Paper on 3 June 1987` as a line of its own near the end; two days leave none."""
    found = [one for start, line in _last_lines(text) if (one := _read(line, start))]
    days = {(one.written.year, one.written.month, one.written.day) if one.written else None for one in found}
    return found[0] if len(days) == 1 else None


def _last_lines(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of the last lines that hold text, the first line of all aside."""
    begin = max(0, len(text) - FOOT)
    begin = begin if not begin else text.find("\n", begin) + 1 or len(text)
    yield from lines_with_text(text, begin)[-LINES_OF_FOOT:]


def _read(line: str, offset: int) -> DateLine | None:
    if len(line) > LONGEST_FOOT_LINE:
        return None
    if monitored := _MONITORED.fullmatch(line):
        return _monitored(line, monitored, offset)
    match = next(dates_in(line), None)
    if match is None or _SAYS_SO.search(line) is None:
        return None
    before, after = line[: match.start()], line[match.end() :]
    stated, paper = _STATED.match(before), _FROM.match(before)
    if not (stated and _is_where(stated["where"])) and not (paper and _is_paper(paper["paper"])):
        return None
    after = after.rstrip().removesuffix(".")
    clock = _CLOCK_AFTER.match(after)
    if not (clock and clock.end() == len(after)) and not _AFTER.fullmatch(after) and not is_quiet_after(after):
        return None
    written = read_date(match)
    if written is None or written.year is None:
        return None
    return DateLine(written, offset + match.start(), offset + match.end(), "published")


def _monitored(line: str, monitored: re.Match[str], offset: int) -> DateLine | None:
    match = DATE.match(line, monitored.start("date"), monitored.end("date"))
    written = read_date(match) if match else None
    if written and written.year is None and monitored["short"]:
        written = replace(written, year=in_full(int(monitored["short"][-2:])))
    if written is None or written.year is None:
        return None
    end = monitored.end("short") if monitored["short"] else monitored.end("date")
    return DateLine(written, offset + monitored.start("date"), offset + end, "published")


def _is_where(where: str) -> bool:
    """` in our newspaper`, ` in The Daily Star`, ` in the print edition`: names and words of the trade."""
    words = [word for part in where.split() if (word := part.strip("(),'’\"“”"))]
    folded = [word.casefold() for word in words]
    return _OTHER_PAPERS.isdisjoint(folded) and all(
        small in _LOWER or (not word[0].islower() and small not in NO_NAME)
        for word, small in zip(words, folded, strict=True)
    )


def _is_paper(name: str) -> bool:
    """`The Times`, `the New York Times`, `Gulf Daily Monitor`, but not `Oslo`."""
    folded = [word.casefold() for word in name.split()]
    return _is_where(name) and len(folded) > 1 and not PAPER_WORDS.isdisjoint(folded)


def year_of_issue(header: str, text: str, written: WrittenDate) -> int | None:
    """The one year that the lines above the dateline, or the last ones below the story, give to the paper.

    The day must exist in it and fit its weekday.
    """
    years = set()
    for line in header[-HEAD:].splitlines():
        pieces = _PIECES.split(line.strip()) if len(line) <= LONGEST_LINE else []
        for found in map(_YEAR_OF_ISSUE.fullmatch, pieces):
            if found and (found["month"] is None or number_of(found["month"], MONTHS) == written.month):
                years.add(int(found["year"]))
        years.update(_year_alone(line.strip(), written))
    for _, line in _last_lines(text):
        if len(line) <= LONGEST_LINE and _COPYRIGHT.match(line):
            years.update(map(int, _FOOT_YEAR.findall(line)))
        years.update(_year_alone(line, written))
    day = written.in_year(years.pop()) if len(years) == 1 else None
    return day.year if day and written.weekday in {None, day.weekday()} else None


def _year_alone(line: str, written: WrittenDate) -> Iterator[int]:
    found = _YEAR_ALONE.fullmatch(line) if len(line) <= LONGEST_LINE else None
    if found is None or (found["paper"] and not _is_paper(found["paper"])):
        return
    if found["paper"] and not (found["month"] or found["issue"]):
        return  # `Book of the Times, 1983`
    if found["month"] is None or number_of(found["month"], MONTHS) == written.month:
        yield int(found["year"])
