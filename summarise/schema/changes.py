"""Two versions of a record schema compared: what changed, and whether results stored under the old one still fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from summarise.schema.forms import JsonObject

_LOWER_BOUNDS = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER_BOUNDS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_OTHER_BOUNDS = ("pattern", "format", "multipleOf")


class Change(NamedTuple):
    """One difference. `breaking`: a result stored under the old schema may not fit the new one."""

    path: str
    """Such as `visits[].status`; empty for the summary itself."""
    what: str
    breaking: bool


def diff(old: JsonObject, new: JsonObject) -> list[Change]:
    """The changes from one record schema to another, in the order of the new one's fields.

    A field added with a default, a value or type added, a bound loosened and a description changed are additive. A
    required field added, a field removed (records are closed) or made required, a value or type removed, a bound
    tightened are breaking.
    """
    return list(_Comparison(old, new).nodes(old, new, "", ()))


class _Comparison:
    def __init__(self, old: JsonObject, new: JsonObject) -> None:
        self.old_definitions: JsonObject = old.get("$defs", {})
        self.new_definitions: JsonObject = new.get("$defs", {})

    def nodes(self, old: JsonObject, new: JsonObject, path: str, seen: tuple[Any, ...]) -> Iterator[Change]:
        pair = (old.get("$ref"), new.get("$ref"))
        if any(pair):
            if pair in seen:  # a record that contains itself
                return
            seen = (*seen, pair)
        old, new = _resolved(old, self.old_definitions), _resolved(new, self.new_definitions)
        if old.get("description") != new.get("description"):
            yield Change(path, "description changed", False)
        yield from _values(old, new, path)
        yield from _bounds(old, new, path)
        yield from self._branches(old, new, path, seen)
        yield from self._fields(old, new, path, seen)
        if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
            yield from self.nodes(old["items"], new["items"], f"{path}[]", seen)

    def _branches(self, old: JsonObject, new: JsonObject, path: str, seen: tuple[Any, ...]) -> Iterator[Change]:
        """Types and alternatives, paired by type; a type with several alternatives is paired by content."""
        before = self._by_kind(old, self.old_definitions)
        after = self._by_kind(new, self.new_definitions)
        before_any, after_any = not before, not after
        if before_any != after_any:
            what = "may be anything now" if after_any else f"may only be {', '.join(after)} now"
            yield Change(path, what, before_any)
            return
        for kind in before.keys() - after.keys():
            widened = kind == "integer" and "number" in after
            yield Change(path, "integer became number" if widened else f"may no longer be {kind}", not widened)
        for kind in after.keys() - before.keys():
            yield Change(path, f"may be {kind} now", False)
        if "anyOf" in old or "anyOf" in new:
            for kind in (kind for kind in after if kind in before):
                yield from self.nodes(before[kind], after[kind], path, seen)

    def _by_kind(self, node: JsonObject, definitions: JsonObject) -> dict[str, JsonObject]:
        kinds: dict[str, JsonObject] = {}
        for branch in node.get("anyOf", [node]):
            whole = _resolved(branch, definitions)
            types = whole.get("type", [])
            for name in [types] if isinstance(types, str) else types:
                label = f"{name} {json.dumps(branch, sort_keys=True)}" if name in kinds else name
                kinds[label] = {key: value for key, value in branch.items() if key != "anyOf"}
        return kinds

    def _fields(self, old: JsonObject, new: JsonObject, path: str, seen: tuple[Any, ...]) -> Iterator[Change]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed_before, needed = set(old.get("required", [])), set(new.get("required", []))
        for name in before.keys() - after.keys():
            yield Change(_joined(path, name), "field removed", True)
        for name, node in after.items():
            where = _joined(path, name)
            if name not in before:
                what = "required field added" if name in needed else "field added, with a default"
                yield Change(where, what, name in needed)
                continue
            if (name in needed) != (name in needed_before):
                yield Change(where, "required now" if name in needed else "no longer required", name in needed)
            if before[name].get("default") != node.get("default"):
                yield Change(where, "default changed", False)
            yield from self.nodes(before[name], node, where, seen)


def _resolved(node: JsonObject, definitions: JsonObject) -> JsonObject:
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    # What stands beside a reference, such as a description, is said of this place and wins.
    return {**definitions.get(name, {}), **{key: value for key, value in node.items() if key != "$ref"}}


def _values(old: JsonObject, new: JsonObject, path: str) -> Iterator[Change]:
    before, after = _listed(old), _listed(new)
    if before is None and after is None:
        return
    if before is None or after is None:
        what = "any value is allowed now" if after is None else "only listed values are allowed now"
        yield Change(path, what, before is None)
        return
    for value in (value for value in before if value not in after):
        yield Change(path, f"value {value} removed", True)
    for value in (value for value in after if value not in before):
        yield Change(path, f"value {value} added", False)


def _listed(node: JsonObject) -> list[Any] | None:
    return [node["const"]] if "const" in node else node.get("enum")


def _bounds(old: JsonObject, new: JsonObject, path: str) -> Iterator[Change]:
    for name in (*_LOWER_BOUNDS, *_UPPER_BOUNDS, *_OTHER_BOUNDS):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if after is None:
            yield Change(path, f"{name} dropped", False)
        else:
            what = f"{name} is {after}" if before is None else f"{name} was {before}, is {after}"
            yield Change(path, what, _tightened(name, before, after))


def _tightened(name: str, before: Any, after: Any) -> bool:
    if before is None or name in _OTHER_BOUNDS:
        return True
    return bool(after > before if name in _LOWER_BOUNDS else after < before)


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
