"""What an export costs: seconds and memory for a ledger of made-up articles, by format.

    python benchmarks/exchange.py --rows 20000

Each format is written by a process of its own, from a ledger on disk. Memory is the process's largest resident set;
beside it stands that of a process which writes ten rows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.export.generated import generated_rows  # noqa: E402

FORMATS = {"calendar": "visits.ics", "plover": "events.plover.jsonl", "followthemoney": "entities.ftm.json"}
_WRITE = """
import resource, sys, time
from importlib import import_module
from pathlib import Path
from summarise.corpus.ledger import read_ledger
module, ledger, out = import_module("summarise.export." + sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
start = time.perf_counter()
counts = module.write(read_ledger(ledger), out)
seconds = time.perf_counter() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(seconds, memory, out.stat().st_size / 1e6, sum(counts.values()))
"""


def main() -> None:
    """Prints a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.jsonl", Path(folder) / "large.jsonl"
        for path, count in ((small, 10), (large, rows)):
            with path.open("wb") as file:
                for row in generated_rows(count):
                    file.write(row.model_dump_json().encode("utf-8", "replace") + b"\n")
        print(f"{rows:,} rows, {large.stat().st_size / 1e6:.0f} MB")
        for name, out in FORMATS.items():
            _, before, _, _ = measured(name, small, Path(folder) / out)
            seconds, memory, size, items = measured(name, large, Path(folder) / out)
            print(f"{name}: {seconds:.1f} s, {memory:.0f} MB of memory ({before:.0f} for 10 rows), "
                  f"{items:,.0f} counted, {size:.0f} MB")  # fmt: skip


def measured(name: str, ledger: Path, out: Path) -> list[float]:
    """Seconds, MB of memory, MB written, what was counted."""
    command = [sys.executable, "-c", _WRITE, name, str(ledger), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [float(figure) for figure in done.stdout.split()]


if __name__ == "__main__":
    main()
