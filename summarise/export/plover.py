"""Visits and invitations as PLOVER event records (`.plover.jsonl`), one JSON object a line.

The names of events, modes, contexts and fields are those of the PLOVER manual, version 2.0 (draft), by the Open Event
Data Alliance; `cameo` is the code of the CAMEO manual, version 1.1b3, that the event had there. The table of what
becomes what is in docs/reference/exchange-formats.md. Direction counts: the visitor is the actor and the host the
recipient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarise.corpus.ledger import LedgerRow
from summarise.export.article_records import ArticleRecords, Entry, articles_of
from summarise.export.json_line import json_line
from summarise.export.plover_actors import country, entity, host_country
from summarise.judge.places import country_name, is_country
from summarise.records import NO_DATE, DateSpan, Evidence, Invitation, Party, Visit

CODEBOOK = "plover-2.0-draft"
QUADS = {"AGREE": 1, "CONSULT": 1, "REJECT": 3}
SCALE = {("AGREE", ""): 2.5, ("CONSULT", "visit"): 4.0, ("CONSULT", "third-party"): 1.0, ("REJECT", "meet"): -2.0}
"""The manual's conflict–cooperation scores of a category and its first mode."""

Aim = Literal["visit", "publication", "invitation", "answer"]


@dataclass(frozen=True, slots=True)
class Coding:
    """What a record is in PLOVER; `dated_by` says which of its dates is that of the event."""

    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    cameo: str | None
    dated_by: Aim


VISITED = Coding("CONSULT", ("visit",), (), "042", "visit")
TO_VISIT = Coding("AGREE", (), ("diplomatic",), "036", "publication")
CALLED_OFF = Coding("REJECT", ("meet",), ("diplomatic",), "161", "publication")

VISITS: dict[str, Coding] = {
    "completed": VISITED,
    "ongoing": VISITED,
    "confirmed": TO_VISIT,
    "planned": TO_VISIT,
    "speculated": Coding("AGREE", (), ("diplomatic", "hypothetical"), None, "publication"),
    "postponed": CALLED_OFF,
    "cancelled": CALLED_OFF,
    "denied": Coding("CONSULT", ("visit",), ("negation",), None, "visit"),
}
"""By status. `unknown` is nothing that could be coded."""

INVITATIONS: dict[str, Coding] = {
    "planned": Coding("AGREE", (), ("diplomatic", "future"), "036", "publication"),
    "extended": Coding("AGREE", (), ("diplomatic",), "036", "invitation"),
    "renewed": Coding("AGREE", (), ("diplomatic",), "036", "invitation"),
    "withdrawn": Coding("REJECT", ("meet",), ("diplomatic",), "125", "publication"),
    "denied": Coding("AGREE", (), ("diplomatic", "negation"), None, "invitation"),
}
"""By status; the inviters are the actor."""

