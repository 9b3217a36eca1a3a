"""Free text of a reply (the summary, a purpose, a caveat): every name and number in it must come from the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter

from summarise.judge.index import ArticleIndex
from summarise.judge.names import fold
from summarise.judge.places import PlaceMention, compatible, find_places

MAX_SUMMARY_WORDS = 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]['\"”’)\]]*\s+|\n\s*|[“\"(«]\s*)$")
_MONTHS = (
    "january february march april may june july august september october november december".split()
)  # follow from a record's date
_OPENERS = frozenset(
    "a about according after all also although amid an and another any as asked at because before both but by "
    "citing despite due during each earlier either even every few following for former four from further he her "
    "his how if in instead it its last later many meanwhile more most neither new no none not now of officials on "
    "one only other over plans preparations previously reports sanctions separately she similarly since so some "
    "speculation such talks ten than that the their then there these they this those though three through to two "
    "under unlike until upon visit visits we what when where whether which while who with within without".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


class Wording:
    """Compares free text with an article. `dates` and `codes` are those of the records, which text may follow from."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index
        self._words = _Words(index, index.article.text)

    @cached_property
    def _news(self) -> _Words:
        """What stands in the news itself: all of it where there is no boilerplate."""
        article = self._index.article
        page = [sentence for sentence in article.sentences if sentence.boilerplate]
        if not page:
            return self._words
        pieces: list[str] = []
        at = 0
        for sentence in page:
            pieces += (article.text[at : sentence.start], "\n")
            at = sentence.end
        return _Words(self._index, "".join((*pieces, article.text[at:])), whole=False)

    def strangers(
        self, text: str, *, dates: Iterable[str] = (), codes: Iterable[str] = (), news_alone: bool = False
    ) -> list[str]:
        """Names and numbers in `text` that neither stand in the article nor follow from a date or country given.

        With `news_alone` what stands in boilerplate does not count.
        """
        words = self._news if news_alone else self._words
        numbers = [found for found in dict.fromkeys(_NUMBER.findall(text)) if not words.has_number(found)]
        names, places = self._unmet(text, words)
        if not (numbers or names or places):  # as in most replies: then nothing needs to follow from a record
            return []
        days, met = tuple(dates), self._index.codes.union(codes)
        known = {part.lstrip("0") for day in days for part in day.split("-")}
        allowed = _words_of_dates(days)
        strange = [(0, found) for found in numbers if _plain(found).lstrip("0") not in known]
        strange += [(1 + at, word) for at, word in names if word.casefold() not in allowed]
        strange += [
            (1 + place.start, text[place.start : place.end])
            for place in places
            if not any(compatible(code, other) for code in place.codes for other in met)
        ]
        return list(dict.fromkeys(found for _, found in sorted(strange, key=itemgetter(0))))

    def _unmet(self, text: str, known: _Words) -> tuple[list[tuple[int, str]], list[PlaceMention]]:
        """Names that do not stand in the article, with their offsets, and places in states that it does not name."""
        names: list[tuple[int, str]] = []
        unmet: dict[PlaceMention, None] = {}
        words = [match for match in _WORD.finditer(text) if match[0][0].isupper()]
        places = find_places(text, self._index.article.language or "en") if words else []
        reached = 0  # both go from left to right
        for match in words:
            word, at = match[0], match.start()
            within = text[at - 1 : at] == " " and text[at - 2 : at - 1].isalnum()  # as most words are
            if not within and _SENTENCE_START.search(text[max(0, at - 12) : at]) and self._opens(word):
                continue
            while reached < len(places) and places[reached].end <= at:
                reached += 1
            inside = places[reached] if reached < len(places) and places[reached].start <= at else None
            if inside is None:
                if not known.holds(word):
                    names.append((at, word))
            elif self._index.codes.isdisjoint(inside.codes):
                unmet[inside] = None
        return names, list(unmet)

    def _opens(self, word: str) -> bool:
        """Whether a word may have its capital from the beginning of a sentence alone."""
        return self._index.article.language not in (None, "en") or word.casefold() in _OPENERS


class _Words:
    """Names and numbers of a text: of an article, or of its news."""

    def __init__(self, index: ArticleIndex, text: str, *, whole: bool = True) -> None:
        self._text = text
        self._stands = index.holds if whole else index.holds_in_news

    def has_number(self, number: str) -> bool:
        """Whether the number stands in it, however it is written."""
        return _stands_alone(number, self._text) or _plain(number) in self._numbers

    def holds(self, word: str) -> bool:
        """Whether a word stands in it, or each of its parts, in the singular or the plural."""
        if self._stands(word):
            return True
        parts = _WORD.findall(fold(word))
        return all(self._has(part) for part in parts)

    def _has(self, part: str) -> bool:
        forms = (part, part.removesuffix("'s"), part + "s", part.removesuffix("s"))
        return not self._words.isdisjoint(forms)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(fold(self._text)))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(_plain(found) for found in _NUMBER.findall(self._text))


def _stands_alone(number: str, text: str) -> bool:
    """Whether a number surely stands in the text as it is written, as no part of a longer one."""
    at = text.find(number)
    while at >= 0:
        end = at + len(number)
        before, after = text[max(0, at - 1) : at], text[end : end + 2]
        longer = before.isdecimal() or before in (".", ",") or after[:1].isdecimal()
        if not longer and not (after[:1] in (".", ",") and after[1:].isdecimal()):
            return True
        at = text.find(number, end)
    return False


def _plain(number: str) -> str:
    return number.replace(",", "").rstrip(".")


def _words_of_dates(dates: tuple[str, ...]) -> frozenset[str]:
    months = {_MONTHS[int(day[5:7]) - 1] for day in dates if len(day) >= 7}
    return frozenset(months) | (_DAYS if any(len(day) == 10 for day in dates) else frozenset())


def count_words(text: str) -> int:
    """Words between white space; in scripts written without spaces, two characters count as one word."""
    if text.isascii():
        return len(text.split())
    unspaced = sum(1 for sign in text if "\u3040" <= sign <= "\u9fff" or "\u0e00" <= sign <= "\u0e7f")
    return len(text.split()) + unspaced // 2
