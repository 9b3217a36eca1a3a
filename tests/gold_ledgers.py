"""Gold articles and ledgers made up for the tests of the evaluation, and rows that answer gold without a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.evaluation import Evaluation, GoldArticle, evaluate

Raw = dict[str, Any]
QUOTE = {"sentence": 1, "start": 0, "end": 5, "text": "quote"}


def person(name: str, country: str | None = None, kind: str = "person") -> Raw:
    return {"name": name, "kind": kind, "country": country}


def visit(
    visitors: str | list[Raw] = "Ana Reyes", country: str | None = "NOR", start: str | None = None, **more: Any
) -> Raw:
    """A visit of the gold: the status is confirmed and the focus main, unless `more` says otherwise."""
    who = [person(visitors, "PER")] if isinstance(visitors, str) else visitors
    when = {"start": start, "end": more.pop("end", None)}
    return {"visitors": who, "country": country, "when": when, "status": "confirmed", "focus": "main", **more}


def invitation(inviter: str = "Jan Berg", invitee: str = "Ana Reyes", country: str | None = "NOR", **more: Any) -> Raw:
    parties = {"inviters": [person(inviter, "NOR")], "invitees": [person(invitee, "PER")]}
    return {**parties, "country": country, "response": "accepted", **more}


def official(name: str = "Ana Reyes", **more: Any) -> Raw:
    return {"name": name, "titles": ["Foreign Minister"], "role": "foreign_minister", "country": "PER", **more}


def gold(
    name: str = "a", *, scoring: Raw | None = None, header: Raw | None = None, **records: list[Raw]
) -> GoldArticle:
    """A gold article; the records get the ids v1, v2, i1, o1 in order."""
    raw: Raw = {"id": name, "record": {**(header or {})}, "scoring": scoring or {}}
    for kind in ("visits", "invitations", "officials"):
        given = enumerate(records.get(kind, ()), start=1)
        raw["record"][kind] = [{"id": f"{kind[0]}{at}", "evidence": ["quote"], **record} for at, record in given]
    return GoldArticle.model_validate(raw)


def summary(article: GoldArticle | None = None, text: str | None = None, **records: list[Raw]) -> Raw:
    """A stored summary that gives what the gold asks for; `records` replace the records of their type."""
    raw: Raw = {"summary": "", "visits": [], "invitations": [], "officials": []}
    if article is not None:
        kept = ("headline", "dateline", "published", "outlet", "agencies", "byline", "language")
        raw |= article.record.model_dump(include={*kept, "visits", "invitations", "officials"})
    raw |= records
    for kind in ("visits", "invitations", "officials"):
        raw[kind] = [_as_given(record, text) for record in raw[kind]]
    return raw


def _as_given(record: Raw, text: str | None) -> Raw:
    quotes = record.get("evidence", ["quote"])
    pieces = [quote if isinstance(quote, dict) else _piece(quote, text) for quote in quotes]
    sources = {"sources": [{"name": None, **source} for source in record["sources"]]} if "sources" in record else {}
    return {**record, "evidence": pieces, **sources}


def _piece(quote: str, text: str | None) -> Raw:
    if text is None:
        return {**QUOTE, "text": quote}
    start = text.index(quote)
    return {"sentence": 1, "start": start, "end": start + len(quote), "text": quote}


def row(name: str, stored: Raw | None, source: str = "") -> LedgerRow:
    """A ledger row; without a summary a failed one."""
    return LedgerRow(id=name, source=source, status="failed" if stored is None else "ok", summary=stored)


def perfect(article: GoldArticle) -> LedgerRow:
    """The row that answers a gold article without a fault."""
    text = article.text_file.read_text(encoding="utf-8") if article.text_file else None
    return row(article.id, summary(article, text))


def result(article: GoldArticle, **records: list[Raw]) -> Evaluation:
    """One article against the same article with other records of some types."""
    return evaluate([article], [row(article.id, summary(article, None, **records))], resamples=1)


def write_ledger(path: Path, *rows: LedgerRow) -> Path:
    path.write_text("".join(one.model_dump_json() + "\n" for one in rows), encoding="utf-8")
    return path
