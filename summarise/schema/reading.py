"""A parsed reply -> a validated one: `more` lists made plain, faults told in words a language model can act on."""

from __future__ import annotations

import difflib
from typing import Any, NamedTuple

from pydantic import BaseModel, JsonValue, ValidationError

from summarise.records import Repair
from summarise.schema.contract import ReplyContract
from summarise.schema.forms import (
    NAME_TAG,
    OBJECT_TAG,
    Choice,
    Form,
    Many,
    Mention,
    Nested,
    Nullable,
    RecordForm,
    Scalar,
    shown,
    unwrapped,
)

MAX_FAULTS = 20
_LEAVES, _OBJECTS = (Scalar, Choice), (Mention, Nested)  # a union would be made anew at every question


class Fault(NamedTuple):
    """What is wrong in a reply, for a complaint to the model that gave it."""

    path: str
    """Where, such as `visits[0].status`; empty for the reply as a whole."""
    message: str
    """What is wrong, the given value shortened to 80 characters."""
    allowed: str = ""
    """What would be right; empty if the message says it."""

    def __str__(self) -> str:
        said = f"{self.path}: {self.message}" if self.path else self.message
        return f"{said}; allowed: {self.allowed}" if self.allowed else said


class Flattened(NamedTuple):
    """A reply without `more` lists, what was mended on the way, and what could not be."""

    value: JsonValue
    repairs: list[Repair]
    faults: list[Fault]


class Validated(NamedTuple):
    """A reply as an instance of the contract's reply model, or what is wrong with it: one of the two is empty."""

    reply: BaseModel | None
    faults: list[Fault]


def flatten(value: JsonValue, contract: ReplyContract) -> Flattened:
    """Turns the `more` lists of a reply into plain keys, at every level. The given value is left as it is.

    Mended, each with a `Repair`: a field of `more` placed directly in its record (or the reverse), a missing `more`, a
    single object or value where a list belongs, the same key twice with the same value or with two lists, an empty
    `more` where none belongs. A null for a field that may be left out is dropped without a word. The same key twice
    with different values, and a `more` that cannot be read, are faults; what else is wrong, `validate` finds.
    """
    work = _Flattening()
    return Flattened(work.record(contract.form, value, ""), work.repairs, work.faults)


class _Flattening:
    # Descends as deep as the forms do, never as deep as the value does.

    def __init__(self) -> None:
        self.repairs: list[Repair] = []
        self.faults: list[Fault] = []

    def record(self, form: RecordForm, value: JsonValue, path: str) -> JsonValue:
        if not isinstance(value, dict):
            return value
        flat = dict(value)
        if form.more:
            told = flat.pop("more", None)
            self._lifted(form, flat, path)
            self._add_more(form, flat, told, path)
        elif "more" in flat and flat["more"] in (None, [], {}):
            del flat["more"]
            self._mend("dropped_key", path, "an empty `more` where none belongs was dropped")
        for name in [name for name, item in flat.items() if item is None]:
            if name in form.by_name and form.by_name[name].sparse:
                del flat[name]
        for name, inner in form.branching:
            item = flat.get(name)
            if item is not None:
                flat[name] = self._value(inner, item, f"{path}.{name}" if path else name)
        return flat

    def _value(self, form: Form, value: JsonValue, path: str) -> JsonValue:
        if isinstance(form, Many):
            if not isinstance(value, list):
                self._mend("wrapped_value", path, "a single value was put into a list")
                value = [value]
            inner = form.item
            if isinstance(inner, _LEAVES):
                return value
            if isinstance(inner, _OBJECTS):
                return [
                    self.record(inner.record, item, f"{path}[{index}]") if isinstance(item, dict) else item
                    for index, item in enumerate(value)
                ]
            return [self._value(inner, item, f"{path}[{index}]") for index, item in enumerate(value)]
        if isinstance(form, _OBJECTS):
            return self.record(form.record, value, path)
        return self._value(form.item, value, path) if isinstance(form, Nullable) and value is not None else value

    def _lifted(self, form: RecordForm, flat: dict[str, JsonValue], path: str) -> None:
        lifted = [name for name, item in flat.items() if item is not None and name in form.more_names]
        if lifted:
            self._mend("lifted_field", path, f"{', '.join(lifted)} stood beside `more`, not in it")

    def _add_more(self, form: RecordForm, flat: dict[str, JsonValue], told: JsonValue, path: str) -> None:
        where = f"{path}.more" if path else "more"
        if told is None:
            self._mend("missing_more", path, "there was no `more`")
            return
        if isinstance(told, dict):
            self._mend("wrapped_value", where, "`more` was one object, not a list of objects")
            told = [told]
        if not isinstance(told, list):
            self.faults.append(Fault(where, f"{shown(told)} is no list", "a list of objects with one key each"))
            return
        for index, entry in enumerate(told):
            if not isinstance(entry, dict):
                allowed = "an object with one key"
                self.faults.append(Fault(f"{where}[{index}]", f"{shown(entry)} is no object", allowed))
                continue
            for name, item in entry.items():
                self._add(form, flat, name, item, path)

    def _add(self, form: RecordForm, flat: dict[str, JsonValue], name: str, item: JsonValue, path: str) -> None:
        field = form.by_name.get(name)
        if item is None and (field is None or field.sparse):
            return
        if field is not None and not field.sparse:
            self._mend("lifted_field", path, f"{name} stood in `more`, not beside it")
        present = flat.get(name)
        if present is None:
            flat[name] = item
        elif _same(present, item):
            self._mend("duplicate_key", path, f"{name} stood there twice")
        elif isinstance(present, list) and isinstance(item, list):
            flat[name] = [*present, *item]
            self._mend("duplicate_key", path, f"two lists of {name} were joined")
        else:
            where = _joined(path, name)
            self.faults.append(Fault(where, f"is given twice, as {shown(present)} and as {shown(item)}", "one value"))

    def _mend(self, kind: Any, path: str, what: str) -> None:
        self.repairs.append(Repair(kind=kind, message=f"{path}: {what}" if path else what))


