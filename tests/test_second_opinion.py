"""Where two readings of one article contradict each other, and where they only seem to."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, get_args

import pytest

from summarise import Settings, Summariser
from summarise.article import read_article
from summarise.corpus.ledger import LedgerRow, difference_counts
from summarise.corpus.outcome import RunOutcome
from summarise.display import outcome_lines
from summarise.offline import opinion
from summarise.offline.opinion import OpinionKind, differences, with_second_opinion
from summarise.records import (
    ArticleSummary,
    Concern,
    DateSpan,
    Evidence,
    Invitation,
    Party,
    PartyKind,
    Provenance,
    Rejection,
    Visit,
)
from tests import scenarios
from tests.loopback import Loopback, completion
from tests.own_records import TradeSummary
from tests.recording.replay import Replay
from tests.test_converse import GOOD, TEXT


def person(name: str, country: str | None = None) -> Party:
    return Party(name=name, kind="person", country=country)


def group(name: str, country: str | None = None, kind: PartyKind = "delegation") -> Party:
    return Party(name=name, kind=kind, country=country)


def evidence(*numbers: int) -> list[Evidence]:
    return [Evidence(sentence=number, start=0, end=1, text="x") for number in numbers]


def on(start: str | None, end: str | None = None, precision: Any = "day") -> DateSpan:
    return DateSpan(text="x", start=start, end=end, precision=precision, basis="explicit")


LAVROV, PUTIN, KIM = person("Sergei Lavrov", "RUS"), person("Vladimir Putin", "RUS"), person("Kim Jong Un", "PRK")


def visit(*visitors: Party, **changes: Any) -> Visit:
    values: dict[str, Any] = {
        "visitors": list(visitors) or [LAVROV],
        "country": "CHN",
        "when": on("2023-10-16"),
        "status": "completed",
        "focus": "main",
        "evidence": evidence(3),
    }
    return Visit(**(values | changes))


def invitation(*invitees: Party, **changes: Any) -> Invitation:
    values: dict[str, Any] = {
        "inviters": [PUTIN],
        "invitees": list(invitees) or [KIM],
        "country": "RUS",
        "response": "accepted",
        "evidence": evidence(4),
    }
    return Invitation(**(values | changes))


def summary(*records: Visit | Invitation, rejected: tuple[Rejection, ...] = ()) -> ArticleSummary:
    return ArticleSummary(
        officials=[],
        visits=[record for record in records if isinstance(record, Visit)],
        invitations=[record for record in records if isinstance(record, Invitation)],
        summary="",
        rejected=list(rejected),
    )


def rejection(type: str, **reply: Any) -> Rejection:
    return Rejection(type=type, reasons=["why"], reply=reply)


def told(ours: ArticleSummary, theirs: ArticleSummary) -> list[tuple[str, str]]:
    return [(concern.kind, concern.path) for concern in differences(ours, theirs)]


class TestWhatIsTold:
    def test_a_visit_that_only_the_model_has(self) -> None:
        (concern,) = differences(
            summary(visit(), visit(KIM, country="RUS", evidence=evidence(4, 7, 5))), summary(visit())
        )
        assert (concern.kind, concern.path, concern.sentence) == ("second_opinion_extra", "visits[1]", 4)
        assert concern.message == (
            "the rules find no visit of Kim Jong Un to Russia (RUS) in this article; "
            "the model cites sentences 4, 5 and 7"
        )

    def test_a_visit_that_only_the_rules_have(self) -> None:
        (concern,) = differences(summary(), summary(visit(LAVROV, PUTIN, status="planned")))
        assert (concern.kind, concern.path, concern.sentence) == ("second_opinion_missing", "visits", 3)
        assert concern.message == (
            "the rules find a visit of Sergei Lavrov, Vladimir Putin to China (CHN) (planned) in sentence 3; "
            "the model has none"
        )

    def test_an_invitation_that_only_one_has(self) -> None:
        (extra,) = differences(summary(invitation()), summary())
        assert (extra.kind, extra.path) == ("second_opinion_extra", "invitations[0]")
        assert extra.message.startswith("the rules find no invitation of Kim Jong Un to Russia (RUS) by Vladimir Putin")
        (missing,) = differences(summary(), summary(invitation(country=None, inviters=[])))
        assert (missing.kind, missing.path) == ("second_opinion_missing", "invitations")
        assert missing.message.startswith(
            "the rules find an invitation of Kim Jong Un to a country that is not named in sentence 4"
        )

    def test_a_status_of_another_class(self) -> None:
        (concern,) = differences(
            summary(visit(KIM), visit(evidence=evidence(2))), summary(visit(status="planned"), visit(KIM))
        )
        assert (concern.kind, concern.path) == ("second_opinion_status", "visits[1].status")
        assert concern.message == (
            "the state of the visit of Sergei Lavrov to China (CHN): the model says completed (sentence 2), "
            "the rules say planned (sentence 3)"
        )

    @pytest.mark.parametrize(
        ("ours", "theirs", "differ"),
        [
            ("speculated", "confirmed", False),
            ("ongoing", "completed", False),
            ("postponed", "denied", False),
            ("unknown", "denied", False),
            ("completed", "unknown", False),
            ("confirmed", "ongoing", True),
            ("completed", "cancelled", True),
            ("denied", "planned", True),
        ],
    )
    def test_classes_of_status(self, ours: str, theirs: str, differ: bool) -> None:
        found = told(summary(visit(status=ours)), summary(visit(status=theirs)))
        assert found == [("second_opinion_status", "visits[0].status")] * differ

    @pytest.mark.parametrize(
        ("ours", "theirs", "differ"),
        [
            (on("2023-10-16"), on("2022-10-16"), True),
            (on("2023", precision="year"), on("2022-09", precision="month"), True),
            (on("2023-10"), on("2023-10-16"), False),
            (on("2023"), on("2023-10-16"), False),
            (on("2023-12-30", "2024-01-02"), on("2024-01-01"), False),
            (on("2024-01-02"), on("2023-12-30", "2024-01-01"), False),
            (on("2023-12-30", "2024-01-02"), on("2022"), True),
            (on("2022-05", precision="vague"), on("2023"), False),
            (on(None), on("2022"), False),
            (on("2023-03-01"), on("2023-10-01"), False),
        ],
    )
    def test_years(self, ours: DateSpan, theirs: DateSpan, differ: bool) -> None:
        found = told(summary(visit(when=ours)), summary(visit(when=theirs)))
        assert found == [("second_opinion_year", "visits[0].when")] * differ

    def test_what_is_said_of_a_year(self) -> None:
        (concern,) = differences(
            summary(visit(when=on("2023-10-16", "2023-10-18"))), summary(visit(when=on("2022"), evidence=evidence(5)))
        )
        assert concern.message == (
            "the year of the visit of Sergei Lavrov to China (CHN): the model says 2023-10-16 to 2023-10-18 "
            "(sentence 3), the rules say 2022 (sentence 5)"
        )

    def test_a_long_list_of_people_is_cut(self) -> None:
        people = [person(f"Ana Reyes{letter}") for letter in ("da", "lo", "mi", "pu", "sha")]
        (concern,) = differences(summary(visit(*people)), summary())
        assert "of Ana Reyesda, Ana Reyeslo, Ana Reyesmi and 2 more to" in concern.message

    def test_a_record_without_evidence_or_with_a_code_of_ones_own_can_be_told(self) -> None:
        odd = Visit.model_construct(**{**dict(visit()), "evidence": [], "country": "QQQ"})
        (concern,) = differences(summary().model_copy(update={"visits": [odd]}), summary())
        assert concern.sentence is None
        assert "to QQQ in this article; the model cites no sentence" in concern.message


class TestWhatIsNoContradiction:
    @pytest.mark.parametrize(
        ("ours", "theirs"),
        [
            (visit(), visit(person("Sergey Lavrov"))),
            (visit(LAVROV, PUTIN), visit(PUTIN)),
            (visit(), visit(country=None)),
            (visit(country="HKG"), visit(country="CHN")),
            (visit(), visit(group("a Russian delegation", "RUS"))),
            (visit(group("the mission")), visit(group("the IMF mission"))),
            (visit(group("The delegation", "RUS")), visit(group("the delegation", "RUS"))),
        ],
    )
    def test_one_visit_told_in_two_ways(self, ours: Visit, theirs: Visit) -> None:
        assert told(summary(ours), summary(theirs)) == []
        assert told(summary(theirs), summary(ours)) == []

    def test_who_may_be_another_is_not_held_to_status_or_year(self) -> None:
        someone = visit(group("a Russian delegation", "RUS"), status="planned", when=on("2019"))
        assert told(summary(visit()), summary(someone)) == []

    def test_two_different_people_or_countries_are_two_visits(self) -> None:
        for other in (visit(PUTIN), visit(country="MNG"), visit(group("a Chilean delegation", "CHL"))):
            kinds = [kind for kind, _ in told(summary(visit()), summary(other))]
            assert kinds == ["second_opinion_extra", "second_opinion_missing"]

    def test_one_visit_told_in_two_records_is_no_further_visit(self) -> None:
        assert told(summary(visit(), visit(when=on(None))), summary(visit(PUTIN, LAVROV))) == []
        assert told(summary(visit(PUTIN, LAVROV)), summary(visit(), visit(PUTIN, when=on("2023-10")))) == []

    def test_another_visit_of_the_same_people_is_one(self) -> None:
        earlier = visit(when=on("2022-02-04"), focus="background")
        assert told(summary(visit(), earlier), summary(visit())) == [("second_opinion_extra", "visits[1]")]
        assert told(summary(visit()), summary(earlier, visit())) == [("second_opinion_missing", "visits")]

    def test_what_the_other_rejected_was_not_overlooked(self) -> None:
        for reply in (
            {"visitors": ["Lavrov"], "country": "CHN"},
            {"visitors": [{"name": "Sergey Lavrov"}, 7], "country": None},
            {"visitors": "Lavrov"},
        ):
            seen = rejection("visits", **reply)
            assert told(summary(visit()), summary(rejected=(seen,))) == []
            assert told(summary(rejected=(seen,)), summary(visit())) == []
        for reply in ({"visitors": ["Lavrov"], "country": "NOR"}, {"visitors": ["Kim Jong Un"], "country": "CHN"}, {}):
            assert len(told(summary(visit()), summary(rejected=(rejection("visits", **reply),)))) == 1
        assert len(told(summary(visit()), summary(rejected=(rejection("invitations", invitees=["Lavrov"]),)))) == 1
        assert (
            told(summary(invitation()), summary(rejected=(rejection("invitations", invitees=["Kim Jong Un"]),))) == []
        )

    def test_a_visit_that_may_follow_from_an_invitation_of_both(self) -> None:
        for status in ("speculated", "planned"):
            asked = visit(KIM, country="RUS", status=status, when=on(None))
            assert told(summary(invitation(), asked), summary(invitation())) == []
            assert told(summary(invitation()), summary(invitation(), asked)) == []
        went = visit(KIM, country="RUS")
        assert told(summary(invitation(), went), summary(invitation())) == [("second_opinion_extra", "visits[0]")]

    def test_invitations_by_others_are_others(self) -> None:
        assert told(summary(invitation()), summary(invitation(inviters=[]))) == []
        by_xi = invitation(inviters=[person("Xi Jinping", "CHN")])
        assert len(told(summary(invitation()), summary(by_xi))) == 2


class TestPairs:
    def test_dates_break_ties(self) -> None:
        past, coming = visit(when=on("2022-02-04")), visit(when=on("2023-10-16"), status="confirmed")
        assert told(summary(coming, past), summary(past, coming)) == []

    def test_so_do_sentences_and_states_where_there_are_no_dates(self) -> None:
        past, coming = visit(when=on(None)), visit(when=on(None), status="confirmed")
        assert told(summary(coming, past), summary(past, coming)) == []
        here, there = visit(when=on(None), evidence=evidence(2)), visit(when=on(None), evidence=evidence(9))
        changed = there.model_copy(update={"status": "cancelled"})
        assert told(summary(there, here), summary(here, changed)) == [("second_opinion_status", "visits[0].status")]

    def test_the_same_person_comes_before_a_possible_one(self) -> None:
        delegation = visit(group("a Russian delegation", "RUS"), status="planned")
        assert told(summary(visit(), delegation), summary(delegation, visit())) == []


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> list[Visit]:
    """What the rules read of any article; nothing at first."""
    visits: list[Visit] = []
    monkeypatch.setattr(opinion, "read_offline", lambda article, wanted: summary(*visits))
    return visits


MADE = Provenance(version="1", model="m", prompt_id="p", schema_id="s", article_id="a", warnings=["before"])
ENGLISH = read_article(TEXT)


class TestWithTheArticle:
    def test_concerns_are_added_and_nothing_else_changes(self, rules: list[Visit]) -> None:
        before = summary(visit()).model_copy(update={"concerns": [Concern(path="", kind="other", message="m")]})
        after = with_second_opinion(before, ENGLISH)
        assert [concern.kind for concern in after.concerns] == ["other", "second_opinion_extra"]
        assert after.model_copy(update={"concerns": before.concerns}) == before
        rules.append(visit())
        assert with_second_opinion(before, ENGLISH) is before

    def test_another_language_gets_none(self, rules: list[Visit]) -> None:
        article = read_article(Path(__file__).parent / "articles/french.txt")
        assert article.language == "fr"
        assert with_second_opinion(summary(visit()), article).concerns == []

    def test_a_fault_in_it_loses_nothing_and_is_not_hidden(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(*_: object) -> ArticleSummary:
            raise ZeroDivisionError("of a rule")

        monkeypatch.setattr(opinion, "read_offline", broken)
        before = summary(visit()).model_copy(update={"provenance": MADE})
        with caplog.at_level(logging.ERROR):
            after = with_second_opinion(before, ENGLISH)
        assert after.visits == before.visits
        assert after.provenance is not None
        assert after.provenance.warnings == [
            "before", "there is no second opinion, for a fault in it: ZeroDivisionError: of a rule",
        ]  # fmt: skip
        assert "no second opinion" in caplog.text
        assert "Traceback" in caplog.text
        assert with_second_opinion(summary(visit()), ENGLISH) == summary(visit())


class TestThroughTheDoor:
    @pytest.mark.parametrize("wanted", [True, False])
    def test_it_is_a_setting(self, rules: list[Visit], wanted: bool) -> None:
        with Loopback(completion(GOOD)) as server:
            settings = Settings(model="opinion-1", base_url=server.base_url, second_opinion=wanted)
            with Summariser(settings=settings) as reader:
                found = reader.read(TEXT)
        assert [concern.kind for concern in found.concerns] == wanted * [
            "second_opinion_extra", "second_opinion_extra", "second_opinion_extra",
        ]  # fmt: skip
        assert len(server.seen) == 1, "it costs no call"

    async def test_the_async_twin_has_it_too(self, rules: list[Visit]) -> None:
        with Loopback(completion(GOOD)) as server:
            async with Summariser(settings=Settings(model="opinion-2", base_url=server.base_url)) as reader:
                found = await reader.aread(TEXT)
        assert {concern.path for concern in found.concerns} == {"visits[0]", "visits[1]", "invitations[0]"}


class TestInTheLedger:
    def row(self, name: str, *concerns: Concern) -> LedgerRow:
        stored = summary().model_copy(update={"concerns": list(concerns)}).model_dump(mode="json")
        return LedgerRow(id=name, source=name, status="ok", summary=stored)

    def test_a_row_counts_by_kind_what_the_second_opinion_says(self) -> None:
        row = self.row(
            "a",
            *(Concern(path="visits", kind=kind, message="m") for kind in get_args(OpinionKind)),
            Concern(path="visits", kind="second_opinion_missing", message="m"),
            Concern(path="visits", kind="year_inferred", message="m"),
        )
        assert row.differences == {
            "second_opinion_missing": 2,
            "second_opinion_extra": 1,
            "second_opinion_status": 1,
            "second_opinion_year": 1,
        }

    @pytest.mark.parametrize("stored", [{}, {"concerns": None}, {"concerns": ["x", {}, {"kind": 3}]}, {"concerns": []}])
    def test_a_row_of_an_older_version_has_none(self, stored: dict[str, Any]) -> None:
        assert difference_counts(stored) == {}
        assert LedgerRow(id="a", source="a", status="failed").differences == {}

    def test_the_end_of_a_run_says_where_to_look_first(self) -> None:
        extra = Concern(path="visits[0]", kind="second_opinion_extra", message="m")
        missing = Concern(path="visits", kind="second_opinion_missing", message="m")
        year = Concern(path="visits[0].when", kind="second_opinion_year", message="m")
        outcome = RunOutcome()
        for row in (
            self.row("a", extra), self.row("b", extra, missing, year), self.row("c"), self.row("d", missing, extra),
            self.row("e", extra),
        ):  # fmt: skip
            outcome.count(row)
        lines = list(outcome_lines(outcome, 5))
        at = lines.index(
            "the second opinion differs on 4 articles: 4 records that only the model has, "
            "2 records that only the rules have, 1 year"
        )
        assert lines[at + 1] == "  look first at b (3), d (2), a (1)"

    def test_nothing_is_said_where_it_agrees(self) -> None:
        outcome = RunOutcome()
        outcome.count(self.row("c"))
        assert "second opinion" not in "\n".join(outcome_lines(outcome, 1))


@pytest.mark.cassette("own_schema")
def test_a_recorded_reply_in_a_schema_of_ones_own_gets_one(cassette: Replay, rules: list[Visit]) -> None:
    rules.append(visit(KIM, country="CHL"))
    found = scenarios.read(scenarios.scenario(cassette.name), cassette.endpoint)
    assert isinstance(found, TradeSummary)
    assert "second_opinion_missing" in {concern.kind for concern in found.concerns}


@pytest.mark.cassette("seed_001")
def test_a_recorded_reply_and_the_rules_agree_on_the_news(cassette: Replay) -> None:
    scenario = scenarios.scenario(cassette.name)
    found = scenarios.read(scenario, cassette.endpoint)
    assert isinstance(found, ArticleSummary)
    news = [at for at, visit in enumerate(found.visits) if visit.country == "PRK"]
    assert len(news) == 1
    paths = [concern.path for concern in found.concerns if concern.kind.startswith("second_opinion_")]
    assert not [path for path in paths if path.startswith(f"visits[{news[0]}]")], paths

    forgetful = found.model_copy(update={"visits": [], "concerns": []})
    missing = with_second_opinion(forgetful, read_article(scenarios.source(scenario))).concerns
    assert {concern.kind for concern in missing if concern.path == "visits"} == {"second_opinion_missing"}
    journey = "the rules find a visit of Sergei Lavrov to North Korea (PRK) (confirmed) in sentence"
    assert any(each.message.startswith(journey) and "1" in each.message for each in missing), missing
