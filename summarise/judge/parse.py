"""The text of a reply -> one JSON value, and a flag for every repair that this took.

In plain text the *last* JSON object counts, so that JSON quoted from the article cannot win.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import isfinite

from pydantic import JsonValue
from pydantic_core import from_json

from summarise.records import Repair

MAX_REPLY_CHARACTERS = 2_000_000
_FENCE = re.compile(r"^[ \t]*```[\w-]*[ \t]*$", re.MULTILINE)
_THINKING_END = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_KEY_END = re.compile(r'"\s*:')  # at the end of every key, and perhaps within strings
_LINE_COMMENT = re.compile(r"//[^\n]*")
# An unclosed string runs to the end: it is read once, and not again from each quotation mark in it.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON value read from a reply. `fault` says why there is none, and then `value` is None."""

    value: JsonValue
    repairs: tuple[Repair, ...] = ()
    fault: str | None = None


def parse(content: str) -> Parsed:
    """Reads the reply's JSON object, mending what can be mended without guessing.

    Mended are: a thinking block, code fences, text around the JSON, trailing commas, `//` comments. A value cut off in
    the middle is never completed; of a key that stands twice neither value is taken. Never raises: whatever the text,
    there is a value or a fault.
    """
    if len(content) > MAX_REPLY_CHARACTERS:
        return Parsed(None, fault=f"the reply has {len(content)} characters; at most {MAX_REPLY_CHARACTERS} are read")
    if not _is_unicode(content):
        return Parsed(None, fault="the reply holds half a surrogate pair, which is no text")
    value, fault = _read(content)
    if fault is None:
        return _object_or_fault(value, ())
    repairs: list[Repair] = []
    text = _without_thinking(content, repairs)
    if _FENCE.search(text):
        text = _FENCE.sub("", text)
        repairs.append(Repair(kind="code_fence", message="code fences removed"))
    value, fault_now = _read(text)
    if fault_now is None:
        return _object_or_fault(value, tuple(repairs))
    return _last_object(text, repairs, fault_now)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(text: str) -> tuple[JsonValue, str | None]:
    try:
        value: JsonValue = from_json(text, allow_inf_nan=False)
    except ValueError as problem:
        return None, str(problem)
    keys, finite = _measured(value)
    if not finite:  # 1e999 is JSON, and no float holds it
        return None, "a number is beyond all bounds"
    if len(_KEY_END.findall(text)) == keys:
        return value, None
    twice = _key_twice(text)
    return (value, None) if twice is None else (None, f"the key {twice!r} stands twice in one object")


def _measured(value: JsonValue) -> tuple[int, bool]:
    """How many keys all objects have together, and whether all numbers are finite."""
    keys, finite, left = 0, True, [value]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            keys += len(each)
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)
        elif isinstance(each, float):
            finite = finite and isfinite(each)
    return keys, finite


def _key_twice(text: str) -> str | None:
    """The first key that an object of this JSON has twice: whichever value were taken, the other would be lost."""
    found: list[str] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        keys = [key for key, _ in pairs]
        found.extend(key for place, key in enumerate(keys) if len(set(keys)) < len(keys) and key in keys[:place])

    json.loads(text, object_pairs_hook=look, strict=False)
    return found[0] if found else None


def _object_or_fault(value: JsonValue, repairs: tuple[Repair, ...]) -> Parsed:
    if isinstance(value, dict):
        return Parsed(value, repairs)
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        wrapped = Repair(kind="wrapped_value", message="the object stood alone in a list")
        return Parsed(value[0], (*repairs, wrapped))
    return Parsed(None, repairs, f"the reply is a JSON {_json_type(value)}; one JSON object is asked for")


def _json_type(value: JsonValue) -> str:
    if value is None:
        return "null"
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "list", dict: "object"}
    return names[type(value)]


def _without_thinking(text: str, repairs: list[Repair]) -> str:
    """Cuts what stands before the end of a thinking block; an unclosed block is left to be found faulty."""
    ends = list(_THINKING_END.finditer(text))
    if not ends or text.lstrip().startswith("{"):  # then the tags stand in its strings
        return text
    repairs.append(Repair(kind="thinking_block", message="thinking before the answer removed"))
    return text[ends[-1].end() :]


def _last_object(text: str, repairs: list[Repair], fault: str) -> Parsed:
    spans = _outermost_objects(text)
    if not spans:
        return Parsed(None, tuple(repairs), f"no JSON object: {fault}")
    start, end = spans[-1]
    if end is None:
        return Parsed(None, tuple(repairs), f"the JSON breaks off: {fault}")
    if text[:start].strip() or text[end:].strip():
        repairs.append(Repair(kind="surrounding_text", message="text around the last JSON object left out"))
    piece = text[start:end]
    value, fault_now = _read(piece)
    if fault_now is not None:
        piece = _mend(piece, repairs)
        value, fault_now = _read(piece)
    if fault_now is not None:
        return Parsed(None, tuple(repairs), f"not valid JSON: {fault_now}")
    return _object_or_fault(value, tuple(repairs))


def _outermost_objects(text: str) -> list[tuple[int, int | None]]:
    """Spans of the outermost `{…}`, strings respected; the last one has no end if it is cut off. One pass."""
    spans: list[tuple[int, int | None]] = []
    depth, start, in_string = 0, 0, False
    for mark in _MARKS.finditer(text):
        sign = mark.group()
        if depth == 0:
            if sign == "{":
                depth, start, in_string = 1, mark.start(), False
        elif in_string:
            in_string = sign != '"'
        elif sign == '"':
            in_string = True
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                spans.append((start, mark.end()))
    if depth:
        spans.append((start, None))
    return spans


_MARKS = re.compile(r'\\.|[{}"]', re.DOTALL)


def _mend(piece: str, repairs: list[Repair]) -> str:
    """Removes trailing commas and `//` comments, outside strings only."""
    out: list[str] = []
    seen: set[str] = set()
    at = 0
    for string in _STRING.finditer(piece):
        out.append(_mend_between(piece[at : string.start()], seen))
        out.append(string.group())
        at = string.end()
    out.append(_mend_between(piece[at:], seen))
    joined = "".join(out)
    if "comment" in seen:
        repairs.append(Repair(kind="comment", message="comments removed"))
    if "trailing_comma" in seen:
        repairs.append(Repair(kind="trailing_comma", message="trailing commas removed"))
    return joined


def _mend_between(text: str, seen: set[str]) -> str:
    without_comments = _LINE_COMMENT.sub("", text)
    if without_comments != text:
        seen.add("comment")
    without_commas = _TRAILING_COMMA.sub("", without_comments)
    if without_commas != without_comments:
        seen.add("trailing_comma")
    return without_commas
