"""What requests are expected to use before they are made, and when that is more than there may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarise.errors import BudgetReached
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.batch.talk import Talk
    from summarise.corpus.limits import Limits


class Price:
    """What the requests of one reader are expected to use: their tokens are counted, those of a reply are assumed."""

    def __init__(self, reader: Summariser[Any]) -> None:
        from summarise.corpus.estimate import expected_reply

        self._reader = reader
        self._reply = round(expected_reply())
        self._fixed: int | None = None

    def of(self, talk: Talk, requests: int = 1, *, batch: bool = True) -> Usage:
        """So many requests like the one that is to be made next, at the price of batches, or of live calls."""
        from summarise.corpus.estimate import fixed_tokens
        from summarise.tokens import count_tokens

        if self._fixed is None:
            self._fixed = fixed_tokens(talk.conversation.prompt)
        _, *own = talk.request.messages  # the first one is the same for all articles
        asked = self._fixed + sum(count_tokens(message["content"]) for message in own)
        used = Usage(requests=requests, input_tokens=requests * asked, output_tokens=requests * self._reply)
        return self._reader.priced(used, batch=batch)


def windows_left(talk: Talk) -> int:
    """How many requests an article still takes if every reply is good."""
    now = talk.request.window
    return 1 if now is None else 1 + sum(window.first > now.first for window in talk.conversation.windows())


def plus(one: Usage, other: Usage) -> Usage:
    """Both together; a price that is not known counts as nothing."""
    return _combined(one, other, 1)


def minus(one: Usage, other: Usage) -> Usage:
    """The one without the other."""
    return _combined(one, other, -1)


def limit_passed(limits: Limits, usage: Usage) -> BudgetReached | None:
    """The limit of money that sending this much passes."""
    if limits.max_cost is not None and (usage.cost or 0.0) > limits.max_cost:
        return BudgetReached(f"what is sent is expected to cost ${limits.max_cost:,.12g} (--max-cost)")
    if limits.max_tokens is not None and usage.input_tokens + usage.output_tokens > limits.max_tokens:
        return BudgetReached(f"what is sent is expected to use {limits.max_tokens:,} tokens (--max-tokens)")
    return None


def _combined(one: Usage, other: Usage, sign: int) -> Usage:
    return Usage(
        requests=one.requests + sign * other.requests,
        input_tokens=one.input_tokens + sign * other.input_tokens,
        output_tokens=one.output_tokens + sign * other.output_tokens,
        cost=(one.cost or 0.0) + sign * (other.cost or 0.0),
    )
