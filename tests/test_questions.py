"""The common questions: by function and by view of a database, which must give the same answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.made_ledger import rows as made_rows
from summarise import ArticleSummary, DateSpan, Evidence, Invitation, Official, Party, Visit, export_ledger
from summarise.corpus.ledger import LedgerRow
from summarise.errors import ConfigurationError, LedgerError
from summarise.export.sql import Dialect, views
from summarise.partial_dates import Bounds, bounds_of, day_of, days_of
from summarise.questions import Answer, of_person, open_invitations, to_country, upcoming
from tests.gold_ledgers import write_ledger

MADE = list(made_rows(300))
QUOTE = Evidence(sentence=1, start=0, end=5, text="quote")
REYES, BERG = (
    Party(name=name, kind="person", country=country) for name, country in (("Ana Reyes", "PER"), ("Jan Berg", "NOR"))
)
ON = date(2024, 3, 11)


def visit(start: str | None = None, end: str | None = None, precision: Any = None, **more: Any) -> Visit:
    precisions = {None: "none", 4: "year", 7: "month", 10: "day"}
    when = DateSpan(start=start, end=end, precision=precision or precisions[start and len(start)])  # type: ignore[index]
    given = {"id": "v1", "visitors": [REYES], "country": "NOR", "status": "planned", "focus": "main"}
    return Visit(**{**given, "when": when, "evidence": [QUOTE], **more})


def invitation(**more: Any) -> Invitation:
    given = {"id": "i1", "inviters": [BERG], "invitees": [REYES], "country": "NOR", "response": "pending"}
    return Invitation(**{**given, "evidence": [QUOTE], **more})


def summary(**more: Any) -> ArticleSummary:
    return ArticleSummary(**{"officials": [], "visits": [], "invitations": [], "summary": "", **more})


# --------------------------------------------------------------------------------------------------------- upcoming


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        ("2024-03-11", None, None), ("2024-03-12", None, None), ("2024-03-09", "2024-03-11", None),
        ("2024-03", None, None), ("2024", None, None), ("2024-21", None, "season"),
        ("2024-03-04", "2024-03-11", "week"), ("2023-12", "2024-04", None), ("2025", None, None),
    ],
)  # fmt: skip
def test_what_may_not_be_over_is_upcoming(start: str, end: str | None, precision: str | None) -> None:
    (answer,) = upcoming([visit(start, end, precision)], on=ON)
    assert not answer.undated


@pytest.mark.parametrize("start", ["2024-03-10", "2024-02", "2023", "2024-02-29"])
def test_what_is_over_is_not(start: str) -> None:
    assert upcoming([visit(start)], on=ON) == []


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (None, None, "none"), (None, None, "vague"), ("2024-01", None, "vague"),
        ("2024-02-30", None, "day"), ("2024-03-20", "2024-03-01", "day"),
    ],
)  # fmt: skip
def test_what_has_no_date_that_ends_is_said_to_be_undated(
    start: str | None, end: str | None, precision: str | None
) -> None:
    (answer,) = upcoming([visit(start, end, precision)], on=ON)
    assert answer.undated
    assert answer.bounds.not_after is None


@pytest.mark.parametrize(
    ("status", "coming"),
    [
        ("confirmed", True), ("planned", True), ("postponed", False), ("speculated", False), ("ongoing", False),
        ("completed", False), ("cancelled", False), ("denied", False), ("unknown", False),
    ],
)  # fmt: skip
def test_upcoming_is_what_was_announced(status: str, coming: bool) -> None:
    assert bool(upcoming([visit("2025", status=status)], on=ON)) == coming


def test_the_soonest_comes_first_and_the_undated_last() -> None:
    given = [visit(), visit("2025"), visit("2024-04-02"), visit("2024-04"), visit("2024-03-30")]
    told = [answer.record.when.start for answer in upcoming(given, on=ON)]
    assert told == ["2024-03-30", "2024-04", "2024-04-02", "2025", None]


@pytest.mark.parametrize(("published", "told"), [("2024-03-11", 1), ("2024-03-12", 0), (None, 1), ("soon", 1)])
def test_a_later_article_tells_nothing_of_that_day(published: str | None, told: int) -> None:
    for start in (None, "2025", "2024-03-11"):
        article = summary(visits=[visit(start)], invitations=[invitation()], published=published)
        assert len(upcoming(article, on=ON)) == len(open_invitations(article, on=ON)) == told


@pytest.mark.parametrize(
    ("published", "first", "told"),
    [
        ("2023-12-12", None, True), ("2023-12-11", None, False), ("1990-01-01", None, False), (None, None, True),
        ("2023-01-01", "2024-01", True), ("2023-01-01", "2023-12", False), (None, "2023-12", False),
        (None, "2024-06", True), ("2024-03-01", "2019", True),
    ],
)  # fmt: skip
def test_an_announcement_without_a_date_expires(published: str | None, first: str | None, told: bool) -> None:
    article = summary(visits=[visit(first, precision="vague")], invitations=[invitation()], published=published)
    assert [answer.undated for answer in upcoming(article, on=ON)] == [True] * told
    assert open_invitations(article, on=ON)  # stands until it is answered


def test_the_day_may_be_a_text() -> None:
    given = summary(visits=[visit("2024-03-11")], invitations=[invitation()])
    assert upcoming(given, on="2024-03-11") == upcoming(given, on=ON) != []
    assert upcoming(given, on="2024-03-12") == []
    assert open_invitations(given, on="2024-03-11") == open_invitations(given, on=ON)
    for wrong in ("2024-03", "tomorrow", "2024-02-30", "", 20240311, None):
        with pytest.raises(ConfigurationError, match="is no day"):
            upcoming(given, on=wrong)  # type: ignore[arg-type]


def test_a_time_of_day_is_a_day() -> None:
    assert upcoming([visit("2024-03-11")], on=datetime(2024, 3, 11, 23, 59))


# ------------------------------------------------------------------------------------------------- open invitations


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ({}, True), ({"response": "acknowledged"}, True), ({"response": "tentative"}, True),
        ({"response": "unknown"}, True), ({"response": "accepted"}, False), ({"response": "declined"}, False),
        ({"response": "delegated"}, False), ({"status": "renewed"}, True), ({"status": "planned"}, False),
        ({"status": "withdrawn"}, False), ({"status": "denied"}, False),
        ({"proposed": DateSpan(start="2024-03", precision="month")}, True),
        ({"proposed": DateSpan(start="2024-02", precision="month")}, False),
    ],
)  # fmt: skip
def test_open_is_what_stands_without_an_answer_for_a_time_that_is_not_over(more: Any, is_open: bool) -> None:
    assert bool(open_invitations(invitation(**more), on=ON)) == is_open


@pytest.mark.parametrize(("status", "is_open"), [("completed", False), ("ongoing", False), ("planned", True)])
def test_an_invitation_is_not_open_when_its_visit_took_place(status: str, is_open: bool) -> None:
    told = summary(visits=[visit("2024-03", status=status)], invitations=[invitation(visit="v1")])
    answers = open_invitations(told, on=ON)
    assert bool(answers) == is_open
    assert all(answer.visit == told.visits[0] for answer in answers)


# ----------------------------------------------------------------------------------------------------- who, where to


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Reyes", True), ("ana reyes", True), ("Foreign Minister Ana Reyes", True), ("Maria Reyes", False),
        ("Ana", False), ("Berg", True), ("Jan Bergmann", False),
    ],
)  # fmt: skip
def test_a_person_is_found_by_name(asked: str, found: bool) -> None:
    assert bool(of_person([visit(hosts=[BERG])], asked)) == found


def test_spellings_are_one_name_and_a_surname_is_no_full_name() -> None:
    given = [
        Official(name=name, titles=[], role="other", country=None)
        for name in ("Sergei Lavrov", "Sergey Lavrov", "Lavrov", "Kim Jong Un", "Kim Jong-un", "Kim Jong Il")
    ]
    assert [answer.record.name for answer in of_person(given, "Sergei Lavrov")] == ["Sergei Lavrov", "Sergey Lavrov"]  # type: ignore[union-attr]
    assert len(of_person(given, "Lavrov")) == 3
    assert len(of_person(given, "Kim Jong-un")) == 2
    assert len(of_person(given, "Kim")) == 3


def test_a_body_is_no_person() -> None:
    ministry = Party(name="Reyes Foundation", kind="organisation", country=None)
    assert of_person(invitation(inviters=[ministry], invitees=[BERG]), "Reyes") == []


@pytest.mark.parametrize("asked", ["nor", "NOR", "Norway", " norway ", "Norway "])
def test_a_country_is_found_by_its_code_or_name(asked: str) -> None:
    given = [visit(country=code) for code in ("NOR", "PER", None)]
    assert [answer.record.country for answer in to_country(given, asked)] == ["NOR"]


def test_north_korea_is_prk_and_what_is_no_country_is_an_error_that_names_it() -> None:
    assert len(to_country(visit(country="PRK"), "North Korea")) == 1
    for wrong in ("XXX", "xxx", "Moscow", "Norwegian", "Atlantis", "NO", ""):
        with pytest.raises(ConfigurationError, match=f"'{wrong}' is neither a country's code nor its name"):
            to_country([], wrong)
    with pytest.raises(ConfigurationError, match="'Korea' can be KOR or PRK"):
        to_country([], "Korea")


# -------------------------------------------------------------------------------------------------- what can be given


def test_a_ledger_its_rows_summaries_records_and_answers_can_be_asked(tmp_path: Path) -> None:
    told = summary(visits=[visit("2025")], published="2024-03-01")
    row = LedgerRow(id="a", source="", status="ok", summary=told.model_dump(mode="json"))
    failed = LedgerRow(id="b", source="", status="failed")
    ledger = write_ledger(tmp_path / "ledger.jsonl", row, failed)
    of_article = [Answer(told.visits[0], "a", "2024-03-01")]
    assert upcoming(ledger, on=ON) == upcoming(str(ledger), on=ON) == of_article
    assert upcoming(row, on=ON) == upcoming([failed, row], on=ON) == upcoming(iter([row]), on=ON) == of_article
    assert upcoming(told, on=ON) == [Answer(told.visits[0], None, "2024-03-01")]
    assert upcoming(told.visits, on=ON) == upcoming(told.visits[0], on=ON) == [Answer(told.visits[0])]
    assert upcoming(to_country(of_person(row, "Reyes"), "NOR"), on=ON) == of_article


def test_what_cannot_be_asked_says_why(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot read the ledger"):
        upcoming(tmp_path / "none.jsonl", on=ON)
    with pytest.raises(ConfigurationError, match="a list of texts"):
        upcoming(["a.jsonl", "b.jsonl"], on=ON)  # type: ignore[list-item]
    with pytest.raises(ConfigurationError, match="of the type int"):
        upcoming(5, on=ON)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="no name was given"):
        of_person([], " ")
    broken = LedgerRow(id="a", source="", status="ok", summary={"visits": [{"id": "v1"}]})
    with pytest.raises(LedgerError, match="the records of 'a' cannot be read"):
        upcoming(broken, on=ON)


# --------------------------------------------------------------------------------------------- the views of a database


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    place = tmp_path_factory.mktemp("views")
    export_ledger(write_ledger(place / "ledger.jsonl", *MADE), place / "a.sqlite", place / "a.duckdb")
    with closing(sqlite3.connect(place / "a.sqlite")) as one, closing(duckdb.connect(place / "a.duckdb")) as other:
        yield {"sqlite": one, "duckdb": other}


def asked(database: Any, query: str) -> list[dict[str, Any]]:
    cursor = database.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb"])
@pytest.mark.parametrize("day", ["2023-12-31", "2024-02-29", "2024-03-01", "2024-03-11", "2024-03-12", "2025-01-01"])
def test_views_and_functions_agree(databases: dict[str, Any], dialect: Dialect, day: str) -> None:
    today = f"DATE '{day}'" if dialect == "duckdb" else f"'{day}'"
    on = date.fromisoformat(day)
    told = asked(databases[dialect], views(dialect, today)["upcoming_visits"])
    by_function = upcoming(MADE, on=on)
    assert {(row["article"], row["visit"], bool(row["undated"])) for row in told} == {
        (answer.article, answer.record.id, answer.undated) for answer in by_function
    }
    assert len(told) == len(by_function) > 10
    assert [bool(row["undated"]) for row in told] == [answer.undated for answer in by_function]
    assert [str(row["when_not_before"] or "") for row in told] == [
        str(answer.bounds.not_before or "") for answer in by_function
    ]
    told = asked(databases[dialect], views(dialect, today)["open_invitations"])
    open_ones = open_invitations(MADE, on=on)
    assert {(row["article"], row["invitation"]) for row in told} == {
        (answer.article, answer.record.id) for answer in open_ones
    }
    assert len(told) == len(open_ones) > 5


@pytest.mark.parametrize("day", ["2023-12-11", "2024-03-10", "2024-03-11", "2024-03-12", "2024-06-09", "2024-09-01"])
def test_views_and_functions_agree_on_what_is_vague_late_or_of_an_unknown_day(day: str, tmp_path: Path) -> None:
    spans = [(None, "none"), ("2024-03", "vague"), ("2024-06-08", "vague"), ("2024-03-11", None), ("2024-03", None)]
    days = (None, "2023-12-11", "2023-12-12", "2024-03-11", "2024-03-12")
    told = [
        summary(visits=[visit(start, precision=precision, status=status)], invitations=[invitation()], published=said)
        for start, precision in spans for said in days for status in ("planned", "postponed")
    ]  # fmt: skip
    rows = [
        LedgerRow(id=f"{number:03}", source="", status="ok", summary=one.model_dump(mode="json"))
        for number, one in enumerate(told)
    ]
    outs = [tmp_path / "a.sqlite", tmp_path / "a.duckdb"]
    export_ledger(write_ledger(tmp_path / "ledger.jsonl", *rows), *outs)
    by_function = [answer.article for answer in upcoming(rows, on=day)]
    with closing(sqlite3.connect(outs[0])) as one, closing(duckdb.connect(outs[1])) as other:
        for database, dialect, today in ((one, "sqlite", f"'{day}'"), (other, "duckdb", f"DATE '{day}'")):
            asked_for = views(dialect, today)  # type: ignore[arg-type]
            assert sorted(row["article"] for row in asked(database, asked_for["upcoming_visits"])) == sorted(
                filter(None, by_function)
            )
            assert len(asked(database, asked_for["open_invitations"])) == len(open_invitations(rows, on=day))
    assert len(by_function) == len(set(by_function)) > 2


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb"])
def test_the_stored_views_ask_for_the_day_when_they_are_read(databases: dict[str, Any], dialect: str) -> None:
    table, column = {"sqlite": ("sqlite_master", "name"), "duckdb": ("duckdb_views()", "view_name")}[dialect]
    for name in ("upcoming_visits", "open_invitations"):
        ((text,),) = databases[dialect].execute(f"SELECT sql FROM {table} WHERE {column} = '{name}'").fetchall()
        assert "current_date" in text.lower()


@pytest.mark.parametrize("suffix", [".sqlite", ".duckdb"])
def test_the_day_of_the_database_divides_what_was_from_what_is_to_come(suffix: str, tmp_path: Path) -> None:
    told = summary(visits=[visit("1990-05-01", id="v1"), visit("9000-05", id="v2")])
    row = LedgerRow(id="a", source="", status="ok", summary=told.model_dump(mode="json"))
    ((out, _),) = export_ledger(write_ledger(tmp_path / "ledger.jsonl", row), tmp_path / f"out{suffix}").items()
    with closing({".sqlite": sqlite3, ".duckdb": duckdb}[suffix].connect(out)) as database:
        assert [row["visit"] for row in asked(database, "SELECT * FROM upcoming_visits")] == ["v2"]


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb"])
def test_who_visited_whom_has_a_line_for_each_visitor_and_host(databases: dict[str, Any], dialect: str) -> None:
    told = asked(databases[dialect], "SELECT * FROM who_visited_whom")
    wanted = []
    for row in MADE:
        for each in (row.parsed(ArticleSummary) or summary()).visits:
            if each.status in ("completed", "ongoing"):
                hosts: list[str | None] = [party.name for party in each.hosts]
                wanted += [(row.id, each.id, guest.name, host) for guest in each.visitors for host in hosts or [None]]
    assert sorted(map(repr, wanted)) == sorted(
        repr((row["article"], row["visit"], row["visitor"], row["host"])) for row in told
    )
    assert len(told) > 20
    assert all(row["quotes"] for row in told)


# ------------------------------------------------------------------------------------------------------- partial dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"), ("2024-23", "2024-01-01", "2024-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)  # fmt: skip
def test_a_partial_date_is_its_days(text: str, first: str, last: str) -> None:
    assert days_of(text) == (date.fromisoformat(first), date.fromisoformat(last))
    assert day_of(text) is None


@pytest.mark.parametrize(
    "text", ["", "24", "0000", "2024-13", "2024-02-30", "2024-2-3", "2024-", "２０２４", "2024-01-01-01"]
)
def test_what_is_not_in_the_calendar_has_no_days(text: str) -> None:
    assert days_of(text) is None
    assert bounds_of(text or None, None, "day") == Bounds(None, None)


def test_an_end_alone_is_a_last_bound() -> None:
    assert bounds_of(None, "2024-03", "vague") == Bounds(None, date(2024, 3, 31))
