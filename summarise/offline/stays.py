"""Being somewhere told without a verb of travel: headlines, arrivals, talks of one's own in a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.cast import Cast
from summarise.offline.events import TravelEvent
from summarise.offline.grammar import Goal, Grammar
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence

_LINKS_OF: Final[dict[str, tuple[str, ...]]] = {
    "arrival": ("in", "at"),
    "arrivals": ("in", "at"),
    "departure": ("for", "to"),
    "return": ("from",),
}
"""What stands between the noun and the place it speaks of."""
_TALKS: Final = words("talks meeting meetings negotiations consultations discussions speech address appearance lecture")
_TRIGGERS: Final = _TALKS | frozenset(_LINKS_OF)
_MEETINGS: Final = words("talks meeting meetings negotiations consultations discussions")
_BEFORE_TALKS: Final = words("""
    a an the of day days hours hour week two three four five six several round rounds intensive brief lengthy long
    separate formal informal high-level inconclusive fruitless crisis emergency secret series morning weekend peace
    """)
_AFTER_REACH: Final = 8
_AHEAD_OF: Final = words("before ahead until pending awaiting await expected planned forthcoming upcoming")
_STILL_TO_COME: Final = words("will would planned upcoming forthcoming before ahead")
_OTHER_CLAUSE: Final = words("who whom which that when while because but said told ; after before if")
_BEHIND_HEADLINE: Final = words("for to on as , ; :")
_NOT_OWNED: Final = words(", the a an of in with")


class Stays:
    """Finds them in one sentence after another."""

    def __init__(self, grammar: Grammar, cast: Cast) -> None:
        self._grammar = grammar
        self._cast = cast

    def events(self, s: Sentence) -> Iterator[TravelEvent]:
        """Every stay that the sentence tells."""
        if s.is_headline:
            yield from self._headline(s)
        if self._grammar.clauses(s).words.isdisjoint(_TRIGGERS):
            return
        for at, token in enumerate(s.tokens):
            if token.low in _LINKS_OF:
                if at not in s.mention_at:
                    yield from self._arrival(s, at)
            elif token.low in _TALKS and at not in s.mention_at:
                yield from self._own_talks(s, at)

    def _headline(self, s: Sentence) -> Iterator[TravelEvent]:
        """ "Wong in Delhi for talks" (hard case 63)."""
        for mention in s.mentions:
            at = mention.last
            if at < len(s.tokens) and s.tokens[at].low == "in" and mention.person is not None:
                goals, end = self._grammar.goals_from(s, at + 1)
                if goals and (end == len(s.tokens) or s.tokens[end].low in _BEHIND_HEADLINE):
                    yield TravelEvent(s, at, [mention], goals[:1], "real", weak=True)

    def _arrival(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "his arrival in Beijing", "the arrival of the president in Rome", "his departure for Lima"."""
        tokens, noun = s.tokens, s.tokens[at].low
        visitors, people = self._owner(s, at)
        goals, named = self._goals_of_arrival(s, at)
        if not goals:
            return
        if not visitors and not people:
            visitors = named or (self._grammar.first_after(s, at) if at <= 3 else [])
        ahead = noun == "departure" or any(token.low in _AHEAD_OF for token in tokens[max(0, at - 5) : at])
        status = "planned" if ahead else "completed" if noun == "return" else "real"
        event = TravelEvent(s, at, visitors, goals[:1], status, people, weak=True)
        event.arrival = noun in ("arrival", "arrivals")
        event.departs = noun == "return"
        yield event

    def _goals_of_arrival(self, s: Sentence, at: int) -> tuple[list[Goal], list[Mention]]:
        """The place behind the noun, and who is named between by "of"."""
        tokens, links = s.tokens, _LINKS_OF[s.tokens[at].low]
        named: list[Mention] = []
        for position in range(at + 1, min(len(tokens), at + 12)):
            low = tokens[position].low
            if low == "of" and not named and (mention := s.mention_at.get(position + 1)) is not None:
                named = [mention]
            if low in links:
                goals, _ = self._grammar.goals_from(s, position + 1)
                if goals:
                    return goals, named
            if low in _OTHER_CLAUSE and position not in s.mention_at:
                break
        return [], named

    def _own_talks(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "his talks in Vienna", "Rao's meeting with Ito in Geneva"."""
        visitors, people = self._owner(s, at)
        behind = not visitors and not people
        if behind:
            visitors = self._who_had_them(s, at)
        if not visitors and not people:
            return
        tokens, hosts = s.tokens, list[Mention]()
        position, limit = at + 1, min(len(s.tokens), at + 16)
        while position < limit:
            low = tokens[position].low
            mention = s.mention_at.get(position)
            if mention is not None:
                if tokens[position - 1].low == "with":
                    hosts = [mention]
                position = mention.last
                continue
            goals = self._grammar.goals_from(s, position + 1)[0] if low in ("in", "at") else []
            if goals:
                ahead = any(token.low in _STILL_TO_COME for token in tokens[max(0, at - 9) : limit])
                status = "after" if behind else "open" if ahead else "real"
                if behind and hosts and hosts[0].kind == "pronoun":
                    return
                hosts = [] if behind else hosts
                yield TravelEvent(s, at, [*visitors, *hosts], goals[:1], status, people, hosts=hosts, weak=True)
                return
            if low in _OTHER_CLAUSE:
                return
            position += 1

    def _who_had_them(self, s: Sentence, at: int) -> list[Mention]:
        """ "returned to Beirut after a day of talks in Jerusalem": the subject, of talks that are over."""
        if s.tokens[at].low not in _MEETINGS:
            return []
        for back in range(at - 1, max(-1, at - _AFTER_REACH), -1):
            low = s.tokens[back].low
            if low in ("after", "following"):
                return self._grammar.first_after(s, at) if back <= 1 else self._grammar.coordinated(s, back)
            if low not in _BEFORE_TALKS and not low.isdigit() and not low.endswith(("-day", "-hour")):
                return []
        return []

    def _owner(self, s: Sentence, at: int) -> tuple[list[Mention], list[int]]:
        """Whose it is: by a possessive before the noun, a word or two between them allowed."""
        for back in range(at - 1, max(-1, at - 4), -1):
            low = s.tokens[back].low
            if low in ("'s", "'", "’") and (mention := s.mention_at.get(back - 1)) is not None:
                return [mention], []
            if low in ("his", "her"):
                owner = self._cast.antecedent(s, back, low)
                if owner is not None:
                    return [], [owner]
                return self._grammar.first_after(s, at) if back <= 4 else [], []
            if low in _NOT_OWNED:
                break
        return [], []
