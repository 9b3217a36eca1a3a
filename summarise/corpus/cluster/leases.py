"""How a quota is divided among readers that come and go: each has a share for as long as it keeps asking for it.

No clock: every method is told the time (seconds, monotonic) by its caller.
"""

from __future__ import annotations

from dataclasses import dataclass

LASTS = 5.0
"""Seconds for which a share is good. A reader that was not heard of for longer is taken for dead."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one reader may use: a part of the budgets, from 0 to 1, and so many calls at once. `lasts` is in seconds."""

    part: float = 0.0
    calls: int = 0
    lasts: float = LASTS


@dataclass(slots=True)
class _Lease:
    until: float
    busy: bool = False
    part: float = 0.0
    calls: int = 0


class Leases:
    """Equal shares for all readers that have work; at no time more than everything is given away.

    A newcomer gets what is free, at first perhaps nothing: the others give up theirs when they ask the next time.
    What a dead one had is free when its lease has run out. `concurrency` is the number of calls at once of all.
    """

    def __init__(self, concurrency: int, lasts: float = LASTS) -> None:
        self.concurrency = concurrency
        self._lasts = lasts
        self._leases: dict[str, _Lease] = {}

    def renew(self, reader: str, busy: bool, now: float) -> Share:
        """The share of a reader from now on, and that it has work, or has none for now."""
        self._leases = {name: lease for name, lease in self._leases.items() if lease.until > now or name == reader}
        lease = self._leases.setdefault(reader, _Lease(now))
        lease.until, lease.busy = now + self._lasts, busy
        others = [other for other in self._leases.values() if other is not lease]
        part, calls = self._fair(reader) if busy else (0.0, 0)
        lease.part = min(part, max(1.0 - sum(other.part for other in others), 0.0))
        lease.calls = min(calls, max(self.concurrency - sum(other.calls for other in others), 0))
        if not lease.part or not lease.calls:  # one is no good without the other
            lease.part, lease.calls = 0.0, 0
        return Share(lease.part, lease.calls, self._lasts)

    def parts(self) -> dict[str, float]:
        """The part of each reader, those included whose lease has run out since somebody asked."""
        return {name: lease.part for name, lease in self._leases.items()}

    def _fair(self, reader: str) -> tuple[float, int]:
        """What is due to it when all have given up what they have too much."""
        sharing = [name for name, lease in self._leases.items() if lease.busy][: self.concurrency]
        if reader not in sharing:
            return 0.0, 0
        calls, more = divmod(self.concurrency, len(sharing))
        return 1 / len(sharing), calls + (sharing.index(reader) < more)
