"""`summarise report`: a ledger as one page to read."""

from __future__ import annotations

import click

from summarise.cli.gaps import complain_of_gaps
from summarise.cli.output import complain, say


@click.command("report", short_help="Write a ledger as one HTML page that works offline.")
@click.argument("ledger")
@click.argument("out", metavar="OUT.html")
@click.option(
    "--articles",
    metavar="PATH",
    multiple=True,
    help="Where the articles' texts are, if no longer where they were read from: a file, folder, pattern or table. "
    "Several may be given.",
)
@click.option("--text-field", metavar="NAME", help="Field of a row with the text, where those articles are tables.")
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=20_000,
    show_default=True,
    help="Most articles in the page; of more the latest are taken, and the page says so.",
)
def report_command(ledger: str, out: str, articles: tuple[str, ...], text_field: str | None, limit: int) -> None:
    """Write LEDGER as one HTML page: timeline, who goes where, invitations, officials, articles with their evidence.

    The page needs no network. A ledger does not hold the articles' texts: they are read again from where they came
    from, and taken only if they are the same, byte by byte.
    """
    from summarise.cli.interrupting import endings_as_interrupt
    from summarise.report import write_report

    with endings_as_interrupt():
        made = write_report(ledger, out, articles=articles, limit=limit, text_field=text_field)
    held = _counted(made.articles, "article")
    if made.articles < made.of:
        held = f"{made.articles:,} of {_counted(made.of, 'article')} (the latest)"
    records = [_counted(getattr(made, f"{name}s"), name) for name in ("visit", "invitation", "official")]
    say(f"{out}: {held}, {', '.join(records)}; {made.bytes / 1e6:,.1f} MB")
    complain_of_gaps(ledger, made.of)
    without = made.articles - made.failed - made.texts
    if without:
        complain(
            f"the texts of {_counted(without, 'article')} were not at hand: their pages show the cited sentences alone",
            "Say where they are with --articles PATH.",
        )


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"
