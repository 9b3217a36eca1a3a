"""Who else is on a journey: "together with", "accompanied by" (hard case 24)."""

from __future__ import annotations

from collections.abc import Iterator

from summarise.offline.events import TravelEvent
from summarise.offline.grammar import AGAIN, Goal, Grammar
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import helpers_before


class Companions:
    """Finds them in one sentence after another."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def together(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "together with Y", "flanked by Y": on whatever journey the sentence tells."""
        mention = s.mention_at.get(at + 2)
        if mention is not None and s.tokens[at + 1].low in ("with", "by"):
            companions = self._grammar.list_from(s, mention, len(s.tokens))
            yield TravelEvent(s, at + 2, companions, [], "open", joins=True)

    def accompanied(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "X, accompanied by Y", "X will be accompanied by Y": both are on the journey that is told."""
        tokens = s.tokens
        companion = s.mention_at.get(at + 2) or s.mention_at.get(at + 3)
        if companion is None or tokens[at + 1].low != "by":
            return
        helpers, first = helpers_before(tokens, at)
        if helpers:
            lead = self._grammar.left_of(s, first)
        elif at >= 2:
            before = s.mention_at.get(at - 1 - (tokens[at - 1].low == ","))
            lead = [before] if before is not None else self._grammar.first_after(s, at)
        else:
            lead = []
        if lead:
            companions = self._grammar.list_from(s, companion, len(tokens))
            yield TravelEvent(s, at, [*lead, *companions], [Goal(AGAIN)], "open", attach=True)
