"""Who listens to the calls about one article of a run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from summarise.corpus.calls import Calls
from summarise.corpus.replies import Replies
from summarise.exchange import Reply
from summarise.model.rounds import rounds
from summarise.records import Usage


class Replied:
    """Listens to the calls about one article: each waits for its turn, and its reply is kept.

    A turn is over with the reply, or with the article where none is kept. The first one comes with the request ready;
    it does not come any more when the run `ends_now`, while an article that was begun is finished.
    """

    def __init__(self, id: str, replies: Replies | None, calls: Calls, ends_now: Callable[[], bool]) -> None:
        self._id = id
        self._replies = replies
        self._calls = calls
        self._ends_now = ends_now
        self._has_turn = self._has_asked = self._is_over = False
        self.found = Usage()
        """What the replies used that an earlier run got."""
        self.calls_given_up = 0

    async def turn(self) -> None:
        """Wait until the model may be asked; a hook that asks in the context of the article waits for nobody."""
        if not (self._has_turn or self._is_over):
            await self._calls.take()
            self._has_turn = True
            if self._is_over:  # meanwhile
                self._give_back()
                return
            await rounds().to_send()
            if self._ends_now() and not self._has_asked:
                raise asyncio.CancelledError("the run ends, and begins nothing more")
            self._has_asked = True

    def known(self, request: Callable[[], str]) -> Reply | None:
        """The reply that an earlier run got."""
        reply = None if self._replies is None or self._is_over else self._replies.known(request)
        if reply is not None:
            self._give_back()
            self.found = Usage(
                requests=self.found.requests + 1,
                input_tokens=self.found.input_tokens + reply.input_tokens,
                cached_tokens=self.found.cached_tokens + reply.cached_tokens,
                output_tokens=self.found.output_tokens + reply.output_tokens,
            )
        return reply

    def given_up(self) -> None:
        """A call was given up on the way."""
        self.calls_given_up += 1

    def replied(self, request: Callable[[], str], reply: Reply) -> None:
        """A reply has come; not one to a question that a hook asked in the context of the article, and after it."""
        if self._replies is not None and not self._is_over:
            if self._replies.are_kept:
                self._replies.keep(self._id, request(), reply)
            if self._replies.are_kept:  # still
                self._give_back()

    def over(self) -> None:
        """The article is over."""
        self._is_over = True
        self._give_back()
        if self._replies is not None:
            self._replies.put_by(self._id)

    def _give_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._calls.give_back()
