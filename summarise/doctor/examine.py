"""All that is looked at, in the order in which one thing rests on the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from summarise.doctor import asking, machine
from summarise.doctor.findings import Finding, looked_at
from summarise.errors import ConfigurationError
from summarise.settings import load_settings


def examine(**given: Any) -> Iterator[Finding]:
    """The findings, each as soon as it is there. `given` are settings by name, None for those that were not given.

    Asks the model to read one short article, unless it is clear before that it cannot. Raises nothing.
    """
    yield from looked_at("version", machine.versions)
    yield from looked_at("token ranks", machine.ranks)
    yield from looked_at("folder", machine.folder)
    try:
        settings = load_settings(**given)
    except ConfigurationError as error:
        yield Finding("settings", "fail", error.message, error.hint)
        return
    if settings.offline:
        yield from looked_at("reading", lambda: asking.offline(settings))
        return
    checks = {"model": asking.local_file} if settings.local else {"key": asking.key, "address": asking.address}
    for name, check in {**checks, "round trip": asking.round_trip}.items():
        for finding in looked_at(name, partial(check, settings)):
            yield finding
            if finding.state == "fail":  # what follows rests on it
                return
