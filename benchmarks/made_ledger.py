"""Ledgers made up by chance, always the same for the same number: every status, precision and kind of record.

Names, dates and sentences mean nothing; what counts is that everything a ledger may hold occurs: trips of several legs,
invitations and their answers, namesakes, states that are no more, awkward text and failed rows. The dates lie close
together, so that every day asked for has some before, on and after it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from summarise import records
from summarise.corpus.ledger import LedgerRow, RowError
from summarise.records import (
    ArticleSummary,
    Attribution,
    Concern,
    DateSpan,
    Evidence,
    Invitation,
    Official,
    Party,
    Provenance,
    Usage,
    Visit,
)

_NAMES = (
    "Ana Reyes", "Jan Berg", "Lee Ho", "Åsa Öberg", "習近平", "Omar al-Tikriti", "Kim", "Édouard d'Arcy", "محمد السيد",
    "Лариса Петрова", "=cmd|' /C calc'!A0", "-1+1", "'=1", "@home",
)  # fmt: skip
_COUNTRIES = ("NOR", "PER", "PRK", "RUS", "CHN", "XKX", "HKG", "CSK", "DDR", None)
_PLACES = ("Oslo", "Oslo City Hall", "Pristina")
_AWKWARD = ("\tTab first", "line\r\nbreak", "+49 30", "nul\0inside", "<script>alert(1)</script>", '"quoted", and; more',
            "‮right to left", "_x000D_", "\x1b[31mred", "'", "", "🙂 beyond",
            "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "back\\slash", "line\u2028separator\x85next",
            "{{ 7 * 7 }}", "javascript:alert(1)", "😀" * 40, "e\u0301 combined",
            "zero\u200bwidth\ufeff")  # fmt: skip
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
    source = chance.choice((f"{id}.txt", f"https://news.example/{at:06d}"))
    text = sha256(id.encode()).hexdigest()
    made = Provenance(
        version="0.1.0", model=chance.choice(("gpt-6-luna", "offline")), prompt_id="p", schema_id="s", article_id=text
    )
    stored = _summary(chance).model_copy(update={"provenance": made}).model_dump(mode="json")
    fingerprint = {"model": made.model, "prompt": "p", "schema": "s", "article": text}
    usage = Usage(requests=1, input_tokens=2000, output_tokens=700, cost=0.0007)
    return LedgerRow(id=id, source=source, status="ok", summary=stored, usage=usage, fingerprint=fingerprint)


def _summary(chance: Random) -> ArticleSummary:
    trip = chance.random() < 0.3
    visits = [_visit(chance, number, trip) for number in range(1, chance.randint(0, 4) + 1)]
    invitations = [_invitation(chance, number, visits) for number in range(1, chance.randint(0, 2) + 1)]
    links = {each.visit: each.id for each in invitations if each.visit}
    visits = [each.model_copy(update={"invitation": links.get(each.id)}) for each in visits]
    concerns = [
        Concern(path=f"visits[{at}].when", kind="made_up", message=_text(chance), sentence=1)
        for at in range(len(visits))
    ]
    return ArticleSummary(
        headline=chance.choice((_text(chance), None)), outlet=chance.choice((None, "The Daily Example")),
        byline=chance.choice((None, _text(chance))), published=chance.choice(("2024-03-01", "2024-02-10", None)),
        language=chance.choice(("en", "en", "fr", "ru", None)),
        officials=[_official(chance, number) for number in range(1, chance.randint(0, 3) + 1)],
        visits=visits, invitations=invitations, summary=_text(chance), agencies=["TASS", _text(chance)],
        concerns=concerns[: chance.randint(0, 2)],
    )  # fmt: skip


def _visit(chance: Random, number: int, trip: bool) -> Visit:
    return Visit(
        id=f"v{number}", visitors=_parties(chance, 1), hosts=_parties(chance, 0), country=chance.choice(_COUNTRIES),
        when=_span(chance), status=_any(chance, records.VisitStatus), focus=_any(chance, records.Focus),
        kind=_any(chance, records.VisitKind), evidence=_evidence(chance), purpose=chance.choice((None, _text(chance))),
        possible_dates=[_span(chance)] * chance.randint(0, 1), places=[_place(chance)] * chance.randint(0, 1),
        trip="t1" if trip else None, leg=number if trip else None, event=chance.choice((None, None, _text(chance))),
        sources=[Attribution(name=chance.choice(_NAMES), kind=_any(chance, records.AttributionKind), outlet="TASS")],
        caveat=chance.choice((None, None, _text(chance))),
    )  # fmt: skip


def _invitation(chance: Random, number: int, visits: list[Visit]) -> Invitation:
    return Invitation(
        id=f"i{number}", inviters=_parties(chance, 0), invitees=_parties(chance, 1), country=chance.choice(_COUNTRIES),
        response=_any(chance, records.InvitationResponse), status=_any(chance, records.InvitationStatus),
        proposed=_span(chance), extended=_span(chance), responded=_span(chance), channel=_any(chance, records.Channel),
        occasion=chance.choice((None, _text(chance))), evidence=_evidence(chance),
        visit=visits[number - 1].id if len(visits) >= number and chance.random() < 0.6 else None,
    )  # fmt: skip


def _official(chance: Random, number: int) -> Official:
    return Official(
        id=f"o{number}", name=chance.choice(_NAMES), variants=[_text(chance)], titles=[_text(chance), "Minister"],
        organisation=chance.choice((None, None, "Foreign Ministry")), tenure=_any(chance, records.Tenure),
        role=_any(chance, records.Role), country=chance.choice(_COUNTRIES), evidence=_evidence(chance),
    )  # fmt: skip


def _parties(chance: Random, least: int) -> list[Party]:
    return [
        Party(
            name=name,
            kind=_any(chance, records.PartyKind),
            title=chance.choice((None, "Minister")),
            country=chance.choice(_COUNTRIES),
        )
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


def _place(chance: Random) -> str:
    return _text(chance) if chance.random() < 0.3 else chance.choice(_PLACES)


def _any(chance: Random, literal: Any) -> Any:
    return chance.choice(get_args(literal))
