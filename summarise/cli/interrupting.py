"""SIGINT and SIGTERM.

Of a run the first asks it to stop with patience, and the second ends it at once; what else is long ends at the first.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from summarise.cli.output import say

if TYPE_CHECKING:
    from summarise.corpus.outcome import RunOutcome
    from summarise.corpus.stopping import Stop


@contextmanager
def listening(stop: Stop) -> Iterator[None]:
    """While this lasts, both signals go to `stop`; to be used inside the running event loop.

    The second signal is a KeyboardInterrupt, so that it comes through even where the loop waits for a file. Outside
    the main thread, where Python allows no handlers, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_told_already)
    received = 0

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal received
        received += 1
        if received > 1:
            raise KeyboardInterrupt
        loop.call_soon_threadsafe(ask)

    def ask() -> None:
        stop.ask()
        with suppress(BrokenPipeError):  # Ctrl-C may have ended what reads us, such as tee
            say(f"stopping: the articles under way get {stop.grace:g} s to finish; once more ends at once")

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _told_already(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An interrupt inside a task ends the loop; asyncio would report it once more, with a traceback."""
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)


@contextmanager
def sigterm_as_interrupt() -> Iterator[None]:
    """While this lasts, SIGTERM is as good as Ctrl-C: what is half done is cleared away. In the main thread alone."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


Row = TypeVar("Row")


def heard_or_not(show: Callable[[Row, RunOutcome], None], stop: Stop) -> Callable[[Row, RunOutcome], None]:
    """`show`, except that once a stop was asked for nobody need listen: what is under way must still be finished."""

    def show_if_heard(row: Row, outcome: RunOutcome) -> None:
        try:
            show(row, outcome)
        except BrokenPipeError:
            if not stop.asked:
                raise

    return show_if_heard
