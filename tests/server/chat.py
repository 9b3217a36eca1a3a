"""Chat completions: the reply to each article, or the fault that is due, within the quotas; and the counts."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tests.server.faults import HARMLESS, SPOILT, Fault, Faults, spoilt
from tests.server.http import Request, Response, as_json
from tests.server.quota import Quota
from tests.server.seen import ArticleSeen, Seen

Answer = Callable[[str], tuple[str, str]]
"""The user's messages -> a name for the article they are about, and the content of a good reply."""

_FINISH: dict[Fault, str] = {"truncated": "length", "filter": "content_filter"}


def by_headline(replies: Mapping[str, str]) -> Answer:
    """Replies told apart by the article's headline, which stands in a line of its own in the question."""

    def answer(question: str) -> tuple[str, str]:
        headline = next(line for line in _lines(question) if line in replies)
        return headline, replies[headline]

    return answer


def _lines(question: str) -> Iterator[str]:
    for line in question.splitlines():
        yield line.lstrip("[]0123456789.: ")


@dataclass
class Chat:
    """The endpoint `POST …/chat/completions`.

    `latency` is in seconds, the same for each reply, or with `sigma` the median of a log-normal distribution, seeded
    by `faults.seed`. A request takes `prompt_tokens` and `reply_tokens` of the quota, or, with `reserving`, its prompt
    and the whole limit that it gives for its reply; `cached_tokens` of its prompt are reported as cached. Without
    `telling` no reply carries a header about quotas, not even a 429.

    A 429 given on purpose asks to wait for `retry_after` seconds; with `drip` a byte is sent every so many seconds.

    Each answer's `x-request-id` ends with the name of its fault, or with `good`: a row of a ledger tells by it which
    reply it rests on.
    """

    answer: Answer
    latency: float = 0.0
    sigma: float = 0.0
    faults: Faults = field(default_factory=Faults)
    requests: Quota | None = None
    tokens: Quota | None = None
    prompt_tokens: int = 1000
    reply_tokens: int = 200
    cached_tokens: int = 0
    reserving: bool = False
    telling: bool = True
    drip: float = 0.02
    retry_after: float = 0.02
    seen: Seen = field(default_factory=Seen)

    def __call__(self, request: Request) -> Response:
        """What a request gets, and when."""
        now = time.monotonic()
        body = json.loads(request.body)
        name, content = self.answer(question(body))
        seen = self._count(name, now)
        wait, headers = self._admit(body, now)
        if wait:
            return self._over_quota(wait, headers)
        fault, chance = self.faults.draw(name, seen.requests) if self.faults.rates else (None, random.Random(0))
        headers["x-request-id"] = f"{len(self.seen.articles)}-{seen.requests}-{fault or 'good'}"
        if fault is not None:
            self.seen.faults[fault] += 1
            seen.faults[fault] += 1
        response = self._response(fault, content, chance, headers)
        self._time(response, name, seen.requests)
        self._watch(response, seen, good=fault is None or fault in HARMLESS)
        return response

    def completion(self, content: str) -> bytes:
        """The body of a reply with this content."""
        return self._body(_encoded(content), "stop", self.reply_tokens)

    def _count(self, name: str, now: float) -> ArticleSeen:
        self.seen.requests += 1
        self.seen.moments.append(now)
        article = self.seen.articles.setdefault(name, ArticleSeen())
        article.requests += 1
        return article

    def _response(
        self, fault: Fault | None, content: str, chance: random.Random, headers: Mapping[str, str]
    ) -> Response:
        if fault == "limited":
            told = _advice(self.retry_after)
            return _refusal(429, "Rate limit reached", "rate_limit_exceeded", {**headers, **told})
        if fault == "limited_silent":
            return _refusal(429, "Rate limit reached", "rate_limit_exceeded", headers)
        if fault in ("500", "503"):
            words = "The server had an error" if fault == "500" else "The server is overloaded"
            return _refusal(int(fault), words, None, headers)
        if fault == "reset":
            return Response(ends="cut")
        if fault == "hang":
            return Response(ends="hung")
        if fault == "page":
            return Response(200, b"<html><h1>Sign in to this network</h1></html>", headers, "text/html")
        response = Response(200, self._completion(fault, content, chance), headers)
        if fault == "cut":
            response.ends = "cut"
        elif fault == "drip":
            response.drip = self.drip
        elif fault == "content_type":
            response.content_type = "text/html; charset=utf-8"
        elif fault == "reset_after":
            response.ends = "reset"
        elif fault == "closed_after":
            response.ends = "closed"
        return response

    def _completion(self, fault: Fault | None, content: str, chance: random.Random) -> bytes:
        if fault not in SPOILT:
            return self.completion(content)
        bad = spoilt(fault, content, chance)
        tokens = self.reply_tokens * len(bad or "") // len(content)
        message = '"I cannot help with this text."' if fault == "refusal" else None
        return self._body(json.dumps(bad), _FINISH.get(fault, "stop"), tokens, message)

    def _body(self, content: str, finish: str, tokens: int, refusal: str | None = None) -> bytes:
        """The completion; `content` and `refusal` are JSON already."""
        prompt = self.prompt_tokens
        declined = "" if refusal is None else f', "refusal": {refusal}'
        return (
            '{"id": "c1", "object": "chat.completion", "created": 0, "model": "gpt-4o-mini", "choices": [{"index": 0, '
            f'"message": {{"role": "assistant", "content": {content}{declined}}}, "finish_reason": "{finish}"}}], '
            f'"usage": {{"prompt_tokens": {prompt}, "completion_tokens": {tokens}, "total_tokens": {prompt + tokens}, '
            f'"prompt_tokens_details": {{"cached_tokens": {self.cached_tokens}}}}}}}'
        ).encode()

    def _time(self, response: Response, name: str, attempt: int) -> None:
        if response.status >= 400:
            return  # refused at once
        response.delay = self.latency
        if self.sigma:
            chance = random.Random(f"{self.faults.seed}/latency/{name}/{attempt}")
            response.delay *= math.exp(self.sigma * chance.gauss())

    def _watch(self, response: Response, article: ArticleSeen, *, good: bool) -> None:
        self.seen.under_way += 1
        self.seen.most_at_once = max(self.seen.most_at_once, self.seen.under_way)

        def over(sent: bool) -> None:
            self.seen.under_way -= 1
            self.seen.abandoned += not sent
            if sent and good:
                article.good += 1
                self.seen.good += 1
                self.seen.last = time.monotonic()
                self.seen.first = self.seen.first or self.seen.last

        response.over = over

    def _over_quota(self, wait: float, headers: dict[str, str]) -> Response:
        self.seen.limited += 1
        if self.telling:
            headers |= _advice(wait)
        return _refusal(429, "Rate limit reached", "rate_limit_exceeded", headers)

    def _admit(self, body: Mapping[str, Any], now: float) -> tuple[float, dict[str, str]]:
        """Seconds to wait for room in the quotas, 0 if there is some; and what the headers say of them."""
        if self.requests is None and self.tokens is None:
            return 0.0, {}
        limit = body.get("max_completion_tokens", self.reply_tokens)
        tokens = self.prompt_tokens + (limit if self.reserving else self.reply_tokens)
        headers: dict[str, str] = {}
        asked = (("requests", self.requests, 1), ("tokens", self.tokens, tokens))
        quotas = [(kind, quota, amount) for kind, quota, amount in asked if quota is not None]
        wait = max((quota.room(amount, now) for _, quota, amount in quotas), default=0.0)
        for kind, quota, amount in quotas:
            if kind == "requests" or not wait:
                quota.use(amount, now)
            if self.telling:
                headers |= quota.headers(kind, now)
        self.seen.most_requests = self.requests.most if self.requests else 0.0
        self.seen.most_tokens = self.tokens.most if self.tokens else 0.0
        return wait, headers


def question(body: Mapping[str, Any]) -> str:
    """What the user says, in all messages."""
    return "\n".join(message["content"] for message in body["messages"] if message["role"] == "user")


@lru_cache(maxsize=4096)
def _encoded(content: str) -> str:
    return json.dumps(content)


def _advice(seconds: float) -> dict[str, str]:
    return {"retry-after": str(math.ceil(seconds)), "retry-after-ms": f"{seconds * 1000:.0f}"}


def _refusal(status: int, message: str, code: str | None, headers: Mapping[str, str]) -> Response:
    return as_json({"error": {"message": message, "type": "requests", "code": code}}, status, headers=headers)
