"""Who is meant within one article: its officials, and the people in its records.

A surname alone, or `the Russian president`, is a person only by the article's own list of officials, or where it fits
one full name of the article and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from summarise.dossier.reading import Reading, Told
from summarise.judge.names import fold
from summarise.judge.people import keys_of, letters_of, same_person
from summarise.judge.places import compatible
from summarise.judge.titles import strip_titles
from summarise.records import Evidence, Invitation, Party, Role, Tenure, Visit


@dataclass(slots=True, eq=False)
class Seen:
    """A person in an article; `number` is the place among all."""

    number: int
    article: int
    key: str
    name: str
    variants: list[str]
    titles: list[str]
    role: Role | None
    tenure: Tenure | None
    country: str | None
    evidence: list[Evidence]
    official: bool = True


@dataclass(slots=True, eq=False)
class Cast:
    """Everybody in all articles, and whom each party of a record means."""

    seen: list[Seen] = field(default_factory=list)
    meant: dict[str, int] = field(default_factory=dict)
    """Key of a party, such as `a/12#v2.visitors.1`, to the number of the person."""


FIELDS = {"visits": ("visitors", "hosts"), "invitations": ("inviters", "invitees")}


def parties_of(told: Told) -> Iterator[tuple[str, Party]]:
    """Each party of a record, with its key."""
    for name in FIELDS["visits" if isinstance(told.record, Visit) else "invitations"]:
        for at, party in enumerate(getattr(told.record, name), start=1):
            yield f"{told.key}.{name}.{at}", party


def cast_of(reading: Reading) -> Cast:
    """Everybody, article by article."""
    cast = Cast()
    officials: dict[int, list[Told]] = defaultdict(list)
    records: dict[int, list[Told]] = defaultdict(list)
    for told in reading.officials:
        officials[told.article].append(told)
    for told in chain(reading.visits, reading.invitations):
        records[told.article].append(told)
    for article in range(len(reading.articles)):
        _Room(cast, article, officials[article]).seat(records[article])
    return cast


class _Room:
    """The people of one article."""

    def __init__(self, cast: Cast, article: int, officials: Sequence[Told]) -> None:
        self._cast, self._article = cast, article
        self._here: list[Seen] = []
        self._by_letters: dict[str, list[Seen]] = defaultdict(list)
        for told in officials:
            given = told.record
            self._take_in(
                Seen(
                    len(cast.seen), article, told.key, given.name, given.variants, list(given.titles), given.role,
                    given.tenure, given.country, given.evidence,
                )
            )  # fmt: skip

    def _take_in(self, seen: Seen) -> None:
        self._cast.seen.append(seen)
        self._here.append(seen)
        for form in dict.fromkeys(_letters(form) for form in (seen.name, *seen.variants)):
            self._by_letters[form].append(seen)

    def seat(self, records: Sequence[Told]) -> None:
        """Find out whom each party of the records means; full names first, so that what is shorter finds them."""
        parties = [
            (key, party, told.record) for told in records for key, party in parties_of(told) if party.kind == "person"
        ]
        for key, party, record in sorted(parties, key=lambda each: -len(keys_of(each[1].name))):
            found = self._meant(party)
            if found is None:
                found = self._newcomer(key, party, record)
            elif party.title and not found.official and party.title not in found.titles:
                found.titles.append(party.title)
            self._cast.meant[key] = found.number

    def _newcomer(self, key: str, party: Party, record: Visit | Invitation) -> Seen:
        titles = [party.title] if party.title else []
        seen = Seen(
            len(self._cast.seen), self._article, key, party.name, [], titles, None, None, party.country,
            record.evidence, official=False,
        )  # fmt: skip
        self._take_in(seen)
        return seen

    def _meant(self, party: Party) -> Seen | None:
        equal = [seen for seen in self._by_letters.get(_letters(party.name), ()) if _may_be(party, seen)]
        if len(equal) == 1:
            return equal[0]
        alike = [seen for seen in self._here if _may_be(party, seen) and same_person(party.name, seen.name)]
        return alike[0] if len(alike) == 1 and len(equal) <= 1 else None


def _may_be(party: Party, seen: Seen) -> bool:
    return party.country is None or seen.country is None or compatible(party.country, seen.country)


def _letters(name: str) -> str:
    return letters_of(strip_titles(name)) or fold(name)
