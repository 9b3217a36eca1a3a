"""What is to be found in an article: each gold record with all values that count as right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from summarise.evaluation.dates import Span
from summarise.evaluation.fields import FIELDS, Field
from summarise.evaluation.gold import GoldArticle, GoldRecord, RecordType
from summarise.records import PartyKind


class Named(NamedTuple):
    """A party of which only the name is known: an accepted alternative."""

    name: str
    kind: PartyKind | None = None
    country: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A gold record as the scorer sees it."""

    path: str
    """Such as `visits.v1`."""
    type: RecordType
    record: GoldRecord
    optional: bool
    accepted: Mapping[str, Sequence[Any]]
    """By field path: the annotated value first, then the alternatives."""

    def spans(self, name: str) -> list[Span]:
        """The readings of a date: each start that is right, the annotated one with each end that is right."""
        start, *starts = self.accepted[f"{name}.start"]
        ends = self.accepted.get(f"{name}.end", (None,))
        return [(start, end) for end in ends] + [(other, None) for other in starts]

    def ends(self, name: str, start: str | None) -> Sequence[Any]:
        """The ends that are right with this start: with an alternative start none need be told."""
        own, *others = self.accepted[f"{name}.start"]
        ends = self.accepted[f"{name}.end"]
        return [*ends, None] if start != own and start in others else ends

    def standing_for(self, group: Sequence[Wanted]) -> Wanted:
        """This record where one prediction stands for the whole group: what is right for any member is right, and
        so are the members' parties, places and titles together."""
        accepted = {}
        for field in FIELDS[self.type]:
            values = [value for member in (self, *group) for value in member.accepted[field.path]]
            if field.kind in ("parties", "texts"):
                together = [item for member in group for item in member.accepted[field.path][0] or ()]
                values.append(list(dict.fromkeys(together)) or None)
            accepted[field.path] = _each_once(values)
        required = any(not member.optional for member in group)
        return Wanted(self.path, self.type, self.record, not required, accepted)


def wanted_of(article: GoldArticle, kind: RecordType) -> list[Wanted]:
    """The gold records of one type, by id."""
    optional = article.scoring.optional
    found = []
    for record in sorted(article.record.of(kind), key=lambda record: (len(record.id), record.id)):  # v2 before v10
        path = f"{kind}.{record.id}"
        accepted = {field.path: _accepted(article, path, record, field) for field in FIELDS[kind]}
        found.append(Wanted(path, kind, record, path in optional, accepted))
    return found


def _accepted(article: GoldArticle, path: str, record: GoldRecord, field: Field) -> Sequence[Any]:
    own = field.value(record)
    if field.kind == "parties":
        own = own and [Named(party.name, party.kind, party.country) for party in own]
    values = [own, *_alternatives(article.scoring.alternatives, path, field, own)]
    return _each_once([field.plain(value) for value in values])


def _alternatives(alternatives: Mapping[str, Sequence[Any]], path: str, field: Field, own: Any) -> Iterator[Any]:
    named = alternatives.get(f"{path}.{field.path}", ())
    if field.kind != "parties":
        yield from named
        span, _, edge = field.path.partition(".")
        yield from ((whole or {}).get(edge) for whole in alternatives.get(f"{path}.{span}", ()) if edge)
        return
    known = {party.name: party for party in own or ()}
    yield from ([known.get(name, Named(name)) for name in names] for names in named)
    for at, party in enumerate(own or ()):
        for name in alternatives.get(f"{path}.{field.path}.{at}.name", ()):
            yield [*own[:at], party._replace(name=name), *own[at + 1 :]]


def _each_once(values: Sequence[Any]) -> Sequence[Any]:
    once: list[Any] = []
    for value in values:
        if value not in once:
            once.append(value)
    return once


def people_of(article: GoldArticle) -> Iterator[str]:
    """The names of all people in the annotation of an article."""
    record = article.record
    yield from (official.name for official in record.officials)
    for visit in record.visits:
        yield from (party.name for party in (*visit.visitors, *visit.hosts) if party.kind == "person")
    for invitation in record.invitations:
        yield from (party.name for party in (*invitation.inviters, *invitation.invitees) if party.kind == "person")
