"""Who travels, and who is at home where the journey leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from summarise.judge.places import compatible
from summarise.offline.cast import Cast
from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.findings import VisitFound
from summarise.offline.grammar import AGAIN, NOWHERE, Goal
from summarise.offline.journal import Journal
from summarise.offline.lexicon import INTERNATIONAL, INTERNATIONAL_PHRASES, words
from summarise.offline.nouns import Mention
from summarise.offline.person import Person
from summarise.offline.sentence import Sentence
from summarise.offline.setting import Setting
from summarise.offline.verbs import FORMS

_ARTICLES: Final = words("the a an")
_GUESTS: Final = ("guests", "visitors")
_GUESTS_REACH: Final = 6
_TWO_OF_A_NAME: Final = words("COG COD KOR PRK")
"""Congo and Korea; "Dominican" is the Republic's unless more is told."""
_OVERLAND: Final = words("go drive travel head come move ride")
_SEATS: Final = words("capital country government")
_GOAL_REACH: Final = 6
_RESIDENTS: Final = ("envoys", "ambassadors", "ambassador")
"""So many sentences back "the guests" were told of."""


class Travellers:
    """Tells who the travellers of an event are."""

    def __init__(self, cast: Cast, setting: Setting, visits: Journal[VisitFound]) -> None:
        self._cast = cast
        self._setting = setting
        self._visits = visits

    def of_event(self, event: TravelEvent) -> list[Traveller]:
        """Everyone whom an event sends on the way; nobody where it denies that there is one ("no minister went")."""
        if any(mention.determiner == "no" for mention in event.visitors):
            return []
        found: dict[str, Traveller] = {}
        for index in event.people:
            if (one := self.of_person(index)) is not None:
                found.setdefault(one.key, one)
        for mention in event.visitors:
            guests = mention.kind == "group" and mention.honorific.startswith(_GUESTS)
            for one in self._guests(event, mention) if guests else self.of_mention(event.sentence, mention):
                found.setdefault(one.key, one)
        return list(found.values())

    def of_mention(self, s: Sentence, mention: Mention) -> list[Traveller]:
        """Whom a mention stands for: several for "they", nobody for private people."""
        if mention.kind == "pronoun" and mention.person is None:
            people = self._cast.several(s, mention)
            return [one for index in people if (one := self.of_person(index)) is not None]
        if mention.members:
            return [one for index in mention.members if (one := self.of_person(index)) is not None]
        one = self.single(s, mention)
        return [one] if one is not None else []

    def of_mentions(self, s: Sentence, mentions: Iterable[Mention]) -> list[Traveller]:
        """Whom they stand for, in order."""
        return [one for mention in mentions for one in self.of_mention(s, mention)]

    def single(self, s: Sentence, mention: Mention) -> Traveller | None:
        """The one person or group that a mention stands for, if it can travel for a state or a body."""
        if mention.person is not None:
            return self.of_person(mention.person)
        return _group(s, mention) if mention.kind == "group" else None

    def of_person(self, index: int) -> Traveller | None:
        """A person of the cast, if he can travel for a state."""
        return _person(self._cast.people[index])

    def hosts(self, event: TravelEvent) -> list[Traveller]:
        """Those who receive, as far as the cast knows them."""
        found = (self.single(event.sentence, mention) for mention in event.hosts)
        return [host for host in found if host is not None]

    def visitors(self, event: TravelEvent, goal: Goal, everyone: list[Traveller]) -> list[Traveller]:
        """Who of them is a visitor there: not those who are at home (hard case 23)."""
        code = goal.code or NOWHERE
        by_country = not goal.names and code not in (AGAIN, NOWHERE)
        abroad = by_country or (event.sets_off and self._setting.here is None and _is_seat(event, goal))
        found = [one for one in everyone if not self._at_home(one, code, by_country=abroad)]
        if not found:  # "the president greets King Jan in Ghent": it is the one who greets that has come
            found = [one for one in self.hosts(event) if one.country is not None and not self._at_home(one, code)]
        if event.origin or event.homeward:  # "left for home", "his plane left Lima": a stranger, if his state is told
            found = [one for one in found if one.country is not None]
        if goal.names and not event.weak and not self._setting.is_told_of(code):
            found = [one for one in found if one.country is not None or not _is_local(one)]
        if event.weak:
            found = [one for one in found if not _is_resident(one) and self._is_abroad(one, code)]
            if any(
                one.country is not None for one in found
            ):  # "Suri will meet Premier Liang in Beijing": Liang is host
                met = {host.key for host in self.hosts(event)}
                found = [one for one in found if one.country is not None or one.key not in met]
        return found

    def is_at_home(self, one: Traveller, code: str) -> bool:
        """Whether someone would be in his own country there."""
        return self._at_home(one, code)

    def _guests(self, event: TravelEvent, mention: Mention) -> list[Traveller]:
        """ "The Ecuadorian guests": those of that state who were told of last."""
        for visit in reversed(self._visits.told_last(event.sentence.number - _GUESTS_REACH)):
            of_state = [
                one for one in visit.visitors.values() if one.country is not None and one.country in mention.codes
            ]
            if of_state:
                return of_state
        return []

    def _at_home(self, one: Traveller, code: str, *, by_country: bool = False) -> bool:
        """`by_country`: the state is named as such, "went to Ghana", as nobody says at home."""
        if one.person is not None and one.person.role == "intl_org":
            return False  # he serves no state
        if one.country is None:
            at_home = code == self._setting.home and not self._setting.is_labelled(code)
            return at_home and one.person is not None and not by_country
        codes = one.person.codes if one.person is not None and one.person.codes else (one.country,)
        if len(codes) > 1 and code in codes and (code != codes[0] or code in _TWO_OF_A_NAME):
            _is_of_another(one, tuple(each for each in codes if each != code))
            return False
        return compatible(codes[0], code)

    def _is_abroad(self, one: Traveller, code: str) -> bool:
        """ "The minister met teachers in Kano", in passing: a journey only if he is of a state, or Kano is abroad."""
        return one.country is not None or one.kind != "person" or self._setting.is_foreign(code)


