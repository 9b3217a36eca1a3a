"""The forms a reply may take: a small tree, from which wire schema, reply model and the prompt's words follow.

A form knows three things: the strict JSON schema to send (`wire`), the Python type that validates it (`python`), and
the words that tell a language model what is meant (`words` in the field list, `allowed` in a complaint).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import GenericAlias
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AllowInfNan, BaseModel, ConfigDict, Discriminator, Field, Strict, Tag
from pydantic.fields import FieldInfo

NAME_TAG = "<name>"
OBJECT_TAG = "<object>"
"""Branches of a mention as they stand in a validation error's location; no field can be called that."""

JsonObject: TypeAlias = dict[str, Any]
JsonType = Literal["string", "integer", "number", "boolean"]
Meaning = Literal["text", "country", "partial_date", "span", "sentence", "number", "truth"]

_PYTHON_TYPES: dict[JsonType, type] = {"string": str, "integer": int, "number": float, "boolean": bool}
_WORDS: dict[Meaning, str] = {
    "text": "text", "country": "country", "partial_date": "day, month or year", "span": "date or interval",
    "sentence": "sentence number", "number": "number", "truth": "true | false",
}  # fmt: skip
_ALLOWED: dict[Meaning, str] = {
    "text": "text",
    "country": "an ISO 3166-1 alpha-3 code: three capital letters, such as PRK",
    "partial_date": "2023, 2023-10 or 2023-10-18",
    "span": "2023, 2023-10, 2023-10-18 or an interval such as 2023-10-18/2023-10-19",
    "sentence": "the number of a sentence, counted from 1",
    "number": "a number",
    "truth": "true | false",
}

_LIMITS = {
    "ge": "at least {}",
    "gt": "more than {}",
    "le": "at most {}",
    "lt": "less than {}",
    "multiple_of": "a multiple of {}",
    "min_length": "at least {} {}",
    "max_length": "at most {} {}",
    "pattern": "matching {}",
}


def limits_of(metadata: tuple[Any, ...]) -> tuple[Any, ...]:
    """The entries of a field's metadata that bound its value; validators and markers are left out."""
    found: list[Any] = []
    for entry in metadata:
        if isinstance(entry, FieldInfo):  # a Field() inside a list or an alias
            found += limits_of(tuple(entry.metadata))
        elif any(getattr(entry, name, None) is not None for name in _LIMITS):
            found.append(entry)
    return tuple(found)


def _in_words(limits: tuple[Any, ...], unit: str) -> Iterator[str]:
    for entry in limits:
        for name, words in _LIMITS.items():
            value = getattr(entry, name, None)
            if value is not None:
                yield words.format(getattr(value, "pattern", value), unit).strip()


