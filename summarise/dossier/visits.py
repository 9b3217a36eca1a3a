"""Which reports speak of one visit: the same traveller, the same country, days that can be the same.

Reports that know the days are laid together first; then those that know the month, the year, and those that only know
that the visit is to come, each to the one visit that it can mean. What can mean several stays apart, and so does what
speaks of a visit to come when that one was held or called off already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from summarise.dossier.block import Block
from summarise.dossier.components import Components
from summarise.dossier.dated import tie_days, tie_spans
from summarise.dossier.moved import tie_moved
from summarise.dossier.near import NearMisses
from summarise.dossier.stays import Stay
from summarise.dossier.takers import Taker
from summarise.dossier.vague import tie_called_off, tie_coming, tie_recalled

Blocks = dict[tuple[Taker, str], Block]


def group_stays(
    stays: Sequence[Stay], made: Components, near: NearMisses, is_person: Callable[[Taker], bool]
) -> Blocks:
    """Bring the reports of one visit together; gives the visits of each traveller in each country.

    Governments and bodies send many people: their visits are one only where the days are the same.
    """
    reports: dict[tuple[Taker, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.country and stay.named:
            for traveller in stay.travellers:
                reports[traveller, stay.country].append(stay)
    blocks: Blocks = {}
    for (traveller, country), found in reports.items():
        block = blocks[traveller, country] = Block(found, made, near, is_person=is_person(traveller))
        tie_days(block)
        if block.is_person:
            tie_spans(block, "month")
            tie_spans(block, "year")
            tie_moved(block)
            tie_coming(block)
            tie_called_off(block)
            tie_recalled(block)
    return blocks
