"""Legs of one journey: visits that an article puts into one trip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summarise.dossier.components import Components, Tie
from summarise.dossier.days import Days
from summarise.dossier.near import Near, NearMisses
from summarise.dossier.stays import Stay

BETWEEN_LEGS = 30
"""Days that may lie between two legs at most."""
LONGEST_JOURNEY = 60


def group_legs(stays: Sequence[Stay], visits: Components, near: NearMisses) -> list[list[int]]:
    """The visits of each journey, as roots of `visits`; those of a journey share a traveller and follow each other."""
    roots = [group[0] for group in visits.groups()]
    number = {visits.root(first): at for at, first in enumerate(roots)}
    spans = [_span(stays, visits.members(first)) for first in roots]
    made = Components(len(roots), [None] * len(roots))
    hull: dict[int, Days | None] = dict(enumerate(spans))
    for one, other in _labelled(stays):
        a, b = number[visits.root(one.number)], number[visits.root(other.number)]
        if made.together(a, b):
            continue
        left, right = hull[made.root(a)], hull[made.root(b)]
        if left and right and (left.gap(right) > BETWEEN_LEGS or _both(left, right).length > LONGEST_JOURNEY):
            why = "an article has them as legs of one trip, but their known days are too far apart"
            near.note(Near("trip", "legs_far_apart", why, (one.number, other.number)))
            continue
        both = _both(left, right) if left and right else left or right
        made.join(Tie(a, b, "legs", ""))
        hull[made.root(a)] = both
    return [[visits.root(roots[at]) for at in group] for group in made.groups()]


def _labelled(stays: Sequence[Stay]) -> list[tuple[Stay, Stay]]:
    """Neighbouring legs by the articles' own labels, with a traveller in common."""
    labels: dict[tuple[int, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.visit.trip:
            labels[stay.told.article, stay.visit.trip].append(stay)
    pairs = []
    for legs in labels.values():
        first_of: dict[int, Stay] = {}
        for leg in legs:
            for traveller in leg.travellers:
                if traveller in first_of:
                    pairs.append((first_of[traveller], leg))
                first_of[traveller] = leg
    return pairs


def _span(stays: Sequence[Stay], members: Sequence[int]) -> Days | None:
    """The known days of a visit, if any report knows them."""
    known = [days for at in members if stays[at].level == "day" and (days := stays[at].days)]
    return Days(min(days.first for days in known), max(days.last for days in known)) if known else None


def _both(one: Days, other: Days) -> Days:
    return Days(min(one.first, other.first), max(one.last, other.last))