def _is_local(one: Traveller) -> bool:
    """ "Gov. Branstad will be in Waterloo": who serves a town or a province may well stay in it."""
    return one.person is not None and one.person.role in ("subnational", "legislator", "other")


def _is_seat(event: TravelEvent, goal: Goal) -> bool:
    """Whether one leaves home for it: a state, a capital, what one flies to; but "went down to Cox's Bazar" is told
    of one's own country, too.
    """
    if FORMS.get(event.sentence.tokens[event.trigger].low, ("", "", ""))[1] not in _OVERLAND:
        return True
    for token in event.sentence.tokens[goal.token : goal.token + _GOAL_REACH]:
        if token.place is not None:
            return token.place.kind in _SEATS
    return True


def _is_of_another(one: Traveller, codes: tuple[str, ...]) -> None:
    """ "A minister of Congo flew to Kinshasa": he is of the other Congo (hard case 37)."""
    one.country = codes[0]
    if one.person is not None:
        one.person.codes = codes


def _is_resident(one: Traveller) -> bool:
    """ "The Ambassador of Kenya called on the governor": he lives where he meets people (hard case 31)."""
    if one.kind == "delegation":  # "Envoys of Norway and Egypt call on the minister"
        return one.name.lower().startswith(_RESIDENTS)
    return one.person is not None and one.person.role == "ambassador"


def _person(person: Person) -> Traveller | None:
    """Someone with a public office; without one only by a state: "Chad's Togoï" may be its minister."""
    if person.named:
        if person.role is None and (person.titles or not person.codes):
            return None
        return Traveller(f"#{person.index}", person.name, "person", person.country, person)
    if person.role is None or (person.role == "other" and not person.codes):
        return None
    return Traveller(f"?{person.index}", person.name, "unnamed_person", person.country, person)


def _group(s: Sentence, mention: Mention) -> Traveller | None:
    """ "A Peruvian delegation", "an IMF mission": a group of a state or of a body (hard cases 40 and 41)."""
    of_a_body = mention.honorific.endswith("+")
    if not mention.codes and not of_a_body:
        return None
    first = mention.first + (s.tokens[mention.first].low in _ARTICLES)
    name = s.words(first, mention.last)
    low = name.lower()
    if not INTERNATIONAL.isdisjoint(low.split()) or any(phrase in low for phrase in INTERNATIONAL_PHRASES):
        return Traveller(low, name, "organisation", None)
    return Traveller(low, name, "delegation", mention.codes[0] if len(mention.codes) == 1 else None)
