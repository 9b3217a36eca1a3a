"""How much a run may read and spend: no further article is begun when a limit is reached."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from summarise.corpus.limits import Limits
from summarise.errors import BudgetReached
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.corpus.outcome import RunOutcome


class Budget:
    """Lets articles begin as long as the limits allow it.

    What is under way has not been paid yet: each such article is taken to cost as much as those before it did in the
    mean, and `expected` where there are none. While this together with what is spent reaches a limit, the next one
    waits: others may come out cheaper. So the limit is passed by what the last articles cost more than expected, at
    most; retries and re-asks count, what was given up on the way does not.
    """

    def __init__(self, limits: Limits = Limits(), expected: Usage = Usage()) -> None:  # noqa: B008 - both are frozen
        self.limits = limits
        self.begun = 0
        self._expected = expected
        self._under_way = 0
        self._changed = asyncio.Event()

    async def admit(self, outcome: RunOutcome) -> bool:
        """Whether one more article may begin; waits while that depends on those under way. `release` it after."""
        while outcome.stopped is None and not self.all_begun:
            if not self._reached(outcome, self._under_way):
                self.begun += 1
                self._under_way += 1
                return True
            if not self._under_way:
                return False
            await self._changed.wait()
        return False

    def release(self) -> None:
        """An article that was let in is finished, and what it used is in the outcome."""
        self._under_way -= 1
        self._changed.set()
        self._changed = asyncio.Event()

    def reached(self, outcome: RunOutcome) -> BudgetReached | None:
        """Why the run ends, if it ends for what was spent."""
        limit = self._reached(outcome, 0)
        if limit is None:
            return None
        tokens = f"{outcome.input_tokens + outcome.output_tokens:,} tokens"
        spent = tokens if outcome.unpriced else f"${outcome.cost:,.4f}, {tokens}"
        return BudgetReached(f"the limit of {limit} is reached; this run spent {spent}")

    @property
    def all_begun(self) -> bool:
        """Whether as many articles were begun as there may be."""
        return self.limits.max_articles is not None and self.begun >= self.limits.max_articles

    def _reached(self, outcome: RunOutcome, under_way: int) -> str | None:
        """The limit that is reached, in words."""
        limits, expected = self.limits, self._expected
        articles = 1 + outcome.paid  # the expectation weighs as much as one article that was read
        if limits.max_cost is not None:
            each = (outcome.cost + (expected.cost or 0.0)) / articles
            if outcome.cost + under_way * each >= limits.max_cost:
                return f"${limits.max_cost:,.12g} (--max-cost)"
        if limits.max_tokens is not None:
            tokens = outcome.input_tokens + outcome.output_tokens
            each = (tokens + expected.input_tokens + expected.output_tokens) / articles
            if tokens + under_way * each >= limits.max_tokens:
                return f"{limits.max_tokens:,} tokens (--max-tokens)"
        return None
