"""Ledger rows made up for the tests of the dossier."""

from __future__ import annotations

from typing import Any

from summarise import Dossier, LedgerRow, build_dossier
from summarise.dossier.model import InvitationStory, Leg, VisitReport

Raw = dict[str, Any]
SENTENCE = [{"sentence": 1, "start": 0, "end": 4, "text": "Said"}]
REYES: Raw = {"name": "Ana Reyes", "kind": "person", "country": "PER", "title": "Foreign Minister"}
BERG: Raw = {"name": "Jan Berg", "kind": "person", "country": "NOR"}


def party(name: str, country: str | None, **more: Any) -> Raw:
    return {"name": name, "kind": "person", "country": country, **more}


def span(start: str | None, end: str | None = None, precision: str = "day") -> Raw:
    return {"start": start, "end": end, "precision": precision if start else "none"}


def visit(status: str = "confirmed", start: str | None = None, end: str | None = None, **more: Any) -> Raw:
    """Ana Reyes of Peru in Norway, unless `more` says otherwise."""
    return {
        "visitors": [REYES], "country": "NOR", "when": span(start, end), "status": status, "focus": "main",
        "evidence": SENTENCE, **more,
    }  # fmt: skip


def asked(**more: Any) -> Raw:
    """Jan Berg asks Ana Reyes to Norway."""
    return {
        "inviters": [BERG], "invitees": [REYES], "country": "NOR", "response": "accepted", "evidence": SENTENCE, **more,
    }  # fmt: skip


def official(name: str, role: str = "foreign_minister", country: str | None = "PER", **more: Any) -> Raw:
    return {"name": name, "titles": [], "role": role, "country": country, "evidence": SENTENCE, **more}


def row(id: str, published: str | None, *, more: Raw | None = None, **records: list[Raw]) -> LedgerRow:
    """Records get the ids v1, v2, i1, o1 in order, unless they have their own."""
    summary: Raw = {"summary": "", "published": published, **(more or {})}
    for kind in ("visits", "invitations", "officials"):
        summary[kind] = [{"id": f"{kind[0]}{n}", **each} for n, each in enumerate(records.get(kind, []), start=1)]
    return LedgerRow(id=id, source=f"{id}.txt", status="ok", summary=summary)


def trips_of(*rows: LedgerRow, **more: Any) -> list[set[str]]:
    """The keys of the reports of each leg."""
    made = build_dossier(rows, **more)
    return [{report.key for report in leg.reports} for trip in made.trips for leg in trip.legs]


def reports(dossier: Dossier) -> list[VisitReport]:
    return [report for trip in dossier.trips for leg in trip.legs for report in leg.reports]


def leg_of(*rows: LedgerRow) -> Leg:
    """The only one."""
    made = build_dossier(rows)
    assert len(made.trips) == 1, [trip.id for trip in made.trips]
    assert len(made.trips[0].legs) == 1
    return made.trips[0].legs[0]


def people_of(*rows: LedgerRow, **more: Any) -> list[set[str]]:
    return [{mention.key for mention in person.mentions} for person in build_dossier(rows, **more).persons]


def stories(*rows: LedgerRow) -> list[InvitationStory]:
    return build_dossier(rows).invitations


def hosted(start: str, **more: Any) -> Raw:
    """Reyes was in Norway and Berg received her."""
    return visit("completed", start, hosts=[BERG], **more)
