"""What holds for the summary of any text, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from summarise import ArticleSummary, Evidence
from summarise.judge.dates import well_formed
from summarise.judge.places import is_country
from summarise.records import Attribution, DateSpan, Party


def parts(value: object) -> Iterator[BaseModel]:
    """Every model inside a value, itself included."""
    if isinstance(value, BaseModel):
        yield value
        for item in dict(value).values():
            yield from parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from parts(item)


def check_sound(summary: ArticleSummary, text: str) -> None:
    """Quotes and names stand in the text, dates and countries exist, nobody visits his own country, ids resolve."""
    for part in parts(summary):
        match part:
            case Evidence():
                assert part.text == text[part.start : part.end]
                assert part.text.strip()
            case Party() | Attribution():
                assert part.name is None or part.name in text
            case DateSpan():
                _check_dates(part)
        country = getattr(part, "country", None)
        assert country is None or is_country(country)
    for visit in summary.visits:
        assert visit.country is None or visit.country not in [visitor.country for visitor in visit.visitors]
    for records in (summary.visits, summary.invitations, summary.officials):
        assert all(record.evidence for record in records)
        assert len({record.id for record in records}) == len(records)
    assert {visit.invitation for visit in summary.visits} <= {None, *(record.id for record in summary.invitations)}
    assert {record.visit for record in summary.invitations} <= {None, *(visit.id for visit in summary.visits)}
    # What the rules say may be untenable, and is refused then; it is never outside the schema.
    reasons = [reason for rejection in summary.rejected for reason in rejection.reasons]
    assert not [reason for reason in reasons if "does not fit" in reason or "is missing" in reason]
    assert ArticleSummary.model_validate_json(summary.model_dump_json()) == summary


def _check_dates(span: DateSpan) -> None:
    assert well_formed(span.start, span.end) is None
    if span.start is not None and span.end is not None:
        shared = min(len(span.start), len(span.end))
        assert span.start[:shared] <= span.end[:shared]
