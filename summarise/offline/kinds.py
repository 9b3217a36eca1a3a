"""The kind and the length of a visit by the words before its noun: "a three-day state visit"."""

from __future__ import annotations

import re
from typing import Final

from summarise.records import VisitKind

KINDS: Final[dict[str, VisitKind]] = {
    "state": "state",
    "official": "official",
    "working": "working",
    "private": "private",
    "unofficial": "private",
    "informal": "informal",
}
_NUMBERS: Final = {
    word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_SPAN: Final = re.compile(rf"(?:(\d{{1,2}})|({'|'.join(_NUMBERS)}))-days?\b")


def length_of(text: str) -> int | None:
    """Days of "a three-day visit" (hard case 9); None if no length is told."""
    match = _SPAN.search(text)
    if match is None:
        return None
    return int(match[1]) if match[1] else _NUMBERS[match[2]]
