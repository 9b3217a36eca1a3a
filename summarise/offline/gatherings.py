"""Summits and talks told by nouns, and the events that visitors attend: their names and the kind of visit they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.grammar import AGAIN, Goal, Grammar
from summarise.offline.lexicon import PREPOSITIONS, words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.records import VisitKind

_TALKS: Final = words("talks summit meeting meetings negotiations discussions consultations encounter")
_MULTILATERAL: Final = words(
    "summit forum conference assembly congress convention session council commission games expo"
)
_CEREMONIES: Final = words("funeral inauguration coronation wedding enthronement burial")
_EVENTS: Final = _MULTILATERAL | _CEREMONIES
_GATHERING: Final = _EVENTS | words("gather gathered gathering convene convened")
_MEETINGS: Final = _GATHERING | words("meeting meetings talks negotiations celebrations")
_STOP: Final = words("that who whom which when while because but ; said told after before if where")
_AHEAD: Final = words("planned upcoming forthcoming possible proposed next will would for")
_TO_COME: Final = words("will would scheduled due expected set")
_PARTICIPANTS: Final = words("between of")
_VENUE_KINDS: Final = words("capital city country")
_IN: Final = words("in at")
_TALKS_REACH: Final = 26
_VENUE_REACH: Final = 10
_OPENING: Final = 6
"""In so many first sentences an article says what it is about."""

_NAME_WORDS: Final = words(
    "trade peace security climate energy economic donors donor investment summit annual regional international "
    "ministerial state royal food water defence defense development global world health leaders islands of on for 's"
)
_BEFORE_NAME: Final = PREPOSITIONS | words("the and for")
_DETERMINERS: Final = words("the a an this that 's annual attend for at of")
_OF_ANY: Final = words("a an for of at")
_NOT_THE_EVENT: Final = words("president chairman hall members member")
_CLAUSE_ENDS: Final = words("said told ;")
_NEW_CLAUSE: Final = words("who whom which after before when where while because")
_EVENT_REACH: Final = 22


def talks(s: Sentence, grammar: Grammar) -> Iterator[TravelEvent]:
    """ "The summit between Kim and Putin in Moscow": whoever is not at home there has come."""
    for at, token in enumerate(s.tokens):
        if token.low in _TALKS and at not in s.mention_at:
            between, goals = _participants_and_place(s, at, grammar)
            if len(between) > 1 and goals:
                before = s.tokens[max(0, at - 9) : at]
                behind = s.tokens[between[-1].last : goals[0].token]
                status = "open" if any(each.low in _AHEAD for each in before) else "real"
                status = "future" if any(each.low in _TO_COME for each in behind) else status
                event = TravelEvent(s, at, between, goals[:1], status)
                event.hosts = list(between)
                yield event


def _participants_and_place(s: Sentence, at: int, grammar: Grammar) -> tuple[list[Mention], list[Goal]]:
    """ "Between Kim and Putin", and behind it "in Moscow"."""
    tokens, size = s.tokens, len(s.tokens)
    between: list[Mention] = []
    position = at + 1
    while position < min(size, at + _TALKS_REACH):
        mention = s.mention_at.get(position)
        if mention is not None:
            if not between and tokens[position - 1].low in _PARTICIPANTS:
                between = grammar.list_from(s, mention, size)
                mention = between[-1]
            position = mention.last
            continue
        if tokens[position].low in _STOP:
            break
        if tokens[position].low in _IN and between:
            goals, position = grammar.goals_from(s, position + 1)
            if goals:
                return between, goals
        position += 1
    return between, []


@dataclass(slots=True)
class Venue:
    """Where the gathering takes place that an article is about, and the sentence that says so."""

    code: str
    names: list[str]
    sentence: int


def venue_of(sentences: Sequence[Sentence], grammar: Grammar) -> Venue | None:
    """ "Leaders of 30 states gather in Accra for the trade forum": the gathering of the lead (hard case 28)."""
    for s in sentences[:_OPENING]:
        for at, token in enumerate(s.tokens):
            if token.low in _MEETINGS and at not in s.mention_at:
                told = token.low in _GATHERING
                venue = (told and (_named_after_place(s, at, grammar) or _venue_behind(s, at, grammar))) or (
                    (told and _venue_gone_to(s, at, grammar)) or _venue_here(s, at, grammar)
                )
                if venue is not None:
                    return venue
    return None


def _named_after_place(s: Sentence, at: int, grammar: Grammar) -> Venue | None:
    """ "The Libreville summit"."""
    place = s.place(at - 1) if at and s.tokens[at].low in _EVENTS else None
    if place is None or place.kind not in _VENUE_KINDS:
        return None
    code = grammar.code_of(place)
    names = [] if place.kind == "country" else [s.text_of[place.start : place.end]]
    return Venue(code, names, s.number) if code is not None else None


def _venue_behind(s: Sentence, at: int, grammar: Grammar) -> Venue | None:
    """ "Will gather in Libreville"."""
    for position in range(at + 1, min(len(s.tokens), at + _VENUE_REACH)):
        if s.tokens[position].low in _IN:
            goals, _ = grammar.goals_from(s, position + 1)
            if goals and goals[0].code is not None and goals[0].code != AGAIN:
                return Venue(goals[0].code, goals[0].names, s.number)
        if s.tokens[position].low in _STOP:
            break
    return None


def _venue_gone_to(s: Sentence, at: int, grammar: Grammar) -> Venue | None:
    """ "Will leave for New York today to attend the General Assembly"."""
    low = [token.low for token in s.tokens[max(0, at - _VENUE_REACH) : at]]
    if any(one == "to" and two == "attend" for one, two in pairwise(low)):
        attend = at - low[::-1].index("attend") - 1
    elif "for" in low and s.tokens[at].low in _EVENTS:
        attend = at - low[::-1].index("for")
    else:
        return None
    for position in range(attend - 2, max(0, attend - _VENUE_REACH), -1):
        if s.tokens[position].low in ("for", "to") and s.place(position + 1) is not None:
            goals, _ = grammar.goals_from(s, position + 1)
            if goals and goals[0].code is not None and goals[0].code != AGAIN:
                return Venue(goals[0].code, goals[0].names, s.number)
    return None


def _venue_here(s: Sentence, at: int, grammar: Grammar) -> Venue | None:
    """ "adjourned their emergency meeting here"."""
    if grammar.here is None or at + 1 >= len(s.tokens) or s.tokens[at + 1].low != "here":
        return None
    return Venue(grammar.here, [], s.number)


def event_of(s: Sentence, trigger: int) -> tuple[str | None, VisitKind]:
    """The named event in the clause of a trigger, verbatim, and the kind of visit it makes (hard case 28)."""
    tokens, size = s.tokens, len(s.tokens)
    for at in range(trigger + 1, min(size, trigger + _EVENT_REACH)):
        low = tokens[at].low
        if low in _CLAUSE_ENDS or (low in _NEW_CLAUSE and at not in s.mention_at):
            break
        if low not in _EVENTS or (at + 1 < size and tokens[at + 1].low in _NOT_THE_EVENT):  # "the council president"
            continue
        begin = _name_begin(s, trigger, at)
        before = tokens[begin - 1].low
        if before in _DETERMINERS and not (begin == at and before in _OF_ANY):  # "the summit", but not "a summit"
            return s.words(begin, at + 1), "ceremonial" if low in _CEREMONIES else "multilateral"
    return None, "unspecified"


def _name_begin(s: Sentence, trigger: int, at: int) -> int:
    """The first word of the name that ends here: "World Economic Forum"."""
    tokens, begin = s.tokens, at
    while begin > trigger + 1 and (tokens[begin - 1].cap or tokens[begin - 1].low in _NAME_WORDS):
        if tokens[begin - 1].low in ("the", "and"):
            break
        begin -= 1
    while begin < at and tokens[begin].low in _BEFORE_NAME:
        begin += 1
    return begin
