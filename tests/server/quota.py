"""What an endpoint allows in a window, counted in one of three ways; as providers do, it counts what it refuses."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

Counting = Literal["sliding", "fixed", "bucket"]
"""How a quota is counted: over the last window, from one full window to the next, or as a bucket that fills up."""


@dataclass
class Quota:
    """So much per window, counted in one of three ways. Times are seconds, monotonic."""

    limit: float
    window: float
    counting: Counting = "sliding"
    most: float = 0.0  # ever used in one window, what was refused included
    _uses: deque[tuple[float, float]] = field(default_factory=deque)
    _used: float = 0.0
    _since: float = 0.0

    def room(self, amount: float, now: float) -> float:
        """Seconds until `amount` fits."""
        self._settle(now)
        excess = self._used + amount - self.limit
        if excess <= 1e-9:
            return 0.0
        if self.counting == "fixed":
            return self._since + self.window - now
        if self.counting == "bucket":
            return excess * self.window / self.limit
        for moment, used in self._uses:
            excess -= used
            if excess <= 1e-9:
                return moment + self.window - now
        return self.window

    def use(self, amount: float, now: float) -> None:
        """Count it, whether it fits or not."""
        self._settle(now)
        self._used += amount
        self._uses.append((now, amount))
        self.most = max(self.most, self._used)

    def headers(self, kind: str, now: float) -> dict[str, str]:
        """What the endpoint says about it: reset is when all of it is free again."""
        self._settle(now)
        if self.counting == "fixed":
            reset = self._since + self.window - now
        elif self.counting == "bucket":
            reset = self._used * self.window / self.limit
        else:
            reset = self._uses[-1][0] + self.window - now if self._uses else 0.0
        return {
            f"x-ratelimit-limit-{kind}": f"{self.limit:.0f}",
            f"x-ratelimit-remaining-{kind}": f"{max(self.limit - self._used, 0):.0f}",
            f"x-ratelimit-reset-{kind}": f"{reset:.3f}s" if reset >= 1 else f"{reset * 1000:.0f}ms",
        }

    def _settle(self, now: float) -> None:
        if self.counting == "fixed":
            if now >= self._since + self.window:
                self._since, self._used = now - (now - self._since) % self.window if self._since else now, 0.0
            self._uses.clear()
        elif self.counting == "bucket":
            if self._since:
                self._used = max(self._used - (now - self._since) * self.limit / self.window, 0.0)
            self._since = now
            self._uses.clear()
        else:
            while self._uses and self._uses[0][0] <= now - self.window:
                self._used -= self._uses.popleft()[1]
