"""Where what is out in batches is kept."""

from __future__ import annotations

from pathlib import Path


def folder_of(ledger: Path) -> Path:
    """The folder beside a ledger that holds what is out in batches."""
    return ledger.with_name(ledger.name.removesuffix(".jsonl") + ".batches")
