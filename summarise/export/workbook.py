"""`.xlsx`: a sheet for each table, for Excel, LibreOffice and Numbers.

Texts are written as texts, never as formulas, links or numbers; those that begin like a formula are marked so that
they stay texts when a cell is edited. Lists are joined by `; `. What Excel does not hold goes on on a further sheet
(rows) or is cut with a word on it (long texts), and a warning says so.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.errors import ExportError
from summarise.export.batches import batches, told
from summarise.export.csv_folder import FORMULA_STARTS
from summarise.export.tables import OWN_RECORDS, TABLES, Column, Table, Value, Values

log = logging.getLogger(__name__)

MOST_ROWS = 1_048_576
"""Rows of a sheet, the header among them (Excel specifications and limits)."""

MOST_CHARACTERS = 32_767
"""Characters of a cell, as UTF-16 counts them."""

_FIRST_DAY = "1900-03-01"  # Excel takes 1900 for a leap year: days before have another number than they should
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_CUT = " … [cut: {} characters]"


class _Sheets:
    """The sheets of one table: a second one and more where the rows do not fit on the first."""

    def __init__(self, workbook: Any, table: Table, formats: dict[str, Any]) -> None:
        self._workbook = workbook
        self._table = table
        self._formats = formats
        self._number = 0
        self.cut = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        title = self._table.name if self._number == 1 else f"{self._table.name} {self._number}"
        self._sheet = self._workbook.add_worksheet(title)
        self._sheet.freeze_panes(1, len(self._table.key))
        for at, column in enumerate(self._table.columns):
            self._sheet.set_column(at, at, column.width)
            self._sheet.write_string(0, at, column.name, self._formats["header"])
        self._row = 0

    def add(self, values: Values) -> None:
        if self._row + 1 == MOST_ROWS:
            self.close()
            self._begin()
        self._row += 1
        for at, (column, value) in enumerate(zip(self._table.columns, values, strict=True)):
            self._write(at, column, value)

    def _write(self, at: int, column: Column, value: Value) -> None:
        if isinstance(value, list):
            value = "; ".join(value)
        if value is None or value == "":
            return
        if isinstance(value, int | float):
            self._sheet.write_number(self._row, at, value)
        elif column.kind == "day" and value >= _FIRST_DAY:
            self._sheet.write_datetime(self._row, at, date.fromisoformat(value), self._formats["day"])
        else:
            text = self._fitting(value)
            quoted = self._formats["quoted"] if text[0] in FORMULA_STARTS else None
            self._sheet.write_string(self._row, at, text, quoted)

    def _fitting(self, text: str) -> str:
        text = _REFUSED.sub("\ufffd", _LINE_ENDS.sub("\n", text))
        if len(text) <= MOST_CHARACTERS // 2 or _size(text) <= MOST_CHARACTERS:
            return text
        self.cut += 1
        note = _CUT.format(f"{len(text):,}")
        kept = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - _size(note))]
        return kept.decode("utf-16-le", "ignore") + note

    def close(self) -> None:
        self._sheet.autofilter(0, 0, self._row, len(self._table.columns) - 1)

    @property
    def number(self) -> int:
        return self._number


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the workbook `out`; gives the number of rows by table. Raises `ExportError` if it cannot be written."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    counts: Counter[str] = Counter()
    workbook = xlsxwriter.Workbook(str(out), {"constant_memory": True, "tmpdir": str(out.parent)})
    formats = {
        "header": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EDF3"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "quoted": workbook.add_format({"quote_prefix": True}),
    }
    sheets = {name: _Sheets(workbook, table, formats) for name, table in TABLES.items() if name != OWN_RECORDS}
    for found in batches(rows, counts):
        for name, values in found.items():
            if values and name not in sheets:
                sheets[name] = _Sheets(workbook, TABLES[name], formats)
            for each in values:
                sheets[name].add(each)
    for table in sheets.values():
        table.close()
    try:
        workbook.close()
    except FileCreateError as problem:
        raise ExportError(f"cannot write {out.name}: {problem}") from problem
    _warn(sheets, out)
    return told(counts)


def _warn(sheets: dict[str, _Sheets], out: Path) -> None:
    for name, table in sheets.items():
        if table.number > 1:
            log.warning(
                "%s: %s goes on over %d sheets: Excel has %s rows on one",
                out.name,
                name,
                table.number,
                f"{MOST_ROWS:,}",
            )
        if table.cut:
            log.warning(
                "%s: %d cells of %s are cut: Excel has %s characters in one; other formats hold them whole",
                out.name,
                table.cut,
                name,
                f"{MOST_CHARACTERS:,}",
            )


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
