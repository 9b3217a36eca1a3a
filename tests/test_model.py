"""The way to a model, over a real server on the loopback: what is sent, what is raised, how long is waited."""

from __future__ import annotations

import asyncio
import base64
import itertools
import logging
import random
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise import errors
from summarise.address import bare_url
from summarise.exchange import LADDER, FormatRefused, Reply, Request, Rung
from summarise.model import Conversation, ModelClient, ladder
from summarise.model.retry import Failure, Refusal, advised_wait, classify, pause
from summarise.records import ArticleSummary, Attempt
from summarise.settings import Settings
from tests.loopback import Loopback, Scripted, completion, refusal

KEY = "sk-test-0123456789abcdef"
CREDENTIALS = base64.b64encode(b"desk-user:p@ss-w0rd").decode()
SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
MESSAGES = ({"role": "system", "content": "Read."}, {"role": "user", "content": "The envoy is due in Hanoi."})
Drive = Callable[[ModelClient, Conversation], ArticleSummary]
_models = (f"model-{number}" for number in itertools.count())


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ADMIN_KEY", "OPENAI_CUSTOM_HEADERS", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(params=["sync", "async"])
def drive(request: pytest.FixtureRequest) -> Drive:
    """Carries a conversation through one of the two drivers."""
    if request.param == "sync":
        return _run
    return lambda client, conversation: asyncio.run(client.arun(conversation))


def _run(client: ModelClient, conversation: Conversation) -> ArticleSummary:
    with client:
        return client.run(conversation)


class Script:
    """A conversation that makes the given requests one after the other and keeps what it is sent."""

    def __init__(self, *rungs: Rung) -> None:
        self.attempts: list[Attempt] = []
        self.answers: list[Reply | FormatRefused] = []
        self.closed = False
        self._rungs = rungs or ("json_schema",)

    def note(self, attempt: Attempt) -> None:
        self.attempts.append(attempt)

    def steps(self) -> Generator[Request, Reply | FormatRefused, ArticleSummary]:
        try:
            for rung in self._rungs:
                self.answers.append((yield Request(MESSAGES, rung, SCHEMA, "reply", 512)))
        finally:
            self.closed = True
        return ArticleSummary(officials=[], visits=[], invitations=[], summary="done")


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)


class Always(random.Random):
    """Chance that always answers the same."""

    def random(self) -> float:
        return 0.5


def settings(base_url: str | None, **more: Any) -> Settings:
    return Settings(**{"base_url": base_url, "api_key": KEY, "model": next(_models), **more})


def client_for(chosen: Settings, moment: Time | None = None, **more: Any) -> ModelClient:
    moment = moment or Time()
    return ModelClient(chosen, sleep=moment.sleep, asleep=moment.asleep, clock=moment.clock, rng=Always(), **more)


def failed(drive: Drive, base_url: str, *, moment: Time | None = None, **more: Any) -> errors.ModelError:
    """The error of one conversation with the endpoint."""
    with pytest.raises(errors.ModelError) as caught:
        drive(client_for(settings(base_url, **more), moment), Script())
    return caught.value


class TestRequest:
    def test_one_call_carries_format_limit_and_key_and_no_sampling(self, drive: Drive) -> None:
        usage = {"prompt_tokens": 900, "completion_tokens": 40, "prompt_tokens_details": {"cached_tokens": 800}}
        with Loopback(completion('{"a": 1}', usage=usage, headers={"x-request-id": "req-7"})) as server:
            chosen = settings(server.base_url)
            talk = Script()
            summary = drive(client_for(chosen), talk)
        seen = server.seen[0]
        assert summary.summary == "done"
        assert seen.path == "/v1/chat/completions"
        assert seen.headers["authorization"] == f"Bearer {KEY}"
        assert seen.body == {
            "model": chosen.model,
            "messages": list(MESSAGES),
            "max_completion_tokens": 512,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "reply", "schema": SCHEMA, "strict": True},
            },
        }
        assert talk.answers == [Reply('{"a": 1}', "stop", None, "small-1", "req-7", 900, 800, 40)]
        assert talk.attempts == []

    def test_lower_rungs_and_sampling_only_when_set(self, drive: Drive) -> None:
        with Loopback(completion()) as server:
            chosen = settings(server.base_url, temperature=0.0, seed=7, reasoning_effort="low")
            drive(client_for(chosen), Script("json_object", "text"))
        first, second = (seen.body for seen in server.seen)
        assert first["response_format"] == {"type": "json_object"}
        assert "response_format" not in second
        assert (second["temperature"], second["seed"], second["reasoning_effort"]) == (0.0, 7, "low")

    def test_local_server_needs_no_key_and_other_credentials_stay_home(
        self, drive: Drive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-admin-secret")
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer sk-other-secret")
        with Loopback(completion()) as server:
            drive(client_for(settings(server.base_url, api_key=None)), Script())
        assert server.seen[0].headers["authorization"] == "Bearer none"
        assert "secret" not in str(server.seen[0].headers)

    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            (completion([{"type": "thinking", "thinking": []}, {"type": "text", "text": "a"}, {"text": "b"}, 3]), "ab"),
            (completion(None), None),
            (completion(17), None),
        ],
    )
    def test_content_in_parts_or_missing(self, drive: Drive, answer: Scripted, expected: str | None) -> None:
        talk = Script()
        with Loopback(answer) as server:
            drive(client_for(settings(server.base_url)), talk)
        assert [reply.content for reply in talk.answers if isinstance(reply, Reply)] == [expected]

    def test_refusal_is_passed_on_and_odd_usage_counts_as_none(self, drive: Drive) -> None:
        odd = {"prompt_tokens": "many", "completion_tokens": True, "prompt_tokens_details": None}
        talk = Script()
        with Loopback(completion(None, message={"refusal": "I cannot."}, usage=odd)) as server:
            drive(client_for(settings(server.base_url)), talk)
        assert talk.answers == [Reply(None, "stop", "I cannot.", "small-1")]


