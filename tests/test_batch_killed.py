"""A batch, killed at every step: the real program in processes of its own, and the provider's own counts."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarise.corpus.batch.folder import folder_of
from summarise.corpus.batch.journal import Journal
from tests.batch_faults import Faults
from tests.batch_server import BatchServer, serving_batches
from tests.test_batch import OUT, answer, write
from tests.test_cli import place, rows

__all__ = ["place"]  # a fixture

# The processes are started by way of a socket in a file.
pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1$", r".*/pymp-"])

KILLS = {
    "submit": ["POST /files 1 before", "POST /files 2 after", "POST /batches 1 before", "POST /batches 2 after"],
    "collect": [
        "GET /batches/id 1 before", "GET /batches/id 2 after", "GET /files/content 1 before",
        "GET /files/content 2 after", "POST /files 4 before", "POST /files 5 after", "POST /batches 4 before",
        "POST /batches 5 after",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def program() -> multiprocessing.context.ForkServerContext:
    """Processes that have the program loaded already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["summarise.cli.batch", "summarise.corpus.batch.waiting", "openai", "tests.test_batch"]
    )
    return context


def _main(arguments: list[str], environment: dict[str, str], folder: str) -> None:
    from summarise.cli import main

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    main(arguments)


@pytest.fixture
def victim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("victim") / "pid"


@pytest.fixture
def command(
    program: multiprocessing.context.ForkServerContext, victim: Path, place: Path
) -> Callable[..., Iterator[int]]:
    """Runs a command again and again until it ends by itself; gives the exit status of each time."""

    def runs(*arguments: str, due: Callable[[], bool] = lambda: False) -> Iterator[int]:
        status = None
        while status is None or status < 0:
            process = program.Process(target=_main, args=(list(arguments), dict(os.environ), str(place)))
            victim.unlink(missing_ok=True)
            process.start()
            victim.write_text(str(process.pid))
            while process.exitcode is None:
                if due():
                    process.kill()
                    due = bool
                process.join(0.002)
            status = process.exitcode
            yield status

    return runs


def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BACKOFF": "0", "TRANSIENT_RETRIES": "2", "COMPLAINTS": "3"}.items():
        monkeypatch.setenv(f"SUMMARISE_{name}", value)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-mine")


def test_killed_at_every_call(
    place: Path, victim: Path, command: Callable[..., Iterator[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _settings(monkeypatch)
    write(24)
    kills = {moment for step in KILLS.values() for moment in step}
    with serving_batches(BatchServer(answer, Faults(bad=0.15, seed=1, kill=kills, victim=victim))) as server:
        sent = list(
            command("batch", "submit", "in", "--out", "out.jsonl", "--base-url", server.url, "--batch-requests", "12")
        )
        assert sent == [-9] * len(KILLS["submit"]) + [0]
        back = list(command("batch", "collect", "out.jsonl", "--wait"))
        assert back == [-9] * len(KILLS["collect"]) + [0]
        assert set(server.seen.kills) == kills
        assert server.seen.repeated == 0
        assert set(server.seen.asked) == {row["fingerprint"]["article"][:12] for row in rows().values()}
    lines = OUT.read_text().splitlines()
    assert len(lines) == len(rows()) == 24, "every article once"
    assert all(row["status"] == "ok" for row in rows().values())
    assert server.seen.asked.total() == sum(row["usage"]["requests"] for row in rows().values()), "all is accounted for"


def test_killed_while_files_and_rows_are_written(
    place: Path, command: Callable[..., Iterator[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _settings(monkeypatch)
    write(30)
    second = folder_of(OUT) / "0002.articles.jsonl"
    with serving_batches(BatchServer(answer, Faults(bad=0.15, seed=1))) as server:
        arguments = ["batch", "submit", "in", "--out", "out.jsonl", "--base-url", server.url, "--batch-requests", "10"]
        assert list(command(*arguments, due=second.exists))[-1] == 0
        assert list(command("batch", "collect", "out.jsonl", "--wait", due=lambda: OUT.stat().st_size > 9000))[-1] == 0
        assert server.seen.repeated == 0
        assert server.seen.asked.total() == sum(row["usage"]["requests"] for row in rows().values())
    assert len(OUT.read_text().splitlines()) == len(rows()) == 30
    assert all(row["status"] == "ok" for row in rows().values())


def test_killed_while_the_rest_is_read_live(
    place: Path, victim: Path, command: Callable[..., Iterator[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _settings(monkeypatch)
    write(8)
    faults = Faults(expire={1}, kill={"POST /chat/completions 2 before"}, victim=victim)
    with serving_batches(BatchServer(answer, faults)) as server:
        assert list(command("batch", "submit", "in", "--out", "out.jsonl", "--base-url", server.url)) == [0]
        live = ["batch", "collect", "out.jsonl", "--finish-live", "--concurrency", "1"]
        ways = command(*live)
        assert next(ways) == -9
        done = len(rows())
        assert 4 <= done < 8
        assert [part.live for part in Journal(OUT).parts.values()] == [True]
        assert list(command("batch", "collect", "out.jsonl", "--wait")) == [0], "or with another batch, for once"
        assert server.seen.repeated <= 1, "a live call whose answer was lost, at most"
    assert len(OUT.read_text().splitlines()) == len(rows()) == 8


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_waits_can_be_interrupted(
    place: Path,
    program: multiprocessing.context.ForkServerContext,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    _settings(monkeypatch)
    monkeypatch.setenv("SUMMARISE_BACKOFF", "0.001")
    write(3)
    with serving_batches(BatchServer(answer, looks=10**9)) as server:
        arguments = ["batch", "submit", "in", "--out", "out.jsonl", "--base-url", server.url, "--wait"]
        process = program.Process(target=_main, args=(arguments, dict(os.environ), str(place)))
        process.start()
        while server.seen.calls["GET /batches/id"] < 2:
            process.join(0.005)
        assert process.pid is not None
        os.kill(process.pid, number)
        process.join()
        assert process.exitcode == 130
        assert Journal(OUT).out == 3