ANSWERS: dict[str, Coding] = {
    "accepted": Coding("AGREE", (), ("diplomatic",), "036", "answer"),
    "tentative": Coding("AGREE", (), ("diplomatic", "hypothetical"), None, "answer"),
    "declined": Coding("REJECT", ("meet",), ("diplomatic",), "125", "answer"),
}
"""By response; the invitees are the actor. The other responses are no event of their own."""


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the events; gives how many there are of each category, and what could not be coded.

    Raises `OSError`.
    """
    counts: Counter[str] = Counter()
    with out.open("wb") as file:
        for article in articles_of(rows):
            counts["records that could not be read"] += article.unreadable
            counts["visits in an unknown state"] += sum(entry.record.status not in VISITS for entry in article.visits)
            counts["invitations from nobody known"] += sum(not each.record.inviters for each in article.invitations)
            for event in events(article):
                file.write(json_line(event))
                counts[event["event"][0]] += 1
    return {name: count for name, count in counts.items() if count}


def events(article: ArticleRecords) -> Iterator[dict[str, Any]]:
    """The events of an article: one a visit, one an invitation, one more where it was answered.

    An event has an actor: of an invitation from nobody known the answer alone is one. What was not made has no answer.
    """
    for visit in article.visits:
        if (coding := VISITS.get(visit.record.status)) is not None:
            yield _visit(article, visit, coding)
    for invitation in article.invitations:
        asked, inviters, invitees = invitation.record, invitation.record.inviters, invitation.record.invitees
        if inviters:
            yield _invitation(article, invitation, INVITATIONS[asked.status], "", inviters, invitees)
        if asked.status != "denied" and (answer := ANSWERS.get(asked.response)) is not None:
            yield _invitation(article, invitation, answer, "/answer", invitees, inviters)


def _visit(article: ArticleRecords, entry: Entry[Visit], coding: Coding) -> dict[str, Any]:
    visit = entry.record
    took_place = coding.event == "CONSULT"
    recipient = [entity(host, article.officials) for host in visit.hosts]
    if not recipient and visit.country is not None:
        recipient = [host_country(visit.country)]
    mode, cameo = coding.mode, coding.cameo
    if took_place and _elsewhere(visit):
        mode, cameo = ("third-party",), cameo and "044"
    if took_place and visit.kind == "multilateral":
        mode = (*mode, "multilateral")
    context = (*coding.context, *(["historical"] if visit.focus == "background" else []))
    when = _stated(visit.when)
    happened = _dates(article, coding, when) if coding.dated_by == "visit" or visit.focus == "main" else _dated(None)
    place = _location(visit.places, visit.country)
    return {
        **_head(article, entry.id, coding, mode, context, cameo),
        **happened,
        "actor": [entity(visitor, article.officials) for visitor in visit.visitors],
        "recipient": recipient,
        "event_loc": place if took_place else None,
        **_text(visit.evidence),
        "planned": None if took_place else {**_span(when), "event_loc": place},
        "link": _link(article, visit.invitation or visit.trip),
        **_source(article),
        "comment": visit.caveat,
        "concerns": entry.concerns,
        "record": {
            "article": article.row.id, "type": "visits", "id": entry.id, "status": visit.status, "focus": visit.focus,
            "kind": visit.kind, "purpose": visit.purpose, "occasion": visit.event, "trip": visit.trip, "leg": visit.leg,
            "places": visit.places, "date_text": visit.when.text, **entry.more,
        },
    }  # fmt: skip


def _invitation(
    article: ArticleRecords, entry: Entry[Invitation], coding: Coding, part: str, actor: list[Party], other: list[Party]
) -> dict[str, Any]:
    asked = entry.record
    date = {"invitation": asked.extended, "answer": asked.responded}.get(coding.dated_by)
    return {
        **_head(article, entry.id + part, coding, coding.mode, coding.context, coding.cameo),
        **_dates(article, coding, _stated(NO_DATE if date is None else date)),
        "actor": [entity(party, article.officials) for party in actor],
        "recipient": [entity(party, article.officials) for party in other],
        "event_loc": None,
        **_text(asked.evidence),
        "planned": {**_span(_stated(asked.proposed)), "event_loc": _location(asked.places, asked.country)},
        "link": _link(article, entry.id),
        **_source(article),
        "comment": asked.caveat,
        "concerns": entry.concerns,
        "record": {
            "article": article.row.id, "type": "invitations", "id": entry.id, "status": asked.status,
            "response": asked.response, "channel": asked.channel, "via": asked.via, "occasion": asked.occasion,
            "places": asked.places, "visit": asked.visit, **entry.more,
        },
    }  # fmt: skip


def _head(
    article: ArticleRecords, id: str, coding: Coding, mode: tuple[str, ...], context: tuple[str, ...], cameo: str | None
) -> dict[str, Any]:
    imagined = {"hypothetical", "negation"} & set(context)  # what did not happen has no score
    return {
        "id": f"{article.row.id}#{id}",
        "event": [coding.event],
        "mode": list(mode),
        "context": list(context),
        "quad_code": QUADS[coding.event],
        "event_scale": None if imagined else SCALE[coding.event, next(iter(mode), "")],
        "cameo": cameo,
    }


def _dates(article: ArticleRecords, coding: Coding, when: dict[str, Any]) -> dict[str, Any]:
    """The day of the event; of what is only said, that of the article which says it. Never one for want of another."""
    if coding.dated_by != "publication":
        return _dated(coding.dated_by, when["start"], when["end"], when["precision"])
    published = article.text("published")
    return _dated(coding.dated_by, published, None, "none" if published is None else "day")


def _dated(by: str | None, start: str | None = None, end: str | None = None, precision: str = "none") -> dict[str, Any]:
    return {
        "date": start,
        "enddate": end,
        "date_precision": precision,
        "date_basis": None if start is None else by,
    }


def _stated(when: DateSpan) -> dict[str, Any]:
    """The fields of a date; of a vague one neither start nor end, for "since May" is a bound and no date."""
    return when.model_dump() | ({"start": None, "end": None} if when.precision == "vague" else {})


def _span(when: dict[str, Any]) -> dict[str, Any]:
    return {
        "date": when["start"], "enddate": when["end"], "date_precision": when["precision"], "date_text": when["text"]
    }  # fmt: skip


def _elsewhere(visit: Visit) -> bool:
    """Whether they met in a state that is neither side's: every host is known to be from another one."""
    homes = {host.country for host in visit.hosts}
    return bool(homes) and None not in homes and visit.country is not None and visit.country not in homes


def _location(places: list[str], code: str | None) -> dict[str, Any] | None:
    if not places and code is None:
        return None
    return {
        "extracted_place": places[0] if places else None,
        "country": country_name(code) if code is not None and is_country(code) else None,
        "country_code": None if code is None else country(code),
    }


def _text(evidence: list[Evidence]) -> dict[str, Any]:
    """The sentences, and where they stand in the article, counted in characters."""
    return {
        "event_text": [each.text for each in evidence],
        "text_info": [{"sequence": each.sentence, "start": each.start, "end": each.end} for each in evidence],
    }


def _link(article: ArticleRecords, id: str | None) -> str | None:
    """What events of one trip, or of one invitation, its answer and its visit, have in common."""
    return None if id is None else f"{article.row.id}#{id}"


def _source(article: ArticleRecords) -> dict[str, Any]:
    coder = ("summarise", article.made_by("version"), article.made_by("model"))
    return {
        "pub_date": article.text("published"),
        "cite_info": {
            "citation": article.row.source,
            "url": article.address,
            "title": article.text("headline"),
            "language": article.text("language"),
            "publication": article.text("outlet"),
            "coder": " ".join(part for part in coder if part),
            "codebook": CODEBOOK,
        },
    }
