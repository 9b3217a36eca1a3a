"""Ledger rows made by hand, for one thing at a time."""

from __future__ import annotations

from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.records import ArticleSummary, DateSpan, Evidence, Invitation, Official, Party, Visit

SENTENCE = Evidence(sentence=2, start=10, end=32, text="She will come to Oslo.")
TRAVELLER = Party(name="Mei Tanaka", kind="person", title="Foreign Minister", country="JPN")
HOST = Party(name="Kari Lund", kind="person", country="NOR")


def day(start: str, end: str | None = None) -> DateSpan:
    return DateSpan(text="then", start=start, end=end, precision="day", basis="explicit")


def visit(**changes: Any) -> Visit:
    fields: dict[str, Any] = {
        "id": "v1", "visitors": [TRAVELLER], "country": "NOR", "when": day("2024-05-04"), "status": "confirmed",
        "focus": "main", "evidence": [SENTENCE],
    }  # fmt: skip
    return Visit(**fields | changes)


def invitation(**changes: Any) -> Invitation:
    fields: dict[str, Any] = {
        "id": "i1", "inviters": [HOST], "invitees": [TRAVELLER], "country": "NOR", "response": "pending",
        "evidence": [SENTENCE],
    }  # fmt: skip
    return Invitation(**fields | changes)


def official(**changes: Any) -> Official:
    fields: dict[str, Any] = {
        "id": "o1", "name": "Mei Tanaka", "titles": ["Foreign Minister"], "role": "foreign_minister", "country": "JPN",
        "evidence": [SENTENCE],
    }  # fmt: skip
    return Official(**fields | changes)


def row(*records: Visit | Invitation | Official, id: str = "a", text: str = "1", **fields: Any) -> LedgerRow:
    """An article with these records; `text` tells two articles of one id apart."""
    kept = {
        "visits": [each for each in records if isinstance(each, Visit)],
        "invitations": [each for each in records if isinstance(each, Invitation)],
        "officials": [each for each in records if isinstance(each, Official)],
    }
    summary = ArticleSummary(**{"summary": "", "published": "2024-05-01", **kept, **fields})
    stored = summary.model_dump(mode="json")
    return LedgerRow(id=id, source=f"{id}.txt", status="ok", summary=stored, fingerprint={"article": text})


FAILED = LedgerRow(id="f", source="f.txt", status="failed")
