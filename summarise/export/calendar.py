"""Visits as a calendar (`.ics`, RFC 5545): those with a known day that are to be, were put off or were called off.

An event spans whole days (DTSTART and DTEND as dates, DTEND being the day after the last one). Each record is one
event: that two articles speak of the same visit is for the dossier to say, not for a calendar. Nothing is written that
depends on the clock, so that the same ledger gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow
from summarise.display import one_line as printable
from summarise.export.article_records import ArticleRecords, Entry, articles_of
from summarise.judge.places import country_name, is_country
from summarise.partial_dates import day_of
from summarise.records import NARRATOR, DateSpan, Visit

STATUS = {"confirmed": "CONFIRMED", "planned": "TENTATIVE", "postponed": "CANCELLED", "cancelled": "CANCELLED"}
"""RFC 5545, section 3.8.1.11, has three states of an event, and none for what was put off. Its day may be the one that
was given up, and the record does not tell: on a day that may be wrong nothing is held open, and the title says more."""

_POSTPONED = "Postponed (day as reported)"
_MAY_BE_OVER = "The day may be the one that was given up, or the new one: the sentences tell."

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""DTSTAMP of an article that states no day of publication: an event must have one, and this is nobody's idea of one."""

_HEAD = (b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//summarise//visits//EN", b"CALSCALE:GREGORIAN", b"NAME:Visits")
_MOST_NAMES = 3  # of travellers in a title


def write(rows: Iterator[LedgerRow], out: Path) -> dict[str, int]:
    """Write the calendar; gives how many events it has, and how many visits were left out and why.

    Raises `OSError`.
    """
    from icalendar import Event

    counts = Counter(events=0)
    with out.open("wb") as file:
        file.write(b"".join(line + b"\r\n" for line in (*_HEAD, b"X-WR-CALNAME:Visits")))
        for article in articles_of(rows):
            counts["records that could not be read"] += article.unreadable
            for entry in article.visits:
                if entry.record.status not in STATUS:
                    counts["visits in another state"] += 1
                elif (days := known_days(entry.record.when)) is None:
                    counts["visits without a known day"] += 1
                else:
                    file.write(Event.new(**properties(article, entry, days)).to_ical())
                    counts["events"] += 1
        file.write(b"END:VCALENDAR\r\n")
    return {name: count for name, count in counts.items() if count or name == "events"}


def known_days(when: DateSpan) -> tuple[date, date] | None:
    """First and last day; None where the day is not known: a visit "in the week of May 6" is on none of its days.

    A last day that is not known to the day, or that is before the first, is left aside.
    """
    first = day_of(when.start)
    if when.precision != "day" or first is None:
        return None
    last = day_of(when.end)
    return first, last if last is not None and last >= first else first


def properties(article: ArticleRecords, entry: Entry[Visit], days: tuple[date, date]) -> dict[str, Any]:
    """What `icalendar.Event.new` is given.

    Neither ORGANIZER nor ATTENDEE: their values are addresses to write to, and no article gives one. The event takes
    none of the reader's own time (TRANSP).
    """
    visit = entry.record
    first, last = days
    published = day_of(article.text("published"))
    places = [one_line(place) for place in visit.places]
    where = _country(visit)
    return {
        "uid": f"{entry.key}@summarise",
        "stamp": UNDATED if published is None else datetime.combine(published, time(), UTC),
        "start": first,
        # The last day that there is has none after it: without DTEND an event of whole days lasts one (3.6.1).
        "end": last + timedelta(days=1) if last < date.max else None,
        "status": STATUS[visit.status],
        "summary": title(visit),
        "location": ", ".join(dict.fromkeys([*places, *([where] if where else [])])) or None,  # "Singapore" once
        "description": "\n".join(_description(article, entry)),
        "categories": [
            "visit",
            visit.status,
            *([visit.kind] if visit.kind not in ("unspecified", "other") else []),
            *(["background"] if visit.focus == "background" else []),
        ],
        "transparency": "TRANSPARENT",
        "url": article.address and one_line(article.address),
    }


def title(visit: Visit) -> str:
    """Who goes where, such as `Planned: Sergei Lavrov → North Korea`; only what is confirmed stands alone."""
    names = [one_line(party.name) for party in visit.visitors]
    who = ", ".join(names[:_MOST_NAMES]) + (f" and {len(names) - _MOST_NAMES} more" if names[_MOST_NAMES:] else "")
    where = _country(visit) or (one_line(visit.places[0]) if visit.places else "")
    state = _POSTPONED if visit.status == "postponed" else visit.status.capitalize()
    before = "" if visit.status == "confirmed" else f"{state}: "
    occasion = f" ({one_line(visit.event)})" if visit.event else ""
    return f"{before}{who}{f' → {where}' if where else ''}{occasion}"


def _description(article: ArticleRecords, entry: Entry[Visit]) -> Iterator[str]:
    """The sentences first, then what is known of the visit, then where all this stands."""
    visit = entry.record
    for sentence in visit.evidence:
        yield f"Sentence {sentence.sentence}: {one_line(sentence.text)}"
    yield ""
    for concern in entry.concerns:
        yield f"Look at this first: {one_line(concern)}"
    yield f"State: {visit.status}{', recalled as history' if visit.focus == 'background' else ''}"
    if visit.status == "postponed":
        yield _MAY_BE_OVER
    facts = {
        "Date in the article": visit.when.text,
        "Travellers": "; ".join(_party(party.name, party.title, party.country) for party in visit.visitors),
        "Received by": "; ".join(_party(party.name, party.title, party.country) for party in visit.hosts),
        "Purpose": visit.purpose,
        "Said by": "; ".join(source.name or source.kind for source in visit.sources if source != NARRATOR),
        "Caveat": visit.caveat,
    }
    own = {name: str(value) for name, value in entry.more.items() if isinstance(value, str | int | float)}
    for name, said in (facts | own).items():
        if said:
            yield f"{one_line(name)}: {one_line(said)}"
    headline, published = article.text("headline"), article.text("published")
    known = [article.row.id, *([f"“{headline}”"] if headline else []), published or "of an unknown day"]
    yield one_line(f"Article: {', '.join(known)}; record {entry.id}")


def _party(name: str, title: str | None, country: str | None) -> str:
    return f"{f'{title} ' if title else ''}{name}{f' ({country})' if country else ''}"


def _country(visit: Visit) -> str | None:
    return country_name(visit.country) if visit.country and is_country(visit.country) else visit.country


def one_line(text: str) -> str:
    """On one line, without control characters, which RFC 5545 forbids in text, and without halves of characters."""
    return printable(text.encode("utf-8", "replace").decode())
