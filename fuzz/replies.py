"""Reading a reply: of any text comes a value or a fault, and the value is the last JSON object that stands there.

What is JSON already, with each key once, is read as it is and as nothing else; what is read can be said again and is
then read without repair. Behind prose that holds no bracket, the object at the end is the reply; and it is the reply,
too, behind another whole object.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

from fuzz.mutation import changed, torn, written
from fuzz.target import Seeds, Target
from summarise.judge.parse import parse
from tests.mutations import distinct_replies

LAST = {"visits": [], "summary": "the last { one \" // counts ,}", "n": [1, {"a": None}]}  # fmt: skip


def check(data: bytes) -> None:
    """Reads the text, and the text with an object behind it."""
    text = data.decode("utf-8", "surrogateescape")
    found = parse(text)
    assert (found.fault is None) == (found.value is not None)
    assert found == parse(text)
    for repair in found.repairs:
        repair.message.encode()
    if found.fault is not None:
        found.fault.encode()
    else:
        assert isinstance(found.value, dict)
        again = parse(json.dumps(found.value))
        assert (again.value, again.repairs, again.fault) == (found.value, (), None)
    strict, twice = _strict(text)
    if isinstance(strict, dict) and not twice:
        assert (found.value, found.repairs) == (strict, ()), "JSON is not read as it is"
    if isinstance(strict, dict) and twice:
        assert found.fault is not None, "of a key that stands twice a value was taken"
    if not any(sign in text for sign in "{}<`") and found.fault is not None and "surrogate" not in found.fault:
        assert parse(text + "\n" + json.dumps(LAST)).value == LAST
    if isinstance(strict, dict) and not twice and not any(sign in text for sign in "<`"):
        assert parse(text + "\n" + json.dumps(LAST)).value == LAST, "the last object does not count"


def _strict(text: str) -> tuple[Any, bool]:
    """The text as JSON, None if it is none or holds what cannot be stored; and whether an object has a key twice."""
    twice = False

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        twice = twice or len(dict(pairs)) < len(pairs)
        return dict(pairs)

    def refuse(name: str) -> Any:
        raise ValueError(name)

    try:
        value = json.loads(text, object_pairs_hook=look, parse_constant=refuse)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
        if json.dumps(value).count("Infinity"):
            return None, twice
    except (ValueError, RecursionError):
        return None, False
    return value, twice


def seeds() -> Seeds:
    """The replies that a model gave in the recordings, and ways in which models wrap them."""
    for recorded in distinct_replies():
        if len(recorded.content) < 4_000:
            yield recorded.name.replace(" ", "-"), recorded.content.encode("utf-8", "replace")
    for number, text in enumerate(ODD):
        yield f"odd-{number}", text.encode()


def mutate(data: bytes, chance: Random) -> bytes:
    """Another reply of the same kind: changed as a value, or as a text."""
    text = data.decode("utf-8", "replace")
    try:
        value = changed(json.loads(text), chance, lambda: chance.choice(WORDS))
        return written(value, chance).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return torn(text, chance, WORDS).encode("utf-8", "replace")


ODD = (
    '```json\n{"a": 1}\n```',
    '<think>{"a": 2}</think>{"a": 1}',
    'So: {"a": 1,} // done',
    '{"a": 1, "a": 2}',
    '{"a": "\\ud83d"}',
    '{"a": {"b": [1, 2',
    '{"a": "//", "b": ",}"}',
    *'[{}] {"a":1e999} {"a":NaN} null {}{}'.split(),
)
WORDS = (
    *'{" ": ", [ ] { } {} null true 1e999 -0 NaN Infinity // ,} ,] \\ \\u0000 \\ud800 "visits":[],'.split(),
    *"<think> </think> <reasoning> \ufeff \x00".split(" "),
    "```json\n",
    "\n```\n",
)

TARGET = Target("reading a reply as JSON", check, seeds, WORDS, mutate)
