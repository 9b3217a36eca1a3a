"""A model on one's own machine: a tiny one, served by a real llama.cpp; what is no model, and what ends a server."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from summarise import Settings, Summariser, asummarise_article, summarise_article, summarise_corpus
from summarise.cli import main
from summarise.corpus.cluster import ArticleReader
from summarise.corpus.items import SourceItem
from summarise.corpus.ledger import Ledger, read_ledger
from summarise.corpus.run import arun
from summarise.errors import ConfigurationError, LocalModelFailed
from summarise.local import ModelFile, Wanted, given_back, model_file, shared_server
from tests.tiny_model import write_tiny_model

TEXT = "SEOUL, Oct. 18, 2023 -- Foreign Minister Park Jin will visit Japan on Friday, the ministry said."
OTHER = "PARIS, Oct. 19, 2023 -- Prime Minister Elisabeth Borne met her Dutch counterpart on Thursday."
CONTEXT = 16_384
PATIENCE = 20.0
"""Seconds after which a process that should have ended never will."""


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("models") / "tiny.gguf")


def settings(model: Path, **more: object) -> Settings:
    given: dict[str, object] = {"threads": 1, "seed": 1, "context": CONTEXT, "max_output_tokens": 2048, **more}
    return Settings(model=model, **given)  # type: ignore[arg-type]


def wanted(model: Path, **more: object) -> Wanted:
    given: dict[str, object] = {"context": 512, "slots": 1, "threads": 1, "port": None, **more}
    return Wanted(model_file(model), **given)  # type: ignore[arg-type]


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended; one that nobody has waited for yet has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not is_running(pid):
            return True
        time.sleep(0.02)
    return False


def environment(**more: str) -> dict[str, str]:
    own = ("OPENAI_", "SUMMARISE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, "PYTHONPATH": str(Path(__file__).parent.parent), **more}


# ------------------------------------------------------------------------------------------------------------- reading


def test_an_article_is_read_by_way_of_the_same_client_and_judge(tiny: Path) -> None:
    with Summariser(settings=settings(tiny)) as reader:
        summary = reader.read(TEXT)
    provenance = summary.provenance
    assert provenance is not None
    assert provenance.model == provenance.answered_by == model_file(tiny).name
    assert provenance.rung == "json_schema"
    assert provenance.base_url is None
    assert provenance.usage.cost == 0.0
    assert provenance.usage.input_tokens > 5_000
    assert provenance.usage.output_tokens > 10
    assert [visit for visit in summary.visits if not visit.evidence] == []


async def test_the_async_twin_reads_as_well_and_so_do_the_doors(tiny: Path) -> None:
    summary = await asummarise_article(TEXT, settings=settings(tiny))
    assert summary.provenance is not None
    assert summary.provenance.model.startswith("tiny.gguf@sha256:")


def test_the_model_may_be_a_path_everywhere(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"THREADS": "1", "SEED": "1", "CONTEXT": str(CONTEXT), "MAX_OUTPUT_TOKENS": "2048"}.items():
        monkeypatch.setenv(f"SUMMARISE_{name}", value)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")  # for other calls
    assert summarise_article(TEXT, model=tiny).provenance is not None
    (row,) = summarise_corpus([("a", TEXT)], model=tiny)
    assert row.fingerprint["model"] == model_file(tiny).name
    monkeypatch.setenv("SUMMARISE_MODEL", str(tiny))
    assert Settings().local
    with pytest.raises(ConfigurationError, match=r"Path|path"):
        Settings(model=Path("small.bin"))


def test_a_proxy_has_no_say_in_it(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with Summariser(settings=settings(tiny)) as reader:
        assert reader.read(TEXT).provenance is not None
    (row,) = summarise_corpus([("a", TEXT)], settings=settings(tiny))
    assert row.status == "ok"


def test_a_corpus_goes_into_a_ledger_and_nothing_spoils_the_output(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for name, text in {"a": TEXT, "b": OTHER}.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text)
    variables = {"THREADS": "1", "SEED": "1", "MAX_OUTPUT_TOKENS": "2048", "SLOTS": "2", "MODEL": str(tiny)}
    told = environment(**{f"SUMMARISE_{name}": value for name, value in variables.items()})
    command = [sys.executable, "-m", "summarise", "corpus", "articles", "--out", "ledger.jsonl", "--context", "16384"]
    done = subprocess.run(
        [*command, "--concurrency", "8", "--max-cost", "1"], cwd=tmp_path, env=told, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr  # what the model says need not pass
    assert done.stderr == ""
    rows = [json.loads(line) for line in (tmp_path / "ledger.jsonl").read_text().splitlines()]
    rows = [row for row in rows if "status" in row]
    assert {row["fingerprint"]["model"] for row in rows} == {model_file(tiny).name}
    assert {row["usage"]["cost"] for row in rows} == {0.0}
    assert len(rows) == 2
    one = [sys.executable, "-m", "summarise", "article", "articles/a.txt"]
    shown = subprocess.run(one, cwd=tmp_path, env=told, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    assert json.loads(shown.stdout)["provenance"]["model"] == model_file(tiny).name


def test_a_changed_file_of_the_same_name_is_noticed(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "tiny.gguf", seed=1)
    reader = Summariser(settings=settings(path))
    before = reader.fingerprint["model"]
    write_tiny_model(path, seed=2)
    assert Summariser(settings=settings(path)).fingerprint["model"] != before
    with pytest.raises(ConfigurationError, match="has changed"):
        reader.read(TEXT)


def test_a_model_in_parts_is_known_by_all_of_them(tmp_path: Path) -> None:
    first, second = (tmp_path / f"big-0000{number}-of-00002.gguf" for number in (1, 2))
    write_tiny_model(first)
    with pytest.raises(ConfigurationError, match="00002-of-00002"):
        _ = model_file(first).name
    second.write_bytes(b"a")
    before = model_file(first).name
    second.write_bytes(b"b")
    os.utime(first, ns=(1, 1))  # what was read once is remembered as long as the first one is the same
    assert model_file(first).name != before


# --------------------------------------------------------------------------------------------------------- what cannot


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "is not there"),
        (b"", "is empty"),
        (b"hello, world", "is no GGUF file: it begins with b'hell'"),
        (b"GGUF\x03\x00\x00\x00", "is damaged: it ends after 8 bytes"),
        (b"GGUF\x01\x00\x00\x00" + bytes(16), "version 1"),
        (b"GGUF\x00\x00\x00\x03" + bytes(16), "order of bytes"),
    ],
)
def test_what_is_no_model_is_named_with_the_reason(content: bytes | None, why: str, tmp_path: Path) -> None:
    path = tmp_path / "small.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        Summariser(settings=settings(path))
    assert why in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.hint
    result = CliRunner().invoke(main, ["article", "-", "--model", str(path)], input=TEXT)
    assert result.exit_code == 2
    assert why in result.output
    assert "Traceback" not in result.output


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "small.gguf").mkdir()
    with pytest.raises(ConfigurationError, match="is a folder"):
        model_file(tmp_path / "small.gguf")


def test_without_the_extra_the_way_to_it_is_told(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarise.local.extra.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError) as caught:
        Summariser(settings=settings(tiny))
    assert "summarise[local]" in caught.value.hint


def looked_at(path: Path) -> ModelFile | ConfigurationError:
    """What is found out about the file; nothing but the error that is raised on purpose may come of it."""
    try:
        return model_file(path)
    except ConfigurationError as error:
        return error


@given(cut=st.integers(0, 20_000))
def test_a_file_cut_anywhere_before_its_tensors_is_either_damaged_or_whole_so_far(cut: int, tiny: Path) -> None:
    path = tiny.with_name(f"cut{os.getpid()}.gguf")
    path.write_bytes(tiny.read_bytes()[:cut])
    found = looked_at(path)
    path.unlink()
    assert found.hint if isinstance(found, ConfigurationError) else found.context == model_file(tiny).context


@given(places=st.lists(st.tuples(st.integers(4, 9_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_head_never_takes_more_than_it_has(places: list[tuple[int, int]], tiny: Path) -> None:
    content = bytearray(tiny.read_bytes())
    for place, byte in places:
        content[place] = byte
    path = tiny.with_name(f"damaged{os.getpid()}.gguf")
    path.write_bytes(content)
    found = looked_at(path)
    path.unlink()
    assert isinstance(found, ModelFile) or found.hint


def _damaged(tiny: Path, key: bytes, value: int, name: str) -> Path:
    content = bytearray(tiny.read_bytes())
    place = content.index(key) + len(key) + 4
    content[place : place + 4] = value.to_bytes(4, "little")
    path = tiny.with_name(f"{name}.gguf")
    path.write_bytes(content)
    return path


def test_a_model_cut_off_in_its_tensors_is_told_as_llama_cpp_tells_it(tiny: Path) -> None:
    path = tiny.with_name("short.gguf")
    path.write_bytes(tiny.read_bytes()[:60_000])
    with Summariser(settings=settings(path)) as reader, pytest.raises(LocalModelFailed) as caught:
        reader.read(TEXT)
    assert "short.gguf" in caught.value.message
    assert "corrupted or incomplete" in caught.value.message
    assert caught.value.stops_run
    assert caught.value.hint


def test_a_model_on_which_llama_cpp_aborts_takes_nothing_along(tiny: Path, tmp_path: Path) -> None:
    path = _damaged(tiny, b"llama.block_count", 0, "aborting")
    rows = []
    with pytest.raises(LocalModelFailed) as caught:
        rows += list(summarise_corpus([("a", TEXT), ("b", OTHER)], out=tmp_path / "l.jsonl", settings=settings(path)))
    assert rows == []
    assert "signal 6" in caught.value.message
    assert "GGML_ASSERT" in caught.value.message


def test_a_context_that_is_too_small_is_told_before_anything_starts(tiny: Path) -> None:
    reader = Summariser(settings=settings(tiny, context=2048))
    with pytest.raises(ConfigurationError, match=r"context of 2,048 tokens") as caught:
        reader.read(TEXT)
    assert "--context" in caught.value.hint


def test_a_model_trained_for_less_has_no_more(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "small.gguf", context=1024)
    with pytest.raises(ConfigurationError, match=r"context of 1,024 tokens"):
        Summariser(settings=settings(path)).read(TEXT)


def test_a_port_that_is_taken_is_named(tiny: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Summariser(settings=settings(tiny, port=port)) as reader, pytest.raises(ConfigurationError) as caught:
            reader.read(TEXT)
    assert f"port {port} is taken" in caught.value.message
    assert "SUMMARISE_PORT" in caught.value.hint


def test_what_does_not_go_with_a_local_model_is_refused(tiny: Path, tmp_path: Path) -> None:
    import openai

    with pytest.raises(ConfigurationError, match="asks no endpoint"):
        summarise_article(TEXT, model=tiny, base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ConfigurationError, match="client was given"):
        summarise_article(TEXT, model=tiny, client=openai.OpenAI(api_key="sk-1"))
    with pytest.raises(ConfigurationError, match="cluster"):
        ArticleReader(settings=settings(tiny))
    (tmp_path / "a.txt").write_text(TEXT)
    corpus = [str(tmp_path / "a.txt"), "--model", str(tiny), "--out"]
    batch = CliRunner().invoke(main, ["batch", "submit", *corpus, str(tmp_path / "l.jsonl")])
    assert (batch.exit_code, "no batches" in batch.output) == (2, True)
    cluster = CliRunner().invoke(main, ["corpus", *corpus, str(tmp_path / "out"), "--cluster", "local"])
    assert (cluster.exit_code, "cluster" in cluster.output) == (2, True)


def test_an_estimate_costs_nothing_and_starts_nothing(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    arguments = ["corpus", str(tmp_path / "a.txt"), "--model", str(tiny), "--out", str(tmp_path / "l"), "--estimate"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["cost"]["expected"] == 0


# ----------------------------------------------------------------------------------------------------- one, and its end


def test_one_server_for_each_model_that_stops_with_the_last_who_needs_it(tiny: Path) -> None:
    one, other = shared_server(wanted(tiny)), shared_server(wanted(tiny))
    assert one is other
    assert one.pid is None  # not before it is needed
    one.address(PATIENCE)
    pid = one.pid
    assert pid is not None
    given_back(one)
    assert is_running(pid)
    given_back(other)
    assert not is_running(pid)


def test_each_slot_has_the_context_that_was_wanted(tiny: Path) -> None:
    server = shared_server(wanted(tiny, context=1024, slots=3))
    try:
        assert server.address(PATIENCE).context == 1024
    finally:
        given_back(server)


async def test_a_run_of_more_calls_than_slots_comes_to_its_end_though_all_is_asked_again(
    tiny: Path, tmp_path: Path
) -> None:
    items = [SourceItem(str(each), str(each), f"{TEXT} Ticket {each} was hers.") for each in range(5)]
    async with Summariser(settings=settings(tiny, max_output_tokens=16, complaints=1)) as reader:
        with Ledger(tmp_path / "out.jsonl") as ledger:
            outcome = await asyncio.wait_for(arun(iter(items), reader, ledger, concurrency=2), PATIENCE)
    assert outcome.failed == 5
    assert all(row.usage.requests == 2 for row in read_ledger(tmp_path / "out.jsonl"))


def test_a_server_that_was_killed_is_told_and_the_next_article_starts_another(tiny: Path) -> None:
    with Summariser(settings=settings(tiny, backoff=0, transient_retries=1)) as reader:
        reader.read(TEXT)
        server = shared_server(Wanted(model_file(tiny), CONTEXT, 1, 1, None))
        pid = server.pid
        assert pid is not None
        threading.Timer(0.05, os.kill, (pid, signal.SIGKILL)).start()  # while it reads
        with pytest.raises(LocalModelFailed, match="lack of memory"):
            reader.read(" ".join([TEXT, *(f"The minister left for the town of Newtown {each}." for each in range(99))]))
        assert reader.read(TEXT).provenance is not None
        given_back(server)


def test_a_server_that_is_still_ending_is_waited_for(tiny: Path) -> None:
    server = shared_server(wanted(tiny))
    try:
        server.address(PATIENCE)
        pid = server.pid
        assert pid is not None
        assert server.failure() is None
        threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
        failure = server.failure(PATIENCE)
        assert failure is not None
        assert "lack of memory" in failure.message
    finally:
        given_back(server)


def test_a_load_that_hangs_ends_with_the_deadline(tiny: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    hanging = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    monkeypatch.setattr("summarise.local.server._PROGRAM", hanging)
    hasty = settings(tiny, deadline=2.0)
    with pytest.raises(LocalModelFailed, match="had not loaded the model after 2 seconds") as caught:
        list(summarise_corpus([("a", TEXT), ("b", OTHER)], out=tmp_path / "ledger.jsonl", settings=hasty))
    assert "SUMMARISE_DEADLINE" in caught.value.hint
    assert caught.value.stops_run
    assert not is_running(int(told.read_text()))
    monkeypatch.undo()
    with Summariser(settings=settings(tiny)) as reader:  # and what hung is in nobody's way
        assert reader.read(TEXT).provenance is not None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at another process, as Linux shows it")
def test_it_is_given_no_key_and_no_password(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "sk-not-for-llama-cpp"
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "AZURE_OPENAI_API_KEY", "SUMMARISE_API_KEY", "summarise_api_key"):
        monkeypatch.setenv(name, secret)
    for name in ("SUMMARISE_BASE_URL", "OPENAI_BASE_URL", "HTTPS_PROXY", "http_proxy"):
        monkeypatch.setenv(name, f"http://me:{secret}@127.0.0.1:9")
    monkeypatch.setenv("KEPT_FOR_LLAMA_CPP", "1")
    server = shared_server(wanted(tiny))
    try:
        address = server.address(PATIENCE)
        given = Path(f"/proc/{server.pid}/environ").read_bytes() + Path(f"/proc/{server.pid}/cmdline").read_bytes()
    finally:
        given_back(server)
    assert b"KEPT_FOR_LLAMA_CPP=1" in given
    assert secret.encode() not in given
    assert address.key.get_secret_value().encode() not in given


def test_the_key_of_the_server_is_shown_nowhere(tiny: Path) -> None:
    with Summariser(settings=settings(tiny)) as reader:
        reader.read(TEXT)
        server = shared_server(Wanted(model_file(tiny), CONTEXT, 1, 1, None))
        address = server.address(PATIENCE)
        key = address.key.get_secret_value()
        assert len(key) >= 32
        shown = [repr(each) for each in (address, vars(server), vars(reader), vars(reader._engine))]
        given_back(server)
    assert not [each for each in shown if key in each]
    assert len([each for each in shown if "Address(" in each]) >= 2


_READ = """
import sys, time
from pathlib import Path
from summarise.local import Wanted, model_file, shared_server
server = shared_server(Wanted(model_file(Path(sys.argv[1])), 512, 1, 1, None))
server.address(60)
print(server.pid, flush=True)
if sys.argv[2] == "stay":
    time.sleep(60)
"""


@pytest.mark.parametrize("signal_number", [None, signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_the_program_whatever_ends_that(signal_number: int | None, tiny: Path) -> None:
    stay = "go" if signal_number is None else "stay"
    program = subprocess.Popen(
        [sys.executable, "-c", _READ, str(tiny), stay],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    if signal_number is not None:
        assert is_running(pid)
        program.send_signal(signal_number)
    program.wait(timeout=PATIENCE)
    program.stdout.close()
    assert ends(pid)
