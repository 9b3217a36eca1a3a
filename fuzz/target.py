"""What a target consists of, and what targets share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent

Seeds = Iterator[tuple[str, bytes]]
"""Name and content of the inputs that a corpus begins with."""


@dataclass(frozen=True, slots=True)
class Target:
    """A rule that is tried: `check` raises where an input breaks it, and `tells` says in a few words what it is.

    `mutate` makes another input from one, where bytes changed at random would seldom be of use; half of all inputs are
    made by it. `words` are what inputs are likely to hold. Inputs have at most `longest` bytes.
    """

    tells: str
    check: Callable[[bytes], None]
    seeds: Callable[[], Seeds]
    words: tuple[str, ...] = ()
    mutate: Callable[[bytes, Random], bytes] | None = None
    longest: int = 8192


def example_articles() -> Seeds:
    """The articles of `examples/`, and short ones for what those have not."""
    for path in sorted((ROOT / "examples" / "articles").iterdir()):
        yield path.name, path.read_bytes()
