"""Which records of several windows are one, and what they say together. Nothing is guessed."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import model_validator

from summarise.article import read_article
from summarise.judge import Verdict, judge_parts
from summarise.judge.index import ArticleIndex
from summarise.judge.windows import Told, United, unite
from summarise.records import NO_DATE, ArticleSummary, DateSpan, Evidence, Invitation, Party, Record, Visit
from summarise.schema import contract
from tests.own_records import Agreement, TradeSummary

REYES = Party(name="Ana Reyes", kind="person", title="Foreign Minister", country="PER")
BRANDT = Party(name="Jan Brandt", kind="person", country="PER")
OKAFOR = Party(name="Chi Okafor", kind="person", country="NGA")


def evidence(*numbers: int) -> list[Evidence]:
    return [Evidence(sentence=number, start=number * 10, end=number * 10 + 5, text="told.") for number in numbers]


def on(start: str | None, end: str | None = None, text: str | None = None) -> DateSpan:
    return DateSpan(text=text or start, start=start, end=end, precision="day" if start else "none")


def visit(*cited: int, **values: Any) -> Visit:
    given: dict[str, Any] = {"visitors": [REYES], "country": "NOR", "when": on("2024-03-14"), "status": "confirmed"}
    return Visit(**{**given, "focus": "main", "evidence": evidence(*cited), **values})


def invitation(*cited: int, **values: Any) -> Invitation:
    given: dict[str, Any] = {"inviters": [OKAFOR], "invitees": [REYES], "country": "NGA", "response": "unknown"}
    return Invitation(**{**given, "evidence": evidence(*cited), **values})


def together(*windows: list[Any]) -> list[United]:
    return unite([Told(record, number) for number, records in enumerate(windows) for record in records])


def cited(group: United) -> list[int]:
    return [item.sentence for item in group.record.evidence]  # type: ignore[attr-defined]


class TestVisits:
    def test_the_same_visit_of_two_windows_is_one_and_rests_on_all_its_sentences(self) -> None:
        [group] = together(
            [visit(3, 9, hosts=[BRANDT])], [visit(9, 20, places=["Oslo"], hosts=[OKAFOR], purpose="talks")]
        )
        assert cited(group) == [3, 9, 20]
        merged = group.record
        assert isinstance(merged, Visit)
        assert (merged.hosts, merged.places, merged.purpose) == ([BRANDT, OKAFOR], ["Oslo"], "talks")
        assert not group.disputes

    def test_two_of_one_window_stay_two(self) -> None:
        assert len(together([visit(3), visit(4)], [])) == 2
        assert len(together([visit(3), visit(4)], [visit(20)])) == 3, "it could be either of them"

    @pytest.mark.parametrize(
        "other",
        [
            {"when": on("2024-05-02")},
            {"country": "SWE"},
            {"visitors": [OKAFOR]},
            {"status": "completed", "when": on("2024-03-14")},
            {"status": "cancelled"},
        ],
    )
    def test_what_conflicts_stays_apart_even_with_a_sentence_in_common(self, other: dict[str, Any]) -> None:
        assert len(together([visit(3)], [visit(3, **other)])) == 2

    def test_a_month_and_a_day_of_it_are_the_day(self) -> None:
        [group] = together([visit(3, when=on("2024-03"))], [visit(20)])
        assert group.record.when.start == "2024-03-14"  # type: ignore[attr-defined]

    def test_a_month_that_two_days_lie_in_is_neither_of_them(self) -> None:
        records = [[visit(3, when=on("2024-03"))], [visit(20)], [visit(30, when=on("2024-03-25"))]]
        for order in itertools.permutations(records):
            assert len(together(*order)) == 3

    def test_an_undated_one_is_the_only_dated_one_or_stays_by_itself(self) -> None:
        undated = visit(40, when=on(None, text="soon"))
        [group] = together([visit(3)], [undated])
        assert group.record.when == on("2024-03-14")  # type: ignore[attr-defined]
        assert len(together([visit(3), visit(5, when=on("2024-05-02"))], [undated])) == 3
        assert len(together([visit(3)], [visit(20, when=on("2024-05-02"))], [undated])) == 3

    def test_fewer_travellers_are_the_same_only_where_the_sentence_is(self) -> None:
        both = visit(3, visitors=[REYES, BRANDT])
        assert len(together([both], [visit(20)])) == 2
        [group] = together([both], [visit(3, 20)])
        assert group.record.visitors == [REYES, BRANDT]  # type: ignore[attr-defined]

    def test_of_two_states_the_first_of_the_prompts_order_stands_and_the_other_is_told(self) -> None:
        [group] = together([visit(3, status="planned")], [visit(20, status="confirmed")])
        assert group.record.status == "confirmed"  # type: ignore[attr-defined]
        assert [(each.name, each.stands, each.other) for each in group.disputes] == [("status", "confirmed", "planned")]

    def test_of_two_values_the_first_stands_and_the_other_is_told(self) -> None:
        [group] = together([visit(3, event="Forest Forum")], [visit(20, event="Oslo Forum")])
        assert group.record.event == "Forest Forum"  # type: ignore[attr-defined]
        assert [(each.name, each.other) for each in group.disputes] == [("event", "Oslo Forum")]

    def test_a_trip_has_one_label_in_all_windows(self) -> None:
        oslo, lima = visit(3, trip="t1"), visit(4, country="SWE", when=on("2024-03-16"), trip="t1")
        again = visit(20, trip="1:t1")
        further = visit(21, country="FIN", when=on("2024-03-18"), trip="1:t1")
        groups = together([oslo, lima], [again, further])
        assert [group.record.trip for group in groups] == ["t1", "t1", "t1"]  # type: ignore[attr-defined]
        assert not any(group.disputes for group in groups)

    @given(st.permutations(range(5)), st.lists(st.sampled_from(["2024-03", "2024-03-14", "2024-05", None]), min_size=5))
    def test_the_order_of_the_windows_decides_nothing(self, order: list[int], starts: list[str | None]) -> None:
        records = [visit(10 * at + 3, when=on(start) if start else NO_DATE) for at, start in enumerate(starts[:5])]

        def grouping(positions: list[int]) -> set[frozenset[int]]:
            groups = together(*[[records[position]] for position in positions])
            return {frozenset(positions[member] for member in group.members) for group in groups}

        assert grouping(list(range(5))) == grouping(order)

    @given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["NOR", "SWE"]), st.integers(1, 9)), max_size=12))
    def test_no_record_and_no_sentence_is_lost(self, drawn: list[tuple[int, str, int]]) -> None:
        told = [Told(visit(number, country=country), window) for window, country, number in drawn]
        groups = unite(told)
        assert sorted(member for group in groups for member in group.members) == list(range(len(told)))
        for group in groups:
            windows = [told[member].window for member in group.members]
            assert len(windows) == len(set(windows))
            assert cited(group) == sorted({drawn[member][2] for member in group.members})


class TestInvitations:
    def test_the_answer_of_a_later_window_is_the_answer(self) -> None:
        [group] = together([invitation(3)], [invitation(40, inviters=[], response="accepted")])
        merged = group.record
        assert isinstance(merged, Invitation)
        assert (merged.response, merged.inviters, cited(group)) == ("accepted", [OKAFOR], [3, 40])
        assert not group.disputes

    def test_two_answers_that_settle_it_are_two_invitations(self) -> None:
        assert len(together([invitation(3, response="accepted")], [invitation(40, response="declined")])) == 2

    def test_who_asks_and_for_when_tell_them_apart(self) -> None:
        assert len(together([invitation(3)], [invitation(40, inviters=[BRANDT])])) == 2
        may, june = on("2024-05"), on("2024-06")
        assert len(together([invitation(3, proposed=may)], [invitation(40, proposed=june)])) == 2
        assert len(together([invitation(3, status="renewed")], [invitation(3)])) == 2


def agreement(*numbers: int, **values: Any) -> Agreement:
    given: dict[str, Any] = {"signatories": [REYES, OKAFOR], "subject": "fishing", "signed": on("2024-03-01")}
    return Agreement(**{**given, "evidence": evidence(*numbers), **values})


class Bounded(Agreement):
    """one that its owner allows two sentences only"""

    @model_validator(mode="after")
    def _short(self) -> Bounded:
        if len(self.evidence) > 2:
            raise ValueError("too many sentences")
        return self


class TestOwnRecords:
    def test_equal_ones_are_one(self) -> None:
        [group] = together([agreement(3)], [agreement(40)])
        assert cited(group) == [3, 40]

    def test_what_one_leaves_open_the_other_fills_in_if_they_share_a_sentence(self) -> None:
        [group] = together([agreement(3, signed=NO_DATE)], [agreement(3, 4)])
        assert group.record.signed == on("2024-03-01")  # type: ignore[attr-defined]
        assert len(together([agreement(3, signed=NO_DATE)], [agreement(40)])) == 2

    def test_other_words_are_another_record(self) -> None:
        assert len(together([agreement(3)], [agreement(3, subject="forests")])) == 2

    def test_a_rule_of_its_own_model_keeps_them_apart(self) -> None:
        def bounded(*numbers: int) -> Record:
            return Bounded(**dict(agreement(*numbers)))

        assert len(together([bounded(3)], [bounded(40)])) == 1
        assert len(together([bounded(3, 4)], [bounded(40)])) == 2


TEXT = (
    "LIMA, April 8, 2024. Foreign Minister Elena Rojas of Chile will visit Peru on Thursday.\n\n"
    "Rojas and Prime Minister Tomas Quispe of Peru signed a pact on fishing on April 2.\n\n"
    "Rojas was last in Peru in June 2022.\n\n"
    "Rojas will arrive in Peru on Thursday with ten people.\n"
)


def part(*visits: dict[str, Any], **values: Any) -> dict[str, Any]:
    elena = {"name": "Elena Rojas", "titles": ["Foreign Minister"], "role": "foreign_minister", "country": "CHL"}
    root = {"officials": [elena], "invitations": [], "agreements": [], "tone": "neutral", "summary": ""}
    return {**root, "visits": list(visits), **values}


def rojas(number: int, text: str, date: str, **values: Any) -> dict[str, Any]:
    status = {"status": "confirmed" if date > "2024-04-08" else "completed", "focus": "main"}
    when = {"text": text, "date": date}
    return {"evidence": [number], "visitors": ["Rojas"], "country": "PER", "when": when, **status, **values}


def judged(*parts: dict[str, Any], schema: type[ArticleSummary] = TradeSummary) -> Verdict:
    index = ArticleIndex(read_article(TEXT))
    return judge_parts([(value, index) for value in parts], index, contract(schema))


class TestOwnSummary:
    def test_own_fields_and_record_types_are_united(self) -> None:
        quispe = {"name": "Tomas Quispe", "kind": "person", "title": "Prime Minister", "country": "PER"}
        pact: dict[str, Any] = {"signatories": ["Rojas", quispe], "subject": "fishing", "evidence": [3]}
        pact["signed"] = {"text": "April 2", "date": "2024-04-02"}
        first = part(rojas(2, "on Thursday", "2024-04-11"), agreements=[pact], summary="Rojas will visit Peru.")
        second = part(
            rojas(4, "in June 2022", "2022-06"),
            rojas(5, "on Thursday", "2024-04-11", delegation_size=10),
            agreements=[pact],
            tone="friendly",
            outlet="LIMA",
            summary="Rojas brings ten people.",
        )
        verdict = judged(first, second)
        summary = verdict.summary
        assert isinstance(summary, TradeSummary)
        assert not summary.rejected
        assert [(each.when.start, each.delegation_size) for each in summary.visits] == [
            ("2024-04-11", 10),
            ("2022-06", None),
        ]
        assert [item.sentence for item in summary.visits[0].evidence] == [2, 5]
        assert len(summary.agreements) == 1
        assert len(summary.officials) == 1
        assert (summary.tone, summary.outlet) == ("neutral", "LIMA")
        assert summary.summary == "Rojas will visit Peru. Rojas brings ten people."
        assert [(each.path, each.kind) for each in summary.concerns] == [("tone", "windows_differ")]
        assert "friendly" in summary.concerns[0].message

    def test_what_windows_tell_differently_of_a_person_is_told(self) -> None:
        def elena(**values: Any) -> dict[str, Any]:
            given = {"name": "Elena Rojas", "titles": [], "role": "other", "country": "CHL"}
            return part(officials=[{**given, **values}])

        titled = elena(titles=["Foreign Minister"], role="foreign_minister")
        summary = judged(elena(), titled, elena(name="Rojas")).summary
        assert summary is not None
        [official] = summary.officials
        assert (official.name, official.role, official.titles) == (
            "Elena Rojas",
            "foreign_minister",
            ["Foreign Minister"],
        )
        assert not summary.concerns
        summary = judged(titled, elena(role="envoy", tenure="former")).summary
        assert summary is not None
        assert summary.officials[0].role == "foreign_minister"
        assert {each.path for each in summary.concerns} == {"officials[0].role"}

    def test_what_is_said_of_a_record_names_its_place_after_the_merging(self) -> None:
        first = part(rojas(2, "on Thursday", "2024-04-11"))
        second = part(rojas(5, "on Thursday", "2024-04-11"), rojas(4, "in June 2022", "2021-06"))
        summary = judged(first, second).summary
        assert summary is not None
        assert len(summary.visits) == 2
        assert [each.path.partition(".")[0] for each in summary.concerns] == ["visits[1]"]

    def test_a_part_outside_the_schema_counts_for_nothing(self) -> None:
        verdict = judged({"officials": 3}, part(rojas(2, "on Thursday", "2024-04-11")))
        assert verdict.summary is not None
        assert len(verdict.summary.visits) == 1
        assert verdict.faults
