"""Which date expression belongs to an event, and what it comes to, by the resolver of the judge."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from summarise.judge.dates import Anchor, Direction, Reading, anchor_in, readings
from summarise.judge.index import ArticleIndex
from summarise.judge.timing import dates_a_saying
from summarise.offline.events import TravelEvent
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import FORMS, verb_group

_BOUNDARY: Final = words(
    "after before following when while since who which that said says told because although though but ; where whose "
    "until ahead during if as"
)
_CLOSES_LEFT: Final = words("; who which but that after before following during since when while ahead")
_MAIN_CLAUSE: Final = words("will would is was are were has had have may might said says told")
_ASIDE: Final = 8
_BEGINS: Final = words("began begins starts started opens opened")
_BEFORE_HOUR: Final = words("before after until")
_HOURS: Final = words("dawn noon midnight lunch sunrise sunset midday nightfall daybreak")
_NO_EVENT: Final = words(
    "set have has had having take takes took taking open opens start starts started begin begins began hold held sign "
    "signed beginning starting commencing meeting call called move lead continue continued spend stop"
)
_NO_EVENT_BY_BASE: Final = words(
    "remain turn look drop descend put get pass swing show step see cut review plant double"
)
"""Verbs of the lexicon that tell of an event only with certain words behind: no other event stands between."""
_GOING_ON: Final = words("and then before")
_MOST_CROSSED: Final = 2  # joints between a date and an event that follows it
_COST_OF_JOINT: Final = 60  # characters
_FIRST_SINCE: Final = re.compile(r"\b(?:first|only|last|second)\b[^.;:]*\Z")
_SINCE_SOMETHING: Final = re.compile(
    r"since (?:the|a|his|her|their|its|taking|becoming|winning|being)\b", re.IGNORECASE
)
_OPEN_ENDS: Final = ("since", "after")
_NEAR: Final = 60
_OPENING: Final = 3  # characters before a "since" that opens the sentence
_LONGEST_GAP: Final = 3  # tokens between the end of a leg and its date
_UNTIL: Final = re.compile(r"(?:(?:until|till|to) )+", re.IGNORECASE)
_AGAIN: Final = re.compile(r",?\s+and\s+(?:again\s+|then\s+)?")
_LISTED: Final = re.compile(r",\s*and\s+|,\s*(?!(?:19|20)[0-9]{2}\b(?!\s*(?:,|and)))|\s+and\s+")
_LIST: Final = re.compile(r"[0-9,]\s+and\s+[0-9A-Z]|[0-9]{4},\s*[0-9]{4}")


@dataclass(frozen=True, slots=True)
class When:
    """A date expression of the article and what it comes to; `start` and `end` are EDTF level 0."""

    text: str
    start: str | None
    end: str | None
    likely: bool = False
    """Whether the article's own year is only likely: good enough to tell before from after, not to be written down."""
    reckoned: int | None = None
    """The days by which its last one is told: "on Thursday" of "a two-day stay"."""

    @property
    def given(self) -> str | None:
        """As a reply writes it: `2023-10-18/2023-10-19`."""
        if self.likely:
            return None
        return f"{self.start}/{self.end}" if self.end else self.start

    def lasting(self, days: int) -> When:
        """The same with its last day, if it tells the first one alone: "arrived on Thursday", "his two-day stay"."""
        if self.start is None or self.end is not None or len(self.start) < 10 or days < 2:
            return self
        if self.text.lower().startswith(_OPEN_ENDS):
            return self
        last = date.fromisoformat(self.start) + timedelta(days=days - 1)
        return replace(self, end=last.isoformat(), reckoned=days)


def overlap(one: When, other: When) -> bool:
    """Whether two dates can be the same: one holds the other, or they share a day."""
    if one.start is None or other.start is None:
        return True
    a, b = (one.start, one.end or one.start), (other.start, other.end or other.start)
    return _earlier_or_in(a[0], b[1]) and _earlier_or_in(b[0], a[1])


