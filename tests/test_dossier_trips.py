"""Which reports are of one trip, and which are not; what a trip tells of its history."""

from __future__ import annotations

import pytest

from summarise import build_dossier
from tests.dossier_rows import REYES, Raw, leg_of, party, row, trips_of, visit


def test_one_trip_is_followed_through_all_its_reports() -> None:
    leg = leg_of(
        row("a", "2024-04-01", visits=[visit("speculated")]),
        row("b", "2024-04-20", visits=[visit("planned", "2024-05")]),
        row("c", "2024-05-02", visits=[visit("confirmed", "2024-05-06", "2024-05-08")]),
        row("d", "2024-05-07", visits=[visit("ongoing")]),
        row("e", "2024-05-09", visits=[visit("completed", "2024-05-06")]),
        row("f", "2025-01-09", visits=[visit("completed", "2024-05", focus="background")]),
    )
    assert [report.status for report in leg.reports] == [
        "speculated", "planned", "confirmed", "ongoing", "completed", "completed",
    ]  # fmt: skip
    assert (leg.status, leg.as_of, leg.when.start, leg.differences) == ("completed", "2025-01-09", "2024-05-06", [])


APART = {
    "years apart": [("2023-05-09", visit("completed", "2023-05-06")), ("2025-04-01", visit("planned"))],
    "twice in a month": [
        ("2024-05-02", visit("completed", "2024-05-01")),
        ("2024-05-20", visit("completed", "2024-05-18")),
    ],
    "planned again": [("2024-05-09", visit("completed", "2024-05-06")), ("2024-05-10", visit("planned", "2024-05"))],
    "off": [("2024-05-01", visit("cancelled", "2024-05-06")), ("2024-05-08", visit("planned", "2024-05"))],
    "other days": [("2024-05-01", visit("confirmed", "2024-05-06")), ("2024-05-02", visit("confirmed", "2024-05-26"))],
    "undated history": [
        ("2024-05-01", visit("completed", focus="background")),
        ("2020-01-05", visit("completed", "2020-01-02")),
    ],
    "no days": [(None, visit("planned")), (None, visit("planned"))],
    "no country": [("2024-05-01", visit("planned", country=None)), ("2024-05-01", visit("planned", country=None))],
}


@pytest.mark.parametrize("told", APART.values(), ids=APART)
def test_two_trips_stay_two(told: list[tuple[str | None, Raw]]) -> None:
    rows = [row(name, day, visits=[record]) for name, (day, record) in zip("ab", told, strict=True)]
    assert len(build_dossier(rows).trips) == 2


def test_a_month_with_two_visits_names_neither_and_says_so() -> None:
    rows = [
        row("a", "2024-06-01", visits=[visit("completed", "2024-05-01"), visit("completed", "2024-05-18")]),
        row("b", "2024-07-01", visits=[visit("completed", "2024-05")]),
        row("c", "2024-07-02", visits=[visit("completed", "2024-05", places=["Bergen"])]),
        row("d", "2024-06-02", visits=[visit("completed", "2024-05-18", places=["Bergen"])]),
    ]
    assert sorted(map(sorted, trips_of(*rows))) == [["a#v1"], ["a#v2", "c#v1", "d#v1"], ["b#v1"]]
    near = next(near for near in build_dossier(rows).near_misses if near.rule == "several_fit")
    assert set(near.keys) == {"b#v1", "a#v1", "a#v2"} or {"b#v1", "a#v1", "d#v1"} == set(near.keys)


def test_a_visit_that_was_put_off_is_the_one_that_was_held_later() -> None:
    leg = leg_of(
        row("a", "2024-04-20", visits=[visit("confirmed", "2024-05-04")]),
        row("b", "2024-05-02", visits=[visit("postponed", "2024-06-09")]),
        row("c", "2024-06-11", visits=[visit("completed", "2024-06-09", "2024-06-10")]),
    )
    assert (leg.status, leg.when.start) == ("completed", "2024-06-09")
    assert [(each.field, each.moved) for each in leg.differences] == [("dates", True)]


