"""The loopback server between the library and the model while a scenario is recorded."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.recording.faults import Answer, Change, changed
from tests.recording.scenario import Endpoint, Step

_RELAYED_HEADERS = ("content-type", "retry-after", "x-request-id")
_SERVERS_OWN_VERDICTS = (200, 400, 422)  # a request refused for its format is the library's business
_LIMITS = ("max_completion_tokens", "max_tokens")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A whole HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class ModelFailed(Exception):
    """The model's endpoint did not give an answer that is worth recording."""


class RealModel:
    """The model behind `endpoint`. The same request, whatever its token limit, is asked once and remembered."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._known: dict[str, HttpAnswer] = {}
        self._lock = threading.Lock()

    def answer(self, path: str, body: bytes) -> HttpAnswer:
        """The real answer. `path` is relative to the base URL. Raises `ModelFailed`."""
        request = {key: value for key, value in json.loads(body).items() if key not in _LIMITS}
        key = path + json.dumps(request, sort_keys=True)
        with self._lock:
            if key not in self._known:
                answer = self._ask(path, body)
                if _is_cut_off(answer):
                    return answer  # a larger limit deserves an answer of its own
                self._known[key] = answer
            return self._known[key]

    def _ask(self, path: str, body: bytes) -> HttpAnswer:
        url = self.endpoint.base_url.rstrip("/") + path
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.endpoint.api_key}"}
        try:
            with urllib.request.urlopen(
                urllib.request.Request(url, body, headers), timeout=self.endpoint.timeout
            ) as response:
                answer = HttpAnswer(response.status, _relayed(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                answer = HttpAnswer(error.code, _relayed(error.headers), error.read())
        except OSError as error:
            raise ModelFailed(f"{self.endpoint.base_url} cannot be reached: {error}") from error
        if answer.status not in _SERVERS_OWN_VERDICTS:
            raise ModelFailed(f"{self.endpoint.base_url} answered {answer.status}: {answer.body[:300]!r}")
        return answer


def _relayed(headers: Message) -> dict[str, str]:
    return {name: str(headers[name]) for name in _RELAYED_HEADERS if name in headers}


def _is_cut_off(answer: HttpAnswer) -> bool:
    if answer.status != 200:
        return False
    return any(choice["finish_reason"] == "length" for choice in json.loads(answer.body)["choices"])


@dataclass(slots=True)
class Script:
    """The answers of one scenario, in order, and what happened.

    `induced` names the answers that no model gave (or gave otherwise), `asked` counts those it gave, `trouble` is set
    when the model failed.
    """

    steps: Sequence[Step]
    model: RealModel
    induced: list[str] = field(default_factory=list)
    asked: int = 0
    requests: int = 0
    trouble: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, body: bytes) -> HttpAnswer:
        """The answer to the next request; a 401, which ends the call, once the model has failed."""
        with self._lock:
            step = self.steps[self.requests] if self.requests < len(self.steps) else "model"
            self.requests += 1
            if isinstance(step, Answer | Change):
                self.induced.append(f"request {self.requests}: {step.name}")
            if isinstance(step, Answer):
                return _induced(step)
            try:
                answer = self.model.answer(path, body)
                self.asked += 1
                return answer if step == "model" else _with_change(step, answer)
            except ModelFailed as failure:
                self.trouble = str(failure)
                return HttpAnswer(401, {"content-type": "application/json"}, b'{"error": {"message": "no answer"}}')

    def faults_left(self) -> list[str]:
        """Names of the faults that no request came for."""
        return [step.name for step in self.steps[self.requests :] if step != "model"]


def _induced(step: Answer) -> HttpAnswer:
    if isinstance(step.body, str):
        return HttpAnswer(step.status, dict(step.headers), step.body.encode())
    headers = {"Content-Type": "application/json", **step.headers}
    return HttpAnswer(step.status, headers, json.dumps(step.body, ensure_ascii=False).encode())


def _with_change(step: Change, answer: HttpAnswer) -> HttpAnswer:
    if answer.status != 200:
        raise ModelFailed(f"the model answered {answer.status}, so there is no reply to change")
    body: dict[str, Any] = changed(step, json.loads(answer.body))
    return HttpAnswer(answer.status, answer.headers, json.dumps(body, ensure_ascii=False).encode())


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """Serve the script on loopback; yields the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = script.answer(self.path.removeprefix("/v1"), body)
            self.send_response_only(answer.status)  # no Server and no Date: neither says anything of the model
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the recorder reports."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        finally:
            server.shutdown()
            thread.join()
