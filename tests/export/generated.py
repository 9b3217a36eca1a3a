"""Ledger rows of made-up articles, as many as are wanted and the same for the same seed.

They are what a ledger may hold: every status, kind and precision of a date, trips of several legs, invitations and
their answers, officials and namesakes, articles without a date or a record, articles that failed, rows of a schema of a
user's own, and text that is meant to do harm. Every summary is valid as an `ArticleSummary` (further fields left out),
and every piece of evidence stands in the article's text at its offsets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, get_args

from summarise.corpus.ledger import LedgerRow, RowError
from summarise.records import (
    NO_DATE,
    ArticleSummary,
    Attribution,
    Channel,
    Concern,
    DateSpan,
    Evidence,
    Invitation,
    InvitationResponse,
    InvitationStatus,
    Official,
    Party,
    Provenance,
    Usage,
    Visit,
    VisitKind,
    VisitStatus,
)

FIRST_DAY = date(2023, 1, 2)
DAYS = 1000  # in which the articles are published

_PEOPLE = [
    ("Ana Okoro", "President", "NGA", "head_of_state"), ("Ana Okoro", "Foreign Minister", "GHA", "foreign_minister"),
    ("Tomas Lindqvist", "Prime Minister", "SWE", "head_of_government"), ("Kim", "Marshal", "PRK", "military"),
    ("Rashid al-Karim", "Emir", "QAT", "monarch_or_royal"), ("Mei Tanaka", "Ambassador", "JPN", "ambassador"),
    ("Kim Sun-hee", "Foreign Minister", "KOR", "foreign_minister"), ("Pope Leo", "Pope", "VAT", "religious"),
    ("Luis Ortega", "Defence Minister", "PER", "defence_minister"), ("Ivo Novák", "President", "CSK", "head_of_state"),
    ("Édouard d'Arcy", "ministre des Affaires étrangères", "FRA", "foreign_minister"),
    ("Лариса Петрова", "министр", "RUS", "minister"), ("محمد السيد", "وزير", "EGY", "minister"),
    ("王小明", "外交部长", "CHN", "foreign_minister"), ("Besa Krasniqi", "Prime Minister", "XKX", "head_of_government"),
    ("Erich Vogel", "Staatsratsvorsitzender", "DDR", "head_of_state"),
    ("Marta Silva", "Speaker of the Assembly", "PRT", "legislator"),
    ("Noor Haddad", "Secretary-General", None, "intl_org"), ("Jan de Wit", "former Prime Minister", "NLD", "other"),
]  # fmt: skip
_BODIES = [
    Party(name="Ministry of Foreign Affairs", kind="organisation", country="OMN"),
    Party(name="the government of Peru", kind="government", country="PER"),
    Party(name="United Nations", kind="organisation", country=None),
    Party(name="leaders of 30 states", kind="delegation", country=None),
    Party(name="a French minister", kind="unnamed_person", country="FRA"),
]
_PLACES = {
    "NOR": ["Oslo"], "JPN": ["Tokyo", "Osaka"], "GHA": ["Accra"], "CHE": ["Geneva"], "KAZ": ["Astana"], "BRA": [],
    "RUS": ["Vladivostok"], "PRK": ["Pyongyang"], "XKX": ["Pristina"], "SUN": ["Moscow"], "HKG": ["Hong Kong"],
    "USA": ["New York", "UN Headquarters"], "TUR": ["Ankara"],
}  # fmt: skip
_HOSTILE = [
    "<script>alert(1)</script>", "=HYPERLINK(\"http://evil.example\";\"x\")", "'; DROP TABLE visits; --",
    "\u202eevil\u202c", "a\nBEGIN:VEVENT\nUID:x", "tab\tand\x00null\x1b[31m", "back\\slash, comma; semicolon: colon",
    "</script><img src=x onerror=alert(1)>", "javascript:alert(1)", "@SUM(A1)", "line\u2028separator\x85next",
    "😀" * 40, "\"quoted\"", "x" * 700, "+1-2", "{{ 7 * 7 }}", "%s %n", "e\u0301 combined", "zero\u200bwidth\ufeff",
]  # fmt: skip


def generated_rows(count: int, seed: int = 0) -> Iterator[LedgerRow]:
    """`count` rows, each with an id of its own."""
    for number in range(count):
        yield _row(number, Random(f"{seed}/{number}"))  # a row does not depend on how many there are


@dataclass
class _Text:
    """The article as it grows, sentence by sentence."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def says(self, sentence: str) -> Evidence:
        start = self.length + (1 if self.parts else 0)
        self.parts.append(sentence)
        self.length = start + len(sentence)
        return Evidence(sentence=len(self.parts), start=start, end=self.length, text=sentence)


