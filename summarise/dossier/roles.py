"""Namesakes of one country told apart by their offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summarise.dossier.cast import Seen
from summarise.dossier.offices import is_unsure, related, share_a_title
from summarise.offline.statesmen import offices_of
from summarise.records import Role

LEAST_ARTICLES_IN_TURN = 3
"""One after the other: so many articles for each of two offices, none for the one among those for the other. With fewer
it could be chance that two namesakes are in the news in turn."""


def split_by_office(name: str, people: Sequence[Seen], days: Sequence[int | None]) -> list[list[Seen]]:
    """The people of one name and country, grouped so that each group can be one person; in order of first mention.

    An office that articles do not tell goes with the others if they are one person's, or by an equal title. Where one
    article has two people of the name, offices must be the same.
    """
    by_role: dict[Role | None, list[Seen]] = defaultdict(list)
    unsure: list[Seen] = []
    for each in people:
        (unsure if is_unsure(each.role) else by_role[each.role]).append(each)
    strict = len({each.article for each in people}) < len(people)
    groups = _joined(name, list(by_role.values()), days, strict)
    if not groups:
        return _apart_where_doubled(unsure) if strict else [list(people)]
    alone: list[list[Seen]] = []
    for each in unsure:
        home = groups if len(groups) == 1 and not strict else [g for g in groups if _titles_meet(g, [each])]
        if len(home) == 1:
            home[0].append(each)
        else:
            alone.append([each])
    order = {each.number: at for at, each in enumerate(people)}
    found = [sorted(group, key=lambda each: order[each.number]) for group in groups + alone]
    return sorted(found, key=lambda group: order[group[0].number])


def _joined(name: str, groups: list[list[Seen]], days: Sequence[int | None], strict: bool) -> list[list[Seen]]:
    """Groups of one role each, brought together as long as two of them can be one person."""
    while pair := _first_pair(name, groups, days, strict):
        one, other = pair
        groups[one] += groups.pop(other)
    return groups


def _first_pair(
    name: str, groups: list[list[Seen]], days: Sequence[int | None], strict: bool
) -> tuple[int, int] | None:
    for one in range(len(groups)):
        for other in range(one + 1, len(groups)):
            if not strict and _one_person(name, groups[one], groups[other], days):
                return one, other
    return None


def _one_person(name: str, one: list[Seen], other: list[Seen], days: Sequence[int | None]) -> bool:
    roles = {each.role for each in one}, {each.role for each in other}
    if any(related(a, b) for a in roles[0] for b in roles[1]) or _titles_meet(one, other):
        return True
    if _in_turn(one, other, days):
        return True
    held = offices_of(name, one[0].country or "")
    return bool(held & roles[0]) and bool(held & roles[1])


def _titles_meet(one: list[Seen], other: list[Seen]) -> bool:
    return share_a_title({title for each in one for title in each.titles}, {t for each in other for t in each.titles})


def _in_turn(one: list[Seen], other: list[Seen], days: Sequence[int | None]) -> bool:
    a, b = (
        [day for each in group if each.tenure in (None, "current") and (day := days[each.article]) is not None]
        for group in (one, other)
    )
    if min(len(a), len(b)) < LEAST_ARTICLES_IN_TURN:
        return False
    return max(a) < min(b) or max(b) < min(a)


def _apart_where_doubled(people: Sequence[Seen]) -> list[list[Seen]]:
    """Nothing tells two people of one name in one article apart: everybody stays alone."""
    return [[each] for each in people]
