"""The pages of docs/ that are made from the code, so that they cannot drift from it.

    python tools/reference.py

Writes the commands with their help, the settings, the columns of the tables, the public names with their signatures and
the map of the code. `tests/test_reference.py` compares them with what is committed. Needs the packages of the `dev`
group.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import griffe
from click.testing import CliRunner
from pydantic import AliasChoices

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarise import Settings  # noqa: E402
from summarise.cli import main as program  # noqa: E402
from summarise.export.tables import TABLES  # noqa: E402

DOCS = ROOT / "docs"
MADE = "<!-- Made by `python tools/reference.py`: change the code and run it again. -->\n\n"

PUBLIC_MODULES = ("summarise", "summarise.records", "summarise.errors", "summarise.questions")
"""Modules of which every name without an underscore is public; of `summarise` those in `__all__`."""

PUBLIC_NAMES = (
    "summarise.corpus.cluster.shared_quota",
    "summarise.dossier.model",
    "summarise.display.answers_view",
    "summarise.display.summary_view",
    "summarise.evaluation.read_gold",
    "summarise.export.csv_folder.plain",
)
"""Single names elsewhere that the documentation tells of."""


# ------------------------------------------------------------------------------------------------------- the commands


def command_paths(group: click.Group = program, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group of commands, as the words behind `summarise`; first none, the program itself."""
    yield path
    for name in sorted(group.commands):
        command = group.commands[name]
        if isinstance(command, click.Group):
            yield from command_paths(command, (*path, name))
        else:
            yield (*path, name)


def help_of(*path: str) -> str:
    """The help of a command, 80 columns wide."""
    result = CliRunner().invoke(program, [*path, "--help"], prog_name="summarise", terminal_width=80)
    assert result.exit_code == 0, result.output
    return result.output.rstrip()


def commands_page() -> str:
    """Every command with its help."""
    parts = ["# Commands\n\nEvery command with what its `--help` prints."]
    for path in command_paths():
        words = " ".join(("summarise", *path))
        parts.append(f"## {words}\n\n```text\n{help_of(*path)}\n```")
    return MADE + "\n\n".join(parts) + "\n"


# ------------------------------------------------------------------------------------------------------- the settings


