"""A visit as a stay: who, where, and in which days it can lie, going by its date, its status and the article's day.

Each record is one stay for each group of visitors from one state: those of one state travel together, those of several
states who come to one event do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarise.dossier.days import Days, days_of
from summarise.dossier.reading import Told
from summarise.dossier.takers import Taker, Takers
from summarise.judge.names import fold
from summarise.judge.people import letters_of
from summarise.judge.places import codes_for
from summarise.records import Visit, VisitStatus

Level = Literal["day", "month", "year", "coming", "none"]
"""How well the days are known: the stay itself, the month or so, the year or so, only that it is still to come."""

FUTURE: frozenset[VisitStatus] = frozenset(("speculated", "planned", "confirmed", "postponed"))
HELD: frozenset[VisitStatus] = frozenset(("ongoing", "completed"))
CALLED_OFF: frozenset[VisitStatus] = frozenset(("cancelled", "denied"))

SOON = 90
"""Days in which a visit that is planned without a date is looked for."""
JUST_HELD = 10
"""Days before publication in which a visit lies that is the article's news and told as past without a date."""
LONGEST_SINCE = 400
"""Days of a "since taking office" that still tell a visit."""


@dataclass(slots=True, eq=False)
class Stay:
    """A visit of one group in one article."""

    number: int
    told: Told
    travellers: tuple[Taker, ...]
    hosts: frozenset[Taker]
    country: str | None
    day: int | None
    """Of publication."""
    level: Level
    days: Days | None
    places: frozenset[str]
    event: str
    named: bool
    """Whether all who travel have a name, or are a government or a body."""

    @property
    def visit(self) -> Visit:
        """The record."""
        record: Visit = self.told.record
        return record

    @property
    def status(self) -> VisitStatus:
        """Of the record."""
        return self.visit.status


def stays_of(visits: Sequence[Told], days: Sequence[int | None], takers: Takers) -> list[Stay]:
    """All stays, in the order of the visits."""
    stays: list[Stay] = []
    for told in visits:
        visit: Visit = told.record
        day = days[told.article]
        level, lies = when(visit, day)
        hosts = frozenset(takers.of(told, "hosts"))
        places = frozenset(filter(None, (letters_of(place) or fold(place) for place in visit.places)))
        event = letters_of(visit.event or "") or fold(visit.event or "")
        for group in _groups(told, takers):
            unnamed = any(takers.parties[taker].kind == "unnamed_person" for taker in group)
            stays.append(
                Stay(
                    len(stays), told, group, hosts, _destination(visit), day, level, lies, places, event,
                    named=not unnamed,
                )
            )  # fmt: skip
    return stays


def _destination(visit: Visit) -> str | None:
    """The country, or else the one that all places named lie in, as long as none of the visitors is at home there."""
    if visit.country is not None or not visit.places:
        return visit.country
    found = {codes_for(place) for place in visit.places}
    codes = next(iter(found)) if len(found) == 1 else ()
    return codes[0] if len(codes) == 1 and codes[0] not in {party.country for party in visit.visitors} else None


def _groups(told: Told, takers: Takers) -> Iterator[tuple[Taker, ...]]:
    by_state: dict[object, list[Taker]] = defaultdict(list)
    for at, taker in enumerate(takers.of(told, "visitors")):
        by_state[takers.country(taker) or at].append(taker)
    yield from (tuple(group) for group in by_state.values())


def when(visit: Visit, day: int | None) -> tuple[Level, Days | None]:
    """How well the days of a visit are known, and which they can be."""
    dated = days_of(visit.when.start, visit.when.end)
    if dated is None:
        return _undated(visit, day)
    if visit.when.precision == "vague":
        return _since(visit, dated, day)
    if dated.is_a_stay and visit.when.precision != "week":
        return "day", dated
    level: Level = "month" if dated.is_a_season else "year"
    return level, _told_so(visit, dated, day)


def _told_so(visit: Visit, days: Days, day: int | None) -> Days:
    """What is to come lies behind the day of publication, what is past before it; unless that leaves nothing.

    Plans that are recalled may be old ones.
    """
    if day is None:
        return days
    left = days
    if visit.status in FUTURE and visit.focus == "main":
        left = Days(max(days.first, day), days.last)
    elif visit.status in HELD:
        left = Days(days.first, min(days.last, day))
    return left if left.first <= left.last else days


def _since(visit: Visit, bound: Days, day: int | None) -> tuple[Level, Days | None]:
    """`Since May he has been in Chad`: from that day on, up to the article."""
    if visit.status in HELD and day is not None and bound.first <= day <= bound.first + LONGEST_SINCE:
        return "year", Days(bound.first, day)
    if visit.status in HELD:
        return "none", None
    return _undated(visit, day)


def _undated(visit: Visit, day: int | None) -> tuple[Level, Days | None]:
    if day is None:
        return "none", None
    if visit.status in FUTURE:
        return "coming", Days(day, day + SOON)
    if visit.status == "ongoing":
        return "day", Days(day - 1, day)
    if visit.status == "completed" and visit.focus == "main":
        return "month", Days(day - JUST_HELD, day)
    return "none", None
