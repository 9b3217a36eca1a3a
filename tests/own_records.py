"""Records of a user's own: a field more on the summary, a field more on a visit, and a record type more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from summarise.records import DERIVED, ArticleSummary, DateSpan, Evidence, Party, Record, Visit


class DelegationVisit(Visit):
    """one per group travelling together and destination country"""

    delegation_size: int | None = Field(default=None, ge=1, description="people who come along, if a number is given")


class Agreement(Record):
    """something signed between states"""

    id: Annotated[str, DERIVED] = ""
    signatories: list[Party] = Field(min_length=2, description="who signed")
    subject: str = Field(description="in a few words")
    signed: DateSpan = Field(description="when; null if not given")
    evidence: list[Evidence] = Field(min_length=1, description="sentences that carry it")


class TradeSummary(ArticleSummary):
    """the whole article"""

    visits: list[DelegationVisit]  # type: ignore[assignment]  # lists are invariant; pydantic does not mind
    agreements: list[Agreement]
    tone: Literal["friendly", "neutral", "tense"] = Field(description="of the talks, by the article")
