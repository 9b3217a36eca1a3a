"""What becomes of a corpus in batches when the process is killed at every step.

    python benchmarks/batch.py [--articles N] [--bad RATE]

Invented articles go out through `summarise batch submit`, and come back through `summarise batch collect --wait`. The
provider is a server in a process of its own, on loopback, which answers that share of the requests badly, each time
anew. Each moment of the table is one `kill -9`: by the server, before it carries a call out or after it, before it
answers; or by whoever watches the files grow. Then the same command is given again. The counts below are the server's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import material, serving  # noqa: E402

KILLS = {
    "submit": (
        "POST /files 1 before", "POST /files 2 after", "POST /batches 1 before", "POST /batches 2 after",
    ),
    "collect": (
        "GET /batches/id 1 after", "GET /files/content 1 before", "GET /files/content 2 after",
        "POST /files 6 before", "POST /files 7 after", "POST /batches 6 before", "POST /batches 7 after",
    ),
}  # fmt: skip
"""The numbers are those of the calls of one run over four batches, the repeated ones included."""
PARTS = 4
CALL = "in a call to the provider"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--bad", type=float, default=0.03)
    given = parser.parse_args()
    seen, rows, moments = killed_at_every_step(given.articles, given.bad)
    print(f"{'killed':<62}{'rows in the ledger then':>24}")
    for moment, number in moments:
        print(f"{moment:<62}{number:>24}")
    ok = [row["id"] for row in rows if row["status"] == "ok"]
    print(f"\narticles {given.articles}, ok {len(set(ok))}, rows {len(rows)}, of them twice {len(ok) - len(set(ok))}")
    asked = Counter(seen["asked"])
    requests = sum(asked.values())
    print(f"requests {requests} ({requests / given.articles:.3f} per article), most about one {max(asked.values())}")
    print(f"sent a second time though answered, or out: {seen['repeated']}")
    print(f"files {seen['files']}, batches {seen['batches']}, kills {len(moments)}")


def killed_at_every_step(count: int, bad: float) -> tuple[dict[str, Any], list[dict[str, Any]], list[tuple[str, int]]]:
    """The server's counts, the rows of the ledger, and each kill with the number of rows at that moment."""
    moments: list[tuple[str, int]] = []
    with tempfile.TemporaryDirectory() as place, material(count) as (folder, replies):
        ledger, victim = Path(place, "ledger.jsonl"), Path(place, "victim")
        kills = [option for step in KILLS.values() for moment in step for option in ("--kill", moment)]
        options = [*kills, "--victim", str(victim), "--bad", str(bad), "--looks", "2"]
        with serving(replies, *options, program="tests.batch_server") as server:

            def step(name: str, *arguments: str, watch: dict[str, Callable[[], bool]]) -> None:
                while (killed := _run([name, *arguments], victim, watch)) is not None:
                    moments.append((f"{name}: {killed or CALL}", _rows(ledger)))

            first = ledger.with_name("ledger.batches") / "0002.articles.jsonl"
            follow_up = first.with_name(f"{PARTS + 1:04}.articles.jsonl")
            size = str(-(-count // PARTS))
            step(
                "submit", str(folder), "--out", str(ledger), "--base-url", server.url, "--batch-requests", size,
                "--no-second-opinion",
                watch={"while files are written": lambda: _size(first) > 0},
            )  # fmt: skip
            step(
                "collect", str(ledger), "--wait",
                watch={
                    "while rows are written": lambda: _rows(ledger) > count // 3,
                    "while follow-ups are written": lambda: _size(follow_up) > 0 and _rows(ledger) > 2 * count // 3,
                },
            )  # fmt: skip
        rows = [json.loads(line) for line in ledger.read_text().splitlines()]
    calls = iter(server.seen["kills"])
    named = [(text.replace(CALL, f"at {next(calls)}") if CALL in text else text, number) for text, number in moments]
    return server.seen, rows, named


def _run(arguments: list[str], victim: Path, watch: dict[str, Callable[[], bool]]) -> str | None:
    """Run a command; None if it came to its end, else what it was killed for (nothing if it was by the server)."""
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "OPENAI_API_KEY": "sk-benchmark", "SUMMARISE_MODEL": "gpt-4o-mini",
        "SUMMARISE_BACKOFF": "0.02",
    }  # fmt: skip
    command = [sys.executable, "-m", "summarise", "batch", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment) as process:
        victim.write_text(str(process.pid))
        while process.poll() is None:
            for name, due in list(watch.items()):
                if due():
                    del watch[name]
                    process.kill()
                    process.wait()
                    return name
            time.sleep(0.002)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    if process.returncode == -9:
        return ""
    if process.returncode:
        raise SystemExit(f"{arguments} ended with {process.returncode}: {said}")
    return None


def _rows(ledger: Path) -> int:
    return ledger.read_bytes().count(b"\n") if ledger.exists() else 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


if __name__ == "__main__":
    main()
