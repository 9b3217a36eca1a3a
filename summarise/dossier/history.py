"""The latest state of a visit and of an invitation, and what their reports say differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from summarise.dossier.asked import Asked
from summarise.dossier.days import Days, days_of
from summarise.dossier.model import Answer, Difference, Value
from summarise.dossier.stays import CALLED_OFF, FUTURE, HELD, Stay
from summarise.records import NO_DATE, DateSpan, VisitStatus

_PROGRESS: tuple[VisitStatus, ...] = (
    "unknown", "speculated", "planned", "denied", "confirmed", "postponed", "cancelled", "ongoing", "completed",
)  # fmt: skip
"""Of two reports of one day the later one in this list is the newer."""


def latest(reports: Sequence[Stay]) -> Stay:
    """The report whose status holds: the newest; but what was done is not undone by what is told of plans later."""
    done = [each for each in reports if each.status == "completed"]
    going = [each for each in reports if each.status == "ongoing"]
    newest = max(reports, key=_age)
    if newest.status in FUTURE and (done or going):
        return max(done or going, key=_age)
    if newest.status == "ongoing" and done:
        return max(done, key=_age)
    return newest


def _age(stay: Stay) -> tuple[int, int, int]:
    return (stay.day or 0, _PROGRESS.index(stay.status), stay.number)


def best_dates(reports: Sequence[Stay]) -> DateSpan:
    """The dates of the most precise reports; `none` if no report has a date.

    Of a visit that was held, those of the reports that it was; else of the newest report, and once it was put off only
    of reports from that day on.
    """
    off = max((each.day for each in reports if each.status == "postponed" and each.day is not None), default=None)
    held = any(each.status in HELD for each in reports)
    told = [each for each in reports if held or off is None or (each.day or 0) >= off]
    dated = [(days, each) for each in told if (days := days_of(each.visit.when.start, each.visit.when.end))]
    dated = [(days, each) for days, each in dated if each.visit.when.precision != "vague"] or dated
    if not dated:
        return NO_DATE
    finest = min(_fineness(days) for days, _ in dated)
    fine = [each for days, each in dated if _fineness(days) == finest]
    if not held:
        return max(fine, key=lambda each: (each.day or 0, each.visit.when.end is not None, each.number)).visit.when
    there = [each for each in fine if each.status == "completed"] or [each for each in fine if each.status in HELD]
    # Who tells both ends of a stay tells more than who tells the day of an arrival.
    return max(there or fine, key=lambda each: (each.visit.when.end is not None, each.day or 0, each.number)).visit.when


def _fineness(days: Days) -> int:
    return 0 if days.is_a_stay else 1 if days.is_a_season else 2


def differences(reports: Sequence[Stay]) -> list[Difference]:
    """Dates that have no day in common, status that cannot follow one another, and places that differ."""
    found = [_dates(reports), _status(reports), _places(reports)]
    return [each for each in found if each is not None]


def _dates(reports: Sequence[Stay]) -> Difference | None:
    known: dict[tuple[str, str], list[Stay]] = defaultdict(list)
    for each in reports:
        when = each.visit.when
        if when.start and when.precision != "vague" and days_of(when.start, when.end):
            known[when.start, when.end or ""].append(each)
    spans = {key: days for key in known if (days := days_of(key[0], key[1] or None))}
    hull = sorted(spans.values())
    furthest = max((days.first for days in hull), default=0)
    if all(days.last >= furthest for days in hull):
        return None
    moved = any(each.status == "postponed" for each in reports)
    values = [
        Value(value=" to ".join(filter(None, key)), keys=_keys(known[key]))
        for key in sorted(spans, key=lambda k: spans[k])
    ]
    return Difference(field="dates", moved=moved, values=values)


def _status(reports: Sequence[Stay]) -> Difference | None:
    """Held and off; or still planned, told after it was held."""
    held = [each for each in reports if each.status in HELD]
    off = [each for each in reports if each.status in CALLED_OFF]
    first = min((each.day for each in held if each.day is not None), default=None)
    late = [
        each for each in reports
        if first is not None and each.status in FUTURE and each.day is not None and each.day > first + 1
    ]  # fmt: skip
    if not held or not (off or late):
        return None
    told: dict[str, list[Stay]] = defaultdict(list)
    for each in (*held, *off, *late):
        told[each.status].append(each)
    return Difference(field="status", values=[Value(value=name, keys=_keys(each)) for name, each in told.items()])


def _places(reports: Sequence[Stay]) -> Difference | None:
    """Places of which no report has those of another: both can be right, or one is wrong."""
    told: dict[str, list[Stay]] = defaultdict(list)
    sets = {each.places for each in reports if each.places}
    if len(sets) < 2 or frozenset.intersection(*sets):
        return None
    for each in reports:
        if each.places:
            told[", ".join(each.visit.places)].append(each)
    return Difference(field="places", values=[Value(value=name, keys=_keys(each)) for name, each in told.items()])


def _keys(reports: Iterable[Stay]) -> list[str]:
    return list(dict.fromkeys(each.told.key for each in reports))


# -------------------------------------------------------------------------------------------------------- invitations


def answer_of(reports: Sequence[Asked]) -> Answer:
    """The newest answer that any report has; a report that knows of none takes nothing back."""
    answer: Answer = "unanswered"
    for each in sorted(reports, key=lambda one: (one.day or 0, one.number)):
        given = each.invitation
        if given.status in ("withdrawn", "denied"):
            answer = "withdrawn" if given.status == "withdrawn" else "denied"
        elif given.response in ("acknowledged", "accepted", "tentative", "declined", "delegated"):
            weaker = given.response == "acknowledged" and answer in ("accepted", "declined", "tentative", "delegated")
            answer = answer if weaker else given.response
        elif given.status == "renewed":
            answer = "unanswered"
    return answer


def told_differently(reports: Sequence[Asked]) -> list[Difference]:
    """Days of making it, or offered days, that have nothing in common; accepted here and declined there."""
    found: list[Difference] = []
    responses: dict[str, list[str]] = defaultdict(list)
    for each in reports:
        if each.invitation.response in ("accepted", "declined"):
            responses[each.invitation.response].append(each.told.key)
    if len(responses) > 1:
        values = [Value(value=name, keys=keys) for name, keys in responses.items()]
        found.append(Difference(field="response", values=values))
    days = [_other_days(reports, "made"), _other_days(reports, "proposed")]
    return found + [each for each in days if each is not None]


def _other_days(reports: Sequence[Asked], field: Literal["made", "proposed"]) -> Difference | None:
    known: dict[Days, list[Asked]] = defaultdict(list)
    for each in reports:
        if days := getattr(each, field):
            known[days].append(each)
    furthest = max((days.first for days in known), default=0)
    if all(days.last >= furthest for days in known):
        return None
    spans = {days: each[0].invitation for days, each in known.items()}
    values = [
        Value(
            value=f"{'made' if field == 'made' else 'for'} {_span(spans[days], field)}",
            keys=[e.told.key for e in known[days]],
        )
        for days in sorted(known)
    ]
    return Difference(field="dates", moved=any(e.invitation.status == "renewed" for e in reports), values=values)


def _span(invitation: object, field: str) -> str:
    span: DateSpan = getattr(invitation, "extended" if field == "made" else "proposed")
    return " to ".join(filter(None, (span.start, span.end)))
