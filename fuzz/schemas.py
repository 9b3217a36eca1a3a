"""Generating schemas: of any record models comes a strict schema or, at once, an error of ours that names the field.

A schema that is made is accepted by our strict checker and, as a schema, by two independent validators; models whose
fields can all be expressed are not refused, those with one that cannot be are. What the schema allows is read: without
a fault, unless a bound speaks that strict schemas cannot state. What is read without repair can be said in a reply
that the validators accept. And the judge, given such a reply, comes to a verdict on it, whatever the model.

An input is a sequence of choices of hypothesis, which makes model and replies of it (`fuzz.models`).
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from fuzz.models import Made, replies, summaries
from fuzz.mutation import changed
from fuzz.target import Seeds, Target
from summarise.article import read_article
from summarise.errors import SchemaError
from summarise.judge import fields as judged_fields
from summarise.judge import judge
from summarise.schema import contract, flatten, record_schema, strict_faults, validate
from summarise.schema.forms import FieldForm, Form, Many, Mention, Nested, Nullable, RecordForm

ARTICLE = read_article("LIMA, 8 April 2024. President Elena Rojas flew to Lima on 11 April 2024. She met abc.")
KEPT = 200
"""Models after which those that are remembered are forgotten; a program has a few, for good."""


def check_model(made: Made, data: st.DataObject, *, slowly: bool = False) -> None:
    """What holds of a model and of replies to it. Raises `AssertionError`.

    `slowly`: the schemas themselves are checked by both validators; the second takes a hundred times as long.
    """
    _forget()
    try:
        asked = contract(made.model)
    except SchemaError as problem:
        assert not made.can_be_asked, f"refused without need: {problem}"
        assert "cannot be asked for" in str(problem) or "has no field to ask for" in str(problem), str(problem)
        assert problem.hint
        return
    assert made.can_be_asked, "not refused"
    wire = asked.wire_schema
    assert json.loads(json.dumps(wire)) == wire
    assert strict_faults(wire) == []
    for schema in (wire, record_schema(made.model)):
        jsonschema_rs.meta.validate(schema)
        if slowly:
            Draft202012Validator.check_schema(schema)
    assert asked.fields_text.strip()
    valid = jsonschema_rs.validator_for(wire)
    said = data.draw(replies(wire))
    assert valid.is_valid(said)
    assert Draft202012Validator(wire).is_valid(said)
    _check_read(made, said, strictly=True)
    likely = st.sampled_from(["Rojas", 1, 0.5, "PER", {"text": "11 April 2024", "date": "2024-04-11"}, True, "1", None])
    chance = data.draw(st.integers(0, 2**32 - 1))
    odd = changed(said, Random(chance), lambda: data.draw(likely), most=3)
    _check_read(made, odd, strictly=False)


def _check_read(made: Made, said: Any, *, strictly: bool) -> None:
    asked = contract(made.model)
    flat = flatten(said, asked)
    read = validate(flat.value, asked)
    assert (read.reply is None) == bool(read.faults)
    if strictly:
        assert not [repair for repair in flat.repairs if repair.kind != "duplicate_key"]
        twice = [fault for fault in flat.faults if "twice" not in fault.message]
        assert not twice, f"allowed by the schema, and not read: {twice[0]}"
        assert not read.faults or made.bounded, f"allowed by the schema, and not read: {read.faults[0]}"
    if read.reply is not None:
        again = said_of(asked.form, read.reply)
        errors = [error.message for error in Draft202012Validator(asked.wire_schema).iter_errors(again)]
        assert not errors, f"read, and not allowed by the schema: {errors[0][:300]}"
        assert jsonschema_rs.is_valid(asked.wire_schema, again)
        assert validate(flatten(again, asked).value, asked).reply == read.reply
    verdict = judge(json.dumps(said), ARTICLE, asked)
    assert verdict.faults or verdict.summary is not None
    if verdict.summary is not None:
        plain = verdict.summary.model_dump_json()
        assert made.model.model_validate_json(plain).model_dump_json() == plain, "a stored summary is another"


def said_of(form: RecordForm, reply: BaseModel) -> dict[str, Any]:
    """A reply that was read, said again: what may be left out and is null goes, the others stand in `more`."""
    told = {field.name: _said(field.form, getattr(reply, field.name)) for field in form.plain}
    if form.more:
        told["more"] = [_entry(field, reply) for field in form.more if getattr(reply, field.name) is not None]
    return told


def _entry(field: FieldForm, reply: BaseModel) -> dict[str, Any]:
    return {field.name: _said(field.told, getattr(reply, field.name))}


def _said(form: Form, value: Any) -> Any:
    if isinstance(form, Nullable):
        return None if value is None else _said(form.item, value)
    if isinstance(form, Many):
        return [_said(form.item, item) for item in value]
    if isinstance(form, Nested | Mention) and isinstance(value, BaseModel):
        return said_of(form.record, value)
    return value


_made = 0


def _forget() -> None:
    global _made
    _made += 1
    if _made % KEPT == 0:
        contract.cache_clear()
        for each in (
            judged_fields.field_plans,
            judged_fields.reading_order,
            judged_fields.default_lists,
            judged_fields.plans_of,
        ):
            each.cache_clear()


@settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(summaries(), st.data())
def tried(made: Made, data: st.DataObject) -> None:
    """The rule for one model, as hypothesis tries it."""
    check_model(made, data)


def check(data: bytes) -> None:
    """Makes a model and replies to it of these choices."""
    tried.hypothesis.fuzz_one_input(data)  # type: ignore[attr-defined]


def seeds() -> Seeds:
    """Choices at random, always the same ones."""
    for number in range(40):
        yield f"{number:02}", Random(number).randbytes(200 + 40 * number)


TARGET = Target("generating schemas", check, seeds, longest=4096)
