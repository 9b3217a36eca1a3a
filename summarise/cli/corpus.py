"""`summarise corpus`: many articles into a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarise.cli.options import endpoint_options, endpoint_settings, or_default, schema_option
from summarise.cli.output import OutputFailed, complain, say, show

if TYPE_CHECKING:
    from typing import Any

    from summarise.api import Summariser
    from summarise.corpus.ledger import Ledger
    from summarise.corpus.run import RunOutcome
    from summarise.corpus.sources import SourceItem
    from summarise.records import ArticleSummary


@click.command("corpus")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--out", "ledger_path", metavar="LEDGER.jsonl", type=Path, required=True, help="The ledger, new or begun."
)
@endpoint_options
@schema_option
@click.option("--concurrency", type=click.IntRange(min=1), default=8, show_default=True, help="Articles at a time.")
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
) -> int:
    """Read the articles in files and folders into a ledger.

    Of a folder only the files that end in .txt or .md count, at any depth; a file of another name is read if it is
    given by its own path.

    The ledger gets one JSON line per article as soon as it is done. Run the same command again to go on after an
    interruption and to retry what failed: articles that are in the ledger as ok are not read again.

    Exit status: 0 every article is in the ledger as ok; 1 some failed; 2 it could not run.
    """
    settings = endpoint_settings(model, base_url, no_second_opinion)
    from summarise.api import Summariser
    from summarise.corpus.ledger import Ledger
    from summarise.corpus.sources import articles

    reader = Summariser(or_default(schema), settings=settings)
    # All of them now: a path that cannot be read must show before anything is spent, and the bar needs their number.
    items = list(articles(paths))
    with Ledger(ledger_path) as ledger:
        try:
            status = _run(items, reader, ledger, concurrency, refresh)
        except OutputFailed as problem:
            raise OutputFailed(
                problem.message,
                f"What is done is safe in {ledger_path}: make room, then run the same command again to go on.",
            ) from problem
    if show_visits:
        _show_visits(items, ledger_path)
    return status


def _show_visits(items: list[SourceItem], ledger: Path) -> None:
    from summarise.corpus.ledger import read_ledger
    from summarise.display import corpus_visits

    wanted = {item.id for item in items}
    show(corpus_visits(row for row in read_ledger(ledger) if row.id in wanted))


def _run(items: list[SourceItem], reader: Summariser[Any], ledger: Ledger, concurrency: int, refresh: bool) -> int:
    import asyncio

    from summarise.corpus.run import RunOutcome, arun
    from summarise.display import outcome_lines, progress

    so_far = RunOutcome()
    with progress(len(items), say) as show_progress:

        async def everything() -> RunOutcome:
            async with reader:
                return await arun(
                    items,
                    reader,
                    ledger,
                    concurrency=concurrency,
                    refresh=refresh,
                    on_row=show_progress,
                    outcome=so_far,
                )

        try:
            asyncio.run(everything())
            interrupted = False
        except KeyboardInterrupt:
            interrupted = True
    for line in outcome_lines(so_far, len(items)):
        say(line)
    return _status(so_far, len(items), ledger.path, interrupted)


def _status(outcome: RunOutcome, total: int, ledger: Path, interrupted: bool) -> int:
    left = total - outcome.done
    safe = outcome.ok + outcome.kept
    go_on = f"{safe} of {total} articles are safe in {ledger}; run the same command again to go on"
    if interrupted:
        complain(f"interrupted: {go_on}")
        return 130
    if outcome.stopped is not None:
        complain(f"stopped with {left} articles unread: {outcome.stopped.message}", outcome.stopped.hint)
        if safe == 0:
            return 2
        click.echo(f"  {go_on}", err=True)
        return 1
    return int(outcome.failed > 0)
