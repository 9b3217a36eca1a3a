"""The README's first command: the corpus run over the examples, with recorded answers, through the real command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from summarise.corpus.ledger import read_ledger
from summarise.records import ArticleSummary
from tests.gold_check import compare, gold_of
from tests.gold_check import lines as figures

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def demo() -> str:
    """What the command prints."""
    command = [sys.executable, "-m", "tests.demo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ledger_of(printed: str) -> Path:
    return Path(printed.strip().splitlines()[-1].removeprefix("The ledger: "))


def test_the_first_command_of_the_readme_gives_a_good_ledger(demo: str) -> None:
    assert "4 articles: 4 read, 0 kept from before, 0 failed" in demo
    assert list(figures(ledger_of(demo)))[-1].startswith("all: visits 19/19, dates 21/21")


def test_the_comparison_sees_a_missing_visit_and_a_wrong_date(demo: str) -> None:
    row = next(row for row in read_ledger(ledger_of(demo)) if row.id.startswith("001"))
    summary = row.parsed(ArticleSummary)
    assert summary is not None
    first, *others = summary.visits
    less = summary.model_copy(update={"visits": others})
    assert compare(gold_of(row.id), less).found == 2
    late = first.model_copy(update={"when": first.when.model_copy(update={"start": "2022-10-16"})})
    assert compare(gold_of(row.id), summary.model_copy(update={"visits": [late, *others]})).dates_right == 2
