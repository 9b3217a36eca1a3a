"""What is shown while a corpus is read: a bar on a terminal, plain lines everywhere else."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, cast

from rich.console import Console, RenderableType
from rich.text import Text

from summarise.cli.output import OutputFailed, say
from summarise.corpus.projection import Forecast, Projection
from summarise.display import found_line, money

if TYPE_CHECKING:
    from summarise.corpus.items import Complaint
    from summarise.corpus.ledger import LedgerRow
    from summarise.corpus.outcome import RunOutcome

Show = Callable[["LedgerRow | Complaint | None", "RunOutcome"], None]
"""To be called after each article, with its row, the complaint about it, or None if it was kept unread."""

SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def progress(
    total: int | None, clock: Callable[[], float] = time.monotonic, *, limit: int | None = None
) -> Iterator[Show]:
    """What is to be called after each article: moves a bar on a terminal, prints plain lines elsewhere.

    Without a `total` the bar shows how many are done, and not how many are left; at most `limit` of them are read.
    """
    terminal = _Terminal()
    console = Console(file=cast("IO[str]", terminal))
    if console.is_terminal:
        with _bar(console, terminal, total, clock, limit) as show:
            yield show
    else:
        yield _plain(total, clock, limit)


def _plain(total: int | None, clock: Callable[[], float], limit: int | None = None) -> Show:
    """A line for each article that was read, and every half minute one on how it is going."""
    begun = clock()
    forecast, told = Forecast(total, begun, limit), begun

    def show(row: LedgerRow | Complaint | None, outcome: RunOutcome) -> None:
        nonlocal told
        if row is not None:
            say(found_line(row))
        now = clock()
        if now - told >= SECONDS_BETWEEN_LINES:
            told = now
            in_all = forecast.in_all(outcome)
            of = "" if in_all is None else f" of {in_all:,}"
            parts = [f"{outcome.done:,}{of} done", failures(outcome)]
            say(f"so far: {', '.join(parts + projection_parts(outcome, forecast.after(outcome, now)))}")

    return show


class _Terminal:
    """Standard output, until it takes no more: then `problem` says why, and what is written is swallowed.

    The bar is drawn by a thread and once more at the end, where an error would reach nobody who could end the run.
    """

    def __init__(self) -> None:
        self.problem: OSError | None = None
        self._stream = sys.stdout

    def write(self, text: str) -> int:
        """Write it."""
        with self._noting():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is held back."""
        with self._noting():
            self._stream.flush()

    def check(self) -> None:
        """Raises `OutputFailed` if it took no more."""
        if self.problem is not None:
            raise OutputFailed.of(self.problem)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            self.problem = problem

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def _bar(
    console: Console, terminal: _Terminal, total: int | None, clock: Callable[[], float], limit: int | None
) -> Iterator[Show]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    class Bar(Progress):
        """The bar with a line below it: both do not fit on one of 80 columns."""

        below = ""

        def get_renderables(self) -> Iterator[RenderableType]:
            yield from super().get_renderables()
            yield Text(self.below, style="dim", overflow="ellipsis", no_wrap=True)

    columns: tuple[Any, ...] = (BarColumn(bar_width=None), MofNCompleteColumn(), TextColumn("done, {task.description}"))
    forecast = Forecast(total, clock(), limit)
    with Bar(*columns, console=console, expand=True) as bar, _log_above(console):
        task = bar.add_task("0 failed", total=total)

        def show(row: LedgerRow | Complaint | None, outcome: RunOutcome) -> None:
            if row is not None and row.error is not None:
                # One line for each: all of its message is in the ledger, and one of each kind stands at the end.
                console.print(Text(found_line(row), style="red"), no_wrap=True, overflow="ellipsis")
            first, *rest = [failures(outcome), *projection_parts(outcome, forecast.after(outcome, clock()))]
            pace = rest.pop(0) if rest and rest[0].endswith("a minute") else ""
            left = rest.pop() if rest and rest[-1].endswith("left") else ""
            bar.below = ", ".join(rest)
            in_all = forecast.in_all(outcome)
            bar.update(
                task, total=in_all, completed=outcome.done, description=", ".join(filter(None, (first, pace, left)))
            )
            terminal.check()

        yield show


@contextmanager
def _log_above(console: Console) -> Iterator[None]:
    """While this lasts the log, where it goes to a terminal, is written above the bar and not into it."""
    from rich.file_proxy import FileProxy

    handlers = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler) and handler.stream.isatty()
    ]
    before = [handler.setStream(FileProxy(console, handler.stream)) for handler in handlers]
    try:
        yield
    finally:
        for handler, stream in zip(handlers, before, strict=True):
            handler.setStream(stream)


def failures(outcome: RunOutcome) -> str:
    """How many articles came to nothing, in words."""
    passed_over = f", {outcome.passed_over.total():,} passed over" * bool(outcome.passed_over)
    return f"{outcome.failed:,} failed{passed_over}"


def projection_parts(outcome: RunOutcome, ahead: Projection) -> list[str]:
    """Pace, tokens, money and time in words; what is not known is left out."""
    parts = [] if ahead.per_minute is None else [f"{ahead.per_minute:,.{0 if ahead.per_minute >= 10 else 1}f} a minute"]
    used = outcome.input_tokens + outcome.output_tokens
    if used:
        cached = f" ({short(outcome.cached_tokens)} cached)" if outcome.cached_tokens else ""
        parts.append(f"{short(outcome.input_tokens)} tokens in{cached}, {short(outcome.output_tokens)} out")
        if outcome.unpriced:
            parts.append("price not known" if ahead.tokens is None else f"{short(ahead.tokens)} tokens expected in all")
        else:
            expected = "" if ahead.cost is None else f" of {money(ahead.cost)} expected"
            parts.append(f"{money(outcome.cost)}{expected}")
    if ahead.seconds_left is not None:
        parts.append(f"{duration(ahead.seconds_left)} left")
    return parts


def short(number: float) -> str:
    """A number of tokens in three digits or so: `912`, `34.5k`, `1.20M`."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= 0.9995 * size:
            value = number / size
            return f"{value:.{0 if value >= 99.95 else 1 if value >= 9.995 else 2}f}{unit}"
    return f"{number:.0f}"


def duration(seconds: float) -> str:
    """A time in its two largest units: `42 s`, `3 min`, `5 h 07 min`, `2 d 04 h`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours < 24 else f"{hours // 24} d {hours % 24:02} h"
