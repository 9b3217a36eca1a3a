"""What ties records together: ids, legs of a trip, the visit that an invitation led to. Never asked of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from summarise.judge.alike import dates_overlap, status_class
from summarise.judge.fields import field_plans
from summarise.records import Invitation, Record, Visit

Records = dict[str, list[Record]]
_Kind = TypeVar("_Kind", bound=Record)


def merge_repeats(records: Sequence[Record]) -> list[Record]:
    """One record for visits that agree in visitors, country, date and status; their evidence is put together."""
    kept: dict[tuple[object, ...], Record] = {}
    for record in records:
        assert isinstance(record, Visit)
        visitors = tuple(sorted((visitor.name, visitor.country or "") for visitor in record.visitors))
        key = (visitors, record.country, record.when.start, record.when.end, record.when.text, record.status)
        first = kept.get(key)
        if first is None:
            kept[key] = record
        else:
            assert isinstance(first, Visit)
            both = {evidence.sentence: evidence for evidence in (*first.evidence, *record.evidence)}
            kept[key] = first.model_copy(update={"evidence": [both[number] for number in sorted(both)]})
    return list(kept.values())


def number_legs(records: Sequence[Record]) -> list[Record]:
    """Labels trips t1, t2, … and numbers their legs by date, else in the reply's order; one leg alone is no trip."""
    visits = [record for record in records if isinstance(record, Visit)]
    together: dict[str, list[int]] = {}
    for position, visit in enumerate(visits):
        if visit.trip is not None:
            together.setdefault(visit.trip, []).append(position)
    trips = [label for label, positions in together.items() if len(positions) > 1]
    names = {label: f"t{number}" for number, label in enumerate(trips, start=1)}
    legs = {label: _in_order(together[label], visits) for label in trips}
    numbered: list[Record] = []
    for position, visit in enumerate(visits):
        trip = names.get(visit.trip) if visit.trip is not None else None
        leg = legs[visit.trip].index(position) + 1 if visit.trip is not None and trip is not None else None
        numbered.append(
            visit if trip is None and visit.trip is None else visit.model_copy(update={"trip": trip, "leg": leg})
        )
    return numbered


def _in_order(positions: list[int], visits: Sequence[Visit]) -> list[int]:
    starts = [visits[position].when.start for position in positions]
    if any(start is None for start in starts):
        return positions
    return sorted(positions, key=lambda position: visits[position].when.start or "")


def derived_ids(records: Records) -> None:
    """Gives each record whose `id` is derived the first letters of its field and its number: v1, i1, o1."""
    prefixes: dict[str, str] = {}
    for name in records:
        letters = name + "_" * len(records)  # where every beginning of the name is taken
        prefixes[name] = next(
            letters[:size] for size in range(1, len(letters) + 1) if letters[:size] not in prefixes.values()
        )
    for name, listed in records.items():
        for number, record in enumerate(listed, start=1):
            if any(plan.name == "id" and plan.derived for plan in field_plans(type(record))):
                _fill_in(record, id=f"{prefixes[name]}{number}")


def link(records: Records) -> None:
    """Ties each invitation to the visit that answers it, and that visit to the invitation."""
    answered: dict[str, str] = {}
    visits = [_all(Visit, listed) for listed in records.values()]
    for listed in records.values():
        for record in _all(Invitation, listed):
            visit = _visit_of(record, visits)
            if visit is not None:
                _fill_in(record, visit=visit.id)
                answered.setdefault(visit.id, record.id)
    for told in visits if answered else ():
        for each in told:
            if each.id in answered:
                _fill_in(each, invitation=answered[each.id])


def _all(kind: type[_Kind], listed: Sequence[Record]) -> Sequence[_Kind]:
    """The records of one list, if they are of that kind: each list has one."""
    return cast(Sequence[_Kind], listed) if listed and isinstance(listed[0], kind) else ()


def _fill_in(record: Record, **derived: object) -> None:
    """Fills in what code derives, once, before anyone has seen the record: until then it is the judge's own."""
    vars(record).update(derived)
    record.model_fields_set.update(derived)


def _visit_of(invitation: Invitation, visits: Sequence[Sequence[Visit]]) -> Visit | None:
    """The likeliest visit: the same guest and country; a coming one before one that is over."""
    guests = {guest.name for guest in invitation.invitees}
    candidates: list[tuple[int, int, Visit]] = []
    for listed in visits:
        for position, visit in enumerate(listed):
            if visit.country != invitation.country or visit.country is None:
                continue
            if guests.isdisjoint([visitor.name for visitor in visit.visitors]):
                continue
            rank = _rank(invitation, visit)
            if rank is not None:
                candidates.append((rank, position, visit))
    return min(candidates, default=(0, 0, None), key=lambda candidate: candidate[:2])[2]


def _rank(invitation: Invitation, visit: Visit) -> int | None:
    if status_class(visit.status) != 1:
        return 0 if visit.status != "denied" else 1
    proposed = invitation.proposed
    if proposed.start is not None and visit.when.start is not None:
        return 2 if dates_overlap(proposed, visit.when) else None
    shared = {evidence.sentence for evidence in invitation.evidence} & {item.sentence for item in visit.evidence}
    extended = invitation.extended.start
    later = extended is not None and visit.when.start is not None and visit.when.start[: len(extended)] > extended
    return 3 if shared or later else None
