"""How well a dossier brings together what is the same: over all pairs of reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from summarise.dossier import Dossier
from tests.dossier_corpus import Corpus


@dataclass(frozen=True)
class Pairs:
    """Pairs of reports that were brought together, that belong together, and both."""

    made: int
    wanted: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(self.made + other.made, self.wanted + other.wanted, self.right + other.right)


def pairs(made: Mapping[Any, Hashable], wanted: Mapping[Any, Hashable]) -> Pairs:
    """Over the reports that both have."""
    both = [(made[key], wanted[key]) for key in wanted if key in made]
    groups = (Counter(one for one, _ in both), Counter(other for _, other in both), Counter(both))
    count = [sum(n * (n - 1) // 2 for n in group.values()) for group in groups]
    return Pairs(*count)


def score(dossier: Dossier, truth: Corpus) -> dict[str, Pairs]:
    """For persons, trips, legs and invitations."""
    persons: dict[Any, Hashable] = {mention.key: person.id for person in dossier.persons for mention in person.mentions}
    trips: dict[Any, Hashable] = {}
    legs: dict[Any, Hashable] = {}
    for trip in dossier.trips:
        states = {taker.country or "?" for taker in trip.travellers}
        for number, leg in enumerate(trip.legs):
            for report in leg.reports:
                for state in states:
                    trips[report.key, state] = trip.id
                    legs[report.key, state] = (trip.id, number)
    stories: dict[Any, Hashable] = {report.key: story.id for story in dossier.invitations for report in story.reports}
    return {
        "persons": pairs(persons, truth.persons),
        "trips": pairs(trips, truth.trips),
        "legs": pairs(legs, truth.legs),
        "invitations": pairs(stories, truth.invitations),
    }


@dataclass(frozen=True)
class Found:
    """Invitations said to be fulfilled, those of them that are right, and those that the articles can show."""

    made: int
    right: int
    wanted: int
    reached: int


def fulfilment(dossier: Dossier, truth: Corpus) -> Found:
    """Invitations tied to the journey that was held in answer to them; wanted where articles tell of both."""
    journeys_of: dict[str, set[str]] = defaultdict(set)
    for (key, _), journey in truth.trips.items():
        journeys_of[key].add(journey)
    trips = {trip.id: trip for trip in dossier.trips}
    right = 0
    reached: set[str] = set()
    held = [story for story in dossier.invitations if story.fulfilment is not None and story.fulfilment.held]
    for story in held:
        trip = trips[story.fulfilment.trip] if story.fulfilment else None
        journeys = (
            {j for leg in trip.legs for report in leg.reports for j in journeys_of[report.key]} if trip else set()
        )
        asked = {truth.invitations[report.key] for report in story.reports}
        fulfilled = {each for each in asked if truth.fulfilled.get(each) in journeys}
        right += bool(fulfilled)
        reached |= fulfilled
    told = set(truth.invitations.values())
    wanted = {each for each, journey in truth.fulfilled.items() if each in told and journey in truth.held_in_print}
    return Found(len(held), right, len(wanted), len(reached & wanted))
