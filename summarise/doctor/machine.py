"""This machine and what is installed on it: versions, extras, the ranks for counting tokens, a folder to write in."""

from __future__ import annotations

import platform
import re
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from summarise.doctor.findings import Finding
from summarise.tokens import ENCODING, count_tokens
from summarise.version import VERSION

_NAME = re.compile(r"[\w.-]+")
_BOUND = re.compile(r"(>=|<)\s*([\d.]+)")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")
_UNKNOWN = "Install it (pip install summarise), rather than running it from a folder."


def versions() -> Iterator[Finding]:
    """The versions of the package and of what it depends on, and which extras are there."""
    yield Finding("version", "ok", f"summarise {VERSION}, Python {platform.python_version()}, {platform.platform()}")
    try:
        needed = requires("summarise") or []
        extras: dict[str, list[str]] = {name: [] for name in metadata("summarise").get_all("Provides-Extra") or []}
    except PackageNotFoundError:
        yield Finding("dependencies", "warn", "summarise is not installed, so what it needs is not known", _UNKNOWN)
        return
    own: list[str] = []
    for line in needed:
        of = _EXTRA.search(line)
        (own if of is None else extras.setdefault(of[1], [])).append(line.partition(";")[0])
    if wrong := [problem for line in own if (problem := _problem(line))]:
        yield Finding("dependencies", "fail", "; ".join(wrong), "pip install --upgrade summarise")
    else:
        yield Finding("dependencies", "ok", ", ".join(f"{name} {version(name)}" for name in map(_name, own)))
    if not extras:
        return
    there = [name for name, lines in extras.items() if not any(map(_problem, lines))]
    missing = sorted(extras.keys() - there)
    found = f"{', '.join(sorted(there)) or 'none'}; not there: {', '.join(missing) or 'none'}"
    way_on = f"Where one is wanted: pip install 'summarise[{missing[0]}]'" if missing else ""
    yield Finding("extras", "ok", found, way_on)


def ranks() -> Iterator[Finding]:
    """Whether tokens can be counted. Raises `ConfigurationError` if the ranks are damaged."""
    counted = count_tokens("The minister will visit Japan.")
    yield Finding("token ranks", "ok", f"{ENCODING} is whole (a sentence of six words has {counted} tokens)")


def folder() -> Iterator[Finding]:
    """Whether a ledger could be written here."""
    here = Path.cwd()
    try:
        with tempfile.TemporaryFile(dir=here) as file:
            file.write(b"\n")
    except OSError as problem:
        way_on = "Go to another folder, or give --out a path where you may write."
        yield Finding("folder", "fail", f"nothing can be written in {here}: {problem.strerror}", way_on)
        return
    yield Finding("folder", "ok", f"{here} can be written in")


def _name(requirement: str) -> str:
    found = _NAME.match(requirement)
    return found[0] if found else requirement


def _problem(requirement: str) -> str:
    """What is wrong with an installed package; empty if it is there in a version that will do."""
    name = _name(requirement)
    try:
        there = version(name)
    except PackageNotFoundError:
        return f"{name} is missing"
    for bound, wanted in _BOUND.findall(requirement):
        if (_numbers(there) >= _numbers(wanted)) != (bound == ">="):
            return f"{name} is {there}, and should be {bound}{wanted}"
    return ""


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else ()
