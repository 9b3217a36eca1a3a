"""The table of recorded calls, and how the library makes them.

Each row becomes one file in `cassettes/`; `python -m tests.record` records them.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from summarise.api import Summariser
from summarise.errors import SummariseError
from summarise.model import ModelClient
from summarise.records import ArticleSummary
from summarise.settings import load_settings
from tests.recording.scenario import Endpoint, Identity, Scenario

ARTICLES = Path(__file__).parent / "articles"

SCENARIOS: tuple[Scenario, ...] = ()


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
            **scenario.settings,
        }
    )
    reader = Summariser(scenario.schema or ArticleSummary, settings=settings)
    # Neither a recording nor a test waits; how long it would have been stands in the provenance.
    reader._client = ModelClient(settings, sleep=_no_pause, asleep=_no_apause)
    return reader


def _no_pause(seconds: float) -> None:
    """In place of `time.sleep`."""


async def _no_apause(seconds: float) -> None:
    """In place of `asyncio.sleep`."""


def source(scenario: Scenario) -> Path:
    """The file of the scenario's article: a path, or a name in `tests/articles/`."""
    return ARTICLES / scenario.article
