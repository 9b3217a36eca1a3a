"""A file or a folder of files is written beside where it belongs, and moved there when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarise.errors import ConfigurationError, ExportError
from summarise.export.formats import Format
from summarise.export.tables import TABLES


def check_place(out: Path, format: Format) -> None:
    """See whether `out` may be written, before anything is. Raises `ConfigurationError` or `ExportError`."""
    if format.folder:
        _check_parent(out)
        if out.is_dir():
            _check_ours(out, format)
        elif out.exists():
            raise ConfigurationError(
                f"{out} is a file, and {format.suffix} is written as a folder with a file for each table",
                hint="Give another name, or move that file away.",
            )
    else:
        check_file(out)
    for addition in format.beside:
        if Path(f"{out}{addition}").exists():
            raise ExportError(
                f"cannot write {out}: there is {out.name}{addition}, so another program has it open",
                hint="Close it there first, or give another name.",
            )


def check_file(out: Path) -> None:
    """The same for what is one file, of whatever format. Raises `ConfigurationError` or `ExportError`."""
    _check_parent(out)
    if os.path.exists(out) and not out.is_file():  # Path.exists raises for a name that is too long
        kind = "a folder" if out.is_dir() else "no regular file"
        raise ConfigurationError(f"cannot write {out}: it is {kind}", hint="Give another name.")


def _check_parent(out: Path) -> None:
    if not out.parent.is_dir():
        raise ExportError(f"cannot write {out}: there is no folder {out.parent}", hint="Make it, or name another one.")


def _check_ours(folder: Path, format: Format) -> None:
    ours = {f"{name}{format.suffix}" for name in TABLES}
    others = sorted(path.name for path in folder.iterdir() if path.name not in ours)
    if others:
        raise ConfigurationError(
            f"{folder} holds something else than an earlier export, such as {others[0]}",
            hint="Give another name: a folder is replaced only if all in it comes from an export.",
        )


@contextmanager
def placing(out: Path) -> Iterator[Path]:
    """A path to write to, on the same disk and of the same name; what is there in the end is moved to `out`.

    What takes the place of another has its rights. If the block raises, `out` stays as it was, and nothing stays
    behind. Raises `OSError`.
    """
    out = Path(os.path.realpath(out))  # a link stays one
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}.", dir=out.parent))
    try:
        new = beside / out.name
        yield new
        if out.exists():
            shutil.copymode(out, new)
        if out.is_dir():
            old = beside / "old"
            os.rename(out, old)
            try:
                os.rename(new, out)
            except OSError:
                os.rename(old, out)
                raise
        else:
            os.replace(new, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
