"""The same text under several ids: read once, and the result shared."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from summarise.corpus.fingerprint import is_older, is_set_otherwise
from summarise.corpus.items import SourceItem
from summarise.corpus.ledger import LedgerRow
from summarise.corpus.unwritten import Rows

Waiting = tuple[str, str, dict[str, str]]
"""Id, source and fingerprint of an article whose text is being read for another one."""


class Twins:
    """Which id each text was read for, in this run or, in the same way (model, prompt, schema, settings), earlier."""

    def __init__(self, ledger: Rows, reading: Mapping[str, str]) -> None:
        self._ledger = ledger
        self._read: dict[bytes, str] = {}
        self._waiting: dict[bytes, list[Waiting]] = {}
        for id, entry in ledger.entries.items():
            same_reading = not (is_older(entry, reading) or is_set_otherwise(entry, reading))
            if entry.status == "ok" and same_reading and (text := text_of(entry.fingerprint)) is not None:
                self._read[text] = id

    def row_for(self, item: SourceItem, fingerprint: Mapping[str, str]) -> LedgerRow | None:
        """The row of another article with the same text, as the ledger has it; None if it is to be read.

        Raises `LedgerError` if the ledger can no longer be read.
        """
        text = text_of(fingerprint)
        id = None if text is None else self._read.get(text)
        if id is None or id == item.id:
            return None
        entry = self._ledger.entries.get(id)
        return self._ledger.row(id) if entry is not None and entry.fingerprint == fingerprint else None

    def waits(self, item: SourceItem, fingerprint: dict[str, str]) -> bool:
        """Whether the text is being read at this moment; then the article gets the result with `finish`."""
        text = text_of(fingerprint)
        if text is None or text not in self._waiting:
            return False
        self._waiting[text].append((item.id, item.source, fingerprint))
        return True

    def begin(self, fingerprint: Mapping[str, str]) -> None:
        """The text is being read from now on."""
        if (text := text_of(fingerprint)) is not None:
            self._waiting[text] = []

    def finish(self, fingerprint: Mapping[str, str], row: LedgerRow | None, *, shared: bool) -> list[Waiting]:
        """The text was read; who waited for it. Later articles share the row if it is one to be `shared`."""
        text = text_of(fingerprint)
        if text is None:
            return []
        if row is not None and shared:
            self._read[text] = row.id
        return self._waiting.pop(text, [])


def text_of(fingerprint: Mapping[str, str]) -> bytes | None:
    """What two articles must have in common to have one result: the text, and the day it was published if given.

    Sixteen bytes, because one is kept of every article; None where the text could not be read.
    """
    article, published = fingerprint.get("article"), fingerprint.get("published", "")
    return None if article is None else blake2b(f"{article} {published}".encode(), digest_size=16).digest()
