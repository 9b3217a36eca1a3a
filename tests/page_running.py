"""A page of the documentation, followed from top to bottom in one folder that has what it speaks of.

A model is not at hand: rules read, or recorded answers and a provider on loopback do, wherever a page names an address.
"""

from __future__ import annotations

import ast
import errno
import gzip
import json
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyte

import summarise
from tests.batch_server import BatchServer, serving_batches
from tests.corpus_server import article, reply_to
from tests.demo import recorded_endpoint
from tests.pages import ROOT, Block, Step, is_as_shown, read_data, reason_left_out, steps
from tests.tiny_model import write_tiny_model

ADDRESSES = (
    "http://localhost:11434/v1",
    "http://localhost:8000/v1",
    "http://localhost:1234/v1",
    "https://my-resource.openai.azure.com/openai/v1",
)
"""The addresses in the pages that stand for a reader's own endpoint."""

OWN_MODEL = "path/to/model.gguf"
"""The file in the pages that stands for a reader's own model: here a tiny one, which talks nonsense."""

LOCAL = {"SUMMARISE_THREADS": "1", "SUMMARISE_SEED": "1", "SUMMARISE_MAX_OUTPUT_TOKENS": "2048"}
"""Settings with which a local model says the same on every machine, and not too much of it."""

OTHER_ENDS = {
    "summarise batch status": {0, 1},
    "summarise schemas diff": {1},
    f"summarise corpus articles/ --out ledger.jsonl --model {OWN_MODEL}": {0, 1},
}
"""Exit statuses: something is under way still; the record type of one's own is a field that older files lack; what a
model says that talks nonsense need not pass."""

COLUMNS, LINES = 110, 400
"""Of the terminal on which printed output is looked at."""


