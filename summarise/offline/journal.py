"""What has been found so far, looked up by sentence and by whom it is about: a long text is not searched again."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable
from operator import attrgetter
from typing import Final, Generic, TypeVar

from summarise.offline.findings import Finding

Found = TypeVar("Found", bound=Finding)

_COMPARED: Final = 50
"""So many findings about one subject are looked at: no article has more, and a list of thousands stays linear."""
_ORDER: Final = attrgetter("order")


class Journal(Generic[Found]):
    """Findings in the order in which they were made."""

    def __init__(self) -> None:
        self.findings: list[Found] = []
        self._in_sentence: dict[int, list[Found]] = {}
        self._about: dict[Hashable, deque[Found]] = {}
        self._furthest = 0

    def add(self, found: Found, subjects: Iterable[Hashable]) -> None:
        """Takes in a new finding, about these subjects."""
        found.order = len(self.findings)
        self.findings.append(found)
        for number in found.sentences:
            self._note(found, number)
        self.link(found, subjects)

    def cite(self, found: Found, numbers: Iterable[int]) -> None:
        """Notes further sentences that tell of a finding."""
        for number in numbers:
            if number not in found.sentences:
                found.sentences[number] = None
                found.last = max(found.last, number)
                self._note(found, number)

    def link(self, found: Found, subjects: Iterable[Hashable]) -> None:
        """Notes further subjects of a finding."""
        for subject in subjects:
            self._about.setdefault(subject, deque(maxlen=_COMPARED)).append(found)

    def _note(self, found: Found, number: int) -> None:
        self._in_sentence.setdefault(number, []).append(found)
        self._furthest = max(self._furthest, number)

    def about(self, subjects: Iterable[Hashable]) -> list[Found]:
        """What is known of any of these subjects, in order."""
        met = {found.order: found for subject in subjects for found in self._about.get(subject, ())}
        return [met[order] for order in sorted(met)]

    def in_sentence(self, number: int) -> list[Found]:
        """What a sentence tells of, in order."""
        return sorted(self._in_sentence.get(number, ()), key=_ORDER)

    def told_last(self, first: int, last: int | None = None) -> list[Found]:
        """What was spoken of last in these sentences (both included; to the end without `last`), in order."""
        numbers = range(first, (self._furthest if last is None else last) + 1)
        near = [found for number in numbers for found in self._in_sentence.get(number, ()) if found.last == number]
        return sorted(near, key=_ORDER)
