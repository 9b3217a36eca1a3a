"""What strict structured outputs accept, checked here: a schema that passes an SDK can still be refused by the API.

The rules are those that OpenAI publishes for `strict: true`; other vendors accept no more than these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_KEYWORDS = {
    "$defs", "$ref", "additionalProperties", "anyOf", "const", "description", "enum", "exclusiveMaximum",
    "exclusiveMinimum", "format", "items", "maxItems", "maximum", "minItems", "minimum", "multipleOf", "pattern",
    "properties", "required", "type",
}  # fmt: skip
_FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
_TYPES = {"string", "number", "integer", "boolean", "object", "array", "null"}
_LOOK_AROUND = ("(?=", "(?!", "(?<=", "(?<!")

MAX_PROPERTIES = 5_000
MAX_LEVELS = 10
MAX_ENUM_VALUES = 1_000
MAX_CHARACTERS = 120_000
_MAX_STEPS = 100  # of nesting of any kind; no schema that keeps the limit of levels comes near it


class _Check:
    def __init__(self, schema: dict[str, Any]) -> None:
        definitions = schema.get("$defs")
        self.definitions: dict[str, Any] = definitions if isinstance(definitions, dict) else {}
        self.properties = self.enum_values = self.characters = 0

    def node(self, node: object, path: str, steps: int) -> Iterator[str]:
        if not isinstance(node, dict):
            yield f"{path}: not a schema"
            return
        if steps > _MAX_STEPS:
            yield f"{path}: nested too deeply"
            return
        for keyword in node.keys() - _KEYWORDS:
            yield f"{path}: `{keyword}` is not permitted"
        if "$ref" in node:
            yield from self._reference(node, path)
        elif not node.keys() & {"type", "anyOf", "enum", "const"}:
            yield f"{path}: has no type"
        yield from self._values(node, path)
        yield from self._object(node, path, steps)
        yield from self._children(node, path, steps)

    def _reference(self, node: dict[str, Any], path: str) -> Iterator[str]:
        if len(node) > 1:
            yield f"{path}: nothing may stand beside $ref"
        if node["$ref"] != "#" and _target(node["$ref"]) not in self.definitions:
            yield f"{path}: {node['$ref']} leads nowhere"

    def _values(self, node: dict[str, Any], path: str) -> Iterator[str]:
        given = node.get("type", [])
        types = given if isinstance(given, list) else [given]
        for unknown in (name for name in types if not isinstance(name, str) or name not in _TYPES):
            yield f"{path}: {unknown!r} is no type"
        if "array" in types and "items" not in node:
            yield f"{path}: an array needs typed items"
        if "format" in node and node["format"] not in _FORMATS:
            yield f"{path}: format {node['format']!r} is not permitted"
        if any(mark in str(node.get("pattern", "")) for mark in _LOOK_AROUND):
            yield f"{path}: a pattern with look-around is not permitted"
        values = node.get("enum", [])
        self.enum_values += len(values)
        self.characters += sum(len(str(value)) for value in [*values, node.get("const", "")])

    def _object(self, node: dict[str, Any], path: str, steps: int) -> Iterator[str]:
        types = node.get("type")
        if types != "object" and not (isinstance(types, list) and "object" in types) and "properties" not in node:
            return
        properties = node.get("properties", {})
        if not isinstance(properties, dict):
            yield f"{path}: properties is no object"
            return
        self.properties += len(properties)
        self.characters += sum(map(len, properties))
        if node.get("additionalProperties") is not False:
            yield f"{path}: additionalProperties must be false"
        if sorted(node.get("required", [])) != sorted(properties):
            yield f"{path}: required must name every property, and no other"
        for name, child in properties.items():
            yield from self.node(child, f"{path}.{name}", steps + 1)

    def _children(self, node: dict[str, Any], path: str, steps: int) -> Iterator[str]:
        if "items" in node:
            yield from self.node(node["items"], f"{path}[]", steps + 1)
        for child in node.get("anyOf", []):
            yield from self.node(child, path, steps + 1)

    def levels(self, node: object, seen: tuple[str, ...] = ()) -> int:
        """Objects inside objects, through references; a definition that refers to itself counts once."""
        if not isinstance(node, dict):
            return 0
        name = _target(node.get("$ref", ""))
        if name:
            return 0 if name in seen else self.levels(self.definitions.get(name), (*seen, name))
        inner = [*node.get("properties", {}).values(), *node.get("anyOf", []), node.get("items")]
        return ("properties" in node) + max((self.levels(child, seen) for child in inner), default=0)


def _target(reference: str) -> str:
    return reference.removeprefix("#/$defs/") if reference.startswith("#/$defs/") else ""


def strict_faults(schema: dict[str, Any]) -> list[str]:
    """What strict mode would refuse in a wire schema, as `path: fault`; empty when it may be sent.

    Paths start with `$`, a definition's with `$defs`. Source of the rules: OpenAI, structured outputs, supported
    schemas (every property required, closed objects, root object, size limits).
    """
    check = _Check(schema)
    faults = list(check.node(schema, "$", 0))
    if schema.get("type") != "object" or "anyOf" in schema:
        faults.append("$: the root must be an object, and no anyOf")
    for name, node in check.definitions.items():
        check.characters += len(name)
        faults += check.node(node, f"$defs.{name}", 0)
    if faults:
        return faults  # the sizes of a schema that is no schema mean nothing
    counts = [
        ("properties", check.properties, MAX_PROPERTIES),
        ("levels of objects", check.levels(schema), MAX_LEVELS),
        ("enum values", check.enum_values, MAX_ENUM_VALUES),
        ("characters in names and values", check.characters, MAX_CHARACTERS),
    ]
    return [f"$: {count} {what}, at most {limit} are permitted" for what, count, limit in counts if count > limit]
