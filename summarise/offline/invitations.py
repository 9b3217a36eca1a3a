"""The invitations of an article: what its sentences tell of them, put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from summarise.judge.places import compatible
from summarise.offline.dating import Dating
from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.findings import InvitationFound, VisitFound, by_key
from summarise.offline.grammar import AGAIN, NOWHERE, Goal, Grammar
from summarise.offline.invited_when import invited_when
from summarise.offline.journal import Journal
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_SAYS_LITTLE: Final = words("unknown acknowledged")
_RESPONSES: Final = {
    response: rank
    for rank, response in enumerate("unknown pending acknowledged tentative delegated declined accepted".split())
}
"""Of two responses told of one invitation the higher one counts: thanks come before an answer (hard case 46)."""
_GOAL_LINKS: Final = words("to in visit see for at tour")
_GOAL_ENDS: Final = words("; who which during while when after before")
_GOAL_REACH: Final = 16
_THERE_REACH: Final = 3
_DENYING: Final = words("deny denied denies denying")
_NOT_DENYING: Final = words("nor not or")
_TOLD_REACH: Final = 12
"""So many sentences back "the invitation" of someone named was told of."""
_NAMELESS_REACH: Final = 2


@dataclass(slots=True)
class Telling:
    """What one sentence tells of an invitation."""

    inviters: list[Traveller] = field(default_factory=list)
    invitees: list[Traveller] = field(default_factory=list)
    response: str = "unknown"
    status: str = "extended"
    via: str | None = None
    channel: str | None = None
    answers: bool = False
    """Told by a word of answering ("accepted an invitation"): its date is that of the answer."""
    here: bool = False
    """Told without where to: where the article is at home, if the one asked is a stranger there."""
    implied: bool = False
    """ "At the invitation of": told with the visit, whose state is the inviter's (hard case 49)."""


