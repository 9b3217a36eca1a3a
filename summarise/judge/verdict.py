"""What the judge says: the faults of a reply, and what stands of it if nobody is asked again."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue

from summarise.records import ArticleSummary, Repair


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint: where, what is wrong, and what is allowed. `rule` is its short name."""

    path: str
    rule: str
    problem: str
    allowed: str
    sentence: int | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}. {self.allowed}" if self.allowed else f"{self.path}: {self.problem}."


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one reply.

    Without `faults` the reply is accepted. `summary` holds what stands even so: records with a fault in a required
    field are in its `rejected`, other faulty values are withheld with a concern. It is None if nothing could be read.
    """

    value: JsonValue
    faults: tuple[Fault, ...]
    repairs: tuple[Repair, ...]
    summary: ArticleSummary | None

    @property
    def accepted(self) -> bool:
        """True if there is nothing to complain about."""
        return not self.faults
