"""Replies that are paid for and not judged yet: kept, found again, and never asked for twice."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import resource
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.api import Summariser
from summarise.corpus import replies as module
from summarise.corpus.ledger import Ledger, read_ledger
from summarise.corpus.replies import FIRST_LINE, Replies, replies_of
from summarise.corpus.run import arun
from summarise.corpus.sources import articles
from summarise.exchange import Reply
from tests.corpus_server import answer
from tests.server import Server
from tests.test_cli import PROGRAM, place
from tests.test_faults import chosen, ok, run, write

__all__ = ["place"]  # a fixture

ONE = Reply("{}", "stop", model="m", request_id="r1", input_tokens=7, output_tokens=3)
TWO = Reply(None, "stop", refusal="no \ud800", cached_tokens=1)


@dataclass
class Row:
    start: int


def opened(path: Path, rows: Mapping[str, Row] = MappingProxyType({}), end: int = 0) -> Replies:
    return Replies(path, rows, lambda: end)


def requests(number: int) -> str:
    return f"request {number}"


def found(replies: Replies, *numbers: int) -> list[int]:
    return [number for number in numbers if replies.known(partial(requests, number)) is not None]


def kept_replies(ledger: Path) -> int:
    """How many are in the file beside a ledger."""
    path = replies_of(ledger)
    return path.read_bytes().removeprefix(FIRST_LINE).count(b"\n") if path.exists() else 0


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestFile:
    def test_a_reply_is_found_once_by_the_next_run(self, tmp_path: Path) -> None:
        path = tmp_path / "out.replies"
        first = opened(path)
        first.keep("a", requests(1), ONE)
        first.keep("b", requests(2), TWO)
        second = opened(path)  # the first was killed: it never closed the file
        assert second.known(lambda: requests(2)) == TWO
        assert second.known(lambda: requests(1)) == ONE
        assert found(second, 1, 2) == []
        assert first.known(lambda: requests(1)) is None  # what a run got itself it may ask for again

    def test_it_is_gone_when_all_articles_have_their_rows(self, tmp_path: Path) -> None:
        replies = opened(tmp_path / "out.replies")
        replies.keep("a", requests(1), ONE)
        assert replies.path.exists()
        replies.settle("a")
        replies.close()
        assert list(tmp_path.iterdir()) == []

    def test_what_is_not_settled_stays(self, tmp_path: Path) -> None:
        replies = opened(tmp_path / "out.replies")
        for number in range(3):
            replies.keep(f"a{number}", requests(number), ONE)
        replies.settle("a1")
        replies.close()
        assert found(opened(replies.path), 0, 1, 2) == [0, 2]
        assert list(tmp_path.iterdir()) == [replies.path]

    def test_a_run_that_keeps_none_makes_no_file(self, tmp_path: Path) -> None:
        opened(tmp_path / "out.replies").close()
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "junk",
        [
            b"\n\n",
            b"[]\n",
            b'{"id": 1}\n',
            b'{"id":"a","ledger":0,"request":"x","reply":{"new":1}}\n',
            b'{"id":"a","ledger":0,"request":"x","reply":{"content":"{}","input_tokens":"7"}}\n',
            b"[" * 100_000 + b"\n",
            b'{"id":"a","ledger":0,"request":"x","reply":null}\n',
            b'{"id":"a","ledger":0,"request":"x","reply":[]}\n',
            b'{"id":"a","ledger":1e999,"request":"x","reply":{}}\n',
        ],
    )
    def test_lines_of_another_kind_are_passed_over(self, tmp_path: Path, junk: bytes) -> None:
        path = tmp_path / "out.replies"
        opened(path).keep("a", requests(1), ONE)
        path.write_bytes(FIRST_LINE + junk + path.read_bytes().removeprefix(FIRST_LINE))
        assert found(opened(path), 1) == [1]

    @pytest.mark.parametrize("name", ["out.replies", "out.replies.new"])
    def test_a_file_that_a_power_cut_left_empty_is_in_nobodys_way(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).touch()
        replies = opened(tmp_path / "out.replies")
        replies.keep("a", requests(1), ONE)
        assert found(opened(replies.path), 1) == [1]

    def test_where_there_is_no_room_to_tidy_up_it_stays_as_it_is(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        replies = opened(tmp_path / "out.replies")
        for number in range(40):
            replies.keep(f"a{number}", requests(number), ONE)
        replies.settle("a0")
        before = replies.path.read_bytes()
        with room_for(1000), caplog.at_level(logging.WARNING):
            replies.close()
        assert caplog.records == []
        assert replies.path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [replies.path]

    @given(data=st.data())
    def test_a_file_cut_off_anywhere_gives_the_whole_lines(
        self, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        path = tmp_path_factory.mktemp("cut") / "out.replies"
        replies, ends = opened(path), [len(FIRST_LINE)]
        for number in range(4):
            replies.keep(f"a{number}", requests(number), ONE)
            ends.append(path.stat().st_size)
        cut = data.draw(st.integers(ends[0], ends[-1]))
        path.write_bytes(path.read_bytes()[:cut])
        whole = [number for number in range(4) if ends[number + 1] - 1 <= cut]  # its line break may be missing
        again = opened(path)
        again.keep("new", requests(9), ONE)
        assert found(opened(path), *range(4), 9) == [*whole, 9]

    @given(steps=st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=40))
    def test_it_is_written_anew_with_what_is_needed(
        self, steps: list[tuple[int, bool]], tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        path, needed = tmp_path_factory.mktemp("anew") / "out.replies", set[int]()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "MOST_BYTES", 600)
            replies = opened(path)
            for number, keeps in steps:
                if keeps:
                    replies.keep(f"a{number}", requests(number), ONE)
                    needed.add(number)
                else:
                    replies.settle(f"a{number}")
                    needed.discard(number)
                left = opened(path)  # as it would be after a kill: more may be there, nothing may be missing
                assert needed <= set(found(left, *range(6)))
            assert not path.exists() or path.stat().st_size < 600 + 300 * 7

    def test_what_the_ledger_has_since_is_over(self, tmp_path: Path) -> None:
        path = tmp_path / "out.replies"
        for number in range(3):
            opened(path, end=100).keep(f"a{number}", requests(number), ONE)
        rows = {"a0": Row(99), "a1": Row(100)}  # an older row, such as one that failed; and one that was written after
        again = opened(path, rows)
        assert found(again, 0, 1, 2) == [0, 2]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("out.replies", b"mine\n"),
            ("out.replies", b'{"id": "a"}\n'),
            ("out.replies.new", b"mine"),
        ],
    )
    def test_a_file_of_the_users_own_is_left_alone(
        self, tmp_path: Path, name: str, content: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        with caplog.at_level(logging.WARNING):
            replies = opened(tmp_path / "out.replies")
            replies.keep("a", requests(1), ONE)
            replies.close()
        assert path.read_bytes() == content
        assert list(tmp_path.iterdir()) == [path]
        assert not replies.are_kept
        (record,) = caplog.records
        assert f"cannot use {path}: it is no file of replies; move it away" in record.getMessage()

    def test_where_it_cannot_be_written_a_warning_says_what_follows(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = tmp_path / "out.replies"
        replies = opened(path)
        replies.keep("a", requests(1), ONE)
        replies.let_go()
        path.unlink()
        path.mkdir()
        with caplog.at_level(logging.WARNING):
            replies.keep("b", requests(2), ONE)
            replies.keep("c", requests(3), ONE)
        (record,) = caplog.records
        assert record.getMessage().startswith(f"cannot write {path}: Is a directory; so nothing is asked ahead")
        assert not replies.are_kept

    def test_when_it_cannot_be_written_any_more_it_still_goes_with_the_last_article(self, tmp_path: Path) -> None:
        replies = opened(tmp_path / "out.replies")
        replies.keep("a", requests(1), ONE)
        replies.let_go()
        replies.path.chmod(0o400)
        if os.access(replies.path, os.W_OK):
            replies.are_kept = False  # as root one may write everywhere
        replies.keep("b", requests(2), ONE)
        assert not replies.are_kept
        replies.settle("a")
        replies.settle("b")
        replies.close()
        assert not replies.path.exists()

    @pytest.mark.parametrize("name", ["out.replies", "out.replies.new"])
    def test_what_is_no_file_is_not_opened(self, tmp_path: Path, name: str) -> None:
        os.mkfifo(tmp_path / name)  # to open it would be to wait for somebody at the other end
        assert not opened(tmp_path / "out.replies").are_kept

    def test_nobody_else_may_read_it(self, tmp_path: Path) -> None:
        replies = opened(tmp_path / "out.replies")
        for number in range(3):
            replies.keep("a", requests(number), ONE)
            assert stat.S_IMODE(replies.path.stat().st_mode) == 0o600

    def test_what_came_to_nothing_is_there_for_the_next_run_with_the_same_ledger(self, tmp_path: Path) -> None:
        replies = opened(tmp_path / "out.replies")
        replies.keep("a", requests(1), TWO)
        assert found(replies, 1) == []
        replies.put_by("a")
        assert replies.known(lambda: requests(1)) == TWO


class TestRun:
    def test_it_leaves_no_file_behind(self, tmp_path: Path) -> None:
        with Server(answer).running() as url:
            run(write(tmp_path / "in", 12), tmp_path / "out.jsonl", chosen(url))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl"]

    def test_a_reply_that_came_before_the_end_of_the_process_is_not_asked_for_again(self, tmp_path: Path) -> None:
        count, server = 12, Server(answer)
        folder, ledger = write(tmp_path / "in", count), tmp_path / "out.jsonl"
        script = (  # the process ends when the first reply is to be judged
            "import os, sys; from pathlib import Path; from summarise import dialogue; "
            "from tests.test_faults import chosen, run; "
            "dialogue.judge = lambda *given: os._exit(9); "
            "run(Path(sys.argv[1]), Path(sys.argv[2]), chosen(sys.argv[3]), 4)"
        )
        with server.running() as url:
            died = subprocess.run([sys.executable, "-c", script, str(folder), str(ledger), url])
            assert died.returncode == 9
            kept = kept_replies(ledger)
            assert 1 <= kept <= 8
            assert ok(ledger) == Counter()
            time.sleep(0.2)  # what was sent has reached the server
            in_vain = server.seen.requests - kept
            assert 0 <= in_vain <= 4
            outcome = run(folder, ledger, chosen(url), 4)
        assert outcome.ok == count
        assert ok(ledger) == Counter(f"{each:03}" for each in range(count))
        assert server.seen.requests == count + in_vain
        assert outcome.found == kept
        assert outcome.input_tokens == 1000 * (count - kept)  # the rest was paid for by the run that died
        assert sum(row.usage.input_tokens for row in read_ledger(ledger)) == 1000 * count
        assert not replies_of(ledger).exists()

    def test_the_reply_of_another_endpoint_is_not_taken(self, tmp_path: Path) -> None:
        folder, ledger = write(tmp_path / "in", 1), tmp_path / "out.jsonl"
        script = (
            "import os, sys; from pathlib import Path; from summarise import dialogue; "
            "from tests.test_faults import chosen, run; dialogue.judge = lambda *given: os._exit(9); "
            "run(Path(sys.argv[1]), Path(sys.argv[2]), chosen(sys.argv[3]))"
        )
        server = Server(answer)
        with server.running() as url:
            asked = [sys.executable, "-c", script, str(folder), str(ledger), f"{url}?deployment=a"]
            assert subprocess.run(asked).returncode == 9
            assert kept_replies(ledger) == 1
            assert run(folder, ledger, chosen(f"{url}?deployment=b")).ok == 1
        assert server.seen.requests == 2
        assert not replies_of(ledger).exists()

    def test_what_failed_is_asked_about_anew_after_a_kill(self, tmp_path: Path) -> None:
        folder, ledger = write(tmp_path / "in", 3), tmp_path / "out.jsonl"
        script = (  # the process ends when all have failed, and before it tidies up
            "import os, sys; from pathlib import Path; from summarise.corpus.replies import Replies; "
            "from tests.test_faults import chosen, run; Replies.close = lambda self: os._exit(9); "
            "run(Path(sys.argv[1]), Path(sys.argv[2]), chosen(sys.argv[3], complaints=0), 2)"
        )
        with Server(lambda question: (answer(question)[0], "no reply at all")).running() as url:
            assert subprocess.run([sys.executable, "-c", script, str(folder), str(ledger), url]).returncode == 9
        assert [row.status for row in read_ledger(ledger)] == ["failed"] * 3
        assert replies_of(ledger).exists()
        server = Server(answer)
        with server.running() as url:
            outcome = run(folder, ledger, chosen(url, complaints=0))
        assert (outcome.ok, server.seen.requests, outcome.input_tokens) == (3, 3, 3000)
        assert not replies_of(ledger).exists()

    def test_a_key_that_the_endpoint_echoes_is_not_in_the_file(self, tmp_path: Path) -> None:
        key, folder, ledger = "sk-proj-0123456789abcdefghijklmnop", write(tmp_path / "in", 1), tmp_path / "out.jsonl"
        kept: list[bytes] = []

        async def everything(url: str) -> None:
            async with Summariser(settings=chosen(url, complaints=0, api_key=key)) as reader:
                with Ledger(ledger) as opened:
                    await arun(
                        articles([folder]),
                        reader,
                        opened,
                        concurrency=1,
                        on_row=lambda row, outcome: kept.append(replies_of(ledger).read_bytes()),
                    )

        with Server(lambda question: ("a", f'{{"note": "your key is {key}"}}')).running() as url:
            asyncio.run(everything(url))
        assert len(kept) == 1
        assert b"your key is" in kept[0]
        assert key.encode() not in kept[0]
        assert [row.status for row in read_ledger(ledger)] == ["failed"]

    def test_a_reply_of_an_earlier_prompt_is_not_used(self, tmp_path: Path) -> None:
        folder, ledger, server = write(tmp_path / "in", 1), tmp_path / "out.jsonl", Server(answer)
        told = {"content": "{}", "finish_reason": "stop"}
        line = json.dumps({"id": "000", "ledger": 0, "request": "0" * 32, "reply": told})
        replies_of(ledger).write_bytes(FIRST_LINE + line.encode() + b"\n")
        with server.running() as url:
            assert run(folder, ledger, chosen(url)).ok == 1
        assert server.seen.requests == 1
        assert not replies_of(ledger).exists()  # its article has a row now


def test_it_is_no_article(place: Path) -> None:
    write(Path("in"), 2)
    for name in ("out.replies", "out.replies.new"):
        Path("in", name).write_text("no article\n")
    command = ["corpus", "in/*", "--out", "in/out.jsonl", "--model", "offline"]
    assert subprocess.run([*PROGRAM, *command], capture_output=True).returncode == 0
    assert set(ok(Path("in/out.jsonl"))) == {"000", "001"}


def test_the_name_of_the_file() -> None:
    assert replies_of(Path("a/out.jsonl")) == Path("a/out.replies")
    assert replies_of(Path("a/out")) == Path("a/out-replies")  # not that of the other one
