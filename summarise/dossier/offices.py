"""Whether two offices can be one person's: at one time, or one after the other."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from summarise.judge.names import fold, split_words
from summarise.judge.titles import office
from summarise.records import Role

_UNSURE: frozenset[Role | None] = frozenset((None, "other"))
_RELATED: tuple[frozenset[Role], ...] = (
    frozenset(("head_of_state", "head_of_government", "monarch_or_royal", "party_official")),
    frozenset(("head_of_government", "minister", "foreign_minister")),
    frozenset(("foreign_minister", "minister", "deputy_minister", "party_official")),
    frozenset(("defence_minister", "minister", "deputy_minister", "military")),
    frozenset(("deputy_minister", "envoy", "ambassador", "spokesperson")),
    frozenset(("legislator", "party_official")),
    frozenset(("envoy", "intl_org")),
)
"""Offices that one person holds at once or that articles call by each other's names: a president who leads the party,
a deputy minister sent as envoy, a general at the head of the ministry of defence."""


def is_unsure(role: Role | None) -> bool:
    """Whether a role says nothing of the office."""
    return role in _UNSURE


def related(one: Role | None, other: Role | None) -> bool:
    """Whether two roles can be held, or mean one office, at one time; what is not known can be anything."""
    return one == other or one in _UNSURE or other in _UNSURE or any(one in each and other in each for each in _RELATED)


@lru_cache(maxsize=16_384)
def office_words(title: str) -> frozenset[str]:
    """What a title says of the office: `Russian Foreign Minister` gives `russian`, `foreign`, `minister`."""
    return office(tuple(split_words(title)))


def share_a_title(one: Collection[str], other: Collection[str]) -> bool:
    """Whether both have a title of the same letters, or of the same two or more words (`Premier`, `Prime Minister`)."""
    if not {fold(title) for title in one}.isdisjoint(map(fold, other)):
        return True
    return not {words for title in one if len(words := office_words(title)) > 1}.isdisjoint(map(office_words, other))
