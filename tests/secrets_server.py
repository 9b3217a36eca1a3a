"""An endpoint on loopback that says back whatever secrets it was sent, in every place where an answer has room."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPLY = {"officials": [], "visits": [], "invitations": [], "summary": "{said}", "more": []}


def completion(said: str, **message: Any) -> dict[str, Any]:
    """A chat completion whose every free field says `said`."""
    content = json.dumps({**REPLY, "summary": said})
    told = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "message": told, "finish_reason": "stop", "logprobs": None}
    usage = {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": 10, "note": said}
    return {
        "id": said, "object": "chat.completion", "created": 1, "model": f"m {said}", "system_fingerprint": said,
        "choices": [choice], "usage": usage,
    }  # fmt: skip


def error(said: str, code: str = "some_code") -> dict[str, Any]:
    return {"error": {"message": f"no: {said}", "type": said, "code": code, "param": said, "headers": {"auth": said}}}


MODES: Mapping[str, tuple[int, Callable[[str], object]]] = {
    "completion": (200, completion),
    "refusal": (200, lambda said: completion(said, content=None, refusal=f"I cannot, {said}")),
    "no json": (200, lambda said: completion(said, content=f"My key is {said}")),
    "key twice": (200, lambda said: completion(said, content=f'{{"{said}": 1, "{said}": 2}}')),
    "unknown field": (200, lambda said: completion(said, content=json.dumps({**REPLY, said: said}))),
    "error within": (200, error),
    "page": (200, lambda said: f"<html>{said}</html>"),
    "nothing": (200, lambda said: {"choices": [], "said": said}),
    "wrong key": (
        401,
        lambda said: error(f"Incorrect API key provided: {said}. You can find your key", "invalid_api_key"),
    ),
    "forbidden": (403, error),
    "no model": (404, error),
    "bad request": (400, error),
    "format refused": (400, lambda said: error(f"response_format is not supported, {said}")),
    "too long": (400, lambda said: error(f"maximum context length is 9 tokens, {said}", "context_length_exceeded")),
    "rate limit": (429, error),
    "no credit": (429, lambda said: error(said, "insufficient_quota")),
    "broken": (500, error),
    "plain text": (502, lambda said: f"bad gateway {said}"),
}


@contextmanager
def echoing(mode: str) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    """Host and port of an endpoint that answers in this mode, and the headers of what it was sent."""
    seen: list[Mapping[str, str]] = []
    status, body_of = MODES[mode]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.append({**{name.lower(): value for name, value in self.headers.items()}, ":path": self.path})
            named = [self.headers.get(name) for name in ("Authorization", "OpenAI-Organization", "OpenAI-Project")]
            said = " ".join([*filter(None, named), self.path])
            key = (self.headers.get("Authorization") or "").partition(" ")[2]
            body = body_of(f"{said} {key} {key[:11]}***{key[-4:]}")
            content = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if isinstance(body, str) else "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Request-Id", f"req {said}")
            self.send_header("X-Echo", said)
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}", seen
        server.shutdown()
        thread.join()
