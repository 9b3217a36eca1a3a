"""The documentation as something that can be tried: its pages, their blocks, and what becomes of each.

A fenced block is one of these, by its language and how it begins; any other is a fault of the page:

- `python`: run as `mine.py`, or as the file that its first line names (`# look.py`).
- no language, `sh` or `bash`: commands, one a line. They must end well.
- `output`, right below such a block: what the commands above it print, together, on a terminal 110 columns wide. It is
  compared. `…` stands for anything within a line, a line of `…` alone for any lines.
- `console` or no language, and the first line begins with `$ `: a command and what it prints, compared in the same way.
- `toml`, `json` and `yaml`: must be read without a fault.
- `text`: a drawing, or the help of a command, which `tests/test_reference.py` compares.

`LEFT_OUT` names every command that is not run, with the reason. `python -m tests.pages` counts.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import yaml

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = [README, *sorted(set(ROOT.glob("*.md")) - {README, ROOT / "CHANGELOG.md"}), *sorted(DOCS.rglob("*.md"))]

LEFT_OUT = {
    r"import ray": "needs a Ray cluster; tests/test_cluster_driver.py runs one",
    r"summarise corpus .*--cluster": "needs a Ray cluster; tests/test_cluster.py runs one",
    r"(python -m )?pip install|python3 -m venv|\. \.venv": "installs; .ci/run has the wheel installed",
    r"apt-get install": "changes the reader's machine",
    r"pytest|\.ci/run|mkdocs|ruff|mypy|lint-imports": "the checks themselves, which are running",
    r"python -m fuzz\b": "takes as long as it is told to; tests/test_fuzz.py runs every target",
    r"python -m tests\.record": "asks a real model; tests/test_recording.py runs it against a server on loopback",
    r"python (-m )?(benchmarks|tools)\b": "takes minutes, or writes into the checkout; see tests/test_scripts.py",
}
"""Pattern of the beginning of a command, or of a Python block: why it is not run."""

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"export (\w+)=(\S*)$")

Kind = Literal["python", "shown", "shell", "data", "drawing"]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, empty for a shell's lines or what a program printed, and where it begins."""

    language: str
    text: str
    place: str
    printed: str | None = None
    """What the page shows below it as printed."""

    @property
    def kind(self) -> Kind:
        """What becomes of it. Raises `ValueError`, naming the place, for a language that nothing is done with."""
        match self.language:
            case "python":
                return "python"
            case "" | "sh" | "bash" | "console" if self.printed is not None or self.text.startswith("$ "):
                return "shown"
            case "" | "sh" | "bash":
                return "shell"
            case "toml" | "json" | "yaml":
                return "data"
            case "text":
                return "drawing"
        raise ValueError(f"{self.place}: nothing is done with a block of the language {self.language!r}")


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a block; `printed` is what the page shows below it, None where it shows nothing."""

    command: str
    printed: str | None
    place: str

    @property
    def exported(self) -> tuple[str, str] | None:
        """Name and value of a variable that it sets for what follows on the page."""
        found = _EXPORT.match(self.command)
        return (found[1], found[2]) if found else None


def without_blocks(text: str) -> str:
    """The text of a page without its fenced blocks."""
    return _FENCED.sub("", text)


def name_of(page: Path) -> str:
    """A page's path in the checkout."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, from top to bottom; printed output goes with the block above it.

    Raises `ValueError` for output below anything but commands.
    """
    text = page.read_text(encoding="utf-8")
    last, end = None, 0
    for found in _FENCED.finditer(text):
        block = Block(found[1], found[2], f"{name_of(page)}, line {text.count(chr(10), 0, found.start()) + 1}")
        if block.language == "output":
            if last is None or last.kind != "shell" or text[end : found.start()].strip():
                raise ValueError(f"{block.place}: output that is not right below commands")
            last = replace(last, printed=block.text)
            continue
        if last is not None:
            yield last
        last, end = block, found.end()
    if last is not None:
        yield last


def steps(block: Block) -> list[Step]:
    """The commands of a block in a shell's language, each with what is printed below it."""
    if block.printed is not None:
        return [Step(block.text.strip("\n"), block.printed.strip("\n"), block.place)]
    if block.kind == "shown":
        return _prompted(block)
    if block.kind != "shell":
        return []
    lines = (line for line in block.text.splitlines() if shlex.split(line, comments=True))
    return [Step(line.strip(), None, block.place) for line in lines]


def _prompted(block: Block) -> list[Step]:
    made: list[Step] = []
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        made.append(Step(command, printed.strip("\n"), block.place))
    return made


def commands(block: Block) -> Iterator[list[str]]:
    """The commands of a block word by word; of those joined by `&&`, each."""
    for step in steps(block):
        for line in step.command.partition("<<")[0].splitlines():
            for part in line.split(" && "):
                if words := shlex.split(part, comments=True):
                    yield words


def reason_left_out(said: str) -> str | None:
    """Why a command, or a Python block, is not run; None if it is. Variables set for it alone do not matter."""
    said = re.sub(r"^(\w+=\S* )+", "", said.strip())
    for pattern, reason in LEFT_OUT.items():
        if re.match(pattern, said) or (pattern == "import ray" and pattern in said):
            return reason
    return None


def read_data(block: Block) -> None:
    """Raises `ValueError` if a block of data is not what its language says."""
    match block.language:
        case "toml":
            tomllib.loads(block.text)
        case "json":
            json.loads(block.text)
        case _:
            yaml.safe_load(block.text)


def is_as_shown(printed: str, shown: str) -> bool:
    """Whether a program printed what the page shows, but for `…` and for white space at the ends of lines."""
    lines = [re.escape(line.rstrip()).replace("…", ".*") + r"\n" for line in shown.splitlines()]
    pattern = "".join(r"(?:.*\n)*" if line == r".*\n" else line for line in lines)
    have = "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, have) is not None


def counted(pages: list[Path]) -> Counter[str]:
    """Blocks by what becomes of them: run, compared, read as data, drawings, left out."""
    counts: Counter[str] = Counter()
    for page in pages:
        for block in blocks(page):
            said = [block.text] if block.kind == "python" else [step.command for step in steps(block)]
            out = [reason_left_out(each) is not None for each in said]
            counts["left out" if out and all(out) else _WORDS[block.kind]] += 1
            counts["commands"] += len(steps(block)) - sum(out) if block.kind in ("shell", "shown") else 0
    return counts


_WORDS: dict[Kind, str] = {
    "python": "python run", "shown": "output compared", "shell": "commands run", "data": "read as data",
    "drawing": "help of commands and drawings",
}  # fmt: skip


def main() -> None:
    """Prints how many blocks the pages have, and what becomes of them."""
    counts = counted(PAGES)
    single = counts.pop("commands")
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
    sys.stdout.write(f"{counts.total()} blocks on {len(PAGES)} pages: {kinds}; single commands run: {single}\n")


if __name__ == "__main__":
    main()
