"""README.md and docs/*.md: their blocks are run, and what they name is there.

A page is followed from top to bottom in one folder that has what it speaks of. A model is not at hand: rules read, or
a provider on loopback answers. What needs a cluster, a key or a fresh machine is not run; its options are looked up.
"""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import AliasChoices

import summarise
from summarise import Settings
from summarise.cli import main
from summarise.export.tables import TABLES
from tests.batch_server import BatchServer, serving_batches
from tests.corpus_server import article, reply_to
from tests.demo import recorded_endpoint

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
MOST_LINES = 220
"""Of the README, which is a front door: what is longer belongs on a page of docs/."""

OTHER_ENDS: dict[tuple[str, ...], set[int]] = {("batch", "status"): {0, 1}, ("schemas", "diff"): {1}}
"""Exit statuses: something is under way still; the record type of one's own is a field that older files lack."""

OWN_ENDPOINT = "http://localhost:11434/v1"
"""The address in the pages that stands for a reader's own endpoint."""

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`]+)`")
_OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)+")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, empty for a shell's lines or what a program printed, and where it begins."""

    language: str
    text: str
    place: str


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in _FENCED.finditer(text):
        yield Block(found[1], found[2], f"{page.name}, line {text.count(chr(10), 0, found.start()) + 1}")


def commands(block: Block) -> Iterator[list[str]]:
    """The commands in a shell's lines, word by word; none in a block that shows what was printed."""
    if block.language or block.text.startswith("$ "):
        return
    for line in block.text.splitlines():
        for part in line.split(" && "):
            if words := shlex.split(part, comments=True):
                yield words


def spans(page: Path) -> Iterator[str]:
    """What stands in code marks within the text."""
    prose = _FENCED.sub("", page.read_text(encoding="utf-8"))
    yield from (" ".join(found.split()) for found in _SPAN.findall(prose))


