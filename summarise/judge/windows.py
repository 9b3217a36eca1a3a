"""One record from what several windows of a long article tell of it: which records are the same, and what they say
together.

Nothing is guessed. Two records of one window stay two, for its reply told them apart. Records of different windows are
one where the judge would call them one in a single reply (the same people, the same state, dates that do not differ),
or where they cite a sentence in common and nothing in them conflicts. Where a record fits two that do not fit each
other, all stay apart. Record types of a user's own are one only where they conflict in nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from pydantic import BaseModel, ValidationError

from summarise.judge.alike import dates_overlap, status_class
from summarise.judge.fields import FieldPlan, field_plans
from summarise.records import NO_DATE, DateSpan, Evidence, Invitation, Party, Record, Visit

_STATUSES = "denied cancelled postponed completed ongoing confirmed planned speculated unknown".split()
"""The prompt's order: the first that fits. What one window shows fits the article."""
_RESPONSES = "declined delegated accepted tentative acknowledged pending unknown".split()
"""From what settles an invitation to what leaves it open: an answer is told later than the waiting for it."""
_SETTLED = frozenset({"declined", "delegated", "accepted"})
_ORDERS = {(Visit, "status"): _STATUSES, (Invitation, "response"): _RESPONSES}

Alike = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Told:
    """A record as the reply about one window has it; `window` tells the windows apart."""

    record: Record
    window: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of which the windows tell differently: what stands, and what does not."""

    name: str
    stands: Any
    other: Any


@dataclass(slots=True)
class United:
    """One record, the positions of those that it was made of, and where they differ."""

    record: Record
    members: list[int]
    windows: frozenset[int]
    disputes: list[Dispute] = field(default_factory=list)


def unite(told: Sequence[Told]) -> list[United]:
    """The records of one type, each once, in the order in which the article first tells of them."""
    groups = [United(one.record, [position], frozenset({one.window})) for position, one in enumerate(told)]
    for alike in _rules(type(told[0].record)) if told else ():
        groups = _united_by(alike, groups)
    return _with_shared_trips(groups, told)


def united_values(model: type[BaseModel], one: dict[str, Any], other: dict[str, Any]) -> list[Dispute]:
    """Adds to the values of `one` what `other` has and it has not; returns where they differ."""
    disputes: list[Dispute] = []
    for plan in field_plans(model):
        if plan.derived or plan.name not in other:
            continue
        if plan.name not in one:
            one[plan.name] = other[plan.name]
            continue
        value = _value(model, plan, one[plan.name], other[plan.name])
        if value is None and one[plan.name] is not None:
            disputes.append(Dispute(plan.name, one[plan.name], other[plan.name]))
            continue
        if _order_of(model, plan.name) and "unknown" not in (one[plan.name], other[plan.name]):
            losers = [given for given in (one[plan.name], other[plan.name]) if given != value]
            disputes += [Dispute(plan.name, value, loser) for loser in losers]
        one[plan.name] = value
    return disputes


# ------------------------------------------------------------------------------------------------------ which are one


def _rules(model: type[Record]) -> tuple[Alike, ...]:
    """Ways of being one, from the surest on."""
    if issubclass(model, Visit):
        return (_one_visit_by_sentence, _one_visit, _one_visit_undated)
    if issubclass(model, Invitation):
        return (_one_invitation_by_sentence, _one_invitation)
    return (_without_conflict, _equal)


def _united_by(alike: Alike, groups: list[United]) -> list[United]:
    """Unites the groups that are alike, all of them with each other; where some are not, all stay apart."""
    fits = {
        (one, other)
        for one, other in combinations(range(len(groups)), 2)
        if groups[one].windows.isdisjoint(groups[other].windows) and alike(groups[one].record, groups[other].record)
    }
    result: list[United] = []
    for cluster in _clusters(len(groups), fits):
        members = [groups[position] for position in cluster]
        whole = all(pair in fits for pair in combinations(cluster, 2))
        united = _together(members) if whole and len(members) > 1 else None
        result += [united] if united is not None else members
    return sorted(result, key=lambda group: group.members[0])


def _clusters(count: int, pairs: set[tuple[int, int]]) -> Iterator[list[int]]:
    """Positions that hang together by pairs, each in order."""
    lead = list(range(count))

    def leader(position: int) -> int:
        while lead[position] != position:
            position = lead[position]
        return position

    for one, other in sorted(pairs):
        first, second = sorted((leader(one), leader(other)))
        lead[second] = first
    clusters: dict[int, list[int]] = {}
    for position in range(count):
        clusters.setdefault(leader(position), []).append(position)
    yield from clusters.values()


def _together(groups: list[United]) -> United | None:
    """One group of several; None if the record's own model does not take what they say together."""
    first = groups[0].record
    model = type(first)
    values = dict(first)
    disputes = [dispute for group in groups for dispute in group.disputes]
    for group in groups[1:]:
        disputes += united_values(model, values, dict(group.record))
    try:
        record = model.model_validate(values)
    except ValidationError:
        return None
    members = sorted(position for group in groups for position in group.members)
    return United(record, members, frozenset().union(*(group.windows for group in groups)), disputes)


