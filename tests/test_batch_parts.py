"""The parts of a batch: what is kept of an article, the journal, a conversation told again, the lines of the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarise.api import Summariser
from summarise.corpus.batch.journal import Asking, Journal, Prepared
from summarise.corpus.batch.parts import Articles, Writer, custom_id_of
from summarise.corpus.batch.pending import Ending, Event, Failed, Pending, from_line, to_line
from summarise.corpus.batch.talk import Talk, begin
from summarise.corpus.fingerprint import fingerprint_of
from summarise.corpus.items import SourceItem
from summarise.errors import LedgerError, SummariseError
from summarise.exchange import FormatRefused, Reply
from summarise.model import ladder
from summarise.model.batch_lines import read_result, request_line, result_of, was_made
from summarise.model.retry import Failure
from summarise.records import ArticleSummary, Attempt
from summarise.settings import Settings, load_settings
from tests.corpus_server import article, reply_to

free = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

texts = st.text(st.characters(codec="utf-8"), max_size=30)
attempts = st.builds(Attempt, number=st.just(1), rung=st.just("text"), outcome=st.just("failed"), message=texts)
replies = st.builds(Reply, content=texts | st.none(), model=texts, input_tokens=st.integers(0, 9), batch=texts)
endings = st.builds(Ending, st.just("ContextTooLong"), texts, texts, st.none() | texts, st.none() | st.integers())
events = st.one_of(
    replies,
    st.builds(FormatRefused, st.just("json_schema"), texts),
    st.builds(Failed, attempts, st.booleans(), st.none() | endings),
)
pendings = st.builds(
    Pending,
    id=texts,
    source=texts,
    content=texts | st.binary(max_size=30),
    published=st.none() | st.dates(),
    fingerprint=st.dictionaries(texts, texts, max_size=3),
    rung=st.sampled_from(["json_schema", "json_object", "text"]),
    limit=st.sampled_from(["max_completion_tokens", "max_tokens"]),
    context=st.none() | st.integers(1),
    reading=texts,
    events=st.lists(events, max_size=3).map(tuple),
)


@given(pendings)
@free
def test_an_article_that_is_out_comes_back_as_it_was(pending: Pending) -> None:
    line = to_line(pending)
    assert line.count(b"\n") == 1
    assert from_line(line) == pending


@pytest.fixture(scope="module")
def reader() -> Summariser[ArticleSummary]:
    return Summariser(settings=load_settings(base_url="http://127.0.0.1:9/v1", model="m", complaints=2))


def talk_about(text: str, reader: Summariser[Any]) -> Talk:
    item = SourceItem("a", "a.txt", text)
    return begin(item, fingerprint_of(item, reader), reader)


def _good(text: str, reader: Summariser[Any]) -> str:
    question = talk_about(text, reader).request.messages[-1]["content"]
    return json.dumps(reply_to(question))


LONG = " ".join(f"Word {number} was said about the forest." for number in range(400))


@pytest.fixture(scope="module")
def small() -> Summariser[ArticleSummary]:
    """A reader of a model with a context so small that a long article is read in windows."""
    return Summariser(settings=load_settings(base_url="http://127.0.0.1:9/v1", model="m", complaints=2, context=12_000))


def lost(error: str) -> Attempt:
    return Attempt(number=1, rung="text", outcome="failed", error=error)


steps = st.lists(
    st.sampled_from(["good", "bad", "worse", "cut", "refused", "filtered", "busy", "format", "down", "short"]),
    min_size=1,
    max_size=7,
)


@given(steps, st.booleans())
@free
def test_a_conversation_told_again_is_the_same(
    reader: Summariser[ArticleSummary], small: Summariser[ArticleSummary], names: list[str], long: bool
) -> None:
    """However many days it takes, whole or in windows: what is asked, what is noted and how it ends."""
    text = article() + LONG * long
    reader = small if long else reader
    come: dict[str, Event] = {
        "good": Reply(_good(text, reader), "stop"),
        "bad": Reply("no", "stop"),
        "worse": Reply('{"visits": 3}', "stop"),
        "cut": Reply("{", "length"),
        "refused": Reply(None, "stop", refusal="I must not"),
        "filtered": Reply(None, "content_filter"),
        "busy": Failed(lost("RateLimited")),
        "format": FormatRefused("json_schema", "no"),
        "down": Failed(lost("ServerFailed"), end=Ending("ServerFailed", "it is down", "")),
        "short": Failed(lost("ContextTooLong"), end=Ending("ContextTooLong", "too long", "", limit=10_000)),
    }
    in_one_go, over_days = talk_about(text, reader), talk_about(text, reader)
    for name in names:
        ends: list[tuple[str, str] | None] = []
        for talk in (in_one_go, over_days):
            try:
                talk.answer(come[name])
                ends.append(None)
            except SummariseError as error:
                ends.append((error.kind, error.message))
        assert ends[0] == ends[1]
        assert over_days.attempts == in_one_go.attempts
        assert over_days.summary == in_one_go.summary
        if ends[0] is not None or in_one_go.summary is not None:
            return
        over_days = Talk(from_line(to_line(over_days.pending)), reader)
        assert over_days.request == in_one_go.request
        assert over_days.attempts == in_one_go.attempts


def asking() -> Asking:
    return Asking(number=1, settings={"model": "m", "base_url": None}, fingerprint={"model": "m"}, prompts=".p")


def prepared(part: int, *follows: int) -> Prepared:
    return Prepared(part=part, asking=1, requests=2, size=10, at=1.0, follows=list(follows))


def _history(ledger: Path) -> Journal:
    journal = Journal(ledger, writing=True)
    journal.ask(asking())
    for number in (1, 2):
        journal.prepare(prepared(number))
        journal.uploaded(journal.parts[number], f"file-{number}")
        journal.created(journal.parts[number], f"batch-{number}")
    journal.refused(journal.parts[2], "batch-2")
    journal.learn(url="u", model="m", rung="json_schema")
    journal.learn(url="u", model="m", rung="json_schema")
    journal.wait(b"\x01\x02", ("id", "source", {"article": "x"}))
    journal.collect({1: "completed"}, [prepared(3, 1)])
    return journal


def _state(journal: Journal) -> dict[str, Any]:
    return {name: value for name, value in vars(journal).items() if name not in ("_writing",)}


class TestJournal:
    def test_what_was_noted_is_read(self, tmp_path: Path) -> None:
        written = _history(tmp_path / "l.jsonl")
        assert _state(Journal(tmp_path / "l.jsonl")) == _state(written)
        assert sorted(written.parts) == [2, 3]
        assert written.parts[2].batch is None
        assert written.parts[2].refusals == ["batch-2"]
        assert written.last_part == 3
        assert written.out == 4
        assert len(written.learned) == 1

    @given(st.data())
    @free
    def test_one_that_was_cut_off_anywhere_goes_on(
        self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        ledger = tmp_path_factory.mktemp("cut") / "l.jsonl"
        path = _history(ledger).path
        whole = path.read_bytes()
        at = data.draw(st.integers(0, len(whole)))
        path.write_bytes(whole[:at])
        complete = whole[:at].count(b"\n")
        Journal(ledger)
        assert path.read_bytes() == whole[:at], "who only reads changes nothing"
        journal = Journal(ledger, writing=True)
        assert path.read_bytes().startswith(b"".join(whole.splitlines(keepends=True)[:complete]))
        if not journal.askings:
            journal.ask(asking())
        journal.prepare(prepared(9))
        assert 9 in Journal(ledger).parts

    @pytest.mark.parametrize(
        "line", ["[]", "{}", '{"event": "else"}', '{"event": "begun", "version": 9, "key": "k"}', "x"]
    )
    def test_what_cannot_be_understood_is_named(self, tmp_path: Path, line: str) -> None:
        journal = _history(tmp_path / "l.jsonl")
        journal.path.write_text(line + "\n")
        with pytest.raises(LedgerError, match=r"journal\.jsonl, line 1, cannot be understood") as caught:
            Journal(tmp_path / "l.jsonl")
        assert caught.value.hint

    def test_a_folder_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        journal = _history(tmp_path / "l.jsonl")
        journal.path.unlink()
        journal.path.mkdir()
        with pytest.raises(LedgerError, match=r"cannot write .*journal\.jsonl") as caught:
            journal.prepare(prepared(4))
        assert "not lost" in caught.value.hint

    def test_files_of_what_is_over_go(self, tmp_path: Path) -> None:
        ledger = tmp_path / "l.jsonl"
        journal = _history(ledger)
        left = journal.file(1, "articles")  # as if killed between the note and this
        left.write_text("")
        Journal(ledger)
        assert left.exists()
        Journal(ledger, writing=True)
        assert not left.exists()


class TestParts:
    @given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.integers(1, 5), st.integers(1, 60_000))
    @free
    def test_each_file_keeps_to_its_limits_and_none_is_lost(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        reader: Summariser[ArticleSummary],
        lengths: list[int],
        most: int,
        size: int,
    ) -> None:
        journal = Journal(tmp_path_factory.mktemp("parts") / "l.jsonl", writing=True)
        cuts = {"requests": most, "size": size}
        journal.ask(Asking.model_validate({**asking().model_dump(), "cuts": cuts}))
        writer = Writer(journal, journal.askings[1], 1)
        texts = [f"{article(number)}\n{'Word. ' * length}" for number, length in enumerate(lengths)]
        for text in texts:
            writer.add(talk_about(text, reader))
        writer.finish()
        found = []
        for each in writer.prepared:
            journal.prepare(each)
            lines = journal.file(each.part, "requests").read_bytes().splitlines(keepends=True)
            assert len(lines) == each.requests <= most
            assert sum(map(len, lines)) == each.size
            assert each.size <= size or len(lines) == 1
            with Articles(journal, journal.parts[each.part]) as kept:
                for place, line in enumerate(lines):
                    custom_id = json.loads(line)["custom_id"]
                    assert len(custom_id) <= 64
                    assert kept.place(custom_id) == place
                    assert custom_id == custom_id_of(kept[place], each.part, place)
                    found.append(kept[place].content)
                assert kept.place(custom_id_of(kept[0], each.part + 1, 0)) is None
                assert kept.place(f"0-{each.part}-{len(lines)}") is None
                assert kept.place("something else") is None
        assert found == texts


SETTINGS: Settings = load_settings(base_url="http://127.0.0.1:9/v1", model="m")
ENDPOINT = ladder.endpoint("http://127.0.0.1:9/v1", "m", "sk-key")


def read(result: object) -> Reply | FormatRefused | Failure:
    assert isinstance(result, dict)
    return read_result(result, "batch_1", ENDPOINT, "json_schema", "max_completion_tokens")


def response(status: int, body: object) -> dict[str, object]:
    return {"custom_id": "x", "response": {"status_code": status, "request_id": "req-1", "body": body}, "error": None}


class TestLines:
    def test_a_request_is_what_a_call_posts(self, reader: Summariser[ArticleSummary]) -> None:
        request = talk_about(article(1, "„ßé\u2028"), reader).request
        line = request_line("id-1", request, SETTINGS, "max_tokens")
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        told = json.loads(line)
        assert {name: told[name] for name in ("custom_id", "method", "url")} == {
            "custom_id": "id-1", "method": "POST", "url": "/v1/chat/completions",
        }  # fmt: skip
        assert told["body"] == ladder.request_body(request, SETTINGS, "max_tokens")

    def test_a_reply(self) -> None:
        body = {"choices": [{"finish_reason": "stop", "message": {"content": "{}"}}], "usage": {"prompt_tokens": 3}}
        assert read(response(200, body)) == Reply("{}", "stop", request_id="req-1", input_tokens=3, batch="batch_1")

    @pytest.mark.parametrize(
        ("result", "error", "next_try"),
        [
            (response(429, {"error": {"message": "slow down"}}), "RateLimited", "later"),
            (response(500, {"error": {"message": "oh"}}), "ServerFailed", "later"),
            (response(401, {"error": {"message": "no"}}), "AuthenticationFailed", "never"),
            (response(429, {"error": {"code": "insufficient_quota"}}), "QuotaExhausted", "never"),
            (response(400, {"error": {"message": "maximum context length"}}), "ContextTooLong", "never"),
            (response(200, {"error": {"message": "oh", "code": 503}}), "ServerFailed", "later"),
            (response(200, {"choices": []}), "ServerFailed", "later"),
            (response(200, None), "ServerFailed", "later"),
            ({"custom_id": "x", "response": None, "error": None}, "ServerFailed", "later"),
            ({"custom_id": "x", "error": {"code": "server_error", "message": "oh"}}, "ServerFailed", "later"),
        ],
    )
    def test_a_failure(self, result: object, error: str, next_try: str) -> None:
        failure = read(result)
        assert isinstance(failure, Failure)
        assert (failure.error.__name__, failure.next_try) == (error, next_try)

    def test_a_refused_format(self) -> None:
        refused = read(response(400, {"error": {"message": "response_format is not supported with this model"}}))
        assert isinstance(refused, FormatRefused)
        assert (refused.rung, refused.batch) == ("json_schema", "batch_1")

    @pytest.mark.parametrize("line", [b"", b"\n", b"x", b"[]", b"{}", b'{"custom_id": 3}', b"[" * 100_000])
    def test_a_line_that_is_none(self, line: bytes) -> None:
        assert result_of(line) is None

    @given(st.recursive(st.none() | st.integers() | texts, lambda some: st.dictionaries(texts, some, max_size=3)))
    @free
    def test_nothing_that_comes_is_too_strange(self, body: object) -> None:
        for result in (response(200, body), {"custom_id": "x", "response": body, "error": body}):
            assert isinstance(read(result), Reply | FormatRefused | Failure)
            assert was_made(result) in (True, False)
