"""A reader's side of the quota: it asks for its share again and again, and keeps to what it is given."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from summarise.corpus.cluster.leases import LASTS, Share

if TYPE_CHECKING:
    from summarise.corpus.cluster.coordinator import Word
    from summarise.model.pacing import ChangeShare

log = logging.getLogger(__name__)

ASKS = 5
"""How often a share is asked for while it lasts."""


class Sharing:
    """One reader's share of what `coordinator` divides; without one, everything. Use it in one event loop.

    An article is read inside `turn`, of which there are as many at once as calls in the share. `stopped` says that the
    run is to stop.
    """

    def __init__(self, coordinator: Any, change: ChangeShare, concurrency: int) -> None:
        self.name = uuid.uuid4().hex
        self.coordinator = coordinator
        self.stopped = False
        self._change = change
        self._share = Share() if coordinator is not None else Share(1.0, concurrency)
        self._in_hand = 0
        self._under_way = 0
        self._changed = asyncio.Condition()
        self._sooner = asyncio.Event()
        self._end: float | None = None
        self._limits: set[asyncio.Timeout] = set()
        self._lasts = LASTS
        if coordinator is not None:
            change(0, 0.0)
            self._asking = asyncio.create_task(self._ask_forever())

    @contextlib.asynccontextmanager
    async def work(self) -> AsyncIterator[None]:
        """While this lasts there is work, for which a share is wanted."""
        self._in_hand += 1
        if self._in_hand == 1 and not self._share.calls:
            self._sooner.set()
        try:
            yield
        finally:
            self._in_hand -= 1

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until one more call may be under way, or the run is to stop, which whoever waited must look at."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.stopped or self._under_way < self._share.calls)
            self._under_way += 1
        try:
            yield
        finally:
            async with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    @contextlib.asynccontextmanager
    async def time(self) -> AsyncIterator[None]:
        """What is done in it is given up with a `TimeoutError` at the end of a run that was stopped from outside."""
        async with asyncio.timeout_at(self._end) as limit:
            self._limits.add(limit)
            try:
                yield
            finally:
                self._limits.discard(limit)

    async def stop(self) -> None:
        """Stop the run, for all readers."""
        self.stopped = True
        await self.coordinator.stop.remote()
        async with self._changed:
            self._changed.notify_all()

    async def _ask_forever(self) -> None:
        heard = time.monotonic()
        while True:
            asked = time.monotonic()
            self._sooner.clear()
            try:
                async with asyncio.timeout(max(heard + self._lasts - asked, self._lasts / ASKS)):
                    word: Word = await self.coordinator.renew.remote(self.name, self._in_hand > 0)
                heard, self._lasts = asked, word.share.lasts
                self._take_time(word.left)
                await self._take(word.share, word.stopped)
            except TimeoutError:
                await self._take(Share(), self.stopped)  # others have it by now
            except Exception as problem:  # noqa: BLE001 - whatever Ray raises for an actor that is gone or restarts
                log.info("the coordinator cannot be asked: %s", problem)
                if time.monotonic() - heard > self._lasts:
                    await self._take(Share(), self.stopped)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._lasts / ASKS):
                    await self._sooner.wait()

    def _take_time(self, left: float | None) -> None:
        if left is None or self._end is not None:
            return
        self._end = asyncio.get_running_loop().time() + left
        for limit in self._limits:
            limit.reschedule(self._end)

    async def _take(self, share: Share, stopped: bool) -> None:
        if (share, stopped) == (self._share, self.stopped):
            return
        async with self._changed:
            self._share, self.stopped = share, stopped or self.stopped
            self._change(share.calls, share.part)
            self._changed.notify_all()
