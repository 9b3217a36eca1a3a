"""The lines above and at the start of the body: headline, dateline, dates of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarise.article.boilerplate import is_boilerplate_line
from summarise.article.calendar_words import DATE, WRITTEN, WrittenDate, read_date
from summarise.article.sentences import ends_a_sentence

LONGEST_HEADLINE = 200
LINES_SEARCHED = 8  # for a dateline, from the top
DATELINE_HEAD = 160  # characters of a line that can hold one

LEADING_DATE = re.compile(
    r"[\s\ufeff]{0,100}date:?\s{1,3}([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.+Z-]{2,30})?(?![0-9])\s*", re.IGNORECASE
)

_WORD = r"(?![a-z])[^\W\d_]+(?:[.'’-][^\W\d_]+){0,3}\.?"
_PLACE = rf"(?P<place>{_WORD}(?: {_WORD}){{0,3}}(?:, ?{_WORD}(?: {_WORD}){{0,3}}){{0,2}}?)"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,\s{{1,3}}(?P<date>(?i:{WRITTEN})))?\.?(?:"
    r"\s{0,3}/(?P<slash>[^/\n]{2,30})/\.?"
    r"|\s{0,3}[(](?P<paren>[^()\n]{2,40})[)]\s{0,3}(?P<mark>[-–—]{1,3}|:)?"
    r"|\s{1,3}[-–—]{1,3}\s{0,3}(?P<after_dash>РИА Новости|Интерфакс|Sputnik)\."
    r"|\s{1,3}(?P<dash>[-–—]{1,3})(?=\s{1,3}[\"'“‘«]?(?P<first>\w)))"
)
_AGENCIES_LIST = (
    "AA AFP AGENCIES ANI ANSA AP APA BBC BELTA CNA CNN DPA EFE EFE-EPA IANS INTERFAX IRNA KCNA KYODO LUSA NNA PTI "
    "REUTERS RIA SANA SPA TASS UKRINFORM UPI WAFA WAM XINHUA YONHAP ТАСС ИНТЕРФАКС"
)
_AGENCIES = frozenset(_AGENCIES_LIST.split())
_NO_PLACES_LIST = (
    "ANALYSIS ASEAN BREAKING BRICS EDITORIAL EU EXCLUSIVE EXPLAINER FACTBOX G20 G7 IAEA IMF LIVE NATO OPEC OPINION "
    "OSCE PHOTOS SCO TIMELINE UK UN UPDATE US USA VIDEO WATCH WHO"
)
_NO_PLACES = frozenset(_NO_PLACES_LIST.split())


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, agency and day at the head of the body, and the span they take."""

    start: int
    end: int
    place: str
    agency: str | None
    written: WrittenDate | None
    date_text: str | None


def leading_date(text: str) -> re.Match[str] | None:
    """The line that some collections put before an article: ` date 2023-10-03 …`; group 1 is the date."""
    return LEADING_DATE.match(text)


def find_headline(text: str, lines: Sequence[tuple[int, int]], begin: int) -> tuple[int, int] | None:
    """Span of the headline: the first line, if it reads like one.

    It is short, followed by a line break, does not end like a sentence (but may ask or exclaim) and is no dateline.
    `begin` is where the text begins after a leading date.
    """
    for start, end in lines:
        start = max(start, begin)
        line = text[start:end].strip().lstrip("\ufeff")
        if not line or is_boilerplate_line(line):
            continue
        first = text.index(line, start)
        last = first + len(line)
        broken = text[last:end].strip(" \t\xa0") != ""
        if len(line) < LONGEST_HEADLINE and broken and not _closes(line) and dateline_at(text, first, end) is None:
            return first, last
        return None
    return None


def _closes(line: str) -> bool:
    return line.endswith((",", ";", ":", "，", "；", "：")) or (
        ends_a_sentence(line) and not line.rstrip("\"'”’»)]").endswith(("?", "!", "？", "！", "؟"))
    )


def find_dateline(text: str, lines: Sequence[tuple[int, int]], begin: int) -> Dateline | None:
    """The first dateline among the first lines."""
    for start, end in lines[:LINES_SEARCHED]:
        start = max(start, begin)
        line = text[start:end]
        found = dateline_at(text, start + len(line) - len(line.lstrip()), end)
        if found and not is_boilerplate_line(line.strip()):
            return found
    return None


def dateline_at(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that begins at this offset, such as `MOSCOW, October 3. /TASS/.` or `Kyiv, Ukraine –`."""
    if not text[start : start + 1].isupper():
        return None
    match = _DATELINE.match(text, start, min(end, start + DATELINE_HEAD))
    if match is None or not _is_dateline(match):
        return None
    agency = match["slash"] or match["paren"] or match["after_dash"]
    # The groups of a date have the same names here and in the pattern of a date alone.
    date_match = DATE.match(text, match.start("date"), match.end("date")) if match["date"] else None
    return Dateline(
        start=start,
        end=match.end(),
        place=match["place"],
        agency=agency.strip() if agency else None,
        written=read_date(date_match) if date_match else None,
        date_text=match["date"],
    )


def _is_dateline(match: re.Match[str]) -> bool:
    place = match["place"]
    words = place.replace(",", " ").split()
    if not all(word[0].isupper() for word in words) or place in _NO_PLACES:
        return False
    capitals = place.isupper()
    if match["date"] or match["after_dash"]:
        return True
    if match["slash"]:
        return capitals
    if match["paren"]:
        known = match["paren"].split()[0].strip(",/").upper() in _AGENCIES
        return known or (capitals and match["mark"] is not None)
    # A dash alone: `Kim — who …` is no dateline, `Kyiv, Ukraine – The …` is.
    return (capitals or "," in place) and match["first"].isupper()
