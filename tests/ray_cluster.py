"""A small Ray cluster in a process of its own, until its standard input ends: it prints its address.

On `parts` it prints, as JSON, what part of the quota each reader of each run has.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

CPUS = 4
STORE_BYTES = 100 * 1024 * 1024


@dataclass
class Cluster:
    """The cluster, as seen from outside; `token` is the environment of those whom it lets in."""

    address: str
    token: dict[str, str]
    pid: int
    commands: IO[str]
    answers: IO[str]

    def parts(self) -> list[dict[str, float]]:
        """For each run what part of the quota each reader has."""
        self.commands.write("parts\n")
        self.commands.flush()
        found: list[dict[str, float]] = json.loads(self.answers.readline())
        return found

    def readers(self) -> list[int]:
        """The processes of readers, by the title that Ray gives them."""
        return [pid for pid in _below(self.pid) if _title(pid).startswith("ray::MapWorker(")]


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster with room for two readers, while the context lasts."""
    token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    quiet = {
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
        "RAY_BACKEND_LOG_LEVEL": "fatal",
    }
    here = str(Path(__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ray_cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=here,
        env={**os.environ, **quiet, **token, "PYTHONPATH": here},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Cluster(process.stdout.readline().strip(), token, process.pid, process.stdin, process.stdout)
    finally:
        process.communicate()


def _below(pid: int) -> Iterator[int]:
    """The processes that a process began, and those that they began."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield int(child)
            yield from _below(int(child))


def _title(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""  # it has ended meanwhile


def main() -> None:
    """Run the cluster."""
    import ray

    ray.init(
        num_cpus=CPUS,
        include_dashboard=False,
        object_store_memory=STORE_BYTES,
        log_to_driver=False,
        logging_level="ERROR",
    )
    say(ray.get_runtime_context().gcs_address)
    for _ in sys.stdin:
        say(json.dumps(list(_parts(ray))))
    ray.shutdown()


def _parts(ray: Any) -> Iterator[dict[str, float]]:
    for found in ray.util.list_named_actors(all_namespaces=True):
        if found["namespace"] == "summarise":
            yield ray.get(ray.get_actor(found["name"], namespace="summarise").parts.remote())


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
