"""`python -m tests.demo`: the command line on the example articles, with the recorded answers and no key.

A server on loopback gives the answers in `cassettes/seed_*.yaml` to exactly the requests they were recorded for; the
command is the one that a user runs. The ledger is left at the path that is named at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.recording import readable

ROOT = Path(__file__).parent.parent
MODEL = "relay-llm"


@contextmanager
def recorded_endpoint(names: str = "seed_00?.yaml") -> Iterator[str]:
    """Serves recorded answers; gives the base URL. A request that was not recorded is answered 404 and says so."""
    answers: dict[str, Any] = {}
    for path in sorted((ROOT / "cassettes").glob(names)):
        for exchange in readable.load(path.read_text(encoding="utf-8"))["interactions"]:
            answers[_key(exchange["request"]["parsed_body"])] = exchange["response"]["parsed_body"]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_arguments: object) -> None:
            """Nothing: the command's own output is what counts."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            answer = answers.get(_key(body))
            unknown = {"error": {"message": "this request was not recorded", "type": "invalid_request_error"}}
            raw = json.dumps(answer or unknown).encode()
            self.send_response(200 if answer else 404)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _key(body: dict[str, Any]) -> str:
    return json.dumps([body["messages"], body.get("response_format")], sort_keys=True)


def summarise(*arguments: str) -> int:
    """Runs the command as a user does; gives its exit status."""
    sys.stdout.write(f"$ summarise {' '.join(arguments)}\n")
    sys.stdout.flush()
    # The server is on this machine: a proxy that the environment names must not be asked for it.
    environment = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    command = [sys.executable, "-m", "summarise", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def recorded_ledger(path: Path) -> Path:
    """The ledger of the four examples, written to `path` from the recorded answers."""
    with recorded_endpoint() as base_url:
        endpoint = ("--model", MODEL, "--base-url", base_url, "--concurrency", "1")  # the rows in one order
        if status := summarise("corpus", "examples/articles", "--out", str(path), *endpoint):
            raise SystemExit(status)
    return path


def main() -> int:
    """The corpus run over the four examples, then one of them as a table."""
    ledger = Path(tempfile.mkdtemp(prefix="summarise-")) / "ledger.jsonl"
    with recorded_endpoint() as base_url:
        endpoint = ("--model", MODEL, "--base-url", base_url)
        status = summarise("corpus", "examples/articles", "--out", str(ledger), *endpoint)
        shown = summarise("article", "examples/articles/001_12a61b80a6d06b2b.txt", *endpoint)
    sys.stdout.write(f"\nThe ledger: {ledger}\n")
    return status or shown


if __name__ == "__main__":
    sys.exit(main())