def _one_visit_by_sentence(one: Visit, other: Visit) -> bool:
    classes = {status_class(visit.status) for visit in (one, other) if visit.status != "unknown"}
    return (
        _shares_sentence(one, other)
        and (one.country == other.country or None in (one.country, other.country))
        and len(classes) <= 1
        and _one_in_other(_who(one.visitors), _who(other.visitors))
        and _dates_fit(one.when, other.when)
    )


def _one_visit(one: Visit, other: Visit) -> bool:
    """As for two visits of one reply, of which the judge says that they are one told twice."""
    return _same_travel(one, other) and dates_overlap(one.when, other.when)


def _one_visit_undated(one: Visit, other: Visit) -> bool:
    return _same_travel(one, other) and _dates_fit(one.when, other.when)


def _same_travel(one: Visit, other: Visit) -> bool:
    return (
        one.country is not None
        and one.country == other.country
        and status_class(one.status) == status_class(other.status)
        and _who(one.visitors) == _who(other.visitors)
    )


def _one_invitation_by_sentence(one: Invitation, other: Invitation) -> bool:
    return (
        _shares_sentence(one, other)
        and (one.country == other.country or None in (one.country, other.country))
        and _one_in_other(_who(one.invitees), _who(other.invitees))
        and _one_in_other(_who(one.inviters), _who(other.inviters))
        and _same_asking(one, other)
    )


def _one_invitation(one: Invitation, other: Invitation) -> bool:
    return (
        one.country is not None
        and one.country == other.country
        and _who(one.invitees) == _who(other.invitees)
        and (_who(one.inviters) == _who(other.inviters) or not (one.inviters and other.inviters))
        and _same_asking(one, other)
    )


def _same_asking(one: Invitation, other: Invitation) -> bool:
    """Whether nothing speaks for two acts: another state of it, another date, two answers that settle it."""
    dates = ((one.proposed, other.proposed), (one.extended, other.extended), (one.responded, other.responded))
    settled = {one.response, other.response} & _SETTLED
    return one.status == other.status and len(settled) <= 1 and all(_dates_fit(*pair) for pair in dates)


def _without_conflict(one: Record, other: Record) -> bool:
    return _shares_sentence(one, other) and all(
        _fits(plan, getattr(one, plan.name), getattr(other, plan.name), type(one)) for plan in _told_fields(type(one))
    )


def _equal(one: Record, other: Record) -> bool:
    return all(getattr(one, plan.name) == getattr(other, plan.name) for plan in _told_fields(type(one)))


def _fits(plan: FieldPlan, one: Any, other: Any, model: type[BaseModel]) -> bool:
    if one == other or _says_nothing(model, plan, one) or _says_nothing(model, plan, other):
        return True
    if plan.many:
        return all(item in other for item in one) or all(item in one for item in other)
    return plan.kind == "date" and _dates_fit(one, other)


