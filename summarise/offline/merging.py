"""One visit from several events: which of them tell of the same one, and what they tell together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import IntEnum
from typing import Final

from summarise.offline.dating import Dating, When, overlap
from summarise.offline.events import Traveller
from summarise.offline.findings import VisitFound
from summarise.offline.journal import Journal
from summarise.offline.lexicon import words
from summarise.offline.states import AHEAD, OFF, REAL

_STRENGTH: Final = {
    name: rank
    for rank, name in enumerate(
        "open unknown speculated planned confirmed completed ongoing denied postponed cancelled".split()
    )
}
"""Of two statuses told of one visit the later one counts."""
_ADDS_VISITORS: Final = words("open ongoing completed during")
_FIRM: Final = words("planned confirmed")
_SAID: Final = (" said", "according to", "announced", "statement")
_BROAD: Final = re.compile(r"\b(?:week|weekend|fortnight)\b", re.IGNORECASE)
_NEARBY: Final = range(-3, 4)
_STAY: Final = 6
"""Days that a stay may well last."""
_LEG_REACH: Final = 3
"""A further leg is told at most so many sentences behind the one before."""


class Likeness(IntEnum):
    """How surely two tell of one visit."""

    NONE = 0
    RECALLED = 1
    """An old visit and one of which the time is open."""
    MOVED = 2
    """Two dates for one visit."""
    SAME_STAY = 3
    UNDATED = 4
    UNDATED_NEARBY = 5
    SAME_DATE = 6


class Merger:
    """Adds visits to those of one article. `trips` numbers the trips."""

    def __init__(
        self, visits: Journal[VisitFound], dating: Dating, sentence_text: Callable[[int], str], trips: Iterator[int]
    ) -> None:
        self._visits = visits
        self._today = dating.today
        self._sentence_text = sentence_text
        self._trips = trips

    def put(self, visit: VisitFound) -> None:
        """Adds what is told to the visit it fits best, the last of several; else it is a visit of its own."""
        if visit.weak and visit.status == "denied" and self._misses_a_part(visit):
            return
        best = max(self._fitting(visit), key=lambda fit: (fit[0], fit[1].order), default=None)
        if visit.onward:
            self._share_trip(visit)
        if best is None:
            self._visits.add(visit, _subjects(visit))
        else:
            self._merge(best[1], visit)

    def attach(self, visit: VisitFound) -> None:
        """ "The visit was put off": added to the visit that it fits, if there is one."""
        best = max(self._fitting(visit), key=lambda fit: (fit[0], fit[1].last, -fit[1].order), default=None)
        if best is None:
            return
        if visit.status in _ADDS_VISITORS:
            self.join(best[1], visit.visitors.values())
        else:
            self._merge(best[1], visit)

    def join(self, known: VisitFound, visitors: Iterable[Traveller]) -> None:
        """Adds visitors to a visit."""
        for one in visitors:
            if one.key not in known.visitors:
                known.visitors[one.key] = one
                self._visits.link(known, [(known.code, one.key)])

    def _misses_a_part(self, visit: VisitFound) -> bool:
        """ "Will stop in Lima on May 6 … will not be attending the ceremony in Cusco on May 10": he goes to Peru."""
        return any(
            known.when is not None
            and visit.when is not None
            and known.status not in OFF
            and _same_party(known, visit)
            and (_days_apart(known.when, visit.when) or _STAY + 1) <= _STAY
            for known in self._visits.about(_subjects(visit))
        )

    def _fitting(self, visit: VisitFound) -> list[tuple[Likeness, VisitFound]]:
        known = self._visits.about(_subjects(visit))
        ranked = [(self._likeness(each, visit), each) for each in known]
        return [fit for fit in ranked if fit[0]]

    def _share_trip(self, visit: VisitFound) -> None:
        """ "… and went on to Quito": on the trip that the same travellers were told to be on (hard case 25)."""
        first = next(iter(visit.sentences))
        for known in reversed(self._visits.told_last(first - _LEG_REACH, first)):
            if known.visitors.keys() & visit.visitors.keys() and known.code != visit.code:
                if known.trip is None:
                    known.trip = next(self._trips)
                visit.trip = known.trip if visit.trip is None else visit.trip
                return

    # ------------------------------------------------------------------------------------------------------- likeness

    def _likeness(self, known: VisitFound, new: VisitFound) -> Likeness:
        if not _same_party(known, new):
            return Likeness.NONE
        if known.when is not None and known.start and new.when is not None and new.start:
            return _likeness_by_date(known, new, known.when, new.when)
        if not _statuses_fit(known, new):
            return Likeness.NONE
        if known.status == "completed" and self._is_long_ago(known.start):
            if new.status == "open":
                return Likeness.RECALLED
            if not new.weak and new.when is None and new.status == "completed":
                return Likeness.MOVED
        near = any(number + apart in known.sentences for number in new.sentences for apart in _NEARBY)
        return Likeness.UNDATED_NEARBY if near else Likeness.UNDATED

    def _is_long_ago(self, start: str | None) -> bool:
        """Whether it is a year, or a month of one, before the article's own."""
        return bool(self._today and start and start[:4] < self._today[:4] and len(start) < 10)

    def _is_past(self, day: str) -> bool:
        return self._today is not None and day < self._today[: len(day)]

    # -------------------------------------------------------------------------------------------------------- merging

    def _merge(self, known: VisitFound, new: VisitFound) -> None:
        undone = new.status in OFF and _of_one_sentence(known, new)
        if new.weak and not known.weak and known.start is not None and not undone:
            new.when, new.status = None, known.status  # "met the mayor on Tuesday" dates no stay that has a date
        elif known.status in REAL and new.status in AHEAD and known.when is not None and _is_broad(known.when):
            known.status = new.status  # "visits Poland this week", "will leave on Thursday"
        elif known.status in REAL and new.status in AHEAD:
            new.when = None  # "has arrived", "is due to meet the emir on Tuesday"
        elif known.weak and not new.weak and new.start is not None and known.status not in OFF:
            known.when = None  # "received him on Wednesday", "arrived on Tuesday"
        self.join(known, new.visitors.values())
        if _STRENGTH[new.status] > _STRENGTH[known.status]:
            known.status = new.status
        self._merge_dates(known, new)
        known.span_days = known.span_days or new.span_days
        known.tour_days = known.tour_days or new.tour_days
        if known.when is not None and known.span_days:
            known.when = known.when.lasting(known.span_days)
            if known.status == "ongoing" and known.when.end is not None and self._is_past(known.when.end):
                known.status = "completed"
        self._visits.cite(known, new.sentences)
        known.places |= new.places
        for key, host in new.hosts.items():
            known.hosts.setdefault(key, host)
        known.trip = known.trip if known.trip is not None else new.trip
        known.kind = new.kind if known.kind == "unspecified" else known.kind
        known.weak = known.weak and new.weak
        known.event = known.event or new.event
        known.caveat = known.caveat or new.caveat

    def _merge_dates(self, known: VisitFound, new: VisitFound) -> None:
        vaguer = new.status == "speculated" and known.status in _FIRM
        if known.status in OFF and new.status not in OFF:
            if new.attached and new.when is not None and known.start is None:
                known.when = new.when  # "would now take place in May"; not the plan that was given up
        elif vaguer:
            return
        elif known.when is None or known.start is None:
            known.when = new.when or known.when
        elif new.when is not None and new.start is not None:
            if overlap(known.when, new.when):
                known.when = _finer(known.when, new.when)
            else:
                self._choose_date(known, new, known.when, new.when)

    def _choose_date(self, known: VisitFound, new: VisitFound, first: When, second: When) -> None:
        """Of two dates that cannot both be right."""
        if new.status == "postponed":
            known.when = second  # the new date (hard case 17)
        elif new.status in REAL:
            known.when = min(first, second, key=lambda when: when.start or "")  # a stay begins on its first day
        elif new.status in AHEAD:  # the one with a source; the other is told in a caveat (hard case 65)
            attributed = self._is_attributed(next(iter(new.sentences)))
            known.when, other = (second, first) if attributed else (first, second)
            known.caveat = f"elsewhere the date is given as {_bare(other.text)}"
        else:
            known.when = _finer(first, second)

    def _is_attributed(self, number: int) -> bool:
        """Whether a sentence names a source for what it says."""
        text = self._sentence_text(number).lower()
        return any(word in text for word in _SAID)


