"""`summarise corpus`: many articles into a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarise.cli.corpus_options import money_options, selection_options
from summarise.cli.options import endpoint_options, endpoint_settings, or_default, schema_option

if TYPE_CHECKING:
    from typing import Any

    from summarise.api import Summariser
    from summarise.corpus.ledger import Ledger
    from summarise.corpus.limits import Limits
    from summarise.corpus.run import RunOutcome
    from summarise.corpus.selection import Selection
    from summarise.corpus.sources import SourceItem
    from summarise.errors import ConfigurationError
    from summarise.records import ArticleSummary


@click.command("corpus")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--out", "ledger_path", metavar="LEDGER.jsonl", type=Path, required=True, help="The ledger, new or begun."
)
@endpoint_options
@schema_option
@click.option("--concurrency", type=click.IntRange(min=1), default=8, show_default=True, help="Articles at a time.")
@selection_options
@money_options
@click.option("--refresh", is_flag=True, help="Read again what another model, prompt or schema has read.")
@click.option("--show-visits", is_flag=True, help="At the end, print the visits of these articles as a table.")
def corpus_command(
    paths: tuple[str, ...],
    ledger_path: Path,
    model: str | None,
    base_url: str | None,
    no_second_opinion: bool,
    schema: type[ArticleSummary] | None,
    concurrency: int,
    refresh: bool,
    show_visits: bool,
    selection: Selection,
    limits: Limits,
    estimate: bool,
) -> int:
    """Read the articles in files and folders into a ledger.

    The ledger gets one JSON line per article as soon as it is done. Run the same command again to go on after an
    interruption and to retry what failed: articles that are in the ledger as ok are not read again.

    --max-cost, --max-tokens and --limit are for one run; kept articles do not count. Ctrl-C, or SIGTERM, lets the
    articles under way finish for some seconds; a second one ends at once.

    Exit status: 0 every article it was to read is in the ledger as ok; 1 some failed, or a limit was reached; 2 it
    could not run; 130 interrupted.
    """
    if estimate:
        from summarise.cli.estimate import show_estimate

        show_estimate(paths, ledger_path, schema, selection, limits, refresh, model=model, base_url=base_url)
        return 0
    settings = endpoint_settings(model, base_url, no_second_opinion)
    from summarise.api import Summariser
    from summarise.corpus.ledger import Ledger
    from summarise.corpus.sources import articles

    reader = Summariser(or_default(schema), settings=settings)
    limits.check(reader)
    if selection.retry_failed and not ledger_path.exists():
        raise _nothing_failed(ledger_path)
    # All of them now: a path that cannot be read must show before anything is spent, and the bar needs their number.
    items = list(articles(paths))
    with Ledger(ledger_path) as ledger:
        items = list(selection.of(items, ledger.entries))
        status = _run(items, reader, ledger, concurrency, refresh, limits)
    if show_visits:
        _show_visits(items, ledger_path)
    return status


def _show_visits(items: list[SourceItem], ledger: Path) -> None:
    from rich.console import Console

    from summarise.corpus.ledger import read_ledger
    from summarise.display import corpus_visits

    wanted = {item.id for item in items}
    Console().print(corpus_visits(row for row in read_ledger(ledger) if row.id in wanted))


def _run(
    items: list[SourceItem],
    reader: Summariser[Any],
    ledger: Ledger,
    concurrency: int,
    refresh: bool,
    limits: Limits,
) -> int:
    import asyncio

    from summarise.cli.interrupting import heard_or_not, listening
    from summarise.cli.progress import progress
    from summarise.corpus.budget import Budget
    from summarise.corpus.estimate import expected_usage
    from summarise.corpus.run import RunOutcome, arun
    from summarise.corpus.stopping import Stop
    from summarise.display import outcome_lines

    so_far, stop = RunOutcome(), Stop()
    budget = Budget(limits, expected_usage(reader)) if limits.of_money else Budget(limits)
    with progress(len(items)) as show:

        async def everything() -> RunOutcome:
            async with reader:
                with listening(stop):
                    return await arun(
                        items, reader, ledger, concurrency=concurrency, refresh=refresh,
                        on_row=heard_or_not(show, stop), outcome=so_far,
                        budget=budget, stop=stop,
                    )  # fmt: skip

        try:
            asyncio.run(everything())
            interrupted = stop.asked and so_far.done < len(items)
        except KeyboardInterrupt:
            interrupted = True
    for line in outcome_lines(so_far, len(items)):
        click.echo(line)
    return _status(so_far, len(items), ledger.path, interrupted, limits.max_articles)


def _status(outcome: RunOutcome, total: int, ledger: Path, interrupted: bool, limit: int | None) -> int:
    from summarise.errors import BudgetReached

    left = total - outcome.done
    safe = outcome.ok + outcome.kept
    go_on = f"{safe} of {total} articles are safe in {ledger}; run the same command again to go on"
    if interrupted:
        click.echo(f"summarise: interrupted: {go_on}", err=True)
        return 130
    if outcome.stopped is not None:
        click.echo(f"summarise: stopped with {left} articles unread: {outcome.stopped.message}", err=True)
        if outcome.stopped.hint:
            click.echo(f"  hint: {outcome.stopped.hint}", err=True)
        if safe == 0 and not isinstance(outcome.stopped, BudgetReached):
            return 2
        click.echo(f"  {go_on}", err=True)
        return 1
    if left and limit is not None:
        click.echo(f"--limit {limit}: {go_on} with the next")
    return int(outcome.failed > 0)


def _nothing_failed(ledger: Path) -> ConfigurationError:
    from summarise.errors import ConfigurationError

    return ConfigurationError(
        f"there is no ledger {ledger} yet, so nothing in it has failed", hint="Leave --retry-failed out."
    )
