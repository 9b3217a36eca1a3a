"""A line of the header that gives the date of publication, in the layouts of papers, agencies and press offices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarise.article.calendar_words import MONTHS, WEEKDAYS, WrittenDate, dates_in, number_of, one_of, read_date

Kind = Literal["published", "plain", "date", "updated"]
HEAD, LINES_OF_HEAD = 1_500, 8  # where a line with the date is looked for: characters and lines that hold text
LONGEST_LINE = 200  # characters of a line that gives the date
MOST_WORDS = 8  # of a name beside the date: a paper, a desk, a reporter

_MONTH_OR_LABEL = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|on|by|at)"
# A zone is written in capitals; a month is none, though `10:14 am MAY 3` looks like one.
_ZONE = (
    rf"(?:(?-i:(?!{_MONTH_OR_LABEL}\b)[A-Z]{{1,5}}\b(?:[+-][0-9:]{{1,5}})?)|[+-][0-9]{{1,2}}:?[0-9]{{2}}"
    r"|(?:[a-z]{2,12}\s)?time\b|eastern\b|uhr\b)"
)
CLOCK = (
    r"(?:[0-9]{1,2}(?:[:.h]|\sh\s)[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?|[0-9]{1,2}(?=\s?[ap]\.?m\b)"
    r"|[0-9]{4}(?=\s?(?:gmt|utc|hrs|hours|z|[ceimp][ds]?t)\b))"
    rf"(?![0-9])(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:hrs|hours)\b)?(?:\s?\(?{_ZONE}\)?)?"
)
PUBLISHED = (
    r"(?:published|posted|опубликовано|publié|veröffentlicht|publicado|pubblicato|发布时间|公開|入力|입력|등록)"
    r"(?:\s(?:on|at|le|am|el|il|em)\b)?"
)
UPDATED = (
    r"(?:(?:last\s)?(?:updated|modified)|обновлено|mis à jour|aktualisiert|actualizado|aggiornato|更新|수정)"
    r"(?:\s(?:on|at|le|am|el|il)\b)?"
)
_ISSUED = (  # in the header alone: in a story other things are issued and released
    r"(?:(?:first|originally|date)\spublished(?:\son)?|(?:publish|publication|published|release|issue)\sdate"
    r"|date\sof\s(?:publication|issue|release)|(?:issued|released)(?:\son)?|(?:for\s)?immediate\srelease"
    r"|(?:(?:issue|edition|number)\s)?dated|(?:issue|edition)\sof"
    r"|(?:press|news|media)\s(?:release|statement|note|communiqu[eé])(?:\s(?:no|nr)\.?\s?[\w/-]{1,12})?(?:\sof)?)"
)
# What can stand directly before a date; the earliest match that reaches the date is the longest.
_LEAD = re.compile(
    rf"(?<!\w)(?:(?:(?P<published>{_ISSUED}|{PUBLISHED})|(?P<updated>{UPDATED})|(?P<date>date|datum|дата))"
    r"\s{0,2}(?:[:：|,]|[-–—]{1,3})?\s{0,3}[([]?)?"
    rf"(?:(?:at\s)?{CLOCK}\s?[,|–—-]?\s{{1,3}})?(?:on\s)?(?:(?P<weekday>{one_of(WEEKDAYS)})\b\.?,?\s{{1,3}})?\Z",
    re.IGNORECASE,
)
TIME_AFTER = re.compile(
    rf"(?:T|\s{{0,2}}[,.|/•·–—-]{{0,2}}\s{{0,2}}(?:(?:{PUBLISHED}|{UPDATED}|at|um|à)[:\s]{{1,2}})?)\(?{CLOCK}\)?",
    re.IGNORECASE,
)
_WEEKDAY_AFTER = re.compile(
    rf",?\s(?:{one_of(WEEKDAYS)})\b\.?(?=\s{{0,3}}(?:,|\Z))", re.IGNORECASE
)  # `May 4, 2012 Friday`
_SEPARATOR = re.compile(r"\s{0,3}[|•·]\s{0,3}|\s{1,3}(?:[-–—]{1,3}|/)\s{1,3}|\s{0,3}[,;]\s{1,3}|\s{0,3}—\s{0,3}")
_ENDS_APART = re.compile(r"(?:\s{0,3}[|•·,;)\]]|\s{0,3}—|\s{1,3}(?:[-–]{1,3}|/))\s{0,3}\Z")
_BEGINS_APART = re.compile(r"\s{0,3}(?:[|•·,;([]|—|[-–]{1,3}(?=\s|\Z)|/(?=\s))\s{0,3}")
_YEAR = re.compile(r"[12][0-9]{3}")
ADVISORY = re.compile(r"^\W{0,5}(?:venue|where|place|location|time|what|who)\s?[:：]", re.IGNORECASE | re.MULTILINE)
_HANGING_LIST = "on in by of from to for since until till before after between and the a at is was set vom am le du el"
_HANGING = frozenset(_HANGING_LIST.split())

_SMALL_WORDS_LIST = (
    "of the and our a an de la le du des del di da do y e et und der die das von van al el bin "
    "special staff reporter reporters correspondent correspondents writer writers editor desk bureau agency agencies "
    "wire wires service services dispatches news min read cycle"
)
_SMALL_WORDS = frozenset(_SMALL_WORDS_LIST.split())
_IN_A_CREDIT = frozenset("in for at with from by via".split())
_BY = frozenset("by from par von por de от".split())
# `Source: Xinhua` and `Compiled from dispatches`, but not `Sources say that he goes`.
_CREDIT = re.compile(
    r"\W{0,3}(?:(?:sources?|editors?|author|reporter|источник|автор|quelle|fuente|fonte|来源|编辑)\s?[:：/]"
    r"|(?:compiled|posted|reporting|reported|edited|written|translated)\s(?:by|from)\b)",
    re.IGNORECASE,
)
_PAPER_WORDS_LIST = (
    "agence agencia agency briefing briefs brief bulletin chronicle courier daily desk diary digest dispatch edition "
    "examiner gazette guardian headlines herald inquirer journal magazine monitor newsletter newspaper news newswire "
    "observer press release review roundup telegraph times today tribune weekly wire"
)
PAPER_WORDS = frozenset(_PAPER_WORDS_LIST.split())
# Words of a headline written like names, `Putin Visits China, May 4, 2024`, and of what has a date of its own.
_NO_NAME_LIST = (
    "to on in at for with as is are was were will be not after before until till by since ahead next set due this "
    "visit visits trip tour talks meet meets meeting summit arrive arrives leave leaves go goes fly flies host "
    "hosts win wins plan plans pay pays hold holds begin begins start starts end ends open opens sign signs signed "
    "say says delayed postponed cancelled scheduled expected invited invites election elections vote votes "
    "referendum deal photo photos image picture file caption archive conference forum games battle treaty accord "
    "agreement speech address war crisis returns return faces calls heads seeks urges warns speaks greets receives "
    "rejects accepts denies joins backs deadline effective born died venue arrival departure timeline chronology "
    "anniversary agreed cup decree flight hotel order pact resolution session tickets"
)
NO_NAME = frozenset(_NO_NAME_LIST.split())
# First words of places that are written in two words: `New Delhi, 4 May 2019` is not told by a reporter, Jane Doe.
_FIRST_OF_TWO_LIST = (
    "abu addis baton buenos cape ciudad costa dar el fort frankfurt great guatemala ho hong ivory kuala la las le los "
    "mexico monte new newport north nur panama phnom ponta port porto puerto punta quezon rio saint salt san santa "
    "santiago santo são south sri st tel the ulan united west east vatican washington"
)
_FIRST_OF_TWO = frozenset(_FIRST_OF_TWO_LIST.split())
_AROUND_A_WORD = "()[]{}<>.,:;：*'’\"“”|/-–—"


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date in a line of the header; `written` is None if it can be read in two ways."""

    written: WrittenDate | None
    start: int
    end: int
    kind: Kind


