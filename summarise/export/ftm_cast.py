"""Who is who in an article, as entities of FollowTheMoney: persons, bodies and the offices that the article names.

Within an article one name is one person, unless two of its officials bear it. Across articles persons are one only
where name and country are the same and the name has two words at least: "Kim" of one article is not the "Kim" of
another. More than that is for the dossier, or for a reviewer with the library's own tools, to bring together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarise.export import ftm_values as ftm
from summarise.export.article_records import ArticleRecords, Entry, digest
from summarise.judge.places import compatible
from summarise.records import Official, Party

_STATUS = {"current": "current", "former": "ended", "deceased": "ended"}
_NAMELESS = "(no name)"


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity, or what one article says of it: what several say of one id is put together."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def entity(id: str, schema: str, **values: str | Sequence[str | None] | None) -> Entity:
    """An entity with the values that are there."""
    lists = {name: [value] if value is None or isinstance(value, str) else value for name, value in values.items()}
    return Entity(id, schema, {name: kept for name, value in lists.items() if (kept := ftm.known(value))})


@dataclass(slots=True)
class Cast:
    """The persons and bodies of one article."""

    article: ArticleRecords
    entities: list[Entity] = field(default_factory=list)
    _named: dict[str, str | None] = field(default_factory=dict)  # a form of a name to its official; None: to several
    _countries: dict[str, str | None] = field(default_factory=dict)  # of the officials

    def __post_init__(self) -> None:
        names = [(folded(each.record.name), each.record.country) for each in self.article.officials]
        for each, key in zip(self.article.officials, names, strict=True):
            self._add_official(each, alone=names.count(key) == 1)

    def party(self, party: Party) -> str:
        """The id of a party, which is among the entities from now on."""
        country = ftm.country(party.country)
        if party.kind == "person" and folded(party.name) in self._named:
            return self._one_of_several(party)
        schema = {"person": "Person", "government": "PublicBody", "organisation": "Organization"}.get(party.kind)
        if schema is None:  # a phrase such as "a French minister" stands for somebody else in every article
            id = self._of_article("LegalEntity", party.name, party.country)
            self._add(id, "LegalEntity", party.name, country)
            return id
        id = self._id(schema, party.name, party.country)
        self._add(id, schema, party.name, country, position=party.title if schema == "Person" else None)
        return id

    def _one_of_several(self, party: Party) -> str:
        """The official of that name, if there is one and no other country speaks against it; else somebody apart."""
        known, country = self._named[folded(party.name)], ftm.country(party.country)
        if known is None or not _may_be_one(self._countries[known], party.country):
            id = self._of_article("Person", party.name, party.country)
            self._add(id, "Person", party.name, country, position=party.title)
            return id
        own = country if self._countries[known] is None else None
        self.entities.append(entity(known, "Person", country=own, position=ftm.string(party.title)))
        return known

    def _add(self, id: str, schema: str, name: str, country: str | None, position: str | None = None) -> None:
        self.entities.append(
            entity(
                id,
                schema,
                name=ftm.name(name) or _NAMELESS,
                country=country,
                position=ftm.string(position),
                proof=self.article.article_key,
            )
        )

    def _add_official(self, entry: Entry[Official], *, alone: bool) -> None:
        official = entry.record
        id = self._id("Person", official.name, official.country) if alone else digest("Person", entry.key)
        for form in {folded(official.name), *map(folded, official.variants)}:
            self._named[form] = id if self._named.get(form, id) == id else None
        country = ftm.country(official.country)
        self._countries[id] = official.country
        several = [form for form in official.variants if len(form.split()) > 1]
        self.entities.append(
            entity(
                id,
                "Person",
                name=ftm.name(official.name) or _NAMELESS,
                alias=[ftm.name(form) for form in several if _is_form_of(form, official.name)],
                weakAlias=[ftm.name(form) for form in official.variants if not _is_form_of(form, official.name)],
                country=country,
                position=[ftm.string(title) for title in official.titles],
                proof=self.article.article_key,
            )
        )
        self.entities += self._offices(entry, id)

    def _offices(self, entry: Entry[Official], holder: str) -> Iterator[Entity]:
        """The posts that the article names, the body that they are of, and that this person holds or held them."""
        official, article = entry.record, self.article
        country = ftm.country(official.country)
        body = None
        if official.organisation:
            schema = "PublicBody" if country else "Organization"
            body = self._id(schema, official.organisation, official.country)
            yield entity(
                body,
                schema,
                name=ftm.name(official.organisation) or _NAMELESS,
                country=country,
                proof=article.article_key,
            )
        posts = offices(official.titles)
        for title, others in posts:
            of = (folded(title), official.country, body)
            post = digest("Position", *of, *([] if official.country or body else [article.article_key]))
            yield entity(
                post,
                "Position",
                name=ftm.name(title) or _NAMELESS,
                weakAlias=[ftm.name(other) for other in others],
                country=country,
                organization=body,
                proof=article.article_key,
            )
            yield entity(
                digest("Occupancy", entry.key, post),
                "Occupancy",
                holder=holder,
                post=post,
                # "then prime minister, now president": with two offices the article's word is of one of them
                status=_STATUS.get(official.tenure) if len(posts) == 1 else None,
                date=ftm.day(article.text("published")),
                description=[ftm.text(sentence.text) for sentence in official.evidence],
                recordId=ftm.string(f"{article.row.id}#{entry.id}"),
                publisher=ftm.string(article.text("outlet")),
                sourceUrl=ftm.url(article.address),
                proof=article.article_key,
            )

    def _id(self, schema: str, name: str, country: str | None) -> str:
        """One id in all articles where name and country are enough to tell who or what it is."""
        if country is None or (schema == "Person" and len(folded(name).split()) < 2):
            return self._of_article(schema, name, country)
        return digest(schema, folded(name), country)

    def _of_article(self, schema: str, name: str, country: str | None) -> str:
        return digest(schema, self.article.article_key, folded(name), country)


def offices(titles: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Each office by its fullest title, and the other titles that are the same words and fewer.

    "Russian Foreign Minister" and "Foreign Minister" are one office, "General Secretary" and "President" are two.
    """
    told = list(dict.fromkeys(title for title in titles if folded(title)))
    words = {title: set(folded(title).split()) for title in told}
    fullest: list[str] = []
    for title in told:
        if not any(words[title] < words[other] for other in told) and all(
            words[title] != words[one] for one in fullest
        ):
            fullest.append(title)
    return [(title, [other for other in told if other != title and words[other] <= words[title]]) for title in fullest]


def folded(name: str) -> str:
    """A name for comparison: without regard to case, to hyphens and to how its accents are encoded."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).split())


def _may_be_one(one: str | None, other: str | None) -> bool:
    return one is None or other is None or compatible(one, other)


def _is_form_of(form: str, name: str) -> bool:
    """Whether this is another spelling of the whole name; "Putin" and "the Russian president" may be anybody's."""
    return len(form.split()) > 1 and folded(form).split()[-1:] == folded(name).split()[-1:]
