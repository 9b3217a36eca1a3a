"""Persons, offices, bodies and trips as FollowTheMoney entities (`.ftm.json`), one a line, each once.

The schemata are those of followthemoney 4.11: Article, Person, Position, Occupancy, PublicBody, Organization,
LegalEntity, Address, Trip and Event. What several articles say of one entity is put together; each of them is its
`proof`. A Trip is a visit that took place or is to: what was speculated about, put off, called off or denied is an
Event that says so in its name, and never a trip in somebody's graph.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from summarise.corpus.ledger import LedgerRow
from summarise.errors import ExportError
from summarise.export import ftm_values as ftm
from summarise.export.article_records import ArticleRecords, Entry, articles_of, digest
from summarise.export.ftm_cast import Cast, Entity, entity
from summarise.export.json_line import json_line
from summarise.judge.places import country_name, is_country
from summarise.records import DateSpan, Invitation, Party, Visit

TRIPS = ("completed", "ongoing", "confirmed", "planned")
"""Statuses of visits that are a Trip."""


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the entities; gives how many there are of each schema, and how many records could not be read.

    They are put together in a temporary database on disk, so that memory does not grow with the ledger. Raises
    `ExportError` if there is no room for it, and `OSError`.
    """
    counts: Counter[str] = Counter()
    try:
        with out.open("wb") as file:
            for whole in _put_together(_told(rows, counts)):
                file.write(json_line({"id": whole.id, "schema": whole.schema, "properties": whole.properties}))
                counts[whole.schema] += 1
    except sqlite3.Error as problem:
        raise ExportError(
            f"cannot write {out.name}: putting the entities together failed: {problem}",
            hint="It is done in the folder for temporary files: make room there, or set TMPDIR to another.",
        ) from problem
    return {name: count for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])) if count}


def entities(article: ArticleRecords) -> Iterator[Entity]:
    """What an article says; some of it again and again, in parts."""
    cast = Cast(article)
    yield _article(article)
    for visit in article.visits:
        yield from _visit(article, visit, cast)
    for invitation in article.invitations:
        yield _invitation(article, invitation, cast)
    yield from cast.entities


def _told(rows: Iterator[LedgerRow], counts: Counter[str]) -> Iterator[Entity]:
    for article in articles_of(rows):
        counts["records that could not be read"] += article.unreadable
        yield from entities(article)


def _put_together(told: Iterable[Entity]) -> Iterator[Entity]:
    """Each entity once, with all that is said of it, in the order of the ids. Raises `sqlite3.Error`."""
    with closing(sqlite3.connect("")) as store:  # a temporary file, which SQLite takes away
        store.execute("CREATE TABLE told (id TEXT, schema TEXT, properties TEXT)")
        parts = ((each.id, each.schema, json.dumps(each.properties)) for each in told)
        store.executemany("INSERT INTO told VALUES (?, ?, ?)", parts)
        ordered = store.execute("SELECT id, schema, properties FROM told ORDER BY id, rowid")
        for (id, schema), group in groupby(ordered, key=itemgetter(0, 1)):
            values: dict[str, dict[str, None]] = {}
            for *_, properties in group:
                for name, more in json.loads(properties).items():
                    values.setdefault(name, {}).update(dict.fromkeys(more))
            yield Entity(id, schema, dict(_without_repetition(values)))


def _without_repetition(values: Mapping[str, Mapping[str, None]]) -> Iterator[tuple[str, list[str]]]:
    """The values of each property; what is a name already is no other name as well."""
    for name, kept in values.items():
        names = values.get("name", {}) if name in ("alias", "weakAlias") else {}
        if left := [value for value in kept if value not in names]:
            yield name, left


def _article(article: ArticleRecords) -> Entity:
    source = article.row.source
    return entity(
        article.article_key,
        "Article",
        title=ftm.string(article.text("headline") or article.row.id),
        fileName=ftm.string(source.rpartition("/")[2]) or ftm.string(article.row.id) or "article",
        publishedAt=ftm.day(article.text("published")),
        language=ftm.language(article.text("language")),
        author=ftm.string(article.text("byline")),
        publisher=ftm.string(article.text("outlet")),
        summary=ftm.text(article.text("summary")),
        sourceUrl=ftm.url(article.address),
        generator="summarise",
        processingAgent=ftm.string(f"summarise {article.made_by('version') or ''}"),
    )


