"""Kinds of what speaks to the program that reads, or looks other than it reads, and what each costs its sentence."""

from __future__ import annotations

from typing import Literal, NamedTuple

InjectionKind = Literal[
    "order", "speaker", "mark", "reply", "between", "comment", "repeated", "reversed", "hidden", "broken", "lookalike",
    "slip", "doubtful",
]  # fmt: skip
"""What a sentence holds: an order to a model; a mark of who speaks in a chat; a tag, number or header of our request; a
piece of a reply; it stands between such marks, or in a comment; it stands there again and again; characters that turn
the direction of writing round; characters that cannot be seen; a word broken up by such; a word in letters of two
alphabets, as who acts or where he goes, or beside what is told; a sign that ordinary copy has too."""

BARRED: frozenset[InjectionKind] = frozenset(
    ("order", "speaker", "mark", "reply", "between", "comment", "repeated", "reversed", "lookalike")
)
"""Kinds of which the whole sentence is no evidence. Of the others the sentence may still tell something."""

BLOTTED: frozenset[InjectionKind] = frozenset(("hidden", "slip"))
"""Kinds of which only their own span is no evidence."""

WITHHELD: frozenset[InjectionKind] = frozenset(("order", "speaker", "mark", "between", "comment"))
"""Kinds of which the sentence is not even shown to a model: those that may make it do something."""

Span = tuple[int, int]
Region = tuple[InjectionKind, int, int]


class Injection(NamedTuple):
    """A sentence that speaks to the program, or looks other than it reads, and what was found: printable and short."""

    sentence: int
    kind: InjectionKind
    found: str


class Found(NamedTuple):
    """All injections in order of their sentences, and the text that records may rest on: as long, the rest blotted."""

    injections: tuple[Injection, ...]
    trusted: str
