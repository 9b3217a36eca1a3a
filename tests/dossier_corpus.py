"""A made-up corpus for the dossier, with known identity: articles as ledger rows, and who and what is the same.

The world comes first: people with careers and namesakes, journeys that are rumoured, announced, moved, called off,
held and recalled, invitations that are made, renewed, answered, forgotten. Papers then tell of it, each knowing a part,
in its own spelling and with slips of its own. Nothing here knows how the dossier brings reports together.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from summarise.corpus.ledger import LedgerRow
from tests.dossier_names import STATES, Figure, spelt, title
from tests.dossier_world import Asking, Journey, Leg, World

NOTHING: dict[str, Any] = {"text": None, "start": None, "end": None, "precision": "none", "basis": "none"}
Raw = dict[str, Any]


@dataclass
class Corpus:
    """Rows, and for each key what it is about: mentions of persons, (visit, state of the travellers), invitations."""

    rows: list[LedgerRow] = field(default_factory=list)
    persons: dict[str, str] = field(default_factory=dict)
    trips: dict[tuple[str, str], str] = field(default_factory=dict)
    legs: dict[tuple[str, str], str] = field(default_factory=dict)
    invitations: dict[str, str] = field(default_factory=dict)
    fulfilled: dict[str, str] = field(default_factory=dict)
    """Invitation to journey, for those that led to a journey that was held."""
    held_in_print: set[str] = field(default_factory=set)
    """Journeys that an article has as going on or done."""


def corpus(articles: int = 300, seed: int = 1) -> Corpus:
    """So many articles about a world that grows with their number."""
    chance = random.Random(seed)
    world = World(chance, max(articles // 5, 6))
    press = Press(world, chance)
    told = [each for each in world.moments() for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))]
    chance.shuffle(told)
    for day, journey, moment in sorted(told[:articles], key=lambda each: each[0]):
        press.article(day + chance.choice((0, 0, 1)), journey, moment)
    press.made.fulfilled = {
        each.id: each.journey.id for each in world.askings if each.journey and each.journey.fate in ("held", "moved")
    }
    return press.made


class Press:
    """Papers: what an article tells of a moment."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance, self.made = world, chance, Corpus()

    def article(self, day: int, journey: Journey, moment: str) -> None:
        number = len(self.made.rows)
        sheet = Sheet(f"a{number:05}", day, self.world, self.chance, self.made)
        sheet.journey(journey, moment)
        past = [
            each
            for each in self.world.journeys
            if each is not journey and each.fate in ("held", "moved") and each.legs[-1].last < day - 10
            and (each.travellers[0] in journey.travellers or each.travellers[0] in journey.legs[0].hosts)
        ]  # fmt: skip
        for each in self.chance.sample(past, min(len(past), self.chance.choice((0, 0, 1, 1, 2)))):
            sheet.journey(each, "recalled")
        for asking in self.world.askings:
            if asking.made <= day and (asking.journey is journey or asking.inviter is journey.travellers[0]):
                over = asking.journey is not None and asking.journey.legs[-1].last < day
                if day - asking.made < 300 and self.chance.random() < (0.15 if over else 0.55):
                    sheet.asking(asking)
        self.made.rows.append(sheet.row())