def settings_page() -> str:
    """Every setting, with the variables of the environment that set it."""
    lines = ["| setting | environment | default | meaning |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        names = [str(each) for each in alias.choices[1:]] if isinstance(alias, AliasChoices) else []
        variables = ", ".join(f"`{each}`" for each in names or [f"SUMMARISE_{name.upper()}"])
        default = f"{field.default:,g}" if type(field.default) in (int, float) else str(field.default)
        lines.append(f"| `{name}` | {variables} | {default} | {field.description} |")
    return (
        MADE
        + "# Settings\n\nThe fields of [`Settings`](python.md#summarise.Settings), and the variables that set them. "
        "Where two are named, the first\nwins. Arguments and options win over the environment, "
        "the environment over the defaults.\n\n" + "\n".join(lines) + "\n"
    )


# --------------------------------------------------------------------------------------------------------- the tables


def tables_page() -> str:
    """Every table of an export with its columns."""
    parts = [
        "# Tables\n\nThe columns of the tables that [`summarise export` and `to_frames`](../how-to/export.md) make, "
        "the same in every format."
    ]
    for table in TABLES.values():
        lines = [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in table.columns]
        parts.append("\n".join([f"## {table.name}\n", "| column | holds | meaning |", "|---|---|---|", *lines]))
    return MADE + "\n\n".join(parts) + "\n"


# ---------------------------------------------------------------------------------------------------- the public names


@cache
def public_objects() -> dict[str, griffe.Object]:
    """Every public name with what it stands for, without importing anything."""
    package = griffe.load("summarise", search_paths=[str(ROOT)], resolve_aliases=True)
    found: dict[str, griffe.Object] = {}
    for module in PUBLIC_MODULES:
        there = package[module.removeprefix("summarise").lstrip(".")] if module != "summarise" else package
        for name, member in there.members.items():
            wanted = name in (package.exports or ()) if module == "summarise" else not member.is_alias
            if wanted and not name.startswith("_"):
                found[f"{module}.{name}"] = member.final_target if member.is_alias else member
    for name in PUBLIC_NAMES:
        member = package[name.removeprefix("summarise.")]
        if not member.is_module:
            found[name] = member.final_target if member.is_alias else member
            continue
        inside = {each: one for each, one in member.members.items() if not each.startswith("_") and not one.is_alias}
        found |= {f"{name}.{each}": one for each, one in inside.items()}
    return {name: value for name, value in sorted(found.items()) if not value.is_module}


def signature_lines(name: str, value: griffe.Object) -> Iterator[str]:
    """A public name as lines: a function with its parameters, a class with its bases and public members."""
    if isinstance(value, griffe.Function):
        yield f"{name}{parameters_of(value)}"
    elif isinstance(value, griffe.Class):
        bases = ", ".join(str(base) for base in value.bases)
        yield f"class {name}({bases})" if bases else f"class {name}"
        for each, member in value.members.items():
            if each == "__init__" or (not each.startswith("_") and not member.is_alias):
                yield from (f"    {line}" for line in signature_lines(each, member))
    elif isinstance(value, griffe.Attribute):
        annotation = f": {value.annotation}" if value.annotation else ""
        yield f"{name}{annotation}{f' = {value.value}' if value.value is not None else ''}"


def parameters_of(function: griffe.Function) -> str:
    """The parameters and the result of a function, as in its definition."""
    made: list[str] = []
    kinds = griffe.ParameterKind
    for parameter in function.parameters:
        if parameter.kind is kinds.keyword_only and "*" not in made:
            made.append("*")
        annotation = f": {parameter.annotation}" if parameter.annotation else ""
        default = f" = {parameter.default}" if parameter.default is not None else ""
        made.append(f"{parameter.name}{annotation}{default}")
    result = f" -> {function.returns}" if function.returns else ""
    return f"({', '.join(made)}){result}"


def public_page() -> str:
    """The public names with their signatures, for whoever wants to see what a change changes."""
    lines = ["# Made by `python tools/reference.py`: a change here is a change for users (docs/project/versions.md)."]
    first: dict[str, str] = {}
    for name, value in public_objects().items():
        known = first.setdefault(value.path, name)
        lines += ["", *(signature_lines(name, value) if known == name else [f"{name} is {known}"])]
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------------------------------------------ map of the code


def layers() -> list[list[str]]:
    """The layers of the package from top to bottom, each a list of rooms, as import-linter enforces them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    return [[name.strip().removeprefix("summarise.") for name in layer.split("|")] for layer in contract["layers"]]


def job_of(module: Path) -> str:
    """What a module is for: its docstring up to the end of the first line that ends a sentence."""
    text = ast.get_docstring(ast.parse(module.read_bytes())) or ""
    lines: list[str] = []
    for line in text.partition("\n\n")[0].splitlines():
        lines.append(line)
        if line.endswith((".", ":")):
            break
    return " ".join(lines).rstrip(":").rstrip()


def code_map_page() -> str:
    """Every module of the package with its job, room by room, from the top layer to the bottom."""
    package = ROOT / "summarise"
    parts = [
        "# Map of the code\n\nEvery module with what its docstring says it is for, in the layers that "
        "`tool.importlinter` in `pyproject.toml`\nenforces: imports go down only. "
        "[The design](../explanation/design.md) says why."
    ]
    placed: set[str] = set()
    for number, rooms in enumerate(layers(), 1):
        parts.append(f"## Layer {number}: {', '.join(rooms)}")
        for room in rooms:
            placed.add(room)
            folder = package / room
            if not folder.is_dir():
                parts.append(f"- `summarise/{room}.py`: {job_of(folder.with_suffix('.py'))}")
                continue
            parts.append(f"### {room}\n\n{job_of(folder / '__init__.py')}")
            inside = [path for path in sorted(folder.rglob("*.py")) if path.name != "__init__.py"]
            parts.append("\n".join(f"- `{path.relative_to(ROOT).as_posix()}`: {job_of(path)}" for path in inside))
    others = sorted(path for path in package.glob("*.py") if path.stem not in placed)
    parts.append("## Above the layers")
    parts.append("\n".join(f"- `{path.relative_to(ROOT).as_posix()}`: {job_of(path)}" for path in others))
    return MADE + "\n\n".join(parts) + "\n"


def pages() -> dict[Path, str]:
    """Each page that is made, by its path in the checkout."""
    return {
        DOCS / "reference" / "commands.md": commands_page(),
        DOCS / "reference" / "settings.md": settings_page(),
        DOCS / "reference" / "tables.md": tables_page(),
        DOCS / "reference" / "public-api.txt": public_page(),
        DOCS / "project" / "code-map.md": code_map_page(),
    }


def main() -> None:
    """Writes the pages that are not as they should be, and names them."""
    for path, text in pages().items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
