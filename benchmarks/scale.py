"""What a run over many articles costs in memory, and a resumed one in time.

    python benchmarks/scale.py [--articles 100000]

So many short articles from one `.jsonl`, read by rules (`--model offline`), in a process of its own: the largest that
it was, beside that of a run over 1,000; then the same command once more, over the finished ledger, in seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ARTICLE = """Reyes in Oslo

OSLO, March 12, 2024. Foreign Minister Ana Reyes of Peru flew to Oslo on March 11, 2024. Ticket {number} was hers.
"""
FEW = 1_000


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    many: int = parser.parse_args().articles
    print(f"{'articles':>10}{'seconds':>10}{'peak MB':>10}{'again, s':>10}{'peak MB':>10}")
    for count in (FEW, many):
        with tempfile.TemporaryDirectory() as place:
            source, ledger = Path(place, "articles.jsonl"), Path(place, "ledger.jsonl")
            with source.open("w") as file:
                for number in range(count):
                    file.write(json.dumps({"id": f"a{number}", "text": ARTICLE.format(number=number)}) + "\n")
            first, again = _run(source, ledger), _run(source, ledger)
        print(f"{count:>10}{first[0]:>10.1f}{first[1]:>10.1f}{again[0]:>10.1f}{again[1]:>10.1f}")


def _run(source: Path, ledger: Path) -> tuple[float, float]:
    """Wall-clock seconds, and the largest that the process was, in megabytes."""
    command = [sys.executable, "-m", "summarise", "corpus", str(source), "--out", str(ledger), "--model", "offline"]
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, status
    return time.perf_counter() - begin, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
