"""All reports of one traveller in one country, and the visits that they are laid together to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summarise.dossier.components import Components, Tie
from summarise.dossier.days import Days, written
from summarise.dossier.near import Near, NearMisses
from summarise.dossier.stays import CALLED_OFF, FUTURE, HELD, Stay
from summarise.dossier.takers import Taker

DAY_SLACK = 2
"""Days by which reports of one visit may differ: of departure or arrival, of a time zone, of a slip."""

MOST_CANDIDATES = 5
_NO_DAY = 10**7


@dataclass(slots=True, eq=False)
class Cluster:
    """Reports of one visit; `days` is the hull of stays, and what months and years have in common."""

    days: Days
    members: list[Stay] = field(default_factory=list)
    articles: set[int] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    hosts: set[Taker] = field(default_factory=set)
    told: list[int] = field(default_factory=list)
    """The days of the articles."""
    planned: list[int] = field(default_factory=list)
    """Of those that have the visit as still to come."""
    held: bool = False
    """Whether a report has it as going on or done."""
    completed: int | None = None
    """The first day on which it was told as done."""
    off: int | None = None
    """The first day on which it was told that it is off."""

    def add(self, stay: Stay) -> None:
        """One more report."""
        self.members.append(stay)
        self.articles.add(stay.told.article)
        self.places |= stay.places
        self.hosts |= stay.hosts
        if stay.event:
            self.events.add(stay.event)
        self.held |= stay.status in HELD
        if stay.day is None:
            return
        self.told.append(stay.day)
        if stay.status in FUTURE:
            self.planned.append(stay.day)
        elif stay.status == "completed":
            self.completed = stay.day if self.completed is None else min(self.completed, stay.day)
        elif stay.status in CALLED_OFF:
            self.off = stay.day if self.off is None else min(self.off, stay.day)

    @property
    def called_off(self) -> int | None:
        """The day of the first report that it is off; None if there is none, or it was held all the same."""
        return None if self.held else self.off


class Block:
    """All stays of one traveller in one country."""

    def __init__(self, stays: Sequence[Stay], made: Components, near: NearMisses, *, is_person: bool) -> None:
        self.stays = sorted(stays, key=lambda each: (_NO_DAY if each.day is None else each.day, each.number))
        self.made, self.near, self.is_person = made, near, is_person
        self.clusters: list[Cluster] = []
        self.home: dict[int, Cluster] = {}
        """The cluster of a report, by its number."""
        self._firsts: list[int] = []
        self._longest = 0

    def begin(self, stay: Stay, days: Days) -> Cluster:
        """A new cluster, which `sort` has to take in."""
        cluster = Cluster(days)
        cluster.add(stay)
        self.home[stay.number] = cluster
        return cluster

    def sort(self, more: Iterable[Cluster]) -> None:
        """Take in more clusters, and put all in the order of their days."""
        self.clusters = sorted([*self.clusters, *more], key=lambda each: (each.days, each.members[0].number))
        self._firsts = [each.days.first for each in self.clusters]
        self._longest = max((each.days.length for each in self.clusters), default=0)

    def meeting(self, days: Days) -> Iterator[Cluster]:
        """The clusters whose days meet these, in order."""
        begin = bisect_left(self._firsts, days.first - self._longest)
        for at in range(begin, bisect_right(self._firsts, days.last)):
            if self.clusters[at].days.meets(days):
                yield self.clusters[at]

    def join(self, stay: Stay, cluster: Cluster, rule: str, why: str) -> None:
        """Add a report to a cluster, unless the overrides forbid it."""
        if self.tie(cluster, stay, rule, why):
            cluster.add(stay)
            self.home[stay.number] = cluster

    def tie(self, cluster: Cluster, stay: Stay, rule: str, why: str) -> bool:
        """Tie a report to the first one of the cluster that it may be together with."""
        return any(self.made.join(Tie(one.number, stay.number, rule, why)) for one in cluster.members[:MOST_CANDIDATES])

    def note(self, rule: str, why: str, *members: Stay) -> None:
        """A near miss."""
        self.near.note(Near("trip", rule, why, tuple(each.number for each in members[: MOST_CANDIDATES + 1])))


def in_words(days: Days) -> str:
    """Such as `2024-05-01 to 2024-05-03`."""
    first, last = written(days.first), written(days.last)
    return str(first) if first == last else f"{first} to {last}"


def can_be(stay: Stay, cluster: Cluster) -> bool:
    """Whether a report whose days are not known can be of this visit, as far as status and time go."""
    if stay.told.article in cluster.articles:
        return False
    off = cluster.called_off
    if (
        off is not None
        and stay.status not in CALLED_OFF
        and (stay.status in HELD or stay.day is None or stay.day > off)
    ):
        return False
    if stay.status in CALLED_OFF and cluster.held:
        return False
    over = cluster.days.is_a_stay and stay.day is not None and stay.day > cluster.days.last + DAY_SLACK
    return not (over and stay.level == "coming")


def by_place(stay: Stay, found: Sequence[Cluster]) -> list[Cluster]:
    """Those with a place or an event in common."""
    return [c for c in found if not stay.places.isdisjoint(c.places) or (stay.event and stay.event in c.events)]


def by_detail(stay: Stay, found: Sequence[Cluster]) -> list[Cluster]:
    """Those with a place or an event in common; else those with a host in common."""
    return by_place(stay, found) or [c for c in found if not stay.hosts.isdisjoint(c.hosts)]
