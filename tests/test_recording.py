"""The recording machinery, with a plain openai client and a small model of its own on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from tests.record import main
from tests.recorded_model import ARTICLE, KEY, NOW, Asking, Model, aask, ask, failure, recorded, serving_model
from tests.recording import faults, readable
from tests.recording.faults import Answer
from tests.recording.proxy import RealModel
from tests.recording.recorder import record
from tests.recording.replay import Replay
from tests.recording.scan import faults_of, secrets_in
from tests.recording.scenario import Endpoint, Identity, Scenario, Step
from tests.recording.tape import RecordingError


@pytest.fixture
def model() -> Iterator[Model]:
    with serving_model() as model:
        yield model


@pytest.mark.parametrize("driver", ["sync", "async"])
def test_what_was_recorded_is_replayed_to_both_clients(model: Model, tmp_path: Path, driver: str) -> None:
    result = recorded(model, tmp_path, driver=driver)
    assert (result.exchanges, result.induced, result.outcome) == (1, [], ["reply 1:\n- a visit\n"])

    with Replay(result.path, NOW) as replay:
        answer = ask(replay.client(), replay.endpoint.model)
        replay.finish()
    assert answer.choices[0].message.content == "reply 1:\n- a visit\n"
    assert answer._request_id == "req_7"
    assert len(model.seen) == 1


async def test_the_async_client_is_answered_too(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path
    with Replay(path, NOW) as replay:
        answer = await aask(replay.async_client(), replay.endpoint.model)
        replay.finish()
    assert answer.choices[0].message.content == "reply 1:\n- a visit\n"


def test_a_cassette_reads_as_text_and_holds_only_listed_headers(model: Model, tmp_path: Path) -> None:
    text = recorded(model, tmp_path).path.read_text(encoding="utf-8")
    assert "        content: |\n          LUSAKA, March 4.\n\n          President Banda of Malawi" in text
    assert "He “will stay” three days." in text
    document = readable.load(text)
    assert document["about"] == {
        "recorded_from": "a language model behind a local OpenAI-compatible relay",
        "prompt_id": "prompt-1",
        "schema_id": "schema-1",
        "model": "m-1",
        "induced": [],
    }
    exchange = document["interactions"][0]
    assert exchange["request"]["uri"] == "http://model-endpoint/v1/chat/completions"
    assert exchange["request"]["headers"] == {"content-type": ["application/json"]}
    assert exchange["request"]["parsed_body"]["messages"][1]["content"] == ARTICLE
    assert exchange["response"]["headers"] == {"content-type": ["application/json"], "x-request-id": ["req_7"]}
    assert exchange["response"]["parsed_body"]["choices"][0]["finish_reason"] == "stop"
    assert list(faults_of(document)) == []


def test_the_key_reaches_the_model_and_no_file(model: Model, tmp_path: Path) -> None:
    text = recorded(model, tmp_path).path.read_text(encoding="utf-8")
    assert model.keys == [f"Bearer {KEY}"]
    for secret in (KEY, "Bearer", "session=1", "the-ministry", "127.0.0.1"):
        assert secret not in text
    assert secrets_in(text) == []


def test_a_secret_in_a_body_stops_the_recording_and_keeps_the_older_file(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path
    before = path.read_bytes()
    model.reply = f"your key is {KEY}"
    with pytest.raises(RecordingError, match=r"case\.yaml would hold a secret.*an API key") as caught:
        recorded(model, tmp_path)
    assert KEY not in str(caught.value)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["case.yaml"]


def test_recording_again_without_a_change_leaves_no_diff(model: Model, tmp_path: Path) -> None:
    first = recorded(model, tmp_path).path.read_text(encoding="utf-8")
    model.seen.clear()
    assert recorded(model, tmp_path).path.read_text(encoding="utf-8") == first


def test_a_changed_request_fails_with_what_differs(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path
    changed = ARTICLE.replace("three days", "five days")

    def replayed() -> None:
        with Replay(path, NOW) as replay:
            ask(replay.client(), "m-1", changed)

    said = failure(replayed)
    assert "cassette case has no answer to this request" in said
    assert "-    He “will stay” three days." in said
    assert "+    He “will stay” five days." in said
    assert "python -m tests.record case" in said


def test_a_long_difference_is_cut(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path

    def replayed() -> None:
        with Replay(path, NOW) as replay:
            ask(replay.client(), "m-1", "\n".join(f"Line {n}." for n in range(300)))

    said = failure(replayed)
    assert said.splitlines()[-1].endswith("more lines")
    assert len(said.splitlines()) < 70


def test_a_mismatch_that_the_code_hides_fails_at_the_end(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path
    with Replay(path, NOW) as replay:
        client = replay.client()
        with pytest.raises(pytest.fail.Exception):
            ask(client, "m-1", "Another article.")
        ask(client, "m-1")
        assert "has no answer to this request" in failure(replay.finish)


def test_the_same_request_once_more_is_one_too_many(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path
    with Replay(path, NOW) as replay:
        client = replay.client()
        ask(client, "m-1")
        said = failure(lambda: ask(client, "m-1"))
    assert "all 1 recorded exchanges are played, and one more request was made" in said


def test_an_unplayed_exchange_is_named(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path, faults.server_failed(), "model").path
    with Replay(path, NOW) as replay:
        with pytest.raises(openai.InternalServerError):
            ask(replay.client(), "m-1")
        said = failure(replay.finish)
    assert "cassette induced_case: 1 of 2 recorded exchanges left unplayed (number 2)" in said


def test_a_stale_cassette_says_how_to_record_it_again(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path
    said = failure(lambda: Replay(path, Identity("prompt-2", "schema-1")).__enter__())
    assert said == (
        "cassette case was recorded for prompt prompt-1, schema schema-1; now prompt-2, schema-1: "
        "re-record with `python -m tests.record case`"
    )
    with Replay(path, None) as unchecked:
        assert unchecked.about.prompt_id == "prompt-1"
    ask(openai.OpenAI(base_url=model.base_url, api_key="k", max_retries=0), "m-1")
    assert len(model.seen) == 2, "after the failure the client reaches the network again"


def test_a_missing_cassette_says_how_to_record_it(tmp_path: Path) -> None:
    said = failure(lambda: Replay(tmp_path / "nowhere.yaml", NOW).__enter__())
    assert said == "there is no cassette nowhere: record it with `python -m tests.record nowhere`"


def test_each_replay_is_a_server_of_its_own(model: Model, tmp_path: Path) -> None:
    path = recorded(model, tmp_path).path
    with Replay(path, NOW) as first:
        pass
    with Replay(path, NOW) as second:
        pass
    assert first.endpoint.base_url != second.endpoint.base_url


REAL = "reply 1:\n- a visit\n"


@pytest.mark.parametrize(
    ("fault", "outcome", "said"),
    [
        (faults.rate_limited("7"), 429, "429 rate_limit_exceeded"),
        (faults.server_failed(), 500, "500 server_error"),
        (faults.wrong_key(), 401, "401 invalid_api_key"),
        (faults.quota_exhausted(), 429, "429 insufficient_quota"),
        (faults.format_refused(), 400, "400 invalid_request_error"),
        (faults.completion("malformed JSON", '{"visits": ['), '{"visits": [', "malformed JSON"),
        (faults.refusal("I cannot help with that."), None, "refusal"),
        (faults.content_filtered(), None, "content_filter"),
        (faults.cut_off(7), "reply 1", "cut off after 7 characters"),
        (faults.prefixed('It says {"visits": 1}.\n'), 'It says {"visits": 1}.\n' + REAL, "text before the reply"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_an_induced_answer_is_given_named_and_replayed(
    model: Model, tmp_path: Path, fault: faults.Fault, outcome: object, said: str
) -> None:
    result = recorded(model, tmp_path, fault, "model")
    assert result.outcome == [outcome, REAL]
    assert result.induced == [f"request 1: {said}"]
    assert len(model.seen) == 1, "an answer is induced without the model, and the same request is asked once"
    with Replay(result.path, NOW) as replay:
        replayed = Asking(2).read(Scenario("again", "sync", "a.txt"), replay.endpoint)
        replay.finish()
    assert replayed == result.outcome


def test_the_headers_of_an_induced_answer_are_kept(model: Model, tmp_path: Path) -> None:
    date = "Mon, 04 Mar 2024 10:00:07 GMT"
    fault = faults.http_error(429, "Slow down.", headers={"Retry-After": date, "Date": date, "Server": "x"})
    text = recorded(model, tmp_path, fault).path.read_text(encoding="utf-8")
    document = readable.load(text)
    headers = document["interactions"][0]["response"]["headers"]
    assert headers == {"content-type": ["application/json"], "date": [date], "retry-after": [date]}
    assert document["about"]["recorded_from"] == "induced answers alone; no language model was asked"


def test_a_body_that_is_not_json_is_kept_as_text(model: Model, tmp_path: Path) -> None:
    page = "<html>\n<body>Welcome</body>\n</html>\n"
    result = recorded(model, tmp_path, Answer("a web page", 502, page, {"Content-Type": "text/html"}))
    assert readable.load(result.path.read_text(encoding="utf-8"))["interactions"][0]["response"]["body"] == page
    with Replay(result.path, NOW) as replay, pytest.raises(openai.InternalServerError) as caught:
        ask(replay.client(), "m-1")
    assert caught.value.response.text == page


def test_a_request_that_is_not_json_matches_by_its_text(model: Model, tmp_path: Path) -> None:
    class Posting(Asking):
        def read(self, scenario: Scenario, endpoint: Endpoint) -> list[Any]:
            return [httpx2.post(f"{endpoint.base_url}/files?part=1", content="plain words").status_code]

    result = recorded(model, tmp_path, Answer("done", 200, {"ok": True}), library=Posting())
    assert result.outcome == [200]
    with Replay(result.path, NOW) as replay:
        address = f"{replay.endpoint.base_url}/files?part=1"
        assert "-other words" in failure(lambda: httpx2.post(address, content="other words")).replace("+", "-")
        assert httpx2.post(address, content="plain words").json() == {"ok": True}


def test_a_larger_token_limit_gets_the_answer_already_given(model: Model, tmp_path: Path) -> None:
    result = recorded(model, tmp_path, library=Asking(2, limits=(100, 200)))
    assert result.outcome == [REAL, REAL]
    assert len(model.seen) == 1


def test_a_reply_that_the_model_could_not_end_is_asked_for_again(model: Model, tmp_path: Path) -> None:
    model.finish_reason = "length"
    result = recorded(model, tmp_path, library=Asking(2, limits=(100, 200)))
    assert result.outcome == [REAL, REAL.replace("1", "2")]


def test_a_format_that_the_server_refuses_is_part_of_the_recording(model: Model, tmp_path: Path) -> None:
    model.status = 400
    assert recorded(model, tmp_path).outcome == [400]


def test_a_model_that_fails_leaves_no_cassette(model: Model, tmp_path: Path) -> None:
    model.status = 503
    with pytest.raises(RecordingError, match="answered 503"):
        recorded(model, tmp_path)
    model.status = 400
    with pytest.raises(RecordingError, match="no reply to change"):
        recorded(model, tmp_path, faults.cut_off(3))
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        model.base_url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        with pytest.raises(RecordingError, match="cannot be reached"):
            recorded(model, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_that_no_request_came_for_is_an_error(model: Model, tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"never asked for: 500 server_error; the call ended after 1 req"):
        recorded(model, tmp_path, "model", faults.server_failed(), library=Asking(1))
    with pytest.raises(RecordingError, match=r"the call ended after 0 requests in list: \[\]"):
        recorded(model, tmp_path, library=Asking(0))
    assert list(tmp_path.iterdir()) == []


def test_a_call_that_raises_leaves_no_cassette(model: Model, tmp_path: Path) -> None:
    class Broken(Asking):
        def identity(self, scenario: Scenario) -> Identity:
            raise LookupError("no prompt")

    with pytest.raises(LookupError, match="no prompt"):
        recorded(model, tmp_path, library=Broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "steps"), [("plain", (faults.wrong_key(),)), ("induced_x", ("model",)), ("a/b", ())])
def test_a_scenario_is_named_for_what_it_is(name: str, steps: tuple[Step, ...]) -> None:
    with pytest.raises(ValueError, match=name):
        Scenario(name, "sync", "a.txt", steps)


def test_the_command_records_the_named_scenarios(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = [
        Scenario("one", "sync", "a.txt"),
        Scenario("two", "async", "a.txt"),
        Scenario("induced_three", "sync", "a.txt", ("model", faults.wrong_key())),
    ]
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    address = ["--base-url", model.base_url, "--model", "m-2"]
    assert main([*address, "two"], table, Asking(), tmp_path) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["two.yaml"]
    assert main(address, table, Asking(), tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.yaml", "two.yaml"]
    said = capsys.readouterr().err
    assert "ok      one: 1 exchanges, 0 induced, ended in list" in said
    assert "FAILED  induced_three: never asked for: 401 invalid_api_key" in said
    assert len(model.seen) == 2, "the same request is put to the model once per run"
    assert model.seen[0]["model"] == "m-2"


def test_the_command_needs_a_model_and_known_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert main([], [], Asking(), tmp_path) == 2
    assert "neither OPENAI_API_KEY nor a base URL" in capsys.readouterr().err
    assert main(["--base-url", "http://127.0.0.1:9/v1", "nine"], [], Asking(), tmp_path) == 2
    assert "no scenario is named nine; there are: none" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("base_url", "source"),
    [
        ("http://localhost:1/v1", "a language model behind a local OpenAI-compatible relay"),
        ("https://api.model.example/v1", "a language model behind an OpenAI-compatible endpoint"),
        ("http://192.0.2.7/v1", "a language model behind an OpenAI-compatible endpoint"),
    ],
)
def test_where_it_was_recorded_from_is_said_without_a_name(
    model: Model, tmp_path: Path, base_url: str, source: str
) -> None:
    class Answering(RealModel):
        def _ask(self, path: str, body: bytes) -> Any:
            return RealModel(Endpoint(model.base_url, KEY, "m-1")).answer(path, body)

    row = Scenario("case", "sync", "a.txt")
    path = record(row, Asking(), Answering(Endpoint(base_url, KEY, "m-1")), tmp_path).path
    assert readable.load(path.read_text(encoding="utf-8"))["about"]["recorded_from"] == source
