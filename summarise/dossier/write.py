"""A dossier as a file: JSON for programs, Markdown for readers; written beside, moved into place when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import to_json

from summarise.dossier.markdown import markdown
from summarise.dossier.model import Dossier
from summarise.errors import ConfigurationError


def json_lines(dossier: Dossier) -> Iterator[str]:
    """The dossier as one JSON object, a line for each person, trip and so on."""
    begin = "{"
    for name in type(dossier).model_fields:
        value = getattr(dossier, name)
        yield f'{begin}"{name}":'
        yield from _listed(value) if isinstance(value, list) else (f"{to_json(value).decode()}\n",)
        begin = ","
    yield "}\n"


def _listed(values: Iterable[BaseModel]) -> Iterator[str]:
    between = "[\n"
    for value in values:
        yield f"{between}{value.model_dump_json()}"
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


FORMS: dict[str, Callable[[Dossier], Iterator[str]]] = {".json": json_lines, ".md": markdown}


def form_of(path: Path) -> Callable[[Dossier], Iterator[str]]:
    """The form that the suffix asks for. Raises `ConfigurationError` for a suffix that none has."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise ConfigurationError(
            f"cannot write a dossier to {path}: its suffix is {path.suffix or 'missing'}",
            hint="Give a name that ends in .json (for programs) or .md (for readers).",
        )
    return form


def write_dossier(dossier: Dossier, path: str | Path) -> None:
    """Write the dossier; the suffix decides the form. A file that is there stays whole until the new one is.

    Raises `ConfigurationError` for an unknown suffix and for what the disk refuses.
    """
    path = Path(path)
    form = form_of(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}-", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.writelines(form(dossier))
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as problem:
        raise ConfigurationError(
            f"cannot write the dossier {path}: {problem.strerror}",
            hint="Check that its folder exists, is writable and has room; what was there is as it was.",
        ) from problem


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
