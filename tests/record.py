"""Record the cassettes again: `python -m tests.record [--base-url URL] [--model M] [NAME...]`.

The key is read from OPENAI_API_KEY; without `--base-url`, OPENAI_BASE_URL is used, else OpenAI's own address. Without
names, every scenario is recorded. Exit status: 0 all are recorded, 1 some are not, 2 it could not start.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from summarise.settings import DEFAULT_MODEL
from tests.recording.proxy import RealModel
from tests.recording.recorder import record
from tests.recording.scenario import Endpoint, Library, Scenario
from tests.recording.tape import RecordingError

CASSETTES = Path(__file__).parent.parent / "cassettes"


def main(arguments: Sequence[str], scenarios: Iterable[Scenario], library: Library, folder: Path) -> int:
    """The command. Returns the exit status."""
    known = {scenario.name: scenario for scenario in scenarios}
    options = _parser(known).parse_args(arguments)
    key, base_url = os.environ.get("OPENAI_API_KEY"), options.base_url or os.environ.get("OPENAI_BASE_URL")
    if not key and not base_url:
        _say("record: neither OPENAI_API_KEY nor a base URL is set, so there is no model to record")
        return 2
    unknown = [name for name in options.names if name not in known]
    if unknown:
        _say(f"record: no scenario is named {', '.join(unknown)}; there are: {', '.join(known) or 'none'}")
        return 2
    model = RealModel(Endpoint(base_url or "https://api.openai.com/v1", key or "none", options.model))
    done = [_recorded(known[name], library, model, folder) for name in options.names or known]
    return 0 if all(done) else 1


def _recorded(scenario: Scenario, library: Library, model: RealModel, folder: Path) -> bool:
    try:
        result = record(scenario, library, model, folder)
    except RecordingError as error:
        _say(f"FAILED  {error}")
        return False
    _say(
        f"ok      {scenario.name}: {result.exchanges} exchanges, {len(result.induced)} induced, "
        f"ended in {type(result.outcome).__name__}"
    )
    return True


def _parser(known: Iterable[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.record", description="Record the cassettes again.")
    parser.add_argument("--base-url", help="root of an OpenAI-compatible endpoint")
    parser.add_argument("--model", default=os.environ.get("SUMMARISE_MODEL") or DEFAULT_MODEL, help="model to ask")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"scenarios: {', '.join(known)}")
    return parser


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    from tests import scenarios

    sys.exit(main(sys.argv[1:], scenarios.SCENARIOS, scenarios, CASSETTES))