def lines_with_text(text: str, begin: int = 0) -> list[tuple[int, str]]:
    """The lines that hold text from an offset on, without the white space around them, and where each begins."""
    found: list[tuple[int, str]] = []
    for piece in text[begin:].splitlines(keepends=True):
        if line := piece.strip():
            found.append((begin + piece.index(line), line))
        begin += len(piece)
    return found


def hangs(line: str) -> bool:
    """Whether the next line goes on from this one: `The visit is set for⏎3 June 2019`."""
    return line.rpartition(" ")[2].casefold() in _HANGING


def find_date_line(head: str, most_lines: int) -> DateLine | None:
    """The date of publication among the first lines that hold text: published before updated, the first wins.

    A date that can be read in two ways counts only if there is no other.
    """
    found: list[DateLine] = []
    seen = position = 0
    before = ""
    for piece in head.splitlines(keepends=True):
        line = piece.strip()
        if line:
            if not hangs(before) and (one := read_date_line(line, first=not seen)):
                start = position + piece.index(line)
                found.append(DateLine(one.written, one.start + start, one.end + start, one.kind))
            seen += 1
        before = line
        position += len(piece)
        if seen == most_lines:
            break
    # `Date: 5 June / Venue: Oslo` announces an event.
    if any(one.kind == "date" for one in found) and ADVISORY.search(head):
        found = [one for one in found if one.kind != "date"]
    return min(found, key=lambda one: (one.written is None, one.kind == "updated"), default=None)


