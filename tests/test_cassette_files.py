"""All files in `cassettes/`: safe to publish, of today's prompt and schema, used by a test, made from the table."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests import scenarios
from tests.recording import readable
from tests.recording.replay import command, staleness
from tests.recording.scan import faults_of, secrets_in
from tests.recording.scenario import Identity
from tests.recording.tape import About

ROOT = Path(__file__).parent.parent


def test_nothing_but_cassettes_is_in_the_folder(cassette_folder: Path) -> None:
    strangers = [path.name for path in cassette_folder.iterdir() if path.suffix != ".yaml" and path.name != "README.md"]
    assert strangers == []


def test_no_cassette_holds_a_secret_or_names_a_machine(cassette_folder: Path) -> None:
    found = {}
    for path in cassette_folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        found[path.name] = [*secrets_in(text), *faults_of(readable.load(text))]
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_cassette_comes_from_the_table_and_every_row_is_recorded(cassette_folder: Path) -> None:
    recorded = {path.stem for path in cassette_folder.glob("*.yaml")}
    rows = {each.name for each in scenarios.SCENARIOS}
    assert sorted(recorded - rows) == [], "no scenario makes these files: delete them"
    assert [command(name) for name in sorted(rows - recorded)] == [], "run these"


def test_every_cassette_is_of_today(cassette_folder: Path, current_identity: Callable[[str], Identity | None]) -> None:
    stale = []
    for path in sorted(cassette_folder.glob("*.yaml")):
        current = current_identity(path.stem)
        assert current is not None
        stale.append(staleness(path.stem, About(**readable.load(path.read_text(encoding="utf-8"))["about"]), current))
    assert [line for line in stale if line] == []


def test_induced_answers_are_said_in_the_name_and_in_the_file(cassette_folder: Path) -> None:
    untold = []
    for path in cassette_folder.glob("*.yaml"):
        induced = readable.load(path.read_text(encoding="utf-8"))["about"]["induced"]
        if bool(induced) != path.name.startswith("induced_"):
            untold.append(path.name)
    assert untold == []


def test_every_cassette_is_used_by_a_test(cassette_folder: Path) -> None:
    listing = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-p", "tests.recording.listing", "tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listing.returncode == 0, listing.stdout + listing.stderr
    used = {line.removeprefix("cassette ") for line in listing.stdout.splitlines() if line.startswith("cassette ")}
    unused = {path.stem for path in cassette_folder.glob("*.yaml")} - used
    assert sorted(unused) == [], "no test is marked with these: delete them, or use them"
