"""The room in which asynchronous calls wait for their turn: the clock, the sleep and the lock around a `Pace`.

One pace per base URL, model and key in the whole process, shared by all runs, in whatever threads and event loops.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from math import isinf
from threading import Lock
from typing import TYPE_CHECKING, TypeGuard

from summarise import errors
from summarise.exchange import Reply
from summarise.model.budget import allowances
from summarise.model.pace import Member, Pace, Turn
from summarise.model.retry import Failure

if TYPE_CHECKING:
    import asyncio

    from summarise.exchange import FormatRefused

log = logging.getLogger(__name__)

WINDOW = 60.0
"""Seconds by which providers count: they tell their limits per minute."""

ChangeShare = Callable[[int, float], None]
"""Gives a run another share: how many calls at once, and what part of the budgets; none at all while that is 0."""

WORTH_A_WORD = 5.0
"""Seconds of a pause from which on it is logged as a warning: a run that stands still should say why."""


class Hopeless(Exception):
    """The endpoint has answered nothing but 429 for longer than the caller will wait; `seconds` to the next try."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the next try is {seconds:.3g} s away")
        self.seconds = seconds


class SharedPace:
    """A `Pace` that many tasks, loops and threads keep. `name` is what the log calls the endpoint."""

    def __init__(self, name: str, *, window: float = WINDOW, clock: Callable[[], float] = time.monotonic) -> None:
        self.pace = Pace(window)
        self._name = name
        self._clock = clock
        self._lock = Lock()
        self._bells: dict[Turn, tuple[asyncio.AbstractEventLoop, asyncio.Event]] = {}

    @contextmanager
    def member(self, member: Member) -> Iterator[ChangeShare]:
        """One more run that keeps this pace, for as long as the context lasts; gives what changes its share."""

        def change(concurrency: int, part: float) -> None:
            nonlocal member
            with self._lock:
                before, member = member, replace(member, concurrency=concurrency, part=part)
                self.pace.change(before, member)
                self._wake_next()

        with self._lock:
            self.pace.join(member)
            self._wake_next()
        try:
            yield change
        finally:
            with self._lock:
                self.pace.leave(member)

    async def turn(self, characters: int, output: int, patience: float) -> Turn:
        """Waits until a request of this size may be sent, which must then be done at once.

        Raises `Hopeless` when nothing but 429 came for longer than `patience`, the pause to come included.
        """
        import asyncio

        with self._lock:
            turn = self.pace.queue(characters, output)
        try:
            while True:
                with self._lock:
                    now = self._clock()
                    seconds = self.pace.wait(turn, now)
                    if seconds == 0:
                        self._wake_next()
                        return turn
                    if now < self.pace.paused_until and self.pace.refused_for() > patience:
                        raise Hopeless(self.pace.paused_until - now)
                    _, bell = self._bells.setdefault(turn, (asyncio.get_running_loop(), asyncio.Event()))
                    bell.clear()
                try:
                    async with asyncio.timeout(None if isinf(seconds) else seconds):
                        await bell.wait()
                except TimeoutError:
                    continue  # the time has come: ask again
        except BaseException:
            with self._lock:
                self.pace.withdraw(turn)
                self._wake_next()
            raise
        finally:
            with self._lock:
                self._bells.pop(turn, None)

    def over(self, turn: Turn, outcome: Reply | FormatRefused | Failure | None, headers: Mapping[str, str]) -> None:
        """What came of the call, and the headers that came with it; None if it was given up."""
        with self._lock:
            now = self._clock()
            words = allowances(headers)
            self.pace.heard(turn, now, words)
            if isinstance(outcome, Reply):
                tokens = {"input_tokens": outcome.input_tokens, "output_tokens": outcome.output_tokens}
                self.pace.answered(turn, now, **tokens)
            elif is_rate_limit(outcome):
                before = self.pace.paused_until
                self.pace.limited(turn, now, outcome.advice, words)
                self._tell_pause(before, now)
            elif isinstance(outcome, Failure) and outcome.error is errors.ModelTimeout:
                self.pace.timed_out(turn, now)
            else:
                self.pace.ended(turn)
            self._wake_next()

    def excuses(self, patience: float) -> bool:
        """Whether a 429 is only a matter of waiting: not if there was nothing else for longer than `patience`."""
        with self._lock:
            return self.pace.refused_for() <= patience

    def _tell_pause(self, before: float, now: float) -> None:
        seconds = self.pace.paused_until - now
        if seconds >= WORTH_A_WORD and self.pace.paused_until > max(before, now) + 1:
            log.warning("%s asks to wait (429): no call for %.0f s", self._name, seconds)

    def _wake_next(self) -> None:
        """Let the first in the queue look again; the lock is held."""
        while (turn := self.pace.next) is not None:
            loop, bell = self._bells.get(turn, (None, None))
            if loop is None or bell is None:
                return  # it has not looked yet, and will
            if loop is _running_loop():
                bell.set()  # to wake one's own loop takes a round through a socket
                return
            if not loop.is_closed():
                loop.call_soon_threadsafe(bell.set)
                return
            self.pace.withdraw(turn)  # whoever waited there is gone
            del self._bells[turn]


def _running_loop() -> asyncio.AbstractEventLoop | None:
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def is_rate_limit(outcome: object) -> TypeGuard[Failure]:
    """Whether it is a 429 that waiting mends."""
    return isinstance(outcome, Failure) and outcome.error is errors.RateLimited and outcome.next_try == "later"


_lock = Lock()
_paces: dict[tuple[str, str, str], SharedPace] = {}


def shared_pace(base_url: str, model: str, key: str) -> SharedPace:
    """The pace of this endpoint, model and key; made when it is first asked for."""
    secret = hashlib.sha256(key.encode()).hexdigest()  # keys are told apart, and not kept
    with _lock:
        known = (base_url, model, secret)
        if known not in _paces:
            _paces[known] = SharedPace(base_url, window=WINDOW)
        return _paces[known]
