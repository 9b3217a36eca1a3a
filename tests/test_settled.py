"""What a ledger holds of the settings, and a ledger that cannot be written: the server's count says what it cost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise import Settings, Summariser, summarise_corpus
from summarise.corpus.fingerprint import is_older, is_set_otherwise, keeps
from summarise.corpus.ledger import Entry, Ledger, LedgerRow
from summarise.errors import LedgerError
from tests.corpus_server import Endpoint, article
from tests.test_cli import corpus, endpoint, on_terminal, place, rows, run
from tests.test_replies import kept_replies, room_for

__all__ = ["endpoint", "place"]  # fixtures


def write(number: int, marks: str = "") -> None:
    Path("in").mkdir(exist_ok=True)
    for each in range(number):
        Path(f"in/{each:02}.txt").write_text(article(each, marks))


class TestSettings:
    @pytest.mark.parametrize(
        ("given", "held"),
        [
            ({}, None),
            ({"timeout": 5, "deadline": 9, "transient_retries": 0, "requests_per_minute": 60}, None),
            ({"max_output_tokens": 100, "max_article_characters": 9, "backoff": 0}, None),
            ({"temperature": 0, "seed": 7, "reasoning_effort": "low"}, "reasoning_effort=low seed=7 temperature=0.0"),
            ({"complaints": 0, "second_opinion": False}, "complaints=0 second_opinion=False"),
            ({"today": "2024-03-12"}, "today=2024-03-12"),
            ({"model": "offline", "complaints": 0, "seed": 7, "second_opinion": False}, None),
            ({"model": "offline", "today": "2024-03-12"}, "today=2024-03-12"),
        ],
    )
    def test_those_that_change_results_are_in_the_fingerprint(self, place: Path, given: Any, held: str | None) -> None:
        settings = Settings(**{"model": "m", "api_key": "sk-x", "complaints": 2, **given})
        assert Summariser(settings=settings).fingerprint.get("settings") == held

    def test_a_row_of_an_older_version_counts_as_read_with_the_default(
        self, place: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SUMMARISE_COMPLAINTS")
        write(2)
        corpus("in", "--base-url", endpoint.url)
        assert [set(row["fingerprint"]) for row in rows().values()] == [{"model", "prompt", "schema", "article"}] * 2
        before = Path("out.jsonl").read_bytes()
        result = corpus("in", "--base-url", endpoint.url, "--refresh")
        assert "2 kept from before" in result.stdout
        assert Path("out.jsonl").read_bytes() == before

    def test_rows_read_otherwise_are_kept_and_counted_until_they_are_to_be_refreshed(
        self, place: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        arguments = ["in", "--base-url", endpoint.url]
        write(2)
        corpus(*arguments)
        write(3)
        monkeypatch.setenv("SUMMARISE_SEED", "7")
        found = corpus(*arguments).stdout
        assert "2 kept rows are from other settings: --refresh reads them again" in found
        _, shown = on_terminal("corpus", *arguments, "--out", "out.jsonl", columns=120)
        assert "2 kept rows are from other settings: --refresh reads them again" in shown
        monkeypatch.delenv("SUMMARISE_SEED")
        assert "1 kept row is from other settings: --refresh reads it again" in corpus(*arguments).stdout
        found = corpus(*arguments, "--model", "gpt-4o").stdout
        assert "3 kept rows are from another model, prompt or schema: --refresh reads them again" in found
        assert "other settings" not in found
        asked = len(endpoint.questions)
        assert "kept row" not in corpus(*arguments, "--refresh").stdout
        assert len(endpoint.questions) == asked + 1

    def test_a_result_is_not_shared_with_a_text_that_is_read_otherwise(
        self, place: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(1)
        corpus("in", "--base-url", endpoint.url)
        Path("in/copy.txt").write_text(Path("in/00.txt").read_text())
        monkeypatch.setenv("SUMMARISE_TEMPERATURE", "0.5")
        corpus("in", "--base-url", endpoint.url)
        assert len(endpoint.questions) == 2

    @given(
        st.dictionaries(st.sampled_from(["model", "prompt", "schema", "settings"]), st.sampled_from("ab")),
        st.dictionaries(st.sampled_from(["model", "prompt", "schema", "settings"]), st.sampled_from("ab")),
        st.booleans(),
    )
    def test_a_row_is_read_again_only_with_refresh_and_if_anything_differs(
        self, before: dict[str, str], now: dict[str, str], refresh: bool
    ) -> None:
        text = {"article": "x"}
        entry = Entry.of(LedgerRow(id="a", source="a", status="ok", fingerprint=before | text), 0)
        differs = is_older(entry, now | text) or is_set_otherwise(entry, now | text)
        assert differs == (before != now)
        assert keeps(entry, now | text, refresh) == (not refresh or before == now)


def limited(size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"import resource, summarise.cli; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); "
    program = [sys.executable, "-c", code + "summarise.cli.main()"]
    return subprocess.run([*program, *arguments], capture_output=True, text=True)


class TestFullDisk:
    @pytest.mark.parametrize("concurrency", [1, 5])
    def test_it_ends_the_run_and_only_what_is_under_way_was_paid_for(
        self, place: Path, endpoint: Endpoint, concurrency: int
    ) -> None:
        write(40)
        arguments = ["corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url]
        done = limited(30_000, *arguments, "--concurrency", str(concurrency))
        assert done.returncode == 2, done.stderr
        kept = len(rows())
        assert 1 <= kept < 20
        asked, replies = len(endpoint.questions), kept_replies(Path("out.jsonl"))
        assert asked <= kept + 2 * concurrency
        assert asked <= kept + replies + concurrency
        message, hint, way_on = done.stderr.splitlines()
        if lost := asked - kept - replies:
            assert f"{lost} call{'s were' if lost > 1 else ' was'} given up without a reply" in done.stdout
        assert message.endswith("cannot write to the ledger out.jsonl: File too large")
        assert "Make room" in hint
        left = f", and the replies about {replies} more in out.replies" if replies else ""
        assert way_on == f"  {kept} of 40 articles are safe in out.jsonl{left}; run the same command again to go on"
        again = corpus("in", "--base-url", endpoint.url)
        assert again.exit_code == 0
        assert len(rows()) == 40
        assert len(endpoint.questions) == asked + 40 - kept - replies
        paid = 40 - kept - replies
        assert f"spent: {1000 * paid:,}+" in again.stdout
        if replies:
            assert (
                f"{replies} repl{'ies were' if replies > 1 else 'y was'} left behind by an earlier run" in again.stdout
            )

    def test_what_is_being_asked_again_is_given_up(
        self, place: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SUMMARISE_TRANSIENT_RETRIES", "1000000")
        monkeypatch.setenv("SUMMARISE_BACKOFF", "0.01")
        write(20)
        Path("in/00.txt").write_text(article(0, "[status 503]"))
        done = limited(20_000, "corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url, "--concurrency", "2")
        assert done.returncode == 2, done.stderr
        assert "00" not in rows(), "it would have been tried for ten minutes"

    def test_without_room_for_a_single_row_nothing_is_sent(self, place: Path, endpoint: Endpoint) -> None:
        write(2)
        done = limited(1000, "corpus", "in", "--out", "out.jsonl", "--base-url", endpoint.url)
        assert done.returncode == 2
        assert done.stderr.startswith("summarise: cannot write to the ledger out.jsonl: File too large\n  hint: Make")
        assert not endpoint.questions
        assert Path("out.jsonl").read_bytes() == b""

    def test_trying_out_the_room_leaves_a_ledger_as_it_was(self, place: Path, endpoint: Endpoint) -> None:
        write(1)
        corpus("in", "--base-url", endpoint.url)
        before = Path("out.jsonl").read_bytes()
        Ledger("out.jsonl").close()
        with room_for(len(before) + 10), pytest.raises(LedgerError):
            Ledger("out.jsonl")
        assert Path("out.jsonl").read_bytes() == before

    def test_in_python_it_is_raised_after_the_rows_that_are_in_the_ledger(
        self, place: Path, endpoint: Endpoint
    ) -> None:
        sources = [(f"a{number}", article(number)) for number in range(40)]
        seen: list[str] = []
        with room_for(30_000), pytest.raises(LedgerError, match="File too large"):
            seen.extend(
                row.id for row in summarise_corpus(sources, out="out.jsonl", base_url=endpoint.url, concurrency=3)
            )
        kept = list(rows())
        assert 1 <= len(kept) < 40
        assert len(endpoint.questions) <= len(kept) + 3


class TestReadOnly:
    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_it_is_said_before_anything_is_sent(self, place: Path, endpoint: Endpoint, what: str) -> None:
        write(1)
        place.chmod(0o777)
        Path("box").mkdir()
        if what == "file":
            Path("box/out.jsonl").touch()
            Path("box/out.jsonl").chmod(0o444)
        Path("box").chmod(0o555)
        # What is loaded late is loaded by an estimate first: another user may not be let into the environment's folder.
        modules = "cli, cli.corpus, cli.progress, api, corpus.stream, corpus.run, corpus.sources, display"
        code = (
            f"import contextlib, io, os, sys, {', '.join(f'summarise.{name}' for name in modules.split(', '))}\n"
            "sys.argv.append('--estimate')\n"
            "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
            "    summarise.cli.main()\n"
            "sys.argv.pop()\n"
            "if os.getuid() == 0: os.setuid(65534)\n"
            "summarise.cli.main()"
        )
        arguments = ["corpus", "in", "--out", "box/out.jsonl", "--base-url", endpoint.url]
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
        Path("box").chmod(0o755)
        assert done.returncode == 2
        assert done.stderr.startswith("summarise: cannot write the ledger box/out.jsonl: Permission denied\n  hint: ")
        assert not endpoint.questions


class TestPublished:
    def test_a_day_for_all_that_tell_none_in_a_row(self, place: Path, endpoint: Endpoint) -> None:
        lines = [{"id": "a", "text": article(1)}, {"id": "b", "text": article(2), "date": "2024-03-14"}]
        Path("in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        assert corpus("in.jsonl", "--base-url", endpoint.url, "--published", "2024-03-13").exit_code == 0
        days = {id: row["summary"]["provenance"]["reference_date"] for id, row in rows().items()}
        assert days == {"a": "2024-03-13", "b": "2024-03-14"}
        corpus("in.jsonl", "--base-url", endpoint.url, "--published", "2024-03-13")
        assert len(endpoint.questions) == 2
        corpus("in.jsonl", "--base-url", endpoint.url, "--published", "2024-03-12")
        assert len(endpoint.questions) == 3, "another day gives another result"

    def test_what_is_no_day_is_refused(self, place: Path) -> None:
        write(1)
        result = corpus("in", "--model", "offline", "--published", "soon")
        assert result.exit_code == 2
        assert "'soon' is no date" in result.stderr


class TestNearlyOffline:
    @pytest.mark.parametrize("command", ["article", "corpus"])
    @pytest.mark.parametrize("model", ["ofline", "Offline", "offlien"])
    def test_it_is_asked_about(self, place: Path, endpoint: Endpoint, command: str, model: str) -> None:
        Path("a.txt").write_text(article(1, "[status 404]"))
        arguments = [command, "a.txt", "--model", model, *(["--out", "out.jsonl"] if command == "corpus" else [])]
        assert run(*arguments).stderr.splitlines()[-1] == "  hint: Did you mean offline?"
        assert run(*arguments, "--base-url", endpoint.url).stderr.splitlines()[-1].endswith(" Did you mean offline?")

    @pytest.mark.parametrize("model", ["gpt-4o-mini", "online", "offline-7b", "qwen3"])
    def test_other_models_are_not(self, place: Path, endpoint: Endpoint, model: str) -> None:
        Path("a.txt").write_text(article(1, "[status 404]"))
        assert "Did you mean" not in run("article", "a.txt", "--model", model, "--base-url", endpoint.url).stderr
