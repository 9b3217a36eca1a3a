"""What the readers must know of the rows that the folder has already: as little as will do, since each has a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from summarise.corpus.cluster.claims import digest
from summarise.corpus.fingerprint import file_of, is_older, is_set_otherwise
from summarise.corpus.items import SourceItem
from summarise.corpus.ledger import Entry
from summarise.corpus.twins import text_of


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that is there: digests of its text with its day, of its text alone, and of the file it is from.

    `older` and `set_otherwise` say that another model, prompt or schema read it, or the same with other settings.
    """

    ok: bool
    older: bool
    set_otherwise: bool
    text: bytes | None
    article: bytes | None
    file: bytes

    @property
    def same_reading(self) -> bool:
        """Whether it was read as this run would read it."""
        return not (self.older or self.set_otherwise)


Known = Mapping[bytes, KnownRow]
"""By the digest of the id."""


def known_rows(entries: Mapping[str, Entry], fingerprint: Mapping[str, str]) -> dict[bytes, KnownRow]:
    """What there is, seen by a reader with this `fingerprint` of model, prompt, schema and settings."""
    return {
        digest(id): KnownRow(
            ok=entry.status == "ok",
            older=is_older(entry, fingerprint),
            set_otherwise=is_set_otherwise(entry, fingerprint),
            text=text_of(entry.fingerprint),
            article=_article(entry.fingerprint),
            file=digest(file_of(entry.source)),
        )
        for id, entry in entries.items()
    }


def is_kept(row: KnownRow | None, fingerprint: Mapping[str, str], refresh: bool) -> bool:
    """Whether the run leaves the article alone; the rule of `keeps`."""
    return row is not None and row.ok and row.text == text_of(fingerprint) and not (refresh and not row.same_reading)


def is_another(row: KnownRow | None, item: SourceItem, fingerprint: Mapping[str, str]) -> bool:
    """Whether the id is that of an article from another file, whose row would be lost to readers."""
    if row is None or row.article in (None, _article(fingerprint)):
        return False
    return row.file != digest(file_of(item.source))


def _article(fingerprint: Mapping[str, str]) -> bytes | None:
    return digest(fingerprint["article"]) if "article" in fingerprint else None
