"""Replies that come together are gone on with one by one, a round of the event loop for each.

To judge a reply takes as long as many a call is on its way. If all who have one went on in the same round, the requests
that follow would all go out after the last judgement, and so on in waves, with nobody asked in between.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


class Rounds:
    """The queue of one event loop."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def turn(self) -> None:
        """Wait until those who came before have gone on."""
        import asyncio

        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        self._waiting.append(mine)
        if len(self._waiting) == 1:
            loop.call_soon(self._next, loop)
        await mine

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._waiting and (first := self._waiting.popleft()):
            if not first.done():  # as it is if whoever waited was cancelled
                first.set_result(None)
                break
        if self._waiting:
            loop.call_soon(self._next, loop)
