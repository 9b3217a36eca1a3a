"""Where the articles of a corpus come from: what each of its files holds, read lazily."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from summarise.corpus import delimited, json_lines, parquet, zipped
from summarise.corpus.files import TEXTS, TablesLeft, cannot_read, files_of, form_of, special
from summarise.corpus.items import STANDARD_INPUT, Complaint, Found, SourceFile, SourceItem, standard_input
from summarise.corpus.json_lines import Lines
from summarise.corpus.rows import Fields, items_of
from summarise.errors import ConfigurationError, RepeatedId, RepeatedRow, UnreadableRow

_USUAL = Fields()
_MOST_NAMED = 5  # sources that an error names
_LEAVE_IT_OUT = "Nothing needs to be done, if no article was to come from it."


def articles(
    paths: Iterable[str | Path],
    fields: Fields = _USUAL,
    *,
    stdin: Lines | None = None,
    leave_out: Collection[str | Path] = (),
    left: TablesLeft | None = None,
) -> Iterator[Found]:
    """Every article in `paths`, and a complaint about each row that gives none, one after the other in a stable order.

    What a path stands for is told by `files_of`. A file is one article, called by its path below the folder without
    suffix, unless its suffix says otherwise: `.jsonl`, `.jsonl.gz`, `.csv`, `.tsv` and `.parquet` give one for each
    row, called by the row's id, else by the file's and the row's number; `.zip` one for each text in it. `-` is JSON
    Lines from `stdin` (by default the process's own). Of rows with the same id the first counts.

    Raises `ConfigurationError`, when it gets there, as `files_of` does, and for a file that is not what its
    suffix says.
    """
    first = first_of_its_id()
    for file in files_of(paths, leave_out, left=left):
        yield from map(first, _read(file, fields, stdin))


def survey(
    paths: Iterable[str | Path],
    fields: Fields = _USUAL,
    *,
    leave_out: Collection[str | Path] = (),
    left: TablesLeft | None = None,
) -> int | None:
    """How many articles and rows there are; None where it would take reading everything to know.

    Opens every file: raises `ConfigurationError` as `articles` would, before anything is spent. `left` is filled in.
    """
    return count_all(files_of(paths, leave_out, left=left), fields)


def count_all(files: Iterable[SourceFile], fields: Fields) -> int | None:
    """How many articles and rows these hold, as `survey` says; None where there are URLs, which are not opened here.

    Raises one `ConfigurationError` for all that cannot be read.
    """
    total: int | None = 0
    problems: list[ConfigurationError] = []
    more, found = 0, iter(files)
    while True:
        try:
            if (file := next(found, None)) is None:  # the end, which an error of a path is as well
                break
            number = None if file.url else count(file, fields)
        except ConfigurationError as problem:
            if len(problems) == _MOST_NAMED:
                more += 1
            else:
                problems.append(problem)
        else:
            total = None if total is None or number is None else total + number
    if problems:
        raise _all_of(problems, more)
    return total


def _all_of(problems: list[ConfigurationError], more: int) -> ConfigurationError:
    """One error for several, and for so many more that are not named."""
    messages = dict.fromkeys(problem.message for problem in problems)
    if len(messages) == 1:  # what all of them lack
        return problems[0]
    named = "".join(f"\n  - {message}" for message in messages)
    others = f"\n  - and {more} more" if more else ""
    hints = dict.fromkeys(problem.hint for problem in problems)
    return ConfigurationError(f"these sources cannot be read:{named}{others}", hint=" ".join(hints))


def _read(file: SourceFile, fields: Fields, stdin: Lines | None) -> Iterator[Found]:
    if str(file.path) == STANDARD_INPUT:
        yield from items_of(json_lines.rows_in(stdin or standard_input()), file, fields)
        return
    if kind := special(file.path):
        yield Complaint(file.source, UnreadableRow(f"{file.source} is {kind}, not a file", hint=_LEAVE_IT_OUT))
        return
    try:
        match form_of(file.path):
            case ".jsonl" | ".jsonl.gz":
                yield from items_of(json_lines.rows(file.path), file, fields)
            case ".csv" | ".tsv":
                yield from items_of(delimited.rows(file.path), file, fields)
            case ".parquet":
                yield from items_of(parquet.rows(file.path, fields), file, fields)
            case ".zip":
                yield from zipped.members(file, TEXTS)
            case _:
                yield SourceItem(file.id, file.source, file.path)
    except OSError as problem:  # it was there when the run began
        yield Complaint(file.source, UnreadableRow(f"{file.source}: it cannot be read: {problem.strerror or problem}"))


def count(file: SourceFile, fields: Fields) -> int | None:
    """How many articles and rows the file holds, as `survey` does."""
    if str(file.path) == STANDARD_INPUT:
        standard_input()
        return None
    if special(file.path):
        return 1  # a complaint
    try:
        match form_of(file.path):
            case ".jsonl" | ".jsonl.gz":
                return json_lines.count(file.path)
            case ".csv" | ".tsv":
                return delimited.count(file.path, fields, file.source)
            case ".parquet":
                return parquet.count(file.path, fields, file.source)
            case ".zip":
                return zipped.count(file, TEXTS)
            case _:
                return 1
    except OSError as problem:
        raise cannot_read(file.path, problem) from problem


def first_of_its_id() -> Callable[[Found], Found]:
    """A function to be given everything found, one after the other: it turns an article whose id is taken into a
    complaint."""
    contents: dict[bytes, bytes] = {}  # a digest of the content of each id so far

    def first(found: Found) -> Found:
        if found.id is None:
            return found
        id = _digest(found.id.encode())
        if isinstance(found, Complaint):
            return replace(found, id=None) if id in contents else found  # a later row with the id may be good
        before = contents.get(id)
        if before is None:
            contents[id] = _content_digest(found)
            return found
        if before == _content_digest(found):
            message = f"{found.source}: the id {found.id!r} again, with the same text"
            return Complaint(found.source, RepeatedRow(message))
        message = f"{found.source}: the id {found.id!r} stands before it already, with another text"
        return Complaint(found.source, RepeatedId(message))

    return first


def _content_digest(item: SourceItem) -> bytes:
    match item.content:
        case Path() as path:
            content = os.fsencode(path)
        case str(text):
            content = text.encode()
        case bytes(content):
            pass
        case article:
            content = article.text.encode()
    return _digest(f"{item.published} ".encode() + content)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()
