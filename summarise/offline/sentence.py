"""One sentence made ready for the rules: tokens, mentions, and what precedes it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from summarise.judge.dates import find_expressions
from summarise.judge.index import ArticleIndex
from summarise.judge.places import PlaceMention
from summarise.offline.lexicon import PREPOSITIONS, words
from summarise.offline.mentions import MentionReader
from summarise.offline.nouns import Mention
from summarise.offline.tokens import Token, tokens_of

_ROOM = re.compile(" {2,}")
_QUOTES: Final = words('“ " ”')
_SMALL: Final = words("""
    a an the and or but nor of in on at to for by from with over as is vs v after into amid than upon up off out via not
    """)
_NO_HEADLINE_ENDS: Final = words(""". ! ” " , :""")
_SHORT_HEADLINE = 14  # tokens
_FEWEST_LETTERED = 5  # words of letters in a headline whose every word has a capital
_DATED: Final = words("""
    today yesterday tomorrow tonight noon midday midnight morning afternoon evening night nights day days week weeks
    weekend weekends month months year years quarter moment ago fortnight spring summer autumn winter fall soon
    shortly recently lately monday tuesday wednesday thursday friday saturday sunday january february march april
    may may_month june july august september october november december jan feb mar apr jun jul aug sep sept oct nov
    dec christmas easter ramadan century decade decades daily weekly overnight
    """)
_DIGIT: Final = re.compile("[0-9]")
_IN_DATED_WORDS: Final = ("day", "week", "month", "year", "night", "morning", "evening", "noon")
"""In a word with a hyphen: "two-day"."""
_LENGTH: Final = re.compile(r"(?:an? |the )?\w+-(?:day|week|hour|month|year)s?", re.IGNORECASE)
""" "a three-day visit": how long, not when (hard case 9)."""
_FOR_SO_LONG: Final = re.compile(
    r"(?:(?:for|over|during|the|of)\s+)*(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+"
    r"(?:\w+\s+)?(?:day|night|hour|week|month)s?",
    re.IGNORECASE,
)
_THEN_UNTIL: Final = re.compile(r",\s+(?:until|till)\s+", re.IGNORECASE)
_SINCE: Final = re.compile(r"\b(since\s+(?!\d)(?:[\w’'-]+\s+){1,7})\Z", re.IGNORECASE)
"""A date behind "since taking office" is a lower bound (hard case 12)."""
_LINK: Final = re.compile(
    r"[•·|►▪*]\s*(?:Related|Read more|Read also|Also read|See also|More on this)\b", re.IGNORECASE
)
""" "• Related: Choque to fly to Lima?": the headline of another story, in a line of links."""
_BOUND: Final = re.compile(r"\b((?:until|till|through)\s+)\Z", re.IGNORECASE)


