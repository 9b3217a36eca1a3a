"""Reports without a date: of a visit to come, and of one that is off."""

from __future__ import annotations

from summarise.dossier.block import Block, Cluster, by_detail, by_place, can_be, in_words
from summarise.dossier.days import Days, written
from summarise.dossier.stays import CALLED_OFF, SOON, Stay

STILL_PLANNED = 60
"""Days between two reports of a visit to come that are taken for one plan."""
RECALLED = 800
"""Days back in which a visit lies that is recalled without a date."""
RECENTLY = 250
_WORTH_A_NOTE = 400


def tie_coming(block: Block) -> None:
    """Reports of a visit to come without a date: to the one visit of the next months; with none, to each other."""
    left: list[Stay] = []
    for stay in block.stays:
        if stay.level != "coming" or stay.day is None or _has_home(block, stay):
            continue
        found = [each for each in block.meeting(Days(stay.day - 1, stay.day + SOON)) if _can_come(stay, each)]
        best = found if len(found) == 1 else by_detail(stay, found)
        if len(best) == 1:
            why = f"told on {written(stay.day)} as to come; the only visit known in the {SOON} days that follow"
            if len(found) > 1:
                why = "to come; of the visits that follow the only one with the same place, event or host"
            block.join(stay, best[0], "to_come", why)
        elif found:
            why = "to come, and several visits follow: nothing tells which one is meant"
            block.note("several_fit", why, stay, *(cluster.members[0] for cluster in found))
        else:
            left.append(stay)
            _note_later(block, stay, stay.day)
    _chain(block, left)


def _has_home(block: Block, stay: Stay) -> bool:
    return stay.status == "postponed" and stay.number in block.home


def _can_come(stay: Stay, cluster: Cluster) -> bool:
    """Not a visit that began before the report."""
    day = stay.day or 0
    return can_be(stay, cluster) and (cluster.days.first >= day - 1 or not cluster.days.is_a_stay)


def _note_later(block: Block, stay: Stay, day: int) -> None:
    later = next(
        (each for each in block.meeting(Days(day + SOON + 1, day + _WORTH_A_NOTE)) if can_be(stay, each)), None
    )
    if later is not None:
        why = f"told on {written(day)} as to come without a date; the next known visit, on "
        why += f"{written(later.days.first)}, is more than {SOON} days later"
        block.note("long_between", why, stay, later.members[0])


def _chain(block: Block, left: list[Stay]) -> None:
    """One plan, as long as it is spoken of every other month and no visit was held meanwhile."""
    plan: Cluster | None = None
    made: list[Cluster] = []
    for stay in left:
        day = stay.day or 0
        if plan is not None and day - (plan.members[-1].day or 0) <= STILL_PLANNED and can_be(stay, plan):
            since = plan.members[-1].day or 0
            if not any(each.held for each in block.meeting(Days(since, day))):
                why = f"both told as to come, on {written(since)} and {written(day)}; no visit in between"
                block.join(stay, plan, "one_plan", why)
                continue
        plan = block.begin(stay, Days(day, day + SOON))
        made.append(plan)
    block.sort(made)


def tie_recalled(block: Block) -> None:
    """History without a date: to the one visit before it that the reports know, if it has something else in common.

    One of the last months needs a place, an event or a host; an older one a place or an event.
    """
    for stay in block.stays:
        if stay.status != "completed" or stay.level != "none" or stay.day is None or stay.visit.when.start:
            continue
        before = Days(stay.day - RECALLED, stay.day - 1)
        found = [each for each in block.meeting(before) if each.held and can_be(stay, each)]
        if not found:
            continue
        recent = found[0].days.last >= stay.day - RECENTLY
        alike = by_detail(stay, found) if recent else by_place(stay, found)
        if len(found) == 1 and alike:
            why = f"recalled without a date; {in_words(found[0].days)} is the only visit known before, and a place, an "
            block.join(stay, found[0], "recalled", why + "event or a host is the same")
        else:
            why = "recalled without a date: it can be this visit, or one that the articles do not tell of"
            block.note("no_date", why, stay, *(each.members[0] for each in found))


def tie_called_off(block: Block) -> None:
    """Reports without a date that a visit is off: to the one that was planned then."""
    for stay in block.stays:
        if stay.status not in CALLED_OFF or stay.level != "none" or stay.day is None:
            continue
        found = [
            each
            for each in block.meeting(Days(stay.day - 7, stay.day + 2 * SOON))
            if can_be(stay, each) and any(stay.day - 2 * SOON <= told <= stay.day for told in each.planned)
        ]
        best = found if len(found) == 1 else by_detail(stay, found)
        if len(best) == 1:
            block.join(stay, best[0], "called_off", "it is off: the only visit that was planned then")
        elif found:
            why = "a visit is off, and several were planned"
            block.note("several_fit", why, stay, *(each.members[0] for each in found))
