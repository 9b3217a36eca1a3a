"""What ties records together: ids, legs of a trip, the visit that an invitation led to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.judge.links import derived_ids, link, merge_repeats, number_legs
from summarise.records import DateSpan, Evidence, Invitation, Official, Party, Record, Visit


def _party(name: str) -> Party:
    return Party(name=name, kind="person", country="CHL")


def _evidence(*numbers: int) -> list[Evidence]:
    return [Evidence(sentence=number, start=0, end=1, text="x") for number in numbers]


def _date(start: str | None, end: str | None = None) -> DateSpan:
    return DateSpan(text=start, start=start, end=end)


def _visit(who: str = "Rojas", country: str | None = "PER", start: str | None = None, **more: Any) -> Visit:
    values: dict[str, Any] = {"status": "planned", "focus": "main", "evidence": _evidence(1), **more}
    return Visit(visitors=[_party(who)], country=country, when=_date(start), **values)


def _invitation(who: str = "Rojas", country: str | None = "PER", **more: Any) -> Invitation:
    values: dict[str, Any] = {"response": "accepted", "evidence": _evidence(1), **more}
    return Invitation(inviters=[_party("Quispe")], invitees=[_party(who)], country=country, **values)


def _tied(visits: list[Visit], invitations: list[Invitation]) -> tuple[list[str | None], list[str | None]]:
    records: dict[str, list[Record]] = {"visits": [*visits], "invitations": [*invitations]}
    derived_ids(records)
    link(records)
    return (
        [visit.invitation for visit in records["visits"] if isinstance(visit, Visit)],
        [invitation.visit for invitation in records["invitations"] if isinstance(invitation, Invitation)],
    )


def test_a_visit_told_twice_is_one_visit_with_the_evidence_of_both() -> None:
    merged = merge_repeats([_visit(evidence=_evidence(4, 2)), _visit("Quispe"), _visit(evidence=_evidence(2, 3))])
    assert len(merged) == 2
    assert isinstance(merged[0], Visit)
    assert [evidence.sentence for evidence in merged[0].evidence] == [2, 3, 4]


@pytest.mark.parametrize(
    "other", [_visit("Quispe"), _visit(country="BOL"), _visit(start="2024"), _visit(status="confirmed")]
)
def test_a_visit_that_differs_stays_a_visit_of_its_own(other: Visit) -> None:
    assert merge_repeats([_visit(), other]) == [_visit(), other]


def _legs(visits: list[Visit]) -> list[tuple[str | None, int | None]]:
    return [(visit.trip, visit.leg) for visit in number_legs(visits) if isinstance(visit, Visit)]


def test_legs_are_numbered_by_date() -> None:
    visits = [_visit(start="2024-05-04", trip="tour"), _visit(start="2024-05-02", trip="tour"), _visit()]
    assert _legs(visits) == [("t1", 2), ("t1", 1), (None, None)]


def test_legs_without_dates_keep_the_order_of_the_reply() -> None:
    visits = [_visit(start="2024-05-04", trip="b"), _visit(trip="a"), _visit(trip="b"), _visit(trip="a")]
    assert _legs(visits) == [("t1", 1), ("t2", 1), ("t1", 2), ("t2", 2)]


def test_one_leg_alone_is_no_trip() -> None:
    assert _legs([_visit(trip="t1"), _visit()]) == [(None, None), (None, None)]


def test_ids_are_the_first_letters_of_the_field_and_a_number() -> None:
    official = Official(name="Rojas", titles=[], role="other", country=None)
    records: dict[str, list[Record]] = {
        "officials": [official],
        "visits": [_visit(), _visit("Quispe")],
        "voyages": [_visit()],
        "parties": [_party("Rojas")],
    }
    derived_ids(records)
    ids = {name: [getattr(record, "id", None) for record in listed] for name, listed in records.items()}
    assert ids == {"officials": ["o1"], "visits": ["v1", "v2"], "voyages": ["vo1"], "parties": [None]}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["v", "v_", "vi", "visits", "visitors", "invitations", "ink"]), unique=True, max_size=6)
)
def test_no_two_records_share_an_id(names: list[str]) -> None:
    records: dict[str, list[Record]] = {name: [_visit(), _visit()] for name in names}
    derived_ids(records)
    ids = [record.id for listed in records.values() for record in listed if isinstance(record, Visit)]
    assert len(set(ids)) == 2 * len(names)


def test_an_invitation_and_its_visit_point_at_each_other() -> None:
    assert _tied([_visit(country="BOL"), _visit()], [_invitation()]) == ([None, "i1"], ["v2"])


@pytest.mark.parametrize(
    "invitation", [_invitation("Quispe"), _invitation(country="BOL"), _invitation(country=None)], ids=str
)
def test_another_guest_or_another_country_is_another_matter(invitation: Invitation) -> None:
    assert _tied([_visit(), _visit(country=None)], [invitation]) == ([None, None], [None])


def test_a_coming_visit_is_likelier_than_a_denied_one_and_than_one_that_is_over() -> None:
    over = _visit(status="completed", start="2022")
    denied = _visit(status="denied")
    coming = _visit(status="speculated")
    assert _tied([over, denied, coming], [_invitation()])[1] == ["v3"]
    assert _tied([over, denied], [_invitation()])[1] == ["v2"]


def test_of_equals_the_first_counts() -> None:
    assert _tied([_visit(start="2024"), _visit(start="2025")], [_invitation()])[1] == ["v1"]


def test_a_visit_that_two_invitations_led_to_names_the_first() -> None:
    assert _tied([_visit()], [_invitation(), _invitation()]) == (["i1"], ["v1", "v1"])


@pytest.mark.parametrize(
    ("over", "invitation", "tied"),
    [
        # A visit that is over answers an invitation only if its date, a sentence or the order of events says so.
        (_visit(status="completed", start="2024-05-04"), _invitation(proposed=_date("2024-05")), True),
        (_visit(status="completed", start="2023-05-04"), _invitation(proposed=_date("2024-05")), False),
        (_visit(status="completed", evidence=_evidence(1, 2)), _invitation(evidence=_evidence(2)), True),
        (_visit(status="completed", evidence=_evidence(1)), _invitation(evidence=_evidence(2)), False),
        (
            _visit(status="ongoing", start="2024-05", evidence=_evidence(1)),
            _invitation(extended=_date("2023"), evidence=_evidence(2)),
            True,
        ),
        (
            _visit(status="completed", start="2022-05", evidence=_evidence(1)),
            _invitation(extended=_date("2023"), evidence=_evidence(2)),
            False,
        ),
        (
            _visit(status="completed", evidence=_evidence(1)),
            _invitation(extended=_date("2023"), evidence=_evidence(2)),
            False,
        ),
    ],
)
def test_a_visit_that_is_over(over: Visit, invitation: Invitation, tied: bool) -> None:
    assert _tied([over], [invitation])[1] == (["v1"] if tied else [None])
