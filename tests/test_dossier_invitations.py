"""One invitation from extended to answered to the visit that fulfils it."""

from __future__ import annotations

import pytest

from summarise import build_dossier
from tests.dossier_rows import BERG, Raw, asked, hosted, party, row, span, stories, visit


def test_an_invitation_is_answered_and_fulfilled_by_the_next_hosted_visit() -> None:
    found = stories(
        row("a", "2024-01-10", invitations=[asked(response="pending", extended=span("2024-01-09"))]),
        row("b", "2024-01-20", invitations=[asked(responded=span("2024-01-19"))]),
        row("c", "2024-03-08", visits=[hosted("2024-03-05")]),
    )
    assert [(each.answer, each.open, len(each.reports)) for each in found] == [("accepted", False, 2)]
    assert found[0].fulfilment is not None
    assert (found[0].fulfilment.rule, found[0].fulfilment.when.start) == ("first_visit_hosted", "2024-03-05")
    assert (found[0].extended.start, found[0].responded.start) == ("2024-01-09", "2024-01-19")


@pytest.mark.parametrize(
    "later",
    [
        visit("completed", "2024-03-05"),
        visit("completed", "2024-03-05", hosts=[party("Ole Lund", "DNK")]),
        hosted("2024-03-05", country="SWE"),
        hosted("2024-01-01"),
        hosted("2024-03-05", event="Fjord Forum"),
        visit("confirmed", "2024-03-05", hosts=[BERG]),
        hosted("2024-03-05", visitors=[party("Luis Soto", "PER")]),
    ],
    ids=["no host", "other host", "elsewhere", "before", "an event", "not held", "somebody else"],
)
def test_not_any_visit_fulfils_an_invitation(later: Raw) -> None:
    found = stories(
        row("a", "2024-01-10", invitations=[asked()]),
        row("b", "2024-03-08", visits=[later]),
    )
    assert [(each.open, each.fulfilment) for each in found] == [(True, None)]


def test_a_visit_outside_the_days_proposed_does_not_fulfil_it() -> None:
    found = stories(
        row("a", "2024-01-10", invitations=[asked(proposed=span("2024-09"))]),
        row("b", "2024-03-08", visits=[hosted("2024-03-05")]),
    )
    assert found[0].open


@pytest.mark.parametrize(
    "more", [{"response": "declined"}, {"response": "delegated"}, {"status": "withdrawn"}, {"status": "denied"}]
)
def test_what_was_declined_or_taken_back_is_closed(more: Raw) -> None:
    found = stories(
        row("a", "2024-01-10", invitations=[asked(**more)]), row("b", "2024-03-08", visits=[hosted("2024-03-05")])
    )
    assert [(each.open, each.fulfilment) for each in found] == [(False, None)]


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ({"status": "planned", "response": "pending"}, False),
        ({"proposed": span("2024-01")}, False),
        ({"proposed": span("2024-03")}, True),
        ({"proposed": {**span("2024-01"), "precision": "vague"}}, True),
        ({"response": "pending"}, True),
        ({"response": "accepted"}, True),
    ],
)
def test_open_is_what_was_made_and_is_for_a_time_that_is_not_over(more: Raw, is_open: bool) -> None:
    found = stories(row("a", "2024-03-08", invitations=[asked(**more)]))
    assert [each.open for each in found] == [is_open]


def test_what_is_told_after_the_visit_can_be_another_invitation() -> None:
    rows = [
        row("a", "2024-01-10", invitations=[asked(extended=span("2024-01-09"))]),
        row("b", "2024-03-08", visits=[hosted("2024-03-05")]),
        row("c", "2024-04-10", invitations=[asked(response="pending")]),
        row("d", "2024-05-10", invitations=[asked(extended=span("2024-01"))]),
    ]
    dossier = build_dossier(rows)
    assert [[report.key for report in each.reports] for each in dossier.invitations] == [["a#i1", "d#i1"], ["c#i1"]]
    assert "fulfilled_before" in [near.rule for near in dossier.near_misses]


def test_a_renewed_invitation_is_the_same_and_one_of_another_day_is_not() -> None:
    first = row("a", "2024-01-10", invitations=[asked(extended=span("2024-01-09"))])
    renewed = row("b", "2024-06-10", invitations=[asked(extended=span("2024-06-09"), status="renewed")])
    again = row("c", "2024-06-10", invitations=[asked(extended=span("2024-06-09"))])
    assert len(stories(first, renewed)) == 1
    assert len(stories(first, again)) == 2


def test_a_state_and_its_president_invite_as_one_and_two_people_do_not() -> None:
    state = asked(inviters=[party("Oslo", "NOR", kind="government")])
    other = asked(inviters=[party("Kari Dahl", "NOR")])
    assert len(stories(row("a", "2024-01-10", invitations=[asked()]), row("b", "2024-01-12", invitations=[state]))) == 1
    assert len(stories(row("a", "2024-01-10", invitations=[asked()]), row("b", "2024-01-12", invitations=[other]))) == 2
