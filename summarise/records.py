"""What comes out: the records, and what is known about how each came to be.

The models here are the single source of the schemas: `summarise.schema` derives from them both the schema of a stored
record and the schema of the reply that is asked of a model. Four things steer that:

- `DERIVED` in a field's annotation: code fills the field in, the model is never asked for it.
- `VerbatimText` must stand in the article; the judge refuses what does not.
- A default: the model may leave the field out (it goes into the reply's `more` list, and costs nothing when empty).
- `Evidence`, `Party`, `Attribution` and `DateSpan` have short reply forms (a sentence number, a name, text and date).

Field descriptions are read by the model: they stand in the prompt. Subclass `ArticleSummary` to add fields or record
types of your own. The fields follow CAMEO/PLOVER (visits, hosts, invitations), the U.S. State Department's lists
(kinds of visit), RFC 5545 (answers to invitations) and EDTF (dates of reduced precision).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from summarise.notebook import record_html, summary_html


class Derived:
    """Marks a field that code fills in; the model is not asked for it."""

    def __repr__(self) -> str:
        return "DERIVED"


DERIVED = Derived()


class Verbatim:
    """Marks text that must stand in the article as it is; the judge checks it."""

    def __repr__(self) -> str:
        return "VERBATIM"


VERBATIM = Verbatim()
VerbatimText = Annotated[str, VERBATIM]

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 3166-1 alpha-3; XKX for Kosovo; SUN, YUG, CSK, DDR for states that are no more."""

PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""EDTF level 0: `2023`, `2023-10` or `2023-10-18`. The precision of the date is the precision that is known."""

PartyKind = Literal["person", "unnamed_person", "delegation", "government", "organisation"]
AttributionKind = Literal["named_official", "institution", "anonymous", "media", "analyst", "narrator"]
DatePrecision = Literal["day", "week", "month", "season", "year", "vague", "none"]
DateBasis = Literal["explicit", "relative", "inferred", "none"]
VisitKind = Literal[
    "state", "official", "official_working", "working", "private", "informal",
    "multilateral", "ceremonial", "transit", "other", "unspecified",
]  # fmt: skip
VisitStatus = Literal[
    "speculated", "planned", "confirmed", "ongoing", "completed", "postponed", "cancelled", "denied", "unknown"
]
Focus = Literal["main", "background"]
Channel = Literal["in_person", "letter", "phone", "via_intermediary", "public_statement", "unspecified"]
InvitationStatus = Literal["planned", "extended", "renewed", "withdrawn", "denied"]
InvitationResponse = Literal["pending", "acknowledged", "accepted", "declined", "tentative", "delegated", "unknown"]
Role = Literal[
    "head_of_state", "head_of_government", "monarch_or_royal", "foreign_minister", "defence_minister", "minister",
    "deputy_minister", "ambassador", "envoy", "spokesperson", "legislator", "party_official", "military", "judiciary",
    "subnational", "intl_org", "religious", "other",
]  # fmt: skip
Tenure = Literal["current", "former", "deceased", "unclear"]


class Record(BaseModel):
    """Base of everything in this module: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def _repr_html_(self) -> str:
        """A table for notebooks, everything escaped."""
        return record_html(self)


class Evidence(Record):
    """A sentence that a record rests on. `text == article.text[start:end]`, always."""

    sentence: int = Field(ge=1, description="Number of the sentence, counted from 1.")
    start: int = Field(ge=0, description="Offset of the first character.")
    end: int = Field(ge=0, description="Offset after the last character.")
    text: str


class DateSpan(Record):
    """A date or a span of days as far as it is known. All None and `none` when the article gives no date."""

    text: str | None = Field(default=None, description="The article's own expression, verbatim.")
    start: PartialDate | None = Field(default=None, description="First day, month or year.")
    end: PartialDate | None = Field(default=None, description="Last one, inclusive; only where the text bounds it.")
    precision: DatePrecision = "none"
    basis: DateBasis = Field(
        default="none",
        description="explicit: the year is written; relative: resolved against the reference date; "
        "inferred: day and month are written, the year was filled in.",
    )


NO_DATE = DateSpan()


class Party(Record):
    """Who takes part: a person, a delegation, a government or an organisation."""

    name: VerbatimText = Field(description="fullest form, verbatim; for an unnamed person the phrase")
    kind: PartyKind
    title: VerbatimText | None = Field(default=None, description="verbatim")
    country: CountryCode | None = Field(description="of the party; null for UN, EU, NATO")


