"""A file written beside its place and moved there when it is whole, so that a failed export leaves the old one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from summarise.errors import ConfigurationError


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """A file to write to; it takes the place of `out` when the block ends well, and is gone when it does not.

    Raises `ConfigurationError` if `out` is no regular file, or cannot be written.
    """
    place = Path(os.path.realpath(out))  # a link stays a link
    beside = place.with_name(f"{place.name}.unfinished-{os.getpid()}")
    try:
        if place.exists() and not place.is_file():
            kind = "a folder" if place.is_dir() else "no regular file"
            raise ConfigurationError(f"cannot write {out}: it is {kind}", hint="Give another name for the file.")
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError as problem:
        if problem.filename not in (None, str(beside)):  # of something else that was read meanwhile
            raise
        raise ConfigurationError(
            f"cannot write {out}: {problem.strerror or problem}",
            hint="Check that its folder exists, is writable and has room; an older file of that name is untouched.",
        ) from problem
    finally:
        with suppress(OSError):  # gone already when all went well
            beside.unlink()
