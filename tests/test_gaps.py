"""A ledger that was cut off or has no articles: every command that reads one says so, and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summarise.cli import main
from summarise.corpus.gaps import cut_off_parts, is_empty
from summarise.corpus.part_files import write_parquet
from tests.gold_ledgers import gold, perfect, visit, write_ledger

GOLD = [gold(name, visits=[visit()]) for name in ("a", "b")]
INCOMPLETE = "the last row is incomplete and was left out"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with gold, a ledger of two articles, the same cut off within the second, and an empty one."""
    monkeypatch.chdir(tmp_path)
    Path("gold").mkdir()
    for article in GOLD:
        Path(f"gold/{article.id}.json").write_text(article.model_dump_json(), encoding="utf-8")
    whole = write_ledger(Path("whole.jsonl"), *map(perfect, GOLD)).read_bytes()
    Path("cut.jsonl").write_bytes(whole[: len(whole) - 40])
    Path("empty.jsonl").write_bytes(b"")
    return tmp_path


READING = [
    ["export", "{}", "out.sqlite", "out.plover.jsonl"],
    ["report", "{}", "out.html"],
    ["dossier", "{}", "out.json"],
    ["evaluate", "gold", "{}", "--resamples", "2"],
    ["evaluate", "gold", "whole.jsonl", "--compare", "{}", "--resamples", "2"],
]
by_command = pytest.mark.parametrize("command", READING, ids=lambda command: " ".join(command[:2]))


def run(command: list[str], ledger: str) -> Result:
    return CliRunner().invoke(main, [argument.format(ledger) for argument in command])


@by_command
def test_an_incomplete_last_row_is_said_once_on_stderr(place: Path, command: list[str]) -> None:
    result = run(command, "cut.jsonl")
    assert result.exit_code == 0, result.output
    assert result.stderr.count(f"cut.jsonl: {INCOMPLETE}") == 1
    assert INCOMPLETE not in result.stdout
    assert "no articles" not in result.stderr


@by_command
def test_of_a_whole_ledger_nothing_is_said(place: Path, command: list[str]) -> None:
    result = run(command, "whole.jsonl")
    assert result.exit_code == 0, result.output
    assert "incomplete" not in result.stderr
    assert "no articles" not in result.stderr


@pytest.mark.parametrize("command", READING[:3], ids=lambda command: command[0])
def test_a_ledger_without_articles_is_said(place: Path, command: list[str]) -> None:
    result = run(command, "empty.jsonl")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("empty.jsonl has no articles") == 1
    assert INCOMPLETE not in result.stderr
    Path("first.jsonl").write_bytes(Path("cut.jsonl").read_bytes()[:30])
    result = run(command, "first.jsonl")
    assert result.exit_code == 0, result.output
    assert INCOMPLETE in result.stderr
    assert "first.jsonl has no articles" in result.stderr


def test_the_parts_of_a_folder_are_looked_at_one_by_one(place: Path) -> None:
    folder = place / "parts"
    folder.mkdir()
    (folder / "part-00001.jsonl").write_bytes(Path("whole.jsonl").read_bytes())
    (folder / "part-00002.jsonl").write_bytes(Path("cut.jsonl").read_bytes())
    write_parquet([perfect(GOLD[0]).model_dump(mode="json")], folder / "part-00003.parquet")
    assert cut_off_parts(folder) == [folder / "part-00002.jsonl"]
    assert not is_empty(folder)
