"""`summarise doctor`: what is in place, what is not, and that nothing makes it break down or tell a key."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from summarise.cli import main
from summarise.doctor import machine
from summarise.doctor.findings import looked_at
from tests.loopback import Loopback, Scripted, completion, refusal
from tests.tiny_model import write_tiny_model

KEY = "sk-secret-0123456789"
READ = json.dumps(
    {
        "officials": [
            {
                "name": "Park Jin",
                "titles": ["South Korean Foreign Minister"],
                "role": "foreign_minister",
                "country": "KOR",
                "more": [],
            }
        ],
        "visits": [
            {
                "evidence": [1],
                "visitors": ["Park Jin"],
                "country": "JPN",
                "when": {"text": "on Friday", "date": "2023-10-20"},
                "status": "confirmed",
                "focus": "main",
                "more": [],
            }
        ],
        "invitations": [],
        "summary": "Park Jin will visit Japan on Friday.",
        "more": [],
    }
)
USAGE = {"prompt_tokens": 3000, "completion_tokens": 100}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARISE_")):
            monkeypatch.delenv(name)


def doctor(*arguments: str) -> tuple[int, dict[str, dict[str, Any]], str]:
    """Exit status, the findings by name, and all that was printed."""
    result = CliRunner().invoke(main, ["doctor", "--json", *arguments])
    assert "Traceback" not in result.output
    assert KEY not in result.output
    found = json.loads(result.output)
    assert found["ok"] == (result.exit_code == 0)
    return result.exit_code, {each["name"]: each for each in found["findings"]}, result.output


def test_with_nothing_at_hand_it_tells_the_ways_on() -> None:
    status, found, _ = doctor()
    assert status == 1
    assert found["key"]["state"] == "fail"
    for way in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "offline", ".gguf"):
        assert way in found["key"]["found"]
    assert found["version"]["state"] == found["token ranks"]["state"] == found["folder"]["state"] == "ok"


def test_a_good_endpoint_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    headers = {"x-ratelimit-limit-requests": "500", "x-ratelimit-limit-tokens": "200000"}
    with Loopback(completion(READ, usage=USAGE, headers=headers)) as server:
        status, found, _ = doctor("--base-url", server.base_url, "--model", "small-1", "--context", "32000")
    assert status == 0
    assert {each["state"] for each in found.values()} == {"ok"}
    assert f"of {len(KEY)} characters" in found["key"]["found"]
    assert "OPENAI_API_KEY" in found["key"]["found"]
    assert "format: json_schema, answered by small-1" in found["round trip"]["found"]
    assert "3,000 tokens there, 100 back" in found["round trip"]["found"]
    assert "500 requests, 200000 tokens" in found["limits"]["found"]
    assert found["reading"]["found"].startswith("1 visit")
    assert found["context"]["found"] == "32,000 tokens"


def test_an_endpoint_on_a_lower_rung_and_a_weak_model_are_doubtful_and_no_more() -> None:
    refused = refusal(400, "response_format json_schema is not supported")
    with Loopback(refused, completion("I can help.", usage=USAGE)) as server:
        status, found, _ = doctor("--base-url", server.base_url, "--model", "small-2")
    assert status == 0
    assert (found["round trip"]["state"], found["reading"]["state"], found["context"]["state"]) == ("warn",) * 3
    assert "format: json_object" in found["round trip"]["found"]
    assert "BadReply" in found["reading"]["found"]
    assert all(each["way_on"] for each in found.values() if each["state"] == "warn")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refusal(401, f"Incorrect API key provided: {KEY}"), "401"),
        (refusal(404, "The model small-3 does not exist"), "does not exist"),
        (Scripted(200, "<html>Sign in</html>", content_type="text/html"), "a web page"),
        (Scripted(200, "no JSON at all"), "something else"),
        (Scripted(cut=True, body={"a": 1}), "no connection"),
        (refusal(429, "You exceeded your quota", code="insufficient_quota"), "quota"),
    ],
)
def test_a_fault_of_the_endpoint_is_told_with_the_way_on(
    answer: Scripted, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SUMMARISE_BACKOFF", "0")
    with Loopback(answer) as server:
        status, found, _ = doctor("--base-url", server.base_url, "--model", "small-3")
    assert status == 1
    assert found["round trip"]["state"] == "fail"
    assert said in found["round trip"]["found"]
    assert found["round trip"]["way_on"]


@pytest.mark.parametrize(
    ("arguments", "name", "said"),
    [
        (["--base-url", "localhost"], "address", "no address"),
        (["--base-url", f"http://me:{KEY}@a/b@c", "--model", "m"], "address", "no address"),
        (["--model", "offline", "--base-url", "http://127.0.0.1:9/v1"], "settings", "asks no endpoint"),
        (["--model", ""], "settings", "model"),
        (["--model", "nowhere.gguf"], "model", "is not there"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: list[str], name: str, said: str) -> None:
    status, found, _ = doctor(*arguments)
    assert (status, found[name]["state"]) == (1, "fail")
    assert said in found[name]["found"]
    assert "round trip" not in found


def test_offline_needs_nothing() -> None:
    status, found, _ = doctor("--model", "offline")
    assert status == 0
    assert "1 visit" in found["reading"]["found"]


def test_a_model_on_this_machine_is_asked_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARISE_THREADS", "1")
    monkeypatch.setenv("SUMMARISE_MAX_OUTPUT_TOKENS", "256")
    path = write_tiny_model(tmp_path / "tiny.gguf")
    status, found, _ = doctor("--model", str(path))
    assert status == 0
    assert "0.1 MB, trained for a context of 32,768 tokens; tiny.gguf@sha256:" in found["model"]["found"]
    assert "format: json_schema" in found["round trip"]["found"]
    path.write_bytes(path.read_bytes()[:60_000])
    status, found, _ = doctor("--model", str(path))
    assert (status, found["round trip"]["state"]) == (1, "fail")
    assert "corrupted or incomplete" in found["round trip"]["found"]


def test_on_a_terminal_each_finding_is_a_line_with_the_way_on_below() -> None:
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "ok    version: summarise " in result.output
    assert "fail  key: no model to ask" in result.output


def test_a_folder_where_nothing_can_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    (finding,) = looked_at("folder", machine.folder)
    assert finding.state == "fail"


def test_a_package_that_is_too_old_or_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ["click>=999", "nothing-of-that-name>=1", "rich<1", "tenacity>=1", "numpy>=1; extra == 'export'"]
    monkeypatch.setattr(machine, "requires", lambda name: needed)
    found = {finding.name: finding for finding in machine.versions()}
    assert found["dependencies"].state == "fail"
    assert "click is " in found["dependencies"].found
    assert "should be >=999" in found["dependencies"].found
    assert "nothing-of-that-name is missing" in found["dependencies"].found
    assert "rich is " in found["dependencies"].found
    assert "tenacity" not in found["dependencies"].found


def test_a_doctor_does_not_break_down() -> None:
    def look() -> Any:
        raise ZeroDivisionError("by zero")
        yield

    (finding,) = looked_at("ranks", look)
    assert (finding.state, finding.found) == ("fail", "ZeroDivisionError: by zero")
