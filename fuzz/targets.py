"""The targets by name."""

from __future__ import annotations

from importlib import import_module

from fuzz.target import Target

NAMES = ("articles", "judging", "ledgers", "schemas", "replies", "exports", "rules")
"""Each is a module of this package, imported when it is asked for, so that what it imports can be instrumented."""


def target(name: str) -> Target:
    """The target of this name, which is one of `NAMES`."""
    found = import_module(f"fuzz.{name}").TARGET
    assert isinstance(found, Target)
    return found
