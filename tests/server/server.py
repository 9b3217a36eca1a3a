"""The server: a table of routes behind one address on loopback, answering from a thread of its own."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.server.chat import Answer, Chat
from tests.server.http import Connection, Handler, Request, Response, as_json
from tests.server.seen import Seen


class Server:
    """An endpoint that answers chat completions with `answer`; the options are those of `Chat`.

    `GET …/seen` tells its counts, but for those of each article, while it runs. `mount` adds routes.
    """

    def __init__(self, answer: Answer, **options: Any) -> None:
        self.chat = Chat(answer, **options)
        self._routes: list[tuple[str, re.Pattern[str], Handler]] = []
        self._connections: set[Connection] = set()
        self.mount("GET", r".*/seen", lambda request: as_json(self.seen.totals()))
        self.mount("POST", r".*/chat/completions", self.chat)

    @property
    def seen(self) -> Seen:
        """What came so far to the chat endpoint."""
        return self.chat.seen

    @property
    def open_connections(self) -> int:
        """How many connections there are now."""
        return len(self._connections)

    def mount(self, method: str, path: str, handler: Handler) -> None:
        """Let `handler` answer what comes with this method to paths that this pattern fits whole; the last one wins.

        Handlers are called in the server's thread, one at a time, and must not block: what takes time is the
        response's `delay`, or its `ready`.
        """
        self._routes.insert(0, (method, re.compile(path), handler))

    def answer(self, request: Request) -> Response:
        """What the table of routes makes of a request."""
        for method, path, handler in self._routes:
            if method == request.method and path.fullmatch(request.path):
                return handler(request)
        message = f"there is no {request.method} {request.path}"
        return as_json({"error": {"message": message, "type": "invalid_request_error", "code": "not_found"}}, 404)

    @contextmanager
    def running(self, port: int = 0) -> Iterator[str]:
        """Its base URL, while it answers from a thread of its own; at a port that is free, unless one is given."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name="server")
        thread.start()
        listening = asyncio.run_coroutine_threadsafe(self._listen(loop, port), loop).result()
        try:
            yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
        finally:
            asyncio.run_coroutine_threadsafe(self._stop(listening), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _listen(self, loop: asyncio.AbstractEventLoop, port: int) -> asyncio.Server:
        def connection() -> Connection:
            return Connection(self.answer, self._connections)

        return await loop.create_server(connection, "127.0.0.1", port, backlog=512)

    async def _stop(self, listening: asyncio.Server) -> None:
        listening.close()
        for connection in list(self._connections):
            connection.abort()
        await asyncio.sleep(0)  # the aborted connections are told so
