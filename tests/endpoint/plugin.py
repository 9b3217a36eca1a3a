"""`pytest --endpoint URL --endpoint-model M`: the suite of this folder against any endpoint, and what it found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from summarise.local import LocalServer, Wanted, given_back, model_file, shared_server
from tests.tiny_model import CONTEXT, write_tiny_model

FOLDER = "tests/endpoint/"
ORDER = (
    "rung",
    "limit of a reply",
    "context",
    "tokens",
    "headers",
    "limits told",
    "errors",
    "key",
    "repeatable",
    "quality",
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom the suite asks. `context` is that of the model in tokens, None where it is not known; `served` is the
    server of the tiny model, None for any other endpoint."""

    base_url: str
    model: str
    key: str = field(repr=False)
    context: int | None
    served: LocalServer | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("endpoint", "conformance of an OpenAI-compatible endpoint; the key is OPENAI_API_KEY")
    group.addoption("--endpoint", metavar="URL", help="base URL to try; nothing else is tested then")
    group.addoption("--endpoint-model", metavar="M", help="the model to ask there")
    group.addoption("--endpoint-context", metavar="N", type=int, help="its context in tokens, to try what is too long")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--endpoint"):
        if not config.getoption("--endpoint-model"):
            raise pytest.UsageError("--endpoint needs --endpoint-model M: the model to ask there")
        config.option.block_network = False


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With an endpoint given, only its tests are run: the others are not even read."""
    elsewhere = collection_path.is_file() and collection_path.parent != Path(__file__).parent
    return True if config.getoption("--endpoint") and elsewhere else None


@pytest.fixture(scope="session")
def endpoint(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The endpoint that was given, else a llama.cpp server with a tiny model."""
    url = pytestconfig.getoption("--endpoint")
    if url:
        model, context = pytestconfig.getoption("--endpoint-model"), pytestconfig.getoption("--endpoint-context")
        yield Endpoint(url.rstrip("/"), model, os.environ.get("OPENAI_API_KEY", ""), context)
        return
    file = model_file(write_tiny_model(tmp_path_factory.mktemp("models") / "tiny.gguf"))
    server = shared_server(Wanted(file, CONTEXT, 1, 1, None))
    try:
        address = server.address(300)
        yield Endpoint(address.base_url, file.name, address.key.get_secret_value(), address.context, server)
    finally:
        given_back(server)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the tests found out, and the time that they took."""
    reporter = terminalreporter
    ran = [
        report
        for outcome in ("passed", "failed", "skipped")
        for report in reporter.getreports(outcome)
        if report.nodeid.startswith(f"{FOLDER}test_conformance")
    ]
    if not ran:
        return
    seconds = sum(
        report.duration
        for outcome in ("passed", "failed", "skipped", "")
        for report in reporter.getreports(outcome)
        if report.nodeid.startswith(f"{FOLDER}test_conformance")
    )
    whom = config.getoption("--endpoint") or "llama.cpp with a tiny model"
    failed = sum(report.failed for report in ran)
    reporter.section(f"endpoint: {whom}")
    found = [(name, str(value)) for report in ran for name, value in report.user_properties]
    for name in ORDER:
        for value in dict.fromkeys(value for each, value in found if each == name):
            reporter.write_line(f"{name:>16}: {value}")
    skipped = sum(report.skipped for report in ran)
    verdict = f"{len(ran)} checks, {failed} failed, {skipped} not applicable"
    reporter.write_line(f"{'in all':>16}: {verdict}, {seconds:.1f} s")
