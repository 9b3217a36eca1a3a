"""`to_frames`: the tables as data frames, with types that can be worked with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest

from benchmarks.made_ledger import rows as made_rows
from summarise import ArticleSummary, to_frames
from summarise.errors import ConfigurationError, LedgerError
from summarise.export.flatten import table_rows
from summarise.export.tables import OWN_RECORDS, TABLES
from tests.gold_ledgers import row, summary, visit, write_ledger
from tests.test_export import own_row

MADE = list(made_rows(300))
SEVEN = set(TABLES) - {OWN_RECORDS}


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_every_row_of_a_ledger_is_in_a_frame(backend: Any, tmp_path: Path) -> None:
    frames = to_frames(write_ledger(tmp_path / "ledger.jsonl", *MADE), backend=backend)
    assert set(frames) == SEVEN
    for name, frame in frames.items():
        wanted = [values for each in MADE for values in table_rows(each)[name]]
        assert len(frame) == len(wanted)
        assert tuple(frame.columns) == TABLES[name].names
        assert list(frame[TABLES[name].key[-1]]) == [values[len(TABLES[name].key) - 1] for values in wanted]


@pytest.mark.parametrize("rows", [MADE, []], ids=["full", "empty"])
def test_pandas_columns_have_their_types(rows: list[Any]) -> None:
    frames = to_frames(rows)
    visits, articles = frames["visits"], frames["articles"]
    assert str(visits["when_start_date"].dtype) == "datetime64[s]"
    assert isinstance(visits["when_start"].dtype, pandas.StringDtype)
    assert visits["leg"].dtype == articles["input_tokens"].dtype == pandas.Int64Dtype()
    assert articles["cost"].dtype == pandas.Float64Dtype()
    assert visits["visitors"].dtype == object
    if rows:
        known = visits["when_start_date"].notna()
        assert (visits["when_precision"][known] == "day").all()
        assert (visits["when_start_date"][known].dt.strftime("%Y-%m-%d") == visits["when_start"][known]).all()
        months = visits["when_start"].str.len() == 7
        assert months.any()
        assert visits["when_start_date"][months].isna().all()
        assert isinstance(visits["visitors"].iloc[0], list)


@pytest.mark.parametrize("rows", [MADE, []], ids=["full", "empty"])
def test_polars_columns_have_their_types(rows: list[Any]) -> None:
    visits = to_frames(iter(rows), backend="polars")["visits"]
    types = [visits.schema[name] for name in ("when_start_date", "when_start", "visitors", "leg")]
    assert types == [polars.Date, polars.String, polars.List(polars.String), polars.Int64]


def test_summaries_have_ids_by_their_text_or_number() -> None:
    told = ArticleSummary.model_validate(summary(visits=[visit()]))
    made = {"version": "1", "model": "m", "prompt_id": "p", "schema_id": "s", "article_id": "ab" * 32}
    with_text = ArticleSummary.model_validate({**summary(), "provenance": made})
    assert list(to_frames(told)["visits"]["article"]) == ["1"]
    assert list(to_frames([told, with_text])["articles"]["article"]) == ["1", "ab" * 8]


def test_records_of_ones_own_have_a_frame() -> None:
    frames = to_frames(own_row())
    assert set(frames) == {*SEVEN, OWN_RECORDS}
    assert list(frames[OWN_RECORDS]["type"]) == ["agreements"]


def test_parts_and_pieces_are_found_by_their_keys() -> None:
    frames = to_frames(MADE)
    both = frames["visits"].merge(frames["evidence"], on=["article", "visit"])
    assert set(zip(both["article"], both["visit"], strict=True)) == set(
        zip(frames["visits"]["article"], frames["visits"]["visit"], strict=True)
    )


def test_what_cannot_become_a_frame_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="no backend 'dask'"):
        to_frames([], backend="dask")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="number 1 is of the type int"):
        to_frames([1])  # type: ignore[list-item]
    with pytest.raises(LedgerError, match="cannot read the ledger"):
        to_frames(tmp_path / "none.jsonl")
    for backend, way in (("pandas", r"summarise\[export\]"), ("polars", "pip install polars")):
        monkeypatch.setitem(__import__("sys").modules, backend, None)
        with pytest.raises(ConfigurationError, match=f"need {backend}, which is not installed") as told:
            to_frames([row("a", None)], backend=backend)  # type: ignore[arg-type]
        assert re.search(way, told.value.hint)
        assert re.search(way, str(told.value))  # what a traceback shows
