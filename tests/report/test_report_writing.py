"""What goes into the file, without a browser: the packed data, the texts, the choice of articles, and errors."""

from __future__ import annotations

import base64
import gzip
import html.parser
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from summarise import write_report
from summarise.cli import main
from summarise.corpus.ledger import LedgerRow
from summarise.errors import ConfigurationError, ExportError, LedgerError, SummariseError
from summarise.report import ReportFigures, page, write
from summarise.report.blocks import escaped, packed
from summarise.report.details import details_of
from summarise.report.plain import full, partial_date
from summarise.report.records import Records
from tests.report import ledgers

ROOT = Path(__file__).parent.parent.parent
HELP_WITHOUT = """
import sys
from summarise.cli import main
try:
    main(["report", "--help"])
finally:
    assert not [name for name in {loaded} if name in sys.modules]
"""
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Scripts(html.parser.HTMLParser):
    """The script elements of a page: id to content."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._id: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._id = (dict(attrs).get("id") or "script") if tag == "script" else None

    def handle_endtag(self, _tag: str) -> None:
        self._id = None

    def handle_data(self, data: str) -> None:
        if self._id is not None:
            self.found[self._id] = self.found.get(self._id, "") + data


def data_in(path: Path) -> dict[str, Any]:
    """What the page holds, by the id of its element."""
    scripts = Scripts(path.read_text(encoding="utf-8")).found
    blocks = {id: unpacked(content) for id, content in scripts.items() if id.startswith("data-")}
    return {**blocks, "facts": json.loads(scripts["facts"])}


def unpacked(content: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(content)))


def report_of(rows: list[dict[str, Any]], folder: Path, **options: Any) -> tuple[ReportFigures, dict[str, Any]]:
    made = write_report(ledgers.write(folder / "ledger.jsonl", rows), folder / "report.html", **options)
    return made, data_in(folder / "report.html")


# ------------------------------------------------------------------------------------------------------------- data


@given(ANY_JSON)
def test_data_comes_back_as_it_was_and_ends_no_element(value: Any) -> None:
    value = full(value)
    assert unpacked(packed(value)) == value
    assert json.loads(escaped(value)) == value
    assert not re.search("[<>&\u2028\u2029]", escaped(value))
    assert re.fullmatch("[A-Za-z0-9+/=]+", packed(value))


def test_half_a_surrogate_pair_stays_one() -> None:
    assert unpacked(packed("a\ud83d")) == json.loads(escaped("a\ud83d")) == "a\ud83d"


@given(st.text(), st.text(min_size=1), st.text())
def test_evidence_is_counted_in_the_units_of_javascript(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    evidence = {"sentence": 1, "start": len(before), "end": len(before) + len(quote), "text": quote}
    row = LedgerRow(id="a", source="a", status="ok", summary={"visits": [{"evidence": [evidence]}]})
    (shown,) = details_of(row, text)["records"]["visits"][0]["evidence"]
    units = text.encode("utf-16-le", "surrogatepass")
    start, end = shown["span"]
    assert units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass") == quote


@pytest.mark.parametrize("change", [{"start": 1}, {"text": "other"}, {"start": "0"}, {"end": None}, {"start": -61}])
def test_evidence_that_the_text_does_not_bear_out_is_shown_as_quoted(change: dict[str, Any]) -> None:
    evidence = {**ledgers.cited(ledgers.OSLO, "Peru's minister")[0], **change}
    row = LedgerRow(id="a", source="a", status="ok", summary={"visits": [{"evidence": [evidence]}]})
    (shown,) = details_of(row, ledgers.OSLO)["records"]["visits"][0]["evidence"]
    assert "span" not in shown
    assert shown["quote"] == evidence["text"]


@given(st.dictionaries(st.sampled_from([*ledgers.oslo()["summary"], "own"]), ANY_JSON))
def test_no_summary_is_too_strange(summary: dict[str, Any]) -> None:
    row = LedgerRow(id="a", source="a", status="ok", summary=summary)
    records = Records()
    records.add(row, has_text=False)
    for entries in (records.articles, records.visits, records.invitations, records.officials, records.concerns):
        packed(entries)
    packed(details_of(row, None))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", "2024"),
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", None),
        ("2024-13", None),
        ("soon", None),
        (7, None),
        ("٢٠٢٤", None),
    ],
)
def test_dates_are_those_of_the_calendar(value: object, expected: str | None) -> None:
    assert partial_date(value) == expected


def test_every_record_and_every_word_of_evidence_is_in_the_file(tmp_path: Path) -> None:
    made, data = report_of([ledgers.oslo(), ledgers.failed("scan")], tmp_path)
    assert (made.articles, made.of, made.failed, made.texts) == (2, 2, 1, 0)
    assert (made.visits, made.invitations, made.officials) == (4, 2, 1)
    assert made.bytes == (tmp_path / "report.html").stat().st_size
    details = data["data-details-0"][0]
    wanted = [each["text"] for visit in ledgers.oslo()["summary"]["visits"] for each in visit["evidence"]]
    assert [each["quote"] for visit in details["records"]["visits"] for each in visit["evidence"]] == wanted
    assert details["rejected"][0]["reasons"] == ["nobody travels"]
    assert data["data-details-0"][1]["error"]["hint"] == "Extract the text."


def test_records_and_fields_of_ones_own_are_carried(tmp_path: Path) -> None:
    row = ledgers.oslo()
    row["summary"] |= {"agreements": [{"subject": "fish", "evidence": []}], "mood": "warm"}
    row["summary"]["visits"][0]["cost"] = 9_007_199_254_740_993
    details = report_of([row], tmp_path)[1]["data-details-0"][0]
    assert details["own"]["agreements"][0]["subject"] == "fish"
    assert details["more"] == {"mood": "warm"}
    assert details["records"]["visits"][0]["cost"] == "9007199254740993"  # JavaScript would round it


def test_officials_are_one_only_where_name_and_country_are(tmp_path: Path) -> None:
    def official(name: str, country: str | None, title: str) -> dict[str, Any]:
        return {"name": name, "country": country, "titles": [title], "role": "minister", "tenure": "current"}

    named = [("Ana Reyes", "PER", "a"), ("ANA  Reyes", "PER", "b"), ("Ana Reyes", "CHL", "c"), ("Ana Reyes", None, "d")]
    rows = [ledgers.row(str(at), ledgers.summary(officials=[official(*each)])) for at, each in enumerate(named)]
    officials = report_of(rows, tmp_path)[1]["data-officials"]
    assert sorted((each["country"] or "", each["titles"]) for each in officials) == [
        ("", ["d"]),
        ("CHL", ["c"]),
        ("PER", ["a", "b"]),
    ]


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    ledger = ledgers.write(tmp_path / "ledger.jsonl", ledgers.many(40))
    for name in ("one.html", "two.html"):
        write_report(ledger, tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_limit_takes_the_latest_and_the_page_says_so(tmp_path: Path) -> None:
    rows = [*ledgers.many(30), ledgers.row("undated", ledgers.summary()), ledgers.failed("scan")]
    made, data = report_of(rows, tmp_path, limit=3)
    assert (made.articles, made.of) == (3, 32)
    assert [article["id"] for article in data["data-articles"]] == ["a27", "a28", "a29"]
    assert data["facts"]["selection"] is True
    assert re.search(
        r"A selection:</strong> this file holds 3 of the\s+32 articles", (tmp_path / "report.html").read_text("utf-8")
    )
    assert "A selection:" not in (report_of(rows, tmp_path) and (tmp_path / "report.html").read_text("utf-8"))


# ------------------------------------------------------------------------------------------------------------ texts


@pytest.mark.parametrize("form", ["txt", "jsonl", "zip", "utf-16"])
def test_a_text_is_found_where_it_came_from(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = {"txt": "oslo.txt", "jsonl": "news.jsonl:2", "zip": "news.zip/oslo.txt", "utf-16": "oslo.txt"}[form]
    line = json.dumps({"id": "x", "text": ledgers.OSLO})
    match form:
        case "txt" | "utf-16":
            Path("oslo.txt").write_text(ledgers.OSLO, encoding="utf-8" if form == "txt" else form)
        case "jsonl":
            Path("news.jsonl").write_text(f'{{"id": "w", "text": "other"}}\n{line}\n', encoding="utf-8")
        case _:
            with zipfile.ZipFile("news.zip", "w") as archive:
                archive.writestr("oslo.txt", ledgers.OSLO)
    made, data = report_of([ledgers.oslo(source=source)], tmp_path)
    assert made.texts == 1
    assert data["data-details-0"][0]["text"] == ledgers.OSLO


def test_a_text_is_found_in_a_field_of_another_name(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps({"words": ledgers.OSLO}) + "\n", encoding="utf-8")
    options = {"articles": tmp_path / "news.jsonl", "text_field": "words"}
    assert report_of([ledgers.oslo()], tmp_path, **options)[0].texts == 1


@pytest.mark.parametrize(
    "source",
    [
        "oslo.txt",
        "gone.txt",
        "",
        "item:1",
        "//host/share/a.txt",
        "\\\\host\\a",
        "a\0b",
        "x" * 5000,
        ".",
        "bad.jsonl:1",
        "bad.zip/a.txt",
    ],
)
def test_another_text_or_none_is_not_taken(tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("oslo.txt").write_text(ledgers.OSLO + " ", encoding="utf-8")
    Path("bad.jsonl").write_text("no json\n", encoding="utf-8")
    Path("bad.zip").write_text("no archive", encoding="utf-8")
    made, data = report_of([ledgers.oslo(source=source)], tmp_path)
    assert made.texts == 0
    assert data["data-details-0"][0]["text"] is None
    assert data["facts"]["without_text"] == 1


def test_the_source_of_a_row_may_be_a_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert report_of([ledgers.oslo(source=str(tmp_path / "pipe.txt"))], tmp_path)[0].texts == 0


# ----------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("out", "error", "says"),
    [
        ("report.pdf", ConfigurationError, "does not end in .html"),
        ("folder.html", ConfigurationError, "is a folder"),
        ("nowhere/report.html", ExportError, "there is no folder"),
        ("ledger.html", ConfigurationError, "take the place of its ledger"),
    ],
)
def test_an_output_that_cannot_be_is_named(tmp_path: Path, out: str, error: type[SummariseError], says: str) -> None:
    (tmp_path / "folder.html").mkdir()
    ledger = ledgers.write(tmp_path / "ledger.html", [ledgers.oslo()])
    with pytest.raises(error, match=re.escape(says)) as caught:
        write_report(ledger, tmp_path / out)
    assert caught.value.hint


def test_what_cannot_be_read_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("old", encoding="utf-8")
    (tmp_path / "ledger.jsonl").write_text("rubbish\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="line 1, is no ledger row"):
        write_report(tmp_path / "ledger.jsonl", out)
    ledger = ledgers.write(tmp_path / "ledger.jsonl", [ledgers.oslo()])
    with pytest.raises(ConfigurationError, match="cannot read"):
        write_report(ledger, out, articles=[tmp_path / "nowhere"])
    with pytest.raises(ConfigurationError, match="a report of 0 articles"):
        write_report(ledger, out, limit=0)
    assert out.read_text(encoding="utf-8") == "old"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(*_: object) -> Any:
        yield "<!DOCTYPE html>"
        raise OSError(28, "No space left on device")

    out = tmp_path / "report.html"
    out.write_text("old", encoding="utf-8")
    ledger = ledgers.write(tmp_path / "ledger.jsonl", [ledgers.oslo()])
    monkeypatch.setattr(write, "page", breaks_off)
    with pytest.raises(ExportError, match="No space left"):
        write_report(ledger, out)
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.jsonl", "report.html"]


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(ConfigurationError) as caught:
        write_report(ledgers.write(tmp_path / "ledger.jsonl", [ledgers.oslo()]), tmp_path / "report.html")
    assert caught.value.hint == "Install it with: pip install 'summarise[export]'"


def test_an_empty_ledger_gives_an_empty_report(tmp_path: Path) -> None:
    made, data = report_of([], tmp_path)
    assert (made.articles, made.of, data["data-visits"]) == (0, 0, [])


# ---------------------------------------------------------------------------------------------------------- command


class TestTheCommand:
    def run(self, *words: str | Path) -> Any:
        return CliRunner().invoke(main, ["report", *map(str, words)])

    def test_it_holds_as_much_as_the_function(self) -> None:
        (option,) = [each for each in main.commands["report"].params if each.name == "limit"]
        assert option.default == write.LIMIT

    def test_it_says_what_it_wrote(self, tmp_path: Path) -> None:
        (tmp_path / "oslo.txt").write_text(ledgers.OSLO, encoding="utf-8")
        ledger = ledgers.write(tmp_path / "ledger.jsonl", [ledgers.oslo(), ledgers.failed("scan")])
        result = self.run(ledger, tmp_path / "report.html", "--articles", tmp_path / "oslo.txt")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == f"{tmp_path}/report.html: 2 articles, 4 visits, 2 invitations, 1 official; 0.1 MB\n"

    def test_it_says_what_it_left_out_and_which_texts_are_missing(self, tmp_path: Path) -> None:
        ledger = ledgers.write(tmp_path / "ledger.jsonl", ledgers.many(3))
        result = self.run(ledger, tmp_path / "report.html", "--limit", "2")
        assert "2 of 3 articles (the latest)" in result.stdout
        assert "the texts of 2 articles were not at hand" in result.stderr
        assert "--articles PATH" in result.stderr

    @pytest.mark.parametrize(
        "words", [("nowhere.jsonl", "a.html"), (".", "a.html"), ("nowhere", "a.txt"), ("a", "b.html", "--limit", "0")]
    )
    def test_a_mistake_is_told_in_words(
        self, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        result = self.run(*words)
        assert result.exit_code == 2
        assert result.stderr.startswith("summarise: ")
        assert "Traceback" not in result.stderr

    def test_its_help_loads_nothing_that_takes_its_time(self) -> None:
        code = HELP_WITHOUT.format(loaded="('jinja2', 'pydantic')")
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "--articles" in done.stdout


# ----------------------------------------------------------------------------------------------------------- assets


def test_the_assets_are_all_used_and_end_no_element() -> None:
    folder = ROOT / "summarise" / "report" / "assets"
    assert {path.name for path in folder.iterdir()} == {*page.STYLES, *page.SCRIPTS, "page.html.jinja"}
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "\r" not in text
        if path.suffix != ".jinja":
            assert not re.search(r"</(script|style)|<!--", text, re.IGNORECASE), path.name
        if path.suffix == ".js":
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bfetch\(", text
            ), path.name
        assert len(text.splitlines()) < 400
