"""What was found in an article, in the form of a reply of `ArticleSummary`'s contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from summarise.offline.cast import Cast
from summarise.offline.dating import When
from summarise.offline.events import Traveller
from summarise.offline.findings import InvitationFound, VisitFound
from summarise.offline.grammar import NOWHERE
from summarise.offline.sentence import Sentence
from summarise.offline.sources import source_of

_MOST_EVIDENCE: Final = 6
_MOST_SOURCES_READ: Final = 3
_NEWS: Final = 4
"""What took place is background if it is told behind so many sentences."""


class Reply:
    """Writes the records of one article. `known` are the names of its officials, who are parties by name alone."""

    def __init__(self, sentences: Iterable[Sentence], cast: Cast, known: set[str], today: str | None) -> None:
        self._sentences = {sentence.number: sentence for sentence in sentences}
        self._cast = cast
        self._known = known
        self._today = today

    def visit(self, visit: VisitFound) -> dict[str, Any]:
        """A visit with its sources; a field that is not told is left out, unless the contract wants it."""
        record: dict[str, Any] = {
            "visitors": self._parties(visit.visitors),
            "country": None if visit.code == NOWHERE else visit.code,
            "when": None if visit.when is None else _date(visit.when),
            "status": visit.status,
            "focus": self.focus(visit),
            "evidence": sorted(visit.sentences)[:_MOST_EVIDENCE],
            "places": list(visit.places),
        }
        if visit.hosts:
            record["hosts"] = self._parties(visit.hosts)
        if visit.trip is not None:
            record["trip"] = f"t{visit.trip}"
        if visit.event:
            record["event"] = visit.event
        if visit.caveat:
            record["caveat"] = visit.caveat
        if visit.kind != "unspecified":
            record["kind"] = visit.kind
        return record | self._sources(visit)

    def invitation(self, invitation: InvitationFound) -> dict[str, Any]:
        """An invitation; `status` and `via` only where they are told."""
        record: dict[str, Any] = {
            "inviters": self._parties(invitation.inviters),
            "invitees": self._parties(invitation.invitees),
            "country": invitation.code,
            "response": invitation.response,
            "evidence": sorted(invitation.sentences)[:_MOST_EVIDENCE],
            "places": invitation.places,
        }
        if invitation.status != "extended":
            record["status"] = invitation.status
        for name in ("proposed", "extended", "responded"):
            if (when := getattr(invitation, name)) is not None:
                record[name] = _date(when)
        if invitation.channel is not None:
            record["channel"] = invitation.channel
        if invitation.via is not None:
            record |= {"via": invitation.via, "channel": "via_intermediary"}
        return record

    def focus(self, visit: VisitFound) -> str:
        """ "They last met in Minsk in September last year": background, not news (hard cases 4 and 11)."""
        if visit.status != "completed":
            return "main"
        start = visit.start
        if start is not None and self._today is not None and start[:7] < self._today[:7]:
            return "background"
        return "background" if min(visit.sentences) > _NEWS else "main"

    def _sources(self, visit: VisitFound) -> dict[str, Any]:
        """The source of the first cited sentence that names one."""
        for number in list(visit.sentences)[:_MOST_SOURCES_READ]:
            source = source_of(self._sentences[number], self._cast)
            if source is not None:
                return {"sources": [source]}
        return {}

    def _parties(self, travellers: dict[str, Traveller]) -> list[str | dict[str, Any]]:
        return [self._party(one) for one in travellers.values()]

    def _party(self, one: Traveller) -> str | dict[str, Any]:
        if one.kind == "person" and one.name in self._known:
            return one.name
        party: dict[str, Any] = {"name": one.name, "kind": one.kind, "country": one.country}
        if one.person is not None and one.person.named and one.person.titles:
            party["title"] = one.person.titles[0]
        return party


def _date(when: When) -> dict[str, str | None]:
    return {"text": when.text, "date": when.given}
