"""Visits told from the host's side: receive, welcome, send, call on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.grammar import VENUE, Goal
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.telling import AT, Telling
from summarise.offline.verbs import VerbGroup

_TO: Final = words("to")
_BEFORE_OBJECT: Final = words(
    "the a an visiting to home and senior his her their brother sister son daughter wife husband cousin uncle own"
)
_FAMILY: Final = words("brother sister son daughter wife husband cousin uncle")
_COURTESIES: Final = words(
    "discuss convey brief deliver present pay express hand bid say thank exchange seek congratulate talk hold take "
    "give offer extend inform review explain explore invite consult apprise renew report wish greet meet bring submit"
)
_OTHER_CLAUSE: Final = words("who that which ;")


class Hosting:
    """Finds such visits in one sentence after another."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._grammar = telling.grammar

    def hosting(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "Xi received Lavrov in Beijing" (hard case 30); "Lavrov was received by Xi"."""
        tokens = s.tokens
        object_ = None if group.passive else _object(s, group.verb + 1)
        if not group.passive and object_ is None:
            return
        goals = self._telling.goals_after(s, group.verb + 1, AT, 18) or self._telling.fronted(s)
        unplaced = False
        if object_ is None:
            visitors = self._grammar.subject(s, group)
            hosts = self._agents(s, group.verb + 1)
            if not goals and not hosts and group.base == "receive" and _says_no_more(s, group.verb + 1):
                goals, unplaced = self._telling.again(s, group.verb), True  # "Mr Peres was received a day earlier"
        else:
            visitors = self._grammar.list_from(s, object_, len(tokens))
            hosts = self._grammar.subject(s, group)
            if not hosts and not goals and group.first and (place := s.place(group.first - 1)) is not None:
                goals = [self._grammar.goal_of(s, place, group.first - 1)]  # "Moscow welcomed Lavrov"
        if visitors:
            event = self._telling.event(s, group, visitors, goals)
            event.hosts = hosts
            event.weak = True
            event.attach = unplaced
            yield event

    def awaiting(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Minsk expects the vice-president of Venezuela in June": the state that waits is gone to."""
        object_ = _object(s, at + 1)
        place = s.place(at - 1) if at else None
        if (
            place is None
            or place.kind == "demonym"
            or object_ is None
            or object_.kind not in ("name", "nominal", "group")
        ):
            return
        behind = s.tokens[min(object_.last, len(s.tokens) - 1)].low
        if behind not in ("to", "will", "would"):  # "Moscow expects the president to sign"
            goals = [self._grammar.goal_of(s, place, at - 1)]
            event = TravelEvent(s, at, self._grammar.list_from(s, object_, len(s.tokens)), goals, "planned", weak=True)
            yield event

    def sending(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "sent his adviser to Pretoria": the one who is sent travels."""
        object_ = _object(s, group.verb + 1)
        if object_ is not None and not group.passive:
            visitors = self._grammar.list_from(s, object_, len(s.tokens))
            behind = visitors[-1].last
            goals = self._telling.goals_after(s, behind, _TO, 6)
            low = [token.low for token in s.tokens[behind : behind + 3]]
            last = low[0] if low else "."
            if not goals and group.mood == "past" and last in (",", ".", "while", "and") and visitors[0].kind == "name":
                goals = [Goal(VENUE, token=group.verb)]  # "The king sent his brother, Prince Rachid, while"
            if not goals and (low[:1] == ["instead"] or low[2:] in (["stead"], ["place"])):
                goals = [Goal(VENUE, token=group.verb)]  # "is sending the vice-president in his stead"
            if goals:
                event = self._telling.event(s, group, visitors, goals)
                if goals[0].code == VENUE and event.status == "ongoing":
                    event.status = "planned"
                yield event

    def calling_on(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """ "called on the prime minister": who is not at home has come; a resident envoy has not (hard case 31)."""
        host = s.mention_at.get(group.verb + 2) or s.mention_at.get(group.verb + 3)
        if host is not None and host.kind in ("name", "nominal") and not group.passive and not _urged(s, host.last):
            goals = self._telling.goals_after(s, host.last, AT, 10)
            event = self._telling.of_subject(s, group, goals[:1])
            event.hosts, event.weak = [host], True
            yield event

    def _agents(self, s: Sentence, at: int) -> list[Mention]:
        """By whom: "was received at the palace by Xi and Li"."""
        for further in range(at, min(len(s.tokens), at + 14)):
            if s.tokens[further].low == "by":
                mention = s.mention_at.get(further + 1) or s.mention_at.get(further + 2)
                return self._grammar.list_from(s, mention, len(s.tokens)) if mention is not None else []
            if s.tokens[further].low in _OTHER_CLAUSE:
                break
        return []


def _urged(s: Sentence, at: int) -> bool:
    """ "called on the premier to release the prisoners" is an appeal; "to discuss trade" is none."""
    behind = [token.low for token in s.tokens[at : at + 2]]
    return len(behind) == 2 and behind[0] == "to" and behind[1] not in _COURTESIES


def _says_no_more(s: Sentence, at: int) -> bool:
    """Whether a mark or a date follows: "was received a day earlier"."""
    return at >= len(s.tokens) or s.tokens[at].low in (".", ",", ";") or s.date_end(at) is not None


def _object(s: Sentence, at: int) -> Mention | None:
    """The person who is received: straight behind the verb, or behind "at Ciampino airport"."""
    tokens, size = s.tokens, len(s.tokens)
    if at + 1 < size and tokens[at].low in AT:
        at += 1
        while at < size and (tokens[at].cap or tokens[at].low in ("the", "of")) and _is_venue(s, at):
            at += 1
    if at < size and tokens[at].low == "here":  # "received here today the prime minister of Malta"
        at += 1
        at = s.date_end(at) or at if at < size else at
    for further in range(at, min(size, at + 4)):
        mention = s.mention_at.get(further)
        brother = tokens[further].low == "," and tokens[further - 1].low in _FAMILY  # "his brother, Prince Rachid"
        if mention is not None or not (brother or tokens[further].low in _BEFORE_OBJECT):
            return mention
    return None


def _is_venue(s: Sentence, at: int) -> bool:
    mention = s.mention_at.get(at)
    return mention is None or (mention.kind == "name" and not mention.titles and not mention.honorific)