def _subjects(visit: VisitFound) -> list[tuple[str, str]]:
    """By what visits are compared: a state and one who goes there."""
    return [(visit.code, key) for key in visit.visitors]


def _same_party(known: VisitFound, new: VisitFound) -> bool:
    """Whether the visitors of one are among those of the other, or two of them are in both."""
    ours, theirs = known.visitors.keys(), new.visitors.keys()
    return ours <= theirs or theirs <= ours or len(ours & theirs) > 1


def _likeness_by_date(known: VisitFound, new: VisitFound, one: When, other: When) -> Likeness:
    statuses = {known.status, new.status}
    if overlap(one, other):
        if _statuses_fit(known, new):
            return Likeness.SAME_DATE
        return Likeness.SAME_STAY if statuses <= REAL | AHEAD else Likeness.NONE
    apart = _days_apart(one, other)
    if apart is not None:
        if new.weak != known.weak and apart <= _STAY and not statuses & OFF:
            return Likeness.SAME_STAY  # received during the stay
        if statuses <= REAL and "ongoing" in statuses and apart <= 7:
            return Likeness.SAME_STAY  # two days of one stay
        if "ongoing" in statuses and statuses & AHEAD and apart <= 7:
            return Likeness.MOVED  # "left on Monday for Mauritius … reaches Port Louis on Tuesday"
        if statuses <= AHEAD and apart <= 3:
            return Likeness.MOVED  # told in a caveat (hard case 65)
    return Likeness.MOVED if "postponed" in statuses and not statuses & REAL else Likeness.NONE


