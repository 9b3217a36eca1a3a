"""The contract with the model: what is sent, how a reply is read, and an id that changes when either does."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from summarise.errors import SchemaError
from summarise.records import ArticleSummary, DateSpan, Record
from summarise.schema.derive import derive
from summarise.schema.forms import Definitions, FieldForm, JsonObject, Many, Mention, Nested, RecordForm, unwrapped
from summarise.schema.strict import strict_faults
from summarise.schema.words import fields_text


@dataclass(frozen=True, slots=True, eq=False)
class ReplyContract:
    """What a summary class asks of a model. Made once per class by `contract`.

    `wire_schema`: the strict JSON schema to send. `schema_id`: `sha256:` and 16 hexadecimal digits; see `contract`.
    `schema_name`: 1 to 64 of `a-z A-Z 0-9 _ -`. `record_types`: the record class of each list of records in the
    summary, by field. `reply_model`: validates a reply whose `more` lists have been flattened. `fields_text`: the
    prompt's list of fields. `form`: the tree that all of these were made from.
    """

    summary: type[ArticleSummary]
    form: RecordForm
    wire_schema: JsonObject
    schema_id: str
    schema_name: str
    record_types: dict[str, type[Record]]
    reply_model: type[BaseModel]
    fields_text: str


@cache
def contract(summary: type[ArticleSummary] = ArticleSummary) -> ReplyContract:
    """The contract of a summary class, built at the first call and kept.

    The id is a hash over the wire schema and over everything that is said about the fields: docstrings, descriptions,
    bounds and defaults. The order of fields counts, since a model writes them in that order; derived fields do not.

    Raises `SchemaError`, naming model, field and the way on, if strict structured outputs cannot express a field.
    """
    form = derive(summary)
    wire = wire_schema(form)
    faults = strict_faults(wire)
    if faults:
        raise SchemaError(f"the schema of {summary.__name__} would be refused: {'; '.join(faults[:5])}")
    said = [[record.doc, *map(_said, record.fields)] for record in records_of(form)]
    return ReplyContract(
        summary=summary,
        form=form,
        wire_schema=wire,
        schema_id=f"sha256:{digest([wire, said])}",
        schema_name=_schema_name(summary.__name__),
        record_types={field.name: kind for field in form.fields if (kind := _record_type(field))},
        reply_model=form.reply_model,
        fields_text=fields_text(form, list(records_of(form))),
    )


def wire_schema(form: RecordForm) -> JsonObject:
    """The strict schema of a reply; what is referred to once stands in its place, the rest under `$defs`."""
    definitions = Definitions()
    root = form.wire(definitions)
    counts = Counter(_references([root, *definitions.nodes.values()]))
    once = {name: node for name, node in definitions.nodes.items() if counts[name] == 1}
    kept = {name: _inlined(node, once) for name, node in definitions.nodes.items() if name not in once}
    root = _inlined(root, once)
    return {**root, "$defs": kept} if kept else root


def digest(value: Any) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of canonical JSON (sorted keys, no spaces)."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def records_of(form: RecordForm) -> Iterator[RecordForm]:
    """A record form and all forms in it, each once, outermost first."""
    seen: list[RecordForm] = []
    waiting = [form]
    while waiting:
        record = waiting.pop(0)
        if record not in seen:
            seen.append(record)
            waiting += [inner for field in record.fields if (inner := _inner(field))]
    yield from seen


def _inner(field: FieldForm) -> RecordForm | None:
    form = unwrapped(field.form)
    return form.record if isinstance(form, Nested | Mention) else None


def _record_type(field: FieldForm) -> type[Record] | None:
    form = field.form
    item = form.item if isinstance(form, Many) else None
    if isinstance(item, Nested) and issubclass(item.record.record, Record) and item.record.record is not DateSpan:
        return item.record.record
    return None


def _said(field: FieldForm) -> list[str]:
    return [field.name, field.description, field.form.allowed, field.default_words]


def _schema_name(class_name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()
    return re.sub(r"[^a-z0-9_]", "_", words)[:64]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and "$ref" in node:
        yield _name(node)
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _references(child)


def _inlined(node: Any, once: dict[str, JsonObject]) -> Any:
    if isinstance(node, list):
        return [_inlined(child, once) for child in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and _name(node) in once:
        return _inlined(once[_name(node)], once)
    return {key: _inlined(child, once) for key, child in node.items()}


def _name(reference: JsonObject) -> str:
    return str(reference["$ref"]).removeprefix("#/$defs/")