def _visit(article: ArticleRecords, entry: Entry[Visit], cast: Cast) -> Iterator[Entity]:
    visit = entry.record
    spots = _spots(visit)
    ends = []
    for full in spots:
        spot = digest("Address", full, visit.country)
        ends.append(spot)
        yield entity(spot, "Address", full=full, country=ftm.country(visit.country), proof=article.article_key)
    trip = visit.status in TRIPS
    who = [cast.party(visitor) for visitor in visit.visitors]
    hosts = [cast.party(host) for host in visit.hosts]
    more = {"endLocation": ends} if trip else {"addressEntity": ends}
    yield entity(
        entry.key,
        "Trip" if trip else "Event",
        **more,
        name=ftm.name(_title(visit)),
        involved=who,
        organizer=[host for host in hosts if host not in who],
        location=spots,
        country=ftm.country(visit.country),
        keywords=[visit.status, visit.focus, *([visit.kind] if visit.kind != "unspecified" else [])],
        summary=ftm.text("; ".join(filter(None, [visit.event, visit.purpose]))),
        notes=[ftm.text(note) for note in (visit.caveat, *entry.concerns)],
        **_dates(visit.when),
        **_grounds(article, entry),
    )


def _invitation(article: ArticleRecords, entry: Entry[Invitation], cast: Cast) -> Entity:
    asked = entry.record
    country = asked.country
    where = [*asked.places, *([country_name(country)] if country is not None and is_country(country) else [])]
    said = f"Invitation ({asked.status}, {asked.response}): {_names(asked.inviters)} to {_names(asked.invitees)}"
    return entity(
        entry.key,
        "Event",
        name=ftm.name(said),
        organizer=[cast.party(party) for party in asked.inviters],
        involved=[cast.party(party) for party in asked.invitees],
        country=ftm.country(country),
        location=ftm.address(", ".join(ftm.known(where))),
        keywords=["invitation", asked.status, asked.response],
        summary=ftm.text(asked.occasion),
        notes=[ftm.text(note) for note in (asked.caveat, *entry.concerns)],
        **_dates(asked.extended),
        **_grounds(article, entry),
    )


def _title(visit: Visit) -> str:
    where = country_name(visit.country) if visit.country and is_country(visit.country) else None
    where = where or next(iter(visit.places), None)
    said = f"{_names(visit.visitors)} to {where}" if where else _names(visit.visitors)
    return said if visit.status == "completed" else f"{visit.status.capitalize()}: {said}"


def _names(parties: list[Party]) -> str:
    return ", ".join(party.name for party in parties)


def _spots(visit: Visit) -> list[str]:
    """The places as addresses, each with its country; the country alone where no place is named."""
    state = country_name(visit.country) if visit.country and is_country(visit.country) else None
    named = [ftm.address(", ".join(ftm.known([place, state]))) for place in visit.places]  # "Singapore" once
    return ftm.known(named) or ftm.known([ftm.address(state)])


def _dates(when: DateSpan) -> dict[str, str | None]:
    """Start and end at the precision that is known; of a vague date neither, for it is a bound and no day."""
    if when.precision in ("vague", "none"):
        return {}
    return {"startDate": ftm.day(when.start), "endDate": ftm.day(when.end)}


def _grounds(
    article: ArticleRecords, entry: Entry[Visit] | Entry[Invitation]
) -> dict[str, str | list[str | None] | None]:
    """The sentences, the record and the article."""
    return {
        "description": [ftm.text(sentence.text) for sentence in entry.record.evidence],
        "recordId": ftm.string(f"{article.row.id}#{entry.id}"),
        "publisher": ftm.string(article.text("outlet")),
        "sourceUrl": ftm.url(article.address),
        "proof": article.article_key,
    }
