"""A cassette in place of the network, strictly."""

from __future__ import annotations

import difflib
import itertools
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import openai
import pytest
from vcr.cassette import Cassette  # type: ignore[import-untyped]
from vcr.record_mode import RecordMode  # type: ignore[import-untyped]

from tests.recording import readable
from tests.recording.scan import NEUTRAL_ORIGIN
from tests.recording.scenario import Endpoint, Identity
from tests.recording.tape import About, Tape, inserted, parsed

_SHOWN_LINES = 60
_ports = itertools.count(1)


def command(name: str) -> str:
    """How to record one cassette again."""
    return f"`python -m tests.record {name}`"


class _StrictCassette(Cassette):  # type: ignore[misc]
    """Fails the test at once for a request that was not recorded, past any `except Exception` on the way."""

    def __init__(self, **options: Any) -> None:
        self.mismatches: list[str] = []
        super().__init__(**options)

    def can_play_response_for(self, request: Any) -> bool:
        if super().can_play_response_for(request):
            return True
        self.mismatches.append(_mismatch(self, self.filter_request(request)))
        pytest.fail(self.mismatches[-1], pytrace=False)


class Replay(AbstractContextManager["Replay"]):
    """A cassette that answers every httpx2 client, sync and async, while the context is open.

    Entering fails the test if the file is missing, or was recorded for another prompt or schema than `current` (None:
    not checked). A request that was not recorded fails it with a diff. `finish()` fails it if an exchange was left
    unplayed, or if a request without a recording was hidden by the code under test.
    """

    def __init__(self, path: Path, current: Identity | None) -> None:
        self.path = path
        self._current = current
        self._tape = Tape(path)
        self._open = ExitStack()
        # What the library remembers of a server must not pass from one test to the next: each replay is a new server.
        self._base_url = f"{NEUTRAL_ORIGIN}:{next(_ports)}/v1"
        self._cassette: Any = None

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @property
    def about(self) -> About:
        """The head of the cassette."""
        assert self._tape.about is not None, "the cassette is read on entering the context"
        return self._tape.about

    @property
    def endpoint(self) -> Endpoint:
        """Where the recorded call has to go: the base URL, a placeholder for the key, and the recorded model."""
        return Endpoint(self._base_url, "replayed", self.about.model)

    def client(self) -> openai.OpenAI:
        """An openai client for this cassette that does not retry by itself."""
        return openai.OpenAI(base_url=self.endpoint.base_url, api_key=self.endpoint.api_key, max_retries=0)

    def async_client(self) -> openai.AsyncOpenAI:
        """The async twin of `client`."""
        return openai.AsyncOpenAI(base_url=self.endpoint.base_url, api_key=self.endpoint.api_key, max_retries=0)

    def __enter__(self) -> Replay:
        if not self.path.is_file():
            pytest.fail(f"there is no cassette {self.name}: record it with {command(self.name)}", pytrace=False)
        self._cassette = self._open.enter_context(inserted(_StrictCassette, self._tape, RecordMode.NONE))
        if self._current is not None:
            stale = staleness(self.name, self.about, self._current)
            if stale:
                self._open.close()
                pytest.fail(stale, pytrace=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def finish(self) -> None:
        """Fail unless every request was recorded and every recorded exchange was played."""
        if self._cassette.mismatches:
            pytest.fail("\n\n".join(self._cassette.mismatches), pytrace=False)
        unplayed = [n for n in range(len(self._cassette)) if self._cassette.play_counts[n] == 0]
        if unplayed:
            numbers = ", ".join(str(n + 1) for n in unplayed)
            pytest.fail(
                f"cassette {self.name}: {len(unplayed)} of {len(self._cassette)} recorded exchanges left unplayed "
                f"(number {numbers}); if fewer requests are right now, record it again with {command(self.name)}",
                pytrace=False,
            )


def staleness(name: str, about: About, current: Identity) -> str | None:
    """What to say of a cassette that was recorded for another prompt or schema; None if it is of today."""
    if (about.prompt_id, about.schema_id) == (current.prompt_id, current.schema_id):
        return None
    return (
        f"cassette {name} was recorded for prompt {about.prompt_id}, schema {about.schema_id}; "
        f"now {current.prompt_id}, {current.schema_id}: re-record with {command(name)}"
    )


def _mismatch(cassette: _StrictCassette, request: Any) -> str:
    name = Path(cassette.path).stem
    left = [n for n in range(len(cassette)) if cassette.play_counts[n] == 0]
    if not left:
        return (
            f"cassette {name}: all {len(cassette)} recorded exchanges are played, and one more request was made: "
            f"{request.method} {request.uri}; if it is right, record again with {command(name)}"
        )
    recorded = cassette.requests[left[0]]
    names = (f"recorded request {left[0] + 1}", "request made")
    lines = list(difflib.unified_diff(_lines(recorded), _lines(request), *names, n=2, lineterm=""))
    more = [f"… and {len(lines) - _SHOWN_LINES} more lines"] if len(lines) > _SHOWN_LINES else []
    head = f"cassette {name} has no answer to this request; if it is right, record again with {command(name)}"
    return "\n".join([head, *lines[:_SHOWN_LINES], *more])


def _lines(request: Any) -> list[str]:
    """A request as the lines in which it would stand in a cassette."""
    return [f"{request.method} {request.uri}", *readable.dump(parsed(request)).splitlines()]
