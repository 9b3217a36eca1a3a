"""What a test is given: the `cassette` fixture, and a network that is closed but for loopback."""

from __future__ import annotations

from pathlib import Path

import httpx2
import openai
import pytest

from tests.recorded_model import ARTICLE, ask, recorded, serving_model


def test_the_network_is_blocked_but_loopback_is_open() -> None:
    with pytest.raises(RuntimeError, match=r"Network is disabled for host '192\.0\.2\.1'"):
        httpx2.get("http://192.0.2.1/v1/models", timeout=1)
    with serving_model() as model:
        assert ask(openai.OpenAI(base_url=model.base_url, api_key="k", max_retries=0), "m-1").choices


async def test_the_network_is_blocked_for_async_clients_too() -> None:
    async with httpx2.AsyncClient() as client:
        with pytest.RaisesGroup(RuntimeError) as refused:
            await client.get("http://192.0.2.1/v1/models", timeout=1)
        assert [str(reason) for reason in refused.value.exceptions] == ["Network is disabled for host '192.0.2.1'"]
        with serving_model() as model:
            opened = await client.get(model.base_url, timeout=5)
    assert opened.status_code


INNER_CONFTEST = """
import pathlib, pytest
from tests.recording.scenario import Identity
pytest_plugins = ["tests.recording.plugin"]

@pytest.fixture
def cassette_folder():
    return pathlib.Path({folder!r})

@pytest.fixture
def current_identity():
    return lambda name: Identity("prompt-1", "schema-1")
"""

INNER_TESTS = """
import pytest

@pytest.mark.cassette("case")
def test_played(cassette):
    ask(cassette)

@pytest.mark.cassette("case")
def test_unplayed(cassette):
    assert cassette.name == "case"

@pytest.mark.cassette("case")
def test_already_failed(cassette):
    assert cassette.name == "other"

@pytest.mark.cassette("case")
async def test_unplayed_async(cassette):
    assert cassette.name == "case"

def test_without_a_mark(cassette):
    pass

def ask(cassette):
    messages = [{"role": "system", "content": "Read."}, {"role": "user", "content": ARTICLE}]
    cassette.client().chat.completions.create(model="m-1", messages=messages, max_completion_tokens=100)
"""


def test_the_fixture_fails_a_test_that_leaves_an_exchange_unplayed(pytester: pytest.Pytester, tmp_path: Path) -> None:
    with serving_model() as model:
        folder = recorded(model, tmp_path / "recordings").path.parent
    pytester.makeconftest(INNER_CONFTEST.format(folder=str(folder)))
    pytester.makepyfile(f"ARTICLE = {ARTICLE!r}\n{INNER_TESTS}")
    result = pytester.runpytest_inprocess(
        "-p", "tests.recording.listing", "--asyncio-mode=auto", "-p", "no:cacheprovider", "-rN",
        "-o", "asyncio_default_fixture_loop_scope=function",
    )  # fmt: skip
    result.assert_outcomes(passed=1, failed=3, errors=1)
    result.stdout.fnmatch_lines(["cassette case"])
    output = result.stdout.str()
    assert output.count("1 of 1 recorded exchanges left unplayed (number 1)") == 2
    assert "say which cassette" in output
