"""How rows come from a run to whoever takes them, no faster than they are taken."""

from __future__ import annotations

import asyncio
from collections import deque

from summarise.corpus.ledger import LedgerRow


class Channel:
    """Holds at most `most` rows; whoever has a further one waits. Make it where an event loop runs."""

    def __init__(self, most: int) -> None:
        self._rows: deque[LedgerRow] = deque()
        self._room = asyncio.Semaphore(most)
        self._news = asyncio.Event()
        self._waiting = 0
        self._open = True

    async def put(self, row: LedgerRow) -> None:
        """Hand over a row, when there is room; at once, and in vain, when nobody takes rows any more."""
        if not self._open:
            return
        self._waiting += 1
        try:
            await self._room.acquire()
        finally:
            self._waiting -= 1
        if self._open:
            self._rows.append(row)
            self._news.set()

    async def get(self) -> LedgerRow | None:
        """The next row; None when the run is over and all rows are taken."""
        while not self._rows:
            if not self._open:
                return None
            self._news.clear()
            await self._news.wait()
        self._room.release()
        return self._rows.popleft()

    def end(self) -> None:
        """No more rows will come, or nobody takes them: let all go who wait."""
        self._open = False
        self._news.set()
        for _ in range(self._waiting):
            self._room.release()
