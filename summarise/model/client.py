"""The two drivers, one synchronous and one asynchronous, that carry a conversation to a model and back.

What to send, what to raise and how long to wait is decided once, in `_Talk` and `_Call`, which do no input or output.
A driver only posts, sleeps and closes. The client library is imported when the first call is made.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from summarise import errors
from summarise.exchange import FormatRefused, Reply, Request
from summarise.model import ladder
from summarise.model.retry import Failure, Refusal, Tries, classify, no_completion, request_id_of, status_within
from summarise.records import ArticleSummary, Attempt

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator

    import httpx2
    import openai

    from summarise.model.ladder import Endpoint
    from summarise.settings import Settings

PATH = "/chat/completions"
NO_KEY = "none"  # servers that want no key still expect the header

Answer = Reply | FormatRefused
Outcome = Answer | Failure


class Conversation(Protocol):
    """What is said to a model about one article. `attempts` is the journal that both sides write."""

    attempts: list[Attempt]

    def steps(self) -> Generator[Request, Answer, ArticleSummary]:
        """Yields each request, is sent what came of it, and returns the summary."""
        ...


class ModelClient:
    """Carries conversations to one endpoint; may be shared by threads, and used from several event loops in turn.

    `client` is a client of your own (its proxies, headers, credentials): it is neither changed nor closed. `sleep`,
    `asleep`, `clock` (seconds, monotonic) and `rng` stand in for time and chance.

    Raises `ConfigurationError` when there is nowhere to go, the base URL is none, or the key cannot be a header.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        client: openai.OpenAI | openai.AsyncOpenAI | None = None,
        sleep: Callable[[float], None] = time.sleep,
        asleep: Callable[[float], Awaitable[None]] | None = None,
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
    ) -> None:
        self.settings = settings
        self._given = client
        self._sleep = sleep
        self._asleep = asleep
        self._clock = clock
        self._rng = rng or random.Random()
        ladder.check_model(settings.model)
        key = _key(settings)
        if client is None:
            ladder.check_key(key, settings.base_url)
        self._url = str(client.base_url) if client is not None else settings.base_url or ladder.OPENAI_URL
        self._endpoint = ladder.endpoint(self._url, settings.model, key, client.api_key if client else "")
        self._lock = threading.Lock()
        self._own: openai.OpenAI | None = None
        self._per_loop: dict[asyncio.AbstractEventLoop, tuple[openai.AsyncOpenAI, AsyncGenerator[None]]] = {}

    @property
    def base_url(self) -> str:
        """Where the calls go, without user, password and query; `ladder.start` knows the endpoint by it."""
        return self._endpoint.url

    def run(self, conversation: Conversation) -> ArticleSummary:
        """Carry the conversation to its end. Raises a `ModelError`, with every attempt on it, when it has none."""
        from tenacity import Retrying

        with closing(self._talk(conversation)) as talk:
            for call in talk.calls():
                call.outcome = Retrying(sleep=self._sleep, **call.tries.policy())(self._post, call)
        return talk.summary

    async def arun(self, conversation: Conversation) -> ArticleSummary:
        """The asynchronous twin of `run`, under asyncio."""
        import asyncio

        from tenacity import AsyncRetrying

        with closing(self._talk(conversation)) as talk:
            for call in talk.calls():
                retrying = AsyncRetrying(sleep=self._asleep or asyncio.sleep, **call.tries.policy())
                call.outcome = await retrying(self._apost, call)
        return talk.summary

    def _talk(self, conversation: Conversation) -> _Talk:
        return _Talk(conversation, self.settings, self._endpoint, self._clock, self._rng)

    def _post(self, call: _Call) -> Outcome:
        import httpx2
        import openai

        try:
            response = self._sync_client().post(PATH, cast_to=httpx2.Response, body=call.body(), options=call.options())
        except openai.APIError as problem:
            return call.failed(problem)
        return call.answered(response)

    async def _apost(self, call: _Call) -> Outcome:
        import asyncio

        import httpx2
        import openai

        client = await self._async_client()
        options = call.options()
        try:
            # The client's own time-out starts anew with every byte; this one does not.
            async with asyncio.timeout(call.seconds):
                response = await client.post(PATH, cast_to=httpx2.Response, body=call.body(), options=options)
        except TimeoutError:
            return call.timed_out()
        except openai.APIError as problem:
            return call.failed(problem)
        return call.answered(response)

    def _sync_client(self) -> openai.OpenAI:
        import openai

        if isinstance(self._given, openai.AsyncOpenAI):
            raise errors.ConfigurationError("an asynchronous client was given: call arun, or give an openai.OpenAI")
        if self._given is not None:
            return self._given
        with self._lock:
            if self._own is None:
                hooks: dict[str, list[Callable[..., Any]]] = {"request": [_note_start], "response": [_end_in_time]}
                http_client = openai.DefaultHttpxClient(event_hooks=hooks)
                self._own = openai.OpenAI(**self._client_arguments(), http_client=http_client)
            return self._own

    async def _async_client(self) -> openai.AsyncOpenAI:
        """The client of the running loop: connections belong to the loop that they were opened in."""
        import asyncio

        import openai

        if isinstance(self._given, openai.OpenAI):
            raise errors.ConfigurationError("a synchronous client was given: call run, or give an openai.AsyncOpenAI")
        if self._given is not None:
            return self._given
        loop = asyncio.get_running_loop()
        with self._lock:
            self._per_loop = {known: kept for known, kept in self._per_loop.items() if not known.is_closed()}
            if loop in self._per_loop:
                return self._per_loop[loop][0]
            client = openai.AsyncOpenAI(**self._client_arguments())
            keeper = _keep(client)
            self._per_loop[loop] = (client, keeper)
        await anext(keeper)
        return client

    def _client_arguments(self) -> dict[str, Any]:
        """Everything that the client library would otherwise take from the environment on its own."""
        key = _key(self.settings) or NO_KEY
        header = {"Authorization": f"Bearer {key}"}
        return {"api_key": key, "base_url": self._url, "default_headers": header, "max_retries": 0}

    def close(self) -> None:
        """Close the synchronous connections; a later `run` opens new ones."""
        with self._lock:
            own, self._own = self._own, None
        if own is not None:
            own.close()

    async def aclose(self) -> None:
        """Close the connections of the running loop, and the synchronous ones. After `asyncio.run` there are none."""
        import asyncio

        self.close()
        with self._lock:
            kept = self._per_loop.pop(asyncio.get_running_loop(), None)
        if kept is not None:
            await kept[1].aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _Talk:
    """One conversation on its way: whose turn it is, and until when."""

    def __init__(
        self,
        conversation: Conversation,
        settings: Settings,
        endpoint: Endpoint,
        clock: Callable[[], float],
        rng: random.Random,
    ) -> None:
        self.attempts = conversation.attempts
        self.settings = settings
        self.endpoint = endpoint
        self.rng = rng
        self._clock = clock
        self._deadline = clock() + settings.deadline
        self._steps = conversation.steps()
        self.summary: ArticleSummary

    def calls(self) -> Iterator[_Call]:
        """Each call to make; the driver sets its outcome before it asks for the next one."""
        answer: Answer | None = None
        while (request := self._advance(answer)) is not None:
            if self.remaining() <= 0:
                raise self.too_late("has passed", self.attempts[-1] if self.attempts else None)
            call = _Call(self, request)
            yield call
            answer = call.settled()

    def _advance(self, answer: Answer | None) -> Request | None:
        try:
            return next(self._steps) if answer is None else self._steps.send(answer)
        except StopIteration as end:
            self.summary = end.value
            return None

    def remaining(self) -> float:
        """Seconds until the deadline."""
        return self._deadline - self._clock()

    def too_late(self, what: str, last: Attempt | None) -> errors.DeadlineExceeded:
        """The error for a deadline that passed; it names what went wrong last, if anything did."""
        failed = f"; the last error was {last.error}: {last.message}" if last and last.error else ""
        message = self.endpoint.clean(f"the deadline of {self.settings.deadline:g} s {what}{failed}")
        request_id = last.request_id if last else None
        return errors.DeadlineExceeded(message, request_id=request_id, attempts=self.attempts)

    def close(self) -> None:
        self._steps.close()


