"""The last resort: one full date in a line that is furniture of the page and no sentence.

Mastheads, issue lines, slugs, bars and footers: `Vol. 7 No. 9 — Honiara — Mon. 6/3/89`, `CW-NY-10-30-90 1422EST`,
`— The Morning Post, Tuesday 23 August 1994`. Read only if nothing in the article says its day more plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarise.article.boilerplate import is_block_title
from summarise.article.calendar_words import WEEKDAYS, WrittenDate, one_of
from summarise.article.date_line import (
    ADVISORY,
    CLOCK,
    HEAD,
    LINES_OF_HEAD,
    LONGEST_LINE,
    NO_NAME,
    DateLine,
    hangs,
    is_name,
    lines_with_text,
)
from summarise.article.line_dates import LineDate, dates_in_line
from summarise.article.sentences import ends_a_sentence
from summarise.article.trade_line import LITTLE, TRADE

FOOT, LINES_OF_FOOT = 1_500, 4  # characters and lines that hold text, from the end
SHORTEST_PROSE = 8  # ordinary words
EARLIER, LATER = 40, 2  # days by which a dateline may lie before the day of the paper, or after it

_LABELS_LIST = (
    "posted published publication release issued issue updated upd broadcast aired filed sent dated printed edition "
    "date web corresponding"
)
_LABELS = frozenset(_LABELS_LIST.split())
# What the bars of pages say beside the date; a piece in these words alone tells nothing.
_BAR_LIST = (
    "a add article articles back bookmark by classifieds comment comments contact download e-mail email facebook font "
    "full home image listen mail min mins minutes more our page post pdf print printable read save send share size "
    "story subscribe text this to tweet version views visit words"
)
_BAR = frozenset(_BAR_LIST.split())
_MORE_LITTLE_LIST = (
    "ends final late early city first english service language world home night day no vol p pp pg price preis prix "
    "página edición del de in on at to h ah corresponding gmt utc est edt from reported "
    "nota prensa comunicado boletín le vom pressemitteilung nr summary morning transmission"
)
_SMALL = LITTLE - frozenset("was were has been have happened we week".split()) | frozenset(_MORE_LITTLE_LIST.split())
# Who signs a communiqué or a release.
_OFFICES = frozenset("bureau department directorate division embassy ministry office secretariat unit".split())
_MARKS = frozenset(
    "author circular email from nota prensa preis price prix ref pressemitteilung size source tags vol volume".split()
)
_BEFORE_A_DATE = frozenset("on to of del le den vom am".split())
_LINKING = frozenset("at for in on to under with".split())
# What has a day of its own: events and their places, texts of law, other articles, what the paper is not.
_OTHER_LIST = (
    "accessed accord adopted agenda agreed agreement ahead arrival auditorium ballroom battle birth birthday book "
    "born ceremony compiled concert concluded conference convention correction cup day deadline declaration decree "
    "died done downloaded earlier election embargo embargoed est established event events exhibition expires festival "
    "file final flight forum founded game games gave hall hearing hotel itinerary killed law load match meeting "
    "meetings next obituary palace photo pact picture previous programme reached registered related resolution "
    "retrieved schedule score session signed since summit talks tel telephone text fax timeline treaty tribute until "
    "valid venue vote war what when where who"
)
_OTHER = (NO_NAME | frozenset(_OTHER_LIST.split())) - _SMALL - frozenset(("programme", "text"))

_WEB = re.compile(r"(?:https?://|\bwww\.)\S{3,80}|\b[\w-]{2,40}(?:\.[\w-]{2,40}){1,3}/?(?=\s|\Z)|\S{1,40}@\S{3,60}")
_ISSUE = re.compile(
    r"(?:\b(?:vol(?:ume)?|no|nr|núm|issue|pages?|página|pg)\b\.?\s?[0-9IVXLC][\w,/]{0,8}"
    r"|\bpp?\.?\s?[0-9]{1,3}\b|\b(?:price|preis|prix|precio)\b\s?:?\s?(?:[$£€₦]\s?)?[0-9][\w.,]{0,6}(?:\s[a-z]{1,8}\b)?"
    r"|[$£€₦]\s?[0-9][0-9.,]{0,6}|\b[0-9]{1,4}\s?(?:cents?|kobo|pence|toea|ngwee|sene|words|[cdnpt])\b)",
    re.IGNORECASE,
)
_CLOCK = re.compile(rf"(?<![\w.:/-]){CLOCK}(?:\s[acemp][de][sdt]\b)?(?!\w)", re.IGNORECASE)
_ARTICLE_OF_A_NAME = re.compile(r"\b(?:a[dlnrst]|ath|el|ul)-(?=[A-Z])")  # of `Rabi' al-Thani`
_WEEKDAY = re.compile(rf"\b(?:{one_of(WEEKDAYS)})\b\.?(?:['’]s)?", re.IGNORECASE)
_PIECES = re.compile(r"\s{0,3}[|•·»>;\[\]()]\s{0,3}|\s{0,3}::\s{0,3}|\s{2,}|\s{1,3}[-–—*/]{1,3}\s{1,3}|—|[,.:]\s{1,3}")
_OPENS = re.compile(r"(?:\A[\s(\[—–-]{0,4}|[|•·»>;,.:/*()\[\]—–]\s{0,3}|\s[-–—]{1,3}\s{1,3}|\s{2,}|-)\Z")
_CLOSES = re.compile(r"\A(?:[\s.)\]<]{0,4}\Z|\s{0,3}[|•·»>;,./*()\[\]<—–]|\s{1,3}[-–—:]|\s{2,})")
_APART = re.compile(r"[|•·»>—]|::|\s{3}|\s[-–—*/]{1,2}\s")
_LISTED = re.compile(r"[•*+▪◦●■►▶]|-\s")
# Beside ours: `16 Rabi' al-Thani 1445 H`, `Bhadra 8`, `Juche 82 (1993)`.
_OTHER_CALENDAR = re.compile(r"[0-9]{1,2}\s[^\W\d][\w' -]{2,20}\s1[34][0-9]{2}(?:\sA?\.?H\.?)?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# `Order No. 44` is no number of a paper, and `Note 3:` and `Tickets:` are no labels of one.
_NUMBER_OF = re.compile(r"(?P<what>[^\W\d_]{2,})\.?\s{1,3}(?:no|nr)\b\.?\s?[0-9]", re.IGNORECASE)
_ROMAN = re.compile("[IVXLC]+")
_LABEL = re.compile(r"\W{0,3}(?P<what>[^\W\d_][\w' ]{0,30}):\s")
_SLUG = re.compile(r"[A-Z]{1,8}[0-9 ]{0,12}|[a-z]{2,3}/[a-z]{2,3}|upi")
_NUMBERED = frozenset("article law model section tel version".split())


@dataclass(frozen=True, slots=True)
class _Line:
    number: int  # among the lines that hold text
    start: int
    text: str


def find_furniture(text: str, begin: int, dateline: WrittenDate | None) -> DateLine | None:
    """The day that the furniture of the head gives, or else that of the foot; two days leave none.

    A date that can be read in two ways counts if the other lines, or the day of the dateline, decide between them.
    """
    if ADVISORY.search(text, begin, begin + HEAD):
        return None
    head = [(line, one) for line in _lines_of_head(text, begin) if (one := _read(line, foot=False))]
    if head:
        return _decided(head, dateline)
    closing = list(_lines_of_foot(text, begin))
    foot = [(line, one) for line in closing if (one := _read(line, foot=True))]
    told = {day for _, one in foot for day in one.days}
    # Below a story stand other stories too, each with its day.
    if any(told.isdisjoint(one.days) for line in closing for one in dates_in_line(line.text) if one.days):
        return None
    return _decided(foot, dateline)


def _decided(found: Sequence[tuple[_Line, LineDate]], dateline: WrittenDate | None) -> DateLine | None:
    plain = {one.days[0] for _, one in found if len(one.days) == 1}
    if len(plain) > 1:
        return None
    for line, one in sorted(found, key=lambda each: len(each[1].days)):
        days = [day for day in one.days if day in plain or not plain]
        days = [day for day in days if dateline is None or _is_near(day, dateline)]
        if len(days) == 1:
            start, end = line.start + one.start, line.start + one.end
            written = WrittenDate(start, end, days[0].year, days[0].month, days[0].day, None)
            return DateLine(written, start, end, "plain")
    return None


def _is_near(day: date, dateline: WrittenDate) -> bool:
    """Whether a paper of this day can print a story of that dateline."""
    told = dateline.nearest(day)
    return told is not None and -LATER <= (day - told).days <= EARLIER


def _lines_of_head(text: str, begin: int) -> Iterator[_Line]:
    """The lines above the story; what stands below `Related` is of other stories."""
    before = ""
    lines = lines_with_text(text[: begin + HEAD], begin)[:LINES_OF_HEAD]
    for number, (start, line) in enumerate(lines):
        if _is_prose(line) or is_block_title(line):
            return
        goes_on = number + 1 < len(lines) and lines[number + 1][1][0].islower()  # a story in short lines
        if not hangs(before) and not goes_on:
            yield _Line(number, start, line)
        before = line


def _lines_of_foot(text: str, begin: int) -> Iterator[_Line]:
    """The last lines below a story, unless they are links to others."""
    first = text.rfind("\n", begin, max(begin, len(text) - FOOT)) + 1 or begin
    lines = lines_with_text(text, first)
    for number, (start, line) in list(enumerate(lines))[-LINES_OF_FOOT:]:
        before = [line for _, line in lines[:number]]
        if any(map(_is_prose, before)) and not any(map(is_block_title, before[-LINES_OF_FOOT:])):
            yield _Line(number, start, line)


def _is_prose(line: str) -> bool:
    return len(line) > LONGEST_LINE or (ends_a_sentence(line) and len(re.findall(r"\b[a-z]+", line)) >= SHORTEST_PROSE)


def _read(found: _Line, *, foot: bool) -> LineDate | None:
    """The one date of the line, if all that stands beside it is furniture."""
    line = found.text
    if len(line) > LONGEST_LINE or _LISTED.match(line) or not any(map(str.isdigit, line)):
        return None
    dates = dates_in_line(line)
    if len(dates) != 1 or not dates[0].days:
        return None
    one = dates[0]
    before, after = line[: one.start], line[one.end :]
    if _is_of_something_else(before):
        return None
    signals = _signals(before, line[one.start : one.end], after)
    before, after = _bare(before), _bare(after)
    if not _stands_apart(before, line[one.start : one.end], after):
        return None
    pieces = [piece for side in (before, after) for piece in _PIECES.split(side) if _WORD.search(piece)]
    headline = (foot or found.number == 0) and "issue" not in signals
    if not all(_is_furniture(piece, headline=headline) for piece in pieces):
        return None
    if not pieces and not foot:
        return one
    return one if signals or (not foot and _APART.search(line)) else None


def _is_of_something_else(before: str) -> bool:
    named = [found["what"] for found in _NUMBER_OF.finditer(before) if not _ROMAN.fullmatch(found["what"])]
    if label := _LABEL.match(before):
        named.append(label["what"])
    ours = TRADE | _LABELS | _OFFICES | _MARKS
    return any(ours.isdisjoint(what.casefold().split()) for what in named)


def _signals(before: str, written: str, after: str) -> set[str]:
    """What no story and no headline has beside a date."""
    found = set()
    if any(map(_WEEKDAY.search, (before, written, after))):
        found.add("weekday")
    if _CLOCK.search(before) or _CLOCK.search(after):
        found.add("clock")
    if _ISSUE.search(before) or _ISSUE.search(after):
        found.add("issue")
    if _WEB.search(before) or _WEB.search(after):
        found.add("web")
    words = [word.casefold() for word in _WORD.findall(_bare(before))]
    if len(words) > 1 and words[-1] in {"le", "den", "vom"}:
        found.add("label")  # `Nouakchott, le 3 mai 1983`
    elif words and words[-1] in _BEFORE_A_DATE:
        words.pop()
    if words and words[-1] in _LABELS:
        found.add("label")
    if _SLUG.fullmatch(before.strip()) or (before.isupper() and before.endswith(" ") and " " not in written):
        found.add("slug")
    if (
        before[:1] in {"(", "["}
        and after[-1:] in {")", "]"}
        and not TRADE.isdisjoint(map(str.casefold, _WORD.findall(before + after)))
    ):
        found.add("credit")  # `(The Lantern, Lima, 3 May 1983)`
    return found


def _bare(side: str) -> str:
    for pattern in (_WEB, _CLOCK, _ISSUE, _WEEKDAY):
        side = pattern.sub(" | ", side)
    return _ARTICLE_OF_A_NAME.sub("", side)


def _stands_apart(before: str, written: str, after: str) -> bool:
    """Whether marks stand around the date, a label before it, or a slug or names before figures: `LIMA 3.5.83`."""
    if _CLOSES.match(after) is None:
        return False
    words = _WORD.findall(before)
    if _OPENS.search(before) or _SLUG.fullmatch(before.strip()):
        return True
    if not words or words[-1].casefold() in _LABELS | _BEFORE_A_DATE:
        return bool(words)
    names = {word.casefold() for word in words}
    figures = not any(map(str.isspace, written)) and names.isdisjoint(_NUMBERED)
    return figures and (before.isupper() or not names.isdisjoint(TRADE))


def _is_furniture(piece: str, *, headline: bool) -> bool:
    """Names, words of the trade, or what the bars of pages say; an ordinary word in small letters tells a story.

    `headline` says that names alone may be one.
    """
    words = _WORD.findall(piece)
    folded = {word.casefold() for word in words}
    if folded <= _BAR or _OTHER_CALENDAR.fullmatch(piece.strip()) or _SLUG.fullmatch(piece.strip()):
        return True
    if not folded.isdisjoint(_OTHER):
        return False
    trade = not folded.isdisjoint(TRADE | _LABELS | _OFFICES)
    if trade or folded <= _SMALL:
        known = TRADE | _LABELS | _SMALL
        return all(not word[0].islower() or word.casefold() in known for word in words) and (
            trade or folded.isdisjoint(_LINKING)
        )
    return is_name(piece, top=headline)
