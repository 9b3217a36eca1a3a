"""The status of a visit in the light of its date, and the date in the light of the status."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from summarise.judge.dates import Direction
from summarise.judge.timing import contradiction
from summarise.offline.dating import Dating, When
from summarise.offline.events import TravelEvent
from summarise.offline.grammar import Goal
from summarise.offline.lexicon import words
from summarise.records import DateSpan

AHEAD: Final = words("speculated planned confirmed")
REAL: Final = words("ongoing completed")
OFF: Final = words("postponed cancelled denied")

_TOLD_AS_PAST: Final = words("completed ongoing real after")
_TOLD_AS_AHEAD: Final = AHEAD | words("future present")
_UNDECIDED: Final = words("present open during after real")
"""What a clause tells of the time if it does not tell a status: the date decides."""
_ONCE: Final = words("completed ongoing")
_WAS_TO_COME: Final = words("plan plans scheduled planned due set expected awaited will would won't wouldn't")
_SOON: Final = ("tonight", "tomorrow", "next", "this evening", "later")
_HOMEWARD: Final = words("home back return")
_DUE: Final = words("will due expected scheduled")
_UNCERTAIN: Final = words("will would due expected perhaps may might")
_ANNOUNCED: Final = words("said announced confirmed told statement ministry")
_ANONYMOUS: Final = words(
    "source sources diplomat diplomats media newspaper newspapers daily reports report paper analysts observers"
)
_FRESH: Final = timedelta(days=1)
"""Who arrived yesterday is still there."""
_LONGEST_STAY: Final = timedelta(days=31)
_FAR: Final = timedelta(days=300)
_LEAD: Final = 4
"""An arrival without a date is news if it stands in so many first sentences."""


class State(NamedTuple):
    """A status that the date allows, and the dates: several where the clause lists them ("in 2019 and 2023")."""

    status: str
    dates: list[When]


class States:
    """Tells the states of one article's events."""

    def __init__(self, dating: Dating) -> None:
        self._dating = dating
        self._today = dating.today

    def of(self, event: TravelEvent, legs: list[Goal], position: int) -> State | None:
        """The state of one leg; None if what is told and its date cannot be true together."""
        dates = self._dates(event, legs, position)
        if event.follows and dates and self._precedes_main_clause(event, dates[0]):
            event.status = "planned"
            dates = self._dates(event, legs, position)
        told = event.status
        if len(dates) > 1:
            status = "completed" if told in _ONCE else self._status(event, dates[0])
            fitting = [when for when in dates if not self._contradicts(status, when)]
            return State(status, fitting) if fitting else None
        when = dates[0] if dates else None
        status = self._status(event, when)
        if when is None:
            return State(status, [])
        if not self._contradicts(status, when):
            return State(status, [when])
        if when.start and when.start[:4] in when.text:  # a written year wins, and is told (hard case 22)
            event.caveat = "the date lies on the other side of the article's own"
            return State("unknown", [when])
        if status in AHEAD and told != "present":
            return None
        status = "completed" if status == "ongoing" else status
        return State(status, [When(when.text, None, None) if self._contradicts(status, when) else when])

    def _dates(self, event: TravelEvent, legs: list[Goal], position: int) -> list[When]:
        if event.until is not None:  # "was put off to June 9" (hard case 17)
            return self._dating.between(event, *event.until)
        if event.departs:  # "returned from Lima last month", but not "returned from Lima on Monday"
            return [when for when in self._dating.of(event, "past") if when.start is not None and len(when.start) < 10]
        after = until = None
        if len(legs) > 1 or event.dated_behind:  # "to Chad on Monday and to Niger on Friday": the date behind it
            after = _token_behind(event, legs[position])
            until = legs[position + 1].token if position + 1 < len(legs) else None
        dates = self._dating.of(event, _direction(event), after=after, until=until)
        if event.status in OFF and len(dates) == 1 and self._is_far_ahead(dates[0]):
            earlier = self._dating.of(event, "past", after=after, until=until)
            return earlier if len(earlier) == 1 and earlier[0].start else dates
        return dates

    def _is_far_ahead(self, when: When) -> bool:
        """ "called off his visit, scheduled for April 10", written on April 12: not that of the next year."""
        if self._today is None or when.start is None or len(when.start) < 10 or when.start[:4] in when.text:
            return False
        return date.fromisoformat(when.start) - date.fromisoformat(self._today) > _FAR

    def _precedes_main_clause(self, event: TravelEvent, when: When) -> bool:
        """Whether what comes after the main clause would lie before it: the other Saturday is meant."""
        main = self._dating.before(event, "past")
        return main is not None and None not in (main.start, when.start) and str(when.start) < str(main.start)

    def _contradicts(self, status: str, when: When) -> bool:
        span = DateSpan.model_construct(text=when.text, start=when.start, end=when.end, precision="day", basis="none")
        return contradiction(status, span, self._today) is not None

    def _status(self, event: TravelEvent, when: When | None) -> str:
        told, side = event.status, self._side(when)
        if told in _UNDECIDED:
            return _decided(event, when, side)
        if told == "future":
            exact = when is not None and when.start is not None and len(when.start) > 7
            return "confirmed" if exact or _is_announced(event) else "planned"
        if told == "completed" and event.span_days and self._is_under_way(when):
            return "ongoing"  # "left on Saturday for a four-day trip", written on Monday
        if told == "completed" and (event.arrival or event.sets_off) and self._is_still_there(event, when):
            return "ongoing"
        if told == "ongoing" and side == "ahead":
            return "planned"
        if told == "ongoing" and side == "behind" and when is not None and (when.end is not None or self._is_old(when)):
            return "completed"
        return told

    def _is_still_there(self, event: TravelEvent, when: When | None) -> bool:
        """ "Arrived in Oslo on Monday", written on Monday (hard case 2)."""
        if when is None:
            return event.arrival and (event.sentence.number <= _LEAD or _has_come(event))
        if self._today is None or when.start is None or len(when.start) < 10:
            return False
        return date.fromisoformat(when.start) >= date.fromisoformat(self._today) - _FRESH

    def _is_old(self, when: When) -> bool:
        """Whether a visit told in the present began so long ago that it must be over: a line of a chronicle."""
        if self._today is None or when.start is None or when.text.lower().startswith("since"):
            return False
        day = date.fromisoformat(self._today) - _LONGEST_STAY
        return when.start < day.isoformat()[: len(when.start)]

    def _is_under_way(self, when: When | None) -> bool:
        told = self._today is not None and when is not None and when.start is not None and when.end is not None
        return told and self._side(when) in ("today", "")

    def _side(self, when: When | None) -> str:
        """Where a date lies, seen from the day of the article: ahead, behind, today, or nothing if that is open."""
        if when is None or when.start is None or self._today is None:
            return ""
        start, end = when.start, when.end or when.start
        if self._today[: len(end)] > end:
            return "behind"
        if self._today[: len(start)] < start:
            return "ahead"
        return "today" if len(start) == 10 else ""


