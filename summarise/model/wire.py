"""One request on its way and what came back, as plain values, whichever library carries it.

The synchronous driver, a client of the user's own and a proxy are served by the client library. Where none of that is
in the way the asynchronous driver posts through aiohttp, with the headers that the client library would send: that
takes a quarter of the client library's CPU time, and less where many connections are open
(`benchmarks/client_cpu.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiohttp
    import httpx2
    import openai

    from summarise.model.ladder import Endpoint

log = logging.getLogger(__name__)

PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, good or bad. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class NoConnection(Exception):
    """No complete answer came, for another reason than the time."""


Post = Callable[[bytes, float], Awaitable[Response]]
"""Posts the JSON of a request, for so many seconds at most. Raises `TimeoutError` and `NoConnection`."""


def post(client: openai.OpenAI, content: bytes, seconds: float) -> Response:
    """Post the JSON of a request through the client library. Raises `TimeoutError` and `NoConnection`."""
    import httpx2
    import openai

    try:
        response = client.post(PATH, cast_to=httpx2.Response, content=content, options=_options(seconds))
    except openai.APIError as problem:
        return _refusal(problem)
    return _plain(response)


def through_client(client: openai.AsyncOpenAI) -> Post:
    """The asynchronous twin of `post`."""
    import httpx2
    import openai

    async def apost(content: bytes, seconds: float) -> Response:
        try:
            response = await client.post(PATH, cast_to=httpx2.Response, content=content, options=_options(seconds))
        except openai.APIError as problem:
            return _refusal(problem)
        return _plain(response)

    return apost


def _options(seconds: float) -> openai.RequestOptions:
    """No retries but ours."""
    return {"max_retries": 0, "timeout": seconds, "security": {"bearer_auth": True}}


def _plain(response: httpx2.Response) -> Response:
    return Response(response.status_code, response.headers, response.content)


def _refusal(problem: openai.APIError) -> Response:
    """The answer that the client library made an exception of, if it is one; raises what else it stands for."""
    import openai

    if isinstance(problem, openai.APIStatusError):
        return _plain(problem.response)
    if isinstance(problem, openai.APITimeoutError):
        raise TimeoutError from None
    cause = problem.__cause__ or problem
    raise NoConnection(f"{type(cause).__name__}: {cause}") from None


def through_aiohttp(session: aiohttp.ClientSession, endpoint: Endpoint) -> Post:
    """Posts through a session that has the headers, and leaves the time to the caller."""
    import aiohttp
    import httpx2
    import yarl

    address = endpoint.address
    url = yarl.URL(str(httpx2.URL(address.url + PATH, params=address.query)), encoded=True)

    async def apost(content: bytes, seconds: float) -> Response:
        try:
            async with session.post(url, data=content) as response:
                body = await response.read()
        except aiohttp.ClientConnectorError as problem:
            raise NoConnection(f"ConnectError: {problem.os_error}") from None
        except aiohttp.ClientError as problem:
            raise NoConnection(f"{type(problem).__name__}: {problem}") from None
        log.info('HTTP Request: POST %s "%d"', address.url, response.status)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.raw_headers}
        return Response(response.status, headers, body)

    return apost
