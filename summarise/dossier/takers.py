"""Who takes part in visits and invitations: a person of the whole ledger, or a government, a body or a group."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from summarise.dossier.cast import Cast, parties_of
from summarise.dossier.components import Components
from summarise.dossier.reading import Told
from summarise.judge.names import fold
from summarise.judge.people import letters_of
from summarise.records import Party

Taker = int
"""A number: the same for the same person, government or body in all articles."""


@dataclass(slots=True, eq=False)
class Takers:
    """Everyone who takes part. Persons are told by the `root` of their group, bodies by state and name."""

    persons: dict[int, Taker] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)
    """Of each taker, as first met."""
    person: list[int | None] = field(default_factory=list)
    """Of each taker, the root of its person."""
    of_party: dict[str, Taker] = field(default_factory=dict)
    _bodies: dict[tuple[str, ...], Taker] = field(default_factory=dict)

    def _new(self, party: Party, person: int | None) -> Taker:
        self.parties.append(party)
        self.person.append(person)
        return len(self.parties) - 1

    def take_in(self, key: str, party: Party, root: int | None) -> None:
        """Note who the party with this key is; `root` stands for its person."""
        if root is not None:
            if root not in self.persons:
                self.persons[root] = self._new(party, root)
            self.of_party[key] = self.persons[root]
            return
        body = _body(key, party)
        if body not in self._bodies:
            self._bodies[body] = self._new(party, None)
        self.of_party[key] = self._bodies[body]

    def is_person(self, taker: Taker) -> bool:
        """Whether it is a person with a name."""
        return self.person[taker] is not None

    def country(self, taker: Taker) -> str | None:
        """Of the party, as first met."""
        return self.parties[taker].country

    def of(self, told: Told, field_name: str) -> list[Taker]:
        """The takers in a field of a record, each once."""
        parties = getattr(told.record, field_name)
        return list(dict.fromkeys(self.of_party[f"{told.key}.{field_name}.{at}"] for at in range(1, len(parties) + 1)))


def takers_of(records: Iterable[Told], cast: Cast, people: Components) -> Takers:
    """The takers of all records."""
    takers = Takers()
    root: Callable[[int], int] = people.root
    for told in records:
        for key, party in parties_of(told):
            meant = cast.meant.get(key)
            takers.take_in(key, party, None if meant is None else root(meant))
    return takers


def _body(key: str, party: Party) -> tuple[str, ...]:
    """What is equal for one body in all articles: a state has one government; an unnamed person is nobody else."""
    if party.kind == "government" and party.country:
        return ("government", party.country)
    if party.kind in ("government", "delegation", "organisation"):
        return (party.kind, party.country or "", letters_of(party.name) or fold(party.name))
    return ("unnamed", key)
