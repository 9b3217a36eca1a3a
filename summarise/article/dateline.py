"""The dateline at the start of the body: place, agency and day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarise.article.boilerplate import is_boilerplate_line
from summarise.article.calendar_words import (
    DATE,
    MONTHS,
    NUMERIC,
    WEEKDAYS,
    WRITTEN,
    WrittenDate,
    date_at,
    in_full,
    read_date,
)
from summarise.article.date_line import NO_NAME, PAPER_WORDS, may_be_place
from summarise.article.sentences import ends_a_sentence

LINES_SEARCHED = 8  # for a dateline, from the top
LINES_COMPARED = 300  # with a dateline of a form that lists have
DATELINE_HEAD = 160  # characters of a line that can hold one
SHORTEST_PARAGRAPH = 120  # characters of one that does not end like a sentence

WORD = r"(?![a-z])[^\W\d_]+(?:[.'’-][^\W\d_]+){0,3}\.?"
_WORDS = rf"{WORD}(?:[ /]{WORD}){{0,3}}"  # `MOSCOW/KYIV` too
_PLACE = rf"(?P<place>{_WORDS}(?:, ?{_WORDS}){{0,2}}?)"
_DATELINE = re.compile(
    rf"{_PLACE}(?:[,.]\s{{1,3}}(?P<date>(?i:{WRITTEN}))(?P<short> '?[0-9]{{2}}(?=\s{{1,3}}[-–—(/]))?)?\.?(?:"
    r"\s{0,3}/(?P<slash>[^/\n]{2,30})/(?!\w)\.?"
    r"|\s{0,3}[(](?P<paren>[^()\n]{2,40})[)]\s{0,3}(?P<mark>[-–—]{1,3}|[:_])?"
    r"|\s{1,3}[-–—]{1,3}\s{0,3}(?P<after_dash>РИА Новости|Интерфакс|Sputnik)\."
    r"|(?(date),\s{1,3}(?P<wire>[A-Z][A-Za-z]{1,11})\s{1,3}[-–—]{1,3}(?=\s)|(?!))"  # `Tehran, June 3, IRNA –`
    r"|[ \t\xa0]{0,3}(?P<alone>)(?=[\r\n])"
    r"|\s{1,3}(?P<dash>[-–—]{1,3})(?=\s{1,3}[\"'“‘«]?(?P<first>\w)))"
)
_LINE_END = re.compile(r"[ \t\xa0]{0,3}(?=[\r\n])|\s{1,3}[-–—]{1,3}\s{1,3}(?=\S)")
_AGENCIES_LIST = (
    "AA AAP AFP AGENCIES ANI ANSA ANTARA AP APA BBC BELTA BERNAMA BTA CNA CNN DPA EFE EFE-EPA IANS INTERFAX IRNA "
    "ITAR-TASS JIJI KCNA KUNA KYODO LUSA NNA PTI REUTERS RIA SANA SPA TANJUG TASS UKRINFORM UPI VNA WAFA WAM XINHUA "
    "YONHAP ТАСС ИНТЕРФАКС"
)
_AGENCIES = frozenset(_AGENCIES_LIST.split())
_NO_PLACES_LIST = (
    "ANALYSIS ASEAN BREAKING BRICS EDITORIAL EU EXCLUSIVE EXPLAINER FACTBOX G20 G7 IAEA IMF LIVE NATO OPEC OPINION "
    "OSCE PHOTOS SCO TIMELINE UK UN UPDATE US USA VIDEO WATCH WHO"
)
_NO_PLACES = frozenset(_NO_PLACES_LIST.split())
# The Hague; `THE HINDU` and `THE STAR` are papers.
_AFTER_THE = frozenset("bahamas bronx dalles gambia hague hamptons hebrides maldives pas valley woodlands".split())

_LAST_OF_A_PAPER = frozenset("express mail post standard".split())  # of `BANGKOK POST`; Post Falls is a town
_MARK = r"[-–—]{1,3}"
_NAMES = r"[A-Z][\w.&'’-]{1,20}(?:\s(?:of\s|the\s)?[A-Z][\w.&'’-]{1,20}){0,4}"
_AGENCY_BEFORE = re.compile(
    rf"(?:[(\[](?P<within>[^()\[\]\n]{{2,40}})[)\]]\s{{0,3}}(?:(?:{_MARK}|[|:])\s{{1,3}})?"
    rf"|(?P<name>{_NAMES})(?:\s{{0,3}}\|\s{{1,3}}|(?P<dash>\s{{1,3}}{_MARK}\s{{1,3}})))(?=[^\W\d_])"
)
_DATED = re.compile(
    rf"{_PLACE}(?:(?P<comma>,\s{{1,3}})|[.:|]\s{{1,3}}|\s\|\s{{1,3}}|\s{{1,3}}{_MARK}\s{{1,3}}|(?P<bracket>\s?[(])"
    rf"(?:(?P<inner>{_NAMES}),\s)?|(?P<space>\s))(?P<date>(?i:{WRITTEN}|{NUMERIC}))"
)
_AFTER_DATE = re.compile(
    rf"(?P<closing>\))?[,.]?(?:\s{{0,3}}[(](?P<paren>[^()\n]{{2,40}})[)]\s{{0,3}}(?:{_MARK}|[:_|])?"
    rf"|\s{{0,3}}/(?P<slash>[^/\n]{{2,30}})/\s{{0,3}}(?:{_MARK})?|\s{{1,3}}(?P<wire>{_NAMES})\s{{1,3}}{_MARK}(?=\s)"
    r"|\s?(?P<colon>:)\s{1,3}(?=[\"'“‘«]?[^\W\d_a-z])"
    rf"|\s{{0,3}}(?P<dash>{_MARK}|\|)\s{{0,3}}(?=[\"'“‘«]?[^\W\d_a-z])"
    r"|(?P<stop>(?<=\.)\s{1,3}(?=[\"'“‘«]?[^\W\d_a-z])))"
)
_PLACE_AFTER_DATE = re.compile(
    rf"(?:\s{{0,3}}[(](?P<paren>[^()\n]{{2,40}})[)]|,\s{{1,3}}(?P<place>{_WORDS}))\s{{1,3}}{_MARK}\s{{1,3}}"
    r"(?=[\"'“‘«]?[^\W\d_a-z])"
)
_LABELS_LIST = (  # words before a date that say what it is of
    "adopted announced born by clarification completed corrected correction created date dated day days died edited "
    "editor effective established event events filed founded from held in issued last launched live modified note on "
    "opened photo posted published ratified recorded released report reported revised series since source started "
    "story time transcript until update updated when year"
)
_LABELS = frozenset(_LABELS_LIST.split())


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, agency and day at the head of the body, and the span they take."""

    start: int
    end: int
    place: str | None  # None if a paper or a weekday stands where a place would
    agency: str | None
    written: WrittenDate | None
    date_text: str | None
    loose: bool = False  # a form that lists of events are written in too


