"""What every command that reads a ledger says of one that is not whole."""

from __future__ import annotations

from summarise.cli.output import complain


def complain_of_gaps(ledger: str, articles: int | None = None) -> None:
    """Say on standard error that the last row is incomplete, and that there are no articles.

    `articles` is how many were read, where the command knows. To be called when the ledger has been read, for what is
    no ledger is an error of the reading. Raises `LedgerError` if the file went away.
    """
    from summarise.corpus.gaps import cut_off_parts, is_empty

    for part in cut_off_parts(ledger):
        complain(
            f"{part}: the last row is incomplete and was left out",
            "A run was interrupted or is still writing, or the file was cut: the same `summarise corpus` command "
            "completes it.",
        )
    if is_empty(ledger) if articles is None else not articles:
        complain(f"{ledger} has no articles", "Fill it first: `summarise corpus ARTICLES --out FILE`.")
