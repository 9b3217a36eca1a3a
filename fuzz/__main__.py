"""`python -m fuzz`: see the package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import fuzz as package
from fuzz.campaign import fuzz, try_again
from fuzz.targets import NAMES, target


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzzes a target, or tries files. Status 1 if there is a finding."""
    parser = argparse.ArgumentParser(
        "python -m fuzz", description=package.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="?", choices=NAMES)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="inputs to try, or a folder of them")
    parser.add_argument("--seconds", type=int, help="how long to fuzz")
    given = parser.parse_args(arguments)
    if given.target is None:
        for name in NAMES:
            print(f"{name:<10} {target(name).tells}")
        return 0
    if given.seconds is not None and given.seconds < 1:
        parser.error("--seconds must be at least 1")
    if bool(given.files) == bool(given.seconds):
        parser.error("give either --seconds N or the files to try again")
    if missing := [str(path) for path in given.files if not path.exists()]:
        parser.error(f"there is no {', '.join(missing)}")
    if missing := [name for name in ("hypothesis", "jsonschema_rs", "yaml") if find_spec(name) is None]:
        parser.error(f"{', '.join(missing)}: not installed; in a checkout: pip install -e . --group dev")
    wanted = target(given.target)
    if given.files:
        print(f"{given.target}: {try_again(wanted, given.files)} inputs tried, no finding")
        return 0
    if find_spec("atheris") is None:
        parser.error("atheris is not installed: pip install atheris (Linux and macOS)")
    outcome = fuzz(given.target, wanted, given.seconds)
    print(f"{given.target}: {outcome}", flush=True)
    for path in outcome.findings:
        print(f"  python -m fuzz {given.target} {path}")
    return bool(outcome.findings)


if __name__ == "__main__":
    sys.exit(main())
