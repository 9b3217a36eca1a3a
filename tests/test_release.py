"""The packages: the same bytes wherever and whenever they are built, with what they need in them and nothing else."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import audit, try_wheel

ROOT = Path(__file__).parent.parent
PARTS = (
    "summarise",
    "prompts",
    "schemas",
    "examples",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "pyproject.toml",
    ".gitignore",
)
MOST_BYTES = 4_000_000
"""Of a package; most of it are the ranks for counting tokens and the names of places."""


def build(source: Path, out: Path, *kinds: str, umask: int = 0o022, **environment: str) -> dict[str, Path]:
    """The packages by the end of their names, built without isolation, so that nothing is downloaded."""
    command = [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", str(out), str(source)]
    clean = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        command, env=clean | environment, umask=umask, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.suffix: path for path in out.iterdir()}


def copied(place: Path, *, age: float) -> Path:
    """The checkout's parts in another folder, with other times and permissions."""
    place.mkdir(parents=True)
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place / name)
    for path in place.rglob("*"):
        os.utime(path, (time.time() - age, time.time() - age))
        if path.is_file() and age:
            path.chmod(0o600)
    return place


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("built")
    return build(copied(place / "here", age=0), place / "out")


def test_two_builds_are_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    there = copied(tmp_path / "quite" / "elsewhere", age=400 * 86400)
    again = build(there, tmp_path / "out", umask=0o077, TZ="Pacific/Apia", LC_ALL="C", PYTHONHASHSEED="7")
    assert {path.name: digest(path) for path in again.values()} == {path.name: digest(path) for path in built.values()}


def test_the_wheel_from_the_sdist_is_the_wheel(built: dict[str, Path], tmp_path: Path) -> None:
    with tarfile.open(built[".gz"]) as packed:
        packed.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    wheel = build(source, tmp_path / "out", "--wheel")[".whl"]
    assert digest(wheel) == digest(built[".whl"])


def test_the_sdist_holds_what_it_needs_and_nothing_else(built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as packed:
        names = [member.name.partition("/")[2] for member in packed.getmembers()]
    assert {name.partition("/")[0] for name in names} == {*PARTS, "PKG-INFO"}
    assert not [name for name in names if "__pycache__" in name or "test" in name]
    assert max(path.stat().st_size for path in built.values()) < MOST_BYTES


def test_an_index_would_take_them(built: dict[str, Path]) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, built.values())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_versions_of_python_are_those_that_are_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = {each.rpartition(" :: ")[2] for each in project["classifiers"] if "Python :: 3." in each}
    assert told == {"{}.{}".format(*version) for version in try_wheel.VERSIONS}
    assert project["requires-python"] == ">={}.{}".format(*try_wheel.VERSIONS[0])
    assert try_wheel.find_python((sys.version_info[0], sys.version_info[1])) is not None
    assert try_wheel.find_python((3, 99)) is None


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# -------------------------------------------------------------------------------------------- known vulnerabilities


Answer = Callable[[str], list[dict[str, object]]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], int]:
    """The exit status of an audit of an environment with one package, by what a service knows of a package."""

    def run(knows: Answer) -> int:
        def report(_service: list[str], what: list[str]) -> dict[str, object] | str:
            name, version = ("jinja2", "2.4.1") if "--requirement" in what else ("yarl", "1.25")
            return {"dependencies": [{"name": name, "version": version, "vulns": knows(name)}]}

        monkeypatch.setattr(audit, "report_of", report)
        return audit.main(["site-packages"])

    return run


FOUND: dict[str, object] = {"id": "PYSEC-1", "fix_versions": ["9"], "aliases": ["CVE-1"]}


def test_an_audit_finds_what_the_service_knows(
    asked: Callable[[Answer], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(lambda _name: [FOUND]) == 1
    assert "yarl 1.25: PYSEC-1, mended in ['9']" in capsys.readouterr().out


def test_a_clean_audit_is_one_by_a_service_that_knows_something(asked: Callable[[Answer], int]) -> None:
    assert asked(lambda name: [FOUND] if name == "jinja2" else []) == 0


def test_a_service_without_knowledge_is_no_audit(
    asked: Callable[[Answer], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(lambda _name: []) == 3
    assert "NOT AUDITED" in capsys.readouterr().out


def test_an_advisory_that_is_explained_is_no_finding(
    asked: Callable[[Answer], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "EXPLAINED", {"CVE-1": "not reached from here"})
    assert asked(lambda _name: [FOUND]) == 0


def test_a_service_that_cannot_be_reached_is_no_audit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert audit.main([str(tmp_path), "--osv-url", "http://127.0.0.1:9/v1/query"]) == 3
    assert "NOT AUDITED" in capsys.readouterr().out
