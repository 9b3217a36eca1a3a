"""What becomes of a corpus run when the endpoint is at fault, when it is killed, and when its ledger is damaged.

    python benchmarks/faults.py                           all three tables, about six minutes
    python benchmarks/faults.py mix|kill|ledger [--articles N] [--seed S] [--same]

The server runs in a process of its own, on loopback; it decides by the seed which attempt meets which fault, each
independently, and marks every answer, so that a row of the ledger tells which reply it rests on. The articles are
invented, with the reply of a faultless model to each, and every row is compared with what that reply gives.

`mix`: 10% 429 (half of them with Retry-After), 3% 500 or 503, 2% reset connections, 2% hangs, 5% malformed JSON, 3%
that break the schema, 2% cut off at the limit. A request comes to nothing in 27 of 100 cases, so that 1 / 0.73 = 1.37
requests for each article are the fewest possible in the mean. Five attempts: four complaints about bad replies, four
retries of a call; a 429 is the pace's matter and counts as none. With `--same` all bad replies of one kind about one
article are alike, as a model's of temperature 0 would be: the same bad reply twice ends an article early.

`kill`: SIGKILL at 20 random moments of one run of the command, which is begun again each time.

`ledger`: a finished ledger, cut off at random bytes, and the same command again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import serving  # noqa: E402
from benchmarks.invented import pairs  # noqa: E402
from summarise.api import Summariser  # noqa: E402
from summarise.article import read_article  # noqa: E402
from summarise.corpus.ledger import Ledger, LedgerRow, read_ledger  # noqa: E402
from summarise.corpus.run import arun  # noqa: E402
from summarise.corpus.sources import articles  # noqa: E402
from summarise.judge import judge  # noqa: E402
from summarise.schema import contract  # noqa: E402
from summarise.settings import load_settings  # noqa: E402

AT_ONCE = 32
KILLS = 20
FIVE_ATTEMPTS = {"complaints": 4, "transient_retries": 4, "timeout": 5.0, "backoff": 0.05, "backoff_cap": 0.5}


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("mix", "kill", "ledger"))
    parser.add_argument("--articles", type=int, help="2,000 for the mix, else 600")
    parser.add_argument("--seed", type=int, default=2, help="of the faults and of the random moments")
    parser.add_argument("--same", action="store_true", help="bad replies of one kind about one article are alike")
    given = parser.parse_args()
    if given.what in (None, "mix"):
        mix(given.articles or 2000, given.seed, given.same)
    if given.what in (None, "kill"):
        kill(given.articles or 600, given.seed)
    if given.what in (None, "ledger"):
        ledger(given.articles or 600, given.seed)


def mix(count: int, seed: int, same: bool) -> None:
    """Every article ends ok, with few requests, and rests on a good reply."""
    options = ["--mix", f"--seed={seed}", "--latency=0.02", *["--same"] * same]
    with tempfile.TemporaryDirectory() as place:
        made, path, begin = Material(Path(place), count), Path(place, "ledger.jsonl"), time.monotonic()
        with serving(made.replies, *options) as server:
            asyncio.run(_run(made.folder, path, server.url))
        seconds, seen, rows = time.monotonic() - begin, server.seen, list(read_ledger(path))
        wrong = made.wrong(rows)
    ok = [row for row in rows if row.status == "ok"]
    unsound = [row.id for row in ok if not _rests_on_a_good_reply(row)]
    twice = [name for name, article in seen["articles"].items() if article["good"] > 1]
    print(f"The mix of faults, {count:,} articles, {AT_ONCE} at once, seed {seed}, {seconds:.0f} s")
    _table(
        ("articles ok", len(ok)),
        ("failed", len(rows) - len(ok)),
        ("lost: not in the ledger", count - len(rows)),
        ("requests", seen["requests"]),
        ("requests for each article", f"{seen['requests'] / count:.3f}"),
        ("faults given", sum(seen["faults"].values())),
        ("answers without fault", seen["good"]),
        ("articles that got more than one of them", len(twice)),
        ("rows that rest on a bad reply", len(unsound)),
        ("rows other than the faultless reply gives", len(wrong)),
    )
    print("given: " + ", ".join(f"{number} {fault}" for fault, number in seen["faults"].items()))
    for row in rows:
        if row.error is not None:
            print(f"  {row.id}: {row.error.kind}: {row.error.message}")


def kill(count: int, seed: int) -> None:
    """Twenty SIGKILLs, and every article is once in the ledger, with few requests made twice."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(count) for _ in range(KILLS))
    with tempfile.TemporaryDirectory() as place:
        made, path = Material(Path(place), count), Path(place, "ledger.jsonl")
        with serving(made.replies, "--latency=0.3") as server:
            killed = Counter(_killed(made.folder, path, server.url, moment, chance) for moment in moments)
            status = _command(made.folder, path, server.url).wait()
        rows, wrong, seen = _ok(path), made.wrong(list(read_ledger(path))), server.seen
    print(f"\nkill -9 at {KILLS} moments, {count} articles, {AT_ONCE} at once, seed {seed}")
    _table(
        ("killed, after some requests or before the first", f"{killed['killed']}, {killed['early']}"),
        ("ended before the kill", killed["ended"]),
        ("exit status of the last run", status),
        ("articles ok exactly once", sum(number == 1 for number in rows.values())),
        ("articles ok more than once", sum(number > 1 for number in rows.values())),
        ("requests more than articles", seen["requests"] - count),
        ("at most: at once x kills", AT_ONCE * KILLS),
        ("rows other than the faultless reply gives", len(wrong)),
    )


