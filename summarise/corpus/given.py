"""What a caller in Python can give in the place of files: texts, pairs, mappings, articles."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from summarise.article import Article
from summarise.corpus.files import special
from summarise.corpus.items import Complaint, Found, SourceItem, readable
from summarise.corpus.rows import Fields, item_of
from summarise.corpus.sources import articles, first_of_its_id
from summarise.errors import ArticleError, ConfigurationError, RowOfLedger, UnreadableRow

Given = str | os.PathLike[str] | tuple[str | int, str | bytes | os.PathLike[str]] | Mapping[str, object] | Article
"""A text; a path; an id with a text, a file's bytes or a path; a row with fields; an article that was read already."""

Sources = str | os.PathLike[str] | Iterable[Given] | AsyncIterable[Given]
"""A path or a pattern, several paths, or articles one by one."""

ID_DIGITS = 16
"""Digits of the sha256 that an article without an id is called by."""

_LONGEST_PATH = 4096


class SourcesFailed(ConfigurationError):
    """The iterable of a caller raised something, which is the cause of this error."""


def paths_in(sources: Sources) -> list[str | Path] | None:
    """The paths, if `sources` is a path, a pattern, or a list or tuple of nothing but `Path`s; else None.

    Raises `ConfigurationError` for what can be none of the sources.
    """
    if isinstance(sources, str | os.PathLike):
        return [sources if isinstance(sources, str) else Path(sources)]
    if isinstance(sources, bytes | Mapping | Article) or not isinstance(sources, Iterable | AsyncIterable):
        raise ConfigurationError(
            f"sources is of the type {type(sources).__name__}, which cannot be used",
            hint="Give a path or a pattern, Paths, or an iterable of texts, (id, text), mappings or Articles.",
        )
    if isinstance(sources, list | tuple):
        paths = [Path(each) for each in sources if isinstance(each, os.PathLike)]
        if paths and len(paths) == len(sources):
            return [*paths]
    return None


def found_in(sources: Iterable[Given], fields: Fields) -> Iterator[Found]:
    """The articles of an iterable. What it raises comes as the cause of a `SourcesFailed`."""
    first = first_of_its_id()
    number = 0
    try:
        for number, given in enumerate(sources, start=1):
            yield from map(first, _found(given, number, fields))
    except ConfigurationError:
        raise
    except Exception as problem:
        raise _failed(problem, number) from problem


async def afound_in(sources: AsyncIterable[Given], fields: Fields) -> AsyncIterator[Found]:
    """The async twin of `found_in`."""
    first = first_of_its_id()
    number = 0
    try:
        async for given in sources:
            number += 1
            for found in map(first, _found(given, number, fields)):
                yield found
    except ConfigurationError:
        raise
    except Exception as problem:
        raise _failed(problem, number) from problem


def _failed(problem: Exception, number: int) -> SourcesFailed:
    return SourcesFailed(f"the sources raised {type(problem).__name__} after {number} articles: {problem}")


def _found(given: object, number: int, fields: Fields) -> Iterator[Found]:
    source = f"item:{number}"
    match given:
        case Article():
            named = given.source != "<text>"
            day = date.fromisoformat(given.published) if given.published_basis == "given" and given.published else None
            yield SourceItem(given.source if named else _id_of(given.text), source, given, day)
        case str():
            _check_no_path(given)
            yield _text(_id_of(given), source, given)
        case os.PathLike():
            yield from articles([Path(given)], fields)
        case (str() | int() as id, str() | bytes() | os.PathLike() as content) if not isinstance(id, bool):
            content = Path(content) if isinstance(content, os.PathLike) else content
            place = readable(content) if isinstance(content, Path) else source
            kind = special(content) if isinstance(content, Path) else ""
            unread = Complaint(place, UnreadableRow(f"{place} is {kind}, not a file"), str(id))
            yield unread if kind else _text(str(id), place, content)
        case Mapping():
            yield _row(given, source, fields)
        case _:
            kind = type(given).__name__
            hint = "Give a text, a Path, (id, text), a mapping with the fields id and text, or an Article."
            yield Complaint(source, UnreadableRow(f"{source}: it is of the type {kind}, no article", hint=hint), source)


def _row(row: Mapping[str, object], source: str, fields: Fields) -> Found:
    found = item_of(row, fields, source, default_id="")
    if found.id:
        return found
    if isinstance(found, Complaint):
        return Complaint(source, found.error, None if isinstance(found.error, RowOfLedger) else source)
    assert isinstance(found.content, str | bytes)
    return SourceItem(_id_of(found.content), source, found.content, found.published)


def _text(id: str, source: str, content: str | bytes | Path) -> Found:
    try:
        id.encode()
        if isinstance(content, str):
            content.encode()
    except UnicodeEncodeError:
        error: ArticleError = UnreadableRow(f"{source}: it holds half of a surrogate pair, which is no text")
        return Complaint(source, error, source)
    return SourceItem(id, source, content)


def _id_of(content: str | bytes) -> str:
    raw = content.encode(errors="replace") if isinstance(content, str) else content
    return sha256(raw).hexdigest()[:ID_DIGITS]


def _check_no_path(text: str) -> None:
    """Raises `ConfigurationError` for the name of a file in the place of a text: it would be sent as an article."""
    if 0 < len(text) <= _LONGEST_PATH and "\n" not in text and "\0" not in text and os.path.exists(text):
        raise ConfigurationError(
            f"{text!r} is the name of a file, and a str among the sources is a text",
            hint="Give pathlib.Path objects, or one path or pattern as `sources`.",
        )
