"""What lists, timeline and matrix need of each record; the rest is on the page of its article."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.partial_dates import bounds_of, day_of
from summarise.questions import has_no_answer
from summarise.report import plain
from summarise.report.plain import Raw
from summarise.report.sounds import sounds_of

Entry = dict[str, Any]

_DATES = ("start", "end", "precision", "text")
_LONGEST_ABSTRACT = 300


@dataclass
class Records:
    """The entries of every record that was added, article by article.

    In an entry `article` is the place of its article in `articles`, and `number` its own among the article's records
    of its type. Officials are brought together where name and country are the same; nothing else is.
    """

    articles: list[Entry] = field(default_factory=list)
    visits: list[Entry] = field(default_factory=list)
    invitations: list[Entry] = field(default_factory=list)
    concerns: list[Entry] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    _officials: dict[tuple[str, str | None], Entry] = field(default_factory=dict)

    @property
    def officials(self) -> list[Entry]:
        """One entry for each official, those that are named most often first."""
        return sorted(self._officials.values(), key=lambda entry: (-len(entry["mentions"]), entry["name"]))

    @property
    def sounds(self) -> dict[str, dict[str, str]]:
        """How the names in all records sound."""
        named = (
            party[0] for entry in (*self.visits, *self.invitations) for role in _ROLES for party in entry.get(role, ())
        )
        officials = self._officials.values()
        return sounds_of({*named, *(name for entry in officials for name in (entry["name"], *entry["variants"]))})

    def add(self, row: LedgerRow, has_text: bool) -> None:
        """Take in a row, as the next of the articles."""
        article, summary = len(self.articles), row.summary or {}
        concerns = Counter(_record_of(concern.get("path")) for _, concern in plain.numbered(summary.get("concerns")))
        self.articles.append(_article(row, summary, has_text, concerns.total()))
        for number, visit in plain.numbered(summary.get("visits")):
            entry = {**_visit(visit), "concerns": concerns[f"visits[{number}]"]}
            self._keep(self.visits, article, number, entry)
        visits = {plain.text(visit.get("id")): visit for _, visit in reversed([*plain.numbered(summary.get("visits"))])}
        for number, invitation in plain.numbered(summary.get("invitations")):
            visit = visits.get(plain.text(invitation.get("visit")) or "", {})
            entry = {
                **_invitation(invitation),
                "open": _is_open(invitation, visit, summary),
                "concerns": concerns[f"invitations[{number}]"],
            }
            self._keep(self.invitations, article, number, entry)
        for number, official in plain.numbered(summary.get("officials")):
            self._add_official(article, number, official, concerns[f"officials[{number}]"])
        for number, concern in plain.numbered(summary.get("concerns")):
            self._keep(
                self.concerns, article, number, {name: concern.get(name) for name in ("path", "kind", "message")}
            )

    def _keep(self, entries: list[Entry], article: int, number: int, entry: Entry) -> None:
        entries.append({"article": article, "number": number, **plain.full(entry)})
        parties = (party for role in _ROLES for party in entry.get(role, ()))
        self.countries.update(filter(None, (entry.get("country"), *(party[1] for party in parties))))

    def _add_official(self, article: int, number: int, official: Raw, concerns: int) -> None:
        name, country = plain.text(official.get("name")), plain.text(official.get("country"))
        if name is None:
            return
        if country:
            self.countries.add(country)
        entry = self._officials.setdefault(
            (_folded(name), country),
            {"name": name, "country": country, "mentions": [], "concerns": 0}
            | {listed: [] for listed in ("roles", "titles", "variants", "tenures")},
        )
        entry["mentions"].append([article, number])
        entry["concerns"] += concerns
        _add_new(entry["roles"], [plain.text(official.get("role"))])
        _add_new(entry["titles"], plain.texts(official.get("titles")))
        _add_new(entry["variants"], plain.texts(official.get("variants")))
        _add_new(entry["tenures"], [plain.text(official.get("tenure"))])


_ROLES = ("visitors", "hosts", "inviters", "invitees")


def _article(row: LedgerRow, summary: Raw, has_text: bool, concerns: int) -> Entry:
    abstract = plain.text(summary.get("summary")) or ""
    entry = {
        "id": row.id,
        "source": row.source,
        "failed": row.status == "failed",
        "error": row.error.message if row.error else None,
        "headline": plain.text(summary.get("headline")),
        "summary": abstract if len(abstract) <= _LONGEST_ABSTRACT else abstract[:_LONGEST_ABSTRACT].rstrip() + "…",
        "published": plain.partial_date(summary.get("published")),
        "outlet": plain.text(summary.get("outlet")),
        "agencies": plain.texts(summary.get("agencies")),
        "language": plain.text(summary.get("language")),
        "text": has_text,
        "concerns": concerns,
        "rejected": sum(1 for _ in plain.numbered(summary.get("rejected"))),
        "warnings": len(plain.texts(plain.mapping(summary.get("provenance")).get("warnings"))),
    }
    return {name: value for name, value in plain.full(entry).items() if value not in (False, 0)}


def _visit(visit: Raw) -> Entry:
    return {
        "visitors": _parties(visit.get("visitors")),
        "hosts": _parties(visit.get("hosts")),
        "country": plain.text(visit.get("country")),
        "places": plain.texts(visit.get("places")),
        "when": _span(visit.get("when")),
        "possible": [_span(each) for _, each in plain.numbered(visit.get("possible_dates"))],
        "status": plain.text(visit.get("status")) or "unknown",
        "focus": plain.text(visit.get("focus")),
        "event": plain.text(visit.get("event")),
        "purpose": plain.text(visit.get("purpose")),
    }


def _invitation(invitation: Raw) -> Entry:
    return {
        "inviters": _parties(invitation.get("inviters")),
        "invitees": _parties(invitation.get("invitees")),
        "country": plain.text(invitation.get("country")),
        "places": plain.texts(invitation.get("places")),
        "occasion": plain.text(invitation.get("occasion")),
        "response": _response(invitation),
        "status": _standing(invitation),
        **{name: _span(invitation.get(name)) for name in ("proposed", "extended", "responded")},
    }


def _response(invitation: Raw) -> str:
    return plain.text(invitation.get("response")) or "unknown"


def _standing(invitation: Raw) -> str:
    return plain.text(invitation.get("status")) or "extended"


def _is_open(invitation: Raw, visit: Raw, summary: Raw) -> bool:
    """By the rule of `questions.open_invitations`, on the day of the article: the page knows no other."""
    proposed, published = _span(invitation.get("proposed")), day_of(plain.partial_date(summary.get("published")))
    last = bounds_of(proposed["start"], proposed["end"], proposed["precision"] or "none").not_after
    is_over = last is not None and published is not None and last < published
    status = plain.text(visit.get("status"))
    return not is_over and has_no_answer(_standing(invitation), _response(invitation), status)


def _span(value: object) -> Entry:
    raw = plain.mapping(value)
    dates = {name: plain.partial_date(raw.get(name)) for name in ("start", "end")}
    return {**{name: plain.text(raw.get(name)) for name in _DATES}, **dates}


def _parties(value: object) -> list[list[str | None]]:
    """Name and country of each."""
    named = ((plain.text(party.get("name")), plain.text(party.get("country"))) for _, party in plain.numbered(value))
    return [[name or "?", country] for name, country in named]


def _record_of(path: object) -> str:
    """`visits[0]` of `visits[0].when.start`."""
    return path.partition(".")[0] if isinstance(path, str) else ""


def _add_new(known: list[str], more: list[str] | list[str | None]) -> None:
    known.extend(each for each in dict.fromkeys(more) if each and each not in known)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
