"""Which people of different articles are one person.

Two are one only if they bear the same full name, or two forms of one (`judge.people`), serve the same country, and hold
offices that one person can hold: at one time, or in turn. A surname alone is nobody, unless the table of statesmen
says who held that office in that country in that year. What would fit two people goes to neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from summarise.dossier.cast import Seen
from summarise.dossier.components import Components, Tie
from summarise.dossier.near import Near, NearMisses
from summarise.dossier.offices import is_unsure, related, share_a_title
from summarise.dossier.overrides import Ruling
from summarise.dossier.roles import LONGEST_SILENCE, split_by_office, split_by_time
from summarise.judge.names import fold
from summarise.judge.namesakes import Namesakes, merge
from summarise.judge.people import keys_of, letters_of, same_person
from summarise.judge.places import compatible, find_places
from summarise.judge.titles import strip_titles
from summarise.offline.statesmen import statesman
from summarise.records import Role

YEARS_OF_A_SHORT_FORM = 5
"""`George Bush` and `George W. Bush` are one only if they are in the news within so many years of each other."""

_LEAST_SIGNS = 3  # of a name in a script without words: two may be a surname
_MOST_CANDIDATES = 5
_ONE_NAME = "the same full name, of the same country, in offices that one person can hold"

Key = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Name:
    """A name as it is compared: `key` is equal for all spellings of a full name, None where there is but a part."""

    text: str
    key: Key | None
    from_table: bool = False
    initials: bool = False
    """Of the given names there are but initials: it tells nobody by itself."""


@dataclass(slots=True, eq=False)
class Bearer:
    """Everybody of one country and one name whose offices agree, in order of time."""

    name: str
    country: str | None
    people: list[Seen]
    roles: frozenset[Role | None] = frozenset()
    titles: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()
    first: int | None = None
    last: int | None = None
    initials: bool = False


def name_of(seen: Seen, day: int | None) -> Name:
    """The name by which a person is compared."""
    bare = strip_titles(seen.name)
    keys = keys_of(seen.name)
    if not keys:
        signs = "".join(fold(bare).split())
        return Name(bare, (signs,) if len(signs) >= _LEAST_SIGNS else None)
    if sum(len(key) > 1 for key in keys) > 1:
        return Name(bare, tuple(sorted(keys)))
    if len(keys) > 1:
        return Name(bare, tuple(sorted(keys)), initials=True)
    if seen.country and day is not None and not is_unsure(seen.role) and seen.role:
        heads = [word for title in seen.titles for word in fold(title).split()]
        year = date.fromordinal(day).year
        found = statesman(bare, heads, (seen.role,), year, frozenset((seen.country,)))
        if found is not None and found.code == seen.country and len(keys_of(found.name)) > 1:
            return Name(found.name, tuple(sorted(keys_of(found.name))), from_table=True)
    return Name(bare, None)


def group_people(seen: Sequence[Seen], days: Sequence[int | None], ruling: Ruling, near: NearMisses) -> Components:
    """Groups of one person each."""
    made = ruling.components([each.article for each in seen])
    names = [name_of(each, days[each.article]) for each in seen]
    bearers = _bearers(seen, names, days)
    for bearer in bearers:
        if not bearer.initials:
            _tie_bearer(bearer, names, made)
    countries: dict[str | None, list[Bearer]] = defaultdict(list)
    for bearer in bearers:
        countries[bearer.country].append(bearer)
    for here in countries.values():
        _tie_forms(here, made)
    _tie_across_countries(bearers, names, made, near)
    parts = _parts(seen, names)
    for country in dict.fromkeys([*countries, *parts]):
        _note_near_forms(countries.get(country, []), parts.get(country, {}), made, near)
    return made


# ------------------------------------------------------------------------------------------------- within one country


def _bearers(seen: Sequence[Seen], names: Sequence[Name], days: Sequence[int | None]) -> list[Bearer]:
    full: dict[tuple[str | None, Key], list[Seen]] = defaultdict(list)
    for each, name in zip(seen, names, strict=True):
        if name.key is not None:
            full[_country(each), name.key].append(each)
    made = []
    for (country, _), people in full.items():
        text = names[people[0].number].text
        parts = (late for part in split_by_office(text, people) for late in split_by_time(text, part, days))
        for part in parts:
            known = [day for each in part if (day := days[each.article]) is not None]
            made.append(
                Bearer(
                    text, country, part,
                    roles=frozenset(each.role for each in part),
                    titles=frozenset(title for each in part for title in each.titles),
                    articles=frozenset(each.article for each in part),
                    first=min(known, default=None), last=max(known, default=None),
                    initials=names[part[0].number].initials,
                )
            )  # fmt: skip
    return made


def _country(seen: Seen) -> str | None:
    """Of the person; if the article's record has none, the one that the titles begin with: `Serbian President`."""
    if seen.country is not None:
        return seen.country
    leading = [found[0] for title in seen.titles if (found := find_places(title)) and found[0].start == 0]
    codes = {place.codes for place in leading if place.kind == "demonym" or place.kind == "country"}
    return next(iter(codes))[0] if len(codes) == 1 and len(next(iter(codes))) == 1 else None


def _tie_bearer(bearer: Bearer, names: Sequence[Name], made: Components) -> None:
    first, *others = bearer.people
    for each in others:
        one, other = names[first.number], names[each.number]
        if one.from_table or other.from_table:
            made.join(Tie(first.number, each.number, "statesmen", f"the table of statesmen has one {one.text} there"))
        elif letters_of(one.text) == letters_of(other.text):
            made.join(Tie(first.number, each.number, "same_name", _ONE_NAME))
        else:
            why = f"{one.text} and {other.text} are spellings of one name; the same country, offices that agree"
            made.join(Tie(first.number, each.number, "same_sound", why))


