"""Every script of benchmarks/ and tools/ can be begun: they take minutes, so that only a few are run in the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {"build_places.py"}
"""It needs packages that nothing else does; its docstring names them."""
SCRIPTS = [
    path
    for folder in ("benchmarks", "tools")
    for path in sorted((ROOT / folder).glob("*.py"))
    if path.name not in LEFT_OUT
]

_BEGIN = """
import runpy, sys
for path in sys.argv[1:]:
    runpy.run_path(path, run_name="imported")
    if "argparse.ArgumentParser(" not in open(path, encoding="utf-8").read():
        continue
    sys.argv = [path, "--help"]
    try:
        runpy.run_path(path, run_name="__main__")
    except SystemExit as end:
        assert not end.code, f"{path} --help ended with {end.code}"
    else:
        raise AssertionError(f"{path} --help ran it")
"""


def test_every_script_is_imported_and_tells_its_options() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN, *map(str, SCRIPTS)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("usage: ") >= 10


def test_a_script_that_cannot_be_begun_is_seen(tmp_path: Path) -> None:
    for name, text in {
        "gone.py": "from summarise import no_such_name",
        "runs.py": "import argparse\nargparse.ArgumentParser()",
    }.items():
        (tmp_path / name).write_text(text + "\n")
        command = [sys.executable, "-c", _BEGIN, str(tmp_path / name)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert name in done.stderr
