"""Ray itself: found or named as missing, started without its logs and bars over ours, and shut down again."""

from __future__ import annotations

import logging
import os
import secrets
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from summarise.corpus.cluster.coordinator import Coordinator
from summarise.corpus.cluster.ending import Ending
from summarise.errors import ConfigurationError

LOCAL = "local"
"""The address that stands for this machine alone."""

NAMESPACE = "summarise"
"""Where the coordinators of runs are, by name."""

LOCAL_STORE_BYTES = 256 * 1024 * 1024
"""Memory for what is on its way between processes of this machine; articles are small."""

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # it would tell its makers, over the network
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # else it warns of what will change
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # else its C++ part writes to the terminal
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_SCHEDULER_EVENTS": "0",  # else it says what it starts and restarts
}


def needed_ray(address: str = "") -> Any:
    """The module, ready for what is at that address. Raises `ConfigurationError` without it."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    if address == LOCAL and "ray" not in sys.modules:
        _keep_to_ourselves()
    try:
        import ray
        import ray.data
    except ImportError as problem:
        raise ConfigurationError(
            f"a cluster needs Ray, which is not installed whole ({problem})",
            hint="Install it, here and on every machine, with: pip install 'summarise[ray]'",
        ) from problem
    return ray


@contextmanager
def connected(address: str, workers: int | None, concurrency: int) -> Iterator[tuple[Any, int]]:
    """Ray, connected to the cluster at `address` or started on this machine, and the number of readers on it.

    That is `workers`, else one for every two CPUs, and no more than calls at once.

    Raises `ConfigurationError` without Ray or without a cluster at the address.
    """
    ray = needed_ray(address)
    where: dict[str, Any] = {"address": address}
    if address == LOCAL:
        # As many as it takes, whatever cores there are: what is waited for is the model.
        cpus = 2 * workers if workers is not None else max(os.cpu_count() or 1, 2)
        where |= {"num_cpus": cpus, "include_dashboard": False, "object_store_memory": LOCAL_STORE_BYTES}
    try:
        with _unheard():
            ray.init(**where, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError, OSError) as problem:
        raise ConfigurationError(
            f"no Ray cluster at {address}: {' '.join(str(problem).split())[:300]}",
            hint="Give the address of a running cluster, auto for the one of this machine, or local to start one here; "
            "a cluster may want a token, in RAY_AUTH_TOKEN with RAY_AUTH_MODE=token.",
        ) from problem
    try:
        _make_ours(ray)
        readers = workers if workers is not None else int(ray.cluster_resources().get("CPU", 2)) // 2
        yield ray, max(1, min(readers, concurrency))
    finally:
        ray.shutdown()


def _keep_to_ourselves() -> None:
    """A token for this run alone, where Ray would leave one in the user's home; it looks when it is imported."""
    if "RAY_AUTH_MODE" not in os.environ:
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}


@contextmanager
def _unheard() -> Iterator[None]:
    """Ray's C++ part says on standard error that it will be quiet."""
    sys.stderr.flush()
    try:
        before = os.dup(2)
    except OSError:  # it is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def _make_ours(ray: Any) -> None:
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.custom_execution_callback_classes = [*context.custom_execution_callback_classes, Ending]
    logging.getLogger("ray").setLevel(logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)


def shared_quota(concurrency: int) -> Any:
    """What readers share one quota by, for `ArticleReader(quota=…)`: the handle of a small Ray actor.

    `concurrency` is the number of calls at once of all of them together. Ray must be connected. The actor lives as long
    as the program that asked for it.
    """
    ray = needed_ray()
    actor = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)(Coordinator)
    return actor.options(name=f"summarise-{uuid.uuid4().hex[:12]}", namespace=NAMESPACE).remote(concurrency)
