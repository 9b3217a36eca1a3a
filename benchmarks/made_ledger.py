"""Ledgers made up by chance, always the same for the same number: every status, precision and kind of record.

Names, dates and sentences mean nothing; what counts is that everything a ledger may hold occurs, awkward text and
failed rows as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from summarise import records
from summarise.corpus.ledger import LedgerRow, RowError
from summarise.records import ArticleSummary, Concern, DateSpan, Evidence, Invitation, Official, Party, Visit

_NAMES = (
    "Ana Reyes",
    "Jan Berg",
    "Lee Ho",
    "Åsa Öberg",
    "習近平",
    "Omar al-Tikriti",
    "=cmd|' /C calc'!A0",
    "-1+1",
    "'=1",
    "@home",
)
_COUNTRIES = ("NOR", "PER", "PRK", "RUS", "CHN", None)
_AWKWARD = ("\tTab first", "line\r\nbreak", "+49 30", "nul\0inside", "<script>alert(1)</script>", '"quoted", and; more',
            "‮right to left", "_x000D_", "\x1b[31mred", "'", "", "🙂 beyond")  # fmt: skip
_PLAIN = "Foreign Minister Ana Reyes of Peru is to fly to Oslo in the coming days, her office said on Monday."
_DAYS = (
    ("day", "2024-03-11", None), ("day", "2024-02-28", "2024-03-02"), ("week", "2024-03-11", "2024-03-17"),
    ("month", "2024-03", None), ("season", "2024-21", None), ("year", "2024", None), ("year", "2023", None),
    ("vague", None, None), ("vague", "2024-02", None), ("none", None, None), ("day", "1850-05-01", None),
    ("month", "2024-02", "2024-04"), ("day", "2023-12-31", None), ("day", "2024-02-30", None),
    ("month", "2024-02", None),
)  # fmt: skip


def rows(number: int) -> Iterator[LedgerRow]:
    """So many rows with different ids; one in twenty-five failed."""
    for at in range(number):
        yield row(at)


def row(at: int) -> LedgerRow:
    """The row of this number."""
    chance = Random(at)
    id = f"articles/{at:06d}"
    if at % 25 == 7:
        error = RowError(kind="BadReply", message=f"no reply passed: {chance.choice(_AWKWARD)}", hint="Try again.")
        return LedgerRow(id=id, source=f"{id}.txt", status="failed", error=error)
    stored = _summary(chance).model_dump(mode="json")
    return LedgerRow(id=id, source=f"{id}.txt", status="ok", summary=stored)


def _summary(chance: Random) -> ArticleSummary:
    visits = [_visit(chance, number) for number in range(1, chance.randint(0, 4) + 1)]
    invitations = [_invitation(chance, number, visits) for number in range(1, chance.randint(0, 2) + 1)]
    links = {each.visit: each.id for each in invitations if each.visit}
    visits = [each.model_copy(update={"invitation": links.get(each.id)}) for each in visits]
    concerns = [
        Concern(path=f"visits[{at}].when", kind="made_up", message=_text(chance), sentence=1)
        for at in range(len(visits))
    ]
    return ArticleSummary(
        headline=_text(chance), published=chance.choice(("2024-03-01", "2024-02-10", None)), language="en",
        officials=[_official(chance, number) for number in range(1, chance.randint(0, 3) + 1)],
        visits=visits, invitations=invitations, summary=_text(chance), agencies=["TASS", _text(chance)],
        concerns=concerns[: chance.randint(0, 2)],
    )  # fmt: skip


def _visit(chance: Random, number: int) -> Visit:
    return Visit(
        id=f"v{number}", visitors=_parties(chance, 1), hosts=_parties(chance, 0), country=chance.choice(_COUNTRIES),
        when=_span(chance), status=_any(chance, records.VisitStatus), focus=_any(chance, records.Focus),
        kind=_any(chance, records.VisitKind), evidence=_evidence(chance), purpose=chance.choice((None, _text(chance))),
        possible_dates=[_span(chance)] * chance.randint(0, 1), places=[_text(chance)] * chance.randint(0, 1),
    )  # fmt: skip


def _invitation(chance: Random, number: int, visits: list[Visit]) -> Invitation:
    return Invitation(
        id=f"i{number}", inviters=_parties(chance, 0), invitees=_parties(chance, 1), country=chance.choice(_COUNTRIES),
        response=_any(chance, records.InvitationResponse), status=_any(chance, records.InvitationStatus),
        proposed=_span(chance), extended=_span(chance), evidence=_evidence(chance),
        visit=visits[number - 1].id if len(visits) >= number and chance.random() < 0.6 else None,
    )  # fmt: skip


def _official(chance: Random, number: int) -> Official:
    return Official(
        id=f"o{number}", name=chance.choice(_NAMES), variants=[_text(chance)], titles=[_text(chance), "Minister"],
        role=_any(chance, records.Role), country=chance.choice(_COUNTRIES), evidence=_evidence(chance),
    )  # fmt: skip


def _parties(chance: Random, least: int) -> list[Party]:
    return [
        Party(name=name, kind=_any(chance, records.PartyKind), title=None, country=chance.choice(_COUNTRIES))
        for name in chance.sample(_NAMES, chance.randint(least, 2))
    ]


def _evidence(chance: Random) -> list[Evidence]:
    return [
        Evidence(sentence=number, start=0, end=len(text), text=text)
        for number in range(1, chance.randint(1, 2) + 1)
        for text in [_text(chance)]
    ]


def _span(chance: Random) -> DateSpan:
    precision, start, end = chance.choice(_DAYS)
    return DateSpan(text=_text(chance), start=start, end=end, precision=precision, basis="explicit")


def _text(chance: Random) -> str:
    return chance.choice(_AWKWARD) if chance.random() < 0.3 else f"{_PLAIN} ({chance.randrange(10**6)})"


def _any(chance: Random, literal: Any) -> Any:
    return chance.choice(get_args(literal))
