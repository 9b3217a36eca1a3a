"""What a ledger lacks and reading it does not tell: a last row that was cut off, or any row at all."""

from __future__ import annotations

import os
from pathlib import Path

from summarise.corpus import part_files
from summarise.corpus.ledger import ids_in, is_cut_off
from summarise.errors import LedgerError

_BLOCK = 65_536  # bytes


def cut_off_parts(path: str | os.PathLike[str]) -> list[Path]:
    """The files of this ledger whose last row is incomplete, which `read_ledger` passes over.

    Raises `LedgerError` if one cannot be read.
    """
    texts = [part for part in _parts(path) if part.suffix != ".parquet"]
    return [part for part in texts if (line := _last_line(part)) and is_cut_off(line)]


def is_empty(path: str | os.PathLike[str]) -> bool:
    """Whether the ledger has no articles. Raises `LedgerError` if it cannot be read."""
    return not any(True for part in _parts(path) for _ in ids_in(part))


def _parts(path: str | os.PathLike[str]) -> list[Path]:
    path = Path(path)
    return part_files.parts_of(path) if path.is_dir() else [path]


def _last_line(path: Path) -> bytes:
    """With its end, if it has one; no more of the file is read than that takes."""
    try:
        with path.open("rb") as file:
            end, size = file.seek(0, os.SEEK_END), _BLOCK
            while True:
                file.seek(max(0, end - size))
                tail = file.read(size)
                if size >= end or b"\n" in tail[:-1]:
                    return tail[:-1].rpartition(b"\n")[2] + tail[-1:]
                size *= 2
    except OSError as problem:
        raise LedgerError(f"cannot read the ledger {path}: {problem.strerror}") from problem
