"""Options of `summarise corpus` that belong together: which articles, and how much they may cost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_ABOVE_NOTHING = click.FloatRange(min=0, min_open=True)


def selection_options(command: Command) -> Command:
    """Adds --retry-failed, --sample and --seed; the command gets them as one `selection`."""
    from summarise.corpus.selection import Selection

    @wraps(command)
    def selecting(*args: Any, retry_failed: bool, sample: int | None, seed: int | None, **others: Any) -> Any:
        if seed is not None and sample is None and not others.get("estimate"):
            raise click.UsageError("--seed goes with --sample or --estimate.")
        return command(*args, selection=Selection(retry_failed, sample, seed or 0), **others)

    for option in (
        click.option(
            "--seed", type=int, metavar="S", help="Of the sample; the same seed draws the same.  [default: 0]"
        ),
        click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Only N articles, drawn at random."),
        click.option("--retry-failed", is_flag=True, help="Only the articles that the ledger has as failed."),
    ):
        selecting = option(selecting)
    return selecting  # type: ignore[return-value]


def money_options(command: Command) -> Command:
    """Adds --limit, --max-cost, --max-tokens and --estimate; the limits come as one `Limits`."""

    @wraps(command)
    def limited(*args: Any, limit: int | None, max_cost: float | None, max_tokens: int | None, **others: Any) -> Any:
        from summarise.corpus.limits import Limits

        return command(*args, limits=Limits(max_cost, max_tokens, limit), **others)

    for option in (
        click.option("--estimate", is_flag=True, help="Say what it would cost, and send nothing; needs no key."),
        click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="The same, tokens in and out."),
        click.option(
            "--max-cost", type=_ABOVE_NOTHING, metavar="X", help="Begin no further article once X US dollars are spent."
        ),
        click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Read N articles at most, then end."),
    ):
        limited = option(limited)
    return limited  # type: ignore[return-value]


def sending_options(command: Command) -> Command:
    """Adds --max-cost and --max-tokens, for what is sent besides collecting; they come as one `Limits`."""

    @wraps(command)
    def limited(*args: Any, max_cost: float | None, max_tokens: int | None, **others: Any) -> Any:
        from summarise.corpus.limits import Limits

        return command(*args, limits=Limits(max_cost, max_tokens), **others)

    for option in (
        click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="The same, tokens in and out."),
        click.option(
            "--max-cost",
            type=_ABOVE_NOTHING,
            metavar="X",
            help="Send nothing further with which it is expected to cost more than X US dollars.",
        ),
    ):
        limited = option(limited)
    return limited  # type: ignore[return-value]
