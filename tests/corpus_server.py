"""A small chat-completions endpoint on loopback for the tests of corpus and command line."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ARTICLE = """Peru's foreign minister in Oslo

OSLO, March 12, 2024. Foreign Minister Ana Reyes of Peru flew to Oslo on March 11, 2024.
Norway had invited Foreign Minister Ana Reyes to the forest forum.
She is accompanied by nobody, and number {number} was on her ticket.
"""


def article(number: int = 1, marks: str = "") -> str:
    """An article with one visit, one invitation and one official; `marks` steer the server's answer."""
    return f"{ARTICLE.format(number=number)}{marks}\n"


def reply_to(question: str) -> dict[str, Any]:
    def sentence(words: str) -> int:
        before = question[: question.rindex(words)]
        return int(re.findall(r"(?m)^\W*(\d+)\W", before)[-1])

    reyes = {"name": "Ana Reyes", "kind": "person", "title": "Foreign Minister", "country": "PER"}
    return {
        "officials": [
            {
                "name": "Ana Reyes",
                "titles": ["Foreign Minister"],
                "role": "foreign_minister",
                "country": "PER",
                "more": [],
            }
        ],
        "visits": [
            {
                "evidence": [sentence("flew to Oslo")],
                "visitors": [reyes],
                "country": "NOR",
                "when": {"text": "March 11, 2024", "date": "2024-03-11"},
                "status": "completed",
                "focus": "main",
                "more": [{"places": ["Oslo"]}],
            }
        ],
        "invitations": [
            {
                "evidence": [sentence("had invited")],
                "inviters": [{"name": "Norway", "kind": "government", "title": None, "country": "NOR"}],
                "invitees": [reyes],
                "country": "NOR",
                "response": "accepted",
                "more": [],
            }
        ],
        "summary": "Peru's foreign minister Ana Reyes flew to Oslo.",
        "more": [],
    }


@dataclass
class Endpoint:
    """What the server was asked, and how many calls were under way at once at most."""

    url: str = ""
    questions: list[str] = field(default_factory=list)
    most_at_once: int = 0
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    asked: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def answer(self, question: str) -> tuple[int, dict[str, Any]]:
        """A good reply, unless the article asks for another: `[status N]`, `[bad]`, `[wait]`, `[meet N]`."""
        with self._lock:
            self.questions.append(question)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            if "[wait]" in question:
                self.asked.set()
                self.go_on.wait(30)
            if found := re.search(r"\[status (\d+)(?: (\w+))?\]", question):
                return int(found[1]), {"error": {"message": f"no: {found[1]}", "code": found[2], "type": found[2]}}
            content = "I would rather not." if "[bad]" in question else json.dumps(reply_to(question))
            return 200, _completion(content)
        finally:
            with self._lock:
                self._under_way -= 1


def _completion(content: str) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "gpt-4o-mini",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200},
    }


@contextmanager
def serving() -> Iterator[Endpoint]:
    """The endpoint, answering while the context lasts."""
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            question = "\n".join(message["content"] for message in body["messages"] if message["role"] == "user")
            status, answer = endpoint.answer(question)
            content = json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:  # the client was interrupted
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()
