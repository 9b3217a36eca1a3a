"""A disk that can be full for a while."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Self

MEGABYTES = 96


class Disk:
    """A folder on a small file system of its own (a tmpfs), to be used in a `with` statement.

    Where none may be mounted the folder is an ordinary one, and a full disk is a limit on the files of the processes
    that are named (`kind` tells which it is).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"
        self._limited: list[int] = []
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "soak", str(folder)]
        try:
            self._mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            self._mounted = False

    @property
    def kind(self) -> str:
        """What makes it full."""
        return "tmpfs" if self._mounted else "limit on the size of files"

    def fill(self, processes: Iterable[int]) -> None:
        """Leave no room for what these processes write."""
        if not self._mounted:
            for process in processes:
                self._limit(process, 1)
                self._limited.append(process)
            return
        with self._filler.open("ab", buffering=0) as filler:
            for piece in (1_000_000, 1000, 1):
                try:
                    while True:
                        filler.write(b"\0" * piece)
                except OSError:  # no room for a piece of this size
                    continue

    def free(self) -> None:
        """Make room again."""
        self._filler.unlink(missing_ok=True)
        while self._limited:
            self._limit(self._limited.pop(), resource.RLIM_INFINITY)

    def _limit(self, process: int, size: int) -> None:
        try:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        except ProcessLookupError:  # it has ended meanwhile
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._mounted:
            subprocess.run(["umount", str(self.folder)], check=True)