class TestConfiguration:
    def test_nowhere_to_go_names_the_three_ways(self) -> None:
        with pytest.raises(errors.ConfigurationError) as caught:
            ModelClient(settings(None, api_key=None))
        for way in ("OPENAI_API_KEY", "--base-url", "Ollama", 'model="offline"'):
            assert way in str(caught.value)

    @pytest.mark.parametrize(
        "url", ["localhost:11434/v1", "http://", "ftp://host/v1", "http://host:port/v1", "https:/x"]
    )
    def test_bad_address_is_named(self, url: str) -> None:
        with pytest.raises(errors.ConfigurationError, match="base URL") as caught:
            ModelClient(settings(url))
        assert url in str(caught.value)

    def test_password_in_an_address_is_not_shown(self) -> None:
        with pytest.raises(errors.ConfigurationError) as caught:
            ModelClient(settings("ftp://me:hunter2@host/v1"))
        assert "hunter2" not in repr(caught.value)
        assert ModelClient(settings("https://me:hunter2@Host:8443/v1/?a=b")).base_url == "https://host:8443/v1"
        assert ModelClient(settings("http://[::1]:8000/v1")).base_url == "http://[::1]:8000/v1"

    def test_a_query_in_the_base_url_goes_with_every_call(self, drive: Drive) -> None:
        with Loopback(completion()) as server:
            url = f"{server.base_url}/?api-version=2024-06-01&tag=a%20b&empty="
            client = client_for(settings(url))
            drive(client, Script("text", "text"))
        path = "/v1/chat/completions?api-version=2024-06-01&tag=a+b&empty="
        assert [seen.path.replace("%20", "+") for seen in server.seen] == [path, path]
        assert client.base_url == server.base_url

    def test_a_user_without_a_password_is_a_token(self, drive: Drive) -> None:
        with Loopback(completion()) as server:
            drive(client_for(settings(server.base_url.replace("//", "//token-1@"), api_key=None)), Script())
        assert server.seen[0].headers["authorization"] == f"Basic {base64.b64encode(b'token-1:').decode()}"

    @pytest.mark.parametrize(
        ("name", "value", "cause"),
        [
            ("ALL_PROXY", "socks5://127.0.0.1:9", "ImportError: Using SOCKS proxy"),
            ("ALL_PROXY", "nosuch://u:hunter2@127.0.0.1:9", "ValueError: Unknown scheme"),
            ("SSL_CERT_FILE", "/nonexistent", "FileNotFoundError"),
            ("SSL_CERT_FILE", __file__, "SSLError"),
        ],
    )
    def test_what_the_environment_says_and_cannot_be_used_is_named(
        self, drive: Drive, monkeypatch: pytest.MonkeyPatch, name: str, value: str, cause: str
    ) -> None:
        monkeypatch.setenv(name, value)
        talk = Script()
        with pytest.raises(errors.ConfigurationError, match=cause) as caught:
            drive(client_for(settings("https://127.0.0.1:9/v1")), talk)
        assert "https://127.0.0.1:9/v1" in str(caught.value)
        assert name in caught.value.hint
        assert "hunter2" not in "".join(traceback.format_exception(caught.value))
        assert caught.value.stops_run
        assert talk.closed

    def test_a_client_that_is_none_is_named(self) -> None:
        with pytest.raises(errors.ConfigurationError, match="of the type str") as caught:
            ModelClient(settings(None), client="sk-secret")  # type: ignore[arg-type]
        assert "openai.OpenAI" in caught.value.hint
        assert "secret" not in str(caught.value)

    @pytest.mark.parametrize("key", ["sk-abc\n", "“sk-abc”", "sk abc"])
    def test_key_that_cannot_stand_in_a_header(self, key: str) -> None:
        with pytest.raises(errors.ConfigurationError, match="API key") as caught:
            ModelClient(settings(None, api_key=key))
        assert "abc" not in str(caught.value)

    def test_without_a_base_url_the_calls_go_to_openai_whatever_the_client_library_reads(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        chosen = settings(None)
        monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.example/v1")
        assert ModelClient(chosen).base_url == "https://api.openai.com/v1"

    def test_import_is_cheap(self) -> None:
        heavy = ("openai", "pydantic", "tenacity", "httpx2")
        loaded = f"import sys, summarise.model; print([m for m in {heavy} if m in sys.modules])"
        out = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
        assert out.stdout.strip() == "[]"


FATAL = [
    (refusal(401, "Incorrect API key"), errors.AuthenticationFailed),
    (refusal(403, "No access to this project"), errors.PermissionRefused),
    (refusal(404, "The model does not exist", code="model_not_found"), errors.UnknownModel),
    (refusal(402, "Payment required"), errors.QuotaExhausted),
    (refusal(429, "You exceeded your quota", type="insufficient_quota"), errors.QuotaExhausted),
    (refusal(403, "Billing is not set up"), errors.QuotaExhausted),
    (refusal(400, "Your credit balance is too low"), errors.QuotaExhausted),
    (refusal(400, "Too long", code="context_length_exceeded"), errors.ContextTooLong),
    (refusal(400, "This model's maximum context length is 4096 tokens"), errors.ContextTooLong),
    (refusal(500, "too large", type="exceed_context_size_error"), errors.ContextTooLong),
    (Scripted(413, "<html>too large</html>", content_type="text/html"), errors.ContextTooLong),
    (refusal(429, "Request too large for small-1 on tokens per min"), errors.ContextTooLong),
    (refusal(400, "Blocked", code="content_filter"), errors.FilteredReply),
    (refusal(400, "The prompt triggered Azure OpenAI's content management policy"), errors.FilteredReply),
    (refusal(403, "Input was flagged", metadata={"reasons": ["violence"]}), errors.FilteredReply),
    (refusal(418, "I am a teapot"), errors.RequestRefused),
    (refusal(400, "temperature is not supported with this model"), errors.RequestRefused),
    (Scripted(400, [{"error": {"message": "odd, but seen", "status": "INVALID"}}]), errors.RequestRefused),
    (Scripted(400, {"error": None}), errors.RequestRefused),
]  # fmt: skip

TRANSIENT = [
    (refusal(408, "timeout"), errors.ModelTimeout),
    (refusal(409, "conflict"), errors.ServerFailed),
    (refusal(425, "too early"), errors.ServerFailed),
    (refusal(429, "slow down; too many tokens"), errors.RateLimited),
    (refusal(500, "oops"), errors.ServerFailed),
    (Scripted(503, "<h1>down</h1>", content_type="text/html"), errors.ServerFailed),
    (refusal(529, "overloaded"), errors.ServerFailed),
    (Scripted(200, {"error": {"code": 429, "message": "upstream is busy"}}), errors.RateLimited),
    (Scripted(200, {"error": "upstream"}), errors.ServerFailed),
    (Scripted(200, {"id": "x", "choices": []}), errors.ServerFailed),
    (Scripted(200, {"hello": "world"}), errors.ServerFailed),
    (Scripted(200, "not json"), errors.ServerFailed),
    (Scripted(200, "[" * 100_000), errors.ServerFailed),
    (Scripted(200, completion("x" * 2000).body, cut=True), errors.ConnectionFailed),
]


class TestClasses:
    @pytest.mark.parametrize(("answer", "kind"), FATAL)
    def test_fatal_ones_are_raised_at_once(self, drive: Drive, answer: Scripted, kind: type[errors.ModelError]) -> None:
        moment, talk = Time(), Script()
        with Loopback(answer) as server, pytest.raises(errors.ModelError) as caught:
            drive(client_for(settings(server.base_url), moment), talk)
        assert type(caught.value) is kind
        assert len(server.seen) == 1
        assert moment.slept == []
        assert talk.closed
        assert caught.value.attempts == tuple(talk.attempts)
        assert [(entry.outcome, entry.error, entry.waited) for entry in talk.attempts] == [
            ("failed", kind.__name__, None)
        ]
        assert caught.value.hint

    @pytest.mark.parametrize(("answer", "kind"), TRANSIENT)
    def test_transient_ones_are_tried_again_and_then_raised(
        self, drive: Drive, answer: Scripted, kind: type[errors.ModelError]
    ) -> None:
        moment = Time()
        with Loopback(answer) as server:
            error = failed(drive, server.base_url, moment=moment, transient_retries=2, backoff=1.0)
        assert type(error) is kind
        assert len(server.seen) == 3
        assert moment.slept == [0.5, 1.0]
        assert [entry.waited for entry in error.attempts] == [0.5, 1.0, None]
        assert [entry.number for entry in error.attempts] == [1, 2, 3]

    def test_a_reply_after_two_failures(self, drive: Drive) -> None:
        talk = Script()
        with Loopback(refusal(503, "a"), refusal(429, "b", headers={"x-request-id": "r"}), completion("ok")) as server:
            drive(client_for(settings(server.base_url)), talk)
        assert [(entry.status_code, entry.error, entry.request_id) for entry in talk.attempts] == [
            (503, "ServerFailed", None),
            (429, "RateLimited", "r"),
        ]
        assert [reply.content for reply in talk.answers if isinstance(reply, Reply)] == ["ok"]

    def test_each_request_has_its_own_tries(self, drive: Drive) -> None:
        busy = refusal(503, "busy")
        with Loopback(busy, completion(), busy, completion()) as server:
            summary = drive(client_for(settings(server.base_url, transient_retries=1)), Script("text", "text"))
        assert summary.summary == "done"

    def test_web_page_points_to_the_base_url(self, drive: Drive) -> None:
        page = Scripted(200, "<!doctype html><p>Welcome", content_type="text/html")
        with Loopback(page) as server:
            error = failed(drive, server.base_url.removesuffix("/v1"))
        assert isinstance(error, errors.ServerFailed)
        assert len(server.seen) == 1
        assert "web page" in str(error)
        assert "/v1" in error.hint

    def test_unknown_model_names_model_and_address(self, drive: Drive) -> None:
        with Loopback(refusal(404, "no such model")) as server:
            error = failed(drive, server.base_url, model="nosuch")
        assert "nosuch" in str(error)
        assert server.base_url in str(error)

    def test_room_for_the_reply_is_part_of_the_hint(self, drive: Drive) -> None:
        said = "maximum context length is 4096 tokens: 808 in the messages, 8192 in the completion"
        with Loopback(refusal(400, said)) as server:
            assert "max_output_tokens" in failed(drive, server.base_url).hint

    def test_nothing_listens(self, drive: Drive) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            error = failed(drive, f"http://127.0.0.1:{unused.getsockname()[1]}/v1", transient_retries=1)
        assert isinstance(error, errors.ConnectionFailed)
        assert len(error.attempts) == 2
        assert "ConnectError" in str(error)

    @pytest.mark.parametrize("answer", [Scripted(hang=True), Scripted(body=completion("x" * 99).body, drip=0.05)])
    def test_time_out_holds_for_silence_and_for_dripping(self, drive: Drive, answer: Scripted) -> None:
        with Loopback(answer) as server:
            error = failed(drive, server.base_url, timeout=0.2, transient_retries=0)
        assert isinstance(error, errors.ModelTimeout)
        assert "0.2 s" in str(error)

    def test_what_an_endpoint_echoes_does_not_count(self) -> None:
        echo = {"messages": [{"content": "maximum context length, insufficient_quota, response_format"}]}
        body = {"detail": [{"type": "missing", "loc": ["body", "x"], "msg": "Field required", "input": echo}]}
        outcome = classify(Refusal(422, {}, body), ladder.endpoint("http://h/v1", "m"), "json_schema", "max_tokens")
        assert isinstance(outcome, Failure)
        assert outcome.error is errors.RequestRefused
        assert "Field required" in outcome.message
        assert "quota" not in outcome.message


class TestFormat:
    @pytest.mark.parametrize(
        "answer",
        [
            refusal(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported"),
            refusal(404, "No endpoint found that supports structured outputs"),
            Scripted(422, {"detail": [{"loc": ["body", "response_format"], "msg": "Extra inputs are not permitted"}]}),
            refusal(501, "grammar sampling is not implemented"),
            refusal(500, "response_format cannot be compiled"),
            refusal(400, "the schema is unsupported"),
        ],
    )
    def test_a_refused_format_is_told_to_the_conversation_and_remembered(self, drive: Drive, answer: Scripted) -> None:
        with Loopback(answer, completion("ok")) as server:
            chosen = settings(server.base_url)
            talk = Script("json_schema", "json_object")
            drive(client_for(chosen), talk)
            assert ladder.start(server.base_url, chosen.model) == "json_object"
            assert ladder.start(server.base_url + "/", chosen.model) == "json_object"
            assert ladder.start(server.base_url, "another") == "json_schema"
        refused, reply = talk.answers
        assert isinstance(refused, FormatRefused)
        assert (refused.rung, refused.status_code) == ("json_schema", answer.status)
        assert refused.message
        assert isinstance(reply, Reply)
        assert talk.attempts == []

    def test_plain_text_cannot_be_refused_for_its_format(self, drive: Drive) -> None:
        with Loopback(refusal(400, "bad response_format")) as server, pytest.raises(errors.RequestRefused):
            drive(client_for(settings(server.base_url)), Script("text"))

    @given(st.lists(st.sampled_from(LADDER)))
    def test_the_ladder_only_goes_down(self, rungs: list[Rung]) -> None:
        model = next(_models)
        before = LADDER.index(ladder.start(None, model))
        for rung in rungs:
            ladder.refused(None, model, rung)
            now = LADDER.index(ladder.start(None, model))
            assert now >= before
            assert now > LADDER.index(rung) or rung == "text"
            before = now


class TestLimitName:
    @pytest.mark.parametrize(
        "answer",
        [
            refusal(400, "Unrecognized request argument supplied: max_completion_tokens"),
            Scripted(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"]}]}),
        ],
    )
    def test_older_name_is_tried_once_and_remembered(self, drive: Drive, answer: Scripted) -> None:
        with Loopback(answer, completion()) as server:
            chosen = settings(server.base_url, transient_retries=0)
            talk = Script()
            drive(client_for(chosen), talk)
            drive(client_for(chosen), Script())
        names = [{"max_tokens", "max_completion_tokens"} & set(seen.body) for seen in server.seen]
        assert names == [{"max_completion_tokens"}, {"max_tokens"}, {"max_tokens"}]
        assert [(entry.error, entry.waited) for entry in talk.attempts] == [("RequestRefused", None)]

    def test_a_limit_that_is_too_large_is_no_unknown_name(self, drive: Drive) -> None:
        with Loopback(refusal(400, "max_completion_tokens is too large: this model takes at most 256")) as server:
            assert isinstance(failed(drive, server.base_url), errors.RequestRefused)
        assert len(server.seen) == 1


class TestWaiting:
    def test_retry_after_is_obeyed_above_the_cap(self, drive: Drive) -> None:
        moment = Time()
        date = "Mon, 11 Mar 2024 10:00:00 GMT"
        later = "Mon, 11 Mar 2024 10:01:30 GMT"
        script = (
            refusal(429, "a", headers={"Retry-After": "90.5"}),
            refusal(503, "b", headers={"Retry-After": later, "date": date}),
            refusal(429, "c", headers={"retry-after-ms": "1500", "Retry-After": "77"}),
            completion(),
        )
        with Loopback(*script) as server:
            drive(client_for(settings(server.base_url, backoff=0.0, backoff_cap=1.0), moment), Script())
        assert moment.slept[0] == 90.5
        assert moment.slept[2] == 1.5

    @pytest.mark.parametrize(
        ("headers", "status", "seconds"),
        [
            ({"retry-after": "Mon, 11 Mar 2024 10:01:30 GMT", "date": "Mon, 11 Mar 2024 10:00:00 GMT"}, 503, 90.0),
            ({"retry-after": "Mon, 11 Mar 2024 10:01:30 -0000", "date": "Mon, 11 Mar 2024 10:02:00 GMT"}, 503, 0.0),
            ({"retry-after": "soon"}, 429, None),
            ({"retry-after": "nan"}, 429, None),
            ({"retry-after": "-5"}, 429, 0.0),
            ({"retry-after": "2", "x-ratelimit-reset-requests": "9s"}, 429, 2.0),
            ({"x-ratelimit-reset-requests": "9s", "x-ratelimit-reset-tokens": "6m0s"}, 429, 9.0),
            ({"x-ratelimit-reset-requests": "9s", "x-ratelimit-reset-tokens": "1m2.5s",
              "x-ratelimit-remaining-tokens": "0"}, 429, 62.5),
            ({"x-ratelimit-reset-requests": "120ms"}, 429, 0.12),
            ({"x-ratelimit-reset-requests": "30"}, 429, 30.0),
            ({"x-ratelimit-reset-requests": "1741305600"}, 429, None),
            ({"x-ratelimit-reset-requests": "1" * 40}, 429, None),
            ({"x-ratelimit-reset-requests": "a while"}, 429, None),
            ({"x-ratelimit-reset-requests": "9s"}, 503, None),
            ({}, 429, None),
        ],
    )  # fmt: skip
    def test_what_the_endpoint_advises(self, headers: dict[str, str], status: int, seconds: float | None) -> None:
        assert advised_wait(headers, status) == (None if seconds is None else pytest.approx(seconds))

    def test_a_date_without_the_servers_own_is_read_against_now(self) -> None:
        soon = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
        assert advised_wait({"retry-after": soon}, 503) == pytest.approx(3600, abs=60)

    @given(
        st.integers(1, 5000), st.none() | st.floats(0, 1e6), st.floats(0, 100), st.floats(0, 100), st.floats(0, 0.999)
    )
    def test_pause_is_bounded(
        self, failures: int, advice: float | None, backoff: float, cap: float, chance: float
    ) -> None:
        seconds = pause(failures, advice, backoff, cap, chance)
        assert (advice or 0) <= seconds <= (advice + backoff if advice else cap)

    def test_a_wait_beyond_the_deadline_is_not_begun(self, drive: Drive) -> None:
        moment = Time()
        with Loopback(refusal(429, "come back tomorrow", headers={"Retry-After": "3600"})) as server:
            error = failed(drive, server.base_url, moment=moment, deadline=60)
        assert isinstance(error, errors.DeadlineExceeded)
        assert moment.slept == []
        assert "RateLimited" in str(error)
        assert "come back tomorrow" in str(error)
        assert len(error.attempts) == 1

    def test_the_deadline_holds_across_requests(self, drive: Drive) -> None:
        moment = Time()
        moment_of_script = [refusal(503, "x", headers={"Retry-After": "50"}), completion()]
        talk = Script("text", "text")
        with Loopback(*moment_of_script) as server:
            client = client_for(settings(server.base_url, deadline=60, backoff=0), moment)
            steps = talk.steps

            def slow() -> Generator[Request, Reply | FormatRefused, ArticleSummary]:
                inner = steps()
                answer = yield next(inner)
                moment.now += 20  # the conversation itself took its time
                answer = yield inner.send(answer)
                raise AssertionError(answer)

            talk.steps = slow  # type: ignore[method-assign]
            with pytest.raises(errors.DeadlineExceeded, match="has passed") as caught:
                drive(client, talk)
        assert "ServerFailed" in str(caught.value)

    def test_a_deadline_that_passes_before_anything_was_tried(self, drive: Drive) -> None:
        ticks = itertools.count(0, 1000)
        client = ModelClient(settings("http://127.0.0.1:9/v1"), clock=lambda: float(next(ticks)))
        with pytest.raises(errors.DeadlineExceeded) as caught:
            drive(client, Script())
        assert caught.value.attempts == ()
        assert "error" not in str(caught.value)


class TestSecrets:
    def leaks(self, error: BaseException, caplog: pytest.LogCaptureFixture) -> list[str]:
        """Where the key can be seen: text, trace, the chain of causes with all they hold, and the log."""
        shown = ["".join(traceback.format_exception(error)), repr(error), str(vars(error)), caplog.text]
        cause: BaseException | None = error.__cause__ or error.__context__
        while cause is not None:
            request = getattr(cause, "request", None)
            shown.append(f"{cause!r} {vars(cause)} {getattr(request, 'headers', '')}")
            cause = cause.__cause__ or cause.__context__
        return [text for text in shown if KEY in text or "sk-other-key-99" in text]

    @pytest.mark.parametrize(
        "answer",
        [
            refusal(401, f"Incorrect API key provided: {KEY}. Header was 'Bearer sk-other-key-99'.", code=KEY),
            refusal(500, f"cannot route {KEY}"),
            Scripted(400, f"<p>{KEY}</p>" * 100, content_type="text/html"),
            Scripted(200, completion("x" * 500).body, cut=True),
            Scripted(hang=True),
        ],
    )
    def test_the_key_is_nowhere(self, drive: Drive, answer: Scripted, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        for name in ("openai", "httpx2", "httpcore2"):
            caplog.set_level(logging.DEBUG, logger=name)
        talk = Script()
        with Loopback(answer) as server, pytest.raises(errors.ModelError) as caught:
            drive(client_for(settings(server.base_url, transient_retries=1, timeout=0.3)), talk)
        assert self.leaks(caught.value, caplog) == []
        assert KEY not in str(talk.attempts)
        assert all(len(entry.message or "") <= 500 for entry in talk.attempts)

    @pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])
    @pytest.mark.parametrize("answer", [completion(), refusal(401, "no"), Scripted(200, completion().body, cut=True)])
    def test_user_and_password_of_the_base_url_are_in_no_log_and_no_error(
        self, drive: Drive, answer: Scripted, level: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(level)
        for name in ("openai", "httpx2", "httpcore2"):
            caplog.set_level(level, logger=name)
        spoken = ""
        with Loopback(answer) as server:
            url = server.base_url.replace("//", "//desk-user:p%40ss-w0rd@")
            try:
                drive(client_for(settings(url, transient_retries=0)), Script())
            except errors.ModelError as error:
                spoken = "".join(traceback.format_exception(error)) + repr(vars(error))
        assert server.seen[0].headers["authorization"] == f"Basic {CREDENTIALS}"
        assert "HTTP Request" in caplog.text or answer.cut
        shown = spoken + caplog.text
        assert not [secret for secret in ("desk-user", "p%40ss", "p@ss", CREDENTIALS, KEY) if secret in shown]

    @pytest.mark.parametrize(
        "said",
        [
            "key p%40ss-w0rd is wrong",
            "key p@ss-w0rd is wrong",
            "no user desk-user here",
            f"header was {CREDENTIALS}",
            "sent tok%2Fen-1 in the query",
            "sent tok/en-1 in the query",
            "Authorization: Basic b3RoZXI6c2VjcmV0",
        ],
    )
    def test_what_an_endpoint_repeats_of_the_base_url_is_taken_out(self, drive: Drive, said: str) -> None:
        with Loopback(refusal(401, said)) as server:
            url = server.base_url.replace("//", "//desk-user:p%40ss-w0rd@") + "?code=tok%2Fen-1&n=1"
            error = failed(drive, url)
        assert "[key]" in str(error)
        told = ("ss-w0rd", "desk-user", "en-1", CREDENTIALS, "b3RoZXI6c2VjcmV0")
        assert not [secret for secret in told if secret in str(error)]

    @pytest.mark.parametrize(
        "said",
        [
            "Basic authentication is required",
            "Basic Authentication",
            "use version 2024-06-01, not 1",
            "desk-users only",
        ],
    )
    def test_what_is_no_secret_stays(self, said: str) -> None:
        whom = ladder.endpoint("http://desk-user@h/v1?api-version=2024-06-01&n=1", "m")
        assert whom.clean(said) == said

    @pytest.mark.parametrize(
        "url",
        [
            "http://me:hun/ter2@host/v1",
            "http://me:12/ter2@host/v1",
            "http://me:hun?ter2@host/v1",
            "http://me:hun#ter2@host/v1",
            "http://hun/ter2@host/v1",
            "http://me:hun@ter2/x@host/v1",
            "me:hunter2@host/v1",
            "http://me:hun ter2@host/v1",
            "http://me:hun\x00ter2@host/v1",
            "http://host:port/v1?api-key=hunter2",
        ],
    )
    def test_a_base_url_that_is_none_is_not_shown_as_far_as_it_may_be_a_secret(self, url: str) -> None:
        with pytest.raises(errors.ConfigurationError, match="base URL") as caught:
            ModelClient(settings(url))
        shown = "".join(traceback.format_exception(caught.value)) + caught.value.hint
        # The lines of this file are in the trace, and none of them holds the address.
        assert "hun" not in shown
        assert "ter2" not in shown
        assert ("%2F" in caught.value.hint) is ("@" in url)

    @given(
        st.text("2356789", min_size=3, max_size=12),
        st.sampled_from(["", "/", "?", "#", "@", ":", " "]),
        st.text("2356789", min_size=3, max_size=12),
    )
    def test_no_half_of_a_password_is_shown_whatever_parts_it(self, first: str, mark: str, second: str) -> None:
        url = f"http://0:{first}{mark}{second}@h/v1"
        told = [bare_url(url)]
        try:
            told.append(repr(ladder.endpoint(url, "m")))
        except errors.ConfigurationError as error:
            told.append(f"{error!r} {error.hint}")
        assert not [text for text in told if first in text or second in text]

    def test_a_refused_format_and_a_request_id_do_not_carry_it_either(self, drive: Drive) -> None:
        talk = Script()
        headers = {"x-request-id": f"for-{KEY}"}
        with Loopback(refusal(400, f"response_format refused for {KEY}", headers=headers)) as server:
            drive(client_for(settings(server.base_url)), talk)
        assert isinstance(talk.answers[0], FormatRefused)
        assert talk.answers[0].request_id == "for-[key]"
        assert KEY not in str(talk.answers)

    @given(
        st.text(max_size=40),
        st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40),
        st.text(max_size=40),
    )
    def test_no_text_comes_through_with_the_key(self, before: str, key: str, after: str) -> None:
        cleaned = ladder.endpoint("http://h/v1", "m", key).clean(before + key + after)
        assert key not in cleaned.replace("[key]", "\0")

    @given(st.text(alphabet="sk-Bearer ab1\n", max_size=3000))
    def test_a_message_is_one_line_of_at_most_500_characters(self, text: str) -> None:
        cleaned = ladder.endpoint("http://h/v1", "m").clean(text)
        assert len(cleaned) <= 500
        assert "\n" not in cleaned


class TestClients:
    def test_a_client_of_ones_own_is_used_and_left_open(self) -> None:
        with (
            Loopback(refusal(503, "busy"), completion()) as server,
            openai.OpenAI(api_key="sk-mine-0001", base_url=server.base_url, max_retries=4, timeout=9) as mine,
        ):
            client = client_for(settings(None, api_key=None), client=mine)
            assert client.base_url == server.base_url
            _run(client, Script())
            assert not mine.is_closed()
            assert (mine.max_retries, mine.timeout) == (4, 9)
        assert len(server.seen) == 2
        assert server.seen[0].headers["authorization"] == "Bearer sk-mine-0001"

    async def test_an_asynchronous_client_of_ones_own(self) -> None:
        with Loopback(completion()) as server:
            async with openai.AsyncOpenAI(api_key="sk-mine-0001", base_url=server.base_url) as mine:
                async with client_for(settings(None, api_key=None), client=mine) as client:
                    await client.arun(Script())
                assert not mine.is_closed()
                with pytest.raises(errors.ConfigurationError, match="needs a synchronous client"):
                    client.run(Script())
        assert len(server.seen) == 1

    async def test_a_synchronous_client_does_not_drive_arun(self) -> None:
        mine = openai.OpenAI(api_key="k", base_url="http://127.0.0.1:9/v1")
        with mine, pytest.raises(errors.ConfigurationError, match="needs an asynchronous client"):
            await ModelClient(settings(None), client=mine).arun(Script())

    @pytest.mark.filterwarnings("error")
    def test_several_loops_in_turn_and_closing(self) -> None:
        with Loopback(completion()) as server:
            client = client_for(settings(server.base_url))

            async def twice() -> None:
                await client.arun(Script())
                await client.arun(Script())

            async def with_closing() -> None:
                async with client:
                    await client.arun(Script())

            asyncio.run(twice())
            asyncio.run(with_closing())
            asyncio.run(twice())
            asyncio.run(client.aclose())
        assert len(server.seen) == 5

    def test_a_closed_client_opens_again(self) -> None:
        with Loopback(completion()) as server:
            client = client_for(settings(server.base_url))
            _run(client, Script())
            _run(client, Script())
            client.close()
        assert len(server.seen) == 2

    def test_two_threads_share_one(self) -> None:
        with Loopback(refusal(503, "busy"), refusal(503, "busy"), completion()) as server:
            client = client_for(settings(server.base_url))
            talks = [Script("text", "text") for _ in range(4)]
            threads = [threading.Thread(target=client.run, args=(talk,)) for talk in talks]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(20)
            client.close()
        assert [len(talk.answers) for talk in talks] == [2, 2, 2, 2]
        assert sum(len(talk.attempts) for talk in talks) == 2
        assert all([e.number for e in talk.attempts] == list(range(1, len(talk.attempts) + 1)) for talk in talks)

    def test_many_conversations_share_one_loop(self) -> None:
        with Loopback(completion()) as server:
            client = client_for(settings(server.base_url))

            async def together() -> list[ArticleSummary]:
                return list(await asyncio.gather(*(client.arun(Script()) for _ in range(5))))

            assert len(asyncio.run(together())) == 5
        assert len(server.seen) == 5


class TestInterruption:
    def test_cancellation_goes_through(self) -> None:
        async def cancelled() -> Script:
            talk = Script()
            task = asyncio.create_task(client.arun(talk))
            while not server.seen:
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return talk

        with Loopback(Scripted(hang=True)) as server:
            client = client_for(settings(server.base_url))
            talk = asyncio.run(cancelled())
        assert talk.closed
        assert talk.attempts == []

    def test_an_interrupt_while_waiting_goes_through(self) -> None:
        def interrupted(seconds: float) -> None:
            raise KeyboardInterrupt

        talk = Script()
        with Loopback(refusal(503, "busy")) as server:
            client = ModelClient(settings(server.base_url), sleep=interrupted)
            with client, pytest.raises(KeyboardInterrupt):
                client.run(talk)
        assert talk.closed
        assert len(talk.attempts) == 1

    def test_an_interrupt_while_calling_goes_through(self) -> None:
        def interrupted(request: object) -> None:
            raise KeyboardInterrupt

        http_client = openai.DefaultHttpxClient(event_hooks={"request": [interrupted]})
        mine = openai.OpenAI(api_key="k", base_url="http://127.0.0.1:9/v1", http_client=http_client)
        with mine, pytest.raises(KeyboardInterrupt):
            ModelClient(settings(None), client=mine).run(Script())