def _days_apart(one: When, other: When) -> int | None:
    """None unless both are days."""
    if one.start is None or other.start is None or len(one.start) < 10 or len(other.start) < 10:
        return None
    return abs((date.fromisoformat(one.start) - date.fromisoformat(other.start)).days)


def _statuses_fit(one: VisitFound, other: VisitFound) -> bool:
    """Whether both can be told of one visit: what is ahead can be put off, or be under way when it is told again."""
    statuses = {one.status, other.status}
    if "open" in statuses or any(statuses <= alike for alike in (AHEAD, REAL, OFF)) or len(statuses) == 1:
        return True
    if statuses & OFF and statuses & AHEAD:  # "X, who was awaited on Friday, will not come": one sentence, one visit
        return _of_one_sentence(one, other) or "denied" not in statuses or "speculated" in statuses
    if "ongoing" in statuses and statuses & AHEAD:
        return one.when is None or other.when is None
    return False


def _of_one_sentence(one: VisitFound, other: VisitFound) -> bool:
    """Whether a sentence tells of both."""
    return not one.sentences.keys().isdisjoint(other.sentences)


def _finer(known: When, new: When) -> When:
    """The one that says more: a day rather than a month, with an end rather than without."""
    if known.start is None or new.start is None:
        return known
    if _is_broad(known) != _is_broad(new):
        return new if _is_broad(known) else known
    ends = new.start == known.start and new.end and not known.end
    return new if len(new.start) > len(known.start) or ends else known


def _is_broad(when: When) -> bool:
    """Whether it is a week or so within which the days lie: "next week" beside "from March 18 to 20"."""
    return when.end is not None and _BROAD.search(when.text) is not None


def _bare(text: str) -> str:
    """A date expression without the preposition before it."""
    return text.split(" ", 1)[1] if text.lower().startswith(("on ", "in ", "for ")) else text
