"""What is recorded: one call of the library, and which of the answers to it are induced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from summarise.records import ArticleSummary
from tests.recording.faults import Fault

Step = Literal["model"] | Fault


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the table in `tests/scenarios.py`, recorded to `cassettes/<name>.yaml`.

    `steps` says how the requests are answered, in order: by the `"model"` or by a fault. Every request after the last
    step goes to the model. A scenario with a fault is named `induced_…`, any other is not: the file name tells.
    Raises `ValueError` if the name does not fit.
    """

    name: str
    driver: Literal["sync", "async"]
    article: str | Path
    steps: tuple[Step, ...] = ()
    schema: type[ArticleSummary] | None = None
    settings: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"{self.name!r} is no name for a cassette: use letters, digits and underscores")
        faulty = any(step != "model" for step in self.steps)
        if faulty != self.name.startswith("induced_"):
            raise ValueError(f"{self.name!r}: the name begins with `induced_` exactly if a step is a fault")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the call goes. `timeout` is in seconds, long enough for a slow model while recording."""

    base_url: str
    api_key: str
    model: str
    timeout: float = 900.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What a recording depends on besides the article."""

    prompt_id: str
    schema_id: str


class Library(Protocol):
    """The functions of `tests/scenarios.py` (a module is enough)."""

    def read(self, scenario: Scenario, endpoint: Endpoint) -> object:
        """Make the scenario's call; an error that the scenario is about is returned, not raised."""

    def identity(self, scenario: Scenario) -> Identity:
        """The ids of the prompt and the schema as they are now; no request is made."""
