"""`summarise export`: a ledger as tables, databases and other files."""

from __future__ import annotations

from collections.abc import Mapping

import click

from summarise.cli.gaps import complain_of_gaps
from summarise.cli.output import say_folded


class _WithFormats(click.Command):
    """Its help lists the formats, which are loaded only then."""

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        from summarise.export.formats import FORMATS

        with formatter.section("Formats"):
            formatter.write_dl([(known.suffix, known.told) for known in FORMATS])


@click.command("export", cls=_WithFormats, short_help="Write a ledger as tables and databases.")
@click.argument("ledger")
@click.argument("outs", metavar="OUT...", nargs=-1, required=True)
def export_command(ledger: str, outs: tuple[str, ...]) -> None:
    """Write LEDGER to each OUT; the suffix of OUT tells the format.

    LEDGER is a file that `summarise corpus` wrote, or the folder of a run with --cluster. What OUT is already is
    replaced when the new one is whole. What an export leaves out is counted, with the reason. OUT.csv and OUT.parquet
    become folders of that name: one file for each table.
    """
    from summarise.cli.interrupting import endings_as_interrupt
    from summarise.display import one_line
    from summarise.export.run import exports_of

    with endings_as_interrupt():
        for out, counts in exports_of(ledger, *outs):
            say_folded(f"{one_line(str(out))}: {_told(counts)}")
        complain_of_gaps(ledger)


def _told(counts: Mapping[str, int]) -> str:
    """What was written, then what was left out: the kinds that are a phrase (`summarise.export.formats`)."""
    written = ", ".join(f"{kind} {number:,}" for kind, number in counts.items() if " " not in kind) or "nothing"
    left_out = ", ".join(f"{kind} ({number:,})" for kind, number in counts.items() if " " in kind)
    return f"{written}; left out: {left_out}" if left_out else written
