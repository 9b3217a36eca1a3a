"""Free text of a reply (the summary, a purpose, a caveat): every name and number in it must come from the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from summarise.judge.index import ArticleIndex
from summarise.judge.names import fold
from summarise.judge.places import compatible, find_places

MAX_SUMMARY_WORDS = 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]['\"”’)\]]*\s+|\n\s*|[“\"(«]\s*)$")
_MONTHS = (
    "january february march april may june july august september october november december".split()
)  # follow from a record's date
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


class Wording:
    """Compares free text with an article. `dates` and `codes` are those of the records, which text may follow from."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index

    def strangers(self, text: str, *, dates: Iterable[str] = (), codes: Iterable[str] = ()) -> list[str]:
        """Names and numbers in `text` that neither stand in the article nor follow from a date or country given."""
        dates = tuple(dates)
        return [*self._strange_numbers(text, dates), *self._strange_names(text, dates, tuple(codes))]

    def _strange_numbers(self, text: str, dates: tuple[str, ...]) -> list[str]:
        numbers = dict.fromkeys(_NUMBER.findall(text))
        if not numbers:
            return []
        known = {part.lstrip("0") for day in dates for part in day.split("-")}
        return [
            found
            for found in numbers
            if _plain(found).lstrip("0") not in known and _plain(found) not in self._article_numbers
        ]

    def _strange_names(self, text: str, dates: tuple[str, ...], codes: tuple[str, ...]) -> list[str]:
        names = [match for match in _WORD.finditer(text) if match.group()[0].isupper()]
        if not names:
            return []
        met = self._index.codes.union(codes)
        places = find_places(text, self._index.article.language or "en")
        allowed = _words_of_dates(dates)
        strange: list[str] = []
        for match in names:
            word = match.group()
            if _SENTENCE_START.search(text[max(0, match.start() - 12) : match.start()]):
                continue
            inside = [place for place in places if place.start <= match.start() < place.end]
            if inside:
                if not any(compatible(code, other) for code in inside[0].codes for other in met):
                    strange.append(text[inside[0].start : inside[0].end])
                continue
            if not self._known(word) and word.casefold() not in allowed:
                strange.append(word)
        return list(dict.fromkeys(strange))

    def _known(self, word: str) -> bool:
        if self._index.holds(word):
            return True
        parts = _WORD.findall(fold(word))
        return all(self._has(part) for part in parts)

    def _has(self, part: str) -> bool:
        forms = (part, part.removesuffix("'s"), part + "s", part.removesuffix("s"))
        return not self._article_words.isdisjoint(forms)

    @cached_property
    def _article_words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(fold(self._index.article.text)))

    @cached_property
    def _article_numbers(self) -> frozenset[str]:
        return frozenset(_plain(found) for found in _NUMBER.findall(self._index.article.text))


def _plain(number: str) -> str:
    return number.replace(",", "").rstrip(".")


def _words_of_dates(dates: tuple[str, ...]) -> frozenset[str]:
    months = {_MONTHS[int(day[5:7]) - 1] for day in dates if len(day) >= 7}
    return frozenset(months) | (_DAYS if any(len(day) == 10 for day in dates) else frozenset())


def count_words(text: str) -> int:
    """Words between white space; in scripts written without spaces, two characters count as one word."""
    unspaced = sum(1 for sign in text if "\u3040" <= sign <= "\u9fff" or "\u0e00" <= sign <= "\u0e7f")
    return len(text.split()) + unspaced // 2
