"""Visits told by being somewhere: "is in Cairo", "was in Doha last year", "where he spent three days"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from summarise.offline.denial import dismissed, note_refusal
from summarise.offline.events import TravelEvent
from summarise.offline.grammar import VENUE, Goal
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.telling import STATUS_OF, Telling
from summarise.offline.verbs import ASKING, Mood, VerbGroup, helpers_before, mood_of, verb_group

_BETWEEN: Final = words(
    "himself herself themselves last first once previously currently now already also still not never due back here "
    "again presently both expected awaited"
)
"""May stand between the verb and the place: "was last in Doha"."""
_DUE: Final = words("due expected awaited")
_ABROAD: Final = words("abroad overseas")
_BEFORE_INVERTED: Final = words("also now already still currently in town")
_FARTHEST_INVERTED: Final = 12
_NEVER: Final = words("never not no")
_SPENDING: Final = words("spend stay arrive return")
_NO_PLACE: Final = words("demonym government")


class Being:
    """Finds such visits in one sentence after another."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._grammar = telling.grammar

    def being(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "is in Cairo for talks", "was in Doha last year" (hard case 5), "will be in Rabat" (hard case 6)."""
        tokens, link = s.tokens, at + 1
        if tokens[0].low == "never":
            return
        if (inverted := self._inverted(s, at)) is not None:
            yield inverted
            return
        while link < len(tokens) and (tokens[link].low in _BETWEEN or tokens[link].low.endswith("ly")):
            link += 1
        if link == len(tokens):
            return
        if tokens[link - 1].low in _DUE and _ends_or_is_dated(s, link):
            yield from self._due_at_the_venue(s, at)
            return
        if tokens[link - 1].low == "here" and (tokens[link].low != "in" or s.place(link + 1) is None):
            link -= 1  # "was here in August", "could be here as early as next week"
        if tokens[link].low == "present" and tokens[at].low in ("was", "were") and _ends_or_is_dated(s, link + 1):
            visitors = self._grammar.left_of(s, helpers_before(tokens, at)[1])
            yield TravelEvent(s, at, visitors, [Goal(VENUE, token=at)], "completed", weak=True)
            return
        before = _before_place(s, at, link)
        if before is None and tokens[at].low == "been" and tokens[link].low in _ABROAD:
            yield from self._abroad(s, at, link)
        goals = self._goals(s, at, before) if before is not None else []
        if before is None or not goals:
            return
        helpers, first = helpers_before(tokens, at)
        mood = _mood(s, at, before, helpers, first)
        if mood is None:
            return
        if mood == "now" and any(
            token.low in ("when", "whenever", "if") for token in tokens[max(0, first - 4) : first]
        ):
            return  # "the flag flies when he is in town"
        group = VerbGroup(first, at, "be", "in", "base", helpers, False, mood, helpers[-1:] == ("to",))
        visitors = self._grammar.subject(s, group)
        if visitors and not (group.infinitive and _asked(s, first)):
            event = self._telling.event(s, group, visitors, goals)
            event.homeward = any(token.low == "back" for token in tokens[at + 1 : before])
            if dismissed(s, first):
                event.status = "denied"
            note_refusal(event, first)
            yield event

    def _goals(self, s: Sentence, at: int, before: int) -> list[Goal]:
        """The place behind a preposition; of "broke off his stay in Lima to be there" the gathering's own."""
        there = before + 1 < len(s.tokens) and s.tokens[before + 1].low == "there"
        if there and at and s.tokens[at - 1].low == "to":
            return [Goal(VENUE, token=at)]
        return self._grammar.goals_from(s, before + 1)[0]

    def _abroad(self, s: Sentence, at: int, link: int) -> Iterator[TravelEvent]:
        """ "has been abroad only twice, in Tehran in September and in Ankara in November"."""
        visitors = self._grammar.left_of(s, helpers_before(s.tokens, at)[1])
        for position in range(link + 1, len(s.tokens) if visitors else 0):
            if s.tokens[position].low == "in":
                goals, _ = self._grammar.goals_from(s, position + 1)
                if goals:
                    yield TravelEvent(s, position, visitors, goals, "completed")
                    return

    def _inverted(self, s: Sentence, at: int) -> TravelEvent | None:
        """ "Also in Lima since Tuesday is the Omani minister", "Now in Lima are …": the subject stands behind."""
        tokens = s.tokens
        visitor = s.mention_at.get(at + 1)
        if tokens[at].low not in ("is", "are", "was", "were") or visitor is None or not 1 < at <= _FARTHEST_INVERTED:
            return None
        begin = next((place for place in range(3) if tokens[place].low == "in"), None)
        if begin is None or any(token.low not in _BEFORE_INVERTED for token in tokens[:begin]):
            return None
        goals, end = self._grammar.goals_from(s, begin + 1)
        if not goals or (end < at and s.date_end(end) != at and tokens[end].low not in ("since", "until", "on")):
            return None
        status = "ongoing" if tokens[at].low in ("is", "are") else "completed"
        return TravelEvent(s, at, self._grammar.list_from(s, visitor, len(tokens)), goals[:1], status)

    def _due_at_the_venue(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "The ministers are due on Sunday": where the gathering is that is written of."""
        if s.tokens[at].low in ("is", "are"):
            visitors = self._grammar.left_of(s, helpers_before(s.tokens, at)[1])
            if visitors:
                yield TravelEvent(s, at, visitors, [Goal(VENUE, token=at)], "planned", weak=True)

    def where(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "from Mozambique, where he spent three days": the place before is the one gone to."""
        tokens = s.tokens
        back = at - 1 - (tokens[at - 1].low == ",")
        place = s.place(back) if at > 1 else None
        mention = s.mention_at.get(at + 1)
        if place is None or place.kind in _NO_PLACE or mention is None:
            return
        for position in range(mention.last, min(len(tokens), mention.last + 6)):
            group = verb_group(tokens, position)
            if group is not None and (group.frame in ("meet", "attend", "host") or group.base in _SPENDING):
                if group.mood not in ("never", "unreal", "denied"):
                    goal = self._grammar.goal_of(s, place, back)
                    who = next((who for who in range(at - 1, 0, -1) if s.tokens[who].low == "who"), None)
                    visitors = [mention]
                    if who is not None and mention.kind == "pronoun":  # "Sow, who had come from Riyadh, where he met"
                        visitors = self._grammar.antecedent(s, who) or visitors
                    yield TravelEvent(s, group.verb, visitors, [goal], STATUS_OF.get(group.mood, "open"), weak=True)
                return

    def aside(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Mr. Rosenkilde, in Oslo for two days of talks, said"."""
        tokens, size = s.tokens, len(s.tokens)
        mention = s.mention_at.get(at - 1)
        if mention is None or mention.kind == "pronoun":
            return
        if at + 2 >= size or tokens[at + 1].low not in ("in", "currently", "now"):
            return
        goals, end = self._grammar.goals_from(s, at + 2 + (tokens[at + 2].low == "in"))
        if not goals or end >= size:
            return
        on_a_visit = tokens[end].low == "on" and end + 1 < size and tokens[end + 1].low in ("a", "an")
        if tokens[end].low == "for" or on_a_visit:
            yield TravelEvent(s, at, [mention], goals[:1], "real", weak=True)


def _ends_or_is_dated(s: Sentence, at: int) -> bool:
    if at >= len(s.tokens):
        return True
    low = s.tokens[at].low
    return low in (",", ".") or (low != "to" and s.date_end(at) is not None)


def _asked(s: Sentence, first: int) -> bool:
    """ "Pressed him to be in Dili": what comes of it, the rules of invitations say."""
    return any(token.low in ASKING or "invit" in token.low for token in s.tokens[max(0, first - 9) : first])


def _before_place(s: Sentence, at: int, link: int) -> int | None:
    """The token before the place: "is in", "is there", "has been to", "is due at"; None if no place can follow."""
    low = s.tokens[link].low
    if low == "there" or (low == "here" and s.tokens[at].low != "been"):
        return link - 1
    if s.tokens[at].low == "been":
        follower = s.tokens[link + 1].low if link + 1 < len(s.tokens) else ""
        return link if low in ("in", "to", "at") or follower in ("here", "there") else None
    return link if low == "in" or (low == "at" and s.tokens[link - 1].low in _DUE) else None


def _mood(s: Sentence, at: int, link: int, helpers: Sequence[str], first: int) -> Mood | None:
    """What the verb and its helpers say; None for "was never in Kigali", which tells of no visit (hard case 19)."""
    mood = _told(s, at, link, helpers, first)
    negated = not _NEVER.isdisjoint(helpers) or any(token.low in ("not", "never") for token in s.tokens[at:link])
    if mood is None or not negated:
        return mood
    return None if mood in ("past", "now") else "denied"


def _told(s: Sentence, at: int, link: int, helpers: Sequence[str], first: int) -> Mood | None:
    tokens, said, low = s.tokens, set(helpers), s.tokens[at].low
    if any(token.low in _DUE for token in tokens[at + 1 : link + 1]):
        return "due"
    if not said.isdisjoint(("will", "'ll", "shall")):
        return "future"
    if not said.isdisjoint(("may", "might", "could", "can")):
        return "maybe"
    if "would" in said:
        return mood_of(tokens, first, helpers, "base")
    if "to" in said:
        return "due"
    since = (
        low == "been" and tokens[link].low != "to" and any(token.low == "since" for token in tokens[link : link + 6])
    )
    if since or low in ("is", "are", "am"):
        return "now"
    return "past" if low in ("was", "were", "been") else None
