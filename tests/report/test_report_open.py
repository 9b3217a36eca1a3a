"""What the page calls an open invitation."""

from __future__ import annotations

import itertools
from datetime import date

from summarise.corpus.ledger import LedgerRow
from summarise.questions import open_invitations
from summarise.report.records import Records
from tests.report import ledgers


def test_open_means_the_same_as_in_the_questions_asked_on_the_day_of_the_article() -> None:
    party = {"name": "Ana Reyes", "kind": "person", "title": None, "country": "PER"}
    statuses = ("planned", "extended", "renewed", "withdrawn", "denied")
    answers = ("pending", "acknowledged", "accepted", "declined", "tentative", "delegated", "unknown")
    spans = (("2024-03", "month"), ("2024-05-01", "day"), ("2024-05", "month"), ("2024-04", "vague"), (None, "none"))
    evidence = [{"sentence": 1, "start": 0, "end": 1, "text": "A"}]
    visits = [
        {"id": status, "status": status, "visitors": [party], "evidence": evidence, "focus": "main"}
        | {"country": "NOR", "when": {"precision": "none"}, "hosts": []}
        for status in ("planned", "completed", "ongoing")
    ]
    made = [
        {"id": f"i{number}", "inviters": [party], "invitees": [party], "evidence": evidence, "country": "NOR"}
        | {"status": status, "response": answer, "visit": visit, "proposed": {"start": start, "precision": precision}}
        for number, (status, answer, (start, precision), visit) in enumerate(
            itertools.product(statuses, answers, spans, (None, "planned", "completed", "ongoing", "no such"))
        )
    ]
    rows = [
        LedgerRow.model_validate(
            ledgers.row("a", ledgers.summary(published="2024-05-06", visits=visits, invitations=made))
        )
    ]
    records = Records()
    records.add(rows[0], has_text=False)
    found = {answer.record.id for answer in open_invitations(rows, on=date(2024, 5, 6))}
    assert {made[each["number"]]["id"] for each in records.invitations if each.get("open")} == found
    assert 0 < len(found) < len(made)
