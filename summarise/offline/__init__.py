"""The deterministic extractor: the same records as from a model, by rules alone. English; no weights, no network."""

from summarise.offline.extractor import extract
from summarise.offline.version import OFFLINE_VERSION

__all__ = ["OFFLINE_VERSION", "extract"]