def ledger(count: int, seed: int) -> None:
    """Wherever a ledger is cut off: what is whole is kept, the rest is read again, once."""
    chance = random.Random(seed)
    lost = asked = 0
    states: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        made = Material(Path(place), count)
        whole, path = Path(place, "whole.jsonl"), Path(place, "ledger.jsonl")
        with serving(made.replies) as server:
            _command(made.folder, whole, server.url).wait()
            content, before = whole.read_bytes(), count
            for _ in range(KILLS):
                # Half of the cuts are near the end, where a crash leaves them.
                least = 0 if chance.random() < 0.5 else len(content) * 9 // 10
                kept = content[: chance.randrange(least, len(content))]
                path.write_bytes(kept)
                missing = count - kept.count(b"\n") - _ends_whole(kept)
                status = _command(made.folder, path, server.url).wait()
                after = _seen(server.url)["requests"]
                lost, asked, before = lost + missing, asked + after - before, after
                once = [number for number in _ok(path).values() if number == 1]
                states["whole again" if len(once) == count and status == 0 else "not whole"] += 1
    print(f"\nA ledger of {count} articles, cut off at {KILLS} random bytes and run again, seed {seed}")
    _table(
        ("every article ok exactly once", states["whole again"]),
        ("not so", states["not whole"]),
        ("rows cut off, all in all", lost),
        ("requests", asked),
    )


class Material:
    """Articles in a folder, the file of the replies to them, and the records that the judge makes of those replies."""

    def __init__(self, place: Path, count: int) -> None:
        self.folder, self.replies = place / "articles", place / "replies.json"
        self._expected: dict[str, dict[str, Any]] = {}
        self.folder.mkdir()
        replies: dict[str, str] = {}
        for pair in pairs(2 * count):
            headline = pair.text.partition("\n")[0]
            if headline in replies or len(replies) == count:  # the server tells them apart by it
                continue
            verdict = judge(pair.reply, read_article(pair.text), contract())
            if not verdict.accepted or verdict.summary is None:
                continue  # two invented names that are alike by chance
            name = f"{len(replies):05}"
            (self.folder / f"{name}.txt").write_text(pair.text)
            replies[headline] = pair.reply
            self._expected[name] = _records(verdict.summary.model_dump(mode="json"))
        self.replies.write_text(json.dumps(replies))

    def wrong(self, rows: list[LedgerRow]) -> list[str]:
        """The ids of the rows whose records are not those of the faultless reply."""
        good = [row for row in rows if row.summary is not None]
        return [row.id for row in good if _records(row.summary or {}) != self._expected[row.id]]


def _records(summary: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in summary.items() if name != "provenance"}


def _table(*lines: tuple[str, object]) -> None:
    for name, value in lines:
        print(f"  {name:<52}{value!s:>12}")


async def _run(folder: Path, path: Path, url: str) -> None:
    settings = load_settings(
        base_url=url, api_key="sk-benchmark", model="gpt-4o-mini", second_opinion=False, **FIVE_ATTEMPTS
    )
    async with Summariser(settings=settings) as reader:
        with Ledger(path) as opened:
            outcome = await arun(articles([folder]), reader, opened, concurrency=AT_ONCE)
    if outcome.stopped is not None:
        print(f"stopped: {outcome.stopped}")


def _command(folder: Path, path: Path, url: str) -> subprocess.Popen[bytes]:
    """`summarise corpus`, as a user starts it."""
    arguments = ["corpus", str(folder), "--out", str(path), "--base-url", url, "--concurrency", str(AT_ONCE)]
    more = {"OPENAI_API_KEY": "sk-benchmark", "SUMMARISE_MODEL": "gpt-4o-mini", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "summarise", *arguments, "--no-second-opinion"],
        env={**os.environ, **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _killed(folder: Path, path: Path, url: str, moment: int, chance: random.Random) -> str:
    """Begin the command, and kill it once the server gave `moment` good replies and a random time has passed."""
    before = _seen(url)
    process = _command(folder, path, url)
    while _seen(url)["good"] < moment and process.poll() is None:
        time.sleep(0.005)
    pause = 0.3 if before["good"] < moment else 2.0  # it may be killed while it starts
    time.sleep(chance.uniform(0, pause))
    ended = process.poll() is not None
    process.kill()
    process.wait()
    return "ended" if ended else "killed" if _seen(url)["requests"] > before["requests"] else "early"


def _seen(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/seen") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def _ok(path: Path) -> Counter[str]:
    """How often each article stands in the ledger as ok."""
    rows = map(json.loads, path.read_bytes().splitlines())
    return Counter(row["id"] for row in rows if row["status"] == "ok")


def _ends_whole(kept: bytes) -> bool:
    """Whether only the end of the line is missing after the last row."""
    try:
        json.loads(kept[kept.rfind(b"\n") + 1 :])
    except ValueError:
        return False
    return True


def _rests_on_a_good_reply(row: LedgerRow) -> bool:
    last = _provenance(row)["attempts"][-1]
    return last["outcome"] == "accepted" and str(last["request_id"]).endswith("-good")


def _provenance(row: LedgerRow) -> dict[str, Any]:
    assert row.summary is not None
    found: dict[str, Any] = row.summary["provenance"]
    return found


if __name__ == "__main__":
    main()