class Attribution(Record):
    """Who says so."""

    name: VerbatimText | None = Field(description="verbatim")
    kind: AttributionKind
    outlet: Annotated[str | None, DERIVED] = Field(default=None, description="The agency or paper that carries it.")


NARRATOR = Attribution(name=None, kind="narrator")


class Visit(Record):
    """one per group travelling together and destination country"""

    id: Annotated[str, DERIVED] = ""
    visitors: list[Party] = Field(min_length=1, description="who travels")
    country: CountryCode | None = Field(description="destination; null only if the text gives none")
    when: DateSpan = Field(description="of this visit; null if no date is given")
    status: VisitStatus
    focus: Focus = Field(description="background: recalled history")
    evidence: list[Evidence] = Field(
        min_length=1, description="fewest sentences that carry who, where, when and status"
    )
    hosts: list[Party] = Field(default=[], description="who receives, invites or is met there")
    places: list[VerbatimText] = Field(default=[], description="city, venue or region in the destination, verbatim")
    trip: str | None = Field(default=None, description="same label for the legs of one trip, listed in order: t1")
    leg: Annotated[int | None, DERIVED] = Field(default=None, ge=1, description="Order of the leg in the trip.")
    purpose: str | None = Field(default=None, description="in a few words")
    event: VerbatimText | None = Field(default=None, description="named summit, forum or funeral attended, verbatim")
    kind: VisitKind = Field(
        default="unspecified",
        description="only if the article says the word; multilateral for a multi-state event; "
        "ceremonial for a ceremony; transit for a stopover",
    )
    possible_dates: list[DateSpan] = Field(default=[], description="speculated dates of this visit")
    sources: list[Attribution] = Field(default=[NARRATOR], description="who says so; leave out if the article itself")
    caveat: str | None = Field(default=None, description="contradiction or limit the article states, one sentence")
    invitation: Annotated[str | None, DERIVED] = Field(default=None, description="Id of the invitation it answers.")


class Invitation(Record):
    """someone asks someone to come or to attend (not to join, bid or pay)"""

    id: Annotated[str, DERIVED] = ""
    inviters: list[Party] = Field(description="who asks")
    invitees: list[Party] = Field(min_length=1, description="who is asked")
    country: CountryCode | None = Field(description="where to")
    response: InvitationResponse = Field(
        description="accepted also when the visit is announced; acknowledged: thanked or welcomed only; "
        "pending: an answer is awaited; delegated: sends someone else"
    )
    evidence: list[Evidence] = Field(min_length=1, description="as for a visit")
    places: list[VerbatimText] = Field(default=[], description="verbatim")
    occasion: str | None = Field(default=None, description="what for, in a few words")
    proposed: DateSpan = Field(default=NO_DATE, description="date offered")
    extended: DateSpan = Field(default=NO_DATE, description="when it was made")
    responded: DateSpan = Field(default=NO_DATE, description="when it was answered")
    channel: Channel = Field(default="unspecified", description="how it was made")
    via: VerbatimText | None = Field(default=None, description="envoy or ministry that carried it, verbatim")
    status: InvitationStatus = Field(default="extended", description="planned: will be invited")
    sources: list[Attribution] = Field(default=[NARRATOR], description="as for a visit")
    caveat: str | None = Field(default=None, description="as for a visit")
    visit: Annotated[str | None, DERIVED] = Field(default=None, description="Id of the visit that answers it.")


class Official(Record):
    """each named person who holds or held public office, once; no reporters, experts, anonymous sources"""

    id: Annotated[str, DERIVED] = ""
    name: VerbatimText = Field(description="fullest form, verbatim, without title")
    variants: Annotated[list[str], DERIVED] = Field(default=[], description="Other forms the article uses, verbatim.")
    titles: list[VerbatimText] = Field(description="as written, in order, verbatim; [] if none")
    role: Role
    country: CountryCode | None = Field(description="served; null for an international organisation")
    organisation: VerbatimText | None = Field(default=None, description="body served, verbatim")
    tenure: Tenure = Field(default="current", description="by the text alone")
    evidence: Annotated[list[Evidence], DERIVED] = Field(default=[], description="Where name and title stand.")


