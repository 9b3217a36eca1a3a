"""The officials of an article: every named person whose title names a public office."""

from __future__ import annotations

from typing import Any, Final

from summarise.offline.cast import Cast
from summarise.offline.lexicon import words
from summarise.offline.offices import is_deputy_premier
from summarise.offline.person import Person
from summarise.records import Role

_MERE_RANK: Final = words("chief sheikh justice imam head deputy major captain lieutenant representative chair")

_PUBLIC_CHARGES: Final = words("agency programme protocol police customs immigration intelligence prisons cabinet")
""" "Chief of Protocol": public, whatever the state."""


def officials_of(cast: Cast) -> list[dict[str, Any]]:
    """The officials as a reply lists them, in order of first mention."""
    return [
        {
            "name": person.name,
            "titles": person.titles,
            "role": _role(person),
            "country": person.country,
            "tenure": _tenure(person),
        }
        for person in sorted(filter(is_official, cast.people), key=lambda person: min(person.places))
    ]


def _role(person: Person) -> Role | None:
    """The office as it is recorded: a deputy prime minister is a minister."""
    if person.role == "other" and any(is_deputy_premier(title.lower()) for title in person.titles):
        return "minister"
    return person.role


def _tenure(person: Person) -> str:
    """ "the late", "former president": from the words alone (hard case 38)."""
    if person.deceased:
        return "deceased"
    return "former" if person.former else "current"


def is_official(person: Person) -> bool:
    """Whether someone is named and holds, or held, public office; "Chief Okoro" alone may hold none."""
    if not person.named or person.role is None:
        return False
    if any(not _PUBLIC_CHARGES.isdisjoint(title.lower().split()) for title in person.titles):
        return True
    return not (person.role == "other" and person.heads <= _MERE_RANK and not person.codes)
