"""`summarise corpus`: many articles into a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from summarise.cli.options import endpoint_options, endpoint_settings, or_default, schema_option, source_options

if TYPE_CHECKING:
    from typing import Any

    from summarise.api import Summariser
    from summarise.corpus.items import Found
    from summarise.corpus.ledger import Ledger
    from summarise.corpus.run import RunOutcome
    from summarise.records import ArticleSummary

STANDARD_INPUT = "-"


@click.command("corpus")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--out", "ledger_path", metavar="LEDGER.jsonl", type=Path, required=True, help="The ledger, new or begun."
)
@source_options
@endpoint_options
@schema_option
@click.option("--concurrency", type=click.IntRange(min=1), default=8, show_default=True, help="Articles at a time.")
@click.option("--refresh", is_flag=True, help="Read again what another model, prompt or schema has read.")
@click.option("--show-visits", is_flag=True, help="At the end, print the visits of these articles as a table.")
def corpus_command(
    paths: tuple[str, ...],
    ledger_path: Path,
    text_field: str | None,
    id_field: str | None,
    date_field: str | None,
    model: str | None,
    base_url: str | None,
    no_second_opinion: bool,
    schema: type[ArticleSummary] | None,
    concurrency: int,
    refresh: bool,
    show_visits: bool,
) -> int:
    """Read the articles of a corpus into a ledger.

    PATH is a folder (every .txt and .md below it), an article's own file, a table with an article in each row (.jsonl,
    .jsonl.gz, .csv, .tsv, .parquet), a .zip of texts, a pattern such as 'news/**/*.jsonl', or - for JSON Lines from
    standard input. What cannot be read is reported and counted, and the rest is read.

    The ledger gets one JSON line per article as soon as it is done. Run the same command again to go on after an
    interruption and to retry what failed: articles that are in the ledger as ok are not read again. A text that comes
    under several ids is sent once.

    Exit status: 0 every article is in the ledger as ok; 1 some failed or were passed over; 2 it could not run.
    """
    settings = endpoint_settings(model, base_url, no_second_opinion)
    from summarise.api import Summariser
    from summarise.corpus.ledger import Ledger
    from summarise.corpus.rows import Fields
    from summarise.corpus.sources import articles, survey

    reader = Summariser(or_default(schema), settings=settings)
    fields = Fields(text_field, id_field, date_field)
    # Now: a path that cannot be read must show before anything is spent, and the bar needs the number of articles.
    total = survey(paths, fields, leave_out=[ledger_path])
    items = articles(paths, fields, stdin=_standard_input(paths), leave_out=[ledger_path])
    wanted: set[str] = set()
    with Ledger(ledger_path) as ledger:
        status = _run(
            _noting_ids(items, wanted) if show_visits else items,
            reader,
            ledger,
            total,
            concurrency=concurrency,
            refresh=refresh,
            waits=STANDARD_INPUT in paths,
        )
    if show_visits:
        _show_visits(wanted, ledger_path)
    return status


def _standard_input(paths: tuple[str, ...]) -> IO[bytes] | None:
    if STANDARD_INPUT not in paths:
        return None
    stream = sys.stdin.buffer
    try:
        # A reader of our own: the interpreter's would be in use still when it ends before its input does.
        return open(stream.fileno(), "rb", closefd=False)
    except OSError:
        return stream


def _noting_ids(items: Iterable[Found], wanted: set[str]) -> Iterator[Found]:
    for item in items:
        if item.id is not None:
            wanted.add(item.id)
        yield item


def _show_visits(wanted: set[str], ledger: Path) -> None:
    from rich.console import Console

    from summarise.corpus.ledger import read_ledger
    from summarise.display import corpus_visits

    Console().print(corpus_visits(row for row in read_ledger(ledger) if row.id in wanted))


def _run(
    items: Iterable[Found],
    reader: Summariser[Any],
    ledger: Ledger,
    total: int | None,
    *,
    concurrency: int,
    refresh: bool,
    waits: bool,
) -> int:
    import asyncio

    from summarise.corpus.run import RunOutcome, arun
    from summarise.display import outcome_lines, progress

    so_far = RunOutcome()
    with progress(total) as show:

        async def everything() -> None:
            async with reader:
                await arun(
                    items,
                    reader,
                    ledger,
                    concurrency=concurrency,
                    refresh=refresh,
                    on_row=show,
                    on_complaint=show,
                    outcome=so_far,
                    waits=waits,
                )

        try:
            asyncio.run(everything())
            interrupted = False
        except KeyboardInterrupt:
            interrupted = True
    if not interrupted and so_far.stopped is None:
        total = so_far.done  # files may have come or gone since they were counted
    for line in outcome_lines(so_far, total):
        click.echo(line)
    return _status(so_far, total, ledger.path, interrupted)


def _status(outcome: RunOutcome, total: int | None, ledger: Path, interrupted: bool) -> int:
    safe = outcome.ok + outcome.kept
    are = f"{safe} article{' is' if safe == 1 else 's are'}" if total is None else f"{safe} of {total} articles are"
    go_on = f"{are} safe in {ledger}; run the same command again to go on"
    if interrupted:
        click.echo(f"summarise: interrupted: {go_on}", err=True)
        return 130
    if outcome.stopped is not None:
        left = "the rest of the" if total is None else total - outcome.done
        click.echo(f"summarise: stopped with {left} articles unread: {outcome.stopped.message}", err=True)
        if outcome.stopped.hint:
            click.echo(f"  hint: {outcome.stopped.hint}", err=True)
        if safe == 0:
            return 2
        click.echo(f"  {go_on}", err=True)
        return 1
    return int(outcome.failed > 0 or outcome.unread > 0)
