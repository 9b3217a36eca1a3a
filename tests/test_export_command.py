"""`summarise export` as its user meets it: names, places, what is in the way, what is too long for Excel."""

from __future__ import annotations

import importlib.util
import logging
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from summarise.cli import main
from summarise.corpus.ledger import LedgerRow, RowError
from summarise.export import export_ledger, workbook
from summarise.export.formats import FORMATS
from tests.export_readers import ALL_READERS, READERS, read_workbook
from tests.gold_ledgers import row, summary, visit, write_ledger

ROOT = Path(__file__).parent.parent
DAY = {"start": "2024-03-11", "precision": "day"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger of two articles."""
    monkeypatch.chdir(tmp_path)
    failed = LedgerRow(id="b", source="b.txt", status="failed", error=RowError(kind="BadReply", message="no"))
    write_ledger(Path("ledger.jsonl"), row("a", summary(visits=[visit()])), failed)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def test_several_at_once_each_with_its_counts(place: Path) -> None:
    outs = [f"out{suffix}" for suffix in ALL_READERS]
    result = run("ledger.jsonl", *outs)
    assert result.exit_code == 0, result.output
    tables = "articles 2, visits 1, invitations 0, officials 0, parties 1, evidence 1, concerns 0"
    assert result.output.splitlines() == [
        *(f"out{suffix}: {tables}" for suffix in READERS),
        "out.ics: events 0; left out: visits without a known day (1)",
        "out.plover.jsonl: AGREE 1",
        "out.ftm.json: Address 1, Article 1, Person 1, Trip 1",
    ]
    assert sorted(os.listdir()) == sorted(["ledger.jsonl", *outs])
    for suffix, read in READERS.items():
        rows = [dict(zip(("id", "source", "status", "kind", "message"), each[:5], strict=True))
                for each in read(Path(f"out{suffix}"))["articles"]]  # fmt: skip
        assert rows[1] == {"id": "b", "source": "b.txt", "status": "failed", "kind": "BadReply", "message": "no"}


def test_what_holds_nothing_says_so(place: Path) -> None:
    write_ledger(Path("ledger.jsonl"), row("a", summary(visits=[visit(status="unknown")])))
    assert run("ledger.jsonl", "out.plover.jsonl").output == (
        "out.plover.jsonl: nothing; left out: visits in an unknown state (1)\n"
    )


def test_every_format_has_a_reader_of_its_own() -> None:
    assert {known.suffix for known in FORMATS} == set(ALL_READERS)


def test_the_help_lists_the_formats() -> None:
    told = run("--help").output
    for known in FORMATS:
        assert f"{known.suffix} " in told
    assert "folders of that name" in told


@pytest.mark.parametrize(
    ("outs", "message"),
    [
        ([""], "an empty path was given"),
        (["out.doc"], "'out.doc' has no suffix that tells a format"),
        (["out"], "'out' has no suffix"),
        ([".csv"], "'.csv' has no suffix"),
        (["none/out.csv"], "there is no folder none"),
        (["ledger.jsonl"], "'ledger.jsonl' has no suffix"),
        (["out.csv", "./out.csv"], "out.csv is named twice"),
        (["file.csv"], "file.csv is a file, and .csv is written as a folder"),
        (["mine.csv"], "mine.csv holds something else than an earlier export, such as notes.txt"),
        (["folder.xlsx"], "cannot write folder.xlsx: it is a folder"),
        (["pipe.sqlite"], "cannot write pipe.sqlite: it is no regular file"),
        (["open.sqlite"], "there is open.sqlite-wal, so another program has it open"),
        (["open.duckdb"], "there is open.duckdb.wal, so another program has it open"),
        (["link.sqlite"], "link.sqlite is the ledger itself"),
        ([], "Missing argument 'OUT...'"),
    ],
)
def test_what_cannot_be_written_says_why_and_nothing_is(place: Path, outs: list[str], message: str) -> None:
    Path("file.csv").write_text("mine")
    for folder in ("mine.csv", "folder.xlsx"):
        Path(folder).mkdir()
    Path("mine.csv/notes.txt").write_text("mine")
    os.mkfifo("pipe.sqlite")
    for name in ("open.sqlite-wal", "open.duckdb.wal"):
        Path(name).touch()
    Path("link.sqlite").symlink_to("ledger.jsonl")
    before = sorted(place.rglob("*"))
    result = run("ledger.jsonl", *(["fine.sqlite", *outs] if outs else []))
    assert result.exit_code == 2
    assert message in result.stderr.splitlines()[0]
    assert result.stderr.splitlines()[1].startswith("  hint: ")
    assert sorted(place.rglob("*")) == before


@pytest.mark.parametrize(
    ("ledger", "message"),
    [
        ("none.jsonl", "cannot read the ledger none.jsonl"),
        ("garbage.jsonl", "garbage.jsonl, line 1, is no ledger row"),
        ("", "an empty path was given"),
        ("pipe", "pipe is no regular file, and a ledger is read more than once"),
        ("empty", "there is no part of a ledger in the folder empty"),
    ],
)
@pytest.mark.parametrize("suffix", ALL_READERS)
def test_what_is_no_ledger_leaves_the_old_export_whole(place: Path, ledger: str, message: str, suffix: str) -> None:
    run("ledger.jsonl", f"out{suffix}")
    before = ALL_READERS[suffix](Path(f"out{suffix}"))
    Path("ledger.jsonl").rename("ledger.kept")
    Path("empty").mkdir()
    os.mkfifo("pipe")
    Path("garbage.jsonl").write_text("[1]\n") if ledger == "garbage.jsonl" else None
    result = run(ledger, f"out{suffix}")
    assert result.exit_code == 2
    assert message in result.stderr.splitlines()[0]
    assert ALL_READERS[suffix](Path(f"out{suffix}")) == before
    assert not [name for name in os.listdir() if name.startswith(".")]


@pytest.mark.parametrize("suffix", ALL_READERS)
def test_an_export_takes_the_place_of_an_older_one(place: Path, suffix: str) -> None:
    out, fresh = Path(f"out{suffix}"), Path(f"fresh{suffix}")
    run("ledger.jsonl", str(out))
    older = ALL_READERS[suffix](out)
    write_ledger(Path("ledger.jsonl"), row("c", summary(visits=[visit(when=DAY)])))
    assert run("ledger.jsonl", str(out), str(fresh)).exit_code == 0
    assert ALL_READERS[suffix](out) == ALL_READERS[suffix](fresh) != older
    assert sorted(os.listdir()) == sorted(["ledger.jsonl", out.name, fresh.name])


def test_nothing_is_written_into_the_folder_of_a_ledger(place: Path) -> None:
    Path("parts").mkdir()
    Path("ledger.jsonl").rename("parts/part-00001.jsonl")
    result = run("parts", "parts/out.parquet")
    assert result.exit_code == 2
    assert "parts/out.parquet lies in the folder of the ledger" in result.stderr
    assert os.listdir("parts") == ["part-00001.jsonl"]


@pytest.mark.parametrize("suffix", ALL_READERS)
def test_a_link_stays_a_link(place: Path, suffix: str) -> None:
    Path("there").mkdir()
    out, real = Path(f"out{suffix}"), Path(f"there/out{suffix}")
    run("ledger.jsonl", str(real))
    out.symlink_to(real)
    write_ledger(Path("ledger.jsonl"), row("c", summary(visits=[visit(when=DAY)])))
    older = ALL_READERS[suffix](real)
    assert run("ledger.jsonl", str(out)).exit_code == 0
    assert out.is_symlink()
    assert ALL_READERS[suffix](real) != older
    assert os.listdir("there") == [real.name]


@pytest.mark.parametrize("suffix", ALL_READERS)
def test_what_takes_the_place_of_another_has_its_rights(place: Path, suffix: str) -> None:
    out = Path(f"out{suffix}")
    assert run("ledger.jsonl", str(out)).exit_code == 0
    out.chmod(0o700)
    assert run("ledger.jsonl", str(out)).exit_code == 0
    assert out.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("command", "out"), [("export", "o.ics"), ("dossier", "o.json"), ("report", "o.html")])
def test_names_that_are_too_long_are_named(place: Path, command: str, out: str) -> None:
    for arguments in ([f"{'x' * 300}.jsonl", out], ["ledger.jsonl", f"{'x' * 300}{Path(out).suffix}"]):
        done = CliRunner().invoke(main, [command, *arguments])
        assert (done.exit_code, "File name too long" in done.output, "hint:" in done.output) == (2, True, True)
    assert os.listdir() == ["ledger.jsonl"]


@pytest.mark.parametrize(("command", "out"), [("dossier", "out.json"), ("report", "out.html")])
def test_sigterm_clears_up_after_dossier_and_report_as_well(place: Path, command: str, out: str) -> None:
    Path(out).write_text("old")
    code = (
        "import signal, os; replace = os.replace\n"
        "def ended(*paths): signal.raise_signal(signal.SIGTERM); replace(*paths)\n"
        f"os.replace = ended; from summarise.cli import main; main(['{command}', 'ledger.jsonl', '{out}'])"
    )
    done = python(code)
    assert (done.returncode, done.stderr.strip()) == (130, "summarise: interrupted")
    assert Path(out).read_text() == "old"
    assert sorted(os.listdir()) == ["ledger.jsonl", out]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_the_older_file_and_nothing_else(place: Path, name: str) -> None:
    run("ledger.jsonl", "out.ics")
    before = Path("out.ics").read_bytes()
    code = (
        "import signal, summarise.export.run as run; read = run.read_ledger\n"
        f"def ended(ledger): yield next(read(ledger)); signal.raise_signal(signal.{name}); yield from ()\n"
        "run.read_ledger = ended; from summarise.cli import main; main(['export', 'ledger.jsonl', 'out.ics'])"
    )
    done = python(code)
    assert (done.returncode, done.stderr.strip()) == (130, "summarise: interrupted")
    assert Path("out.ics").read_bytes() == before
    assert sorted(os.listdir()) == ["ledger.jsonl", "out.ics"]


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that runs this code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("suffix", ALL_READERS)
def test_a_disk_that_takes_no_more_leaves_the_old_export_whole(place: Path, suffix: str) -> None:
    """The limit on the size of a file stands for the disk; Python gets an error for it, as it does for a full disk."""
    run("ledger.jsonl", f"out{suffix}")
    before = ALL_READERS[suffix](Path(f"out{suffix}"))
    long = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(20_000))  # does not pack well
    told = summary(visits=[visit(when=DAY, caveat=long)])
    write_ledger(Path("ledger.jsonl"), *(row(f"a{number}", {**told, "summary": long}) for number in range(9)))
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "from summarise.cli import main; main(['export', 'ledger.jsonl', sys.argv[1]])"
    )
    fresh = python(code, f"fresh{suffix}")
    assert fresh.returncode == 2, fresh.stderr
    assert "  hint: " in fresh.stderr
    assert "still there" not in fresh.stderr  # there was none
    done = python(code, f"out{suffix}")
    assert done.returncode == 2, done.stderr
    assert ("what was there before is still there" in done.stderr) == ("TMPDIR" not in done.stderr)
    assert done.stderr.startswith("summarise: cannot write ")
    assert f"out{suffix}" in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr
    assert ALL_READERS[suffix](Path(f"out{suffix}")) == before
    assert sorted(os.listdir()) == sorted(["ledger.jsonl", f"out{suffix}"])


@pytest.mark.parametrize(
    ("suffix", "lacking"),
    [(".xlsx", "xlsxwriter"), (".duckdb", "duckdb"), (".parquet", "pyarrow"), (".ics", "icalendar")],
)
def test_without_the_extra_its_name_is_told_before_anything_is_written(
    place: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, lacking: str
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("summarise.export.formats.find_spec", lambda name: None if name == lacking else find(name))
    result = run("ledger.jsonl", "out.sqlite", f"out{suffix}")
    assert result.exit_code == 2
    assert f"writing {suffix} needs {lacking}, which is not installed" in result.stderr
    assert "pip install 'summarise[export]'" in result.stderr
    assert os.listdir() == ["ledger.jsonl"]


def test_what_needs_nothing_but_python_needs_nothing_but_python(place: Path) -> None:
    outs = [f"out{known.suffix}" for known in FORMATS if not known.needs]
    assert outs == ["out.csv", "out.sqlite", "out.plover.jsonl", "out.ftm.json"]
    code = (
        "import sys; extra = ('pandas', 'pyarrow', 'duckdb', 'xlsxwriter', 'icalendar', 'followthemoney');"
        "sys.modules.update(dict.fromkeys(extra));"
        "from summarise.cli import main; main(['export', 'ledger.jsonl', *sys.argv[1:]])"
    )
    done = python(code, *outs)
    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------------------------------- what Excel does not hold


def test_what_is_too_long_for_a_cell_is_cut_and_says_so(place: Path, caplog: pytest.LogCaptureFixture) -> None:
    texts = {"short": "a" * 32_767, "long": "b" * 32_768, "wide": "🙂" * 16_384, "formula": "=" + "1" * 40_000}
    ledger = write_ledger(
        place / "long.jsonl", *(row(id, {**summary(), "summary": text}) for id, text in texts.items())
    )
    with caplog.at_level(logging.WARNING):
        export_ledger(ledger, place / "out.xlsx")
    sheet = openpyxl.load_workbook(place / "out.xlsx")["articles"]
    column = next(cell.column for cell in sheet[1] if cell.value == "summary")
    told = {sheet.cell(line, 1).value: sheet.cell(line, column).value for line in range(2, 6)}
    assert told["short"] == texts["short"]
    assert told["long"].endswith("b … [cut: 32,768 characters]")
    assert told["wide"].endswith("🙂 … [cut: 16,384 characters]")
    assert told["formula"].startswith("=111")
    assert max(len(text.encode("utf-16-le")) // 2 for text in told.values()) == 32_767
    assert "out.xlsx: 3 cells of articles are cut: Excel has 32,767 characters in one" in caplog.text


def test_what_is_too_much_for_a_sheet_goes_on_on_the_next(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    ledger = write_ledger(place / "many.jsonl", *(row(f"a{number}", summary()) for number in range(9)))
    with caplog.at_level(logging.WARNING):
        export_ledger(ledger, place / "out.xlsx")
    book = openpyxl.load_workbook(place / "out.xlsx")
    assert [(title, book[title].max_row) for title in book.sheetnames if title.startswith("articles")] == [
        ("articles", 5), ("articles 2", 5), ("articles 3", 2),
    ]  # fmt: skip
    assert len(read_workbook(place / "out.xlsx")["articles"]) == 9
    assert "articles goes on over 3 sheets" in caplog.text


def test_formulas_are_texts_and_stay_texts_when_a_cell_is_edited(place: Path) -> None:
    export_ledger(write_ledger(place / "f.jsonl", row("a", {**summary(), "summary": "=1+1"})), place / "out.xlsx")
    sheet = openpyxl.load_workbook(place / "out.xlsx")["articles"]
    column = next(cell.column for cell in sheet[1] if cell.value == "summary")
    cell = sheet.cell(2, column)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert not sheet.cell(2, 1).quotePrefix


def test_known_days_are_days_and_others_are_not(place: Path) -> None:
    visits = [visit(start=start) | {"when": {"start": start, "precision": precision}} for start, precision in (
        ("2024-03-11", "day"), ("2024-03", "month"), ("2024-03-11", "vague"), ("1850-05-01", "day"),
    )]  # fmt: skip
    export_ledger(write_ledger(place / "d.jsonl", row("a", summary(visits=visits))), place / "out.xlsx")
    sheet = openpyxl.load_workbook(place / "out.xlsx")["visits"]
    column = next(cell.column for cell in sheet[1] if cell.value == "when_start_date")
    cells = [sheet.cell(line, column) for line in range(2, 6)]
    assert [(cell.is_date, str(cell.value)[:10]) for cell in cells] == [
        (True, "2024-03-11"), (False, "None"), (False, "None"), (False, "1850-05-01"),
    ]  # fmt: skip
    assert {sheet.column_dimensions[letter].width > 5 for letter in "ABCDE"} == {True}
