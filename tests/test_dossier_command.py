"""`summarise dossier`, its files, and the overrides."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from summarise import Dossier, LedgerRow, build_dossier
from summarise.cli import main
from summarise.dossier import write_dossier
from summarise.errors import ConfigurationError, ExportError
from tests.dossier_corpus import corpus
from tests.dossier_rows import REYES, asked, official, people_of, row, trips_of, visit

ROWS = [
    row("a/1", "2024-05-01", visits=[visit("confirmed", "2024-05-06")], officials=[official("Ana Reyes")]),
    row("b", "2024-05-09", visits=[visit("completed", "2024-05-06")], officials=[official("Ana Reyes")]),
    row("c", "2024-05-10", visits=[visit("completed", "2024-05-01")], officials=[official("Ana Reyes", country="CHL")]),
]


def save(rows: list[LedgerRow], path: Path) -> Path:
    path.write_text("".join(each.model_dump_json() + "\n" for each in rows), encoding="utf-8")
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return save(ROWS, tmp_path / "ledger.jsonl")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["dossier", *map(str, arguments)])


# --------------------------------------------------------------------------------------------------------------- files


def test_json_is_the_public_model(ledger: Path, tmp_path: Path) -> None:
    result = run(ledger, tmp_path / "out.json")
    assert (result.exit_code, "2 trips" in result.output) == (0, True)
    read = Dossier.model_validate_json((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert read == build_dossier(ledger)


def test_markdown_tells_each_report_with_its_sentence(ledger: Path, tmp_path: Path) -> None:
    assert run(ledger, tmp_path / "out.MD").exit_code == 0
    page = (tmp_path / "out.MD").read_text(encoding="utf-8")
    for key in ("a/1#v1", "b#v1", "c#v1"):
        assert f"`{key}`" in page
    assert page.count("“Said” (sentence 1)") == 3
    assert "### Ana Reyes (PER) to Norway, 2024-05-06" in page
    assert "the days differ: 2024-05-01 and 2024-05-06" in page


HOSTILE = [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![](http://evil.example/x)", "`</code><img src=x>`",
    "a\n\n# heading\n\n- list", "| a | b |", "evil\u202etxt.exe", "&lt;b&gt;", "<http://evil.example>",
    "http://evil.example/", "***",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str, tmp_path: Path) -> None:
    sentence = [{"sentence": 1, "start": 0, "end": len(text), "text": text}]
    one = visit(
        "completed", "2024-05-06", visitors=[{**REYES, "name": text}], evidence=sentence, places=[text], caveat=text
    )
    invitation = asked(evidence=sentence, inviters=[{**REYES, "name": text}])
    rows = [
        row(text, "2024-05-01", visits=[one], invitations=[invitation], officials=[official(text, titles=[text])]),
        row("b", "2024-05-01", visits=[one], more={"headline": text, "outlet": text}),
    ]
    write_dossier(build_dossier(rows), tmp_path / "out.md")
    write_dossier(build_dossier(rows), tmp_path / "out.json")
    page = (tmp_path / "out.md").read_text(encoding="utf-8")
    assert "\u202e" not in page
    tokens = [child for token in MarkdownIt("commonmark").parse(page) for child in (token, *(token.children or ()))]
    kinds = {token.type for token in tokens}
    assert kinds.isdisjoint({"html_inline", "html_block", "link_open", "image", "fence", "code_block", "hr"})
    headings = [token for token in tokens if token.type == "heading_open"]
    assert len([token for token in headings if token.tag == "h1"]) == 1


def test_a_file_that_cannot_be_written_leaves_the_old_one(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    broken = build_dossier(ROWS).model_copy(update={"failed": object()})
    with pytest.raises(Exception, match="serialize"):
        write_dossier(broken, out)
    assert out.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["ledger.jsonl", "out.json"]


def test_what_the_disk_refuses_is_an_export_error(tmp_path: Path) -> None:
    out = tmp_path / f"{'x' * 300}.json"
    with pytest.raises(ExportError, match="File name too long"):
        write_dossier(build_dossier([]), out)
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_one(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "out.json").symlink_to("real.json")
    assert run(ledger, tmp_path / "out.json").exit_code == 0
    assert (tmp_path / "out.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["trips"]


def test_rights_of_the_file_are_kept_and_new_ones_follow_the_mask(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    out.chmod(0o600)
    assert run(ledger, out).exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    mask = os.umask(0o027)
    try:
        assert run(ledger, tmp_path / "new.json").exit_code == 0
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ledger.jsonl", "out.pdf"], "its suffix is .pdf"),
        (["ledger.jsonl", "out"], "its suffix is missing"),
        (["ledger.jsonl", "no/out.json"], "there is no folder no"),
        (["ledger.jsonl", "folder.md"], "it is a folder"),
        (["absent.jsonl", "out.json"], "cannot read the ledger"),
        (["text.json", "out.json"], "no ledger row"),
        (["ledger.jsonl", ""], "an empty path"),
        (["same.json", "same.json"], "the ledger itself"),
        (["ledger.jsonl", "out.json", "--overrides", "absent.json"], "cannot read the overrides"),
        (["ledger.jsonl", "out.json", "--overrides", "text.json"], "holds no overrides"),
        (["ledger.jsonl", "out.json", "--overrides", "bytes.toml"], "not in UTF-8"),
        (["ledger.jsonl", "out.json", "--overrides", "prose.toml"], "is no TOML"),
    ],
)
def test_a_users_mistake_is_named(
    arguments: list[str], said: str, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "text.json").write_text("[1]\n")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "prose.toml").write_text("these two are one")
    save(ROWS, tmp_path / "same.json")
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "hint:" in result.output
    assert not (tmp_path / "out.json").exists()


def test_an_empty_ledger_gives_an_empty_dossier(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert run(tmp_path / "empty.jsonl", tmp_path / "out.md").exit_code == 0
    assert "0 articles" in (tmp_path / "out.md").read_text()
    write_dossier(build_dossier([]), tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["trips"] == []


# ----------------------------------------------------------------------------------------------------------- overrides


def test_a_merge_is_undone_and_forced() -> None:
    assert trips_of(*ROWS) == [{"a/1#v1", "b#v1"}, {"c#v1"}]
    assert trips_of(*ROWS, overrides={"apart": [["a/1#v1", "b#v1"]]}) == [{"a/1#v1"}, {"b#v1"}, {"c#v1"}]
    assert trips_of(*ROWS, overrides={"together": [["c#v1", "a/1#v1"]]}) == [{"a/1#v1", "b#v1", "c#v1"}]
    assert people_of(*ROWS, overrides={"together": [["a/1#o1", "c#o1"]]})[0] == {"a/1#o1", "b#o1", "c#o1"}
    people = {"apart": [["a/1#o1", "b#o1"]]}
    assert people_of(*ROWS, overrides=people)[:2] == [{"a/1#o1", "c#v1.visitors.1"}, {"b#o1"}]
    assert len(trips_of(*ROWS, overrides=people)) == 3  # of two people now


def test_what_is_forced_says_so() -> None:
    made = build_dossier(ROWS, overrides={"together": [["c#v1", "a/1#v1"]]})
    joined = {report.key: report.joined.rule for leg in made.trips[0].legs for report in leg.reports if report.joined}
    assert joined == {"b#v1": "same_days", "c#v1": "override"}


def test_a_pair_is_kept_apart_in_a_large_group() -> None:
    truth = corpus(120, 3)
    before = build_dossier(truth.rows)
    largest = max((leg for trip in before.trips for leg in trip.legs), key=lambda leg: len(leg.reports))
    one, other = largest.reports[0].key, largest.reports[-1].key
    after = trips_of(*truth.rows, overrides={"apart": [[one, other]]})
    assert not any({one, other} <= keys for keys in after)
    assert max(map(len, after)) >= len(largest.reports) / 2


def test_json_and_toml_say_the_same(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "o.toml").write_text('apart = [["a/1#v1", "b#v1"]]')
    (tmp_path / "o.json").write_text('{"apart": [["a/1#v1", "b#v1"]]}')
    one, other = (build_dossier(ledger, overrides=tmp_path / name) for name in ("o.toml", "o.json"))
    assert one == other
    assert len(one.trips) == 3


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"apart": [["a/1#v1", "x#v9"]]}, "x#v9"),
        ({"together": [["a/1#v1", "b#o1"]]}, "mix persons, visits"),
        ({"together": [["a/1#v1", "b#v1"]], "apart": [["b#v1", "a/1#v1"]]}, "are one, and that they are not"),
        ({"merge": []}, "merge: Extra inputs"),
        ({"apart": ["a/1#v1"]}, "apart.0"),
        ({"apart": [["a/1#v1"]]}, "two different keys"),
        ({"apart": [["a/1#v1", "a/1#v1"]]}, "two different keys"),
        ({"apart": [["a/1#v1", 3]]}, "apart.0.1"),
    ],
)
def test_overrides_that_cannot_be_obeyed_are_refused_by_name(overrides: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        build_dossier(ROWS, overrides=overrides)
    assert said in caught.value.message
    assert caught.value.hint