class Dating:
    """Finds the date of an event."""

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index

    @property
    def today(self) -> str | None:
        """The day of the article, if it is known, as YYYY-MM-DD."""
        dates: tuple[date, ...] = self._index.anchor.dates
        return dates[0].isoformat() if dates else None

    def of(
        self, event: TravelEvent, direction: Direction, *, after: int | None = None, until: int | None = None
    ) -> list[When]:
        """The date that stands in the clause of the event, several where it lists them (hard case 11).

        `after` and `until` are tokens between which the date of one leg stands.
        """
        s = event.sentence
        chosen = _of_leg(s, after, until) if after is not None else None
        if chosen is None and not event.dated_behind:
            chosen = _nearest(s, event.trigger, onward=event.onward)
        if chosen is None:
            return []
        dates = [when.lasting(event.span_days or 1) for when in self.resolve(s, chosen, direction)]
        for first, last in s.dates:  # "in 1996 and again in 2002"
            if first > chosen[1] and direction != "future" and _AGAIN.fullmatch(s.raw, chosen[1], first):
                dates += self.resolve(s, (first, last), direction)
        return dates

    def before(self, event: TravelEvent, direction: Direction) -> When | None:
        """What the last date left of the event comes to."""
        s = event.sentence
        here = s.tokens[event.trigger].start - s.begin
        left = [span for span in s.dates if span[1] <= here]
        found = self.resolve(s, left[-1], direction) if left else []
        return found[0] if len(found) == 1 else None

    def between(self, event: TravelEvent, first: int, last: int) -> list[When]:
        """The date that stands between two tokens of the event's sentence: the new one of a visit put off (case 17)."""
        s = event.sentence
        start = s.tokens[first].start - s.begin
        for begin, end in s.dates:
            behind = last < len(s.tokens) and start <= begin and s.begin + end <= s.tokens[last].start
            if begin <= start < end or behind:
                until = _UNTIL.match(s.raw, begin, end)
                return self.resolve(s, (until.end() if until else begin, end), "future")
        return []

    def resolve(self, s: Sentence, span: tuple[int, int], direction: Direction) -> list[When]:
        """What the expression at these offsets of the sentence comes to, seen from the day it is told on."""
        expression = s.raw[span[0] : span[1]]
        anchor = anchor_in(s.raw, span[0], self._index.anchor)
        found = readings(expression, anchor, direction=direction)
        if not found:
            return [When(expression, None, None)]
        if len(anchor.dates) < 2 and _is_list(expression, found):
            if len(found) == 2 and _next_day(found[0].start, found[1].start):  # "on 8 and 9 June"
                return [When(expression, found[0].start, found[1].start)]
            return [When(expression, reading.start, reading.end) for reading in found]
        likely = len(anchor.dates) > 1 and len({reading.start for reading in found}) > 1
        if likely:
            found = readings(expression, Anchor(anchor.dates[:1]), direction=direction)
            if not found:
                return [When(expression, None, None)]
        return [When(expression, found[0].start, found[0].end, likely=likely)]


def _earlier_or_in(one: str, other: str) -> bool:
    size = min(len(one), len(other))
    return one[:size] <= other[:size]


def _next_day(one: str | None, other: str | None) -> bool:
    if one is None or other is None or len(one) < 10 or len(other) < 10:
        return False
    return (date.fromisoformat(other) - date.fromisoformat(one)).days == 1


def _is_list(expression: str, found: tuple[Reading, ...]) -> bool:
    """Whether the readings are the members of a list, "1999, 2007 and 2015", not several meanings of one date."""
    if len(found) < 2 or not _LIST.search(expression):
        return False
    return len({reading.start for reading in found}) == len(_LISTED.findall(expression)) + 1


def _of_leg(s: Sentence, after: int, until: int | None) -> tuple[int, int] | None:
    """The date close behind one leg of a trip: "to Lima on May 2 and to Quito on May 4" (hard case 25)."""
    tokens = s.tokens
    for first, last in s.dates:
        at = s.begin + first
        if at >= tokens[after].start and (until is None or at < tokens[until].start):
            between = [token for token in tokens[after : after + _LONGEST_GAP + 1] if token.end <= at]
            if len(between) <= _LONGEST_GAP and all(token.low not in _BOUNDARY for token in between):
                return first, last
    return None


