"""Journeys told by verbs of moving: visit, fly to, arrive in, leave for, return from, spend days in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.grammar import AGAIN, NOWHERE, VENUE, Goal
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.telling import Telling
from summarise.offline.verbs import VerbGroup

_TO: Final = words("to for into via through toward towards")
_PREPOSITIONS_OF: Final[dict[str, frozenset[str]]] = {
    "shuttle": _TO | {"between"},
    "commute": _TO | {"between"},
    "pass": words("through"),
    "swing": words("through by"),
    "get": words("to into in"),
    "step": words("in at"),
    "arrive": words("in at on to into"),
    "transit": words("in through at via"),
}
"""What leads to the place behind these verbs; behind others what leads there behind any."""
_INTO: Final = words("in at on")
_LEAVE_FOR: Final = words("for to")
_FROM: Final = words("from")
_BACK_TO: Final = words("to")
_BACK_FROM: Final = words("from in")
_SPENT_IN: Final = words("in at to")
_INSIDE: Final = words("in at near outside")
_OCCASIONS: Final = words("""
    inauguration funeral summit conference forum congress talks meeting session ceremony wedding coronation celebrations
    opening games assembly
    """)
_NOT_TRAVEL: Final = words(
    "ahead head well live along under forward wrong public bankrupt beyond against unnoticed power war trial prison "
    "court effect force line agreement conclusion business ground zero sale"
)
"""Behind a verb of moving: "went to war", "came under fire", "headed by"."""
_AWAITED: Final = words("when until once till before if")
FOLLOWERS: Final[dict[str, frozenset[str]]] = {
    "set": words("off out foot"),
    "turn": words("up"),
    "show": words("up"),
    "look": words("in"),
    "drop": words("in by"),
    "descend": words("on upon"),
    "put": words("in down"),
    "get": words("in to into back home"),
    "pass": words("through"),
    "swing": words("through by"),
    "step": words("off onto ashore"),
    "double": words("back"),
    "touch": words("down"),
    "remain": words("in here there"),
    "stop": words("over off in briefly at"),
    "call": words("at"),
    "continue": words("on to"),
    "move": words("on to"),
}
"""Verbs of many uses that are ones of travel only with these words behind: "touched down", "stopped over"."""
_PARTIES: Final = words("delegation team mission group")
_LENGTHS: Final = words("days day hours night week weekend weeks")
_ESCORTING: Final = words("accompany escort")
_ARRIVING: Final = words("arrive land touch")
_TOLD: Final = words("past now future due gerund present")
_ENDED: Final = words("past now gerund")
_TOGETHER: Final = words("arrive fly come travel")
_HOMEWARD: Final = words("go fly travel head come drive sail")
_GOING_ON: Final = words("go fly travel head move drive")


def awaited(s: Sentence, group: VerbGroup) -> bool:
    """ "when Brazilian President Brandão visits Quito": what is still to come (hard case 16)."""
    return any(token.low in _AWAITED for token in s.tokens[max(0, group.first - 9) : group.first])


class Going:
    """Finds such journeys in one sentence after another."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._grammar = telling.grammar

    def visiting(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "visited Russia": the object is the goal."""
        tokens, at = s.tokens, group.verb + 1
        object_ = s.mention_at.get(at)
        if group.passive or (group.mood == "gerund" and object_ is not None and object_.kind == "name"):
            return  # "visiting Mr Ito": the noun's rule reads it
        at = self._telling.past_adverbs(s, at)
        goals, end = self._grammar.goals_from(s, at)
        inside = False
        if not goals and awaited(s, group) and at < len(tokens) and tokens[at].low in (".", ","):
            goals = [Goal(NOWHERE, [], tokens[at].start, tokens[at].end, group.verb)]
        elif not goals and group.base in ("visit", "tour"):  # "visited a school in Nairobi"
            goals, inside = self._telling.goals_after(s, at, _INSIDE, 12)[:1], True
        reached_for = group.base == "reach" and group.mood == "past" and end < len(tokens) and tokens[end].low == "for"
        if goals and not reached_for:
            event = self._telling.of_subject(s, group, goals)
            event.weak = inside
            yield event

    def spending(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "spent three days in Mozambique", "led a delegation to Peru"."""
        if not _of_travel(s, group):
            return
        goals = self._telling.goals_after(s, group.verb + 1, _SPENT_IN, 14)
        if not goals and any(token.low == "there" for token in s.tokens[group.verb + 1 : group.verb + 6]):
            goals = [Goal(AGAIN, [], s.tokens[group.verb].start, s.tokens[group.verb].end, group.verb, there=True)]
        if (
            not goals
            and group.base == "spend"
            and any(t.low == "here" for t in s.tokens[group.verb + 1 : group.verb + 7])
        ):
            goals = self._telling.here(s, group.verb + 3)
        if goals := goals or self._led_here(s, group):
            yield self._telling.of_subject(s, group, goals)

    def _led_here(self, s: Sentence, group: VerbGroup) -> list[Goal]:
        """ "led a 20-member delegation here in March"."""
        return self._telling.here(s, group.verb + 1) if group.base == "lead" else []

    def going(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """A verb of moving, whichever it is."""
        at = group.verb + 1
        if group.passive and group.base not in ("fly", "rush"):
            return  # "the talks would be moved to Pretoria"
        if not _of_travel(s, group) or (at < len(s.tokens) and s.tokens[at].low in _NOT_TRAVEL):
            return
        if _is_led(s, group):
            return
        follower = s.tokens[at].low if at < len(s.tokens) else ""
        if group.base in _HOMEWARD and follower in ("back", "home"):
            yield from self._coming_home(s, group)  # "flew home from Lima"
            if group.base in _GOING_ON and follower == "back":  # "flew back to Lima": home, unless he is a stranger
                goals = self._telling.goals_after(s, at + 1, _BACK_TO, 2)
                if goals and at + 1 < len(s.tokens) and s.tokens[at + 1].low == "to":
                    event = self._journey(s, group, goals)
                    event.homeward = True
                    yield event
                return
        if group.base == "get" and follower in ("home", "back"):
            yield from self._returning(s, group)
        elif group.frame == "leave":
            yield from self._leaving(s, group)
        elif group.frame == "return":
            yield from self._returning(s, group)
        else:
            yield from self._moving(s, group)

    def _leaving(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "left for Vienna"; "left Zambia for Lisbon", "left Pyongyang for home": a visit that ends (hard case 33)."""
        at = group.verb + 1
        goals = self._telling.goals_after(s, at, _LEAVE_FOR, 14)
        if goals:
            left = self._telling.object_goals(s, at)
            if left and group.mood == "past" and left[0].token < goals[0].token:
                event = self._telling.of_subject(s, group, left[:1])
                event.origin = event.departs = event.weak = True
                yield event
            yield self._journey(s, group, goals)
            return
        if [token.low for token in s.tokens[at : at + 2]] == ["for", "home"] and group.mood == "past":
            event = self._journey(s, group, self._telling.again(s, group.verb))
            event.attach = event.departs = True
            yield event
            return
        first = self._telling.past_adverbs(s, at)
        goals, _ = self._grammar.goals_from(s, first)
        if not goals and first < len(s.tokens) and s.tokens[first].low == "from":
            goals, _ = self._grammar.goals_from(s, first + 1)
        if goals and group.mood in ("past", "present", "now", "future", "due"):
            event = self._journey(s, group, goals)
            event.origin = event.departs = True
            event.sets_off = False
            event.status = {"past": "completed", "now": "ongoing", "present": "ongoing"}.get(group.mood, "open")
            yield event

    def _coming_home(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "flew home last night from Damascus": the visit there is over."""
        goals = self._telling.goals_after(s, group.verb + 2, _FROM, 9)
        if goals:
            event = self._telling.of_subject(s, group, goals[:1])
            event.status = "completed" if group.mood in _ENDED else event.status
            event.departs = True
            yield event

    def _returning(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "returned from Lagos": the visit there is over; "returned to Lagos": one more."""
        at = group.verb + 1
        goals = self._telling.goals_after(s, at, _FROM, 9)
        if goals:
            event = self._telling.of_subject(s, group, goals)
            if group.mood in _ENDED:
                event.status = "completed"
            event.departs = True
            yield event
        elif goals := self._telling.goals_after(s, at, _BACK_TO, 6):
            event = self._journey(s, group, goals)
            event.homeward = True
            yield event

    def _moving(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "flew to Oslo", "arrived in Juba", "stopped over in Doha" (hard case 26)."""
        goals = self._goals_of_moving(s, group) or self._goals_untold(s, group)
        if not goals:
            return
        follower = s.tokens[group.verb + 1].low if group.verb + 1 < len(s.tokens) else ""
        event = self._journey(s, group, goals)
        escorted = s.mention_at.get(group.verb + 1) if group.base in _ESCORTING else None
        if escorted is not None:  # "accompanied the president to Jeddah": both went
            event.visitors.append(escorted)
        if follower == "with" and group.base in _TOGETHER and (beside := s.mention_at.get(group.verb + 2)) is not None:
            event.visitors.append(beside)  # "Kissinger, who arrived with the President"
        came = group.base == "come" and group.mood == "past" and goals[0].code == AGAIN and not goals[0].there
        event.arrival = (
            came or group.base in _ARRIVING or (group.base in ("come", "fly") and follower in ("in", "into"))
        )
        event.sets_off = group.frame == "to" and not event.arrival
        if group.base == "transit" or (group.base == "stop" and follower in ("over", "off")):
            event.kind = "transit"
        yield event

    def _goals_of_moving(self, s: Sentence, group: VerbGroup) -> list[Goal]:
        """The goals that are told behind the verb."""
        at = group.verb + 1
        usual = _INTO if group.frame == "in" and group.base != "set" else _TO
        prepositions = _PREPOSITIONS_OF.get(group.base, usual)
        if group.base == "set" and at < len(s.tokens) and s.tokens[at].low == "foot":
            prepositions = _INTO
        goals = self._telling.goals_after(s, at, prepositions, 12 if group.frame == "in" else 9)
        if goals or at >= len(s.tokens):
            return goals
        if group.frame == "to" and any(token.low in _OCCASIONS for token in s.tokens[at : at + 7]):
            return self._telling.goals_after(s, at, _INTO, 12)  # "went to the inauguration in Pretoria"
        low = s.tokens[at].low
        if low == "in" and group.base in ("fly", "come", "go", "head", "drive", "jet"):  # for "into"
            goals, _ = self._grammar.goals_from(s, at + 1)
        if not goals and low in ("there", "here"):
            goals, _ = self._grammar.goals_from(s, at)
        return goals

    def _goals_untold(self, s: Sentence, group: VerbGroup) -> list[Goal]:
        """Where the verb does without a goal: "arrived here", "flew in on Sunday", "will come.", "landed"."""
        at = group.verb + 1
        low = s.tokens[at].low if at < len(s.tokens) else ""
        if low == "in" and group.base in ("fly", "come", "jet") and group.mood in ("past", "now", "present"):
            return self._telling.again(s, at)
        if low == "in" and [token.low for token in s.tokens[at + 1 : at + 3]][1:] in (["place"], ["stead"]):
            return [Goal(VENUE, token=group.verb)]  # "Prime Minister Nsibambi goes in his place"
        if low == "over" and group.base in ("fly", "come") and s.tokens[min(at + 1, len(s.tokens) - 1)].low == "from":
            return self._telling.again(s, at)
        if group.base in ("arrive", "land", "come", "fly", "step", "alight", "touch") and (
            goals := self._telling.here(s, at)
        ):
            return goals
        comes = group.base == "come" and group.mood in ("future", "due", "denied") and low in (",", ".")
        came = group.base == "come" and group.mood == "past" and s.date_end(at) is not None
        if comes or came or (group.base in _ARRIVING and group.mood in _TOLD):
            return self._telling.again(s, group.verb)
        return []

    def _journey(self, s: Sentence, group: VerbGroup, goals: list[Goal]) -> TravelEvent:
        event = self._telling.of_subject(s, group, goals)
        event.weak = goals[0].code == AGAIN and not self._telling.says_here(s, group.verb + 1)
        event.onward = _goes_on(s, group)
        event.sets_off = group.frame == "leave"
        return event

    def back(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "just back from a conference in Wellington"."""
        if at + 1 < len(s.tokens) and s.tokens[at + 1].low == "from":
            goals = self._telling.goals_after(s, at + 1, _BACK_FROM, 8)
            visitors = self._grammar.left_of(s, at) if goals else []
            if visitors:
                yield TravelEvent(s, at, visitors, goals, "completed", departs=True)

    def on_the_way(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "on her way to Tokyo", "en route to Lima": a leg that follows (hard case 26)."""
        tokens = s.tokens
        if at + 1 >= len(tokens) or tokens[at + 1].low != "to":
            return
        if tokens[at].low == "route":
            first = at - 1 if at and tokens[at - 1].low == "en" else None
        else:
            owned = at > 1 and tokens[at - 1].low in ("his", "her", "their") and tokens[at - 2].low == "on"
            first = at - 2 if owned else None
        goals = self._grammar.goals_from(s, at + 2)[0] if first is not None else []
        if first is None or not goals:
            return
        visitors = self._grammar.first_after(s, at + 1) if first <= 1 else self._grammar.coordinated(s, first)
        if visitors:
            yield TravelEvent(s, at + 1, visitors, goals, "planned", onward=True, dated_behind=True)


def _is_led(s: Sentence, group: VerbGroup) -> bool:
    """ "The delegation headed by him", "cannot come in view of the holidays": no journey."""
    behind = [token.low for token in s.tokens[group.verb + 1 : group.verb + 3]]
    return (group.base == "head" and behind[:1] == ["by"]) or behind in (["in", "view"], ["in", "light"])


def _of_travel(s: Sentence, group: VerbGroup) -> bool:
    """Whether a verb of many uses is one of travel here: "touched down", "set off", "led a delegation"."""
    tokens, at = s.tokens, group.verb + 1
    if group.base == "lead":
        return any(token.low in _PARTIES for token in tokens[at : at + 7])
    if group.base == "spend":
        near = any(token.low in _LENGTHS for token in tokens[at : at + 5])
        return near or (at < len(tokens) and s.date_end(at) is not None)
    followers = FOLLOWERS.get(group.base)
    return followers is None or (at < len(tokens) and tokens[at].low in followers)


def _goes_on(s: Sentence, group: VerbGroup) -> bool:
    """Whether it is a further leg: "and then flew on to", "before travelling to", "From there she will go to" (25)."""
    tokens = s.tokens
    if group.base in ("proceed", "continue") or "then" in group.helpers:
        return True
    if group.first and tokens[group.first - 1].low in ("before", "then"):
        return True
    if group.base in _GOING_ON and any(token.low == "on" for token in tokens[group.verb + 1 : group.verb + 3]):
        return True
    return len(tokens) > 2 and tokens[0].low == "from" and group.mood in ("future", "due", "present", "past")
