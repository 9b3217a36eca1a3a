"""The people and bodies of one reply: described once, referred to by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from summarise.judge.index import ArticleIndex
from summarise.judge.people import resolve, same_person
from summarise.records import Attribution, AttributionKind, Party

_INSTITUTION_KINDS: Mapping[str, AttributionKind] = {
    "organisation": "institution",
    "government": "institution",
    "delegation": "institution",
    "unnamed_person": "anonymous",
    "person": "named_official",
}
_FILLER = re.compile(r"[\s\W_]+")


class Unclear(NamedTuple):
    """Why a reference means nobody, or more than one."""

    rule: str
    problem: str
    allowed: str


class Cast:
    """Who is who in a reply: its officials, and the parties that it describes as objects."""

    def __init__(self, index: ArticleIndex, officials: Iterable[Party], described: Iterable[Mapping[str, Any]]) -> None:
        self._index = index
        self._members: list[Party] = list(officials)
        self._officials = len(self._members)
        self._outlets: list[str] = []
        for raw in described:
            if self._find(raw["name"]) == [] and self._stands(raw["name"]):
                self._members.append(self._from_object(raw))
        self._names = [member.name for member in self._members]

    def carried_by(self, outlets: Iterable[str]) -> None:
        """Tells the papers and agencies that the article credits, for the outlet of a source."""
        self._outlets = list(outlets)

    def party(self, raw: str | Mapping[str, Any]) -> Party | Unclear:
        """The party that a reference or a description means."""
        name = raw if isinstance(raw, str) else raw["name"]
        shown = name if len(name) <= 80 else name[:79] + "…"
        if not self._stands(name):
            found = self._find(name)
            # A fuller form than the article's own ("[Sergey] Lavrov") still means the one it resolves to.
            if len(found) == 1 and same_person(self._members[found[0]].name, name):
                return self._members[found[0]]
            return Unclear(
                "not_in_article",
                f'"{shown}" does not stand in the article',
                "Copy the name as the article writes it, or leave the party out",
            )
        found = self._find(name)
        if len(found) == 1:
            member = self._members[found[0]]
            if isinstance(raw, str) or found[0] < self._officials or member.name == name:
                return member
        if not isinstance(raw, str):
            return self._from_object(raw)
        if len(found) > 1:
            names = ", ".join(self._members[position].name for position in found)
            return Unclear("ambiguous", f'"{shown}" can be {names}', "Write the full name")
        return Unclear(
            "undescribed",
            f'"{shown}" is described nowhere in the reply',
            "List a named office holder among officials; describe any other party as an object",
        )

    def source(self, raw: str | Mapping[str, Any], numbers: tuple[int, ...]) -> Attribution | Unclear:
        """The attribution that a reference or a description means."""
        name = raw if isinstance(raw, str) else raw["name"]
        outlet = self._outlet(numbers)
        if name is None:
            assert not isinstance(raw, str)
            return Attribution(name=None, kind=raw["kind"], outlet=outlet)
        if isinstance(raw, str) and self._is_outlet(name):
            return Attribution(name=name, kind="media", outlet=name)
        if not isinstance(raw, str) and raw["kind"] not in ("named_official", "institution"):
            if not self._index.spans(name):
                return Unclear("not_in_article", f'"{name[:80]}" does not stand in the article', "Copy the words")
            return Attribution(name=name, kind=raw["kind"], outlet=outlet)
        found = self._find(name)
        if len(found) == 1:
            member = self._members[found[0]]
            kind = "named_official" if found[0] < self._officials else _INSTITUTION_KINDS[member.kind]
            return Attribution(name=member.name, kind=kind if isinstance(raw, str) else raw["kind"], outlet=outlet)
        if not isinstance(raw, str) and self._index.spans(name):
            return Attribution(name=name, kind=raw["kind"], outlet=outlet)
        unclear = self.party(name)
        assert isinstance(unclear, Unclear)
        return Unclear(unclear.rule, unclear.problem, 'Describe the source as {"name", "kind"}, or leave it out')

    def _stands(self, name: str) -> bool:
        """Whether the name stands in the news itself; a mention in boilerplate does not count."""
        return bool(_FILLER.sub("", name)) and bool(self._index.sentences_with(name))

    def _find(self, name: str) -> list[int]:
        return resolve(name, [member.name for member in self._members])

    def _from_object(self, raw: Mapping[str, Any]) -> Party:
        values = dict(raw)
        title = values.get("title")
        if title is not None and not self._index.spans(title):
            values["title"] = None
        return Party(**values)

    def _is_outlet(self, name: str) -> bool:
        return any(name.casefold() == outlet.casefold() for outlet in self._outlets)

    def _outlet(self, numbers: tuple[int, ...]) -> str | None:
        """The agency that carries a statement: one named in the cited sentences, else that of a wire dateline."""
        for outlet in self._outlets:
            if set(self._index.sentences_with(outlet)).intersection(numbers):
                return outlet
        return self._index.article.outlet_hint
