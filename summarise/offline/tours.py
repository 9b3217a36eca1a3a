"""The length of a tour of several states: "a six-day visit to Malaysia, Brunei and Indonesia" is the stay in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from summarise.offline.findings import VisitFound


def end_no_leg_with_the_tour(visits: Iterable[VisitFound]) -> None:
    """Takes the last day off each leg of a trip that has it from the length of the whole trip."""
    trips: defaultdict[int, list[VisitFound]] = defaultdict(list)
    for visit in visits:
        if visit.trip is not None:
            trips[visit.trip].append(visit)
    for legs in trips.values():
        lengths = {leg.tour_days for leg in legs if leg.tour_days is not None}
        for leg in legs:
            if leg.when is not None and leg.when.reckoned in lengths:
                leg.when = replace(leg.when, end=None, reckoned=None)