# ------------------------------------------------------------------------------------------------------- they are run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the articles, tables and schemas that the pages speak of."""
    for name in ("examples", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "articles").mkdir()
    for number in range(3):
        (tmp_path / "articles" / f"{number}.txt").write_text(article(number), encoding="utf-8")
    (tmp_path / "news" / "2023").mkdir(parents=True)
    row = {"key": "a", "body": article(7), "day": "2023-10-03"}
    (tmp_path / "news" / "2023" / "week.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "record.schema.json").symlink_to(ROOT / "schemas" / "record.schema.json")
    return tmp_path


def run(words: list[str], place: Path, **more: str) -> tuple[int, str]:
    """Exit status and standard error of a program of its own; what it prints is nobody's business."""
    own = ("OPENAI_", "SUMMARISE_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    environment |= {"PYTHONPATH": f"{ROOT}{os.pathsep}{place}", "NO_PROXY": "*", "no_proxy": "*", **more}
    done = subprocess.run(
        [sys.executable, *words], cwd=place, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stderr


def run_python(block: Block, place: Path) -> None:
    """As the module `mine`, which later commands of the page may name."""
    if "import ray" in block.text:
        for node in ast.walk(ast.parse(block.text)):
            if isinstance(node, ast.ImportFrom) and node.module == "summarise":
                assert {name.name for name in node.names} <= set(summarise.__all__), block.place
        return
    with ExitStack() as stack:
        code = block.text
        if OWN_ENDPOINT in code:
            code = code.replace(OWN_ENDPOINT, stack.enter_context(recorded_endpoint()))
        (place / "mine.py").write_text(code, encoding="utf-8")
        status, said = run(["mine.py"], place, SUMMARISE_MODEL="offline")
    assert status == 0, f"{block.place}: {said}"


def run_command(words: list[str], place: Path, provider: BatchServer) -> None:
    if words[0] != "summarise" or "--cluster" in words:
        return
    environment = {"SUMMARISE_MODEL": "offline"}
    if words[1] == "batch":
        environment = {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": provider.url, "SUMMARISE_MODEL": "gpt-4o-mini"}
    elif "--estimate" in words:
        environment = {}  # it needs neither a key nor an address
    status, said = run(["-m", *words], place, **environment)
    assert status in OTHER_ENDS.get(command_in(words), {0}), f"{shlex.join(words)}: {said}"


@pages
def test_the_blocks_of_a_page_run_from_top_to_bottom(page: Path, place: Path) -> None:
    provider = BatchServer(lambda question: json.dumps(reply_to(question)))
    with serving_batches(provider):
        for block in blocks(page):
            if block.language == "python":
                run_python(block, place)
            if "summarise batch submit" in block.text:  # of articles that no ledger has
                (place / "ledger.jsonl").unlink(missing_ok=True)
            for words in commands(block):
                run_command(words, place, provider)


# --------------------------------------------------------------------------------------------- what they name is there


@cache
def help_of(*path: str) -> str:
    """The help of a command, empty if there is no such command."""
    result = CliRunner().invoke(main, [*path, "--help"])
    return result.output if result.exit_code == 0 else ""


COMMANDS = [
    ("article",),
    ("corpus",),
    ("evaluate",),
    ("export",),
    ("report",),
    ("dossier",),
    *(("schemas", name) for name in ("write", "check", "diff")),
    *(("batch", name) for name in ("submit", "status", "collect")),
]


def command_in(words: list[str]) -> tuple[str, ...]:
    """The command that stands behind `summarise`, with the group's own name first."""
    path = [word for word in words[1:] if not word.startswith("-")]
    return tuple(path[: 2 if path and path[0] in ("schemas", "batch") else 1])


def unknown_options(said: str) -> list[str]:
    """The options in a command or a name that no help, and no program of ours, knows."""
    options = set(_OPTION.findall(said))
    words = said.split()
    match words:
        case ["summarise", *_]:
            known = help_of() + help_of(*command_in(words))
        case ["python", "-m", module, *_]:
            path = ROOT / module.replace(".", "/")
            known = (path / "__main__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
        case ["python", script, *_]:
            known = (ROOT / script).read_text(encoding="utf-8")
        case ["python3" | "pip" | "pytest" | ".", *_]:
            return []
        case _:
            known = "".join(help_of(*path) for path in COMMANDS)
    return sorted(options - set(_OPTION.findall(known)))


@pages
def test_every_option_is_one_of_its_command(page: Path) -> None:
    named = [*spans(page), *(shlex.join(words) for block in blocks(page) for words in commands(block))]
    assert [(said, unknown) for said in named if (unknown := unknown_options(said))] == []


def test_options_that_are_not_there_are_noticed() -> None:
    assert unknown_options("summarise corpus articles/ --out x --rpm 5 --verbose") == []
    assert unknown_options("summarise batch submit articles/ --rpm 5") == ["--rpm"]
    assert unknown_options("--limits N") == ["--limits"]
    assert unknown_options("python benchmarks/faults.py --same --sane") == ["--sane"]


@pages
def test_every_command_is_there(page: Path) -> None:
    named = [words for said in spans(page) if (words := said.split())[0] == "summarise" and len(words) > 1]
    named += [words for block in blocks(page) for words in commands(block) if words[0] == "summarise"]
    assert [words for words in named if not help_of(*command_in(words))] == []


@pages
def test_every_setting_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    given = [name for call in re.findall(r"Settings\(([^)]*)\)", text) for name in re.findall(r"(\w+)=", call)]
    given += [name.lower() for name in re.findall(r"\bSUMMARISE_([A-Z_]+)\b", text)]
    assert set(given) <= set(Settings.model_fields)


@pages
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in link:
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            assert target.is_file(), link
            if anchor:
                headings = _HEADING.findall(_FENCED.sub("", target.read_text(encoding="utf-8")))
                assert anchor in map(anchor_of, headings), link


def anchor_of(heading: str) -> str:
    """What a heading is linked by."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pages
def test_every_file_of_the_checkout_is_there(page: Path) -> None:
    named = [said for said in spans(page) if re.fullmatch(r"[\w.-]+/[\w./-]*", said) and not said.startswith("ledger")]
    assert [said for said in named if not (ROOT / said).exists()] == []


def settings_table() -> str:
    """What docs/python.md tells of the settings."""
    lines = ["| setting | environment | default | meaning |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        names = [str(each) for each in alias.choices[1:]] if isinstance(alias, AliasChoices) else []
        variables = ", ".join(f"`{each}`" for each in names or [f"SUMMARISE_{name.upper()}"])
        default = f"{field.default:,g}" if type(field.default) in (int, float) else str(field.default)
        lines.append(f"| `{name}` | {variables} | {default} | {field.description} |")
    return "\n".join(lines)


def test_the_table_of_the_settings_is_that_of_the_code() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert settings_table() in page, f"docs/python.md must have it as it is now:\n{settings_table()}"


def columns_of_tables() -> str:
    """What docs/export.md tells of the columns."""
    parts = []
    for table in TABLES.values():
        lines = [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in table.columns]
        parts.append("\n".join([f"### {table.name}\n", "| column | holds | meaning |", "|---|---|---|", *lines]))
    return "\n\n".join(parts)


def test_the_columns_of_the_tables_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    assert columns_of_tables() in page, f"docs/export.md must have them as they are now:\n{columns_of_tables()}"


def test_the_figures_in_short_are_among_the_figures() -> None:
    short = README.read_text(encoding="utf-8").partition("## Figures in short")[2].partition("\n## ")[0]
    figures = set(_FIGURE.findall((ROOT / "docs" / "figures.md").read_text(encoding="utf-8")))
    assert len(_FIGURE.findall(short)) > 10
    assert set(_FIGURE.findall(short)) <= figures


def test_the_readme_is_a_front_door() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert {f"docs/{page.name}" for page in PAGES[1:]} <= {link.partition("#")[0] for link in _LINK.findall(text)}
