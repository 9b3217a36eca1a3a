"""The `cassette` mark and fixture.

    @pytest.mark.cassette("two_legs")
    def test_two_legs_of_one_trip(cassette: Replay) -> None: ...

The conftest says where the cassettes are (`cassette_folder`) and what they must be recorded for (`current_identity`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.recording.replay import Replay
    from tests.recording.scenario import Identity

_REPLAY = pytest.StashKey["Replay"]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cassette(name): replay cassettes/<name>.yaml in place of the network")


@pytest.fixture
def cassette(
    request: pytest.FixtureRequest,
    cassette_folder: Path,
    current_identity: Callable[[str], Identity | None],
) -> Iterator[Replay]:
    """The cassette that the test's mark names, answering every httpx2 client."""
    mark = request.node.get_closest_marker("cassette")
    if mark is None or len(mark.args) != 1:
        pytest.fail('say which cassette: @pytest.mark.cassette("name")', pytrace=False)
    from tests.recording.replay import Replay  # brings vcrpy and openai: only for the tests that need them

    name = mark.args[0]
    with Replay(cassette_folder / f"{name}.yaml", current_identity(name)) as replay:
        request.node.stash[_REPLAY] = replay
        yield replay


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test that passed fails after all if its cassette was not played to the end."""
    result = yield
    replay = item.stash.get(_REPLAY, None)
    if replay is not None:
        replay.finish()
    return result
