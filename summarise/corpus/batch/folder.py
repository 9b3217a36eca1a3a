"""Where what is out in batches is kept, and what else is beside a ledger."""

from __future__ import annotations

from pathlib import Path

from summarise.corpus.replies import beside, new_of, replies_of


def folder_of(ledger: Path) -> Path:
    """The folder beside a ledger that holds what is out in batches: `out.batches` for `out.jsonl`.

    A ledger that is called `out` has another one, `out-batches`: rows of the one must not get into the other.
    """
    return beside(ledger, "batches")


def ledger_and_beside(ledger: Path) -> list[Path]:
    """The ledger and what is kept beside it: nothing of this is an article."""
    replies = replies_of(ledger)
    return [ledger, folder_of(ledger), replies, new_of(replies)]
