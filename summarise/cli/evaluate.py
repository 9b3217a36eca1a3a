"""`summarise evaluate`: a ledger against annotated articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from summarise.cli.gaps import complain_of_gaps
from summarise.cli.output import say_json, show

if TYPE_CHECKING:
    from summarise.evaluation.run import By


@click.command("evaluate", short_help="Compare a ledger with annotated articles.")
@click.argument("gold")
@click.argument("ledger")
@click.option("--compare", metavar="LEDGER", help="Another ledger on the same articles: the differences, paired.")
@click.option("--by", type=click.Choice(["country", "status", "outlet"]), help="Break the visits down.")
@click.option(
    "--misses", is_flag=True, help="List every record that was missed, is false or is wrong, with its sentences."
)
@click.option(
    "--resamples", type=click.IntRange(min=1), default=1000, show_default=True, help="Draws for the intervals."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the draws.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON on a terminal, too; a pipe always gets JSON.")
def evaluate_command(
    gold: str,
    ledger: str,
    compare: str | None,
    by: By | None,
    misses: bool,
    resamples: int,
    seed: int,
    as_json: bool,
) -> None:
    """Compare the records in LEDGER with the annotated articles in GOLD, a file or a folder of JSON files.

    Figures come with bootstrap 95% intervals over articles. A gold article that the ledger lacks counts as one in
    which nothing was found.
    """
    from summarise.evaluation import evaluate

    result = evaluate(gold, ledger, compare=compare, by=by, resamples=resamples, seed=seed)
    for read in dict.fromkeys(filter(None, (ledger, compare))):
        complain_of_gaps(read)
    if as_json or not sys.stdout.isatty():
        say_json(result.as_json(findings=misses))
        return
    from summarise.evaluation.report import evaluation_view

    show(evaluation_view(result, findings=misses))
