"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from summarise.records import ArticleSummary
    from summarise.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def endpoint_options(*, offline: bool = True) -> Callable[[Command], Command]:
    """Adds --model, --base-url, --context and --no-second-opinion; `offline` tells whether the command reads without
    an endpoint, too."""
    local = "; a .gguf file on this machine, read with summarise[local]" * offline
    or_by_rules = ", or offline: read by rules, with neither model nor key nor network, English only" * offline

    def add(command: Command) -> Command:
        command = click.option(
            "--no-second-opinion",
            "no_second_opinion",
            is_flag=True,
            help="Do not compare a model's records with those that rules read. [env: SUMMARISE_SECOND_OPINION=0]",
        )(command)
        command = click.option(
            "--context",
            metavar="N",
            type=click.IntRange(min=1),
            help="The model's context in tokens, where it is not known: longer articles are read in windows. "
            "[env: SUMMARISE_CONTEXT]",
        )(command)
        command = click.option(
            "--base-url", metavar="URL", help="Root of an OpenAI-compatible endpoint. [env: OPENAI_BASE_URL]"
        )(command)
        return click.option(
            "--model",
            metavar="NAME",
            help=f"Model, as the endpoint knows it{local}{or_by_rules}. [env: SUMMARISE_MODEL; default: gpt-6-luna]",
        )(command)

    return add


def endpoint_settings(
    model: str | None,
    base_url: str | None,
    no_second_opinion: bool = False,
    context: int | None = None,
    **more: object,
) -> Settings:
    """The settings for the endpoint options, checked before anything is loaded that takes its time.

    `more` are other settings by name, None for those that were not given.

    Raises `ConfigurationError` when there is neither key nor base URL and the model is neither `offline` nor a file, or
    when one of them or the model cannot be used.
    """
    from summarise.model import ladder
    from summarise.settings import load_settings

    second_opinion = False if no_second_opinion else None  # None: as the environment says
    settings = load_settings(model=model, base_url=base_url, second_opinion=second_opinion, context=context, **more)
    ladder.check_settings(settings)
    return settings


def published_option(
    told: str = "Day of publication, where no field of a row tells it; wins over what a text says.",
) -> Callable[[Command], Command]:
    """Adds --published, with this help."""
    return click.option("--published", metavar="DATE", callback=_date, help=told)


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as problem:
        raise click.BadParameter(f"{value!r} is no date such as 2023-10-18") from problem


def source_options(command: Command) -> Command:
    """Adds --text-field, --id-field and --date-field."""
    command = click.option(
        "--date-field",
        metavar="NAME",
        help="Field of a row with the day of publication; '' for none. [default: published, else date]",
    )(command)
    command = click.option(
        "--id-field",
        metavar="NAME",
        help="Field of a row with its id; '' for file name/row number. [default: id, else url, else these]",
    )(command)
    return click.option(
        "--text-field",
        metavar="NAME",
        help="Field of a row with the text. [default: the first of text, body, content, article that is there]",
    )(command)


def schema_option(command: Command) -> Command:
    """Adds --schema; without it the command gets None, so that nothing loads the records before it needs them."""
    return click.option(
        "--schema",
        metavar="MODULE:CLASS",
        callback=lambda _context, _option, value: None if value is None else load_schema(value),
        help="Records of your own: a subclass of ArticleSummary.",
    )(command)


def or_default(schema: type[ArticleSummary] | None) -> type[ArticleSummary]:
    """The class that --schema named, else `ArticleSummary`."""
    from summarise.records import ArticleSummary

    return schema or ArticleSummary


def load_schema(name: str) -> type[ArticleSummary]:
    """The class that `module:Class` names, the current folder searched as well.

    Raises `click.BadParameter` that says what is wrong with the name.
    """
    from summarise.records import ArticleSummary

    module_name, _, class_name = name.partition(":")
    if not module_name or not class_name:
        raise click.BadParameter(f"{name!r} is not of the form module:Class, such as mine.records:MySummary")
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        module = import_module(module_name)
    except Exception as problem:
        reason = f"{type(problem).__name__}: {problem}"
        raise click.BadParameter(f"the module {module_name!r} cannot be imported ({reason})") from problem
    found = getattr(module, class_name, None)
    if found is None:
        raise click.BadParameter(f"the module {module_name!r} has no {class_name!r}")
    if not (isinstance(found, type) and issubclass(found, ArticleSummary)):
        raise click.BadParameter(f"{name} is no subclass of summarise.ArticleSummary")
    return found
