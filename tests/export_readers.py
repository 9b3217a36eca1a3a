"""Each export read back by the tool its users would use.

Tables come back as rows like those of `table_rows`; a calendar, event records and entities as what the tool makes of
them, each item valid by its own rules.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import followthemoney
import followthemoney.types
import icalendar
import openpyxl
import pyarrow.parquet

from summarise.export.csv_folder import plain
from summarise.export.tables import TABLES, TableRows


def read_csv(out: Path) -> TableRows:
    """By the `csv` module; the apostrophes before formulas taken off again, by the rule in the docs."""
    readings: dict[str, Callable[[str], Any]] = {
        "text": lambda cell: plain(cell) or None, "texts": json.loads, "day": lambda cell: cell or None,
        "whole": lambda cell: int(cell) if cell else None, "real": lambda cell: float(cell) if cell else None,
    }  # fmt: skip
    found: TableRows = {}
    for path in out.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file, strict=True))
        table = TABLES[path.stem]
        assert tuple(lines[0]) == table.names
        found[path.stem] = [
            tuple(readings[column.kind](cell) for column, cell in zip(table.columns, line, strict=True))
            for line in lines[1:]
        ]
    return found


def read_parquet(out: Path) -> TableRows:
    """By pyarrow."""
    found: TableRows = {}
    for path in out.iterdir():
        table = pyarrow.parquet.read_table(path)
        assert tuple(table.column_names) == TABLES[path.stem].names
        assert all(field.metadata[b"description"] for field in table.schema)
        found[path.stem] = [tuple(_iso(cell) for cell in row.values()) for row in table.to_pylist()]
    return found


def read_workbook(out: Path) -> TableRows:
    """By openpyxl; sheets such as `visits 2` go on where `visits` ends."""
    book = openpyxl.load_workbook(out)
    found: TableRows = {}
    for sheet in book.worksheets:
        name = sheet.title.split(" ")[0]
        assert sheet.freeze_panes == f"{'ABC'[len(TABLES[name].key)]}2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert not any(cell.data_type == "f" or cell.hyperlink for row in sheet.iter_rows() for cell in row)
        lines = list(sheet.iter_rows(values_only=True))
        assert lines[0] == TABLES[name].names
        found.setdefault(name, []).extend(tuple(map(_iso, line)) for line in lines[1:])
    return found


def read_duckdb(out: Path) -> TableRows:
    """By SQL."""
    with closing(duckdb.connect(out, read_only=True)) as database:
        names = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: [tuple(map(_iso, row)) for row in database.execute(f"SELECT * FROM {name}").fetchall()]
            for name in names
        }


def read_sqlite(out: Path) -> TableRows:
    """By SQL."""
    with closing(sqlite3.connect(out)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found: TableRows = {}
        for name in names:
            if name.startswith("sqlite_"):
                continue
            kinds = [column.kind for column in TABLES[name].columns]
            found[name] = [
                tuple(json.loads(cell) if kind == "texts" else cell for kind, cell in zip(kinds, row, strict=True))
                for row in database.execute(f"SELECT * FROM {name}")
            ]
        return found


def read_calendar(out: Path) -> list[Any]:
    """The events, by icalendar; it finds no fault in any."""
    parsed = icalendar.Calendar.from_ical(out.read_bytes())
    events = parsed.walk("VEVENT")
    assert not any(part.errors for part in (parsed, *events))
    return list(events)


def read_lines(out: Path) -> list[dict[str, Any]]:
    """The values, one a line, by the `json` module."""
    return [json.loads(line) for line in out.read_bytes().decode().splitlines()]


def read_entities(out: Path) -> list[Any]:
    """The entities, by followthemoney: each once, valid, unchanged by its cleaning, and none that leads nowhere."""
    by_id: dict[str, Any] = {}
    for data in read_lines(out):
        given = json.loads(json.dumps(data))
        entity = followthemoney.model.get_proxy(data)
        entity.schema.validate(data)
        assert type(entity).from_dict(given, cleaned=False).to_dict() == data
        assert entity.id not in by_id
        by_id[entity.id] = entity
    for entity in by_id.values():
        for prop in entity.iterprops():
            for id in entity.get(prop) if prop.type == followthemoney.types.registry.entity else ():
                assert by_id[id].schema.is_a(prop.range), prop
    return list(by_id.values())


READERS: dict[str, Callable[[Path], TableRows]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".xlsx": read_workbook,
    ".duckdb": read_duckdb,
    ".sqlite": read_sqlite,
}
"""Of the formats that hold tables."""

ALL_READERS: dict[str, Callable[[Path], Any]] = {
    **READERS,
    ".ics": read_calendar,
    ".plover.jsonl": read_lines,
    ".ftm.json": read_entities,
}


def _iso(cell: Any) -> Any:
    if isinstance(cell, datetime):
        assert cell.time() == datetime.min.time()
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell
