"""The people and bodies of one reply: described once, referred to by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from summarise.judge.fields import FieldKind, plans_of
from summarise.judge.index import ArticleIndex
from summarise.judge.names import fold
from summarise.judge.namesakes import Namesakes
from summarise.judge.people import same_person, short_forms
from summarise.judge.support import speaks
from summarise.records import Attribution, AttributionKind, Party
from summarise.schema import ReplyContract

_SOURCE_KINDS: Mapping[str, AttributionKind] = {
    "organisation": "institution",
    "government": "institution",
    "delegation": "institution",
    "unnamed_person": "anonymous",
    "person": "named_official",
}
_SIGNIFICANT = re.compile(r"[^\W_]")
_ARTICLE_WORD = re.compile(r"^(?:the|a|an)\s+")


class Unclear(NamedTuple):
    """Why a reference means nobody, or more than one."""

    rule: str
    problem: str
    allowed: str


class Cast:
    """Who is who in a reply: its officials, and the parties that it describes as objects.

    A person may be meant by a shorter or otherwise spelled name. A body or a group is meant by its full name only:
    "Moscow's foreign ministry" and "the foreign ministry in Pyongyang" are two.
    """

    def __init__(
        self,
        index: ArticleIndex,
        officials: Iterable[Party],
        described: Iterable[Mapping[str, Any]] = (),
        sources: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self._index = index
        self._officials = list(officials)
        self._people = list(self._officials)
        self._names = Namesakes(person.name for person in self._people)
        self._bodies: dict[str, list[Party]] = {}
        self._outlets: list[str] = []
        for raw in described:
            if self._stands(raw["name"]):
                self._describe(raw)
        self._sources: dict[str, AttributionKind] = {_key(raw["name"]): raw["kind"] for raw in sources if raw["name"]}

    def _describe(self, raw: Mapping[str, Any]) -> None:
        if raw["kind"] != "person":
            party = self._from_object(raw)
            same = self._bodies.setdefault(_key(raw["name"]), [])
            if party not in same:
                same.append(party)
        elif self._can_be_a_name(raw["name"]) and not self._names.resolve(raw["name"]):
            self._people.append(self._from_object(raw))
            self._names.add(raw["name"])

    def carried_by(self, outlets: Iterable[str]) -> None:
        """Tells the papers and agencies that the article credits, for the outlet of a source."""
        self._outlets = list(outlets)

    def party(self, raw: str | Mapping[str, Any]) -> Party | Unclear:
        """The party that a reference or a description means."""
        name = raw if isinstance(raw, str) else raw["name"]
        if not self._stands(name):
            return self._not_in_the_news(name)
        if not isinstance(raw, str) and raw["kind"] != "person":
            return self._from_object(raw)
        found = self._meant(name)
        if len(found) == 1:
            return found[0]
        if not isinstance(raw, str):
            return self._from_object(raw) if self._can_be_a_name(name) else _no_name(name)
        return _unclear(name, found)

    def source(self, raw: str | Mapping[str, Any], numbers: tuple[int, ...]) -> Attribution | Unclear:
        """The attribution that a reference or a description means."""
        name = raw if isinstance(raw, str) else raw["name"]
        outlet = self._outlet(numbers)
        if name is None:
            return Attribution(name=None, kind=raw["kind"], outlet=outlet)  # type: ignore[index]
        if isinstance(raw, str):
            if self._is_outlet(name):
                return Attribution(name=self._written(name), kind="media", outlet=self._written(name))
            if self._sources and (kind := self._sources.get(_key(name))) is not None:
                return self.source({"name": name, "kind": kind}, numbers)
            found = self._meant(name)
            if len(found) == 1:
                if not self._is_near(found[0], name, numbers):
                    return _elsewhere(name)
                return Attribution(name=found[0].name, kind=_SOURCE_KINDS[found[0].kind], outlet=outlet)
            unclear = _unclear(name, found) if self._index.spans(name) else _absent(name)
            return unclear._replace(allowed='Describe the source as {"name", "kind"}, or leave it out')
        if raw["kind"] == "named_official" and len(found := self._meant(name)) == 1:
            if not self._is_near(found[0], name, numbers):
                return _elsewhere(name)
            return Attribution(name=found[0].name, kind="named_official", outlet=outlet)
        if not self._index.spans(name):
            return _absent(name)
        return Attribution(name=self._written(name), kind=raw["kind"], outlet=outlet)

    def _meant(self, name: str) -> list[Party]:
        """Everyone whom a name can mean: a body of just that name, else people."""
        if self._bodies and (bodies := self._bodies.get(_key(name))):
            return bodies
        return [self._people[position] for position in self._names.resolve(name)]

    def _not_in_the_news(self, name: str) -> Party | Unclear:
        """A fuller form than the article's own ("[Sergey] Lavrov") still means the one it resolves to."""
        found = self._meant(name)
        if len(found) == 1 and found[0].kind == "person" and same_person(found[0].name, name):
            return found[0]
        return _absent(name)

    def _is_near(self, party: Party, name: str, numbers: tuple[int, ...]) -> bool:
        """Whether a person who is the source stands within two sentences of the cited ones, by name or by title.

        In English also one who says something elsewhere in the article: a record may have more sources than it cites.
        """
        if not numbers or party.kind != "person":
            return True
        near = self._index.near(numbers, before=2, after=2)
        forms = (name, party.name, *short_forms(party.name), *([party.title] if party.title else []))
        if any(not set(self._index.sentences_with(form)).isdisjoint(near) for form in forms):
            return True
        spans = {span for form in forms for span in self._index.spans(form)} if self._index.english else ()
        return any(speaks(self._index.article.text, *span) for span in spans)

    def _can_be_a_name(self, name: str) -> bool:
        """Whether it is a person's name: two letters, a capital where the script has them, no mere place."""
        letters = [sign for sign in name if sign.isalpha()]
        cased = [sign for sign in letters if sign.lower() != sign.upper()]
        if len(letters) < 2 or (cased and not any(sign.isupper() for sign in cased)):
            return False
        places = {(mention.start, mention.end) for mention in self._index.places}
        return not places.issuperset(self._index.spans(name))

    def _stands(self, name: str) -> bool:
        """Whether the name stands in the news itself; a mention in boilerplate does not count."""
        return _SIGNIFICANT.search(name) is not None and bool(self._index.sentences_with(name))

    def _from_object(self, raw: Mapping[str, Any]) -> Party:
        title = raw.get("title")
        written = None if title is None else self._index.as_written(title)
        return Party(**{**raw, "name": self._written(raw["name"]), "title": written})

    def _written(self, name: str) -> str:
        return self._index.as_written(name) or name

    def _is_outlet(self, name: str) -> bool:
        return any(name.casefold() == outlet.casefold() for outlet in self._outlets)

    def _outlet(self, numbers: tuple[int, ...]) -> str | None:
        """The agency that carries a statement: one named in the cited sentences, else that of a wire dateline."""
        for outlet in self._outlets:
            if set(self._index.sentences_with(outlet)).intersection(numbers):
                return outlet
        return self._index.article.outlet_hint


