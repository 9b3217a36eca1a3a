"""Conversations go on in small groups, and the members of a group do each thing right after one another.

Eight replies are judged, then eight rows written, eight articles read, eight requests sent. What one of these steps
needs, code and tables, is then still in the processor's caches: in `benchmarks/client_cpu.py` articles that take all
steps one by one cost a fifth more CPU time. The groups stay small, since nobody is asked anything while replies are
judged: if all who have a reply went on together, the requests that follow would go out in waves.

Whoever has something to send goes first, and as long as others are ready to send, all other work waits, to judge a
reply and to read an article ahead: the endpoint should not wait for that. It waits no longer than a part of the time
that a call takes; and where more of it waits than calls are under way, only for those who are about to send.
"""

from __future__ import annotations

from collections import deque
from math import inf
from time import monotonic
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import asyncio

GROUP = 8
"""How many go on together."""

FEW = 2
"""How many where a request may come to be sent at any moment, and there is time."""

QUIET = 0.01
"""Seconds without a request or a reply after which the sending is over for the time being."""

PATIENCE = 0.25
"""How long other work waits at most, as a part of the time that a call takes in the mean."""

_NEWEST = 1 / 16  # what the newest call counts in that mean


_Waiting = deque[tuple["asyncio.Future[None]", float]]
"""Who waits, and since when."""


class Rounds:
    """The queue of one event loop, which lets a group go on in each of its rounds."""

    def __init__(self) -> None:
        self._sending: _Waiting = deque()
        self._aside: _Waiting = deque()
        self._next_round: asyncio.Handle | None = None
        self._later = False  # whether that is a time to come
        self.ready = 0
        """How many wait for a call to be over, to make the next one at once."""
        self._under_way = 0
        self._about_to_send = 0
        self._has_sent = False  # in the last round
        self._seconds = 0.0
        self._active = 0.0

    async def to_send(self) -> None:
        """Wait until those have gone on who came before and have something to send."""
        await self._wait(self._sending)

    def call_is_free(self) -> None:
        """Whoever is ready is on the way to `to_send`, and a call will follow: other work should wait for that."""
        self._about_to_send += self._about_to_send < self.ready

    async def aside(self) -> None:
        """Wait until those have gone on who came before, and the others are done with sending: for all other work."""
        await self._wait(self._aside)

    def begun(self) -> None:
        """A call is under way from now on."""
        self._under_way += 1
        self._about_to_send = max(self._about_to_send - 1, 0)

    def ended(self, seconds: float) -> None:
        """A call is over, which took so long; whoever made it may be about to make way for the next one."""
        self._active = monotonic()
        self._under_way -= 1
        self._seconds += (seconds - self._seconds) * (_NEWEST if self._seconds else 1.0)

    async def _wait(self, queue: _Waiting) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        queue.append((mine, monotonic()))
        self._go_on(loop)
        try:
            await mine
        except asyncio.CancelledError:
            if all(each.done() for each, _ in [*self._sending, *self._aside]):
                self._forget()
            raise

    def _forget(self) -> None:
        """Let go of what would keep a loop alive that is over: it is what this queue is known by."""
        self._sending.clear()
        self._aside.clear()
        if self._next_round is not None:
            self._next_round.cancel()
            self._next_round = None

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._later and self._next_round is not None:
            self._next_round.cancel()
            self._next_round = None
        if self._next_round is None:
            self._next_round, self._later = loop.call_soon(self._round, loop), False

    def _round(self, loop: asyncio.AbstractEventLoop) -> None:
        self._next_round, now = None, monotonic()
        patience_ends = self._aside[0][1] + PATIENCE * self._seconds if self._aside else inf
        if self._sending and (now < patience_ends or not self._has_sent):
            self._active, self._has_sent = now, True
            _let_go(self._sending, GROUP)
        elif self._aside:
            few = self.ready > 0 and len(self._aside) < self._under_way
            quiet_from = self._active + QUIET
            if quiet_from <= now:
                self._about_to_send = 0  # some never did
            if (few or self._about_to_send) and now < min(quiet_from, patience_ends):
                seconds = min(quiet_from, patience_ends) - now
                self._next_round, self._later = loop.call_later(seconds, self._round, loop), True
                return
            self._has_sent = False
            _let_go(self._aside, FEW if few else GROUP)
        if self._sending or self._aside:
            self._go_on(loop)


def _let_go(waiting: _Waiting, number: int) -> None:
    while number and waiting:
        first, _ = waiting.popleft()
        if not first.done():  # as it is if the task was cancelled
            first.set_result(None)
            number -= 1


_rounds_of: WeakKeyDictionary[asyncio.AbstractEventLoop, Rounds] = WeakKeyDictionary()


def rounds() -> Rounds:
    """Those of the running event loop."""
    import asyncio

    return _rounds_of.setdefault(asyncio.get_running_loop(), Rounds())


async def next_step() -> None:
    """Wait until the others of the group have come as far."""
    import asyncio

    await asyncio.sleep(0)
