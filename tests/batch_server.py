"""A provider's files and batches on loopback: real sockets, the real shapes, seeded faults, its own counts.

A batch moves on by one state whenever it is looked at, so that nothing depends on a clock. Started as a program it
serves in a process of its own until its standard input ends: it prints its address, and at the end its counts as JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import signal
import socket
import struct
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.batch_faults import Faults, Seen

Answer = Callable[[str], str]
"""Makes the content of a good reply from the message with the article."""

ENDED = {"completed", "failed", "expired", "cancelled"}
CREATED = 1_760_000_000


class BatchServer:
    """The provider. A batch needs `looks` looks to end; pages of lists have `page` things."""

    def __init__(self, answer: Answer, faults: Faults | None = None, *, looks: int = 1, page: int = 100) -> None:
        self.answer = answer
        self.faults = faults or Faults()
        self.looks = looks
        self.page = page
        self.seen = Seen()
        self.url = ""
        self.files: dict[str, dict[str, Any]] = {}
        self.content: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.has_batches = True
        self._left: dict[str, int] = {}
        self._tries: Counter[str] = Counter()
        self._answered: set[str] = set()
        self._out: Counter[str] = Counter()
        self._lock = threading.Lock()

    def handle(self, method: str, path: str, query: dict[str, list[str]], headers: Any, body: bytes) -> Given:
        """The status and the body of the answer to a call."""
        with self._lock:
            name = f"{method} /{_kind(path)}"
            self.seen.calls[name] += 1
            call = f"{name} {self.seen.calls[name]}"
            if call in self.faults.fail:
                return self.faults.fail[call], _error(f"no: {self.faults.fail[call]}")
            self._perhaps_kill(f"{call} before")
            if f"{call} before" in self.faults.kill:
                return 0, None
            given = self._route(method, path, query, headers, body)
            self._perhaps_kill(f"{call} after")
            return (0, given[1]) if call in self.faults.lose else given

    def _perhaps_kill(self, moment: str) -> None:
        if moment in self.faults.kill:
            assert self.faults.victim is not None
            os.kill(int(self.faults.victim.read_text()), signal.SIGKILL)
            self.seen.kills.append(moment)

    def _route(self, method: str, path: str, query: dict[str, list[str]], headers: Any, body: bytes) -> Given:
        match method, path.split("/"):
            case "POST", ["chat", "completions"]:
                asked = json.loads(body)
                self.seen.live += 1
                self.seen.repeated += _hash(asked) in self._answered
                return self._made(asked)
            case _ if not self.has_batches:
                return 404, {"detail": "Not Found"}
            case "POST", ["files"]:
                return self._upload(headers["content-type"], body)
            case "GET", ["files"]:
                return 200, self._listed(list(self.files.values()), query)
            case "GET", ["files", file, "content"] if file in self.content:
                return 200, self.content[file]
            case "POST", ["batches"]:
                return self._create(json.loads(body))
            case "GET", ["batches"]:
                return 200, self._listed(list(self.batches.values()), query)
            case "GET", ["batches", batch] if batch in self.batches:
                self._move_on(batch)
                return 200, self.batches[batch]
            case _:
                return 404, _error(f"no such thing: {path}")

    def _listed(self, things: list[dict[str, Any]], query: dict[str, list[str]]) -> dict[str, Any]:
        """The newest first, a page of them."""
        newest = things[::-1]
        after = query.get("after", [""])[0]
        if after:
            newest = newest[[thing["id"] for thing in newest].index(after) + 1 :]
        page = newest[: self.page]
        return {"object": "list", "data": page, "has_more": len(newest) > len(page)}

    def _upload(self, kind: str, body: bytes) -> Given:
        boundary = kind.partition("boundary=")[2].encode()
        fields: dict[str, bytes] = {}
        filename = ""
        for piece in body.split(b"--" + boundary)[1:-1]:
            head, _, content = piece.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n")
            name = re.search(rb' name="([^"]+)"', head)
            assert name is not None
            if found := re.search(rb'filename="([^"]+)"', head):
                filename = found[1].decode()
            fields[name[1].decode()] = content
        assert fields["purpose"] == b"batch", fields
        return 200, self._file(filename, fields["file"], "batch")

    def _file(self, name: str, content: bytes, purpose: str) -> dict[str, Any]:
        id = f"file-{len(self.files) + 1:04}"
        self.content[id] = content
        self.files[id] = {
            "id": id, "object": "file", "bytes": len(content), "created_at": CREATED + len(self.files),
            "filename": name, "purpose": purpose, "status": "processed",
        }  # fmt: skip
        self.seen.files += purpose == "batch"
        return self.files[id]

    def _create(self, wanted: dict[str, Any]) -> Given:
        assert wanted["completion_window"] == "24h"
        assert wanted["endpoint"] == "/v1/chat/completions"
        if wanted["input_file_id"] not in self.content:
            return 400, _error("no such file", "invalid_request_error")
        lines = self._lines(wanted["input_file_id"])
        id = f"batch_{len(self.batches) + 1:04}"
        self.seen.batches += 1
        self.seen.most_in_file = max(self.seen.most_in_file, len(lines))
        self.seen.biggest_file = max(self.seen.biggest_file, len(self.content[wanted["input_file_id"]]))
        self.batches[id] = {
            "id": id, "object": "batch", "endpoint": wanted["endpoint"], "completion_window": "24h",
            "input_file_id": wanted["input_file_id"], "status": "validating", "metadata": wanted.get("metadata"),
            "created_at": CREATED * 2 + len(self.batches), "expires_at": CREATED * 2 + 86_400,
            "output_file_id": None, "error_file_id": None, "errors": None,
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
        }  # fmt: skip
        self._left[id] = self.looks
        number = len(self.batches)
        if number not in self.faults.refuse | self.faults.crowd:
            for line in lines:
                key = _hash(line["body"])
                self.seen.repeated += self._out[key] > 0 or key in self._answered
                self._out[key] += 1
        return 200, self.batches[id]

    def _lines(self, file: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.content[file].splitlines()]

    def _move_on(self, id: str) -> None:
        batch, number = self.batches[id], int(id.rpartition("_")[2])
        if batch["status"] in ENDED:
            return
        lines = self._lines(batch["input_file_id"])
        batch["status"] = "in_progress"
        batch["request_counts"]["total"] = len(lines)
        self._left[id] -= 1
        if self._left[id] > 0:
            return
        if number in self.faults.refuse | self.faults.crowd:
            self._refuse(batch, crowded=number in self.faults.crowd)
            return
        status = "expired" if number in self.faults.expire else "cancelled" if number in self.faults.cancel else ""
        results: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
        for place, line in enumerate(lines):
            self._out[_hash(line["body"])] -= 1
            if status and place >= len(lines) // 2:
                if status == "expired":
                    error = {"code": "batch_expired", "message": "This request could not be executed in time."}
                    results[False].append({"custom_id": line["custom_id"], "response": None, "error": error})
                continue
            code, answer = self._made(line["body"])
            response = {"status_code": code, "request_id": f"req-{id}-{place}", "body": answer}
            results[code == 200].append({"custom_id": line["custom_id"], "response": response, "error": None})
        for good, name in ((True, "output_file_id"), (False, "error_file_id")):
            if results[good]:
                results[good].reverse()  # the order is no promise
                text = "".join(json.dumps({"id": f"r{n}", **one}) + "\n" for n, one in enumerate(results[good]))
                batch[name] = self._file(f"{id}_{name}.jsonl", text.encode(), "batch_output")["id"]
        batch["status"] = status or "completed"
        batch[f"{batch['status']}_at"] = CREATED * 2 + 3600
        batch["request_counts"] |= {"completed": len(results[True]), "failed": len(results[False])}

    def _refuse(self, batch: dict[str, Any], *, crowded: bool) -> None:
        batch["status"], batch["failed_at"] = "failed", CREATED * 2 + 60
        error = {"code": "invalid_json_line", "line": 2, "message": "This line is not parseable.", "param": None}
        if crowded:
            message = "Enqueued token limit reached for this model."
            error = {"code": "token_limit_exceeded", "line": None, "message": message, "param": None}
        batch["errors"] = {"object": "list", "data": [error]}

    def _made(self, body: dict[str, Any]) -> Given:
        """What comes of one request."""
        question = next(message["content"] for message in body["messages"] if message["role"] == "user")
        found = re.search(r"article-([0-9a-f]{12})", question)
        assert found is not None
        article, faults = found[1], self.faults
        self.seen.asked[article] += 1
        if faults.no_credit:
            return 429, _error("You exceeded your current quota.", "insufficient_quota")
        if faults.no_schema and "json_schema" in str(body.get("response_format")):
            return 400, _error("response_format json_schema is not supported by this model")
        if faults.old_limit and "max_completion_tokens" in body:
            return 400, _error("Unrecognized parameter: max_completion_tokens is not supported")
        self._tries[article] += 1
        chance = _chance(f"{faults.seed} {article} {self._tries[article]}")
        for rate, code in ((faults.busy, 429), (faults.broken, 500)):
            if chance < rate:
                return code, _error("not now")
            chance -= rate
        self._answered.add(_hash(body))
        if chance < faults.bad:
            return 200, _completion(body, f"I would rather not, for the {self._tries[article]}. time.")
        if chance < faults.bad + faults.truncated:
            return 200, _completion(body, '{"officials": [', finish="length")
        return 200, _completion(body, self.answer(question))


Given = tuple[int, Any]


def _kind(path: str) -> str:
    """The path without ids: `files`, `files/content`, `batches`, `batches/id`."""
    first, *rest = path.split("/")
    return first if not rest else f"{first}/{rest[-1] if rest[-1] in ('content', 'completions') else 'id'}"


def _completion(body: dict[str, Any], content: str, finish: str = "stop") -> dict[str, Any]:
    return {
        "id": "c1", "object": "chat.completion", "created": 0, "model": body["model"],
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200},
    }  # fmt: skip


def _error(message: str, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "code": code, "type": code}}


def _hash(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _chance(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48


@contextmanager
def serving_batches(server: BatchServer) -> Iterator[BatchServer]:
    """The provider, answering while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer("GET", b"")

        def do_POST(self) -> None:
            self._answer("POST", self._body())

        def _body(self) -> bytes:
            if self.headers.get("transfer-encoding") != "chunked":
                return self.rfile.read(int(self.headers["content-length"]))
            pieces = []
            while size := int(self.rfile.readline(), 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(pieces)

        def _answer(self, method: str, body: bytes) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix("/v1/")
            status, given = server.handle(method, path, parse_qs(parts.query), self.headers, body)
            content = given if isinstance(given, bytes) else json.dumps(given).encode()
            try:
                if status == 0:
                    # Linger of zero: the peer gets a reset instead of an answer.
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:  # the client was killed
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    class Http(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Clients are killed here: what they leave behind is no news."""

    http = Http(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def by_headline(replies: dict[str, str]) -> Answer:
    """Answers by the headline, which is the first sentence."""

    def answer(question: str) -> str:
        lines = (line.partition("] ")[2] for line in question.splitlines())
        return next(replies[line] for line in lines if line in replies)

    return answer


def main() -> None:
    """Serve the replies of a file (JSON, by headline) until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("replies", type=Path)
    for name in ("bad", "truncated", "busy", "broken"):
        parser.add_argument(f"--{name}", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--looks", type=int, default=1)
    parser.add_argument("--kill", action="append", default=[], metavar="CALL before|after")
    parser.add_argument("--victim", type=Path)
    given = parser.parse_args()
    rates = {name: getattr(given, name) for name in ("bad", "truncated", "busy", "broken", "seed")}
    faults = Faults(**rates, kill=set(given.kill), victim=given.victim)
    answer = by_headline(json.loads(given.replies.read_text()))
    with serving_batches(BatchServer(answer, faults, looks=given.looks)) as server:
        print(server.url, flush=True)  # noqa: T201
        sys.stdin.read()
    print(json.dumps(vars(server.seen)))  # noqa: T201


if __name__ == "__main__":
    main()
