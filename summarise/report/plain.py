"""Values out of a stored summary, of whatever shape it has: what is not of the type that is wanted counts as absent.

A ledger may come from another version, another schema, or another hand. None of that may break the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

Raw = Mapping[str, Any]

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_EXACT_IN_JAVASCRIPT = 2**53


def text(value: object) -> str | None:
    """The text, None if it is none or empty."""
    return value if isinstance(value, str) and value else None


def texts(value: object) -> list[str]:
    """The texts in a list."""
    return [each for each in value if isinstance(each, str) and each] if isinstance(value, list) else []


def mapping(value: object) -> Raw:
    """The object, an empty one if it is none."""
    return value if isinstance(value, Mapping) else {}


def numbered(value: object) -> Iterator[tuple[int, Raw]]:
    """The objects in a list, with the numbers by which paths such as `visits[0]` name them."""
    if isinstance(value, list):
        yield from ((number, each) for number, each in enumerate(value) if isinstance(each, Mapping))


def whole(value: object) -> int | None:
    """The whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def partial_date(value: object) -> str | None:
    """A date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD` that the calendar has."""
    found = _PARTIAL_DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return found[0]


def full(value: Any) -> Any:
    """The value without what is empty in it, as JSON that JavaScript reads exactly: empty members are left out."""
    match value:
        case Mapping():
            members = {str(name): full(each) for name, each in value.items()}
            return {name: each for name, each in members.items() if not is_empty(each)}
        case list() | tuple():
            return [full(each) for each in value]
        case float() if not math.isfinite(value):
            return str(value)
        case int() if not isinstance(value, bool) and abs(value) > _EXACT_IN_JAVASCRIPT:
            return str(value)
    return value


def is_empty(value: object) -> bool:
    """Whether there is nothing to show."""
    return value is None or value in ("", [], {})