class Concern(Record):
    """Something a reader should look at before relying on a record."""

    path: str = Field(description="Where, such as `visits[0].when`.")
    kind: str = Field(description="Short name of the rule that spoke.")
    message: str
    sentence: int | None = None


class Rejection(Record):
    """A record that was read and that the judge did not accept: kept, but not among the records."""

    type: str = Field(description="Field of the summary it was meant for, such as `visits`.")
    reasons: list[str] = Field(description="One complaint each.")
    reply: dict[str, JsonValue] = Field(description="The record as it was given.")


class Repair(Record):
    """What was mended in a reply before it could be read."""

    kind: Literal[
        "code_fence", "thinking_block", "surrounding_text", "trailing_comma", "comment", "duplicate_key",
        "lifted_field", "wrapped_value", "dropped_key", "missing_more",
    ]  # fmt: skip
    message: str


AttemptOutcome = Literal["accepted", "partly_accepted", "complaint", "truncated", "format_refused", "failed"]


class Window(Record):
    """A part of an article that is too long for the model's context, read by itself."""

    first: int = Field(ge=1, description="Number of its first sentence.")
    last: int = Field(ge=1, description="Number of its last sentence.")
    read: bool = Field(default=True, description="Whether a usable reply came; else these sentences are unread.")


class Attempt(Record):
    """One request and what became of it."""

    number: int = Field(ge=1)
    purpose: Literal["read", "complaint", "longer"] = "read"
    rung: str = Field(description="How the format was asked for: json_schema, json_object or text.")
    outcome: AttemptOutcome
    error: str | None = Field(default=None, description="Class of the error, such as RateLimited.")
    message: str | None = None
    complaints: list[str] = []
    window: Window | None = Field(default=None, description="The part it was about; None: the whole article.")
    status_code: int | None = None
    request_id: str | None = None
    waited: float | None = Field(default=None, description="Seconds of pause after this attempt.")
    batch: str | None = Field(default=None, description="The batch that it was in; None for a call of its own.")
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0


class Usage(Record):
    """Tokens and money of all attempts together."""

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = Field(default=None, description="US dollars by genai-prices; None if the price is unknown.")


class Provenance(Record):
    """How a summary came to be."""

    engine: Literal["model", "offline"] = "model"
    version: str = Field(description="Of summarise.")
    model: str
    answered_by: str | None = Field(
        default=None, description="The model name in the reply; offline the version of the rules."
    )
    base_url: str | None = None
    rung: str | None = Field(default=None, description="How the format was asked for in the accepted reply.")
    prompt_id: str = Field(description="`none` where no model was asked.")
    schema_id: str
    article_id: str = Field(description="sha256 of the text, as hexadecimal.")
    reference_date: str | None = Field(default=None, description="What relative dates were resolved against.")
    reference_basis: str = Field(
        default="none", description="given, stated, inferred (from a weekday: see possible_references) or none."
    )
    possible_references: list[str] = []
    encoding: str | None = Field(default=None, description="Of the bytes; None if text was given.")
    attempts: list[Attempt] = []
    windows: list[Window] = Field(default=[], description="The parts it was read in; empty if it was read whole.")
    repairs: list[Repair] = []
    usage: Usage = Usage()
    warnings: list[str] = []


class ArticleSummary(Record):
    """the whole article"""

    headline: Annotated[str | None, DERIVED] = None
    dateline: Annotated[str | None, DERIVED] = Field(default=None, description="Place in the dateline.")
    published: Annotated[str | None, DERIVED] = Field(default=None, description="YYYY-MM-DD, if stated.")
    published_text: Annotated[str | None, DERIVED] = None
    language: Annotated[str | None, DERIVED] = Field(default=None, description="ISO 639-1.")
    officials: list[Official]
    visits: list[Visit]
    invitations: list[Invitation]
    summary: str = Field(description="at most 50 words, in the article's language")
    outlet: VerbatimText | None = Field(default=None, description="publishing paper or agency, if named, verbatim")
    agencies: list[VerbatimText] = Field(default=[], description="other agencies or papers credited, verbatim")
    byline: VerbatimText | None = Field(default=None, description="reporter's name, verbatim")
    rejected: Annotated[list[Rejection], DERIVED] = []
    concerns: Annotated[list[Concern], DERIVED] = []
    provenance: Annotated[Provenance | None, DERIVED] = None

    def _repr_html_(self) -> str:
        """Tables for notebooks, everything escaped."""
        return summary_html(self)
