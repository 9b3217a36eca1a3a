"""Records of a user's own: a field on the summary, a field on a visit, and a record type, with no further code."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, model_validator

from summarise import DERIVED, ArticleSummary, DateSpan, Evidence, Party, Record, Settings, Summariser, Visit
from summarise.article import read_article
from summarise.errors import SchemaError
from summarise.judge import Verdict, judge
from summarise.prompt import load_prompt
from summarise.records import VerbatimText
from summarise.schema import contract
from tests.loopback import Loopback, completion

TEXT = (
    "date 2024-04-08 Chilean Foreign Minister Elena Rojas will visit Peru on Thursday with 30 business leaders, "
    "her ministry said.\n\n"
    "In March 2023 Chile and Peru signed a treaty on fishing rights in Arica.\n"
)


class LargeVisit(Visit):
    """one per group travelling together and destination country"""

    companions: VerbatimText | None = Field(default=None, description="who comes along, verbatim")


class Treaty(Record):
    """an agreement between states that the article names"""

    id: Annotated[str, DERIVED] = ""
    parties: list[Party] = Field(min_length=2, description="who signed")
    signed: DateSpan = Field(description="when; null if not given")
    evidence: list[Evidence] = Field(min_length=1, description="sentences that carry it")
    subject: str | None = Field(default=None, description="in a few words")
    place: VerbatimText | None = Field(default=None, description="where, verbatim")


class TreatySummary(ArticleSummary):
    """the whole article"""

    visits: list[LargeVisit]  # type: ignore[assignment]
    treaties: list[Treaty]
    tone: Literal["warm", "cool"] = Field(description="of the relations, by the article")


CHILE = {"name": "Chile", "kind": "government", "country": "CHL", "more": []}
PERU = {"name": "Peru", "kind": "government", "country": "PER", "more": []}
REPLY: dict[str, Any] = {
    "officials": [
        {
            "name": "Elena Rojas",
            "titles": ["Chilean Foreign Minister"],
            "role": "foreign_minister",
            "country": "CHL",
            "more": [],
        }
    ],
    "visits": [
        {
            "evidence": [1],
            "visitors": ["Rojas"],
            "country": "PER",
            "when": {"text": "on Thursday", "date": "2024-04-11"},
            "status": "confirmed",
            "focus": "main",
            "more": [{"companions": "30 business leaders"}],
        }
    ],
    "invitations": [],
    "treaties": [
        {
            "evidence": [2],
            "parties": [CHILE, PERU],
            "signed": {"text": "In March 2023", "date": "2023-03"},
            "more": [{"subject": "fishing rights"}, {"place": "Arica"}],
        }
    ],
    "tone": "warm",
    "summary": "Elena Rojas will visit Peru.",
    "more": [],
}


def _judged(change: Callable[[dict[str, Any]], object] = lambda reply: None) -> Verdict:
    reply = copy.deepcopy(REPLY)
    change(reply)
    return judge(json.dumps(reply), read_article(TEXT), contract(TreatySummary))


def _summary(verdict: Verdict) -> TreatySummary:
    assert isinstance(verdict.summary, TreatySummary)
    return verdict.summary


def test_the_numbers_of_the_sentences_are_as_the_reply_has_them() -> None:
    assert len(read_article(TEXT).sentences) == 2


def test_a_good_reply_becomes_records_of_the_users_own_types() -> None:
    verdict = _judged()
    assert verdict.faults == ()
    summary = _summary(verdict)
    assert summary.tone == "warm"
    assert isinstance(summary.visits[0], LargeVisit)
    assert summary.visits[0].companions == "30 business leaders"
    (treaty,) = summary.treaties
    assert treaty.id == "t1"
    assert [party.country for party in treaty.parties] == ["CHL", "PER"]
    assert (treaty.signed.start, treaty.signed.precision, treaty.place) == ("2023-03", "month", "Arica")
    (evidence,) = treaty.evidence
    assert evidence.text == TEXT[evidence.start : evidence.end]
    assert evidence.text.startswith("In March 2023")
    assert TreatySummary.model_validate_json(summary.model_dump_json()) == summary


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda treaty: treaty.update(evidence=[9]), "treaties[0].evidence[0]"),
        (lambda treaty: treaty.update(evidence=[]), "treaties[0].evidence"),
        (
            lambda treaty: treaty["parties"].append({**PERU, "name": "Bolivia", "country": "BOL"}),
            "treaties[0].parties[2]",
        ),
        (lambda treaty: treaty.update(parties=[CHILE]), "treaties[0].parties"),
        (lambda treaty: treaty.update(parties="many"), "treaties[0].parties"),
    ],
)
def test_a_record_that_is_not_grounded_is_rejected_and_the_rest_is_kept(
    change: Callable[[dict[str, Any]], object], path: str
) -> None:
    verdict = _judged(lambda reply: change(reply["treaties"][0]))
    assert any(fault.path.startswith(path) for fault in verdict.faults)
    summary = _summary(verdict)
    assert summary.treaties == []
    assert [(rejection.type, bool(rejection.reasons)) for rejection in summary.rejected] == [("treaties", True)]
    assert len(summary.visits) == 1


def test_a_sparse_field_that_does_not_stand_in_the_article_is_withheld_with_a_concern() -> None:
    summary = _summary(_judged(lambda reply: reply["visits"][0].update(more=[{"companions": "40 poets"}])))
    assert summary.visits[0].companions is None
    assert [concern.path for concern in summary.concerns] == ["visits[0].companions"]


def test_a_wrong_date_of_an_own_record_keeps_its_words_and_loses_its_days() -> None:
    summary = _summary(_judged(lambda reply: reply["treaties"][0]["signed"].update(date="2021-03")))
    assert (summary.treaties[0].signed.text, summary.treaties[0].signed.start) == ("In March 2023", None)
    assert [concern.path for concern in summary.concerns] == ["treaties[0].signed.date"]


def test_a_required_field_of_the_summary_that_is_missing_is_named() -> None:
    verdict = _judged(lambda reply: reply.pop("tone"))
    assert verdict.summary is None
    assert [fault.path for fault in verdict.faults] == ["tone"]
    assert "warm" in str(verdict.faults[0])


def test_the_schema_id_differs_and_follows_the_fields() -> None:
    assert contract(TreatySummary).schema_id != contract(ArticleSummary).schema_id
    assert contract(TreatySummary).record_types.keys() == {"officials", "visits", "invitations", "treaties"}
    assert contract(TreatySummary).schema_name == "treaty_summary"
    assert all(word in contract(TreatySummary).fields_text for word in ("treaties", "companions", "tone"))


def test_a_model_can_be_asked_for_it_and_the_example_that_does_not_fit_is_left_out_with_a_warning() -> None:
    with Loopback(completion(json.dumps(REPLY))) as server:
        settings = Settings(model="own-records", base_url=server.base_url)
        with Summariser(TreatySummary, settings=settings) as reader:
            summary = reader.read(TEXT)
    assert summary.treaties[0].subject == "fishing rights"
    assert summary.provenance is not None
    assert summary.provenance.schema_id == contract(TreatySummary).schema_id
    assert any("worked example" in warning for warning in summary.provenance.warnings)
    (seen,) = server.seen
    assert "treaties" in seen.body["response_format"]["json_schema"]["schema"]["properties"]
    assert "Otieno" not in seen.body["messages"][0]["content"]


def test_with_sparse_fields_alone_the_examples_still_fit() -> None:
    class LargeVisits(ArticleSummary):
        """the whole article"""

        visits: list[LargeVisit]  # type: ignore[assignment]

    assert load_prompt(contract(LargeVisits)).left_out == ()


class Balanced(Record):
    """a payment"""

    payer: Party
    amount: int = Field(ge=1, description="in dollars")
    evidence: list[Evidence] = Field(min_length=1, description="sentences that carry it")

    @model_validator(mode="after")
    def _is_round(self) -> Balanced:
        if self.amount % 10:
            raise ValueError("the amount is not round")
        return self


class Payments(ArticleSummary):
    """the whole article"""

    payments: list[Balanced]

    @model_validator(mode="after")
    def _has_few(self) -> Payments:
        if len(self.payments) > 1:
            raise ValueError("more than one payment")
        return self


def _payments(*amounts: int) -> Verdict:
    reply = {
        "officials": [],
        "visits": [],
        "invitations": [],
        "payments": [{"evidence": [2], "payer": CHILE, "amount": amount} for amount in amounts],
        "summary": "Chile and Peru signed a treaty.",
        "more": [],
    }
    return judge(json.dumps(reply), read_article(TEXT), contract(Payments))


def test_a_rule_of_the_users_own_record_rejects_the_record() -> None:
    verdict = _payments(25)
    assert isinstance(verdict.summary, Payments)
    assert verdict.summary.payments == []
    assert any("not round" in reason for reason in verdict.summary.rejected[0].reasons)
    assert any("not round" in str(fault) for fault in verdict.faults)


def test_a_rule_of_the_users_own_summary_is_a_fault_of_the_reply() -> None:
    assert _payments(20).accepted
    verdict = _payments(20, 30)
    assert verdict.summary is None
    assert ["more than one payment" in str(fault) for fault in verdict.faults] == [True]


class Pact(Record):
    """something signed between states"""

    signatories: list[Party]
    subject: str
    evidence: list[Evidence]


class PactSummary(ArticleSummary):
    """the whole article"""

    pacts: list[Pact]
    chief: Pact | None = Field(default=None, description="the main one")


def _pacts(evidence: list[int], **more: Any) -> Verdict:
    pact = {"evidence": evidence, "signatories": [CHILE, PERU], "subject": "fishing rights"}
    reply = {
        "officials": [],
        "visits": [],
        "invitations": [],
        "pacts": [pact],
        "summary": "Chile and Peru signed.",
        "more": [{name: {**pact, **change}} for name, change in more.items()],
    }
    return judge(json.dumps(reply), read_article(TEXT), contract(PactSummary))


def test_a_record_of_the_users_own_needs_evidence_even_where_its_model_does_not_say_so() -> None:
    assert _pacts([2]).accepted
    for nothing in ([], [99]):
        verdict = _pacts(nothing)
        assert not verdict.accepted
        assert isinstance(verdict.summary, PactSummary)
        assert verdict.summary.pacts == []
        assert [rejection.type for rejection in verdict.summary.rejected] == ["pacts"]


def test_a_single_record_that_is_not_grounded_is_rejected_and_the_rest_is_kept() -> None:
    verdict = _pacts([2], chief={"evidence": [99]})
    assert isinstance(verdict.summary, PactSummary)
    assert verdict.summary.chief is None
    assert [pact.subject for pact in verdict.summary.pacts] == ["fishing rights"]
    assert [rejection.type for rejection in verdict.summary.rejected] == ["chief"]


def test_a_party_model_of_the_users_own_is_refused_when_the_schema_is_made() -> None:
    class Nation(Party):
        """a party"""

        flag: str

    class League(ArticleSummary):
        """the whole article"""

        nations: list[Nation]

    with pytest.raises(SchemaError, match="Nation"):
        contract(League)
