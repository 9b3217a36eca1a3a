"""What the commands do when the output cannot take it, or somebody stops them; each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarise import evaluate
from summarise.cli import main
from summarise.corpus.ledger import Ledger, _way_on
from summarise.errors import ConfigurationError, LedgerError
from summarise.settings import Settings, load_settings
from tests.corpus_server import Endpoint, article, serving
from tests.gold_ledgers import gold
from tests.page_running import COLUMNS, on_a_terminal

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "summarise"]
ARTICLE = (
    "OSLO, March 14, 2024 — Prime Minister Jānis Bērziņš of Latvia visited Norway on Thursday, “the palace” said.\n"
    "🎉 Göran Persson was there.\n"
)
GOLD = json.loads(gold("a").model_dump_json())
OFFLINE = ["--model", "offline"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARISE_", "PYTHONIOENCODING", "LC_", "LANG")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("in").mkdir()
    for number in range(5):
        Path(f"in/{number}.txt").write_text(article(number), encoding="utf-8")
    Path("gold.json").write_text(json.dumps(GOLD))
    return tmp_path


@pytest.fixture
def ledgers(place: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        assert program("corpus", "a.txt", "--out", name, *OFFLINE).returncode == 0


def program(
    *arguments: str, out: int = subprocess.PIPE, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, **(environment or {})}
    return subprocess.run([*PROGRAM, *arguments], stdout=out, stderr=subprocess.PIPE, env=env, timeout=60)


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}]
)
def test_json_in_a_narrow_encoding_is_the_same_json(place: Path, environment: dict[str, str]) -> None:
    wide = program("article", "a.txt", *OFFLINE, environment={"PYTHONIOENCODING": "utf-8"})
    narrow = program("article", "a.txt", *OFFLINE, environment=environment)
    assert (wide.returncode, narrow.returncode, narrow.stderr) == (0, 0, b"")
    assert "Bērziņš" in wide.stdout.decode()
    assert json.loads(narrow.stdout) == json.loads(wide.stdout)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_lines_and_tables_in_a_narrow_encoding_are_escaped(place: Path, encoding: str) -> None:
    Path("ž𝄞.txt").write_text(ARTICLE, encoding="utf-8")
    done = program(
        "corpus", "ž𝄞.txt", "--out", "o.jsonl", "--show-visits", *OFFLINE, environment={"PYTHONIOENCODING": encoding}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\U0001d11e" in done.stdout
    assert b"Visits (1)" in done.stdout
    missing = program("article", "none-𝄞", *OFFLINE, environment={"PYTHONIOENCODING": encoding})
    assert missing.returncode == 2
    assert missing.stderr.startswith(b"summarise: none-\\U0001d11e: cannot be read")


COMMANDS = [
    ["--help"],
    ["--version"],
    ["article", "a.txt", *OFFLINE],
    ["corpus", "in", "--out", "out.jsonl", *OFFLINE],
    ["corpus", "in", "--out", "out.jsonl", "--show-visits", *OFFLINE],
    ["evaluate", "gold.json", "one.jsonl"],
    ["schemas", "write"],
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.usefixtures("ledgers")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_full_output_is_one_message(arguments: list[str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    done = program(*arguments, out=full)
    os.close(full)
    message, hint = done.stderr.decode().splitlines()
    assert message == "summarise: cannot write to standard output: No space left on device"
    assert hint.startswith("  hint: ")
    assert done.returncode == 2
    if arguments[0] == "corpus":
        assert "safe in out.jsonl" in hint
        with Ledger("out.jsonl") as ledger:
            assert ledger.entries
        assert program(*arguments).returncode == 0


@pytest.mark.usefixtures("ledgers")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_closed_pipe_is_the_end_and_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = program(*arguments, out=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
    if arguments[0] == "corpus":
        with Ledger("out.jsonl") as ledger:
            assert ledger.entries


def test_a_closed_output_takes_nothing(place: Path) -> None:
    command = [*PROGRAM, "article", "a.txt", *OFFLINE]
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


class TestCtrlC:
    @pytest.fixture
    def endpoint(self) -> Iterator[Endpoint]:
        with serving() as server:
            yield server

    def test_while_an_article_is_read(self, place: Path, endpoint: Endpoint) -> None:
        Path("b.txt").write_text(article(2, "[wait]"))
        command = [*PROGRAM, "article", "b.txt", "--base-url", endpoint.url, "--model", "gpt-4o-mini"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert endpoint.asked.wait(30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        endpoint.go_on.set()
        assert (process.returncode, out, err.strip()) == (130, "", "summarise: interrupted")

    @pytest.mark.parametrize("module", ["summarise.cli", "summarise.evaluation"])
    def test_while_something_is_imported(self, place: Path, module: str) -> None:
        """The signal comes at that import, whenever that is."""
        code = (
            "import builtins, os, signal, sys\n"
            "real = builtins.__import__\n"
            "def hook(name, *more, **also):\n"
            f"    if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
            "    return real(name, *more, **also)\n"
            "from summarise.__main__ import program\n"
            "builtins.__import__ = hook\n"
            "sys.argv = ['summarise', 'evaluate', 'gold.json', 'one.jsonl']\n"
            "program()\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr.strip()) == (130, "summarise: interrupted")


@pytest.mark.parametrize("group", [[], ["schemas"]])
def test_a_group_alone_shows_its_help(group: list[str]) -> None:
    alone, asked = CliRunner().invoke(main, group), CliRunner().invoke(main, [*group, "--help"])
    assert (alone.exit_code, alone.stdout, alone.stderr) == (0, asked.stdout, "")


@pytest.mark.parametrize("group", [[], ["batch"], ["schemas"]])
def test_the_lines_about_commands_are_whole_on_80_columns(group: list[str]) -> None:
    lines = (
        CliRunner().invoke(main, [*group, "--help"], terminal_width=80).stdout.partition("Commands:\n")[2].splitlines()
    )
    assert lines
    assert not [line for line in lines if "..." in line]


@pytest.mark.usefixtures("ledgers")
def test_a_file_that_is_no_ledger_gets_the_hint_for_its_use() -> None:
    read = CliRunner().invoke(main, ["evaluate", "gold.json", "gold.json"]).stderr
    assert "hint: A ledger is a file that `summarise corpus … --out FILE` wrote." in read
    written = CliRunner().invoke(main, ["corpus", "in", "--out", "gold.json", *OFFLINE]).stderr
    assert "hint: Give a new file, or one that an earlier run wrote." in written


def test_a_ledger_that_may_not_be_written_gets_a_hint_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert "folder" in _way_on(path)
    path.touch(mode=0o444)
    assert "permissions" in _way_on(path)
    if os.geteuid():  # to root nothing is forbidden
        with pytest.raises(LedgerError, match="Permission denied") as caught:
            Ledger(path)
        assert "permissions" in caught.value.hint


def test_a_comparison_tells_what_the_other_ledger_lacks(place: Path) -> None:
    for name in ("a", "b", "c"):
        Path(f"{name}.json").write_text(json.dumps(GOLD | {"id": name}))
        Path(f"{name}.txt").write_text(ARTICLE if name != "c" else " ", encoding="utf-8")
    Path("gold").mkdir()
    for name in ("a", "b", "c"):
        Path(f"{name}.json").rename(f"gold/{name}.json")
    for out, files in (("one.jsonl", ["a.txt", "b.txt"]), ("two.jsonl", ["a.txt", "c.txt"])):
        CliRunner().invoke(main, ["corpus", *files, "--out", out, *OFFLINE])
    result = evaluate("gold", "one.jsonl", compare="two.jsonl", resamples=10)
    assert (result.absent, result.failed) == (["c"], [])
    assert (result.compared_absent, result.compared_failed) == (["b"], ["c"])
    from rich.console import Console

    from summarise.evaluation.report import evaluation_view

    console = Console(width=120, record=True, quiet=False, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(evaluation_view(result))
    text = console.export_text()
    assert "1 not in two.jsonl, counted as nothing found: b" in text
    assert "1 failed in two.jsonl, counted as nothing found: c" in text
    assert "Difference to two.jsonl (this minus that), paired by article" in text


@pytest.mark.usefixtures("ledgers")
def test_one_article_has_no_interval() -> None:
    result = evaluate("gold.json", "one.jsonl", compare="two.jsonl", resamples=10)
    assert (result.core_visits.f1.low, result.core_visits.f1.high) == (None, None)
    assert all(one.difference.low is None for one in result.differences)


@pytest.mark.usefixtures("ledgers")
def test_a_breakdown_that_does_not_exist_is_named() -> None:
    with pytest.raises(ConfigurationError, match="'countri'") as caught:
        evaluate("gold.json", "one.jsonl", by="countri")  # type: ignore[arg-type]
    assert caught.value.hint == "Give one of country, status, outlet."


@pytest.mark.parametrize("make", [Settings, load_settings])
def test_a_setting_that_does_not_exist_is_named(make: type[Settings]) -> None:
    with pytest.raises(ConfigurationError, match="'modl'") as caught:
        make(modl="x")  # type: ignore[call-arg]
    assert caught.value.hint == "Did you mean 'model'?"


def test_an_error_of_several_lines_keeps_them_on_a_terminal(place: Path) -> None:
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    status, seen = on_a_terminal([*PROGRAM, "article", "article.txt"], place, {**os.environ, "TERM": "xterm"})
    assert status == 2
    begun = [line for line in seen.splitlines() if line.startswith(("summarise:", "  - "))]
    assert [line[:14] for line in begun] == [
        "summarise: no ",
        "  - a key: set",
        "  - a base URL",
        "  - a model on",
        '  - model="off',
    ]
    assert max(map(len, seen.splitlines())) <= COLUMNS
