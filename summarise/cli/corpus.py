"""`summarise corpus`: many articles into a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from summarise.cli.cluster import cluster_options, refuse_with_cluster, run_cluster
from summarise.cli.corpus_options import money_options, selection_options
from summarise.cli.options import (
    endpoint_options,
    endpoint_settings,
    or_default,
    published_option,
    schema_option,
    source_options,
)
from summarise.cli.output import OutputFailed, complain, complain_more, say_folded, show

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from summarise.api import Summariser
    from summarise.corpus.budget import Budget
    from summarise.corpus.files import TablesLeft
    from summarise.corpus.items import Found
    from summarise.corpus.ledger import Entry, Ledger
    from summarise.corpus.limits import Limits
    from summarise.corpus.outcome import RunOutcome
    from summarise.corpus.selection import Selection
    from summarise.errors import ConfigurationError
    from summarise.records import ArticleSummary

STANDARD_INPUT = "-"


@click.command("corpus")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--out", "ledger_path", metavar="LEDGER.jsonl", type=Path, required=True, help="The ledger, new or begun."
)
@source_options
@published_option()
@endpoint_options()
@schema_option
@click.option(
    "--concurrency", type=click.IntRange(min=1), default=8, show_default=True, help="Calls at a time, at most."
)
@click.option(
    "--rpm",
    metavar="N",
    type=click.IntRange(min=1),
    help="Most requests in any minute. [env: SUMMARISE_REQUESTS_PER_MINUTE; default: as the endpoint's headers say]",
)
@click.option(
    "--tpm",
    metavar="N",
    type=click.IntRange(min=1),
    help="Most tokens in any minute. [env: SUMMARISE_TOKENS_PER_MINUTE; default: as the endpoint's headers say]",
)
@selection_options
@money_options
@cluster_options
@click.option("--refresh", is_flag=True, help="Read again what another model, prompt or schema has read.")
@click.option("--show-visits", is_flag=True, help="At the end, print the visits of these articles as a table.")
def corpus_command(
    paths: tuple[str, ...],
    ledger_path: Path,
    text_field: str | None,
    id_field: str | None,
    date_field: str | None,
    published: date | None,
    model: str | None,
    base_url: str | None,
    context: int | None,
    no_second_opinion: bool,
    schema: type[ArticleSummary] | None,
    concurrency: int,
    rpm: int | None,
    tpm: int | None,
    refresh: bool,
    show_visits: bool,
    selection: Selection,
    limits: Limits,
    estimate: bool,
    cluster: str | None,
    workers: int | None,
) -> int:
    """Read the articles of a corpus into a ledger.

    PATH is a folder (every .txt and .md below it), an article's own file, a table with an article in each row (.jsonl,
    .jsonl.gz, .csv, .tsv, .parquet), a .zip of texts, a pattern such as 'news/**/*.jsonl', or - for JSON Lines from
    standard input. A text or a row that cannot be read is reported and counted, and the rest is read; a table, an
    archive or a folder that cannot be opened at all is an error before anything is sent.

    The ledger gets one JSON line per article as soon as it is done. Run the same command again to go on after an
    interruption and to retry what failed: articles that are in the ledger as ok are not read again. A text that comes
    under several ids is sent once.

    --max-cost, --max-tokens and --limit are for one run; kept articles do not count. Ctrl-C, SIGTERM
    or SIGHUP lets the articles under way finish for some seconds; a second one ends at once.

    Exit status: 0 every article it was to read is in the ledger as ok; 1 some failed or were passed over, or a limit
    of cost or tokens was reached; 2 it could not run, or not write the ledger; 130 interrupted.
    """
    from summarise.corpus.batch.folder import ledger_and_beside
    from summarise.corpus.files import TablesLeft
    from summarise.corpus.items import dated
    from summarise.corpus.rows import Fields
    from summarise.corpus.sources import articles, survey

    refuse_with_cluster(
        cluster, workers, selection, limits, estimate=estimate, show_visits=show_visits, published=published
    )
    fields, left_out, left = Fields(text_field, id_field, date_field), ledger_and_beside(ledger_path), TablesLeft()
    if cluster is not None:
        settings = endpoint_settings(
            model, base_url, no_second_opinion, context, requests_per_minute=rpm, tokens_per_minute=tpm
        )
        from summarise.api import Summariser
        from summarise.corpus.cluster.reader import check_for_cluster

        check_for_cluster(settings)
        reader = Summariser(or_default(schema), settings=settings)
        done = run_cluster(
            cluster, workers, paths, fields, reader, ledger_path, concurrency=concurrency, refresh=refresh, left=left
        )
        status = _say_end(*done, str(ledger_path), None)
        say_left(left)
        return status
    items: Iterable[Found] = articles(
        paths, fields, stdin=_standard_input(paths), leave_out=left_out, left=left if estimate else None
    )
    items = dated(items, published)
    if estimate:
        from summarise.cli.estimate import show_estimate

        show_estimate(
            items, ledger_path, schema, selection, limits, refresh, model=model, base_url=base_url, context=context
        )
        if left:  # where the estimate, as JSON, is not
            complain(left.told)
        return 0
    settings = endpoint_settings(
        model, base_url, no_second_opinion, context, requests_per_minute=rpm, tokens_per_minute=tpm
    )
    from summarise.api import Summariser
    from summarise.corpus.batch.journal import check_nothing_out
    from summarise.corpus.estimate import budget_for
    from summarise.corpus.ledger import Ledger

    reader = Summariser(or_default(schema), settings=settings)
    # Now: a path that cannot be read must show before anything is spent, and the bar needs the number of articles.
    total = survey(paths, fields, leave_out=left_out, left=left)
    budget = budget_for(limits, reader)
    if selection.retry_failed and not ledger_path.exists():
        raise nothing_failed(ledger_path)
    wanted: set[str] = set()
    with Ledger(ledger_path) as ledger:
        if not settings.offline:
            check_nothing_out(ledger_path)
        if not selection.is_all:
            items = list(selection.of(items, ledger.entries))
            total = len(items)
            if selection.retry_failed and not items:
                say_folded(nothing_to_retry(ledger.path, ledger.entries))
                return 0
        try:
            status = _run(
                _noting_ids(items, wanted) if show_visits else items,
                reader,
                ledger,
                total,
                concurrency=concurrency,
                refresh=refresh,
                waits=STANDARD_INPUT in paths,
                budget=budget,
            )
        except OutputFailed as problem:
            raise OutputFailed(
                problem.message,
                f"What is done is safe in {ledger_path}: make room, then run the same command again to go on.",
            ) from problem
    say_left(left)
    if show_visits:
        _show_visits(wanted, ledger_path)
    return status


def say_left(left: TablesLeft) -> None:
    """One line on what nobody reads of the folders that were given, if there is such."""
    if left:
        say_folded(left.told)


def _standard_input(paths: tuple[str, ...]) -> IO[bytes] | None:
    if STANDARD_INPUT not in paths:
        return None
    from summarise.corpus.items import standard_input

    stream = standard_input()
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
    from summarise.corpus.ledger import read_ledger
    from summarise.display import corpus_visits

    show(corpus_visits(row for row in read_ledger(ledger) if row.id in wanted))


def _run(
    items: Iterable[Found],
    reader: Summariser[Any],
    ledger: Ledger,
    total: int | None,
    *,
    concurrency: int,
    refresh: bool,
    waits: bool,
    budget: Budget,
) -> int:
    import asyncio

    from summarise.cli.interrupting import Screen, listening
    from summarise.cli.progress import progress
    from summarise.corpus.outcome import RunOutcome
    from summarise.corpus.run import arun
    from summarise.corpus.stopping import Stop

    so_far, stop = RunOutcome(), Stop()
    screen = Screen(stop)
    with progress(total, limit=budget.limits.max_articles) as show_progress:

        async def everything() -> None:
            async with reader:
                with listening(stop, screen):
                    await arun(
                        items,
                        reader,
                        ledger,
                        concurrency=concurrency,
                        refresh=refresh,
                        on_row=screen.shows(show_progress),
                        on_complaint=screen.shows(show_progress),
                        outcome=so_far,
                        waits=waits,
                        budget=budget,
                        stop=stop,
                    )

        try:
            asyncio.run(everything())
            hastened = False
        except KeyboardInterrupt:
            hastened = True
    screen.raise_if_gone()
    interrupted = hastened or (stop.asked and (total is None or so_far.done < total))
    if not interrupted and so_far.stopped is None and not budget.all_begun:
        total = so_far.done  # files may have come or gone since they were counted
    limit = budget.limits.max_articles if budget.all_begun else None
    return _say_end(so_far, total, interrupted, _where(ledger), limit)


def _say_end(outcome: RunOutcome, total: int | None, interrupted: bool, where: str, limit: int | None) -> int:
    """The summary, and the exit status."""
    from summarise.display import outcome_lines

    for line in outcome_lines(outcome, total):
        say_folded(line)
    return _status(outcome, total, where, interrupted, limit)


def _where(ledger: Ledger) -> str:
    """Where what is done is kept."""
    if not (waiting := ledger.replies.waiting):
        return str(ledger.path)
    return f"{ledger.path}, and the replies about {waiting} more in {ledger.replies.path}"


def _status(outcome: RunOutcome, total: int | None, where: str, interrupted: bool, limit: int | None) -> int:
    """The exit status; says what is left. `limit` is the number of articles, if that is why the run ended."""
    from summarise.errors import BudgetReached, LedgerError

    safe = outcome.ok + outcome.kept
    are = f"{safe} article{' is' if safe == 1 else 's are'}" if total is None else f"{safe} of {total} articles are"
    go_on = f"{are} safe in {where}; run the same command again to go on"
    if interrupted:
        complain(f"interrupted: {go_on}")
        return 130
    if outcome.stopped is not None:
        left = "the rest of the" if total is None else total - outcome.done
        complain(f"stopped with {left} articles unread: {outcome.stopped.message}", outcome.stopped.hint)
        no_room = isinstance(outcome.stopped, LedgerError)
        if safe > 0 or no_room or isinstance(outcome.stopped, BudgetReached):
            complain_more(go_on)
        return 2 if no_room or (safe == 0 and not isinstance(outcome.stopped, BudgetReached)) else 1
    if limit is not None and total != outcome.done:
        say_folded(f"--limit {limit}: {go_on} with the next")
    return int(outcome.failed > 0 or outcome.unread > 0)


def nothing_to_retry(ledger: Path, entries: Mapping[str, Entry]) -> str:
    """Why --retry-failed has nothing to do."""
    failed = sum(entry.status == "failed" for entry in entries.values())
    if not failed:
        return f"nothing has failed: every article in {ledger} is ok"
    return f"nothing to retry: of what has failed in {ledger} ({failed:,}) nothing is in these sources"


def nothing_failed(ledger: Path) -> ConfigurationError:
    """The error for --retry-failed without a ledger."""
    from summarise.errors import ConfigurationError

    return ConfigurationError(
        f"there is no ledger {ledger} yet, so nothing in it has failed", hint="Leave --retry-failed out."
    )