class Sheet:
    """One article in the making."""

    def __init__(self, id: str, day: int, world: World, chance: random.Random, made: Corpus) -> None:
        self.id, self.day, self.world, self.chance, self.made = id, day, world, chance, made
        self.names: dict[str, str] = {}
        self.listed: dict[str, Raw] = {}
        self.visits: list[Raw] = []
        self.askings: list[Raw] = []
        self.visit_of: dict[str, str] = {}
        self.sentence = 0

    # who

    def party(self, person: Figure, key: str) -> Raw:
        """As a record names the person; everybody gets into the list of officials, but for a few."""
        first_time = person.id not in self.names
        name = self.names.setdefault(person.id, spelt(person, self.chance))
        rival = any(
            other != person.id and self._family_of(other) == person.family for other in self.names
        )  # then papers give the whole name
        if first_time and self.chance.random() < 0.93:
            self._list(person, name, rival)
        self.made.persons[key] = person.id
        short = person.id in self.listed and not rival and self.chance.random() < 0.15
        country: str | None = person.country if self.chance.random() < 0.97 else None
        return {
            "name": person.family if short else name, "kind": "person",
            "title": title(person, self.day, self.chance), "country": country,
        }  # fmt: skip

    def _family_of(self, id: str) -> str:
        return next(person.family for person in self.world.people if person.id == id)

    def _list(self, person: Figure, name: str, rival: bool) -> None:
        draw = self.chance.random
        role = (
            person.role(self.day)
            if draw() < 0.95
            else self.chance.choice(["other", "minister", "spokesperson", "envoy"])
        )
        country: str | None = (
            person.country if draw() < 0.98 else self.chance.choice([None, self.chance.choice(STATES)])
        )
        given = title(person, self.day, self.chance)
        key = f"o{len(self.listed) + 1}"
        self.listed[person.id] = {
            "id": key, "name": name, "variants": [] if rival or draw() < 0.2 else [person.family],
            "titles": [given] if given else [], "role": role, "country": country,
            "tenure": "current" if draw() < 0.97 else "unclear", "evidence": self.quote(name),
        }  # fmt: skip
        self.made.persons[f"{self.id}#{key}"] = person.id

    def quote(self, text: str) -> list[Raw]:
        self.sentence += 1
        return [{"sentence": self.sentence, "start": 0, "end": len(text), "text": text}]

    # when

    def span(self, first: int, last: int, sharp: float) -> Raw:
        """A date as the paper knows it, `sharp` being how likely it is that it knows the day."""
        draw = self.chance.random()
        one, other = date.fromordinal(first), date.fromordinal(last)
        if draw < sharp:
            if self.chance.random() < 0.04:  # a slip
                one += timedelta(days=self.chance.choice((-1, 1)))
                other = max(one, other)
            end = other.isoformat() if last > first and self.chance.random() < 0.7 else None
            return {
                **NOTHING,
                "text": "then",
                "start": one.isoformat(),
                "end": end,
                "precision": "day",
                "basis": "relative",
            }
        left = (draw - sharp) / (1 - sharp)
        if left < 0.63:  # the shares of months, years and nothing in the articles annotated for development
            return {
                **NOTHING,
                "text": "then",
                "start": one.strftime("%Y-%m"),
                "precision": "month",
                "basis": "relative",
            }
        if left < 0.83:
            return {**NOTHING, "text": "then", "start": str(one.year), "precision": "year", "basis": "relative"}
        return dict(NOTHING)

    # what

    def journey(self, journey: Journey, moment: str) -> None:
        """The legs of a journey, as far as the paper tells them, as they stand on the day."""
        legs = journey.legs
        if len(legs) > 1 and self.chance.random() < 0.35:
            legs = [self.chance.choice(legs)]
        if any(leg.id in self.visit_of for leg in legs):
            return
        label = f"t{len(self.visits) + 1}" if len(legs) > 1 and self.chance.random() < 0.85 else None
        others = []
        if journey.event and self.chance.random() < 0.5:
            others = [j for j in self.world.journeys if j.event == journey.event and j is not journey]
            others = [
                j for j in others if j.legs[0].first == journey.legs[0].first and j.legs[0].id not in self.visit_of
            ]
        for place, leg in enumerate(legs, start=1):
            self._visit(journey, leg, moment, label, place, others)

    def _visit(
        self, journey: Journey, leg: Leg, moment: str, label: str | None, place: int, others: list[Journey]
    ) -> None:
        chance = self.chance
        shift = leg.first - journey.legs[0].first
        before_move = journey.moved_on is not None and self.day < journey.moved_on and moment != "moved"
        first = journey.planned + shift if before_move or journey.fate in ("cancelled", "denied", "open") else leg.first
        status, focus, sharp = self._state(leg, moment, first)
        when = self.span(first, first + leg.last - leg.first, sharp)
        if moment == "moved" and chance.random() < 0.4:  # no new day is known yet, or the old one is told
            old = journey.planned + shift
            when = dict(NOTHING) if chance.random() < 0.5 else self.span(old, old + leg.last - leg.first, 0.9)
        if status == "speculated" and chance.random() < 0.3:
            when = dict(NOTHING)
        key = f"v{len(self.visits) + 1}"
        travellers = [*journey.travellers]
        if len(travellers) > 1 and chance.random() < 0.4:
            travellers = travellers[:1]
        travellers += [each.travellers[0] for each in others]
        visitors = [self.party(p, f"{self.id}#{key}.visitors.{n}") for n, p in enumerate(travellers, start=1)]
        hosts = leg.hosts if chance.random() < 0.75 else []
        self.visits.append(
            {
                "id": key, "visitors": visitors, "when": when,
                "country": leg.country if chance.random() < 0.98 else None,
                "status": status if chance.random() < 0.97 else chance.choice(["planned", "confirmed", "unknown"]),
                "focus": focus, "trip": label, "leg": place if label else None,
                "hosts": [self.party(p, f"{self.id}#{key}.hosts.{n}") for n, p in enumerate(hosts, start=1)],
                "places": [leg.city] if chance.random() < 0.6 else [],
                "event": journey.event if chance.random() < 0.8 else None,
                "evidence": self.quote(f"{visitors[0]['name']}: {leg.country}, {when['start']}, {status}"),
            }
        )  # fmt: skip
        for one, same_journey in [(p, journey) for p in journey.travellers[:1]] + [
            (o.travellers[0], o) for o in others
        ]:
            unit = (f"{self.id}#{key}", visitors[travellers.index(one)]["country"] or "?")
            self.made.trips[unit] = same_journey.id
            if status in ("ongoing", "completed"):
                self.made.held_in_print.add(same_journey.id)
            self.made.legs[unit] = leg.id if same_journey is journey else same_journey.legs[0].id
            self.visit_of[leg.id if same_journey is journey else same_journey.legs[0].id] = key

    def _state(self, leg: Leg, moment: str, first: int) -> tuple[str, str, float]:
        """Status, focus, and how likely the paper knows the day."""
        pick = self.chance.choice
        if moment == "rumour":
            return "speculated", "main", 0.15
        if moment == "moved":
            return "postponed", "main", 0.8
        if moment in ("cancelled", "denied"):
            return moment, "main", 0.5
        if moment == "recalled" and leg.last < self.day:
            return "completed", "background", 0.18
        if first > self.day or leg.first > self.day:
            return pick(("planned", "confirmed", "confirmed")), "main", 0.75 if moment != "asked" else 0.1
        if leg.first <= self.day <= leg.last:
            return "ongoing", "main", 0.85
        if leg.last < self.day and moment in ("over", "arrived"):
            return "completed", "main", 0.8
        return "planned", "main", 0.3

    def asking(self, asking: Asking) -> None:
        chance = self.chance
        key = f"i{len(self.askings) + 1}"
        answered = self.day >= asking.answered
        response = asking.answer if answered and chance.random() < 0.9 else chance.choice(("pending", "unknown"))
        leg = asking.journey.legs[0] if asking.journey else None
        linked = self.visit_of.get(leg.id) if leg else None
        extended = self.span(asking.made, asking.made, 0.4) if chance.random() < 0.6 else dict(NOTHING)
        proposed = dict(NOTHING)
        if asking.journey and chance.random() < 0.2:
            proposed = self.span(asking.journey.planned, asking.journey.planned, 0.2)
        self.askings.append(
            {
                "id": key, "inviters": [self.party(asking.inviter, f"{self.id}#{key}.inviters.1")],
                "invitees": [self.party(asking.invitee, f"{self.id}#{key}.invitees.1")],
                "country": asking.country, "response": response, "extended": extended, "proposed": proposed,
                "status": "extended", "visit": linked if linked and chance.random() < 0.7 else None,
                "evidence": self.quote(f"invitation to {asking.country}"),
            }
        )  # fmt: skip
        self.made.invitations[f"{self.id}#{key}"] = asking.id

    def row(self) -> LedgerRow:
        dated = self.chance.random() < 0.95
        summary = {
            "summary": "", "published": date.fromordinal(self.day).isoformat() if dated else None,
            "visits": self.visits, "invitations": self.askings, "officials": list(self.listed.values()),
        }  # fmt: skip
        return LedgerRow(id=self.id, source=f"{self.id}.txt", status="ok", summary=summary)
