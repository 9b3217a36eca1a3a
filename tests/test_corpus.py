"""Sources, ledger and run: what a user finds in the ledger, whatever happens on the way."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarise.corpus.items import SourceItem
from summarise.corpus.ledger import Ledger, LedgerRow, RowError, read_ledger
from summarise.corpus.sources import articles
from summarise.errors import ConfigurationError, LedgerError
from summarise.records import ArticleSummary, Official, Usage


def row(name: str, **changes: object) -> LedgerRow:
    summary = ArticleSummary(
        officials=[Official(name="Ana Reyes", titles=[], role="minister", country=None)],
        visits=[],
        invitations=[],
        summary="Reyes spoke.",
    )
    values = {"id": name, "source": f"{name}.txt", "status": "ok", "summary": summary.model_dump(mode="json")}
    return LedgerRow.model_validate(values | changes)


def failed(name: str) -> LedgerRow:
    return row(name, status="failed", summary=None, error=RowError(kind="BadReply", message="no JSON", hint="again"))


class TestSources:
    def test_a_folder_gives_its_texts_sorted_and_named_by_their_path(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.md", "2024/05/x.txt", "2024/y.TXT", ".hidden.txt", ".git/z.txt", "notes.pdf", "c"):
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("text")
        items = list(articles([tmp_path]))
        assert [item.id for item in items] == ["a", "b", "2024/y", "2024/05/x"]
        assert items[3].source == str(tmp_path / "2024/05/x.txt")
        assert isinstance(items[3], SourceItem)
        assert items[3].content == tmp_path / "2024/05/x.txt"

    def test_a_file_is_named_by_its_stem_whatever_its_suffix(self, tmp_path: Path) -> None:
        (tmp_path / "note.v2.text").write_text("text")
        assert [item.id for item in articles([str(tmp_path / "note.v2.text")])] == ["note.v2"]

    def test_a_path_given_twice_is_read_once(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("text")
        given_paths = [tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt"]
        assert [item.id for item in articles(given_paths)] == ["a"]

    def test_it_is_lazy(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("text")
        found = articles([tmp_path / "a.txt", tmp_path / "missing.txt"])
        assert next(found).id == "a"
        with pytest.raises(ConfigurationError, match=r"missing\.txt"):
            next(found)

    def test_two_files_with_one_id_are_both_named(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("one")
        (tmp_path / "a.md").write_text("two")
        with pytest.raises(ConfigurationError, match="the id 'a'") as caught:
            list(articles([tmp_path]))
        assert str(tmp_path / "a.txt") in caught.value.message
        assert str(tmp_path / "a.md") in caught.value.message
        assert caught.value.hint

    def test_a_folder_without_articles_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_text("text")
        with pytest.raises(ConfigurationError, match="no article in the folder"):
            list(articles([tmp_path]))

    @pytest.mark.parametrize("path", ["", "nowhere", "nowhere/below.txt"])
    def test_what_does_not_exist_is_an_error(self, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a.txt").write_text("text")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(ConfigurationError):
            list(articles([path]))

    def test_a_name_that_is_no_utf8_can_still_be_written(self, tmp_path: Path) -> None:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("text")
        (item,) = articles([tmp_path])
        assert item.id == "caf\\xe9"
        assert item.source.encode()
        assert isinstance(item, SourceItem)
        assert isinstance(item.content, Path)
        assert item.content.read_text() == "text"

    def test_a_folder_that_cannot_be_entered_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("text")
        (tmp_path / "closed").mkdir(mode=0)
        script = (
            "import os\n"
            "from summarise.corpus.sources import articles\n"
            "from summarise.errors import ConfigurationError\n"
            "if os.getuid() == 0: os.setuid(65534)\n"
            "try: list(articles(['.']))\n"
            "except ConfigurationError as error: print(error)"
        )
        tmp_path.chmod(0o755)
        run = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, env=_environment()
        )
        assert "cannot read closed: Permission denied" in run.stdout, run.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


class TestLedger:
    def test_what_is_written_is_read_back(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        rows = [row("a", usage=Usage(input_tokens=5, cost=0.25), fingerprint={"model": "m"}), failed("b")]
        with Ledger(path) as ledger:
            for each in rows:
                ledger.append(each)
                assert path.read_text().splitlines()[-1] == each.model_dump_json(), "in the file at once"
        assert list(read_ledger(path)) == rows
        assert list(json.loads(path.read_text().splitlines()[0])) == [
            "id", "source", "status", "summary", "error", "usage", "fingerprint",
        ]  # fmt: skip

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.text(max_size=8)), max_size=12))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_the_last_row_of_an_id_counts(self, tmp_path: Path, steps: list[tuple[str, bool, str]]) -> None:
        path = tmp_path / "ledger.jsonl"
        path.unlink(missing_ok=True)
        last: dict[str, LedgerRow] = {}
        for name, is_ok, source in steps:
            with Ledger(path) as ledger:
                last[name] = (row(name) if is_ok else failed(name)).model_copy(update={"source": source})
                ledger.append(last[name])
        if not steps:
            path.touch()
        assert {each.id: each for each in read_ledger(path)} == last
        with Ledger(path) as ledger:
            assert {name: entry.status for name, entry in ledger.entries.items()} == {
                name: each.status for name, each in last.items()
            }

    def test_a_second_writer_is_kept_out_and_a_reader_is_not(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        with Ledger(path) as ledger:
            ledger.append(row("a"))
            with pytest.raises(LedgerError, match="another run"):
                Ledger(path)
            assert [each.id for each in read_ledger(path)] == ["a"]
        Ledger(path).close()

    @given(cut=st.integers(min_value=1, max_value=200))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_a_row_cut_off_anywhere_is_mended_and_the_others_stay(self, tmp_path: Path, cut: int) -> None:
        path = tmp_path / "ledger.jsonl"
        whole, half = row("a").model_dump_json(), failed("b").model_dump_json()
        path.write_text(whole + "\n" + half[: min(cut, len(half) - 1)])
        assert [each.id for each in read_ledger(path)] == ["a"]
        with Ledger(path) as ledger:
            assert set(ledger.entries) == {"a"}
            ledger.append(row("c"))
        assert [each.id for each in read_ledger(path)] == ["a", "c"]

    def test_mending_is_said(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        path = tmp_path / "ledger.jsonl"
        path.write_text(row("a").model_dump_json() + '\n{"id":"b","sou')
        Ledger(path).close()
        assert "written only in part" in caplog.text
        assert path.read_text().endswith("}\n")

    def test_zeros_left_by_a_power_cut_are_mended(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        path.write_bytes(row("a").model_dump_json().encode() + b"\n" + bytes(40))
        with Ledger(path) as ledger:
            assert set(ledger.entries) == {"a"}
        assert path.read_bytes().endswith(b"}\n")

    def test_a_last_row_without_its_line_end_is_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        path.write_text("\n" + row("a").model_dump_json())
        with Ledger(path) as ledger:
            ledger.append(row("b"))
        assert [each.id for each in read_ledger(path)] == ["a", "b"]

    @pytest.mark.parametrize(
        "content",
        ["Minister Reyes flew to Lima.", '{"some": "json"}', "[1, 2]\n", "\x00\x01PK", '{"id":"a"}', '{"id":5}\n'],
    )
    def test_a_file_that_is_no_ledger_is_left_alone(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "precious"
        path.write_text(content)
        with pytest.raises(LedgerError, match="line 1, is no ledger row"):
            Ledger(path)
        assert path.read_text() == content
        with pytest.raises(LedgerError, match="line 1"):
            list(read_ledger(path))

    def test_a_damaged_line_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        lines = [row("a").model_dump_json(), '{"id":"b","source', row("c").model_dump_json(), ""]
        path.write_text("\n".join(lines))
        with pytest.raises(LedgerError, match=r"ledger\.jsonl, line 2, is no ledger row"):
            Ledger(path)

    def test_keys_of_another_version_are_passed_over(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        stored = json.loads(row("a").model_dump_json())
        stored["mood"] = "good"
        stored["usage"]["watts"] = 3
        stored["summary"]["weather"] = "fine"
        stored["summary"]["officials"][0]["age"] = 61
        path.write_text(json.dumps(stored) + "\n")
        (found,) = read_ledger(path)
        summary = found.parsed(ArticleSummary)
        assert summary is not None
        assert summary.officials[0].name == "Ana Reyes"
        assert found.counts == {"officials": 1}
        assert failed("b").parsed(ArticleSummary) is None

    def test_places_that_cannot_be_written_are_errors(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        for path, reason in (
            (tmp_path, "is a folder"),
            (pipe, "no regular file"),
            (tmp_path / "no" / "such" / "ledger.jsonl", "No such file"),
            (tmp_path / ("n" * 300), "too long"),
        ):
            with pytest.raises(LedgerError, match=reason) as caught:
                Ledger(path)
            assert caught.value.hint

    def test_a_ledger_that_is_not_there_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(LedgerError, match="cannot read the ledger"):
            list(read_ledger(tmp_path / "missing.jsonl"))

    @pytest.mark.parametrize(("sync_every", "synced"), [(0.0, 4), (1e9, 1)])
    def test_rows_are_forced_onto_the_disk_at_an_interval_and_at_the_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sync_every: float, synced: int
    ) -> None:
        really, calls = os.fsync, list[int]()

        def counted(file: int) -> None:
            calls.append(file)
            really(file)

        monkeypatch.setattr(os, "fsync", counted)
        with Ledger(tmp_path / "ledger.jsonl", sync_every=sync_every) as ledger:
            for name in "abc":
                ledger.append(row(name))
        assert len(calls) == synced

    def test_a_full_disk_leaves_whole_rows_only(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.jsonl"
        ledger = Ledger(path)
        ledger.append(row("a"))
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20, before[1]))
        try:
            with pytest.raises(LedgerError, match="cannot write to the ledger"):
                ledger.append(row("b"))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert [each.id for each in read_ledger(path)] == ["a"]
        assert path.read_bytes().endswith(b"\n")
        ledger.append(row("b"))
        ledger.close()
        assert [each.id for each in read_ledger(path)] == ["a", "b"]


def test_readers_see_only_whole_rows_while_a_run_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with Ledger(path) as ledger:

        def write() -> None:
            for number in range(200):
                ledger.append(row(str(number)))

        writer = threading.Thread(target=write)
        writer.start()
        seen = 0
        while writer.is_alive():
            found = len(list(read_ledger(path)))
            assert found >= seen
            seen = found
        writer.join()
    assert len(list(read_ledger(path))) == 200
