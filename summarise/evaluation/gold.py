"""Gold articles: records annotated by hand, and what the scorer must know besides them; how they are read from files.

A gold file is JSON: one article as an object `{"id", "about", "record", "scoring"}`, or `{"articles": [...]}`. The
records have the fields of `summarise.records`, with two differences: evidence is a list of verbatim quotes, and what
is null, empty or `unspecified` may be left out. The article's text may stand beside the file, as NAME.txt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PrivateAttr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import from_json

from summarise.errors import ConfigurationError
from summarise.evaluation.accepted import check_alternatives
from summarise.evaluation.dates import fault_of_span
from summarise.judge.places import is_country
from summarise.records import (
    NO_DATE,
    AttributionKind,
    Channel,
    CountryCode,
    DateSpan,
    Focus,
    InvitationResponse,
    InvitationStatus,
    PartyKind,
    Role,
    Tenure,
    VisitKind,
    VisitStatus,
)

RecordType = Literal["visits", "invitations", "officials"]
RECORD_TYPES: tuple[RecordType, ...] = ("visits", "invitations", "officials")
_FORMAT = "A gold file is one article with id, record and scoring, or an object with a list `articles` of them."


class _Gold(BaseModel):
    """Base of everything in a gold file: immutable, and closed to unknown keys, so that a misspelt one shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("country", check_fields=False)
    @classmethod
    def _is_a_state(cls, code: str | None) -> str | None:
        if code is not None and not is_country(code):
            raise ValueError(f"{code} is no state: an ISO 3166-1 alpha-3 code, XKX, or one of a dead state")
        return code


class GoldParty(_Gold):
    """Who takes part."""

    name: str
    kind: PartyKind
    title: str | None = None
    country: CountryCode | None = None


class GoldAttribution(_Gold):
    """Who says so."""

    name: str | None = None
    kind: AttributionKind
    outlet: str | None = None


class _Dated(_Gold):
    @field_validator("when", "proposed", "extended", "responded", mode="before", check_fields=False)
    @classmethod
    def _null_is_no_date(cls, value: object) -> object:
        return NO_DATE if value is None else value

    @field_validator("when", "proposed", "extended", "responded", check_fields=False)
    @classmethod
    def _in_the_calendar(cls, span: DateSpan) -> DateSpan:
        fault = fault_of_span(span)
        if fault:
            raise ValueError(fault)
        return span


class GoldVisit(_Dated):
    """One visit that the article tells of."""

    id: str
    visitors: list[GoldParty] = Field(min_length=1)
    country: CountryCode | None
    status: VisitStatus
    focus: Focus
    evidence: list[str] = Field(min_length=1)
    when: DateSpan = NO_DATE
    hosts: list[GoldParty] = []
    places: list[str] = []
    trip: str | None = None
    leg: int | None = None
    purpose: str | None = None
    event: str | None = None
    kind: VisitKind = "unspecified"
    possible_dates: list[DateSpan] = []
    invitation: str | None = None
    sources: list[GoldAttribution] = []
    caveat: str | None = None


class GoldInvitation(_Dated):
    """One invitation that the article tells of."""

    id: str
    inviters: list[GoldParty]
    invitees: list[GoldParty] = Field(min_length=1)
    country: CountryCode | None
    response: InvitationResponse
    evidence: list[str] = Field(min_length=1)
    places: list[str] = []
    occasion: str | None = None
    proposed: DateSpan = NO_DATE
    extended: DateSpan = NO_DATE
    responded: DateSpan = NO_DATE
    channel: Channel = "unspecified"
    via: str | None = None
    status: InvitationStatus = "extended"
    visit: str | None = None
    sources: list[GoldAttribution] = []
    caveat: str | None = None


class GoldOfficial(_Gold):
    """One holder of public office whom the article names."""

    id: str
    name: str
    titles: list[str]
    role: Role
    country: CountryCode | None
    evidence: list[str] = []
    variants: list[str] = []
    organisation: str | None = None
    tenure: Tenure = "current"


GoldRecord = GoldVisit | GoldInvitation | GoldOfficial


class GoldSummary(_Gold):
    """Everything that is to be found in one article."""

    headline: str | None = None
    dateline: str | None = None
    published: str | None = None
    published_text: str | None = None
    outlet: str | None = None
    agencies: list[str] = []
    byline: str | None = None
    language: str | None = None
    summary: str | None = None
    visits: list[GoldVisit]
    invitations: list[GoldInvitation]
    officials: list[GoldOfficial]

    def of(self, kind: RecordType) -> Sequence[GoldRecord]:
        """The records of one type."""
        match kind:
            case "visits":
                return self.visits
            case "invitations":
                return self.invitations
            case "officials":
                return self.officials


