"""Where a run under way is heading: its pace, what it will cost in all, when it will be done."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarise.corpus.outcome import RunOutcome

_WINDOW = 120.0
_LEAST_STEP = 1.0


@dataclass(frozen=True, slots=True)
class Projection:
    """What can be said now. None: not yet, or no price is known.

    `per_minute` is the pace of the last two minutes, kept articles not counted; `cost` and `tokens` are those of the
    whole run in the end, were the articles left like those read so far; `seconds_left` is by that pace.
    """

    per_minute: float | None
    tokens: float | None
    cost: float | None
    seconds_left: float | None


class Forecast:
    """Makes a projection after each article.

    `total` is the number of articles, None where it is not known; at most `limit` of them are read.
    """

    def __init__(self, total: int | None, now: float, limit: int | None = None) -> None:
        self._total = total
        self._limit = limit
        self._past = deque([(now, 0)])  # seconds, and articles read by then

    def after(self, outcome: RunOutcome, now: float) -> Projection:
        """The projection at `now`, in seconds of any monotonic clock."""
        read = outcome.ok + outcome.failed
        past = self._past
        while len(past) > 1 and now - past[1][0] > _WINDOW:
            past.popleft()
        seconds, articles = now - past[0][0], read - past[0][1]
        if now - past[-1][0] >= _LEAST_STEP:
            past.append((now, read))
        pace = articles / seconds if seconds > 0 and articles else None
        in_all = self.in_all(outcome)
        if in_all is None or not read:
            return Projection(None if pace is None else pace * 60, None, None, None)
        left = max(0, in_all - outcome.done)
        share = 1 + left / read
        tokens = (outcome.input_tokens + outcome.output_tokens) * share
        return Projection(
            per_minute=None if pace is None else pace * 60,
            tokens=tokens,
            cost=None if outcome.unpriced else outcome.cost * share,
            seconds_left=None if pace is None else left / pace,
        )

    def in_all(self, outcome: RunOutcome) -> int | None:
        """How many articles will be done in the end, as far as is known now; what is kept counts for no limit."""
        if self._total is None or self._limit is None:
            return self._total
        return min(self._total, self._limit + outcome.kept + outcome.passed_over.total())
