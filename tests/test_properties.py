"""What holds for every article and every reply: a summary or an error of ours, and evidence that stands in the text."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from summarise.article import Article, read_article
from summarise.converse import Conversation
from summarise.errors import ArticleError, SummariseError
from summarise.exchange import FormatRefused, Reply, Request
from summarise.judge import judge
from summarise.prompt import load_prompt
from summarise.records import ArticleSummary, Evidence
from summarise.schema import contract
from summarise.settings import Settings
from tests.test_converse import REPLY, TEXT

ARTICLE = read_article(TEXT)
SETTINGS = Settings(model="gpt-4o", base_url="http://127.0.0.1:1/v1")
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        "",
        " ",
        "Rojas",
        "Lima",
        "x" * 10_000,
        "Rojas " * 2_000,
        "\x00",
        "\u202e",
        "İ",
        "ﬁ",
        "2024-02-30",
        "9999-99/0000",
        "2024/2023",
        "((((([",
        10**30,
        -(10**400),
        1e308,
        0,
        -1,
        2,
        True,
        None,
        [],
        {},
        [[]],
        [None],
        ["Rojas", "Rojas"],
        {"more": []},
        {"more": {"more": None}},
        {"text": "Rojas", "date": "0000-00-00"},
        {"text": "on Thursday", "date": "2024-04-11", "precision": "day"},
        {"name": "Rojas", "kind": "person", "country": "XXX", "more": []},
    ]
)
JSON = st.recursive(
    ODD | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["more", "evidence", "id", "zz"]), inner)
    ),
    max_leaves=8,
)
ANY_TEXT = st.text(st.characters(), max_size=300)
SLOW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [place for key, item in inner for place in _places(item, (*path, key))]
    return [path, *below] if path else below


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """The good reply with up to three subtrees replaced, left out, repeated or added."""
    reply = copy.deepcopy(REPLY)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(_places(reply)))
        holder: Any = reply
        for key in path[:-1]:
            holder = holder[key]
        match draw(st.sampled_from(["replace", "replace", "leave out", "repeat", "add"])):
            case "replace":
                holder[path[-1]] = copy.deepcopy(draw(JSON))
            case "leave out":
                del holder[path[-1]]
            case "repeat" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[path[-1]]))
            case _ if isinstance(holder, dict):
                holder[draw(st.sampled_from(["more", "id", "name", "text", "evidence", "zz"]))] = draw(JSON)
        if not _places(reply):
            return reply
    return reply


def _evidence(value: object) -> list[Evidence]:
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, BaseModel):
        return [found for item in dict(value).values() for found in _evidence(item)]
    return [found for item in value for found in _evidence(item)] if isinstance(value, list) else []


def _sound(summary: ArticleSummary, article: Article) -> None:
    """Evidence is a slice of the text, ids resolve, and the whole can be stored and read again."""
    for evidence in _evidence(summary):
        assert evidence.text == article.text[evidence.start : evidence.end]
        assert evidence.text.strip()
    assert {visit.invitation for visit in summary.visits} <= {None, *(record.id for record in summary.invitations)}
    assert {record.visit for record in summary.invitations} <= {None, *(visit.id for visit in summary.visits)}
    stored = ArticleSummary.model_validate_json(summary.model_dump_json())
    assert (stored.visits, stored.invitations) == (summary.visits, summary.invitations)
    assert stored.officials == summary.officials


def _converse(article: Article, answers: list[Reply | FormatRefused]) -> list[Request]:
    """Gives the answers in turn, the last one again and again, until there is a summary or an error of ours."""
    conversation = Conversation(article, load_prompt(contract()), SETTINGS)
    steps = conversation.steps()
    asked: list[Request] = []
    outcome: ArticleSummary | SummariseError | None = None
    try:
        asked.append(next(steps))
        while len(asked) < 20:
            asked.append(steps.send(answers[min(len(asked), len(answers)) - 1]))
    except StopIteration as end:
        outcome = end.value
    except SummariseError as error:
        outcome = error
    assert outcome is not None, "the conversation has no end"
    assert len(conversation.attempts) == len(asked)
    if isinstance(outcome, ArticleSummary):
        _sound(outcome, article)
        assert outcome.provenance is not None
        assert outcome.provenance.attempts == conversation.attempts
    else:
        assert outcome.attempts == tuple(conversation.attempts)
    return asked


@SLOW
@given(mutated())
@example(
    {**REPLY, "visits": [{**REPLY["visits"][0], "when": {"text": "on Thursday", "date": None, "precision": "day"}}]}
)
def test_a_mutated_reply_gives_faults_or_a_sound_summary(reply: Any) -> None:
    verdict = judge(json.dumps(reply), ARTICLE, contract())
    assert verdict.faults or verdict.summary is not None
    assert all(str(fault).encode() for fault in verdict.faults)
    if verdict.summary is not None:
        _sound(verdict.summary, ARTICLE)


@SLOW
@given(JSON | st.fixed_dictionaries(dict.fromkeys(REPLY, JSON)))
def test_any_json_gives_faults_or_a_sound_summary(value: Any) -> None:
    verdict = judge(json.dumps(value), ARTICLE, contract())
    assert verdict.faults or verdict.summary is not None
    if verdict.summary is not None:
        _sound(verdict.summary, ARTICLE)


@SLOW
@given(
    st.lists(
        st.builds(
            Reply,
            content=st.none() | ANY_TEXT | mutated().map(json.dumps),
            finish_reason=st.sampled_from(["stop", "stop", "stop", "length", "content_filter", None]),
            refusal=st.sampled_from([None, None, None, "No.", "\ud800"]),
            model=st.none() | ANY_TEXT,
            input_tokens=st.integers(0, 10),
            cached_tokens=st.integers(0, 100),
        )
        | st.builds(FormatRefused, st.just("json_schema"), ANY_TEXT),
        min_size=1,
        max_size=4,
    )
)
def test_any_sequence_of_answers_ends_in_a_summary_or_an_error_of_ours(answers: list[Reply | FormatRefused]) -> None:
    asked = _converse(ARTICLE, answers)
    sent = "".join(message["content"] for request in asked for message in request.messages)
    assert sent.encode().decode() == sent
    assert {len(request.messages) for request in asked} <= {2, 4}


@SLOW
@given(ANY_TEXT | st.text('Rojas Lima.\n"[1]{}«»“” 2024-04-08Январь', max_size=200) | ANY_TEXT.map(TEXT.__add__))
def test_any_article_gives_a_summary_or_an_error_of_ours(text: str) -> None:
    try:
        article = read_article(text)
    except ArticleError:
        event("no article")
    else:
        assert _converse(article, [Reply(json.dumps(REPLY))])


@pytest.mark.parametrize("depth", [10, 150, 199, 250, 5_000])
@pytest.mark.parametrize("opening", ["[", '{"more":'])
def test_deep_nesting_is_a_fault_like_any_other(depth: int, opening: str) -> None:
    deep = opening * depth + "1" + ("]" if opening == "[" else "}") * depth
    for place in ('"visits": [{"more": @}]', '"more": @', '"visits": @', '"summary": @'):
        content = '{"officials": [], "invitations": [], ' + place.replace("@", deep) + "}"
        _converse(ARTICLE, [Reply(content)])
        assert judge(content, ARTICLE, contract()).faults


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5_000, "1e999", "-1e400", "0.1e-999"])
def test_huge_numbers_are_faults_like_any_other(number: str) -> None:
    for name in ("evidence", "status"):
        reply = copy.deepcopy(REPLY)
        reply["visits"][0][name] = ["@"] if name == "evidence" else "@"
        content = json.dumps(reply).replace('"@"', number)
        assert judge(content, ARTICLE, contract()).faults
        _converse(ARTICLE, [Reply(content)])


@pytest.mark.parametrize(
    "name", ["x" * 10_000, "Rojas " * 1_700, "R. " * 3_300, "-" * 10_000, "A-" * 5_000, "É" * 10_000]
)
def test_a_name_of_ten_thousand_characters_is_refused_and_shown_shortened(name: str) -> None:
    reply = copy.deepcopy(REPLY)
    reply["officials"][0]["name"] = name
    reply["visits"][0]["visitors"] = [name]
    verdict = judge(json.dumps(reply), ARTICLE, contract())
    assert verdict.faults
    assert max(len(str(fault)) for fault in verdict.faults) < 1_000
    assert verdict.summary is not None
    assert all(official.name != name for official in verdict.summary.officials)


def test_an_empty_reply_about_an_empty_kind_of_article_is_accepted() -> None:
    empty = {"officials": [], "visits": [], "invitations": [], "summary": "", "more": []}
    assert judge(json.dumps(empty), read_article("."), contract()).accepted
