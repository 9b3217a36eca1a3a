"""The process of the soak that nobody kills: it reads the corpus again and again, and tells what it leaves behind.

    python -m benchmarks.soak_steady ARTICLES PLACE URL SECONDS

Prints, as JSON: rounds, rows, runs that ended early, and what was open before the first and after the last round:
sockets, files, threads, child processes.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from summarise import asummarise_corpus
from summarise.errors import SummariseError
from summarise.settings import load_settings

AT_ONCE = 16
PATIENT = {"complaints": 4, "transient_retries": 4, "timeout": 5.0, "backoff": 0.05, "backoff_cap": 0.5}


def main() -> None:
    """Reads until the time is up, and then until the round is over."""
    folder, place, url, seconds = sys.argv[1:]
    logging.basicConfig(level=logging.ERROR)
    begin = open_now()
    told = asyncio.run(_rounds(Path(folder), Path(place), url, float(seconds)))
    gc.collect()
    sys.stdout.write(json.dumps({**told, "before": begin, "after": open_now()}) + "\n")


async def _rounds(folder: Path, place: Path, url: str, seconds: float) -> dict[str, Any]:
    settings = load_settings(base_url=url, api_key="sk-soak", model="gpt-4o-mini", **PATIENT)
    end, rounds, rows, early = time.monotonic() + seconds, 0, 0, Counter[str]()
    while time.monotonic() < end:
        ledger = place / "steady.jsonl"
        while time.monotonic() < end + 60:
            failed = 0
            try:
                async for row in asummarise_corpus(folder, out=ledger, settings=settings, concurrency=AT_ONCE):
                    rows += 1
                    failed += row.status == "failed" and row.error is not None and row.error.kind != "ArticleTooLong"
            except SummariseError as problem:
                early[problem.kind] += 1
                await asyncio.sleep(0.5)
                continue
            if not failed:
                break
        ledger.rename(place / f"steady-{rounds}.done")
        rounds += 1
        while (place / f"steady-{rounds - 1}.done").exists() and time.monotonic() < end:
            await asyncio.sleep(0.05)  # it is looked at, and taken away
    return {"rounds": rounds, "rows": rows, "early": early}


def open_now() -> dict[str, int]:
    """What this process has open: sockets, other files, threads, child processes."""
    kinds = Counter[str]()
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:  # the one for this very list
            continue
        kinds["sockets" if target.startswith("socket:") else "files"] += 1
    return {**kinds, "threads": threading.active_count(), "children": len(children_of(os.getpid()))}


def children_of(parent: int) -> list[int]:
    """The processes that this one began and that are still there."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


if __name__ == "__main__":
    main()
