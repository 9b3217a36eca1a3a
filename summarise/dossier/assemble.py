"""The groups of reports as a dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from summarise.dossier.asked import Asked
from summarise.dossier.cast import Seen
from summarise.dossier.components import Components
from summarise.dossier.days import days_of, written
from summarise.dossier.fulfilment import Led
from summarise.dossier.history import answer_of, best_dates, differences, latest, told_differently
from summarise.dossier.ids import Ids
from summarise.dossier.model import (
    Answer,
    Fulfilment,
    InvitationReport,
    InvitationStory,
    Joined,
    Leg,
    Mention,
    Office,
    Person,
    Taker,
    Trip,
    VisitReport,
)
from summarise.dossier.stays import Stay
from summarise.dossier.takers import Takers
from summarise.judge.titles import strip_titles
from summarise.partial_dates import bounds_of
from summarise.records import NO_DATE, DateSpan, Party

_LAST = 10**7
_SETTLED = ("withdrawn", "denied", "declined", "delegated")


@dataclass(slots=True)
class Groups:
    """What the rules found: groups of mentions, of stays, of stays into journeys, and of invitations."""

    seen: Sequence[Seen]
    people: Components
    stays: Sequence[Stay]
    visits: Components
    journeys: Sequence[Sequence[int]]
    asked: Sequence[Asked]
    askings: Components
    led: Mapping[int, Led]
    """By the root of the invitation."""
    takers: Takers
    days: Sequence[int | None]
    ids: Ids = field(default_factory=Ids)
    person_ids: dict[int, str] = field(default_factory=dict)
    """By the root of the person; likewise the others."""
    trip_ids: dict[int, str] = field(default_factory=dict)
    invitation_ids: dict[int, str] = field(default_factory=dict)


def _joined(made: Components, members: Sequence[int], keys: Mapping[int, str]) -> dict[int, Joined]:
    return {
        member: Joined(rule=tie.rule, to=keys[origin], why=tie.why)
        for member, (tie, origin) in made.ways_in(members[0]).items()
    }


def give_ids(groups: Groups) -> None:
    """An id for each person, trip and invitation, in the order of their earliest reports."""
    for members in groups.people.groups():
        first = groups.seen[members[0]]
        id = groups.ids.person(strip_titles(first.name), first.country, first.key)
        groups.person_ids[groups.people.root(members[0])] = id
    for roots in groups.journeys:
        stays = [groups.stays[at] for root in roots for at in groups.visits.members(root)]
        first_stay = min(stays, key=lambda each: each.number)
        who = strip_titles(groups.takers.parties[first_stay.travellers[0]].name)
        key = f"{first_stay.told.key} {who}"  # one record may have several travellers, each with a trip of their own
        id = groups.ids.other("trip", who, first_stay.country, key)
        groups.trip_ids.update(dict.fromkeys(roots, id))
    for members in groups.askings.groups():
        asked = groups.asked[members[0]]
        who = strip_titles(groups.takers.parties[asked.invitees[0]].name)
        id = groups.ids.other("invitation", who, asked.country, asked.told.key)
        groups.invitation_ids[groups.askings.root(members[0])] = id


# ------------------------------------------------------------------------------------------------------------- people


def persons(groups: Groups, trips: Sequence[Trip], stories: Sequence[InvitationStory]) -> list[Person]:
    """Everybody."""
    in_trips, in_stories = _where(trips), _where_asked(stories)
    found = []
    for members in groups.people.groups():
        keys = {at: groups.seen[at].key for at in members}
        joined = _joined(groups.people, members, keys)
        mentions = [_mention(groups.seen[at], groups.days, joined.get(at)) for at in members]
        id = groups.person_ids[groups.people.root(members[0])]
        names = Counter(name for each in mentions for name in dict.fromkeys((each.name, *each.variants)))
        whole = Counter(strip_titles(each.name) for each in mentions)
        found.append(
            Person(
                id=id,
                name=max(whole, key=lambda name: (len(name.split()) > 1, whole[name])),
                country=Counter(filter(None, (each.country for each in mentions))).most_common(1)[0][0]
                if any(each.country for each in mentions)
                else None,
                names=[name for name, _ in names.most_common()],
                offices=_offices(mentions),
                mentions=mentions,
                trips=in_trips.get(id, []),
                invitations=in_stories.get(id, []),
            )
        )
    return found


def _mention(seen: Seen, days: Sequence[int | None], joined: Joined | None) -> Mention:
    return Mention(
        key=seen.key, article=seen.key.rpartition("#")[0], day=written(days[seen.article]), name=seen.name,
        variants=seen.variants, titles=seen.titles, role=seen.role, tenure=seen.tenure, country=seen.country,
        evidence=seen.evidence, joined=joined,
    )  # fmt: skip


def _offices(mentions: Sequence[Mention]) -> list[Office]:
    days: dict[str, list[str | None]] = defaultdict(list)
    for each in mentions:
        for title in dict.fromkeys(each.titles):
            days[title].append(each.day)
    offices = []
    for title, found in days.items():
        known = [day for day in found if day]
        offices.append(
            Office(title=title, first=min(known, default=None), last=max(known, default=None), articles=len(found))
        )
    return sorted(offices, key=lambda each: (each.first or "9999", -each.articles, each.title))


def _where(trips: Iterable[Trip]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for trip in trips:
        for taker in trip.travellers:
            if taker.person:
                found[taker.person][trip.id] = None
    return {person: list(ids) for person, ids in found.items()}


def _where_asked(stories: Iterable[InvitationStory]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for story in stories:
        for taker in (*story.inviters, *story.invitees):
            if taker.person:
                found[taker.person][story.id] = None
    return {person: list(ids) for person, ids in found.items()}


def _takers(groups: Groups, numbers: Iterable[int]) -> list[Taker]:
    made = []
    for number in dict.fromkeys(numbers):
        party, root = groups.takers.parties[number], groups.takers.person[number]
        made.append(
            Taker(
                person=None if root is None else groups.person_ids[root],
                name=party.name, country=party.country, kind=party.kind,
            )
        )  # fmt: skip
    return made


# -------------------------------------------------------------------------------------------------------------- trips


def trips(groups: Groups) -> list[Trip]:
    """Every journey, its legs in order."""
    answering: dict[int, dict[str, None]] = defaultdict(dict)
    for each in groups.asked:
        id = groups.invitation_ids[groups.askings.root(each.number)]
        if each.visit is not None:
            answering[groups.visits.root(each.visit)][id] = None
    for root, led in groups.led.items():
        answering[groups.visits.root(led.stay)][groups.invitation_ids[root]] = None
    made = []
    for roots in groups.journeys:
        legs = sorted((_leg(groups, root) for root in roots), key=lambda each: each[0])
        numbers = [at for root in roots for at in sorted(groups.visits.members(root))]
        made.append(
            Trip(
                id=groups.trip_ids[roots[0]],
                travellers=_takers(groups, (taker for at in sorted(numbers) for taker in groups.stays[at].travellers)),
                legs=[leg for _, leg in legs],
                invitations=list(dict.fromkeys(id for root in roots for id in answering.get(root, ()))),
            )
        )
    return made


def _leg(groups: Groups, root: int) -> tuple[tuple[int, int, int], Leg]:
    """The leg, with what it is sorted by: its first day, or else its place in the article that orders the legs."""
    members = sorted(groups.visits.members(root))
    stays = [groups.stays[at] for at in members]
    joined = _joined(groups.visits, members, {at: groups.stays[at].told.key for at in members})
    newest, dates = latest(stays), best_dates(stays)
    days = days_of(dates.start, dates.end)
    leg = Leg(
        country=stays[0].country, when=dates, status=newest.status, as_of=written(newest.day),
        reports=[_visit_report(each, joined.get(each.number)) for each in stays],
        differences=differences(stays),
    )  # fmt: skip
    order = max((each.visit.leg or 0 for each in stays), default=0)
    return (days.first if days else _LAST, order, members[0]), leg


def _visit_report(stay: Stay, joined: Joined | None) -> VisitReport:
    visit = stay.visit
    return VisitReport(
        key=stay.told.key, article=stay.told.key.rpartition("#")[0], day=written(stay.day), status=visit.status,
        focus=visit.focus, country=visit.country, when=visit.when, possible_dates=visit.possible_dates,
        visitors=_names(visit.visitors),
        hosts=_names(visit.hosts), places=visit.places, event=visit.event, purpose=visit.purpose,
        sources=visit.sources, caveat=visit.caveat, evidence=visit.evidence, more=stay.told.more, joined=joined,
    )  # fmt: skip


def _names(parties: Sequence[Party]) -> list[str]:
    return [party.name for party in parties]


# -------------------------------------------------------------------------------------------------------- invitations


def invitations(groups: Groups) -> list[InvitationStory]:
    """Every invitation."""
    made = []
    for members in groups.askings.groups():
        reports = [groups.asked[at] for at in members]
        root = groups.askings.root(members[0])
        joined = _joined(groups.askings, members, {at: groups.asked[at].told.key for at in members})
        answer, fulfilment = answer_of(reports), _fulfilment(groups, root)
        made.append(
            InvitationStory(
                id=groups.invitation_ids[root],
                inviters=_takers(groups, (taker for each in reports for taker in sorted(each.inviters))),
                invitees=_takers(groups, (taker for each in reports for taker in each.invitees)),
                country=reports[0].country,
                extended=_finest(each.invitation.extended for each in reports),
                responded=_finest(each.invitation.responded for each in reports),
                answer=answer,
                open=_is_open(reports, answer) and not (fulfilment and fulfilment.held),
                as_of=written(max((each.day for each in reports if each.day is not None), default=None)),
                fulfilment=fulfilment,
                reports=[_invitation_report(each, joined.get(each.number)) for each in reports],
                differences=told_differently(reports),
            )
        )
    return made


def _is_open(reports: Sequence[Asked], answer: Answer) -> bool:
    """Made, not settled by its answer, and by the newest report not for a time that is over."""
    if answer in _SETTLED or all(each.invitation.status == "planned" for each in reports):
        return False
    newest = max((each.day for each in reports if each.day is not None), default=0)
    limits = [_not_after(each.invitation.proposed) for each in reports]
    known = [limit for limit in limits if limit is not None]
    return not known or max(known) >= newest


def _not_after(span: DateSpan) -> int | None:
    last = bounds_of(span.start, span.end, span.precision).not_after
    return last.toordinal() if last else None


def _finest(spans: Iterable[DateSpan]) -> DateSpan:
    known = [(days.length, span) for span in spans if (days := days_of(span.start, span.end))]
    return min(known, key=lambda each: each[0])[1] if known else NO_DATE


def _fulfilment(groups: Groups, root: int) -> Fulfilment | None:
    led = groups.led.get(root)
    if led is None:
        return None
    visit = groups.visits.root(led.stay)
    stays = [groups.stays[at] for at in sorted(groups.visits.members(visit))]
    return Fulfilment(
        trip=groups.trip_ids[visit], country=stays[0].country or "", when=best_dates(stays), held=led.held,
        rule=led.rule, why=led.why, keys=list(dict.fromkeys(groups.stays[at].told.key for at in led.grounds)),
    )  # fmt: skip


def _invitation_report(asked: Asked, joined: Joined | None) -> InvitationReport:
    given = asked.invitation
    return InvitationReport(
        key=asked.told.key, article=asked.told.key.rpartition("#")[0], day=written(asked.day), status=given.status,
        response=given.response, extended=given.extended, responded=given.responded, proposed=given.proposed,
        inviters=_names(given.inviters), invitees=_names(given.invitees), occasion=given.occasion, via=given.via,
        sources=given.sources, caveat=given.caveat, evidence=given.evidence, more=asked.told.more, joined=joined,
    )  # fmt: skip
