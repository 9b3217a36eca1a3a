"""The records of a ledger row, one by one, whatever schema it was made with.

A row of a user's own schema may have more fields, more types of records and values that `summarise.records` does not
know. A record that can be read as a visit, an invitation or an official is; its further fields are kept beside it. One
that cannot is counted, and the others are read all the same.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from summarise.corpus.ledger import LedgerRow
from summarise.records import Invitation, Official, Party, Visit

Kind = TypeVar("Kind", Visit, Invitation, Official)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Kind]):
    """A record of an article, and what belongs to it.

    `id` is its own id, or its path where it has none; no other record of its type has it. `key` tells it from every
    record of every article, by what it says of whom and where: it stays the same when another reading of the article
    finds another date or state, or counts the records differently.
    """

    record: Kind
    id: str
    path: str
    key: str
    more: dict[str, Any]
    concerns: list[str]


@dataclass(frozen=True, slots=True)
class ArticleRecords:
    """What a row of the ledger says; `unreadable` records could not be read as what they are meant to be."""

    row: LedgerRow
    visits: list[Entry[Visit]]
    invitations: list[Entry[Invitation]]
    officials: list[Entry[Official]]
    unreadable: int

    def text(self, field: str) -> str | None:
        """A field of the article that is text, such as `headline`; None where it has none."""
        return _text(self.row.summary or {}, field)

    def made_by(self, field: str) -> str | None:
        """A field of the provenance that is text, such as `model`; None where there is none."""
        provenance = (self.row.summary or {}).get("provenance")
        return _text(provenance, field) if isinstance(provenance, dict) else None

    @property
    def address(self) -> str | None:
        """Where the article is on the web, if its source or its id is such an address."""
        return next((text for text in (self.row.source, self.row.id) if text.startswith(("https://", "http://"))), None)

    @property
    def article_key(self) -> str:
        """Tells the article from every other, by its id and its text."""
        return digest("article", *_article(self.row))


def articles_of(rows: Iterator[LedgerRow]) -> Iterator[ArticleRecords]:
    """The articles that were read; failed rows say nothing."""
    return (records_of(row) for row in rows if row.summary is not None)


def records_of(row: LedgerRow) -> ArticleRecords:
    """The records of a row, none for a failed one."""
    visits, bad_visits = _entries(row, "visits", Visit)
    invitations, bad_invitations = _entries(row, "invitations", Invitation)
    officials, bad_officials = _entries(row, "officials", Official)
    return ArticleRecords(row, visits, invitations, officials, bad_visits + bad_invitations + bad_officials)


def digest(*parts: object) -> str:
    """A name of 40 letters and digits for these parts: the same for the same, another for others."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]


def _entries(row: LedgerRow, field: str, kind: type[Kind]) -> tuple[list[Entry[Kind]], int]:
    stored = (row.summary or {}).get(field)
    items = list(enumerate(stored)) if isinstance(stored, list) else []
    entries: list[Entry[Kind]] = []
    ids: set[str] = set()
    alike: Counter[str] = Counter()
    for number, item in items:
        path = f"{field}[{number}]"
        try:
            record = kind.model_validate(item, extra="ignore")
        except ValidationError:  # counted as unreadable: a user's own idea of such a record
            continue
        id = record.id if record.id and record.id not in ids else path
        ids.add(id)
        said = json.dumps(_said(record))
        alike[said] += 1
        key = digest(field, *_article(row), said, alike[said])
        more = {name: value for name, value in item.items() if name not in kind.model_fields}
        entries.append(Entry(record, id, path, key, more, _concerns(row, path)))
    return entries, len(items) - len(entries)


def _article(row: LedgerRow) -> tuple[str, str]:
    provenance = (row.summary or {}).get("provenance")
    of_summary = _text(provenance, "article_id") if isinstance(provenance, dict) else None
    return row.id, row.fingerprint.get("article") or of_summary or ""


def _said(record: Visit | Invitation | Official) -> list[object]:
    """What tells a record from the others of its article, and is unlikely to change with another reading."""
    if isinstance(record, Visit):
        return [_names(record.visitors), record.country]
    if isinstance(record, Invitation):
        return [_names(record.inviters), _names(record.invitees), record.country]
    return [record.name.casefold(), record.country]


def _names(parties: list[Party]) -> list[list[str]]:
    return sorted([party.name.casefold(), party.country or ""] for party in parties)


def _concerns(row: LedgerRow, path: str) -> list[str]:
    """What is said of the record or of one of its fields."""
    stored = (row.summary or {}).get("concerns")
    found = [each for each in stored if isinstance(each, dict)] if isinstance(stored, list) else []
    return [
        message
        for each in found
        if (of := _text(each, "path")) is not None
        and (of == path or of.startswith(f"{path}."))
        and (message := _text(each, "message"))
    ]


def _text(holder: Mapping[str, Any], field: str) -> str | None:
    value = holder.get(field)
    return value if isinstance(value, str) and value.strip() else None
