"""Conversations go on in small groups, and the members of a group do each thing right after one another.

Eight replies are judged, then eight rows written, eight articles read, eight requests sent. What one of these steps
needs, code and tables, is then still in the processor's caches: in `benchmarks/client_cpu.py` articles that take all
steps one by one cost a fifth more CPU time. The groups stay small, since nobody is asked anything while replies are
judged: if all who have a reply went on together, the requests that follow would go out in waves.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

GROUP = 8
"""How many go on together."""


class Rounds:
    """The queue of one event loop, which lets a group go on in each of its rounds."""

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
        left = GROUP
        while left and self._waiting:
            first = self._waiting.popleft()
            if not first.done():  # as it is if whoever waited was cancelled
                first.set_result(None)
                left -= 1
        if self._waiting:
            loop.call_soon(self._next, loop)


async def next_step() -> None:
    """Wait until the others of the group have come as far."""
    import asyncio

    await asyncio.sleep(0)
