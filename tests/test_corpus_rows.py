"""`summarise corpus` over rows: what the ledger and the endpoint see of tables, repetitions and bad rows."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.corpus_server import Endpoint, article, serving
from tests.test_cli import PROGRAM, on_terminal, place, rows, run

__all__ = ["place"]  # a fixture


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    with serving() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


def corpus(*arguments: str, given: bytes | None = None) -> Result:
    return run("corpus", *arguments, "--out", "out.jsonl", given=given)


def write(name: str, *rows: dict[str, Any]) -> None:
    Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows))


class TestTheSameText:
    def test_it_is_sent_once_and_paid_once(self, place: Path, endpoint: Endpoint) -> None:
        write("a.jsonl", *({"id": f"n{number}", "text": article(number % 3)} for number in range(12)))
        result = corpus("a.jsonl", "--concurrency", "5")
        assert result.exit_code == 0, result.stderr
        assert len(endpoint.questions) == 3
        found = rows()
        assert list(found["n0"]["summary"]["visits"]) == list(found["n9"]["summary"]["visits"])
        assert found["n9"]["source"] == "a.jsonl:10"
        assert sum(row["usage"]["input_tokens"] for row in found.values()) == 3000
        assert "spent: 3,000+600 tokens" in result.stdout
        assert "9 articles have the text of another and share its result, such as n" in result.stdout
        assert "12 kept from before" in corpus("a.jsonl").stdout

    def test_while_it_is_being_read_the_others_go_on(self, place: Path, endpoint: Endpoint) -> None:
        same = article(1, "[wait]")
        others = [{"id": f"o{number}", "text": article(number)} for number in range(2, 6)]
        write("a.jsonl", *({"id": f"s{number}", "text": same} for number in range(4)), *others)
        command = [*PROGRAM, "corpus", "a.jsonl", "--out", "out.jsonl", "--concurrency", "2"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            first = [process.stdout.readline().split()[1] for _ in range(4)]
            endpoint.go_on.set()
            rest = process.stdout.read()
        assert sorted(first) == ["o2", "o3", "o4", "o5"]
        assert process.returncode == 0
        assert "8 read" in rest
        assert len(endpoint.questions) == 5

    def test_a_result_of_an_earlier_run_is_shared_too(self, place: Path, endpoint: Endpoint) -> None:
        write("a.jsonl", {"id": "a", "text": article()})
        assert corpus("a.jsonl").exit_code == 0
        write("b.jsonl", {"id": "b", "text": article()})
        assert corpus("b.jsonl").exit_code == 0
        assert len(endpoint.questions) == 1
        assert rows()["b"]["summary"] == rows()["a"]["summary"]
        assert corpus("b.jsonl", "--model", "gpt-4o", "--refresh").exit_code == 0
        assert len(endpoint.questions) == 2, "another model is another result"

    def test_another_day_of_publication_is_another_article(self, place: Path, endpoint: Endpoint) -> None:
        days = ("2024-03-12", "2024-03-13", "2024-03-12")
        write("a.jsonl", *({"id": f"n{n}", "text": article(), "published": day} for n, day in enumerate(days)))
        assert corpus("a.jsonl").exit_code == 0
        assert len(endpoint.questions) == 2
        found = rows()
        assert [found[f"n{n}"]["summary"]["published"] for n in range(3)] == list(days)
        assert found["n1"]["fingerprint"]["published"] == "2024-03-13"
        write("a.jsonl", {"id": "n0", "text": article(), "published": "2024-03-14"})
        assert corpus("a.jsonl").exit_code == 0
        assert rows()["n0"]["summary"]["published"] == "2024-03-14"

    def test_a_failure_is_shared_within_the_run_and_tried_once_in_the_next(
        self, place: Path, endpoint: Endpoint
    ) -> None:
        write("a.jsonl", *({"id": f"n{number}", "text": article(1, "[bad]")} for number in range(4)))
        for expected in (1, 2):
            assert corpus("a.jsonl", "--concurrency", "1").exit_code == 1
            assert len(endpoint.questions) == expected
            assert {row["error"]["kind"] for row in rows().values()} == {"BadReply"}

    def test_files_share_as_well_but_not_what_is_wrong_with_them(self, place: Path, endpoint: Endpoint) -> None:
        for name in ("a", "b"):
            Path(f"{name}.txt").write_text(article())
            Path(f"empty_{name}.txt").write_text("")
        assert corpus("a.txt", "b.txt", "empty_a.txt", "empty_b.txt").exit_code == 1
        assert len(endpoint.questions) == 1
        assert "empty_b.txt" in rows()["empty_b"]["error"]["message"]


class TestBadRows:
    def test_they_are_rows_or_counted_and_never_fatal(self, place: Path, endpoint: Endpoint) -> None:
        lines = [
            json.dumps({"id": "a", "text": article()}),
            '{"id": "b',
            json.dumps({"id": "c", "title": "x"}),
            json.dumps({"id": "a", "text": "Another."}),
        ]
        Path("a.jsonl").write_text("\n".join(lines))
        result = corpus("a.jsonl")
        assert result.exit_code == 1, result.stderr
        assert set(rows()) == {"a", "c"}
        assert rows()["c"]["error"]["kind"] == "UnreadableRow"
        assert "a.jsonl:3: no field 'text'" in rows()["c"]["error"]["message"]
        told = result.stdout.splitlines()
        assert any(line.startswith("PASSED OVER  UnreadableRow: a.jsonl:2: no JSON") for line in told)
        assert "4 articles: 1 read, 0 kept from before, 1 failed, 2 passed over" in told
        assert any(line.startswith("1 passed over: RepeatedId, such as a.jsonl:4: the id 'a'") for line in told)
        assert len(endpoint.questions) == 1

    def test_one_that_comes_twice_all_the_same_is_no_failure(self, place: Path, endpoint: Endpoint) -> None:
        write("a.jsonl", *[{"id": "a", "text": article()}] * 3)
        result = corpus("a.jsonl")
        assert result.exit_code == 0
        assert "3 articles: 1 read, 0 kept from before, 0 failed, 2 passed over" in result.stdout

    def test_one_that_is_spoilt_later_does_not_hide_what_was_paid_for(self, place: Path, endpoint: Endpoint) -> None:
        write("a.jsonl", {"id": "a", "text": article()})
        assert corpus("a.jsonl").exit_code == 0
        write("a.jsonl", {"id": "a", "text": None})
        result = corpus("a.jsonl")
        assert result.exit_code == 1
        assert "passed over: EmptyArticle" in result.stdout
        assert rows()["a"]["status"] == "ok"
        write("a.jsonl", {"id": "0"}, {"id": "a", "text": article()})
        assert "1 kept" in corpus("a.jsonl").stdout, "it may have moved within the file"

    def test_a_row_whose_text_changed_is_read_again_unless_it_is_of_another_file(
        self, place: Path, endpoint: Endpoint
    ) -> None:
        write("a.jsonl", {"id": "a", "text": article(1)})
        assert corpus("a.jsonl").exit_code == 0
        write("a.jsonl", {"id": "z", "text": article(3)}, {"id": "a", "text": article(2)})
        assert corpus("a.jsonl").exit_code == 0
        assert len(endpoint.questions) == 3
        before = rows()["a"]
        write("b.jsonl", {"id": "a", "text": article(4)}, {"id": "b", "text": article(5)})
        result = corpus("b.jsonl")
        assert result.exit_code == 1
        assert "out.jsonl has 'a' already, from a.jsonl:2; b.jsonl:1 is another article" in result.stdout
        assert rows()["a"] == before
        assert rows()["b"]["status"] == "ok"

    def test_a_column_that_is_not_there_is_said_before_anything_is_spent(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.csv").write_text("key,words\n1,x\n")
        result = corpus("a.csv", "--text-field", "word")
        assert result.exit_code == 2
        assert result.stderr == (
            "summarise: a.csv has no column 'word'; its columns are 'key', 'words'\n"
            "  hint: Name the right one with text_field (--text-field).\n"
        )
        assert not Path("out.jsonl").exists()
        assert corpus("a.csv", "--text-field", "words", "--id-field", "key").exit_code == 1
        assert set(rows()) == {"1"}


class TestStandardInput:
    def test_its_lines_are_articles(self, place: Path, endpoint: Endpoint) -> None:
        lines = "".join(json.dumps({"text": article(number)}) + "\n" for number in range(3))
        result = corpus("-", given=lines.encode())
        assert result.exit_code == 0, result.stderr
        assert set(rows()) == {"stdin/1", "stdin/2", "stdin/3"}
        assert "3 kept" in corpus("-", "--show-visits", given=lines.encode()).stdout

    def test_an_article_is_read_before_the_next_one_is_written(self, place: Path, endpoint: Endpoint) -> None:
        command = [*PROGRAM, "corpus", "-", "--out", "out.jsonl"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
            for number in range(3):
                process.stdin.write(json.dumps({"id": f"n{number}", "text": article(number)}) + "\n")
                process.stdin.flush()
                assert process.stdout.readline().startswith(f"ok      n{number} ")
            process.stdin.close()
            assert "3 articles: 3 read" in process.stdout.read()
        assert process.returncode == 0

    def test_ctrl_c_does_not_wait_for_its_end(self, place: Path, endpoint: Endpoint) -> None:
        command = [*PROGRAM, "corpus", "-", "--out", "out.jsonl"]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        with subprocess.Popen(command, **pipes, text=True) as process:  # type: ignore[call-overload]
            process.stdin.write(json.dumps({"id": "a", "text": article()}) + "\n")
            process.stdin.flush()
            assert process.stdout.readline().startswith("ok ")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 130
            assert process.stderr.read() == (
                "summarise: interrupted: 1 article is safe in out.jsonl; run the same command again to go on\n"
            )
            assert "1 article: 1 read, 0 kept from before, 0 failed, the rest not read" in process.stdout.read()

    def test_a_run_that_stops_does_not_wait_for_its_end(self, place: Path, endpoint: Endpoint) -> None:
        command = [*PROGRAM, "corpus", "-", "--out", "out.jsonl"]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        with subprocess.Popen(command, **pipes, text=True) as process:  # type: ignore[call-overload]
            process.stdin.write(json.dumps({"id": "a", "text": article(1, "[status 401]")}) + "\n")
            process.stdin.flush()
            assert process.wait(30) == 2
            assert "stopped with the rest of the articles unread" in process.stderr.read()


def test_a_terminal_gets_a_bar_without_a_total(place: Path, endpoint: Endpoint) -> None:
    Path("a.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "a", "text": article()}).encode() + b"\nb\n"))
    status, text = on_terminal("corpus", "a.jsonl.gz", "--out", "out.jsonl")
    assert status == 1
    assert "2/?" in text
    assert "1 passed over" in text
    assert "PASSED OVER  UnreadableRow: a.jsonl.gz:" in text


def test_the_bar_knows_how_many_rows_a_table_has(place: Path, endpoint: Endpoint) -> None:
    Path("a.csv").write_text('id,text\na,"' + article().replace('"', '""') + '"\nb\n')
    status, text = on_terminal("corpus", "a.csv", "--out", "out.jsonl")
    assert status == 1
    assert "2/2" in text
    assert "PASSED OVER  UnreadableRow: a.csv:" in text


def test_the_bar_is_there_before_anything_is_done(place: Path, endpoint: Endpoint) -> None:
    write("a.jsonl", {"id": "a", "text": article(1, "[wait]")})
    master, slave = pty.openpty()
    command = [*PROGRAM, "corpus", "a.jsonl", "--out", "out.jsonl"]
    with subprocess.Popen(command, stdout=slave, stderr=slave, env={**os.environ, "TERM": "xterm"}) as process:
        os.close(slave)
        sent = b""
        while b"0/1" not in sent:  # the article is not answered before
            sent += os.read(master, 65536)
        endpoint.go_on.set()
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while os.read(master, 65536):
                pass
        assert process.wait(60) == 0
    os.close(master)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs the peak memory of a child")
def test_memory_does_not_grow_with_the_corpus(place: Path) -> None:
    """Of an article that was passed on its id and its text's digest are kept, below 200 bytes, and no text."""
    peaks = []
    for number in (100, 60_000):
        with Path(f"{number}.jsonl").open("w") as file:
            for line in range(number):
                file.write(json.dumps({"id": line, "text": f"Number {line}. " + "The orchard opened. " * 50}) + "\n")
        code = f"from summarise.corpus.sources import articles; print(sum(1 for _ in articles(['{number}.jsonl'])))"
        with subprocess.Popen([PROGRAM[0], "-c", code], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert int(process.stdout.read()) == number
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        peaks.append(used.ru_maxrss)
    assert peaks[1] - peaks[0] < 20_000 + 60_000 * 0.2, f"kilobytes: {peaks}"
