"""What the rules ask again and again of one sentence, found once: its words, subjects, commas, clause openers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final

from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import BE, FORMS

_CLAUSE_OPENERS: Final = words('that “ " ; : said says told announced announces confirmed added reported stated')
_CONFIRMING: Final = words("confirm confirmed confirming")
_NOT: Final = words("not neither never without")


class Clauses:
    """One sentence; each answer takes no longer the more often it is asked for."""

    def __init__(self, s: Sentence) -> None:
        self.sentence = s

    @cached_property
    def words(self) -> frozenset[str]:
        """All its words in small letters: a rule whose words are not among them need not look."""
        return frozenset([token.low for token in self.sentence.tokens])

    @cached_property
    def subjects(self) -> list[Mention]:
        """The mentions that can be a subject, from left to right."""
        return [mention for mention in self.sentence.mentions if self.sentence.is_subject(mention)]

    def subject_from(self, at: int) -> Mention | None:
        """The first of them that begins at this token or later."""
        place = bisect_left(self.subjects, at, key=_first)
        return self.subjects[place] if place < len(self.subjects) else None

    def subject_until(self, at: int) -> Mention | None:
        """The last of them that ends before this token."""
        place = bisect_right(self.subjects, at, key=_last)
        return self.subjects[place - 1] if place else None

    @cached_property
    def _openers(self) -> list[int]:
        return [at for at, token in enumerate(self.sentence.tokens) if token.low in _CLAUSE_OPENERS]

    def opener_before(self, at: int) -> int:
        """Where the clause begins that this token stands in: at "that", a quotation mark, a verb of saying."""
        place = bisect_left(self._openers, at)
        return self._openers[place - 1] if place else 0

    @cached_property
    def _commas(self) -> list[int]:
        return [at for at, token in enumerate(self.sentence.tokens) if token.low == ","]

    def comma_from(self, at: int) -> int | None:
        """The first comma at this token or later."""
        place = bisect_left(self._commas, at)
        return self._commas[place] if place < len(self._commas) else None

    @cached_property
    def first_verb(self) -> int:
        """Where the first verb stands that the rules know; behind the sentence if there is none."""
        tokens = self.sentence.tokens
        return next((at for at, token in enumerate(tokens) if token.low in FORMS or token.low in BE), len(tokens))

    @cached_property
    def unconfirmed_from(self) -> int:
        """Where "had not confirmed that" stands, which leaves all behind it in doubt; else behind the sentence."""
        tokens = self.sentence.tokens
        if not _CONFIRMING.isdisjoint(self.words):
            for at, token in enumerate(tokens):
                if token.low in _CONFIRMING and any(each.low in _NOT for each in tokens[max(0, at - 4) : at]):
                    return at
        return len(tokens)


def _first(mention: Mention) -> int:
    return mention.first


def _last(mention: Mention) -> int:
    return mention.last
