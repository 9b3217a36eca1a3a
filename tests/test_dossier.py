"""The dossier on the four examples and on made-up corpora with known identity; what holds for every ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise import ArticleSummary, Dossier, LedgerRow, build_dossier
from summarise.dossier.model import InvitationStory, Trip
from tests import scenarios
from tests.dossier_corpus import Corpus, corpus
from tests.dossier_rows import SENTENCE, asked, leg_of, reports, row, visit
from tests.dossier_score import Pairs, fulfilment, score
from tests.recording.replay import Replay

CASSETTES = Path(__file__).parent.parent / "cassettes"
SEEDS = {
    "seed_000": "000_8b60f6041e6cf6ed",
    "seed_001": "001_12a61b80a6d06b2b",
    "seed_002": "002_b9da4b6a33a3ed77",
    "seed_003": "003_fd07e1a8af72dee4",
}


# --------------------------------------------------------------------------------------------------- the four examples


@pytest.fixture(scope="module")
def seeds() -> Dossier:
    """Of the recorded model's replies on the four examples."""
    rows = []
    for name, article in SEEDS.items():
        with Replay(CASSETTES / f"{name}.yaml", None) as replay:
            summary = scenarios.read(scenarios.scenario(name), replay.endpoint)
            replay.finish()
        assert isinstance(summary, ArticleSummary)
        rows.append(LedgerRow(id=article, source=article, status="ok", summary=summary.model_dump(mode="json")))
    return build_dossier(rows)


def person_id(dossier: Dossier, name: str) -> str:
    return next(person.id for person in dossier.persons if person.name == name)


def story(dossier: Dossier, inviter: str, invitee: str) -> InvitationStory:
    found = [
        each
        for each in dossier.invitations
        if (each.inviters[0].person, each.invitees[0].person)
        == (person_id(dossier, inviter), person_id(dossier, invitee))
    ]
    assert len(found) == 1
    return found[0]


def trip_with(dossier: Dossier, key: str) -> Trip:
    return next(trip for trip in dossier.trips for leg in trip.legs for each in leg.reports if each.key == key)


def test_kims_invitation_is_followed_from_september_2023_to_the_visit_of_june_2024(seeds: Dossier) -> None:
    kims = story(seeds, "Kim Jong Un", "Vladimir Putin")
    assert (kims.country, kims.extended.start, kims.answer, kims.open) == ("PRK", "2023-09", "accepted", False)
    assert [(each.day, each.response) for each in kims.reports] == [
        ("2023-10-03", "accepted"),
        ("2024-06-10", "accepted"),
    ]
    assert kims.fulfilment is not None
    assert (kims.fulfilment.held, kims.fulfilment.when.start) == (True, "2024-06-19")
    leg = next(leg for leg in trip_with(seeds, "000_8b60f6041e6cf6ed#v1").legs if leg.country == "PRK")
    assert [(each.day, each.status) for each in leg.reports] == [
        ("2023-10-03", "planned"),
        ("2024-06-10", "confirmed"),
        ("2025-05-21", "completed"),
    ]


def test_putins_invitation_is_still_open_in_may_2025(seeds: Dossier) -> None:
    putins = story(seeds, "Vladimir Putin", "Kim Jong Un")
    assert (putins.country, putins.extended.start, putins.open, putins.as_of) == ("RUS", "2024-06", True, "2025-05-21")
    assert putins.fulfilment is not None
    assert not putins.fulfilment.held  # the visits of 2019 and 2023 were before
    assert putins in list(seeds.open_invitations())


def test_lavrovs_trip_has_two_legs(seeds: Dossier) -> None:
    trip = trip_with(seeds, "001_12a61b80a6d06b2b#v2")
    assert [(leg.country, leg.when.start, leg.when.end) for leg in trip.legs] == [
        ("CHN", "2023-10-16", None),
        ("PRK", "2023-10-18", "2023-10-19"),
    ]
    assert {each.key for leg in trip.legs for each in leg.reports} == {
        "000_8b60f6041e6cf6ed#v2",
        "001_12a61b80a6d06b2b#v1",
        "001_12a61b80a6d06b2b#v2",
    }


