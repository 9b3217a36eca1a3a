"""What the rules of single verbs share: the goals behind a verb, and the event that its clause tells."""

from __future__ import annotations

from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.grammar import AGAIN, Goal, Grammar
from summarise.offline.kinds import KINDS, length_of
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import FORMS, Mood, VerbGroup
from summarise.records import VisitKind

AT: Final = words("in at")
MEETING_NOUNS: Final = words(
    "talks meeting meetings discussions consultations negotiations conference session summit round"
)
STATUS_OF: Final[dict[Mood, str]] = {
    "past": "completed",
    "now": "ongoing",
    "present": "present",
    "future": "future",
    "due": "planned",
    "maybe": "speculated",
    "denied": "denied",
    "missed": "cancelled",
    "gerund": "open",
}

_EVENT_NOUNS: Final = MEETING_NOUNS | words("forum congress assembly funeral")
_OTHER_CLAUSE: Final = words(
    "that who whom which where when while because but if ; : said says told according as whether whose since although "
    "though after before until unless so than will would has had is was were are may might could"
)
_ADVERBS: Final = words("both only also all again out neighbouring neighboring")
_PONDERING: Final = words(
    "consider considers considered considering contemplating mulling proposed suggested discussed"
)
_AHEAD: Final = words("will due scheduled expected")
_AFTER: Final = words("after following")
_CLAUSE: Final = 16
_BEFORE_KIND: Final = words("on for a an the his her their")
_VISIT_NOUNS: Final = words("visit trip tour")
_NO_KIND_BEHIND: Final = words("; who which said after")


