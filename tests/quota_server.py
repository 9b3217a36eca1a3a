"""A chat-completions endpoint on loopback with quotas: real sockets, the real headers, its own counts.

As providers do, it counts what it refuses. Started as a program it serves in a process of its own until its standard
input ends: it prints its address, and at the end its counts as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from tests.corpus_server import reply_to

Counting = Literal["sliding", "fixed", "bucket"]
"""How a quota is counted: over the last window, from one full window to the next, or as a bucket that fills up."""


@dataclass
class Quota:
    """So much per window, counted in one of three ways. Times are seconds, monotonic."""

    limit: float
    window: float
    counting: Counting = "sliding"
    most: float = 0.0  # ever used in one window, what was refused included
    _uses: deque[tuple[float, float]] = field(default_factory=deque)
    _used: float = 0.0
    _since: float = 0.0

    def room(self, amount: float, now: float) -> float:
        """Seconds until `amount` fits."""
        self._settle(now)
        excess = self._used + amount - self.limit
        if excess <= 1e-9:
            return 0.0
        if self.counting == "fixed":
            return self._since + self.window - now
        if self.counting == "bucket":
            return excess * self.window / self.limit
        for moment, used in self._uses:
            excess -= used
            if excess <= 1e-9:
                return moment + self.window - now
        return self.window

    def use(self, amount: float, now: float) -> None:
        """Count it, whether it fits or not."""
        self._settle(now)
        self._used += amount
        self._uses.append((now, amount))
        self.most = max(self.most, self._used)

    def headers(self, kind: str, now: float) -> dict[str, str]:
        """What the endpoint says about it: reset is when all of it is free again."""
        self._settle(now)
        if self.counting == "fixed":
            reset = self._since + self.window - now
        elif self.counting == "bucket":
            reset = self._used * self.window / self.limit
        else:
            reset = self._uses[-1][0] + self.window - now if self._uses else 0.0
        return {
            f"x-ratelimit-limit-{kind}": f"{self.limit:.0f}",
            f"x-ratelimit-remaining-{kind}": f"{max(self.limit - self._used, 0):.0f}",
            f"x-ratelimit-reset-{kind}": f"{reset:.3f}s" if reset >= 1 else f"{reset * 1000:.0f}ms",
        }

    def _settle(self, now: float) -> None:
        if self.counting == "fixed":
            if now >= self._since + self.window:
                self._since, self._used = now - (now - self._since) % self.window if self._since else now, 0.0
            self._uses.clear()
        elif self.counting == "bucket":
            if self._since:
                self._used = max(self._used - (now - self._since) * self.limit / self.window, 0.0)
            self._since = now
            self._uses.clear()
        else:
            while self._uses and self._uses[0][0] <= now - self.window:
                self._used -= self._uses.popleft()[1]


@dataclass
class Seen:
    """The server's own counts; `first` and `last` are the seconds of the first and the last good reply."""

    requests: int = 0
    good: int = 0
    limited: int = 0
    most_at_once: int = 0
    first: float = 0.0
    last: float = 0.0
    most_requests: float = 0.0
    most_tokens: float = 0.0
    moments: list[float] = field(default_factory=list)


