"""How the patterns for orders and marks are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable


def spaced(pattern: str) -> str:
    """The pattern with every blank in it standing for white space of any kind: copy is wrapped anywhere."""
    return re.sub(r"(?<!\[) (?![?*+{_\]])", r"\\s+", pattern)


def any_of(patterns: Iterable[str]) -> str:
    """One pattern that matches where any of these does."""
    return "|".join(f"(?:{spaced(pattern)})" for pattern in patterns)