class Telling:
    """Answers for one article; the rules of each kind of verb ask it."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    # ------------------------------------------------------------------------------------------------------------ goals

    def goals_after(self, s: Sentence, at: int, prepositions: frozenset[str], reach: int) -> list[Goal]:
        """The goals behind the first of these prepositions that leads to a place, in the same clause."""
        tokens, size = s.tokens, len(s.tokens)
        limit = min(size, at + reach)
        while at < limit:
            low = tokens[at].low
            mention = s.mention_at.get(at)
            if mention is None and low in _OTHER_CLAUSE:
                break
            if low == "from" and low not in prepositions:  # "flew from Panama to Bogota": no goal (hard case 25)
                origin = self.grammar.goal_at(s, at + 1)
                if origin is not None:
                    at, limit = origin[1], min(size, limit + 3)
                    continue
            if low in prepositions and (low != "on" or (at + 1 < size and tokens[at + 1].low in ("to", "the"))):
                goals, _ = self.grammar.goals_from(s, at + 1)
                if goals:
                    return goals
            if low == "and" and at + 1 < size and tokens[at + 1].low in FORMS:
                break
            if mention is not None:
                limit = min(size, limit + mention.last - at)
                at = mention.last
            else:
                at += 1
        return []

    def object_goals(self, s: Sentence, at: int) -> list[Goal]:
        """The goals straight behind a verb: "visited Russia", "left neighbouring Chad"."""
        return self.grammar.goals_from(s, self.past_adverbs(s, at))[0]

    def past_adverbs(self, s: Sentence, at: int) -> int:
        """The token behind "only", "secretly" and the like."""
        tokens = s.tokens
        while (
            at < len(tokens)
            and (tokens[at].low in _ADVERBS or tokens[at].low.endswith("ly"))
            and tokens[at].place is None
        ):
            at += 1
        return at

    def fronted(self, s: Sentence) -> list[Goal]:
        """ "In Wellington, the minister received …"."""
        if len(s.tokens) < 4 or s.tokens[0].low not in AT:
            return []
        goals, end = self.grammar.goals_from(s, 1)
        comma = end < len(s.tokens) and (s.tokens[end].low == "," or s.date_end(end) is not None or end in s.mention_at)
        return goals[:1] if goals and comma else []

    def named_event(self, s: Sentence, at: int) -> list[Goal]:
        """ "attend the Geneva talks": the place in the name of the event."""
        for position in range(at, min(len(s.tokens), at + 8)):
            place = s.place(position)
            if place is not None and place.kind in ("capital", "city"):
                behind = s.tokens[position + 1 : position + 4]
                if any(token.low in _EVENT_NOUNS for token in behind):
                    return [self.grammar.goal_of(s, place, position)]
        return []

    def says_here(self, s: Sentence, at: int) -> bool:
        """Whether "here" follows: the place of the dateline."""
        return any(token.low == "here" for token in s.tokens[at : at + 5])

    def here(self, s: Sentence, at: int) -> list[Goal]:
        """The place of the dateline, if "here" follows and it is known."""
        if not self.grammar.here or not self.says_here(s, at):
            return []
        return [Goal(self.grammar.here, [], s.tokens[at - 1].start, s.tokens[at - 1].end, at)]

    def again(self, s: Sentence, at: int) -> list[Goal]:
        """Where the traveller was told to go to last: "he arrived on Monday"."""
        return [Goal(AGAIN, [], s.tokens[at].start, s.tokens[at].end, at)]

    # ----------------------------------------------------------------------------------------------------------- events

    def event(self, s: Sentence, group: VerbGroup, visitors: list[Mention], goals: list[Goal]) -> TravelEvent:
        """What the clause of a verb tells of these visitors, and of those who lead them."""
        led_by = [leader for visitor in visitors if (leader := _leader(s, visitor)) is not None]
        status = _of_gerund(s, group.first) if group.mood == "gerund" else STATUS_OF.get(group.mood, "open")
        event = TravelEvent(s, group.verb, list(visitors), goals, status)
        event.visitors += [leader for leader in led_by if leader not in visitors]
        event.kind, event.span_days = _told_kind(s, group.verb)
        event.dated_behind = status == "after"  # "returned on Sunday after visiting Chad": the day of returning
        return event

    def of_subject(self, s: Sentence, group: VerbGroup, goals: list[Goal]) -> TravelEvent:
        """The same, where the subject of the verb is the visitor."""
        return self.event(s, group, self.grammar.subject(s, group), goals)


def _of_gerund(s: Sentence, at: int) -> str:
    """ "is considering visiting Oslo", "will meet Ito before flying to Lima": the words before tell the state."""
    before = [token.low for token in s.tokens[max(0, at - _CLAUSE) : at]]
    if before and before[-1] in _PONDERING:
        return "speculated"
    if before[-1:] and before[-1] in _AFTER:
        return "after"
    if before[-1:] == [","] and s.tokens[at].low == "visiting":
        return "ongoing"  # "Ito, visiting Lima, said"
    return "planned" if before[-1:] == ["before"] and not _AHEAD.isdisjoint(before) else "open"


def _leader(s: Sentence, mention: Mention) -> Mention | None:
    """ "a delegation led by the minister": he is on the journey."""
    if mention.kind != "group":
        return None
    tokens = s.tokens
    at = mention.last + (mention.last < len(tokens) and tokens[mention.last].low == ",")
    led = at + 1 < len(tokens) and tokens[at].low in ("led", "headed") and tokens[at + 1].low == "by"
    return s.mention_at.get(at + 2) if led else None


def _told_kind(s: Sentence, at: int) -> tuple[VisitKind, int | None]:
    """ "… on a three-day state visit": the kind and the length that the same clause tells (hard case 9)."""
    tokens = s.tokens
    for position in range(at + 1, min(len(tokens), at + 24)):
        low = tokens[position].low
        if low in _VISIT_NOUNS and tokens[position - 1].low != "to":
            begin = position
            while begin > at and tokens[begin - 1].low not in _BEFORE_KIND and position - begin < 6:
                begin -= 1
            told = [KINDS[token.low] for token in tokens[begin:position] if token.low in KINDS]
            text = s.text_of[tokens[max(at, begin - 1)].start : tokens[position].start].lower()
            return told[0] if told else "unspecified", length_of(text)
        if low in _NO_KIND_BEHIND:
            break
    return "unspecified", None
