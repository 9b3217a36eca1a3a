"""`summarise corpus --estimate`: how the estimate looks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from summarise.cli.options import or_default
from summarise.cli.output import say_json, show
from summarise.display import money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from summarise.corpus.estimate import Estimate, Figure
    from summarise.corpus.items import Found
    from summarise.corpus.limits import Limits
    from summarise.corpus.selection import Selection
    from summarise.records import ArticleSummary


def estimate_view(found: Estimate) -> RenderableType:
    """The estimate as a table for a terminal."""
    kept = f", {found.kept:,} kept from before" if found.kept else ""
    kept += f", {found.shared:,} more with the text of another one" if found.shared else ""
    head = f"{found.articles:,} article{'s' * (found.articles != 1)} to read with {found.model}{kept}"
    if not found.sampled:
        return Group(Text(head), *(Text(line, style="dim") for line in [*found.notes, "nothing to pay"]))
    sample = "all of them" if found.sampled == found.articles else f"{found.sampled:,} of them, seed {found.seed}"
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("")
    for name in ("expected", "95% from", "to"):
        table.add_column(name, justify="right")
    table.add_row("tokens in", *_cells(found.input_tokens, _whole))
    table.add_row("tokens out", *_cells(found.output_tokens, _whole))
    if found.cost is not None and found.cost_cached is not None:
        table.add_row("cost, cache unused", *_cells(found.cost, money))
        table.add_row("cost, cache used fully", *_cells(found.cost_cached, money))
    lines = [f"the provider's prompt cache may serve up to {found.input_cacheable:.1%} of the tokens in"]
    if found.input_cached_before is not None:
        lines[0] += f"; it served {found.input_cached_before:.1%} before"
    if not found.price_known:
        lines.append("the price of this model at this endpoint is not known")
    if found.output_basis == "ledger":
        calls = f"{found.calls_per_article:g} calls an article"
        lines.append(f"replies as in {found.output_rows:,} earlier rows of the ledger, {calls}")
    if found.in_windows:
        lines.append(f"too long for the model's context, so read in windows: {found.in_windows:,} of those counted")
    if found.unreadable:
        lines.append(f"{found.unreadable:,} of those counted cannot be read and would fail unsent")
    lines += [*found.notes, f"interval: {found.interval}; nothing was sent"]
    return Group(Text(f"{head}; counted: {sample}"), table, *(Text(line, style="dim") for line in lines))


def _cells(figure: Figure, shown: Callable[[float], str]) -> tuple[str, str, str]:
    return shown(figure.expected), shown(figure.low), shown(figure.high)


def _whole(number: float) -> str:
    return f"{number:,.0f}"


def show_estimate(
    items: Iterable[Found],
    ledger: Path,
    schema: type[ArticleSummary] | None,
    selection: Selection,
    limits: Limits,
    refresh: bool,
    *,
    model: str | None,
    base_url: str | None,
    context: int | None,
    batch: bool = False,
) -> None:
    """Print the estimate: a table on a terminal, JSON elsewhere. Needs neither key nor network."""
    from summarise.api import Summariser
    from summarise.corpus.estimate import estimate
    from summarise.settings import changed_settings, load_settings

    settings = load_settings(model=model, base_url=base_url, context=context)
    if not (settings.offline or settings.api_key):
        settings = changed_settings(settings, api_key="nothing-is-sent")
    with Summariser(or_default(schema), settings=settings) as reader:
        found = estimate(items, reader, ledger, selection, limit=limits.max_articles, refresh=refresh, batch=batch)
    if sys.stdout.isatty():
        show(estimate_view(found))
    else:
        say_json(found.model_dump_json(indent=2))
