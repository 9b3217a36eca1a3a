"""What a user is told of sources that are not what they are taken for, each as the command is called."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarise import summarise_corpus
from tests.corpus_server import article

ROOT = Path(__file__).parent.parent
OFFLINE = ["--model", "offline"]
TEXTS = "a folder stands for its .txt and .md; to read other kinds as well, give a pattern besides:"
OF_LEDGER = "is a row of a ledger, which a run wrote, and no article"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARISE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    Path("in").mkdir()
    Path("in/a.txt").write_text(article(1))
    return tmp_path


def run(*arguments: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, its streams changed as the shell is told to."""
    words = ["bash", "-c", f'"$@" {shell}', "bash", sys.executable, "-m", "summarise", *arguments]
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)


def corpus(*paths: str, out: str = "out.jsonl", shell: str = "") -> subprocess.CompletedProcess[str]:
    return run("corpus", *paths, "--out", out, *OFFLINE, shell=shell)


def write_rows(path: str, *numbers: int) -> None:
    Path(path).write_text("".join(json.dumps({"id": f"r{each}", "text": article(each)}) + "\n" for each in numbers))


class TestStandardInputThatIsClosed:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["article", "-", *OFFLINE],
            ["corpus", "-", "--out", "out.jsonl", *OFFLINE],
            ["corpus", "-", "--out", "out.jsonl", "--estimate", *OFFLINE],
            ["batch", "submit", "-", "--out", "out.jsonl", "--base-url", "http://127.0.0.1:9/v1"],
        ],
        ids=" ".join,
    )
    def test_it_is_an_error_with_a_way_on(self, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "k")
        done = run(*arguments, shell="<&-")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            "summarise: standard input (-) is closed: there is nothing to read from",
            "  hint: Pipe the input in, or give the path of a file.",
        ]
        assert not Path("out.jsonl").exists()

    def test_one_that_is_open_for_writing_alone_is_an_error_too(self) -> None:
        done = run("article", "-", *OFFLINE, shell="0>written")
        assert done.returncode == 2
        assert done.stderr.startswith("summarise: standard input cannot be read: Bad file descriptor\n  hint: Pipe")

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_who_reads_files_does_without_it(self, closed: str) -> None:
        done = corpus("in", shell=closed)
        assert (done.returncode, done.stderr) == (0, "")
        assert len(Path("out.jsonl").read_text().splitlines()) == 1


class TestSourcesThatCannotBeOpened:
    def test_all_are_named_before_anything_is_read(self) -> None:
        Path("a.zip").write_text("no")
        Path("b.csv").write_text("x,y\n1,2\n")
        done = corpus("in", "a.zip", "b.csv", "gone")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            "summarise: these sources cannot be read:",
            "  - a.zip is no zip archive that can be read: File is not a zip file",
            "  - b.csv has no column 'text' or 'body' or 'content' or 'article'; its columns are 'x', 'y'",
            "  - cannot read gone: No such file or directory",
            "  hint: Pack it again, or leave it out. Name the right one with text_field (--text-field). "
            "Check the path and its permissions.",
        ]
        assert not Path("out.jsonl").exists()

    def test_of_many_five_are_named(self) -> None:
        for number in range(8):
            Path(f"{number}.zip").write_text("no")
        done = corpus("*.zip")
        assert [line[:7] for line in done.stderr.splitlines()[1:7]] == [
            *(f"  - {each}.z" for each in range(5)),
            "  - and",
        ]
        assert "  - and 3 more\n" in done.stderr

    def test_a_single_one_is_told_in_one_line(self) -> None:
        Path("a.zip").write_text("no")
        done = corpus("in", "a.zip")
        assert done.stderr.startswith("summarise: a.zip is no zip archive that can be read")
        assert len(done.stderr.splitlines()) == 2

    def test_the_help_says_so(self) -> None:
        assert "cannot be opened at all is an error before anything is sent" in " ".join(
            run("corpus", "-h").stdout.split()
        )