def _agree(one: Bearer, other: Bearer) -> bool:
    """Whether what is told of two forms of a name lets them be one person: both offices known, and close in time."""
    if not one.articles.isdisjoint(other.articles):
        return False
    if not share_a_title(one.titles, other.titles):
        pairs = [(a, b) for a in one.roles for b in other.roles if not is_unsure(a) and not is_unsure(b)]
        if not any(related(a, b) for a, b in pairs):
            return False
    return _silence(one, other) <= YEARS_OF_A_SHORT_FORM * 366


def _silence(one: Bearer, other: Bearer) -> int:
    """Days between the articles on the one and those on the other; 0 if they are not known, or meet."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return 0
    return max(other.first - one.last, one.first - other.last, 0)


def _tie_forms(here: Sequence[Bearer], made: Components) -> None:
    """Shorter and longer forms of a name, in one country; what fits two people stays apart."""
    names = [bearer.name for bearer in here]
    for group in merge(names, lambda i, j: _agree(here[i], here[j])):
        first, *others = sorted((here[at] for at in group), key=lambda bearer: bearer.initials)
        if first.initials:
            continue
        for bearer in others:
            why = f"{bearer.name} is a form of {first.name} and of no other name there; country, office and time agree"
            for each in bearer.people if bearer.initials else bearer.people[:1]:
                made.join(Tie(first.people[0].number, each.number, "name_form", why))


# -------------------------------------------------------------------------------------------------- between countries


def _tie_across_countries(bearers: Sequence[Bearer], names: Sequence[Name], made: Components, near: NearMisses) -> None:
    """The same full name where the country is missing, or that of a territory or a state that is no more."""
    same: dict[Key, list[Bearer]] = defaultdict(list)
    for bearer in bearers:
        same[names[bearer.people[0].number].key or ()].append(bearer)
    for group in same.values():
        landed = [bearer for bearer in group if bearer.country]
        for bearer in group:
            others = [
                other
                for other in (landed if bearer.country is None else group)
                if other is not bearer and not bearer.initials and _may_be_of_both(bearer, other)
            ]
            if len({other.country for other in others}) > 1:
                continue
            others = [
                other
                for other in others
                if _offices_agree(bearer, other) and _silence(bearer, other) <= LONGEST_SILENCE
            ]
            roots = {made.root(other.people[0].number) for other in others}
            if len(roots) == 1:
                _tie_countries(bearer, others[0], made)
        _note_same_names(group, made, near)


def _may_be_of_both(one: Bearer, other: Bearer) -> bool:
    if one.country is None or other.country is None:
        return True
    return one.country != other.country and compatible(one.country, other.country)


def _offices_agree(one: Bearer, other: Bearer) -> bool:
    return share_a_title(one.titles, other.titles) or any(related(a, b) for a in one.roles for b in other.roles)


def _tie_countries(one: Bearer, other: Bearer, made: Components) -> None:
    if one.country is None:
        why = f"the country is not given; {other.name} is the only bearer of the name and office"
        made.join(Tie(other.people[0].number, one.people[0].number, "only_bearer", why))
    elif other.country is not None:
        why = f"{one.country} and {other.country} can mean one state; the same full name"
        made.join(Tie(other.people[0].number, one.people[0].number, "same_state", why))


def _note_same_names(group: Sequence[Bearer], made: Components, near: NearMisses) -> None:
    for one, other in pairwise(group):
        a, b = one.people[0], other.people[0]
        if made.together(a.number, b.number):
            continue
        if not one.articles.isdisjoint(other.articles):
            rule, why = "one_article_has_both", "an article names two people of this name"
        elif one.country != other.country:
            rule, why = "other_country", f"the same name, but of {one.country or '?'} and of {other.country or '?'}"
        elif _silence(one, other) > LONGEST_SILENCE:
            rule, why = "other_time", "the same name and country, but years without a word lie between"
        else:
            offices = [", ".join(sorted(str(role or "unknown") for role in each.roles)) for each in (one, other)]
            rule, why = (
                "other_office",
                f"the same name and country, but the offices do not agree: {' / '.join(offices)}",
            )
        near.note(Near("person", rule, why, (a.number, b.number)))


# -------------------------------------------------------------------------------------------------------- near misses


def _parts(seen: Iterable[Seen], names: Sequence[Name]) -> dict[str | None, dict[str, list[Seen]]]:
    """People of whom there is but a part of a name, by country and name."""
    found: dict[str | None, dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for each in seen:
        if names[each.number].key is None:
            found[each.country][letters_of(names[each.number].text) or fold(each.name)].append(each)
    return found


def _note_near_forms(here: Sequence[Bearer], parts: dict[str, list[Seen]], made: Components, near: NearMisses) -> None:
    known = Namesakes(bearer.name for bearer in here)
    for at, bearer in enumerate(here):
        for other in (here[i] for i in known.candidates(bearer.name) if i > at):
            a, b = bearer.people[0].number, other.people[0].number
            if not made.together(a, b) and same_person(bearer.name, other.name) and other.name != bearer.name:
                why = (
                    f"{bearer.name} can be a form of {other.name}, but of another name too, or offices or times differ"
                )
                near.note(Near("person", "name_form_unsure", why, (a, b)))
    for people in parts.values():
        name = people[0].name
        fitting = [here[i] for i in known.candidates(name) if same_person(name, here[i].name)]
        numbers = [each.number for each in people] + [bearer.people[0].number for bearer in fitting]
        if len(numbers) > 1:
            why = f"{name}: a part of a name, which tells nobody outside its own article"
            near.note(Near("person", "part_of_a_name", why, tuple(numbers[:_MOST_CANDIDATES])))
