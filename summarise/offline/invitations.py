"""The invitations of an article: what its sentences tell of them, put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.judge.places import compatible
from summarise.offline.dating import Dating
from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.findings import InvitationFound, VisitFound, by_key
from summarise.offline.grammar import AGAIN, NOWHERE, Goal, Grammar
from summarise.offline.invited_how import channel_told
from summarise.offline.invited_told import Brought, Telling
from summarise.offline.invited_when import invited_when
from summarise.offline.journal import Journal
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.travellers import Travellers

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
_HOUSES: Final = words("congress parliament assembly senate knesset bundestag diet duma riksdag storting legislature")
_VISITS: Final = words("visit visits trip tour")
_DENYING: Final = words("deny denied denies denying")
_NOT_DENYING: Final = words("nor not or")
_TOLD_REACH: Final = 12
"""So many sentences back "the invitation" of someone named was told of."""
_NAMELESS_REACH: Final = 2


class Invitations:
    """Keeps the invitations of one article; their visits are told of in `visits`."""

    def __init__(self, grammar: Grammar, travellers: Travellers, dating: Dating, visits: Journal[VisitFound]) -> None:
        self._grammar = grammar
        self._travellers = travellers
        self._dating = dating
        self._visits = visits
        self._journal: Journal[InvitationFound] = Journal()
        self._brought: Brought | None = None

    @property
    def found(self) -> list[InvitationFound]:
        """In the order in which they were first told of."""
        return self._journal.findings

    def travelling(self, s: Sentence) -> list[Traveller]:
        """Who travels in this sentence, by the visit told last in it; those who accompany him are not asked."""
        told = self._visits.in_sentence(s.number)
        if not told:
            return []
        companions = {mention.first for mention in self._grammar.accompanying(s)}
        named = {
            one.key
            for mention in s.mentions
            if mention.first not in companions
            for one in self._travellers.of_mention(s, mention)
        }
        visitors = told[-1].visitors.values()
        return [one for one in visitors if one.key in named] or list(visitors)

    def expected(self, s: Sentence, telling: Telling) -> list[Traveller]:
        """ "Rao will not go to Lima. The Peruvians took back their invitation": who was told last to go there."""
        states = {one.country for one in telling.inviters}
        for visit in reversed(self._visits.told_last(s.number - _NAMELESS_REACH)):
            if visit.code in states and not self.spoken_of(s, telling):
                telling.rests_on = visit.last
                return list(visit.visitors.values())
        return []

    def turned_round(self, s: Sentence, behind: int, telling: Telling) -> bool:
        """ "The king told Rao that Oman was ready and invited him to Muscat": it is not Rao who asks the king home."""
        code = next((goal.code for goal in self.goals(s, behind)[:1]), None)
        asked = bool(telling.inviters) and all(_is_of(one, code) for one in telling.invitees)
        return asked and all(one.country is not None and not _is_of(one, code) for one in telling.inviters)

    def visited(self, s: Sentence) -> set[str | None]:
        """The states of the visits told in a sentence."""
        return {visit.code for visit in self._visits.in_sentence(s.number)}

    def on_visit(self, s: Sentence, before: int, telling: Telling) -> list[Traveller]:
        """ "The visit takes place at the invitation of the king": who was told last to be on one."""
        if all(token.low not in _VISITS for token in s.tokens[:before]):
            return []
        told = self._visits.told_last(s.number - _NAMELESS_REACH)
        if not told:
            return []
        telling.rests_on, telling.code = told[-1].last, told[-1].code
        return list(told[-1].visitors.values())

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
                channel=telling.channel or (None if telling.by_noun else channel_told(s)),
                implied=telling.implied,
            )
            self._journal.add(known, invitees)
        else:
            known.inviters = known.inviters or inviters
            known.code = known.code or code
            self.update(known, s, telling)
        if telling.rests_on is not None:
            self._journal.cite(known, [telling.rests_on])
        self._date(known, s, at, behind, telling)
        if known.response == "accepted" and to_there:
            event = TravelEvent(s, to_there[0].token, [], to_there, "planned", stand_ins=list(known.invitees.values()))
            event.dated_behind = known.proposed is None  # "on Monday accepted an invitation to visit Oslo"
            yield event

    def bring(self, s: Sentence, at: int, telling: Telling) -> None:
        """Keeps an invitation of which it is not told who is invited, until someone answers it."""
        self._brought = Brought(s, at, telling)

    def brought(self, s: Sentence) -> Brought | None:
        """The invitation so kept, if "the invitation" in this sentence can be that one."""
        kept = self._brought
        return kept if kept is not None and 0 < s.number - kept.sentence.number <= _NAMELESS_REACH else None

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
        if telling.status == "withdrawn" and telling.by_noun:
            return  # "took back their invitation on Tuesday"
        when = invited_when(s, at, behind, self._dating)
        known.proposed = known.proposed or when.proposed
        if telling.answers:
            known.responded = known.responded or when.made
        else:
            known.extended = known.extended or when.made

    def _state(self, s: Sentence, goals: list[Goal], telling: Telling) -> str | None:
        """The state one is asked to: the one named, else that of the visit or of the inviter."""
        if goals and goals[0].code not in (None, AGAIN, NOWHERE):
            return goals[0].code
        told = self._visits.in_sentence(s.number) if telling.implied else []
        own = {one.country for one in telling.inviters}
        of_inviter = next((visit.code for visit in told if visit.code in own), None)
        if told and told[-1].code != NOWHERE:
            return of_inviter or told[-1].code
        if goals and goals[0].there and (there := self._there(s, telling)) is not None:
            return there
        state = next((one.country for one in telling.inviters if one.country), telling.code)
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
            if low == "address" and (house := self._house(s, position + 1)) is not None:
                return [house]
            if low in _GOAL_LINKS:
                goals, _ = self._grammar.goals_from(s, position + 1)
                if goals and goals[0].code is not None:
                    return goals
        return []

    def _house(self, s: Sentence, at: int) -> Goal | None:
        """ "To address the Bolivian Congress": in its state."""
        for position in range(at, min(len(s.tokens) - 1, at + 3)):
            place = s.tokens[position].place
            if place is not None and any(token.low in _HOUSES for token in s.tokens[position + 1 : position + 3]):
                return Goal(self._grammar.code_of(place), [], token=position)
        return None

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
    event.dated_behind = invitation.proposed is None
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
