"""The command line as a user meets it, with a real endpoint on loopback; in a process of its own where that matters."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from summarise.cli import main
from tests.corpus_server import Endpoint, article, serving

PROGRAM = [sys.executable, "-c", "from summarise.cli import main; main()"]
ROOT = Path(__file__).parent.parent
SPEAKS_FOR_ITSELF = {"OPENAI_", "SUMMARISE_", "FORCE_COLOR", "NO_COLOR", "COLUMNS"}


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if any(name.startswith(prefix) for prefix in SPEAKS_FOR_ITSELF):
            monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in ("mine", "broken"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("SUMMARISE_TRANSIENT_RETRIES", "0")
    monkeypatch.setenv("SUMMARISE_COMPLAINTS", "0")
    monkeypatch.setenv("SUMMARISE_MODEL", "gpt-4o-mini")
    return tmp_path


def run(*arguments: str, given: bytes | None = None) -> Result:
    """The command in this process, without a terminal."""
    result = CliRunner().invoke(main, arguments, input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def on_terminal(*arguments: str, columns: int = 80) -> tuple[int, str]:
    """Exit status and what a terminal of so many columns was sent."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    process = subprocess.Popen([*PROGRAM, *arguments], stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    sent = b""
    try:
        while piece := os.read(master, 65536):
            sent += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(master)
    return process.wait(60), sent.decode()


def rows(path: str = "out.jsonl") -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in map(json.loads, Path(path).read_text().splitlines())}


