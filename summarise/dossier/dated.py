"""Reports that know the day, the month or the year of a visit."""

from __future__ import annotations

from summarise.dossier.block import DAY_SLACK, MOST_CANDIDATES, Block, Cluster, by_detail, can_be, in_words
from summarise.dossier.days import MOST_DAYS_OF_A_VISIT, Days
from summarise.dossier.stays import FUTURE, HELD, Stay

_WORTH_A_NOTE = 14  # days between two visits that make a reader ask whether they are one


# ------------------------------------------------------------------------------------------------------- known by day


def tie_days(block: Block) -> None:
    """Reports that know the days: those that meet, or all but meet, are of one visit."""
    known = [(each.days, each) for each in block.stays if each.level == "day" and each.days]
    slack = DAY_SLACK if block.is_person else 0
    done: list[Cluster] = []
    for days, stay in sorted(known, key=lambda each: (each[0], each[1].number)):
        last = done[-1] if done else None
        if last is None or not _goes_on(last, stay, days, slack):
            if last is not None and 0 < last.days.gap(days) <= _WORTH_A_NOTE:
                why = f"the days differ: {in_words(last.days)} and {in_words(days)}; no report says that it was moved"
                block.note("days_differ", why, last.members[0], stay)
            done.append(block.begin(stay, days))
            continue
        why = f"the same traveller and country; the days are {in_words(last.days)} and {in_words(days)}"
        block.join(stay, last, "same_days" if last.days.meets(days) else "days_close", why)
        last.days = Days(last.days.first, max(last.days.last, days.last))
    block.sort(done)


def _goes_on(cluster: Cluster, stay: Stay, days: Days, slack: int) -> bool:
    if stay.told.article in cluster.articles or not cluster.days.meets(days, slack):
        return False
    if max(cluster.days.last, days.last) - cluster.days.first >= MOST_DAYS_OF_A_VISIT:
        return False
    if cluster.days.meets(days):
        return True
    if stay.visit.when.end and cluster.days.length > 1 and abs(cluster.days.first - days.first) > DAY_SLACK:
        return False  # both ends of both are told
    return not (cluster.held and _is_new(stay, cluster)) and not (stay.status in HELD and _over_before(cluster, days))


def _is_new(stay: Stay, cluster: Cluster) -> bool:
    """Whether a visit is still to come on a day on which the other one was over."""
    return stay.status in FUTURE and stay.day is not None and stay.day > cluster.days.last


def _over_before(cluster: Cluster, days: Days) -> bool:
    """Whether a report had the visit as completed before these days began."""
    return cluster.completed is not None and cluster.completed < days.first


# ------------------------------------------------------------------------------------------- known by month or by year


def tie_spans(block: Block, level: str) -> None:
    """Reports that know a month or a year: to the one visit in it; with none, to each other."""
    left: list[Cluster] = []
    known = [(each.days, each) for each in block.stays if each.level == level and each.days]
    for days, stay in sorted(known, key=lambda each: (each[0].length, each[0], each[1].number)):
        found = [cluster for cluster in block.meeting(days) if can_be(stay, cluster)]
        best = found if len(found) == 1 else by_detail(stay, found)
        if len(best) == 1:
            why = f"{in_words(best[0].days)} is the only known visit in {in_words(days)}"
            if len(found) > 1:
                why = f"of the visits in {in_words(days)} the only one with the same place, event or host"
            block.join(stay, best[0], f"only_one_in_{level}", why)
        elif found:
            why = f"several visits lie in {in_words(days)}, and nothing tells which one is meant"
            block.note("several_fit", why, stay, *(cluster.members[0] for cluster in found))
        else:
            _sweep(block, left, stay, days, level)
    block.sort(left)


def _sweep(block: Block, left: list[Cluster], stay: Stay, days: Days, level: str) -> None:
    """To what else lies in the same month or year, as long as all have days in common."""
    found = [each for each in left[-MOST_CANDIDATES:] if each.days.meets(days) and can_be(stay, each)]
    if len(found) == 1 and (common := found[0].days.within(days)):
        why = f"the same traveller and country in {in_words(common)}, and no visit with known days in it"
        block.join(stay, found[0], f"same_{level}", why)
        found[0].days = common
    else:
        left.append(block.begin(stay, days))
