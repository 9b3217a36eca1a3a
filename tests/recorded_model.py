"""A small model on loopback and a small library that asks it, for the tests of the recording machinery."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import openai
import pytest

from tests.recording.proxy import RealModel
from tests.recording.recorder import Recorded, record
from tests.recording.scenario import Endpoint, Identity, Scenario, Step

KEY = "sk-" + "Zq8" * 9
ARTICLE = "LUSAKA, March 4.\n\nPresident Banda of Malawi arrived in Lusaka. \nHe “will stay” three days.\n"
NOW = Identity("prompt-1", "schema-1")


class Model:
    """A chat completions endpoint that answers with the number of the request and keeps what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.finish_reason = "stop"
        self.reply = "reply {number}:\n- a visit\n"
        self.seen: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.base_url = ""

    def answer(self) -> dict[str, Any]:
        message = {"role": "assistant", "content": self.reply.format(number=len(self.seen))}
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason}
        return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m-1", "choices": [choice]}


@contextmanager
def serving_model() -> Iterator[Model]:
    """Serve a model on loopback."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            model.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            model.keys.append(self.headers["Authorization"])
            body = json.dumps(model.answer()).encode()
            self.send_response(model.status)
            for name, value in {
                "Content-Type": "application/json",
                "X-Request-Id": "req_7",
                "Set-Cookie": "session=1",
                "OpenAI-Organization": "the-ministry",
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        model.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        yield model
        server.shutdown()
        thread.join()


def ask(client: openai.OpenAI, model: str, text: str = ARTICLE, limit: int = 100) -> Any:
    messages: Any = [{"role": "system", "content": "Read."}, {"role": "user", "content": text}]
    return client.chat.completions.create(model=model, messages=messages, max_completion_tokens=limit)


async def aask(client: openai.AsyncOpenAI, model: str, text: str = ARTICLE) -> Any:
    messages: Any = [{"role": "system", "content": "Read."}, {"role": "user", "content": text}]
    return await client.chat.completions.create(model=model, messages=messages, max_completion_tokens=100)


class Asking:
    """A library with one function: it asks so often, and returns the replies, or the error that ended it."""

    def __init__(self, times: int = 1, *, text: str = ARTICLE, limits: tuple[int, ...] = (100, 100, 100)) -> None:
        self.times, self.text, self.limits = times, text, limits

    def read(self, scenario: Scenario, endpoint: Endpoint) -> list[Any]:
        if scenario.driver == "async":
            return [asyncio.run(self._aread(endpoint))]
        client = openai.OpenAI(base_url=endpoint.base_url, api_key=endpoint.api_key, max_retries=0)
        outcomes: list[Any] = []
        for number in range(self.times):
            try:
                completion = ask(client, endpoint.model, self.text, self.limits[number])
                outcomes.append(completion.choices[0].message.content)
            except openai.APIStatusError as error:
                outcomes.append(error.status_code)
        return outcomes

    async def _aread(self, endpoint: Endpoint) -> Any:
        async with openai.AsyncOpenAI(base_url=endpoint.base_url, api_key=endpoint.api_key, max_retries=0) as client:
            return (await aask(client, endpoint.model, self.text)).choices[0].message.content

    def identity(self, scenario: Scenario) -> Identity:
        return NOW


def recorded(model: Model, folder: Path, *steps: Step, library: Asking | None = None, **row: Any) -> Recorded:
    name = "induced_case" if any(step != "model" for step in steps) else "case"
    scenario = Scenario(name=name, article="a.txt", steps=steps, **{"driver": "sync", **row})
    endpoint = Endpoint(model.base_url, KEY, "m-1")
    return record(scenario, library or Asking(max(1, len(steps))), RealModel(endpoint), folder)


def failure(action: Callable[[], object]) -> str:
    with pytest.raises(pytest.fail.Exception) as caught:
        action()
    return str(caught.value)
