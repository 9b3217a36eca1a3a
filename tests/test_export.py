"""`summarise export`: every format read back by its own tool, with the counts and keys that the ledger has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise import ArticleSummary, export_ledger, read_ledger
from summarise.corpus.ledger import LedgerRow
from summarise.export.csv_folder import FORMULA_STARTS, harmless, plain
from summarise.export.flatten import table_rows
from summarise.export.formats import format_of
from summarise.export.tables import OWN_RECORDS, TABLES, TableRows, Value, no_rows
from tests.export.ledgers import Exports, made_exports, seed_exports
from tests.export_readers import ALL_READERS, READERS
from tests.gold_ledgers import write_ledger
from tests.own_records import TradeSummary

Exported = Callable[[], Exports]
both = pytest.mark.parametrize("exported", [seed_exports, made_exports])
every_format = pytest.mark.parametrize("suffix", READERS)


def of(rows: Iterator[LedgerRow] | list[LedgerRow]) -> TableRows:
    """What the tables should hold."""
    found = no_rows()
    for row in rows:
        for name, values in table_rows(row).items():
            found[name] += values
    return found


def ordered(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=repr)


def as_in(suffix: str, rows: TableRows) -> TableRows:
    """The same as the format holds it: a blank cell is no text, a workbook has no lists and no control characters."""
    return {name: [tuple(_as_in(suffix, cell) for cell in row) for row in values] for name, values in rows.items()}


def _as_in(suffix: str, cell: Value) -> Value:
    if suffix == ".xlsx":
        cell = "; ".join(cell) if isinstance(cell, list) else cell
        if isinstance(cell, str):
            text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "_x005F_x000D_")
            return re.sub("[\x00-\x08\x0b-\x1f]", "\ufffd", text) or None
    return None if cell == "" and suffix in (".csv", ".xlsx") else cell


# --------------------------------------------------------------------------------------------- what stands in the files


@both
@every_format
def test_a_format_read_back_has_the_counts_and_keys_of_the_ledger(exported: Exported, suffix: str) -> None:
    exports = exported()
    counts, found = exports.read(suffix)
    assert counts == {name: len(values) for name, values in found.items() if name != OWN_RECORDS}
    numbers, keys = _told_by(exports.ledger)
    assert numbers == {name: counts[name] for name in numbers}
    assert keys == {name: {row[:2] for row in found[name]} for name in keys}
    assert {row[0]: row[2] for row in found["articles"]} == {row.id: row.status for row in read_ledger(exports.ledger)}


def _told_by(ledger: Path) -> tuple[Counter[str], dict[str, set[Any]]]:
    """Counts and keys, read off the ledger itself."""
    numbers: Counter[str] = Counter()
    keys: dict[str, set[Any]] = {"visits": set(), "invitations": set(), "officials": set()}
    for row in read_ledger(ledger):
        numbers["articles"] += 1
        summary = row.parsed(ArticleSummary)
        if summary is None:
            continue
        numbers["concerns"] += len(summary.concerns)
        for visit in summary.visits:
            numbers["parties"] += len(visit.visitors) + len(visit.hosts)
        for invitation in summary.invitations:
            numbers["parties"] += len(invitation.inviters) + len(invitation.invitees)
        for name in keys:
            for record in getattr(summary, name):
                numbers["evidence"] += len(record.evidence)
                keys[name].add((row.id, record.id))
    return numbers + Counter({name: len(found) for name, found in keys.items()}), keys


@both
@every_format
def test_a_format_read_back_has_every_value_in_every_cell(exported: Exported, suffix: str) -> None:
    exports = exported()
    (_, found), wanted = exports.read(suffix), as_in(suffix, of(read_ledger(exports.ledger)))
    assert set(found) >= set(TABLES) - {OWN_RECORDS}
    for name, values in found.items():
        assert ordered(values) == ordered(wanted[name]), name


def test_pandas_reads_the_files_without_help() -> None:
    exports = seed_exports()
    frames = [
        pandas.read_csv(exports.out(".csv") / "visits.csv", parse_dates=["when_start_date", "when_not_after"]),
        pandas.read_parquet(exports.out(".parquet") / "visits.parquet"),
        pandas.read_excel(exports.out(".xlsx"), sheet_name="visits"),
    ]
    wanted = [list(row[:2]) for row in of(read_ledger(exports.ledger))["visits"]]
    for frame in frames:
        assert frame[["article", "visit"]].values.tolist() == wanted
        days = pandas.to_datetime(frame["when_start_date"]).dropna()
        assert date(2024, 6, 19) in {day.date() for day in days}


@every_format
def test_an_empty_ledger_gives_empty_tables(suffix: str, tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "ledger.jsonl")
    ((out, counts),) = export_ledger(ledger, tmp_path / f"out{suffix}").items()
    assert counts == dict.fromkeys(set(TABLES) - {OWN_RECORDS}, 0)
    found = READERS[suffix](out)
    assert {name for name in found if name != OWN_RECORDS} == set(counts)
    assert not any(found.values())


@every_format
def test_records_of_ones_own_come_along(suffix: str, tmp_path: Path) -> None:
    row = own_row()
    ((out, counts),) = export_ledger(write_ledger(tmp_path / "ledger.jsonl", row), tmp_path / f"out{suffix}").items()
    found = READERS[suffix](out)
    assert counts[OWN_RECORDS] == len(found[OWN_RECORDS]) == 1
    article, id, kind, fields = found[OWN_RECORDS][0][:4]
    assert (article, id, kind) == ("a", "a1", "agreements")
    assert '"subject": "fish"' in str(fields)
    named = [dict(zip(TABLES["parties"].names, party, strict=True)) for party in found["parties"]]
    assert [(party["own_record"], party["part"], party["name"]) for party in named if party["own_record"]] == [
        ("a1", "signatories", "Peru"), ("a1", "signatories", "Norway"),
    ]  # fmt: skip
    told = [dict(zip(TABLES["evidence"].names, piece, strict=True)) for piece in found["evidence"]]
    assert [(piece["visit"], piece["own_record"], piece["text"]) for piece in told] == [
        ("v1", None, "They flew."), (None, "a1", "They signed."),
    ]  # fmt: skip
    assert '"tone": "friendly"' in str(found["articles"][0][-1])
    assert '"delegation_size": 7' in str(found["visits"][0][-1])


def own_row() -> LedgerRow:
    """A row of a user's own schema."""
    parties = [{"name": name, "kind": "government", "title": None, "country": None} for name in ("Peru", "Norway")]
    evidence = {"sentence": 1, "start": 0, "end": 10}
    summary = TradeSummary.model_validate(
        {
            "officials": [], "invitations": [], "summary": "", "tone": "friendly",
            "visits": [{
                "id": "v1", "visitors": parties[:1], "country": "NOR", "when": {}, "status": "planned",
                "focus": "main", "evidence": [{**evidence, "text": "They flew."}], "delegation_size": 7,
            }],
            "agreements": [{
                "id": "a1", "signatories": parties, "subject": "fish", "signed": {"start": "2024"},
                "evidence": [{**evidence, "text": "They signed."}],
            }],
        }
    )  # fmt: skip
    return LedgerRow(id="a", source="a.txt", status="ok", summary=summary.model_dump(mode="json"))


