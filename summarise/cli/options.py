"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from summarise.records import ArticleSummary

Command = TypeVar("Command", bound=Callable[..., Any])


def endpoint_options(command: Command) -> Command:
    """Adds --model and --base-url."""
    command = click.option(
        "--base-url", metavar="URL", help="Root of an OpenAI-compatible endpoint. [env: OPENAI_BASE_URL]"
    )(command)
    return click.option("--model", metavar="NAME", help="Model, as the endpoint knows it. [env: SUMMARISE_MODEL]")(
        command
    )


def schema_option(command: Command) -> Command:
    """Adds --schema."""
    return click.option(
        "--schema",
        metavar="MODULE:CLASS",
        callback=lambda _context, _option, value: load_schema(value),
        help="Records of your own: a subclass of ArticleSummary.",
    )(command)


def load_schema(name: str | None) -> type[ArticleSummary]:
    """The class that `module:Class` names, the current folder searched as well; ArticleSummary for None.

    Raises `click.BadParameter` that says what is wrong with the name.
    """
    from summarise.records import ArticleSummary

    if name is None:
        return ArticleSummary
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
