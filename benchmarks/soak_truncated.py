"""A ledger cut off at each byte of its end, opened again and completed."""

from __future__ import annotations

import logging
from pathlib import Path

from summarise.corpus.ledger import Ledger, LedgerRow, RowError, read_ledger

END = 2048


def cut_at_each_byte(path: Path, bytes_of_the_end: int = END) -> int:
    """Cuts a ledger off at each of its last bytes; how often. Raises `AssertionError` if a row is lost or twice there.

    What was whole is known when it is opened, what was not is not; and when the missing rows are appended the ledger
    has all of them once.
    """
    rows = [_row(number) for number in range(12)]
    lines = [row.model_dump_json().encode() + b"\n" for row in rows]
    whole = b"".join(lines)
    ends = [sum(map(len, lines[: number + 1])) for number in range(len(lines))]
    logger = logging.getLogger("summarise.corpus.ledger")
    before, logger.disabled = logger.disabled, True  # each cut is a warning
    try:
        for cut in range(bytes_of_the_end):
            kept = whole[: len(whole) - cut]
            path.write_bytes(kept)
            # A row of which the line end alone is missing is whole.
            known = [row.id for row, end in zip(rows, ends, strict=True) if end - 1 <= len(kept)]
            with Ledger(path) as ledger:
                assert list(ledger.entries) == known, cut
                for row in rows[len(known) :]:
                    ledger.append(row)
            assert path.read_bytes() == whole, cut
            assert list(read_ledger(path)) == rows, cut
    finally:
        logger.disabled = before
    return bytes_of_the_end


def _row(number: int) -> LedgerRow:
    if number % 3 == 1:
        error = RowError(kind="ServerFailed", message="“503”: überlastet", hint="Run again later.")
        return LedgerRow(id=f"é/{number}", source=f"{number}.txt", status="failed", error=error)
    summary = {"summary": "Ein „Satz“ mit \\ und \n darin. " * 4, "visits": [{"id": "v1", "when": None}]}
    return LedgerRow(id=str(number), source=f"{number}.txt", status="ok", summary=summary)
