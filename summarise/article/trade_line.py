"""A date beside the words of the trade: `Transcript of the evening bulletin, 3 May 1983`, `Filed 3 May 1983`.

Such a line is believed only if nothing in the article says more plainly when it was published.
"""

from __future__ import annotations

import re

from summarise.article.calendar_words import WrittenDate, dates_in, read_date
from summarise.article.date_line import (
    CLOCK,
    HEAD,
    LINES_OF_HEAD,
    LONGEST_LINE,
    NO_NAME,
    PAPER_WORDS,
    DateLine,
    lines_with_text,
    may_be_place,
)
from summarise.article.line_dates import dates_in_line

FOOT, LINES_OF_FOOT, LONGEST_CLOSING = 600, 3, 60
SHORTEST_TOLD = 300  # characters of a text whose foot is not its head
MOST_WORDS = 16  # beside the date

# What a paper, a broadcaster or a press office calls its pieces, and what it does with them.
TRADE = PAPER_WORDS | frozenset(
    "admin aired am archived article as blog broadcast bulletin by circular column communique communiqué copyright "
    "correspondent dated diary dispatches editor editorial evening excerpt excerpts feature filed film first gmt "
    "happened headlines interview issue issued live local media midday monitored morning newscast newsreel note online "
    "open originally page paper pm podcast posted print printed programme program publication published radio "
    "readout remarks report reported reporter reporting sent service show special staff state statement "
    "television text tonight transcript transcription translated translation transmitted tv update updated updates "
    "utc version wrap writer".split()
)
LITTLE = frozenset(
    "a an and at by for from good in is it of on our own story that the this to under was with we week were has been "
    "have closed happened s o'clock no nr vol spokesperson spokesman spokeswoman english french spanish arabic "
    "russian".split()
)
_BEFORE = re.compile(
    r"(?:\A\W{0,3}|[,:;|/(•·–—-]\s{0,10}|\b(?:on|of|dated|aired|broadcast|filed|sent|published|posted|issued|issue|"
    r"edition|gmt|utc|from|since|ending|printed|updated|blog|bulletin|transcript|diary|for|text|report|the)\s{1,10}"
    r"|[\]\"”]\s{1,3})(?:the\s)?\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:[,@\s]{{0,3}}(?:at\s)?{CLOCK})?(?:[\s,;.|)\]/–—-]{{0,12}}(?:[\w$£€.’']{{1,16}}+\s?){{0,5}})[.)\]]{{0,3}}",
    re.IGNORECASE,
)
_CLOSING_PLACE = re.compile(r"[(\[]?(?:(?P<place>[^\W\d_][^,.;:()\d]{1,30})(?:,|\s[-–—])\s{1,3})?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# These are dated as what they tell of: `Summit live blog, 3 May 1983`.
_OF_THE_DAY = frozenset("briefing blog bulletin diary live newscast transcript updates".split())
_GATHERINGS = frozenset("conference forum summit talks".split())
_NOT_OF_A_PAPER = (NO_NAME - TRADE - LITTLE) | frozenset(
    "agreed agreement between died elected free following killed pact signed since took treaty war".split()
)


def find_trade_line(text: str, begin: int) -> DateLine | None:
    """The day that the lines of the trade at the top give; two days leave none."""
    found = [one for start, line in _lines(text, begin) if (one := _read(line, start))]
    days = {(one.written.year, one.written.month, one.written.day) for one in found if one.written is not None}
    return found[0] if len(days) == 1 else None


def find_closing_line(text: str) -> DateLine | None:
    """A date alone, or behind a place, as one of the last lines: `KUALA LUMPUR, 20 April 1994` under a communiqué."""
    if len(text) < SHORTEST_TOLD:
        return None  # too short to tell the foot from the head
    begin = text.rfind("\n", 0, max(0, len(text) - FOOT)) + 1
    found = [one for start, line in lines_with_text(text, begin)[1:][-LINES_OF_FOOT:] if (one := _closing(line, start))]
    return found[0] if len(found) == 1 else None


def _closing(line: str, offset: int) -> DateLine | None:
    dates = dates_in_line(line) if len(line) <= LONGEST_CLOSING else []
    if len(dates) != 1 or len(dates[0].days) != 1:
        return None
    start, end, day = dates[0].start, dates[0].end, dates[0].days[0]
    before, after = line[:start], line[end:]
    place = _CLOSING_PLACE.fullmatch(before)
    if place is None or after.strip(" .)]"):
        return None
    words = place["place"].split() if place["place"] else []
    if words and (words[0].casefold() in ("the", "from", "photo") or not may_be_place(words)):
        return None
    written = WrittenDate(offset + start, offset + end, day.year, day.month, day.day, None)
    return DateLine(written, offset + start, offset + end, "plain")


def _lines(text: str, begin: int) -> list[tuple[int, str]]:
    """Offset and text of the first lines that hold text."""
    return lines_with_text(text[: begin + HEAD], begin)[:LINES_OF_HEAD]


def _read(line: str, offset: int) -> DateLine | None:
    dates = list(dates_in(line)) if len(line) <= LONGEST_LINE else []
    if len(dates) != 1:
        return None
    match = dates[0]
    written = read_date(match)
    if written is None or written.year is None or written.in_year(written.year) is None:
        return None
    before, after = line[: match.start()], line[match.end() :]
    words = [word.casefold() for word in _WORD.findall(f"{before} {after}")]
    other = _NOT_OF_A_PAPER if _OF_THE_DAY.isdisjoint(words) else _NOT_OF_A_PAPER - _GATHERINGS
    if len(words) > MOST_WORDS or TRADE.isdisjoint(words) or not other.isdisjoint(words):
        return None
    masthead = not after and not PAPER_WORDS.isdisjoint(words)  # `The Courier Lima Tuesday 3 May 1983`
    if not (_BEFORE.search(before) or masthead) or not _AFTER.fullmatch(after):
        return None
    if not all(_is_of_the_trade(word) for word in _WORD.findall(before)):
        return None
    return DateLine(written, offset + match.start(), offset + match.end(), "plain")


def _is_of_the_trade(word: str) -> bool:
    """Names, words of the trade and small words: any other makes it a sentence about something."""
    small = word.casefold()
    return not word[0].islower() or small in TRADE or small in LITTLE
