"""`summarise corpus --cluster`: the same run on many machines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from datetime import date

    from summarise.api import Summariser
    from summarise.corpus.files import TablesLeft
    from summarise.corpus.limits import Limits
    from summarise.corpus.outcome import RunOutcome
    from summarise.corpus.rows import Fields
    from summarise.corpus.selection import Selection

Command = TypeVar("Command", bound=Callable[..., Any])


def cluster_options(command: Command) -> Command:
    """Adds --cluster and --workers."""
    command = click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(min=1),
        help="Readers on the cluster.  [default: one for every two of its CPUs]",
    )(command)
    return click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Read on a Ray cluster, or with `local` in several processes here; --out is a folder then.",
    )(command)


def refuse_with_cluster(
    cluster: str | None,
    workers: int | None,
    selection: Selection,
    limits: Limits,
    *,
    estimate: bool,
    show_visits: bool,
    published: date | None,
) -> None:
    """Raises `click.UsageError` for options that do not go together."""
    if cluster is None:
        if workers is not None:
            raise click.UsageError("--workers goes with --cluster.")
        return
    if not cluster:
        raise click.UsageError("--cluster needs an address, auto or local.")
    given = {
        "--estimate": estimate,
        "--show-visits": show_visits,
        "--published": published is not None,
        "--retry-failed": selection.retry_failed,
        "--sample": selection.sample is not None,
        "--limit": limits.max_articles is not None,
        "--max-cost": limits.max_cost is not None,
        "--max-tokens": limits.max_tokens is not None,
    }
    for option, is_given in given.items():
        if is_given:
            raise click.UsageError(f"{option} does not go with --cluster, only with a run on one machine.")


def run_cluster(
    address: str,
    workers: int | None,
    paths: tuple[str, ...],
    fields: Fields,
    reader: Summariser[Any],
    out: Path,
    *,
    concurrency: int,
    refresh: bool,
    left: TablesLeft,
) -> tuple[RunOutcome, int | None, bool]:
    """Run it, and fill in `left`; the outcome, how many articles there are, and whether it was interrupted."""
    import asyncio

    from summarise.cli.interrupting import Screen, listening
    from summarise.cli.progress import progress
    from summarise.corpus.cluster.job import Plan, run_on_cluster
    from summarise.corpus.cluster.results import Results
    from summarise.corpus.cluster.session import connected, needed_ray
    from summarise.corpus.cluster.stores import cluster_files
    from summarise.corpus.outcome import RunOutcome
    from summarise.corpus.sources import count_all
    from summarise.corpus.stopping import Stop

    needed_ray(address)
    files = cluster_files(paths, [out], left=left)
    total = count_all(files, fields)
    so_far, stop = RunOutcome(), Stop()
    screen = Screen(stop)
    with Results(out) as results, connected(address, workers, concurrency) as (ray, readers):
        plan = Plan(readers, concurrency, refresh)
        with progress(total) as show_progress:

            async def everything() -> None:
                with listening(stop, screen):
                    await run_on_cluster(
                        ray,
                        files,
                        fields,
                        reader,
                        results,
                        plan,
                        outcome=so_far,
                        stop=stop,
                        on_row=screen.shows(show_progress),
                        on_complaint=screen.shows(show_progress),
                    )

            try:
                asyncio.run(everything())
                hastened = False
            except KeyboardInterrupt:
                hastened = True
    screen.raise_if_gone()
    interrupted = hastened or (stop.asked and (total is None or so_far.done < total))
    if not interrupted and so_far.stopped is None:
        total = so_far.done  # files may have come or gone since they were counted
    return so_far, total, interrupted
