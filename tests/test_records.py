"""The records and the public names: guarded, immutable, closed, documented, cheap to import."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import summarise
from summarise import records
from summarise.judge import judge
from summarise.records import ArticleSummary, DateSpan, Evidence, Party, Record, Visit
from summarise.schema import contract
from tests.test_converse import GOOD, TEXT

PUBLIC = [
    "DERIVED",
    "VERBATIM",
    "ArticleReader",
    "ArticleSummary",
    "Attribution",
    "DateSpan",
    "Dossier",
    "Evidence",
    "Invitation",
    "LedgerRow",
    "Official",
    "Party",
    "Provenance",
    "Record",
    "Settings",
    "SummariseError",
    "Summariser",
    "Visit",
    "__version__",
    "asummarise_article",
    "asummarise_corpus",
    "build_dossier",
    "evaluate",
    "export_ledger",
    "read_ledger",
    "summarise_article",
    "summarise_corpus",
    "to_frames",
    "write_report",
]
MODELS = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, BaseModel)][1:]
VISIT: dict[str, Any] = {
    "visitors": [Party(name="Rojas", kind="person", country="CHL")],
    "country": "PER",
    "when": DateSpan(),
    "status": "planned",
    "focus": "main",
    "evidence": [Evidence(sentence=1, start=0, end=1, text="x")],
}


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(summarise.__all__) == sorted(PUBLIC)
    assert dir(summarise) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(summarise, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert inspect.getdoc(value)
        assert value.__name__ == name
    assert getattr(summarise, name) is value


@pytest.mark.parametrize("name", ["Summariser", "Settings", "SummariseError"])
def test_every_public_method_says_what_it_does(name: str) -> None:
    for method, value in vars(getattr(summarise, name)).items():
        if not method.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
            assert inspect.getdoc(value), method


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'summarize'"):
        summarise.summarize  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, summarise; before = set(sys.modules); summarise.__version__; "
        "print(sorted(name for name in before if name.startswith(('summarise.', 'pydantic', 'openai', 'tiktoken')))); "
        "from summarise import summarise_article, Summariser; "
        "heavy = {'openai', 'tiktoken', 'genai_prices', 'tenacity', 'sentencex', 'rich', 'click'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[]", "[]"]


def test_a_star_import_gives_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from summarise import *", names)
    assert set(PUBLIC) <= set(names)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_record_is_frozen_closed_and_says_what_it_is(model: type[BaseModel]) -> None:
    assert issubclass(model, Record)
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"
    assert model.__doc__


def test_a_record_cannot_be_changed() -> None:
    visit = Visit(**VISIT)
    with pytest.raises(ValidationError, match="frozen"):
        visit.status = "completed"  # type: ignore[misc]


@pytest.mark.parametrize(
    "change",
    [
        {"country": "Peru"},
        {"country": "pe"},
        {"visitors": []},
        {"evidence": []},
        {"status": "soon"},
        {"leg": 0},
        {"weather": "fine"},
    ],
    ids=str,
)
def test_a_record_refuses_what_it_cannot_be(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Visit(**{**VISIT, **change})


@pytest.mark.parametrize("day", ["2023", "2023-10", "2023-10-18", None])
def test_a_date_has_the_precision_that_is_known(day: str | None) -> None:
    assert DateSpan(start=day).start == day


@pytest.mark.parametrize("day", ["23", "2023-1", "2023-10-18T00:00", "October", "2023-10-18/2023-10-19", ""])
def test_another_form_of_a_date_is_refused(day: str) -> None:
    with pytest.raises(ValidationError):
        DateSpan(start=day)


def test_a_summary_survives_the_way_through_json() -> None:
    from summarise.article import read_article

    summary = judge(GOOD, read_article(TEXT), contract()).summary
    assert summary is not None
    assert ArticleSummary.model_validate_json(summary.model_dump_json()) == summary


def test_the_markers_show_their_names() -> None:
    assert (repr(summarise.DERIVED), repr(summarise.VERBATIM)) == ("DERIVED", "VERBATIM")
