"""Where the articles of a corpus come from: files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from summarise.errors import ConfigurationError

SUFFIXES = frozenset({".txt", ".md"})


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One article that is to be read: what it is called in the ledger, and where its text is.

    `id` is unique within one run; `source` is the place as a reader knows it. Both can be written as UTF-8 whatever
    bytes the file system allows in a name: a byte that is no UTF-8 stands as `\\xNN`.
    """

    id: str
    source: str
    path: Path


def articles(paths: Iterable[str | Path]) -> Iterator[SourceItem]:
    """Every article in `paths`, one after the other as they are asked for, in a stable order.

    A file stands for itself and is called by its name without suffix. A folder stands for every `.txt` and `.md` file
    below it, sorted, without hidden files and without following links to folders; they are called by their path below
    the folder, without suffix, with `/` between the parts. A path that comes up twice counts once.

    Raises `ConfigurationError`, when it gets there, for a path that does not exist or cannot be entered, a folder
    without articles, and two files that would share an id.
    """
    taken: dict[str, Path] = {}
    seen: set[str] = set()
    for given in paths:
        if not str(given):
            raise ConfigurationError("an empty path was given", hint="Is a shell variable unset?")
        for item in _below(Path(given)):
            place = os.path.abspath(item.path)
            if place in seen:
                continue
            seen.add(place)
            if item.id in taken:
                raise ConfigurationError(
                    f"two articles would have the id {item.id!r}: {_readable(taken[item.id])} and {item.source}",
                    hint="Rename one of them, or give the folder above both, so that the ids differ.",
                )
            taken[item.id] = item.path
            yield item


def _below(path: Path) -> Iterator[SourceItem]:
    try:
        path.stat()
        is_folder = path.is_dir()
    except OSError as problem:
        raise _cannot_read(path, problem) from problem
    if not is_folder:
        yield SourceItem(id=_readable(path.stem), source=_readable(path), path=path)
        return
    found = False
    for file in _files(path):
        found = True
        name = file.relative_to(path).with_suffix("").as_posix()
        yield SourceItem(id=_readable(name), source=_readable(file), path=file)
    if not found:
        raise ConfigurationError(
            f"no article in the folder {_readable(path)}",
            hint="Articles are files that end in .txt or .md; give a file of another kind by its own path.",
        )


def _files(folder: Path) -> Iterator[Path]:
    def refuse(problem: OSError) -> None:
        raise _cannot_read(Path(problem.filename or folder), problem) from problem

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES:
                yield Path(parent, name)


def _cannot_read(path: Path, problem: OSError) -> ConfigurationError:
    return ConfigurationError(
        f"cannot read {_readable(path)}: {problem.strerror or problem}", hint="Check the path and its permissions."
    )


def _readable(path: str | Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")
