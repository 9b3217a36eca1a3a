"""What an article costs the client in CPU time when the endpoint answers at once, and where it goes.

    python benchmarks/client_cpu.py [--articles N] [--at-once N] [--turns N]

The server runs in a process of its own, on loopback; counted is the CPU time of the client alone, in ms per article,
all ways in turns within one run. `least` is the least of the turns, `median` and `most` tell the spread; the ratio is
that of the least to the least of a bare loop over `AsyncOpenAI().chat.completions.create` that does no more than
`json.loads` of the reply. `beside` is what the processes used that were started for second opinions. The whole run
reads the files, judges the replies and writes the ledger, with the garbage collector as the command sets it. The second
table splits it by stage, without the second opinion, with timers around each: a stage is without the stages within it,
`rest` is what no timer caught, which is the event loop and its sockets.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib
import json
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import collecting_as_the_command, material, serving, settings_for  # noqa: E402
from summarise.api import Summariser  # noqa: E402
from summarise.article import read_article  # noqa: E402
from summarise.corpus.ledger import Ledger  # noqa: E402
from summarise.corpus.run import arun  # noqa: E402
from summarise.corpus.sources import articles  # noqa: E402
from summarise.model import ladder  # noqa: E402
from summarise.prompt import load_prompt  # noqa: E402
from summarise.schema import contract, flatten  # noqa: E402

Body = dict[str, Any]
Ask = Callable[[Any, Body], Awaitable[object]]

STAGES = (
    ("fingerprint", "summarise.corpus.run", "fingerprint_of"),
    ("article", "summarise.api", "read_article"),
    ("prompt", "summarise.prompt", "Prompt.request"),
    ("conversation", "summarise.model.talk", "Talk._advance"),
    ("judge", "summarise.dialogue", "judge"),
    ("request and reply", "summarise.model.client", "ModelClient.arun"),
    ("HTTP", "aiohttp", "ClientSession._request"),
    ("HTTP", "aiohttp", "ClientResponse.read"),
    ("pace", "summarise.model.pacing", "SharedPace.turn"),
    ("pace", "summarise.model.pacing", "SharedPace.over"),
    ("price", "summarise.api", "Summariser.priced"),
    ("ledger", "summarise.corpus.ledger", "Ledger.append"),
    ("run: taking, twins, making the row", "summarise.corpus.run", "_Run._make_ready"),
)
"""Each stage with the module and the name of the function that is timed; those of one name are added up."""


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--turns", type=int, default=7)
    given = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    with material(given.articles) as (folder, replies), serving(replies) as server:
        ways = _ways(folder, server.url, given.at_once)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for turn in range(given.turns + 1):
            for name, run in ways.items():
                own, beside = _spent(run)
                if turn:  # the first one only warms up
                    times[name].append((1000 * own / given.articles, 1000 * beside / given.articles))
        _show_ways(times, given.articles, given.at_once)
        _show_stages(folder, server.url, given.articles, given.at_once, given.turns)


def _spent(run: Callable[[], None]) -> tuple[float, float]:
    """CPU seconds of this process, and of those that it started and that are over."""
    gc.collect()
    begin, beside = process_time(), _of_children()
    run()
    return process_time() - begin, _of_children() - beside


def _of_children() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _show_ways(times: dict[str, list[tuple[float, float]]], count: int, at_once: int) -> None:
    title = f"CPU ms per article, {count} articles, {at_once} at once"
    print(f"{title:<52}{'least':>8}{'median':>8}{'most':>8}{'ratio':>7}{'beside':>8}")
    bare = min(own for own, _ in next(iter(times.values())))
    for name, found in times.items():
        own, beside = zip(*found, strict=True)
        spread = f"{min(own):>8.2f}{median(own):>8.2f}{max(own):>8.2f}"
        print(f"{name:<52}{spread}{min(own) / bare:>7.2f}{median(beside):>8.2f}")


def _show_stages(folder: Path, url: str, count: int, at_once: int, turns: int) -> None:
    print(f"\n{'CPU ms per article of the run, by stage':<52}{'least':>8}{'median':>8}{'most':>8}")
    stages = Stages()
    found: dict[str, list[float]] = {}
    with stages.timing():
        for _ in range(turns):
            stages.spent.clear()
            total, _ = _spent(lambda: _run(folder, url, at_once, second_opinion=False))
            spent = {**stages.spent, "rest": total - sum(stages.spent.values()), "all, timers included": total}
            for name, seconds in spent.items():
                found.setdefault(name, []).append(1000 * seconds / count)
    for name in [*dict.fromkeys(name for name, _, _ in STAGES), "rest", "all, timers included"]:
        print(f"{name:<52}{min(found[name]):>8.2f}{median(found[name]):>8.2f}{max(found[name]):>8.2f}")


# ------------------------------------------------------------------------------------------------------ the ways to ask


def _ways(folder: Path, url: str, at_once: int) -> dict[str, Callable[[], None]]:
    settings, prompt = settings_for(url), load_prompt(contract())
    bodies = [
        ladder.request_body(
            prompt.request(read_article(path), "json_schema", settings.max_output_tokens),
            settings,
            "max_completion_tokens",
        )
        for path in sorted(folder.iterdir())
    ]

    def bare(ask: Ask, transport: str = "DefaultAsyncHttpxClient") -> Callable[[], None]:
        return lambda: asyncio.run(_ask_all(bodies, ask, url, at_once, transport))

    ways = {
        "create, json.loads (bare)": bare(_create),
        "create, schema in extra_body, model_validate_json": bare(_create_validated),
        "post(cast_to=ChatCompletion), json.loads": bare(_post),
        "post(cast_to=Response), json.loads of both": bare(_post_raw),
    }
    if find_spec("aiohttp") is not None:
        ways["create over aiohttp"] = bare(_create, "DefaultAioHttpClient")
        ways["post(cast_to=ChatCompletion) over aiohttp"] = bare(_post, "DefaultAioHttpClient")
    ways["the whole run"] = lambda: _run(folder, url, at_once, second_opinion=False)
    ways["the whole run, with the second opinion"] = lambda: _run(folder, url, at_once, second_opinion=True)
    return ways


async def _ask_all(bodies: list[Body], ask: Ask, url: str, at_once: int, transport: str) -> None:
    import openai

    left = iter(bodies)
    http_client = getattr(openai, transport)()
    async with openai.AsyncOpenAI(
        api_key="sk-benchmark", base_url=url, max_retries=0, http_client=http_client
    ) as client:

        async def work() -> None:
            for body in left:
                await ask(client, body)

        await asyncio.gather(*(work() for _ in range(at_once)))


async def _create(client: Any, body: Body) -> object:
    completion = await client.chat.completions.create(**body)
    return json.loads(completion.choices[0].message.content)


async def _create_validated(client: Any, body: Body) -> object:
    plain = {name: value for name, value in body.items() if name != "response_format"}
    completion = await client.chat.completions.create(**plain, extra_body={"response_format": body["response_format"]})
    return contract().reply_model.model_validate_json(_plain(completion.choices[0].message.content))


@cache
def _plain(reply: str) -> str:
    """The reply in the form of the records, for which pydantic needs no help; made in the turn that warms up."""
    return json.dumps(flatten(json.loads(reply), contract()).value)


async def _post(client: Any, body: Body) -> object:
    from openai.types.chat import ChatCompletion

    completion = await client.post("/chat/completions", cast_to=ChatCompletion, body=body)
    return json.loads(completion.choices[0].message.content)


async def _post_raw(client: Any, body: Body) -> object:
    import httpx2

    response = await client.post("/chat/completions", cast_to=httpx2.Response, body=body)
    return json.loads(json.loads(response.content)["choices"][0]["message"]["content"])


def _run(folder: Path, url: str, at_once: int, *, second_opinion: bool) -> None:
    async def everything() -> None:
        with tempfile.TemporaryDirectory() as place:
            async with Summariser(settings=settings_for(url, second_opinion=second_opinion)) as reader:
                with Ledger(Path(place, "ledger.jsonl")) as ledger:
                    outcome = await arun(articles([folder]), reader, ledger, concurrency=at_once)
        if outcome.failed or outcome.stopped:
            print(f"{outcome.failed} failed: {dict(outcome.failures)} {outcome.stopped or ''}", file=sys.stderr)

    with collecting_as_the_command():
        asyncio.run(everything())


# ----------------------------------------------------------------------------------------------------------- the timers


class Stages:
    """CPU seconds by stage. A coroutine is timed step by step, so that others may run between its steps."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def timing(self) -> Iterator[None]:
        """While this lasts, the functions of `STAGES` are timed."""
        undo: list[tuple[Any, str, Any]] = []
        for stage, module, path in STAGES:
            *parents, name = path.split(".")
            place: Any = importlib.import_module(module)
            for parent in parents:
                place = getattr(place, parent)
            original = getattr(place, name)
            undo.append((place, name, original))
            setattr(place, name, self._timed(stage, original))
        try:
            yield
        finally:
            for place, name, original in undo:
                setattr(place, name, original)

    def _timed(self, stage: str, original: Callable[..., Any]) -> Callable[..., Any]:
        if asyncio.iscoroutinefunction(original):

            @wraps(original)
            async def stepwise(*given: Any, **named: Any) -> Any:
                return await _Stepped(self, stage, original(*given, **named))

            return stepwise

        @wraps(original)
        def at_once(*given: Any, **named: Any) -> Any:
            with self.within(stage):
                return original(*given, **named)

        return at_once

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        """Time spent in here is the stage's, but for that of stages within it."""
        self._note()
        self._running.append(stage)
        try:
            yield
        finally:
            self._note()
            self._running.pop()

    def _note(self) -> None:
        now = process_time()
        if self._running:
            stage = self._running[-1]
            self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now


class _Stepped:
    """Awaits a coroutine, each of its steps timed."""

    def __init__(self, stages: Stages, stage: str, coroutine: Any) -> None:
        self._stages, self._stage, self._coroutine = stages, stage, coroutine

    def __await__(self) -> Generator[Any, Any, Any]:
        step, given = self._coroutine.send, None
        while True:
            try:
                with self._stages.within(self._stage):
                    waited_for = step(given)
            except StopIteration as end:
                return end.value
            try:
                step, given = self._coroutine.send, (yield waited_for)
            except BaseException as error:  # noqa: BLE001 - handed to the coroutine, whose matter it is
                step, given = self._coroutine.throw, error


if __name__ == "__main__":
    main()
