"""An asynchronous generator, taken from by code that is not asynchronous: its event loop runs in a thread of its own.

So the loop goes on while the caller is busy with a row, and the caller may be in a loop of its own, as in a notebook.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from types import TracebackType
from typing import Any, Self, TypeVar

Thing = TypeVar("Thing")


def stepped(things: AsyncGenerator[Thing, None]) -> Generator[Thing, None, None]:
    """What the asynchronous generator gives. It is closed with this one, and when taking from it is interrupted."""
    with _LoopInThread() as loop:
        turn: asyncio.Lock | None = None

        async def take() -> tuple[Thing] | None:
            nonlocal turn
            turn = turn or asyncio.Lock()
            async with turn:
                async for thing in things:
                    return (thing,)
                return None

        async def close() -> None:
            async with turn or asyncio.Lock():  # a step that was interrupted comes to its end first
                await things.aclose()

        try:
            while (taken := loop.run(take)) is not None:
                yield taken[0]
        finally:
            loop.run(close)


class _LoopInThread:
    """An event loop in a daemon thread, ended with the context, or else when the program ends."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), name="summarise_corpus", daemon=True)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._end: asyncio.Event

    async def _live(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        await self._end.wait()

    def run(self, make: Callable[[], Coroutine[Any, Any, Thing]]) -> Thing | None:
        """What the coroutine returns; None if the program is at its end. An interrupt cancels it."""
        if not self._thread.is_alive():
            return None
        coroutine = make()
        try:
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        except BaseException:  # an interrupt on the way there: it may run already
            self._loop.call_soon_threadsafe(_give_up, coroutine)
            raise
        try:
            return future.result()
        finally:
            future.cancel()

    def end(self) -> None:
        """Cancel what still runs, and wait for the thread."""
        atexit.unregister(self.end)
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        atexit.register(self.end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


def _give_up(coroutine: Coroutine[Any, Any, object]) -> None:
    """End a coroutine in the thread that may run it."""
    for task in asyncio.all_tasks():
        if task.get_coro() is coroutine:
            task.cancel()
            return
    coroutine.close()
