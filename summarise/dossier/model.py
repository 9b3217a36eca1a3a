"""What a dossier holds: people, trips and invitations, each with every report of it and why they belong together.

A *report* is one record of one article. Its `key` is the article's id, `#` and the record's id (`a/12#v2`, `a/12#i1`,
`a/12#o3`; a person whom no list of officials has: `a/12#v2.visitors.1`): overrides name reports by it. `joined` says by
which rule, and to which other report, a report was added; the first of each dossier has none. Dates are EDTF level 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from summarise.records import (
    Attribution,
    DateSpan,
    Evidence,
    Focus,
    InvitationResponse,
    InvitationStatus,
    PartyKind,
    Role,
    Tenure,
    VisitStatus,
)

DayBasis = Literal["stated", "inferred", "none"]
Kind = Literal["person", "trip", "invitation"]
Answer = Literal["unanswered", "acknowledged", "accepted", "tentative", "declined", "delegated", "withdrawn", "denied"]


class Entry(BaseModel):
    """Base of everything in this module: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Joined(Entry):
    """Why a report belongs to the others: the rule, the report it was joined to, and the ground in words."""

    rule: str
    to: str
    why: str


class SourceArticle(Entry):
    """An article that the dossier rests on."""

    id: str
    source: str
    day: str | None
    """Of publication, YYYY-MM-DD."""
    day_basis: DayBasis
    """`inferred`: of the days that its weekday allows the only one on which its past visits lie in the past."""
    outlet: str | None
    headline: str | None


class Mention(Entry):
    """What one article says of a person."""

    key: str
    article: str
    day: str | None
    name: str
    variants: list[str]
    titles: list[str]
    role: Role | None
    """None for a person who is in a record and not in the article's list of officials."""
    tenure: Tenure | None
    country: str | None
    evidence: list[Evidence]
    joined: Joined | None


class Office(Entry):
    """A title, as the articles write it, and the days of the first and the last article that give it."""

    title: str
    first: str | None
    last: str | None
    articles: int


class Person(Entry):
    """One person in all articles, earliest first."""

    id: str
    name: str
    country: str | None
    names: list[str]
    """Every form, the most frequent first."""
    offices: list[Office]
    mentions: list[Mention]
    trips: list[str]
    invitations: list[str]


class Taker(Entry):
    """Who takes part. `person` is the id of a `Person`; None for governments, delegations and unnamed people."""

    person: str | None
    name: str
    country: str | None
    kind: PartyKind


class VisitReport(Entry):
    """What one article says of a visit."""

    key: str
    article: str
    day: str | None
    status: VisitStatus
    focus: Focus
    country: str | None
    """As the article has it; where it has none, the leg's is that of the places."""
    when: DateSpan
    possible_dates: list[DateSpan]
    visitors: list[str]
    hosts: list[str]
    places: list[str]
    event: str | None
    purpose: str | None
    sources: list[Attribution]
    caveat: str | None
    evidence: list[Evidence]
    more: dict[str, JsonValue]
    """Fields of a record type of your own."""
    joined: Joined | None


class Value(Entry):
    """A value and the reports that give it."""

    value: str
    keys: list[str]


class Difference(Entry):
    """What reports of one thing say differently, side by side.

    `moved` tells dates that the reports themselves say were changed from those that contradict each other.
    """

    field: Literal["dates", "status", "places", "response"]
    moved: bool = False
    values: list[Value]


class Leg(Entry):
    """The stay in one country, with its history, earliest report first."""

    country: str | None
    when: DateSpan
    """The best known dates: the newest of the most precise ones, of the newest report where the trip was moved."""
    status: VisitStatus
    """As the newest report has it; a visit that was reported as completed stays so."""
    as_of: str | None
    """The day of the report that `status` is from."""
    reports: list[VisitReport]
    differences: list[Difference]


class Trip(Entry):
    """One journey: who, and the legs in order."""

    id: str
    travellers: list[Taker]
    legs: list[Leg]
    invitations: list[str]


class InvitationReport(Entry):
    """What one article says of an invitation."""

    key: str
    article: str
    day: str | None
    status: InvitationStatus
    response: InvitationResponse
    extended: DateSpan
    responded: DateSpan
    proposed: DateSpan
    inviters: list[str]
    invitees: list[str]
    occasion: str | None
    via: str | None
    sources: list[Attribution]
    caveat: str | None
    evidence: list[Evidence]
    more: dict[str, JsonValue]
    joined: Joined | None


class Fulfilment(Entry):
    """The visit that an invitation led to; `held` is False for one that is only expected."""

    trip: str
    country: str
    when: DateSpan
    held: bool
    rule: str
    why: str
    keys: list[str]


class InvitationStory(Entry):
    """One invitation from extended to answered to the visit that fulfilled it, earliest report first."""

    id: str
    inviters: list[Taker]
    invitees: list[Taker]
    country: str | None
    extended: DateSpan
    responded: DateSpan
    answer: Answer
    open: bool
    """Made and not settled, as far as the articles tell: no visit fulfilled it, it was not declined, delegated,
    withdrawn or denied, and the time that it was for was not over by the newest report.

    One that was accepted is open until the visit took place; `summarise.questions` asks for those without an answer,
    which here are `open` with the answer unanswered, acknowledged or tentative."""
    as_of: str | None
    """The day of the newest report."""
    fulfilment: Fulfilment | None
    reports: list[InvitationReport]
    differences: list[Difference]


class NearMiss(Entry):
    """Two reports, or a report and its candidates, that may be about the same and were kept apart: why."""

    kind: Kind
    rule: str
    why: str
    keys: list[str]
    ids: list[str]
    """Of the persons, trips or invitations that they are in."""


class Skipped(Entry):
    """A record, or a row, of the ledger that could not be read."""

    key: str
    reason: str


class Dossier(Entry):
    """The records of many articles, brought together."""

    articles: list[SourceArticle]
    failed: int
    """Rows without a summary."""
    persons: list[Person]
    trips: list[Trip]
    invitations: list[InvitationStory]
    near_misses: list[NearMiss]
    skipped: list[Skipped]
    other_records: dict[str, int]
    """Records of types of your own, which a dossier does not bring together: how many of each."""

    def open_invitations(self) -> Iterator[InvitationStory]:
        """Those that were made and are not settled, as far as the articles tell (`InvitationStory.open`)."""
        return (each for each in self.invitations if each.open)
