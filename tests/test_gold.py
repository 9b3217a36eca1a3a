"""The gold is in order: well-formed, verbatim where it says so, and broad enough.

This test reads the unseen articles, too. What it says when it fails names files and fields, never their texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest
from pydantic import BaseModel

from summarise.errors import ConfigurationError
from summarise.evaluation import GoldArticle, read_gold
from summarise.evaluation.gold import RECORD_TYPES
from summarise.judge.places import is_country
from summarise.records import DateSpan, InvitationResponse, VisitStatus
from tests.gold_counts import FOLDERS, GOLD, README, cases_of, is_negative, table, table_in, text_of
from tests.hard_cases import HARD_CASES

VERBATIM: dict[str, tuple[str, ...]] = {
    "GoldSummary": ("headline", "dateline", "published_text", "outlet", "agencies", "byline"),
    "GoldVisit": ("evidence", "places", "event"),
    "GoldInvitation": ("evidence", "places", "via"),
    "GoldOfficial": ("name", "titles", "variants", "organisation", "evidence"),
    "GoldParty": ("name", "title"),
    "GoldAttribution": ("name",),
    "DateSpan": ("text",),
}
"""What must stand in the article, by the class that holds it; as in `summarise.records`."""
OWN_ARTICLES, NEGATIVES, CASES = 60, 15, range(1, 69)


@cache
def _articles(folder: str) -> list[GoldArticle]:
    try:
        return read_gold(GOLD / folder)
    except ConfigurationError as problem:
        told = str(problem)
    if folder in ("ordinary", "unseen"):  # the rest may quote it
        told = told.partition(" is no gold")[0]
    pytest.fail(f"not well-formed: {told}", pytrace=False)


def _own() -> list[GoldArticle]:
    return [article for folder in FOLDERS if folder != "seeds" for article in _articles(folder)]


def _every() -> list[GoldArticle]:
    return [article for folder in FOLDERS for article in _articles(folder)]


def _complain(faults: list[str]) -> None:
    """Fails with these words alone: no values of variables, no lines of the text."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def _parts(value: object, path: str) -> Iterator[tuple[str, BaseModel]]:
    """Every model inside a value, with where it is: the ids of records, the positions of others."""
    if isinstance(value, BaseModel):
        yield path, value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for at, item in enumerate(value):
            yield from _parts(item, f"{path}.{getattr(item, 'id', at)}")


def _quotes(article: GoldArticle) -> Iterator[tuple[str, str]]:
    for path, part in _parts(article.record, article.id):
        for name in VERBATIM.get(type(part).__name__, ()):
            value = getattr(part, name)
            for text in value if isinstance(value, list) else [value]:
                if text is not None:
                    yield f"{path}.{name}", text


@pytest.mark.parametrize("folder", FOLDERS)
class TestEveryFile:
    def test_is_read_and_has_its_text(self, folder: str) -> None:
        stray = {path.suffix for path in (GOLD / folder).iterdir()} - {".json", ".txt"}
        assert not stray
        names = {path.stem for path in (GOLD / folder).glob("*.json")}
        assert {article.id for article in _articles(folder)} == names
        assert {path.stem for path in (GOLD / folder).glob("*.txt")} <= names
        _complain([f"{article.id}: no text" for article in _articles(folder) if not text_of(article).strip()])

    def test_what_is_quoted_stands_in_the_text(self, folder: str) -> None:
        faults = []
        for article in _articles(folder):
            text = text_of(article)
            faults += [f"{where} does not stand in the text" for where, quote in _quotes(article) if quote not in text]
        _complain(faults)

    def test_countries_exist_and_dates_do(self, folder: str) -> None:
        faults = []
        for article in _articles(folder):
            for path, part in _parts(article.record, article.id):
                code = getattr(part, "country", None)
                if code is not None and not is_country(code):
                    faults.append(f"{path}.country is no country")
                if isinstance(part, DateSpan) and part.precision == "none" and (part.start or part.end):
                    faults.append(f"{path}: a date without precision")
        _complain(faults)

    def test_nobody_visits_his_own_country(self, folder: str) -> None:
        _complain(
            [
                f"{article.id}.visits.{visit.id}"
                for article in _articles(folder)
                for visit in article.record.visits
                if visit.country is not None and visit.country in [visitor.country for visitor in visit.visitors]
            ]
        )

    def test_a_negative_article_has_nothing_that_must_be_found(self, folder: str) -> None:
        faults = []
        for article in filter(is_negative, _articles(folder)):
            for kind in RECORD_TYPES[:2]:
                paths = {f"{kind}.{record.id}" for record in article.record.of(kind)}
                faults += [f"{article.id}: {path}" for path in sorted(paths - set(article.scoring.optional))]
        _complain(faults)


def test_no_two_articles_are_one() -> None:
    ids = [article.id for article in _every()]
    assert len(set(ids)) == len(ids)
    assert len({text_of(article) for article in _every()}) == len(ids)


def test_there_are_enough_articles_and_enough_without_anything_to_find() -> None:
    assert len(_own()) >= OWN_ARTICLES
    assert sum(map(is_negative, _own())) >= NEGATIVES


def test_every_status_and_every_response_occurs() -> None:
    statuses = {visit.status for article in _every() for visit in article.record.visits}
    responses = {invitation.response for article in _every() for invitation in article.record.invitations}
    assert statuses == set(get_args(VisitStatus))
    assert responses == set(get_args(InvitationResponse))


def test_every_hard_case_is_there_as_a_sentence_and_in_an_article() -> None:
    written = {case for article in _own() for case in cases_of(article)}
    assert written <= set(CASES)
    assert written | {case.number for case in HARD_CASES} == set(CASES)
    assert {case for article in _articles("development") for case in cases_of(article)} == set(CASES)


def test_the_table_of_the_readme_is_counted() -> None:
    assert table_in(README.read_text(encoding="utf-8")) == table(), "run `python -m tests.gold_counts --write`"
