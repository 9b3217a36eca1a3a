"""The tables of an export: what their columns are called, hold and mean, and how the tables hang together.

A row is found by the id of its article and an id of its own within the article. Parties, evidence and concerns say
which record they belong to in the column of its type (`visit`, `invitation`, `official`, `own_record`), the others of
which are empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["text", "texts", "day", "whole", "real"]
"""Text, several texts, a day, a whole number, a number."""

Value = str | list[str] | int | float | None
"""What stands in a cell; a day is its ISO form, such as `2023-10-18`."""

Values = tuple[Value, ...]


class Column(NamedTuple):
    """A column: its name, what it holds, and what that means."""

    name: str
    kind: Kind
    meaning: str
    width: int = 14
    """In characters, on a sheet."""


class Link(NamedTuple):
    """Columns of a table that hold the key of another table."""

    columns: tuple[str, ...]
    table: str


class Table(NamedTuple):
    """A table: its name, its columns, those that tell its rows apart, and what it points at."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    links: tuple[Link, ...] = ()
    indexes: tuple[str, ...] = ()
    """Columns that are asked for often."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def _text(name: str, meaning: str, width: int = 14) -> Column:
    return Column(name, "text", meaning, width)


def _texts(name: str, meaning: str, width: int = 24) -> Column:
    return Column(name, "texts", meaning, width)


def _day(name: str, meaning: str) -> Column:
    return Column(name, "day", meaning, 12)


def _whole(name: str, meaning: str) -> Column:
    return Column(name, "whole", meaning, 10)


def _span(prefix: str, what: str, *, bounds: bool = False) -> Iterator[Column]:
    """The columns of a `DateSpan`."""
    yield _day(f"{prefix}_start_date", f"{what}: first day, where the day is known")
    yield _day(f"{prefix}_end_date", f"{what}: last day, where the day is known and the text bounds it")
    yield _text(f"{prefix}_start", f"{what}: first day, month or year, as far as it is known (EDTF)", 12)
    yield _text(f"{prefix}_end", f"{what}: last one, inclusive; only where the text bounds it (EDTF)", 12)
    yield _text(f"{prefix}_precision", f"{what}: day, week, month, season, year, vague or none", 10)
    yield _text(f"{prefix}_basis", f"{what}: explicit, relative, inferred or none", 10)
    yield _text(f"{prefix}_text", f"{what}: the article's own expression", 22)
    if bounds:
        yield _day(f"{prefix}_not_before", f"{what}: the first day that this can mean; a bound, not a date")
        yield _day(f"{prefix}_not_after", f"{what}: the last day that this can mean; empty: nobody knows")


_ARTICLE = _text("article", "id of the article", 24)
_COUNTRY = "ISO 3166-1 alpha-3"
_QUOTES = _texts("quotes", "the sentences it rests on", 60)
_OWN_FIELDS = _text("own_fields", "JSON of fields of your own, and of values that fit no column", 20)
_PUBLISHED = _day("published", "day of the article: what its status was true of")
_RECORD_TYPES = {"visit": "visits", "invitation": "invitations", "official": "officials", "own_record": "own_records"}

_ARTICLES = Table(
    "articles",
    (
        _ARTICLE,
        _text("source", "where it was read from", 30),
        _text("status", "ok or failed", 8),
        _text("error_kind", "why it failed: class of the error"),
        _text("error_message", "why it failed", 30),
        _text("error_hint", "the way on", 30),
        _text("headline", "verbatim", 50),
        _day("published", "day of publication, if stated"),
        _text("published_text", "the same as the article writes it"),
        _text("outlet", "publishing paper or agency, verbatim", 18),
        _texts("agencies", "other agencies or papers credited"),
        _text("byline", "reporter's name, verbatim", 18),
        _text("dateline", "place in the dateline"),
        _text("language", "ISO 639-1", 9),
        _text("summary", "in the article's language", 60),
        _whole("visit_count", "visits in the article"),
        _whole("invitation_count", "invitations in the article"),
        _whole("official_count", "officials in the article"),
        _whole("concern_count", "concerns about the article"),
        _whole("rejected_count", "records that were read and not accepted: they are in the ledger only"),
        _text("engine", "model, or offline: read by rules"),
        _text("model", "the model that read it"),
        _day("reference_date", "what relative dates were resolved against"),
        _text("reference_basis", "given, stated, inferred or none"),
        _texts("warnings", "what the reader was not sure of"),
        _whole("input_tokens", "tokens sent"),
        _whole("output_tokens", "tokens received"),
        Column("cost", "real", "US dollars; empty if the price is unknown", 10),
        _OWN_FIELDS,
    ),
    ("article",),
    indexes=("published",),
)

_VISITS = Table(
    "visits",
    (
        _ARTICLE,
        _text("visit", "id of the visit within the article", 7),
        _text(
            "status", "speculated, planned, confirmed, ongoing, completed, postponed, cancelled, denied, unknown", 11
        ),
        _texts("visitors", "names of those who travel", 30),
        _text("country", f"destination, {_COUNTRY}", 9),
        _texts("places", "city, venue or region, verbatim", 20),
        *_span("when", "the visit", bounds=True),
        _texts("possible_dates", "speculated dates of this visit"),
        _texts("hosts", "names of those who receive, invite or are met"),
        _text("purpose", "in a few words", 30),
        _text("event", "named summit, forum or funeral attended", 20),
        _text("kind", "state, official, working and so on, if the article says the word", 12),
        _text("focus", "main, or background: recalled history", 11),
        _text("trip", "label of the trip it is a leg of", 6),
        _whole("leg", "order of the leg in the trip"),
        _text("invitation", "id of the invitation it answers", 10),
        _texts("sources", "who says so"),
        _text("caveat", "contradiction or limit that the article states", 30),
        _QUOTES,
        _PUBLISHED,
        _OWN_FIELDS,
    ),
    ("article", "visit"),
    (Link(("article",), "articles"), Link(("article", "invitation"), "invitations")),
    ("status", "country", "when_not_after"),
)

_INVITATIONS = Table(
    "invitations",
    (
        _ARTICLE,
        _text("invitation", "id of the invitation within the article", 10),
        _text("status", "planned, extended, renewed, withdrawn or denied", 11),
        _text("response", "pending, acknowledged, accepted, declined, tentative, delegated or unknown", 13),
        _texts("inviters", "names of those who ask", 30),
        _texts("invitees", "names of those who are asked", 30),
        _text("country", f"where to, {_COUNTRY}", 9),
        _texts("places", "verbatim", 20),
        _text("occasion", "what for, in a few words", 30),
        *_span("proposed", "date offered", bounds=True),
        *_span("extended", "when it was made"),
        *_span("responded", "when it was answered"),
        _text("channel", "how it was made", 14),
        _text("via", "envoy or ministry that carried it, verbatim", 18),
        _text("visit", "id of the visit that answers it", 7),
        _texts("sources", "who says so"),
        _text("caveat", "contradiction or limit that the article states", 30),
        _QUOTES,
        _PUBLISHED,
        _OWN_FIELDS,
    ),
    ("article", "invitation"),
    (Link(("article",), "articles"), Link(("article", "visit"), "visits")),
    ("status", "country"),
)

_OFFICIALS = Table(
    "officials",
    (
        _ARTICLE,
        _text("official", "id of the official within the article", 9),
        _text("name", "fullest form, verbatim", 28),
        _texts("variants", "other forms the article uses"),
        _texts("titles", "as written, in order", 40),
        _text("role", "head_of_state, foreign_minister and so on", 18),
        _text("country", f"served, {_COUNTRY}", 9),
        _text("organisation", "body served, verbatim", 24),
        _text("tenure", "current, former, deceased or unclear, by the text alone", 10),
        _QUOTES,
        _PUBLISHED,
        _OWN_FIELDS,
    ),
    ("article", "official"),
    (Link(("article",), "articles"),),
    ("name",),
)

_BELONGS = tuple(
    _text(name, f"id of the record it belongs to, if that is one of {of}", 10) for name, of in _RECORD_TYPES.items()
)
_BELONGS_LINKS = (
    Link(("article",), "articles"),
    *(Link(("article", name), table) for name, table in _RECORD_TYPES.items()),
)

_PARTIES = Table(
    "parties",
    (
        _ARTICLE,
        _text("party", "id within the article: record, part and position", 16),
        *_BELONGS,
        _text("part", "visitor, host, inviter or invitee; of your own records the name of the field", 10),
        _whole("position", "in the list, counted from 1"),
        _text("name", "fullest form, verbatim", 30),
        _text("kind", "person, unnamed_person, delegation, government or organisation", 15),
        _text("title", "verbatim", 30),
        _text("country", f"of the party, {_COUNTRY}; empty for UN, EU, NATO", 9),
        _OWN_FIELDS,
    ),
    ("article", "party"),
    _BELONGS_LINKS,
    ("name",),
)

_EVIDENCE = Table(
    "evidence",
    (
        _ARTICLE,
        _text("evidence", "id within the article: record and position", 14),
        *_BELONGS,
        _whole("position", "in the list, counted from 1"),
        _whole("sentence", "number of the sentence in the article, counted from 1"),
        _whole("start_offset", "of the first character in the article's text"),
        _whole("end_offset", "after the last character"),
        _text("text", "the sentence", 100),
    ),
    ("article", "evidence"),
    _BELONGS_LINKS,
)

_CONCERNS = Table(
    "concerns",
    (
        _ARTICLE,
        _text("concern", "id within the article", 9),
        *_BELONGS,
        _text("path", "where, such as `visits[0].when`", 24),
        _text("kind", "short name of the rule that spoke", 24),
        _text("message", "what is doubtful, and why", 80),
        _whole("sentence", "number of the sentence it is about"),
    ),
    ("article", "concern"),
    _BELONGS_LINKS,
    ("kind",),
)

_OWN_RECORDS = Table(
    "own_records",
    (
        _ARTICLE,
        _text("own_record", "id of the record within the article", 10),
        _text("type", "field of the summary that holds it", 18),
        _text("fields", "the record as JSON", 80),
        _QUOTES,
        _PUBLISHED,
    ),
    ("article", "own_record"),
    (Link(("article",), "articles"),),
    ("type",),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (_ARTICLES, _VISITS, _INVITATIONS, _OFFICIALS, _PARTIES, _EVIDENCE, _CONCERNS, _OWN_RECORDS)
}
"""All tables by name. The last one is for record types of one's own; files and frames have it where there are any."""

OWN_RECORDS = _OWN_RECORDS.name

TableRows = dict[str, list[Values]]
"""The rows of one article, or of several, by table."""


def no_rows() -> TableRows:
    """Every table, with nothing in it."""
    return {name: [] for name in TABLES}
