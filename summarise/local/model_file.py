"""The file of a local model: whether it is one, and what its beginning tells.

A GGUF file begins with its magic, a version, two counts, and then pairs of key and value
(https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). The tensors are left to llama.cpp.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from summarise.errors import ConfigurationError
from summarise.local.names import SUFFIX

MAGIC = b"GGUF"
VERSIONS = (2, 3)
ID_DIGITS = 16
"""Digits of the sha256 that stand beside the file's name. It is the one that Hugging Face shows for the file."""

_STRING, _ARRAY = 8, 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}  # bytes of a value, by its type
_MOST_PAIRS = 100_000
_LONGEST_NAME = 65_535  # bytes of a key, by the specification
_FIRST_PART = re.compile(rf"(.+)-00001-of-(\d{{5}}){re.escape(SUFFIX)}", re.IGNORECASE)
_WAY_ON = "Download the file again, and compare its size and sha256 with those of the place it came from."


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file that begins like a model. `context` is what the model was trained for, in tokens; None if it is not told.

    `stamp` changes whenever the file is written or replaced.
    """

    path: Path
    context: int | None
    stamp: tuple[int, int, int]

    @property
    def name(self) -> str:
        """The file's name and what identifies its content, as it stands in a ledger: `tiny.gguf@sha256:0f…`.

        Reads the whole file, once in a process. Raises `ConfigurationError` if it cannot be read any more.
        """
        return f"{self.path.name}@sha256:{_digest(self.path, self.stamp)[:ID_DIGITS]}"

    def check_unchanged(self) -> None:
        """Raises `ConfigurationError` if the file is not the one any more that was looked at."""
        if model_file(self.path).stamp != self.stamp:
            raise ConfigurationError(
                f"{self.path} has changed since it was looked at",
                hint="Run the same command again: what is done is kept.",
            )


def model_file(path: Path) -> ModelFile:
    """What the beginning of the file tells. Raises `ConfigurationError` for what is no file, or no model."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            context = _trained_context(file, path, status.st_size)
    except IsADirectoryError:
        raise _unusable(path, "is a folder", f"Name one {SUFFIX} file in it.") from None
    except FileNotFoundError:
        raise _unusable(path, "is not there", f"Check the path of the {SUFFIX} file (--model).") from None
    except OSError as problem:
        if path.is_dir():  # as Windows has it
            raise _unusable(path, "is a folder", f"Name one {SUFFIX} file in it.") from None
        raise _unusable(path, f"cannot be read: {problem.strerror}", "Check the path and its permissions.") from problem
    return ModelFile(path, context, (status.st_ino, status.st_size, status.st_mtime_ns))


@lru_cache(maxsize=32)
def _digest(path: Path, stamp: tuple[int, int, int]) -> str:
    """The sha256 of the file that has this stamp; of a model in parts, that of the digests of all its parts."""
    digests = []
    for part in _parts(path):
        try:
            with part.open("rb") as file:
                digests.append(hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as problem:
            way_on = "Check its permissions, and that all parts of the model are there."
            raise _unusable(part, f"cannot be read: {problem.strerror}", way_on) from problem
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _parts(path: Path) -> list[Path]:
    """The file, or all files of a model in parts, as llama.cpp finds them by the name of the first one."""
    found = _FIRST_PART.fullmatch(path.name)
    if found is None:
        return [path]
    count = int(found[2])
    return [path.with_name(f"{found[1]}-{number:05}-of-{count:05}{SUFFIX}") for number in range(1, count + 1)]


def _unusable(path: Path, why: str, hint: str) -> ConfigurationError:
    return ConfigurationError(f"the model {path} {why}", hint=hint)


def _trained_context(file: BinaryIO, path: Path, size: int) -> int | None:
    """The `….context_length` of the architecture, from the pairs at the beginning."""
    magic = file.read(4)
    if magic != MAGIC:
        found = "is empty" if not magic else f"is no GGUF file: it begins with {magic!r}"
        raise _unusable(
            path, found, "A local model is a file in llama.cpp's format GGUF; convert it, or get it as one."
        )
    reading = _Reading(file, path, size)
    version = reading.number("<I")
    if version not in VERSIONS:
        swapped = int.from_bytes(version.to_bytes(4, "little"), "big") in VERSIONS
        told = "is for another order of bytes" if swapped else f"has version {version} of GGUF"
        raise _unusable(path, f"{told}, which cannot be read", "Get it in version 3, little-endian.")
    reading.number("<Q")  # tensors
    pairs = reading.number("<Q")
    if pairs > _MOST_PAIRS:
        raise reading.damaged(f"it claims to have {pairs:,} keys")
    for _ in range(pairs):
        key = reading.text(_LONGEST_NAME)
        kind = reading.number("<I")
        if key.endswith(b".context_length") and kind in (4, 10):
            return reading.number("<I" if kind == 4 else "<Q")
        reading.skip(kind)
    return None


class _Reading:
    """The pairs of a file, one value after the other; never beyond its end."""

    def __init__(self, file: BinaryIO, path: Path, size: int) -> None:
        self._file, self._path, self._size = file, path, size

    def damaged(self, why: str) -> ConfigurationError:
        return _unusable(self._path, f"is damaged: {why}", _WAY_ON)

    def number(self, form: str) -> int:
        data = self._file.read(struct.calcsize(form))
        if len(data) < struct.calcsize(form):
            raise self._cut_short()
        return int(struct.unpack(form, data)[0])

    def text(self, longest: int) -> bytes:
        length = self.number("<Q")
        if length > longest:
            raise self.damaged(f"a key of it is {length:,} bytes long")
        data = self._file.read(length)
        if len(data) < length:
            raise self._cut_short()
        return data

    def skip(self, kind: int) -> None:
        """Pass over a value."""
        if kind == _STRING:
            self._pass(self.number("<Q"))
        elif kind == _ARRAY:
            of, count = self.number("<I"), self.number("<Q")
            if of == _STRING:
                for _ in range(count):  # ends with the file at the latest
                    self._pass(self.number("<Q"))
            elif of in _SIZES:
                self._pass(count * _SIZES[of])
            else:
                raise self.damaged(f"it has a list of values of the unknown type {of}")
        elif kind in _SIZES:
            self._pass(_SIZES[kind])
        else:
            raise self.damaged(f"it has a value of the unknown type {kind}")

    def _pass(self, count: int) -> None:
        if self._file.tell() + count > self._size:
            raise self._cut_short()
        self._file.seek(count, os.SEEK_CUR)

    def _cut_short(self) -> ConfigurationError:
        return self.damaged(f"it ends after {self._size:,} bytes, in the middle of what describes the model")