def test_kims_visits_of_2019_and_2023_and_the_one_to_come_are_three(seeds: Dossier) -> None:
    kim = next(person for person in seeds.persons if person.name == "Kim Jong Un")
    held = [trip for trip in seeds.trips if trip.id in kim.trips]
    assert sorted(str(trip.legs[0].when.start) for trip in held) == ["2019", "2023-09-12", "None"]
    trip = trip_with(seeds, "000_8b60f6041e6cf6ed#v3")
    assert len(trip.legs[0].reports) == 4
    assert [each.field for each in trip.legs[0].differences] == ["places"]  # Vostochny, Moscow


def test_the_two_kims_are_two_and_the_two_spellings_one(seeds: Dossier) -> None:
    kims = {person.name: person for person in seeds.persons if "Kim" in person.name}
    assert set(kims) == {"Kim Jong Un", "Kim Jong Il"}
    assert {"Kim Jong Un", "Kim Jong-un"} <= set(kims["Kim Jong Un"].names)
    lavrov = next(person for person in seeds.persons if "Lavrov" in person.name)
    assert {"Sergey Lavrov", "Sergei Lavrov"} <= set(lavrov.names)


def test_an_undated_article_is_placed_by_its_own_past(seeds: Dossier) -> None:
    article = next(each for each in seeds.articles if each.id.startswith("002"))
    assert (article.day, article.day_basis) == ("2024-06-10", "inferred")  # a Monday of 2019 would be too early


# ------------------------------------------------------------------------------------------------- the made-up corpora


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_the_same_is_brought_together_and_little_else(seed: int) -> None:
    truth = corpus(300, seed)
    dossier = build_dossier(truth.rows)
    found = score(dossier, truth)
    for kind, pairs in found.items():
        assert pairs.precision >= 0.99, (kind, pairs)
        assert pairs.recall >= (0.75 if kind == "invitations" else 0.85), (kind, pairs)
    whole = sum(found.values(), Pairs(0, 0, 0))
    assert whole.precision >= 0.99
    assert whole.recall >= 0.85
    led = fulfilment(dossier, truth)
    assert led.right == led.made
    assert led.reached >= 0.75 * led.wanted


def test_the_corpus_is_hard() -> None:
    truth = corpus(300, 1)
    names: dict[str, set[str]] = {}
    for each in truth.rows:
        for one in (each.summary or {})["officials"]:
            names.setdefault(truth.persons[f"{each.id}#{one['id']}"], set()).add(one["name"])
    assert sum(len(forms) > 1 for forms in names.values()) >= 15
    statuses = {one["status"] for each in truth.rows for one in (each.summary or {})["visits"]}
    assert {
        "speculated",
        "planned",
        "confirmed",
        "postponed",
        "cancelled",
        "denied",
        "ongoing",
        "completed",
    } <= statuses
    assert sum((each.summary or {})["published"] is None for each in truth.rows) >= 5
    assert fulfilment(build_dossier([]), truth).wanted >= 10


def shuffled(truth: Corpus, order: list[int]) -> list[LedgerRow]:
    return [truth.rows[at] for at in order]


SMALL = corpus(24, 5)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(SMALL.rows))))
def test_the_order_of_the_rows_makes_no_difference(order: list[int]) -> None:
    assert build_dossier(shuffled(SMALL, order)) == build_dossier(SMALL.rows)


def kept(before: list[str], after: list[str]) -> float:
    return len(set(before) & set(after)) / len(before)


def test_ids_stay_when_the_ledger_grows() -> None:
    rows = corpus(120, 4).rows
    before, after = build_dossier(rows[:100]), build_dossier(rows)
    assert kept([each.id for each in before.trips], [each.id for each in after.trips]) >= 0.95
    assert kept([each.id for each in before.invitations], [each.id for each in after.invitations]) >= 0.95
    assert {p.id for p in before.persons} & {p.id for p in after.persons} >= {
        p.id for p in before.persons if len(p.mentions) > 1
    }


def test_every_report_is_in_one_place_and_says_why() -> None:
    dossier = build_dossier(SMALL.rows)
    for trip in dossier.trips:
        for leg in trip.legs:
            assert [report.joined is None for report in leg.reports].count(True) == 1
            keys = {report.key for report in leg.reports}
            assert all(report.joined is None or report.joined.to in keys for report in leg.reports)
            assert all(report.evidence for report in leg.reports)
    mentions = [mention.key for person in dossier.persons for mention in person.mentions]
    assert len(mentions) == len(set(mentions))
    told = {f"{each.id}#{one['id']}" for each in SMALL.rows for one in (each.summary or {})["visits"]}
    assert {report.key for report in reports(dossier)} == told
    ids = {each.id for each in dossier.persons} | {each.id for each in dossier.trips}
    ids |= {each.id for each in dossier.invitations}
    assert all(set(near.ids) <= ids for near in dossier.near_misses)


