"""One article of 10 MB, read in windows with the limit on length raised: how many requests, how long, how much memory.

python benchmarks/soak_huge.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.invented import pairs  # noqa: E402
from tests.server import Server  # noqa: E402

CHARACTERS = 10_000_000
CONTEXT = 128_000
NOTHING = json.dumps({"officials": [], "visits": [], "invitations": [], "summary": "", "more": []})


def main() -> int:
    """Prints the figures; status 1 if the article is not in the ledger as ok, once, with its two visits."""
    pair = next(pairs(1, seed=6))
    filler = "A dinner was held in the hall. "
    text = pair.text + "\n\n" + filler * (CHARACTERS // len(filler))

    def answer(question: str) -> tuple[str, str]:
        """The reply to the window that holds the news, and nothing for the others."""
        news = "accepted" in question.split("<article", 1)[-1] or "invitation of" in question.split("<article", 1)[-1]
        return ("news", pair.reply) if news else ("rest", NOTHING)

    server = Server(answer)
    with server.running() as url, tempfile.TemporaryDirectory() as name:
        folder, ledger = Path(name, "articles"), Path(name, "ledger.jsonl")
        folder.mkdir()
        (folder / "huge.txt").write_text(text)
        more = {"OPENAI_API_KEY": "sk-soak", "SUMMARISE_MODEL": "gpt-4o-mini", "PYTHONPATH": str(ROOT)}
        more["SUMMARISE_MAX_ARTICLE_CHARACTERS"] = str(2 * CHARACTERS)
        command = [sys.executable, "-m", "summarise", "corpus", str(folder), "--out", str(ledger), "--base-url", url]
        begin = time.monotonic()
        with subprocess.Popen(
            [*command, "--context", str(CONTEXT)], env={**os.environ, **more}, stdout=subprocess.DEVNULL
        ) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        rows = [json.loads(line) for line in ledger.read_bytes().splitlines()]
    print(f"An article of {len(text):,} characters, context {CONTEXT:,} tokens")
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
    print(f"  requests {server.seen.requests}, {seconds:.0f} s, {cpu:.0f} s of CPU, peak {peak:,.0f} MB")
    found = [(row["status"], len(row["summary"]["visits"])) for row in rows]
    print(f"  rows in the ledger, each with its visits: {found}")
    return found != [("ok", 2)]


if __name__ == "__main__":
    sys.exit(main())
