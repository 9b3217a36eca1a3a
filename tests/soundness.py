"""What holds for the summary of any text, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from summarise import ArticleSummary, Evidence
from summarise.article import Article
from summarise.judge.dates import well_formed
from summarise.judge.places import is_country
from summarise.records import VERBATIM, DateSpan, Official


def parts(value: object) -> Iterator[BaseModel]:
    """Every model inside a value, itself included."""
    if isinstance(value, BaseModel):
        yield value
        for item in dict(value).values():
            yield from parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from parts(item)


def check_grounded(summary: ArticleSummary, text: str) -> None:
    """Quotes, names and whatever is verbatim stand in the text, dates and countries exist, ids resolve.

    Every record has evidence, and the whole can be stored and read again.
    """
    for part in parts(summary):
        match part:
            case Evidence():
                assert part.text == text[part.start : part.end]
                assert part.text.strip()
            case DateSpan():
                _check_dates(part)
        for name in _verbatim(type(part)):
            for said in _texts(getattr(part, name)):
                stands = _stands(said, text, bare=name == "variants")
                assert stands, f"{type(part).__name__}.{name} holds {said[:80]!r}, which the text has not"
        country = getattr(part, "country", None)
        assert country is None or is_country(country)
    for records in (summary.visits, summary.invitations, summary.officials):
        assert all(record.evidence for record in records)
        assert len({record.id for record in records}) == len(records)
    assert {visit.invitation for visit in summary.visits} <= {None, *(record.id for record in summary.invitations)}
    assert {record.visit for record in summary.invitations} <= {None, *(visit.id for visit in summary.visits)}
    assert ArticleSummary.model_validate_json(summary.model_dump_json()) == summary


def check_trusted(summary: ArticleSummary, article: Article) -> None:
    """No record rests on a sentence that speaks to the program: neither its evidence nor a word of it is from there."""
    barred = article.barred
    for part in parts([*summary.visits, *summary.invitations, *summary.officials]):
        if isinstance(part, Evidence):
            assert part.sentence not in barred, f"sentence {part.sentence} is no evidence, and was taken for it"
        for name in _verbatim(type(part)):
            for said in _texts(getattr(part, name)):
                stands = _stands(said, article.trusted, bare=name == "variants")
                assert stands, f"{type(part).__name__}.{name} holds {said[:80]!r}, which only a barred sentence has"


def _stands(said: str, text: str, *, bare: bool) -> bool:
    """Whether the text has it, be its white space other, and where `bare` without the brackets of the text."""
    words, spaced = " ".join(said.split()), " ".join(text.split())
    return said in text or words in spaced or (bare and words in spaced.translate({ord("["): None, ord("]"): None}))


def check_sound(summary: ArticleSummary, text: str) -> None:
    """`check_grounded`, and what holds of what the rules read: nobody visits his own country, all fits the schema."""
    check_grounded(summary, text)
    for visit in summary.visits:
        assert visit.country is None or visit.country not in [visitor.country for visitor in visit.visitors]
    # What the rules say may be untenable, and is refused then; it is never outside the schema.
    reasons = [reason for rejection in summary.rejected for reason in rejection.reasons]
    assert not [reason for reason in reasons if "does not fit" in reason or "is missing" in reason]


@cache
def _verbatim(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a record whose text must stand in the article: those so marked, and what code takes from there."""
    hints = get_type_hints(model, include_extras=True)
    more = {DateSpan: ("text",), Official: ("variants",)}.get(model, ())
    return (*more, *(name for name in model.model_fields if VERBATIM in _markers(hints[name])))


def _markers(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _markers(inner)


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(item) for item in value] if isinstance(value, list) else []


def _check_dates(span: DateSpan) -> None:
    assert well_formed(span.start, span.end) is None
    if span.start is not None and span.end is not None:
        shared = min(len(span.start), len(span.end))
        assert span.start[:shared] <= span.end[:shared]
