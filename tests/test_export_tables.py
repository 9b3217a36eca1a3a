"""From a ledger row to rows of tables: keys, links, dates as far as they are known, and what fits no column."""

from __future__ import annotations

import json
from typing import Any

import pytest

from summarise.corpus.ledger import LedgerRow
from summarise.export.flatten import table_rows
from summarise.export.tables import TABLES
from summarise.export.values import key
from summarise.records import Usage
from tests.gold_ledgers import invitation, official, person, row, summary, visit

Cells = dict[str, Any]


def cells(name: str, stored: Cells | None, id: str = "a") -> list[Cells]:
    """The rows of one table, by column."""
    found = table_rows(row(id, stored))[name]
    return [dict(zip(TABLES[name].names, values, strict=True)) for values in found]


def test_a_record_without_an_id_of_its_own_gets_one() -> None:
    stored = summary(
        visits=[visit(id="v1"), visit(id="v1"), visit(), visit(id=""), visit(id="v1~2")], officials=[official(id="v1")]
    )
    assert [each["visit"] for each in cells("visits", stored)] == ["v1", "v1~2", "visits~3", "visits~4", "v1~2~2"]
    assert [each["official"] for each in cells("officials", stored)] == ["v1~3"]
    assert len({each["party"] for each in cells("parties", stored)}) == 5


def test_ids_with_control_characters_stay_apart() -> None:
    assert key("a") == "a"
    keys = [key(text) for text in ("a\0", "a\1", "a\n", "a\ufffd")]
    assert len(set(keys)) == 4
    assert all(each.startswith("a\ufffd") and each.isprintable() for each in keys)
    assert cells("articles", summary(), "a\0")[0]["article"] == keys[0]


def test_a_visit_and_its_invitation_name_each_other_and_nothing_else() -> None:
    stored = summary(
        visits=[visit(id="v1", invitation="i1"), visit(id="v2", invitation="i9"), visit(id="v3", invitation=3)],
        invitations=[invitation(id="i1", visit="v1"), invitation(id="i2", visit="i1")],
    )
    assert [each["invitation"] for each in cells("visits", stored)] == ["i1", None, None]
    assert [each["visit"] for each in cells("invitations", stored)] == ["v1", None]


def test_parties_and_evidence_say_which_record_they_belong_to() -> None:
    stored = summary(
        visits=[visit(id="v1", hosts=[person("Jan Berg", "NOR")])], invitations=[invitation(id="i1")],
        officials=[official(id="o1")],
    )  # fmt: skip
    assert [(each["party"], each["visit"], each["invitation"], each["part"]) for each in cells("parties", stored)] == [
        ("v1.visitor.1", "v1", None, "visitor"), ("v1.host.1", "v1", None, "host"),
        ("i1.inviter.1", None, "i1", "inviter"), ("i1.invitee.1", None, "i1", "invitee"),
    ]  # fmt: skip
    assert [(each["evidence"], each["official"], each["text"]) for each in cells("evidence", stored)] == [
        ("v1.1", None, "quote"), ("i1.1", None, "quote"), ("o1.1", "o1", "quote"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ({"start": "2024-03-11", "precision": "day"}, ("2024-03-11", None, "2024-03-11", "2024-03-11")),
        ({"start": "2024-03-11", "end": "2024-03-13", "precision": "day"},
         ("2024-03-11", "2024-03-13", "2024-03-11", "2024-03-13")),
        ({"start": "2024-03-11", "end": "2024-03-17", "precision": "week"}, (None, None, "2024-03-11", "2024-03-17")),
        ({"start": "2024-02", "precision": "month"}, (None, None, "2024-02-01", "2024-02-29")),
        ({"start": "2024", "precision": "year"}, (None, None, "2024-01-01", "2024-12-31")),
        ({"start": "2024-05-03", "precision": "vague"}, (None, None, "2024-05-03", None)),
        ({"start": "2024-02-30", "precision": "day"}, (None, None, None, None)),
        ({"start": 2024, "precision": "day"}, (None, None, "2024-01-01", "2024-12-31")),
        ({}, (None, None, None, None)),
        (None, (None, None, None, None)),
    ],
)  # fmt: skip
def test_a_day_is_a_day_only_where_it_is_known(when: Any, told: tuple[str | None, ...]) -> None:
    (found,) = cells("visits", summary(visits=[visit() | {"when": when}]))
    columns = ("when_start_date", "when_end_date", "when_not_before", "when_not_after")
    assert tuple(found[column] for column in columns) == told


