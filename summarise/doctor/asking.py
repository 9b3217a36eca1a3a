"""The way to the model: key, address, model, and one article there and back."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from summarise.address import bare_url
from summarise.article import read_article
from summarise.doctor.findings import Finding
from summarise.engines import ModelEngine, OfflineEngine
from summarise.errors import BadReply, FilteredReply, ModelError, RefusedReply, TruncatedReply
from summarise.local import check_extra, model_file
from summarise.local_engine import LocalEngine
from summarise.model import ladder
from summarise.schema import contract
from summarise.settings import Settings, changed_settings
from summarise.tokens import cost

if TYPE_CHECKING:
    from summarise.model.wire import Response
    from summarise.records import ArticleSummary

ARTICLE = (
    "SEOUL, Oct. 18, 2023 (Example News) -- South Korean Foreign Minister Park Jin will visit Japan on Friday, the "
    "foreign ministry in Seoul said on Wednesday.\n\nPark is to meet his Japanese counterpart in Tokyo."
)
_KEYS = ("SUMMARISE_API_KEY", "OPENAI_API_KEY")
_LIMITS = "x-ratelimit-limit-"
_NO_MATTER = (BadReply, TruncatedReply, RefusedReply, FilteredReply)


def offline(settings: Settings) -> Iterator[Finding]:
    """Whether the rules read."""
    yield Finding("model", "ok", "offline: rules read, without key, address or network; English articles only")
    begin = time.perf_counter()
    summary = OfflineEngine(contract()).read(read_article(ARTICLE))
    took = time.perf_counter() - begin
    if not summary.visits:
        way_on = "Install summarise again: its word lists may be damaged."
        yield Finding("reading", "fail", "the rules found no visit in an article that tells of one", way_on)
        return
    yield Finding("reading", "ok", f"an article was read in {took:.2f} s: {_count(summary)}")


def key(settings: Settings) -> Iterator[Finding]:
    """Whether there is a key, or an address that may want none; it is shown nowhere. Raises `ConfigurationError`."""
    yield Finding("model", "ok", settings.model)
    given, url = ladder.key_of(settings), settings.base_url
    ladder.check_settings(settings)
    if given:
        source = next((f" ({name})" for name in _KEYS if os.environ.get(name, "").strip()), "")
        yield Finding("key", "ok", f"there is one{source}, of {len(given)} characters; it is not shown")
    elif url:
        yield Finding("key", "ok", "none; many servers of one's own want none, others: set OPENAI_API_KEY")


def address(settings: Settings) -> Iterator[Finding]:
    """Where calls go, without user, password and query. Raises `ConfigurationError`."""
    url = settings.base_url
    ladder.endpoint(url or ladder.OPENAI_URL, settings.model)
    yield Finding("address", "ok", bare_url(url) if url else f"{ladder.OPENAI_URL} (none was given)")


def local_file(settings: Settings) -> Iterator[Finding]:
    """Whether a local model is one, and what serves it. Raises `ConfigurationError`."""
    check_extra()
    file = model_file(Path(settings.model))
    trained = "not told" if file.context is None else f"{file.context:,} tokens"
    size = file.stamp[1] / 1e6
    yield Finding("model", "ok", f"{file.path}, {size:,.1f} MB, trained for a context of {trained}; {file.name}")
    threads = "as many threads as cores" if settings.threads is None else f"{settings.threads} threads"
    yield Finding("llama.cpp", "ok", f"is installed; {settings.slots} article(s) at once, {threads}")


def round_trip(settings: Settings) -> Iterator[Finding]:
    """One short article, as any other is read. Raises the `ModelError` that would be raised there."""
    seen: list[Response] = []
    patient = changed_settings(settings, complaints=0, transient_retries=1)
    if settings.local:
        engine: LocalEngine | ModelEngine = LocalEngine(patient, contract(), None, on_response=seen.append)
    else:
        engine = ModelEngine(patient, None, contract(), None, None, on_response=seen.append)
    begin, summary, fault = time.perf_counter(), None, None
    try:
        summary = engine.read(read_article(ARTICLE))
    except _NO_MATTER as error:  # the way there and back is good all the same
        fault = error
    finally:
        engine.close()
    took = time.perf_counter() - begin
    yield _there_and_back(summary, fault, took)
    yield _read(summary, fault)
    if not settings.local:
        yield from _known(settings, seen)


def _there_and_back(summary: ArticleSummary | None, fault: ModelError | None, took: float) -> Finding:
    provenance = summary.provenance if summary is not None else None
    attempts = provenance.attempts if provenance is not None else fault.attempts if fault is not None else ()
    tokens_in, tokens_out = (
        sum(getattr(each, name) for each in attempts) for name in ("input_tokens", "output_tokens")
    )
    speed = f"{(tokens_in + tokens_out) / took * 60:,.0f} tokens a minute, one article at a time"
    by = f", answered by {provenance.answered_by}" if provenance is not None and provenance.answered_by else ""
    rung = attempts[-1].rung if attempts else "none"
    found = f"{took:.1f} s, {tokens_in:,} tokens there, {tokens_out:,} back ({speed}); format: {rung}{by}"
    if rung == "json_schema":
        return Finding("round trip", "ok", found)
    way_on = "The endpoint does not take strict schemas: replies are checked all the same, and cost more complaints."
    return Finding("round trip", "warn", found, way_on)


def _read(summary: ArticleSummary | None, fault: ModelError | None) -> Finding:
    """How good the model is, as far as one article tells."""
    if summary is None:
        assert fault is not None
        way_on = f"{fault.hint} The endpoint works; the model may be too weak (docs/how-to/local-models.md)."
        return Finding("reading", "warn", f"no record came of it: {fault.kind}: {fault.message}", way_on)
    if len(summary.visits) == 1:
        return Finding("reading", "ok", _count(summary))
    way_on = "The article tells of one visit: try the model on articles you know (`summarise evaluate`)."
    return Finding("reading", "warn", _count(summary), way_on)


def _known(settings: Settings, seen: list[Response]) -> Iterator[Finding]:
    """What is known of the endpoint's limits and prices."""
    url = bare_url(settings.base_url or ladder.OPENAI_URL)
    headers = seen[-1].headers if seen else {}
    limits = [f"{headers[name]} {name.removeprefix(_LIMITS)}" for name in sorted(headers) if name.startswith(_LIMITS)]
    told = f"told in the headers: {', '.join(limits)}" if limits else "not told in the headers"
    limit = ladder.limit_name(url, settings.model)
    way_on = "" if limits else "A run goes as fast as it is let; where there is a limit: --rpm and --tpm."
    yield Finding("limits", "ok", f"{told}; that of a reply is called {limit}", way_on)
    context = ladder.context(url, settings.model, settings.context)
    if context is None:
        way_on = "Tell it with --context N (SUMMARISE_CONTEXT), so that long articles are read in windows."
        yield Finding("context", "warn", f"not known for {settings.model}", way_on)
    else:
        yield Finding("context", "ok", f"{context:,} tokens")
    price = cost(settings.model, input_tokens=1_000_000, cached_tokens=0, output_tokens=0, base_url=settings.base_url)
    if price is None:
        yield Finding("price", "ok", "not known at this endpoint", "To limit a run, use --max-tokens, not --max-cost.")
    else:
        yield Finding("price", "ok", f"${price:,.2f} for a million tokens there")


def _count(summary: ArticleSummary) -> str:
    visits, officials = len(summary.visits), len(summary.officials)
    refused = f", {len(summary.rejected)} records refused" if summary.rejected else ""
    return f"{visits} visit{'s' * (visits != 1)}, {officials} official{'s' * (officials != 1)}{refused}"
