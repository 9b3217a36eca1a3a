"""`summarise dossier`: the records of many articles brought together."""

from __future__ import annotations

import os
from pathlib import Path

import click

from summarise.cli.gaps import complain_of_gaps
from summarise.cli.output import say_folded
from summarise.errors import ConfigurationError


@click.command("dossier", short_help="Bring the records of many articles together.")
@click.argument("ledger")
@click.argument("out")
@click.option(
    "--overrides", metavar="FILE", help="JSON or TOML: `apart` and `together`, lists of groups of keys of reports."
)
def dossier_command(ledger: str, out: str, overrides: str | None) -> None:
    """Bring the records in LEDGER together: one person, one trip, one invitation, each with its history.

    The suffix of OUT decides: .json for programs, .md for readers. What is uncertain stays apart, with the reason; each
    merge names its rule and its sentences, and can be undone or forced with --overrides.
    """
    from summarise.cli.interrupting import endings_as_interrupt
    from summarise.dossier import build_dossier, write_dossier
    from summarise.dossier.write import form_of

    if not ledger or not out:
        raise ConfigurationError("an empty path was given", hint="Is a shell variable unset?")
    form_of(Path(out))  # before the work
    if os.path.exists(out) and os.path.exists(ledger) and os.path.samefile(out, ledger):
        raise ConfigurationError(f"OUT is the ledger itself: {out}", hint="Give OUT another name.")
    with endings_as_interrupt():
        made = build_dossier(ledger, overrides=overrides)
        write_dossier(made, out)
    open_ones = sum(1 for _ in made.open_invitations())
    say_folded(
        f"{out}: {len(made.persons):,} persons, {len(made.trips):,} trips, {len(made.invitations):,} invitations "
        f"({open_ones:,} open) from {len(made.articles):,} articles; {len(made.near_misses):,} near misses kept apart"
    )
    complain_of_gaps(ledger)
    if made.failed or made.skipped:
        say_folded(f"left out: {made.failed:,} failed articles, {len(made.skipped):,} records that could not be read")
