"""A `.zip` of texts: every `.txt` and `.md` in it, as if it were a folder."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from summarise.corpus.items import Complaint, Found, SourceFile, SourceItem, readable
from summarise.corpus.rows import MOST_BYTES
from summarise.errors import ArticleTooLong, ConfigurationError, UnreadableRow

_HIDDEN = (".", "__MACOSX")


def members(file: SourceFile, suffixes: frozenset[str]) -> Iterator[Found]:
    """Each text, sorted by name, one in memory at a time; it is called by the archive's id and its path inside.

    Raises `ConfigurationError` for a file that is no archive; `OSError`.
    """
    with _open(file.path, file.source) as archive:
        for member in _texts(archive, suffixes):
            name = readable(member.filename)
            source = f"{file.source}/{name}"
            id = f"{file.id}/{readable(PurePosixPath(member.filename).with_suffix('').as_posix())}"
            try:
                with archive.open(member) as text:
                    content = text.read(MOST_BYTES + 1)
            # What zipfile raises for damage, for a password, and for a packing that it does not know.
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as problem:
                yield Complaint(source, UnreadableRow(f"{source}: it cannot be unpacked: {problem}"), id)
            else:
                if len(content) > MOST_BYTES:
                    yield Complaint(source, ArticleTooLong(f"{source}: more than {MOST_BYTES:,} bytes"), id)
                else:
                    yield SourceItem(id, source, content)


def count(file: SourceFile, suffixes: frozenset[str]) -> int:
    """How many texts are in the archive. Raises as `members` does, and `ConfigurationError` if there are none."""
    with _open(file.path, file.source) as archive:
        number = len(_texts(archive, suffixes))
    if not number:
        raise ConfigurationError(
            f"no article in the archive {file.source}", hint="Articles in it are files that end in .txt or .md."
        )
    return number


def _open(path: Path, source: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as problem:
        raise ConfigurationError(
            f"{source} is no zip archive that can be read: {problem}", hint="Pack it again, or leave it out."
        ) from problem


def _texts(archive: zipfile.ZipFile, suffixes: frozenset[str]) -> list[zipfile.ZipInfo]:
    wanted = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and os.path.splitext(member.filename)[1].lower() in suffixes
        and not any(part.startswith(_HIDDEN) for part in PurePosixPath(member.filename).parts)
    ]
    return sorted(wanted, key=lambda member: member.filename)
