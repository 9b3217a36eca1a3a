"""How many articles of a run the model is asked about at once."""

from __future__ import annotations

import asyncio

from summarise.model.rounds import rounds


class Calls:
    """So many turns to ask, in the order in which they are wanted. Make it where an event loop runs."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)
        self._rounds = rounds()

    @property
    def are_all_taken(self) -> bool:
        """Whether the next one has to wait."""
        return self._free.locked()

    async def take(self) -> None:
        """Wait for a turn."""
        self._rounds.ready += 1
        try:
            await self._free.acquire()
        finally:
            self._rounds.ready -= 1

    def give_back(self) -> None:
        """Ask no more for now."""
        self._rounds.call_is_free()
        self._free.release()
