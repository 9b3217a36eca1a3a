"""Event records, read back as lines of JSON and held against the names of the PLOVER manual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.corpus.ledger import LedgerRow
from summarise.export import plover
from summarise.export.plover_actors import SECTORS, code_of, country
from summarise.judge.places import is_country
from summarise.records import (
    ArticleSummary,
    DateSpan,
    Invitation,
    InvitationResponse,
    InvitationStatus,
    Party,
    PartyKind,
    Role,
    Tenure,
    Visit,
    VisitStatus,
)
from tests.export.ledgers import made_exports, seed_exports
from tests.export.made import FAILED, HOST, TRAVELLER, day, invitation, official, row, visit
from tests.export_readers import read_lines
from tests.own_records import DelegationVisit, TradeSummary

# As the manual has them, version 2.0 (draft): tables of modes and contexts, of sectors, of JSON fields.
MODES = {"CONSULT": {"visit", "third-party", "multilateral", "phone"}, "AGREE": set(), "REJECT": {"meet"}}
CONTEXTS = {"diplomatic", "historical", "future", "hypothetical", "negation"}
SECTOR_CODES = {"GOV", "LEG", "MIL", "JUD", "PTY", "REL", "ELI", None}
CAMEO = {"036", "042", "044", "125", "161", None}
FIELDS = {
    "id", "date", "enddate", "actor", "recipient", "event", "event_loc", "event_text", "quad_code", "event_scale",
    "mode", "context", "link", "text_info", "cite_info", "comment",
}  # fmt: skip


def exported(rows: Iterable[LedgerRow], folder: Path) -> tuple[dict[str, int], list[dict[str, Any]]]:
    out = folder / "events.plover.jsonl"
    return plover.write(iter(rows), out), read_lines(out)


def only(folder: Path, *records: Visit | Invitation, **fields: Any) -> dict[str, Any]:
    _, (event,) = exported([row(*records, **fields)], folder)
    return event


def check(event: dict[str, Any]) -> None:
    """What holds for every record of the format."""
    assert set(event) >= FIELDS
    (kind,) = event["event"]
    assert set(event["mode"]) <= MODES[kind]
    assert set(event["context"]) <= CONTEXTS
    assert event["cameo"] in CAMEO
    assert event["quad_code"] == plover.QUADS[kind]
    assert event["actor"]
    for party in (*event["actor"], *event["recipient"]):
        assert party["sector"] in SECTOR_CODES
        assert party["code"] is None or len(party["code"]) == 3
    assert (event["date"] is None) == (event["date_basis"] is None)
    assert event["event_text"]
    assert len(event["event_text"]) == len(event["text_info"])


# ------------------------------------------------------------------------------------------------------ seeds and many


def test_the_seeds_one_event_for_each_visit_invitation_and_answer() -> None:
    counts, events = seed_exports().read(".plover.jsonl")
    assert counts == {"CONSULT": 14, "AGREE": 17} == Counter(event["event"][0] for event in events)
    by_id = {event["id"]: event for event in events}
    assert len(by_id) == len(events) == 31
    lavrov = by_id["001_12a61b80a6d06b2b#v2"]
    assert (lavrov["event"], lavrov["date"], lavrov["date_basis"]) == (["AGREE"], "2023-10-16", "publication")
    assert [lavrov["planned"][name] for name in ("date", "enddate")] == ["2023-10-18", "2023-10-19"]
    assert [(party["code"], party["sector"], party["entity_text"]) for party in lavrov["actor"]] == [
        ("RUS", "GOV", "Sergei Lavrov")
    ]
    kim = by_id["000_8b60f6041e6cf6ed#v3"]
    assert (kim["event"], kim["mode"], kim["context"], kim["cameo"]) == (["CONSULT"], ["visit"], ["historical"], "042")
    assert (kim["date"], kim["enddate"], kim["recipient"][0]["code"]) == ("2023-09-12", "2023-09-17", "RUS")
    answer = by_id["000_8b60f6041e6cf6ed#i2/answer"]
    assert (answer["date"], answer["date_basis"]) == ("2023-09-20", "answer")
    assert answer["actor"][0]["entity_text"] == "Vladimir Putin"
    assert answer["recipient"][0]["entity_text"] == "Xi Jinping"
    assert answer["link"] == by_id["000_8b60f6041e6cf6ed#i2"]["link"] == by_id["000_8b60f6041e6cf6ed#v4"]["link"]
    for event in events:
        check(event)
        article = (Path(event["cite_info"]["citation"])).read_text(encoding="utf-8")
        for text, place in zip(event["event_text"], event["text_info"], strict=True):
            assert article[place["start"] : place["end"]] == text


def test_a_thousand_articles_come_back_as_they_went() -> None:
    rows = made_exports().rows
    counts, events = made_exports().read(".plover.jsonl")
    visits = unknown = asked = nobody = answered = 0
    for each in rows:
        summary = each.parsed(ArticleSummary)
        for found in summary.visits if summary else ():
            visits += found.status != "unknown"
            unknown += found.status == "unknown"
        for made in summary.invitations if summary else ():
            asked += bool(made.inviters)
            nobody += not made.inviters
            answered += made.status != "denied" and made.response in plover.ANSWERS
    assert len(events) == visits + asked + answered == len({event["id"] for event in events}) > 2000
    assert counts == {
        **Counter(event["event"][0] for event in events),
        "visits in an unknown state": unknown,
        "invitations from nobody known": nobody,
    }
    for event in events:
        check(event)
    known = {each.id for each in rows}
    assert {event["record"]["article"] for event in events} <= known


# --------------------------------------------------------------------------------------------------------- the mapping


def test_every_value_of_a_record_has_its_row_in_the_tables() -> None:
    assert {*plover.VISITS, "unknown"} == set(get_args(VisitStatus))
    assert set(plover.INVITATIONS) == set(get_args(InvitationStatus))
    assert {*plover.ANSWERS, "pending", "acknowledged", "delegated", "unknown"} == set(get_args(InvitationResponse))
    assert set(SECTORS) == set(get_args(Role))


@pytest.mark.parametrize("status", ["completed", "ongoing"])
def test_a_visit_that_takes_place_is_dated_by_itself(status: str, tmp_path: Path) -> None:
    event = only(tmp_path, visit(status=status, places=["Oslo"], hosts=[HOST]))
    assert (event["event"], event["mode"], event["context"], event["cameo"]) == (["CONSULT"], ["visit"], [], "042")
    assert (event["date"], event["date_precision"], event["date_basis"]) == ("2024-05-04", "day", "visit")
    assert event["event_loc"] == {"extracted_place": "Oslo", "country": "Norway", "country_code": "NOR"}
    assert (event["planned"], event["event_scale"]) == (None, 4.0)
    assert [party["entity_text"] for party in event["recipient"]] == ["Kari Lund"]


@pytest.mark.parametrize(
    ("status", "kind", "mode", "context", "cameo", "scale"),
    [
        ("confirmed", "AGREE", [], ["diplomatic"], "036", 2.5),
        ("planned", "AGREE", [], ["diplomatic"], "036", 2.5),
        ("speculated", "AGREE", [], ["diplomatic", "hypothetical"], None, None),
        ("postponed", "REJECT", ["meet"], ["diplomatic"], "161", -2.0),
        ("cancelled", "REJECT", ["meet"], ["diplomatic"], "161", -2.0),
    ],
)
def test_what_is_only_said_is_dated_by_the_article_that_says_it(
    status: str, kind: str, mode: list[str], context: list[str], cameo: str, scale: float, tmp_path: Path
) -> None:
    event = only(tmp_path, visit(status=status))
    assert (event["event"], event["mode"], event["context"], event["cameo"]) == ([kind], mode, context, cameo)
    assert (event["date"], event["date_basis"], event["event_scale"]) == ("2024-05-01", "publication", scale)
    assert (event["event_loc"], event["planned"]["date"]) == (None, "2024-05-04")
    assert event["planned"]["event_loc"]["country_code"] == "NOR"
    recalled = only(tmp_path, visit(status=status, focus="background"))
    assert (recalled["date"], recalled["date_basis"], recalled["context"]) == (None, None, [*context, "historical"])
    undated = only(tmp_path, visit(status=status), published=None)
    assert (undated["date"], undated["date_precision"], undated["date_basis"]) == (None, "none", None)


def test_a_denied_visit_is_a_negation_and_has_no_score(tmp_path: Path) -> None:
    event = only(tmp_path, visit(status="denied"))
    assert (event["event"], event["context"], event["event_scale"]) == (["CONSULT"], ["negation"], None)


def test_dates_keep_their_precision_and_bounds_are_no_dates(tmp_path: Path) -> None:
    for start, precision, told in (
        ("2024", "year", "2024"),
        ("2024-05", "month", "2024-05"),
        ("2024-05", "vague", None),
    ):
        when = DateSpan(text="then", start=start, precision=precision, basis="explicit")
        event = only(tmp_path, visit(status="completed", when=when))
        assert (event["date"], event["date_precision"], event["record"]["date_text"]) == (told, precision, "then")


def test_where_they_meet_decides_the_mode(tmp_path: Path) -> None:
    abroad = visit(status="completed", country="CHE", hosts=[HOST])
    assert (only(tmp_path, abroad)["mode"], only(tmp_path, abroad)["cameo"]) == (["third-party"], "044")
    assert only(tmp_path, abroad)["event_scale"] == 1.0
    unknown_host = HOST.model_copy(update={"country": None})
    assert only(tmp_path, abroad.model_copy(update={"hosts": [HOST, unknown_host]}))["mode"] == ["visit"]
    assert only(tmp_path, visit(status="completed", kind="multilateral"))["mode"] == ["visit", "multilateral"]


def test_the_state_is_the_recipient_where_no_host_is_named(tmp_path: Path) -> None:
    assert only(tmp_path, visit())["recipient"] == [
        {"code": "NOR", "sector": None, "entity_text": None, "office": None, "kind": "country"}
    ]
    nowhere = only(tmp_path, visit(country=None))
    assert (nowhere["recipient"], nowhere["planned"]["event_loc"]) == ([], None)


@pytest.mark.parametrize(
    ("status", "kind", "context", "date"),
    [
        ("planned", "AGREE", ["diplomatic", "future"], "2024-05-01"),
        ("extended", "AGREE", ["diplomatic"], "2024-04"),
        ("renewed", "AGREE", ["diplomatic"], "2024-04"),
        ("withdrawn", "REJECT", ["diplomatic"], "2024-05-01"),
        ("denied", "AGREE", ["diplomatic", "negation"], "2024-04"),
    ],
)
def test_an_invitation_goes_from_those_who_ask_to_those_who_are_asked(
    status: str, kind: str, context: list[str], date: str, tmp_path: Path
) -> None:
    extended = DateSpan(text="in April", start="2024-04", precision="month", basis="explicit")
    event = only(tmp_path, invitation(status=status, extended=extended, proposed=day("2024-06-01")))
    assert (event["event"], event["context"], event["date"]) == ([kind], context, date)
    assert [party["entity_text"] for party in event["actor"]] == ["Kari Lund"]
    assert [party["entity_text"] for party in event["recipient"]] == ["Mei Tanaka"]
    assert event["planned"]["date"] == "2024-06-01"


@pytest.mark.parametrize(
    ("response", "kind", "context"),
    [
        ("accepted", "AGREE", ["diplomatic"]),
        ("declined", "REJECT", ["diplomatic"]),
        ("tentative", "AGREE", ["diplomatic", "hypothetical"]),
    ],
)
def test_an_answer_goes_the_other_way(response: str, kind: str, context: list[str], tmp_path: Path) -> None:
    _, (asked, answer) = exported([row(invitation(response=response))], tmp_path)
    assert (asked["id"], answer["id"], asked["link"], answer["link"]) == ("a#i1", "a#i1/answer", "a#i1", "a#i1")
    assert (answer["event"], answer["context"], answer["date"]) == ([kind], context, None)
    assert answer["actor"] == asked["recipient"]
    assert answer["recipient"] == asked["actor"]


def test_no_answer_to_what_was_never_asked_and_no_event_without_an_actor(tmp_path: Path) -> None:
    assert only(tmp_path, invitation(status="denied", response="accepted"))["id"] == "a#i1"
    counts, (event,) = exported([row(invitation(inviters=[], response="declined"))], tmp_path)
    assert (event["id"], event["recipient"]) == ("a#i1/answer", [])
    assert counts == {"REJECT": 1, "invitations from nobody known": 1}


# -------------------------------------------------------------------------------------------------------------- actors


@pytest.mark.parametrize(
    ("name", "code", "wanted"),
    [
        ("x", "NOR", "NOR"), ("x", "XKX", "KOS"), ("x", "HKG", "HKG"), ("x", "GRL", "DNK"), ("x", "MAC", "CHN"),
        ("x", "SUN", "SUN"), ("x", "DDR", "DDR"), ("x", "QQQ", "QQQ"), ("the United Nations", None, "UNO"),
        ("EU", None, "EUR"), ("NATO", None, "IGO"), ("Amnesty", None, None),
    ],
)  # fmt: skip
def test_codes_are_those_of_the_manual(name: str, code: str | None, wanted: str | None) -> None:
    assert code_of(Party(name=name, kind="organisation", country=code)) == wanted


def test_every_state_has_a_code_of_three_letters() -> None:
    letters = [chr(number) for number in range(65, 91)]
    states = [code for a in letters for b in letters for c in letters if is_country(code := a + b + c)]
    assert len(states) > 250
    assert all(len(country(code)) == 3 for code in states)


@pytest.mark.parametrize(
    ("role", "tenure", "sector"),
    [
        ("foreign_minister", "current", "GOV"), ("legislator", "unclear", "LEG"), ("military", "current", "MIL"),
        ("head_of_state", "former", "ELI"), ("other", "current", None), ("intl_org", "current", None),
    ],
)  # fmt: skip
def test_the_office_in_the_article_tells_the_sector(role: Role, tenure: Tenure, sector: str, tmp_path: Path) -> None:
    known = official(role=role, tenure=tenure, variants=["Tanaka"])
    for name in ("Mei Tanaka", "Tanaka"):
        traveller = TRAVELLER.model_copy(update={"name": name, "title": None})
        _, (event,) = exported([row(visit(visitors=[traveller]), known)], tmp_path)
        assert event["actor"][0]["sector"] == sector
        assert event["actor"][0]["office"] == "Foreign Minister"


@pytest.mark.parametrize(
    ("kind", "name", "title", "sector"),
    [
        ("person", "Mei Tanaka", "Foreign Minister", "GOV"),
        ("person", "Mei Tanaka", "former Foreign Minister", "ELI"),
        ("person", "Rex King", None, None),  # a name is no office
        ("unnamed_person", "a French minister", None, "GOV"),
        ("government", "Moscow", None, "GOV"),
        ("organisation", "Ministry of Defence", None, "GOV"),
        ("organisation", "the army", None, "MIL"),
        ("organisation", "Gazprom", None, None),
        ("delegation", "lawmakers from Chile", None, "LEG"),
    ],
)
def test_without_an_official_the_words_tell(
    kind: PartyKind, name: str, title: str, sector: str, tmp_path: Path
) -> None:
    party = Party(name=name, kind=kind, title=title, country="FRA")
    assert only(tmp_path, visit(visitors=[party]))["actor"][0]["sector"] == sector


def test_of_two_officials_with_one_name_neither_is_meant(tmp_path: Path) -> None:
    two = [official(id="o1", role="military"), official(id="o2", role="legislator")]
    _, (event,) = exported([row(visit(), *two)], tmp_path)
    assert event["actor"][0]["sector"] == "GOV"  # by the traveller's own title
    _, (event,) = exported([row(visit(), official(role="military", country="KOR"))], tmp_path)
    assert event["actor"][0]["sector"] == "GOV"  # he is of another state


# ------------------------------------------------------------------------------------------ ledgers that are otherwise


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_text_is_one_event_on_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    told = visit(visitors=[TRAVELLER.model_copy(update={"name": text})], places=[text], caveat=text)
    _, (event,) = exported([row(told, headline=text).model_copy(update={"id": text, "source": text})], folder)
    assert event["actor"][0]["entity_text"] == text.encode("utf-8", "replace").decode()


def test_an_empty_ledger_and_failed_rows_give_an_empty_file(tmp_path: Path) -> None:
    for rows in ([], [FAILED], [row()], [row(official())]):
        assert exported(rows, tmp_path) == ({}, [])


def test_a_users_own_records_are_carried_or_counted(tmp_path: Path) -> None:
    own = DelegationVisit(**visit().model_dump(), delegation_size=12)
    summary = TradeSummary(officials=[], visits=[own], invitations=[], summary="", agreements=[], tone="tense")
    _, (event,) = exported([row().model_copy(update={"summary": summary.model_dump(mode="json")})], tmp_path)
    assert event["record"]["delegation_size"] == 12
    alien = {"visits": [{"who": "x"}, visit().model_dump(mode="json") | {"size": float("inf")}]}
    counts, (event,) = exported([row().model_copy(update={"summary": alien})], tmp_path)
    assert counts == {"AGREE": 1, "records that could not be read": 1}
    assert (event["record"]["size"], event["id"]) == (None, "a#v1")


def test_records_without_an_id_or_with_the_same_one_are_told_apart(tmp_path: Path) -> None:
    _, events = exported([row(visit(id=""), visit(id="v9"), visit(id="v9"))], tmp_path)
    assert [event["id"] for event in events] == ["a#visits[0]", "a#v9", "a#visits[2]"]
