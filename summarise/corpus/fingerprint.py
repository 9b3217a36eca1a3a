"""What decides whether a row of the ledger still counts."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.article import Article
from summarise.article.decoding import most_bytes
from summarise.corpus.items import SourceItem
from summarise.corpus.ledger import Entry
from summarise.errors import LedgerError, RepeatedId

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.unwritten import Rows

_LINE = re.compile(r":\d+$")


def keeps(entry: Entry, fingerprint: Mapping[str, str], refresh: bool) -> bool:
    """Whether a run leaves an article alone that the ledger has as `entry`."""
    if entry.status == "failed":
        return False
    if any(entry.fingerprint.get(name) != fingerprint.get(name) for name in ("article", "published")):
        return False
    return not (refresh and (is_older(entry, fingerprint) or is_set_otherwise(entry, fingerprint)))


def is_older(entry: Entry, fingerprint: Mapping[str, str]) -> bool:
    """Whether an article was read with another model, prompt or schema."""
    return any(entry.fingerprint.get(name) != fingerprint.get(name) for name in ("model", "prompt", "schema"))


def is_set_otherwise(entry: Entry, fingerprint: Mapping[str, str]) -> bool:
    """Whether settings that change results were other ones; a row without a word on them has the default."""
    return entry.fingerprint.get("settings") != fingerprint.get("settings")


def fingerprint_of(item: SourceItem, reader: Summariser[Any]) -> dict[str, str]:
    """What a stored row must agree with to count."""
    return {**reader.fingerprint, **content_fingerprint(item)}


def with_content(item: SourceItem, max_characters: int) -> SourceItem:
    """The item with its file's bytes, so that what is read is what the fingerprint is of.

    As it is if it has no file, or one that cannot be read or is too long: the reader will say so.
    """
    if not isinstance(item.content, Path):
        return item
    most = most_bytes(max_characters)
    try:
        with open(item.content, "rb", buffering=0) as file:
            state = os.fstat(file.fileno())
            if state.st_size > most or not stat.S_ISREG(state.st_mode):
                return item
            return replace(item, content=file.readall())
    except (OSError, ValueError):
        return item


def content_fingerprint(item: SourceItem) -> dict[str, str]:
    """The part of it that is the article's; `article` is the sha256 of the content, a text's in UTF-8."""
    fingerprint: dict[str, str] = {}
    try:
        match item.content:
            case Path() as path:
                with path.open("rb") as file:
                    fingerprint["article"] = hashlib.file_digest(file, "sha256").hexdigest()
            case Article() as article:
                fingerprint["article"] = article.id
            case str(text):
                fingerprint["article"] = hashlib.sha256(text.encode()).hexdigest()
            case content:
                fingerprint["article"] = hashlib.sha256(content).hexdigest()
    except OSError:
        pass  # the reader will say what is the matter with the file
    if item.published is not None:
        fingerprint["published"] = item.published.isoformat()
    return fingerprint


def is_another(item: SourceItem, entry: Entry | None, fingerprint: Mapping[str, str]) -> bool:
    """Whether the ledger has the id for the text of another file: its row would be lost to readers."""
    if entry is None or entry.fingerprint.get("article") in (None, fingerprint.get("article")):
        return False
    return file_of(entry.source) != file_of(item.source)


def id_is_taken(item: SourceItem, ledger: Rows) -> LedgerError | RepeatedId:
    """The error for such an article: that of the run for a file, its own for a row, which may be one of many."""
    message = (
        f"{ledger.path} has {item.id!r} already, from {ledger.entries[item.id].source}; "
        f"{item.source} is another article"
    )
    if isinstance(item.content, Path):
        hint = "Use a ledger of its own for this folder, or give the folder above both: ids are paths below it."
        return LedgerError(message, hint=hint)
    hint = (
        "Use a ledger of its own for this file, or name a field that tells the rows apart with id_field (--id-field)."
    )
    return RepeatedId(message, hint=hint)


def file_of(source: str) -> str:
    """The file or URL that a source is in: rows of one file may change places."""
    place = _LINE.sub("", source)
    return place if "://" in place else os.path.abspath(place)
