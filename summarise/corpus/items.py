"""What a source holds: articles to be read, and what gives none."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarise.errors import ArticleError, ConfigurationError

if TYPE_CHECKING:
    from summarise.article import Article

STANDARD_INPUT = "-"
"""The path that stands for standard input."""


def standard_input() -> BinaryIO:
    """The process's own. Raises `ConfigurationError` if it was closed before the start (`<&-`)."""
    if sys.stdin is None:
        raise ConfigurationError(
            "standard input (-) is closed: there is nothing to read from",
            hint="Pipe the input in, or give the path of a file.",
        )
    return sys.stdin.buffer


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One article that is to be read: what it is called in the ledger, and its content or where it is.

    `id` is unique within one run; `source` is the place as a reader knows it: a path, `FILE:LINE` or `ARCHIVE/MEMBER`.
    Both can be written as UTF-8 whatever bytes the file system allows in a name: a byte that is no UTF-8 stands as
    `\\xNN`. `content` is what `Summariser.read` takes: a path, the text, a file's bytes, or an article that was read
    already. `published` is the day that the row tells.
    """

    id: str
    source: str
    content: Path | str | bytes | Article
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in a source that gives no article, and why.

    `id` is what the ledger can call it: None where it has no id, or one that is another row's.
    """

    source: str
    error: ArticleError
    id: str | None = None


Found = SourceItem | Complaint


def dated(items: Iterable[Found], published: date | None) -> Iterator[Found]:
    """The items, with this day of publication for each that tells none itself."""
    return (_dated(item, published) for item in items)


async def adated(items: AsyncIterable[Found], published: date | None) -> AsyncIterator[Found]:
    """The async twin of `dated`."""
    async for item in items:
        yield _dated(item, published)


def _dated(item: Found, published: date | None) -> Found:
    if published is None or isinstance(item, Complaint) or item.published is not None:
        return item
    return replace(item, published=published)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that a path given by the user stands for; `id` is its path below the folder, without suffix.

    One in a store, such as a bucket, has a `url`; its path is the one within the store.
    """

    path: Path
    id: str
    url: str = ""

    @property
    def source(self) -> str:
        """What messages call it: the URL or the path, writable as UTF-8."""
        if self.url:
            return self.url
        return "stdin" if str(self.path) == STANDARD_INPUT else readable(self.path)


def readable(path: str | Path) -> str:
    """The path as text that can be written as UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
