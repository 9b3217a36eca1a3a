"""What goes wrong at the provider of `tests.batch_server`, and what it counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Faults:
    """What goes wrong. Rates are shares of the requests, drawn anew for each time an article is asked about.

    `expire`, `cancel`, `refuse` and `crowd` name batches, counted from 1: that expire or are cancelled after half of
    their requests, that fail validation, that find no room. `lose` names calls, such as `POST /files 1`, that are
    carried out and whose answer is lost; `fail` maps such a call to a status that it is refused with. `kill` names
    calls, such as `POST /files 1 before` or `POST /batches 2 after`, at which the process whose id is in the file
    `victim` is killed: before they are carried out, or when they are, and before the answer.
    """

    bad: float = 0.0
    truncated: float = 0.0
    busy: float = 0.0
    broken: float = 0.0
    seed: int = 1
    expire: set[int] = field(default_factory=set)
    cancel: set[int] = field(default_factory=set)
    refuse: set[int] = field(default_factory=set)
    crowd: set[int] = field(default_factory=set)
    lose: set[str] = field(default_factory=set)
    fail: dict[str, int] = field(default_factory=dict)
    kill: set[str] = field(default_factory=set)
    victim: Path | None = None
    no_schema: bool = False
    """Whether every request for a JSON schema is refused with 400."""
    no_credit: bool = False
    """Whether every request is refused for want of credit."""
    old_limit: bool = False
    """Whether `max_completion_tokens` is not known."""


@dataclass
class Seen:
    """The server's own counts.

    `asked` has, for each article, how many requests about it were made; `repeated` counts requests that are word for
    word one that was answered well before, or is in two batches at once; `calls` counts calls by method and path.
    """

    asked: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    files: int = 0
    batches: int = 0
    most_in_file: int = 0
    biggest_file: int = 0
    live: int = 0
    kills: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
