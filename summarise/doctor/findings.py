"""What the doctor finds: one thing after the other, each good, doubtful or bad."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from summarise.errors import SummariseError

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, how it is, what was found, and the way on where something is to mend."""

    name: str
    state: State
    found: str
    way_on: str = ""


def looked_at(name: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What `look` finds; an error becomes a finding as well, since a doctor that breaks down helps nobody."""
    try:
        yield from look()
    except SummariseError as error:
        yield Finding(name, "fail", error.message, error.hint)
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is what was asked about
        way_on = "This should not happen: report it, with this line and the versions above."
        yield Finding(name, "fail", f"{type(problem).__name__}: {problem}", way_on)
