"""Alternatives: which values count as right besides the annotated one, and whether the paths that name them exist."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, JsonValue

from summarise.evaluation.dates import is_date

_LISTS_OF_NAMES = frozenset({"visitors", "hosts", "inviters", "invitees", "places", "titles", "agencies", "variants"})
_RECORDS = ("visits", "invitations", "officials")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def check_alternatives(record: BaseModel, alternatives: Mapping[str, Sequence[JsonValue]]) -> None:
    """Raises `ValueError` for a path that leads nowhere and for a value that its field cannot have."""
    for path, values in alternatives.items():
        model, name = _parent(record, path)
        if name not in type(model).model_fields:
            raise ValueError(f"scoring.alternatives: {path} leads nowhere")
        for value in values:
            _check_value(model, name, path, value)


def _parent(record: BaseModel, path: str) -> tuple[BaseModel, str]:
    """The model that holds the last part of a path; list items are named by id, others by position."""
    *way, name = path.split(".")
    found: Any = record
    for part in way:
        if isinstance(found, list):
            found = next((item for at, item in enumerate(found) if part in (getattr(item, "id", None), str(at))), None)
        else:
            found = getattr(found, part, None) if isinstance(found, BaseModel) else None
    if not isinstance(found, BaseModel):
        raise ValueError(f"scoring.alternatives: {path} leads nowhere")
    return found, name


def _check_value(model: BaseModel, name: str, path: str, value: JsonValue) -> None:
    if name in _RECORDS:
        raise ValueError(f"scoring.alternatives: {path} names no field")
    if name in _LISTS_OF_NAMES:
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise ValueError(f"scoring.alternatives: {path} takes lists of names, not {value!r}")
        return
    if name in ("start", "end") and isinstance(value, str) and not (_PARTIAL_DATE.fullmatch(value) and is_date(value)):
        raise ValueError(f"scoring.alternatives: {path}: {value} is no date")
    try:
        type(model).model_validate({**model.model_dump(), name: value})
    except ValueError as problem:
        raise ValueError(f"scoring.alternatives: {path} cannot be {value!r}") from problem
