"""What a command writes: to any encoding, to a pipe that closes, to a disk that is full."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self, TextIO

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class OutputFailed(click.ClickException):
    """Standard output takes no more, and for another reason than that nobody reads on; `hint` is the way on."""

    def __init__(self, message: str, hint: str = "Make room, or send the output elsewhere.") -> None:
        super().__init__(message)
        self.hint = hint

    @classmethod
    def of(cls, problem: OSError) -> Self:
        """What the system said."""
        return cls(f"cannot write to standard output: {problem.strerror}")


def prepare() -> None:
    """From here on a character that the encoding of the output lacks is written as `\\xe9`, `\\u2019`: no error.

    An output that was closed before the start (`>&-`) swallows what is written to it.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (open until the end)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """Write one line. Raises `OutputFailed`."""
    with _writing():
        click.echo(line, file=sys.stdout)  # without a file click would pick an encoding of its own


def say_folded(line: str) -> None:
    """Write a line; on a terminal that is too narrow for it, fold it between words. Raises `OutputFailed`."""
    say(_folded(line, sys.stdout))


def _folded(text: str, stream: TextIO) -> str:
    if not stream.isatty():
        return text
    width = shutil.get_terminal_size().columns
    return "\n".join(  # each of its lines by itself: a list stays a list
        textwrap.fill(
            line,
            width,
            subsequent_indent="    " if line.startswith("  ") else "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    )


def say_json(text: str) -> None:
    """Write JSON; if the encoding lacks a character of it, all of it in ASCII, escaped. Raises `OutputFailed`."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = _BEYOND_ASCII.sub(lambda found: _escaped(found[0]), text)
    say(text)


def show(view: RenderableType) -> None:
    """Write tables. Raises `OutputFailed`."""
    from rich.console import Console

    with _writing():
        Console().print(view)


def flush() -> None:
    """Write what is still held back. Raises `OutputFailed`."""
    with _writing():
        sys.stdout.flush()


def complain(message: str, hint: str = "") -> None:
    """Say on standard error what is wrong, and the way on."""
    with suppress(OSError):  # where could that be told?
        click.echo(_folded(f"summarise: {message}", sys.stderr), file=sys.stderr)
        if hint:
            click.echo(_folded(f"  hint: {hint}", sys.stderr), file=sys.stderr)


def complain_more(line: str) -> None:
    """One more line below a complaint."""
    with suppress(OSError):
        click.echo(_folded(f"  {line}", sys.stderr), file=sys.stderr)


def discard() -> None:
    """Nothing can be written any more: the interpreter must not complain about it again when it flushes at its end."""
    with suppress(io.UnsupportedOperation):  # an output within this process
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise OutputFailed.of(problem) from problem


def _escaped(character: str) -> str:
    """As JSON writes it: a character beyond U+FFFF is a pair of surrogates."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
