"""What a corpus run makes of an endpoint's latency, and of its quota.

    python benchmarks/corpus.py                     both tables; about ten minutes, most of them spent on the quota
    python benchmarks/corpus.py latency|quota [--articles N] [--window SECONDS]

The server runs in a process of its own, on loopback, and counts what it sees; the articles are invented, with the reply
of a faultless model to each. `latency` compares the run, judge and ledger included, with a bare loop over
`AsyncOpenAI().chat.completions.create` that only parses the JSON of the same replies, in turns, and with the ideal,
which is articles · latency / concurrency; the run has the garbage collector as the command sets it. `quota` shows, for
64 at once, what share of the quota was used from the first request to the last reply, what a quota counted over the
last window makes of it at most in any window, and how many requests were refused.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.invented import pairs  # noqa: E402
from summarise.__main__ import OBJECTS_BETWEEN_COLLECTIONS  # noqa: E402
from summarise.api import Summariser  # noqa: E402
from summarise.article import read_article  # noqa: E402
from summarise.corpus.ledger import Ledger  # noqa: E402
from summarise.corpus.run import arun  # noqa: E402
from summarise.corpus.sources import articles  # noqa: E402
from summarise.model import ladder, pacing  # noqa: E402
from summarise.prompt import load_prompt  # noqa: E402
from summarise.schema import contract  # noqa: E402
from summarise.settings import Settings, load_settings  # noqa: E402

TURNS = 3
TOKENS = 4300  # of each article, as the server counts
AT_ONCE = 64
PER_WINDOW = 600


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("latency", "quota"))
    parser.add_argument("--articles", type=int, default=1500, help="of each run under a quota")
    parser.add_argument("--window", type=float, default=60.0, help="of the quota, in seconds")
    given = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    if given.what != "quota":
        latency_table()
    if given.what != "latency":
        quota_table(given.articles, given.window)


def latency_table() -> None:
    """Wall clock of the run, without and with the second opinion, beside a bare loop and the ideal."""
    ratios = f"{'/ ideal':>9}{'/ bare':>8}"
    print(f"{'seconds':<44}{'ideal':>8}{'bare':>8}{'run':>8}{ratios}{'with 2nd opinion':>18}{ratios}")
    for count, latency, at_once in ((1000, 0.2, 64), (2000, 2.0, 256)):
        with material(count) as (folder, replies), serving(replies, "--latency", str(latency)) as server:
            times: dict[str, list[float]] = {"bare": [], "run": [], "second": []}
            for _ in range(TURNS):
                times["bare"].append(asyncio.run(_bare(folder, server.url, at_once)))
                for name, second_opinion in (("run", False), ("second", True)):
                    settings = settings_for(server.url, second_opinion=second_opinion)
                    times[name].append(asyncio.run(_run(folder, settings, at_once))[0])
        bare, run, second = (median(times[name]) for name in ("bare", "run", "second"))
        ideal = count * latency / at_once
        case = f"{count} articles, {latency:g} s, {at_once} at once"
        plain = f"{ideal:>8.2f}{bare:>8.2f}{run:>8.2f}{run / ideal:>9.2f}{run / bare:>8.2f}"
        print(f"{case:<44}{plain}{second:>18.2f}{second / ideal:>9.2f}{second / bare:>8.2f}")


def quota_table(count: int, window: float) -> None:
    """How much of a quota is used, and how much is refused."""
    pacing.WINDOW = window
    print(f"\n{count} articles, {AT_ONCE} at once, latency 0.2 s, quota per {window:g} s")
    print(f"{'quota':<44}{'ok':>7}{'failed':>8}{'seconds':>9}{'used':>8}{'429':>6}{'of all':>8}")
    requests = {"requests": str(PER_WINDOW)}
    tokens = {"tokens": str(PER_WINDOW * TOKENS)}
    told_requests, told_tokens = {"requests_per_minute": PER_WINDOW}, {"tokens_per_minute": PER_WINDOW * TOKENS}
    cases: tuple[tuple[str, dict[str, str], dict[str, int]], ...] = (
        (f"{PER_WINDOW} requests, told", requests, told_requests),
        (f"{PER_WINDOW} requests, learned", requests, {}),
        (f"{PER_WINDOW * TOKENS:,} tokens, told", tokens, told_tokens),
        (f"{PER_WINDOW * TOKENS:,} tokens, learned", tokens, {}),
    )
    for case, limits, told in cases:
        options = [f"--{name}={value}" for name, value in limits.items()]
        with material(count) as (folder, replies):
            with serving(replies, "--latency=0.2", f"--window={window}", *options) as server:
                settings = settings_for(server.url, second_opinion=False, **told)
                seconds, ok = asyncio.run(_run(folder, settings, AT_ONCE))
            seen = server.seen
        used = seen["good"] * window / PER_WINDOW / (seen["last"] - seen["moments"][0])
        share = seen["limited"] / seen["requests"]
        print(f"{case:<44}{ok:>7}{count - ok:>8}{seconds:>9.1f}{used:>8.1%}{seen['limited']:>6}{share:>8.2%}")


@contextmanager
def material(count: int) -> Iterator[tuple[Path, Path]]:
    """A folder of articles, and the file of the replies to them."""
    with tempfile.TemporaryDirectory() as place:
        folder, replies = Path(place, "articles"), dict[str, str]()
        folder.mkdir()
        for pair in pairs(2 * count):
            headline = pair.text.partition("\n")[0]
            if headline not in replies and len(replies) < count:  # the server tells them apart by it
                (folder / f"{len(replies):05}.txt").write_text(pair.text)
                replies[headline] = pair.reply
        file = Path(place, "replies.json")
        file.write_text(json.dumps(replies))
        yield folder, file


class Server:
    """The server's address, and when it is over what it saw."""

    url: str
    seen: dict[str, Any]