class QuotaServer:
    """The endpoint. `answer` makes the content of a reply from the user's messages; latency is in seconds.

    A request takes `prompt_tokens` and `reply_tokens` of the quota, or, with `reserving`, its prompt and the whole
    limit that it gives for its reply. Without `telling` no reply carries a header about quotas, not even a 429.
    """

    def __init__(
        self,
        answer: Callable[[str], str],
        *,
        latency: float = 0.0,
        requests: Quota | None = None,
        tokens: Quota | None = None,
        prompt_tokens: int = 1000,
        reply_tokens: int = 200,
        reserving: bool = False,
        telling: bool = True,
    ) -> None:
        self.seen = Seen()
        self._answer = answer
        self._latency = latency
        self._requests = requests
        self._tokens = tokens
        self._usage = (prompt_tokens, reply_tokens)
        self._reserving = reserving
        self._telling = telling
        self._under_way = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until the client ends it."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").casefold()
                length = int(head.partition("content-length:")[2].split("\r\n", 1)[0])
                body = json.loads(await reader.readexactly(length))
                status, headers, content = await self._reply(body)
                lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
                data = json.dumps(content).encode()
                writer.write(
                    f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{lines}"
                    f"content-length: {len(data)}\r\n\r\n".encode()
                    + data
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone
        finally:
            writer.close()

    async def _reply(self, body: dict[str, Any]) -> tuple[int, dict[str, str], object]:
        now = time.monotonic()
        self.seen.requests += 1
        self.seen.moments.append(now)
        wait, headers = self._admit(body, now)
        if wait:
            self.seen.limited += 1
            if self._telling:
                headers |= {"retry-after": str(math.ceil(wait)), "retry-after-ms": f"{wait * 1000:.0f}"}
            error = {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}
            return 429, headers, {"error": error}
        self._under_way += 1
        self.seen.most_at_once = max(self.seen.most_at_once, self._under_way)
        await asyncio.sleep(self._latency)
        self._under_way -= 1
        question = "\n".join(message["content"] for message in body["messages"] if message["role"] == "user")
        content = self._answer(question)
        self.seen.good += 1
        self.seen.last = time.monotonic()
        self.seen.first = self.seen.first or self.seen.last
        return 200, headers, self._completion(content)

    def _admit(self, body: dict[str, Any], now: float) -> tuple[float, dict[str, str]]:
        prompt, reply = self._usage
        tokens = prompt + (body.get("max_completion_tokens", reply) if self._reserving else reply)
        headers: dict[str, str] = {}
        asked = (("requests", self._requests, 1), ("tokens", self._tokens, tokens))
        quotas = [(kind, quota, amount) for kind, quota, amount in asked if quota is not None]
        wait = max((quota.room(amount, now) for _, quota, amount in quotas), default=0.0)
        for kind, quota, amount in quotas:
            if kind == "requests" or not wait:
                quota.use(amount, now)
            if self._telling:
                headers |= quota.headers(kind, now)
        self.seen.most_requests = self._requests.most if self._requests else 0.0
        self.seen.most_tokens = self._tokens.most if self._tokens else 0.0
        return wait, headers

    def _completion(self, content: str) -> dict[str, Any]:
        prompt, reply = self._usage
        return {
            "id": "c1",
            "object": "chat.completion",
            "created": 0,
            "model": "gpt-4o-mini",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply},
        }

    @contextmanager
    def running(self) -> Iterator[str]:
        """Its base URL, while it answers from a thread of its own."""
        loop = asyncio.new_event_loop()
        server = loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=512))
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        finally:
            asyncio.run_coroutine_threadsafe(self._stop(server), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _stop(self, server: asyncio.Server) -> None:
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def main() -> None:
    """Serve the replies of a JSON file, `{headline: content}`, told apart by the headline in the question.

    Without a file it answers about the article of `tests.corpus_server`.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("replies", type=Path, nargs="?")
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--window", type=float, default=60.0)
    parser.add_argument("--requests", type=float)
    parser.add_argument("--tokens", type=float)
    parser.add_argument("--counting", choices=("sliding", "fixed", "bucket"), default="sliding")
    parser.add_argument("--silent", action="store_true", help="say nothing of quotas")
    given = parser.parse_args()
    replies: dict[str, str] = json.loads(given.replies.read_text()) if given.replies else {}

    def answer(question: str) -> str:
        if not replies:
            return json.dumps(reply_to(question))
        return next(replies[line] for line in _lines(question) if line in replies)

    def quota(limit: float | None) -> Quota | None:
        return None if limit is None else Quota(limit, given.window, given.counting)

    server = QuotaServer(
        answer,
        latency=given.latency,
        requests=quota(given.requests),
        tokens=quota(given.tokens),
        prompt_tokens=3500,
        reply_tokens=800,
        telling=not given.silent,
    )
    with server.running() as url:
        sys.stdout.write(url + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    sys.stdout.write(json.dumps(asdict(server.seen)) + "\n")


def _lines(question: str) -> Iterator[str]:
    for line in question.splitlines():
        yield line.lstrip("[]0123456789.: ")


if __name__ == "__main__":
    main()
