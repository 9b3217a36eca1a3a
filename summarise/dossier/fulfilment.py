"""From an invitation to the visit that it led to.

Reports of a visit to come that answer one invitation are of one visit, as long as the guest did not come in between.
The visit that fulfils an invitation is the one that an article ties to it; else, if it was accepted, the first that the
guest paid to that country afterwards, received by the inviter or the inviter's state, within the days that were
proposed if there were any, and to no event that the invitation was not about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarise.dossier.asked import PROPOSED_SLACK, RENEWED_WITHIN, Asked, HeldVisits
from summarise.dossier.block import Block, Cluster
from summarise.dossier.components import Components, Tie
from summarise.dossier.days import Days, written
from summarise.dossier.near import Near, NearMisses
from summarise.dossier.stays import HELD, Stay
from summarise.dossier.takers import Takers
from summarise.dossier.visits import Blocks
from summarise.judge.names import split_words

_ENDED = ("declined", "delegated")
_TAKEN_BACK = ("withdrawn", "denied")


@dataclass(frozen=True, slots=True)
class Led:
    """The visit that an invitation led to, by one of its reports; `grounds` are the reports that show it."""

    stay: int
    held: bool
    rule: str
    why: str
    grounds: tuple[int, ...]


def tie_answering(
    groups: Sequence[Sequence[int]], asked: Sequence[Asked], stays: Sequence[Stay], visits: Components
) -> None:
    """Bring together the reports of visits to come that answer one invitation."""
    held = HeldVisits(stays)
    for group in groups:
        told = sorted(
            (stays[at] for each in group if (at := asked[each].visit) is not None),
            key=lambda stay: (stay.day is None, stay.day, stay.number),
        )
        for one, other in pairwise(told):
            if _is_open(one, stays, visits) and one.day is not None and other.day is not None:
                last = min([other.day, *(days.first for days in [other.days] if days)])
                came = any(held.between(t, one.country or "", one.day, last) for t in one.travellers)
                if not came and set(one.travellers) & set(other.travellers) and one.country == other.country:
                    why = "both answer the same invitation, and the guest did not come in between"
                    visits.join(Tie(one.number, other.number, "same_invitation", why))


def tie_to_fulfilment(led: Led, group: Sequence[Asked], stays: Sequence[Stay], visits: Components) -> None:
    """What was told of the visit to come, as the answer to the invitation, is of the visit that fulfilled it."""
    days = stays[led.stay].days
    for each in group:
        stay = stays[each.visit] if each.visit is not None else None
        if stay is None or days is None or stay.day is None or stay.day > days.first:
            continue
        if _is_open(stay, stays, visits) and set(stay.travellers) & set(stays[led.stay].travellers):
            why = "told as to come, in answer to the invitation that this visit fulfilled"
            visits.join(Tie(led.stay, stay.number, "fulfilled", why))


def _is_open(stay: Stay, stays: Sequence[Stay], visits: Components) -> bool:
    """Whether no report knows when the visit is."""
    return all(stays[at].level in ("coming", "none") for at in visits.members(stay.number))


def led_to(
    group: Sequence[Asked], stays: Sequence[Stay], visits: Components, blocks: Blocks, takers: Takers, near: NearMisses
) -> Led | None:
    """The visit that fulfils an invitation, or is to; None if there is none that is certain."""
    tied = [stays[each.visit] for each in group if each.visit is not None]
    for stay in tied:
        held = [stays[at] for at in visits.members(stay.number) if stays[at].status in HELD]
        if held:
            why = "an article ties the visit to the invitation, and it was held"
            return Led(stay.number, True, "tied_and_held", why, (stay.number, held[0].number))
    if any(each.invitation.response in _ENDED or each.invitation.status in _TAKEN_BACK for each in group):
        return None
    dated = [stay for stay in tied if not _is_open(stay, stays, visits)]
    found = None if dated else _next_held(group, blocks, takers, near)
    if found is not None:
        return found
    if tied:
        newest = max(tied, key=lambda stay: (stay.day or 0, stay.number))
        return Led(newest.number, False, "tied", "an article ties a visit to come to the invitation", (newest.number,))
    return None


def _next_held(group: Sequence[Asked], blocks: Blocks, takers: Takers, near: NearMisses) -> Led | None:
    begin = max((each.made.first for each in group if each.made), default=None)
    told = min((each.day for each in group if each.day is not None), default=None)
    since = begin if begin is not None else told
    if since is None:
        return None
    last = max((each.day for each in group if each.day is not None), default=since)
    for invitee in dict.fromkeys(taker for each in group for taker in each.invitees):
        block = blocks.get((invitee, group[0].country or ""))
        if block is None or not block.is_person:
            continue
        cluster = _first_after(block, since, last + RENEWED_WITHIN)
        if cluster is not None and (led := _judged(group, cluster, takers, near)):
            return led
    return None


def _first_after(block: Block, since: int, until: int) -> Cluster | None:
    """The first visit with known days that was held after that day."""
    for cluster in block.meeting(Days(since, until)):
        if cluster.held and cluster.days.is_a_stay and cluster.days.first > since:
            return cluster
    return None


def _judged(group: Sequence[Asked], cluster: Cluster, takers: Takers, near: NearMisses) -> Led | None:
    """Whether the first visit after an invitation fulfils it; if that is not certain, a near miss."""
    first = cluster.members[0]
    proposed = [each.proposed for each in group if each.proposed]
    if proposed and not any(days.meets(cluster.days, PROPOSED_SLACK) for days in proposed):
        rule, why = "other_days", f"the next visit, on {written(cluster.days.first)}, is not in the days proposed"
    elif not any(each.invitation.response == "accepted" for each in group):
        rule, why = "not_accepted", f"the guest came on {written(cluster.days.first)}, but no report has it as accepted"
    elif cluster.events and not _is_occasion(group, cluster):
        rule, why = "other_occasion", f"the next visit, on {written(cluster.days.first)}, was to an event"
    elif not _received_by_inviter(group, cluster, takers):
        rule, why = (
            "host_not_told",
            f"on the next visit, on {written(cluster.days.first)}, no report has the inviter as host",
        )
    else:
        why = f"the guest's next visit there, on {written(cluster.days.first)}, received by the inviter's side"
        held = next(each for each in cluster.members if each.status in HELD)
        return Led(first.number, True, "first_visit_hosted", why, (held.number,))
    near.note(Near("invitation", rule, why, (group[0].number,), (first.told.key,)))
    return None


def _is_occasion(group: Sequence[Asked], cluster: Cluster) -> bool:
    """Whether the invitation was to an event that was attended: the words of the one stand in the other."""
    occasions = [set(split_words(each.invitation.occasion or "")) for each in group]
    events = [set(event.split()) for event in cluster.events]
    return any(words and (words <= event or event <= words) for words in occasions for event in events)


def _received_by_inviter(group: Sequence[Asked], cluster: Cluster, takers: Takers) -> bool:
    inviters = {taker for each in group for taker in each.inviters}
    if inviters & cluster.hosts:
        return True
    states = {takers.country(taker) for taker in inviters} - {None}
    if group[0].country not in states:
        return False
    return any(takers.country(host) in states and not takers.is_person(host) for host in cluster.hosts)
