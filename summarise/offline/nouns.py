"""What stands for persons in a sentence. `summarise.offline.mentions` finds it; whom it means, `cast` decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MentionKind = Literal["name", "nominal", "group", "pronoun"]


@dataclass(slots=True)
class Title:
    """A title as it stands: tokens `first` to `last` (exclusive), its head, and the states it can be of."""

    first: int
    last: int
    head: str
    codes: tuple[str, ...] = ()
    owner: int | None = None
    """Token of "his", "her", "its" or "their" before it."""
    bare: bool = True
    """Whether neither a state nor a body stands in it."""
    of_a_city: bool = False
    """ "Barcelona president": what stands in it is a city that is no capital."""


@dataclass(slots=True)
class Mention:
    """A person or a group in a sentence: tokens `first` to `last` (exclusive), the name's and the titles' positions."""

    kind: MentionKind
    first: int
    last: int
    name: tuple[int, int] | None = None
    titles: list[Title] = field(default_factory=list)
    honorific: str = ""
    """Of a name: "mr", "gen"; of a group: its head, with a plus behind it if it is told who the members are."""
    determiner: str = ""
    codes: tuple[str, ...] = ()
    """Of a group: the states its members come from; of a name: "Russia's Lavrov"."""
    private: bool = False
    """Of a body that is no state's: "President Ito of the Olympic Committee" (hard case 59)."""
    members: list[int] = field(default_factory=list)
    """Of a group: who is named behind it as its members, "the ministers, Lund of Norway and Prado of Chile"."""
    count: int = 0
    """Of "the two leaders": how many they are."""
    person: int | None = None
    """Index in the cast, once it is known."""
