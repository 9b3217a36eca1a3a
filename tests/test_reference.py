"""The reference pages are those of the code, and what they call public is what the documentation uses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import summarise
from tests.pages import DOCS, PAGES, ROOT, blocks, name_of
from tools import reference

_SHOWN = re.compile(r"^::: ([\w.]+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def made() -> dict[Path, str]:
    return reference.pages()


@pytest.mark.parametrize("name", ["commands.md", "settings.md", "tables.md", "public-api.txt", "code-map.md"])
def test_a_page_from_the_code_is_as_the_code_is_now(made: dict[Path, str], name: str) -> None:
    (path,) = (path for path in made if path.name == name)
    assert path.read_text(encoding="utf-8") == made[path], "run `python tools/reference.py`, and look at the difference"


def test_every_module_is_on_the_map_once(made: dict[Path, str]) -> None:
    listed = re.findall(r"^- `([^`]+)`: (.+)$", made[DOCS / "project" / "code-map.md"], re.MULTILINE)
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "summarise").rglob("*.py")}
    rooms = {name for name in modules if name.count("/") == 2 and name.endswith("__init__.py")}
    nested = {name for name in modules if name.endswith("__init__.py") and name.count("/") > 2}
    assert sorted(name for name, _ in listed) == sorted(modules - rooms - nested)
    assert all(job.endswith(".") or len(job) > 20 for _, job in listed)


def test_every_module_says_what_it_is_for() -> None:
    modules = sorted((ROOT / "summarise").rglob("*.py"))
    assert [name_of(path) for path in modules if not reference.job_of(path)] == []


def test_every_public_name_is_in_the_reference() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (DOCS / "reference").glob("*.md"))
    shown = set(_SHOWN.findall(pages))
    whole = {name for name in shown if name in reference.PUBLIC_MODULES or name in reference.PUBLIC_NAMES}
    public = reference.public_objects()
    targets = shown | {public[name].path for name in shown & set(public)}
    lacking = [
        name
        for name, value in public.items()
        if not {name, value.path} & targets and not {_module(name), _module(value.path)} & whole
    ]
    assert set(lacking) <= {"summarise.__version__"}
    assert "`summarise.__version__`" in pages
    assert len(shown) > 50


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def test_the_public_names_are_listed() -> None:
    listed = (DOCS / "reference" / "public-api.txt").read_text(encoding="utf-8")
    for name in set(summarise.__all__) - {"__version__"}:
        assert re.search(rf"^(class )?summarise\.{name}\b", listed, re.MULTILINE), name


def test_a_changed_signature_is_a_changed_line() -> None:
    value = reference.public_objects()["summarise.summarise_article"]
    (line,) = reference.signature_lines("summarise.summarise_article", value)
    assert line.startswith("summarise.summarise_article(source: Source, *, published: str | date | None = None, ")
    assert line.endswith(") -> SummaryT")


def test_the_documentation_uses_public_names_alone() -> None:
    public = set(reference.public_objects()) | {f"summarise.{name}" for name in summarise.__all__}
    used = {
        f"{node.module}.{each.name}"
        for page in PAGES
        for block in blocks(page)
        if block.kind == "python"
        for node in ast.walk(ast.parse(block.text))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "summarise"
        for each in node.names
    }
    assert used - public == set()
    assert len(used) > 15