@contextmanager
def serving(replies: Path, *options: str, program: str = "tests.server") -> Iterator[Server]:
    """The server in a process of its own."""
    command = [sys.executable, "-m", program, str(replies), *options]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        server = Server()
        server.url = process.stdout.readline().strip()
        yield server
        server.seen = json.loads(process.communicate("")[0])


def settings_for(url: str, **more: Any) -> Settings:
    """How the benchmarks read: from this address, with a model whose price is known."""
    return load_settings(base_url=url, api_key="sk-benchmark", model="gpt-4o-mini", **more)


@contextmanager
def collecting_as_the_command() -> Iterator[None]:
    """The garbage collector as `summarise` sets it."""
    usual = gc.get_threshold()
    gc.set_threshold(*OBJECTS_BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def _run(folder: Path, settings: Settings, at_once: int) -> tuple[float, int]:
    """Seconds of one corpus run, and how many articles came out ok."""
    with tempfile.TemporaryDirectory() as place:
        async with Summariser(settings=settings) as reader:
            with Ledger(Path(place, "ledger.jsonl")) as ledger:
                items = list(articles([folder]))
                with collecting_as_the_command():
                    begin = time.perf_counter()
                    outcome = await arun(items, reader, ledger, concurrency=at_once)
                    seconds = time.perf_counter() - begin
    if outcome.failed or outcome.stopped:
        print(f"{outcome.failed} failed: {dict(outcome.failures)} {outcome.stopped or ''}", file=sys.stderr)
    return seconds, outcome.ok


async def _bare(folder: Path, url: str, at_once: int) -> float:
    """Seconds of a loop that only asks and parses; the requests are made before the clock starts."""
    from openai import AsyncOpenAI

    settings, prompt = settings_for(url), load_prompt(contract())
    requests = [
        prompt.request(read_article(path), "json_schema", settings.max_output_tokens)
        for path in sorted(folder.iterdir())
    ]
    bodies = iter([ladder.request_body(request, settings, "max_completion_tokens") for request in requests])

    async with AsyncOpenAI(api_key="sk-benchmark", base_url=url, max_retries=0) as client:

        async def work() -> None:
            for body in bodies:
                completion = await client.chat.completions.create(**body)
                json.loads(completion.choices[0].message.content)

        begin = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(at_once)))
        return time.perf_counter() - begin


if __name__ == "__main__":
    main()
