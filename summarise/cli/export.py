"""`summarise export`: a ledger as tables, databases and other files."""

from __future__ import annotations

import click

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
    replaced when the new one is whole. OUT.csv and OUT.parquet become folders of that name: one file for each table.
    """
    from summarise.display import one_line
    from summarise.export.run import exports_of

    for out, counts in exports_of(ledger, *outs):
        say_folded(f"{one_line(str(out))}: {', '.join(f'{kind} {number:,}' for kind, number in counts.items())}")
