"""Schemas as files: written, checked against the records, and two versions compared by what a change breaks."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

from summarise.records import ArticleSummary
from summarise.schema.contract import contract, digest
from summarise.schema.forms import JsonObject

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REPLY_FILE = "reply.schema.json"
RECORD_FILE = "record.schema.json"


def record_schema(summary: type[ArticleSummary] = ArticleSummary) -> JsonObject:
    """The JSON Schema (draft 2020-12) of a stored summary; its `$id` is a hash over its content."""
    schema = summary.model_json_schema(mode="serialization")
    return {"$schema": DIALECT, "$id": f"urn:summarise:record:{digest(schema)}", **schema}


def reply_schema_file(summary: type[ArticleSummary] = ArticleSummary) -> JsonObject:
    """The wire schema as it is stored: with its dialect and the schema id of the contract."""
    made = contract(summary)
    identity = made.schema_id.removeprefix("sha256:")
    return {"$schema": DIALECT, "$id": f"urn:summarise:reply:{identity}", **made.wire_schema}


def write(summary: type[ArticleSummary], directory: Path) -> list[Path]:
    """Writes `reply.schema.json` and `record.schema.json`, and returns their paths.

    The directory is made if it is not there. Raises `SchemaError` as `contract` does, and `OSError`.
    """
    texts = _texts(summary)
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8", newline="\n")
    return [directory / name for name in texts]


def check(summary: type[ArticleSummary], directory: Path) -> list[str]:
    """The lines of a unified diff from the files as they are to the files as they should be; [] when they agree.

    A missing file counts as an empty one, a damaged one is shown as it is.
    """
    lines: list[str] = []
    for name, text in _texts(summary).items():
        path = directory / name
        stored = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
        if stored != text:
            names = (str(path), f"{name} as it should be")
            changed = list(difflib.unified_diff(stored.splitlines(), text.splitlines(), *names, lineterm=""))
            lines += changed or [f"{path}: the line ends differ"]
    return lines


def _texts(summary: type[ArticleSummary]) -> dict[str, str]:
    schemas = {REPLY_FILE: reply_schema_file(summary), RECORD_FILE: record_schema(summary)}
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}
