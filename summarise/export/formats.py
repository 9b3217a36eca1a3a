"""Which suffix stands for which format. A new format is one more entry, and a module with `write(rows, out)`.

`write` gets the rows of the ledger one by one and a path at which there is nothing yet, whose name is that of the OUT
that was asked for. It gives counts: of what it wrote under a name of one word (`visits`), of what it left out under a
phrase that says why (`visits without a known day`). The file is moved into place by the caller when it is whole. What
may go wrong for the user's own reasons is an `OSError` or an `ExportError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias, cast

from summarise.corpus.ledger import LedgerRow
from summarise.errors import ConfigurationError

Write: TypeAlias = Callable[[Iterator[LedgerRow], Path], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its suffix, the module of this package that writes it, and what it is, in a few words."""

    suffix: str
    module: str
    told: str
    needs: tuple[str, ...] = ()
    """Modules that the extra `export` brings."""
    beside: tuple[str, ...] = ()
    """What is added to the name of a file that its own tool has open."""
    folder: bool = False
    """Whether it is a folder with a file for each table."""

    def writer(self) -> Write:
        """Its `write`. Raises `ConfigurationError` if what it needs is not installed."""
        lacking = [name for name in self.needs if find_spec(name) is None]
        if lacking:
            raise ConfigurationError(
                f"writing {self.suffix} needs {' and '.join(lacking)}, which is not installed",
                hint="Install it with: pip install 'summarise[export]'",
            )
        return cast(Write, import_module(f"summarise.export.{self.module}").write)


FORMATS: tuple[Format, ...] = (
    Format(".xlsx", "workbook", "a workbook, one sheet for each table", needs=("xlsxwriter",)),
    Format(".csv", "csv_folder", "a folder of that name, one CSV file for each table", folder=True),
    Format(
        ".parquet",
        "parquet_folder",
        "a folder of that name, one parquet file for each table",
        needs=("pyarrow",),
        folder=True,
    ),
    Format(".duckdb", "duckdb_file", "a DuckDB database", needs=("duckdb", "pyarrow"), beside=(".wal",)),
    Format(".sqlite", "sqlite_file", "an SQLite database", beside=("-wal", "-journal")),
    Format(".ics", "calendar", "a calendar of the visits announced for a known day", needs=("icalendar",)),
    Format(".plover.jsonl", "plover", "PLOVER/CAMEO event records, one a line"),
    Format(".ftm.json", "followthemoney", "FollowTheMoney entities, one a line"),
)
"""In the order in which the help lists them."""


def format_of(out: Path) -> Format:
    """The format that the name of a file asks for: the longest suffix that fits. Raises `ConfigurationError`."""
    for known in sorted(FORMATS, key=lambda each: len(each.suffix), reverse=True):
        if out.name.lower().endswith(known.suffix) and len(out.name) > len(known.suffix):
            return known
    suffixes = ", ".join(known.suffix for known in FORMATS)
    raise ConfigurationError(
        f"{str(out)!r} has no suffix that tells a format", hint=f"Give a name that ends in one of: {suffixes}"
    )
