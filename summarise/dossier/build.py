"""From the rows of a ledger to the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.dossier import assemble
from summarise.dossier.asked import Asked, Askings, asked_of
from summarise.dossier.assemble import Groups
from summarise.dossier.cast import cast_of
from summarise.dossier.components import Components
from summarise.dossier.fulfilment import Led, led_to, tie_answering, tie_to_fulfilment
from summarise.dossier.journeys import group_legs
from summarise.dossier.model import Dossier, NearMiss
from summarise.dossier.near import NearMisses
from summarise.dossier.overrides import Overrides, Ruling, check_overrides, overrides_of, ruling
from summarise.dossier.persons import group_people
from summarise.dossier.reading import read_rows
from summarise.dossier.stays import Stay, stays_of
from summarise.dossier.takers import Takers, takers_of
from summarise.dossier.visits import Blocks, group_stays


def build_dossier(
    rows: str | Path | Iterable[LedgerRow], *, overrides: Overrides | Mapping[str, Any] | str | Path | None = None
) -> Dossier:
    """Bring the records of many articles together: persons, trips and invitations, each with its history.

    `rows` are those of a ledger, or its path. `overrides`, a mapping or the path of a JSON or TOML file, undoes merges
    (`apart`) and forces them (`together`) by the keys of reports. The order of the rows makes no difference; of rows
    with one id the last counts; a record that cannot be read is passed over and listed in `skipped`.

    Raises `LedgerError` for a ledger that cannot be read, `ConfigurationError` for overrides that cannot be obeyed.
    """
    wanted = overrides_of(overrides)
    reading = read_rows(read_ledger(rows) if isinstance(rows, str | Path) else rows)
    cast = cast_of(reading)
    near = NearMisses()
    mention_keys = {each.key: [each.number] for each in cast.seen}
    asking_keys = {told.key: [at] for at, told in enumerate(reading.invitations)}
    check_overrides(wanted, (mention_keys, {told.key for told in reading.visits}, asking_keys))

    people = group_people(cast.seen, reading.days, ruling(wanted, mention_keys), near)
    takers = takers_of(chain(reading.visits, reading.invitations), cast, people)
    stays = stays_of(reading.visits, reading.days, takers)
    visits = _visit_ruling(wanted, stays, takers).components([stay.told.article for stay in stays])
    blocks = group_stays(stays, visits, near, takers.is_person)

    asked = asked_of(reading.invitations, reading.days, takers, stays)
    askings = ruling(wanted, asking_keys).components([each.told.article for each in asked])
    Askings(askings, visits, stays, takers, near).group(asked)
    tie_answering(askings.groups(), asked, stays, visits)
    led = _led(askings, asked, stays, visits, blocks, takers, near)
    groups = Groups(
        cast.seen, people, stays, visits, group_legs(stays, visits, near), asked, askings, led, takers, reading.days
    )
    assemble.give_ids(groups)
    trips, stories = assemble.trips(groups), assemble.invitations(groups)
    return Dossier(
        articles=reading.articles,
        failed=reading.failed,
        persons=assemble.persons(groups, trips, stories),
        trips=trips,
        invitations=stories,
        near_misses=_near_misses(groups, near),
        skipped=reading.skipped,
        other_records=dict(sorted(reading.others.items())),
    )


def _visit_ruling(wanted: Overrides, stays: Sequence[Stay], takers: Takers) -> Ruling:
    keys: dict[str, list[int]] = {}
    for stay in stays:
        keys.setdefault(stay.told.key, []).append(stay.number)

    def of_one_state(one: int, other: int) -> bool:
        return takers.country(stays[one].travellers[0]) == takers.country(stays[other].travellers[0])

    return ruling(wanted, keys, of_one_state)


def _led(
    askings: Components, asked: Sequence[Asked], stays: Sequence[Stay], visits: Components, blocks: Blocks,
    takers: Takers, near: NearMisses,
) -> dict[int, Led]:  # fmt: skip
    found: dict[int, Led] = {}
    for members in askings.groups():
        group = [asked[at] for at in members]
        led = led_to(group, stays, visits, blocks, takers, near)
        if led is not None:
            found[askings.root(members[0])] = led
            if led.held:
                tie_to_fulfilment(led, group, stays, visits)
    return found


def _near_misses(groups: Groups, near: NearMisses) -> list[NearMiss]:
    """Those that other reports have not brought together after all."""
    made = {"person": groups.people, "trip": groups.visits, "invitation": groups.askings}
    ids = {"person": groups.person_ids, "trip": groups.trip_ids, "invitation": groups.invitation_ids}
    keys = {
        "person": [each.key for each in groups.seen],
        "trip": [each.told.key for each in groups.stays],
        "invitation": [each.told.key for each in groups.asked],
    }
    found = []
    for each in near.found.values():
        roots = [made[each.kind].root(member) for member in each.members]
        if len(set(roots)) > 1 or each.keys:
            found.append(
                NearMiss(
                    kind=each.kind, rule=each.rule, why=each.why,
                    keys=[*dict.fromkeys(keys[each.kind][member] for member in each.members), *each.keys],
                    ids=list(dict.fromkeys(ids[each.kind][root] for root in roots)),
                )
            )  # fmt: skip
    return found
