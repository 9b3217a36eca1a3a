"""What does not fit a model's context: how it is cut, and that it is read as if it had been whole."""

from __future__ import annotations

import asyncio
import copy
import itertools
import json
import os
import re
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise import ArticleSummary, Settings, Summariser
from summarise.article import read_article
from summarise.cli import main
from summarise.converse import Conversation
from summarise.errors import ConfigurationError, ContextTooLong, FilteredReply, RefusedReply, TruncatedReply
from summarise.exchange import FormatRefused, Reply, Request, Rung
from summarise.model import ModelClient, ladder
from summarise.model.context import stated_context
from summarise.prompt import load_prompt
from summarise.records import Attempt, Provenance, Window
from summarise.schema import contract
from summarise.tokens import context_window, count_tokens
from summarise.windows import cut, evenly_cut, halves, request_tokens, room_in, shown_in, surely_fits, windows_in
from tests.long_articles import ACCEPTED, AGAIN, HEADLINE, INVITED, PERU, SmallContext, article, faultless, serving
from tests.loopback import Loopback, completion
from tests.test_model import Time

LARGE = 1_000_000
PROMPT = load_prompt(contract())
_SIGNS = st.one_of(st.characters(codec="utf-8", exclude_categories=["C"]), st.sampled_from(" .\n"))
_models = (f"windowed-{number}" for number in itertools.count())


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("SUMMARISE_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def settings_for(endpoint: SmallContext, **more: Any) -> Settings:
    values = {"model": next(_models), "api_key": "sk-test", "backoff": 0, "second_opinion": False, **more}
    return Settings(base_url=endpoint.url, **values)


def read(endpoint: SmallContext, text: str | None = None, **more: Any) -> ArticleSummary:
    with Summariser(settings=settings_for(endpoint, **more)) as reader:
        return reader.read(text or article())


def read_async(endpoint: SmallContext, text: str | None = None, **more: Any) -> ArticleSummary:
    async def reading() -> ArticleSummary:
        async with Summariser(settings=settings_for(endpoint, **more)) as reader:
            return await reader.aread(text or article())

    return asyncio.run(reading())


def provenance(summary: ArticleSummary) -> Provenance:
    assert summary.provenance is not None
    return summary.provenance


def records(summary: ArticleSummary) -> dict[str, Any]:
    kept = ("officials", "visits", "invitations", "outlet", "agencies", "byline", "concerns", "rejected")
    return {name: value for name, value in summary.model_dump().items() if name in kept}


@pytest.fixture(scope="module")
def whole() -> ArticleSummary:
    """The one reading by a model that takes all of it at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        with serving(SmallContext(LARGE)) as endpoint:
            summary = read(endpoint)
    assert len(endpoint.bodies) == 1
    assert provenance(summary).windows == []
    assert {len(summary.officials), len(summary.visits) + 1} == {4}
    assert len(summary.invitations) == 1
    return summary


class TestCutting:
    @given(st.lists(st.integers(0, 60), min_size=1, max_size=80), st.integers(60, 200))
    def test_every_sentence_is_read_and_no_window_is_too_long(self, costs: list[int], room: int) -> None:
        for runs in (cut(costs, room), evenly_cut(costs, room)):
            assert runs[0][0] == 0
            assert runs[-1][1] == len(costs)
            assert all(sum(costs[start:end]) <= room for start, end in runs)
            for (start, end), (after, beyond) in itertools.pairwise(runs):
                assert start < after <= end < beyond
                assert after < end or costs[end - 1] + costs[end] > room, "neighbours overlap wherever two fit"

    @given(st.lists(st.integers(0, 60), min_size=1, max_size=80), st.integers(60, 200))
    def test_even_windows_are_no_more_and_no_longer(self, costs: list[int], room: int) -> None:
        runs, even = cut(costs, room), evenly_cut(costs, room)
        assert len(even) <= len(runs)
        assert max(sum(costs[slice(*run)]) for run in even) <= max(sum(costs[slice(*run)]) for run in runs)

    @settings(max_examples=25)
    @given(
        st.lists(st.text(_SIGNS, max_size=400), max_size=12),
        st.integers(8_000, 20_000),
        st.sampled_from(["json_schema", "json_object", "text"]),
    )
    def test_what_is_asked_fits_the_context_and_nothing_is_left_out(
        self, pieces: list[str], context: int, rung: Rung
    ) -> None:
        text = "A minister spoke.\n\n" + "\n".join(piece * 7 for piece in pieces)
        source = read_article(text)
        room = room_in(context, PROMPT, rung, model="gpt-4o", max_output_tokens=8192, most=None)
        try:
            windows = windows_in(source, PROMPT, room)
        except ContextTooLong:  # a sentence of its own is too long
            return
        shown: set[int] = set()
        for window in windows or (None,):
            numbers = shown_in(window, source)
            request = PROMPT.request(source, rung, 16, numbers)
            assert request_tokens(request) <= context
            assert room.left_by(request) >= min(8192, room.article), "the reply has room, too"
            assert numbers is None or set(source.head) <= set(numbers)
            shown |= set(range(1, len(source.sentences) + 1) if numbers is None else numbers)
        assert shown == set(range(1, len(source.sentences) + 1))

    @given(st.text(_SIGNS, max_size=300), st.integers(30_000, 80_000))
    def test_what_surely_fits_does_fit(self, text: str, context: int) -> None:
        source = read_article(f"Talks. {text * 20}")
        if surely_fits(source, PROMPT, context, 2000):
            room = room_in(context, PROMPT, "json_schema", model="gpt-4o", max_output_tokens=2000, most=None)
            assert windows_in(source, PROMPT, room) == ()

    def test_text_without_any_boundary_is_read_in_pieces(self) -> None:
        # The reader of articles has cut it at 2,000 characters: those are the sentences, and they are whole.
        source = read_article("talks " * 10_000 + "end" * 4_000)
        assert max(sentence.end - sentence.start for sentence in source.sentences) <= 2_001
        room = room_in(12_000, PROMPT, "json_schema", model="gpt-4o", max_output_tokens=8192, most=None)
        windows = windows_in(source, PROMPT, room)
        assert len(windows) > 5
        assert {n for window in windows for n in shown_in(window, source) or ()} == set(
            range(1, len(source.sentences) + 1)
        )

    def test_a_sentence_that_does_not_fit_is_named(self) -> None:
        source = read_article("Short.\n\n" + "".join(chr(0x13000 + number % 900) for number in range(1_900)) + "\n")
        room = room_in(9_000, PROMPT, "json_schema", model="gpt-4o", max_output_tokens=8192, most=None)
        with pytest.raises(ContextTooLong, match=r"sentence 2 takes [\d,]+ tokens, .* 9,000 leaves") as caught:
            windows_in(source, PROMPT, room)
        assert "--context" in caught.value.hint

    def test_a_context_without_room_for_a_few_sentences_is_an_error_with_the_numbers(self) -> None:
        with pytest.raises(ConfigurationError, match=r"context of 4,096 tokens.* too small for gpt-4o") as caught:
            room_in(4_096, PROMPT, "json_schema", model="gpt-4o", max_output_tokens=8192, most=None)
        assert "--context N (SUMMARISE_CONTEXT)" in caught.value.hint

    @pytest.mark.parametrize("model", ["gpt-4o", "tokens-nobody-knows"])
    def test_the_error_adds_up_and_names_a_context_that_will_do(self, model: str) -> None:
        with pytest.raises(ConfigurationError) as caught:
            room_in(4_096, PROMPT, "json_schema", model=model, max_output_tokens=8192, most=None)
        named = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\d", caught.value.message)]
        *parts, in_all, least = named[-5:]
        assert sum(parts) == in_all, caught.value.message
        room_in(least, PROMPT, "json_schema", model=model, max_output_tokens=8192, most=None)

    def test_the_head_is_headline_dateline_and_day(self) -> None:
        source = read_article(
            "Kenya reaches out\n\nPublished: March 12, 2024\n\nNAIROBI (Reuters) - One came.\n\nTwo.\n"
        )
        assert source.head == (1, 2, 3)
        assert read_article("Nothing of it. Nor here.").head == ()


class TestReading:
    @pytest.mark.parametrize("context", [8_700, 10_000, 13_000, 20_000])
    @pytest.mark.parametrize("door", [read, read_async])
    def test_a_faultless_model_says_the_same_as_in_one_reading(
        self, whole: ArticleSummary, context: int, door: Callable[..., ArticleSummary]
    ) -> None:
        with serving(SmallContext(context)) as endpoint:
            summary = door(endpoint, context=context)
        assert endpoint.refused == 0
        assert len(endpoint.bodies) > 1
        assert records(summary) == records(whole)
        source = read_article(article())
        assert set().union(*endpoint.shown) == set(range(1, len(source.sentences) + 1))
        assert all(HEADLINE in question and "NAIROBI, March 12" in question for question in endpoint.questions)

    @pytest.mark.parametrize("padding", range(37, 44))
    def test_a_record_across_a_cut_stands_whole_in_a_window(self, padding: int) -> None:
        text = article(padding)
        with serving(SmallContext(10_000)) as endpoint:
            summary = read(endpoint, text, context=10_000)
        [invitation] = summary.invitations
        assert (invitation.response, invitation.channel) == ("accepted", "letter")
        assert [evidence.text for evidence in invitation.evidence] == [INVITED, ACCEPTED]
        assert summary.visits[0].invitation == invitation.id
        assert [evidence.text for evidence in summary.visits[0].evidence][-1] == AGAIN
        assert summary.visits[2].visitors[0].name == "Daniel Mutua", "named in full in another window"
        assert not summary.concerns

    def test_each_attempt_and_the_whole_say_which_sentences_were_read(self) -> None:
        with serving(SmallContext(10_000)) as endpoint:
            found = provenance(read(endpoint, context=10_000))
        assert [attempt.window for attempt in found.attempts] == found.windows
        assert (found.windows[0].first, found.windows[-1].last) == (1, len(read_article(article()).sentences))
        assert all(one.last >= other.first for one, other in itertools.pairwise(found.windows))
        assert found.usage.requests == len(endpoint.bodies)
        assert found.usage.input_tokens == sum(attempt.input_tokens for attempt in found.attempts) > 0

    def test_the_fixed_part_is_the_same_for_every_window_and_never_cut(self) -> None:
        with serving(SmallContext(10_000)) as endpoint:
            read(endpoint, context=10_000)
        systems = {body["messages"][0]["content"] for body in endpoint.bodies}
        assert systems == {PROMPT.system["json_schema"]}
        assert all(body["response_format"]["json_schema"]["strict"] for body in endpoint.bodies)

    def test_the_schema_in_the_prompt_is_counted_on_a_lower_rung(self, whole: ArticleSummary) -> None:
        with serving(SmallContext(10_000, only_text=True)) as endpoint:
            summary = read(endpoint, context=10_000)
        assert endpoint.refused == 0
        assert records(summary) == records(whole)
        assert [attempt.outcome for attempt in provenance(summary).attempts].count("format_refused") == 1

    def test_what_fits_is_asked_as_ever(self) -> None:
        bodies = []
        for context in (None, LARGE, 128_000, 60_000):
            with serving(SmallContext(LARGE)) as endpoint:
                read(endpoint, model="same", context=context)
            bodies += endpoint.bodies
        assert len(bodies) == 4
        assert all(body == bodies[0] for body in bodies)

    def test_a_limit_of_the_reply_that_a_small_context_cannot_hold_is_lowered(self) -> None:
        with serving(SmallContext(10_000)) as endpoint:
            summary = read(endpoint, article(3), context=10_000)
        assert endpoint.refused == 0
        assert [body["max_completion_tokens"] < 8192 for body in endpoint.bodies] == [True]
        assert provenance(summary).windows == []

    def test_the_same_context_gives_the_same_requests(self) -> None:
        def requests() -> list[Request]:
            conversation = Conversation(
                read_article(article()), PROMPT, Settings(model="gpt-4o"), base_url="http://x/v1", context=9_000
            )
            steps, asked = conversation.steps(), []
            request = next(steps)
            while True:
                asked.append(request)
                try:
                    request = steps.send(Reply(json.dumps(faultless(request.messages[1]["content"])), "stop"))
                except StopIteration:
                    return asked

        assert requests() == requests()


class TestUnknownContext:
    def test_a_limit_that_the_endpoint_states_is_learned(self, whole: ArticleSummary) -> None:
        with serving(SmallContext(10_000)) as endpoint:
            settings = settings_for(endpoint)
            with Summariser(settings=settings) as reader:
                first, second = reader.read(article()), reader.read(article(61))
        assert endpoint.refused == 1, "the second article was cut beforehand"
        assert records(first) == records(whole)
        assert len(provenance(second).windows) > 3
        [refused] = [attempt for attempt in provenance(first).attempts if attempt.outcome == "failed"]
        assert (refused.error, refused.status_code, refused.window) == ("ContextTooLong", 400, None)
        assert ladder.context(endpoint.url, settings.model, 32_000) == 10_000

    def test_an_article_that_would_fit_but_for_the_limit_of_the_reply_is_asked_again_whole(self) -> None:
        with serving(SmallContext(10_000)) as endpoint:
            summary = read(endpoint, article(2))
        assert (endpoint.refused, len(endpoint.bodies)) == (1, 1)
        assert provenance(summary).windows == []

    def test_without_a_limit_the_hint_names_the_way_on(self) -> None:
        with serving(SmallContext(10_000, states_limit=False)) as endpoint, pytest.raises(ContextTooLong) as caught:
            read(endpoint)
        assert "--context N (SUMMARISE_CONTEXT)" in caught.value.hint
        assert len(caught.value.attempts) == 1
        assert not caught.value.stops_run

    def test_a_model_that_counts_more_tokens_gets_smaller_windows(self, whole: ArticleSummary) -> None:
        with serving(SmallContext(14_000, longer_by=1.4, states_limit=False)) as endpoint:
            summary = read(endpoint, context=14_000)
        assert 1 <= endpoint.refused <= 4
        assert records(summary) == records(whole)

    def test_a_context_that_is_too_small_for_any_article_is_said(self) -> None:
        with serving(SmallContext(3_000)) as endpoint, pytest.raises(ConfigurationError, match="context of 3,000 tok"):
            read(endpoint)

    @pytest.mark.parametrize(
        ("said", "limit"),
        [
            ("this model's maximum context length is 8192 tokens. however, your messages resulted in 9000", 8192),
            ("this model's maximum context length is 16,385 tokens, however you requested 20,000", 16385),
            ("request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it", 4096),
            ("prompt is too long: 210000 tokens > 200000 maximum", 200000),
            ("input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease", 200000),
            ("the input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", 1048576),
            ("prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context", 32768),
            ("the model is loaded with context length of only 4096 tokens, which is not enough", 4096),
            ("your input exceeds the context window of this model.", None),
            ("context length 3", None),
        ],
    )
    def test_the_limit_is_read_in_the_words_of_each_provider(self, said: str, limit: int | None) -> None:
        assert stated_context(said, {"error": {"message": said}}) == limit

    def test_llama_cpp_states_it_in_a_field(self) -> None:
        assert stated_context("exceeds", {"error": {"message": "exceeds", "n_ctx": 4096}}) == 4096
        assert stated_context("exceeds", {"error": {"n_ctx": True}}) is None
        assert stated_context("exceeds", "<html>") is None

    def test_known_models_have_their_context(self) -> None:
        assert context_window("gpt-4o", "https://api.openai.com/v1") == 128_000
        assert context_window("gpt-4o", "http://127.0.0.1:1/v1") is None
        assert context_window("granite-of-my-own", "https://api.openai.com/v1") is None
        assert ladder.context(None, "gpt-4o", None) == 128_000
        assert ladder.context(None, "gpt-4o", 9_000) == 9_000


def declining(sentence: str) -> Callable[[Any, Sequence[Any]], Any]:
    """A model that declines to read the window with this sentence."""

    def spoil(reply: Any, messages: Sequence[Any]) -> Any:
        if sentence not in messages[1]["content"]:
            return reply
        return 400, {"error": {"message": "flagged", "type": "invalid_request_error", "code": "content_filter"}}

    return spoil


class TestFaults:
    def test_a_window_that_fails_is_named_and_the_others_stand(self) -> None:
        with serving(SmallContext(10_000, spoil=declining(PERU))) as endpoint:
            summary = read(endpoint, context=10_000)
        assert {visit.country for visit in summary.visits} == {"NOR"}
        unread = [concern for concern in summary.concerns if concern.kind == "unread"]
        found = provenance(summary)
        missed = [window for window in found.windows if not window.read]
        assert missed
        [concern] = unread if len(missed) == 1 else [*unread[:1]]
        assert concern.message.startswith("not read: sentence ")
        assert "FilteredReply" in concern.message
        read_ones = {n for window in found.windows if window.read for n in range(window.first, window.last + 1)}
        lost = {n for window in missed for n in range(window.first, window.last + 1)} - read_ones
        assert concern.sentence == min(lost)
        assert concern.message in found.warnings, "a corpus run shows them"
        assert found.windows == sorted(found.windows, key=lambda window: window.first)

    def test_all_windows_failed_is_the_error(self) -> None:
        with serving(SmallContext(10_000, spoil=declining("[1]"))) as endpoint, pytest.raises(FilteredReply):
            read(endpoint, context=10_000)
        assert len(endpoint.bodies) == 8

    def test_a_fault_of_all_calls_ends_the_reading_and_names_the_rest(self) -> None:
        def spoil(reply: Any, messages: Sequence[Any]) -> Any:
            return reply if HEADLINE in messages[1]["content"] and "[60]" not in messages[1]["content"] else gone

        gone = (401, {"error": {"message": "key revoked"}})
        with serving(SmallContext(10_000, spoil=spoil)) as endpoint:
            summary = read(endpoint, context=10_000)
        assert len(endpoint.bodies) == 2
        [concern] = summary.concerns
        last = len(read_article(article()).sentences)
        assert f"to {last} (AuthenticationFailed" in concern.message
        assert len([window for window in provenance(summary).windows if window.read]) == 1

    def test_an_endpoint_that_is_gone_is_not_tried_for_every_window(self) -> None:
        def spoil(reply: Any, messages: Sequence[Any]) -> Any:
            number = len(endpoint.bodies)
            return reply if number in (1, 3) else (500, {"error": {"message": "overloaded"}})

        with serving(SmallContext(10_000, spoil=spoil)) as endpoint:
            summary = read(endpoint, context=10_000, transient_retries=0)
        assert len(endpoint.bodies) == 5, "one window is passed over, two in turn end it"
        windows = provenance(summary).windows
        assert [window.read for window in windows] == [True, False, True, *[False] * (len(windows) - 3)]
        assert {concern.kind for concern in summary.concerns} == {"unread"}

    def test_a_sentence_that_was_not_shown_cannot_be_cited(self) -> None:
        asked: list[str] = []

        def spoil(reply: Any, messages: Sequence[Any]) -> Any:
            if len(messages) > 2:
                asked.append(messages[-1]["content"])
            elif AGAIN in messages[1]["content"]:
                reply = copy.deepcopy(reply)
                reply["visits"][-1]["evidence"].append(20)
            return reply

        with serving(SmallContext(10_000, spoil=spoil)) as endpoint:
            summary = read(endpoint, context=10_000)
        [complaint] = asked
        assert "there is no sentence 20. Sentences are 1 to 2, " in complaint
        assert not summary.concerns

    def test_a_reply_without_end_is_cut_off_where_the_context_ends(self) -> None:
        def spoil(reply: Any, messages: Sequence[Any]) -> Any:
            return json.dumps({**reply, "summary": "word " * 30_000})

        with serving(SmallContext(9_000, spoil=spoil)) as endpoint, pytest.raises(TruncatedReply, match="no room for"):
            read(endpoint, article(2), context=9_000)
        assert endpoint.refused == 0
        assert len(endpoint.bodies) == 1

    def test_a_window_with_more_to_tell_than_a_reply_holds_is_halved_once(self, whole: ArticleSummary) -> None:
        def spoil(reply: Any, messages: Sequence[Any]) -> Any:
            many = messages[1]["content"].count("\n[") > 30
            return json.dumps({**reply, "summary": "word " * 30_000}) if many else reply

        with serving(SmallContext(10_000, spoil=spoil)) as endpoint:
            summary = read(endpoint, context=10_000)
        found = provenance(summary)
        assert records(summary) == records(whole)
        assert len(found.windows) == 16
        assert all(window.read for window in found.windows)
        assert all(one.last >= other.first for one, other in itertools.pairwise(found.windows))

    def test_a_model_without_end_is_not_halved_for_ever(self) -> None:
        def spoil(reply: Any, messages: Sequence[Any]) -> Any:
            return json.dumps({**reply, "summary": "word " * 30_000}) if PERU in messages[1]["content"] else reply

        with serving(SmallContext(10_000, spoil=spoil)) as endpoint:
            summary = read(endpoint, context=10_000)
        source = read_article(article())
        number = next(found.number for found in source.sentences if PERU in source.text[found.start : found.end])
        unread = [window for window in provenance(summary).windows if not window.read]
        assert unread
        assert all(window.first <= number <= window.last for window in unread)
        assert len(endpoint.bodies) < 20
        assert all("(TruncatedReply: " in concern.message for concern in summary.concerns)

    @given(st.integers(2, 500))
    def test_halves_are_shorter_and_hold_everything(self, count: int) -> None:
        (first, end), (start, last) = halves(count)
        assert (first, last) == (0, count)
        assert 0 < start <= end < count

    def test_a_bad_reply_too_long_to_send_back_is_kept_for_what_it_is_worth(self) -> None:
        def spoil(reply: Any, messages: Sequence[Any]) -> Any:
            return {**reply, "summary": "Kenya reaches out. " * 600}

        with serving(SmallContext(10_000, spoil=spoil)) as endpoint:
            summary = read(endpoint, article(2), context=10_000)
        assert endpoint.refused == 0
        assert len(endpoint.bodies) == 1
        assert [concern.kind for concern in summary.concerns] == ["too_long"]
        assert len(summary.visits) == 3

    def test_a_model_that_declines_everywhere_is_the_error(self) -> None:
        conversation = Conversation(read_article(article()), PROMPT, Settings(model="gpt-4o"), context=9_000)
        steps = conversation.steps()
        next(steps)
        declined = Reply(None, "stop", refusal="I will not.")
        with pytest.raises(RefusedReply):
            _all(steps.send(declined) for _ in range(50))
        assert {attempt.outcome for attempt in conversation.attempts} == {"failed"}
        assert len(conversation.attempts) > 5


class TwoWindows:
    """A conversation about two windows, between which the clock moves by ten seconds."""

    def __init__(self, moment: Time) -> None:
        self.attempts: list[Attempt] = []
        self.moment = moment

    def note(self, attempt: Attempt) -> None:
        self.attempts.append(attempt)

    def steps(self) -> Generator[Request, Reply | FormatRefused, ArticleSummary]:
        source = read_article(article(2))
        for first in (1, 9):
            yield replace(PROMPT.request(source, "text", 512), window=Window(first=first, last=first + 8))
            self.moment.now += 10
        return ArticleSummary(officials=[], visits=[], invitations=[], summary="done")


def test_each_window_has_the_deadline_of_an_article() -> None:
    moment = Time()
    with Loopback(completion()) as server:
        chosen = Settings(model=next(_models), base_url=server.base_url, api_key="sk-test", deadline=9.0)
        with ModelClient(chosen, clock=moment.clock, sleep=moment.sleep) as client:
            assert client.run(TwoWindows(moment)).summary == "done"
    assert len(server.seen) == 2


class TestCommands:
    @pytest.fixture
    def place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "long.txt").write_text(article())
        (tmp_path / "in" / "short.txt").write_text(article(2))
        monkeypatch.setenv("SUMMARISE_SECOND_OPINION", "0")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        return tmp_path

    def test_the_estimate_counts_every_window(self, place: Path) -> None:
        with serving(SmallContext(10_000)) as endpoint:
            options = ["--base-url", endpoint.url, "--model", next(_models), "--context", "10000", "--out", "out.jsonl"]
            told = CliRunner().invoke(main, ["corpus", "in", *options, "--estimate"])
            assert not endpoint.bodies
            done = CliRunner().invoke(main, ["corpus", "in", *options])
            assert done.exit_code == 0, done.output
            rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
        estimate = json.loads(told.stdout)
        fixed = room_in(10_000, PROMPT, "json_schema", model="x", max_output_tokens=8192, most=None).fixed
        assert estimate["in_windows"] == 1
        assert estimate["calls_per_article"] == len(endpoint.bodies) / 2
        counted = sum(count_tokens(question) for question in endpoint.questions)
        assert estimate["input_tokens"]["expected"] == pytest.approx(counted + fixed * len(endpoint.bodies), rel=0.01)
        used = sum(row["usage"]["input_tokens"] for row in rows)
        assert estimate["input_tokens"]["expected"] == pytest.approx(used, rel=0.01)

    def test_article_takes_a_context_and_says_in_which_windows_it_read(self, place: Path) -> None:
        with serving(SmallContext(10_000)) as endpoint:
            command = ["article", "in/long.txt", "--base-url", endpoint.url, "--model", next(_models)]
            result = CliRunner().invoke(main, [*command, "--context", "10000"])
            assert result.exit_code == 0, result.output
            by_name = CliRunner().invoke(main, command, env={"SUMMARISE_CONTEXT": "10000"})
        assert endpoint.refused == 0
        found = [json.loads(text)["provenance"]["windows"] for text in (result.stdout, by_name.stdout)]
        assert found[0] == found[1]
        assert found[0][0] == {"first": 1, "last": found[0][0]["last"], "read": True}

    def test_a_context_too_small_stops_the_run_before_anything_is_sent(self, place: Path) -> None:
        with serving(SmallContext(3_000)) as endpoint:
            options = ["--base-url", endpoint.url, "--model", next(_models), "--context", "3000", "--out", "out.jsonl"]
            result = CliRunner().invoke(main, ["corpus", "in", *options])
        assert result.exit_code == 2
        assert "the context of 3,000 tokens" in result.stderr
        assert "--context" in result.stderr
        assert not endpoint.bodies

    def test_the_limit_of_characters_holds_still(self, place: Path) -> None:
        with serving(SmallContext(10_000)) as endpoint, pytest.raises(Exception, match="characters"):
            read(endpoint, context=10_000, max_article_characters=5_000)


def _all(found: Iterable[object]) -> None:
    for _ in found:
        pass


def test_a_window_is_stored_and_read_back() -> None:
    assert Window.model_validate_json(Window(first=3, last=9).model_dump_json()) == Window(first=3, last=9, read=True)