def _nearest(s: Sentence, trigger: int, *, onward: bool) -> tuple[int, int] | None:
    """The date nearest to the event, each joint between them counted as a distance, one behind it preferred."""
    if not s.dates:
        return None
    here = s.tokens[trigger].start - s.begin
    joints = _Joints(s, trigger)
    best: tuple[float, tuple[int, int]] | None = None
    for first, last in s.dates:
        crossed = joints.until(s.begin + first) if first >= here else joints.since(s.begin + last)
        if crossed is None or dates_a_saying(s.raw, first, last):
            continue
        if onward and last <= here and _is_of_leg_before(s, s.token_at(last), trigger):
            continue  # "will be in Nairobi on June 20 and continue on to Kampala"
        if _SINCE_SOMETHING.match(s.raw, first) and _FIRST_SINCE.search(s.raw, max(0, first - _NEAR), first):
            continue  # "her first trip abroad since the elections in June"
        if last < here and s.raw[first : first + 5].lower() == "since" and "," in s.raw[last:here] and first > _OPENING:
            continue  # "Habib, on his tenth trip since December, flew in"
        distance = first - here if first >= here else (here - last) * 1.5 + 20
        cost = distance + crossed * _COST_OF_JOINT
        if best is None or cost < best[0]:
            best = (cost, (first, last))
    return best[1] if best is not None else None


def _is_of_leg_before(s: Sentence, behind: int, trigger: int) -> bool:
    """Whether a date that ends before the token `behind` dates another leg than the one told behind "and", "then"."""
    if _GOING_ON.isdisjoint(s.low[behind:trigger]):
        return False
    return any(s.place(at) is not None for at in range(trigger))


class _Joints:
    """The conjunctions and the other events on both sides of an event: what a date must not or may hardly cross."""

    def __init__(self, s: Sentence, trigger: int) -> None:
        tokens = s.tokens
        self._behind: list[int] = []
        """Where those end behind the event that a date may cross: "as"."""
        self._end = len(s.text_of)
        for at in range(trigger + 1, len(tokens)):
            low = tokens[at].low
            if low == "," and at + 1 < len(tokens) and tokens[at + 1].low in _MAIN_CLAUSE and _in_aside(s, trigger):
                self._end = tokens[at].end  # "Baker, who flew in from Helsinki, will see Gorbachev on Thursday"
                break
            if _is_joint(s, at) or _is_event(s, at):
                if low != "as" and not _is_purpose(s, at):
                    self._end = tokens[at].end
                    break
                self._behind.append(tokens[at].end)
        self._before: list[tuple[int, int]] = []
        """Where those begin before the event, nearest first, and how many joints each counts for."""
        self._begin = -1
        crossed = 0
        for at in range(trigger - 1, -1, -1):
            weight = 1 if _is_joint(s, at) else 2 if _is_event(s, at) else 0
            if weight:
                crossed += weight
                if crossed > _MOST_CROSSED or (weight == 1 and tokens[at].low in _CLOSES_LEFT):
                    self._begin = tokens[at].start
                    break
                self._before.append((tokens[at].start, weight))

    def until(self, start: int) -> int | None:
        """Joints between the event and a date behind it; None if the date belongs to another event."""
        return None if self._end <= start else sum(end <= start for end in self._behind)

    def since(self, end: int) -> int | None:
        """Joints between a date and the event behind it; None if the date belongs to another event."""
        return None if self._begin >= end else sum(weight for start, weight in self._before if start >= end)


def _in_aside(s: Sentence, trigger: int) -> bool:
    """Whether "who" or "which" behind a comma opens the clause of an event."""
    for at in range(trigger - 1, max(0, trigger - _ASIDE), -1):
        if s.tokens[at].low in ("who", "which"):
            return s.tokens[at - 1].low == ","
        if s.tokens[at].low == ",":
            return False
    return False


def _is_joint(s: Sentence, at: int) -> bool:
    low = s.tokens[at].low
    if low not in _BOUNDARY or at in s.mention_at:
        return False
    follower = s.tokens[at + 1].low if at + 1 < len(s.tokens) else ""
    if low == "which" and follower in _BEGINS:
        return False  # "his visit, which began on August 8"
    return low not in _BEFORE_HOUR or follower not in _HOURS  # "on Friday before dawn"


def _is_purpose(s: Sentence, at: int) -> bool:
    """ "will fly to Brussels to attend a meeting on June 18": what one goes for is on the day one goes."""
    frame, _, form = FORMS.get(s.tokens[at].low, ("", "", ""))
    return form == "base" and frame in ("attend", "meet") and s.tokens[at - 1].low == "to"


def _is_event(s: Sentence, at: int) -> bool:
    low = s.tokens[at].low
    if low not in FORMS or low in _NO_EVENT or at in s.mention_at:
        return False
    if FORMS[low][1] in _NO_EVENT_BY_BASE:
        return False
    return FORMS[low][2] != "base" or verb_group(s.tokens, at) is not None  # "on an official visit on October 3"
