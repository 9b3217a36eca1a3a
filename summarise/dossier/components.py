"""Grouping by ties, the strongest first, under what must stay apart.

Each tie says why its two members belong together; those that are used make up the explanation of a group.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tie:
    """Two members, the rule by which they are one, and the ground in words."""

    one: int
    other: int
    rule: str
    why: str


class Components:
    """Members 0 to `size - 1`, each at first a group of its own.

    `marks` gives each member what no two members of a group may share, such as its article; None is shared by none.
    `apart` are pairs that must not come together.
    """

    def __init__(self, size: int, marks: Sequence[int | None], apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = list(range(size))
        self._marks: list[set[int]] = [set() if mark is None else {mark} for mark in marks]
        self._members: list[list[int]] = [[at] for at in range(size)]
        self._foes: dict[int, set[int]] = {}
        self._used: list[list[Tie]] = [[] for _ in range(size)]
        for one, other in apart:
            self._foes.setdefault(one, set()).add(other)
            self._foes.setdefault(other, set()).add(one)

    def root(self, member: int) -> int:
        """Which member stands for the group."""
        while self._parent[member] != member:
            self._parent[member] = member = self._parent[self._parent[member]]
        return member

    def together(self, one: int, other: int) -> bool:
        """Whether two members are in one group."""
        return self.root(one) == self.root(other)

    def may_join(self, one: int, other: int) -> bool:
        """Whether nothing keeps the groups of the two apart."""
        a, b = self.root(one), self.root(other)
        return a == b or (self._marks[a].isdisjoint(self._marks[b]) and not self._are_foes(a, b))

    def join(self, tie: Tie, *, forced: bool = False) -> bool:
        """Bring the groups of the two members together, unless something keeps them apart; whether they are now one.

        `forced` overrides shared marks, not what must stay apart.
        """
        a, b = self.root(tie.one), self.root(tie.other)
        if a == b:
            return True
        if self._are_foes(a, b) or not (forced or self._marks[a].isdisjoint(self._marks[b])):
            return False
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members[b]
        self._marks[a] |= self._marks[b]
        self._members[b], self._marks[b] = [], set()
        if b in self._foes:
            self._foes.setdefault(a, set()).update(self._foes.pop(b))
        self._used[tie.one].append(tie)
        self._used[tie.other].append(tie)
        return True

    def _are_foes(self, a: int, b: int) -> bool:
        one, other = self._foes.get(a), self._foes.get(b)
        if not one or not other:
            return False
        return any(self.root(foe) == b for foe in one)

    def members(self, member: int) -> list[int]:
        """Everything in the group of a member, in no order."""
        return self._members[self.root(member)]

    def groups(self) -> list[list[int]]:
        """All groups, each in ascending order, in the order of their first members."""
        return [sorted(found) for found in sorted(filter(None, self._members), key=min)]

    def ways_in(self, first: int) -> dict[int, tuple[Tie, int]]:
        """For each other member of the group: the tie by which it is reached from the first one, and from where."""
        ways: dict[int, tuple[Tie, int]] = {}
        waiting = deque([first])
        while waiting:
            here = waiting.popleft()
            for tie in self._used[here]:
                there = tie.other if tie.one == here else tie.one
                if there != first and there not in ways:
                    ways[there] = (tie, here)
                    waiting.append(there)
        return ways
