"""Namesakes of one country told apart by their offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summarise.dossier.cast import Seen
from summarise.dossier.offices import is_unsure, related, share_a_title
from summarise.judge.names import fold
from summarise.offline.statesmen import offices_of
from summarise.records import Role

NEARLY_ALL = 0.9
"""The share of the articles on people of a name that makes one of them the one whom a bare name means."""

SLIPS = 0.02
"""The share of articles that may list a person twice, before it is taken for two people of one name."""

LONGEST_SILENCE = 12 * 365
"""Days without a word of a name after which it may be another's: of an elder and a younger bearer of one office."""


def split_by_office(name: str, people: Sequence[Seen]) -> list[list[Seen]]:
    """The people of one name and country, grouped so that each group can be one person; in order of first mention.

    An office that articles do not tell goes with the others if they are one person's, or by an equal title. Where
    articles have two people of the name, offices must be the same.
    """
    by_role: dict[Role | None, list[Seen]] = defaultdict(list)
    unsure: list[Seen] = []
    for each in people:
        (unsure if is_unsure(each.role) else by_role[each.role]).append(each)
    articles = len({each.article for each in people})
    strict = len(people) - articles > SLIPS * articles
    groups = _joined(name, list(by_role.values()), strict)
    untitled = [group for group in groups if not any(each.titles for each in group)]
    if len(groups) > 1 and untitled and not strict:  # an office that no title bears out is but a reading of the text
        groups = [group for group in groups if group not in untitled] or groups[:1]
        unsure += [each for group in untitled if group not in groups for each in group]
    if not groups:
        return _apart_where_doubled(unsure) if strict else [list(people)]
    alone: list[list[Seen]] = []
    for each in unsure:
        home = groups if len(groups) == 1 and not strict else _homes(groups, each, strict)
        if len(home) == 1:
            home[0].append(each)
        else:
            alone.append([each])
    order = {each.number: at for at, each in enumerate(people)}
    found = [sorted(group, key=lambda each: order[each.number]) for group in groups + alone]
    return sorted(found, key=lambda group: order[group[0].number])


def split_by_time(name: str, people: Sequence[Seen], days: Sequence[int | None]) -> list[list[Seen]]:
    """The same people, apart where nothing is told of the name for a generation; whom the table knows stays one.

    Those without a day go with the others as long as these are one.
    """
    known = sorted((day, each.number, each) for each in people if (day := days[each.article]) is not None)
    if not known or known[-1][0] - known[0][0] <= LONGEST_SILENCE or offices_of(name, people[0].country or ""):
        return [list(people)]
    groups: list[list[Seen]] = []
    before: int | None = None
    for day, _, each in known:
        if before is None or day - before > LONGEST_SILENCE:
            groups.append([])
        groups[-1].append(each)
        before = day
    rest = [each for each in people if days[each.article] is None]
    if len(groups) == 1:
        return [groups[0] + rest]
    return [*groups, *([each] for each in rest)]


def _homes(groups: list[list[Seen]], each: Seen, strict: bool) -> list[list[Seen]]:
    """The groups with a title of the same letters; without a title the one that nearly all articles mean."""
    if each.titles:
        titles = {fold(title) for title in each.titles}
        return [group for group in groups if any(fold(title) in titles for other in group for title in other.titles)]
    total = sum(map(len, groups))
    return [] if strict else [group for group in groups if len(group) >= NEARLY_ALL * total]


def _joined(name: str, groups: list[list[Seen]], strict: bool) -> list[list[Seen]]:
    """Groups of one role each, brought together as long as two of them can be one person."""
    while pair := _first_pair(name, groups, strict):
        one, other = pair
        groups[one] += groups.pop(other)
    return groups


def _first_pair(name: str, groups: list[list[Seen]], strict: bool) -> tuple[int, int] | None:
    for one in range(len(groups)):
        for other in range(one + 1, len(groups)):
            if not strict and _one_person(name, groups[one], groups[other]):
                return one, other
    return None


def _one_person(name: str, one: list[Seen], other: list[Seen]) -> bool:
    roles = {each.role for each in one}, {each.role for each in other}
    if any(related(a, b) for a in roles[0] for b in roles[1]) or _titles_meet(one, other):
        return True
    held = offices_of(name, one[0].country or "")
    return bool(held & roles[0]) and bool(held & roles[1])


def _titles_meet(one: list[Seen], other: list[Seen]) -> bool:
    return share_a_title({title for each in one for title in each.titles}, {t for each in other for t in each.titles})


def _apart_where_doubled(people: Sequence[Seen]) -> list[list[Seen]]:
    """Nothing tells two people of one name in one article apart: everybody stays alone."""
    return [[each] for each in people]