class TestTablesInAFolderOfTexts:
    def test_they_are_counted_at_the_end_with_a_way_on_that_works(self) -> None:
        Path("in/more").mkdir()
        write_rows("in/more/news.jsonl", 2, 3)
        Path("in/z.parquet").write_text("")
        Path("in/picture.png").write_text("")
        Path("in/.hidden.csv").write_text("")
        done = corpus("in")
        assert done.returncode == 0, done.stderr
        assert "1 article: 1 read" in done.stdout
        told = f"2 files in the folders were not read, such as in/z.parquet: {TEXTS} 'in/**/*.parquet'"
        assert done.stdout.splitlines()[-1] == told
        Path("in/z.parquet").unlink()
        done = corpus("in")
        assert done.stdout.splitlines()[-1].endswith("'in/**/*.jsonl'")
        done = corpus("in", "in/**/*.jsonl")
        assert "3 articles: 2 read, 1 kept" in done.stdout
        assert "not read" not in done.stdout

    def test_neither_the_ledger_nor_what_is_beside_it_is_meant(self) -> None:
        Path("in/out.batches").mkdir()
        Path("in/out.batches/batch-1.jsonl").write_text("")
        for _ in range(2):
            done = corpus("in", out="in/out.jsonl")
            assert "not read" not in done.stdout

    def test_an_estimate_that_is_piped_stays_json(self) -> None:
        write_rows("in/news.jsonl", 2)
        done = run("corpus", "in", "--out", "out.jsonl", "--estimate", *OFFLINE)
        assert json.loads(done.stdout)["articles"] == 1
        assert done.stderr.startswith("summarise: 1 file in the folders was not read, such as in/news.jsonl")

    def test_in_python_it_is_logged(self, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
        write_rows("in/news.jsonl", 2)
        with caplog.at_level(logging.WARNING, logger="summarise"):
            assert [row.id for row in summarise_corpus("in", model="offline")] == ["a"]
        assert [record.message.partition(":")[0] for record in caplog.records] == [
            "1 file in the folders was not read, such as in/news.jsonl"
        ]
        assert capsys.readouterr() == ("", "")


class TestALedgerAmongTheSources:
    def test_its_rows_are_passed_over_and_no_failed_articles(self) -> None:
        write_rows("in/news.jsonl", 2)
        corpus("in", out="in/old.jsonl")
        done = corpus("in/*.jsonl")
        assert done.returncode == 1
        assert "2 articles: 1 read, 0 kept from before, 0 failed, 1 passed over" in done.stdout
        assert f"1 passed over: RowOfLedger, such as in/old.jsonl:1 {OF_LEDGER}" in done.stdout
        assert "  hint: Leave ledgers out of the sources" in done.stdout
        assert [json.loads(line)["id"] for line in Path("out.jsonl").read_text().splitlines()] == ["r2"]

    def test_failed_rows_are_known_as_well(self) -> None:
        Path("in/a.txt").write_text("")
        corpus("in", out="old.jsonl")
        done = corpus("old.jsonl")
        assert "1 article: 0 read, 0 kept from before, 0 failed, 1 passed over" in done.stdout
        assert Path("out.jsonl").read_text() == ""

    def test_a_part_of_a_ledger_in_parquet_is_named(self) -> None:
        from summarise.corpus.part_files import write_parquet

        corpus("in", out="old.jsonl")
        write_parquet(map(json.loads, Path("old.jsonl").read_text().splitlines()), Path("part-00001.parquet"))
        done = corpus("part-00001.parquet")
        assert done.returncode == 2
        assert done.stderr.startswith("summarise: part-00001.parquet is of a ledger that a run wrote\n  hint: Leave")

    def test_in_python_they_are_passed_over_as_well(self, caplog: pytest.LogCaptureFixture) -> None:
        corpus("in", out="old.jsonl")
        given = [*map(json.loads, Path("old.jsonl").read_text().splitlines()), {"id": "b", "text": article(2)}]
        assert [row.id for row in summarise_corpus(given, model="offline")] == ["b"]
        assert "item:1 is passed over: RowOfLedger" in caplog.text

    def test_rows_of_ones_own_with_a_text_are_articles(self) -> None:
        row: dict[str, object] = {
            "id": "x",
            "source": "",
            "status": "ok",
            "summary": None,
            "error": None,
            "usage": {},
            "fingerprint": {},
        }
        Path("mine.jsonl").write_text(json.dumps({**row, "text": article(1)}) + "\n")
        assert "1 article: 1 read" in corpus("mine.jsonl").stdout
