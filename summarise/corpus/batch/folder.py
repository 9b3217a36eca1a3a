"""Where what is out in batches is kept."""

from __future__ import annotations

from pathlib import Path


def folder_of(ledger: Path) -> Path:
    """The folder beside a ledger that holds what is out in batches: `out.batches` for `out.jsonl`.

    A ledger that is called `out` has another one, `out-batches`: rows of the one must not get into the other.
    """
    stem = ledger.name.removesuffix(".jsonl")
    return ledger.with_name(f"{stem}{'-' if stem == ledger.name else '.'}batches")
