"""`summarise article`: one article, shown or as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarise.cli.options import endpoint_options, endpoint_settings, or_default, published_option, schema_option
from summarise.cli.output import say_json, show
from summarise.errors import ConfigurationError, UnreadableArticle

if TYPE_CHECKING:
    from datetime import date

    from summarise.records import ArticleSummary


@click.command("article")
@click.argument("file")
@published_option("Day of publication; wins over what the text says.")
@endpoint_options()
@schema_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON on a terminal, too; a pipe always gets JSON.")
def article_command(
    file: str,
    published: date | None,
    model: str | None,
    base_url: str | None,
    context: int | None,
    no_second_opinion: bool,
    schema: type[ArticleSummary] | None,
    as_json: bool,
) -> None:
    """Read one article from FILE, or from standard input if FILE is -."""
    if not file:
        raise ConfigurationError("an empty path was given", hint="Is a shell variable unset?")
    if Path(file).is_dir():
        raise ConfigurationError(
            f"{file} is a folder", hint=f"Read its articles with `summarise corpus {file} --out LEDGER.jsonl`."
        )
    settings = endpoint_settings(model, base_url, no_second_opinion, context)
    from summarise.api import Summariser
    from summarise.corpus.items import STANDARD_INPUT

    with Summariser(or_default(schema), settings=settings) as reader:
        source: bytes | Path = _given() if file == STANDARD_INPUT else Path(file)
        summary = reader.read(source, published=published, name="standard input" if file == STANDARD_INPUT else file)
    if as_json or not sys.stdout.isatty():
        say_json(summary.model_dump_json(indent=2))
        return
    from summarise.display import summary_view

    show(summary_view(summary))


def _given() -> bytes:
    """Standard input, to its end."""
    from summarise.corpus.items import standard_input

    try:
        return standard_input().read()
    except OSError as problem:
        raise UnreadableArticle(
            f"standard input cannot be read: {problem.strerror}", hint="Pipe the input in, or give the path of a file."
        ) from problem
