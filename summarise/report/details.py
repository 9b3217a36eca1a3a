"""What the page of one article shows: its text, its records with their evidence, and what was said about them."""

from __future__ import annotations

from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.records import ArticleSummary
from summarise.report import plain
from summarise.report.plain import Raw

RECORD_TYPES = ("visits", "invitations", "officials")
"""The record types that the page has views for; others come from a schema of one's own."""

_HEADER = (
    "headline",
    "dateline",
    "published",
    "published_text",
    "language",
    "summary",
    "outlet",
    "agencies",
    "byline",
)
_TOLD_APART = frozenset((*RECORD_TYPES, *_HEADER, "rejected", "concerns", "provenance"))
_MADE_BY = ("engine", "model", "answered_by", "version", "reference_date", "reference_basis", "warnings")


def details_of(row: LedgerRow, text: str | None) -> dict[str, Any]:
    """The row for its page, with the article's text if it is at hand.

    Evidence is `{"sentence", "span": [start, end]}` in UTF-16 units where the text bears it out, and
    `{"sentence", "quote"}` otherwise. `own` holds the record types of a schema of one's own, `more` its other fields.
    """
    summary = row.summary or {}
    own = own_records(summary)
    provenance = plain.mapping(summary.get("provenance"))
    records = {name: _records(summary.get(name), text) for name in RECORD_TYPES}
    shown: dict[str, Any] = {
        "id": row.id,
        "source": row.source,
        "status": row.status,
        "error": row.error.model_dump() if row.error else None,
        **{name: summary.get(name) for name in _HEADER},
        "records": records,
        "own": {name: _records(summary[name], text) for name in own},
        "more": {name: value for name, value in summary.items() if name not in _TOLD_APART and name not in own},
        "concerns": [dict(concern) for _, concern in plain.numbered(summary.get("concerns"))],
        "rejected": [dict(rejection) for _, rejection in plain.numbered(summary.get("rejected"))],
        "made": {name: provenance.get(name) for name in _MADE_BY},
    }
    return {**plain.full(shown), "text": text}


def own_records(summary: Raw) -> list[str]:
    """The fields that hold records of types that `ArticleSummary` does not have."""
    return [
        name
        for name, value in summary.items()
        if name not in ArticleSummary.model_fields and any(True for _ in plain.numbered(value))
    ]


def _records(records: object, text: str | None) -> list[dict[str, Any]]:
    return [
        {**record, "number": number, "evidence": [_evidence(each, text) for _, each in plain.numbered(cited)]}
        for number, record in plain.numbered(records)
        for cited in [record.get("evidence")]
    ]


def _evidence(evidence: Raw, text: str | None) -> dict[str, Any]:
    sentence, quote = plain.whole(evidence.get("sentence")), plain.text(evidence.get("text"))
    start, end = plain.whole(evidence.get("start")), plain.whole(evidence.get("end"))
    if text is None or quote is None or start is None or start < 0 or end is None or text[start:end] != quote:
        return {"sentence": sentence, "quote": quote, "start": start}
    first = start + _astral(text, 0, start)
    return {"sentence": sentence, "span": [first, first + len(quote) + _astral(quote, 0, len(quote))]}


def _astral(text: str, start: int, end: int) -> int:
    """How many characters are two units of JavaScript's strings."""
    if text.isascii():
        return 0
    return sum(character > "\uffff" for character in text[start:end])
