"""The one actor that all readers of a run ask: for their share of the quota, for what to read, whether to go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarise.corpus.cluster.claims import Claim, Claims, Verdict
from summarise.corpus.cluster.leases import LASTS, Leases, Share


@dataclass(frozen=True, slots=True)
class Word:
    """The coordinator's answer to a reader: its share, and whether the run is to stop.

    `left`: the seconds that what is under way still has then; None if it has what it takes.
    """

    share: Share
    stopped: bool
    left: float | None = None


class Coordinator:
    """Lives in an actor of its own, for as long as the run."""

    def __init__(self, concurrency: int, lasts: float = LASTS, clock: Callable[[], float] = time.monotonic) -> None:
        self._leases = Leases(concurrency, lasts)
        self._claims = Claims()
        self._clock = clock
        self._begun: set[bytes] = set()
        self._stopped = False
        self._end: float | None = None

    def renew(self, reader: str, busy: bool) -> Word:
        """A reader is alive, and busy or not: its share from now on."""
        now = self._clock()
        left = None if self._end is None else max(0.0, self._end - now)
        return Word(self._leases.renew(reader, busy, now), self._stopped, left)

    def claim(self, claims: Sequence[Claim]) -> list[tuple[Verdict, str]]:
        """What to do with these articles, which were found in this order."""
        return [self._claims.claim(claim) for claim in claims]

    def begin(self, batch: bytes) -> tuple[bool, bool]:
        """Whether a batch may be begun, which it may not if the run is to stop; and whether it is one of `begun`.

        It may be that although it may not be begun, if it is one of a lost reader.
        """
        if not self._stopped:
            self._begun.add(batch)
        return not self._stopped, batch in self._begun

    def stop(self, within: float | None = None) -> None:
        """Nothing further may be begun; what is not done within so many seconds is given up."""
        self._stopped = True
        if within is not None:
            self._end = self._clock() + within

    def parts(self) -> dict[str, float]:
        """The part of the quota that each reader has."""
        return self._leases.parts()

    def begun(self) -> int:
        """How many batches were begun, each counted once however often it was done again."""
        return len(self._begun)
