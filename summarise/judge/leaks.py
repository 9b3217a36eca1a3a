"""What a reply repeats of the instructions it was given: an article may have asked for them, and no result holds them.

Runs of letters are compared, so that case, spacing and punctuation do not hide a copy. A run counts if it stands in the
instructions and not in the article. What is encoded, translated or cut into pieces shorter than `RUN` is not noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import JsonValue

from summarise.judge.verdict import Fault

RUN: Final = 34
"""Letters in a row that are surely noticed: about six words."""

_SIZE: Final = 28
_STRIDE: Final = RUN - _SIZE
_NO_LETTERS: Final = bytes(sign for sign in range(128) if not chr(sign).isalnum())

Instructions = frozenset[str]
"""Every run of `_SIZE` letters in the instructions."""


NO_INSTRUCTIONS: Final[Instructions] = frozenset()


def runs_of(text: str) -> Instructions:
    """The instructions as they are looked for."""
    letters = _letters(text)
    return frozenset(letters[at : at + _SIZE] for at in range(len(letters) - _SIZE + 1))


def without_instructions(
    value: JsonValue, instructions: Instructions, article: str
) -> tuple[JsonValue, tuple[Fault, ...]]:
    """The reply with every text emptied, and every key left out, that repeats the instructions; a fault for each."""
    if not instructions or not any(repeats(text, instructions, article) for text in _long_texts(value)):
        return value, ()
    found = list(_repeating(value, instructions, article, ""))
    faults = tuple(
        Fault(path, "instructions", "it repeats the instructions", "Write it with the article's words")
        for path in found
    )
    return _emptied(value, frozenset(found), ""), faults


def repeats(text: str, instructions: Instructions, article: str) -> bool:
    """Whether a text repeats a run of the instructions that is not the article's own."""
    if len(text) < _SIZE or not instructions:
        return False
    letters = _letters(text)
    runs = (letters[at : at + _SIZE] for at in range(0, len(letters) - _SIZE + 1, _STRIDE))
    if not any(run in instructions for run in runs):
        return False
    own = _letters(article)
    return any(
        run in instructions and run not in own
        for at in range(len(letters) - _SIZE + 1)
        if (run := letters[at : at + _SIZE])
    )


def _letters(text: str) -> str:
    if text.isascii():
        return text.lower().encode().translate(None, _NO_LETTERS).decode()
    return "".join(filter(str.isalnum, text.casefold()))


def _long_texts(value: JsonValue) -> list[str]:
    """Every text and key that is long enough to repeat anything."""
    found: list[str] = []
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            if len(each) >= _SIZE:
                found.append(each)
        elif isinstance(each, dict):
            left += each.values()
            found += [key for key in each if len(key) >= _SIZE]
        elif isinstance(each, list):
            left += each
    return found


def _repeating(value: JsonValue, instructions: Instructions, article: str, path: str) -> Iterator[str]:
    """The path of every text, and of every key, that repeats the instructions; a key is shown by its position."""
    if isinstance(value, str):
        if repeats(value, instructions, article):
            yield path or "the reply"
    elif isinstance(value, dict):
        for position, (key, item) in enumerate(value.items()):
            if repeats(key, instructions, article):
                yield _at_key(path, position)
            else:
                yield from _repeating(item, instructions, article, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _repeating(item, instructions, article, f"{path}[{position}]")


def _emptied(value: JsonValue, found: frozenset[str], path: str) -> JsonValue:
    if isinstance(value, str):
        return "" if (path or "the reply") in found else value
    if isinstance(value, dict):
        return {
            key: _emptied(item, found, f"{path}.{key}" if path else key)
            for position, (key, item) in enumerate(value.items())
            if _at_key(path, position) not in found
        }
    if isinstance(value, list):
        return [_emptied(item, found, f"{path}[{position}]") for position, item in enumerate(value)]
    return value


def _at_key(path: str, position: int) -> str:
    return f"{path}.key {position + 1}" if path else f"key {position + 1}"
