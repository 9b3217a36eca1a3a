"""A run of words in a longer run of words, whichever of the two has more breaks: `Jong-un`, `Jongun`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

_FIRST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Needle:
    """The words of a name run together, and where in that string a word begins."""

    letters: str
    breaks: frozenset[int]


def needle(words: Iterable[str]) -> Needle:
    """The words of a name."""
    words = list(words)
    return Needle("".join(words), frozenset(accumulate(map(len, words[:-1]))))


@dataclass(frozen=True, slots=True)
class Haystack:
    """The words of a text run together; `begins` says where in that string each word begins, and at last its end.

    `by_first_letters` are these places by the letters that stand there, for a long text.
    """

    letters: str
    begins: list[int]
    by_first_letters: dict[str, list[int]] | None

    def find(self, needle: Needle, stops: list[int]) -> list[tuple[int, int]]:
        """First word, and word after the last, of each place where the needle stands; in order, without overlap.

        `stops` are the words that no name can run on into.
        """
        found: list[tuple[int, int]] = []
        begins, size, done = self.begins, len(needle.letters), 0
        for at in self._places(needle.letters):
            if at < done:
                continue
            first, last = bisect_right(begins, at) - 1, bisect_left(begins, at + size)
            if begins[first] == at and begins[last] == at + size and self._holds(needle, first, last, stops):
                found.append((first, last))
                done = at + size
        return found

    def _places(self, letters: str) -> Iterator[int]:
        """Where these letters stand, or at least each place of those at which a word begins."""
        if self.by_first_letters is not None and len(letters) >= _FIRST_LETTERS:
            for at in self.by_first_letters.get(letters[:_FIRST_LETTERS], ()):
                if self.letters.startswith(letters, at):
                    yield at
            return
        at = self.letters.find(letters) if letters else -1
        while at >= 0:
            yield at
            at = self.letters.find(letters, at + 1)

    def _holds(self, needle: Needle, first: int, last: int, stops: list[int]) -> bool:
        """One side may have more word breaks (`Jong-un`, `Jongun`); not each its own (`Ana Li`, `An Ali`)."""
        if last - first == 1:
            return True
        after = bisect_right(stops, first)
        if after < len(stops) and stops[after] < last:
            return False
        begin = self.begins[first]
        breaks = {inner - begin for inner in self.begins[first + 1 : last]}
        return breaks <= needle.breaks or needle.breaks <= breaks


def haystack(keys: list[str], is_long: bool) -> Haystack:
    """The words of a text."""
    letters, begins = "".join(keys), list(accumulate(map(len, keys), initial=0))
    if not is_long:
        return Haystack(letters, begins, None)
    by_first_letters: dict[str, list[int]] = {}
    for at in dict.fromkeys(begins):
        by_first_letters.setdefault(letters[at : at + _FIRST_LETTERS], []).append(at)
    return Haystack(letters, begins, by_first_letters)
