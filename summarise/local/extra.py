"""Whether what serves a local model is installed."""

from __future__ import annotations

from importlib.util import find_spec

from summarise.errors import ConfigurationError


def check_extra() -> None:
    """Raises `ConfigurationError` without what serves a local model."""
    if find_spec("xllamacpp") is None:
        raise ConfigurationError(
            "a local model needs llama.cpp, which is not installed",
            hint="pip install 'summarise[local]', or give a base URL of a server that has the model.",
        )