# ----------------------------------------------------------------------------------------------- what ledgers can hold


def test_failed_rows_broken_records_and_types_of_ones_own() -> None:
    broken = visit("no such status")
    own = visit("completed", "2024-05-05", cost=3)
    ledger = [
        LedgerRow(id="f", source="f", status="failed"),
        row("a", "31 May", visits=[broken, own], more={"agreements": [{"id": "a1"}], "visitz": 3}),
        LedgerRow(id="b", source="b", status="ok", summary={"visits": {"no": "list"}, "officials": None}),
        LedgerRow(id="c", source="c", status="ok", summary={"visits": [3, None], "published": 7, "provenance": []}),
    ]
    dossier = build_dossier(ledger)
    assert dossier.failed == 1
    assert [each.key for each in dossier.skipped] == ["a#v1", "b#v", "c#v1", "c#v2"]
    assert [report.more for report in reports(dossier)] == [{"cost": 3}]
    assert dossier.other_records == {"agreements": 1}
    assert dossier.articles[0].day is None


def test_of_rows_with_one_id_the_last_counts() -> None:
    old, new = row("a", "2024-05-06", visits=[visit("planned")]), row("a", "2024-05-06", visits=[visit("cancelled")])
    assert leg_of(old, new).status == "cancelled"


TEXT = st.text(max_size=12)
PARTIES = st.lists(
    st.builds(
        lambda name, kind, country: {"name": name, "kind": kind, "country": country},
        st.one_of(
            TEXT, st.sampled_from(["Kim", "Kim Jong Un", "金正恩", "the envoy", "J. Berg", "Jan Berg", "Moscow"])
        ),
        st.sampled_from(["person", "unnamed_person", "delegation", "government", "organisation"]),
        st.sampled_from([None, "PRK", "NOR", "XXX"]),
    ),
    min_size=1,
    max_size=3,
)
DATES = st.sampled_from(
    [None, "2024", "2024-05", "2024-05-04", "2024-13", "2024-02-31", "0000", "9999-12-31", "2024-21"]
)
SPANS = st.builds(
    lambda start, end, precision: {"start": start, "end": end, "precision": precision},
    DATES, DATES, st.sampled_from(["day", "week", "month", "season", "year", "vague", "none"]),
)  # fmt: skip
VISITS = st.builds(
    lambda who, country, when, status, focus, hosts, trip: {
        "visitors": who, "country": country, "when": when, "status": status, "focus": focus, "evidence": SENTENCE,
        "hosts": hosts, "trip": trip,
    },
    PARTIES, st.sampled_from([None, "PRK", "NOR"]), SPANS,
    st.sampled_from(["speculated", "planned", "postponed", "cancelled", "denied", "ongoing", "completed", "unknown"]),
    st.sampled_from(["main", "background"]), PARTIES, st.sampled_from([None, "t1"]),
)  # fmt: skip
ASKED = st.builds(
    lambda one, other, made, status: asked(inviters=one, invitees=other, extended=made, status=status, visit="v1"),
    PARTIES, PARTIES, SPANS, st.sampled_from(["extended", "renewed", "withdrawn"]),
)  # fmt: skip
ROWS = st.lists(
    st.tuples(DATES, st.lists(VISITS, max_size=3), st.lists(ASKED, max_size=2)), min_size=1, max_size=6
).map(
    lambda given: [
        row(f"a{at}", day, visits=visits, invitations=invitations)
        for at, (day, visits, invitations) in enumerate(given)
    ]
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_any_ledger_gives_a_dossier_that_can_be_written_and_read(rows: list[LedgerRow]) -> None:
    dossier = build_dossier(rows)
    assert Dossier.model_validate_json(dossier.model_dump_json()) == dossier
    told = sum(len(each.summary["visits"]) for each in rows if each.summary)
    assert len({report.key for report in reports(dossier)}) == told
    assert sum(len(each.reports) for each in dossier.invitations) == sum(
        len(each.summary["invitations"]) for each in rows if each.summary
    )
