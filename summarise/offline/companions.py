"""Who else is on a journey: "together with", "accompanied by", "his delegation includes" (hard case 24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.grammar import AGAIN, VENUE, Goal, Grammar
from summarise.offline.lexicon import PREPOSITIONS, words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import BE, FORMS, HAVE, helpers_before

_BREAKS: Final = (PREPOSITIONS | BE | HAVE | words('who which that whom will would ; : . “ ” " but while when')) - {
    "of"
}
"""No list of companions goes on over one of these."""
_SAYS: Final = words("said says told announced added reported stated confirmed")
_ATTENDING: Final = words("attend attending attended present coming participating participants guests")
_TO_COME: Final = words("due expected will would")
_COME: Final = words("arrived arriving gathered attended attending attend came were are present")
_BETWEEN = 12  # tokens between two companions: "his wife, Mrs. Ann Lund, and"
_BY_REACH = 9  # "accompanied on the visit to Peru by"
_TRIP: Final = words("on during the his her their this a visit trip tour journey to in official state working")
_PARTY: Final = words("delegation entourage party team")


class Companions:
    """Finds them in one sentence after another."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def together(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "together with Y", "flanked by Y": on whatever journey the sentence tells."""
        if at + 1 < len(s.tokens) and s.tokens[at + 1].low in ("with", "by") and s.mention_at.get(at + 2) is not None:
            yield _joining(s, at + 2, _listed(s, at + 2))

    def accompanied(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "X, accompanied by Y", "X will be accompanied by Y", "Y accompanied X": both are on the journey told."""
        tokens = s.tokens
        by = self._by(s, at)
        if by is None:
            yield from self._active(s, at)
            return
        companions = _listed(s, by + 1)
        if not companions:
            return
        helpers, first = helpers_before(tokens, at)
        if helpers:
            lead = self._grammar.left_of(s, first)
        elif at >= 2:
            before = s.mention_at.get(at - 1 - (tokens[at - 1].low == ","))
            if before is not None and s.is_inviter(before):
                before = None  # "at the invitation of Rojas, accompanied by Lund": Lund is the guest's companion
            lead = [before] if before is not None else self._grammar.first_after(s, at) if at <= 2 else []
        else:
            lead = self._grammar.first_after(s, at)
        if lead:
            yield self._again(s, at, [*lead, *companions])
        else:  # "will visit Peru on Monday, accompanied by Y"
            yield _joining(s, at, companions)

    def among_them(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "More than 40 leaders are due on Sunday, among them Olmert and Mubarak"."""
        people = _listed(s, at + 1) if at and s.tokens[at - 1].low == "among" else []
        if not people:
            return
        if not _TO_COME.isdisjoint(s.vocabulary):
            status = "planned"
        elif not _COME.isdisjoint(s.vocabulary):
            status = "real"
        else:
            return
        yield TravelEvent(s, at, people, [Goal(VENUE, token=at)], status, weak=True)

    def followed(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "X arrived on Saturday, followed a few hours later by Y"."""
        for by in range(at + 1, min(len(s.tokens), at + 8)):
            if s.tokens[by].low == "by":
                who = s.mention_at.get(by + 1)
                if who is not None and who.kind != "pronoun":
                    yield TravelEvent(s, at, self._grammar.list_from(s, who, len(s.tokens)), [], "open", joins=True)
                return

    def accompanying(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Accompanying him are Y and Z"."""
        tokens = s.tokens
        lead = s.mention_at.get(at + 1)
        if lead is not None and lead.last < len(tokens) and tokens[lead.last].low in BE | {"will"}:
            begin = lead.last + 1 + (tokens[lead.last].low == "will")
            if companions := _listed(s, begin):
                yield self._again(s, at, [lead, *companions])

    def includes(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "The prime minister's delegation includes Y", "heading a delegation including Y"."""
        tokens = s.tokens
        if at > 1 and tokens[at - 1].low in _ATTENDING:  # "Other leaders who will attend include X and Y"
            status = "real" if _TO_COME.isdisjoint(s.vocabulary) else "planned"
            if people := _listed(s, at + 1):
                yield TravelEvent(s, at, people, [Goal(VENUE, token=at)], status, weak=True)
            return
        if at < 1 or tokens[at - 1 - (tokens[at - 1].low in ("that", "which", ","))].low not in _PARTY:
            return
        companions = _listed(s, at + 1)
        party = at - 1 - (tokens[at - 1].low in ("that", "which", ","))
        owner = s.mention_at.get(party - 2) if party >= 2 and tokens[party - 1].low in ("'s", "'", "’") else None
        if companions and owner is not None:
            yield self._again(s, at, [owner, *companions])
        elif companions and party > 2:
            yield _joining(s, at, companions)

    def _by(self, s: Sentence, at: int) -> int | None:
        """The token of "by" in "accompanied by", "accompanied on the visit to Peru by"."""
        for further in range(at + 1, min(len(s.tokens), at + _BY_REACH)):
            token = s.tokens[further]
            if token.low == "by":
                return further
            if token.low not in _TRIP and token.place is None:
                return None
        return None

    def _active(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Foreign Minister Lund accompanied Berg on his visit"."""
        lead = s.mention_at.get(at + 1)
        helpers, first = helpers_before(s.tokens, at)
        if first and s.tokens[first - 1].low == "who":
            return  # "Lund, who accompanied Berg, will travel to Lima": that was another journey
        if lead is None or lead.first != at + 1 or not BE.isdisjoint(helpers):
            return
        if companions := self._grammar.left_of(s, first):
            yield self._again(s, at, [lead, *companions])

    def _again(self, s: Sentence, at: int, travellers: list[Mention]) -> TravelEvent:
        """All of them are on the journey that was told of one."""
        return TravelEvent(s, at, travellers, [Goal(AGAIN)], "open", attach=True)


def _joining(s: Sentence, at: int, companions: list[Mention]) -> TravelEvent:
    """They are on whatever journey the sentence tells."""
    return TravelEvent(s, at, companions, [], "open", joins=True)


def _listed(s: Sentence, begin: int) -> list[Mention]:
    """Everyone in a list that begins here: "his wife, Mrs. Ann Lund, Foreign Minister Moen and senior officials"."""
    tokens, found, at, gap = s.tokens, list[Mention](), begin, 0
    while at < len(tokens) and gap < _BETWEEN:
        mention = s.mention_at.get(at)
        if mention is not None and mention.kind in ("name", "nominal"):
            if mention.last < len(tokens) and tokens[mention.last].low in _SAYS:
                break  # "accompanied by his wife, Minister Lund said"
            found.append(mention)
            at, gap = mention.last, 0
        elif tokens[at].low in _BREAKS or (tokens[at].low in FORMS and not tokens[at].cap):
            break
        else:
            at, gap = at + 1, gap + 1
    return found