def _row(number: int, chance: Random) -> LedgerRow:
    id = f"{chance.choice(['wire', 'paper', 'Ünïcode dir'])}/{number:06}"
    source = chance.choice([f"articles/{id}.txt", f"https://news.example/{number:06}", "corpus.jsonl"])
    if chance.random() < 0.04:
        error = RowError(kind="RefusedReply", message="the model declined to answer", hint="Try another model.")
        return LedgerRow(id=id, source=source, status="failed", error=error)
    text = _Text()
    summary = _summary(text, chance)
    article = hashlib.sha256(" ".join(text.parts).encode("utf-8", "replace")).hexdigest()
    made = Provenance(
        version="0.1.0",
        model=chance.choice(["gpt-6-luna", "offline"]),
        prompt_id="p",
        schema_id="s",
        article_id=article,
    )
    stored = summary.model_copy(update={"provenance": made}).model_dump(mode="json")
    if chance.random() < 0.06:
        _as_of_a_user(stored, chance)
    usage = Usage(requests=1, input_tokens=2000, output_tokens=700, cost=0.0007)
    fingerprint = {"model": made.model, "prompt": "p", "schema": "s", "article": article}
    return LedgerRow(id=id, source=source, status="ok", summary=stored, usage=usage, fingerprint=fingerprint)


def _summary(text: _Text, chance: Random) -> ArticleSummary:
    published = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    empty = chance.random() < 0.06
    people = chance.sample(_PEOPLE, k=chance.randint(2, 5))
    hostile = chance.choice(_HOSTILE) if chance.random() < 0.08 else None
    headline = text.says(hostile or f"Talks number {chance.randint(1, 999)} held; more to come").text
    visits = [] if empty else list(_visits(text, chance, people, published, hostile))
    invitations = [] if empty else [_invitation(text, chance, n) for n in range(chance.choice([0, 0, 1, 2]))]
    if visits and invitations and chance.random() < 0.5:
        visits[0] = visits[0].model_copy(update={"invitation": invitations[0].id})
        invitations[0] = invitations[0].model_copy(update={"visit": visits[0].id})
    concerns = [
        Concern(path=f"visits[{number}].when", kind="unchecked_date", message="only the model could resolve this date")
        for number in range(len(visits))
        if chance.random() < 0.1
    ]
    return ArticleSummary(
        headline=headline if chance.random() < 0.8 else None,
        dateline=chance.choice([None, "GENEVA"]),
        published=published.isoformat() if chance.random() < 0.92 else None,
        published_text=None,
        language=chance.choice(["en", "en", "en", "fr", "ru", None]),
        officials=[] if empty else [_official(text, n, person, chance) for n, person in enumerate(people)],
        visits=visits,
        invitations=invitations,
        summary="What happened, in short.",
        outlet=chance.choice([None, "The Daily Example"]),
        agencies=chance.choice([[], ["TASS"], ["AP", "AFP"]]),
        byline=chance.choice([None, "A. Reporter"]),
        concerns=concerns,
    )


def _visits(
    text: _Text, chance: Random, people: list[tuple[str, str, str | None, str]], published: date, hostile: str | None
) -> Iterator[Visit]:
    trip = chance.random() < 0.3
    for number in range(chance.choice([1, 1, 2, 3, 4])):
        country = chance.choice([*_PLACES, None])
        places = _PLACES.get(country or "", [])
        visitors = [_party(person) for person in chance.sample(people, k=chance.choice([1, 1, 2]))]
        if chance.random() < 0.1:
            visitors = [chance.choice(_BODIES)]
        if hostile is not None:
            visitors = [visitors[0].model_copy(update={"name": hostile, "title": hostile})]
        status = chance.choice(get_args(VisitStatus))
        when = _when(chance, published)
        names = " and ".join(visitor.name for visitor in visitors)
        yield Visit(
            id=f"v{number + 1}",
            visitors=visitors,
            country=country,
            when=when,
            status=status,
            focus=chance.choice(["main", "main", "background"]),
            evidence=[
                text.says(f"{names}, {status}, {when.text or 'some day'}, {places}.")
                for _ in range(chance.choice([1, 2]))
            ],
            hosts=[chance.choice([_party(chance.choice(_PEOPLE)), chance.choice(_BODIES)])]
            if chance.random() < 0.5
            else [],
            places=places,
            trip="t1" if trip else None,
            leg=number + 1 if trip else None,
            purpose=chance.choice([None, "talks on trade", hostile]),
            event=chance.choice([None, None, "Trade Forum"]),
            kind=chance.choice(get_args(VisitKind)),
            possible_dates=[_when(chance, published)] if chance.random() < 0.1 else [],
            sources=[Attribution(name="the ministry", kind="institution", outlet=chance.choice([None, "TASS"]))],
            caveat=chance.choice([None, None, "The reports differ.", hostile]),
        )


