"""README.md and docs/: their blocks are run, and what they name is there.

`tests.pages` says what becomes of a block, `tests.page_running` follows a page in a folder that has what it speaks of.
"""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarise import Settings
from summarise.cli import main
from tests.page_running import furnish, walk
from tests.pages import (
    DOCS,
    LEFT_OUT,
    PAGES,
    README,
    ROOT,
    blocks,
    commands,
    counted,
    is_as_shown,
    name_of,
    reason_left_out,
    without_blocks,
)
from tools.reference import command_paths
from tools.site import BROUGHT_IN

MOST_LINES = 220
"""Of the README, which is a front door: what is longer belongs on a page of docs/."""

_SPAN = re.compile(r"`([^`]+)`")
_OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)+")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

pages = pytest.mark.parametrize("page", PAGES, ids=name_of)
CHANGELOG = ROOT / "CHANGELOG.md"


def spans(page: Path) -> list[str]:
    """What stands in code marks within the text."""
    return [" ".join(found.split()) for found in _SPAN.findall(without_blocks(page.read_text(encoding="utf-8")))]


# ------------------------------------------------------------------------------------------------------- they are run


@pages
def test_the_blocks_of_a_page_run_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    furnish(tmp_path)
    with walk(tmp_path) as following:
        for block in blocks(page):
            following.take(block)


def test_nothing_is_left_out_without_a_reason_and_no_reason_is_without_use() -> None:
    said = [block.text for page in PAGES for block in blocks(page) if block.kind == "python"]
    said += [" ".join(words) for page in PAGES for block in blocks(page) for words in commands(block)]
    reasons = [reason_left_out(each) for each in said]
    assert {reason for reason in reasons if reason} == set(LEFT_OUT.values())
    assert reasons.count(None) > 2 * (len(reasons) - reasons.count(None))


def test_most_blocks_are_tried() -> None:
    counts = counted(PAGES)
    assert counts["output compared"] >= 10
    assert counts["left out"] * 3 < counts["python run"] + counts["output compared"] + counts["commands run"]


def test_output_is_as_shown_or_it_is_not() -> None:
    assert is_as_shown("a  \nb\n", "a\nb")
    assert is_as_shown("took 3 s\n1\n2\nend\n", "took … s\n…\nend")
    assert not is_as_shown("a\nb\n", "a")
    assert not is_as_shown("a\n", "a\nb")
    assert not is_as_shown("visits 3\n", "visits 4")
    assert not is_as_shown("a.c\n", "abc")


def test_no_block_hides_from_being_tried() -> None:
    for page in PAGES:
        text = without_blocks(page.read_text(encoding="utf-8"))
        assert "```" not in text, f"{name_of(page)}: a fence that is indented or open"


# --------------------------------------------------------------------------------------------- what they name is there


@cache
def help_of(*path: str) -> str:
    """The help of a command, empty if there is no such command."""
    result = CliRunner().invoke(main, [*path, "--help"])
    return result.output if result.exit_code == 0 else ""


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
        case ["python", "-m", "summarise", *_]:
            known = help_of()
        case ["python", "-m", module, *_]:
            path = ROOT / module.replace(".", "/")
            known = (path / "__main__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
        case ["python", script, *_] if "/" in script:
            known = (ROOT / script).read_text(encoding="utf-8")
        case ["python3" | "pip" | "pytest" | "." | "mkdocs", *_]:
            return []
        case _:
            known = "".join(help_of(*path) for path in command_paths())
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


@pytest.mark.parametrize("page", [*PAGES, CHANGELOG], ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in link:
            path, _, anchor = link.partition("#")
            target = target_of(page, path)
            assert target.is_file(), link
            if anchor:
                text = without_blocks(target.read_text(encoding="utf-8"))
                made = f"::: {anchor}\n" in text  # by mkdocstrings, from the code
                assert made or anchor in map(anchor_of, _HEADING.findall(text)), link


def target_of(page: Path, path: str) -> Path:
    """The file that a link leads to; some pages of the site stand elsewhere in the checkout."""
    target = (page.parent / path).resolve() if path else page
    inside = target.is_relative_to(DOCS) and BROUGHT_IN.get(target.relative_to(DOCS).as_posix())
    return ROOT / inside if inside else target


def anchor_of(heading: str) -> str:
    """What a heading is linked by."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pages
def test_every_file_of_the_checkout_is_there(page: Path) -> None:
    named = [said for said in spans(page) if re.fullmatch(r"[\w.-]+/[\w./-]*", said) and not said.startswith("ledger")]
    assert [said for said in named if not (ROOT / said).exists()] == []


def test_the_figures_in_short_are_among_the_figures() -> None:
    short = README.read_text(encoding="utf-8").partition("## Figures in short")[2].partition("\n## ")[0]
    figures = set(_FIGURE.findall((DOCS / "explanation" / "figures.md").read_text(encoding="utf-8")))
    assert len(_FIGURE.findall(short)) > 10
    assert set(_FIGURE.findall(short)) <= figures


def test_the_readme_is_a_front_door() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, open_pages = {README}, [README]
    while open_pages:
        page = open_pages.pop()
        links = (link.partition("#")[0] for link in _LINK.findall(page.read_text(encoding="utf-8")))
        targets = {target_of(page, link) for link in links if link.endswith((".md", ".ipynb")) and "://" not in link}
        open_pages += [target for target in targets - reached if target.suffix == ".md"]
        reached |= targets
    assert {name_of(page) for page in {*PAGES, *DOCS.rglob("*.ipynb")} - reached} == set()
