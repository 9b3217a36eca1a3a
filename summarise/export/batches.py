"""Many articles at a time: the rows of a batch of articles, by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from summarise.corpus.ledger import LedgerRow
from summarise.export.flatten import table_rows
from summarise.export.tables import OWN_RECORDS, TableRows, no_rows

ARTICLES_AT_A_TIME = 256
"""Some thousand rows: enough for a writer to be quick, little enough for memory."""


def batches(rows: Iterable[LedgerRow], counts: Counter[str]) -> Iterator[TableRows]:
    """The table rows of so many articles at a time; adds to `counts` how many there are of each table."""
    found, articles = no_rows(), 0
    for row in rows:
        for name, values in table_rows(row).items():
            found[name] += values
        articles += 1
        if articles == ARTICLES_AT_A_TIME:
            counts.update(_sizes(found))
            yield found
            found, articles = no_rows(), 0
    counts.update(_sizes(found))
    yield found


def told(counts: Counter[str]) -> dict[str, int]:
    """The counts of all tables; records of one's own only where there are any."""
    return {name: number for name, number in counts.items() if number or name != OWN_RECORDS}


def _sizes(found: TableRows) -> dict[str, int]:
    return {name: len(values) for name, values in found.items()}
