"""The clients of one endpoint: made when they are first needed, shared by threads, one for each event loop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import TYPE_CHECKING, Any, cast
from urllib.request import getproxies

from summarise import errors
from summarise.model.wire import through_aiohttp, through_client

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator

    import aiohttp
    import httpx2
    import openai

    from summarise.model.ladder import Endpoint
    from summarise.model.wire import Post

NO_KEY = "none"  # servers that want no key still expect the header

KEPT_OPEN = 5.0
"""Seconds for which an idle connection is kept: many servers close theirs soon after."""


class Connections:
    """The clients for `endpoint`. One that was `given` is handed out as it is, and never closed. With `direct` those of
    our own use no proxy, whatever the environment says.

    Raises `ConfigurationError` for a given client of the other kind, and when what the environment says of proxies or
    certificates cannot be used.
    """

    def __init__(
        self, endpoint: Endpoint, key: str, given: openai.OpenAI | openai.AsyncOpenAI | None, *, direct: bool = False
    ) -> None:
        self._endpoint = endpoint
        self._key = key or NO_KEY
        self._given = given
        self._direct = direct
        self._lock = threading.Lock()
        self._own: openai.OpenAI | None = None
        self._per_loop: dict[asyncio.AbstractEventLoop, tuple[Post, AsyncGenerator[None]]] = {}

    def synchronous(self) -> openai.OpenAI:
        """The client for all threads."""
        import openai

        if isinstance(self._given, openai.AsyncOpenAI):
            raise errors.ConfigurationError(
                "a call that waits for its result needs a synchronous client, and an openai.AsyncOpenAI was given",
                hint="Await asummarise_article or Summariser.aread instead, or give an openai.OpenAI.",
            )
        if self._given is not None:
            return self._given
        with self._lock:
            if self._own is None:
                hooks: dict[str, list[Callable[..., Any]]] = {"request": [_note_start], "response": [_end_in_time]}
                with self._building():
                    http_client = openai.DefaultHttpxClient(event_hooks=hooks, trust_env=not self._direct)
                    self._own = openai.OpenAI(**self._client_arguments(), http_client=http_client)
            return self._own

    async def asynchronous(self) -> Post:
        """The way to post in the running loop: connections belong to the loop that they were opened in."""
        import asyncio

        if self._given is not None:
            return through_client(check_asynchronous(self._given))
        loop = asyncio.get_running_loop()
        with self._lock:
            if loop in self._per_loop:
                return self._per_loop[loop][0]
            self._per_loop = {known: kept for known, kept in self._per_loop.items() if not known.is_closed()}
            with self._building():
                way, closing = self._open()
            keeper = _keep(closing)
            self._per_loop[loop] = (way, keeper)
        await anext(keeper)
        return way

    def _open(self) -> tuple[Post, AsyncExitStack]:
        """A way to post, and what closes it. The client library says what the environment wants, proxies included."""
        import openai

        closing = AsyncExitStack()
        proxied = not self._direct and bool(set(getproxies()) - {"no"})
        # The library's own transport, were it made but in part, would log a traceback when it is collected.
        transport = openai.DefaultAsyncHttpxClient() if proxied else _unused()
        client = openai.AsyncOpenAI(**self._client_arguments(), http_client=transport)
        closing.push_async_callback(client.close)
        if proxied:
            return through_client(client), closing
        session = self._session(client)
        closing.push_async_callback(session.close)
        return through_aiohttp(session, self._endpoint), closing

    def _session(self, client: openai.AsyncOpenAI) -> aiohttp.ClientSession:
        import aiohttp
        import httpx2

        encrypted = self._endpoint.url.startswith("https:")
        connector = aiohttp.TCPConnector(
            limit=0,  # the pace, and whoever asks, say how many
            ssl=httpx2.create_ssl_context() if encrypted else True,
            keepalive_timeout=KEPT_OPEN,
        )
        return aiohttp.ClientSession(
            connector=connector,
            headers={name: value for name, value in client.default_headers.items() if isinstance(value, str)},
            timeout=aiohttp.ClientTimeout(total=None),  # the driver has its own
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    def _client_arguments(self) -> dict[str, Any]:
        """Everything that the client library would otherwise take from the environment on its own."""
        address = self._endpoint.address
        return {
            "api_key": self._key,
            # Without user and password: the client library logs its addresses.
            "base_url": address.url,
            "default_query": address.query,
            "default_headers": {"Authorization": address.authorization or f"Bearer {self._key}"},
            "max_retries": 0,
        }

    @contextmanager
    def _building(self) -> Iterator[None]:
        """Turns what the environment makes the client library raise into a `ConfigurationError`."""
        import httpx2

        try:
            yield
        except (OSError, ImportError, ValueError, httpx2.InvalidURL) as problem:
            reason = self._endpoint.clean(f"{type(problem).__name__}: {problem}")
            problem.args = (reason,)  # it may have named a proxy, with user and password
            raise errors.ConfigurationError(
                f"no client can be made for {self._endpoint.url}: {reason}",
                hint="Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY (proxies), SSL_CERT_FILE and SSL_CERT_DIR "
                "(certificates), and the base URL.",
            ) from problem

    def close(self) -> None:
        """Close the synchronous client; the next use makes a new one."""
        with self._lock:
            own, self._own = self._own, None
        if own is not None:
            own.close()

    async def aclose(self) -> None:
        """Close the client of the running loop, and the synchronous one."""
        import asyncio

        self.close()
        with self._lock:
            kept = self._per_loop.pop(asyncio.get_running_loop(), None)
        if kept is not None and not is_closing(kept[1]):
            await kept[1].aclose()


def is_closing(keeper: AsyncGenerator[None]) -> bool:
    """Whether the generator is being closed already: a loop that shuts down closes all of its own at the same time."""
    return bool(cast("Any", keeper).ag_running)


def check_client(client: object) -> None:
    """Raises `ConfigurationError` for what is no client."""
    import openai

    if not isinstance(client, openai.OpenAI | openai.AsyncOpenAI):
        raise errors.ConfigurationError(
            f"client is of the type {type(client).__name__}", hint="Give an openai.OpenAI or an openai.AsyncOpenAI."
        )


def check_asynchronous(client: object) -> openai.AsyncOpenAI:
    """The client, if it is one for calls that are awaited. Raises `ConfigurationError` for any other."""
    import openai

    if isinstance(client, openai.OpenAI):
        raise errors.ConfigurationError(
            "a call that is awaited needs an asynchronous client, and an openai.OpenAI was given",
            hint="Call summarise_article or Summariser.read instead, or give an openai.AsyncOpenAI.",
        )
    check_client(client)
    return cast("openai.AsyncOpenAI", client)


async def _keep(closing: AsyncExitStack) -> AsyncGenerator[None]:
    """Closes what is open when its loop ends: a loop that shuts down closes its asynchronous generators first."""
    async with closing:
        yield


def _unused() -> httpx2.AsyncClient:
    """For a client library that is asked for its headers alone: one of its own would read all certificates."""
    import httpx2

    return httpx2.AsyncClient(transport=httpx2.AsyncBaseTransport(), trust_env=False)


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
