"""Until when an article may take the time of an endpoint."""

from __future__ import annotations

from collections.abc import Callable


class Deadline:
    """So many seconds from now on, by this clock.

    Apart from the conversation that it is for: whoever waits needs to know the one and should not hold on to the other.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def remaining(self) -> float:
        """Seconds that are left; below 0 when it has passed."""
        return self._end - self._clock()

    def extend(self, seconds: float) -> None:
        """This time was not the article's own."""
        self._end += seconds

    def begin_again(self) -> None:
        """All of the seconds, from now on."""
        self._end = self._clock() + self._seconds
