"""Reading by rules through the doors of the library: same article in, same summary out, nobody asked.

What the rules find is put in by hand here: these tests are about what becomes of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import openai
import pytest
from pydantic import Field, field_validator

from summarise import ArticleSummary, Settings, Summariser, Visit, asummarise_article, summarise_article
from summarise.article import read_article
from summarise.errors import BadReply, ConfigurationError, EmptyArticle
from summarise.judge import judge
from summarise.offline import OFFLINE_VERSION, reader
from summarise.offline.reader import read_offline
from summarise.records import DERIVED, Invitation, Party, Record, Usage
from summarise.schema import contract, flatten
from summarise.settings import changed_settings, load_settings
from summarise.version import VERSION
from tests.own_records import Agreement, TradeSummary
from tests.test_converse import GOOD, MISFIT, TEXT, UNGROUNDED, changed

Door = Callable[..., ArticleSummary]
Found = Callable[[str], None]

ROOT = Path(__file__).parent.parent
FRENCH = ROOT / "tests/articles/french.txt"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("SUMMARISE_", "OPENAI_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Found:
    """Lets the rules find in an article just what a reply says."""

    def find(reply: str) -> None:
        monkeypatch.setattr(reader, "extract", lambda index: flatten(json.loads(reply), contract(ArticleSummary)).value)

    find(GOOD)
    return find


@pytest.fixture(params=["argument", "environment", "settings", "reader", "async", "async reader"])
def door(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Every way to ask for the rules."""
    if request.param == "environment":
        monkeypatch.setenv("SUMMARISE_MODEL", "offline")
        return summarise_article

    async def through_async_reader(source: Any, **named: Any) -> ArticleSummary:
        async with Summariser(settings=Settings(model="offline")) as reader:
            return await reader.aread(source, **named)

    def through_reader(source: Any, **named: Any) -> ArticleSummary:
        with Summariser(settings=Settings(model="offline")) as reader:
            return reader.read(source, **named)

    doors: dict[str, Door] = {
        "argument": lambda *given, **named: summarise_article(*given, model="offline", **named),
        "settings": lambda *given, **named: summarise_article(*given, settings=Settings(model="offline"), **named),
        "reader": through_reader,
        "async": lambda *given, **named: asyncio.run(asummarise_article(*given, model="offline", **named)),
        "async reader": lambda *given, **named: asyncio.run(through_async_reader(*given, **named)),
    }
    return doors[request.param]


