"""Records -> forms: what of a record model a language model is asked for, and in which form.

Derived fields are left out. Evidence becomes sentence numbers and comes first, so that the model points before it
tells. A date becomes its text and its meaning, a party or source a name or an object.
"""

from __future__ import annotations

import inspect
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NoReturn, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from summarise.errors import SchemaError
from summarise.records import (
    Attribution,
    CountryCode,
    DateSpan,
    Derived,
    Evidence,
    PartialDate,
    Party,
    Record,
    Verbatim,
)
from summarise.schema.forms import (
    Choice,
    DateReply,
    FieldForm,
    Form,
    Many,
    Mention,
    Nested,
    Nullable,
    RecordForm,
    Scalar,
    limits_of,
)  # fmt: skip

DATE = RecordForm(
    record=DateSpan,
    name="Date",
    word="date",
    doc="",
    fields=(text := FieldForm("text", Scalar("string", "text"), "", False),
            span := FieldForm("date", Nullable(Scalar("string", "span")), "", False)),
    by_name={"text": text, "date": span},
    reply_model=DateReply,
)  # fmt: skip
"""The reply form of a `DateSpan`; `text` and `date` are explained at the top of the field list."""

_NUMBERED = Field(ge=1)
_SCALARS: dict[type, Scalar] = {
    str: Scalar("string", "text"),
    bool: Scalar("boolean", "truth"),
    int: Scalar("integer", "number"),
    float: Scalar("number", "number"),
    Evidence: Scalar("integer", "sentence", tuple(_NUMBERED.metadata)),
}
_NO_WAY = {
    dict: ("an open dict has no fixed keys", "Make a Record with named fields and ask for a list of it"),
    tuple: ("a tuple is refused by strict mode", "Use a list, or a Record with named fields"),
    list: ("a list needs a type for its items", "Write list[str], or a list of a Record"),
    set: ("a set is no JSON value", "Use a list"),
    frozenset: ("a frozenset is no JSON value", "Use a list"),
    date: ("a `date` cannot hold a date of reduced precision", "Use PartialDate or DateSpan"),
    Any: ("a field that may hold anything says nothing to the model", "Give it a type"),
}


class _Deriver:
    """Walks one summary class. Remembers the records it has seen: each is one definition, and none may hold itself."""

    def __init__(self) -> None:
        self.done: dict[type[BaseModel], RecordForm] = {}
        self.open: list[type[BaseModel]] = []

    def record(self, model: type[BaseModel]) -> RecordForm:
        if model not in self.done:
            self.open.append(model)
            self.done[model] = self._record(model)
            self.open.pop()
        return self.done[model]

    def _record(self, model: type[BaseModel]) -> RecordForm:
        asked = {name: info for name, info in model.model_fields.items() if not _is_derived(info)}
        if not asked:
            raise SchemaError(
                f"{model.__name__} has no field to ask for", hint="Give it one that is not marked DERIVED."
            )
        fields = [_Asked(self, model, name, info).field() for name, info in asked.items()]
        fields.sort(key=lambda field: field.sparse or not _is_evidence(field.form))
        return RecordForm(
            record=model,
            name=model.__name__,
            word={Party: "party", Attribution: "source"}.get(model, model.__name__),
            doc=inspect.cleandoc(model.__doc__ or ""),
            fields=tuple(fields),
            by_name={field.name: field for field in fields},
            reply_model=_reply_model(model.__name__, fields),
        )