class Sentence:
    """A sentence of the news itself with its tokens and mentions."""

    def __init__(self, index: ArticleIndex, number: int, previous: Sentence | None) -> None:
        sentence = index.article.sentences[number - 1]
        self.index = index
        self.number = number
        self.text_of = index.article.text
        self.begin, end = index.article.trimmed(number)
        """Offset of its first character."""
        self.raw = self.text_of[self.begin : end]
        """The sentence without white space around it, as the judge sees it."""
        self.tokens: list[Token] = tokens_of(self.text_of, sentence.start, sentence.end, index.places_in(number))
        self.low = [token.low for token in self.tokens]
        """Its words in small letters, token by token."""
        self.vocabulary = frozenset(self.low)
        """Its words in small letters: a rule whose words are not among them need not be tried."""
        self._previous = previous
        self.plain = not _every_word_capital(self.tokens)
        """Whether capitals tell names apart: not so in a headline in capitals or Title Case."""
        trust_capitals = self.plain or len(self.tokens) < _SHORT_HEADLINE  # "Wong in Delhi for talks" (hard case 63)
        self.mentions: list[Mention] = MentionReader(
            self.tokens, self.vocabulary, trust_capitals=trust_capitals
        ).mentions()
        self.mention_at: dict[int, Mention] = {}
        for mention in self.mentions:
            for at in range(mention.first, mention.last):
                self.mention_at[at] = mention

    @cached_property
    def is_headline(self) -> bool:
        """Whether it is the headline, or a line above the text that is no sentence."""
        article = self.index.article
        headline = article.headline
        if headline is not None and self.raw.startswith(headline[:40]):
            return True
        tokens = self.tokens
        return self.number <= 2 and 0 < len(tokens) <= _SHORT_HEADLINE and tokens[-1].low not in (".", "!")

    @cached_property
    def dates(self) -> list[tuple[int, int]]:
        """Spans of the date expressions, counted from `begin`."""
        raw, found = self.raw, []
        if not self._may_be_dated():
            return []
        for first, last in find_expressions(raw):
            if _LENGTH.fullmatch(raw[first:last]) or _FOR_SO_LONG.fullmatch(raw[first:last]) or self._in_header(first):
                continue
            if (cut := _THEN_UNTIL.search(raw, first, last)) is not None:  # "on April 15, until May 20": two dates
                found.append((first, cut.start()))
                found.append((cut.end(), last))
                continue
            bound = _BOUND.search(raw, max(0, first - 12), first) or _SINCE.search(raw, max(0, first - 70), first)
            found.append((bound.start(1) if bound else first, last))
        return found

    def _may_be_dated(self) -> bool:
        """Whether there is any word or figure that a date could be made of."""
        if not _DATED.isdisjoint(self.vocabulary) or _DIGIT.search(self.raw):
            return True
        low = self.raw.lower()
        return any(word in low for word in _IN_DATED_WORDS)

    def _in_header(self, first: int) -> bool:
        """Whether an expression is the article's own date, in its dateline or before its first word."""
        stated = self.index.article.published_text
        if stated is None:
            return False
        at = self.text_of.find(stated)
        return at <= self.begin + first < at + len(stated)

    def is_dated(self, at: int) -> bool:
        """Whether a token is part of a date expression."""
        start = self.tokens[at].start - self.begin
        return any(first <= start < last for first, last in self.dates)

    def is_inviter(self, mention: Mention) -> bool:
        """Whether someone stands behind "at the invitation of": what follows is told of the guest."""
        before = [token.low for token in self.tokens[max(0, mention.first - 2) : mention.first]]
        return before in (["invitation", "of"], ["invitation", "from"])

    def token_at(self, offset: int) -> int:
        """The first token at or behind an offset that is counted from `begin`."""
        return bisect_left(self.tokens, self.begin + offset, key=_start)

    def date_end(self, at: int) -> int | None:
        """The token behind the date expression that begins at this token; None if none does."""
        if at >= len(self.tokens):
            return None
        start = self.tokens[at].start - self.begin
        for first, last in self.dates:
            if first == start:
                while at < len(self.tokens) and self.tokens[at].start - self.begin < last:
                    at += 1
                return at
        return None

    def speakers_first(self) -> list[Mention]:
        """The mentions, those in quotation marks last: who speaks is not whom the words are about (hard case 62)."""
        if _QUOTES.isdisjoint(self.vocabulary):
            return self.mentions
        quoted: set[int] = set()
        inside = False
        for at, token in enumerate(self.tokens):
            if token.low in _QUOTES:
                inside = token.low != "”" and not inside
            elif inside:
                quoted.add(at)
        return sorted(self.mentions, key=lambda mention: mention.first in quoted)

    def words(self, first: int, last: int) -> str:
        """The text from one token to another (exclusive), as it stands, but for the room where a word was closed up."""
        words = self.text_of[self.tokens[first].start : self.tokens[last - 1].end]
        return _ROOM.sub(" ", words) if "  " in words else words

    def before(self, count: int) -> Iterator[Sentence]:
        """The sentences before this one, nearest first."""
        sentence = self._previous
        while sentence is not None and count > 0:
            yield sentence
            sentence, count = sentence._previous, count - 1

    def place(self, at: int) -> PlaceMention | None:
        """The place at a token that is no part of a person."""
        return self.tokens[at].place if at < len(self.tokens) and at not in self.mention_at else None

    def is_subject(self, mention: Mention) -> bool:
        """Whether a mention can be a subject: no preposition before it, no possessive ending behind it."""
        tokens = self.tokens
        if mention.last < len(tokens) and tokens[mention.last].low in ("'s", "'", "’"):
            return False
        return mention.first == 0 or tokens[mention.first - 1].low not in PREPOSITIONS


def _start(token: Token) -> int:
    return token.start


def read_sentences(index: ArticleIndex) -> list[Sentence]:
    """The sentences of the news itself, in order; boilerplate is left out."""
    found: list[Sentence] = []
    for sentence in index.article.sentences:
        link = _LINK.match(index.article.text, sentence.start)
        if not sentence.boilerplate and link is None and sentence.number not in index.barred:
            found.append(Sentence(index, sentence.number, found[-1] if found else None))
    return found


def _every_word_capital(tokens: Sequence[Token]) -> bool:
    """ "Wong Arrives in Delhi for Talks": a headline in Title Case or in capitals."""
    if not tokens or tokens[-1].low in _NO_HEADLINE_ENDS:
        return False
    letters = 0
    for token in tokens:
        if token.low.isalpha():
            if not (token.cap or token.low in _SMALL):
                return False
            letters += 1
    return letters >= _FEWEST_LETTERED