class TestTheDoors:
    def test_an_article_is_read_without_key_or_address(self, door: Door, found: Found, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text(TEXT)
        for source in (TEXT, TEXT.encode(), path):
            summary = door(source)
            assert [visit.country for visit in summary.visits] == ["PER", "PER"]
            assert [official.name for official in summary.officials] == ["Elena Rojas", "Tomas Quispe"]
            assert summary.visits[0].invitation == summary.invitations[0].id == "i1"

    def test_the_provenance_says_who_read(self, door: Door, found: Found) -> None:
        made = door(TEXT, published=date(2024, 4, 9)).provenance
        assert made is not None
        assert (made.engine, made.version, made.model, made.answered_by) == (
            "offline", VERSION, "offline", OFFLINE_VERSION,
        )  # fmt: skip
        assert made.prompt_id == "none"
        assert made.schema_id == contract(ArticleSummary).schema_id
        assert (made.reference_date, made.reference_basis) == ("2024-04-09", "given")
        assert (made.base_url, made.rung, made.attempts, made.repairs) == (None, None, [], [])
        assert made.usage == Usage(cost=0.0)
        assert made.article_id == read_article(TEXT).id

    def test_a_bad_input_is_told_as_ever(self, door: Door) -> None:
        with pytest.raises(EmptyArticle):
            door(" \n")

    def test_nothing_is_imported_that_talks_to_a_model(self) -> None:
        code = (
            "import sys; from summarise import summarise_article as read; read('Rojas is in Lima.', model='offline');"
            "print([m for m in ('openai', 'httpx2', 'tiktoken', 'genai_prices', 'tenacity') if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
        assert done.stdout.strip() == "[]", done.stderr


class TestTheJudgement:
    @pytest.mark.parametrize("reply", [GOOD, UNGROUNDED, MISFIT], ids=["good", "ungrounded", "misfit"])
    def test_it_is_that_of_a_reply(self, found: Found, reply: str) -> None:
        found(reply)
        article = read_article(TEXT)
        read = read_offline(article, contract(ArticleSummary))
        judged = judge(reply, article, contract(ArticleSummary)).summary
        assert judged is not None
        assert read == judged.model_copy(update={"provenance": read.provenance})

    def test_what_is_refused_stands_in_rejected_with_its_reasons(self, found: Found) -> None:
        found(UNGROUNDED)
        summary = summarise_article(TEXT, model="offline")
        assert len(summary.visits) == 1
        (rejection,) = summary.rejected
        assert rejection.type == "visits"
        assert rejection.reply["country"] == "NOR"
        assert rejection.reasons

    def test_what_a_model_would_be_asked_again_becomes_a_concern(self, found: Found) -> None:
        found(changed(lambda reply: reply["visits"][0]["when"].update(date="2023-04-11")))
        summary = summarise_article(TEXT, model="offline")
        assert [concern.path for concern in summary.concerns] == ["visits[0].when.date"]
        assert summary.visits[0].when.start is None

    def test_another_language_is_left_unread_and_that_is_said(self, found: Found) -> None:
        summary = summarise_article(FRENCH, model="offline")
        assert summary.language == "fr"
        assert (summary.visits, summary.invitations, summary.officials, summary.summary) == ([], [], [], "")
        assert (summary.rejected, summary.concerns) == ([], [])
        assert summary.provenance is not None
        (warning,) = summary.provenance.warnings
        assert "(fr)" in warning
        assert "with a model" in warning

    def test_a_text_too_short_to_tell_its_language_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str | None] = []

        def extract(index: Any) -> dict[str, Any]:
            asked.append(index.article.language)
            return {}

        monkeypatch.setattr(reader, "extract", extract)
        assert summarise_article("Wong in Delhi", model="offline").visits == []
        assert asked == [None]


class BudgetVisit(Visit):
    """a visit with its price"""

    budget: float


class BudgetSummary(ArticleSummary):
    """visits with a field that no rule knows"""

    visits: list[BudgetVisit]  # type: ignore[assignment]


class BoundSummary(ArticleSummary):
    """one agreement at the least"""

    agreements: list[Agreement] = Field(min_length=1)


class CalmSummary(ArticleSummary):
    """own fields, all of which have a default"""

    agreements: list[Agreement]
    tone: str = "neutral"
    topics: list[str] = Field(default=[])


class TightSummary(ArticleSummary):
    """a rule of one's own"""

    @field_validator("visits")
    @classmethod
    def _few(cls, visits: list[Visit]) -> list[Visit]:
        if len(visits) > 1:
            raise ValueError("one visit at most")
        return visits


class LeanVisit(Visit):
    """a visit without hosts"""

    hosts: Annotated[list[Party], DERIVED] = Field(default=[])
    size: int = 1


class LeanSummary(ArticleSummary):
    """derives what the rules could tell"""

    visits: list[LeanVisit]  # type: ignore[assignment]
    invitations: list[Agreement]  # type: ignore[assignment]
    summary: Annotated[str, DERIVED] = "none"


class TestRecordsOfOnesOwn:
    def test_own_record_types_are_empty_and_own_fields_at_their_defaults(self, found: Found) -> None:
        summary = summarise_article(TEXT, model="offline", schema=CalmSummary)
        assert isinstance(summary, CalmSummary)
        assert (summary.agreements, summary.tone, summary.topics) == ([], "neutral", [])
        assert len(summary.visits) == 2
        assert summary.provenance is not None
        assert summary.provenance.schema_id == contract(CalmSummary).schema_id

    def test_a_record_with_more_fields_is_filled_in_as_far_as_rules_can(self, found: Found) -> None:
        summary = summarise_article(TEXT, model="offline", schema=LeanSummary)
        assert [(type(visit), visit.hosts, visit.size) for visit in summary.visits] == [(LeanVisit, [], 1)] * 2
        assert summary.invitations == []
        assert summary.summary == "none"
        assert summary.rejected == []

    @pytest.mark.parametrize(
        ("schema", "field"),
        [
            (TradeSummary, "TradeSummary.tone"),
            (BudgetSummary, "BudgetVisit.budget"),
            (BoundSummary, "BoundSummary.agreements"),
        ],
    )
    def test_a_field_that_rules_cannot_fill_in_is_named_at_once(self, schema: type[ArticleSummary], field: str) -> None:
        with pytest.raises(ConfigurationError, match=field) as caught:
            Summariser(schema, settings=Settings(model="offline"))
        assert "default" in caught.value.hint
        assert "model" in caught.value.hint

    def test_a_rule_of_ones_own_that_an_article_breaks_is_the_articles_error(self, found: Found) -> None:
        with pytest.raises(BadReply, match="one visit at most") as caught:
            summarise_article(TEXT, model="offline", schema=TightSummary)
        assert not caught.value.stops_run
        assert caught.value.hint

    def test_the_record_types_are_real_ones(self) -> None:
        assert issubclass(BudgetVisit, Record)
        assert not issubclass(Agreement, Invitation)


class TestContradictions:
    def test_a_client_has_nothing_to_do(self) -> None:
        client = openai.OpenAI(api_key="k", base_url="http://127.0.0.1:9/v1")
        with pytest.raises(ConfigurationError, match="client was given together with") as caught:
            summarise_article(TEXT, model="offline", client=client)
        assert caught.value.hint

    def test_nor_have_prompts(self) -> None:
        with pytest.raises(ConfigurationError, match="prompts was given together with"):
            Summariser(settings=Settings(model="offline"), prompts=ROOT / "prompts")

    @pytest.mark.parametrize(
        "ask",
        [
            lambda: summarise_article(TEXT, model="offline", base_url="http://127.0.0.1:9/v1"),
            lambda: Settings(model="offline", base_url="http://127.0.0.1:9/v1"),
            lambda: load_settings(model="offline", base_url="http://127.0.0.1:9/v1"),
            lambda: changed_settings(Settings(model="offline"), base_url="http://127.0.0.1:9/v1"),
        ],
    )
    def test_an_address_contradicts(self, ask: Callable[[], object]) -> None:
        with pytest.raises(ConfigurationError, match='a base URL was given together with model="offline"'):
            ask()

    def test_so_does_one_beside_the_model_of_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SUMMARISE_MODEL", "offline")
        with pytest.raises(ConfigurationError, match="base URL"):
            summarise_article(TEXT, base_url="http://127.0.0.1:9/v1")
        assert load_settings(model="small", base_url="http://127.0.0.1:9/v1").base_url == "http://127.0.0.1:9/v1"

    def test_an_address_in_the_environment_does_not(self, found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
        assert len(summarise_article(TEXT, model="offline").visits) == 2

    def test_settings_for_an_endpoint_can_be_read_offline_for_once(self, found: Found) -> None:
        settings = Settings(model="small", base_url="http://127.0.0.1:9/v1")
        assert len(summarise_article(TEXT, model="offline", settings=settings).visits) == 2


def test_the_fingerprint_changes_with_the_rules_and_the_schema() -> None:
    offline = Settings(model="offline")
    print_of = Summariser(settings=offline).fingerprint
    assert print_of == {
        "model": "offline", "prompt": OFFLINE_VERSION, "schema": contract(ArticleSummary).schema_id,
    }  # fmt: skip
    assert Summariser(CalmSummary, settings=offline).fingerprint["schema"] != print_of["schema"]


def test_reading_costs_nothing() -> None:
    reader = Summariser(settings=Settings(model="offline"))
    assert reader.priced(Usage()).cost == 0.0
