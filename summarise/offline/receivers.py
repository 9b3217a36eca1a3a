"""The hosts of the visits of an article: who receives, invites or is met, in whatever sentence that is told.

"He is to see President Rojas on Friday" tells of no journey; it belongs to the visit that was told before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from summarise.judge.places import compatible
from summarise.offline.at_home import codes_at, is_around_a_journey, is_at_a_distance, names
from summarise.offline.encounters import Encounter, Encounters
from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.findings import InvitationFound, VisitFound
from summarise.offline.grammar import NOWHERE, Grammar
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.parties import Parties, body_within
from summarise.offline.sentence import Sentence
from summarise.offline.setting import Setting
from summarise.offline.states import AHEAD, OFF, REAL
from summarise.offline.travellers import Travellers
from summarise.offline.verbs import Mood

_REACH: Final = 10
"""So many sentences behind a visit its hosts may be told."""
_NOT_YET_TOLD: Final = _REACH // 2
"""What a visit told only further down is taken to be away."""
_NO_HOSTS: Final = words("ambassador spokesperson intl_org envoy")
_GUESTS: Final = words("guest guests")


@dataclass(frozen=True, slots=True)
class _Told:
    """One meeting; `coming` are the keys of the guests, none if the sentence does not say who they are."""

    s: Sentence
    at: int
    coming: frozenset[str]
    mood: Mood | None = None
    by_pronoun: bool = False
    farewell: bool = False


class Receivers:
    """Gives the visits of one article their hosts."""

    def __init__(self, grammar: Grammar, travellers: Travellers, setting: Setting) -> None:
        self._encounters = Encounters(grammar)
        self._grammar = grammar
        self._parties = Parties(grammar, travellers)
        self._travellers = travellers
        self._home, self._here = setting.home, setting.here

    def fill(
        self, sentences: Iterable[Sentence], visits: Sequence[VisitFound], invitations: Iterable[InvitationFound]
    ) -> None:
        """Adds the hosts that the sentences and the invitations tell of."""
        for s, near in _neighbours(sentences, visits):
            if not is_at_a_distance(s):
                for encounter in self._encounters.read(s):
                    self._meet(s, encounter, near)
                for told, hosts in self._guests_of(s):
                    self._assign(told, hosts, near)
        theirs: dict[str, list[VisitFound]] = {}
        for visit in visits:
            for key in visit.visitors:
                theirs.setdefault(key, []).append(visit)
        for invitation in invitations:
            for key in invitation.invitees:
                _invited(invitation, theirs.get(key, ()))
        for visit in visits:
            _without_crowds(visit)

    def _meet(self, s: Sentence, encounter: Encounter, visits: Sequence[VisitFound]) -> None:
        """Who of the two sides is the guest, the visits say; first the one that the words make it."""
        guests, hosts = self._who(s, encounter.guests), self._who(s, encounter.hosts)
        if encounter.guests and not guests and all(mention.kind == "name" for mention in encounter.guests):
            return  # someone without an office
        by_pronoun = all(mention.kind == "pronoun" for mention in encounter.guests)
        told = _Told(s, encounter.at, _keys(guests), encounter.mood, by_pronoun, encounter.farewell)
        if not self._assign(told, hosts, visits) and encounter.mutual and guests and hosts:
            self._assign(_Told(s, encounter.at, _keys(hosts), encounter.mood), guests, visits)

    def _who(self, s: Sentence, mentions: Iterable[Mention]) -> list[Traveller]:
        return self._travellers.of_mentions(s, mentions)

    def _guests_of(self, s: Sentence) -> Iterator[tuple[_Told, list[Traveller]]]:
        """ "As the guest of the Ministry of Defence"."""
        for at, token in enumerate(s.tokens[:-1] if not _GUESTS.isdisjoint(s.vocabulary) else ()):
            if token.low in _GUESTS and s.tokens[at + 1].low == "of":
                first = s.mention_at[at].first if at in s.mention_at else at
                guests = self._travellers.of_event(TravelEvent(s, at, self._grammar.left_of(s, first), [], "real"))
                yield _Told(s, at, _keys(guests)), self._whose(s, at + 1)

    def _whose(self, s: Sentence, of: int) -> list[Traveller]:
        """Whose guest one is, from the token of "of"."""
        title = s.mention_at.get(of)  # "guest of President Rojas" is read as one
        if title is None:
            found = self._parties.behind(s, of, ("of",))
            return [host for host in found[0] if host.kind != "government"] if found is not None else []
        people = self._who(s, [title]) if title.kind == "name" else []
        body = body_within(s, of + 1, title.last)
        return people or ([body] if body is not None else [])

    def _assign(self, told: _Told, hosts: Sequence[Traveller], visits: Sequence[VisitFound]) -> bool:
        """Gives each host to the visit that he belongs to; whether there was one."""
        found = False
        at_home = bool(hosts) and is_around_a_journey(told.s)
        for host in hosts:
            if host.person is not None and host.person.role in _NO_HOSTS:
                continue
            fitting = [visit for visit in visits if _serves(host, visit) and _fits(visit, told)]
            theirs = [visit for visit in fitting if told.coming & visit.visitors.keys() or not told.coming]
            visit = self._nearest(told, theirs, known=host.country is not None)
            if told.by_pronoun and (visit is None or _distance(told, visit) > 1):  # "the king will go … He will meet"
                just_told = [each for each in fitting if told.s.number - 1 in each.sentences]
                visit = just_told[0] if len(just_told) == 1 else visit
            if visit is None or self._is_left_at_home(told, host, visit, at_home=at_home):
                continue
            visit.hosts.setdefault(host.key, host)
            found = True
        return found

    def _is_left_at_home(self, told: _Told, host: Traveller, visit: VisitFound, *, at_home: bool) -> bool:
        """ "Was seen off by the vice-president": at home, as far as one can tell."""
        if host.country is not None or visit.code == self._here:
            return False
        return told.farewell or (
            not names(told.s, visit.code) and (at_home or (self._home is not None and names(told.s, self._home)))
        )

    def _nearest(self, told: _Told, visits: list[VisitFound], *, known: bool) -> VisitFound | None:
        """The visit that the sentence tells of or that was told of last; None if it cannot be said which."""
        near = [(_distance(told, visit), visit) for visit in visits]
        least = min((distance for distance, _ in near), default=_REACH + 1)
        if least > _REACH:
            return None
        closest = [visit for distance, visit in near if distance == least]
        there = [visit for visit in closest if _named(told.s, told.at, visit.code)]
        if there:
            return max(there, key=lambda visit: _named(told.s, told.at, visit.code))
        if not known and any(_is_gone_to(told.s, place) for place in range(len(told.s.tokens))):
            return None  # "met the minister in Paris": another state
        if len({visit.code for visit in closest}) > 1:
            closest = [visit for visit in closest if visit.code == self._home]
        return closest[0] if closest else None


def _neighbours(
    sentences: Iterable[Sentence], visits: Iterable[VisitFound]
) -> Iterator[tuple[Sentence, list[VisitFound]]]:
    """Each sentence with the visits that are told around it, if there are any."""
    around: dict[int, list[VisitFound]] = {}
    for visit in sorted(visits, key=lambda visit: visit.order):
        for number in {near for told in visit.sentences for near in range(told - _NOT_YET_TOLD, told + _REACH + 1)}:
            around.setdefault(number, []).append(visit)
    for s in sentences if around else ():
        if found := around.get(s.number):
            yield s, found


def _keys(travellers: Iterable[Traveller]) -> frozenset[str]:
    return frozenset(one.key for one in travellers)


def _serves(host: Traveller, visit: VisitFound) -> bool:
    """Whether one is of the state visited, as far as his is told; no visitor is a host."""
    if host.key in visit.visitors or visit.code == NOWHERE:
        return False
    if host.country is None:
        return True
    own = {one.country for one in visit.visitors.values()}
    return compatible(host.country, visit.code) and host.country not in own


def _fits(visit: VisitFound, told: _Told) -> bool:
    """Whether a meeting of this time can belong to the visit: "left for Baku on Thursday; will meet the president"."""
    number = told.s.number
    if number in visit.sentences:
        return True
    if told.mood == "past":
        return visit.status not in AHEAD | OFF
    return told.mood not in ("future", "due") or visit.status != "completed" or number - 1 in visit.sentences


def _distance(told: _Told, visit: VisitFound) -> int:
    """How many sentences back the visit was told of; a further one told behind the meeting is a little off.

    What was told of further back than `_REACH` is simply too far.
    """
    number, sentences = told.s.number, visit.sentences
    onward = number in sentences and _goes_on_to(told.s, told.at, visit.code)
    near = next((back for back in range(1 if onward else 0, _REACH + 1) if number - back in sentences), None)
    if near is not None:
        return near
    first = min(sentences)
    if first < number:
        return _REACH + 1
    return _NOT_YET_TOLD if onward else first - number + _NOT_YET_TOLD


def _goes_on_to(s: Sentence, at: int, code: str) -> bool:
    """ "Will meet Rojas on Friday and proceed to Yerevan"."""
    return not _named(s, at, code) and any(code in codes_at(s, place) for place in range(at, len(s.tokens)))


def _named(s: Sentence, at: int, code: str) -> int:
    """How near the meeting the state is named, before it or else as where it takes place; 0 if it is not."""
    size = len(s.tokens)
    before = (size + place for place in range(at - 1, -1, -1) if code in codes_at(s, place))
    there = (size - place for place in range(at, size) if code in codes_at(s, place) and _is_gone_to(s, place))
    return next(before, 0) or next(there, 0)


def _is_gone_to(s: Sentence, place: int) -> bool:
    return bool(place and codes_at(s, place)) and s.tokens[place - 1].low in ("in", "at")


def _invited(invitation: InvitationFound, visits: Sequence[VisitFound]) -> None:
    """Who invites is host of the visit that comes of it."""
    inviters = [one for one in invitation.inviters.values() if one.kind != "government"]
    for visit in visits if inviters else ():
        theirs = invitation.code in (visit.code, None)
        told = not visit.sentences.keys().isdisjoint(invitation.sentences)
        if theirs and (told or visit.status not in REAL):
            for one in inviters:
                if one.key not in visit.visitors and (one.country is None or compatible(one.country, visit.code)):
                    visit.hosts.setdefault(one.key, one)


def without_compatriots(visits: Iterable[VisitFound]) -> None:
    """Drops the hosts who are found, once everyone's state is told, to serve another state than the one visited."""
    for visit in visits if visits else ():
        visit.hosts = {
            key: host
            for key, host in visit.hosts.items()
            if visit.code == NOWHERE
            or host.person is None
            or not host.person.codes
            or compatible(host.person.codes[0], visit.code)
        }


def without_those_at_home(visits: Iterable[VisitFound]) -> list[VisitFound]:
    """Drops the visitors who are found, once everyone's state is told, to serve the state visited, and empty visits."""
    kept = []
    for visit in visits:
        visit.visitors = {
            key: one
            for key, one in visit.visitors.items()
            if one.person is None or one.person.country is None or one.person.country != visit.code
        }
        if visit.visitors:
            kept.append(visit)
    return kept


def _without_crowds(visit: VisitFound) -> None:
    """ "Talks with Sudanese leaders" is said better where they are named."""
    if any(host.kind == "person" for host in visit.hosts.values()):
        visit.hosts = {key: host for key, host in visit.hosts.items() if host.kind != "delegation"}
