"""`summarise schemas`: write the generated schemas, check that they are up to date, compare with an older one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarise.cli.options import or_default, schema_option
from summarise.cli.output import say

if TYPE_CHECKING:
    from summarise.records import ArticleSummary

_folder = click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schemas"),
    show_default=True,
    help="Where the schemas are kept.",
)


@click.group("schemas", short_help="The JSON schemas of records and replies.")
def schemas_group() -> None:
    """The JSON schemas of the records and of a model's reply, generated from the record classes."""


@schemas_group.command()
@schema_option
@_folder
def write(schema: type[ArticleSummary] | None, folder: Path) -> None:
    """Write the schemas."""
    from summarise.schema import write as write_schemas

    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = list(write_schemas(or_default(schema), folder))
    except OSError as problem:
        raise click.ClickException(f"cannot write to {folder}: {problem.strerror}") from problem
    for path in written:
        say(str(path))


@schemas_group.command(short_help="Say whether the written schemas are up to date.")
@schema_option
@_folder
def check(schema: type[ArticleSummary] | None, folder: Path) -> int:
    """Say whether the written schemas are up to date; exit status 1 and the difference if not."""
    from summarise.schema import check as check_schemas

    try:
        difference = check_schemas(or_default(schema), folder)
    except OSError as problem:
        raise click.ClickException(f"cannot read the schemas in {folder}: {problem.strerror}") from problem
    if difference and not any(folder.glob("*.schema.json")):
        raise click.ClickException(f"there are no schemas in {folder}: `summarise schemas write` makes them")
    for line in difference:
        say(line)
    if difference:
        message = f"the schemas in {folder} are stale: `summarise schemas write` with the same options mends that"
        click.echo(message, err=True)
        return 1
    say("the schemas are up to date")
    return 0


@schemas_group.command(short_help="Compare the record schema with an older one.")
@click.argument("old", type=click.Path(path_type=Path))
@schema_option
def diff(old: Path, schema: type[ArticleSummary] | None) -> int:
    """Compare the record schema with the one in the file OLD; exit status 1 if a change breaks readers of it."""
    import json

    from summarise.schema import diff as compare
    from summarise.schema import record_schema

    try:
        before = json.loads(old.read_bytes())
    except OSError as problem:
        raise click.ClickException(f"cannot read {old}: {problem.strerror}") from problem
    except ValueError as problem:
        raise click.ClickException(f"{old} is no JSON: {problem}") from problem
    if not isinstance(before, dict):
        raise click.ClickException(f"{old} is no JSON schema: it holds no object")
    changes = compare(before, record_schema(or_default(schema)))
    for change in changes:
        say(f"{'breaking' if change.breaking else 'additive'}  {change.path}: {change.what}")
    if not changes:
        say("no change")
    return int(any(change.breaking for change in changes))