def test_a_visit_put_off_without_a_new_day_goes_on_with_the_next_one() -> None:
    leg = leg_of(
        row("a", "2024-04-20", visits=[visit("confirmed", "2024-05-04")]),
        row("b", "2024-05-02", visits=[visit("postponed")]),
        row("c", "2024-07-01", visits=[visit("confirmed", "2024-07-20")]),
    )
    assert (leg.status, leg.when.start) == ("confirmed", "2024-07-20")


def test_before_the_new_day_is_known_the_old_one_is_no_longer_told() -> None:
    leg = leg_of(
        row("a", "2024-04-20", visits=[visit("confirmed", "2024-05-04")]),
        row("b", "2024-05-02", visits=[visit("postponed")]),
    )
    assert (leg.status, leg.when.start) == ("postponed", None)


def test_contradictions_stand_side_by_side() -> None:
    leg = leg_of(
        row("a", "2024-05-08", visits=[visit("completed", "2024-05-05")]),
        row("b", "2024-05-08", visits=[visit("completed", "2024-05-06")]),
        row("c", "2024-05-09", visits=[visit("denied", "2024-05-06")]),
    )
    told = {each.field: {value.value: value.keys for value in each.values} for each in leg.differences}
    assert told["dates"] == {"2024-05-05": ["a#v1"], "2024-05-06": ["b#v1", "c#v1"]}
    assert told["status"] == {"completed": ["a#v1", "b#v1"], "denied": ["c#v1"]}


def test_guests_of_one_event_from_several_states_make_trips_of_their_own() -> None:
    both = visit("completed", "2024-05-05", visitors=[REYES, party("Tomas Vega", "CHL")], event="Fjord Forum")
    alone = visit("completed", "2024-05-05", visitors=[party("Tomas Vega", "CHL")])
    dossier = build_dossier([row("a", "2024-05-06", visits=[both]), row("b", "2024-05-07", visits=[alone])])
    found = {trip.travellers[0].name: {r.key for leg in trip.legs for r in leg.reports} for trip in dossier.trips}
    assert found == {"Ana Reyes": {"a#v1"}, "Tomas Vega": {"a#v1", "b#v1"}}


def test_companions_of_one_state_are_on_one_trip() -> None:
    both = visit("completed", "2024-05-05", visitors=[REYES, party("Luis Soto", "PER")])
    alone = visit("completed", "2024-05-05", visitors=[party("Luis Soto", "PER")])
    assert trips_of(
        row("a", "2024-05-06", visits=[both]),
        row("b", "2024-05-07", visits=[alone]),
        row("c", "2024-05-07", visits=[visit("completed", "2024-05-05")]),
    ) == [{"a#v1", "b#v1", "c#v1"}]


def test_legs_whose_days_are_far_apart_are_no_trip() -> None:
    legs = [
        visit("completed", "2024-01-05", trip="t1"),
        visit("completed", "2024-09-05", trip="t1", country="SWE"),
    ]
    dossier = build_dossier([row("a", "2024-10-01", visits=legs)])
    assert len(dossier.trips) == 2
    assert [near.rule for near in dossier.near_misses] == ["legs_far_apart"]


def test_a_city_tells_the_country_that_an_article_leaves_out() -> None:
    leg = leg_of(
        row("a", "2024-05-06", visits=[visit("completed", "2024-05-05", country=None, places=["Oslo"])]),
        row("b", "2024-05-06", visits=[visit("completed", "2024-05-05")]),
    )
    assert leg.country == "NOR"
    assert [report.country for report in leg.reports] == [None, "NOR"]


def test_unnamed_people_are_nobody_else() -> None:
    someone = visit("completed", "2024-05-05", visitors=[party("an envoy", "PER", kind="unnamed_person")])
    assert len(trips_of(row("a", "2024-05-06", visits=[someone]), row("b", "2024-05-06", visits=[someone]))) == 2
