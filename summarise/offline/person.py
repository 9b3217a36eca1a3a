"""One person of an article, as far as the article tells who it is."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Final

from summarise.offline.lexicon import FEMALE, MALE, words
from summarise.records import Role

_ORDER: Final[tuple[Role, ...]] = (
    "monarch_or_royal", "head_of_state", "head_of_government", "foreign_minister", "defence_minister", "intl_org",
    "minister", "deputy_minister", "ambassador", "envoy", "spokesperson", "subnational", "legislator",
    "party_official", "military", "judiciary", "religious", "other",
)  # fmt: skip
_RANK: Final[dict[Role, int]] = {role: rank for rank, role in enumerate(_ORDER)}
_SOVEREIGNS: Final = words("king queen emperor empress sultan emir monarch sovereign ruler")
_MORE_THAN_ROYAL: Final = words(
    "head_of_government foreign_minister defence_minister minister deputy_minister ambassador envoy subnational"
)


@dataclass(slots=True)
class Person:
    """One person of the article. `name` is verbatim; without one, the words that stand for it."""

    index: int
    name: str
    named: bool
    sentence: int
    titles: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    codes: tuple[str, ...] = ()
    gender: str = ""
    former: bool = False
    deceased: bool = False
    recognised: bool = False
    """Whether the state stands in no title: a statesman known by his name."""
    places: list[tuple[int, int]] = field(default_factory=list)
    """Sentence and token of each mention."""

    @property
    def country(self) -> str | None:
        """The likeliest state served, if one is told."""
        return self.codes[0] if self.codes else None

    @property
    def role(self) -> Role | None:
        """The most telling office among the titles, None if none is public; "Prince" is less than an office held."""
        roles = self.roles
        if len(roles) < 2:
            return roles[0] if roles else None
        if "monarch_or_royal" in roles and self.heads.isdisjoint(_SOVEREIGNS):
            roles = [role for role in roles if role in _MORE_THAN_ROYAL] or roles
        return min(roles, key=_RANK.__getitem__)

    def last_before(self, here: tuple[int, int]) -> tuple[int, int] | None:
        """Sentence and token of the last mention before another."""
        at = bisect_left(self.places, here)
        return self.places[at - 1] if at else None

    def note_place(self, sentence: int, token: int) -> None:
        """Notes one more mention; the list stays in the order of the text."""
        insort(self.places, (sentence, token))

    def note_gender(self, *told: str) -> None:
        """Reads the gender off "Mrs", "King"."""
        for word in told:
            if word in MALE:
                self.gender = "m"
            elif word in FEMALE:
                self.gender = "f"
