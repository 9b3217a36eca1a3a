"""The second opinion: where a model's records and those that rules read of the same article contradict each other.

It only ever adds `concerns`, and says only what is certain. Whether two records can be one is decided in favour of
yes: a visitor without a name may be any visitor of that country, a record without a date fits every date. What one
reading alone has is told when nothing in the other, rejected records included, can be the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from summarise.article import Article
from summarise.judge.names import fold
from summarise.judge.people import same_person
from summarise.judge.places import compatible, country_name, is_country
from summarise.offline.reader import read_offline, reads_language
from summarise.records import ArticleSummary, Concern, DateSpan, Invitation, Party, Visit
from summarise.schema import contract

log = logging.getLogger(__name__)

OpinionKind = Literal["second_opinion_missing", "second_opinion_extra", "second_opinion_status", "second_opinion_year"]
"""A record that only the rules have; one that only the model has; a visit in another state; one in another year."""

Journey = Visit | Invitation

_CLASSES = (
    frozenset({"speculated", "planned", "confirmed"}),
    frozenset({"ongoing", "completed"}),
    frozenset({"postponed", "cancelled", "denied"}),
)
_MAY_FOLLOW = frozenset({"speculated", "planned"})  # states of a visit that one reader sees in an invitation, one not
_CERTAIN = 2
_YEAR, _MONTH = 4, 7  # characters of a date that are compared
_MOST_NAMES = 3


def with_second_opinion(
    summary: ArticleSummary, article: Article, rules: ArticleSummary | None = None
) -> ArticleSummary:
    """The summary of a model, with a concern for each point in which the rules read the article otherwise.

    `rules` is what they read, if that is known already. No record changes. Articles in other languages than English
    come back as they are. Never raises: a fault in here is logged and becomes a warning in the provenance, since the
    reply is paid for.
    """
    if not reads_language(article):
        return summary
    try:
        found = differences(summary, rules or read_offline(article, contract(ArticleSummary)))
    except Exception as fault:
        log.exception("%s: no second opinion, for a fault in it", article.source)
        return _with_warning(summary, f"there is no second opinion, for a fault in it: {type(fault).__name__}: {fault}")
    return summary.model_copy(update={"concerns": [*summary.concerns, *found]}) if found else summary


def _with_warning(summary: ArticleSummary, warning: str) -> ArticleSummary:
    if summary.provenance is None:
        return summary
    provenance = summary.provenance.model_copy(update={"warnings": [*summary.provenance.warnings, warning]})
    return summary.model_copy(update={"provenance": provenance})


def differences(summary: ArticleSummary, rules: ArticleSummary) -> list[Concern]:
    """Where what the rules read contradicts `summary`, whose paths the concerns have. Pure; changes neither."""
    return [*_visits(summary, rules), *_invitations(summary, rules)]


def _visits(summary: ArticleSummary, rules: ArticleSummary) -> Iterator[Concern]:
    ours, theirs = summary.visits, rules.visits
    paired = _pairs(ours, theirs)
    for at, to in sorted(paired.items()):
        yield from _contradictions(f"visits[{at}]", ours[at], theirs[to])
    for at, visit in enumerate(ours):
        if at not in paired and not _may_be_there(visit, rules):
            message = f"the rules find no visit {_journey(visit)} in this article; the model cites {_cited(visit)}"
            yield _concern("second_opinion_extra", f"visits[{at}]", message, visit)
    for to, visit in enumerate(theirs):
        if to not in paired.values() and not _may_be_there(visit, summary):
            message = (
                f"the rules find a visit {_journey(visit)} ({visit.status}) in {_cited(visit)}; the model has none"
            )
            yield _concern("second_opinion_missing", "visits", message, visit)


def _invitations(summary: ArticleSummary, rules: ArticleSummary) -> Iterator[Concern]:
    for at, ours in enumerate(summary.invitations):
        if not _may_be_there(ours, rules):
            message = f"the rules find no invitation {_journey(ours)} in this article; the model cites {_cited(ours)}"
            yield _concern("second_opinion_extra", f"invitations[{at}]", message, ours)
    for theirs in rules.invitations:
        if not _may_be_there(theirs, summary):
            message = f"the rules find an invitation {_journey(theirs)} in {_cited(theirs)}; the model has none"
            yield _concern("second_opinion_missing", "invitations", message, theirs)


def _contradictions(path: str, ours: Visit, theirs: Visit) -> Iterator[Concern]:
    """What two readings of one visit say differently."""
    if _alike(_travellers(ours), _travellers(theirs)) < _CERTAIN:
        return
    visit = f"of the visit {_journey(ours)}"
    if not _same_class(ours.status, theirs.status):
        message = (
            f"the state {visit}: the model says {ours.status} ({_cited(ours)}), "
            f"the rules say {theirs.status} ({_cited(theirs)})"
        )
        yield _concern("second_opinion_status", f"{path}.status", message, ours)
    if _apart(ours.when, theirs.when, _YEAR):
        message = (
            f"the year {visit}: the model says {_shown(ours.when)} ({_cited(ours)}), "
            f"the rules say {_shown(theirs.when)} ({_cited(theirs)})"
        )
        yield _concern("second_opinion_year", f"{path}.when", message, ours)


# ------------------------------------------------------------------------------------------- which records can be one


def _pairs(ours: Sequence[Visit], theirs: Sequence[Visit]) -> dict[int, int]:
    """One-to-one, the best first: the same people before possibly the same, then by date, sentences and state."""
    fitting = [
        (_likeness(one, other), -at, -to)
        for at, one in enumerate(ours)
        for to, other in enumerate(theirs)
        if _can_be_one(one, other)
    ]
    pairs: dict[int, int] = {}
    for _, at, to in sorted(fitting, reverse=True):
        if -at not in pairs and -to not in pairs.values():
            pairs[-at] = -to
    return pairs


def _likeness(one: Visit, other: Visit) -> tuple[int, ...]:
    dated = one.when.start is not None and other.when.start is not None
    return (
        _alike(_travellers(one), _travellers(other)),
        one.country is not None and other.country is not None,
        not _apart(one.when, other.when, _YEAR),
        not _apart(one.when, other.when, _MONTH),
        dated and one.when.start == other.when.start,
        len(_numbers(one) & _numbers(other)),
        _same_class(one.status, other.status),
    )


def _can_be_one(one: Journey, other: Journey) -> bool:
    """Whether travellers and destination do not contradict each other, nor who invites."""
    if not _countries_fit(one.country, other.country) or not _alike(_travellers(one), _travellers(other)):
        return False
    if isinstance(one, Invitation) and isinstance(other, Invitation):
        return not one.inviters or not other.inviters or bool(_alike(one.inviters, other.inviters))
    return True


def _may_be_there(journey: Journey, reading: ArticleSummary) -> bool:
    """Whether a reading has a record that can be this one: another part of one visit, say, or one that was rejected."""
    name = "visits" if isinstance(journey, Visit) else "invitations"
    if any(_is_meant(rejection.reply, journey) for rejection in reading.rejected if rejection.type == name):
        return True
    if isinstance(journey, Invitation):
        return any(_can_be_one(journey, other) for other in reading.invitations)
    if journey.status in _MAY_FOLLOW and any(_can_be_one(journey, other) for other in reading.invitations):
        return True
    return any(_can_be_one(journey, other) and not _apart(journey.when, other.when, _MONTH) for other in reading.visits)


def _is_meant(reply: Mapping[str, Any], journey: Journey) -> bool:
    """Whether a rejected record is about this journey; it need not have the form of one."""
    country = reply.get("country")
    if isinstance(country, str) and not _countries_fit(country, journey.country):
        return False
    people = reply.get("visitors" if isinstance(journey, Visit) else "invitees")
    for person in people if isinstance(people, list) else [people]:
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(name, str) and any(same_person(name, party.name) for party in _travellers(journey)):
            return True
    return False


def _alike(ours: Iterable[Party], theirs: Sequence[Party]) -> int:
    """How likely two groups share a party: 0 not at all, 1 possibly, 2 certainly."""
    return max((_party_alike(one, other) for one in ours for other in theirs), default=0)


def _party_alike(one: Party, other: Party) -> int:
    if one.kind == other.kind == "person":
        return _CERTAIN if same_person(one.name, other.name) else 0
    if one.kind == other.kind and fold(one.name) == fold(other.name):
        return _CERTAIN
    # "A Russian delegation" may be Lavrov's.
    return int(_countries_fit(one.country, other.country))


def _countries_fit(one: str | None, other: str | None) -> bool:
    return one is None or other is None or compatible(one, other)


def _travellers(journey: Journey) -> list[Party]:
    return journey.visitors if isinstance(journey, Visit) else journey.invitees


def _same_class(one: str, other: str) -> bool:
    """Whether two states are of one class; a state that is not known contradicts none."""
    return "unknown" in (one, other) or any(one in states and other in states for states in _CLASSES)


def _apart(one: DateSpan, other: DateSpan, length: int) -> bool:
    """Whether two dates, cut to years or months, have none in common. A date that is not known is apart from none."""
    if one.start is None or other.start is None or "vague" in (one.precision, other.precision):
        return False
    first, last = sorted((one, other), key=lambda span: (span.start or "")[:length])
    assert last.start is not None
    # "2023" holds every month of it: what is behind the year or month sorts before "~".
    return last.start[:length] > (first.end or first.start or "")[:length] + "~"


# ---------------------------------------------------------------------------------------------------------- in words


def _concern(kind: OpinionKind, path: str, message: str, journey: Journey) -> Concern:
    return Concern(path=path, kind=kind, message=message, sentence=min(_numbers(journey), default=None))


def _journey(journey: Journey) -> str:
    """Who and where: `of Sergei Lavrov to China (CHN)`."""
    code = journey.country
    if code is None:
        where = "a country that is not named"
    else:
        where = f"{country_name(code)} ({code})" if is_country(code) else code
    who = f"of {_names(_travellers(journey))} to {where}"
    return f"{who} by {_names(journey.inviters)}" if isinstance(journey, Invitation) and journey.inviters else who


def _names(parties: Sequence[Party]) -> str:
    names = [party.name for party in parties[:_MOST_NAMES]]
    further = len(parties) - len(names)
    return ", ".join(names) + (f" and {further} more" if further else "")


def _shown(span: DateSpan) -> str:
    return f"{span.start} to {span.end}" if span.end else str(span.start)


def _numbers(journey: Journey) -> frozenset[int]:
    return frozenset(piece.sentence for piece in journey.evidence)


def _cited(journey: Journey) -> str:
    numbers = [*map(str, sorted(_numbers(journey)))]
    if len(numbers) < 2:
        return f"sentence {numbers[0]}" if numbers else "no sentence"
    return f"sentences {', '.join(numbers[:-1])} and {numbers[-1]}"
