"""A corpus through a batch API, as a user meets it; the provider is on loopback and counts what it sees."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from summarise import dialogue, prompt, summarise_corpus
from summarise import judge as judging
from summarise.article import Article
from summarise.corpus.batch import asking
from summarise.corpus.batch.folder import folder_of
from summarise.corpus.batch.journal import Journal
from summarise.corpus.ledger import Ledger
from summarise.errors import ConfigurationError
from summarise.judge import Verdict
from summarise.model import ladder
from summarise.resources import resource_folder
from tests.batch_faults import Faults
from tests.batch_server import BatchServer, serving_batches
from tests.corpus_server import article, reply_to
from tests.test_cli import place, rows, run

__all__ = ["place"]  # a fixture

OUT = Path("out.jsonl")
PRICED = "http://desk.openai.azure.com/v1"
"""An address whose prices are known and which is no https, so that a proxy on loopback can answer for it."""


def answer(question: str) -> str:
    """A good reply, unless the article asks for another."""
    return "I would rather not." if "[bad]" in question else json.dumps(reply_to(question))


@pytest.fixture
def provider(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchServer]:
    monkeypatch.setenv("SUMMARISE_BACKOFF", "0")
    monkeypatch.setenv("SUMMARISE_TRANSIENT_RETRIES", "2")
    monkeypatch.setenv("SUMMARISE_COMPLAINTS", "2")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-mine")
    with serving_batches(BatchServer(answer)) as server:
        yield server


def write(number: int, marks: str = "", first: int = 0) -> None:
    Path("in").mkdir(exist_ok=True)
    for each in range(first, first + number):
        Path("in", f"{each:03}.txt").write_text(article(each, marks))


def submit(provider: BatchServer, *more: str, paths: tuple[str, ...] = ("in",)) -> Result:
    return run("batch", "submit", *paths, "--out", "out.jsonl", "--base-url", provider.url, *more)


def collect(*more: str) -> Result:
    return run("batch", "collect", "out.jsonl", *more)


def status(*more: str) -> Result:
    return run("batch", "status", "out.jsonl", *more)


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what only tells how it was asked."""
    provenance = row["summary"]["provenance"]
    for attempt in provenance["attempts"]:
        attempt["request_id"] = attempt["batch"] = None
    return row


