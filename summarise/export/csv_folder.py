"""`.csv`: a folder with one file for each table, by RFC 4180, in UTF-8.

Lists are JSON arrays. A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises
(CSV Injection); `plain` takes it off again.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.export.batches import batches, told
from summarise.export.tables import OWN_RECORDS, TABLES, Table, Value

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""What a formula begins with, by OWASP: `=`, `+`, `-`, `@`, tab, carriage return, line feed, full-width forms."""

_TAKEN_FOR_FORMULA = re.compile(f"'*[{re.escape(FORMULA_STARTS)}]")
_HARMLESS = re.compile(f"''*[{re.escape(FORMULA_STARTS)}]")


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the folder `out`; gives the number of rows by table. Raises `OSError`."""
    out.mkdir()
    counts: Counter[str] = Counter()
    with ExitStack() as files:
        writers: dict[str, Any] = {}
        for found in batches(rows, counts):
            for name, values in found.items():
                if name not in writers and (values or name != OWN_RECORDS):
                    file = files.enter_context((out / f"{name}.csv").open("w", encoding="utf-8", newline=""))
                    writers[name] = csv.writer(file)
                    writers[name].writerow(TABLES[name].names)
                if values:
                    writers[name].writerows(map(_line(TABLES[name]), values))
    return told(counts)


def harmless(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would take it for a formula.

    A text that looks as if it had one already gets one more, so that `plain` gives back every text.
    """
    return f"'{text}" if _TAKEN_FOR_FORMULA.match(text) else text


def plain(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if _HARMLESS.match(text) else text


def _line(table: Table) -> Any:
    are_texts = [column.kind in ("text", "texts") for column in table.columns]

    def line(values: tuple[Value, ...]) -> list[Value]:
        return [_cell(value) if text else value for value, text in zip(values, are_texts, strict=True)]

    return line


def _cell(value: Value) -> Value:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return harmless(value) if isinstance(value, str) else value
