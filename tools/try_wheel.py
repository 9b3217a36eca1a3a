"""The built wheel, installed as a user installs it and tried as the tutorial says, on every supported Python at hand.

    python tools/try_wheel.py dist/summarise-*.whl

For each version an environment is made, the wheel with its extra `export` installed, and the tutorial followed in it:
every command, and what it prints. A version that this machine does not have is named as not tried.

Exit status: 0 none failed, 1 one failed or none was there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.page_running import furnish, walk  # noqa: E402
from tests.pages import DOCS, blocks  # noqa: E402

VERSIONS = ((3, 11), (3, 12), (3, 13))
FAILED = "FAILED"
NONE = "not tried, this machine has none"
TUTORIAL = DOCS / "tutorial" / "first-report.md"


def find_python(version: tuple[int, int]) -> Path | None:
    """A Python of this version that starts: on the path, of pyenv or uv, or where systems put them."""
    name = "python{}.{}".format(*version)
    for candidate in _candidates(name):
        ask = [str(candidate), "-c", "import sys, venv; print(*sys.version_info[:2])"]
        try:
            said = subprocess.run(ask, capture_output=True, text=True, timeout=60, check=False)
        except OSError:
            continue
        if said.returncode == 0 and said.stdout.split() == [str(part) for part in version]:
            return candidate
    return None


def _candidates(name: str) -> Iterator[Path]:
    if f"python{sys.version_info[0]}.{sys.version_info[1]}" == name:
        yield Path(sys.executable)
    if found := shutil.which(name):
        yield Path(found)
    number = name.removeprefix("python")
    home = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(home.glob(f"versions/{number}.*/bin/{name}"), reverse=True)
    yield from sorted(Path.home().glob(f".local/share/uv/python/cpython-{number}.*/bin/{name}"), reverse=True)
    yield from (Path(folder, name) for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"))


def try_on(python: Path, wheel: Path, place: Path) -> None:
    """Installs the wheel into a new environment and follows the tutorial with it.

    Raises `CalledProcessError` or `AssertionError`.
    """
    environment = place / "environment"
    subprocess.run([python, "-m", "venv", environment], check=True)
    programs = environment / "bin"
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    subprocess.run([*install, f"{wheel.resolve()}[export]"], check=True)
    subprocess.run([programs / "python", "-m", "pip", "check"], check=True, stdout=subprocess.DEVNULL)
    folder = place / "folder"
    folder.mkdir()
    furnish(folder)
    with walk(folder, programs) as following:
        for block in blocks(TUTORIAL):
            following.take(block)


def main(wheel: Path) -> int:
    """Tries each version; says what was tried and what was not."""
    with ThreadPoolExecutor(len(VERSIONS)) as side_by_side:
        outcomes = list(side_by_side.map(lambda version: outcome(version, wheel), VERSIONS))
    for version, said in zip(VERSIONS, outcomes, strict=True):
        sys.stdout.write("Python {}.{}: {}\n".format(*version, said))
    failed = any(said.startswith(FAILED) for said in outcomes)
    return 1 if failed or all(said == NONE for said in outcomes) else 0


def outcome(version: tuple[int, int], wheel: Path) -> str:
    """What came of one version, in words."""
    python = find_python(version)
    if python is None:
        return NONE
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        try:
            try_on(python, wheel, Path(place))
        except (subprocess.CalledProcessError, AssertionError) as problem:
            return f"{FAILED}\n{problem}"
    return f"installed, and the tutorial followed, in {time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
