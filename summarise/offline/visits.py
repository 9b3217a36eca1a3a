"""The visits of an article, collected from what its sentences tell, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, product

from summarise.judge.index import ArticleIndex
from summarise.judge.places import compatible
from summarise.offline.dating import Dating, When
from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.findings import VisitFound, by_key
from summarise.offline.grammar import NOWHERE, Goal
from summarise.offline.journal import Journal
from summarise.offline.merging import Merger
from summarise.offline.setting import Setting
from summarise.offline.states import States
from summarise.offline.travellers import Travellers
from summarise.offline.whereabouts import Whereabouts


class Collector:
    """Makes visits of events: one for each group of travellers, state and time."""

    def __init__(
        self,
        index: ArticleIndex,
        dating: Dating,
        setting: Setting,
        travellers: Travellers,
        visits: Journal[VisitFound],
    ) -> None:
        self._trips = count(1)
        self._travellers = travellers
        self._visits = visits
        self._states = States(dating)
        self._whereabouts = Whereabouts(travellers, setting, visits)
        self._merger = Merger(visits, dating, index.text, self._trips)

    def add(self, events: Iterable[TravelEvent]) -> None:
        """Takes the events in the order of the text."""
        for event in events:
            if event.joins:
                self._join_companions(event)
                continue
            self._whereabouts.complete(event)
            for visit in self._visits_of(event):
                if event.attach:
                    self._merger.attach(visit)
                else:
                    self._merger.put(visit)

    def _join_companions(self, event: TravelEvent) -> None:
        """ "flew into Rabat together with Y": Y is on the journey told in the same sentence (hard case 24)."""
        number = event.sentence.number
        for visit in self._visits.in_sentence(number):
            if next(reversed(visit.sentences)) == number:
                companions = self._travellers.of_event(event)
                self._merger.join(
                    visit, [one for one in companions if not self._travellers.is_at_home(one, visit.code)]
                )

    def _visits_of(self, event: TravelEvent) -> Iterator[VisitFound]:
        """A visit for each leg, for each date told of it, and for each party that travels by itself."""
        everyone = event.stand_ins or self._travellers.of_event(event)
        if not everyone:
            return
        legs = [goal for goal in event.goals if goal.code is not None]
        trip = next(self._trips) if len(legs) > 1 else None
        for position, goal in enumerate(legs):
            visitors = self._travellers.visitors(event, goal, everyone)
            state = self._states.of(event, legs, position) if visitors else None
            if state is None:
                continue
            dates: list[When | None] = [*state.dates] or [None]
            hosts = self._hosts(event, goal, visitors, everyone)
            for when, party in product(dates, _parties(visitors)):
                yield VisitFound(
                    sentences=dict.fromkeys([event.sentence.number, *event.also]),
                    visitors=by_key(party),
                    code=goal.code or NOWHERE,
                    status=state.status,
                    when=when,
                    places=dict.fromkeys(goal.names),
                    hosts=by_key(hosts),
                    trip=trip,
                    kind=event.kind,
                    event=event.event,
                    weak=event.weak,
                    caveat=event.caveat,
                    onward=event.onward,
                    attached=event.attach,
                    span_days=event.span_days if trip is None else None,
                    tour_days=event.span_days if trip is not None else None,
                )

    def _hosts(
        self, event: TravelEvent, goal: Goal, visitors: list[Traveller], everyone: list[Traveller]
    ) -> list[Traveller]:
        """Those of the state visited who receive, and those told to travel who are at home there (hard case 23)."""
        coming = {one.key for one in visitors}
        receiving = [
            host
            for host in self._travellers.hosts(event)
            if host.country is not None
            and (goal.code == NOWHERE or compatible(host.country, goal.code or NOWHERE))
            and host.key not in coming
        ]
        return receiving + [one for one in everyone if one.country == goal.code]


def _parties(visitors: list[Traveller]) -> list[list[Traveller]]:
    """Who travels together: those of one state; others meet there (hard case 29)."""
    countries = dict.fromkeys(map(_served, visitors))
    if len(countries) < 2 or None in countries:
        return [visitors]
    return [[one for one in visitors if _served(one) == country] for country in countries]


def _served(one: Traveller) -> str | None:
    """The state, or that he serves many."""
    if one.person is not None and one.person.role == "intl_org":
        return "many"
    return one.country
