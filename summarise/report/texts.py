"""The texts of the articles, which a ledger does not hold: looked for where they came from, and known by their hash."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Self

from summarise.article import Article
from summarise.article.decoding import decode
from summarise.corpus.files import form_of
from summarise.corpus.items import SourceItem
from summarise.corpus.rows import MOST_BYTES, Fields
from summarise.corpus.sources import articles
from summarise.errors import ArticleError, ConfigurationError

_ARCHIVE = ".zip"


class Texts:
    """The texts whose sha256 is wanted, as far as they were found; they wait on the disk, and take no memory.

    Use it in a `with` statement. A text is taken for an article's only if its sha256 is the one that the ledger has
    in `provenance.article_id`.
    """

    def __init__(self, wanted: Iterable[str]) -> None:
        self._missing = set(wanted)
        self._places: dict[str, tuple[int, int]] = {}
        self._file = tempfile.TemporaryFile(prefix="summarise-report-")  # noqa: SIM115 (closed by __exit__)

    def look_in(self, paths: Iterable[str | Path], fields: Fields) -> None:
        """Take every text that is wanted from these paths, as `summarise corpus` reads them.

        Raises `ConfigurationError` for a path that cannot be read.
        """
        for found in articles(paths, fields):
            if isinstance(found, SourceItem):
                self._take(found)
            if not self._missing:
                return

    def look_at_sources(self, sources: Iterable[tuple[str, str]], fields: Fields) -> None:
        """Take what is still missing from where the rows say it came from: pairs of article id and source.

        A source that is gone, or is no path, gives nothing; that is no error.
        """
        tables: dict[Path, None] = {}
        for id, source in sources:
            if id in self._missing and (path := _file_of(source)):
                if form_of(path):
                    tables[path] = None
                else:
                    self._take(SourceItem("", source, path))
        for table in tables:
            try:
                self.look_in([table], fields)
            except ConfigurationError:  # it is no longer what it was: its articles are told to have no text at hand
                continue

    def text_of(self, article_id: str) -> str | None:
        """The text, if it was found."""
        if article_id not in self._places:
            return None
        start, length = self._places[article_id]
        self._file.seek(start)
        return zlib.decompress(self._file.read(length)).decode()

    def _take(self, item: SourceItem) -> None:
        try:
            text = item.content.text if isinstance(item.content, Article) else _decoded(item)
        except ArticleError:
            return
        raw = text.encode()
        id = sha256(raw).hexdigest()
        if id not in self._missing:
            return
        self._missing.discard(id)
        packed = zlib.compress(raw, 1)
        self._places[id] = (self._file.seek(0, 2), len(packed))
        self._file.write(packed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _decoded(item: SourceItem) -> str:
    assert not isinstance(item.content, Article)
    return decode(item.content, item.source, MOST_BYTES // 4).text


def _file_of(source: str) -> Path | None:
    """The regular file that a row's source stands for: itself, `FILE:LINE`, or an `ARCHIVE/MEMBER`."""
    if source.startswith(("//", "\\\\")) or "\0" in source:  # a share on another machine, which is not asked
        return None
    candidates = [source, source.rpartition(":")[0]]
    if _ARCHIVE + "/" in source:
        candidates.append(source.partition(_ARCHIVE + "/")[0] + _ARCHIVE)
    return next((Path(name) for name in candidates if name and _is_file(name)), None)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # a name that is too long
        return False