def described(kind: FieldKind, value: Mapping[str, Any], contract: ReplyContract) -> Iterator[Mapping[str, Any]]:
    """Every party, or every source, that the reply describes as an object, wherever it stands."""
    for name, model in contract.record_types.items():
        for item in value.get(name, []) if plans_of(model, kind) else ():
            if item is not None:
                yield from _objects_in(kind, model, item)


def _objects_in(kind: FieldKind, model: type[BaseModel], item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for plan in plans_of(model, kind):
        given = item.get(plan.name)
        if not given:
            continue
        elements = given if plan.many else [given]
        if plan.kind == kind:
            yield from (element for element in elements if isinstance(element, Mapping))
        elif plan.kind == "record" and plan.model is not None:
            for element in elements:
                yield from _objects_in(kind, plan.model, element)


def names_of(parties: Iterable[Party]) -> str:
    """The parties as they are named in a complaint."""
    return ", ".join(party.name for party in parties)


def _key(name: str) -> str:
    return _ARTICLE_WORD.sub("", " ".join(fold(name).split()))


def _absent(name: str) -> Unclear:
    return Unclear(
        "not_in_article",
        f'"{_short(name)}" does not stand in the article',
        "Copy the name as the article writes it, or leave the party out",
    )


def _no_name(name: str) -> Unclear:
    return Unclear(
        "no_name",
        f'"{_short(name)}" is no name of a person',
        "Write the name; describe a state as government, someone without a name as unnamed_person",
    )


def _elsewhere(name: str) -> Unclear:
    return Unclear(
        "source_elsewhere",
        f'"{_short(name)}" stands neither in the cited sentences nor next to them',
        "Name the source that stands there, or leave it out",
    )


def _unclear(name: str, found: list[Party]) -> Unclear:
    if found:
        names = names_of(found)
        return Unclear("ambiguous", f'"{_short(name)}" can be {names}', "Write the full name")
    return Unclear(
        "undescribed",
        f'"{_short(name)}" is described nowhere in the reply',
        "List a named office holder among officials; describe any other party as an object",
    )


def _short(name: str) -> str:
    return name if len(name) <= 80 else name[:79] + "…"