class Scoring(_Gold):
    """What the scorer must know besides the records; records are named by path, such as `visits.v1`."""

    optional: list[str] = Field(default=[], description="Records that earn nothing when found and cost nothing.")
    alternatives: dict[str, list[JsonValue]] = Field(
        default={}, description="Further right values by path, such as `visits.v1.when.start`."
    )
    merge_ok: list[list[str]] = Field(default=[], description="Groups of records that one record may stand for.")
    not_records: list[str] = Field(default=[], description="For readers: what must not become a record, and why.")
    notes: list[str] = Field(default=[], description="For readers.")


class GoldArticle(_Gold):
    """One annotated article."""

    id: str = Field(min_length=1, description="As in the ledger.")
    about: dict[str, JsonValue] = {}
    record: GoldSummary
    scoring: Scoring = Scoring()
    _file: Path | None = PrivateAttr(default=None)
    _below: str | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _paths_lead_to_something(self) -> Self:
        paths = [f"{kind}.{record.id}" for kind in RECORD_TYPES for record in self.record.of(kind)]
        for path in paths:
            if paths.count(path) > 1:
                raise ValueError(f"record.{path}: two records have this id")
        for path in self.scoring.optional:
            if path not in paths:
                raise ValueError(f"scoring.optional: there is no record {path!r}")
        for group in self.scoring.merge_ok:
            for path in group:
                if path not in paths:
                    raise ValueError(f"scoring.merge_ok: there is no record {path!r}")
            if len(set(group)) < 2 or len({path.partition(".")[0] for path in group}) > 1:
                raise ValueError(f"scoring.merge_ok: {group} is no group of two or more records of one type")
        links = [(f"visits.{visit.id}", "invitations", visit.invitation) for visit in self.record.visits]
        links += [(f"invitations.{one.id}", "visits", one.visit) for one in self.record.invitations]
        for path, kind, link in links:
            if link is not None and f"{kind}.{link}" not in paths:
                raise ValueError(f"record.{path}: there is no {kind}.{link}")
        check_alternatives(self.record, self.scoring.alternatives)
        return self

    @property
    def file(self) -> Path | None:
        """The file it was read from."""
        return self._file

    @property
    def text_file(self) -> Path | None:
        """The article's text beside the gold file, if it is there."""
        if self._file is None:
            return None
        beside = self._file.with_suffix(".txt")
        return beside if beside.is_file() else None

    @property
    def names(self) -> tuple[str, ...]:
        """What a ledger may call it: its id, else the path below the folder that was given, without suffix."""
        return (self.id,) if self._below in (None, self.id) else (self.id, str(self._below))


def read_gold(path: str | Path) -> list[GoldArticle]:
    """The gold articles of a file, or of every `.json` file below a folder, sorted by id.

    Raises `ConfigurationError`, naming the file and the place in it, for a path that cannot be read, a folder without
    gold, a file that is no gold, and two articles with one id.
    """
    root = Path(path)
    found: dict[str, GoldArticle] = {}
    for file in _files(root):
        for article in _articles(file):
            article._file = file
            if root.is_dir():
                article._below = file.relative_to(root).with_suffix("").as_posix()
            if article.id in found:
                twice = f"twice in {file}" if found[article.id].file == file else f"{found[article.id].file} and {file}"
                raise ConfigurationError(
                    f"two gold articles have the id {article.id!r}: {twice}",
                    hint="Rename one of them, in its file and in the ledger.",
                )
            found[article.id] = article
    return [found[name] for name in sorted(found)]


def _files(root: Path) -> list[Path]:
    if not root.exists():
        raise ConfigurationError(f"there is no gold at {root}", hint="Give a gold file or a folder of them.")
    if not root.is_dir():
        return [root]
    files = sorted(root.rglob("*.json"))
    if not files:
        raise ConfigurationError(f"no gold in the folder {root}", hint="Gold articles are files that end in .json.")
    return files


def _articles(file: Path) -> Iterator[GoldArticle]:
    try:
        content = from_json(file.read_bytes())
    except OSError as problem:
        raise ConfigurationError(f"cannot read {file}: {problem.strerror}") from problem
    except ValueError as problem:
        raise ConfigurationError(f"{file} is no JSON: {problem}", hint=_FORMAT) from problem
    if not isinstance(content, dict):
        raise ConfigurationError(f"{file} is no gold: it holds no object", hint=_FORMAT)
    several = content.get("articles")
    if not isinstance(several, list):
        yield _article(content, file, "")
        return
    for at, raw in enumerate(several):
        yield _article(raw, file, f"articles.{at}.")


def _article(raw: object, file: Path, place: str) -> GoldArticle:
    try:
        return GoldArticle.model_validate(raw)
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_input=False)
        where = ".".join(map(str, errors[0]["loc"]))
        said = errors[0]["msg"].removeprefix("Value error, ")
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise ConfigurationError(
            f"{file} is no gold: {place}{where}{': ' if where else ''}{said}{more}", hint=_FORMAT
        ) from problem
