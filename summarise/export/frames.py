"""The tables of an export as data frames, pandas or polars."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Literal

from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.errors import ConfigurationError
from summarise.export.batches import batches
from summarise.export.columns import days
from summarise.export.tables import OWN_RECORDS, TABLES, Kind, Table, Values, no_rows
from summarise.records import ArticleSummary

Backend = Literal["pandas", "polars"]
Rows = str | os.PathLike[str] | LedgerRow | ArticleSummary | Iterable[LedgerRow | ArticleSummary]

_ID_DIGITS = 16  # of the text's sha256, as `summarise_corpus` calls an article without an id


def to_frames(rows_or_ledger: Rows, *, backend: Backend = "pandas") -> dict[str, Any]:
    """The tables articles, visits, invitations, officials, parties, evidence and concerns as data frames, by name.

    `rows_or_ledger` is the path of a ledger, its rows, or summaries; a summary alone is called by the beginning of its
    text's sha256, else by its number. Days that are known are dates (`datetime64`, else NaT), beside the date as far as
    it is known as text; numbers that may be missing are `Int64` and `Float64`, several texts a list. There is also
    `own_records` where a summary has record types of one's own.

    Raises `ConfigurationError` for another backend or one that is not installed, `LedgerError` for what is no ledger.
    """
    module = _needed(backend)
    found = no_rows()
    for batch in batches(_rows(rows_or_ledger), Counter()):
        for name, values in batch.items():
            found[name] += values
    make = _pandas_frame if backend == "pandas" else _polars_frame
    return {name: make(module, TABLES[name], values) for name, values in found.items() if values or name != OWN_RECORDS}


def _needed(backend: str) -> Any:
    if backend not in ("pandas", "polars"):
        raise ConfigurationError(f"there is no backend {backend!r}", hint="Give 'pandas' or 'polars'.")
    try:
        if backend == "pandas":
            import pandas

            return pandas
        return import_module(backend)  # no part of the extra: for those who have it
    except ImportError as problem:
        package = "'summarise[export]'" if backend == "pandas" else "polars"
        raise ConfigurationError(
            f"data frames need {backend}, which is not installed ({problem}): pip install {package}",
            hint=f"Install it with: pip install {package}",
        ) from problem


def _rows(given: Rows) -> Iterator[LedgerRow]:
    if isinstance(given, str | os.PathLike):
        yield from read_ledger(given)
        return
    for number, one in enumerate([given] if isinstance(given, LedgerRow | ArticleSummary) else given, start=1):
        if isinstance(one, LedgerRow):
            yield one
        elif isinstance(one, ArticleSummary):
            yield _row_of(one, number)
        else:
            raise ConfigurationError(
                f"number {number} is of the type {type(one).__name__}, no row and no summary",
                hint="Give the path of a ledger, its rows, or summaries.",
            )


def _row_of(summary: ArticleSummary, number: int) -> LedgerRow:
    made = summary.provenance
    id = made.article_id[:_ID_DIGITS] if made else str(number)
    stored = summary.model_dump(mode="json")
    return LedgerRow(id=id, source="", status="ok", summary=stored, **({"usage": made.usage} if made else {}))


def _columns(table: Table, rows: list[Values]) -> Iterator[tuple[str, Kind, list[Any]]]:
    values = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    for column, cells in zip(table.columns, values, strict=True):
        yield column.name, column.kind, days(cells) if column.kind == "day" else list(cells)


def _pandas_frame(pandas: Any, table: Table, rows: list[Values]) -> Any:
    types = {"text": "str", "texts": "object", "day": "datetime64[s]", "whole": "Int64", "real": "Float64"}
    return pandas.DataFrame(
        {name: pandas.Series(cells, dtype=types[kind]) for name, kind, cells in _columns(table, rows)}
    )


def _polars_frame(polars: Any, table: Table, rows: list[Values]) -> Any:
    types = {
        "text": polars.String,
        "texts": polars.List(polars.String),
        "day": polars.Date,
        "whole": polars.Int64,
        "real": polars.Float64,
    }
    columns = list(_columns(table, rows))
    return polars.DataFrame(
        {name: cells for name, _, cells in columns}, schema={name: types[kind] for name, kind, _ in columns}
    )