def test_what_fits_no_column_is_kept() -> None:
    party = person("Ana Reyes", "PER") | {"age": 61}
    stored = summary(visits=[visit([party], leg="second", mood="grim", places="Oslo")]) | {"published": "in May"}
    (found,) = cells("visits", stored)
    assert (found["leg"], found["places"], found["published"]) == (None, [], None)
    assert json.loads(found["own_fields"]) == {"leg": "second", "mood": "grim", "places": "Oslo"}
    assert json.loads(cells("parties", stored)[0]["own_fields"]) == {"age": 61}
    assert json.loads(cells("articles", stored)[0]["own_fields"]) == {"published": "in May"}
    assert cells("articles", summary())[0]["own_fields"] is None


def test_a_list_that_is_none_of_records_is_kept_as_it_is() -> None:
    stored = summary() | {"visits": [{"id": "v1"}, 5], "officials": "many"}
    assert cells("visits", stored) == []
    kept = json.loads(cells("articles", stored)[0]["own_fields"])
    assert kept == {"visits": [{"id": "v1"}, 5], "officials": "many"}


def test_concerns_lead_to_the_record_they_are_about() -> None:
    concerns = [
        {"path": path, "kind": "k", "message": "m", "sentence": 2}
        for path in ("visits[1].when", "officials[0]", "published", "visits[7]", "odd[0]")
    ]
    stored = summary(visits=[visit(id="v1"), visit(id="v2")], officials=[official(id="o1")]) | {"concerns": concerns}
    found = cells("concerns", stored)
    assert [(each["visit"], each["official"], each["own_record"]) for each in found] == [
        ("v2", None, None), (None, "o1", None), (None, None, None), (None, None, None), (None, None, None),
    ]  # fmt: skip
    assert [each["concern"] for each in found] == ["c1", "c2", "c3", "c4", "c5"]
    assert cells("articles", stored)[0]["concern_count"] == 5


def test_who_says_so_and_what_may_be() -> None:
    sources = [
        {"name": "Ana Reyes", "kind": "named_official", "outlet": "TASS"}, {"name": None, "kind": "narrator"},
        {"name": "TASS", "kind": "media", "outlet": "TASS"},
    ]  # fmt: skip
    spans = [{"start": "2024-03"}, {"start": "2024-03-01", "end": "2024-03-02"}, {"text": "soon"}]
    (found,) = cells("visits", summary(visits=[visit(sources=sources, possible_dates=spans)]))
    assert found["sources"] == ["Ana Reyes (TASS)", "narrator", "TASS"]
    assert found["possible_dates"] == ["2024-03", "2024-03-01/2024-03-02", "soon"]


def test_a_failed_article_stands_there_with_its_error() -> None:
    raw = {"id": "a", "source": "s", "status": "failed", "error": {"kind": "K", "message": "m", "hint": "h"}}
    found = table_rows(LedgerRow.model_validate(raw))
    assert {name for name, values in found.items() if values} == {"articles"}
    assert found["articles"][0][:6] == ("a", "s", "failed", "K", "m", "h")


def test_a_field_called_like_a_part_stays_apart_from_it() -> None:
    stored = summary(visits=[visit(id="v1", visitor=[person("Jan Berg")])])
    assert [each["party"] for each in cells("parties", stored)] == ["v1.visitor.1", "v1.visitor~2.1"]


@pytest.mark.parametrize(("cost", "told"), [(0.5, 0.5), (None, None), (float("nan"), None), (float("inf"), None)])
def test_a_cost_is_a_number_that_every_format_has(cost: float | None, told: float | None) -> None:
    usage = Usage(requests=1, input_tokens=2**70, output_tokens=3, cost=cost)
    found = table_rows(LedgerRow(id="a", source="", status="ok", summary=summary(), usage=usage))["articles"][0]
    article = dict(zip(TABLES["articles"].names, found, strict=True))
    assert (article["cost"], article["input_tokens"], article["output_tokens"]) == (told, None, 3)
