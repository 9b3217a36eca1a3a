"""What becomes of the calls under way when the terminal goes, or nobody reads what a run says: they are paid for."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpus_server import Endpoint, article, serving

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "summarise"]
RUN = [*PROGRAM, "corpus", "in", "--out", "out.jsonl", "--concurrency", "2"]

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of Unix")


@pytest.fixture
def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """What answers at once about all articles of the folder but 0 and 1."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARISE_")):
            monkeypatch.delenv(name)
    Path("in").mkdir()
    for number in range(12):
        Path(f"in/{number:02}.txt").write_text(article(number, "[wait]" * (number < 2)))
    with serving() as server:
        for name, value in (("OPENAI_BASE_URL", server.url), ("OPENAI_API_KEY", "k"), ("PYTHONPATH", str(ROOT))):
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("SUMMARISE_MODEL", "gpt-4o-mini")
        yield server


def started(**how: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(how.pop("command", RUN), **({"stderr": subprocess.PIPE, "text": True} | how))


def both_asked(endpoint: Endpoint) -> None:
    while endpoint.under_way < 2:
        time.sleep(0.01)


def ids() -> list[str]:
    return [json.loads(line)["id"] for line in Path("out.jsonl").read_text().splitlines()]


def test_a_terminal_that_hangs_up_is_as_good_as_ctrl_c(endpoint: Endpoint) -> None:
    process = started(stdout=subprocess.PIPE)
    both_asked(endpoint)
    process.send_signal(signal.SIGHUP)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("stopping: the articles under way get 10 s")
    endpoint.go_on.set()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted: 2 of 12 articles are safe in out.jsonl" in said
    assert sorted(ids()) == ["00", "01"]


def test_a_session_that_drops_loses_nothing_that_was_asked(endpoint: Endpoint) -> None:
    ours, theirs = pty.openpty()
    process = started(
        stdin=theirs, stdout=theirs, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    )
    os.close(theirs)
    both_asked(endpoint)
    os.close(ours)
    time.sleep(0.3)  # some pictures of the bar, which nobody sees
    endpoint.go_on.set()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said.splitlines() == [
        "summarise: interrupted: 2 of 12 articles are safe in out.jsonl; run the same command again to go on"
    ]
    assert sorted(ids()) == ["00", "01"]


def test_under_nohup_a_run_goes_on(endpoint: Endpoint) -> None:
    process = started(command=["nohup", *RUN], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    both_asked(endpoint)
    process.send_signal(signal.SIGHUP)
    endpoint.go_on.set()
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "12 articles: 12 read" in said


@pytest.mark.parametrize("broken", ["nobody reads on", "full"])
def test_when_the_output_fails_what_is_under_way_gets_into_the_ledger(endpoint: Endpoint, broken: str) -> None:
    Path("in/01.txt").write_text(article(1))
    if broken == "full":
        if not Path("/dev/full").exists():
            pytest.skip("a device of Linux")
        writing = os.open("/dev/full", os.O_WRONLY)
    else:
        reading, writing = os.pipe()
        os.close(reading)
    process = started(stdout=writing)
    os.close(writing)
    while not (Path("out.jsonl").exists() and ids()):
        time.sleep(0.01)
    endpoint.go_on.set()
    _, said = process.communicate(timeout=60)
    assert "00" in ids()
    assert len(ids()) == len(endpoint.questions) < 12
    if broken == "full":
        assert process.returncode == 2
        assert said.startswith("summarise: cannot write to standard output: No space left on device\n  hint: What is")
    else:
        assert (process.returncode, said) == (1, "")
