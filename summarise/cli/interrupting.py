"""SIGINT, SIGTERM and SIGHUP, and an output that takes no more.

Of a run the first of them asks it to stop with patience, and a second signal ends it at once; what else is long ends at
the first signal.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from summarise.cli.output import OutputFailed, discard, say

if TYPE_CHECKING:
    from summarise.corpus.outcome import RunOutcome
    from summarise.corpus.stopping import Stop

Row = TypeVar("Row")


class Screen:
    """Where a run tells how it goes. When nothing can be written there any more, the run is asked to stop.

    What is under way must still be finished: it is paid for. From then on nothing is written.
    """

    def __init__(self, stop: Stop) -> None:
        self.interrupted = False
        """Whether a signal came."""
        self._stop = stop
        self._problem: BrokenPipeError | OutputFailed | None = None
        self._is_why = False

    def shows(self, show: Callable[[Row, RunOutcome], None]) -> Callable[[Row, RunOutcome], None]:
        """`show`, as long as it can be seen; to be called inside the running event loop."""

        def show_if_seen(row: Row, outcome: RunOutcome) -> None:
            self.write(lambda: show(row, outcome))

        return show_if_seen

    def write(self, something: Callable[[], None]) -> None:
        """Call what writes, as long as that can be seen."""
        if self._problem is not None:
            return
        try:
            something()
        except (BrokenPipeError, OutputFailed) as problem:
            self._problem, self._is_why = problem, not self._stop.asked
            self._stop.ask()

    def raise_if_gone(self) -> None:
        """After the run. Raises what ended it, if that was the output; after a signal that is of no account."""
        if self._problem is None:
            return
        if self._is_why and not self.interrupted:
            raise self._problem
        discard()  # how it ended is told on standard error


@contextmanager
def listening(stop: Stop, screen: Screen | None = None) -> Iterator[None]:
    """While this lasts, the signals go to `stop`; to be used inside the running event loop.

    The second signal is a KeyboardInterrupt, so that it comes through even where the loop waits for a file. Outside
    the main thread, where Python allows no handlers, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_told_already)
    screen = screen or Screen(stop)
    received = 0

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal received
        received += 1
        screen.interrupted = True
        if received > 1:
            raise KeyboardInterrupt
        loop.call_soon_threadsafe(ask)

    def ask() -> None:
        stop.ask()
        words = f"stopping: the articles under way get {stop.grace:g} s to finish; once more ends at once"
        screen.write(lambda: say(words))  # Ctrl-C may have ended what reads us, such as tee

    with _handling((signal.SIGINT, *_endings()), handle):
        yield


def _told_already(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An interrupt inside a task ends the loop; asyncio would report it once more, with a traceback."""
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)


@contextmanager
def endings_as_interrupt() -> Iterator[None]:
    """While this lasts, SIGTERM and SIGHUP are as good as Ctrl-C: what is half done is cleared away.

    In the main thread alone.
    """

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handling(_endings(), end):
        yield


def _endings() -> list[signal.Signals]:
    """The signals that end a program: SIGTERM, and SIGHUP (the terminal is gone) unless it is ignored, as by nohup."""
    if not hasattr(signal, "SIGHUP") or signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        return [signal.SIGTERM]
    return [signal.SIGTERM, signal.SIGHUP]


@contextmanager
def _handling(numbers: Iterable[signal.Signals], handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
