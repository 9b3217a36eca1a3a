"""One article made ready to be asked: where names, places and sentences stand. All is found once, when needed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from copy import copy
from datetime import date
from functools import cached_property

from summarise.article import Article
from summarise.article.numbers import in_words
from summarise.judge.dates import Anchor
from summarise.judge.names import FoldedText, find_wording
from summarise.judge.places import PlaceMention, find_places
from summarise.records import Evidence

_TWO_KOREAS = frozenset(("PRK", "KOR"))
_TWO_KOREAS_BY_SIDE = {"North": "PRK", "South": "KOR"}
_SIDE_OF_KOREA = re.compile(r"\b[Tt]he (North|South)\b(?! [A-Z]|-|\s+of\b)")
"""In an article about Korea "the North" is a state; "the North of England" is not."""


class ArticleIndex:
    """Answers questions about one article for the judge."""

    def __init__(self, article: Article) -> None:
        self.article = article.as_trusted()
        """The article with the text that records may rest on: see `summarise.article.injections`."""
        self.original = article
        self.barred = article.barred
        self._shown: frozenset[int] | None = None
        self.english = article.language in (None, "en")
        self._spans: dict[str, tuple[tuple[int, int], ...]] = {}
        self._sentences: dict[str, tuple[int, ...]] = {}
        self._wordings: dict[str, int] = {}
        self._trimmed: dict[int, tuple[int, int]] = {}
        self._texts: dict[int, str] = {}
        self._evidence: dict[int, Evidence] = {}

    def showing(self, numbers: Iterable[int]) -> ArticleIndex:
        """The same index, of which only these sentences can be cited: no other was shown."""
        assert self.folded is not None  # found once for all parts
        assert self.codes is not None
        assert self._place_starts is not None
        part = copy(self)
        part._shown = frozenset(numbers)
        return part

    @cached_property
    def folded(self) -> FoldedText:
        """The text folded for finding names."""
        return FoldedText(self.article.text)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Every mention of a place in the article, in order."""
        found = find_places(self.article.text, self.article.language or "en")
        korean = len([1 for mention in found if mention.codes[0] in _TWO_KOREAS]) if self.english else 0
        if korean and (4 if korean > 1 else 3) * korean >= len(found):
            north_and_south = [
                PlaceMention(match.start(1), match.end(1), (_TWO_KOREAS_BY_SIDE[match[1]],), "country")
                for match in _SIDE_OF_KOREA.finditer(self.article.text)
            ]
            found = sorted([*found, *north_and_south]) if north_and_south else found
        return found

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every state that a place in the article can mean."""
        return frozenset().union(*[mention.codes for mention in self.places])

    @cached_property
    def _place_starts(self) -> list[int]:
        return [mention.start for mention in self.places]

    @cached_property
    def anchor(self) -> Anchor:
        """What relative dates are resolved against: the publication date, or the days it can have been."""
        article = self.article
        known = (article.published,) if article.published else article.possible_published
        return Anchor(tuple(date.fromisoformat(day) for day in known))

    def spans(self, name: str) -> tuple[tuple[int, int], ...]:
        """Where a name stands, spelling variants allowed."""
        found = self._spans.get(name)
        if found is None:
            found = self._spans[name] = tuple(self.folded.find(name)) or self._word_for_word(name)
        return found

    def spans_between(self, name: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where a name begins in this part of the text."""
        found = self.spans(name)
        return found[bisect_left(found, (start,)) : bisect_left(found, (end,))] if found else ()

    def holds(self, text: str) -> bool:
        """Whether the text stands in the article, word for word or as a name in any of its spellings."""
        if not text.strip():
            return False
        if self.folded.is_long:  # then to go through all of it takes longer than to look the words up
            return bool(self.spans(text))
        return self._wording(text) >= 0 or bool(self.spans(text))

    def as_written(self, name: str) -> str | None:
        """A name in the article's own spelling, white space between words aside; None if it stands there in none."""
        text = self.article.text
        if not self.folded.is_long and self._wording(name) >= 0:
            return name
        found = self.spans(name)
        if not found or any(text[start:end] == name for start, end in found):
            return name if found else None
        return " ".join(text[slice(*found[0])].split())

    def holds_in_news(self, text: str) -> bool:
        """Whether the text stands in a sentence of the news itself (no boilerplate)."""
        if not text.strip():
            return False
        at = -1 if self.folded.is_long else self._wording(text)
        return (at >= 0 and self.is_news(at)) or bool(self.sentences_with(text))

    def _word_for_word(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where a longer wording stands exactly; its commas and brackets keep it from being found as a name."""
        start = self._wording(text)
        return () if start < 0 else ((start, start + len(text)),)

    def _wording(self, text: str) -> int:
        at = self._wordings.get(text)
        if at is None:
            at = self._wordings[text] = find_wording(self.article.text, text, self.article.language)
        return at

    def sentences_with(self, name: str) -> tuple[int, ...]:
        """Numbers of the sentences of the news itself (no boilerplate) in which a name begins."""
        found = self._sentences.get(name)
        if found is None:
            sentences, at = self.article.sentences, self.article.sentence_at
            numbers = dict.fromkeys([at(start) for start, _ in self.spans(name)])
            found = tuple([number for number in numbers if not sentences[number - 1].boilerplate])
            self._sentences[name] = found
        return found

    def places_in(self, number: int) -> list[PlaceMention]:
        """The mentions of places that begin in a sentence of the news itself (no boilerplate)."""
        sentence = self.article.sentences[number - 1]
        if sentence.boilerplate:
            return []
        return self.places_between(sentence.start, sentence.end)

    def places_between(self, start: int, end: int) -> list[PlaceMention]:
        """The mentions of places that begin in this part of the text."""
        first = bisect_left(self._place_starts, start)
        return self.places[first : bisect_left(self._place_starts, end, first)]

    def trimmed(self, number: int) -> tuple[int, int]:
        """The span of a sentence without surrounding white space."""
        found = self._trimmed.get(number)
        if found is None:
            found = self._trimmed[number] = self.article.trimmed(number)
        return found

    def text(self, number: int) -> str:
        """A sentence as it stands, without surrounding white space."""
        found = self._texts.get(number)
        if found is None:
            start, end = self.trimmed(number)
            found = self._texts[number] = self.article.text[start:end]
        return found

    def evidence(self, number: int) -> Evidence:
        """The sentence as evidence."""
        found = self._evidence.get(number)
        if found is None:
            start, end = self.trimmed(number)
            found = Evidence(sentence=number, start=start, end=end, text=self.original.text[start:end])
            self._evidence[number] = found
        return found

    def exists(self, number: int) -> bool:
        """Whether the article has a sentence of that number, and it was shown."""
        return 1 <= number <= len(self.article.sentences) if self._shown is None else number in self._shown

    @property
    def citable(self) -> str:
        """The numbers of the sentences that exist, as a complaint names them: `1 to 40`, `1, 20 to 40`."""
        if self._shown is None:
            return f"1 to {len(self.article.sentences)}"
        return in_words(self._shown)

    def is_news(self, offset: int) -> bool:
        """Whether the character at this offset stands in a sentence of the news itself (no boilerplate)."""
        return not self.article.sentences[self.article.sentence_at(offset) - 1].boilerplate

    def near(self, numbers: tuple[int, ...], *, before: int = 1, after: int = 1) -> tuple[int, ...]:
        """The sentences and their neighbours, in order."""
        last = len(self.article.sentences)
        if len(numbers) == 1:
            return tuple(range(max(1, numbers[0] - before), min(last, numbers[0] + after) + 1))
        close = {other for number in numbers for other in range(max(1, number - before), min(last, number + after) + 1)}
        return tuple(sorted(close))