class Definitions:
    """Sub-schemas by short name, for `$defs`. The same schema twice is one definition."""

    def __init__(self) -> None:
        self.nodes: dict[str, JsonObject] = {}

    def reference(self, name: str, node: JsonObject) -> JsonObject:
        """A `$ref` to this node; the name gets a number if another node has it already."""
        free, number = name, 1
        while self.nodes.setdefault(free, node) != node:
            number += 1
            free = f"{name}{number}"
        return {"$ref": f"#/$defs/{free}"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text, a number or a truth value; `meaning` tells a country code or a sentence number from other ones."""

    type: JsonType
    meaning: Meaning
    limits: tuple[Any, ...] = ()

    @property
    def _bounds(self) -> str:
        # What a country code, a date or a sentence number looks like is said once, at the top of the field list.
        if self.meaning not in ("text", "number"):
            return ""
        return "; ".join(_in_words(self.limits, "characters" if self.type == "string" else ""))

    @property
    def words(self) -> str:
        """As it stands in the field list."""
        word = "whole number" if self.type == "integer" and self.meaning == "number" else _WORDS[self.meaning]
        return f"{word} ({self._bounds})" if self._bounds else word

    @property
    def allowed(self) -> str:
        """As it stands in a complaint."""
        return self.words if self.meaning in ("text", "number") else _ALLOWED[self.meaning]

    def wire(self, definitions: Definitions) -> JsonObject:
        """The strict schema; a bound that strict mode refuses stands in the description."""
        return {"type": self.type, "description": self._bounds} if self._bounds else {"type": self.type}

    def python(self) -> Any:
        """The type that validates a reply, bounds included; strict like the schema: `"1"` is no number."""
        if self.type == "number":  # 1e999 is a number in JSON, and cannot be stored
            return Annotated[(float, Strict(), AllowInfNan(False), *self.limits)]
        return Annotated[(_PYTHON_TYPES[self.type], Strict(), *self.limits)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list of strings or whole numbers."""

    values: tuple[str | int, ...]

    @property
    def words(self) -> str:
        """The values, with bars between."""
        return " | ".join(map(str, self.values))

    @property
    def allowed(self) -> str:
        """The values, with bars between."""
        return self.words

    def wire(self, definitions: Definitions) -> JsonObject:
        """An `enum` with its type."""
        return {"type": "string" if isinstance(self.values[0], str) else "integer", "enum": list(self.values)}

    def python(self) -> Any:
        """A `Literal` of the values."""
        return Literal[self.values]


@dataclass(frozen=True, slots=True)
class Nested:
    """An object: a record, or the two fields of a date."""

    record: RecordForm

    @property
    def words(self) -> str:
        """The record's name; its fields are listed under it."""
        return self.record.word

    @property
    def allowed(self) -> str:
        """The keys of the object."""
        return f"an object with {self.record.keys}"

    def wire(self, definitions: Definitions) -> JsonObject:
        """A reference to the record's definition."""
        return definitions.reference(self.record.name, self.record.wire(definitions))

    def python(self) -> Any:
        """The record's reply model."""
        return self.record.reply_model


def _branch(value: object) -> str | None:
    if isinstance(value, str):
        return NAME_TAG
    return OBJECT_TAG if isinstance(value, dict | BaseModel) else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A party or source: the name of one described elsewhere in the reply, or an object that describes it."""

    record: RecordForm

    @property
    def words(self) -> str:
        """The record's name; its fields are listed under it."""
        return self.record.word

    @property
    def allowed(self) -> str:
        """Both branches in one sentence."""
        return f"a name described elsewhere in the reply, or an object with {self.record.keys}"

    def wire(self, definitions: Definitions) -> JsonObject:
        """A reference to the union of both branches."""
        node = {"anyOf": [{"type": "string"}, self.record.wire(definitions)]}
        return definitions.reference(self.record.name, node)

    def python(self) -> Any:
        """A tagged union, so that a fault is reported for the branch that was meant, and once."""
        by_branch = Discriminator(
            _branch, custom_error_type="mention", custom_error_message="neither a name nor an object"
        )
        described: Any = self.record.reply_model
        branches = Annotated[str, Tag(NAME_TAG)] | Annotated[described, Tag(OBJECT_TAG)]
        return Annotated[branches, by_branch]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of one form."""

    item: Form
    limits: tuple[Any, ...] = ()

    @property
    def words(self) -> str:
        """The item in brackets; sentence numbers in the plural."""
        if isinstance(self.item, Scalar) and self.item.meaning == "sentence":
            return "[sentence numbers]"
        return f"[{self.item.words}]"

    @property
    def allowed(self) -> str:
        """What each item may be, and how many there may be."""
        return "; ".join([f"a list, each item {self.item.allowed}", *_in_words(self.limits, "items")])

    def wire(self, definitions: Definitions) -> JsonObject:
        """A typed array. "At least one" is left to the check after parsing: it costs tokens and goes without saying."""
        node = {"type": "array", "items": self.item.wire(definitions)}
        bounds = [words for words in _in_words(self.limits, "items") if words != "at least 1 items"]
        return {**node, "description": "; ".join(bounds)} if bounds else node

    def python(self) -> Any:
        """A list with its bounds."""
        plain = GenericAlias(list, (self.item.python(),))
        return Annotated[(plain, *self.limits)] if self.limits else plain


@dataclass(frozen=True, slots=True)
class Nullable:
    """A form, or null."""

    item: Form

    @property
    def words(self) -> str:
        """With a question mark, which the field list explains."""
        return f"{self.item.words}?" if not isinstance(self.item, Choice) else f"{self.item.words} | null"

    @property
    def allowed(self) -> str:
        """Either of both."""
        return f"{self.item.allowed}, or null"

    def wire(self, definitions: Definitions) -> JsonObject:
        """The short spelling, a list of types, wherever there is a type."""
        node = self.item.wire(definitions)
        if "type" not in node or node["type"] == "array":
            return {"anyOf": [node, {"type": "null"}]}
        node = {**node, "type": [node["type"], "null"]}
        return {**node, "enum": [*node["enum"], None]} if "enum" in node else node

    def python(self) -> Any:
        """An optional type."""
        return self.item.python() | None if not isinstance(self.item, Choice) else Literal[(*self.item.values, None)]


Form: TypeAlias = Scalar | Choice | Nested | Mention | Many | Nullable


def unwrapped(form: Form) -> Scalar | Choice | Nested | Mention:
    """What is inside lists and optional values."""
    while isinstance(form, Many | Nullable):
        form = form.item
    return form


@dataclass(frozen=True, slots=True)
class FieldForm:
    """One field of a record. `sparse`: it has a default, so the model may leave it out."""

    name: str
    form: Form
    description: str
    sparse: bool
    default: Any = None

    @property
    def told(self) -> Form:
        """The form when it is told at all: a sparse field that is null is simply left out."""
        return self.form.item if isinstance(self.form, Nullable) else self.form

    @property
    def default_words(self) -> str:
        """What leaving the field out means, where that is a value and not just nothing."""
        return str(self.default) if self.default and isinstance(self.default, str | int | float) else ""


@dataclass(frozen=True, eq=False)
class RecordForm:
    """A record model as it is asked for: its fields without the derived ones, those that point at evidence first."""

    record: type[BaseModel]
    name: str
    word: str
    doc: str
    fields: tuple[FieldForm, ...]
    by_name: dict[str, FieldForm]
    reply_model: type[BaseModel]

    @cached_property
    def more(self) -> tuple[FieldForm, ...]:
        """The fields of the `more` list. A single sparse field is cheaper as an ordinary one."""
        sparse = tuple(field for field in self.fields if field.sparse)
        return sparse if len(sparse) > 1 else ()

    @property
    def plain(self) -> tuple[FieldForm, ...]:
        """The ordinary properties, in the order in which they are asked for."""
        return tuple(field for field in self.fields if not self.more or not field.sparse)

    @cached_property
    def more_names(self) -> frozenset[str]:
        """The keys of the `more` list."""
        return frozenset(field.name for field in self.more)

    @cached_property
    def branching(self) -> tuple[tuple[str, Form], ...]:
        """The fields that are lists or hold records, with the form of what they hold when it is not null."""
        return tuple((field.name, field.told) for field in self.fields if not isinstance(field.told, Scalar | Choice))

    @property
    def keys(self) -> str:
        """The names of all fields, for a complaint."""
        return ", ".join(field.name for field in self.fields)

    def wire(self, definitions: Definitions) -> JsonObject:
        """The strict schema of the object; `more` comes last, so that the model tells the main thing first."""
        properties = {field.name: field.form.wire(definitions) for field in self.plain}
        if self.more:
            entries = [
                definitions.reference(field.name, _closed({field.name: field.told.wire(definitions)}))
                for field in self.more
            ]
            properties["more"] = {"type": "array", "items": {"anyOf": entries}}
        return _closed(properties)


def _closed(properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


class DateReply(BaseModel):
    """A date as a reply gives it: the article's own expression, and what it means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$")] | None
    """EDTF level 0, an interval as `first/last`; None if the expression cannot be resolved."""


def shown(value: object) -> str:
    """A value of a reply for a message: short, on one line, and without descending into it."""
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        keys = ", ".join(map(str, value))
        return f"an object with {keys[:60]}{'…' if len(keys) > 60 else ''}" if value else "an empty object"
    if isinstance(value, int) and value.bit_length() > 200:
        return "a number beyond all bounds"
    text = json.dumps(value[:80] if isinstance(value, str) else value, ensure_ascii=False)
    return f"{text[:79]}…" if len(text) > 80 or (isinstance(value, str) and len(value) > 80) else text
