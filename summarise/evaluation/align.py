"""Which given record answers which gold record: the assignment with the largest sum of similarities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from summarise.evaluation.assignment import assign
from summarise.evaluation.dates import agreement
from summarise.evaluation.fields import CORRECT, FIELDS, Verdict, class_of, compare
from summarise.evaluation.normalise import People, overlap, same_text, shares_words
from summarise.evaluation.wanted import Wanted

CUT = 0.5
"""Records that are less similar than this are not aligned."""


class Pair(NamedTuple):
    """A gold record and the given record that answers it."""

    wanted: Wanted
    given: Any
    verdicts: dict[str, Verdict]
    """By field path."""


class Alignment(NamedTuple):
    """How the records of one type in one article answer each other."""

    pairs: list[Pair]
    missed: list[Wanted]
    """Unanswered, required, and not met by a record that stands for several."""
    false: list[Any]


def align(wanted: Sequence[Wanted], given: Sequence[Any], groups: Sequence[Sequence[str]], people: People) -> Alignment:
    """Align the records of one type. `groups` are the paths of gold records that one record may stand for.

    Among equal sums, required records go before optional ones, and what agrees in more fields before the rest.
    """
    members: dict[str, list[Wanted]] = {}
    for one in wanted:
        together = {path for group in groups if one.path in group for path in group}
        if together:
            members[one.path] = [other for other in wanted if other.path in together]
    readings = {
        one.path: [one, one.standing_for(members[one.path])] if one.path in members else [one] for one in wanted
    }
    weights = {}
    for i, one in enumerate(wanted):
        for j, record in enumerate(given):
            likeness = max(similarity(reading, record, people) for reading in readings[one.path])
            if likeness >= CUT:
                weights[i, j] = _weight(likeness, one, _share(verdicts(one, record, people)))
    answered = {wanted[i].path: given[j] for i, j in assign(weights)}
    pairs, missed = [], []
    for one in wanted:
        group = members.get(one.path, [one])
        if one.path in answered:
            alone = len(group) > 1 and sum(member.path in answered for member in group) == 1
            meant = readings[one.path][-1] if alone else one
            record = answered[one.path]
            pairs.append(Pair(meant, record, verdicts(meant, record, people)))
        elif not one.optional and not any(member.path in answered for member in group):
            missed.append(one)
    used = {id(record) for record in answered.values()}
    return Alignment(pairs, missed, [record for record in given if id(record) not in used])


def _weight(likeness: float, wanted: Wanted, share: float) -> int:
    """The three criteria in one whole number, each far above the sum of what the next can make up."""
    return round(likeness * 10**6) * 10**9 + (not wanted.optional) * 10**6 + round(share * 10**4)


def _share(found: dict[str, Verdict]) -> float:
    return sum(1.0 if verdict.right else verdict.credit for verdict in found.values()) / len(found)


def similarity(wanted: Wanted, given: Any, people: People) -> float:
    """How much a given record is like a gold record of its type: 0 to 1, to nine decimals."""
    match wanted.type:
        case "visits":
            found = _visit(wanted, given, people)
        case "invitations":
            found = _invitation(wanted, given, people)
        case "officials":
            found = float(any(people.same_person(name, given.name) for name in wanted.accepted["name"]))
    return round(found, 9)


def _visit(wanted: Wanted, given: Any, people: People) -> float:
    visitors = _parties(wanted, "visitors", given, people)
    country = _country(wanted, given)
    if not visitors or not country:
        return 0.0
    same_class = class_of(given.status) in map(class_of, wanted.accepted["status"])
    return 0.40 * visitors + 0.30 * country + 0.20 * _date(wanted, "when", given) + 0.10 * same_class


def _invitation(wanted: Wanted, given: Any, people: People) -> float:
    inviters = _parties(wanted, "inviters", given, people)
    invitees = _parties(wanted, "invitees", given, people)
    return 0.35 * inviters + 0.35 * invitees + 0.20 * _country(wanted, given) + 0.10 * _occasion(wanted, given)


def _parties(wanted: Wanted, name: str, given: Any, people: People) -> float:
    values = getattr(given, name)
    return max(overlap(right or [], values, people.same_party) for right in wanted.accepted[name])


def _country(wanted: Wanted, given: Any) -> float:
    """1 if the countries agree, 0.5 if one is not told, 0 if they contradict each other."""
    accepted = wanted.accepted["country"]
    if given.country in accepted:
        return 1.0
    return 0.5 if given.country is None or None in accepted else 0.0


def _date(wanted: Wanted, name: str, given: Any) -> float:
    span = getattr(given, name)
    end = None if span.end == span.start else span.end
    return max(agreement(right, (span.start, end)) for right in wanted.spans(name))


def _occasion(wanted: Wanted, given: Any) -> float:
    """Mean agreement of the occasion and the proposed date, as far as either side tells them; 1 if neither does."""
    told = []
    right = getattr(wanted.record, "occasion", None)
    if right and given.occasion:
        told.append(float(same_text(right, given.occasion) or shares_words(right, given.occasion)))
    elif right or given.occasion:
        told.append(0.0)
    if given.proposed.start or wanted.accepted["proposed.start"][0]:
        told.append(_date(wanted, "proposed", given))
    return sum(told) / len(told) if told else 1.0


def verdicts(wanted: Wanted, given: Any, people: People) -> dict[str, Verdict]:
    """What became of each field of a gold record that is answered by a given one."""
    found = {}
    for field in FIELDS[wanted.type]:
        value = field.value(given)
        accepted = wanted.accepted[field.path]
        span, _, edge = field.path.partition(".")
        if edge == "end":
            accepted = wanted.ends(span, getattr(given, span).start)
        found[field.path] = compare(field, accepted, value, people.same_party)
    if wanted.type == "officials":
        found["name"] = CORRECT  # or the two would not be aligned
    return found
