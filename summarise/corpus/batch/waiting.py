"""Collecting once, or until everything is back: look, wait, look again, less often as time goes by."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from summarise.corpus.batch import finish
from summarise.corpus.batch.collect import Gathered, follow_ups, gather
from summarise.corpus.stopping import Stop
from summarise.errors import TransientModelError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from summarise.corpus.batch.allowance import Allowance
    from summarise.corpus.batch.asking import Desk
    from summarise.corpus.batch.journal import Journal
    from summarise.corpus.batch.rows import Book
    from summarise.corpus.outcome import OnRow
    from summarise.settings import Settings

log = logging.getLogger(__name__)

FIRST_LOOK = 20.0
LONGEST_WAIT = 5.0
"""The pauses between two looks, as multiples of the settings' `backoff` and `backoff_cap`: 10 seconds to 5 minutes."""

MOST_IN_VAIN = 20
"""How many looks in a row may find no provider before waiting ends."""

_GROWTH = 1.5


def collect(
    journal: Journal,
    book: Book,
    desk: Desk,
    *,
    on_row: OnRow,
    live: int = 0,
    pauses: Iterator[float] | None = None,
    before_pause: Callable[[Gathered, float], None] = lambda found, seconds: None,
    listening: Callable[[Stop], AbstractContextManager[None]] | None = None,
    sleep: Callable[[float], None] = time.sleep,
    found: Gathered | None = None,
    allowance: Allowance | None = None,
) -> Gathered:
    """Collect what has ended; with `pauses` until nothing is out. `live` calls at a time finish the rest, if any.

    Nothing is sent that the `allowance` does not let go; with `pauses` what is with the provider is waited for then.
    Raises `ConfigurationError` if it is one of dollars, and there is no price for what is out.

    Returns what all looks together found. Raises what `gather` raises, but while it waits trouble that may pass only
    when it does not pass.
    """
    found = found or Gathered()
    if allowance is not None:
        for number in sorted({part.prepared.asking for part in journal.parts.values()}):
            allowance.limits.check(desk.reader(journal.askings[number]))
    for part in [part for part in journal.parts.values() if part.live]:  # whoever read it was ended on the way
        finish.conclude(part, desk.reader(journal.askings[part.prepared.asking]), journal, book, set())
    in_vain = 0
    while True:
        try:
            gather(journal, book, desk.reader, desk.client, hold=live > 0, into=found, allowance=allowance)
            in_vain = 0
        except TransientModelError as error:  # a night is long: the provider, or the network, may come back
            in_vain += 1
            if pauses is None or in_vain > MOST_IN_VAIN:
                raise
            log.warning("%s; it is tried again later", error.message)
        stop = Stop()
        if live and found.stopped is None:
            asyncio.run(_finish(journal, book, desk, on_row, live, stop, listening, allowance))
            found.stopped = book.outcome.stopped
        if pauses is None or not journal.parts or found.stopped is not None or stop.asked or found.unknown:
            found.interrupted = stop.asked
            return found
        if allowance is not None and allowance.reached and not any(part.batch for part in journal.parts.values()):
            return found
        seconds = next(pauses)
        before_pause(found, seconds)
        sleep(seconds)


def pauses_of(settings: Settings) -> Iterator[float]:
    """Seconds to wait between one look and the next, growing."""
    seconds = FIRST_LOOK * settings.backoff
    while True:
        yield min(seconds, LONGEST_WAIT * settings.backoff_cap)
        seconds *= _GROWTH


async def _finish(
    journal: Journal,
    book: Book,
    desk: Desk,
    on_row: OnRow,
    live: int,
    stop: Stop,
    listening: Callable[[Stop], AbstractContextManager[None]] | None,
    allowance: Allowance | None,
) -> None:
    from contextlib import nullcontext

    for part in follow_ups(journal):
        if stop.asked or book.outcome.stopped is not None or (allowance is not None and allowance.reached):
            return
        reader = desk.reader(journal.askings[part.prepared.asking])
        async with reader:
            with listening(stop) if listening else nullcontext():
                await finish.finish_live(
                    part, reader, journal, book, on_row=on_row, concurrency=live, stop=stop, allowance=allowance
                )