def read_date_line(line: str, *, first: bool) -> DateLine | None:
    """The date with its year that a line gives, if nothing but labels, times, names and credits stand beside it.

    `first` says that the line is at the top, where a headline is expected.
    """
    if len(line) > LONGEST_LINE or _YEAR.search(line) is None:
        return None
    best: DateLine | None = None
    end = 0
    for match in dates_in(line):
        one = _read(line, match, end, first=first)
        if one is None:
            return None
        end = one.end
        if best is None or (best.kind == "updated" and one.kind != "updated"):
            best = one
    return best if best and is_quiet_after(line[end:]) else None


def _read(line: str, match: re.Match[str], begin: int, *, first: bool) -> DateLine | None:
    """The date at the match, if what stands between it and `begin` allows; a second date needs a label."""
    before = line[begin : match.start()]
    lead = _LEAD.search(before)
    if lead is None:
        return None
    kind: Kind = "plain"
    for name in ("published", "updated", "date"):
        if lead[name]:
            kind = name
    rest = before[: lead.start()]
    if begin:
        if kind == "plain" or (rest and not is_quiet_after(rest)):
            return None
    elif not _is_quiet_before(rest.strip(), labelled=kind != "plain", first=first):
        return None
    written = read_date(match, number_of(lead["weekday"], WEEKDAYS) if lead["weekday"] else None)
    if written is not None and written.year is None:
        return None
    clock = TIME_AFTER.match(line, match.end())
    if kind != "plain":
        start = begin + lead.start()
    else:
        start = begin + lead.start("weekday") if lead["weekday"] else match.start()
    return DateLine(written, start, clock.end() if clock else match.end(), kind)


def _is_quiet_before(rest: str, *, labelled: bool, first: bool) -> bool:
    if rest in {"", "(", "[", "|", "-", "–", "—", "--"}:
        return True
    apart = _ENDS_APART.search(rest)
    pieces = [piece for piece in _SEPARATOR.split(rest[: apart.start() + 1] if apart else rest) if piece.strip()]
    if apart is None and not (len(pieces) == 1 and _is_credit(rest)):
        return False  # `Putin to visit China on May 4, 2024`
    marked = labelled or "(" in rest or "[" in rest or _is_credit(rest)
    return bool(pieces) and all(is_name(piece, top=first and not marked) for piece in pieces)


def is_quiet_after(rest: str) -> bool:
    """Whether nothing but times, names and credits follows the date."""
    rest = rest.rstrip().lstrip(")]")
    if weekday := _WEEKDAY_AFTER.match(rest):
        rest = rest[weekday.end() :]
    while clock := TIME_AFTER.match(rest):  # each takes two digits or more
        rest = rest[clock.end() :]
    apart = _BEGINS_APART.match(rest)
    if apart is None:
        return not rest.strip() or _is_credit(rest)
    pieces = _SEPARATOR.split(rest[apart.end() :])
    return all(is_name(piece, top=False) for piece in pieces if piece.strip())


def _words(piece: str) -> list[str]:
    return [word for part in re.split(r"[\s:：]", piece) if (word := part.strip(_AROUND_A_WORD))]


def _is_credit(piece: str) -> bool:
    """`By Jane Doe`, `Source: Xinhua`; `By Friday` has been read as a date, `By train to Oslo` is in small letters."""
    if _CREDIT.match(piece):
        return True
    words = _words(piece)
    return len(words) > 1 and words[0].casefold() in _BY and not words[1][0].islower()


def is_name(piece: str, *, top: bool) -> bool:
    """Whether all words are written like names, or credit somebody; at the top they may be a headline instead."""
    words = _words(piece)
    folded = [word.casefold() for word in words]
    if not words:
        return True
    if len(words) > MOST_WORDS or piece.rstrip().endswith(("!", "?")):
        return False
    credit, by = _CREDIT.match(piece) is not None, folded[0] in _BY
    for word, small in zip(words, folded, strict=True):
        if (credit or by) and small in _IN_A_CREDIT:
            continue
        if small in NO_NAME or (word[0].islower() and small not in _SMALL_WORDS and not credit):
            return False
    if credit or by:
        return True
    return not top or not PAPER_WORDS.isdisjoint(folded) or folded[0] == "the" or may_be_place(words)


def may_be_place(words: Sequence[str]) -> bool:
    """Whether words written like a name may be a place alone; `Xi Returns`, `JANE DOE MEETS` and Jane Doe are none."""
    folded = [word.casefold().rstrip(".") for word in words]
    if folded[0] in WEEKDAYS or folded[0] in MONTHS or not NO_NAME.isdisjoint(folded):
        return False
    if len(words) == 1 or folded[0] in _FIRST_OF_TWO or folded[-1].isdecimal():  # `Vol. 3`
        return len(words) <= 4
    return len(words) == 2 and all(word.isupper() for word in words) and not folded[-1].endswith("s")
