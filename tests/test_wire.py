"""What goes over the wire: the bytes of a request, and what is in the way to the endpoint and back."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise import errors
from summarise.exchange import LADDER, Request, Rung
from summarise.model import ladder
from tests.loopback import Loopback, Scripted, completion
from tests.test_model import Drive, Script, _bare_environment, client_for, drive, failed, settings

__all__ = ["_bare_environment", "drive"]  # fixtures

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MESSAGE = st.builds(lambda content: {"role": "user", "content": content}, TEXT)


@given(
    st.lists(MESSAGE, min_size=1, max_size=4),
    st.sampled_from(LADDER),
    st.dictionaries(TEXT, st.integers() | TEXT, max_size=3),
    TEXT,
    st.sampled_from(["max_tokens", "max_completion_tokens"]),
)
def test_the_bytes_are_the_json_of_the_body(
    messages: list[dict[str, str]], rung: Rung, schema: dict[str, object], name: str, limit: ladder.LimitName
) -> None:
    chosen = settings("http://127.0.0.1:9/v1", temperature=0.5, reasoning_effort="löw")
    request = Request(tuple(messages), rung, schema, name, 512)
    for _ in range(2):  # the second time much of it is known
        sent = ladder.request_content(request, chosen, limit)
        assert json.loads(sent) == ladder.request_body(request, chosen, limit)
    assert len(ladder._written) <= ladder.MOST_WRITTEN


def test_a_proxy_of_the_environment_is_asked(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY")
    with Loopback(completion()) as server:
        monkeypatch.setenv("HTTP_PROXY", server.base_url.removesuffix("/v1"))
        drive(client_for(settings("http://model.example/v1")), Script())
    assert [seen.path for seen in server.seen] == ["http://model.example/v1/chat/completions"]


def test_headers_of_the_client_library_are_sent(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-7")
    with Loopback(completion()) as server:
        drive(client_for(settings(server.base_url)), Script())
    headers = server.seen[0].headers
    assert headers["openai-organization"] == "org-7"
    assert "openai-project" not in headers
    assert headers["content-type"] == "application/json"
    assert "OpenAI/Python" in headers["user-agent"]


def test_a_redirection_is_followed_with_the_request(drive: Drive) -> None:
    with Loopback(Scripted(307, headers={"Location": "/v2/chat/completions"}), completion()) as server:
        drive(client_for(settings(server.base_url)), Script())
    assert [seen.path for seen in server.seen] == ["/v1/chat/completions", "/v2/chat/completions"]
    assert server.seen[0].body == server.seen[1].body


@pytest.fixture
def babbler() -> Iterator[str]:
    """The address of something that listens and does not speak HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def babble() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

        thread = threading.Thread(target=babble, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_what_does_not_speak_http_is_no_connection(drive: Drive, babbler: str) -> None:
    error = failed(drive, babbler, transient_retries=0)
    assert isinstance(error, errors.ConnectionFailed)
    assert babbler in str(error)


def test_a_connection_that_is_lost_is_no_time_out(drive: Drive) -> None:
    with Loopback(Scripted(200, completion("x" * 500).body, cut=True)) as server:
        error = failed(drive, server.base_url, transient_retries=0)
    assert isinstance(error, errors.ConnectionFailed)


def test_headers_that_are_no_utf_8_do_no_harm(drive: Drive) -> None:
    talk = Script()
    with Loopback(completion("{}", headers={"x-request-id": "req-\xe9"})) as server:
        drive(client_for(settings(server.base_url)), talk)
    assert [getattr(answer, "request_id", None) for answer in talk.answers] == ["req-\xe9"]
