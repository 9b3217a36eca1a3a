"""The folder of part files that a cluster writes, and how readers of ledgers see it."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.corpus.cluster.known import is_another, is_kept, known_rows
from summarise.corpus.cluster.results import Results
from summarise.corpus.fingerprint import keeps
from summarise.corpus.items import SourceItem
from summarise.corpus.ledger import Entry, Ledger, LedgerRow, RowError, read_ledger
from summarise.errors import LedgerError
from summarise.evaluation import evaluate
from summarise.records import Usage


def row(id: str, status: str = "ok", **more: object) -> LedgerRow:
    made = {
        "id": id,
        "source": f"in.jsonl:{len(id)}",
        "status": status,
        "summary": {"visits": [{"country": "NOR"}], "summary": "Zürich “so”"} if status == "ok" else None,
        "error": None if status == "ok" else RowError(kind="BadReply", message="no\nline", hint=""),
        "usage": Usage(requests=1, input_tokens=1000, output_tokens=200, cost=0.25),
        "fingerprint": {"model": "m", "prompt": "p", "schema": "s", "article": id},
    }
    return LedgerRow.model_validate({**made, **more})


FORMS = pytest.mark.parametrize("name", ["out", "out.jsonl", "out.parquet"])


@FORMS
def test_rows_come_back_as_they_were_written(tmp_path: Path, name: str) -> None:
    rows = [row("a"), row("b", "failed"), row("c", usage=Usage())]
    with Results(tmp_path / "deep" / name) as results:
        for each in rows:
            results.append(each)
    assert list(read_ledger(tmp_path / "deep" / name)) == rows


@FORMS
def test_a_later_run_goes_on_in_another_part_and_its_rows_win(tmp_path: Path, name: str) -> None:
    with Results(tmp_path / name, rows_per_part=2) as results:
        for each in (row("a"), row("b", "failed"), row("c")):
            results.append(each)
    with Results(tmp_path / name, rows_per_part=2) as results:
        assert {id: entry.status for id, entry in results.entries.items()} == {"a": "ok", "b": "failed", "c": "ok"}
        results.append(row("b"))
    assert [(each.id, each.status) for each in read_ledger(tmp_path / name)] == [("a", "ok"), ("c", "ok"), ("b", "ok")]
    suffix = ".parquet" if name.endswith("parquet") else ".jsonl"
    parts = sorted(part.name for part in (tmp_path / name).iterdir() if not part.name.startswith("."))
    assert parts == [f"part-0000{number}{suffix}" for number in (1, 2, 3)]


@FORMS
def test_what_was_written_before_a_crash_is_there(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    results = Results(folder)
    results.append(row("a"))
    (part,) = (path for path in folder.iterdir() if path.suffix == ".jsonl")
    with part.open("ab") as file:
        file.write(b'{"id":"b","sour')
    results._lock.close()  # as the end of the process does
    assert results._part is not None
    results._part.close()
    assert [each.id for each in read_ledger(folder)] == ["a"]
    with Results(folder) as results:
        assert set(results.entries) == {"a"}
    assert [each.id for each in read_ledger(folder)] == ["a"]
    if name == "out.parquet":
        assert pyarrow.parquet.read_table(folder).column("id").to_pylist() == ["a"]
        assert not list(folder.glob("_*"))
    else:
        assert [json.loads(line)["id"] for line in part.read_text().splitlines()] == ["a"]


def test_a_part_that_was_finished_before_a_crash_is_not_counted_twice(tmp_path: Path) -> None:
    folder = tmp_path / "out.parquet"
    with Results(folder) as results:
        results.append(row("a"))
    with Ledger(folder / "_part-00001.jsonl") as abandoned:
        abandoned.append(row("a", "failed"))
    assert [each.status for each in read_ledger(folder)] == ["ok"]
    with Results(folder) as results:
        assert results.entries["a"].status == "ok"
    assert not list(folder.glob("_*"))


def test_two_runs_cannot_share_a_folder(tmp_path: Path) -> None:
    with Results(tmp_path / "out"), pytest.raises(LedgerError, match="another run is writing"):
        Results(tmp_path / "out")


def test_a_file_is_no_folder_and_a_strange_folder_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="is a file, and a cluster writes a folder") as caught:
        Results(tmp_path / "file")
    assert caught.value.hint
    (tmp_path / "empty").mkdir()
    with pytest.raises(LedgerError, match="there is no part of a ledger"):
        list(read_ledger(tmp_path / "empty"))
    pyarrow.parquet.write_table(pyarrow.table({"x": [1]}), tmp_path / "empty" / "other.parquet")
    with pytest.raises(LedgerError, match="no part of a ledger: it has no column 'id'"):
        list(read_ledger(tmp_path / "empty"))
    (tmp_path / "empty" / "other.parquet").write_bytes(b"PAR0")
    with pytest.raises(LedgerError, match=r"other\.parquet is no part of a ledger"):
        Results(tmp_path / "empty")


def test_one_machine_is_told_whose_folder_it_is(tmp_path: Path) -> None:
    with Results(tmp_path / "out") as results:
        results.append(row("a"))
    with pytest.raises(LedgerError, match="is a folder") as caught:
        Ledger(tmp_path / "out")
    assert "--cluster" in caught.value.hint
    (tmp_path / "empty").mkdir()
    with pytest.raises(LedgerError, match="is a folder") as caught:
        Ledger(tmp_path / "empty")
    assert "--cluster" not in caught.value.hint


def test_a_folder_is_evaluated_as_a_ledger_is(tmp_path: Path) -> None:
    gold = Path("tests/gold/seeds")
    with Results(tmp_path / "out.parquet") as results, Ledger(tmp_path / "out.jsonl") as ledger:
        for each in (row(path.stem, summary={"visits": []}) for path in sorted(gold.glob("*.json"))):
            results.append(each)
            ledger.append(each)
    folder, file = (evaluate(gold, tmp_path / name, resamples=10) for name in ("out.parquet", "out.jsonl"))
    assert folder.as_json().replace("out.parquet", "out.jsonl") == file.as_json()


prints = st.fixed_dictionaries(
    {"model": st.sampled_from("mn"), "prompt": st.just("p"), "schema": st.just("s"), "article": st.sampled_from("xy")},
    optional={"published": st.sampled_from(["2024-01-01", "2024-01-02"]), "settings": st.just("temperature=1.0")},
)


@given(prints, prints, st.booleans(), st.sampled_from(["ok", "failed"]))
def test_readers_keep_what_a_run_on_one_machine_keeps(
    before: dict[str, str], now: dict[str, str], refresh: bool, status: str
) -> None:
    entry = Entry.of(row("a", status, fingerprint=before), 0)
    reader = {name: value for name, value in now.items() if name not in ("article", "published")}
    (known,) = known_rows({"a": entry}, reader).values()
    assert is_kept(known, now, refresh) == keeps(entry, now, refresh)
    another = SourceItem("a", "other.jsonl:1", "text")
    assert is_another(known, another, now) == (before["article"] != now["article"])
    assert not is_another(known, SourceItem("a", "in.jsonl:9", "text"), now)