def _told_fields(model: type[BaseModel]) -> list[FieldPlan]:
    return [plan for plan in field_plans(model) if not plan.derived and plan.kind != "evidence"]


def _shares_sentence(one: Record, other: Record) -> bool:
    return not _cited(one).isdisjoint(_cited(other))


def _cited(record: Record) -> set[int]:
    values = [getattr(record, plan.name) for plan in field_plans(type(record)) if plan.kind == "evidence"]
    listed = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return {item.sentence for item in listed if isinstance(item, Evidence)}


def _who(parties: Sequence[Party]) -> frozenset[tuple[str, str | None]]:
    return frozenset((party.name, party.country) for party in parties)


def _one_in_other(one: frozenset[Any], other: frozenset[Any]) -> bool:
    return one <= other or other <= one


def _dates_fit(one: DateSpan, other: DateSpan) -> bool:
    """Whether two dates can mean the same days: one of them says none, or they overlap."""
    return one.start is None or other.start is None or dates_overlap(one, other)


# ----------------------------------------------------------------------------------------------- what they say together


def _value(model: type[BaseModel], plan: FieldPlan, one: Any, other: Any) -> Any:
    """What two windows say together of one field; None where they differ."""
    if one == other or _says_nothing(model, plan, other):
        return one
    if _says_nothing(model, plan, one):
        return other
    if plan.many:
        return _listed(plan, one, other)
    if plan.kind == "date":
        return _date(one, other)
    order = _order_of(model, plan.name)
    return min(one, other, key=order.index) if order else None


def _listed(plan: FieldPlan, one: list[Any], other: list[Any]) -> list[Any]:
    if plan.kind == "evidence":
        both = {evidence.sentence: evidence for evidence in (*one, *other)}
        return [both[number] for number in sorted(both)]
    if plan.kind == "party":
        parties: dict[tuple[str, str | None], Party] = {}
        for party in (*one, *other):
            key = (party.name, party.country)
            parties[key] = party if key not in parties or parties[key].title is None else parties[key]
        return list(parties.values())
    return [*one, *(item for item in other if item not in one)]


def _date(one: DateSpan, other: DateSpan) -> DateSpan | None:
    """The one that says more: days rather than none, a day rather than its month, an end rather than none."""
    if one.start is None or other.start is None:
        return one if one.start is not None or (other.start is None and one.text is not None) else other
    if one.start == other.start and not (one.end and other.end):
        return one if one.end or not other.end else other
    if other.start.startswith(one.start) and one.end is None:
        return other
    return one if one.start.startswith(other.start) and other.end is None else None


def _order_of(model: type[BaseModel], name: str) -> list[str] | None:
    return next(
        (order for (base, field_name), order in _ORDERS.items() if name == field_name and issubclass(model, base)), None
    )


def _says_nothing(model: type[BaseModel], plan: FieldPlan, value: Any) -> bool:
    default = None if plan.required else model.model_fields[plan.name].get_default(call_default_factory=False)
    return value is None or value == "" or value == [] or value == NO_DATE or (not plan.required and value == default)


def _with_shared_trips(groups: list[United], told: Sequence[Told]) -> list[United]:
    """One label for a trip that two windows have labelled each in its own way."""
    same: dict[str, str] = {}
    for group in groups:
        visits = [told[position].record for position in group.members]
        labels = [visit.trip for visit in visits if isinstance(visit, Visit) and visit.trip is not None]
        for label in labels[1:]:
            lead, other = _lead(same, labels[0]), _lead(same, label)
            if lead != other:
                same[other] = lead
    for group in groups:
        if isinstance(group.record, Visit) and group.record.trip is not None:
            group.record = group.record.model_copy(update={"trip": _lead(same, group.record.trip)})
        group.disputes = [dispute for dispute in group.disputes if dispute.name != "trip"]
    return groups


def _lead(same: dict[str, str], label: str) -> str:
    while label in same:
        label = same[label]
    return label
