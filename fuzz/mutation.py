"""Near-valid JSON: a value changed in a few places, so that what reads it gets further than its parser."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

Path = tuple[str | int, ...]

ODD: tuple[Any, ...] = (
    "", " ", "\x00", "\u202e", "\ud800", "İ", "x" * 300, "null", "0", 0, -1, 1, 2, 3, 7, 10**30, -(10**400), 1e308, 0.5,
    True, False, None, [], {}, [[]], [None], {"more": []}, {"more": {"more": None}}, {"$ref": "#"},
)  # fmt: skip
"""Values that are seldom meant."""


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of everything inside a value, outermost first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from places(item, (*path, key))


def changed(value: Any, chance: Random, likely: Callable[[], Any], most: int = 4) -> Any:
    """The value with up to `most` parts replaced, left out, repeated, moved or added; `likely` gives likely parts."""
    root = {"": copy.deepcopy(value)}
    for _ in range(chance.randint(1, most)):
        paths = list(places(root))[1:]
        if not paths:
            root[""] = likely()
            continue
        path = chance.choice(paths)
        holder: Any = _at(root, path[:-1])
        key: Any = path[-1]
        match chance.randrange(8):
            case 0:
                del holder[key]
            case 1:
                holder[key] = copy.deepcopy(chance.choice(ODD))
            case 2 if isinstance(holder, list):
                holder.insert(chance.randint(0, len(holder)), copy.deepcopy(holder[key]))
            case 2:
                holder[str(chance.choice(paths)[-1])] = copy.deepcopy(holder[key])
            case 3:
                holder[key] = copy.deepcopy(_at(root, chance.choice(paths)))
            case 4:
                holder[key] = chance.choice((lambda item: [item], lambda item: {"more": [item]}))(holder[key])
            case 5 if isinstance(holder, list):
                chance.shuffle(holder)
            case _:
                holder[key] = likely()
    return root[""]


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def written(value: Any, chance: Random) -> str:
    """The value as JSON, or as a model writes JSON: fenced, with prose, a comment, a comma too many, a key twice."""
    text = json.dumps(value, ensure_ascii=chance.random() < 0.3, indent=chance.choice((None, None, 1)))
    match chance.randrange(16):
        case 0:
            return f"Here it is:\n```json\n{text}\n```\nI hope this helps."
        case 1:
            return f"<think>{text[: chance.randrange(len(text) + 1)]}</think>{text}"
        case 2:
            return text.replace("}", ",}", chance.randint(1, 3)) + " // done"
        case 3:
            return text[: chance.randrange(len(text) + 1)]
        case 4:
            at = text.find("{") + 1
            return text[:at] + '"visits": [], ' * chance.randint(1, 2) + text[at:]
        case 5:
            return text + chance.choice(("\n{}", "\n[]", text, "{", '"', "\x00"))
        case _:
            return text


def torn(text: str, chance: Random, words: Sequence[str]) -> str:
    """The text with a few pieces left out, repeated, put elsewhere or exchanged for words."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((1, 1, 5, 20, 100, 1000)))
        piece, rest = text[start:end], text[:start] + text[end:]
        at = chance.randint(0, len(rest))
        match chance.randrange(5):
            case 0:
                text = rest
            case 1:
                text = text[:end] + piece * chance.choice((1, 1, 2, 30)) + text[end:]
            case 2:
                text = rest[:at] + piece + rest[at:]
            case 3 if words:
                text = text[:start] + chance.choice(words) + text[end:]
            case _:
                text = text[:start] + (chance.choice(words) if words else "\n") + text[start:]
    return text
