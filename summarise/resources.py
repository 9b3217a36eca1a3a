"""Where the files that belong to the package stand: inside it when installed, at the top of a source checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def resource_folder(name: str) -> Path:
    """The folder `prompts` or `schemas`: in the installed package, else beside it in a checkout."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def data_file(name: str) -> Path:
    """A file of `summarise/data`."""
    return _PACKAGE / "data" / name
