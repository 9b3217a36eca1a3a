"""What each field of a record model is, so that one judge serves every model, a user's own included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from summarise.records import Attribution, DateSpan, Derived, Evidence, Party, Record, Verbatim

FieldKind = Literal["evidence", "date", "party", "source", "country", "verbatim", "record", "plain"]
_COUNTRY_PATTERN = r"^[A-Z]{3}$"


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One field: its kind, whether it holds a list, whether the reply must have it, whether code derives it."""

    name: str
    kind: FieldKind
    many: bool
    required: bool
    derived: bool
    minimum: int
    model: type[BaseModel] | None


@cache
def field_plans(model: type[BaseModel]) -> tuple[FieldPlan, ...]:
    """The fields of a record model in their order."""
    return tuple(_plan(name, info) for name, info in model.model_fields.items())


@cache
def reading_order(model: type[BaseModel]) -> tuple[FieldPlan, ...]:
    """The fields that a reply gives: evidence first, dates last, since which way they point depends on the status."""
    ranks = {"evidence": 0, "date": 2}
    told = [plan for plan in field_plans(model) if not plan.derived]
    return tuple(sorted(told, key=lambda plan: ranks.get(plan.kind, 1)))


@cache
def default_lists(model: type[BaseModel]) -> dict[str, list[Any]]:
    """The default of each field that is a list of immutable values: to be copied, which pydantic does deeply."""
    defaults = {name: info.default for name, info in model.model_fields.items() if isinstance(info.default, list)}
    return {name: given for name, given in defaults.items() if all(isinstance(item, Record) for item in given)}


@cache
def plans_of(model: type[BaseModel], kind: FieldKind) -> tuple[FieldPlan, ...]:
    """The fields of this kind that a reply gives, and those that can hold such fields."""
    return tuple(plan for plan in field_plans(model) if plan.kind in (kind, "record") and not plan.derived)


def _plan(name: str, info: FieldInfo) -> FieldPlan:
    parts, metadata = _unwrap(info.annotation, list(info.metadata))
    many = get_origin(parts) is list
    shortest = max((getattr(mark, "min_length", None) or 0 for mark in metadata), default=0) if many else 0
    if many:
        parts, inner = _unwrap(get_args(parts)[0], [])
        metadata = [*metadata, *inner]
    kind = _kind(parts, metadata)
    if kind == "evidence" and info.is_required():
        shortest = max(shortest, 1)  # a record without a sentence rests on nothing
    return FieldPlan(
        name=name,
        kind=kind,
        many=many,
        required=info.is_required(),
        derived=any(isinstance(mark, Derived) for mark in metadata),
        minimum=shortest,
        model=parts if isinstance(parts, type) and issubclass(parts, BaseModel) else None,
    )


def _unwrap(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    """The bare type without `Annotated` and `| None`, and all metadata met on the way."""
    while True:
        if hasattr(annotation, "__value__"):  # a named alias: `type Name = …`
            annotation = annotation.__value__
            continue
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata = [*metadata, *more]
            continue
        options = [option for option in get_args(annotation) if option is not NoneType]
        if origin is not None and origin is not list and origin is not Literal and len(options) == 1:
            annotation = options[0]
            continue
        return annotation, metadata


def _kind(bare: Any, metadata: list[Any]) -> FieldKind:
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        for base, kind in _BY_MODEL:
            if issubclass(bare, base):
                return kind
        return "record"
    if any(isinstance(mark, Verbatim) for mark in metadata):
        return "verbatim"
    if any(isinstance(mark, StringConstraints) and mark.pattern == _COUNTRY_PATTERN for mark in metadata):
        return "country"
    return "plain"


_BY_MODEL: tuple[tuple[type[BaseModel], FieldKind], ...] = (
    (Evidence, "evidence"),
    (DateSpan, "date"),
    (Party, "party"),
    (Attribution, "source"),
)
