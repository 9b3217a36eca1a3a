"""A dossier as a file: JSON for programs, Markdown for readers; written beside, moved into place when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import to_json

from summarise.dossier.markdown import markdown
from summarise.dossier.model import Dossier
from summarise.errors import ConfigurationError, ExportError
from summarise.export.placing import check_file, placing


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
    """The form that the suffix asks for, if a file can be there.

    Raises `ConfigurationError` for a suffix that none has and a path that is no file's, `ExportError` if there is no
    such folder.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise ConfigurationError(
            f"cannot write a dossier to {path}: its suffix is {path.suffix or 'missing'}",
            hint="Give a name that ends in .json (for programs) or .md (for readers).",
        )
    check_file(path)
    return form


def write_dossier(dossier: Dossier, path: str | Path) -> None:
    """Write the dossier; the suffix decides the form. A file that is there stays whole until the new one is.

    Raises `ConfigurationError` for an unknown suffix or a path that is no file's, `ExportError` for what cannot be
    written.
    """
    path = Path(path)
    form = form_of(path)
    try:
        with placing(path) as new, new.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(form(dossier))
    except OSError as problem:
        raise ExportError(f"cannot write the dossier {path}: {problem.strerror or problem}") from problem