class TestTheWay:
    def test_a_batch_gives_the_rows_that_a_run_gives(self, provider: BatchServer) -> None:
        write(5)
        sent = submit(provider)
        assert sent.exit_code == 0, sent.output
        assert "5 requests sent in 1 batch" in sent.stdout
        assert not provider.seen.asked
        assert status().exit_code == 0, "it ends at the first look"
        done = collect()
        assert done.exit_code == 0, done.output
        assert "5 articles: 5 read" in done.stdout
        read = run("corpus", "in", "--out", "live.jsonl", "--base-url", provider.url)
        assert read.exit_code == 0
        batched, live = rows(), rows("live.jsonl")
        assert {row["summary"]["provenance"]["attempts"][0]["batch"] for row in batched.values()} == {"batch_0001"}
        assert {id: plain(row) for id, row in batched.items()} == {id: plain(row) for id, row in live.items()}

    def test_each_file_keeps_to_the_limits(self, provider: BatchServer) -> None:
        write(7)
        assert submit(provider, "--batch-requests", "3").exit_code == 0
        assert provider.seen.batches == 3
        assert provider.seen.most_in_file == 3
        shutil.rmtree(folder_of(OUT))
        most = provider.seen.biggest_file // 3 * 2 + 100
        provider.seen.biggest_file = 0
        assert submit(provider, "--batch-bytes", str(most)).exit_code == 0
        assert 0 < provider.seen.biggest_file <= most
        assert provider.seen.batches == 3 + 4
        shutil.rmtree(folder_of(OUT))
        assert submit(provider, "--batch-bytes", "1").exit_code == 0, "one request is the least"
        assert provider.seen.batches == 3 + 4 + 7

    def test_a_custom_id_leads_back_to_the_article(self, provider: BatchServer) -> None:
        write(2)
        submit(provider)
        (content,) = provider.content.values()
        ids = [json.loads(line)["custom_id"] for line in content.splitlines()]
        assert [id[16:] for id in ids] == ["-0001-000000", "-0001-000001"]
        collect()
        assert [id[:16] for id in ids] == [rows()[name]["fingerprint"]["article"][:16] for name in ("000", "001")]

    def test_one_text_is_sent_once_and_shared(self, provider: BatchServer) -> None:
        write(2)
        shutil.copy("in/000.txt", "in/again.txt")
        first = submit(provider)
        assert "2 requests sent in 1 batch, 1 with the text of another" in first.stdout
        shutil.copy("in/001.txt", "in/later.txt")
        assert "0 requests sent in 0 batches, 3 out already, 1 with the text of another" in submit(provider).stdout
        assert collect().exit_code == 0
        assert provider.seen.asked.total() == 2
        found = rows()
        assert found["again"]["summary"] == found["000"]["summary"]
        assert found["later"]["summary"] == found["001"]["summary"]
        assert found["again"]["usage"]["requests"] == 0
        shutil.copy("in/001.txt", "in/last.txt")
        assert "4 kept from before, 1 with the text of another" in submit(provider).stdout
        assert rows()["last"]["status"] == "ok"
        assert provider.seen.asked.total() == 2

    def test_what_the_ledger_has_or_what_is_out_is_not_sent(self, provider: BatchServer) -> None:
        write(2)
        submit(provider)
        collect()
        write(2, first=2)
        assert "2 requests sent in 1 batch, 2 kept from before" in submit(provider).stdout
        assert "0 requests sent in 0 batches, 2 kept from before, 2 out already" in submit(provider).stdout
        assert collect().exit_code == 0
        assert provider.seen.asked.total() == len(rows()) == 4
        assert provider.seen.batches == 2

    def test_an_article_that_changed_while_it_was_out_waits_for_its_turn(self, provider: BatchServer) -> None:
        write(2)
        submit(provider)
        Path("in/000.txt").write_text(article(77))
        again = submit(provider)
        assert again.exit_code == 1
        assert "'000' is out in a batch with another text" in again.stdout + again.stderr
        done = collect()
        assert "1 file changed after being sent, such as 000" in done.stderr
        assert "Submit again" in done.stderr
        old = rows()["000"]["fingerprint"]["article"]
        assert "1 request sent in 1 batch, 1 kept from before" in submit(provider).stdout
        assert collect().exit_code == 0
        assert rows()["000"]["fingerprint"]["article"] != old

    def test_rows_of_tables_come_back_too(self, provider: BatchServer) -> None:
        lines = [{"key": f"k{n}", "body": article(n), "day": "2024-03-13"} for n in range(3)]
        Path("news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"key": "k9"}\n')
        sent = submit(
            provider, "--text-field", "body", "--id-field", "key", "--date-field", "day", paths=("news.jsonl",)
        )
        assert sent.exit_code == 1
        assert rows()["k9"]["error"]["kind"] == "UnreadableRow"
        Path("news.jsonl").unlink()
        assert collect().exit_code == 0
        assert rows()["k1"]["summary"]["provenance"]["reference_date"] == "2024-03-13"
        assert rows()["k1"]["source"] == "news.jsonl:2"

    def test_what_is_no_article_fails_at_once(self, provider: BatchServer) -> None:
        write(1)
        Path("in/empty.txt").write_text(" ")
        assert submit(provider).exit_code == 1
        assert rows()["empty"]["error"]["kind"] == "EmptyArticle"
        assert provider.seen.most_in_file == 1

    def test_bytes_in_an_old_encoding_come_back_as_they_were(self, provider: BatchServer) -> None:
        write(1)
        Path("in/000.txt").write_bytes(article(1, "Café déjà vu, señor.").encode("cp1252"))
        submit(provider)
        collect()
        provenance = rows()["000"]["summary"]["provenance"]
        assert provenance["encoding"] == "cp1252"

    @pytest.mark.parametrize("left", ["nothing", "half a line", "one line"])
    def test_a_damaged_folder_is_named_and_nothing_is_lost(self, provider: BatchServer, left: str) -> None:
        write(2)
        submit(provider)
        kept = folder_of(OUT) / "0001.articles.jsonl"
        whole = kept.read_bytes()
        kept.write_bytes({"half a line": whole[:-200], "one line": whole.splitlines(True)[0]}.get(left, b""))
        if left == "nothing":
            kept.unlink()
            assert "cannot be used" in submit(provider).stderr
        done = collect()
        assert done.exit_code in (1, 2)
        assert f"{kept} cannot be used" in done.stderr
        assert "Put it back" in done.stderr
        assert not done.exception or isinstance(done.exception, SystemExit)
        kept.write_bytes(whole)
        assert collect().exit_code == 0
        assert sorted(rows()) == ["000", "001"]

    def test_results_that_cannot_be_stored_are_fetched_another_time(self, provider: BatchServer) -> None:
        write(1)
        submit(provider)
        in_the_way = folder_of(OUT) / "0001.output.part"
        in_the_way.mkdir()
        done = collect()
        assert done.exit_code == 2
        assert "cannot write" in done.stderr
        assert "what is submitted is not lost" in done.stderr
        in_the_way.rmdir()
        assert collect().exit_code == 0

    def test_nothing_secret_is_kept(self, provider: BatchServer) -> None:
        write(1)
        address = provider.url.replace("http://", "http://me:hush-hush@")
        assert run("batch", "submit", "in", "--out", "out.jsonl", "--base-url", address).exit_code == 0
        for file in folder_of(OUT).rglob("*"):
            if file.is_file():
                assert b"sk-secret" not in file.read_bytes()
                assert b"hush" not in file.read_bytes()
        assert collect("--base-url", address).exit_code == 0

    def test_what_the_provider_says_back_is_not_kept(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        provider.answer = lambda question: f"My key is sk-secret-of-mine. {answer(question)}"
        write(2)
        submit(provider)
        kept: list[bytes] = []
        unlink = Path.unlink

        def look(path: Path, missing_ok: bool = False) -> None:
            if path.is_file():
                kept.append(path.read_bytes())
            unlink(path, missing_ok=missing_ok)

        monkeypatch.setattr(Path, "unlink", look)
        said = collect()
        kept += [file.read_bytes() for file in Path().rglob("*") if file.is_file()]
        assert any(b"[key]" in content for content in kept), "it was said back, and hidden"
        assert not any(b"sk-secret" in content for content in kept)
        assert "sk-secret" not in said.output

    def test_wait_waits_for_everything(self, provider: BatchServer) -> None:
        provider.looks = 3
        provider.faults.bad = 0.5
        write(8)
        done = submit(provider, "--batch-requests", "4", "--wait")
        assert done.exit_code in (0, 1)
        assert "waiting: 0 of 8 requests done in 2 batches" in done.stdout
        assert "fetches what is done" not in done.stdout, "it does so itself"
        assert len(rows()) == 8
        assert not Journal(OUT).parts
        assert provider.seen.repeated == 0


class TestWhatIsAskedAgain:
    def test_a_bad_reply_goes_back_in_a_follow_up(self, provider: BatchServer) -> None:
        provider.faults.bad = 0.4
        write(12)
        submit(provider)
        first = collect()
        assert first.exit_code == 1
        assert re.search(r"(\d+) requests asked again: \1 a bad reply", first.stdout)
        assert "out in 1 batch" in first.stdout
        collect("--wait")
        assert all(row["status"] == "ok" or row["error"]["kind"] == "BadReply" for row in rows().values())
        asked = [row for row in rows().values() if row["usage"]["requests"] > 1 and row["summary"]]
        assert asked
        for row in asked:
            attempts = row["summary"]["provenance"]["attempts"]
            assert [attempt["outcome"] for attempt in attempts][-1] == "accepted"
            assert len({attempt["batch"] for attempt in attempts}) == len(attempts) == row["usage"]["requests"]
            assert row["usage"]["input_tokens"] == 1000 * len(attempts)
        assert provider.seen.repeated == 0

    def test_complaints_come_to_an_end(self, provider: BatchServer) -> None:
        write(1, "[bad]")
        assert submit(provider, "--wait").exit_code == 1
        assert rows()["000"]["error"]["kind"] == "BadReply"
        assert rows()["000"]["usage"]["requests"] == 2, "the same bad reply came twice"

    def test_a_reply_that_was_cut_off_gets_more_room(self, provider: BatchServer) -> None:
        provider.faults.truncated = 0.5
        write(6)
        submit(provider, "--wait")
        outcomes = {
            id: [attempt["outcome"] for attempt in row["summary"]["provenance"]["attempts"]]
            for id, row in rows().items()
            if row["summary"]
        }
        assert ["truncated", "accepted"] in outcomes.values()
        limits = {
            json.loads(line)["body"]["max_completion_tokens"]
            for file, content in provider.content.items()
            if provider.files[file]["purpose"] == "batch"
            for line in content.splitlines()
        }
        assert limits == {8192, 16384}

    def test_a_format_that_is_refused_is_asked_for_one_rung_lower(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        provider.faults.no_schema = True
        write(3)
        assert submit(provider, "--wait").exit_code == 0
        assert {row["summary"]["provenance"]["rung"] for row in rows().values()} == {"json_object"}
        assert provider.seen.asked.total() == 6
        monkeypatch.setattr(ladder, "_steps_down", {})  # as in a process of another day
        write(3, first=3)
        assert submit(provider, "--wait").exit_code == 0
        assert provider.seen.asked.total() == 9, "it is known by now"

    def test_the_other_name_of_the_token_limit(self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
        provider.faults.old_limit = True
        write(2)
        assert submit(provider, "--wait").exit_code == 0
        monkeypatch.setattr(ladder, "_old_limit", set())
        write(2, first=2)
        assert submit(provider, "--wait").exit_code == 0
        assert provider.seen.asked.total() == 4 + 2

    def test_what_may_pass_is_tried_again_and_not_for_ever(self, provider: BatchServer) -> None:
        provider.faults.busy = 1.0
        write(1)
        assert submit(provider, "--wait").exit_code == 1
        row = rows()["000"]
        assert row["error"]["kind"] == "RateLimited"
        assert row["usage"]["requests"] == provider.seen.asked.total() == 3

    def test_an_expired_batch_keeps_what_it_has_and_the_rest_goes_out_again(self, provider: BatchServer) -> None:
        provider.faults.expire = {1}
        write(6)
        submit(provider)
        first = collect()
        assert "3 requests asked again: 3 BatchUnanswered" in first.stdout
        assert len(rows()) == 3
        assert collect().exit_code == 0
        assert provider.seen.asked.total() == len(rows()) == 6
        last = rows()["005"]["summary"]["provenance"]["attempts"]
        assert [attempt["outcome"] for attempt in last] == ["failed", "accepted"]
        assert "expired" in last[0]["message"]

    def test_what_was_cancelled_stays_so_until_it_is_submitted(self, provider: BatchServer) -> None:
        provider.faults.cancel = {1}
        write(4)
        submit(provider)
        done = collect()
        assert done.exit_code == 1
        assert "was cancelled before this request was made" in done.stdout
        assert "summarise batch submit" in done.stdout
        assert [row["status"] for row in rows().values()].count("ok") == 2
        assert not Journal(OUT).parts
        assert "2 requests sent in 1 batch, 2 kept from before" in submit(provider).stdout
        assert collect().exit_code == 0
        assert provider.seen.asked.total() == 4

    def test_a_batch_that_failed_validation_is_told_with_its_lines(self, provider: BatchServer) -> None:
        provider.faults.refuse = {1}
        write(2)
        submit(provider)
        done = collect()
        assert done.exit_code == 1
        assert "batch_0001 did not pass the provider's validation" in done.stderr
        assert "  line 2: This line is not parseable. (invalid_json_line)" in done.stderr
        assert {row["error"]["kind"] for row in rows().values()} == {"BatchRefused"}
        assert submit(provider, "--wait").exit_code == 0

    def test_a_batch_that_finds_no_room_goes_out_when_there_is_some(self, provider: BatchServer) -> None:
        provider.faults.crowd = {2, 3}
        write(4)
        submit(provider, "--batch-requests", "2")
        first = collect()
        assert "there was no room for a batch: Enqueued token limit reached" in first.stderr
        assert "It is sent again when another one has ended." in first.stderr
        assert collect("--wait").exit_code == 0
        assert len(rows()) == provider.seen.asked.total() == 4
        assert provider.seen.files == 2, "its file is there already"
        assert provider.seen.batches == 4

    def test_what_finds_no_room_waits_for_what_has_it(self, provider: BatchServer) -> None:
        provider.faults.crowd = {2}
        write(4)
        submit(provider, "--batch-requests", "2")
        provider._left["batch_0001"] = 4
        assert collect("--wait").exit_code == 0
        assert provider.seen.batches == 3
        events = [json.loads(line)["event"] for line in Journal(OUT).path.read_text().splitlines()]
        assert events.count("refused") == 1

    def test_no_room_at_all_is_told_in_the_end(self, provider: BatchServer) -> None:
        provider.faults.crowd = set(range(1, 100))
        write(2)
        done = submit(provider, "--batch-requests", "1", "--wait")
        assert done.exit_code == 1
        assert "Enqueued token limit" in done.stderr
        assert {row["error"]["kind"] for row in rows().values()} == {"BatchRefused"}
        assert "--batch-requests" in rows()["000"]["error"]["hint"]

    def test_used_up_credit_stops_it_and_nothing_is_lost(self, provider: BatchServer) -> None:
        provider.faults.no_credit = True
        write(3)
        submit(provider)
        done = collect("--wait")
        assert done.exit_code == 2
        assert "stopped: 429" in done.stderr
        assert "Add credit" in done.stderr
        assert provider.seen.batches == 1
        assert not OUT.read_bytes()
        provider.faults.no_credit = False
        assert collect("--wait").exit_code == 0
        assert len(rows()) == 3

    def test_a_long_article_is_read_in_windows_one_batch_after_the_other(self, provider: BatchServer) -> None:
        write(1)
        long = " ".join(f"Word {number} was said about the forest." for number in range(400))
        Path("in/long.txt").write_text(f"{article(7)}\n{long}\n")

        def by_window(question: str) -> str:
            nothing = {"officials": [], "visits": [], "invitations": [], "summary": "Words were said.", "more": []}
            return answer(question) if "flew to Oslo" in question else json.dumps(nothing)

        provider.answer = by_window
        assert submit(provider, "--context", "8000", "--wait").exit_code == 0
        provenance = rows()["long"]["summary"]["provenance"]
        assert len(provenance["windows"]) == len(provenance["attempts"]) > 1
        assert all(window["read"] for window in provenance["windows"])
        assert len({attempt["batch"] for attempt in provenance["attempts"]}) == len(provenance["windows"])
        assert provider.seen.repeated == 0

    def test_a_version_that_numbers_sentences_otherwise_asks_from_the_start(self, provider: BatchServer) -> None:
        write(1)
        submit(provider)
        file = folder_of(OUT) / "0001.articles.jsonl"
        stored = json.loads(file.read_text())
        file.write_text(json.dumps({**stored, "reading": "otherwise"}) + "\n")
        assert "1 ReadOtherwise" in collect().stdout
        assert collect().exit_code == 0
        row = rows()["000"]
        assert row["usage"]["input_tokens"] == 2000, "what it cost is not hidden"


class TestLive:
    def test_the_rest_can_be_asked_live(self, provider: BatchServer) -> None:
        provider.faults.bad = 0.4
        write(12)
        submit(provider)
        done = collect("--finish-live")
        assert len(rows()) == 12
        assert done.exit_code == int(any(row["status"] == "failed" for row in rows().values()))
        assert provider.seen.batches == 1
        assert provider.seen.live > 0
        assert provider.seen.repeated == 0
        mixed = [row["summary"]["provenance"]["attempts"] for row in rows().values() if row["summary"]]
        assert ["batch_0001", None] in [[attempt["batch"] for attempt in attempts] for attempts in mixed]
        assert not Journal(OUT).parts
        assert status().exit_code == 0

    def test_each_attempt_has_the_price_of_its_way(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", provider.url.removesuffix("/v1"))
        provider.faults.bad = 0.4
        write(12)
        run("batch", "submit", "in", "--out", "out.jsonl", "--base-url", PRICED)
        collect("--finish-live")
        run("corpus", "in", "--out", "live.jsonl", "--base-url", PRICED, "--limit", "1")
        (usual,) = {
            row["usage"]["cost"] / row["usage"]["requests"] for row in rows("live.jsonl").values() if row["summary"]
        }
        for row in rows().values():
            if row["summary"]:
                ways = [attempt["batch"] is not None for attempt in row["summary"]["provenance"]["attempts"]]
                expected = sum(usual / 2 if batch else usual for batch in ways)
                assert row["usage"]["cost"] == pytest.approx(expected)

    def test_what_was_never_sent_is_not_read_live(self, provider: BatchServer) -> None:
        provider.faults.fail = {"POST /files 1": 401}
        write(2)
        submit(provider)
        assert collect("--finish-live", "--wait").exit_code == 0
        assert provider.seen.live == 0

    def test_twins_share_what_came_live(self, provider: BatchServer) -> None:
        provider.faults.expire = {1}
        write(1)
        shutil.copy("in/000.txt", "in/again.txt")
        submit(provider)
        assert collect("--finish-live").exit_code == 0
        assert provider.seen.live == 1
        assert rows()["again"]["summary"] == rows()["000"]["summary"]


class TestTrouble:
    def test_an_endpoint_without_batches_is_told_with_the_way_on(self, provider: BatchServer) -> None:
        provider.has_batches = False
        write(1)
        sent = submit(provider)
        assert sent.exit_code == 2
        assert "has no batch API (404 at" in sent.stderr
        assert "Use `summarise corpus`" in sent.stderr
        provider.has_batches = True
        provider.faults.fail = {"POST /files 1": 404}
        assert "has no batch API (404 at" in submit(provider).stderr
        assert run("corpus", "in", "--out", "out.jsonl", "--base-url", provider.url).exit_code == 0

    def test_a_lost_answer_makes_nothing_twice(self, provider: BatchServer) -> None:
        provider.faults.lose = {"POST /files 1", "POST /batches 1"}
        write(2)
        assert submit(provider).exit_code == 0
        assert (provider.seen.files, provider.seen.batches) == (1, 1)
        assert collect().exit_code == 0
        assert provider.seen.repeated == 0

    def test_lists_are_searched_to_their_end(self, provider: BatchServer) -> None:
        provider.page = 1
        write(4)
        provider.faults.lose = {"POST /batches 1"}
        submit(provider, "--batch-requests", "1")
        assert (provider.seen.files, provider.seen.batches) == (4, 4)

    def test_trouble_that_passes_passes(self, provider: BatchServer) -> None:
        provider.faults.fail = {"POST /files 1": 503, "POST /batches 1": 429, "GET /batches/id 1": 500}
        provider.faults.fail["GET /files/content 1"] = 502
        write(2)
        assert submit(provider).exit_code == 0
        assert collect().exit_code == 0

    def test_waiting_outlasts_trouble_that_may_pass(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SUMMARISE_TRANSIENT_RETRIES", "0")
        write(2)
        submit(provider)
        provider.faults.fail = {f"GET /batches/id {number}": 503 for number in (1, 2, 3)}
        assert collect().exit_code == 2
        assert collect("--wait").exit_code == 0
        provider.faults.fail = {f"GET /batches/id {number}": 503 for number in range(100)}
        write(1, first=2)
        submit(provider)
        ended = collect("--wait")
        assert ended.exit_code == 2
        assert "503" in ended.stderr

    def test_a_wrong_key_ends_it_and_the_same_command_goes_on(self, provider: BatchServer) -> None:
        provider.faults.fail = {"POST /batches 1": 401}
        write(2)
        sent = submit(provider)
        assert sent.exit_code == 2
        assert "401" in sent.stderr
        assert "OPENAI_API_KEY" in sent.stderr
        assert "1 batch of an earlier command went out now" in submit(provider).stdout
        assert (provider.seen.files, provider.seen.batches) == (1, 1)

    def test_a_batch_that_the_provider_does_not_know_is_told(self, provider: BatchServer) -> None:
        write(2)
        submit(provider, "--batch-requests", "1")
        kept = provider.batches.pop("batch_0001")
        done = collect("--wait")
        assert done.exit_code == 1
        assert "does not know batches/batch_0001" in done.stderr
        assert len(rows()) == 1
        provider.batches["batch_0001"] = kept
        assert collect().exit_code == 0

    def test_results_that_are_gone_are_asked_for_again(self, provider: BatchServer) -> None:
        write(1)
        submit(provider)
        status()
        provider.content.pop("file-0002")
        assert "1 BatchUnanswered" in collect().stdout
        assert collect().exit_code == 0

    def test_a_fault_of_our_own_is_one_row(self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
        write(3)
        submit(provider)
        judge = judging.judge

        def faulty(reply: str, read: Article, *others: Any) -> Verdict:
            if "number 1 was" in read.text:
                raise ZeroDivisionError("in the judge")
            return judge(reply, read, *others)

        monkeypatch.setattr(dialogue, "judge", faulty)
        assert collect().exit_code == 1
        assert rows()["001"]["error"]["kind"] == "InternalError"
        assert "ZeroDivisionError: in the judge" in rows()["001"]["error"]["message"]
        assert len(rows()) == 3
        monkeypatch.undo()

    def test_the_lock_of_the_ledger_keeps_others_out(self, provider: BatchServer) -> None:
        write(1)
        submit(provider)
        with Ledger(OUT):
            for result in (submit(provider), collect()):
                assert result.exit_code == 2
                assert "another run is writing to out.jsonl" in result.stderr
            assert status().exit_code == 0

    def test_a_run_does_not_pay_for_what_is_out(self, provider: BatchServer) -> None:
        write(1)
        submit(provider)
        read = run("corpus", "in", "--out", "out.jsonl", "--base-url", provider.url)
        assert read.exit_code == 2
        assert "1 of the articles for out.jsonl are out in batches" in read.stderr
        assert "summarise batch collect out.jsonl" in read.stderr
        with pytest.raises(ConfigurationError, match=r"articles for out\.jsonl are out in batches"):
            list(summarise_corpus(["in"], out="out.jsonl", base_url=provider.url))
        assert collect().exit_code == 0
        assert run("corpus", "in", "--out", "out.jsonl", "--base-url", provider.url).exit_code == 0
        assert provider.seen.live == 0

    def test_the_folder_of_the_batches_is_no_corpus(self, provider: BatchServer) -> None:
        write(1)
        shutil.move("in/000.txt", "a.txt")
        submit(provider, paths=(".",))
        submit(provider, paths=("**/*.jsonl", "a.txt"))
        assert provider.seen.most_in_file == provider.seen.batches == 1

    @pytest.mark.parametrize("command", [status, collect])
    def test_nothing_out_is_an_error_that_names_the_way_on(self, place: Path, command: Any) -> None:
        result = command()
        assert result.exit_code == 2
        assert "nothing of out.jsonl is out in batches" in result.stderr
        assert "summarise batch submit" in result.stderr
        assert not OUT.exists()

    def test_offline_has_no_provider(self, place: Path) -> None:
        write(1)
        result = run("batch", "submit", "in", "--out", "out.jsonl", "--model", "offline")
        assert result.exit_code == 2
        assert "summarise corpus" in result.stderr


class TestAnotherDay:
    def test_a_changed_prompt_changes_nothing_for_what_is_out(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        provider.faults.expire = {1}
        write(4)
        submit(provider)
        changed = Path(shutil.copytree(resource_folder("prompts"), "changed"))
        with (changed / "system.md").open("a") as file:
            file.write("\nBe brief.\n")
        for module in (prompt, asking):
            monkeypatch.setattr(module, "resource_folder", lambda name: changed.absolute())
        prompt._packaged.cache_clear()
        assert collect("--wait").exit_code == 0
        assert len({row["fingerprint"]["prompt"] for row in rows().values()}) == 1
        ids = {row["summary"]["provenance"]["prompt_id"] for row in rows().values()}
        assert ids == {row["fingerprint"]["prompt"] for row in rows().values()}
        assert "Be brief." not in provider.content["file-0004"].decode()
        assert "4 kept are from another model, prompt or schema" in submit(provider).stdout
        assert "4 requests sent" in submit(provider, "--refresh").stdout
        monkeypatch.undo()
        prompt._packaged.cache_clear()

    def test_another_model_in_the_environment_changes_nothing(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(2)
        submit(provider)
        monkeypatch.setenv("SUMMARISE_MODEL", "offline")
        monkeypatch.setenv("SUMMARISE_MAX_OUTPUT_TOKENS", "99")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        assert collect().exit_code == 0
        assert {row["fingerprint"]["model"] for row in rows().values()} == {"gpt-4o-mini"}

    def test_ledgers_of_nearly_one_name_do_not_mix(self, provider: BatchServer) -> None:
        write(1)
        submit(provider)
        write(1, first=1)
        assert run("batch", "submit", "in/001.txt", "--out", "out", "--base-url", provider.url).exit_code == 0
        assert run("batch", "collect", "out").exit_code == 0
        assert collect().exit_code == 0
        assert list(rows()) == ["000"]

    def test_settings_that_came_later_are_not_asked_with(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(1, "[bad]")
        submit(provider)
        monkeypatch.setenv("SUMMARISE_TEMPERATURE", "0.5")
        monkeypatch.setenv("SUMMARISE_SEED", "7")
        monkeypatch.setenv("SUMMARISE_REASONING_EFFORT", "low")
        assert "1 a bad reply" in collect().stdout
        first, again = (
            json.loads(provider.content[id])["body"]
            for id, file in provider.files.items()
            if file["purpose"] == "batch"
        )
        assert list(again) == list(first)
        assert "temperature" not in again

    def test_changed_records_are_an_error_and_nothing_is_lost(
        self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import sys

        own = "from summarise import ArticleSummary\n\nclass Mine(ArticleSummary):\n    {}: str | None = None\n"
        Path("mine.py").write_text(own.format("tone"))
        write(1)
        assert submit(provider, "--schema", "mine:Mine").exit_code == 0
        Path("mine.py").write_text(own.format("a_longer_name"))
        monkeypatch.delitem(sys.modules, "mine")
        done = collect()
        assert done.exit_code == 2
        assert "the records have changed since the batches of out.batches were submitted" in done.stderr
        Path("mine.py").write_text(own.format("tone"))
        monkeypatch.delitem(sys.modules, "mine")
        assert collect().exit_code == 0
        assert "tone" in rows()["000"]["summary"]

    def test_two_submissions_with_two_models_do_not_mix(self, provider: BatchServer) -> None:
        provider.faults.bad = 0.4
        write(6)
        submit(provider)
        write(6, first=6)
        submit(provider, "--model", "gpt-4.1-mini")
        collect("--wait")
        models = {id: row["fingerprint"]["model"] for id, row in rows().items()}
        assert set(models.values()) == {"gpt-4o-mini", "gpt-4.1-mini"}
        assert models["000"] == "gpt-4o-mini"
        for content in (provider.content[id] for id, file in provider.files.items() if file["purpose"] == "batch"):
            assert len({json.loads(line)["body"]["model"] for line in content.splitlines()}) == 1


class TestMoney:
    def test_the_estimate_is_half_of_a_run(self, provider: BatchServer) -> None:
        write(3)
        options = ["in", "--out", "out.jsonl", "--estimate", "--model", "gpt-4o-mini"]
        batch, live = (json.loads(run(*command, *options).stdout) for command in (["batch", "submit"], ["corpus"]))
        assert batch["cost"]["expected"] == pytest.approx(live["cost"]["expected"] / 2, rel=1e-3)
        assert not provider.seen.calls
        submit(provider)
        write(1, first=3)
        assert json.loads(run("batch", "submit", *options).stdout)["articles"] == 1, "the others are out"

    def test_what_is_sent_keeps_to_the_limit(self, provider: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", provider.url.removesuffix("/v1"))
        write(5)
        arguments = ["batch", "submit", "in", "--out", "out.jsonl", "--base-url", PRICED, "--max-cost", "0.0013"]
        first = run(*arguments)
        assert first.exit_code == 1, first.output
        assert "(--max-cost): the same command goes on with the next" in first.stdout
        assert "genai-prices lists no batch price for gpt-4o-mini: half of its usual price" in first.stdout
        cost = float(re.findall(r"expected: .*\$([\d.]+)", first.stdout)[0])
        assert 0 < cost <= 0.0013
        sent = provider.seen.most_in_file
        assert 0 < sent < 5
        run(*arguments)
        assert provider.seen.batches == 2

    def test_so_many_and_then_the_next_ones(self, provider: BatchServer) -> None:
        write(5)
        first = submit(provider, "--limit", "2")
        assert first.exit_code == 0
        assert "--limit is reached: the same command goes on" in first.stdout
        assert submit(provider, "--limit", "2").exit_code == 0
        assert "--limit is" not in submit(provider, "--limit", "2").stdout
        assert collect().exit_code == 0
        assert len(rows()) == provider.seen.asked.total() == 5


class TestStatus:
    def test_one_that_the_provider_does_not_know_hides_no_other(self, provider: BatchServer) -> None:
        provider.looks = 2
        write(2)
        submit(provider, "--batch-requests", "1")
        del provider.batches["batch_0001"]
        told = status("--json")
        assert told.exit_code == 1, "the other one is under way"
        unknown, other = json.loads(told.stdout)["batches"]
        assert (unknown["state"], other["state"]) == ("unknown", "in_progress")
        assert "does not know batches/batch_0001" in unknown["errors"][0]
        table = status()
        assert table.exit_code == 2, "the other one has ended"
        assert "Check that the key and the base URL" in table.stdout
        assert "fetches what has ended" in table.stdout
        collect()
        assert "once the provider knows it" in status().stdout

    def test_it_tells_of_each_batch(self, provider: BatchServer) -> None:
        provider.looks = 2
        write(3)
        submit(provider, "--batch-requests", "2")
        first = status("--json")
        assert first.exit_code == 1
        told = json.loads(first.stdout)
        assert (told["out"], told["under_way"]) == (3, 2)
        assert [(batch["state"], batch["requests"]) for batch in told["batches"]] == [
            ("in_progress", 2),
            ("in_progress", 1),
        ]
        assert status().exit_code == 0
        collect()
        told = json.loads(status("--json").stdout)
        assert told["out"] == 0
        assert all(batch["collected"] for batch in told["batches"])
        table = status()
        assert table.exit_code == 0
        assert "nothing is out" in table.stdout

    def test_the_table_fits_a_terminal(self, provider: BatchServer) -> None:
        provider.faults.refuse = {1}
        write(1)
        submit(provider)
        table = status().stdout
        assert "failed" in table
        assert "line 2: This line is not parseable." in table
        assert max(map(len, table.splitlines())) <= 80

    def test_what_was_prepared_and_not_sent(self, provider: BatchServer) -> None:
        provider.faults.fail = {"POST /batches 1": 401}
        write(1)
        submit(provider)
        told = status("--json")
        assert told.exit_code == 1
        assert [batch["state"] for batch in json.loads(told.stdout)["batches"]] == ["uploaded"]


def test_the_faults_are_the_same_for_the_same_seed(place: Path) -> None:
    Path("in").mkdir()
    seen = []
    for _ in range(2):
        server = BatchServer(answer, Faults(bad=0.5, seed=3))
        body = {"model": "m", "messages": [{"role": "user", "content": "<article-0123456789ab> [bad]"}]}
        seen.append([server._made(body)[0] for _ in range(5)])
    assert seen[0] == seen[1]
