"""A dossier for readers: trips, invitations and people, every statement with the sentence it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from summarise.dossier.model import (
    Difference,
    Dossier,
    Fulfilment,
    InvitationStory,
    Joined,
    NearMiss,
    Person,
    SourceArticle,
    Taker,
    Trip,
)
from summarise.judge.places import country_name, is_country
from summarise.records import DateSpan, Evidence

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_MOST_OF_A_SENTENCE = 280
_STATES = {"completed": "took place", "ongoing": "under way"}


def markdown(dossier: Dossier) -> Iterator[str]:
    """The page, a piece at a time."""
    articles = {each.id: each for each in dossier.articles}
    names = {trip.id: _route(trip) for trip in dossier.trips}
    still_open = list(dossier.open_invitations())
    yield "# Dossier\n\n"
    yield (
        f"{_count(len(dossier.articles), 'article')}: {_count(len(dossier.persons), 'person', 'people')}, "
        f"{_count(len(dossier.trips), 'trip')}, {_count(len(dossier.invitations), 'invitation')}, "
        f"{len(still_open)} of them open as far as the articles tell.\n\n"
    )
    if dossier.failed or dossier.skipped:
        yield f"Not in it: {_count(dossier.failed, 'article')} that failed, "
        yield f"{_count(len(dossier.skipped), 'record')} that could not be read.\n\n"
    yield "Each line of a history is one article's report, with the sentence it rests on. At its end stands in "
    yield "parentheses why it was taken for the same trip or invitation. What was not certain is listed last.\n\n"
    yield from _invitations(dossier, still_open, names, articles)
    yield "## Trips\n\n"
    for trip in sorted(dossier.trips, key=_begins, reverse=True):
        yield from _trip(trip, articles)
    yield "## People\n\n"
    for person in sorted(dossier.persons, key=lambda each: (-len(each.mentions), each.name)):
        yield from _person(person, names)
    yield from _near_misses(dossier.near_misses)
    yield from _articles(dossier.articles)


def _invitations(
    dossier: Dossier, still_open: Sequence[InvitationStory], names: dict[str, str], articles: dict[str, SourceArticle]
) -> Iterator[str]:
    yield "## Invitations\n\n"
    shown = [*still_open, *(each for each in dossier.invitations if not each.open)]
    if not shown:
        yield "None.\n\n"
    for story in shown:
        yield f"### {_who(story.inviters) or 'Somebody'} invites {_who(story.invitees)} to {_land(story.country)}\n\n"
        yield f"{_state(story, names)}\n\n"
        for report in story.reports:
            said = [report.status, f"answer: {report.response}"]
            said += [f"made {_dates(report.extended)}"] if report.extended.start or report.extended.text else []
            said += [f"for {_dates(report.proposed)}"] if report.proposed.start or report.proposed.text else []
            yield _line(report.day, report.article, said, report.evidence, report.joined, report.key, articles)
        yield "\n"
        yield from map(_difference, story.differences)


def _state(story: InvitationStory, names: dict[str, str]) -> str:
    made = f"Made {_dates(story.extended)}. " if story.extended.start or story.extended.text else ""
    answer = f"Answer: {story.answer}. "
    if story.fulfilment is not None and story.fulfilment.held:
        return f"{made}{answer}**Fulfilled**: {_led(story.fulfilment, names)}"
    if not story.open:
        is_over = story.answer in ("unanswered", "acknowledged", "accepted", "tentative")
        why = ": not made as far as the articles tell, or for a time that is over" if is_over else ""
        return f"{made}{answer}**Closed**{why}."
    led = f" Expected: {_led(story.fulfilment, names)}" if story.fulfilment else ""
    return f"{made}{answer}**Open** as of {story.as_of or 'an article without a date'}.{led}"


def _led(led: Fulfilment, names: dict[str, str]) -> str:
    leg = f", there {_dates(led.when)}" if led.when.start and not names[led.trip].endswith(led.when.start) else ""
    return f"{names[led.trip]}{leg} ({plain(led.why)}; {_keys(led.keys)})."


def _trip(trip: Trip, articles: dict[str, SourceArticle]) -> Iterator[str]:
    yield f"### {_route(trip)}\n\n"
    for leg in trip.legs:
        status = _STATES.get(leg.status, leg.status)
        yield f"**{_land(leg.country)}**, {_dates(leg.when)}: {status}"
        yield f", as of {leg.as_of}.\n\n" if leg.as_of else ".\n\n"
        for report in leg.reports:
            said = [report.status, _dates(report.when)]
            said += [f"in {plain(', '.join(report.places))}"] if report.places else []
            said += [f"received by {plain(', '.join(report.hosts))}"] if report.hosts else []
            said += [f"caveat: {plain(report.caveat).rstrip('.')}"] if report.caveat else []
            yield _line(report.day, report.article, said, report.evidence, report.joined, report.key, articles)
        yield "\n"
        yield from map(_difference, leg.differences)


def _person(person: Person, names: dict[str, str]) -> Iterator[str]:
    yield f"### {plain(person.name)}{f' ({_land(person.country)})' if person.country else ''}\n\n"
    others = [name for name in person.names if name != person.name]
    if others:
        yield f"Also written: {plain('; '.join(others))}.\n\n"
    for office in person.offices:
        period = " to ".join(dict.fromkeys(filter(None, (office.first, office.last)))) or "no date"
        yield f"- {plain(office.title)}: {period} ({_count(office.articles, 'article')})\n"
    yield "\n" if person.offices else ""
    joined: dict[str, list[str]] = {}
    for mention in person.mentions:
        if mention.joined:
            joined.setdefault(mention.joined.why, []).append(mention.key)
    yield f"In {_keys([mention.key for mention in person.mentions])}.\n\n"
    for why, keys in joined.items():
        yield f"One person because: {plain(why)} ({_keys(keys)}).\n\n"
    if person.trips:
        yield f"Trips: {'; '.join(names[trip] for trip in person.trips)}.\n\n"


def _near_misses(near: Sequence[NearMiss]) -> Iterator[str]:
    yield "## Kept apart\n\n"
    if not near:
        yield "Nothing was uncertain.\n"
    else:
        yield "These may be one and were kept apart. To bring them together, name their keys in the overrides.\n\n"
    for each in near:
        yield f"- {each.kind}: {plain(each.why)} ({_keys(each.keys)})\n"
    yield "\n"


def _articles(articles: Iterable[SourceArticle]) -> Iterator[str]:
    yield "## Articles\n\n"
    for each in articles:
        day = f"{each.day}{' (inferred)' if each.day_basis == 'inferred' else ''}" if each.day else "no date"
        told = ". ".join(filter(None, (each.outlet, each.headline)))
        yield f"- {_code(each.id)}: {day}{f', {plain(told)}' if told else ''} ({_code(each.source)})\n"


# -------------------------------------------------------------------------------------------------------------- words


def plain(text: str) -> str:
    """Text in one line that Markdown takes as it is: no markup, no HTML, nothing invisible or turned round."""
    text = " ".join(_INVISIBLE.sub(" ", text).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", text)


def _code(text: str) -> str:
    return f"`{' '.join(_INVISIBLE.sub(' ', text).replace('`', chr(39)).split())}`"


def _keys(keys: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(map(_code, keys[:most]))
    return shown if len(keys) <= most else f"{shown} and {len(keys) - most} more"


def _line(
    day: str | None, article: str, said: Sequence[str], evidence: Sequence[Evidence], joined: Joined | None, key: str,
    articles: dict[str, SourceArticle],
) -> str:  # fmt: skip
    inferred = " (inferred)" if day and articles[article].day_basis == "inferred" else ""
    quote = " … ".join(_quoted(each.text) for each in evidence)
    sentences = ", ".join(str(each.sentence) for each in evidence)
    place = f"sentence {sentences}" if len(evidence) == 1 else f"sentences {sentences}"
    why = f" *({plain(joined.why)})*" if joined else ""
    return f"- {day or 'no date'}{inferred}, {_code(key)}: {', '.join(said)}. {quote} ({place}){why}\n"


def _quoted(text: str) -> str:
    said = plain(_short(text))
    return said if said.startswith("“") else f"“{said}”"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST_OF_A_SENTENCE else f"{text[:_MOST_OF_A_SENTENCE].rsplit(' ', 1)[0]} […]"


def _difference(difference: Difference) -> str:
    lead = "The dates were moved" if difference.moved else f"Reports differ on {difference.field}"
    values = "; ".join(f"{plain(value.value)} ({_keys(value.keys, 4)})" for value in difference.values)
    return f"> {lead}: {values}\n\n"


def _route(trip: Trip) -> str:
    lands = " and ".join(dict.fromkeys(_land(leg.country) for leg in trip.legs))
    when = next((leg.when for leg in trip.legs if leg.when.start), None)
    return f"{_who(trip.travellers)} to {lands}{f', {_dates(when)}' if when else ''}"


def _begins(trip: Trip) -> str:
    """What trips are put in order by: the first known day, or that of the newest report."""
    dates = [leg.when.start for leg in trip.legs if leg.when.start]
    told = [report.day for leg in trip.legs for report in leg.reports if report.day]
    return min(dates) if dates else max(told, default="")


def _who(takers: Sequence[Taker]) -> str:
    names = [f"{plain(each.name)}{f' ({each.country})' if each.country else ''}" for each in takers]
    return " and ".join(names) if len(names) < 4 else f"{', '.join(names[:3])} and {len(names) - 3} more"


def _land(code: str | None) -> str:
    if code is None:
        return "a country that is not named"
    return plain(country_name(code)) if is_country(code) else code


def _dates(span: DateSpan) -> str:
    if not span.start:
        return f"“{plain(span.text)}”" if span.text else "no date"
    if span.precision == "vague":
        return f"in {span.start} or later"
    return span.start if span.end in (None, span.start) else f"{span.start} to {span.end}"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
