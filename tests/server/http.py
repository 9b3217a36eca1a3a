"""As much of HTTP/1.1 as a client library needs, and little CPU: one protocol object for each connection."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error"}

HowItEnds = Literal["kept", "closed", "reset", "cut", "hung"]
"""What becomes of the connection: kept alive; closed or reset after the whole answer; reset after half of the body;
or held with no answer until the client gives up."""

PAUSE_BEFORE_END = 0.01
"""Seconds between an answer and the end of its connection: the client has read it, and keeps the connection."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `path` without scheme, host and query, header names in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Response:
    """One answer, sent after `delay` seconds, or when `ready` says so (asked every hundredth of a second).

    With `drip` the body goes byte by byte with so many seconds between. `over` is called at the end, with whether all
    of it was sent to a client that was still there.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay: float = 0.0
    ready: Callable[[], bool] | None = None
    ends: HowItEnds = "kept"
    drip: float = 0.0
    over: Callable[[bool], None] = lambda sent: None


Handler = Callable[[Request], Response]


def as_json(value: object, status: int = 200, **more: object) -> Response:
    """A response whose body is this value as JSON."""
    return Response(status, json.dumps(value).encode(), **more)  # type: ignore[arg-type]


class Connection(asyncio.Protocol):
    """One connection. Requests on it are answered one after the other, as they come."""

    def __init__(self, answer: Handler, connections: set[Connection]) -> None:
        self._answer = answer
        self._connections = connections
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._wanted: tuple[Request, int] | None = None  # the head that was read, and the length of its body
        self._response: Response | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client came."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """It left, or was sent away."""
        self._connections.discard(self)
        self._end(sent=False)

    def data_received(self, data: bytes) -> None:
        """A part of a request, or all of it."""
        self._received += data
        if self._wanted is None:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            self._wanted = _head(bytes(self._received[:end]))
            del self._received[: end + 4]
        request, length = self._wanted
        if len(self._received) < length:
            return
        body = bytes(self._received[:length])
        del self._received[:length]
        self._wanted = None
        self._respond(Request(request.method, request.path, request.query, request.headers, body))

    def abort(self) -> None:
        """End it, whatever it is doing."""
        self._transport.abort()

    def _respond(self, request: Request) -> None:
        self._response = response = self._answer(request)
        if response.delay or response.ready is not None:
            self._loop.call_later(response.delay, self._send_when_ready, response)
        else:
            self._send(response)

    def _send_when_ready(self, response: Response) -> None:
        if self._transport.is_closing():
            return
        if response.ready is not None and not response.ready():
            self._loop.call_later(0.01, self._send_when_ready, response)
        else:
            self._send(response)

    def _send(self, response: Response) -> None:
        if response.ends == "hung":
            return
        head = _status_and_headers(response)
        if response.ends == "cut" and not response.body:
            self._reset()
        elif response.ends == "cut":
            self._transport.write(head + response.body[: len(response.body) // 2])
            self._reset()
        elif response.drip:
            self._transport.write(head)
            self._drip(response, 0)
        else:
            self._transport.write(head + response.body)
            self._end(sent=True)
            if response.ends == "reset":
                self._loop.call_later(PAUSE_BEFORE_END, self._reset)
            elif response.ends == "closed":
                self._loop.call_later(PAUSE_BEFORE_END, self._transport.close)

    def _drip(self, response: Response, position: int) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(response.body[position : position + 1])
        if position + 1 < len(response.body):
            self._loop.call_later(response.drip, self._drip, response, position + 1)
        else:
            self._end(sent=True)

    def _reset(self) -> None:
        """Linger of zero: the client gets a reset instead of an orderly end."""
        if not self._transport.is_closing():
            connection: socket.socket = self._transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()

    def _end(self, *, sent: bool) -> None:
        response, self._response = self._response, None
        if response is not None:
            response.over(sent)


def _head(head: bytes) -> tuple[Request, int]:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    if not target.startswith("/"):  # as a proxy is asked
        target = "/" + target.partition("//")[2].partition("/")[2]
    path, _, query = target.partition("?")
    return Request(method, path, query, headers, b""), int(headers.get("content-length", 0))


def _status_and_headers(response: Response) -> bytes:
    more = "".join(f"{name}: {value}\r\n" for name, value in response.headers.items())
    return (
        f"HTTP/1.1 {response.status} {REASONS.get(response.status, 'Other')}\r\n"
        f"content-type: {response.content_type}\r\n{more}content-length: {len(response.body)}\r\n\r\n"
    ).encode()
