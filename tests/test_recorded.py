"""The library on recorded exchanges with a language model: what a user gets for real articles and for real trouble."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarise.corpus.ledger import LedgerRow
from summarise.errors import AuthenticationFailed, FilteredReply, QuotaExhausted, RefusedReply, TruncatedReply
from summarise.evaluation import Evaluation, evaluate
from summarise.records import ArticleSummary, Invitation, Official, Visit
from tests import scenarios
from tests.own_records import TradeSummary
from tests.recording.replay import Replay

GOLD = Path(__file__).parent / "gold" / "seeds"
SEEDS = {
    "seed_000": "000_8b60f6041e6cf6ed",
    "seed_001": "001_12a61b80a6d06b2b",
    "seed_002": "002_b9da4b6a33a3ed77",
    "seed_003": "003_fd07e1a8af72dee4",
}


def read(cassette: Replay) -> ArticleSummary:
    outcome = scenarios.read(scenarios.scenario(cassette.name), cassette.endpoint)
    assert isinstance(outcome, ArticleSummary), outcome
    _evidence_is_verbatim(cassette, outcome)
    return outcome


def _evidence_is_verbatim(cassette: Replay, summary: ArticleSummary) -> None:
    text = scenarios.source(scenarios.scenario(cassette.name)).read_text(encoding="utf-8")
    records: list[Visit | Invitation | Official] = [*summary.visits, *summary.invitations, *summary.officials]
    assert records
    for record in records:
        assert record.evidence
        for evidence in record.evidence:
            assert evidence.text == text[evidence.start : evidence.end]


def against_gold(name: str, summary: ArticleSummary) -> Evaluation:
    """A summary of a seed article against its annotation."""
    row = LedgerRow(id=SEEDS[name], source="", status="ok", summary=summary.model_dump(mode="json"))
    return evaluate(GOLD / f"{SEEDS[name]}.json", [row], resamples=1)


def went(summary: ArticleSummary) -> set[tuple[str, str | None, str | None, str]]:
    """Each visit as (first visitor, country, start, status)."""
    return {(visit.visitors[0].name, visit.country, visit.when.start, visit.status) for visit in summary.visits}


def outcomes(summary: ArticleSummary) -> list[str]:
    assert summary.provenance is not None
    return [attempt.outcome for attempt in summary.provenance.attempts]


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.cassette(name), id=name) for name in SEEDS])
def test_a_seed_article_gives_the_visits_of_its_annotation(name: str, cassette: Replay) -> None:
    summary = read(cassette)
    scored = against_gold(name, summary)
    assert scored.findings == []  # nothing missed, and nothing that the annotation says must not become a record
    assert scored.records["all records"].f1.value == 1
    assert scored.core_visits.f1.value == 1
    assert scored.fields["visits"]["status"].accuracy == 1
    assert scored.slots.f1.value is not None
    assert scored.slots.f1.value >= 0.95
    assert summary.rejected == []
    assert outcomes(summary) == ["accepted"]


@pytest.mark.cassette("seed_000_async")
async def test_the_async_twin_gives_the_same(cassette: Replay) -> None:
    scenario = scenarios.scenario(cassette.name)
    async with scenarios.summariser(scenario, cassette.endpoint) as reader:
        summary = await reader.aread(scenarios.source(scenario))
    assert against_gold("seed_000", summary).findings == []
    with Replay(cassette.path, None) as same:
        told = scenarios.read(scenarios.scenario("seed_000"), same.endpoint)
        same.finish()
    assert isinstance(told, ArticleSummary)
    assert summary.model_dump(exclude={"provenance"}) == told.model_dump(exclude={"provenance"})


@pytest.mark.cassette("seed_002")
def test_a_year_that_only_a_weekday_tells_is_no_publication_date(cassette: Replay) -> None:
    summary = read(cassette)
    assert summary.published is None
    assert summary.provenance is not None
    assert "2024-06-10" in summary.provenance.possible_references
    assert "year_inferred" in [concern.kind for concern in summary.concerns]


@pytest.mark.cassette("seed_001")
def test_legs_of_one_trip_are_tied_and_ordered_by_date(cassette: Replay) -> None:
    legs = {visit.country: (visit.trip, visit.leg) for visit in read(cassette).visits if visit.trip}
    assert legs == {"CHN": ("t1", 1), "PRK": ("t1", 2)}


@pytest.mark.cassette("short")
def test_an_invitation_is_tied_to_the_visit_that_answers_it(cassette: Replay) -> None:
    summary = read(cassette)
    coming = next(visit for visit in summary.visits if visit.when.start == "2024-05-20")
    invitation = next(each for each in summary.invitations if each.country == "AGO")
    assert (invitation.visit, coming.invitation) == (coming.id, invitation.id)
    assert (coming.when.end, coming.when.precision, coming.when.basis) == ("2024-05-22", "day", "inferred")


@pytest.mark.cassette("wire_copy")
def test_wire_copy_with_a_postponed_trip_and_three_legs(cassette: Replay) -> None:
    summary = read(cassette)
    found = went(summary)
    assert ("Folasade Adeyoko", "NOR", "2024-03-13", "confirmed") in found
    assert ("Sigurd Hovland", "KEN", "2024-04-22", "postponed") in found
    assert ("Emeka Durunwa", "NOR", "2024-03", "speculated") in found
    assert {"PRT", "MAR", "SEN"} <= {country for _, country, _, _ in found}
    assert "NGA" not in {country for name, country, _, _ in found if name == "Folasade Adeyoko"}
    assert summary.rejected == []


@pytest.mark.cassette("local_paper")
def test_a_trip_that_is_denied_is_not_one_that_took_place(cassette: Replay) -> None:
    summary = read(cassette)
    to_rwanda = [visit for visit in summary.visits if visit.country == "RWA"]
    assert [visit.status for visit in to_rwanda] == ["denied"]
    assert [each.response for each in summary.invitations] == ["acknowledged"]  # thanked, not answered
    assert "Wanjiru Kimathe" not in {name for name, *_ in went(summary)}  # a resident envoy


@pytest.mark.cassette("translated_copy")
def test_two_spellings_of_one_name_are_one_person(cassette: Replay) -> None:
    summary = read(cassette)
    one = [official for official in summary.officials if "Kuzmenkov" in official.name]
    assert len(one) == 1
    assert {"Sergei Kuzmenkov", "Sergey Kuzmenkov"} <= {one[0].name, *one[0].variants}
    assert ("Bang So-ra", "BLR", "cancelled") in {(name, country, status) for name, country, _, status in went(summary)}
    assert summary.rejected == []


@pytest.mark.cassette("press_release")
def test_past_visits_of_a_list_are_records_of_their_own(cassette: Replay) -> None:
    summary = read(cassette)
    assert summary.published == "2025-02-12"
    years = {(visit.when.start, visit.country) for visit in summary.visits if visit.focus == "background"}
    assert years == {("2019", "FIN"), ("2015", "CHL"), ("1999", "CHL"), ("2007", "CHL")}
    state_visit = next(visit for visit in summary.visits if visit.when.start == "2025-02-26")
    assert (state_visit.kind, state_visit.country, state_visit.when.end) == ("state", "FIN", "2025-02-28")


@pytest.mark.cassette("live_blog")
def test_a_live_blog_of_arrivals(cassette: Replay) -> None:
    summary = read(cassette)
    found = {(name, country, status) for name, country, _, status in went(summary)}
    assert ("Ruth Avosa", "FJI", "ongoing") in found
    assert ("Declan Tarrowby", "SLB", "confirmed") in found
    assert not [visit for visit in summary.visits if visit.country in ("JPN", "VUT")]  # boilerplate links
    assert [each for each in summary.invitations if each.country == "FJI"] == []  # a joke invites nobody
    assert summary.rejected == []


@pytest.mark.cassette("headline_brief")
def test_a_headline_carries_a_visit(cassette: Replay) -> None:
    summary = read(cassette)
    visit = next(visit for visit in summary.visits if visit.country == "IND")
    assert (visit.visitors[0].name, visit.status) == ("Khamsouk Thavorinh", "ongoing")
    assert all(visit.when.start is None for visit in summary.visits)  # no date is given, and none is invented


@pytest.mark.cassette("no_visits")
def test_an_article_without_visits_gives_none(cassette: Replay) -> None:
    summary = read(cassette)
    assert (summary.visits, summary.invitations, summary.rejected) == ([], [], [])


@pytest.mark.cassette("latin_america")
def test_a_summit_and_who_comes_to_it(cassette: Replay) -> None:
    summary = read(cassette)
    found = {(name, country, status) for name, country, _, status in went(summary)}
    assert ("Nayra Quispetupa", "URY", "confirmed") in found
    assert ("Rodrigo Tejadillo", "URY", "confirmed") in found
    assert not [name for name, _, _ in found if "Olaizábal" in name]  # the host does not visit
    withdrawn = [each for each in summary.invitations if each.status == "withdrawn"]
    assert [each.invitees[0].name for each in withdrawn] == ["Fausto Zelayandía"]
    assert summary.rejected == []


@pytest.mark.cassette("french")
def test_an_article_in_french(cassette: Replay) -> None:
    summary = read(cassette)
    assert summary.language == "fr"
    found = went(summary)
    assert ("Bastien Lacourneuve", "DZA", "2024-05-21", "confirmed") in found
    assert ("Bastien Lacourneuve", "SEN", "2024-06-06", "postponed") in found
    assert ("Bastien Lacourneuve", "LBY", "denied") in {(name, country, status) for name, country, _, status in found}
    assert summary.rejected == []


@pytest.mark.cassette("own_schema")
def test_records_of_a_users_own(cassette: Replay) -> None:
    summary = read(cassette)
    assert isinstance(summary, TradeSummary)
    agreement = summary.agreements[0]
    assert {party.name for party in agreement.signatories} == {"Daulet Omarov", "Rustam Karimjonov"}
    assert (agreement.id, agreement.signed.start) == ("a1", "2024-09-18")
    assert agreement.evidence[0].text.startswith("Omarov and Uzbek President")
    assert [visit.country for visit in summary.visits] == ["UZB", "KAZ"]
    assert summary.provenance is not None
    assert any("announcement" in warning for warning in summary.provenance.warnings)


def _short_is_right(summary: ArticleSummary) -> None:
    assert {(visit.visitors[0].name, visit.country) for visit in summary.visits} == {
        ("Teresa Valadares", "AGO"),
        ("Domingos Kiala", "PRT"),
    }
    assert summary.rejected == []


@pytest.mark.cassette("induced_malformed_json")
def test_malformed_json_is_sent_back_once(cassette: Replay) -> None:
    summary = read(cassette)
    _short_is_right(summary)
    assert outcomes(summary) == ["complaint", "accepted"]


@pytest.mark.cassette("induced_schema_violation")
def test_a_value_outside_the_schema_is_named_and_sent_back(cassette: Replay) -> None:
    summary = read(cassette)
    # The complaint asks to keep what was not named, and the induced reply had this one visit.
    assert went(summary) == {("Teresa Valadares", "AGO", "2024-05-20", "confirmed")}
    assert summary.provenance is not None
    complaint = summary.provenance.attempts[0].complaints[0]
    assert complaint.startswith("visits[0].status:")
    assert "confirmed" in complaint


@pytest.mark.cassette("induced_ungrounded")
def test_an_invented_visit_is_sent_back_and_goes(cassette: Replay) -> None:
    summary = read(cassette)
    _short_is_right(summary)
    assert summary.provenance is not None
    assert any("Rui Falcao" in complaint for complaint in summary.provenance.attempts[0].complaints)


@pytest.mark.cassette("induced_ungrounded_twice")
def test_an_invented_visit_that_stays_is_kept_apart(cassette: Replay) -> None:
    summary = read(cassette)
    assert [visit.visitors[0].name for visit in summary.visits] == ["Teresa Valadares"]
    rejected = summary.rejected[0]
    assert rejected.type == "visits"
    assert any("Rui Falcao" in reason for reason in rejected.reasons)
    assert outcomes(summary) == ["complaint", "partly_accepted"]


@pytest.mark.cassette("induced_truncated")
def test_a_reply_cut_off_is_asked_for_once_more_with_a_larger_limit(cassette: Replay) -> None:
    summary = read(cassette)
    assert outcomes(summary) == ["truncated", "accepted"]
    assert {visit.country for visit in summary.visits} == {"AGO", "PRT"}


@pytest.mark.cassette("induced_rate_limited")
def test_a_rate_limit_is_waited_for_as_long_as_it_says(cassette: Replay) -> None:
    summary = read(cassette)
    assert summary.provenance is not None
    first, second = summary.provenance.attempts
    assert (first.error, first.status_code) == ("RateLimited", 429)
    assert first.waited is not None
    assert 7 <= first.waited < 8  # what Retry-After asks for, and a little jitter
    assert second.outcome == "accepted"


@pytest.mark.cassette("induced_server_failed")
def test_a_server_error_is_tried_again(cassette: Replay) -> None:
    assert outcomes(read(cassette)) == ["failed", "accepted"]


@pytest.mark.cassette("induced_schema_refused")
def test_a_model_without_schemas_is_asked_one_rung_lower(cassette: Replay) -> None:
    summary = read(cassette)
    assert summary.provenance is not None
    assert [attempt.rung for attempt in summary.provenance.attempts] == ["json_schema", "json_object"]
    assert summary.provenance.rung == "json_object"
    assert {visit.country for visit in summary.visits} == {"AGO", "PRT"}


@pytest.mark.cassette("induced_quoted_json")
def test_json_quoted_from_the_article_does_not_win(cassette: Replay) -> None:
    summary = read(cassette)
    assert summary.provenance is not None
    assert summary.provenance.rung == "text"
    assert "surrounding_text" in [repair.kind for repair in summary.provenance.repairs]
    to_iceland: list[Visit] = [visit for visit in summary.visits if visit.country == "ISL"]
    assert {(visit.visitors[0].name, visit.status) for visit in to_iceland} == {
        ("Haldor", "denied"),
        ("Lars Dahl", "completed"),
    }


@pytest.mark.parametrize(
    ("name", "error"),
    [
        pytest.param(name, error, marks=pytest.mark.cassette(name), id=name)
        for name, error in (
            ("induced_truncated_twice", TruncatedReply),
            ("induced_refusal", RefusedReply),
            ("induced_content_filter", FilteredReply),
            ("induced_quota_exhausted", QuotaExhausted),
            ("induced_wrong_key", AuthenticationFailed),
        )
    ],
)
def test_what_cannot_be_helped_is_an_error_that_says_what_to_do(
    name: str, error: type[Exception], cassette: Replay
) -> None:
    outcome = scenarios.read(scenarios.scenario(name), cassette.endpoint)
    assert type(outcome) is error
    assert not isinstance(outcome, ArticleSummary)
    assert outcome.hint
    assert outcome.attempts
    assert outcome.attempts[-1].outcome in ("failed", "truncated")
