"""The world of the dossier's corpus: people, careers, namesakes, journeys, invitations, and when papers write."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.dossier_names import CITIES, FAMILY, GIVEN, OFFICES, STATES, Figure, figure

BEGIN = date(2022, 1, 1).toordinal()
YEARS = 3


@dataclass(slots=True, eq=False)
class Leg:
    id: str
    country: str
    first: int
    last: int
    hosts: list[Figure]
    city: str


@dataclass(slots=True, eq=False)
class Journey:
    """`planned` is the first day as it was announced before the journey was moved; `fate` what became of it."""

    id: str
    travellers: list[Figure]
    legs: list[Leg]
    fate: str
    planned: int
    moved_on: int | None = None
    event: str | None = None


@dataclass(slots=True, eq=False)
class Asking:
    id: str
    inviter: Figure
    invitee: Figure
    country: str
    made: int
    answer: str
    answered: int
    journey: Journey | None


class World:
    """People, journeys, invitations."""

    def __init__(self, chance: random.Random, journeys: int) -> None:
        self.chance = chance
        self.people: list[Figure] = []
        self.journeys: list[Journey] = []
        self.askings: list[Asking] = []
        self.heads: dict[str, Figure] = {}
        self._populate(max(1, journeys // 100))
        while len(self.journeys) < journeys:
            self._travel()

    def _populate(self, size: int) -> None:
        pick = self.chance.choice
        for country in STATES:
            names: set[tuple[str, str]] = set()
            roles = ["head_of_state", "foreign_minister", "defence_minister", "envoy", "deputy_minister"]
            for number in range(5 * size):
                given, family = pick(GIVEN[country].split()), pick(FAMILY[country].split())
                while (given, family) in names and len(names) < 0.8 * len(GIVEN[country].split()) * len(
                    FAMILY[country].split()
                ):
                    given, family = pick(GIVEN[country].split()), pick(FAMILY[country].split())
                if (given, family) in names:
                    continue
                names.add((given, family))
                role = roles[number] if number < 5 else pick(list(OFFICES)[2:])
                self.people.append(figure(f"p{len(self.people)}", given, family, country, role))
            self.heads[country] = next(p for p in self.people if p.country == country)
        for _ in range(3 * size):  # a namesake of the same state in quite another office
            other = pick([p for p in self.people if p.offices[0][1] in ("foreign_minister", "envoy")])
            role = pick(["military", "legislator"])
            self.people.append(figure(f"p{len(self.people)}", other.given, other.family, other.country, role))
        for person in self.people[::9]:  # a career
            if person.offices[0][1] in ("foreign_minister", "deputy_minister", "envoy"):
                role = pick(["head_of_government", "minister", "foreign_minister"])
                person.offices.append((BEGIN + pick(range(300, 800)), role))

    def _travel(self) -> None:
        chance = self.chance
        lead = chance.choice(self.people if chance.random() < 0.5 else list(self.heads.values()))
        away = [state for state in STATES if state != lead.country]
        first = BEGIN + chance.randrange(30, YEARS * 365 - 30)
        if chance.random() < 0.12:
            self._summit(chance.choice(STATES), first)
            return
        countries = chance.sample(away, 2 if chance.random() < 0.25 else 1)
        self._journey(lead, countries, first)
        if chance.random() < 0.15:  # and there again, soon
            self._journey(lead, [countries[0]], first + chance.randrange(12, 45), "held")

    def _journey(self, lead: Figure, countries: list[str], first: int, fate: str | None = None) -> None:
        chance = self.chance
        for _ in range(50):  # nobody is in two places at once, nor back on the next day
            if self._is_free(lead, first):
                break
            first = BEGIN + chance.randrange(30, YEARS * 365 - 30)
        fate = fate or chance.choices(["held", "moved", "cancelled", "denied", "open"], [62, 12, 10, 6, 10])[0]
        id = f"j{len(self.journeys)}"
        planned, moved_on = first, None
        if fate == "moved":
            moved_on = first - chance.randrange(2, 12)
            first += chance.randrange(14, 70)
        travellers = [lead]
        if chance.random() < 0.2:
            others = [p for p in self.people if p.country == lead.country and p is not lead and self._is_free(p, first)]
            travellers += [chance.choice(others)] if others else []
        legs, day = [], first
        for number, country in enumerate(countries):
            length = chance.choice((0, 0, 1, 1, 2, 4))
            hosts = [self.heads[country]]
            if chance.random() < 0.3:
                hosts = [chance.choice([p for p in self.people if p.country == country])]
            legs.append(
                Leg(f"{id}.{number}", country, day, day + length, hosts, chance.choice(CITIES[country].split()))
            )
            day += length + chance.choice((0, 1, 2))
        journey = Journey(id, travellers, legs, fate, planned, moved_on)
        self.journeys.append(journey)
        if chance.random() < 0.45:
            self._ask(journey)
        if chance.random() < 0.12:  # and one that nothing comes of, the other way round
            self._idle(journey)

    def _is_free(self, person: Figure, first: int) -> bool:
        return all(
            first > each.legs[-1].last + 8 or first + 12 < min(each.planned, each.legs[0].first)
            for each in self.journeys
            if person in each.travellers
        )

    def _summit(self, country: str, first: int) -> None:
        free = [head for state, head in self.heads.items() if state != country and self._is_free(head, first)]
        guests = self.chance.sample(free, min(4, len(free)))
        event = self.chance.choice(("Harvest Summit", "Rivers Forum", "Energy Conference", "Neighbours Forum"))
        city = self.chance.choice(CITIES[country].split())
        for guest in guests:
            id = f"j{len(self.journeys)}"
            leg = Leg(f"{id}.0", country, first, first + 1, [self.heads[country]], city)
            self.journeys.append(Journey(id, [guest], [leg], "held", first, None, event))

    def _ask(self, journey: Journey) -> None:
        chance, leg = self.chance, journey.legs[0]
        made = journey.planned - chance.randrange(25, 160)
        answer = chance.choices(["accepted", "acknowledged", "pending"], [7, 2, 1])[0]
        held = journey if journey.fate != "denied" else None
        if not self._may_ask(leg.hosts[0], journey.travellers[0], made):
            return
        asking = Asking(
            f"i{len(self.askings)}", leg.hosts[0], journey.travellers[0], leg.country, made, answer,
            made + chance.randrange(0, 20), held,
        )  # fmt: skip
        self.askings.append(asking)

    def _idle(self, journey: Journey) -> None:
        chance, leg = self.chance, journey.legs[0]
        made = leg.first + chance.randrange(0, 2)
        answer = chance.choice(("pending", "accepted", "declined", "acknowledged"))
        if not self._may_ask(journey.travellers[0], leg.hosts[0], made):
            return
        self.askings.append(
            Asking(
                f"i{len(self.askings)}", journey.travellers[0], leg.hosts[0], journey.travellers[0].country, made,
                answer, made + chance.randrange(0, 15), None,
            )
        )  # fmt: skip

    def _may_ask(self, inviter: Figure, invitee: Figure, made: int) -> bool:
        """Nobody is asked anew while an invitation stands."""
        return all(
            each.inviter is not inviter or each.invitee is not invitee or abs(each.made - made) > 250
            for each in self.askings
        )

    def moments(self) -> Iterator[tuple[int, Journey, str]]:
        """When papers write of a journey, and what is new."""
        chance = self.chance
        for journey in self.journeys:
            first, last = journey.legs[0].first, journey.legs[-1].last
            announced = journey.planned - chance.randrange(4, 40)
            if chance.random() < 0.4:
                yield announced - chance.randrange(5, 40), journey, "rumour"
            yield announced, journey, "announced"
            if journey.fate == "denied":
                yield announced + 2, journey, "denied"
            elif journey.fate == "cancelled":
                yield max(announced + 1, journey.planned - chance.randrange(1, 6)), journey, "cancelled"
            elif journey.fate == "moved" and journey.moved_on is not None:
                yield journey.moved_on, journey, "moved"
            if journey.fate in ("held", "moved"):
                yield first - chance.choice((1, 2, 3)), journey, "eve"
                yield first, journey, "arrived"
                yield last + 1, journey, "over"
                if chance.random() < 0.7:
                    yield last + chance.randrange(20, 400), journey, "recalled"
        for asking in self.askings:
            if asking.journey is not None:
                yield asking.made + 1, asking.journey, "asked"
            elif near := [j for j in self.journeys if asking.inviter in j.travellers and j.fate in ("held", "moved")]:
                yield asking.made + chance.randrange(5, 120), chance.choice(near), "recalled"
