"""The scoring protocol on made-up ledgers: each kind of error costs just what the protocol says, and no more."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.evaluation import Evaluation, GoldArticle, evaluate
from summarise.evaluation.align import similarity
from summarise.evaluation.assignment import assign
from summarise.evaluation.dates import agreement, contains, fault_of_span, is_date
from summarise.evaluation.normalise import People, overlap, same_text, shares_words
from summarise.evaluation.result import Estimate
from summarise.evaluation.wanted import Named, wanted_of
from summarise.records import DateSpan, Visit
from tests.gold_ledgers import (
    Raw,
    gold,
    invitation,
    official,
    perfect,
    person,
    result,
    row,
    summary,
    visit,
)

REYES = visit("Ana Reyes", "NOR", "2024-05-04", end="2024-05-06", hosts=[person("Jan Berg", "NOR")], places=["Oslo"])
LIMA = visit("Jan Berg", "PER", "2023-09", status="completed", focus="background")
ARTICLE = gold(
    visits=[REYES, LIMA],
    invitations=[invitation()],
    officials=[official(), official("Jan Berg", country="NOR", titles=["Premier"], role="head_of_government")],
)
NEGATIVE = gold("n", officials=[official()])


def counts(scored: Evaluation, kind: str = "visits") -> tuple[int, int, int]:
    """Found, false, missed."""
    score = scored.core_visits if kind == "core" else scored.upcoming if kind == "upcoming" else scored.records[kind]
    return score.found, score.false, score.missed


def slot(scored: Evaluation, name: str, kind: str = "visits") -> str:
    """The outcomes of one field, such as `correct 1, partial 1`."""
    found = scored.fields[kind][name].model_dump(exclude={"accuracy"})
    return ", ".join(f"{outcome} {count}" for outcome, count in found.items() if count)


# ------------------------------------------------------------------------------------------------------- whole ledgers


def test_gold_against_itself_is_right_in_everything() -> None:
    scored = evaluate([ARTICLE, NEGATIVE], [perfect(ARTICLE), perfect(NEGATIVE)], resamples=20)
    one = Estimate(value=1.0, low=1.0, high=1.0)
    for score in (scored.core_visits, *scored.records.values(), scored.upcoming):
        assert (score.precision, score.recall, score.f1, score.macro_f1) == (one, one, one, one)
    assert (scored.slots.precision, scored.slots.recall, scored.slots.f1) == (one, one, one)
    accuracies = [field.accuracy for fields in scored.fields.values() for field in fields.values()]
    assert {accuracy for accuracy in accuracies if accuracy is not None} == {1.0}
    assert scored.findings == []
    assert (scored.negatives.articles, scored.negatives.false_visits) == (1, 0)
    assert scored.validity.share == 1.0
    assert all(one.right == one.given for one in [*scored.statuses, *scored.classes])


def test_an_empty_ledger_finds_nothing_and_is_right_on_negatives() -> None:
    quiet = gold("q")
    scored = evaluate([ARTICLE, quiet], [row("a", summary()), row("q", summary())], resamples=5)
    assert counts(scored) == (0, 0, 2)
    assert counts(scored, "all records") == (0, 0, 5)
    assert scored.records["visits"].recall.value == 0
    assert scored.records["visits"].precision.value is None
    assert scored.records["visits"].f1.value == 0
    assert scored.records["visits"].macro_f1.value == 0.5
    assert scored.negatives.per_article.value == 0
    assert scored.slots.f1.value == 0
    assert {(finding.outcome, finding.path) for finding in scored.findings} == {
        ("missed", path) for path in ("visits.v1", "visits.v2", "invitations.i1", "officials.o1", "officials.o2")
    }


def test_articles_that_are_absent_or_failed_count_as_nothing_found() -> None:
    third = gold("c", visits=[REYES])
    scored = evaluate([ARTICLE, NEGATIVE, third], [perfect(ARTICLE), row("n", None), row("x", summary())], resamples=5)
    assert (scored.absent, scored.failed, scored.unknown) == (["c"], ["n"], ["x"])
    assert counts(scored) == (2, 0, 1)
    assert counts(scored, "officials") == (2, 0, 1)
    assert (scored.validity.articles, scored.validity.valid, scored.validity.share) == (2, 1, 0.5)


def test_micro_pools_and_macro_is_the_mean_over_articles() -> None:
    many = gold("m", visits=[visit(country=code) for code in ("NOR", "SWE", "FIN")])
    quiet = gold("q")
    rows = [row("m", summary(visits=[visit(country="NOR", id="x")])), row("q", summary())]
    scored = evaluate([many, quiet], rows, resamples=5)
    assert scored.records["visits"].f1.value == pytest.approx(2 / 4)
    assert scored.records["visits"].macro_f1.value == pytest.approx((0.5 + 1) / 2)


# ---------------------------------------------------------------------------------------------- one error at a time


def test_a_duplicate_is_one_false_record() -> None:
    scored = result(ARTICLE, visits=[REYES, LIMA, REYES])
    assert counts(scored) == (2, 1, 0)
    assert counts(scored, "core") == (2, 1, 0)
    assert counts(scored, "upcoming") == (1, 1, 0)
    assert [finding.outcome for finding in scored.findings] == ["false"]
    assert scored.findings[0].record == "Ana Reyes to NOR, 2024-05-04 to 2024-05-06, confirmed"


@pytest.mark.parametrize(
    "extra",
    [
        visit("Ana Reyes", "NOR", "2024-07", status="speculated"),  # a possible date as a further visit
        visit("Ana Reyes", "BRA", "2024-01", status="completed"),  # a negated visit
        visit("Jan Berg", "NOR"),  # a site tour in his own country
    ],
)
def test_what_is_no_visit_is_one_false_record(extra: Raw) -> None:
    scored = result(ARTICLE, visits=[REYES, LIMA, extra])
    assert counts(scored) == (2, 1, 0)
    assert scored.fields == result(ARTICLE).fields
    assert scored.slots.recall.value == 1
    assert scored.slots.precision.value is not None
    assert scored.slots.precision.value < 1


def test_a_visit_in_a_negative_article_is_counted_there() -> None:
    scored = evaluate(
        [ARTICLE, NEGATIVE], [perfect(ARTICLE), row("n", summary(NEGATIVE, visits=[REYES, LIMA]))], resamples=1
    )
    assert (scored.negatives.articles, scored.negatives.false_visits, scored.negatives.with_false_visits) == (1, 2, 1)
    assert scored.negatives.per_article.value == 2
    assert scored.records["visits"].macro_f1.value == 0.5


def test_a_reporter_among_the_officials_is_one_false_record() -> None:
    officials = [official(), official("Jan Berg"), official("Lee Ho", role="other")]
    assert counts(result(ARTICLE, officials=officials), "officials") == (2, 1, 0)


def test_a_wrong_country_is_a_false_and_a_missed_visit() -> None:
    scored = result(ARTICLE, visits=[{**REYES, "country": "SWE"}, LIMA])
    assert counts(scored) == (1, 1, 1)
    assert slot(scored, "country") == "correct 1"
    assert counts(scored, "upcoming") == (0, 1, 1)


def test_a_country_that_is_not_told_is_found_with_a_missing_field() -> None:
    scored = result(ARTICLE, visits=[{**REYES, "country": None}, LIMA])
    assert counts(scored) == (2, 0, 0)
    assert slot(scored, "country") == "correct 1, missing 1"
    assert counts(scored, "core") == (1, 1, 1)
    assert scored.findings[0].wrong == ["country NOR, given nothing"]


def test_a_wrong_visitor_is_a_false_and_a_missed_visit() -> None:
    assert counts(result(ARTICLE, visits=[{**REYES, "visitors": [person("Juan Soto")]}, LIMA])) == (1, 1, 1)


def test_one_visitor_of_two_is_found_with_a_partial_field() -> None:
    both = gold(visits=[visit([person("Ana Reyes"), person("Juan Soto")], start="2024-05-04")])
    scored = result(both, visits=[visit("Ana Reyes", start="2024-05-04")])
    assert counts(scored) == (1, 0, 0)
    assert slot(scored, "visitors") == "partial 1"
    assert scored.fields["visits"]["visitors"].accuracy == pytest.approx(2 / 3)
    assert counts(scored, "core") == (0, 1, 1)


@pytest.mark.parametrize(
    ("start", "outcome", "core"),
    [
        ("2024-05-04", "correct 2", 2),
        ("2024-05", "correct 1, partial 1", 1),
        ("2024", "correct 1, partial 1", 1),
        ("2023-05-04", "correct 1, incorrect 1", 1),  # the wrong year
        ("2024-05-05", "correct 1, incorrect 1", 1),
        (None, "correct 1, missing 1", 1),
    ],
)
def test_a_start_is_right_partly_right_wrong_or_missing(start: str | None, outcome: str, core: int) -> None:
    scored = result(ARTICLE, visits=[{**REYES, "when": {"start": start}}, LIMA])
    assert counts(scored) == (2, 0, 0)
    assert slot(scored, "when.start") == outcome
    assert counts(scored, "core") == (core, 2 - core, 2 - core)


def test_a_date_where_the_gold_has_none_is_spurious() -> None:
    scored = result(gold(visits=[visit()]), visits=[visit(start="2024-05")])
    assert slot(scored, "when.start") == "spurious 1"
    assert counts(scored, "core") == (0, 1, 1)


def test_an_end_that_is_the_start_says_nothing() -> None:
    scored = result(gold(visits=[visit(start="2024-05-04")]), visits=[visit(start="2024-05-04", end="2024-05-04")])
    assert slot(scored, "when.end") == ""


@pytest.mark.parametrize(
    ("status", "outcome", "core", "upcoming"),
    [
        ("confirmed", "correct 2", 2, (1, 0, 0)),
        ("planned", "correct 1, partial 1", 2, (1, 0, 0)),
        ("speculated", "correct 1, partial 1", 2, (1, 0, 0)),
        ("completed", "correct 1, incorrect 1", 1, (0, 0, 1)),
        ("postponed", "correct 1, incorrect 1", 1, (0, 0, 1)),
        ("unknown", "correct 1, incorrect 1", 1, (0, 0, 1)),
    ],
)
def test_a_status_of_the_same_class_is_partly_right(
    status: str, outcome: str, core: int, upcoming: tuple[int, int, int]
) -> None:
    scored = result(ARTICLE, visits=[{**REYES, "status": status}, LIMA])
    assert slot(scored, "status") == outcome
    assert counts(scored, "core") == (core, 2 - core, 2 - core)
    assert counts(scored, "upcoming") == upcoming


def test_past_as_upcoming_is_a_false_alarm_and_stands_in_the_confusion() -> None:
    scored = result(ARTICLE, visits=[REYES, {**LIMA, "status": "planned"}])
    assert counts(scored, "upcoming") == (1, 1, 0)
    assert {(one.right, one.given): one.count for one in scored.classes} == {
        ("upcoming", "upcoming"): 1,
        ("happened", "upcoming"): 1,
    }
    assert {(one.right, one.given) for one in scored.statuses} == {("confirmed", "confirmed"), ("completed", "planned")}


def test_missed_and_false_visits_stand_in_the_confusion_as_none() -> None:
    scored = result(ARTICLE, visits=[LIMA, visit("Juan Soto", "USA", status="denied")])
    assert {(one.right, one.given) for one in scored.classes} == {
        ("happened", "happened"),
        ("upcoming", "none"),
        ("none", "off"),
    }


def test_a_missing_leg_is_one_missed_visit() -> None:
    scored = result(ARTICLE, visits=[REYES])
    assert counts(scored) == (1, 0, 1)
    assert counts(scored, "core") == (1, 0, 1)
    assert [(finding.outcome, finding.path) for finding in scored.findings] == [("missed", "visits.v2")]


@pytest.mark.parametrize(
    ("change", "field", "outcome"),
    [
        ({"hosts": []}, "hosts", "missing 1"),
        ({"hosts": [person("Juan Soto")]}, "hosts", "incorrect 1"),
        ({"places": ["OSLO", "Bergen"]}, "places", "partial 1"),
        ({"places": ["Bergen"]}, "places", "incorrect 1"),
        ({"event": "Arctic Forum"}, "event", "spurious 1"),
        ({"kind": "state"}, "kind", "spurious 1"),
        ({"focus": "background"}, "focus", "correct 1, incorrect 1"),
    ],
)
def test_other_fields_of_a_visit(change: Raw, field: str, outcome: str) -> None:
    scored = result(ARTICLE, visits=[{**REYES, **change}, LIMA])
    assert slot(scored, field) == outcome
    assert counts(scored, "core") == (2, 0, 0)
    assert scored.slots.f1.value is not None
    assert scored.slots.f1.value < 1


def test_an_event_told_in_fewer_words_is_partly_right() -> None:
    article = gold(visits=[visit(event="third Belt and Road Forum")])
    assert slot(result(article, visits=[visit(event="Belt and Road forum")]), "event") == "partial 1"
    assert slot(result(article, visits=[visit(event="Arctic Forum")]), "event") == "incorrect 1"


def test_slots_of_false_and_missed_records_are_spurious_and_missing() -> None:
    article = gold(visits=[visit(start="2024")])  # visitors, country, start, status, focus
    missed = result(article, visits=[])
    assert (missed.slots.possible, missed.slots.actual, missed.slots.credit) == (5, 0, 0)
    twice = result(article, visits=[visit(start="2024"), visit(start="2024")])
    assert (twice.slots.possible, twice.slots.actual, twice.slots.credit) == (5, 10, 5)
    assert twice.slots.f1.value == pytest.approx(2 * 5 / 15)


# ------------------------------------------------------------------------------------- invitations and officials


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, (1, 0, 0)),
        ({"country": "SWE"}, (1, 0, 0)),
        ({"inviters": [person("Juan Soto")]}, (1, 0, 0)),
        ({"inviters": [person("Juan Soto")], "country": "SWE"}, (0, 1, 1)),
        ({"invitees": [person("Lee Ho")], "inviters": [person("Juan Soto")]}, (0, 1, 1)),
    ],
)
def test_an_invitation_is_found_by_inviter_invitee_and_country(change: Raw, expected: tuple[int, int, int]) -> None:
    assert counts(result(ARTICLE, invitations=[{**invitation(), **change}]), "invitations") == expected


def test_an_occasion_and_a_date_tell_invitations_apart() -> None:
    article = gold(
        visits=[],
        invitations=[
            invitation(occasion="state visit", proposed={"start": "2024-05"}),
            invitation(occasion="Arctic forum", response="declined"),
            invitation(proposed={"start": "2025"}, response="pending"),
        ],
    )
    turned = [
        invitation(proposed={"start": "2025"}, response="pending"),
        invitation(occasion="the Arctic Forum", response="declined"),
        invitation(occasion="state visit", proposed={"start": "2024-05-02"}),
    ]
    scored = result(article, invitations=turned)
    assert slot(scored, "response", "invitations") == "correct 3"
    assert slot(scored, "proposed.start", "invitations") == "correct 1, partial 1"


def test_an_official_is_found_by_name_alone() -> None:
    other = official("Reyes", role="minister", titles=["Minister", "Foreign Minister"], country=None, tenure="former")
    scored = result(ARTICLE, officials=[other])
    assert counts(scored, "officials") == (1, 0, 1)
    assert slot(scored, "name", "officials") == "correct 1"
    assert slot(scored, "role", "officials") == "incorrect 1"
    assert slot(scored, "titles", "officials") == "partial 1"
    assert slot(scored, "country", "officials") == "missing 1"
    assert slot(scored, "tenure", "officials") == "incorrect 1"


def test_the_articles_own_fields_are_reported_and_are_no_slots() -> None:
    header = {
        "published": "2024-05-01",
        "outlet": "The Paper",
        "agencies": ["ANP"],
        "dateline": "OSLO",
        "language": "en",
    }
    article = gold(header=header, scoring={"alternatives": {"outlet": ["Paper Online"], "agencies": [["ANP", "TT"]]}})
    stored = summary(article) | {
        "published": "2023-05-01",
        "outlet": "Paper online",
        "agencies": ["TT", "ANP"],
        "dateline": "Oslo",
    }
    scored = evaluate([article], [row("a", stored)], resamples=1)
    for name, outcome in (
        ("published", "incorrect 1"),
        ("outlet", "correct 1"),
        ("agencies", "correct 1"),
        ("dateline", "correct 1"),
        ("language", "correct 1"),
        ("byline", ""),
    ):
        assert slot(scored, name, "article") == outcome
    assert scored.slots.possible == 0


# ----------------------------------------------------------------------------- optional, alternatives and merges


OPTIONAL = gold(visits=[REYES, LIMA], scoring={"optional": ["visits.v2"]})


@pytest.mark.parametrize("second", [[], [LIMA], [{**LIMA, "status": "planned", "when": {"start": "2019"}}]])
def test_an_optional_record_is_neither_reward_nor_loss(second: list[Raw]) -> None:
    scored = result(OPTIONAL, visits=[REYES, *second])
    bare = result(gold(visits=[REYES]))
    assert counts(scored) == (1, 0, 0)
    assert scored.slots == bare.slots
    assert scored.fields == bare.fields
    assert scored.upcoming == bare.upcoming
    assert scored.findings == []


def test_a_duplicate_of_an_optional_record_is_false() -> None:
    assert counts(result(OPTIONAL, visits=[REYES, LIMA, LIMA])) == (1, 1, 0)


def test_among_equals_the_required_record_is_answered() -> None:
    article = gold(visits=[REYES, REYES], scoring={"optional": ["visits.v1"]})
    assert counts(result(article, visits=[REYES])) == (1, 0, 0)


def alternatives(**paths: list[Any]) -> Raw:
    return {"alternatives": {f"visits.v1.{name.replace('__', '.')}": values for name, values in paths.items()}}


@pytest.mark.parametrize(
    ("scoring", "change"),
    [
        (alternatives(status=["completed"]), {"status": "completed"}),
        (alternatives(country=["SWE"]), {"country": "SWE"}),
        (alternatives(country=[None]), {"country": None}),
        (alternatives(when__start=["2024-06", None]), {"when": {"start": "2024-06"}}),
        (alternatives(when__start=["2024-06", None]), {"when": {}}),
        (alternatives(when__end=[None]), {"when": {"start": "2024-05-04"}}),
        (alternatives(when=[{"start": "2024-06", "end": "2024-07"}]), {"when": {"start": "2024-06", "end": "2024-07"}}),
        (alternatives(when=[None]), {"when": {}}),
        (alternatives(hosts=[["Juan Soto"], []]), {"hosts": [person("Juan Soto")]}),
        (alternatives(hosts=[["Juan Soto"], []]), {"hosts": []}),
        (
            alternatives(hosts=[["Jan Berg", "the ministry"]]),
            {"hosts": [person("Berg"), person("Ministry", kind="organisation")]},
        ),
        (alternatives(visitors=[["Juan Soto"]]), {"visitors": [person("Juan Soto")]}),
        (alternatives(visitors__0__name=["Anita R."]), {"visitors": [person("Anita R.")]}),
        (alternatives(places=[["Bergen"]]), {"places": ["Bergen"]}),
        (alternatives(kind=["state"]), {"kind": "state"}),
        (alternatives(event=["Arctic Forum"]), {"event": "the arctic forum"}),
        (alternatives(focus=["background"]), {"focus": "background"}),
    ],
)  # fmt: skip
def test_alternatives_are_right_as_the_annotated_value_is(scoring: Raw, change: Raw) -> None:
    article = gold(visits=[REYES], scoring=scoring)
    for given_visit in ({**REYES, **change}, REYES):
        scored = result(article, visits=[given_visit])
        assert counts(scored, "core") == (1, 0, 0)
        assert scored.slots.f1.value == 1
        assert scored.findings == []


def test_what_is_no_alternative_stays_wrong() -> None:
    article = gold(visits=[REYES], scoring=alternatives(status=["planned"], when__start=["2024-06"]))
    scored = result(article, visits=[{**REYES, "status": "completed", "when": {"start": "2024-07"}}])
    assert slot(scored, "status") == "incorrect 1"
    assert slot(scored, "when.start") == "incorrect 1"
    assert sorted(scored.findings[0].wrong) == [
        "status confirmed, given completed",
        "when.start 2024-05-04, given 2024-07",
    ]


def test_a_class_that_an_alternative_has_is_no_missed_and_no_false_alarm() -> None:
    article = gold(visits=[visit(status="ongoing")], scoring=alternatives(status=["planned"]))
    assert counts(result(article, visits=[visit(status="confirmed")]), "upcoming") == (1, 0, 0)
    assert counts(result(article, visits=[visit(status="completed")]), "upcoming") == (0, 0, 0)
    assert counts(result(article, visits=[]), "upcoming") == (0, 0, 0)


def test_alternatives_of_invitations_and_officials() -> None:
    article = gold(
        invitations=[invitation()],
        officials=[official()],
        scoring={
            "alternatives": {
                "invitations.i1.inviters": [["Moscow"]],
                "invitations.i1.response": ["unknown"],
                "officials.o1.role": ["minister"],
                "officials.o1.name": ["Anita R."],
            }
        },
    )
    other = [{**invitation(), "inviters": [person("Moscow", "RUS", "government")], "response": "unknown"}]
    scored = result(article, invitations=other, officials=[official("Anita R.", role="minister")])
    assert scored.slots.f1.value == 1
    assert counts(scored, "all records") == (2, 0, 0)


MERGED = gold(
    visits=[
        visit("Ana Reyes", start="2024-05"),
        visit("Juan Soto", start="2024-06", status="planned", places=["Oslo"]),
    ],
    scoring={"merge_ok": [["visits.v1", "visits.v2"]]},
)


@pytest.mark.parametrize(
    "one",
    [
        visit([person("Ana Reyes"), person("Juan Soto")], start="2024-05"),
        visit([person("Ana Reyes"), person("Juan Soto")], start="2024-06", status="planned", places=["Oslo"]),
        visit("Juan Soto", start="2024-05"),
    ],
)
def test_one_record_may_stand_for_a_group(one: Raw) -> None:
    scored = result(MERGED, visits=[one])
    assert counts(scored) == (1, 0, 0)
    assert counts(scored, "core") == (1, 0, 0)
    assert scored.slots.credit == scored.slots.actual == scored.slots.possible


def test_a_group_may_be_told_apart_and_then_each_record_is_judged_alone() -> None:
    assert counts(result(MERGED), "core") == (2, 0, 0)
    first, second = visit("Ana Reyes", start="2024-06"), visit("Juan Soto", start="2024-06", status="planned")
    scored = result(MERGED, visits=[first, second])
    assert counts(scored) == (2, 0, 0)
    assert counts(scored, "core") == (1, 1, 1)


def test_a_group_that_nobody_met_is_missed_record_by_record() -> None:
    assert counts(result(MERGED, visits=[])) == (0, 0, 2)
    assert counts(result(MERGED, visits=[visit("Lee Ho")])) == (0, 1, 2)


def test_a_third_record_for_a_group_of_two_is_false() -> None:
    assert counts(result(MERGED, visits=[visit("Ana Reyes"), visit("Juan Soto"), visit("Juan Soto")])) == (2, 1, 0)


def test_a_record_for_a_group_with_an_optional_member_is_found() -> None:
    article = gold(
        visits=[REYES, LIMA | {"country": "NOR"}],
        scoring={"merge_ok": [["visits.v1", "visits.v2"]], "optional": ["visits.v2"]},
    )
    assert counts(result(article, visits=[LIMA | {"country": "NOR"}])) == (1, 0, 0)


# --------------------------------------------------------------------------------------------------- alignment


def test_the_similarity_is_the_sum_that_the_protocol_gives() -> None:
    (wanted,) = wanted_of(
        gold(visits=[visit([person("Ana Reyes"), person("Juan Soto")], start="2024-05-04")]), "visits"
    )
    people = People(["Ana Reyes", "Juan Soto"])

    def likeness(**change: Any) -> float:
        raw = summary(visits=[visit([person("Ana Reyes"), person("Juan Soto")], start="2024-05-04") | change])[
            "visits"
        ][0]
        return similarity(wanted, Visit.model_validate(raw), people)

    assert likeness() == 1
    assert likeness(visitors=[person("Ana Reyes")]) == pytest.approx(0.4 * 2 / 3 + 0.6)
    assert likeness(country=None) == pytest.approx(0.85)
    assert likeness(when={"start": "2024-05"}) == pytest.approx(0.9)
    assert likeness(when={}) == pytest.approx(0.8)
    assert likeness(status="planned") == 1
    assert likeness(status="denied") == pytest.approx(0.9)
    assert likeness(country="SWE") == 0
    assert likeness(visitors=[person("Lee Ho")]) == 0
    assert likeness(visitors=[person("Ana Reyes")], when={}, status="denied", country=None) == pytest.approx(
        0.416666667
    )


def test_the_assignment_is_optimal_where_taking_the_best_first_is_not() -> None:
    assert assign({(0, 0): 10, (0, 1): 9, (1, 0): 9}) == [(0, 1), (1, 0)]
    assert assign({(0, 0): 10, (0, 1): 4, (1, 0): 4}) == [(0, 0)]
    assert assign({}) == []


def test_records_are_aligned_for_the_best_of_all() -> None:
    # The first given record is most like v1, and v2 has no other: taking the best pair first leaves v2 without answer.
    both = [person("Ana Reyes"), person("Juan Soto")]
    article = gold(visits=[visit(both, start="2024-05"), visit("Juan Soto", start="2024-06")])
    answers = [visit(both, start="2024-05"), visit("Ana Reyes", start="2024-05", status="denied")]
    scored = result(article, visits=answers)
    assert counts(scored) == (2, 0, 0)


def test_of_equal_alignments_the_one_with_more_right_fields_counts() -> None:
    article = gold(visits=[visit(places=["Oslo"]), visit(places=["Bergen"])])
    assert slot(result(article, visits=[visit(places=["Bergen"]), visit(places=["Oslo"])]), "places") == "correct 2"


# ------------------------------------------------------------------------------------------------------- normalising


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sergei Lavrov", "Sergey Lavrov", True),
        ("Kim Jong-un", "KIM JONG UN", True),
        ("Kim Jong Un", "Kim Jong Il", False),
        ("Zelensky", "Zelenskyy", True),
        ("S. Lavrov", "Sergei Lavrov", True),
        ("President José Núñez", "Jose Nunez", True),
        ("Lavrov", "Sergei Lavrov", True),
        ("Kim", "Kim Jong Un", False),  # another Kim is in the article
        ("Sergei", "Sergei Lavrov", False),
        ("Sergei Lavrov", "Maria Lavrova", False),
        ("", "Sergei Lavrov", False),
        ("王毅", "王毅", True),
        ("王毅", "习近平", False),
    ],
)
def test_names_of_people(one: str, other: str, same: bool) -> None:
    people = People(["Sergei Lavrov", "Sergey Lavrov", "Kim Jong Un", "Kim Yo Jong", "Zelensky", "José Núñez"])
    assert people.same_person(one, other) is same
    assert people.same_person(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Named("Moscow", "government", "RUS"), Named("the Kremlin", "government", "RUS"), True),
        (Named("Moscow", "government", "RUS"), Named("Kabul", "government", "AFG"), False),
        (Named("the Foreign Ministry", "organisation", "OMN"), Named("Foreign Ministry of Oman", "organisation"), True),
        (Named("Foreign Ministry", "organisation", "OMN"), Named("Foreign Ministry", "organisation", "OMN"), True),
        (Named("ministry", "organisation", "OMN"), Named("Lao ministry", "organisation", "LAO"), False),
        (Named("a French minister", "unnamed_person", "FRA"), Named("French minister", "unnamed_person", "FRA"), True),
        (Named("French minister", "unnamed_person"), Named("Jean Martin", "person"), False),
        (Named("delegation of ten", "delegation"), Named("team of ten", "delegation"), False),
        (Named("of the", "delegation"), Named("a team", "delegation"), False),
    ],
)
def test_bodies_and_groups(one: Named, other: Named, same: bool) -> None:
    assert People([]).same_party(one, other) is same
    assert People([]).same_party(other, one) is same


def test_expressions_are_compared_without_dress() -> None:
    assert same_text("the Élysée-Palace", "elysee palace")
    assert not same_text("Oslo", "Bergen")
    assert same_text("北京", "北京")
    assert not same_text("北京", "东京")
    assert shares_words("Arctic Forum", "the third arctic forum")
    assert not shares_words("the", "the forum")
    assert overlap(["a", "b"], ["b"], same_text) == pytest.approx(2 / 3)
    assert overlap([], [], same_text) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2024-05-04", None), ("2024-05-04", None), 1),
        ((None, None), (None, None), 1),
        ((None, "2024-05-04"), (None, None), 0),
        (("2024-05-04", "2024-05-06"), ("2024-05-05", None), 0.5),
        (("2024-05", None), ("2024-05-31", None), 0.5),
        (("2024-12", None), ("2024-12-31", None), 0.5),
        (("2024", None), ("2024-21", None), 0.5),
        (("2024-05", None), ("2024-06", None), 0),
        (("2024-05-04", None), (None, None), 0),
        (("2024-05-04", "2024-05-06"), ("2024-05-06", "2024-05-08"), 0),
    ],
)
def test_spans_agree_wholly_half_or_not(one: Any, other: Any, expected: float) -> None:
    assert agreement(one, other) == agreement(other, one) == expected


def test_dates_in_and_out_of_the_calendar() -> None:
    assert all(map(is_date, ("2024", "2024-12", "2024-24", "2024-02-29")))
    assert not any(map(is_date, ("2023-02-29", "2024-13", "2024-25", "0000", "2024-01-01-01")))
    assert contains("2024", "2024-05-04")
    assert not contains("2024", "2024")
    assert not contains("2024-1", "2024-12")
    assert fault_of_span(DateSpan(start="2024-05", end="2024-05-03")) == ""
    assert (
        fault_of_span(DateSpan(start="2024-05-04", end="2024-05-03"))
        == "the end 2024-05-03 lies before the start 2024-05-04"
    )
    assert fault_of_span(DateSpan(end="2024-02-30")) == "2024-02-30 is not in the calendar"


# -------------------------------------------------------------------------------------------------------- properties


PEOPLE = st.sampled_from(["Ana Reyes", "Juan Soto", "Jan Berg", "Kim Jong Un", "Kim Jong Il", "Reyes", "Kim"])
STARTS = st.sampled_from([None, "2023", "2024", "2024-05", "2024-05-04", "2024-05-05"])
STATUSES = st.sampled_from(["speculated", "planned", "confirmed", "ongoing", "completed", "cancelled", "unknown"])
VISITS = st.lists(
    st.builds(
        lambda who, country, start, status, places: visit(
            [person(name) for name in who], country, start, status=status, places=places
        ),
        st.lists(PEOPLE, min_size=1, max_size=2, unique=True),
        st.sampled_from(["NOR", "SWE", None]),
        STARTS,
        STATUSES,
        st.lists(st.sampled_from(["Oslo", "Bergen"]), max_size=2, unique=True),
    ),
    max_size=5,
)
OFFICIALS = st.lists(st.builds(official, PEOPLE), max_size=4)
INVITATIONS = st.lists(
    st.builds(lambda a, b, start: invitation(a, b, proposed={"start": start}), PEOPLE, PEOPLE, STARTS), max_size=3
)
ARTICLES = st.builds(lambda v, i, o: gold(visits=v, invitations=i, officials=o), VISITS, INVITATIONS, OFFICIALS)


def all_estimates(scored: Evaluation) -> list[float]:
    scores = [scored.core_visits, scored.upcoming, *scored.records.values()]
    estimates = [each for one in scores for each in (one.precision, one.recall, one.f1, one.macro_f1)]
    estimates += [scored.slots.precision, scored.slots.recall, scored.slots.f1]
    found = [number for each in estimates for number in (each.value, each.low, each.high) if number is not None]
    return found + [f.accuracy for fields in scored.fields.values() for f in fields.values() if f.accuracy is not None]


@given(ARTICLES, VISITS, INVITATIONS, OFFICIALS)
def test_every_score_is_between_0_and_1(article: GoldArticle, visits: Any, invitations: Any, officials: Any) -> None:
    scored = result(article, visits=visits, invitations=invitations, officials=officials)
    assert all(0 <= number <= 1 for number in all_estimates(scored))
    score = scored.records["visits"]
    assert score.found + score.missed == len(article.record.visits)
    assert score.found + score.false == len(visits)
    core = scored.core_visits
    assert (core.found + core.missed, core.found + core.false) == (len(article.record.visits), len(visits))


@given(ARTICLES, VISITS, INVITATIONS, OFFICIALS, st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(
    article: GoldArticle, visits: Any, invitations: Any, officials: Any, chance: random.Random
) -> None:
    first = result(article, visits=visits, invitations=invitations, officials=officials)
    shuffled = [chance.sample(records, len(records)) for records in (visits, invitations, officials)]
    second = result(article, visits=shuffled[0], invitations=shuffled[1], officials=shuffled[2])
    assert first == second


@given(ARTICLES)
def test_any_gold_against_itself_finds_everything(article: GoldArticle) -> None:
    scored = result(article)
    assert set(all_estimates(scored)) <= {1.0}
    assert scored.findings == []


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 50)))
def test_no_assignment_is_better(weights: dict[tuple[int, int], int]) -> None:
    def best(left: int, taken: frozenset[int]) -> int:
        if left > 3:
            return 0
        options = [best(left + 1, taken)]
        options += [w + best(left + 1, taken | {b}) for (a, b), w in weights.items() if a == left and b not in taken]
        return max(options)

    pairs = assign(weights)
    assert sum(weights[pair] for pair in pairs) == best(0, frozenset())
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
