"""Ledger rows as the reports that a dossier is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from summarise.corpus.ledger import LedgerRow
from summarise.dossier.days import day_of, days_of, written
from summarise.dossier.model import DayBasis, Skipped, SourceArticle
from summarise.records import Invitation, Official, Record, Visit

_OWN = frozenset(("visits", "invitations", "officials", "rejected", "concerns"))
_Kind = TypeVar("_Kind", bound=Record)


@dataclass(slots=True, eq=False)
class Told:
    """A record of an article: its key, and what the record's own type has beyond ours."""

    article: int
    key: str
    record: Any
    more: dict[str, Any]


@dataclass(slots=True, eq=False)
class Reading:
    """All articles, in the order of their days and ids; numbers of articles are places in it."""

    articles: list[SourceArticle] = field(default_factory=list)
    days: list[int | None] = field(default_factory=list)
    officials: list[Told] = field(default_factory=list)
    visits: list[Told] = field(default_factory=list)
    invitations: list[Told] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failed: int = 0
    others: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, eq=False)
class _Article:
    source: SourceArticle
    records: dict[str, list[tuple[str, Any, dict[str, Any]]]]


def read_rows(rows: Iterable[LedgerRow]) -> Reading:
    """The reports of the rows, whatever their order; of rows with one id the last counts."""
    reading = Reading()
    found: dict[str, _Article | None] = {}
    skipped: dict[str, list[Skipped]] = {}
    others: dict[str, Counter[str]] = {}
    for row in rows:
        skipped[row.id], others[row.id] = [], Counter()
        found[row.id] = None if row.summary is None else _article(row, row.summary, skipped[row.id], others[row.id])
    reading.failed = sum(article is None for article in found.values())
    present = [article for article in found.values() if article is not None]
    present.sort(key=lambda each: (each.source.day or "9999", each.source.id))
    for number, article in enumerate(present):
        reading.articles.append(article.source)
        reading.days.append(day_of(article.source.day))
        for kind, into in (
            ("officials", reading.officials), ("visits", reading.visits), ("invitations", reading.invitations)
        ):  # fmt: skip
            into += [Told(number, key, record, more) for key, record, more in article.records[kind]]
        reading.skipped += skipped[article.source.id]
        reading.others.update(others[article.source.id])
    return reading


def _article(row: LedgerRow, summary: Mapping[str, Any], skipped: list[Skipped], others: Counter[str]) -> _Article:
    records = {
        kind: list(_records(row.id, summary.get(kind), model, letter, skipped))
        for kind, model, letter in (
            ("officials", Official, "o"),
            ("visits", Visit, "v"),
            ("invitations", Invitation, "i"),
        )
    }  # type: dict[str, list[tuple[str, Any, dict[str, Any]]]]
    others.update(
        {
            name: len(value)
            for name, value in summary.items()
            if name not in _OWN and isinstance(value, list) and value and isinstance(value[0], dict)
        }
    )
    day, basis = _day(summary, [visit for _, visit, _ in records["visits"]])
    source = SourceArticle(
        id=row.id,
        source=row.source,
        day=day,
        day_basis=basis,
        outlet=_text(summary.get("outlet")),
        headline=_text(summary.get("headline")),
    )
    return _Article(source, records)


def _records(
    article: str, given: object, model: type[_Kind], letter: str, skipped: list[Skipped]
) -> Iterator[tuple[str, _Kind, dict[str, Any]]]:
    if given is not None and not isinstance(given, list):
        skipped.append(Skipped(key=f"{article}#{letter}", reason="no list"))
        return
    seen: set[str] = set()
    for at, raw in enumerate(given or (), start=1):
        id = raw.get("id") if isinstance(raw, dict) else None
        name = id if isinstance(id, str) and id and id not in seen else f"{letter}{at}"
        while name in seen:  # ids that repeat, or that look like places
            name += "'"
        seen.add(name)
        try:
            record = model.model_validate(raw, extra="ignore")
        except ValidationError as problem:
            fault = problem.errors(include_url=False, include_input=False)[0]
            reason = ": ".join(filter(None, [".".join(map(str, fault["loc"])), fault["msg"]]))
            skipped.append(Skipped(key=f"{article}#{name}", reason=reason))
            continue
        yield f"{article}#{name}", record, {key: value for key, value in raw.items() if key not in model.model_fields}


def _day(summary: Mapping[str, Any], visits: list[Visit]) -> tuple[str | None, DayBasis]:
    """The day of publication.

    An article that states none may have a few possible days; if only one of them is not before a visit that the article
    reports as past, it is that one.
    """
    stated = day_of(summary.get("published"))
    if stated is not None:
        return written(stated), "stated"
    provenance = summary.get("provenance")
    if not isinstance(provenance, dict):
        return None, "none"
    if provenance.get("reference_basis") in ("given", "stated") and (day := day_of(provenance.get("reference_date"))):
        return written(day), "stated"
    given = provenance.get("possible_references")
    possible = [day for each in given if (day := day_of(each))] if isinstance(given, list) else []
    past = [days.first for visit in visits if visit.status == "completed" and (days := days_of(visit.when.start))]
    left = [day for day in possible if day >= max(past, default=0)]
    return (written(left[0]), "inferred") if len(left) == 1 else (None, "none")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