def _same(one: JsonValue, other: JsonValue) -> bool:
    """Equality without recursion: a reply may be nested more deeply than the interpreter allows."""
    waiting = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, dict) and isinstance(right, dict):
            if left.keys() != right.keys():
                return False
            waiting += [(item, right[key]) for key, item in left.items()]
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            waiting += zip(left, right, strict=True)
        elif left != right:
            return False
    return True


def validate(value: JsonValue, contract: ReplyContract) -> Validated:
    """The reply as an instance of `contract.reply_model`, or what is wrong with it.

    `value` is a flattened reply. Bounds and patterns of the records hold here, although the wire schema leaves them
    out. At most 20 faults are told, and one more entry says how many there were beyond.
    """
    try:
        return Validated(contract.reply_model.model_validate(value), [])
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_context=False)
    faults = [_fault(contract.form, error["loc"], error["type"], error["input"]) for error in errors[:MAX_FAULTS]]
    beyond = len(errors) - MAX_FAULTS
    return Validated(None, [*faults, Fault("", f"and {beyond} faults more")] if beyond > 0 else faults)


def _fault(root: RecordForm, location: tuple[int | str, ...], kind: str, given: object) -> Fault:
    steps = [step for step in location if step not in (NAME_TAG, OBJECT_TAG)]
    path = _path(steps)
    if kind == "extra_forbidden":
        holder = unwrapped(_form_at(root, steps[:-1]))
        assert isinstance(holder, Mention | Nested)
        return Fault(path, _unknown_key(str(steps[-1]), holder.record), holder.record.keys)
    allowed = _form_at(root, steps).allowed
    if kind == "missing":
        return Fault(path, "is missing", allowed)
    if kind == "too_short" and not given:
        return Fault(path, "is empty", allowed)
    return Fault(path, f"{shown(given)} does not fit", allowed)


def _unknown_key(key: str, record: RecordForm) -> str:
    near = difflib.get_close_matches(key[:80], record.by_name, n=1)
    return f"is no known key; did you mean {near[0]}?" if near else "is no known key"


def _form_at(root: RecordForm, steps: list[int | str]) -> Form:
    """The form at a place in a flattened reply, without its `Nullable`, unless that is what is asked for."""
    form: Form = Nested(root)
    for step in steps:
        bare = form.item if isinstance(form, Nullable) else form
        if isinstance(bare, Many):
            form = bare.item
        elif isinstance(bare, Mention | Nested):
            form = bare.record.by_name[str(step)].form
    return form


def _path(steps: list[int | str]) -> str:
    path = ""
    for step in steps:
        path = f"{path}[{step}]" if isinstance(step, int) else _joined(path, step)
    return path


def _joined(path: str, name: str) -> str:
    name = name if len(name) <= 80 else f"{name[:79]}…"
    return f"{path}.{name}" if path else name
