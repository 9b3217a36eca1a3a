"""What of a reply fits the schema: records that do not are left out, and named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import JsonValue

from summarise.judge.index import ArticleIndex
from summarise.judge.verdict import Fault
from summarise.schema import ReplyContract, validate

RECORD_PATH = re.compile(r"^(\w+)\[(\d+)\]")


def from_schema(path: str, message: str, allowed: str) -> Fault:
    """A fault that the schema finds."""
    return Fault(path or "the reply", "schema", message, f"Allowed: {allowed}" if allowed else "")


Place = tuple[str, int]


def valid_part(
    value: JsonValue, contract: ReplyContract
) -> tuple[dict[str, Any] | None, dict[Place | None, list[Fault]]]:
    """The reply without the records that do not fit the schema, and what is wrong with those.

    The value is None if the reply as a whole does not fit.
    """
    misfits: dict[Place | None, list[Fault]] = {}
    found_faults = validate(value, contract).faults
    if not found_faults:
        assert isinstance(value, dict)
        return dict(value), misfits
    for found in found_faults:
        match = RECORD_PATH.match(found.path)
        place = (match.group(1), int(match.group(2))) if match and match.group(1) in contract.record_types else None
        misfits.setdefault(place, []).append(from_schema(found.path, found.message, found.allowed))
    if not isinstance(value, dict) or None in misfits:
        return None, misfits
    kept: dict[str, Any] = dict(value)
    for name in contract.record_types:
        if isinstance(kept.get(name), list):
            # None keeps the numbering of the paths: a complaint names the record as the model wrote it.
            kept[name] = [None if (name, at) in misfits else item for at, item in enumerate(kept[name])]
    without = {
        name: [item for item in items if item is not None] if name in contract.record_types else items
        for name, items in kept.items()
    }
    if validate(without, contract).faults:
        return None, misfits
    return kept, misfits


class Part(NamedTuple):
    """A valid reply, what was left out of it and why, as it was given, and the index of what was shown."""

    value: dict[str, Any]
    misfits: Mapping[Place | None, list[Fault]]
    given: JsonValue
    shown: ArticleIndex
