"""The doors of the library, over a real server on the loopback."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import openai
import pytest

from summarise import ArticleSummary, Settings, Summariser, asummarise_article, summarise_article
from summarise.errors import (
    BadReply,
    BinaryArticle,
    ConfigurationError,
    EmptyArticle,
    HookFailed,
    PromptError,
    SchemaError,
    ServerFailed,
    UnreadableArticle,
)
from summarise.records import Attempt, Usage
from tests.loopback import Loopback, completion, refusal
from tests.test_converse import GOOD, TEXT, UNGROUNDED

USAGE = {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 400}}
Door = Callable[..., ArticleSummary]
_models = (f"reader-{number}" for number in itertools.count())


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("SUMMARISE_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(params=["sync", "async"])
def door(request: pytest.FixtureRequest) -> Door:
    """One of the two doors, called in the same way."""
    if request.param == "sync":
        return summarise_article

    def through_async(*arguments: Any, **named: Any) -> ArticleSummary:
        summary: ArticleSummary = asyncio.run(asummarise_article(*arguments, **named))
        return summary

    return through_async


def _quick(server: Loopback, **more: Any) -> Settings:
    values = {"model": next(_models), "base_url": server.base_url, "api_key": "sk-test", "backoff": 0, **more}
    return Settings(**values)


def test_an_article_is_read(door: Door) -> None:
    with Loopback(completion(GOOD, usage=USAGE)) as server:
        summary = door(TEXT, model=next(_models), base_url=server.base_url)
    assert [visit.country for visit in summary.visits] == ["PER", "PER"]
    for visit in summary.visits:
        for evidence in visit.evidence:
            assert evidence.text == TEXT[evidence.start : evidence.end]
    provenance = summary.provenance
    assert provenance is not None
    assert (provenance.answered_by, provenance.base_url) == ("small-1", server.base_url)
    assert (provenance.usage.input_tokens, provenance.usage.cached_tokens) == (1000, 400)
    assert provenance.usage.cost is None
    (seen,) = server.seen
    assert seen.path == "/v1/chat/completions"
    assert seen.body["response_format"]["json_schema"]["name"] == "article_summary"


def test_the_environment_says_where_to_go_and_with_which_key(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(completion(GOOD)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-from-environment")
        monkeypatch.setenv("SUMMARISE_MODEL", model := next(_models))
        door(TEXT)
    assert server.seen[0].headers["authorization"] == "Bearer sk-from-environment"
    assert server.seen[0].body["model"] == model


def test_without_key_and_base_url_the_error_names_the_ways_on(door: Door) -> None:
    with pytest.raises(ConfigurationError) as caught:
        door(TEXT)
    message = str(caught.value)
    assert all(way in message for way in ("OPENAI_API_KEY", "OPENAI_BASE_URL", 'model="offline"'))
    assert all(server in message for server in ("Ollama", "llama.cpp", "vLLM", "LM Studio"))


def test_arguments_win_over_the_settings(door: Door) -> None:
    with Loopback(completion(GOOD)) as server:
        settings = Settings(model="another", base_url="http://127.0.0.1:9/v1", api_key="sk-test")
        door(TEXT, settings=settings, model=(model := next(_models)), base_url=server.base_url)
    assert server.seen[0].body["model"] == model
    assert settings.model == "another"


@pytest.mark.parametrize("published", ["2019-06-07", date(2019, 6, 7)])
def test_a_date_that_is_given_wins_over_the_text(door: Door, published: str | date) -> None:
    reply = json.loads(GOOD)
    reply["visits"][0]["when"]["date"] = "2019-06-13"
    with Loopback(completion(json.dumps(reply))) as server:
        summary = door(TEXT, published=published, settings=_quick(server))
    assert summary.published == "2019-06-07"
    assert summary.provenance is not None
    assert summary.provenance.reference_basis == "given"
    assert summary.visits[0].when.start == "2019-06-13"


def test_a_published_that_is_no_date_is_an_error(door: Door) -> None:
    with Loopback(completion(GOOD)) as server:
        with pytest.raises(ConfigurationError):
            door(TEXT, published="yesterday", settings=_quick(server))
        assert server.seen == []


def test_text_bytes_and_path_are_the_same_article(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    with Loopback(completion(GOOD)) as server:
        settings = _quick(server)
        read = [door(source, settings=settings) for source in (TEXT, TEXT.encode(), path)]
    provenances = [summary.provenance for summary in read]
    assert len({provenance.article_id for provenance in provenances if provenance}) == 1
    assert [provenance.encoding for provenance in provenances if provenance] == [None, "utf-8", "utf-8"]
    assert read[0].visits == read[1].visits == read[2].visits


@pytest.mark.parametrize(
    ("source", "error"),
    [(" \n", EmptyArticle), (b"\x00\x01\x02\x00" * 50, BinaryArticle), (Path("nowhere.txt"), UnreadableArticle)],
)
def test_what_is_no_article_is_not_sent(door: Door, source: Any, error: type[Exception]) -> None:
    with Loopback(completion(GOOD)) as server:
        with pytest.raises(error):
            door(source, settings=_quick(server))
        assert server.seen == []


def test_a_client_of_your_own_is_used_and_left_open() -> None:
    with Loopback(completion(GOOD)) as server:
        own = openai.OpenAI(api_key="sk-own", base_url=server.base_url, default_headers={"X-Team": "desk"})
        summary = summarise_article(TEXT, client=own, model=next(_models))
        assert not own.is_closed()
        own.close()
    assert len(summary.visits) == 2
    assert server.seen[0].headers["x-team"] == "desk"
    assert summary.provenance is not None
    assert summary.provenance.base_url == server.base_url


async def test_an_async_client_of_your_own_is_used_and_left_open() -> None:
    with Loopback(completion(GOOD)) as server:
        async with openai.AsyncOpenAI(api_key="sk-own", base_url=server.base_url) as own:
            summary = await asummarise_article(TEXT, client=own, model=next(_models))
            assert not own.is_closed()
    assert len(summary.visits) == 2
    assert server.seen[0].headers["authorization"] == "Bearer sk-own"


def test_a_client_of_the_other_kind_is_an_error() -> None:
    own = openai.AsyncOpenAI(api_key="sk-own", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ConfigurationError, match="AsyncOpenAI was given") as caught:
        summarise_article(TEXT, client=own)
    assert "asummarise_article" in caught.value.hint
    assert "Summariser.aread" in caught.value.hint


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"client": "x"}, "client"),
        ({"schema": int}, "schema is the class int"),
        ({"schema": ArticleSummary(officials=[], visits=[], invitations=[], summary="")}, "schema is of the type"),
        ({"settings": "x"}, "settings is of the type str"),
        ({"source": None}, "source is of the type NoneType"),
        ({"model": ""}, "model"),
        ({"model": 5}, "model"),
        ({"base_url": 5}, "base_url"),
        ({"base_url": "localhost"}, "base URL"),
        ({"model": "small.gguf"}, "gguf"),
    ],
)
def test_an_argument_that_cannot_be_used_is_named_and_nothing_is_sent(
    door: Door, given: dict[str, Any], name: str
) -> None:
    with Loopback(completion(GOOD)) as server:
        arguments = {"source": TEXT, "settings": _quick(server), **given}
        with pytest.raises(ConfigurationError, match=name) as caught:
            door(**arguments)
    assert server.seen == []
    assert caught.value.hint


def test_settings_and_prompts_of_another_type_are_named() -> None:
    with pytest.raises(ConfigurationError, match="settings"):
        Summariser(settings={"model": "x"})  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="prompts"):
        Summariser(settings=Settings(api_key="sk-test"), prompts="folder")  # type: ignore[arg-type]


def test_tokens_are_priced_at_the_endpoint_that_is_asked() -> None:
    usage = Usage(requests=1, input_tokens=1000, cached_tokens=0, output_tokens=100)
    settings = Settings(model="gpt-4o-mini", api_key="sk-test")
    assert Summariser(settings=settings).priced(usage).cost == pytest.approx(0.00021)
    own = openai.OpenAI(api_key="sk-own", base_url="http://127.0.0.1:9/v1")
    assert Summariser(settings=settings, client=own).priced(usage).cost is None


def test_one_reader_serves_many_threads() -> None:
    with Loopback(completion(GOOD, usage=USAGE)) as server, Summariser(settings=_quick(server)) as reader:
        texts = [f"{TEXT}\nThe talks last {number} hours.\n" for number in range(12)]
        with ThreadPoolExecutor(4) as pool:
            read = list(pool.map(reader.read, texts))
    assert len(server.seen) == 12
    ids = [summary.provenance.article_id for summary in read if summary.provenance]
    assert ids == [reader.article(text).id for text in texts]
    assert all(summary.provenance and len(summary.provenance.attempts) == 1 for summary in read)


async def test_one_reader_serves_many_tasks() -> None:
    with Loopback(completion(GOOD)) as server:
        async with Summariser(settings=_quick(server)) as reader:
            read = await asyncio.gather(*[reader.aread(TEXT) for _ in range(5)])
    assert [len(summary.visits) for summary in read] == [2] * 5


def test_an_article_that_was_read_before_can_be_given() -> None:
    with Loopback(completion(GOOD)) as server, Summariser(settings=_quick(server)) as reader:
        article = reader.article(TEXT, name="desk/1")
        summary = reader.read(article)
    assert article.source == "desk/1"
    assert summary.provenance is not None
    assert summary.provenance.article_id == article.id


def test_an_error_names_the_input() -> None:
    reader = Summariser(settings=Settings(api_key="sk-test"))
    with pytest.raises(EmptyArticle, match="desk/7"):
        reader.read("", name="desk/7")


def test_a_fault_after_a_partial_success_does_not_lose_it(door: Door) -> None:
    with Loopback(completion(UNGROUNDED), refusal(500, "down")) as server:
        summary = door(TEXT, settings=_quick(server, transient_retries=0))
    assert len(summary.visits) == 1
    assert len(summary.rejected) == 1
    assert "ServerFailed" in summary.concerns[0].message
    assert summary.provenance is not None
    assert [attempt.outcome for attempt in summary.provenance.attempts] == ["complaint", "failed"]


def test_a_fault_before_any_success_is_raised_with_the_journal(door: Door) -> None:
    with Loopback(completion("{"), refusal(500, "down")) as server, pytest.raises(ServerFailed) as caught:
        door(TEXT, settings=_quick(server, transient_retries=1))
    assert [attempt.outcome for attempt in caught.value.attempts] == ["complaint", "failed", "failed"]


def test_a_reply_that_never_passes_is_an_error(door: Door) -> None:
    with Loopback(completion("no"), completion("nor this")) as server, pytest.raises(BadReply):
        door(TEXT, settings=_quick(server, complaints=1))
    assert len(server.seen) == 2


def test_a_refused_format_is_asked_for_once_per_endpoint_and_model() -> None:
    refused = refusal(400, "response_format json_schema is not supported")
    with Loopback(refused, completion(GOOD)) as server, Summariser(settings=_quick(server)) as reader:
        first, second = reader.read(TEXT), reader.read(TEXT)
    assert [summary.provenance.rung for summary in (first, second) if summary.provenance] == ["json_object"] * 2
    kinds = [seen.body.get("response_format", {}).get("type") for seen in server.seen]
    assert kinds == ["json_schema", "json_object", "json_object"]


def test_half_a_surrogate_pair_in_a_reply_can_be_asked_about(door: Door) -> None:
    with Loopback(completion("so \ud800"), completion(GOOD)) as server:
        summary = door(TEXT, settings=_quick(server))
    assert len(summary.visits) == 2
    assert server.seen[1].body["messages"][2]["content"] == "so ?"


def test_more_cached_than_input_tokens_do_not_lose_the_summary() -> None:
    strange = {"prompt_tokens": 10, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 40}}
    with Loopback(completion(GOOD, usage=strange)) as server:
        summary = summarise_article(TEXT, settings=_quick(server))
    assert summary.provenance is not None
    assert summary.provenance.usage.cached_tokens == 40


def test_the_fingerprint_names_model_prompt_and_schema() -> None:
    class Moody(ArticleSummary):
        """the whole article"""

        mood: str | None = None

    settings = Settings(model="gpt-x", api_key="sk-test")
    plain, moody = Summariser(settings=settings), Summariser(Moody, settings=settings)
    assert plain.fingerprint.keys() == {"model", "prompt", "schema"}
    assert plain.fingerprint["model"] == "gpt-x"
    assert plain.fingerprint["prompt"] == moody.fingerprint["prompt"]
    assert plain.fingerprint["schema"] != moody.fingerprint["schema"]


def test_a_schema_that_cannot_be_asked_for_is_an_error_at_once() -> None:
    class Open(ArticleSummary):
        """the whole article"""

        anything: dict[str, str]

    with pytest.raises(SchemaError, match="anything"):
        Summariser(Open, settings=Settings(api_key="sk-test"))


def test_prompt_files_of_your_own_that_are_not_there_are_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"system\.md"):
        Summariser(settings=Settings(api_key="sk-test"), prompts=tmp_path)


class TestHooks:
    def test_they_are_told_of_each_attempt_and_each_summary_in_the_thread_that_reads(self) -> None:
        seen: list[tuple[str, str | None, threading.Thread]] = []
        results: list[ArticleSummary] = []
        with Loopback(refusal(500, "down"), completion("no"), completion(GOOD)) as server:
            reader = Summariser(
                settings=_quick(server),
                on_attempt=lambda attempt, article: seen.append(
                    (attempt.outcome, article.source, threading.current_thread())
                ),
                on_result=results.append,
            )
            with reader:
                summary = reader.read(TEXT, name="desk/1")
        here = threading.current_thread()
        assert seen == [(outcome, "desk/1", here) for outcome in ("failed", "complaint", "accepted")]
        assert results == [summary]

    @pytest.mark.parametrize("name", ["on_attempt", "on_result"])
    async def test_what_one_raises_ends_the_reading_of_the_article(self, name: str) -> None:
        def fails(*_: object) -> None:
            raise ZeroDivisionError("in the hook")

        hook: dict[str, Any] = {name: fails}
        with Loopback(completion(GOOD)) as server:
            async with Summariser(settings=_quick(server), **hook) as reader:
                with pytest.raises(HookFailed, match=f"{name} raised ZeroDivisionError: in the hook") as caught:
                    await reader.aread(TEXT)
        assert isinstance(caught.value.__cause__, ZeroDivisionError)
        assert [attempt.outcome for attempt in caught.value.attempts] == ["accepted"] * (name == "on_attempt")

    def test_one_that_cannot_be_called_is_named(self) -> None:
        with pytest.raises(ConfigurationError, match="on_attempt is of the type int"):
            Summariser(settings=Settings(api_key="sk-test"), on_attempt=5)  # type: ignore[arg-type]


def test_what_attempts_used_is_priced_by_the_way_they_were_made() -> None:
    settings = Settings(model="gpt-4o-mini", api_key="sk-test")
    used = {"number": 1, "rung": "text", "outcome": "accepted", "input_tokens": 1000, "output_tokens": 100}
    alone, batched = Attempt.model_validate(used), Attempt.model_validate({**used, "batch": "batch_1"})
    with Summariser(settings=settings) as reader:
        usual = reader.usage_of([alone]).cost
        assert usual == reader.priced(Usage(input_tokens=1000, output_tokens=100)).cost
        assert usual is not None
        both = reader.usage_of([alone, batched])
        assert both == Usage(requests=2, input_tokens=2000, output_tokens=200, cost=both.cost)
        assert both.cost == pytest.approx(usual * 1.5)
        assert reader.usage_of([]).cost == 0
    with Summariser(settings=Settings(model="gpt-4o-mini", base_url="http://127.0.0.1:9/v1")) as reader:
        assert reader.usage_of([alone, batched]).cost is None


def test_offline_there_is_nothing_to_carry_to_a_model() -> None:
    with Summariser(settings=Settings(model="offline")) as reader, pytest.raises(ConfigurationError, match="offline"):
        reader.conversation(reader.article("Ana Reyes flew to Oslo."))
