"""The lines above the body: the date of a collection and the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.article.boilerplate import is_boilerplate_line
from summarise.article.date_line import read_date_line
from summarise.article.dateline import DATELINE_HEAD, WORD, dateline_at
from summarise.article.dateline import Dateline as Dateline
from summarise.article.dateline import find_dateline as find_dateline
from summarise.article.sentences import ends_a_sentence

LONGEST_HEADLINE = 200

LEADING_DATE = re.compile(
    r"[\s\ufeff]{0,100}date:?\s{1,3}([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.+Z-]{2,30})?(?![0-9])\s*", re.IGNORECASE
)
_PLACES_ALONE = re.compile(rf"(?=[^a-z]{{1,{DATELINE_HEAD}}}\Z){WORD}(?:/{WORD}){{1,5}}")


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
        if read_date_line(line, first=True) or _PLACES_ALONE.fullmatch(line):
            continue
        broken = text[last:end].strip(" \t\xa0") != ""
        if len(line) < LONGEST_HEADLINE and broken and not _closes(line) and dateline_at(text, first, end) is None:
            return first, last
        return None
    return None


def _closes(line: str) -> bool:
    return line.endswith((",", ";", ":", "，", "；", "：")) or (
        ends_a_sentence(line) and not line.rstrip("\"'”’»)]").endswith(("?", "!", "？", "！", "؟"))
    )
