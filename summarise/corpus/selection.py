"""Which articles of the sources a run is to look at: what failed before, or a sample that comes out the same again."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from summarise.corpus.items import Found, SourceItem
    from summarise.corpus.ledger import Entry

Some = TypeVar("Some", "Found", "SourceItem")


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything, or only what the ledger has as failed, or `sample` articles of that, drawn with `seed`."""

    retry_failed: bool = False
    sample: int | None = None
    seed: int = 0

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.sample is None and not self.retry_failed

    def of(self, items: Iterable[Found], entries: Mapping[str, Entry]) -> Iterator[Found]:
        """The items selected, in the order of the sources; `entries` are those of the ledger.

        Lazy, except that a sample cannot begin before every item was seen; it keeps no more than the sample.
        """
        if self.retry_failed:
            items = (item for item in items if (entry := entries.get(item.id or "")) and entry.status == "failed")
        return iter(items) if self.sample is None else iter(sampled(items, self.sample, self.seed)[0])


def sampled(items: Iterable[Some], size: int, seed: int) -> tuple[list[Some], int]:
    """A simple random sample, in the order of the items, and how many items there were.

    Each id has a rank of its own under a seed and the lowest ranks are taken. So the sample neither depends on the
    order of the items nor changes but by an article or two when a few come or go, and a larger one contains it.
    """
    drawn: list[tuple[int, int, Some]] = []  # a heap with the highest rank on top, hence the minus
    seen = 0
    for item in items:
        place = (-_rank(item.id or item.source, seed), -seen, item)
        if len(drawn) < size:
            heapq.heappush(drawn, place)
        elif drawn and place[:2] > drawn[0][:2]:
            heapq.heapreplace(drawn, place)
        seen += 1
    return [item for _, _, item in sorted(drawn, key=lambda place: -place[1])], seen


def _rank(id: str, seed: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}\0{id}".encode(), digest_size=8).digest())