def find_dateline(text: str, lines: Sequence[tuple[int, int]], begin: int) -> Dateline | None:
    """The first dateline among the first lines."""
    for start, end in lines[:LINES_SEARCHED]:
        start = max(start, begin)
        line = text[start:end]
        found = dateline_at(text, start + len(line) - len(line.lstrip()), end)
        if found and not is_boilerplate_line(line.strip()):
            if found.loose and _is_listed(text, lines, found):
                return None
            return found
    return None


def _is_listed(text: str, lines: Sequence[tuple[int, int]], found: Dateline) -> bool:
    """Whether other lines begin in the same way with other days: `Geneva, May 4, 2010: …` in a list of summits."""
    assert found.written
    day = (found.written.month, found.written.day, found.written.year)
    for start, end in lines[:LINES_COMPARED]:
        line = text[start : min(end, start + DATELINE_HEAD)]
        at = start + len(line) - len(line.lstrip())
        other = dateline_at(text, at, end) if at > found.end else None
        if other and other.written and (other.written.month, other.written.day, other.written.year) != day:
            return True
    return False


def dateline_at(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that begins at this offset, such as `MOSCOW, October 3. /TASS/.` or `Kyiv, Ukraine –`."""
    first = text[start : start + 1]
    if not (first.isupper() or first.isdecimal() or first in {"(", "["}):
        return None
    for form in (_after_an_agency, _usual, _dated, _date_first):
        if found := form(text, start, end):
            return None if _is_span_of_days(text, found) else found
    return None


def _is_span_of_days(text: str, found: Dateline) -> bool:
    """`PARIS, 4 May 2010 – 6 May 2010`."""
    behind = text[found.end : found.end + 3]
    at = found.end + len(behind) - len(behind.lstrip(" "))
    return (
        text[found.end - 2 : found.end].endswith(("-", "–", "—", "- ", "– ", "— ")) and DATE.match(text, at) is not None
    )


def _after_an_agency(text: str, start: int, end: int) -> Dateline | None:
    """`(Reuters) MOSCOW, Oct 3, 1997 -`, `Xinhua | BEIJING, …`, `AFP - PARIS, …`."""
    match = _AGENCY_BEFORE.match(text, start, min(end, start + DATELINE_HEAD))
    if match is None:
        return None
    name = (match["within"] or match["name"]).strip()
    known = name.split()[0].strip(",/").upper() in _AGENCIES
    if not known and (match["dash"] or not (name.isupper() or _names_a_paper(name))):
        return None
    found = _usual(text, match.end(), end) or _dated(text, match.end(), end)
    if found is None or (not known and (found.written is None or found.written.year is None)):
        return None
    return replace(found, start=start, agency=found.agency or name)


def _dated(text: str, start: int, end: int) -> Dateline | None:
    """A full date behind the place and any mark behind the date: `LONDON: May 4, 2010:`."""
    limit = min(end, start + DATELINE_HEAD)
    match = _DATED.match(text, start, limit)
    date_match = DATE.match(text, match.start("date"), limit) if match else None
    after = _AFTER_DATE.match(text, date_match.end(), limit) if date_match else None
    written = read_date(date_match) if date_match else None
    if match is None or date_match is None or after is None or written is None:
        return None
    place, capitals = match["place"], match["place"].isupper()
    if match["bracket"] and not after["closing"]:
        return None
    if written.year is None and not (capitals and match["comma"] and (after["colon"] or after["dash"])):
        return None
    if (match["space"] or after["stop"]) and not capitals:
        return None
    name = after["paren"] or after["slash"] or after["wire"]
    if name and not _is_agency_name(name):
        return None
    paper = _names_a_paper(place)
    if not (paper or _may_be_dated(place)) or not _is_paragraph(text[start:end], bool(after["paren"])):
        return None
    return Dateline(
        start,
        after.end(),
        None if paper else place,
        (name or match["inner"] or "").strip() or None,
        written,
        date_match[0],
        loose=written.year is not None,
    )


def _date_first(text: str, start: int, end: int) -> Dateline | None:
    """`May 4, 2010 (Reuters) -- …`, `4 May 2010, Moscow – …`."""
    limit = min(end, start + DATELINE_HEAD)
    date_match = date_at(text, start, limit)
    after = _PLACE_AFTER_DATE.match(text, date_match.end(), limit) if date_match else None
    written = read_date(date_match) if date_match else None
    if date_match is None or after is None or written is None or written.year is None:
        return None
    name = after["place"] or after["paren"]
    agency = not after["place"] and (name.split()[0].strip(",/").upper() in _AGENCIES or _names_a_paper(name))
    if not (agency or _may_be_dated(name)) or not _is_paragraph(text[start:end], False):
        return None
    place = None if agency else name
    return Dateline(start, after.end(), place, name if agency else None, written, date_match[0], loose=True)


def _may_be_dated(place: str) -> bool:
    words = [word for word in re.split("[ ,/]+", place) if word]
    folded = {word.casefold().rstrip(".") for word in words}
    if place in _NO_PLACES or not all(word[0].isupper() for word in words):
        return False
    if not folded.isdisjoint(NO_NAME | _LABELS | WEEKDAYS.keys() | (MONTHS.keys() - {"mar"})):
        return False
    return place.isupper() or may_be_place(re.split("[ /]", place.partition(",")[0]))


def _is_agency_name(name: str) -> bool:
    words = [word.strip("().,/") for word in name.split()]
    if any(word[:1].islower() and word not in {"of", "the", "and"} for word in words):
        return words[0].upper() in _AGENCIES  # `(AP and staff)`
    return NO_NAME.isdisjoint(word.casefold() for word in words) and not any(word[:1].isdecimal() for word in words)


def _is_paragraph(line: str, bracketed: bool) -> bool:
    """Whether the line says something; `Geneva, May 4, 2010: Mora meets Haas` is a headline or a caption."""
    line = line.strip()
    return len(line) >= SHORTEST_PARAGRAPH or ends_a_sentence(line) or (bracketed and line.endswith(")"))


def _usual(text: str, start: int, end: int) -> Dateline | None:
    """The forms of the agencies; those with a mark of their own need no date."""
    if not text[start : start + 1].isupper():
        return None
    limit = min(end, start + DATELINE_HEAD)
    match = _DATELINE.match(text, start, limit)
    if match is None or _gives_the_day(match):
        return None
    last = match.end()
    # The groups of a date have the same names here and in the pattern of a date alone.
    date_match = DATE.match(text, match.start("date"), match.end("date")) if match["date"] else None
    if date_match is None and match["paren"]:
        # `Baghdad (GulfWire) -- Thursday, 27 December 2018`, and nothing behind it.
        begin = last + len(text[last:limit]) - len(text[last:limit].lstrip(" \t\xa0"))
        date_match = DATE.match(text, begin, limit)
        closing = _LINE_END.match(text, date_match.end(), limit) if date_match else None
        if closing is None:
            date_match = None
        else:
            last = closing.end()
    written = read_date(date_match) if date_match else None
    date_text = date_match[0] if date_match else None
    if written and match["short"] and written.year is None:
        # `Cairo, 20 Feb 79 --`
        written = replace(written, year=in_full(int(match["short"][-2:])))
        date_text = f"{match['date']}{match['short']}"
    if not _is_dateline(match, written):
        return None
    place = match["place"]
    no_place = _names_a_paper(place) or place.rstrip(".").casefold() in WEEKDAYS
    if no_place and written is None:
        return None
    agency = match["slash"] or match["paren"] or match["after_dash"] or match["wire"]
    return Dateline(
        start=start,
        end=last,
        place=None if no_place else place,
        agency=agency.strip() if agency else None,
        written=written,
        date_text=date_text,
    )


def _gives_the_day(match: re.Match[str]) -> bool:
    """`MOSCOW (May 4, 2010) -` and `MOSCOW - May 4, 2010 -` have the date where others have an agency or the story."""
    if match["date"]:
        return False
    if match["paren"]:
        return DATE.search(match["paren"]) is not None
    return match["dash"] is not None and DATE.match(match.string, match.end() + 1, match.endpos) is not None


def _is_dateline(match: re.Match[str], written: WrittenDate | None) -> bool:
    place = match["place"]
    words = re.split("[ ,/]+", place)
    if not all(word[0].isupper() for word in words) or place in _NO_PLACES:
        return False
    capitals = place.isupper()
    if match["date"] and not capitals and match.string[match.start("date") - 2 : match.start("date")] == ". ":
        return False  # `MOSCOW. Oct 3 (Interfax) -`, but not `It was Kim. May 3 –`
    if match["alone"] is not None:
        town = re.split("[ /]", place.partition(",")[0])
        return written is not None and written.year is not None and may_be_place(town)
    if match["wire"]:
        return match["wire"].upper() in _AGENCIES
    if written is not None or match["date"] or match["after_dash"]:
        return True
    if match["slash"]:
        return capitals
    if match["paren"]:
        known = match["paren"].split()[0].strip(",/").upper() in _AGENCIES
        return known or (capitals and match["mark"] is not None)
    # A dash alone: `Kim — who …` is no dateline, `Kyiv, Ukraine – The …` is.
    return (capitals or "," in place) and match["first"].isupper()


def _names_a_paper(place: str) -> bool:
    """`ASHARQ DAILY NEWS`, `WORLD IN BRIEF`, `THE STAR`, `REUTERS`; but Newport News is a town."""
    words = re.split("[ ,/]+", place.casefold())
    if words[0] == "the" and len(words) > 1 and words[1] not in _AFTER_THE:
        return True
    if place in _AGENCIES or (len(place) > 5 and place.upper() in _AGENCIES):  # Spa and Ani are towns
        return True
    if len(words) > 1 and words[-1] in _LAST_OF_A_PAPER:
        return True
    return not PAPER_WORDS.isdisjoint(words) and words[:2] != ["newport", "news"]