def test_the_folder_of_a_cluster_run_is_a_ledger_too(tmp_path: Path) -> None:
    from summarise.corpus.part_files import write_parquet

    folder = tmp_path / "parts"
    folder.mkdir()
    write_ledger(folder / "part-00001.jsonl", *made_exports().rows[:3])
    write_parquet([row.model_dump(mode="json") for row in made_exports().rows[3:6]], folder / "part-00002.parquet")
    ((out, counts),) = export_ledger(folder, tmp_path / "out.sqlite").items()
    assert counts["articles"] == 6
    assert {row[0] for row in READERS[".sqlite"](out)["articles"]} == {row.id for row in made_exports().rows[:6]}


# ------------------------------------------------------------------------------------------------- whatever it may hold

NAMES = """
    id name kind country visitors visitor evidence sentence text start end when precision visit invitation leg sources
    path places published other
""".split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)
FIELDS = ["visits", "invitations", "officials", "concerns", "rejected", "own", "published", "provenance", "agencies"]
SUMMARIES = st.dictionaries(st.sampled_from(FIELDS), st.lists(JSON, max_size=3) | JSON, max_size=5)


@given(SUMMARIES)
def test_a_ledger_may_hold_anything_and_keys_stay_keys(summary: dict[str, Any]) -> None:
    row = LedgerRow.model_construct(id="a\0", source="s", status="ok", summary=summary, error=None)
    found = table_rows(row)
    known = {name: {values[: len(TABLES[name].key)] for values in rows} for name, rows in found.items()}
    for name, table in TABLES.items():
        assert all(len(values) == len(table.columns) for values in found[name])
        assert len(known[name]) == len(found[name]), name
        for values in found[name]:
            cells = dict(zip(table.names, values, strict=True))
            for link in table.links:
                pointed = tuple(cells[column] for column in link.columns)
                assert None in pointed or pointed in known[link.table]
            for column in table.columns:
                assert _fits(column.kind, cells[column.name]), (name, column, cells[column.name])


def _fits(kind: str, cell: Any) -> bool:
    match kind:
        case "texts":
            return isinstance(cell, list) and all(_fits("text", each) for each in cell)
        case "text" | "day" if isinstance(cell, str):
            cell.encode()
            return "\0" not in cell and (kind == "text" or len(cell) == 10)
        case "whole":
            return cell is None or (type(cell) is int and abs(cell) < 2**63)
        case "real":
            return cell is None or (type(cell) is float and cell == cell)
    return cell is None


ARTICLE_IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)


@settings(max_examples=12)
@given(st.lists(st.tuples(ARTICLE_IDS, SUMMARIES), max_size=3, unique_by=lambda one: one[0]))
def test_every_format_takes_whatever_a_ledger_may_hold(articles: list[tuple[str, dict[str, Any]]]) -> None:
    rows = [LedgerRow.model_construct(id=id, source="", status="ok", summary=one, error=None) for id, one in articles]
    with TemporaryDirectory() as place:
        for suffix, read in ALL_READERS.items():
            out = Path(place, f"out{suffix}")
            counts = format_of(out).writer()(iter(rows), out)
            found = read(out)
            if suffix in READERS:
                assert counts["articles"] == len(found["articles"]) == len(rows)
            else:
                assert len(found) == sum(number for kind, number in counts.items() if " " not in kind)


@pytest.mark.parametrize("start", [*FORMULA_STARTS, "'=", "''+"])
def test_what_begins_like_a_formula_is_harmless_and_comes_back(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    assert harmless(text) == f"'{text}"
    assert plain(harmless(text)) == text


@given(st.text(alphabet="'=+-@\t\ra 1＝", max_size=6))
def test_every_text_comes_back_from_its_harmless_form(text: str) -> None:
    assert plain(harmless(text)) == text
    assert harmless(text)[:1] not in FORMULA_STARTS or not text


@pytest.mark.parametrize("text", ["", "plain", "'quoted'", "5 = 5", " -", "(-1)", "’=", "2024-03-11"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text == plain(text)
