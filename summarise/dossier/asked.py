"""Which reports speak of one invitation: the same inviter, the same guest, the same country, and times that agree."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from summarise.dossier.components import Components, Tie
from summarise.dossier.days import Days, days_of, written
from summarise.dossier.near import Near, NearMisses
from summarise.dossier.reading import Told
from summarise.dossier.stays import HELD, Stay
from summarise.dossier.takers import Taker, Takers
from summarise.records import Invitation

STILL_SPOKEN_OF = 400
"""Days after which an invitation that is mentioned without its day is taken for another one."""
RENEWED_WITHIN = 550
PROPOSED_SLACK = 31
_LOOKED_BACK_AT = 8
_MOST_CANDIDATES = 5
_NO_DAY = 10**7
_CLOSED = ("declined",)
_TAKEN_BACK = ("withdrawn", "denied")


@dataclass(slots=True, eq=False)
class Asked:
    """An invitation in one article."""

    number: int
    told: Told
    inviters: frozenset[Taker]
    invitees: tuple[Taker, ...]
    country: str | None
    day: int | None
    """Of publication."""
    made: Days | None
    """When it was made, if the article says so."""
    proposed: Days | None
    visit: int | None
    """The stay that the article ties it to."""

    @property
    def invitation(self) -> Invitation:
        """The record."""
        record: Invitation = self.told.record
        return record

    @property
    def earliest(self) -> int:
        """The day it was made, or else that of the article."""
        return self.made.first if self.made else _NO_DAY if self.day is None else self.day


@dataclass(slots=True, eq=False)
class _Known:
    """Reports of one invitation."""

    members: list[Asked] = field(default_factory=list)
    inviters: set[Taker] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    visits: set[int] = field(default_factory=set)
    made: Days | None = None
    proposed: Days | None = None
    last: int | None = None
    closed: int | None = None

    def add(self, asked: Asked, visit: int | None) -> None:
        self.members.append(asked)
        self.inviters |= asked.inviters
        self.articles.add(asked.told.article)
        if visit is not None:
            self.visits.add(visit)
        self.made = (asked.made.within(self.made) or self.made) if asked.made and self.made else self.made or asked.made
        self.proposed = self.proposed or asked.proposed
        if asked.day is not None:
            self.last = asked.day if self.last is None else max(self.last, asked.day)
            if asked.invitation.response in _CLOSED or asked.invitation.status in _TAKEN_BACK:
                self.closed = asked.day if self.closed is None else min(self.closed, asked.day)


class HeldVisits:
    """On which days each traveller was in each country, going by the reports of visits that were held."""

    def __init__(self, stays: Iterable[Stay]) -> None:
        self._days: dict[tuple[Taker, str], list[int]] = defaultdict(list)
        for stay in stays:
            if stay.status in HELD and stay.level == "day" and stay.days and stay.country:
                for traveller in stay.travellers:
                    self._days[traveller, stay.country].append(stay.days.first)
        for days in self._days.values():
            days.sort()

    def between(self, traveller: Taker, country: str, first: int, last: int) -> int | None:
        """The first day, behind `first` and before `last`, on which the traveller came."""
        days = self._days.get((traveller, country), [])
        at = bisect_right(days, first)
        return days[at] if at < len(days) and days[at] < last else None


def asked_of(
    invitations: Sequence[Told], days: Sequence[int | None], takers: Takers, stays: Sequence[Stay]
) -> list[Asked]:
    """All invitations."""
    visits = {(stay.told.article, stay.visit.id): stay.number for stay in reversed(stays)}
    made: list[Asked] = []
    for told in invitations:
        given: Invitation = told.record
        made.append(
            Asked(
                len(made), told, frozenset(takers.of(told, "inviters")), tuple(takers.of(told, "invitees")),
                given.country, days[told.article], days_of(given.extended.start, given.extended.end),
                days_of(given.proposed.start, given.proposed.end),
                visits.get((told.article, given.visit)) if given.visit else None,
            )
        )  # fmt: skip
    return made


class Askings:
    """Brings the reports of one invitation together."""

    def __init__(
        self, made: Components, visits: Components, stays: Sequence[Stay], takers: Takers, near: NearMisses
    ) -> None:
        self._made, self._visits, self._stays, self._takers, self._near = made, visits, stays, takers, near
        self._held = HeldVisits(stays)

    def group(self, asked: Sequence[Asked]) -> None:
        """Guest by guest and country by country."""
        blocks: dict[tuple[Taker, str], list[Asked]] = defaultdict(list)
        for each in asked:
            for invitee in each.invitees:
                if each.country and self._takers.parties[invitee].kind != "unnamed_person":
                    blocks[invitee, each.country].append(each)
        for (invitee, country), found in blocks.items():
            known: list[_Known] = []
            for each in sorted(
                found, key=lambda one: (one.earliest, _NO_DAY if one.day is None else one.day, one.number)
            ):
                self._place(each, known, invitee, country)

    def _place(self, asked: Asked, known: list[_Known], invitee: Taker, country: str) -> None:
        visit = self._dated_visit(asked)
        found: list[tuple[_Known, str, str]] = []
        kept: list[tuple[_Known, str, str]] = []
        for each in known[-_LOOKED_BACK_AT:]:
            if asked.told.article in each.articles or not self._same_inviter(asked, each):
                continue
            if visit is not None and visit in each.visits and _made_alike(asked, each):
                found = [(each, "same_visit", "the same guest and inviter, and the same visit answers both")]
                break
            rule, why = self._refused(asked, each, invitee, country)
            (kept if rule else found).append((each, rule or "same_invitation", why))
        if len(found) == 1:
            each, rule, why = found[0]
            if self._tie(each, asked, rule, why):
                each.add(asked, visit)
                return
        for each, rule, why in found or kept[-1:]:
            rule, why = ("several_fit", "it can mean several invitations") if found else (rule, why)
            self._near.note(Near("invitation", rule, why, (each.members[0].number, asked.number)))
        known.append(_Known())
        known[-1].add(asked, visit)

    def _tie(self, known: _Known, asked: Asked, rule: str, why: str) -> bool:
        return any(
            self._made.join(Tie(one.number, asked.number, rule, why)) for one in known.members[:_MOST_CANDIDATES]
        )

    def _dated_visit(self, asked: Asked) -> int | None:
        """The visit that answers it, if a report of it knows more than that it is to come."""
        if asked.visit is None:
            return None
        root = self._visits.root(asked.visit)
        members = self._visits.members(root)
        return root if any(self._stays[at].level in ("day", "month") for at in members[:50]) else None

    def _same_inviter(self, asked: Asked, known: _Known) -> bool:
        """The same one, or the state of the one: `Moscow` beside its president, and a ministry beside its state."""
        if not asked.inviters.isdisjoint(known.inviters):
            return True
        if not asked.inviters or not known.inviters:
            return False
        states = [
            {self._takers.country(taker) for taker in group} - {None} for group in (asked.inviters, known.inviters)
        ]
        if states[0].isdisjoint(states[1]):
            return False
        return any(
            all(self._takers.parties[taker].kind in ("government", "organisation", "delegation") for taker in group)
            for group in (asked.inviters, known.inviters)
        )

    def _refused(self, asked: Asked, known: _Known, invitee: Taker, country: str) -> tuple[str, str]:
        """The rule by which the two are not one invitation; else nothing, and why they are."""
        if asked.proposed and known.proposed and not asked.proposed.meets(known.proposed, PROPOSED_SLACK):
            return "other_proposal", "the same guest and inviter, but for other days"
        renewed = asked.invitation.status == "renewed"
        off = known.closed is not None and asked.day is not None and asked.day > known.closed
        if off and not renewed and asked.invitation.response not in _CLOSED:
            return "after_refusal", f"told after the other was declined or taken back, on {written(known.closed)}"
        if asked.made and known.made:
            return self._both_dated(asked, known, asked.made, known.made, renewed)
        begin = known.made.last if known.made else known.last
        if asked.day is None or begin is None:
            return "no_day", "the same guest and inviter, but no day is known"
        if asked.made and known.last is not None and asked.made.first > known.last:
            return "made_later", "the same guest and inviter, but made after the other was told of"
        since = known.last if known.last is not None else begin
        if asked.day - since > STILL_SPOKEN_OF:
            return "long_between", f"the same guest and inviter, but more than {STILL_SPOKEN_OF} days apart"
        until = (
            min(asked.day, asked.proposed.first) if asked.proposed else asked.day
        )  # what was offered for then is older
        came = self._held.between(invitee, country, begin, until)
        if came is not None:
            return (
                "fulfilled_before",
                f"the guest came on {written(came)}: what is told later can be another invitation",
            )
        return "", "the same guest, inviter and country, and the guest did not come in between"

    @staticmethod
    def _both_dated(asked: Asked, known: _Known, made: Days, before: Days, renewed: bool) -> tuple[str, str]:
        if made.meets(before, 1):
            return "", "the same guest and inviter, made at the same time"
        if renewed and before.last < made.first <= before.last + RENEWED_WITHIN:
            return "", f"renewed: it was first made in {written(before.first)} or after"
        return (
            "other_day",
            f"the same guest and inviter, but made on other days, {written(before.first)} and {written(made.first)}",
        )


def _made_alike(asked: Asked, known: _Known) -> bool:
    return asked.made is None or known.made is None or asked.made.meets(known.made, 1)
