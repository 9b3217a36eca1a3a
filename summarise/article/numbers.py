"""Numbers of sentences as a reader is told them."""

from __future__ import annotations

from collections.abc import Collection


def in_words(numbers: Collection[int]) -> str:
    """The numbers in order, runs drawn together: `1, 20 to 40`."""
    known = frozenset(numbers)
    firsts = sorted(number for number in known if number - 1 not in known)
    lasts = sorted(number for number in known if number + 1 not in known)
    runs = zip(firsts, lasts, strict=True)
    return ", ".join(f"{first}" if first == last else f"{first} to {last}" for first, last in runs)
