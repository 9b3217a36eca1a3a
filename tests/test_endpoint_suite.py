"""The conformance suite, run as its user runs it: against a good endpoint, and against those that do not conform."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarise.local import Wanted, given_back, model_file, shared_server
from tests.server import Faults, Response, Server, as_json
from tests.tiny_model import CONTEXT, write_tiny_model

ROOT = Path(__file__).parent.parent
LIMITS = {"x-ratelimit-limit-requests": "500", "x-request-id": "req-1"}


def suite(url: str, *arguments: str, key: str = "") -> tuple[int, str]:
    """Exit status, and what it prints."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "--endpoint", url]
    environment = {**os.environ, "OPENAI_API_KEY": key, "NO_PROXY": "*", "COLUMNS": "400"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        [*command, "--endpoint-model", "small-1", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_llama_cpp_server_of_ones_own_conforms(tmp_path: Path) -> None:
    file = model_file(write_tiny_model(tmp_path / "tiny.gguf"))
    server = shared_server(Wanted(file, CONTEXT, 1, 1, None))
    try:
        address = server.address(300)
        status, said = suite(address.base_url, "-k", "not context and not stands", key=address.key.get_secret_value())
    finally:
        given_back(server)
    assert status == 0, said
    assert re.search(r"rung: json_schema\n", said), said
    assert "limit of a reply: max_completion_tokens" in said
    assert "a wrong one gives 401" in said
    assert re.search(r"in all: \d+ checks, 0 failed", said)
    assert address.key.get_secret_value() not in said


@pytest.fixture
def careless() -> Iterator[str]:
    """An endpoint that takes everything and obeys nothing: no format, no limit, no context."""
    server = Server(
        lambda question: ("any", "I would be glad to help you with that!"), prompt_tokens=9, reply_tokens=60
    )
    with server.running() as url:
        yield url


def test_an_endpoint_that_takes_everything_and_obeys_nothing_is_told_as_that(careless: str) -> None:
    status, said = suite(careless, "--endpoint-context", "1000")
    assert status == 1, said
    assert "takes response_format json_schema and does not obey it" in said
    assert "60 tokens where 24 were allowed" in said
    assert "cuts off what is too long and does not say so" in said
    assert "json_object gave 'I would be glad" in said
    assert "none is wanted" in said
    assert re.search(r"in all: \d+ checks, [1-9]\d* failed", said)


def test_an_endpoint_full_of_faults_is_told_as_that() -> None:
    server = Server(lambda question: ("any", '{"a": 1}'), faults=Faults({"500": 0.5, "page": 0.5}, 3))
    with server.running() as url:
        status, said = suite(url)
    assert status == 1
    assert "a plain question is refused: 500" in said or "this is no chat completion: 200 '<html>" in said
    assert "no article can be read here" in said


def test_an_older_endpoint_is_met_on_its_own_rung() -> None:
    """It knows neither response formats nor max_completion_tokens, says so in words, and tells its limits."""
    inner = Server(lambda question: ("any", '{"town": "Oslo"}'), reply_tokens=9)

    def answer(request: object) -> Response:
        body = json.loads(request.body)  # type: ignore[attr-defined]
        for name in ("max_completion_tokens", "response_format"):
            if name in body:
                return as_json({"error": {"message": f"{name} is not supported"}}, 400, headers=LIMITS)
        if not isinstance(body.get("messages"), list):
            return as_json({"error": {"message": "messages must be a list"}}, 400, headers=LIMITS)
        response = inner.chat(request)  # type: ignore[arg-type]
        response.headers = {**response.headers, **LIMITS}
        return response

    outer = Server(lambda question: ("any", ""))
    outer.mount("POST", r".*/chat/completions", answer)
    with outer.running() as url:
        _, said = suite(url, "-k", "rung or schema or chat_completion or request_that_is_none")
    assert "rung: text" in said
    assert "json_schema is refused" in said
    assert "limit of a reply: max_tokens" in said
    assert "x-ratelimit-limit-requests=500" in said
    assert "a request id for its support" in said


def test_an_endpoint_without_a_model_is_a_mistake_of_the_command() -> None:
    command = [sys.executable, "-m", "pytest", "--endpoint", "http://127.0.0.1:9/v1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 4
    assert "--endpoint needs --endpoint-model" in done.stderr
