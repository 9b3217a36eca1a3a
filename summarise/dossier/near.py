"""What may be one and was kept apart, with the reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from summarise.dossier.model import Kind

MOST_OF_ONE = 3
"""Near misses that a report is named first in; the others say nothing new."""


@dataclass(frozen=True, slots=True)
class Near:
    """Reports, by their numbers, the rule that kept them apart, and the reason in words."""

    kind: Kind
    rule: str
    why: str
    members: tuple[int, ...]
    keys: tuple[str, ...] = ()
    """Of reports of another kind, such as the visit beside an invitation."""


class NearMisses:
    """All of them, each pair once."""

    def __init__(self) -> None:
        self.found: dict[tuple[Kind, tuple[int, ...]], Near] = {}
        self._of_one: Counter[tuple[Kind, int]] = Counter()

    def note(self, near: Near) -> None:
        """Take in one more, unless there are many of its first report already."""
        key = (near.kind, tuple(sorted(near.members)))
        first = (near.kind, near.members[0])
        if key not in self.found and self._of_one[first] < MOST_OF_ONE:
            self._of_one[first] += 1
            self.found[key] = near
