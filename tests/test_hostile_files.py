"""Hostile ledgers and archives: what SECURITY.md says of them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from summarise import Settings, summarise_article
from summarise.cli import main

TEXT = "NAIROBI, March 12, 2024. President Amina Okello of Kenya will visit Norway on March 19, her office said.\n"
EVIL = (
    '=HYPERLINK("http://evil.example","x")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>", "../../etc/passwd", "a\r\nb,c", '"; DROP TABLE visits; --',
)  # fmt: skip


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code in (0, 1), done.output
    return done.output


def hostile_ledger(folder: Path) -> Path:
    summary = json.loads(summarise_article(TEXT, settings=Settings(model="offline")).model_dump_json())
    assert summary["visits"]
    rows: list[dict[str, Any]] = []
    for words in EVIL:
        changed = json.loads(json.dumps(summary)) | {"headline": words, "summary": words, "outlet": words}
        for visit in changed["visits"]:
            visit |= {"purpose": words, "places": [words], "caveat": words}
            visit["visitors"][0]["name"] = visit["evidence"][0]["text"] = words
        rows.append({"id": words, "source": words, "status": "ok", "summary": changed, "usage": {}, "fingerprint": {}})
    path = folder / "evil.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def test_a_hostile_ledger_makes_neither_formulas_nor_markup(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    ledger = hostile_ledger(tmp_path)
    for name in ("all.csv", "all.xlsx", "all.sqlite", "all.duckdb", "all.ics"):
        run("export", str(ledger), str(tmp_path / name))
    run("report", str(ledger), str(tmp_path / "report.html"))
    run("dossier", str(ledger), str(tmp_path / "dossier.md"))
    cells = [
        cell for sheet in openpyxl.load_workbook(tmp_path / "all.xlsx") for row in sheet.iter_rows() for cell in row
    ]
    assert cells
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    for table in (tmp_path / "all.csv").glob("*.csv"):
        assert not [line for line in table.read_text().splitlines() if line.startswith(("=", "+", "@"))]
    page = (tmp_path / "report.html").read_text()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    told = [line.split("`")[::2] for line in (tmp_path / "dossier.md").read_text().splitlines()]
    assert not any("<script" in part or "<img" in part for line in told for part in line)
    assert {path.name for path in tmp_path.iterdir()} == {
        "evil.jsonl", "all.csv", "all.xlsx", "all.sqlite", "all.duckdb", "all.ics", "report.html", "dossier.md",
    }  # fmt: skip


def test_a_ledger_cannot_have_a_file_shown_that_was_not_its_article(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the word of this machine is hush-hush\n")
    summary = json.loads(summarise_article(TEXT, settings=Settings(model="offline")).model_dump_json())
    row = {"id": "a", "source": str(secret), "status": "ok", "summary": summary, "usage": {}, "fingerprint": {}}
    (tmp_path / "ledger.jsonl").write_text(json.dumps(row) + "\n")
    run("report", str(tmp_path / "ledger.jsonl"), str(tmp_path / "report.html"))
    assert "hush" not in (tmp_path / "report.html").read_text()


def test_an_archive_writes_nothing_and_a_packed_giant_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../out.txt", TEXT)
        archive.writestr("/absolute.txt", TEXT)
        with archive.open("giant.txt", "w") as giant:
            for _ in range(70):
                giant.write(b"a" * 1_000_000)
    out = tmp_path / "ledger.jsonl"
    assert "1 ArticleTooLong" in run("corpus", str(tmp_path / "in.zip"), "--model", "offline", "--out", str(out))
    rows = {row["id"]: row["status"] for row in map(json.loads, out.read_text().splitlines())}
    assert sorted(rows.values()) == ["failed", "ok"]
    assert {path.name for path in tmp_path.iterdir()} == {"in.zip", "ledger.jsonl"}
    assert not (tmp_path.parent.parent / "out.txt").exists()
