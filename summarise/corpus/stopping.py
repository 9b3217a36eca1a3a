"""Stopping a run from outside: first with patience, then at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

GRACE_SECONDS = 10.0
"""How long the articles under way may take to finish: their calls are paid for already."""


class Stop:
    """A request to stop, which whoever started the run may make; `arun` obeys it.

    After `ask` no further article is begun, and those under way have `grace` seconds to finish. After `end`, or when
    those are over, what is still under way is given up: it is not in the ledger, so that the next run reads it.
    """

    def __init__(self, grace: float = GRACE_SECONDS) -> None:
        self.grace = grace
        self.asked = False
        self.ended = False
        self._tasks: Collection[asyncio.Task[None]] = ()
        self._close: Callable[[], None] = lambda: None

    def watch(self, tasks: Collection[asyncio.Task[None]], close: Callable[[], None]) -> None:
        """The tasks to give up at the end of the grace period, and what lets those go at once that wait for input."""
        self._tasks, self._close = tasks, close
        if self.asked:
            close()
        if self.ended:
            self.end()

    def ask(self) -> None:
        """Stop with patience. To be called in the thread of the event loop, like `end`."""
        if not self.asked:
            self.asked = True
            self._close()
            asyncio.get_running_loop().call_later(self.grace, self.end)

    def end(self) -> None:
        """Stop at once."""
        self.asked = self.ended = True
        for task in self._tasks:
            task.cancel()
