"""Visits that were put off: from the days that were planned to those that came of it."""

from __future__ import annotations

from summarise.dossier.block import MOST_CANDIDATES, Block, Cluster
from summarise.dossier.days import Days, written
from summarise.dossier.stays import Stay

MOVED_BY = 200
"""Days by which a visit is put off at most, if it is to be taken for the same."""
LATE_NEWS = 30
"""Days after the planned ones in which a postponement may still be told."""


def tie_moved(block: Block) -> None:
    """From each report of a postponement back to the days that were planned, and on to the new ones."""
    for stay in block.stays:
        if stay.status != "postponed" or stay.day is None:
            continue
        here = block.home.get(stay.number)
        planned = [each for each in _planned_before(block, stay, stay.day) if each is not here]
        if here is None and len(planned) == 1:
            block.join(stay, planned[0], "postponed", "put off: the only visit that was planned then")
            here = planned[0]
        elif here is not None and len(planned) == 1 and _news(here, stay):
            why = f"put off: planned for {written(planned[0].days.first)}, then for {written(here.days.first)}"
            _tie_all(block, planned[0], here, "postponed", why)
            continue
        elif len(planned) > 1:
            why = "a visit was put off, and several were planned"
            block.note("several_fit", why, stay, *(each.members[0] for each in planned))
            continue
        if here is not None and not here.held:
            _tie_next(block, stay, stay.day, here)


def _news(cluster: Cluster, stay: Stay) -> bool:
    """Whether the days of a cluster are first told by the postponement or after it."""
    return stay.day is not None and min(cluster.told, default=stay.day) >= stay.day


def _planned_before(block: Block, stay: Stay, day: int) -> list[Cluster]:
    """Visits that were planned when the postponement was told, and of which nothing else was told afterwards."""
    found = []
    for cluster in block.meeting(Days(day - LATE_NEWS, day + MOVED_BY)):
        if cluster.held or cluster.called_off is not None or stay.told.article in cluster.articles:
            continue
        told = [when for when in cluster.planned if when <= day]
        if told and not any(when > day + 1 for when in cluster.planned):
            found.append(cluster)
    return found


def _tie_next(block: Block, stay: Stay, day: int, here: Cluster) -> None:
    """On to the next visit that was first told of after the postponement."""
    for cluster in block.meeting(Days(max(day, here.days.first) + 1, here.days.first + MOVED_BY)):
        if cluster is here or cluster.days.first <= day or not cluster.told:
            continue
        if min(cluster.told) >= day and cluster.called_off is None:
            why = f"put off on {written(day)}; this is the next visit there, on {written(cluster.days.first)}"
            _tie_all(block, here, cluster, "postponed_and_next", why)
        return


def _tie_all(block: Block, one: Cluster, other: Cluster, rule: str, why: str) -> None:
    for stay in other.members[:MOST_CANDIDATES]:
        if block.tie(one, stay, rule, why):
            return
