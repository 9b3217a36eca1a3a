"""Which files the paths of a corpus stand for: a folder, a pattern or the file itself."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from pathlib import Path

from summarise.corpus.items import STANDARD_INPUT, SourceFile, readable
from summarise.errors import ConfigurationError

TEXTS = frozenset({".txt", ".md"})
TABLES = frozenset({".jsonl", ".jsonl.gz", ".csv", ".tsv", ".parquet", ".zip"})

_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_WILD = re.compile(r"[*?[]")
_EXAMPLES = 100

PassBy = Callable[[Path, Path], None]
"""Called with a table, and the folder it is below, that does not stand for it."""


class TablesLeft:
    """The tables and archives in folders that stand for their texts alone: nobody reads them, unless they are named.

    To be filled in by one walk over all the files, and looked at after it. Of each it keeps sixteen bytes.
    """

    def __init__(self) -> None:
        self._is_whole = False
        self._places: set[bytes] = set()
        self._examples: dict[bytes, tuple[Path, Path]] = {}

    def __len__(self) -> int:
        """How many there are; none, as long as files are to come that may be among them."""
        return len(self._places) if self._is_whole else 0

    def note(self, path: Path, place: bytes, folder: Path) -> None:
        """A table below a folder that was given; `place` is the digest of its path."""
        self._places.add(place)
        if len(self._examples) < _EXAMPLES:
            self._examples[place] = path, folder

    def settle(self, read: Collection[bytes]) -> None:
        """The walk is over: forget what was named after all, by a path or a pattern of its own."""
        self._is_whole = True
        self._places.difference_update(read)
        self._examples = {place: each for place, each in self._examples.items() if place in self._places}

    @property
    def told(self) -> str:
        """How many there are, one of them, and how to have them read; empty if there are none."""
        if not self:
            return ""
        files, were = ("file", "was") if len(self) == 1 else ("files", "were")
        example, pattern = "", "'FOLDER/**/*.jsonl'"
        for path, folder in self._examples.values():
            example = f", such as {readable(path)}"
            pattern = f"'{readable(Path(glob.escape(str(folder)), '**', '*' + form_of(path)))}'"
            break
        return (
            f"{len(self):,} {files} in the folders {were} not read{example}: a folder stands for its .txt and .md; "
            f"to read other kinds as well, give a pattern besides: {pattern}"
        )


def form_of(path: Path) -> str:
    """The suffix that says how a file is read, one of `TABLES`; empty for one that is an article itself."""
    name = path.name.lower()
    return next((suffix for suffix in TABLES if name.endswith(suffix)), "")


def files_of(
    paths: Iterable[str | Path],
    leave_out: Collection[str | Path] = (),
    *,
    tables: bool = False,
    left: TablesLeft | None = None,
) -> Iterator[SourceFile]:
    """Every file that `paths` stand for, one after the other as they are asked for, in a stable order, each once.

    A folder stands for every `.txt` and `.md` file below it, sorted, without hidden files and without following links
    to folders. A pattern with `*`, `?`, `[…]` or `**` that no file has for its name stands for all that matches it;
    `-` for standard input. Files and folders in `leave_out`, such as the ledger, are passed over. With `tables` a
    folder that holds no text stands for the tables in it. Tables that no path stands for are noted in `left`.

    Raises `ConfigurationError`, when it gets there, for a path that does not exist, cannot be entered or is no file
    (see `special`), a folder without articles, a pattern without a match, and two articles that would share an id.
    """
    paths = list(paths)
    seen = {_digest(os.path.abspath(path)) for path in leave_out}
    below = tuple(os.path.join(os.path.abspath(path), "") for path in leave_out)
    taken: set[bytes] = set()

    def note(left: TablesLeft, path: Path, folder: Path) -> None:
        absolute = os.path.abspath(path)
        place = _digest(absolute)
        if place not in seen and not absolute.startswith(below):
            left.note(path, place, folder)

    for file in _all(paths, tables, None if left is None else partial(note, left)):
        path = os.path.abspath(file.path)
        place = _digest(path)
        if place in seen or path.startswith(below):
            continue
        seen.add(place)
        if not form_of(file.path) and str(file.path) != STANDARD_INPUT:
            id = _digest(file.id)
            if id in taken:
                raise _same_id(file, paths)
            taken.add(id)
        yield file
    if left is not None:
        left.settle(seen)


def _same_id(file: SourceFile, paths: list[str | Path]) -> ConfigurationError:
    # Looked for again: to keep every path for this would take memory that grows with the corpus.
    first = next(other for other in _all(paths) if other.id == file.id and not form_of(other.path))
    return ConfigurationError(
        f"two articles would have the id {file.id!r}: {first.source} and {file.source}",
        hint="Rename one of them, or give the folder above both, so that the ids differ.",
    )


def _all(paths: list[str | Path], tables: bool = False, pass_by: PassBy | None = None) -> Iterator[SourceFile]:
    for given in paths:
        if not str(given):
            raise ConfigurationError("an empty path was given", hint="Is a shell variable unset?")
        if str(given) == STANDARD_INPUT:
            yield SourceFile(Path(STANDARD_INPUT), "stdin")
        elif _WILD.search(str(given)) and not os.path.lexists(given):
            yield from _matching(str(given), pass_by)
        else:
            yield from _below(Path(given), tables, pass_by)


def _matching(pattern: str, pass_by: PassBy | None) -> Iterator[SourceFile]:
    """What the shell would have put in the place of the pattern; ids are paths below its part without wildcards."""
    parts = Path(pattern).parts
    fixed = next(place for place, part in enumerate(parts) if _WILD.search(part))
    base = Path(*parts[:fixed])
    found = False
    for name in sorted(glob.iglob(pattern, recursive=True)):
        path = Path(name)
        if not path.is_dir():
            found = True
            yield SourceFile(path, _id(path, base))
            continue
        for file in _texts_below(path, pass_by):
            found = True
            yield SourceFile(file, _id(file, base))
    if not found:
        raise ConfigurationError(
            f"nothing matches {readable(pattern)}", hint="Check the pattern; ** stands for folders of any depth."
        )


def _below(path: Path, tables: bool, pass_by: PassBy | None) -> Iterator[SourceFile]:
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        raise cannot_read(path, problem) from problem
    if not stat.S_ISDIR(mode):
        if kind := _special(mode):
            raise ConfigurationError(
                f"{readable(path)} is {kind}, not a file: a run could wait for it without end",
                hint="Write what it gives to a file, or pipe JSON Lines to standard input: `-`.",
            )
        yield SourceFile(path, _id(path, path.parent))
        return
    found = False
    for file in _texts_below(path, pass_by):
        found = True
        yield SourceFile(file, _id(file, path))
    if not found and tables:
        for file in _files_below(path, lambda name: bool(form_of(Path(name)))):
            found = True
            yield SourceFile(file, _id(file, path))
    if not found:
        raise ConfigurationError(
            f"no article in the folder {readable(path)}",
            hint="Articles are files that end in .txt or .md; give a file of another kind by its own path, or several "
            "by a pattern such as 'folder/**/*.jsonl'.",
        )


def _texts_below(folder: Path, pass_by: PassBy | None) -> Iterator[Path]:
    return _files_below(folder, lambda name: os.path.splitext(name)[1].lower() in TEXTS, pass_by)


def _files_below(folder: Path, wanted: Callable[[str], bool], pass_by: PassBy | None = None) -> Iterator[Path]:
    def refuse(problem: OSError) -> None:
        raise cannot_read(Path(problem.filename or folder), problem) from problem

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            if wanted(name):
                yield Path(parent, name)
            elif pass_by is not None and form_of(path := Path(parent, name)) and not special(path):
                pass_by(path, folder)


def _id(path: Path, base: Path) -> str:
    form = form_of(path)
    plain = path.with_name(path.name[: -len(form)] or path.name) if form else path.with_suffix("")
    return readable(plain.relative_to(base).as_posix())


def special(path: Path) -> str:
    """What a path leads to that is neither file nor folder, such as `a named pipe`; empty for all else.

    To open one may wait without end for somebody who writes, and nothing but a signal that kills would end that.
    """
    try:
        return _special(path.stat().st_mode)
    except OSError:
        return ""


def _special(mode: int) -> str:
    return _SPECIAL.get(stat.S_IFMT(mode), "")


def cannot_read(path: Path, problem: OSError) -> ConfigurationError:
    """The error for a path that the system does not let us read."""
    return ConfigurationError(
        f"cannot read {readable(path)}: {problem.strerror or problem}", hint="Check the path and its permissions."
    )


def _digest(text: str) -> bytes:
    """Sixteen bytes that stand for a text, so that what is remembered of a file stays small."""
    return blake2b(os.fsencode(text), digest_size=16).digest()
