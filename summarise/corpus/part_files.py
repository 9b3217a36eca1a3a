"""A ledger in parts: a folder of `part-00001.jsonl` or `part-00001.parquet` and so on, in the order of their names.

A row in parquet has the keys of a row in JSON Lines; its summary is JSON text, because summaries of every schema and
version go into one file, and its fingerprint a map. A name with `_` before it is of a part that is not finished: what
reads folders of parquet passes over it, and rows in it count here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from summarise.corpus.parquet import needed_pyarrow

_ROWS_AT_A_TIME = 256


def parts_of(folder: Path) -> list[Path]:
    """The files that hold the rows, oldest first; of an unfinished part and the finished one of its name the latter."""
    found: dict[str, Path] = {}
    for path in folder.iterdir():
        name = path.name.removeprefix("_")
        if path.suffix in (".jsonl", ".parquet") and not name.startswith((".", "_")) and path.is_file():
            stem = Path(name).stem
            if stem not in found or not path.name.startswith("_"):
                found[stem] = path
    return [found[stem] for stem in sorted(found)]


def table_of(rows: Iterable[Mapping[str, Any]]) -> Any:
    """A pyarrow table of ledger rows, given as they are in JSON."""
    pyarrow = needed_pyarrow()
    columns = {name: [] for name in _schema(pyarrow).names}  # type: dict[str, list[object]]
    for row in rows:
        summary = row["summary"]
        columns["id"].append(row["id"])
        columns["source"].append(row["source"])
        columns["status"].append(row["status"])
        columns["summary"].append(None if summary is None else json.dumps(summary, ensure_ascii=False))
        columns["error"].append(row["error"])
        columns["usage"].append(row["usage"])
        columns["fingerprint"].append(list(row["fingerprint"].items()))
    return pyarrow.table(columns, schema=_schema(pyarrow))


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write the rows as one file. Raises `OSError`, and `ConfigurationError` without pyarrow."""
    pyarrow = needed_pyarrow()
    with pyarrow.parquet.ParquetWriter(path, _schema(pyarrow), compression="zstd") as writer:
        group: list[Mapping[str, Any]] = []
        for row in rows:
            group.append(row)
            if len(group) == _ROWS_AT_A_TIME:
                writer.write_table(table_of(group))
                group = []
        writer.write_table(table_of(group))


def parquet_ids(path: Path) -> list[str]:
    """The id of every row. Raises `OSError` or `ValueError` for a file that is none of ours."""
    with _opened(path) as file:
        if "id" not in file.schema_arrow.names:
            raise ValueError("it has no column 'id'")
        ids: list[str] = file.read(columns=["id"]).column("id").to_pylist()
        return ids


def parquet_rows(path: Path, places: Collection[int]) -> Iterator[dict[str, Any]]:
    """The rows at these places, counted from 0, as they would be in JSON. Raises as `parquet_ids` does."""
    number = 0
    with _opened(path) as file:
        for batch in file.iter_batches(_ROWS_AT_A_TIME, use_threads=False):
            for row in batch.to_pylist():
                if number in places:
                    yield _as_json(row)
                number += 1


def _as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    summary = row.get("summary")
    return {
        **row,
        "summary": None if summary is None else json.loads(summary),
        "fingerprint": dict(row.get("fingerprint") or ()),
    }


def _opened(path: Path) -> Any:
    pyarrow = needed_pyarrow()
    try:
        return pyarrow.parquet.ParquetFile(path)
    except pyarrow.ArrowException as problem:
        raise ValueError(str(problem)) from problem


def _schema(pyarrow: Any) -> Any:
    text, whole = pyarrow.string(), pyarrow.int64()
    tokens = [(f"{kind}_tokens", whole) for kind in ("input", "cached", "output")]
    return pyarrow.schema(
        [
            ("id", text),
            ("source", text),
            ("status", text),
            ("summary", text),
            ("error", pyarrow.struct([("kind", text), ("message", text), ("hint", text)])),
            ("usage", pyarrow.struct([("requests", whole), *tokens, ("cost", pyarrow.float64())])),
            ("fingerprint", pyarrow.map_(text, text)),
        ]
    )
