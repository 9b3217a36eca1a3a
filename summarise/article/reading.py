"""Reading an article: its text, its sentences, and what its header says."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Literal, NamedTuple

from summarise.article.boilerplate import boilerplate_flags
from summarise.article.decoding import decode, name_of
from summarise.article.header import find_dateline, find_headline, leading_date
from summarise.article.injection_kinds import BARRED, WITHHELD, Injection
from summarise.article.injections import find_injections
from summarise.article.language import has_latin_letters, language_of
from summarise.article.published import given_date, publication_of
from summarise.article.sentences import lines_of, sentence_spans

_ANY_AGENCY = frozenset("a an the our state national news wire press agency agencies service".split())


def is_nameless(outlet: str) -> bool:
    """Whether no word of an outlet names it: "Agency", "News Agency"."""
    return _ANY_AGENCY.issuperset(outlet.lower().split())


class Sentence(NamedTuple):
    """A numbered sentence and its span. The spans of all sentences partition the text."""

    number: int
    """Counted from 1."""
    start: int
    end: int
    boilerplate: bool
    """Whether it belongs to the page (advertisement, links, credits) and not to the article."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article's text, never changed, and what is read off it."""

    text: str
    """As it came; only a byte order mark in bytes is no part of it."""
    source: str
    """What messages call it: the path, or `<text>`."""
    sentences: tuple[Sentence, ...]
    headline: str | None
    dateline: str | None
    """Place in the dateline, such as `MOSCOW`."""
    outlet_hint: str | None
    """Agency in the dateline, such as `TASS`."""
    published: str | None
    """`YYYY-MM-DD`, if given or stated."""
    published_text: str | None
    """The expression it was read from, verbatim; None if it was given as an argument."""
    published_basis: Literal["given", "stated", "inferred", "none"]
    """`inferred` if only `possible_published` is known."""
    possible_published: tuple[str, ...]
    """Days `YYYY-MM-DD` from 1990 to 2050 that fit the weekdays in the text, if no date is stated."""
    language: str | None
    """ISO 639-1."""
    encoding: str | None
    """Of the bytes; None if text was given."""
    warnings: tuple[str, ...]
    id: str
    """sha256 of the text in UTF-8, as hexadecimal."""
    head: tuple[int, ...]
    """Numbers of the sentences that hold headline, dateline and day of publication: every part of it needs them."""
    injections: tuple[Injection, ...]
    """Sentences that speak to the program that reads, or look other than they read; they are no evidence."""
    trusted: str = field(repr=False, compare=False)
    """The text with everything blotted out that no record may rest on, of the same length; mostly the text itself."""
    _starts: tuple[int, ...] = field(repr=False, compare=False)

    @property
    def barred(self) -> frozenset[int]:
        """Numbers of the sentences that are no evidence for what they say to the program."""
        return frozenset(found.sentence for found in self.injections if found.kind in BARRED)

    @property
    def withheld(self) -> frozenset[int]:
        """Numbers of the sentences that are not put before a model."""
        return frozenset(found.sentence for found in self.injections if found.kind in WITHHELD)

    def as_trusted(self) -> Article:
        """The same article with the text that records may rest on; itself where that is all of it."""
        return self if self.trusted is self.text else replace(self, text=self.trusted)

    def sentence_text(self, number: int) -> str:
        """The sentence without white space around it. Raises `IndexError` if there is no such number."""
        start, end = self.trimmed(number)
        return self.text[start:end]

    def trimmed(self, number: int) -> tuple[int, int]:
        """Span of the sentence without white space around it. Raises `IndexError` if there is no such number."""
        if number < 1:
            raise IndexError(f"sentences are numbered from 1, not {number}")
        sentence = self.sentences[number - 1]
        piece = self.text[sentence.start : sentence.end]
        start = sentence.start + len(piece) - len(piece.lstrip())
        return start, start + len(piece.strip())

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds the character at this offset. Raises `IndexError` outside the text."""
        if not 0 <= offset < len(self.text):
            raise IndexError(f"offset {offset} is outside the text of {len(self.text)} characters")
        return bisect_right(self._starts, offset)


def read_article(
    source: str | bytes | os.PathLike[str],
    *,
    published: str | date | None = None,
    name: str | None = None,
    max_characters: int = 400_000,
    latest: date | None = None,
) -> Article:
    """Read an article. A `str` is the text itself, a path is a file, `bytes` are a file's content.

    `published` (a date or `YYYY-MM-DD`) wins over what the text states. `name` is what messages call the input.
    `latest` is the last day on which it can have been published, where only a weekday tells the year (default: any).
    Bytes are UTF-8, or UTF-16 or UTF-32 with a byte order mark; another encoding is detected, with a warning.

    Raises `ConfigurationError` for a `published` that is no date; `EmptyArticle`, `BinaryArticle`, `ArticleTooLong`
    and `UnreadableArticle`, each naming the input.
    """
    given = given_date(published)
    name = name_of(source) if name is None else name
    decoded = decode(source, name, max_characters)
    text = decoded.text
    language = language_of(text)
    lines = lines_of(text)
    leading = leading_date(text)
    begin = leading.end() if leading else 0
    headline = find_headline(text, lines, begin)
    dateline = find_dateline(text, lines, begin)
    whole = [(0, headline[1])] if headline else []
    if dateline:
        whole.append((0 if dateline.start == begin else dateline.start, dateline.end))
    publication = publication_of(text, given, leading, dateline, latest)
    whole += publication.stated_in
    spans, warnings = sentence_spans(text, lines, language, whole)
    flags = boilerplate_flags(text, lines, spans, headline)
    injections, trusted = find_injections(text, spans, latin=has_latin_letters(language))
    if trusted is not text:  # what an order says of the day is no date line
        publication = publication_of(
            trusted, given, leading_date(trusted), find_dateline(trusted, lines, begin), latest
        )
    starts = tuple([start for start, _ in spans])
    return Article(
        text=text,
        source=name,
        sentences=tuple(
            [
                Sentence(number, start, end, flag)
                for number, ((start, end), flag) in enumerate(zip(spans, flags, strict=True), start=1)
            ]
        ),
        headline=text[slice(*headline)] if headline else None,
        dateline=dateline.place if dateline else None,
        outlet_hint=dateline.agency if dateline and dateline.agency and not is_nameless(dateline.agency) else None,
        published=publication.published,
        published_text=publication.text,
        published_basis=publication.basis,
        possible_published=publication.possible,
        language=language,
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *publication.warnings, *warnings),
        id=sha256(text.encode()).hexdigest(),
        head=_numbers_of(whole, starts),
        injections=injections,
        trusted=trusted,
        _starts=starts,
    )


def _numbers_of(parts: Sequence[tuple[int, int]], starts: Sequence[int]) -> tuple[int, ...]:
    """Numbers of the sentences in which these parts of the text stand."""
    numbers = {
        number
        for start, end in parts
        for number in range(bisect_right(starts, start), bisect_right(starts, end - 1) + 1)
    }
    return tuple(sorted(numbers))
