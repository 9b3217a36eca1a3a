"""Statesmen whom a paper names without their office: "Mr. Kissinger", "Tony Blair", "President Reagan".

The table `summarise/data/statesmen.tsv` tells state, office and years of some two thousand people. It only fills in
what the article leaves out: a state or an office that the text gives counts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple, get_args

from summarise.judge.names import fold
from summarise.judge.places import compatible
from summarise.offline.lexicon import words
from summarise.records import Role

_ROLES: Final[dict[str, Role]] = {role: role for role in get_args(Role)}
_NATIONAL: Final = words("head_of_state head_of_government monarch_or_royal")
_HERALDS: Final = words(
    "crown king queen prince princess sheikh sultan emperor empress ayatollah archbishop bishop lord sir shah pope"
)
_DISTINCT: Final = words("""
    FRA DEU DDR ITA VAT NLD BEL LUX AUT CHE SWE NOR DNK FIN ISL GRC CYP MLT TUR SUN RUS UKR BLR MDA GEO ARM AZE KAZ UZB
    TKM KGZ TJK POL CSK CZE SVK HUN ROU BGR YUG SRB HRV BIH SVN MKD ALB MNE XKX EST LVA LTU JPN MNG VNM KHM LAO THA MMR
    IDN IRN IRQ SYR LBN JOR ISR EGY SAU KWT QAT BHR ARE OMN YEM LBY TUN DZA MAR MRT SDN ETH ERI DJI PRK PSE
    """)
"""Elsewhere many a name is borne by others, too: its state must stand in the article."""
_EARLY, _LATE = 3, 35  # years before the first and behind the last office in which someone may be in the news
_IN_OFFICE = 1


class Statesman(NamedTuple):
    """One row of the table: `code` is empty for those who serve no state."""

    name: str
    code: str
    role: Role
    first: int
    last: int


class _Table(NamedTuple):
    full: Mapping[str, tuple[Statesman, ...]]
    """By all words of the name: "tony blair", "king hussein"."""
    family: Mapping[str, tuple[Statesman, ...]]
    """By the family name alone."""


def statesman(
    name: str, heads: Iterable[str], roles: Iterable[Role], year: int | None, named: frozenset[str]
) -> Statesman | None:
    """Who bears a name in an article of that year that names these states; None if that is nobody or not certain.

    `heads` are the words of title before it, `roles` the offices the article gives him.
    """
    table, form, offices = _table(), _key(name), frozenset(roles)
    titled = [entry for head in heads for entry in table.full.get(f"{head} {form}", ())]
    found = _of_the_time(titled or table.full.get(form, ()) or _without_middle(form), year)
    if found:
        return _one([each for each in found if each.code in _DISTINCT or _is_named(each, named)])
    if not offices and " " in name and " " in form:
        return None  # "Al Busaidi": any of the family
    held = _of_the_time(table.family.get(form, ()), year, in_office=True)
    held = [each for each in held if _may_hold(each, offices)]
    leads = year is not None and not offices.isdisjoint(_NATIONAL)
    return _one([each for each in held if _is_named(each, named)]) or (_one(held) if leads else None)


def _is_named(each: Statesman, named: frozenset[str]) -> bool:
    return not each.code or any(compatible(each.code, code) for code in named)


def is_statesman(name: str) -> bool:
    """Whether somebody in the table bears the full name."""
    return _key(name) in _table().full


def are_of_one_name(word: str, behind: str) -> bool:
    """ "George Bush": whether two words follow each other in the name of a statesman, whatever else they mean."""
    return behind in _neighbours().get(word, ())


@cache
def _neighbours() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, entries in _table().full.items():
        for parts in (form.split(), entries[0].name.lower().split()):
            if parts[0] not in _HERALDS:
                for word, behind in pairwise(parts):
                    found.setdefault(word, set()).update((behind, "may_month") if behind == "may" else (behind,))
    return {word: frozenset(behind) for word, behind in found.items()}


def _one(found: list[Statesman]) -> Statesman | None:
    """The one meant, if they all serve one state."""
    return found[0] if found and len({each.code for each in found}) == 1 else None


def _of_the_time(found: Iterable[Statesman], year: int | None, *, in_office: bool = False) -> list[Statesman]:
    early, late = (_IN_OFFICE, _IN_OFFICE) if in_office else (_EARLY, _LATE)
    return [each for each in found if year is None or each.first - early <= year <= each.last + late]


def _may_hold(each: Statesman, offices: frozenset[Role]) -> bool:
    """ "President Reagan", "Mr. Kissinger", but not "Defence Minister Reagan"."""
    if not offices:
        return True
    return not offices.isdisjoint(_NATIONAL) if each.role in _NATIONAL else each.role in offices


def _without_middle(form: str) -> tuple[Statesman, ...]:
    """ "John Fitzgerald Kennedy": first and last word."""
    parts = form.split()
    return _table().full.get(f"{parts[0]} {parts[-1]}", ()) if len(parts) == 3 else ()


def _key(name: str) -> str:
    """A name as it is looked up: folded, hyphens and apostrophes aside, initials left out where words remain."""
    plain = fold(name).replace("-", " ").replace("'", "").replace(".", " ").split()
    long = [word for word in plain if len(word) > 1]
    return " ".join(long if len(long) > 1 else plain)


@cache
def _table() -> _Table:
    full: dict[str, list[Statesman]] = {}
    family: dict[str, list[Statesman]] = {}
    text = files("summarise").joinpath("data", "statesmen.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        code, role, people = line.split("\t")
        for person in people.split("; "):
            forms, years = person.rsplit(" ", 1)
            first, last = years.split("-")
            names = forms.split("=")
            entry = Statesman(_spelt(names[0]), "" if code == "-" else code, _ROLES[role], int(first), int(last))
            for form in names:
                _note(full if " " in form or "-" in form else family, _key(form), entry)
                _note(family, _family(form), entry)
    return _Table(*({form: tuple(found) for form, found in each.items()} for each in (full, family)))


def _note(table: dict[str, list[Statesman]], form: str, entry: Statesman) -> None:
    if form and entry not in table.setdefault(form, []):
        table[form].append(entry)


def _spelt(name: str) -> str:
    return " ".join(word.capitalize() if word.isupper() and len(word) > 2 else word for word in name.split())


def _family(name: str) -> str:
    """The family name: written in capitals in the table, else the last word; nothing for "King Hussein"."""
    parts = name.split()
    if parts[0].lower() in _HERALDS:
        return ""
    capital = next((at for at, word in enumerate(parts) if word.isupper() and len(word) > 1 and "." not in word), None)
    if capital is None:
        return _key(parts[-1])
    return _key(" ".join(parts[capital:] if capital else parts[:1]))


def offices_of(name: str, code: str) -> frozenset[Role]:
    """The offices that the table gives the bearer of this full name in this state; empty if it knows nobody."""
    return frozenset(entry.role for entry in _table().full.get(_key(name), ()) if entry.code == code)