class Invitations:
    """Keeps the invitations of one article; their visits are told of in `visits`."""

    def __init__(self, grammar: Grammar, dating: Dating, visits: Journal[VisitFound]) -> None:
        self._grammar = grammar
        self._dating = dating
        self._visits = visits
        self._journal: Journal[InvitationFound] = Journal()

    @property
    def found(self) -> list[InvitationFound]:
        """In the order in which they were first told of."""
        return self._journal.findings

    def travelling(self, s: Sentence) -> list[Traveller]:
        """Who travels in this sentence, by the visit told last in it: those whom it names, not their companions."""
        told = self._visits.in_sentence(s.number)
        visitors = list(told[-1].visitors.values()) if told else []
        here = {mention.person for mention in s.mentions if mention.person is not None}
        return [one for one in visitors if one.person is not None and one.person.index in here] or visitors

    def take(self, s: Sentence, at: int, behind: int, telling: Telling) -> Iterator[TravelEvent]:
        """Takes in an invitation told at a token, to what is named from `behind` on; gives the journey it announces."""
        goals = [] if telling.implied else self.goals(s, behind)
        code = self._state(s, goals, telling)
        invitees = by_key(
            [one for one in telling.invitees if not _is_of(one, code)]
        )  # nobody is asked to his own country
        inviters = by_key([one for one in telling.inviters if one.key not in invitees])
        if not invitees:
            return
        by_state = inviters and next(iter(inviters.values())).kind == "government"
        if not goals and by_state and all(one.kind == "government" for one in invitees.values()):
            code = None  # "Moscow invited Kabul to the talks": who knows where (hard case 32)
        to_there = goals[:1] if code is not None and goals and goals[0].code == code else []
        known = self._same(inviters, invitees, code)
        if known is None and code is None and not inviters and telling.response in _SAYS_LITTLE:
            return  # nobody asks, and to nowhere
        if known is None:
            known = InvitationFound(
                sentences={s.number: None},
                inviters=inviters,
                invitees=invitees,
                code=code,
                told=(s, goals[0].token if goals else at),
                places=list(to_there[0].names) if to_there else [],
                response=telling.response,
                status=telling.status,
                via=telling.via or _carrier(s),
                channel=telling.channel,
            )
            self._journal.add(known, invitees)
        else:
            known.inviters = known.inviters or inviters
            known.code = known.code or code
            self.update(known, s, telling)
        self._date(known, s, at, behind, telling)
        if known.response == "accepted" and to_there:
            yield TravelEvent(s, to_there[0].token, [], to_there, "planned", stand_ins=list(known.invitees.values()))

    def update(self, known: InvitationFound, s: Sentence, telling: Telling) -> None:
        """Adds what a further sentence tells of an invitation."""
        self.cite(known, s)
        if telling.response != "unknown" and _RESPONSES[telling.response] >= _RESPONSES[known.response]:
            known.response = telling.response
        if telling.status != "extended":
            known.status = telling.status

    def cite(self, known: InvitationFound, s: Sentence) -> None:
        """Notes that a sentence tells of an invitation."""
        self._journal.cite(known, [s.number])

    def spoken_of(self, s: Sentence, telling: Telling) -> InvitationFound | None:
        """The invitation told of before that these words go on about: "the invitation", "her invitation to Rao"."""
        asked, asking = {one.key for one in telling.invitees}, {one.key for one in telling.inviters}
        reach = _TOLD_REACH if asked or asking else _NAMELESS_REACH
        for known in reversed(self._journal.told_last(s.number - reach)):
            if (not asked or asked & known.invitees.keys()) and (not asking or asking & known.inviters.keys()):
                return known
        return None

    def _date(self, known: InvitationFound, s: Sentence, at: int, behind: int, telling: Telling) -> None:
        """Adds the dates that the sentence tells: with a visit "at the invitation of", those of the visit."""
        if telling.implied:
            told = self._visits.in_sentence(s.number)
            known.proposed = known.proposed or (told[-1].when if told else None)
            return
        when = invited_when(s, at, behind, self._dating)
        known.proposed = known.proposed or when.proposed
        if telling.answers:
            known.responded = known.responded or when.made
        elif telling.status != "withdrawn":
            known.extended = known.extended or when.made

    def _state(self, s: Sentence, goals: list[Goal], telling: Telling) -> str | None:
        """The state one is asked to: the one named, else that of the visit or of the inviter."""
        if goals and goals[0].code not in (None, AGAIN, NOWHERE):
            return goals[0].code
        told = self._visits.in_sentence(s.number) if telling.implied else []
        if told and told[-1].code != NOWHERE:
            return told[-1].code
        if goals and goals[0].there and (there := self._there(s, telling)) is not None:
            return there
        state = next((one.country for one in telling.inviters if one.country), None)
        here = self._grammar.here
        if state is None and telling.here and here and all(one.country not in (None, here) for one in telling.invitees):
            return here
        return state

    def _there(self, s: Sentence, telling: Telling) -> str | None:
        """ "Has promised to be in Lima. A message asking him there": where the one asked was last told to go."""
        asked = {one.key for one in telling.invitees}
        for visit in reversed(self._visits.told_last(s.number - _NAMELESS_REACH)):
            if asked & visit.visitors.keys() and visit.code != NOWHERE:
                return visit.code
        return None

    def goals(self, s: Sentence, behind: int) -> list[Goal]:
        """The places one is asked to, from a token on."""
        for position in range(behind, min(len(s.tokens) - 1, behind + _GOAL_REACH)):
            low = s.tokens[position].low
            if low in _GOAL_ENDS:
                break
            if low == "there" and position <= behind + _THERE_REACH:
                return self._grammar.goals_from(s, position)[0]
            if low in _GOAL_LINKS:
                goals, _ = self._grammar.goals_from(s, position + 1)
                if goals and goals[0].code is not None:
                    return goals
        return []

    def _same(
        self, inviters: dict[str, Traveller], invitees: dict[str, Traveller], code: str | None
    ) -> InvitationFound | None:
        """The same invitation told before: no other inviter, or one of his state, and no other place."""
        countries = {one.country for one in inviters.values()}
        for known in reversed(self._journal.about(invitees)):
            agree = not inviters or not known.inviters or bool(inviters.keys() & known.inviters.keys())
            if agree and (code is None or known.code is None or compatible(code, known.code)):
                return known
            compatriots = countries & {one.country for one in known.inviters.values()}
            if code is not None and known.code == code and compatriots:
                return known
        return None


def journey(s: Sentence, invitation: InvitationFound, status: str) -> Iterator[TravelEvent]:
    """The visit that an answer announces, with the place and the date of the invitation (hard case 47)."""
    if invitation.code is None:
        return
    told, token = invitation.told
    event = TravelEvent(told, token, [], [Goal(invitation.code, [], token=token)], status)
    event.stand_ins = list(invitation.invitees.values())
    event.also = [s.number] if s.number != told.number else []
    yield event


def denied(s: Sentence, first: int) -> bool:
    """ "Denied that she had invited Rao"; not "would neither confirm nor deny that"."""
    return any(
        s.tokens[at].low in _DENYING and (not at or s.tokens[at - 1].low not in _NOT_DENYING)
        for at in range(max(0, first - 6), first)
    )


def _is_of(one: Traveller, code: str | None) -> bool:
    return one.country is not None and code is not None and compatible(one.country, code)


def _carrier(s: Sentence) -> str | None:
    """ "Through his envoy the president asked": who carried it (hard case 48)."""
    if s.tokens[0].low not in ("through", "via"):
        return None
    mention = s.mention_at.get(1)
    return s.words(mention.first, mention.last) if mention is not None else None
