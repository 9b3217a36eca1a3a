"""The way out: of any ledger that can be read come exports, a page and a dossier, or an error of ours.

Rows of every schema and version can be in a ledger, so the summaries are changed at will. JSON Lines are JSON, the
tables hold as many articles as the ledger, and writing them again from the same ledger gives the same.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from fuzz import ledgers
from fuzz.mutation import changed
from fuzz.target import Target
from summarise.corpus.ledger import read_ledger
from summarise.dossier import build_dossier, write_dossier
from summarise.errors import LedgerError, SummariseError
from summarise.export import export_ledger
from summarise.report import write_report

LIGHT = (".csv", ".sqlite", ".ics", ".plover.jsonl", ".ftm.json")
HEAVY = (".xlsx", ".parquet", ".duckdb")
"""These take ten times as long to write; one input in eight is written so."""


def check(data: bytes) -> None:
    """Writes a ledger with this content in every form."""
    with ledgers.quiet(), tempfile.TemporaryDirectory(dir=ledgers.memory()) as place:
        ledger = Path(place, "ledger.jsonl")
        ledger.write_bytes(data)
        try:
            rows = list(read_ledger(ledger))
        except LedgerError:
            return
        suffixes = LIGHT if sum(data) % 8 else (*LIGHT, *HEAVY)
        outs = [Path(place, f"out{suffix}") for suffix in suffixes]
        for out in outs:
            try:
                export_ledger(ledger, out)
            except SummariseError as problem:
                assert str(out) in str(problem) or str(ledger) in str(problem), problem
                outs = [each for each in outs if each != out]
        for out in outs:
            _check_export(out, len(rows))
        write_report(ledger, Path(place, "report.html"))
        dossier = build_dossier(ledger)
        for suffix in (".md", ".json"):
            write_dossier(dossier, Path(place, f"dossier{suffix}"))
        json.loads(Path(place, "dossier.json").read_text("utf-8"))
        for row in rows:
            row._repr_html_()


def _check_export(out: Path, articles: int) -> None:
    match out.name.removeprefix("out"):
        case ".csv":
            with (out / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
                csv.field_size_limit(10**9)
                assert len(list(csv.DictReader(file))) == articles
        case ".sqlite":
            with closing(sqlite3.connect(out)) as database:
                assert database.execute("select count(*) from articles").fetchone() == (articles,)
        case ".plover.jsonl" | ".ftm.json":
            for line in out.read_bytes().splitlines():
                json.loads(line, parse_constant=_refuse)
        case _:
            assert out.exists()


def _refuse(name: str) -> Any:
    raise AssertionError(f"{name} is no JSON")


def mutate(data: bytes, chance: Random) -> bytes:
    """Changes the summary of one row."""
    lines = data.splitlines(keepends=True)
    if not lines or chance.random() < 0.1:
        return ledgers.mutate(data, chance)
    at = chance.randrange(len(lines))
    try:
        row = json.loads(lines[at])
        part = chance.choice(("summary", "summary", "summary", "error", "usage", "fingerprint", "id"))
        row[part] = changed(row.get(part), chance, lambda: chance.choice(VALUES))
        lines[at] = json.dumps(row).encode() + b"\n"
    except (ValueError, TypeError, AttributeError, RecursionError):
        lines[at] = chance.choice(ledgers.ledger_rows())
    return b"".join(lines)


VALUES: tuple[Any, ...] = (
    "ok", "failed", "v1", "2024-02-30", "2024-04-11", "9999-12-31", "0001-01-01", "PER", "XXX", "=1+1", "@SUM(A1)",
    "<script>", "</script>", "a\r\nb", "\x00", "\x0b", "\ufffe", "\ud800", "\u2028", "x" * 40_000, 10**30, -1, 0, 1e308,
    {"name": "Ana Reyes", "kind": "person", "title": None, "country": "PER"}, [], {}, None, "completed", "person",
    {"text": "in May", "start": "2024-05", "end": None, "precision": "month", "basis": "explicit"},
)  # fmt: skip

TARGET = Target("exports, report and dossier", check, ledgers.seeds, ledgers.WORDS, mutate, longest=16_384)
