"""Prints which cassettes the collected tests use, one line `cassette <name>` each.

python -m pytest --collect-only -p tests.recording.listing
"""

from __future__ import annotations

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    names = {mark.args[0] for item in session.items for mark in item.iter_markers("cassette") if mark.args}
    for name in sorted(names):
        print(f"\ncassette {name}")  # noqa: T201
