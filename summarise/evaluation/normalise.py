"""When two names or expressions are the same: people, bodies, places, titles. No measure of distance is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from summarise.evaluation.assignment import assign
from summarise.judge.names import fold, split_words
from summarise.judge.namesakes import merge
from summarise.judge.people import letters_of, same_person
from summarise.judge.titles import strip_titles
from summarise.records import PartyKind

_STOP_WORDS = frozenset("a an the of and from in to for at on by s".split())
Item = TypeVar("Item")


class PartyLike(Protocol):
    """A party of the gold or of a summary."""

    @property
    def name(self) -> str:
        """As the article writes it."""

    @property
    def kind(self) -> PartyKind | None:
        """None if it may be any: an accepted alternative is but a name."""

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3."""


def same_text(one: str, other: str) -> bool:
    """Whether two expressions are equal but for case, diacritics, hyphens, punctuation and a leading `the`."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return letters_of(text) or "".join(fold(text).split())  # scripts without words have no letters of their own


def shares_words(one: str, other: str) -> bool:
    """Whether all words of one expression that carry meaning stand in the other."""
    a, b = _words(one), _words(other)
    return bool(a and b) and (a <= b or b <= a)


def _words(text: str) -> frozenset[str]:
    return frozenset(split_words(text)) - _STOP_WORDS


class People:
    """Who is who in one article: tells whether a surname standing alone can mean only one of its people."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted(set(names))
        self._people = [[known[at] for at in group] for group in merge(known, lambda _one, _other: True)]

    def same_person(self, one: str, other: str) -> bool:
        """Whether two names are one person's: equal, or alike by `judge.people.same_person`.

        A single word is a person only if nobody else in the article can be meant by it.
        """
        if _plain(strip_titles(one)) == _plain(strip_titles(other)):
            return bool(_plain(one))
        if not same_person(one, other):
            return False
        return all(self._is_unique(name) for name in (one, other) if len(split_words(strip_titles(name))) == 1)

    def _is_unique(self, word: str) -> bool:
        return sum(any(same_person(word, name) for name in person) for person in self._people) <= 1

    def same_party(self, one: PartyLike, other: PartyLike) -> bool:
        """Whether two parties are the same: people by `same_person`, bodies and groups by their words.

        For a body the words that carry meaning of one name must all stand in the other (`the foreign ministry`,
        `Foreign Ministry of Oman`) and the countries must not differ; a country has one government, whatever it is
        called (`Moscow`, `the Kremlin`).
        """
        kinds = (one.kind, other.kind)
        people = [kind in ("person", None) for kind in kinds]
        if all(people) and self.same_person(one.name, other.name):
            return True
        if same_text(one.name, other.name):
            return True
        if "person" in kinds:
            return False
        if one.country and other.country:
            if one.country != other.country:
                return False
            if kinds == ("government", "government"):
                return True
        return shares_words(one.name, other.name)


def overlap(right: Sequence[Item], given: Sequence[Item], same: Callable[[Item, Item], bool]) -> float:
    """F1 of two sets whose members are matched one to one by `same`. 1 if both are empty."""
    if not right and not given:
        return 1.0
    alike = {(i, j): 1 for i, a in enumerate(right) for j, b in enumerate(given) if same(a, b)}
    return 2 * len(assign(alike)) / (len(right) + len(given))