class TestHelp:
    @pytest.mark.parametrize(
        "command", [[], ["article"], ["corpus"], ["schemas"], ["schemas", "write"], ["schemas", "diff"]]
    )
    def test_every_command_explains_itself(self, place: Path, command: list[str]) -> None:
        for flag in ("-h", "--help"):
            result = run(*command, flag)
            assert result.exit_code == 0
            assert result.stdout.startswith(" ".join(["Usage: summarise", *command]))

    def test_a_command_speaks_of_what_it_takes(self, place: Path) -> None:
        assert "offline" in run("corpus", "--help").stdout
        assert "offline" not in run("batch", "submit", "--help").stdout
        assert "of a row" in run("corpus", "--help").stdout
        assert "of a row" not in run("article", "--help").stdout

    def test_the_version(self, place: Path) -> None:
        result = run("--version")
        assert result.exit_code == 0
        assert result.stdout.startswith("summarise ")

    @pytest.mark.parametrize("arguments", [["nonsense"], ["article"], ["corpus", "x"], ["article", "x", "--no-such"]])
    def test_a_wrong_call_is_one_line_and_a_hint(self, place: Path, arguments: list[str]) -> None:
        result = run(*arguments)
        assert result.exit_code == 2
        message, hint = result.stderr.splitlines()
        assert message.startswith("summarise: ")
        assert hint.startswith("  hint: summarise ")
        assert "--help" in hint

    def test_help_does_not_load_what_it_does_not_need(self, place: Path) -> None:
        heavy = ["openai", "rich.table", "pydantic", "tiktoken", "asyncio", "genai_prices"]
        code = (
            f"import sys, summarise.cli, click.testing as t; assert t.CliRunner().invoke(summarise.cli.main, ['-h'])"
            f".exit_code == 0; print([m for m in {heavy!r} if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.strip() == "[]", done.stderr


class TestArticle:
    def test_a_pipe_gets_json(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        result = run("article", "a.txt", "--base-url", endpoint.url)
        assert result.exit_code == 0, result.stderr
        summary = json.loads(result.stdout)
        assert summary["visits"][0]["visitors"][0]["name"] == "Ana Reyes"
        assert summary["visits"][0]["country"] == "NOR"
        assert summary["provenance"]["model"] == "gpt-4o-mini"
        assert result.stdout.startswith('{\n  "')

    def test_standard_input_is_read_as_bytes(self, place: Path, endpoint: Endpoint) -> None:
        text = article().replace("Ana Reyes", "Ána Reyes")
        result = run("article", "-", "--base-url", endpoint.url, "--json", given=text.encode("utf-16"))
        assert result.exit_code == 0, result.stderr
        assert json.loads(result.stdout)["provenance"]["encoding"]
        assert any("Ána Reyes" in question for question in endpoint.questions)

    def test_the_day_of_publication_can_be_given(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        result = run("article", "a.txt", "--base-url", endpoint.url, "--published", "2024-03-13")
        assert json.loads(result.stdout)["provenance"]["reference_date"] == "2024-03-13"

    def test_a_terminal_gets_tables(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        status, text = on_terminal("article", "a.txt", "--base-url", endpoint.url)
        assert status == 0, text
        for piece in (
            "Visits (1)",
            "Invitations (1)",
            "Officials (1)",
            "NOR",
            "2024-03-11",
            "1000+200 tokens",
            "\x1b[",
        ):
            assert piece in text, text

    def test_no_colour_where_none_is_wanted(
        self, place: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("a.txt").write_text(article())
        monkeypatch.setenv("NO_COLOR", "1")
        _, text = on_terminal("article", "a.txt", "--base-url", endpoint.url)
        assert "Visits (1)" in text
        assert "\x1b[3" not in text

    def test_json_on_a_terminal_when_asked_for(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        _, text = on_terminal("article", "a.txt", "--base-url", endpoint.url, "--json")
        assert json.loads(text)["officials"][0]["name"] == "Ana Reyes"

    def test_without_key_and_base_url_it_says_what_to_do(self, place: Path) -> None:
        Path("a.txt").write_text(article())
        result = run("article", "a.txt")
        assert result.exit_code == 2
        assert result.stderr.startswith("summarise: ")
        for way in ("OPENAI_API_KEY", "--base-url", 'model="offline"'):
            assert way in result.stderr
        assert not result.stdout

    @pytest.mark.parametrize(
        ("content", "message"),
        [(b"", "a.txt"), (b" \n ", "a.txt"), (b"%PDF-1.4\x00\x01\x02\xff\x00" * 40, "a.txt"), (None, "a.txt")],
    )
    def test_what_is_no_article_is_said_in_one_line(
        self, place: Path, endpoint: Endpoint, content: bytes | None, message: str
    ) -> None:
        if content is not None:
            Path("a.txt").write_bytes(content)
        result = run("article", "a.txt", "--base-url", endpoint.url)
        assert result.exit_code == 2
        assert result.stderr.startswith("summarise: ")
        assert message in result.stderr
        assert len(result.stderr.splitlines()) <= 2
        assert not endpoint.questions

    @pytest.mark.parametrize("command", [["article", ""], ["corpus", "", "--out", "out.jsonl"]])
    def test_an_empty_path_is_called_that(self, place: Path, endpoint: Endpoint, command: list[str]) -> None:
        result = run(*command, "--base-url", endpoint.url)
        assert result.exit_code == 2
        assert result.stderr == "summarise: an empty path was given\n  hint: Is a shell variable unset?\n"

    @pytest.mark.parametrize(
        "command",
        [
            ["article", "a.txt"],
            ["corpus", "a.txt", "--out", "out.jsonl"],
            ["batch", "submit", "a.txt", "--out", "out.jsonl"],
        ],
    )
    def test_what_is_missing_is_said_before_anything_heavy_is_loaded(self, place: Path, command: list[str]) -> None:
        heavy = ["openai", "summarise.records", "summarise.article", "summarise.judge", "summarise.prompt"]
        code = (
            f"import sys, summarise.cli, click.testing as t; r = t.CliRunner().invoke(summarise.cli.main, {command!r});"
            f"assert 'no model to ask' in r.output, r; print([m for m in {heavy!r} if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.strip() == "[]", done.stderr

    def test_what_the_environment_spoils_ends_the_run_and_is_named(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        for number in range(3):
            Path(f"in/{number}.txt").write_text(article(number))
        for name, value in (("SSL_CERT_FILE", "/nonexistent"), ("ALL_PROXY", "nosuch://proxy:1")):
            for command in (["article", "in/1.txt"], ["corpus", "in", "--out", "out.jsonl"]):
                done = subprocess.run(
                    [*PROGRAM, *command, "--base-url", endpoint.url.replace("http:", "https:")],
                    env={**os.environ, name: value}, capture_output=True, text=True,
                )  # fmt: skip
                assert done.returncode == 2, done.stderr
                assert "no client can be made for" in done.stderr
                assert name in done.stderr
                assert "Traceback" not in done.stderr
        assert not endpoint.questions
        assert rows() == {}

    def test_a_folder_is_no_article(self, place: Path, endpoint: Endpoint) -> None:
        Path("folder").mkdir()
        result = run("article", "folder", "--base-url", endpoint.url)
        assert result.exit_code == 2
        assert result.stderr.startswith("summarise: ")

    def test_a_bad_date_is_refused(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        result = run("article", "a.txt", "--base-url", endpoint.url, "--published", "yesterday")
        assert result.exit_code == 2
        assert "'yesterday' is no date such as" in result.stderr

    def test_a_reader_that_leaves_is_no_error(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        process = subprocess.Popen(
            [*PROGRAM, "article", "a.txt", "--base-url", endpoint.url], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        with process.stderr as errors:
            assert errors.read() == b""
        assert process.wait(60) == 1

    def test_the_log_is_for_those_who_ask(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        arguments = ["article", "a.txt", "--base-url", endpoint.url]
        for flags, expected in (([], False), (["-v"], True)):
            done = subprocess.run([*PROGRAM, *flags, *arguments], capture_output=True, text=True)
            assert done.returncode == 0
            assert (f"INFO summarise.model.client: {endpoint.url} answered 200" in done.stderr) is expected

    def test_the_log_holds_no_secret_of_the_base_url(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        secret = endpoint.url.replace("//", "//desk:hunter2@") + "?api-key=hunter3"
        done = subprocess.run(
            [*PROGRAM, "-v", "article", "a.txt", "--base-url", secret], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert "INFO" in done.stderr
        assert "hunter" not in done.stderr + done.stdout


class TestOwnRecords:
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("json", "is not of the form module:Class"),
            ("no_such_module:X", "cannot be imported (ModuleNotFoundError"),
            ("mine:Missing", "has no 'Missing'"),
            ("mine:Plain", "no subclass"),
            ("mine:value", "no subclass"),
            ("broken:X", "cannot be imported (ZeroDivisionError"),
        ],
    )
    def test_a_name_that_leads_nowhere_is_explained(self, place: Path, name: str, message: str) -> None:
        Path("mine.py").write_text("value = 1\nclass Plain: pass\n")
        Path("broken.py").write_text("1 / 0\n")
        result = run("schemas", "check", "--schema", name)
        assert result.exit_code == 2
        assert message in result.stderr.splitlines()[0]

    def test_schemas_are_written_checked_and_compared(self, place: Path) -> None:
        written = run("schemas", "write", "--dir", "kept")
        assert written.exit_code == 0, written.stderr
        paths = [Path(line) for line in written.stdout.splitlines()]
        assert paths
        assert all(path.is_file() for path in paths)
        assert run("schemas", "check", "--dir", "kept").exit_code == 0

        Path("mine.py").write_text(
            "from summarise import ArticleSummary\nclass Mine(ArticleSummary):\n    mood: str | None = None\n"
        )
        stale = run("schemas", "check", "--dir", "kept", "--schema", "mine:Mine")
        assert stale.exit_code == 1
        assert "mood" in stale.stdout
        assert "stale" in stale.stderr

    def test_a_change_is_additive_or_breaking(self, place: Path) -> None:
        from summarise.records import ArticleSummary
        from summarise.schema import record_schema

        Path("old.json").write_text(json.dumps(record_schema(ArticleSummary)))
        same = run("schemas", "diff", "old.json")
        assert (same.exit_code, same.stdout) == (0, "no change\n")
        Path("mine.py").write_text(
            "from summarise import ArticleSummary\nclass Mine(ArticleSummary):\n    mood: str | None = None\n"
        )
        more = run("schemas", "diff", "old.json", "--schema", "mine:Mine")
        assert "additive" in more.stdout
        assert "mood" in more.stdout
        old = record_schema(ArticleSummary)
        old["properties"]["weather"] = {"type": "string"}
        Path("old.json").write_text(json.dumps(old))
        less = run("schemas", "diff", "old.json")
        assert less.exit_code == 1
        assert "breaking" in less.stdout

    @pytest.mark.parametrize("content", [None, b"no json", b"\xff\xfe\x00", b"[1]"])
    def test_an_old_schema_that_is_none_is_explained(self, place: Path, content: bytes | None) -> None:
        if content is not None:
            Path("old.json").write_bytes(content)
        result = run("schemas", "diff", "old.json")
        assert result.exit_code == 2
        assert "old.json" in result.stderr

    def test_a_folder_that_cannot_be_used_is_explained(self, place: Path) -> None:
        Path("file").write_text("")
        assert run("schemas", "write", "--dir", "file").exit_code == 2
        result = run("schemas", "write", "--dir", "file/below")
        assert result.exit_code == 2
        assert "cannot write to" in result.stderr
        assert run("schemas", "check", "--dir", "file/below").exit_code != 0


def corpus(*arguments: str) -> Result:
    return run("corpus", *arguments, "--out", "out.jsonl")


class TestCorpus:
    def test_every_article_gets_a_row_and_a_line(self, place: Path, endpoint: Endpoint) -> None:
        for number in range(3):
            Path("in/2024").mkdir(parents=True, exist_ok=True)
            Path(f"in/2024/a{number}.txt").write_text(article(number))
        result = corpus("in", "--base-url", endpoint.url)
        assert result.exit_code == 0, result.stderr
        found = rows()
        assert set(found) == {"2024/a0", "2024/a1", "2024/a2"}
        row = found["2024/a1"]
        assert row["status"] == "ok"
        assert row["source"] == "in/2024/a1.txt"
        assert row["summary"]["visits"][0]["country"] == "NOR"
        assert row["usage"]["input_tokens"] == 1000
        assert row["error"] is None
        assert set(row["fingerprint"]) == {"article", "model", "prompt", "schema", "settings"}
        assert row["fingerprint"]["settings"] == "complaints=0", "from the environment of these tests"
        assert row["fingerprint"]["article"] == row["summary"]["provenance"]["article_id"]
        lines = result.stdout.splitlines()
        assert sum(line.startswith("ok      2024/a") for line in lines) == 3
        assert "1 visit, 1 invitation, 1 official, 1000+200 tokens" in lines[0]
        assert "3 articles: 3 read, 0 kept from before, 0 failed" in lines
        assert "records: 3 visits, 3 invitations, 3 officials" in lines
        assert any(line.startswith("spent: 3,000+600 tokens") for line in lines)

    def test_the_visits_of_these_articles_are_shown_when_asked_for(self, place: Path) -> None:
        for country in ("Peru", "Kenya"):
            Path(f"{country}.txt").write_text(
                f"2024-03-11\n\nNorwegian Prime Minister Ola Berg arrived in {country} on Monday.\n"
            )
        Path("nothing.txt").write_text("2024-03-11\n\nThe orchard opened on Monday.\n")
        shown = corpus("Peru.txt", "nothing.txt", "--model", "offline", "--show-visits")
        assert shown.exit_code == 0, shown.stderr
        assert "Visits (1)" in shown.stdout
        (line,) = [line for line in shown.stdout.splitlines() if line.startswith("Peru ")]
        assert line.split() == "Peru Ola Berg (NOR) PER 2024-03-11 ongoing".split()
        again = corpus("Kenya.txt", "Peru.txt", "--model", "offline", "--show-visits")
        assert "Visits (2)" in again.stdout, "what is kept from before is shown as well"
        assert "No visit in these articles." in corpus("nothing.txt", "--model", "offline", "--show-visits").stdout
        assert "Visits" not in corpus("Kenya.txt", "--model", "offline").stdout

    def test_what_an_article_was_read_with_doubt_about_is_told(self, place: Path) -> None:
        (place / "latin.txt").write_bytes("Der Außenminister reist am Montag nach Oslo.\n".encode("cp1252"))
        (place / "plain.txt").write_text("Nothing here.", encoding="utf-8")
        told = corpus("latin.txt", "plain.txt", "--model", "offline").stdout
        assert "1 article with a warning, such as latin: decoded as cp125" in told
        assert "with a warning" not in corpus("latin.txt", "plain.txt", "--model", "offline").stdout  # kept, not read

    def test_another_folder_with_the_same_names_does_not_take_over_the_rows(
        self, place: Path, endpoint: Endpoint
    ) -> None:
        for year in ("2023", "2024"):
            Path(year).mkdir()
            Path(f"{year}/001.txt").write_text(article(int(year)))
        assert corpus("2023", "--base-url", endpoint.url).exit_code == 0
        before = Path("out.jsonl").read_bytes()
        second = corpus("2024", "--base-url", endpoint.url)
        assert second.exit_code == 2
        assert "2023/001.txt" in second.stderr
        assert "2024/001.txt" in second.stderr
        assert "Use a ledger of its own" in second.stderr
        assert len(endpoint.questions) == 1
        assert Path("out.jsonl").read_bytes() == before

    def test_a_folder_for_one_article_is_sent_to_the_other_command(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        result = run("article", "in", "--base-url", endpoint.url)
        assert result.exit_code == 2
        assert "summarise corpus in" in result.stderr

    def test_a_bad_article_fails_alone_and_is_tried_again(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        Path("in/good.txt").write_text(article(1))
        Path("in/bad.txt").write_text(article(2, "[bad]"))
        Path("in/empty.txt").write_text("")
        Path("in/binary.txt").write_bytes(b"\x7fELF\x00\x01\x02\x00\xff" * 50)
        first = corpus("in", "--base-url", endpoint.url)
        assert first.exit_code == 1, first.stderr
        found = rows()
        assert found["good"]["status"] == "ok"
        assert {name: row["error"]["kind"] for name, row in found.items() if row["error"]} == {
            "bad": "BadReply",
            "empty": "EmptyArticle",
            "binary": "BinaryArticle",
        }
        assert found["bad"]["summary"] is None
        assert found["bad"]["usage"]["input_tokens"] >= 1000, "what a failure cost is not hidden"
        assert found["bad"]["usage"]["cost"] == pytest.approx(found["good"]["usage"]["cost"]) or found["bad"]["usage"]
        assert "FAILED  bad: BadReply: " in first.stdout
        assert "1 EmptyArticle, such as empty: " in first.stdout

        asked = len(endpoint.questions)
        for number, name in enumerate(("bad", "empty", "binary"), start=7):
            Path(f"in/{name}.txt").write_text(article(number))
        again = corpus("in", "--base-url", endpoint.url)
        assert again.exit_code == 0, again.stderr
        assert len(endpoint.questions) == asked + 3
        assert "4 articles: 3 read, 1 kept from before, 0 failed" in again.stdout
        assert "records: 4 visits, 4 invitations, 4 officials" in again.stdout

    def test_what_is_done_is_not_paid_twice(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        corpus("a.txt", "--base-url", endpoint.url)
        before = Path("out.jsonl").read_bytes()
        result = corpus("a.txt", "--base-url", endpoint.url)
        assert result.exit_code == 0
        assert len(endpoint.questions) == 1
        assert Path("out.jsonl").read_bytes() == before
        assert "spent: nothing" in result.stdout

    def test_a_changed_text_is_read_again(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article(1))
        corpus("a.txt", "--base-url", endpoint.url)
        Path("a.txt").write_text(article(2))
        assert corpus("a.txt", "--base-url", endpoint.url).exit_code == 0
        assert len(endpoint.questions) == 2

    def test_rows_of_another_model_are_kept_until_they_are_to_be_refreshed(
        self, place: Path, endpoint: Endpoint
    ) -> None:
        Path("a.txt").write_text(article())
        corpus("a.txt", "--base-url", endpoint.url)
        kept = corpus("a.txt", "--base-url", endpoint.url, "--model", "gpt-4o")
        assert kept.exit_code == 0
        assert "1 kept row is from another model, prompt or schema: --refresh reads it again" in kept.stdout
        assert rows()["a"]["fingerprint"]["model"] == "gpt-4o-mini"
        fresh = corpus("a.txt", "--base-url", endpoint.url, "--model", "gpt-4o", "--refresh")
        assert fresh.exit_code == 0
        assert rows()["a"]["fingerprint"]["model"] == "gpt-4o"
        assert len(endpoint.questions) == 2

    @pytest.mark.parametrize("concurrency", [1, 3])
    def test_no_more_at_a_time_than_allowed(self, place: Path, endpoint: Endpoint, concurrency: int) -> None:
        Path("in").mkdir()
        for number in range(9):
            Path(f"in/{number}.txt").write_text(article(number))
        result = corpus("in", "--base-url", endpoint.url, "--concurrency", str(concurrency))
        assert result.exit_code == 0
        assert 1 <= endpoint.most_at_once <= concurrency
        assert len(rows()) == 9

    def test_a_wrong_key_ends_the_run_at_once(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        for number in range(30):
            Path(f"in/{number}.txt").write_text(article(number, "[status 401]"))
        result = corpus("in", "--base-url", endpoint.url, "--concurrency", "2")
        assert result.exit_code == 2
        assert len(endpoint.questions) <= 2
        assert "summarise: stopped with 30 articles unread: " in result.stderr
        assert "  hint: " in result.stderr
        assert rows() == {}

    def test_no_credit_left_keeps_what_is_done(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        Path("in/1.txt").write_text(article(1))
        Path("in/2.txt").write_text(article(2, "[status 429 insufficient_quota]"))
        Path("in/3.txt").write_text(article(3))
        result = corpus("in", "--base-url", endpoint.url, "--concurrency", "1")
        assert result.exit_code == 1
        assert "stopped with 2 articles unread" in result.stderr
        assert "1 of 3 articles are safe in out.jsonl; run the same command again to go on" in result.stderr
        assert set(rows()) == {"1"}

    def test_the_budgets_of_a_minute_are_checked_and_taken(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        for option in ("--rpm", "--tpm"):
            refused = corpus("a.txt", "--base-url", endpoint.url, option, "0")
            assert refused.exit_code == 2
            assert option in refused.stderr
        assert corpus("a.txt", "--base-url", endpoint.url, "--rpm", "600", "--tpm", "100000").exit_code == 0

    def test_one_refused_article_does_not_end_the_run(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        Path("in/1.txt").write_text(article(1, "[status 413]"))
        Path("in/2.txt").write_text(article(2))
        result = corpus("in", "--base-url", endpoint.url, "--concurrency", "1")
        assert result.exit_code == 1
        assert rows()["2"]["status"] == "ok"
        assert rows()["1"]["status"] == "failed"

    def test_a_server_that_is_down_ends_the_run_before_all_have_tried(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        for number in range(30):
            Path(f"in/{number:02}.txt").write_text(article(number, "[status 503]"))
        result = corpus("in", "--base-url", endpoint.url, "--concurrency", "1")
        assert result.exit_code == 2
        assert len(rows()) == 10
        assert "10 articles in a row came to nothing" in result.stderr

    def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        Path("in/1.txt").write_text(article(1))
        Path("in/2.txt").write_text(article(2, "[wait]"))
        arguments = ["corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url, "--concurrency", "1"]
        process = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert endpoint.asked.wait(30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 130, err
        assert "2 articles: 1 read, 0 kept from before, 0 failed, 1 not read" in out
        assert err == (
            "summarise: interrupted: 1 of 2 articles are safe in out.jsonl; run the same command again to go on\n"
        )
        assert set(rows()) == {"1"}
        endpoint.go_on.set()
        assert corpus("in", "--base-url", endpoint.url).exit_code == 0
        assert set(rows()) == {"1", "2"}

    def test_a_second_run_on_the_same_ledger_is_turned_away(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article(1, "[wait]"))
        arguments = ["corpus", "a.txt", "--out", "out.jsonl", "--base-url", endpoint.url]
        process = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.PIPE)
        assert endpoint.asked.wait(30)
        second = corpus("a.txt", "--base-url", endpoint.url)
        assert second.exit_code == 2
        assert "another run is writing to out.jsonl" in second.stderr
        endpoint.go_on.set()
        process.communicate(timeout=30)
        assert process.returncode == 0
        assert len(endpoint.questions) == 1

    def test_an_error_that_nobody_foresaw_is_a_row_and_a_log_entry(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        Path("in/1.txt").write_text(article(1))
        Path("in/2.txt").write_text(article(2))
        Path("mine.py").write_text(
            "from pydantic import model_validator\n"
            "from summarise import ArticleSummary\n"
            "class Mine(ArticleSummary):\n"
            "    @model_validator(mode='after')\n"
            "    def fall(self):\n"
            "        raise RuntimeError('a fault of its own')\n"
        )
        arguments = ["corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url, "--schema", "mine:Mine"]
        done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True)
        assert done.returncode == 1
        assert {row["error"]["kind"] for row in rows().values()} == {"InternalError"}
        assert rows()["1"]["error"]["message"] == "RuntimeError: a fault of its own"
        assert "FAILED  1: InternalError: RuntimeError: a fault of its own" in done.stdout
        assert "ERROR summarise.corpus.run: " in done.stderr
        assert "Traceback" in done.stderr

    def test_a_terminal_gets_a_bar(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        Path("in/1.txt").write_text(article(1))
        Path("in/2.txt").write_text("")
        status, text = on_terminal("corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url)
        assert status == 1
        assert "2/2" in text
        assert "1 failed" in text
        assert "FAILED  2: EmptyArticle" in text
        assert "ok      1" not in text

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["missing"], "cannot read missing: No such file or directory"),
            (["hollow"], "no article in the folder hollow"),
            (["a.txt", "a.md"], "two articles would have the id 'a': a.txt and a.md"),
            (["a.txt", "--concurrency", "0"], "0 is not in the range"),
            (["a.txt", "--concurrency", "many"], "'many' is not a valid integer"),
            (["a.txt", "--schema", "nonsense"], "not of the form module:Class"),
            ([""], "an empty path"),
        ],
    )
    def test_what_cannot_run_says_why_before_anything_is_spent(
        self, place: Path, endpoint: Endpoint, arguments: list[str], message: str
    ) -> None:
        Path("hollow").mkdir()
        for name in ("a.txt", "a.md"):
            Path(name).write_text(article())
        result = corpus(*arguments, "--base-url", endpoint.url)
        assert result.exit_code == 2
        assert message in result.stderr.splitlines()[0]
        assert not endpoint.questions
        assert not Path("out.jsonl").exists()

    def test_a_ledger_that_is_none_is_not_touched(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        Path("folder").mkdir()
        Path("notes.md").write_text("# Notes")
        for out, message in (("folder", "is a folder"), ("notes.md", "line 1"), ("no/out.jsonl", "No such file")):
            result = run("corpus", "a.txt", "--base-url", endpoint.url, "--out", out)
            assert result.exit_code == 2
            assert message in result.stderr.splitlines()[0]
        assert Path("notes.md").read_text() == "# Notes"
        Path("folder/mine.jsonl").write_text("{}\n")
        hint = run("corpus", "a.txt", "--base-url", endpoint.url, "--out", "folder").stderr.splitlines()[1]
        assert "the name of a file" in hint
        assert "wrote it" not in hint
        assert not endpoint.questions

    def test_without_key_and_base_url_no_ledger_is_left_behind(self, place: Path) -> None:
        Path("a.txt").write_text(article())
        result = corpus("a.txt")
        assert result.exit_code == 2
        assert result.stderr.startswith("summarise: ")
        assert not Path("out.jsonl").exists()

    def test_a_full_disk_ends_the_run_with_whole_rows(self, place: Path, endpoint: Endpoint) -> None:
        Path("in").mkdir()
        for number in range(6):
            Path(f"in/{number}.txt").write_text(article(number))
        limited = [
            sys.executable, "-c",
            "import resource, summarise.cli; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); "
            "summarise.cli.main()",
        ]  # fmt: skip
        arguments = ["corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url, "--concurrency", "1"]
        done = subprocess.run([*limited, *arguments], capture_output=True, text=True)
        assert done.returncode == 2, done.stderr
        assert "cannot write to the ledger out.jsonl" in done.stderr
        kept = len(rows())
        assert 1 <= kept < 6
        assert corpus("in", "--base-url", endpoint.url).exit_code == 0
        assert len(rows()) == 6


class TestOffline:
    """Without a model: no endpoint is there, and none is asked for."""

    def test_an_article(self, place: Path) -> None:
        Path("a.txt").write_text(article())
        result = run("article", "a.txt", "--model", "offline")
        assert result.exit_code == 0, result.stderr
        made = json.loads(result.stdout)["provenance"]
        assert (made["engine"], made["model"], made["usage"]["cost"]) == ("offline", "offline", 0.0)

    def test_a_terminal_is_told_that_no_model_was_asked(self, place: Path) -> None:
        Path("a.txt").write_text(article())
        status, sent = on_terminal("article", "a.txt", "--model", "offline")
        assert status == 0
        assert "offline: no model call" in sent
        assert "attempt" not in sent

    def test_a_corpus(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SUMMARISE_MODEL", "offline")
        Path("in").mkdir()
        for number in range(5):
            Path(f"in/{number}.txt").write_text(article(number))
        Path("in/empty.txt").write_text("")
        result = corpus("in", "--concurrency", "3")
        assert result.exit_code == 1, result.stderr
        found = rows()
        assert {row["status"] for name, row in found.items() if name != "empty"} == {"ok"}
        assert found["empty"]["error"]["kind"] == "EmptyArticle"
        assert found["1"]["usage"]["cost"] == 0.0
        assert found["1"]["fingerprint"]["prompt"] == found["1"]["summary"]["provenance"]["answered_by"]
        assert "spent: nothing" in result.stdout
        assert "no model call" in next(line for line in result.stdout.splitlines() if line.startswith("ok"))

    def test_newer_rules_read_again_what_older_ones_read(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("a.txt").write_text(article())
        assert corpus("a.txt", "--model", "offline").exit_code == 0
        assert "1 kept from before" in corpus("a.txt", "--model", "offline", "--refresh").stdout
        monkeypatch.setattr("summarise.engines.OfflineEngine.reading_id", "offline-next")
        assert "1 kept row is from another model, prompt or schema" in corpus("a.txt", "--model", "offline").stdout
        assert "1 read, 0 kept" in corpus("a.txt", "--model", "offline", "--refresh").stdout

    @pytest.mark.parametrize("command", [["article", "a.txt"], ["corpus", "a.txt", "--out", "out.jsonl"]])
    def test_an_address_contradicts_it(self, place: Path, command: list[str]) -> None:
        Path("a.txt").write_text(article())
        result = run(*command, "--model", "offline", "--base-url", "http://127.0.0.1:9/v1")
        assert result.exit_code == 2
        assert result.stderr.startswith('summarise: a base URL was given together with model="offline"')
        assert "  hint: " in result.stderr

    def test_a_field_that_rules_cannot_fill_in_is_said_before_anything_is_read(self, place: Path) -> None:
        Path("a.txt").write_text(article())
        result = run("article", "a.txt", "--model", "offline", "--schema", "tests.own_records:TradeSummary")
        assert result.exit_code == 2
        assert "TradeSummary.tone, which has no default" in result.stderr

    def test_ctrl_c_ends_a_long_run(self, place: Path) -> None:
        Path("in").mkdir()
        for number in range(3000):
            Path(f"in/{number:04}.txt").write_text(article(number))
        arguments = ["corpus", "in", "--out", "out.jsonl", "--model", "offline"]
        process = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline().startswith("ok ")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130, err
        assert "of 3000 articles are safe in out.jsonl" in err
        assert 0 < len(rows()) < 3000


class TestSecondOpinion:
    @pytest.fixture(autouse=True)
    def _rules_find_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("summarise.offline.reader.extract", lambda index: {})

    def test_what_differs_stands_in_the_row_and_at_the_end(self, place: Path, endpoint: Endpoint) -> None:
        Path("a.txt").write_text(article())
        first = corpus("a.txt", "--base-url", endpoint.url)
        kinds = [concern["kind"] for concern in rows()["a"]["summary"]["concerns"]]
        assert kinds == ["second_opinion_extra", "second_opinion_extra"]
        kept = corpus("a.txt", "--base-url", endpoint.url)
        for result in (first, kept):
            assert result.exit_code == 0, result.stderr
            assert "the second opinion differs on 1 article: 2 records that only the model has" in result.stdout
            assert "  look first at a (2)" in result.stdout

    @pytest.mark.parametrize("way", ["option", "environment"])
    def test_it_can_be_left_out(
        self, place: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, way: str
    ) -> None:
        Path("a.txt").write_text(article())
        option = ["--no-second-opinion"] if way == "option" else []
        if way == "environment":
            monkeypatch.setenv("SUMMARISE_SECOND_OPINION", "0")
        assert "second opinion" not in corpus("a.txt", "--base-url", endpoint.url, *option).stdout
        assert rows()["a"]["summary"]["concerns"] == []
        result = run("article", "a.txt", "--base-url", endpoint.url, *option)
        assert json.loads(result.stdout)["concerns"] == []
