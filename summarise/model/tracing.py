"""OpenTelemetry spans: one for each article, and within it one for each call to a model.

A program that has not loaded OpenTelemetry cannot have said where spans go: then there are none, and nothing is
imported. Names follow the semantic conventions for generative AI
(https://github.com/open-telemetry/semantic-conventions-genai, in development): an article is an `invoke_workflow`, a
call a `chat`. Neither texts nor error messages, which may quote them, are in a span, unless
`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` asks for them, as in other instrumentations.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarise.errors import SummariseError
from summarise.exchange import FormatRefused, Reply, Request
from summarise.model.retry import Failure
from summarise.version import VERSION

if TYPE_CHECKING:
    from opentelemetry.trace import Span, SpanKind

    from summarise.article import Article
    from summarise.model.ladder import Endpoint
    from summarise.records import ArticleSummary
    from summarise.settings import Settings

WORKFLOW = "summarise_article"

_CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
_PROVIDERS = {
    "openai.azure.com": "azure.ai.openai", "anthropic.com": "anthropic", "mistral.ai": "mistral_ai",
    "groq.com": "groq", "deepseek.com": "deepseek", "x.ai": "x_ai", "cohere.com": "cohere", "cohere.ai": "cohere",
    "perplexity.ai": "perplexity", "generativelanguage.googleapis.com": "gcp.gemini",
    "aiplatform.googleapis.com": "gcp.vertex_ai", "amazonaws.com": "aws.bedrock",
}  # fmt: skip

TellArticle = Callable[["Article | ArticleSummary"], object]
TellOutcome = Callable[[Reply | FormatRefused | Failure], Reply | FormatRefused | Failure]
Attributes = Mapping[str, str | int | float | Sequence[str]]


def _tell_nobody(known: Any) -> Any:
    return known


_NO_SPAN = nullcontext(_tell_nobody)


def article_span() -> AbstractContextManager[TellArticle]:
    """A span for one article; tell it the article when it has been read, and the summary when there is one."""
    return _article_span() if "opentelemetry.trace" in sys.modules else _NO_SPAN


def call_span(request: Request, settings: Settings, endpoint: Endpoint) -> AbstractContextManager[TellOutcome]:
    """A span for one call to a model; tell it what came of the call, which comes back."""
    return _call_span(request, settings, endpoint) if "opentelemetry.trace" in sys.modules else _NO_SPAN


@contextmanager
def _article_span() -> Iterator[TellArticle]:
    from opentelemetry.trace import SpanKind

    attributes = {"gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": WORKFLOW}
    with _span(f"invoke_workflow {WORKFLOW}", SpanKind.INTERNAL, attributes) as span:

        def tell(known: Article | ArticleSummary) -> None:
            if span.is_recording():
                span.set_attributes(_of_article(known))

        yield tell


@contextmanager
def _call_span(request: Request, settings: Settings, endpoint: Endpoint) -> Iterator[TellOutcome]:
    from opentelemetry.trace import SpanKind

    with _span(f"chat {settings.model}", SpanKind.CLIENT, _of_request(request, settings, endpoint)) as span:

        def tell(outcome: Reply | FormatRefused | Failure) -> Reply | FormatRefused | Failure:
            if isinstance(outcome, Reply):
                span.set_attributes(_of_reply(outcome))
                return outcome
            kind = outcome.error.__name__ if isinstance(outcome, Failure) else "FormatRefused"
            _mark_failed(span, kind, outcome.message)
            if outcome.status_code is not None:
                span.set_attribute("http.response.status_code", outcome.status_code)
            return outcome

        yield tell


@contextmanager
def _span(name: str, kind: SpanKind, attributes: Attributes) -> Iterator[Span]:
    """A span that is the current one, and that says by its class what ended it."""
    from opentelemetry import trace

    tracer = trace.get_tracer("summarise", VERSION)
    with tracer.start_as_current_span(
        name, kind=kind, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except BaseException as error:
            _mark_failed(span, type(error).__name__, error.message if isinstance(error, SummariseError) else "")
            raise


def _mark_failed(span: Span, kind: str, message: str) -> None:
    from opentelemetry.trace import StatusCode

    span.set_attribute("error.type", kind)
    span.set_status(StatusCode.ERROR, message if message and _wants_content() else kind)


def _of_article(known: Article | ArticleSummary) -> Attributes:
    from summarise.article import Article

    if isinstance(known, Article):
        return {"summarise.article.id": known.id, "summarise.article.source": known.source}
    attempts = known.provenance.attempts if known.provenance else []
    return {
        "summarise.attempts": len(attempts),
        "summarise.complaints": sum(attempt.outcome == "complaint" for attempt in attempts),
        "summarise.rejected": len(known.rejected),
    }


def _of_request(request: Request, settings: Settings, endpoint: Endpoint) -> Attributes:
    address = urlsplit(endpoint.url)
    attributes: dict[str, Any] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _provider(address.hostname or ""),
        "gen_ai.request.model": settings.model,
        "gen_ai.output.type": "text" if request.rung == "text" else "json",
        "gen_ai.request.max_tokens": request.max_output_tokens,
        "gen_ai.request.temperature": settings.temperature,
        "gen_ai.request.seed": settings.seed,
        "gen_ai.request.reasoning.level": settings.reasoning_effort,
        "server.address": address.hostname,
        "server.port": address.port or (443 if address.scheme == "https" else 80),
        "summarise.purpose": request.purpose,
    }
    if _wants_content():
        told = [{"role": m["role"], "parts": [_part(m["content"])]} for m in request.messages if m["role"] != "system"]
        system = [_part(message["content"]) for message in request.messages if message["role"] == "system"]
        attributes |= {"gen_ai.input.messages": _json(told), "gen_ai.system_instructions": _json(system)}
    return {name: value for name, value in attributes.items() if value is not None}


def _of_reply(reply: Reply) -> Attributes:
    attributes: dict[str, Any] = {
        "gen_ai.response.model": reply.model,
        "gen_ai.response.finish_reasons": [reply.finish_reason] if reply.finish_reason else None,
        "gen_ai.usage.input_tokens": reply.input_tokens,
        "gen_ai.usage.output_tokens": reply.output_tokens,
        "gen_ai.usage.cache_read.input_tokens": reply.cached_tokens or None,
    }
    if _wants_content():
        parts = [_part(reply.content or reply.refusal or "")]
        message = {"role": "assistant", "parts": parts, "finish_reason": reply.finish_reason or ""}
        attributes["gen_ai.output.messages"] = _json([message])
    return {name: value for name, value in attributes.items() if value is not None}


def _provider(host: str) -> str:
    """The convention's name for who answers there; `openai` for anyone else who speaks OpenAI's language."""
    return next((name for end, name in _PROVIDERS.items() if f".{host}".endswith(f".{end}")), "openai")


def _wants_content() -> bool:
    return os.environ.get(_CONTENT, "").casefold() in ("true", "span_only", "span_and_event")


def _part(content: str) -> dict[str, str]:
    return {"type": "text", "content": content}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