def _has_come(event: TravelEvent) -> bool:
    """ "has arrived", not "had arrived" or "arrived"."""
    tokens, at = event.sentence.tokens, event.trigger
    return any(token.low in ("has", "have") for token in tokens[max(0, at - 3) : at])


def _direction(event: TravelEvent) -> Direction:
    """On which side of the article's day its date is looked for: the verb picks it (hard case 1)."""
    told = event.status
    if told in _TOLD_AS_PAST or event.long_past:
        return "past"
    scheduled = told in OFF and _has(event, _WAS_TO_COME)  # "the visit, scheduled for Friday, was cancelled"
    return "future" if scheduled or told in _TOLD_AS_AHEAD else "unknown"


def _token_behind(event: TravelEvent, goal: Goal) -> int:
    tokens = event.sentence.tokens
    at = goal.token
    while at < len(tokens) and tokens[at].start < goal.end:
        at += 1
    return min(at, len(tokens) - 1)


def _decided(event: TravelEvent, when: When | None, side: str) -> str:
    """The status that the date makes of a clause that does not tell one; `open` if there is no telling."""
    told = event.status
    if side == "ahead":
        return "confirmed" if told == "present" else "planned"  # "The chancellor visits Tunis on Monday"
    if side == "behind":
        return "completed"
    if told == "present":
        soon = when is not None and any(word in when.text.lower() for word in _SOON)
        return "planned" if soon or event.sets_off else "ongoing"
    if told == "after":  # "after visiting Tunis", unless it goes on "he will"
        if _has(event, _DUE):
            return "ongoing" if _has(event, _HOMEWARD) else "open"
        return "completed"
    if told == "real":
        return "ongoing" if event.weak else "completed"
    if side == "today":
        return "ongoing"
    if told == "during" and when is None and not _has(event, _UNCERTAIN):
        return "ongoing"  # "during his visit he praised", not "during the visit he may sign"
    if told == "during" and any(token.low == "will" for token in event.sentence.tokens):
        return "planned"
    return "open"


def _has(event: TravelEvent, signs: frozenset[str]) -> bool:
    return any(token.low in signs for token in event.sentence.tokens)


def _is_announced(event: TravelEvent) -> bool:
    """Whether someone answers for it who may be named: "the ministry said", not "sources said" (hard case 10)."""
    return _has(event, _ANNOUNCED) and not _has(event, _ANONYMOUS)
