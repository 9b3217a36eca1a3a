"""What an evaluation finds, as data."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarise.evaluation.gold import RecordType


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Estimate(_Result):
    """A figure with its bootstrap 95% interval over articles; all None where it is undefined."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Score(_Result):
    """Counts of one thing, and the figures from them."""

    found: int
    false: int
    missed: int
    precision: Estimate
    recall: Estimate
    f1: Estimate = Field(description="Micro: all articles pooled. 1 if there is nothing to find and nothing found.")
    macro_f1: Estimate = Field(description="Mean over articles.")


class SlotScore(_Result):
    """Slots of all records; those of false and missed records count as spurious and missing."""

    possible: int
    actual: int
    credit: float
    precision: Estimate
    recall: Estimate
    f1: Estimate


class FieldScore(_Result):
    """One field over the records that were found (MUC). `accuracy` is the credit per slot."""

    correct: int
    partial: int
    incorrect: int
    missing: int
    spurious: int
    accuracy: float | None


class Validity(_Result):
    """How much of the output could be used at all."""

    articles: int = Field(description="Gold articles that the ledger has a row for, failed rows included.")
    valid: int = Field(description="Of these, the ones with a summary in which every record passed every check.")
    share: float | None
    records: int
    dropped: dict[str, int] = Field(
        description="Records left out, by the check they failed: parse, dates, quotes, links."
    )
    quotes: int = Field(description="Quotes that could be checked, because the article's text is at hand.")
    verbatim: int = Field(description="Of these, the ones that stand in the text where they say.")
    unchecked: int = Field(description="Articles whose text is not at hand.")


class Negatives(_Result):
    """Articles with neither visit nor invitation."""

    articles: int
    false_visits: int
    with_false_visits: int
    per_article: Estimate


class Confusion(_Result):
    """How often one value stood where another one was right."""

    right: str
    given: str
    count: int


class Group(_Result):
    """The visits of one country, status or outlet; found and missed ones by the gold, false ones by the ledger."""

    name: str | None
    found: int
    false: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float
    core_f1: float


class Finding(_Result):
    """A record that was missed, is false, or was found with visitors, country, status class or start wrong."""

    article: str
    outcome: Literal["missed", "false", "wrong"]
    type: RecordType
    path: str | None = Field(description="Of the gold record, such as `visits.v1`; None for a false one.")
    record: str = Field(description="Who, where, when, in which state.")
    wrong: list[str] = Field(default=[], description="Of a visit that was found: what is wrong, right and given value.")
    sentences: list[str] = Field(description="What it rests on.")


class Difference(_Result):
    """One figure of two ledgers on the same articles."""

    measure: str
    value: float | None
    other: float | None
    difference: Estimate = Field(description="Value less other, paired by article.")


class Evaluation(_Result):
    """A ledger against the gold."""

    gold: int = Field(description="Gold articles.")
    absent: list[str] = Field(description="Gold articles that the ledger has no row for: nothing found.")
    failed: list[str] = Field(description="Gold articles whose row is failed: nothing found.")
    unknown: list[str] = Field(description="Articles of the ledger without gold: left out.")
    resamples: int
    seed: int
    validity: Validity
    core_visits: Score = Field(description="The headline: visits with visitors, country, status class and start right.")
    records: dict[str, Score] = Field(description="Visits, invitations, officials, and all of them.")
    upcoming: Score = Field(description="Visits yet to come: was there an alarm, and was it a true one?")
    slots: SlotScore
    fields: dict[str, dict[str, FieldScore]] = Field(description="By record type (or `article`) and field.")
    statuses: list[Confusion] = Field(description="Status of the visits that were found.")
    classes: list[Confusion] = Field(description="The same by class; `none`: missed, or false.")
    negatives: Negatives
    by: Literal["country", "status", "outlet"] | None = None
    groups: list[Group] = []
    findings: list[Finding] = []
    compared_with: str | None = None
    compared_absent: list[str] = Field(default=[], description="Gold articles that the other ledger has no row for.")
    compared_failed: list[str] = Field(default=[], description="Gold articles whose row in the other ledger is failed.")
    differences: list[Difference] = []

    def as_json(self, *, findings: bool = True) -> str:
        """As indented JSON, with or without the single findings."""
        left_out: Any = None if findings else {"findings"}
        return self.model_dump_json(indent=2, exclude=left_out)
