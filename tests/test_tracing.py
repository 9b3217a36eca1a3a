"""OpenTelemetry spans, collected by its own SDK, of calls over a real server on loopback."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from summarise import Settings, asummarise_article, summarise_article, summarise_corpus
from summarise.errors import AuthenticationFailed, EmptyArticle
from summarise.model.tracing import _provider
from tests.loopback import Loopback, completion, refusal
from tests.test_api import USAGE, Door, _bare_environment, _quick, door
from tests.test_converse import GOOD, TEXT

__all__ = ["_bare_environment", "door"]  # fixtures

ARTICLE = "invoke_workflow summarise_article"
CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[ReadableSpan]]]:
    """What has been exported so far; the program's provider is put back afterwards."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    monkeypatch.delenv(CONTENT, raising=False)
    yield lambda: list(exporter.get_finished_spans())
    provider.shutdown()


def attributes(span: ReadableSpan) -> Mapping[str, Any]:
    return dict(span.attributes or {})


def named(spans: list[ReadableSpan], name: str) -> list[ReadableSpan]:
    return [span for span in spans if span.name == name]


def test_an_article_and_each_call_have_a_span(door: Door, spans: Callable[[], list[ReadableSpan]]) -> None:
    with Loopback(refusal(500, "down"), completion(GOOD, usage=USAGE)) as server:
        settings = _quick(server, temperature=0.5, seed=7)
        summary = door(TEXT, settings=settings)
    (whole,) = named(spans(), ARTICLE)
    failed, good = named(spans(), f"chat {settings.model}")
    assert summary.provenance is not None
    assert attributes(whole) == {
        "gen_ai.operation.name": "invoke_workflow",
        "gen_ai.workflow.name": "summarise_article",
        "summarise.article.id": summary.provenance.article_id,
        "summarise.article.source": "<text>",
        "summarise.attempts": 2,
        "summarise.complaints": 0,
        "summarise.rejected": 0,
    }
    asked = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": settings.model,
        "gen_ai.output.type": "json",
        "gen_ai.request.max_tokens": 8192,
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.seed": 7,
        "server.address": "127.0.0.1",
        "server.port": int(server.base_url.rpartition(":")[2].partition("/")[0]),
        "summarise.purpose": "read",
    }
    assert attributes(failed) == {**asked, "error.type": "ServerFailed", "http.response.status_code": 500}
    assert attributes(good) == {
        **asked,
        "gen_ai.response.model": "small-1",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 1000,
        "gen_ai.usage.output_tokens": 100,
        "gen_ai.usage.cache_read.input_tokens": 400,
    }
    assert [span.kind.name for span in (whole, failed, good)] == ["INTERNAL", "CLIENT", "CLIENT"]
    assert [span.status.status_code.name for span in (whole, failed, good)] == ["UNSET", "ERROR", "UNSET"]
    assert whole.context is not None
    assert {span.parent.span_id for span in (failed, good) if span.parent} == {whole.context.span_id}
    assert [span.events for span in (whole, failed, good)] == [()] * 3


def test_an_error_is_named_by_its_class(door: Door, spans: Callable[[], list[ReadableSpan]]) -> None:
    with Loopback(refusal(401, f"bad key for {TEXT[:40]}")) as server:
        with pytest.raises(AuthenticationFailed):
            door(TEXT, settings=_quick(server))
        with pytest.raises(EmptyArticle):
            door(" ", settings=_quick(server))
    first, second = named(spans(), ARTICLE)
    assert [attributes(span)["error.type"] for span in (first, second)] == ["AuthenticationFailed", "EmptyArticle"]
    assert [span.status.description for span in (first, second)] == ["AuthenticationFailed", "EmptyArticle"]


def test_what_is_said_is_in_them_only_if_asked_for(
    door: Door, spans: Callable[[], list[ReadableSpan]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Loopback(refusal(500, "down"), completion(GOOD)) as server:
        door(TEXT, settings=_quick(server, api_key="sk-very-secret"))
        silent = "".join(span.to_json() for span in spans())
        assert "Lima" in TEXT
        assert not [word for word in ("Lima", "sk-very", "visitors", "down") if word in silent]
        monkeypatch.setenv(CONTENT, "SPAN_ONLY")
        door(TEXT, settings=_quick(server))
    last = attributes(spans()[-2])
    (question,) = json.loads(last["gen_ai.input.messages"])
    assert question["role"] == "user"
    assert "Lima" in question["parts"][0]["content"]
    assert json.loads(last["gen_ai.system_instructions"])[0]["type"] == "text"
    (reply,) = json.loads(last["gen_ai.output.messages"])
    assert reply == {"role": "assistant", "parts": [{"type": "text", "content": GOOD}], "finish_reason": "stop"}


def test_a_corpus_run_belongs_to_the_span_it_was_begun_in(spans: Callable[[], list[ReadableSpan]]) -> None:
    with Loopback(completion(GOOD)) as server, trace.get_tracer("program").start_as_current_span("night") as night:
        rows = list(summarise_corpus([("a", TEXT), ("b", f"{TEXT}\nMore.")], settings=_quick(server)))
    assert len(rows) == 2
    articles = named(spans(), ARTICLE)
    assert {span.parent.span_id for span in articles if span.parent} == {night.get_span_context().span_id}
    assert len(articles) == 2


async def test_a_call_that_is_given_up_is_marked(spans: Callable[[], list[ReadableSpan]]) -> None:
    from tests.loopback import Scripted

    with Loopback(Scripted(hang=True)) as server:
        task = asyncio.create_task(asummarise_article(TEXT, settings=_quick(server)))
        while not server.seen:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert [attributes(span)["error.type"] for span in spans()] == ["CancelledError"] * 2


def test_offline_there_is_a_span_for_the_article_alone(spans: Callable[[], list[ReadableSpan]]) -> None:
    summarise_article(TEXT, settings=Settings(model="offline"))
    (only,) = spans()
    assert attributes(only)["summarise.attempts"] == 0


@pytest.mark.parametrize(
    ("host", "provider"),
    [
        ("api.openai.com", "openai"),
        ("desk.openai.azure.com", "azure.ai.openai"),
        ("api.x.ai", "x_ai"),
        ("nix.ai", "openai"),
        ("localhost", "openai"),
    ],
)
def test_the_provider_is_told_by_the_host(host: str, provider: str) -> None:
    assert _provider(host) == provider


def test_it_is_never_loaded_by_the_library() -> None:
    code = (
        "import sys; from summarise import summarise_article; summarise_article('Reyes flew to Lima.', "
        "model='offline'); import summarise.model.client, summarise.corpus.stream; "
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
