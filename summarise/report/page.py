"""The page itself: the template with its styles and scripts, and the hashes by which the browser runs them alone."""

from __future__ import annotations

import base64
import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summarise.errors import ConfigurationError
from summarise.judge.places import country_name, is_country

if TYPE_CHECKING:
    import jinja2

STYLES = ("base.css", "filters.css", "lists.css", "timeline.css", "article.css", "print.css")
SCRIPTS = (
    "elements.js", "symbols.js", "data.js", "dates.js", "words.js", "route.js", "filters.js", "persons.js", "parts.js",
    "timeline.js", "density.js", "matrix.js", "invitations.js", "officials.js", "articles.js", "concerns.js",
    "overview.js", "evidence.js", "fields.js", "article.js", "main.js",
)  # fmt: skip
"""In this order they are one script: each may use what those before it define."""

LISTS = ("articles", "visits", "invitations", "officials", "concerns", "sounds")
"""Blocks that the script opens at once, which stand before it; all others are opened when they are looked at."""

STATUSES = ("ongoing", "confirmed", "planned", "speculated", "postponed", "cancelled", "denied", "completed", "unknown")
"""In the order of the legend: what is under way or ahead first."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of data, packed, and the id of the element that holds it."""

    id: str
    content: str


def needed_jinja() -> Any:
    """The module `jinja2`. Raises `ConfigurationError` where it is not installed."""
    try:
        import jinja2
    except ImportError as problem:
        raise ConfigurationError(
            "a report needs Jinja2, which is not installed", hint="Install it with: pip install 'summarise[export]'"
        ) from problem
    return jinja2


def page(facts: dict[str, Any], countries: set[str], blocks: Iterator[Block]) -> Iterator[str]:
    """The page in pieces. `facts` is what it says of itself; the blocks come at its end, as they are asked for."""
    from markupsafe import Markup

    style, script = _joined(STYLES), f'"use strict";(() => {{\n{_joined(SCRIPTS)}}})();'
    named = sorted(((country_name(code) if is_country(code) else code, code) for code in countries), key=_by_name)
    yield from _template().generate(
        facts=facts,
        policy=_policy(script, style),
        style=Markup(style),
        script=Markup(script),
        countries=named,
        statuses=STATUSES,
        facts_json=Markup(_facts_json({**facts, "countries": {code: name for name, code in named}})),
        blocks=blocks,
        lists=len(LISTS),
    )


def _policy(script: str, style: str) -> str:
    """Nothing is loaded, nothing is sent, and no script runs but the one with this hash."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(sha256(content.encode()).digest()).decode()


def _facts_json(facts: dict[str, Any]) -> str:
    from summarise.report.blocks import escaped

    return escaped(facts)


def _spoken(partial_date: str) -> str:
    """`16 October 2023`, `October 2023`, `2023`."""
    year, *rest = partial_date.split("-")
    month = [calendar.month_name[int(number)] for number in rest[:1]]
    return " ".join([*(str(int(day)) for day in rest[1:]), *month, year])


def _by_name(pair: tuple[str, str]) -> str:
    return pair[0].casefold()


@cache
def _joined(names: tuple[str, ...]) -> str:
    return "".join(_asset(name) for name in names)


def _asset(name: str) -> str:
    return files("summarise.report").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    jinja = needed_jinja()
    environment = jinja.Environment(
        autoescape=True,
        undefined=jinja.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"thousands": "{:,}".format, "spoken": _spoken}
    template: jinja2.Template = environment.from_string(_asset("page.html.jinja"))
    return template
