"""What an endpoint allows in a minute, of requests or of tokens: how much is used, and when there is room again.

No clock and no client: every method is told the time (seconds, monotonic) by its caller.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")

Kind = Literal["requests", "tokens"]

LATENESS = 0.02
"""How long after it was sent a request may still be counted by the endpoint, as a part of the window."""

AHEAD = 1 / 60
"""How far sending may run ahead of an even spread, as a part of the window: a provider may count by the second."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """An endpoint's own word in the headers of a reply. `reset` is in seconds; None where it says nothing."""

    limit: float
    remaining: float | None = None
    reset: float | None = None


@dataclass(slots=True)
class Use:
    """What one request takes from the budget, and until when it counts. `counts` while it is in the books.

    `part` is the part of the budget that was ours when it was sent: the others are taken to use theirs alike, so that
    `amount` is what all of them together used meanwhile.
    """

    amount: float
    until: float
    taken_before: float
    counts: bool = False
    part: float = 1.0


class Budget:
    """At most `limit` in any window, however the endpoint lays its windows.

    What was sent counts for a window and a little more, since the endpoint counts it when it arrives. Sending is
    spread evenly: a burst of a whole minute's quota is refused by providers that count by the second.
    """

    def __init__(self, window: float) -> None:
        self.window = window
        self.part = 1.0  # ours of the limit, when other processes have the rest; above 0 whenever something is sent
        self.told: float | None = None
        self.learned: float | None = None
        self._span = window * (1 + LATENESS)
        self._uses: deque[Use] = deque()
        self._used = 0.0
        self._taken = 0.0  # ever
        self._spread_until = 0.0
        self._held_until = 0.0

    @property
    def limit(self) -> float | None:
        """The smaller one of what the user told and what the endpoint did; None if neither said anything."""
        known = [limit for limit in (self.told, self.learned) if limit is not None]
        return min(known, default=None)

    def wait(self, amount: float, now: float) -> float:
        """Seconds until `amount` may be taken, 0 if at once. More than the limit may be taken when all is free."""
        limit = self.limit
        if limit is None:
            return 0.0
        self._forget(now)
        until = max(self._held_until, self._spread_until - AHEAD * self.window)
        excess = self._used + min(amount / self.part, limit) - limit
        if excess > 1e-9:
            for use in self._uses:
                excess -= use.amount
                if excess <= 1e-9:
                    until = max(until, use.until)
                    break
        return max(until - now, 0.0)

    def take(self, amount: float, now: float) -> Use:
        """Count `amount` as sent now."""
        use = Use(amount / self.part, now + self._span, self._taken, part=self.part)
        self._taken += use.amount
        limit = self.limit
        if limit is not None:
            self._count(use)
            # The cap is one on a single request, whatever part of the limit is ours.
            self._spread_until = max(self._spread_until, now) + min(amount, limit) / self.part * self._span / limit
        return use

    def correct(self, use: Use, amount: float) -> None:
        """It turned out to be `amount`: what was set aside beyond that is free again."""
        change = amount / use.part - use.amount
        if not change:
            return
        use.amount = amount
        self._taken += change
        limit = self.limit
        if limit is not None and use.counts:
            self._used += change
            most = limit / use.part
            self._spread_until += max(min(change, most), -most) * self._span / limit

    def learn(self, word: Allowance, use: Use, sent: float, under_way: Iterable[Use], now: float) -> None:
        """Take the endpoint's word in the reply to `use`; `under_way` are those that wait for theirs."""
        if word.limit <= 0:
            return
        first, self.learned = self.limit is None, word.limit
        limit = self.limit or word.limit
        if word.remaining is None:
            return
        if first:  # nothing was counted so far: what is missing was used, and what is under way may not be in it yet
            back = self._span if word.reset is None else min(word.reset + LATENESS * self.window, self._span)
            missing = Use(max(limit - word.remaining, 0.0), now + back, self._taken)
            for each in sorted([missing, *under_way], key=lambda each: each.until):
                self._count(each)
        # The word was true about when the request was sent. Since then more was sent, and some came free.
        left = word.remaining - (self._taken - use.taken_before - use.amount) + (now - sent) * word.limit / self.window
        if left < min(use.amount, limit):
            free = (min(use.amount, limit) - left) * self.window / word.limit
            reset = self.window if word.reset is None else word.reset
            self._held_until = max(self._held_until, now + min(free, reset, self.window))

    def pause(self, until: float) -> None:
        """After a pause the spread begins anew: nobody may run ahead of it."""
        self._spread_until = max(self._spread_until, until + AHEAD * self.window)

    def _count(self, use: Use) -> None:
        use.counts = True
        self._uses.append(use)
        self._used += use.amount

    def _forget(self, now: float) -> None:
        while self._uses and self._uses[0].until <= now:
            use = self._uses.popleft()
            use.counts = False
            self._used -= use.amount
        if not self._uses:
            self._used = 0.0  # no rounding error outlives the window


def allowances(headers: Mapping[str, str]) -> dict[Kind, Allowance]:
    """What the `x-ratelimit-*` headers of a reply say; a kind without a limit that can be read is left out."""
    found: dict[Kind, Allowance] = {}
    kinds: tuple[Kind, ...] = ("requests", "tokens")
    for kind in kinds:
        limit = _amount(headers.get(f"x-ratelimit-limit-{kind}"))
        if limit:
            remaining = _amount(headers.get(f"x-ratelimit-remaining-{kind}"))
            found[kind] = Allowance(limit, remaining, duration(headers.get(f"x-ratelimit-reset-{kind}") or ""))
    return found


def _amount(value: str | None) -> float | None:
    return float(value) if value and len(value) <= 15 and value.isascii() and value.isdigit() else None


def seconds_in(value: str | None) -> float | None:
    """The plain number of seconds in a header, at least 0; None if there is none."""
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def duration(value: str) -> float | None:
    """Seconds in `1h2m3.5s`, `6m0s`, `120ms` or a plain number; a point in time (a large number) is not understood."""
    if len(value) > 32:
        return None
    plain = seconds_in(value)
    if plain is not None:
        return plain if plain < 86_400 else None
    parts = _DURATION.fullmatch(value.strip())
    if not parts or not any(parts.groups()):
        return None
    factors = (86_400, 3_600, 60, 1, 0.001)
    return sum(float(part or 0) * factor for part, factor in zip(parts.groups(), factors, strict=True))
