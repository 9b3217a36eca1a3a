"""`summarise_corpus` and its async twin as a caller meets them; with a real endpoint on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise import LedgerRow, Settings, Summariser, asummarise_corpus, summarise_corpus
from summarise.article import Article
from summarise.corpus.channel import Channel
from summarise.corpus.ledger import Ledger, read_ledger
from summarise.corpus.stopping import Stop
from summarise.corpus.unwritten import Unwritten
from summarise.errors import (
    AuthenticationFailed,
    BudgetReached,
    ConfigurationError,
    HookFailed,
    LedgerError,
    SchemaError,
)
from summarise.records import Attempt
from tests.corpus_server import Endpoint, article
from tests.test_cli import endpoint, place
from tests.test_corpus import row as row_of

__all__ = ["endpoint", "place"]  # fixtures

Read = Callable[..., list[LedgerRow]]
THREADS = "summarise_corpus"


@pytest.fixture(autouse=True)
def _here(place: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
    yield
    assert not [thread for thread in threading.enumerate() if thread.name == THREADS]


@pytest.fixture(params=["sync", "async"])
def read(request: pytest.FixtureRequest) -> Read:
    """All rows, through one of the two doors."""
    if request.param == "sync":
        return lambda *arguments, **named: list(summarise_corpus(*arguments, **named))

    async def every(*arguments: Any, **named: Any) -> list[LedgerRow]:
        rows = [row async for row in asummarise_corpus(*arguments, **named)]
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return rows

    return lambda *arguments, **named: asyncio.run(every(*arguments, **named))


def pairs(number: int, marks: str = "") -> list[tuple[str, str]]:
    return [(f"a{each}", article(each, marks)) for each in range(number)]


def ids(rows: list[LedgerRow]) -> list[str]:
    return sorted(row.id for row in rows)


def written() -> list[str]:
    return sorted(row.id for row in read_ledger("out.jsonl"))


def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never comes true")


class TestSources:
    def test_articles_can_be_given_in_many_ways(self, read: Read, endpoint: Endpoint) -> None:
        Path("one.txt").write_text(article(1))
        prepared: Article = Summariser().article(article(2), name="desk/2", published="2024-03-12")
        mapping = {"id": "m", "text": article(3), "published": "2024-03-12", "desk": 4}
        sources = [article(0), prepared, mapping, ("p", Path("one.txt")), (7, article(4)), ("b", article(5).encode())]
        rows = {row.id: row for row in read([*sources, Path("one.txt")])}
        text_id = sha256(article(0).encode()).hexdigest()[:16]
        assert set(rows) == {text_id, "desk/2", "m", "p", "7", "b", "one"}
        assert {row.status for row in rows.values()} == {"ok"}
        assert [rows[id].fingerprint.get("published") for id in ("desk/2", "m", "7")] == ["2024-03-12"] * 2 + [None]
        assert len(endpoint.questions) == 6, "the same file under two ids is sent once"

    def test_paths_stand_for_what_they_stand_for_on_the_command_line(self, read: Read, endpoint: Endpoint) -> None:
        Path("in/deep").mkdir(parents=True)
        for number, name in enumerate(("in/a.txt", "in/deep/b.txt")):
            Path(name).write_text(article(number))
        Path("c.jsonl").write_text(json.dumps({"key": "c", "words": article(3)}) + "\n")
        assert ids(read("in")) == ids(read(Path("in"))) == ids(read("in/**/*.txt")) == ["a", "deep/b"]
        both = read([Path("in"), Path("c.jsonl")], text_field="words", id_field="key", out="in/out.jsonl")
        assert ids(both) == ["a", "c", "deep/b"]

    def test_an_iterable_may_be_lazy_or_asynchronous(self, read: Read) -> None:
        async def slowly() -> AsyncIterator[tuple[str, str]]:
            for pair in pairs(5):
                await asyncio.sleep(0)
                yield pair

        assert ids(read(slowly())) == ids(read(iter(pairs(5)))) == ["a0", "a1", "a2", "a3", "a4"]
        assert read([]) == read(iter(())) == []

    def test_a_day_of_publication_for_all_that_tell_none(self, read: Read) -> None:
        dated = {"id": "d", "text": article(1), "date": "2024-03-12"}
        rows = {row.id: row for row in read([dated, ("p", article(2))], published="2024-03-13")}
        days = {id: (row.summary or {})["provenance"]["reference_date"] for id, row in rows.items()}
        assert days == {"d": "2024-03-12", "p": "2024-03-13"}

    def test_what_gives_no_article_is_a_failed_row_and_the_rest_is_read(self, read: Read) -> None:
        sources: list[Any] = [None, {"id": "x"}, {"text": ""}, ("e", " "), ("half", "\ud800"), (True, "x"), *pairs(1)]
        rows = {row.id: row for row in read(sources)}
        kinds = {id: row.error.kind for id, row in rows.items() if row.error}
        unreadable = dict.fromkeys(("item:1", "x", "item:5", "item:6"), "UnreadableRow")
        assert kinds == {**unreadable, "item:3": "EmptyArticle", "e": "EmptyArticle"}
        assert rows["a0"].status == "ok"

    def test_of_two_with_one_id_the_first_counts(self, read: Read, caplog: pytest.LogCaptureFixture) -> None:
        (only,) = read([("a", article(1)), ("a", article(2)), ("a", article(1))])
        assert only.source == "item:1"
        assert "item:2 is passed over: RepeatedId" in caplog.text
        assert "item:3 is passed over: RepeatedRow" in caplog.text

    def test_what_the_iterable_raises_comes_through_when_the_rest_is_done(self, endpoint: Endpoint) -> None:
        def breaking() -> Iterator[tuple[str, str]]:
            yield from pairs(3)
            raise KeyError("the database is gone")

        async def abreaking() -> AsyncIterator[tuple[str, str]]:
            for pair in breaking():
                yield pair

        for sources in (breaking(), abreaking()):
            rows = summarise_corpus(sources)
            assert ids([next(rows), next(rows), next(rows)]) == ["a0", "a1", "a2"]
            with pytest.raises(KeyError, match="the database is gone"):
                next(rows)

    @pytest.mark.parametrize(
        ("sources", "said"),
        [
            (5, "sources is of the type int"),
            (b"text", "sources is of the type bytes"),
            ({"id": "a", "text": "x"}, "sources is of the type dict"),
        ],
    )
    def test_what_can_be_no_source_is_said_at_once(self, sources: Any, said: str) -> None:
        for door in (summarise_corpus, asummarise_corpus):
            with pytest.raises(ConfigurationError, match=said) as caught:
                door(sources)
            assert caught.value.hint

    def test_a_path_that_is_not_there_is_said_before_anything_is_sent(self, read: Read, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        for sources in ("nowhere", [Path("a.txt"), Path("nowhere.txt")], "*.nothing", ""):
            with pytest.raises(ConfigurationError):
                read(sources, out="out.jsonl")
        assert not endpoint.questions
        assert not Path("out.jsonl").exists()

    def test_the_name_of_a_file_among_texts_is_not_sent_as_an_article(self, read: Read, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        with pytest.raises(ConfigurationError, match=r"'a\.txt' is the name of a file"):
            read(["a.txt"])
        assert not endpoint.questions


class TestLedger:
    def test_a_row_is_in_the_ledger_before_it_is_yielded_and_kept_ones_are_yielded_unread(
        self, read: Read, endpoint: Endpoint
    ) -> None:
        for row in summarise_corpus(pairs(4), out="out.jsonl"):
            assert row in list(read_ledger("out.jsonl"))
        before = Path("out.jsonl").read_bytes()
        again = read(pairs(5), out=Path("out.jsonl"))
        assert ids(again) == ["a0", "a1", "a2", "a3", "a4"]
        assert len(endpoint.questions) == 5
        assert Path("out.jsonl").read_bytes().startswith(before)
        assert {row.id: row for row in again} == {row.id: row for row in read_ledger("out.jsonl")}

    def test_a_changed_text_is_read_again_wherever_it_stands(self, read: Read, endpoint: Endpoint) -> None:
        read(pairs(2), out="out.jsonl")
        read([("new", article(8)), ("a1", article(9))], out="out.jsonl")
        assert len(endpoint.questions) == 4

    def test_other_models_only_with_refresh(self, read: Read, endpoint: Endpoint) -> None:
        read(pairs(2), out="out.jsonl", model="first")
        (row, _) = read(pairs(2), out="out.jsonl", model="second")
        assert row.fingerprint["model"] == "first"
        (row, _) = read(pairs(2), out="out.jsonl", model="second", refresh=True)
        assert row.fingerprint["model"] == "second"
        assert len(endpoint.questions) == 4

    def test_without_one_nothing_is_written(self, read: Read) -> None:
        read(pairs(3))
        assert list(Path().iterdir()) == []

    @pytest.mark.parametrize("out", [None, "out.jsonl"])
    def test_the_same_text_is_sent_once(self, read: Read, endpoint: Endpoint, out: str | None) -> None:
        rows = read([(f"n{number}", article(number % 2)) for number in range(20)], out=out, concurrency=3)
        assert len(rows) == 20
        assert len(endpoint.questions) == 2
        assert sum(row.usage.input_tokens for row in rows) == 2000

    @given(st.lists(st.sampled_from("abcdef"), max_size=30), st.integers(min_value=1, max_value=4))
    def test_what_is_remembered_without_one_is_bounded(self, names: list[str], most: int) -> None:
        rows = Unwritten(most)
        for name in names:
            rows.append(row_of(name))
            assert rows.row(name) == row_of(name)
            assert len(rows.entries) <= most

    def test_one_in_use_or_unusable_is_said_before_anything_is_sent(self, read: Read, endpoint: Endpoint) -> None:
        with Ledger("busy.jsonl"), pytest.raises(LedgerError, match="another run"):
            read(pairs(1), out="busy.jsonl")
        Path("notes.md").write_text("# Notes")
        for out in ("notes.md", "no/out.jsonl"):
            with pytest.raises(LedgerError):
                read(pairs(1), out=out)
        assert not endpoint.questions


class TestEnds:
    def test_a_failed_article_is_a_row_and_no_error(self, read: Read) -> None:
        rows = {row.id: row for row in read([("bad", article(1, "[bad]")), ("good", article(2))])}
        assert rows["good"].error is None
        assert (bad := rows["bad"].error) is not None
        assert bad.kind == "BadReply"

    def test_what_every_article_would_meet_is_raised(self, read: Read, endpoint: Endpoint) -> None:
        with pytest.raises(AuthenticationFailed) as caught:
            read(pairs(30, "[status 401]"), concurrency=2)
        assert caught.value.hint
        assert len(endpoint.questions) <= 2

    def test_limits_are_those_of_the_command(self, read: Read, endpoint: Endpoint) -> None:
        assert len(read(pairs(9), limit=4, concurrency=2)) == 4
        with pytest.raises(BudgetReached, match="2,400 tokens"):
            read(pairs(9), max_tokens=2400, concurrency=1)
        assert len(endpoint.questions) == 6
        with pytest.raises(ConfigurationError, match=r"price .* so max_cost \(--max-cost\) cannot be kept"):
            asummarise_corpus(pairs(1), max_cost=1.0)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"concurrency": 0}, "concurrency is 0"),
            ({"limit": "3"}, "limit is '3'"),
            ({"max_tokens": -1}, "max_tokens is -1"),
            ({"max_cost": 0}, "max_cost is 0"),
            ({"published": "soon"}, "published='soon'"),
            ({"settings": 5}, "settings is of the type int"),
            ({"schema": int}, "schema is the class int"),
            ({"on_result": 5}, "on_result is of the type int"),
            ({"client": openai.OpenAI(api_key="sk-x", base_url="http://127.0.0.1:9/v1")}, "openai.OpenAI was given"),
        ],
    )
    def test_an_argument_that_cannot_be_used_is_said_at_once(self, given: dict[str, Any], said: str) -> None:
        for door in (summarise_corpus, asummarise_corpus):
            with pytest.raises((ConfigurationError, SchemaError), match=said):
                door(pairs(1), **given)

    def test_a_client_of_your_own_is_used_and_left_open(self, endpoint: Endpoint) -> None:
        async def with_own() -> int:
            async with openai.AsyncOpenAI(api_key="sk-own", base_url=endpoint.url) as own:
                number = len([row async for row in asummarise_corpus(pairs(3), client=own)])
                assert not own.is_closed()
                return number

        assert asyncio.run(with_own()) == 3

    def test_it_works_where_a_loop_is_running(self, endpoint: Endpoint) -> None:
        async def notebook() -> list[LedgerRow]:
            return list(summarise_corpus(pairs(3)))

        assert len(asyncio.run(notebook())) == 3


class TestLeaving:
    def test_with_a_ledger_what_is_under_way_is_finished(self, endpoint: Endpoint) -> None:
        sources = [("first", article(91)), ("second", article(92, "[wait]")), *pairs(20)]  # no two with one text
        with closing(summarise_corpus(sources, out="out.jsonl", concurrency=2)) as rows:
            assert next(rows).id != "second"
            assert endpoint.asked.wait(30)
            threading.Timer(0.1, endpoint.go_on.set).start()
        assert "second" in written()
        assert len(written()) == len(endpoint.questions) < 22
        Ledger("out.jsonl").close()

    async def test_a_channel_that_has_ended_takes_rows_at_once(self) -> None:
        channel = Channel(1)
        await channel.put(row_of("a"))
        channel.end()
        await asyncio.wait_for(channel.put(row_of("b")), timeout=10)
        assert await channel.get() == row_of("a")
        assert await channel.get() is None

    def test_it_ends_with_the_last_call_however_many_rows_nobody_takes(
        self, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given_up: list[Stop] = []
        end = Stop.end

        def give_up(stop: Stop) -> None:
            given_up.append(stop)
            end(stop)

        monkeypatch.setattr(Stop, "end", give_up)
        sources = [("first", article(1)), ("second", article(2, "[wait]")), *pairs(22)[2:]]
        with closing(summarise_corpus(sources, out="out.jsonl", concurrency=2)) as rows:
            next(rows)
            eventually(lambda: len(written()) == 4)  # one taken, two that wait to be taken, one that finds no room
            threading.Timer(0.1, endpoint.go_on.set).start()
        assert "second" in written()
        assert not given_up

    def test_without_one_it_is_given_up(self, endpoint: Endpoint) -> None:
        for row in summarise_corpus([("first", article(1)), ("second", article(2, "[wait]"))], concurrency=2):
            assert endpoint.asked.wait(30)
            assert row.id == "first"
            break
        assert not endpoint.go_on.is_set()

    def test_an_error_in_the_loop_ends_it(self) -> None:
        def body() -> None:
            for _ in summarise_corpus(pairs(30), out="out.jsonl", concurrency=2):
                raise RuntimeError("in the body")

        with pytest.raises(RuntimeError, match="in the body"):
            body()
        eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == THREADS])
        Ledger("out.jsonl").close()

    @pytest.mark.parametrize("how", ["aclosing", "break", "cancel"])
    async def test_the_async_twin_leaves_no_task_behind(self, endpoint: Endpoint, how: str) -> None:
        async def endless() -> AsyncIterator[tuple[str, str]]:
            number = 0
            while True:
                yield f"a{number}", article(number)
                number += 1

        async def loop() -> None:
            rows = asummarise_corpus(endless(), out="out.jsonl", concurrency=3)
            if how == "break":
                async for _ in rows:
                    break
                del rows
                return
            async with aclosing(rows):
                async for _ in rows:
                    if how == "aclosing":
                        return

        task = asyncio.create_task(loop())
        if how == "cancel":
            while len(endpoint.questions) < 5:
                await asyncio.sleep(0.01)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        for _ in range(3000):
            if asyncio.all_tasks() == {asyncio.current_task()}:
                break
            await asyncio.sleep(0.01)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        Ledger("out.jsonl").close()
        assert len(written()) >= 1

    def test_the_thread_of_a_lazy_source_ends_as_well(self) -> None:
        before = set(threading.enumerate())
        rows = summarise_corpus(((f"a{each}", article(each)) for each in range(10_000)), concurrency=2)
        next(rows)
        rows.close()
        eventually(lambda: set(threading.enumerate()) <= before)

    def test_one_that_is_never_begun_costs_nothing(self, endpoint: Endpoint) -> None:
        rows = summarise_corpus(pairs(3), out="out.jsonl")
        rows.close()
        assert not endpoint.questions
        assert not Path("out.jsonl").exists()

    def test_ctrl_c_loses_nothing_that_was_done(self, endpoint: Endpoint) -> None:
        script = """
            from summarise import summarise_corpus
            from tests.corpus_server import article
            sources = [("done", article(1)), ("wait", article(2, "[wait]"))]
            try:
                for row in summarise_corpus(sources, out="out.jsonl", concurrency=2):
                    print(row.id, flush=True)
            except KeyboardInterrupt:
                print("interrupted")
        """
        with _program(script) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "done\n"
            assert endpoint.asked.wait(30)
            process.send_signal(signal.SIGINT)
            out, errors = process.communicate(timeout=30)
        assert (out, errors, process.returncode) == ("interrupted\n", "", 0)
        assert written() == ["done"]

    def test_a_program_may_end_in_the_middle(self, endpoint: Endpoint) -> None:
        script = """
            from summarise import summarise_corpus
            from tests.corpus_server import article
            rows = summarise_corpus([(f"a{n}", article(n)) for n in range(50)], out="out.jsonl", concurrency=2)
            print(next(rows).status)
        """
        with _program(script) as process:
            out, errors = process.communicate(timeout=30)
        assert (out, errors, process.returncode) == ("ok\n", "", 0)
        assert 1 <= len(written()) <= len(endpoint.questions) < 50


def _program(script: str) -> subprocess.Popen[str]:
    lines = script.strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    code = "\n".join(line[indent:] for line in lines)
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdout=pipe, stderr=pipe, text=True, env={**os.environ})


class TestPace:
    @pytest.mark.parametrize("concurrency", [1, 4])
    def test_a_slow_reader_of_rows_holds_back_the_calls(self, endpoint: Endpoint, concurrency: int) -> None:
        rows = summarise_corpus(iter(pairs(60)), concurrency=concurrency)
        next(rows)
        eventually(lambda: len(endpoint.questions) >= 1 + 2 * concurrency)
        time.sleep(0.2)
        assert len(endpoint.questions) == 1 + 2 * concurrency
        assert len(list(rows)) == 59
        assert endpoint.most_at_once <= concurrency

    def test_the_calls_go_on_while_the_caller_is_busy(self, endpoint: Endpoint) -> None:
        rows = summarise_corpus([("first", article(1)), ("second", article(2, "[wait]"))], concurrency=2)
        assert next(rows).id == "first"
        assert endpoint.asked.wait(30)
        endpoint.go_on.set()
        eventually(lambda: endpoint.under_way == 0)  # the caller is still busy with the first
        assert next(rows).status == "ok"
        rows.close()


class TestHooks:
    def test_they_are_told_of_each_attempt_and_each_row(self, read: Read, endpoint: Endpoint) -> None:
        seen: list[tuple[str, str]] = []
        threads = set()

        def on_attempt(attempt: Attempt, article: Article) -> None:
            seen.append((article.source, attempt.outcome))
            threads.add(threading.current_thread())

        told: list[LedgerRow] = []
        named: dict[str, Any] = {"out": "out.jsonl", "on_attempt": on_attempt, "on_result": told.append}
        settings = Settings(model="small", complaints=1)
        sources = [("good", article(1)), ("bad", article(2, "[bad]")), ("none", "")]
        rows = read(sources, settings=settings, **named)
        assert sorted(seen) == [("item:1", "accepted"), ("item:2", "complaint"), ("item:2", "complaint")]
        assert ids(told) == ids(rows) == ["bad", "good", "none"]
        assert len(threads) == 1
        told.clear()
        assert ids(read(sources[:1], settings=settings, **named)) == ["good"]
        assert told == [], "kept rows are no results of this run"

    @pytest.mark.parametrize("name", ["on_attempt", "on_result"])
    def test_one_that_raises_ends_the_run_and_loses_nothing(self, read: Read, endpoint: Endpoint, name: str) -> None:
        calls = []

        def fails(*arguments: object) -> None:
            calls.append(arguments)
            raise ZeroDivisionError("in the hook")

        with pytest.raises(HookFailed, match=f"{name} raised ZeroDivisionError: in the hook") as caught:
            read(pairs(30), out="out.jsonl", concurrency=3, **{name: fails})
        assert isinstance(caught.value.__cause__, ZeroDivisionError)
        assert len(calls) == 1
        assert len(written()) == len(endpoint.questions) <= 6
        assert len(read(pairs(30), out="out.jsonl")) == 30
        assert len(endpoint.questions) == 30

    def test_a_coroutine_function_is_refused(self) -> None:
        async def later(*_: object) -> None:
            return

        with pytest.raises(ConfigurationError, match="on_result is a coroutine function"):
            asummarise_corpus(pairs(1), on_result=later)


def test_nothing_is_printed_unless_the_program_sets_logging_up(endpoint: Endpoint) -> None:
    script = """
        from summarise import summarise_corpus
        from tests.corpus_server import article
        sources = [("a", article(1)), ("a", article(2)), ("bad", article(3, "[bad]")), ("down", "x [status 500]")]
        print(sum(1 for row in summarise_corpus(sources)))
    """
    with _program(script) as process:
        assert process.communicate(timeout=30) == ("3\n", "")


def test_the_log_holds_neither_texts_nor_keys(
    read: Read, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    caplog.set_level("DEBUG", logger="summarise")
    read([*pairs(2), ("bad", article(3, "[bad]")), ("a0", "another Reyes"), {"text": 5}], out="out.jsonl")
    assert "begin: gpt-4o-mini" in caplog.text
    assert "end: 2 read, 0 kept, 2 failed, 1 passed over" in caplog.text
    assert "bad: failed, BadReply" in caplog.text
    assert "Reyes" not in caplog.text
    assert "Oslo" not in caplog.text
    assert "very-secret" not in caplog.text
