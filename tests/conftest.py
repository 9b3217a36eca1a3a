"""What every test can use: cassettes in place of a model, and no network but loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.recording.scenario import Identity

# No test depends on the clock or on chance: the same examples every time, however slow the machine is.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None)
settings.load_profile("steady")

pytest_plugins = ["tests.recording.plugin", "tests.endpoint.plugin", "pytester"]


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, list[str]]:
    """The hosts that `--block-network` leaves open: loopback, where tests run servers of their own."""
    return {"allowed_hosts": [r"127\.0\.0\.1$", "::1$", "localhost$"]}


@pytest.fixture(scope="session")
def cassette_folder() -> Path:
    """Where the recordings are."""
    return Path(__file__).parent.parent / "cassettes"


@pytest.fixture(scope="session")
def current_identity() -> Callable[[str], Identity | None]:
    """The prompt and schema ids that a cassette must have been recorded for."""
    from tests import scenarios

    return lambda name: scenarios.identity(scenarios.scenario(name))