class _Asked:
    """One field that is asked for; knows where it stands, for the error that names it."""

    def __init__(self, deriver: _Deriver, model: type[BaseModel], name: str, info: FieldInfo) -> None:
        self.deriver, self.model, self.name, self.info = deriver, model, name, info

    def field(self) -> FieldForm:
        if self.name == "more":
            self._refuse("`more` is the reply's own key", "Choose another name")
        if self.info.alias or self.info.validation_alias:
            self._refuse("a field with an alias has two names", "Leave the alias out")
        form = self._form(self.info.annotation, tuple(self.info.metadata))
        if isinstance(form, Nested) and form.record is DATE:
            form = Nullable(form)
        sparse = not self.info.is_required()
        default = _as_reply(form, self._default()) if sparse else None
        return FieldForm(self.name, form, self.info.description or "", sparse, default)

    def _default(self) -> Any:
        if self.info.default_factory_takes_validated_data:
            self._refuse("the default depends on other fields", "Give a default of its own")
        return self.info.get_default(call_default_factory=True)

    def _refuse(self, why: str, way_on: str) -> NoReturn:
        raise SchemaError(
            f"{self.model.__name__}.{self.name} cannot be asked for: {why}",
            hint=f"{way_on}, or mark the field DERIVED.",
        )

    def _form(self, annotation: Any, metadata: tuple[Any, ...]) -> Form:
        limits = limits_of(metadata)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._form(arguments[0], (*metadata, *arguments[1:]))
        if hasattr(annotation, "__value__"):  # a named alias: `type Score = …`
            return self._form(annotation.__value__, metadata)
        if origin in (Union, UnionType):
            return self._optional(arguments, metadata)
        if origin is Literal:
            return self._choice(arguments)
        if origin is list:
            item = self._form(arguments[0], ())
            if isinstance(_present(item), Many) and _is_judged(arguments[0]):
                self._refuse(
                    "what is in a list of lists cannot be held against the article", "Use one list, or a Record"
                )
            return Many(item, limits)
        plain = origin or annotation
        if plain in _SCALARS:
            return self._scalar(_SCALARS[plain], limits)
        if isinstance(plain, type) and issubclass(plain, Enum):
            return self._choice(tuple(member.value for member in plain))
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            return self._object(plain)
        why, way_on = next(
            (words for kind, words in _NO_WAY.items() if plain is kind),
            (f"{getattr(plain, '__name__', plain)} has no strict form", "Use text, numbers, a Literal or a Record"),
        )
        return self._refuse(why, way_on)

    def _scalar(self, plain: Scalar, limits: tuple[Any, ...]) -> Scalar:
        patterns = {getattr(entry, "pattern", None) for entry in limits}
        meaning = plain.meaning
        if _pattern(CountryCode) in patterns:
            meaning = "country"
        elif _pattern(PartialDate) in patterns:
            meaning = "partial_date"
        return Scalar(plain.type, meaning, (*plain.limits, *limits))

    def _optional(self, branches: tuple[Any, ...], metadata: tuple[Any, ...]) -> Form:
        given = [branch for branch in branches if branch is not NoneType]
        if len(given) > 1:
            self._refuse("it is a union of several types", "Use one type, with None if it may be missing")
        form = self._form(given[0], metadata)
        return form if isinstance(form, Nullable) else Nullable(form)  # Literal["a", None] | None

    def _choice(self, values: tuple[Any, ...]) -> Form:
        given = tuple(value for value in values if value is not None)
        if {type(value) for value in given} not in ({str}, {int}):
            self._refuse("its values are not all text or all whole numbers", "Use a Literal of strings")
        return Choice(given) if len(given) == len(values) else Nullable(Choice(given))

    def _object(self, model: type[BaseModel]) -> Form:
        if model is DateSpan:
            return Nested(DATE)
        if not issubclass(model, Record):
            self._refuse(f"{model.__name__} is no Record", "Derive it from summarise.records.Record")
        if issubclass(model, Evidence | DateSpan):
            self._refuse(f"{model.__name__} has no reply form of its own", "Use Evidence or DateSpan as they are")
        if issubclass(model, Party | Attribution) and model not in (Party, Attribution):
            self._refuse(f"{model.__name__} has no reply form of its own", "Use Party or Attribution as they are")
        if model in self.deriver.open:
            self._refuse(f"{model.__name__} contains itself", "Use a flat list")
        form = self.deriver.record(model)
        return Mention(form) if issubclass(model, Party | Attribution) else Nested(form)


def derive(summary: type[BaseModel]) -> RecordForm:
    """The form of a whole reply.

    Raises `SchemaError`, naming model, field and the way on, for whatever strict structured outputs cannot express.
    """
    return _Deriver().record(summary)


def _is_derived(info: FieldInfo) -> bool:
    return any(isinstance(entry, Derived) for entry in info.metadata)


def _present(form: Form) -> Form:
    return form.item if isinstance(form, Nullable) else form


def _is_judged(annotation: Any) -> bool:
    """Whether there is something in a type that the judge holds against the article: a record, a name, a country."""
    if hasattr(annotation, "__value__"):
        return _is_judged(annotation.__value__)
    marks = getattr(annotation, "__metadata__", ())
    if any(isinstance(mark, Verbatim) or getattr(mark, "pattern", None) == _pattern(CountryCode) for mark in marks):
        return True
    if isinstance(annotation, type) and not get_args(annotation):
        return issubclass(annotation, BaseModel)
    return any(map(_is_judged, get_args(annotation)))


def _is_evidence(form: Form) -> bool:
    item = form.item if isinstance(form, Many | Nullable) else form
    return isinstance(item, Scalar) and item.meaning == "sentence"


def _pattern(alias: Any) -> object:
    return get_args(alias)[1].pattern


def _reply_model(name: str, fields: list[FieldForm]) -> type[BaseModel]:
    definitions: dict[str, Any] = {}
    for field in fields:
        kind = field.form.python()
        if not field.sparse:
            definitions[field.name] = (kind, ...)
        elif isinstance(field.default, list):
            # A factory: pydantic would copy a default list deeply, every time.
            definitions[field.name] = (kind, Field(default_factory=field.default.copy))
        else:
            definitions[field.name] = (kind, field.default)
    config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())
    return create_model(name, __config__=config, **definitions)


def _as_reply(form: Form, value: Any) -> Any:
    """A default of a record as a reply would have given it."""
    if isinstance(form, Nullable):
        return None if value is None or value == DateSpan() else _as_reply(form.item, value)
    if isinstance(form, Many):
        return [_as_reply(form.item, item) for item in value]
    if isinstance(value, DateSpan):
        dates = [day for day in (value.start, value.end) if day is not None]
        return DateReply(text=value.text or "", date="/".join(dates) or None)
    if isinstance(form, Nested | Mention):
        told = {field.name: _as_reply(field.form, getattr(value, field.name)) for field in form.record.fields}
        return form.record.reply_model(**told)
    if isinstance(value, Evidence):
        return value.sentence
    return value.value if isinstance(value, Enum) else value
