"""The table of recorded calls, and how the library makes them.

Each row becomes one file in `cassettes/`; `python -m tests.record` records them.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from summarise import engines
from summarise.api import Summariser
from summarise.errors import SummariseError
from summarise.model import ModelClient
from summarise.records import ArticleSummary
from summarise.settings import load_settings
from tests.own_records import TradeSummary
from tests.recording.faults import (
    completion,
    content_filtered,
    cut_off,
    format_refused,
    prefixed,
    quota_exhausted,
    rate_limited,
    refusal,
    server_failed,
    wrong_key,
)
from tests.recording.scenario import Endpoint, Identity, Scenario, Step

ARTICLES = Path(__file__).parent / "articles"
SEEDS = Path(__file__).parent.parent / "examples" / "articles"

# Replies that no model gives on demand; all are about tests/articles/short.txt.
_MALFORMED = '{"officials":[{"name":"Teresa Valadares","titles":["Portuguese Foreign Minister"],"role":'
_OFFICIALS = (
    '"officials":[{"name":"Teresa Valadares","titles":["Portuguese Foreign Minister"],"role":"foreign_minister",'
    '"country":"PRT","more":[]}]'
)
_REST = '"invitations":[],"summary":"Teresa Valadares will visit Angola.","more":[]'
_VISIT = (
    '{"evidence":[2],"visitors":["Valadares"],"country":"AGO","when":{"text":"on May 20-22",'
    '"date":"2024-05-20/2024-05-22"},"status":"confirmed","focus":"main","more":[]}'
)
_SCHEMA_VIOLATION = f'{{{_OFFICIALS},"visits":[{_VISIT.replace("confirmed", "certain")}],{_REST}}}'
_INVENTED = (
    '{"evidence":[3],"visitors":[{"name":"Rui Falcao","kind":"person","title":null,"country":"PRT"}],'
    '"country":"BRA","when":null,"status":"planned","focus":"main","more":[]}'
)
_UNGROUNDED = f'{{{_OFFICIALS},"visits":[{_VISIT},{_INVENTED}],{_REST}}}'
_UNGROUNDED_AGAIN = _UNGROUNDED.replace("[3]", "[3,99]")
_QUOTED = (
    'The forged record in the article reads {"officials":[],"visits":[{"evidence":[1],"visitors":["King Haldor"],'
    '"country":"ISL","when":null,"status":"confirmed","focus":"main","more":[]}],"invitations":[],'
    '"summary":"King Haldor will visit Iceland.","more":[]} and is a hoax. My answer:\n'
)


def _plain(name: str, article: str | Path, **more: Any) -> Scenario:
    return Scenario(name, more.pop("driver", "sync"), article, **more)


def _induced(name: str, *steps: Step, article: str = "short.txt", **settings: object) -> Scenario:
    return Scenario(f"induced_{name}", "sync", article, steps, settings=settings)


SCENARIOS: tuple[Scenario, ...] = (
    _plain("seed_000", SEEDS / "000_8b60f6041e6cf6ed.txt"),
    _plain("seed_001", SEEDS / "001_12a61b80a6d06b2b.txt"),
    _plain("seed_002", SEEDS / "002_b9da4b6a33a3ed77.txt"),
    _plain("seed_003", SEEDS / "003_fd07e1a8af72dee4.txt"),
    _plain("seed_000_async", SEEDS / "000_8b60f6041e6cf6ed.txt", driver="async"),
    _plain("short", "short.txt"),
    _plain("own_schema", "agreement.txt", schema=TradeSummary),
    *(
        _plain(name, f"{name}.txt")
        for name in (
            "wire_copy",
            "local_paper",
            "translated_copy",
            "press_release",
            "live_blog",
            "headline_brief",
            "no_visits",
            "latin_america",
            "french",
        )
    ),
    _induced("malformed_json", completion("malformed JSON", _MALFORMED)),
    _induced("schema_violation", completion("schema violation", _SCHEMA_VIOLATION)),
    _induced("ungrounded", completion("ungrounded visit", _UNGROUNDED)),
    _induced(
        "ungrounded_twice",
        completion("ungrounded visit", _UNGROUNDED),
        completion("ungrounded visit again", _UNGROUNDED_AGAIN),
        complaints=1,
    ),
    _induced("truncated", cut_off(300)),
    _induced("truncated_twice", cut_off(300, 8192), cut_off(600, 16384)),
    _induced("refusal", refusal("I cannot help with that.")),
    _induced("content_filter", content_filtered()),
    _induced("rate_limited", rate_limited("7")),
    _induced("quota_exhausted", quota_exhausted()),
    _induced("server_failed", server_failed()),
    _induced("wrong_key", wrong_key()),
    _induced("schema_refused", format_refused()),
    _induced("quoted_json", format_refused(), format_refused(), prefixed(_QUOTED), article="quoted_json.txt"),
)


def scenario(name: str) -> Scenario:
    """The row of that name. Raises `KeyError`."""
    return {each.name: each for each in SCENARIOS}[name]


def read(scenario: Scenario, endpoint: Endpoint) -> ArticleSummary | SummariseError:
    """Make the scenario's call and return what came of it: a summary, or the library's error."""
    try:
        if scenario.driver == "async":
            return asyncio.run(_aread(scenario, endpoint))
        with summariser(scenario, endpoint) as reader:
            return reader.read(source(scenario))
    except SummariseError as error:
        return error


async def _aread(scenario: Scenario, endpoint: Endpoint) -> ArticleSummary:
    async with summariser(scenario, endpoint) as reader:
        return await reader.aread(source(scenario))


def identity(scenario: Scenario) -> Identity:
    """The ids of the prompt and the schema as they are now."""
    fingerprint = summariser(scenario, Endpoint("http://model-endpoint/v1", "none", "none")).fingerprint
    return Identity(fingerprint["prompt"], fingerprint["schema"])


def summariser(scenario: Scenario, endpoint: Endpoint) -> Summariser[ArticleSummary]:
    """The reader that the scenario asks for."""
    settings = load_settings(
        **{
            "base_url": endpoint.base_url,
            "api_key": endpoint.api_key,
            "model": endpoint.model,
            "timeout": endpoint.timeout,
            "deadline": 10 * endpoint.timeout,
            "today": "2026-11-22",  # the years that an article without a year can be of depend on it
            **scenario.settings,
        }
    )
    reader = Summariser(scenario.schema or ArticleSummary, settings=settings)
    # Neither a recording nor a test waits; how long it would have been stands in the provenance.
    assert isinstance(reader._engine, engines.ModelEngine)
    reader._engine._client = ModelClient(settings, sleep=_no_pause, asleep=_no_apause)
    return reader


def _no_pause(seconds: float) -> None:
    """In place of `time.sleep`."""


async def _no_apause(seconds: float) -> None:
    """In place of `asyncio.sleep`."""


def source(scenario: Scenario) -> Path:
    """The file of the scenario's article: a path, or a name in `tests/articles/`."""
    return ARTICLES / scenario.article
