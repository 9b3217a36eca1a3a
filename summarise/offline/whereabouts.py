"""Which state is meant by "there", "the country", "his stay", or by a host who receives at home."""

from __future__ import annotations

from typing import Final

from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.findings import VisitFound
from summarise.offline.grammar import AGAIN, NOWHERE, VENUE, Goal
from summarise.offline.journal import Journal
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.setting import Setting
from summarise.offline.states import REAL
from summarise.offline.travellers import Travellers

_PRESENT: Final = words("represented is are be them sent sending")
_CAME: Final = words("completed ongoing real")
_STAYS: Final = words("real completed ongoing cancelled postponed present")
_RECALLED: Final = words("open completed")
_UNDONE: Final = words("postponed cancelled planned speculated present future")
_LEADING_TO: Final = words("in at to for into near via through visited visits visit and ,")
""" "Talks with Tashkent continue in Almaty": only Almaty is a place there."""
_AGAIN_REACH: Final = 6
"""So many sentences back "there" looks for a visit."""
_JOURNEY_REACH: Final = 3
"""So many sentences back a journey without a traveller looks for one."""


class Whereabouts:
    """Fills in what an event leaves to the sentences before it."""

    def __init__(self, travellers: Travellers, setting: Setting, visits: Journal[VisitFound]) -> None:
        self._travellers = travellers
        self._setting = setting
        self._visits = visits

    def complete(self, event: TravelEvent) -> None:
        """Puts a state in place of what points to one, and travellers in place of nobody."""
        if not event.goals and event.hosts:
            event.goals = [self._where_received(event)]
        if event.goals and event.goals[0].code == VENUE:
            self._at_venue(event, event.goals[0])
        if event.goals and event.goals[0].code == AGAIN:
            self._again(event, event.goals[0])
        if event.told_by_noun:
            self._stand_ins(event)

    def _where_received(self, event: TravelEvent) -> Goal:
        """ "Nguyen received his Lao counterpart": at home only if the text tells of his country (hard case 30)."""
        countries = [host.country for host in self._travellers.hosts(event) if host.country]
        own = {one.country for one in self._travellers.of_event(event)}
        if not countries or countries[0] in own:
            return Goal(AGAIN, [], token=event.trigger)
        at_home = countries[0] == self._setting.here or self._setting.is_told_of(countries[0])
        return Goal(countries[0] if at_home else NOWHERE, [], token=event.trigger)

    def _at_venue(self, event: TravelEvent, goal: Goal) -> None:
        """ "The president will attend the summit": where the article says that it is held."""
        venue = self._setting.venue
        goal.code = venue.code if venue is not None else self._here_if_strangers(event)
        if venue is not None:
            goal.names = list(venue.names)
            self._rest_on_venue(event)

    def _here_if_strangers(self, event: TravelEvent) -> str | None:
        """ "Malaysia was represented by its foreign minister": where this is written, without a gathering told of."""
        told = event.sentence.tokens[event.trigger].low in _PRESENT
        return self._setting.here if told and self._all_strangers(self._travellers.of_event(event)) else None

    def _rest_on_venue(self, event: TravelEvent) -> None:
        venue = self._setting.venue
        if venue is not None and venue.sentence != event.sentence.number:
            event.also.append(venue.sentence)

    def _again(self, event: TravelEvent, goal: Goal) -> None:
        """ "There", "the country", "his stay": where they were told to go, else what the setting makes likely."""
        travellers = self._travellers.of_event(event)
        here = self._setting.here
        homes = {one.country for one in travellers}
        if event.homeward and goal.country_again and len(homes) == 1:
            goal.code = homes.pop()  # "is expected back in the country": home
            return
        came = event.arrival and event.status in _CAME and not goal.there
        if came and here is not None and self._all_strangers(travellers):
            goal.code = here  # who is said to have arrived has arrived where this is written
            return
        last = self._last_visit(event, travellers)
        if last is not None:
            goal.code = last.code
            if not travellers:
                event.stand_ins = list(last.visitors.values())
        else:
            self._by_setting(event, goal, travellers)
        if last is None and goal.there and len(_states_before(event.sentence, goal, homes)) > 1:
            goal.code = None  # "stopped in Tashkent after talks in Astana. The minister went there in March": no guess
        elif goal.country_again or (last is None and goal.there):
            own = {one.country for one in travellers}
            goal.code = self._setting.named_last(goal.start, own) or goal.code

    def _by_setting(self, event: TravelEvent, goal: Goal, travellers: list[Traveller]) -> None:
        """Where a visit is to be that was not told of before."""
        if event.attach and event.status in _STAYS and self._all_strangers(travellers):
            goal.code, event.attach = self._setting.here, False  # "has cut short his stay": where this is written
        elif (
            event.attach
            and travellers
            and event.status in _RECALLED
            and event.sentence.dates
            and (other := self._last_of_all(event.sentence.number)) is not None
        ):
            goal.code, event.attach = other.code, False  # "the first since the king's trip in 1983"
        elif event.attach:
            goal.code = None
        elif self._setting.venue is not None:
            goal.code = self._setting.venue.code
            self._rest_on_venue(event)
        else:
            goal.code = self._setting.here

    def _all_strangers(self, travellers: list[Traveller]) -> bool:
        """Whether all are known to be of another state than the dateline's."""
        return bool(travellers) and all(one.country not in (None, self._setting.here) for one in travellers)

    def _last_visit(self, event: TravelEvent, travellers: list[Traveller]) -> VisitFound | None:
        """The visit of any of them that was told last; without travellers "the visit" is the one told last."""
        number = event.sentence.number
        if event.attach and not travellers:
            return self._last_of_all(number)
        keys = {one.key for one in travellers}
        near = self._visits.told_last(number - _AGAIN_REACH, number)
        theirs = [visit for visit in near if keys & visit.visitors.keys()]
        if event.status in _CAME:  # "leaves for Tripoli tonight … was met on arrival": where he is already
            theirs = [visit for visit in theirs if visit.status in REAL] or theirs
        return _latest(theirs)

    def _last_of_all(self, number: int) -> VisitFound | None:
        return _latest(self._visits.told_last(number - _AGAIN_REACH, number))

    def _stand_ins(self, event: TravelEvent) -> None:
        """ "A long-promised journey to Riyadh has been put back": the journey of those told of just before."""
        if event.visitors or event.people or event.stand_ins or event.attach or not event.goals:
            return
        near = self._visits.told_last(event.sentence.number - _JOURNEY_REACH, event.sentence.number)
        if near and event.status in _UNDONE:
            event.stand_ins = list(near[-1].visitors.values())


def _states_before(s: Sentence, goal: Goal, homes: set[str | None]) -> set[str]:
    """The foreign states of the places told before "there" in the same sentence, else in the one before."""
    for each, end in ((s, goal.token), *((earlier, len(earlier.tokens)) for earlier in s.before(1))):
        places = [each.place(at) for at in range(1, end) if each.low[at - 1] in _LEADING_TO]
        if states := {place.codes[0] for place in places if place is not None and place.kind != "demonym"} - homes:
            return states
    return set()


def _latest(visits: list[VisitFound]) -> VisitFound | None:
    return max(visits, key=lambda visit: visit.last, default=None)
