"""A headline that names only an office: "Jordan's prime minister in Tokyo" is the visit that the lead tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from summarise.judge.places import compatible
from summarise.offline.events import Traveller
from summarise.offline.findings import VisitFound
from summarise.offline.lexicon import words
from summarise.offline.roster import NATIONAL
from summarise.offline.states import AHEAD, OFF, REAL

_HEADLINE: Final = 2
"""The sentence until which a headline reaches: one may stand under a line of its own."""
_LEAD: Final = 6
"""The sentence until which the lead tells the visit."""
_ANY_HEAD: Final = words("leader chief ruler")
_ONE_CLASS: Final = (AHEAD | REAL, OFF | AHEAD)


def without_headlines(visits: Iterable[VisitFound]) -> list[VisitFound]:
    """The visits, those that only a headline tells taken into the ones of the people it means."""
    found = list(visits)
    for headline in [visit for visit in found if _is_of_headline(visit)]:
        named = next((visit for visit in found if visit is not headline and _tells_of(visit, headline)), None)
        if named is not None:
            named.sentences |= headline.sentences
            named.places |= headline.places
            named.when = named.when or headline.when
            named.event = named.event or headline.event
            found.remove(headline)
    return found


def _is_of_headline(visit: VisitFound) -> bool:
    unnamed = all(one.kind == "unnamed_person" for one in visit.visitors.values())
    return unnamed and max(visit.sentences) <= _HEADLINE


def _tells_of(visit: VisitFound, headline: VisitFound) -> bool:
    """Whether all who go by the headline can be those whom the lead names."""
    alike = visit.code == headline.code and any({visit.status, headline.status} <= each for each in _ONE_CLASS)
    return (
        alike
        and min(visit.sentences) <= _LEAD
        and all(any(_can_be(one, other) for other in visit.visitors.values()) for one in headline.visitors.values())
    )


def _can_be(unnamed: Traveller, named: Traveller) -> bool:
    """Whether one by name holds the office of one without."""
    one, other = unnamed.person, named.person
    if one is None or other is None or not other.named:
        return False
    if one.country is not None and other.country is not None and not compatible(one.country, other.country):
        return False
    any_head = not _ANY_HEAD.isdisjoint(one.heads) and other.role in NATIONAL
    return one.role in other.roles or any_head
