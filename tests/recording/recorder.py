"""One scenario's real call, written to a cassette."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from vcr.cassette import Cassette  # type: ignore[import-untyped]
from vcr.record_mode import RecordMode  # type: ignore[import-untyped]

from tests.recording.proxy import RealModel, Script, serving
from tests.recording.scenario import Endpoint, Library, Scenario
from tests.recording.tape import About, BlankTape, RecordingError, inserted


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it."""

    path: Path
    exchanges: int
    induced: list[str]
    outcome: object


def record(scenario: Scenario, library: Library, model: RealModel, folder: Path) -> Recorded:
    """Make the scenario's call through the proxy and write `folder/<name>.yaml`.

    Raises `RecordingError` if the model gave no answer, if a fault was never asked for, or if the file would hold a
    secret; an older file then stays as it was.
    """
    script = Script(scenario.steps, model)
    tape = BlankTape(folder / f"{scenario.name}.yaml")
    with serving(script) as base_url, inserted(Cassette, tape, RecordMode.ALL):
        outcome = library.read(scenario, Endpoint(base_url, "recording", model.endpoint.model))
    _check(scenario, script, outcome)
    identity = library.identity(scenario)
    tape.write(
        About(
            recorded_from=_source(script),
            prompt_id=identity.prompt_id,
            schema_id=identity.schema_id,
            model=model.endpoint.model,
            induced=script.induced,
        )
    )
    return Recorded(tape.path, script.requests, script.induced, outcome)


def _check(scenario: Scenario, script: Script, outcome: object) -> None:
    if script.trouble:
        raise RecordingError(f"{scenario.name}: {script.trouble}")
    ended = f"the call ended after {script.requests} requests in {type(outcome).__name__}: {str(outcome)[:300]}"
    if not script.requests:
        raise RecordingError(f"{scenario.name}: {ended}")
    if script.faults_left():
        raise RecordingError(f"{scenario.name}: never asked for: {', '.join(script.faults_left())}; {ended}")


def _source(script: Script) -> str:
    if not script.asked:
        return "induced answers alone; no language model was asked"
    if _is_loopback(urlsplit(script.model.endpoint.base_url).hostname or ""):
        return "a language model behind a local OpenAI-compatible relay"
    return "a language model behind an OpenAI-compatible endpoint"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
