"""Which of many names a reference means, and which of them are one person's.

A name is compared with those alone that share a sound with it, a full name with such full names as share two: what
`people.same_person` takes for one does. So hundreds of people named Kim cost no more than hundreds of other people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from summarise.judge.names import fold
from summarise.judge.people import (
    all_keys_of,
    is_full_name,
    keys_of,
    letters_of,
    may_be_namesakes,
    same_person,
    sounds_kept_under,
    sounds_of,
    sounds_to_look_under,
)

FEW = 8


class Namesakes:
    """Names in order, under the sounds of their words."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: list[str] = []
        self._looked_up = 0
        """So many of the names stand under their sounds: none before there are more than a few."""
        self._by_letters: dict[str, list[int]] = {}
        self._full: dict[str, list[int]] = {}
        """Full names, by the sounds of their words; see `sounds_kept_under`."""
        self._others: dict[str, list[int]] = {}
        """Names of one word or with initials; and full names under what is not one word of theirs."""
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Takes in one more name."""
        at = len(self._names)
        self._names.append(name)
        self._by_letters.setdefault(letters_of(name), []).append(at)

    def _look_up(self) -> bool:
        """Puts the names under their sounds, unless they are few: then going through them is faster."""
        if len(self._names) <= FEW:
            return False
        for at in range(self._looked_up, len(self._names)):
            self._put(at, self._names[at])
        self._looked_up = len(self._names)
        return True

    def _put(self, at: int, name: str) -> None:
        full, others = sounds_kept_under(name)
        for sound in full:
            self._full.setdefault(sound, []).append(at)
        for sound in others:
            self._others.setdefault(sound, []).append(at)

    def candidates(self, name: str) -> list[int]:
        """Indices of the names that can be the same person's at all, in order."""
        if not self._look_up():
            return [at for at, other in enumerate(self._names) if may_be_namesakes(name, other)]
        sounds, joined = sounds_to_look_under(name)
        common = max(sounds - joined, key=lambda sound: len(self._full.get(sound, ())), default=None)
        passed_over = common if is_full_name(name) else None  # who shares that word must share another one
        found = {at for sound in sounds for at in self._others.get(sound, ())}
        found.update(at for sound in sounds if sound != passed_over for at in self._full.get(sound, ()))
        return sorted(found)

    def sharing_a_sound(self, name: str) -> Iterator[int]:
        """Indices of the names that share a word with this one, in any order, some of them twice."""
        if not self._look_up():
            sounds = sounds_of(name)
            yield from (at for at, other in enumerate(self._names) if not sounds.isdisjoint(sounds_of(other)))
            return
        for sound in sounds_of(name):
            yield from self._full.get(sound, ())
            yield from self._others.get(sound, ())

    def resolve(self, reference: str) -> list[int]:
        """Indices of the names that a reference can mean; several when it is ambiguous, none when nothing fits.

        The first of these that fits anything decides: equal after folding; `same_person`; every word of the reference
        standing in the name (`Alexander`, `the Foreign Ministry`).
        """
        wanted = letters_of(reference)
        if not wanted:
            return self._resolve_unspaced(reference)
        if wanted in self._by_letters:
            return list(self._by_letters[wanted])
        near = self.candidates(reference)
        if same := [at for at in near if same_person(reference, self._names[at])]:
            return same
        keys = set(keys_of(reference)) - {"the"}
        return [at for at in near if keys and keys <= all_keys_of(self._names[at])]

    def _resolve_unspaced(self, reference: str) -> list[int]:
        """The same for scripts without words (Chinese, Japanese, Thai): equal, else a part of the name."""
        wanted = "".join(fold(reference).split())
        folded = ["".join(fold(name).split()) for name in self._names]
        equal = [at for at, name in enumerate(folded) if name == wanted]
        return equal or [at for at, name in enumerate(folded) if wanted and wanted in name]


def merge(names: Sequence[str], compatible: Callable[[int, int], bool]) -> list[list[int]]:
    """Groups of indices that are one person each, in order of their first index.

    Two names share a group only if they, and all others in it, are the `same_person` and `compatible(i, j)` with
    `i < j` (country, role). A name that fits several groups stays apart, unless one of them has it word for word.
    """
    known = Namesakes()
    order = sorted(range(len(names)), key=lambda at: -len(keys_of(names[at])))
    group_of: dict[int, list[int]] = {}
    for at in order:
        near = {id(group): group for i in known.candidates(names[at]) for group in (group_of[order[i]],)}
        known.add(names[at])
        fitting = [
            group
            for group in near.values()
            if all(same_person(names[at], names[i]) and compatible(min(at, i), max(at, i)) for i in group)
        ]
        equal = [group for group in fitting if any(letters_of(names[i]) == letters_of(names[at]) for i in group)]
        home = equal or fitting
        group_of[at] = home[0] if len(home) == 1 else []
        group_of[at].append(at)
    groups = {id(group): group for group in group_of.values()}
    return sorted(sorted(group) for group in groups.values())
