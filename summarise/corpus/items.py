"""What a source holds: articles to be read, and what gives none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from summarise.errors import ArticleError

STANDARD_INPUT = "-"
"""The path that stands for standard input."""


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One article that is to be read: what it is called in the ledger, and its content or where it is.

    `id` is unique within one run; `source` is the place as a reader knows it: a path, `FILE:LINE` or `ARCHIVE/MEMBER`.
    Both can be written as UTF-8 whatever bytes the file system allows in a name: a byte that is no UTF-8 stands as
    `\\xNN`. `content` is what `Summariser.read` takes: a path, the text, or a file's bytes. `published` is the day that
    the row tells.
    """

    id: str
    source: str
    content: Path | str | bytes
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
