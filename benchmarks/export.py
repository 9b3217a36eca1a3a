"""What an export costs in time and memory, each format in a process of its own.

    python benchmarks/export.py [--articles 50000]

A ledger of 2,000 made-up articles and one of so many are written to each format: seconds, the largest that the process
was, and the size of what came out, in megabytes. The first line of each ledger reads it and writes nothing; the last
one makes data frames, which are in memory as a whole.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.made_ledger import rows  # noqa: E402
from summarise.export.formats import FORMATS  # noqa: E402

FEW = 2_000
_READING = "import sys; from summarise import read_ledger; print(sum(1 for _ in read_ledger(sys.argv[1])))"
_FRAMES = "import sys; from summarise import to_frames; to_frames(sys.argv[1])"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    many: int = parser.parse_args().articles
    print(f"{'articles':>10}  {'format':<14}{'seconds':>10}{'peak MB':>10}{'MB written':>12}")
    for count in (FEW, many):
        with tempfile.TemporaryDirectory() as place:
            ledger = Path(place, "ledger.jsonl")
            with ledger.open("w", encoding="utf-8") as file:
                file.writelines(f"{row.model_dump_json()}\n" for row in rows(count))
            _measured(count, "(reading)", ["-c", _READING, str(ledger)], None)
            for known in FORMATS:
                out = Path(place, f"out{known.suffix}")
                _measured(count, known.suffix, ["-m", "summarise", "export", str(ledger), str(out)], out)
            _measured(count, "(frames)", ["-c", _FRAMES, str(ledger)], None)


def _measured(count: int, name: str, arguments: list[str], out: Path | None) -> None:
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    assert status == 0, (name, status)
    size = f"{_size(out) / 1e6:>12.1f}" if out else ""
    print(f"{count:>10,}  {name:<14}{seconds:>10.1f}{used.ru_maxrss / 1024:>10.1f}{size}", flush=True)


def _size(out: Path) -> int:
    files = out.iterdir() if out.is_dir() else [out]
    return sum(path.stat().st_size for path in files)


if __name__ == "__main__":
    main()