class _Call:
    """One request and its tries: what is sent, what came of it, how long to wait, when to stop."""

    def __init__(self, talk: _Talk, request: Request) -> None:
        self.outcome: Outcome
        self._talk = talk
        self._request = request
        self._limit = ladder.limit_name(talk.endpoint.url, talk.endpoint.model)
        self.tries = Tries(talk.settings, talk.rng, talk.remaining, talk.attempts)
        self.seconds = 0.0

    def body(self) -> dict[str, Any]:
        """The JSON to post."""
        return ladder.request_body(self._request, self._talk.settings, self._limit)

    def options(self) -> openai.RequestOptions:
        """How to post it: no retries but ours, and no longer than the time-out and the deadline allow."""
        self.seconds = max(min(self._talk.settings.timeout, self._talk.remaining()), 0.001)
        return {"max_retries": 0, "timeout": self.seconds, "security": {"bearer_auth": True}}

    def answered(self, response: httpx2.Response) -> Outcome:
        """What came of an answer with a good status, which need not be a good answer."""
        endpoint = self._talk.endpoint
        request_id = request_id_of(response.headers, endpoint)
        try:
            body = json.loads(response.content)
        except (ValueError, RecursionError):
            body = None
        reply = ladder.read_reply(body, request_id)
        if reply is not None:
            return reply
        if isinstance(body, dict) and body.get("error"):
            return self._refused(Refusal(status_within(body["error"]), response.headers, body))
        return self._failed(no_completion(response.status_code, response.content, body, request_id, endpoint))

    def failed(self, problem: openai.APIError) -> Outcome:
        """What a failure means that the client library raised."""
        import openai

        if isinstance(problem, openai.APIStatusError):
            return self._refused(Refusal(problem.status_code, problem.response.headers, problem.body))
        if isinstance(problem, openai.APITimeoutError):
            return self.timed_out()
        cause = problem.__cause__ or problem
        message = f"no connection to {self._talk.endpoint.url}: {type(cause).__name__}: {cause}"
        return self._failed(Failure(errors.ConnectionFailed, self._talk.endpoint.clean(message), "later"))

    def timed_out(self) -> Failure:
        """No complete answer in time."""
        message = f"no complete answer from {self._talk.endpoint.url} within {self.seconds:.3g} s"
        return self._failed(Failure(errors.ModelTimeout, message, "later"))

    def _refused(self, refusal: Refusal) -> Outcome:
        outcome = classify(refusal, self._talk.endpoint, self._request.rung, self._limit)
        return outcome if isinstance(outcome, FormatRefused) else self._failed(outcome)

    def _failed(self, failure: Failure) -> Failure:
        if failure.next_try == "other_limit_name":
            ladder.limit_refused(self._talk.endpoint.url, self._talk.endpoint.model)
            self._limit = "max_tokens"
        else:
            self.tries.failures += 1
        attempts = self._talk.attempts
        attempts.append(
            Attempt(
                number=len(attempts) + 1,
                purpose=self._request.purpose,
                rung=self._request.rung,
                outcome="failed",
                error=failure.error.__name__,
                message=failure.message,
                status_code=failure.status_code,
                request_id=failure.request_id,
            )
        )
        return failure

    def settled(self) -> Answer:
        """What to tell the conversation. Raises the error of a call that came to nothing."""
        talk, outcome = self._talk, self.outcome
        if isinstance(outcome, FormatRefused):
            ladder.refused(talk.endpoint.url, talk.endpoint.model, outcome.rung)
        if isinstance(outcome, Failure):
            wait = self.tries.impossible_wait
            if wait is not None:
                raise talk.too_late(f"comes before the next try, in {wait:.3g} s", talk.attempts[-1])
            raise outcome.error(
                outcome.message, hint=outcome.hint, request_id=outcome.request_id, attempts=talk.attempts
            )
        return outcome


def _key(settings: Settings) -> str:
    return settings.api_key.get_secret_value() if settings.api_key else ""


async def _keep(client: openai.AsyncOpenAI) -> AsyncGenerator[None]:
    """Closes the client when its loop ends: a loop that shuts down closes its asynchronous generators first."""
    async with client:
        yield


def _note_start(request: httpx2.Request) -> None:
    request.extensions["started"] = time.monotonic()


def _end_in_time(response: httpx2.Response) -> None:
    """Ends the body when the time for the whole request is up: the time-out of httpx starts anew with every byte."""
    import httpx2

    request, body = response.request, cast("httpx2.SyncByteStream", response.stream)
    end = request.extensions["started"] + request.extensions["timeout"]["read"]

    class InTime(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for chunk in body:
                if time.monotonic() > end:
                    raise httpx2.ReadTimeout("the body did not end in time", request=request)
                yield chunk

        def close(self) -> None:
            body.close()

    response.stream = InTime()