@dataclass
class Walk:
    """One page on its way: where it is followed, whom it can ask, and the variables it has set so far."""

    place: Path
    endpoint: str
    provider: BatchServer
    programs: Path
    exported: dict[str, str] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        """Runs, compares or reads a block. Raises `AssertionError` that names its place."""
        if "summarise batch submit" in block.text:  # of articles that no ledger has
            (self.place / "ledger.jsonl").unlink(missing_ok=True)
        if OWN_MODEL in block.text and not (self.place / OWN_MODEL).exists():
            (self.place / OWN_MODEL).parent.mkdir(parents=True)
            write_tiny_model(self.place / OWN_MODEL)
        match block.kind:
            case "python":
                self._python(block)
            case "data":
                read_data(block)
        for step in steps(block):
            self._command(step)

    def _python(self, block: Block) -> None:
        """As `mine.py`, or as the file that its first line names: later commands of the page may use it."""
        named = re.match(r"# (\w+\.py)\n", block.text)
        name = named[1] if named else "mine.py"
        if reason_left_out(block.text):
            for node in ast.walk(ast.parse(block.text)):
                if isinstance(node, ast.ImportFrom) and node.module == "summarise":
                    assert {name.name for name in node.names} <= set(summarise.__all__), block.place
            return
        (self.place / name).write_text(self._at_hand(block.text), encoding="utf-8")
        done = subprocess.run(
            [self.programs / "python", name],
            cwd=self.place, env=self._environment(block.text), capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{block.place}: {done.stderr}"

    def _command(self, step: Step) -> None:
        if step.exported:
            name, value = step.exported
            self.exported[name] = self._at_hand(value).replace("…", "1")
            return
        line = " && ".join(part for part in step.command.split(" && ") if not reason_left_out(part))
        if not line:
            return
        script, environment = self._at_hand(line), self._environment(line)
        if step.printed is None:
            done = subprocess.run(
                ["bash", "-euc", script],
                cwd=self.place, env=environment, capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
            status, printed = done.returncode, done.stderr
        else:
            status, printed = on_a_terminal(["bash", "-euc", script], self.place, environment)
            assert is_as_shown(printed, step.printed), f"{step.place}: {line}\nprints now:\n{printed}"
        fine = next((ends for start, ends in OTHER_ENDS.items() if line.startswith(start)), {0})
        assert status in fine, f"{step.place}: {line}: {printed}"

    def _at_hand(self, said: str) -> str:
        for address in ADDRESSES:
            said = said.replace(address, self.endpoint)
        if "OPENAI_API_KEY" in self.exported and "OPENAI_BASE_URL" not in self.exported:
            said = re.sub(
                r"--max-cost \S+", "--max-tokens 1000000", said
            )  # the price of an endpoint on loopback is not known
        return said

    def _environment(self, line: str) -> dict[str, str]:
        own = ("OPENAI_", "SUMMARISE_", "COLUMNS")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        path = f"{self.programs}{os.pathsep}{inherited['PATH']}"
        given = inherited | {"PATH": path, "NO_PROXY": "*", "no_proxy": "*", "TERM": "xterm"}
        if self.programs == shims(self.place):
            given["PYTHONPATH"] = f"{ROOT}{os.pathsep}{self.place}"
        if OWN_MODEL in line:
            return given | LOCAL | {"SUMMARISE_MODEL": "offline"}
        if line.startswith("summarise batch"):
            return given | {
                "OPENAI_API_KEY": "sk-1",
                "OPENAI_BASE_URL": self.provider.url,
                "SUMMARISE_MODEL": "gpt-4o-mini",
            }
        if "--estimate" in line:
            return given  # it needs neither a key nor an address
        if "OPENAI_API_KEY" in self.exported or "OPENAI_BASE_URL" in self.exported:
            return given | {"OPENAI_BASE_URL": self.endpoint} | self.exported
        return given | {"SUMMARISE_MODEL": "offline"} | self.exported


def on_a_terminal(words: list[str], place: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Exit status, and what a reader sees on the screen in the end."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (LINES, COLUMNS))
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    try:
        with subprocess.Popen(
            words, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
        ) as running:
            os.close(theirs)
            for part in _until_closed(ours):
                stream.feed(part)
            status = running.wait(timeout=120)
    finally:
        os.close(ours)
    return status, "\n".join(line.rstrip() for line in screen.display).strip("\n")


def _until_closed(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError as problem:
            if problem.errno == errno.EIO:  # the other side has closed it
                return
            raise
        if not part:
            return
        yield part


def shims(place: Path) -> Path:
    """A folder of programs: `summarise` of this checkout and the Python that is running."""
    folder = place / ".programs"
    folder.mkdir(exist_ok=True)
    for name, call in (("python", ""), ("python3", ""), ("summarise", " -m summarise")):
        if not (folder / name).exists():
            (folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{call} "$@"\n', encoding="utf-8")
            (folder / name).chmod(0o755)
    return folder


def furnish(place: Path) -> None:
    """Puts there the articles, tables and schemas that the pages speak of."""
    for name in ("examples", "tests", "prompts"):
        (place / name).symlink_to(ROOT / name)
    (place / "articles").mkdir()
    for number in range(3):
        (place / "articles" / f"{number}.txt").write_text(article(number), encoding="utf-8")
    (place / "news" / "2023").mkdir(parents=True)
    row = {"key": "a", "body": article(7), "day": "2023-10-03"}
    (place / "news" / "2023" / "week.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    (place / "old").mkdir()
    (place / "old" / "record.schema.json").symlink_to(ROOT / "schemas" / "record.schema.json")


@contextmanager
def walk(place: Path, programs: Path | None = None) -> Iterator[Walk]:
    """What follows a page in `place`, which is furnished; with this checkout's programs unless others are given."""
    provider = BatchServer(lambda question: json.dumps(reply_to(question)))
    with serving_batches(provider), recorded_endpoint("[!i]*.yaml") as endpoint:
        yield Walk(place, endpoint, provider, programs or shims(place))
