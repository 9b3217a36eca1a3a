"""What a reader is told of sentences that speak to the program, or look other than they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from summarise.article import Injection
from summarise.article.injection_kinds import InjectionKind
from summarise.article.numbers import in_words
from summarise.records import Concern

MOST_NAMED: Final = 20
"""Sentences of one kind that get a concern each; what is more is named together."""

_TELLS: Final[Mapping[InjectionKind, str]] = {
    "order": "speaks to the program that reads, not to readers: it is no evidence",
    "speaker": "holds a mark of who speaks in a chat with a model: it is no evidence",
    "mark": "holds a mark of the request to a model (a tag, a sentence number, a header): it is no evidence",
    "reply": "holds a piece of a model's reply: it is no evidence",
    "between": "stands beside what speaks to the program that reads: it is no evidence",
    "repeated": "stands in the text again and again, word for word: it is no evidence",
    "reversed": "holds characters that turn the direction of writing round, so that it looks other than it reads: "
    "it is no evidence",
    "comment": "stands in a comment, which a page does not show: it is no evidence",
    "hidden": "holds characters that cannot be seen, or a comment, which are not read",
    "broken": "has a word with characters in it that cannot be seen; it is read as the word that it looks like",
    "lookalike": "has a word in letters of two alphabets or styles, which only looks like another: it is no evidence",
    "slip": "has a word in letters of two alphabets or styles, which only looks like another: neither that word nor "
    "the name that it stands in is read",
    "doubtful": "has what may be a word to the program that reads, or is said again and again: it counts as evidence",
}
_KINDS: Final[Mapping[InjectionKind, str]] = {
    "reversed": "invisible", "hidden": "invisible", "broken": "invisible", "lookalike": "lookalike",
    "slip": "lookalike",
}  # fmt: skip


def injection_concerns(injections: Sequence[Injection]) -> Iterator[Concern]:
    """A concern for each sentence, with the words that were found; one for all beyond `MOST_NAMED` of a kind."""
    for kind, alike in groupby(sorted(injections, key=lambda found: (found.kind, found.sentence)), lambda f: f.kind):
        found = list(alike)
        for each in found[:MOST_NAMED]:
            yield _concern(kind, f'sentence {each.sentence} {_TELLS[kind]} ("{each.found}")', each.sentence)
        if rest := [each.sentence for each in found[MOST_NAMED:]]:
            yield _concern(kind, f"so it is with sentence {in_words(rest)}, which {_TELLS[kind]}", rest[0])


def _concern(kind: InjectionKind, message: str, sentence: int) -> Concern:
    return Concern(path="", kind=_KINDS.get(kind, "injection"), message=message, sentence=sentence)