def _invitation(text: _Text, chance: Random, number: int) -> Invitation:
    asking, asked = chance.sample(_PEOPLE, k=2)
    told = chance.random() < 0.5
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return Invitation(
        id=f"i{number + 1}",
        inviters=[_party(asking)] if chance.random() < 0.9 else [],
        invitees=[_party(asked)],
        country=chance.choice([asking[2], None]),
        response=chance.choice(get_args(InvitationResponse)),
        evidence=[text.says(f"{asking[0]} asked {asked[0]} to come ({number}).")],
        occasion=chance.choice([None, "the summit"]),
        proposed=_when(chance, day) if told else NO_DATE,
        extended=_when(chance, day) if told else NO_DATE,
        responded=_when(chance, day) if told else NO_DATE,
        channel=chance.choice(get_args(Channel)),
        status=chance.choice(get_args(InvitationStatus)),
    )


def _official(text: _Text, number: int, person: tuple[str, str, str | None, str], chance: Random) -> Official:
    name, title, country, role = person
    return Official.model_validate(
        {
            "id": f"o{number + 1}",
            "name": name,
            "variants": [name.split()[-1]] if " " in name else [],
            "titles": chance.choice([[title], [f"the {title}", title], []]),
            "role": role,
            "country": country,
            "organisation": chance.choice([None, None, "Foreign Ministry"]),
            "tenure": chance.choice(["current", "current", "former", "deceased", "unclear"]),
            "evidence": [text.says(f"{title} {name} spoke.").model_dump()] if chance.random() < 0.9 else [],
        }
    )


def _party(person: tuple[str, str, str | None, str]) -> Party:
    name, title, country, _ = person
    return Party(name=name, kind="person", title=title, country=country)


def _when(chance: Random, near: date) -> DateSpan:
    day = near + timedelta(days=chance.randint(-400, 400))
    month, year = day.isoformat()[:7], day.isoformat()[:4]
    return chance.choice(
        [
            DateSpan(text=f"on {day:%B %d}", start=day.isoformat(), precision="day", basis="inferred"),
            DateSpan(text=f"on {day:%B %d}", start=day.isoformat(), precision="day", basis="explicit"),
            DateSpan(
                text="for some days", start=day.isoformat(), precision="day", basis="relative",
                end=(day + timedelta(days=chance.randint(0, 9))).isoformat(),
            ),
            DateSpan(
                text="next week", start=day.isoformat(), end=(day + timedelta(days=6)).isoformat(), precision="week",
                basis="relative",
            ),
            DateSpan(text="that month", start=month, precision="month", basis="inferred"),
            DateSpan(text="in spring", start=f"{year}-03", end=f"{year}-05", precision="season", basis="inferred"),
            DateSpan(text=f"in {year}", start=year, precision="year", basis="explicit"),
            DateSpan(text="soon", precision="vague", basis="relative"),
            DateSpan(text="since May", start=f"{year}-05", precision="vague", basis="inferred"),
            NO_DATE,
        ]
    )  # fmt: skip


def _as_of_a_user(stored: dict[str, Any], chance: Random) -> None:
    """As a subclass of one's own stores it: `tests/own_records.py`."""
    for visit in stored["visits"]:
        visit["delegation_size"] = chance.choice([None, 12])
    stored["tone"] = "neutral"
    stored["agreements"] = [
        {"id": "a1", "signatories": [], "subject": "trade", "signed": NO_DATE.model_dump(), "evidence": []}
    ]
