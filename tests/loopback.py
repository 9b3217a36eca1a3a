"""A small HTTP server on 127.0.0.1 that answers as it is told, in order, and keeps what it saw."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Scripted:
    """One answer. `cut` resets the connection after half of the body; `hang` holds the answer back until the server
    ends; `drip` sends the body a byte at a time, with that many seconds between."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    cut: bool = False
    hang: bool = False
    drip: float = 0.0

    def payload(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Seen:
    """One request as the server saw it; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


def completion(content: object = "{}", **more: Any) -> Scripted:
    """A chat completion with this content; `message`, `usage` and `headers` can be given."""
    message = {"role": "assistant", "content": content, **more.get("message", {})}
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "small-1",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
    }
    if "usage" in more:
        body["usage"] = more["usage"]
    return Scripted(body=body, headers=more.get("headers", {}))


def refusal(status: int, message: str, *, headers: Mapping[str, str] | None = None, **fields: object) -> Scripted:
    """An error in OpenAI's form."""
    return Scripted(status, {"error": {"message": message, **fields}}, headers or {})


class Loopback:
    """The server, as a context manager. The last scripted answer is repeated when the script is at its end."""

    def __init__(self, *script: Scripted) -> None:
        self.script = list(script)
        self.seen: list[Seen] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                loopback._answer(self, loopback._next(Seen(self.path, headers, json.loads(raw))))

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the requests are kept in `seen`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def _next(self, seen: Seen) -> Scripted:
        with self._lock:
            self.seen.append(seen)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def _answer(self, handler: BaseHTTPRequestHandler, answer: Scripted) -> None:
        if answer.hang:
            self._over.wait(30)
            handler.close_connection = True
            return
        payload = answer.payload()
        handler.send_response(answer.status)
        for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(payload)))
        handler.end_headers()
        if answer.cut:
            handler.wfile.write(payload[: len(payload) // 2])
            # Linger of zero: the peer gets a reset instead of an orderly end.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            handler.close_connection = True
        elif answer.drip:
            self._drip(handler, payload, answer.drip)
        else:
            handler.wfile.write(payload)

    def _drip(self, handler: BaseHTTPRequestHandler, payload: bytes, pause: float) -> None:
        for position in range(len(payload)):
            if self._over.wait(pause):
                break
            try:
                handler.wfile.write(payload[position : position + 1])
            except OSError:  # the caller has given up, as it should
                break
        handler.close_connection = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
