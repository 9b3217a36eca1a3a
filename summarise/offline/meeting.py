"""Visits told by what one does there: meet, hold talks, attend, sign; whoever is not at home there has come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.grammar import AGAIN, VENUE, Goal
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.telling import AT, MEETING_NOUNS, Telling
from summarise.offline.verbs import VerbGroup, helpers_before, mood_of

_IN: Final = words("in")
_LEAVE_FOR: Final = words("for to")
_NO_VISIT: Final = words(
    "reporters journalists newsmen press voters students workers residents families supporters crowd"
)
"""Meeting these says nothing of where one is at home."""
_AT_A_DISTANCE: Final = words(
    "video telephone phone videolink videoconference teleconference virtually virtual online remotely"
)
_HAD: Final = words("talks a an meetings discussions consultations separate")
_FOLLOWERS: Final[dict[str, frozenset[str]]] = {
    "have": _HAD,
    "shake": words("hands"),
    "sit": words("down"),
    "see": words("each"),
    "cut": words("the a"),
    "review": words("the a troops"),
}
"""Verbs of many uses that tell of a meeting only with these words behind, if any word is behind."""
_MEETING_ITSELF: Final = words("meet confer shake sit converse see")
_WITH_SOMEONE: Final = words("dine lunch negotiate")
_SIGNED: Final = words("""
    agreement agreements treaty treaties accord accords deal deals memorandum protocol protocols pact communique
    communiqué declaration declarations contract contracts convention statement document documents
    """)
_UNTOLD: Final = (VENUE, None)
_BEFORE_PARTICIPLE: Final = words(", and or after before while when on by for in upon from since of were are is '")
_AT_THE_VENUE: Final = words("attend join participate take represent")
_DAYS: Final = words("days hours week weeks")
_TALKED_OF: Final = words("outcome outcomes result results recent forthcoming upcoming preparations prepare")
_GATHERING: Final = words("summit conference meeting forum session congress assembly talks")
_BY_REACH: Final = 12
"""So many tokens behind "represented" its "by" may stand."""
_TODAY: Final = words("today monday tuesday wednesday thursday friday saturday sunday")
_CONFIRMED: Final = words("confirmed confirm confirms confirming")
_HERE_REACH: Final = 24
_ENDS_CLAUSE: Final = words("; who which that said says after before when while where")
_ENDS: Final = words("conclude begin start open")


class Meeting:
    """Finds such visits in one sentence after another."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._grammar = telling.grammar

    def meeting(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "met in Geneva" (hard case 29), "attended the summit in Accra" (hard case 28)."""
        at = group.verb + 1
        follower = s.tokens[at].low if at < len(s.tokens) else ""
        if group.base == "take" and follower == "off":
            goals = self._telling.goals_after(s, at + 1, _LEAVE_FOR, 6)
            if goals:
                yield self._telling.of_subject(s, group, goals)
            return
        if not self._is_meeting(s, group, follower):
            return
        goals = self._where(s, group)
        if not goals:
            return
        at_table = group.frame == "meet" or group.base in _WITH_SOMEONE
        met = _met(s, group.verb, goals[0].token) if at_table else []
        visitors = self._signatories(s, group) if group.passive else self._grammar.subject(s, group)
        come = any(token.low == "visiting" for token in s.tokens[max(0, group.first - 12) : group.first])
        several = (
            len(goals) > 1
            and group.base in ("confer", "meet", "hold", "have")
            and all(one.kind == "group" and not one.codes for one in met)
        )
        event = self._telling.event(s, group, visitors if come else visitors + met, goals if several else goals[:1])
        event.hosts = met
        event.weak = True
        event.attach = goals[0].code == AGAIN and not goals[0].there
        stays_away = group.base == "attend" and goals[0].code == VENUE and _is_absolute(s, at)
        if event.status != "denied" or (group.frame == "attend" and (goals[0].code not in _UNTOLD or stays_away)):
            yield event  # "will not attend the summit in Lima", but "will not meet the president"
            if group.frame == "meet" and not group.passive:
                yield from self._further(s, group, event.visitors[: len(visitors)], goals[0])

    def _further(self, s: Sentence, group: VerbGroup, visitors: list[Mention], goal: Goal) -> Iterator[TravelEvent]:
        """ "will meet Rao in Lima, Ito in Quito and Lund in La Paz": each further host and place."""
        at = self._grammar.goals_from(s, goal.token)[1]
        while (host := _listed_behind(s, at)) is not None:
            goals, end = self._grammar.goals_from(s, host.last + 1)
            if s.tokens[host.last].low not in AT or not goals or end <= at:
                return
            event = self._telling.event(s, group, [*visitors, host], goals[:1])
            event.hosts, event.weak, event.dated_behind = [host], True, True
            yield event
            at = end

    def _is_meeting(self, s: Sentence, group: VerbGroup, follower: str) -> bool:
        """Whether people come together in one place: not in "had a look", "met reporters", "met by video" (case 52)."""
        tokens, at = s.tokens, group.verb + 1
        if group.passive and group.frame == "attend" and group.base != "represent":
            return False  # "a trip that will be watched in Canberra"
        followers = _FOLLOWERS.get(group.base)
        if followers is not None and follower and follower not in followers:
            return False
        if group.base == "take" and follower != "part":
            return False
        of_talks = group.frame != "meet" or group.base in _MEETING_ITSELF
        nouns = _SIGNED if group.base == "sign" else MEETING_NOUNS
        near = tokens[max(0, group.first - 6) : group.first] if group.passive else tokens[at : at + 6]
        if not of_talks and all(token.low not in nouns for token in near):
            return False  # "opened a bridge", not "opened talks"
        before = tokens[group.first - 1].low if group.first else ""
        if group.base == "meet" and group.mood == "gerund" and _is_noun(s, group.first, before):
            return False
        if follower == "from" or any(token.low in _NO_VISIT for token in tokens[at : at + 5]):
            return False
        return _AT_A_DISTANCE.isdisjoint(self._grammar.clauses(s).words)

    def _where(self, s: Sentence, group: VerbGroup) -> list[Goal]:
        """Where it takes place. On the margins of a session that is nowhere told, no visit (hard case 53)."""
        at = group.verb + 1
        told = self._telling.goals_after(s, at, AT, 16)
        goals = (
            ([] if told and _of_another(s, at, told[0].token) else told)
            or self._telling.fronted(s)
            or self._telling.named_event(s, at)
            or self._telling.here(s, at)
            or (self._here_behind(s, at) if group.frame == "meet" else [])
        )
        in_the_lead = group.base == "meet" and s.number <= 2 and not _TODAY.isdisjoint(s.vocabulary)
        if not goals and in_the_lead and len(self._grammar.subject(s, group)) > 1:
            return self._telling.again(s, group.verb)  # "Kennedy and Khrushchev met today": the dateline says where
        if not goals and group.infinitive and _goes_elsewhere(s, group.first):
            return []  # "will leave for Riyadh to attend a meeting": not where the article's own gathering is
        if not goals and group.base in _AT_THE_VENUE:
            return [Goal(VENUE, [], token=group.verb)]
        return goals

    def _signatories(self, s: Sentence, group: VerbGroup) -> list[Mention]:
        """ "The treaty was signed in Lima by Ito and Rao": who does it; of other verbs the subject."""
        by = next((at for at in range(group.verb + 1, len(s.tokens)) if s.tokens[at].low == "by"), None)
        signed = group.base == "sign" and by is not None
        mention = (s.mention_at.get(by + 1) or s.mention_at.get(by + 2)) if signed and by is not None else None
        return self._grammar.list_from(s, mention, len(s.tokens)) if mention is not None else []

    def confirmed(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Zenawi and Guelleh had confirmed attendance": at the gathering that is written of."""
        verb = next((v for v in range(at - 1, max(-1, at - 4), -1) if s.tokens[v].low in _CONFIRMED), None)
        if verb is None:
            return
        helpers, first = helpers_before(s.tokens, verb)
        visitors = self._grammar.left_of(s, first)
        if visitors and "not" not in helpers:
            goals = self._telling.goals_after(s, at + 1, AT, 10) or [Goal(VENUE, token=at)]
            yield TravelEvent(s, at, visitors, goals[:1], "planned", weak=True)

    def days_in(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "wrapped up four days of talks in Helsinki"."""
        near = s.tokens[group.verb + 1 : group.verb + 6]
        if group.base in _ENDS and any(token.low in _DAYS for token in near):
            goals = self._telling.goals_after(s, group.verb + 1, _IN, 10) or self._here_behind(s, group.verb + 1)
            if goals:
                event = self._telling.of_subject(s, group, goals)
                event.departs = group.base == "conclude"
                event.arrival = group.base != "conclude"  # begun today: he is there
                yield event

    def _here_behind(self, s: Sentence, at: int) -> list[Goal]:
        """ "began two days of meetings with Portuguese leaders here today"."""
        for position in range(at, min(len(s.tokens), at + _HERE_REACH)):
            if s.tokens[position].low in _ENDS_CLAUSE:
                break
            if s.tokens[position].low == "here":
                return self._telling.here(s, position)
        return []

    def represented(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Malaysia will be represented at the inauguration in Pretoria by X, and Britain by Y"."""
        tokens = s.tokens
        visitors = _representatives(s, at)
        helpers, first = helpers_before(tokens, at)
        mood = mood_of(tokens, first, helpers, "ed")
        if not visitors or mood not in ("future", "past", "due"):
            return
        status = "completed" if mood == "past" and "be" not in helpers else "future"
        inside = (
            place for place in (*range(at, visitors[0].first), *range(at - 1, 0, -1)) if tokens[place].low == "in"
        )
        found = next((goals for place in inside if (goals := self._grammar.goals_from(s, place + 1)[0])), None)
        for visitor in visitors:
            yield TravelEvent(s, at, [visitor], found or [Goal(VENUE, [], token=at)], status, weak=True)


def _goes_elsewhere(s: Sentence, at: int) -> bool:
    """Whether "to Riyadh", "for Riyadh" stands before a token."""
    return any(s.tokens[place - 1].low in ("to", "for", "in") and s.place(place) is not None for place in range(1, at))


def _is_absolute(s: Sentence, at: int) -> bool:
    """ "will not attend.", "is not attending the session"."""
    behind = s.tokens[at : at + 4]
    return not behind or behind[0].low in (".", ",") or any(token.low in _GATHERING for token in behind)


def _listed_behind(s: Sentence, at: int) -> Mention | None:
    """Whoever stands behind a comma or "and" at this token, with a word behind him."""
    while at < len(s.tokens) and s.tokens[at].low in (",", "and"):
        at += 1
        mention = s.mention_at.get(at)
        if mention is not None:
            return mention if mention.kind != "pronoun" and mention.last + 1 < len(s.tokens) else None
    return None


def _is_noun(s: Sentence, at: int, before: str) -> bool:
    """Whether it is "a special Cabinet meeting"; not in "after meeting Ito", "ministers meeting in Lima"."""
    return at > 0 and at - 1 not in s.mention_at and before not in _BEFORE_PARTICIPLE and not before.endswith("s")


def may_have_talks(s: Sentence, at: int) -> bool:
    """Whether "have" at this token can be "had talks": by the word behind, if there is one."""
    return at + 1 == len(s.tokens) or s.tokens[at + 1].low in _HAD


def _of_another(s: Sentence, at: int, goal: int) -> bool:
    """ "Talks on the outcome of the recent summit in Algiers": the place of what is only talked of."""
    tokens = s.tokens[at:goal]
    return any(token.low in _TALKED_OF for token in tokens) and any(token.low in _GATHERING for token in tokens[-4:])


def _met(s: Sentence, verb: int, goal: int) -> list[Mention]:
    """Whom one meets: the people named between the verb and the place."""
    met: list[Mention] = []
    at = verb + 1
    while at < goal:
        mention = s.mention_at.get(at)
        if mention is not None and mention.first == at and mention.kind != "pronoun":
            met.append(mention)
        at = mention.last if mention is not None else at + 1
    return met


def _representatives(s: Sentence, at: int) -> list[Mention]:
    """Those behind "by": straight behind the verb or its place, and of every further state."""
    found: list[Mention] = []
    for by in range(at + 1, len(s.tokens) - 1):
        if s.tokens[by].low != "by":
            continue
        further = s.tokens[by - 1].place is not None and by - 1 not in s.mention_at
        visitor = s.mention_at.get(by + 1) or s.mention_at.get(min(by + 2, len(s.tokens) - 1))
        if visitor is not None and (further if found else by < at + _BY_REACH):
            found.append(visitor)
    return found
