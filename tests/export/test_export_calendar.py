"""Visits as a calendar, read back by `icalendar`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_ledger import rows as made_rows
from summarise.corpus.ledger import LedgerRow
from summarise.export import calendar
from summarise.export.article_records import articles_of
from summarise.records import ArticleSummary, Attribution, DateSpan
from tests.export.ledgers import made_exports, seed_exports
from tests.export.made import FAILED, HOST, TRAVELLER, day, official, row, visit
from tests.export_readers import read_calendar
from tests.own_records import DelegationVisit, TradeSummary


def exported(rows: Iterable[LedgerRow], folder: Path) -> tuple[dict[str, int], list[Any]]:
    out = folder / "visits.ics"
    return calendar.write(iter(rows), out), read_calendar(out)


def text_of(event: Any, name: str) -> str:
    return str(event[name])


# ------------------------------------------------------------------------------------------------------- what is in it


def test_the_seeds_have_the_one_visit_that_is_to_come_on_known_days() -> None:
    counts, events = seed_exports().read(".ics")
    assert counts == {"events": 1, "visits without a known day": 6, "visits in another state": 14}
    (event,) = events
    assert text_of(event, "summary") == "Sergei Lavrov → North Korea"
    assert (event.start, event.end, event.status) == (date(2023, 10, 18), date(2023, 10, 20), "CONFIRMED")
    assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
    assert datetime(2023, 10, 16, tzinfo=UTC) == event.DTSTAMP
    assert text_of(event, "location") == "North Korea"
    said = text_of(event, "description")
    assert said.startswith("Sentence 1: ")
    assert "Sergei Lavrov will visit North Korea on October 18-19" in said
    assert "001_12a61b80a6d06b2b" in said


def test_a_thousand_articles_come_back_as_they_went() -> None:
    wanted = {
        f"{entry.key}@summarise": (article, entry)
        for article in articles_of(iter(made_exports().rows))
        for entry in article.visits
        if entry.record.status in calendar.STATUS and calendar.known_days(entry.record.when)
    }
    counts, events = made_exports().read(".ics")
    assert counts["events"] == len(events) == len(wanted) > 100
    assert {text_of(event, "uid") for event in events} == set(wanted)
    for event in events:
        article, entry = wanted[text_of(event, "uid")]
        when = entry.record.when
        last = date.fromisoformat(when.end or when.start or "")
        assert (event.start.isoformat(), event.end) == (when.start, last + timedelta(days=1))
        assert event.status == calendar.STATUS[entry.record.status]
        said = text_of(event, "description")
        for sentence in entry.record.evidence:
            assert f"Sentence {sentence.sentence}: {calendar.one_line(sentence.text)}" in said
        assert calendar.one_line(article.row.id) in said
        assert {"organizer", "attendee"}.isdisjoint(name.lower() for name in event)


@pytest.mark.parametrize(
    ("status", "ical", "before"),
    [
        ("confirmed", "CONFIRMED", ""),
        ("planned", "TENTATIVE", "Planned: "),
        ("postponed", "CANCELLED", "Postponed (day as reported): "),
        ("cancelled", "CANCELLED", "Cancelled: "),
    ],
)
def test_what_is_not_certain_says_so_in_its_title(status: str, ical: str, before: str, tmp_path: Path) -> None:
    _, (event,) = exported([row(visit(status=status))], tmp_path)
    assert event.status == ical
    assert text_of(event, "summary") == f"{before}Mei Tanaka → Norway"
    assert event.categories == ["visit", status]
    assert event.transparency == "TRANSPARENT"
    assert ("may be the one that was given up" in text_of(event, "description")) == (status == "postponed")


@pytest.mark.parametrize("status", ["speculated", "ongoing", "completed", "denied", "unknown"])
def test_other_states_are_left_out_and_counted(status: str, tmp_path: Path) -> None:
    counts, events = exported([row(visit(status=status))], tmp_path)
    assert (counts, events) == ({"events": 0, "visits in another state": 1}, [])


@pytest.mark.parametrize(
    "when",
    [
        DateSpan(),
        DateSpan(text="in May", start="2024-05", precision="month", basis="explicit"),
        DateSpan(text="in 2024", start="2024", precision="year", basis="explicit"),
        DateSpan(text="next week", start="2024-05-06", end="2024-05-12", precision="week", basis="relative"),
        DateSpan(text="since May 4", start="2024-05-04", precision="vague", basis="explicit"),
        DateSpan(text="on February 30", start="2024-02-30", precision="day", basis="explicit"),
        DateSpan(text="in 0000", start="0000-00-00", precision="day", basis="explicit"),
    ],
)
def test_a_day_that_is_not_known_is_no_event(when: DateSpan, tmp_path: Path) -> None:
    counts, events = exported([row(visit(when=when))], tmp_path)
    assert (counts, events) == ({"events": 0, "visits without a known day": 1}, [])


def test_the_last_day_is_the_end_only_if_it_is_known_and_last(tmp_path: Path) -> None:
    for number, end in enumerate(("2024-05", "2024-05-03", "2024-05-32", None)):
        _, (event,) = exported([row(visit(when=day("2024-05-04", end)), id=str(number))], tmp_path)
        assert (event.start, event.end) == (date(2024, 5, 4), date(2024, 5, 5))


def test_the_last_day_of_the_calendar_is_a_day_too(tmp_path: Path) -> None:
    _, (event,) = exported([row(visit(when=day("9999-12-31")))], tmp_path)
    assert event.start == date(9999, 12, 31)
    assert "dtend" not in event


def test_an_article_without_a_day_gives_a_stamp_without_a_clock(tmp_path: Path) -> None:
    for published in (None, "some day", "2024"):
        _, (event,) = exported([row(visit(), published=published)], tmp_path)
        assert event.DTSTAMP == calendar.UNDATED


def test_the_description_tells_what_an_analyst_needs(tmp_path: Path) -> None:
    concern = {"path": "visits[0].when", "kind": "unchecked_date", "message": "nobody could check this"}
    other = {"path": "visits[1]", "kind": "x", "message": "of another"}
    told = visit(
        hosts=[HOST],
        purpose="talks",
        caveat="Another paper has May 5.",
        sources=[Attribution(name="the palace", kind="institution", outlet="AP")],
        places=["Oslo"],
        event="Arctic Forum",
        focus="background",
    )
    _, (event,) = exported([row(told, concerns=[concern, other], headline="Off to Oslo")], tmp_path)
    said = text_of(event, "description").splitlines()
    assert said == [
        "Sentence 2: She will come to Oslo.",
        "",
        "Look at this first: nobody could check this",
        "State: confirmed, recalled as history",
        "Date in the article: then",
        "Travellers: Foreign Minister Mei Tanaka (JPN)",
        "Received by: Kari Lund (NOR)",
        "Purpose: talks",
        "Said by: the palace",
        "Caveat: Another paper has May 5.",
        "Article: a, “Off to Oslo”, 2024-05-01; record v1",
    ]
    assert text_of(event, "summary") == "Mei Tanaka → Norway (Arctic Forum)"
    assert text_of(event, "location") == "Oslo, Norway"
    assert event.categories == ["visit", "confirmed", "background"]


def test_many_travellers_and_no_country(tmp_path: Path) -> None:
    crowd = [TRAVELLER.model_copy(update={"name": f"Person {number}"}) for number in range(5)]
    _, (event,) = exported([row(visit(visitors=crowd, country=None))], tmp_path)
    assert text_of(event, "summary") == "Person 0, Person 1, Person 2 and 2 more"
    assert "location" not in event
    _, (event,) = exported([row(visit(country="QQQ", places=[]))], tmp_path)
    assert text_of(event, "location") == "QQQ"


def test_an_address_of_the_article_is_the_url_of_the_event(tmp_path: Path) -> None:
    article = row(visit()).model_copy(update={"source": "https://news.example/1"})
    _, (event,) = exported([article], tmp_path)
    assert event.url == "https://news.example/1"


# ----------------------------------------------------------------------------------------------------- UIDs, and bytes


def uids(folder: Path, *rows: LedgerRow) -> list[str]:
    return [text_of(event, "uid") for event in exported(rows, folder)[1]]


def test_a_visit_keeps_its_uid_when_another_reading_finds_another_date_state_or_order(tmp_path: Path) -> None:
    other = visit(id="v2", country="SWE")
    (one, two) = uids(tmp_path, row(visit(), other))
    assert one != two
    again = visit(id="v2", when=day("2024-06-09"), status="postponed", places=["Oslo"], caveat="put off")
    assert uids(tmp_path, row(other.model_copy(update={"id": "v1"}), again)) == [two, one]


def test_other_articles_texts_travellers_and_countries_have_other_uids(tmp_path: Path) -> None:
    found = uids(
        tmp_path,
        row(visit(), visit(id="v2"), id="a"),
        row(visit(), id="b"),
        row(visit(), id="c", text="2"),
        row(visit(visitors=[HOST]), id="d"),
    )
    assert len(found) == len(set(found)) == 5


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.ics", "two.ics"):
        calendar.write(made_rows(50), tmp_path / name)
    assert (tmp_path / "one.ics").read_bytes() == (tmp_path / "two.ics").read_bytes()


def test_lines_are_folded_as_rfc_5545_has_it() -> None:
    raw = made_exports().out(".ics").read_bytes()
    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two


# ------------------------------------------------------------------------------------------------------ any text at all


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_text_comes_back_and_stays_in_its_field(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    told = visit(visitors=[TRAVELLER.model_copy(update={"name": text})], places=[text], purpose=text, caveat=text)
    ledger_row = row(told, headline=text).model_copy(update={"id": text, "source": text})
    _, (event,) = exported([ledger_row], folder)
    assert text_of(event, "summary") == f"{calendar.one_line(text)} → Norway"
    assert text_of(event, "location") == ", ".join([calendar.one_line(text), "Norway"])


def test_a_state_that_is_a_city_is_named_once(tmp_path: Path) -> None:
    _, (event,) = exported([row(visit(country="SGP", places=["Singapore"]))], tmp_path)
    assert text_of(event, "location") == "Singapore"


def test_an_article_cannot_smuggle_in_an_event(tmp_path: Path) -> None:
    hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nATTENDEE:mailto:a@b.example\r\n"
    told = visit(visitors=[TRAVELLER.model_copy(update={"name": hostile})], places=[hostile], purpose=hostile)
    _, (event,) = exported([row(told, headline=hostile, id=hostile)], tmp_path)
    assert {"organizer", "attendee"}.isdisjoint(name.lower() for name in event)


# ------------------------------------------------------------------------------------------ ledgers that are otherwise


def test_an_empty_ledger_and_failed_rows_give_an_empty_calendar(tmp_path: Path) -> None:
    for rows in ([], [FAILED], [row()], [row(official())]):
        assert exported(rows, tmp_path) == ({"events": 0}, [])


def test_a_users_own_records_are_carried_or_counted(tmp_path: Path) -> None:
    own = DelegationVisit(**visit().model_dump(), delegation_size=12)
    summary = TradeSummary(officials=[], visits=[own], invitations=[], summary="", agreements=[], tone="tense")
    stored = summary.model_dump(mode="json")
    counts, (event,) = exported([row().model_copy(update={"summary": stored})], tmp_path)
    assert counts == {"events": 1}
    assert "delegation_size: 12" in text_of(event, "description")
    alien = {**ArticleSummary(officials=[], visits=[], invitations=[], summary="").model_dump(), "concerns": "none"}
    alien |= {"visits": [{"who": "x"}, 7, visit().model_dump(mode="json")], "officials": {"a": 1}, "provenance": 3}
    counts, events = exported([row().model_copy(update={"summary": alien})], tmp_path)
    assert (counts, len(events)) == ({"events": 1, "records that could not be read": 2}, 1)
