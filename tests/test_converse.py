"""The conversation about one article, driven by hand: requests come out, replies go in, a summary comes back."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from summarise.article import Article, read_article
from summarise.converse import Conversation
from summarise.errors import (
    BadReply,
    FilteredReply,
    ModelTimeout,
    RefusedReply,
    RequestRefused,
    SummariseError,
    TruncatedReply,
)
from summarise.exchange import FormatRefused, Reply, Request, Rung
from summarise.prompt import load_prompt
from summarise.records import ArticleSummary
from summarise.schema import contract
from summarise.settings import Settings
from summarise.tokens import count_tokens

TEXT = (
    "date 2024-04-08 LIMA, April 8. Chilean Foreign Minister Elena Rojas will visit Peru on Thursday at the invitation "
    "of Prime Minister Tomas Quispe, her ministry said.\n\n"
    "Rojas was last in Lima in June 2022.\n\n"
    "The two governments are to discuss fishing rights.\n"
)
REPLY: dict[str, Any] = {
    "officials": [
        {
            "name": "Elena Rojas",
            "titles": ["Chilean Foreign Minister"],
            "role": "foreign_minister",
            "country": "CHL",
            "more": [],
        },
        {
            "name": "Tomas Quispe",
            "titles": ["Prime Minister"],
            "role": "head_of_government",
            "country": "PER",
            "more": [],
        },
    ],
    "visits": [
        {
            "evidence": [2],
            "visitors": ["Rojas"],
            "country": "PER",
            "when": {"text": "on Thursday", "date": "2024-04-11"},
            "status": "confirmed",
            "focus": "main",
            "more": [{"hosts": ["Quispe"]}],
        },
        {
            "evidence": [3],
            "visitors": ["Rojas"],
            "country": "PER",
            "when": {"text": "in June 2022", "date": "2022-06"},
            "status": "completed",
            "focus": "background",
            "more": [{"places": ["Lima"]}],
        },
    ],
    "invitations": [
        {
            "evidence": [2],
            "inviters": ["Quispe"],
            "invitees": ["Rojas"],
            "country": "PER",
            "response": "accepted",
            "more": [],
        }
    ],
    "summary": "Chilean Foreign Minister Elena Rojas will visit Peru at the invitation of Tomas Quispe.",
    "more": [],
}
GOOD = json.dumps(REPLY)
Answer = Reply | FormatRefused | SummariseError


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    """The good reply with one change."""
    reply = copy.deepcopy(REPLY)
    change(reply)
    return json.dumps(reply)


UNGROUNDED = changed(lambda reply: reply["visits"][1].update(country="NOR"))
MISFIT = changed(lambda reply: reply["visits"][1].update(status="soon"))
WORSE = changed(lambda reply: [visit.update(country="NOR") for visit in reply["visits"]])
MALFORMED = '{"officials": [}'


class Talk:
    """A conversation and everything it asked."""

    def __init__(self, *, text: str = TEXT, start: Rung = "json_schema", **settings: Any) -> None:
        self.article: Article = read_article(text)
        values = {"model": "gpt-4o", "base_url": "http://127.0.0.1:1/v1", **settings}
        self.conversation = Conversation(
            self.article, load_prompt(contract()), Settings(**values), start, "http://x/v1"
        )
        self.requests: list[Request] = []

    def hold(self, *answers: Reply | FormatRefused) -> ArticleSummary:
        """Gives the answers one after the other; every one of them must be asked for."""
        steps = self.conversation.steps()
        self.requests.append(next(steps))
        for position, answer in enumerate(answers):
            try:
                self.requests.append(steps.send(answer))
            except StopIteration as end:
                assert position == len(answers) - 1, "it ended before the last answer"
                summary: ArticleSummary = end.value
                return summary
        raise AssertionError("it asks for more")

    def outcomes(self) -> list[str]:
        return [attempt.outcome for attempt in self.conversation.attempts]


def said(content: str | None, **more: Any) -> Reply:
    return Reply(content, **{"finish_reason": "stop", "input_tokens": 100, "output_tokens": 10, **more})


def test_a_good_reply_is_accepted_at_once() -> None:
    talk = Talk()
    summary = talk.hold(said(GOOD, model="gpt-4o-2024", request_id="req-1", cached_tokens=60))
    assert [visit.status for visit in summary.visits] == ["confirmed", "completed"]
    assert summary.visits[0].invitation == summary.invitations[0].id
    assert summary.invitations[0].visit == summary.visits[0].id
    assert not summary.concerns
    assert not summary.rejected
    provenance = summary.provenance
    assert provenance is not None
    assert (provenance.model, provenance.answered_by, provenance.rung) == ("gpt-4o", "gpt-4o-2024", "json_schema")
    assert provenance.article_id == talk.article.id
    assert (provenance.reference_date, provenance.reference_basis) == ("2024-04-08", "stated")
    assert provenance.usage.model_dump() == {
        "requests": 1,
        "input_tokens": 100,
        "cached_tokens": 60,
        "output_tokens": 10,
        "cost": None,
    }
    assert provenance.warnings == []


def test_the_journal_says_what_each_attempt_was() -> None:
    talk = Talk()
    summary = talk.hold(
        FormatRefused("json_schema", "no response_format", 400, "req-1"),
        said(None, finish_reason="length", request_id="req-2"),
        said(MALFORMED, request_id="req-3"),
        said(GOOD, request_id="req-4"),
    )
    assert summary.provenance is not None
    attempts = summary.provenance.attempts
    assert [attempt.number for attempt in attempts] == [1, 2, 3, 4]
    assert [attempt.purpose for attempt in attempts] == ["read", "read", "longer", "complaint"]
    assert [attempt.rung for attempt in attempts] == ["json_schema", *["json_object"] * 3]
    assert [attempt.outcome for attempt in attempts] == ["format_refused", "truncated", "complaint", "accepted"]
    assert [attempt.request_id for attempt in attempts] == ["req-1", "req-2", "req-3", "req-4"]
    assert attempts[0].status_code == 400
    assert attempts[0].message == "no response_format"
    assert "cut off" in str(attempts[1].message)
    assert attempts[2].complaints
    assert summary.provenance.rung == "json_object"


@pytest.mark.parametrize("bad", [MALFORMED, MISFIT, UNGROUNDED, "", "I cannot find any JSON", "[]", '"text"'])
def test_a_bad_reply_is_sent_back_with_what_is_wrong(bad: str) -> None:
    talk = Talk()
    summary = talk.hold(said(bad), said(GOOD))
    assert talk.outcomes() == ["complaint", "accepted"]
    assert len(summary.visits) == 2
    assert not summary.rejected
    again = talk.requests[1]
    assert again.purpose == "complaint"
    assert [message["role"] for message in again.messages] == ["system", "user", "assistant", "user"]
    assert again.messages[:2] == talk.requests[0].messages
    assert again.messages[2]["content"] == bad
    for complaint in talk.conversation.attempts[0].complaints:
        assert complaint in again.messages[3]["content"]


def test_a_complaint_names_the_path_and_what_is_allowed() -> None:
    talk = Talk()
    talk.hold(said(MISFIT), said(GOOD))
    complaint = talk.requests[1].messages[3]["content"]
    assert "visits[1].status" in complaint
    assert "confirmed" in complaint


def test_what_stays_ungrounded_is_rejected_with_its_reason_and_the_rest_is_kept() -> None:
    talk = Talk(complaints=1)
    other = changed(lambda reply: reply["visits"][1].update(country="SWE"))
    summary = talk.hold(said(UNGROUNDED), said(other))
    assert [visit.when.text for visit in summary.visits] == ["on Thursday"]
    assert len(summary.invitations) == 1
    (rejection,) = summary.rejected
    assert rejection.type == "visits"
    assert rejection.reply["country"] == "SWE"
    assert any("SWE" in reason for reason in rejection.reasons)
    assert talk.outcomes() == ["complaint", "partly_accepted"]


def test_a_record_that_does_not_fit_the_schema_is_rejected_and_the_rest_is_kept() -> None:
    summary = Talk(complaints=0).hold(said(MISFIT))
    assert len(summary.visits) == 1
    assert summary.rejected[0].reply["status"] == "soon"


def test_the_same_bad_reply_twice_ends_it_early() -> None:
    talk = Talk(complaints=5)
    summary = talk.hold(said(UNGROUNDED), said(UNGROUNDED))
    assert len(summary.visits) == 1
    assert len(summary.rejected) == 1
    assert talk.outcomes() == ["complaint", "partly_accepted"]


def test_the_same_unreadable_reply_twice_is_an_error() -> None:
    with pytest.raises(BadReply, match="came twice") as caught:
        Talk(complaints=5).hold(said(MALFORMED), said(MALFORMED, request_id="req-2"))
    assert len(caught.value.attempts) == 2
    assert caught.value.request_id == "req-2"


def test_two_different_unreadable_replies_are_not_the_same_reply() -> None:
    talk = Talk(complaints=2)
    summary = talk.hold(said("I am sorry."), said("It is about Peru."), said(GOOD))
    assert len(summary.visits) == 2


@pytest.mark.parametrize("complaints", [0, 1, 3])
def test_the_settings_say_how_often_a_bad_reply_is_sent_back(complaints: int) -> None:
    talk = Talk(complaints=complaints)
    with pytest.raises(BadReply, match="no complaint is left") as caught:
        talk.hold(*[said(f"nothing {number}") for number in range(complaints + 1)])
    assert [attempt.outcome for attempt in caught.value.attempts] == ["complaint"] * (complaints + 1)


def test_a_reply_that_was_cut_off_is_asked_for_again_with_twice_the_limit() -> None:
    talk = Talk(max_output_tokens=1000)
    talk.hold(said(GOOD[:80], finish_reason="length"), said(GOOD))
    assert [request.max_output_tokens for request in talk.requests] == [1000, 2000]
    assert talk.requests[1].purpose == "longer"
    assert talk.requests[1].messages == talk.requests[0].messages


def test_a_reply_that_was_cut_off_twice_is_an_error() -> None:
    with pytest.raises(TruncatedReply) as caught:
        Talk(max_output_tokens=1000).hold(
            said("{", finish_reason="length"), said("{", finish_reason="length", request_id="req-9")
        )
    assert "2000" in caught.value.message
    assert caught.value.request_id == "req-9"
    assert [attempt.outcome for attempt in caught.value.attempts] == ["truncated", "truncated"]


def test_what_is_cut_off_below_the_limit_in_another_place_is_a_bad_reply_as_others() -> None:
    talk = Talk(max_output_tokens=1000)
    talk.hold(
        *[said(GOOD[:length], finish_reason="length", output_tokens=length) for length in (80, 70, 90)], said(GOOD)
    )
    assert [request.max_output_tokens for request in talk.requests] == [1000, 2000, 2000, 2000]
    assert talk.outcomes() == ["truncated", "truncated", "truncated", "accepted"]
    with pytest.raises(TruncatedReply, match="after 90 tokens, below the limit of 2000") as caught:
        Talk(max_output_tokens=1000, complaints=1).hold(
            *[said(GOOD[:length], finish_reason="length", output_tokens=length) for length in (80, 70, 90)]
        )
    assert "its own limit" in caught.value.hint


def test_what_is_cut_off_at_the_larger_limit_is_not_asked_again() -> None:
    with pytest.raises(TruncatedReply, match="at the limit of 2000") as caught:
        Talk(max_output_tokens=1000).hold(
            said("{", finish_reason="length", output_tokens=1000),
            said("{{", finish_reason="length", output_tokens=2000),
        )
    assert "max_output_tokens" in caught.value.hint


def test_a_complaint_keeps_the_larger_limit() -> None:
    talk = Talk(max_output_tokens=1000)
    talk.hold(said("{", finish_reason="length"), said(MALFORMED), said(GOOD))
    assert [request.max_output_tokens for request in talk.requests] == [1000, 2000, 2000]
    assert talk.requests[2].purpose == "complaint"


def test_a_refusal_is_never_asked_again() -> None:
    talk = Talk(complaints=5)
    with pytest.raises(RefusedReply, match="I will not") as caught:
        talk.hold(said(None, refusal="I will not.", request_id="req-1"))
    assert len(talk.requests) == 1
    (attempt,) = caught.value.attempts
    assert (attempt.outcome, attempt.error) == ("failed", "RefusedReply")


def test_what_the_content_filter_stopped_is_never_asked_again() -> None:
    talk = Talk(complaints=5)
    with pytest.raises(FilteredReply) as caught:
        talk.hold(said("{", finish_reason="content_filter"))
    assert len(talk.requests) == 1
    assert caught.value.attempts[0].error == "FilteredReply"


def test_a_refused_format_is_one_step_down_the_ladder_each_time() -> None:
    talk = Talk()
    summary = talk.hold(FormatRefused("json_schema", "no"), FormatRefused("json_object", "no"), said(GOOD))
    assert [request.rung for request in talk.requests] == ["json_schema", "json_object", "text"]
    assert summary.provenance is not None
    assert summary.provenance.rung == "text"
    schema = json.dumps(contract().wire_schema, ensure_ascii=False, separators=(",", ":"))
    assert [schema in request.messages[0]["content"] for request in talk.requests] == [False, True, True]


def test_a_format_refused_at_a_complaint_does_not_lose_the_complaint() -> None:
    talk = Talk()
    talk.hold(said(UNGROUNDED), FormatRefused("json_schema", "no longer"), said(GOOD))
    assert [(request.rung, request.purpose) for request in talk.requests] == [
        ("json_schema", "read"),
        ("json_schema", "complaint"),
        ("json_object", "complaint"),
    ]


def test_plain_text_refused_is_the_end() -> None:
    with pytest.raises(RequestRefused, match="not even text") as caught:
        Talk(start="text").hold(FormatRefused("text", "not even text", 400, "req-7"))
    assert caught.value.request_id == "req-7"
    assert caught.value.attempts[0].status_code == 400


def test_a_conversation_starts_on_the_rung_it_is_told() -> None:
    talk = Talk(start="text")
    talk.hold(said(f"Here you are:\n```json\n{GOOD}\n```"))
    assert talk.requests[0].rung == "text"


def test_a_question_asked_again_has_constant_size() -> None:
    talk = Talk(complaints=4)
    talk.hold(*[said(f"nothing {number}") for number in range(4)], said(GOOD))
    for number, request in enumerate(talk.requests[1:]):
        assert len(request.messages) == 4
        assert request.messages[2]["content"] == f"nothing {number}"
    assert len({sum(len(message["content"]) for message in request.messages) for request in talk.requests[1:]}) == 1


def test_a_complaint_names_at_most_twelve_faults() -> None:
    many = changed(lambda reply: reply["officials"].extend({"name": "x"} for _ in range(30)))
    talk = Talk()
    talk.hold(said(many), said(GOOD))
    listed = [line for line in talk.requests[1].messages[3]["content"].splitlines() if line.startswith("- ")]
    assert len(listed) == 12
    assert len(talk.conversation.attempts[0].complaints) > 12


@pytest.mark.parametrize(
    ("last", "concern"),
    [
        (said(None, refusal="No."), "RefusedReply"),
        (said(None, finish_reason="content_filter"), "FilteredReply"),
    ],
)
def test_a_partial_success_survives_a_refusal(last: Reply, concern: str) -> None:
    summary = Talk().hold(said(UNGROUNDED), last)
    assert len(summary.visits) == 1
    assert len(summary.rejected) == 1
    assert [found.kind for found in summary.concerns] == ["unfinished"]
    assert concern in summary.concerns[0].message


def test_a_partial_success_survives_a_reply_that_is_cut_off_twice() -> None:
    talk = Talk()
    cut = said("{", finish_reason="length")
    summary = talk.hold(said(UNGROUNDED), cut, cut)
    assert len(summary.visits) == 1
    assert "TruncatedReply" in summary.concerns[0].message
    assert talk.outcomes() == ["complaint", "truncated", "truncated"]


def test_the_better_of_two_replies_counts() -> None:
    summary = Talk(complaints=1).hold(said(UNGROUNDED), said(WORSE))
    assert [visit.when.text for visit in summary.visits] == ["on Thursday"]


def test_a_later_reply_that_is_better_counts() -> None:
    summary = Talk(complaints=1).hold(said(WORSE), said(UNGROUNDED))
    assert [visit.when.text for visit in summary.visits] == ["on Thursday"]


def test_a_partial_success_survives_an_unreadable_reply() -> None:
    talk = Talk(complaints=1)
    summary = talk.hold(said(UNGROUNDED), said(MALFORMED))
    assert len(summary.visits) == 1
    assert talk.outcomes() == ["complaint", "partly_accepted"]
    assert summary.concerns == []


def test_a_partial_success_survives_a_fault_of_the_driver() -> None:
    talk = Talk()
    steps = talk.conversation.steps()
    next(steps)
    steps.send(said(UNGROUNDED))
    summary = talk.conversation.salvage(ModelTimeout("no answer within 120 s"))
    assert len(summary.visits) == 1
    assert "ModelTimeout" in summary.concerns[0].message
    assert summary.provenance is not None
    assert summary.provenance.usage.requests == 1


def test_without_a_partial_success_the_fault_of_the_driver_is_the_outcome() -> None:
    talk = Talk()
    steps = talk.conversation.steps()
    next(steps)
    steps.send(said(MALFORMED))
    with pytest.raises(ModelTimeout):
        talk.conversation.salvage(ModelTimeout("no answer"))


def test_usage_is_the_sum_of_all_attempts() -> None:
    summary = Talk().hold(
        said(MALFORMED, input_tokens=100, cached_tokens=0, output_tokens=7),
        said(GOOD, input_tokens=130, cached_tokens=90, output_tokens=20),
    )
    assert summary.provenance is not None
    usage = summary.provenance.usage
    assert (usage.requests, usage.input_tokens, usage.cached_tokens, usage.output_tokens) == (2, 230, 90, 27)


def test_tokens_are_counted_here_when_the_endpoint_reports_none() -> None:
    talk = Talk()
    summary = talk.hold(said(GOOD, input_tokens=0, output_tokens=0))
    assert summary.provenance is not None
    sent = sum(count_tokens(message["content"]) for message in talk.requests[0].messages)
    assert summary.provenance.usage.input_tokens == sent
    assert summary.provenance.usage.output_tokens == count_tokens(GOOD)
    assert summary.provenance.warnings == ["the endpoint reported no token counts: they were counted here"]


def test_counting_for_an_unknown_model_says_that_it_is_an_approximation() -> None:
    summary = Talk(model="granite-of-my-own").hold(said(GOOD, input_tokens=0, output_tokens=0))
    assert summary.provenance is not None
    assert any("granite-of-my-own" in warning for warning in summary.provenance.warnings)


def test_repairs_of_the_accepted_reply_are_in_the_provenance() -> None:
    summary = Talk().hold(said(f"```json\n{GOOD}\n```"))
    assert summary.provenance is not None
    assert [repair.kind for repair in summary.provenance.repairs] == ["code_fence"]


def test_half_a_surrogate_pair_can_be_asked_about_and_stored() -> None:
    half = "\ud800"
    talk = Talk()
    summary = talk.hold(
        FormatRefused("json_schema", f"no {half}"),
        said(UNGROUNDED.replace("on Thursday", f"on Thursday{half}"), model=f"gpt{half}"),
        said(None, refusal=f"No {half}"),
    )
    assert all(message["content"].encode() for message in talk.requests[-1].messages)
    assert ArticleSummary.model_validate_json(summary.model_dump_json()) == summary


def test_a_worked_example_that_was_left_out_is_a_warning() -> None:
    class Elsewhere(ArticleSummary):
        """the whole article"""

        mood: str

    conversation = Conversation(read_article(TEXT), load_prompt(contract(Elsewhere)), Settings(model="gpt-4o"))
    steps = conversation.steps()
    next(steps)
    with pytest.raises(StopIteration) as end:
        steps.send(said(changed(lambda reply: reply.update(mood="calm"))))
    assert end.value.value.mood == "calm"
    assert any("announcement" in warning for warning in end.value.value.provenance.warnings)
