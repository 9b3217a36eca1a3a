"""`python -m tests.demo`: the corpus run over the examples, with recorded answers, through the real command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from summarise import evaluate
from summarise.corpus.ledger import read_ledger

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "tests" / "gold" / "seeds"


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
    scored = evaluate(SEEDS, ledger_of(demo))
    assert (scored.gold, scored.absent, scored.failed, scored.findings) == (4, [], [], [])
    found = {name: (score.found, score.false, score.missed) for name, score in scored.records.items()}
    assert found == {
        "visits": (19, 0, 0),
        "invitations": (6, 0, 0),
        "officials": (20, 0, 0),
        "all records": (45, 0, 0),
    }
    assert scored.core_visits.f1.value == 1
    assert scored.validity.share == 1


def test_the_evaluation_sees_a_missing_visit_and_a_wrong_date(demo: str) -> None:
    rows = list(read_ledger(ledger_of(demo)))
    at = next(at for at, row in enumerate(rows) if row.id.startswith("001"))
    stored = rows[at].summary
    assert stored is not None
    first, *others = stored["visits"]
    late = {**first, "when": {**first["when"], "start": "2022-10-16", "end": None}}
    for visits, outcome in ((others, "missed"), ([late, *others], "wrong")):
        rows[at] = rows[at].model_copy(update={"summary": {**stored, "visits": visits}})
        scored = evaluate(SEEDS, rows, resamples=1)
        assert [one.outcome for one in scored.findings if one.type == "visits"] == [outcome]
        assert scored.core_visits.found == 18
