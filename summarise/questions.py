"""The common questions, as plain functions: what is coming, which invitations are open, who, and where to.

    from datetime import date
    from summarise.questions import open_invitations, upcoming

    for answer in upcoming("ledger.jsonl", on=date(2023, 10, 16)):
        print(answer.article, answer.record.visitors[0].name, answer.record.country, answer.undated)

Each function takes a ledger (its path), rows of one, summaries, records, or the answers of another function. Records
are taken as their articles stand: what is planned in one article may have taken place in the next. No clock is read:
the day is always an argument. The views of `.sqlite` and `.duckdb` give the same answers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeAlias, TypeVar

from pydantic import ValidationError

from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.errors import ConfigurationError, LedgerError
from summarise.judge.names import fold, split_words
from summarise.judge.people import same_person
from summarise.judge.places import PlaceMention, find_places, is_country
from summarise.judge.titles import strip_titles
from summarise.partial_dates import NO_BOUNDS, Bounds, bounds_of, day_of
from summarise.records import ArticleSummary, DateSpan, Invitation, Official, Party, Visit

COMING = ("confirmed", "planned")
"""States of a visit that was announced and is still to come. What is only speculated about is none of them, nor is what
was postponed: its record has the new day where the article names one, else the day that was given up, and does not tell
which it is."""

HORIZON = 90
"""Days after which an announcement without a date says nothing any more: by then it was mostly followed by another."""

TOOK_PLACE = ("completed", "ongoing")
"""States of a visit that took place."""

STANDING = ("extended", "renewed")
"""States of an invitation that was made and stands."""

UNANSWERED = ("pending", "acknowledged", "tentative", "unknown")
"""Answers that are neither yes nor no: thanks are no acceptance."""


def has_no_answer(status: str | None, response: str | None, visit: str | None) -> bool:
    """Whether an invitation was made and stands without yes or no; `visit` is the status of the one that answers it."""
    return status in STANDING and response in UNANSWERED and visit not in TOOK_PLACE


AnyRecord: TypeAlias = Visit | Invitation | Official
Kind = TypeVar("Kind", bound=AnyRecord, covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[Kind]):
    """A record that answers a question, and where it stands.

    `article` is the id of its row in the ledger, None where none is known; `published` is the day of the article, of
    which the record's status was true; `visit` is the visit that answers an invitation.
    """

    record: Kind
    article: str | None = None
    published: str | None = None
    visit: Visit | None = None

    @property
    def bounds(self) -> Bounds:
        """The days between which a visit lies, or for which an invitation is."""
        match self.record:
            case Visit(when=span) | Invitation(proposed=span):
                return _bounds(span)
        return NO_BOUNDS

    @property
    def undated(self) -> bool:
        """Whether nobody can say when it will be over: no date, or one as vague as `in a few weeks`."""
        return self.bounds.not_after is None


One: TypeAlias = ArticleSummary | LedgerRow | AnyRecord | Answer[AnyRecord]
Source: TypeAlias = str | os.PathLike[str] | One | Iterable[One]
"""The path of a ledger, a row, a summary or a record, or several of them."""


def upcoming(source: Source, *, on: date | str) -> list[Answer[Visit]]:
    """Visits that were announced and are not over on the day `on`, soonest first; then those without a date.

    A visit is upcoming if it is confirmed or planned, and the last day that its date can mean is `on` or later: in a
    month or year that has not ended it may still come. Articles that were published after `on` tell nothing of that
    day. Visits of which the article tells no date, or a vague one, come last and are `undated`: they are told for 90
    days (`HORIZON`) after the article, or after the first day that the vague date can mean, whichever is later. Where
    the article states no day of publication either, nothing says when they expire, and they are told.

    `on` is a date or a text such as `2023-10-16`. Raises `ConfigurationError` for any other, `LedgerError` for what is
    no ledger, or a row whose records cannot be read.
    """
    on = _day(on)
    found = [
        answer
        for answer in _visits(source)
        if answer.record.status in COMING and _lies_ahead(answer, on) and not _is_stale(answer, on)
    ]
    return sorted(found, key=_when)


def open_invitations(source: Source, *, on: date | str) -> list[Answer[Invitation]]:
    """Invitations that stand on the day `on` and are neither accepted nor declined, soonest first, undated ones last.

    Open is what was extended or renewed, has no answer beyond thanks, is for a time that is not over, and is not tied
    to a visit that took place. An invitation without a date has no horizon: it stands until it is answered. Articles
    that were published after `on` tell nothing of that day. `on` and errors are as in `upcoming`.
    """
    on = _day(on)
    found = [
        answer
        for answer in _answers(source)
        if isinstance(answer.record, Invitation)
        and has_no_answer(answer.record.status, answer.record.response, answer.visit.status if answer.visit else None)
        and _lies_ahead(answer, on)
    ]
    return sorted(found, key=_when)  # type: ignore[arg-type]  # isinstance above


def of_person(source: Source, name: str) -> list[Answer[AnyRecord]]:
    """Records in which a person of this name travels, receives, invites, is invited, or is named as an official.

    Spellings of one name are the same (`Sergei`, `Sergey`; `Kim Jong-un`, `Kim Jong Un`). A surname finds everybody who
    has it; a full name does not find a person of whom the article tells the surname alone, for that may be another
    one. Raises as `upcoming` does.
    """
    wanted = strip_titles(name).strip()
    if not wanted:
        raise ConfigurationError("no name was given", hint="Give a name such as 'Lavrov' or 'Sergei Lavrov'.")
    return [
        answer for answer in _answers(source) if any(_is_meant(wanted, named) for named in _names_in(answer.record))
    ]


def to_country(source: Source, country: str) -> list[Answer[Visit]]:
    """Visits to a country, whatever their status: its ISO 3166-1 alpha-3 code (`PRK`), or a name that is its alone.

    Raises `ConfigurationError` for an unknown code and a name that means no state or several; else as `upcoming` does.
    """
    code = _country_code(country)
    return [answer for answer in _visits(source) if answer.record.country == code]


def _country_code(country: str) -> str:
    text = country.strip()
    if is_country(text.upper()):
        return text.upper()
    codes = _called(text) or _called(text.title())
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise ConfigurationError(
            f"{country!r} can be {' or '.join(codes)}", hint=f"Give the code of the one you mean, such as {codes[0]}."
        )
    raise ConfigurationError(
        f"{country!r} is neither a country's code nor its name",
        hint="Give ISO 3166-1 alpha-3, three letters such as PRK, or an English name such as 'North Korea'.",
    )


def _called(name: str) -> tuple[str, ...]:
    """The states of this name; a capital or a people is none."""
    match find_places(name):
        case [PlaceMention(start=0, end=end, codes=codes, kind="country")] if end == len(name):
            return codes
    return ()


def _day(on: date | str) -> date:
    match on:
        case datetime():
            return on.date()
        case date():
            return on
        case str() if found := day_of(on):
            return found
    raise ConfigurationError(f"{on!r} is no day", hint="Give a date, or a text such as '2023-10-16'.")


def _visits(source: Source) -> Iterator[Answer[Visit]]:
    for answer in _answers(source):
        if isinstance(answer.record, Visit):
            yield answer  # type: ignore[misc]


def _answers(source: Source) -> Iterator[Answer[AnyRecord]]:
    match source:
        case Answer():
            yield source
        case Visit() | Invitation() | Official():
            yield Answer(source)
        case ArticleSummary():
            yield from _of_summary(source)
        case LedgerRow():
            yield from (replace(answer, article=source.id) for answer in _of_summary(_parsed(source)))
        case str() | os.PathLike():
            for row in read_ledger(source):
                yield from _answers(row)
        case Iterable():
            for one in source:
                if isinstance(one, str):  # the letters of a path would be taken for paths without end
                    raise ConfigurationError("a list of texts was given", hint="Give one path, rows, or summaries.")
                yield from _answers(one)
        case _:
            raise ConfigurationError(
                f"what was given is of the type {type(source).__name__}, which holds no records",
                hint="Give the path of a ledger, its rows, summaries, or records.",
            )


def _parsed(row: LedgerRow) -> ArticleSummary | None:
    try:
        return row.parsed(ArticleSummary)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise LedgerError(
            f"the records of {row.id!r} cannot be read: {place}: {first['msg']}",
            hint="Another version wrote it: read the article again with `summarise corpus … --refresh`.",
        ) from problem


def _of_summary(summary: ArticleSummary | None) -> Iterator[Answer[AnyRecord]]:
    if summary is None:
        return
    visits = {visit.id: visit for visit in reversed(summary.visits) if visit.id}
    for visit in summary.visits:
        yield Answer(visit, published=summary.published)
    for invitation in summary.invitations:
        answered = visits.get(invitation.visit) if invitation.visit else None
        yield Answer(invitation, published=summary.published, visit=answered)
    for official in summary.officials:
        yield Answer(official, published=summary.published)


def _bounds(span: DateSpan) -> Bounds:
    return bounds_of(span.start, span.end, span.precision)


def _lies_ahead(answer: Answer[AnyRecord], on: date) -> bool:
    """Not over by what was known on that day."""
    published, last = day_of(answer.published), answer.bounds.not_after
    return (published is None or published <= on) and (last is None or last >= on)


def _is_stale(answer: Answer[AnyRecord], on: date) -> bool:
    """Whether a visit without a last day was announced too long ago to be still spoken of."""
    known = [day for day in (day_of(answer.published), answer.bounds.not_before) if day is not None]
    return answer.undated and bool(known) and (on - max(known)).days > HORIZON


def _when(answer: Answer[AnyRecord]) -> tuple[bool, date, date]:
    first, last = answer.bounds
    return last is None, first or date.min, last or date.max


def _names_in(record: AnyRecord) -> list[str]:
    match record:
        case Visit():
            return _people([*record.visitors, *record.hosts])
        case Invitation():
            return _people([*record.inviters, *record.invitees])
        case Official():
            return [record.name]  # a variant may be a surname that others have, too


def _people(parties: list[Party]) -> list[str]:
    return [party.name for party in parties if party.kind == "person"]


def _is_meant(wanted: str, name: str) -> bool:
    """Whether a name is that of the person asked for; a surname alone is not taken for a full name."""
    given = strip_titles(name)
    if len(split_words(wanted)) > 1 and len(split_words(given)) == 1:
        return False
    return same_person(wanted, given) or fold(wanted) == fold(given)
