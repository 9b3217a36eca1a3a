"""What a reader on a worker tells the driver about an article, beside ledger rows and complaints."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from summarise.corpus.cluster.claims import Verdict
from summarise.corpus.items import Complaint, SourceItem
from summarise.corpus.ledger import LedgerRow
from summarise.errors import SummariseError
from summarise.records import Usage


@dataclass(frozen=True, slots=True)
class Claimed:
    """An article as it goes to a reader, with what is to be done with it; a twin has the text of `first`."""

    item: SourceItem
    verdict: Verdict
    first: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The folder has it as ok, and it was not read again.

    `older`: from another model, prompt or schema; `set_otherwise`: from the same with other settings.
    """

    id: str
    older: bool
    set_otherwise: bool


@dataclass(frozen=True, slots=True)
class Twin:
    """It has the text of the article `first`, whose result it shares."""

    id: str
    source: str
    fingerprint: dict[str, str]
    first: str


@dataclass(frozen=True, slots=True)
class Unread:
    """The run was to stop before it was begun."""


UNREAD = Unread()


@dataclass(frozen=True, slots=True)
class Stopped:
    """The error for which the run is to end, and what the article used that met it."""

    error: SummariseError
    usage: Usage


Answer = LedgerRow | Complaint | Kept | Twin | Unread | Stopped


def packed(things: Iterable[object]) -> list[bytes]:
    """Each as bytes, which is what a cell of a table can hold."""
    return [pickle.dumps(thing) for thing in things]


def unpacked(cells: Iterable[bytes]) -> list[Any]:
    """What was packed: by this program, in this run."""
    return [pickle.loads(bytes(cell)) for cell in cells]
