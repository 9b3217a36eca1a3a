"""How a run gets its next article: at once, or without holding the others up while a pipe is waited for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import CancelledError
from typing import Generic, Protocol, TypeVar

Thing = TypeVar("Thing")
Given = TypeVar("Given", covariant=True)

_READ_AHEAD = 16


class Feed(Protocol[Given]):
    """What a run takes from, one after another."""

    async def get(self) -> Given | None:
        """The next one; None when there are no more. Raises what the iterator raises."""

    def close(self) -> None:
        """Let those who wait go: they get None."""


class Direct(Generic[Thing]):
    """Takes from an iterator that is quick to answer, such as one over files."""

    def __init__(self, things: Iterator[Thing]) -> None:
        self._things = things

    async def get(self) -> Thing | None:
        """The next one; None when there are no more."""
        return next(self._things, None)

    def close(self) -> None:
        """Nobody waits."""


class Waiting(Generic[Thing]):
    """Takes from an iterator that may wait for a pipe, in a thread of its own; make it where an event loop runs.

    The thread is a daemon: one that is still waiting for its pipe does not keep the program from ending.
    """

    def __init__(self, things: Iterator[Thing]) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Thing | Exception | None] = asyncio.Queue(_READ_AHEAD)
        self._closed = False
        self._thread = threading.Thread(target=self._fill, args=(things,), daemon=True)
        self._thread.start()

    async def get(self) -> Thing | None:
        """The next one; None when there are no more. Raises what the iterator raises."""
        if self._closed:
            return None
        thing = await self._queue.get()
        if isinstance(thing, Exception):
            self.close()
            raise thing
        if thing is None:
            self.close()
        return thing

    def close(self) -> None:
        """Let those who wait go: they get None. The thread ends with what it is waiting for."""
        self._closed = True
        while not self._queue.empty():  # else the thread would wait for room
            self._queue.get_nowait()
        self._queue.put_nowait(None)

    async def over(self, patience: float) -> None:
        """After `close`: wait until the thread has ended, for so many seconds at most."""
        await asyncio.to_thread(self._thread.join, patience)

    def _fill(self, things: Iterator[Thing]) -> None:
        end: Exception | None = None
        try:
            for thing in things:
                if not self._put(thing) or self._closed:
                    return
        except Exception as problem:  # noqa: BLE001 - raised again where the articles are taken
            end = problem
        self._put(end)

    def _put(self, thing: Thing | Exception | None) -> bool:
        """Whether there is still somebody to take it."""
        putting = self._queue.put(thing)
        try:
            asyncio.run_coroutine_threadsafe(putting, self._loop).result()
        except (RuntimeError, CancelledError):  # the run is over, and its loop closed
            putting.close()
            return False
        return True


class Awaited(Generic[Thing]):
    """Takes from an asynchronous iterator, one at a time and none ahead."""

    def __init__(self, things: AsyncIterator[Thing]) -> None:
        self._things = things
        self._end = asyncio.Event()

    async def get(self) -> Thing | None:
        """The next one; None when there are no more. Raises what the iterator raises."""
        if self._end.is_set():
            return None
        pulling = asyncio.ensure_future(self._next())
        ending = asyncio.ensure_future(self._end.wait())
        try:
            await asyncio.wait({pulling, ending}, return_when=asyncio.FIRST_COMPLETED)
            return pulling.result() if pulling.done() else None
        finally:
            pulling.cancel()
            ending.cancel()
            await asyncio.gather(pulling, ending, return_exceptions=True)

    async def _next(self) -> Thing | None:
        thing = await anext(self._things, None)
        if thing is None:
            self.close()
        return thing

    def close(self) -> None:
        """Let those who wait go: they get None."""
        self._end.set()
