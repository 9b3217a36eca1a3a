"""What becomes of a stored value in a table: text that every tool can hold, numbers and days, and nothing made up.

A ledger may hold what other versions and records of one's own have stored, so nothing is taken for granted here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from summarise.export.tables import Value
from summarise.partial_dates import day_of

_UNHEARD = re.compile("[\x00\ud800-\udfff]")
_NO_KEY = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
_LARGEST = 2**63 - 1
_HASH_DIGITS = 8

Misfit = ValueError
"""Raised for a value that does not fit its column."""


def clean(text: str) -> str:
    """The text with U+FFFD for NUL, which ends a text in many tools, and for half of a surrogate pair."""
    return _UNHEARD.sub(_REPLACEMENT, text)


def key(text: str) -> str:
    """An id as it stands in every format. One with control characters gets a piece of its hash: two stay two."""
    if not _NO_KEY.search(text):
        return text
    digest = sha256(text.encode(errors="surrogatepass")).hexdigest()[:_HASH_DIGITS]
    return f"{_NO_KEY.sub(_REPLACEMENT, text)}~{digest}"


def as_json(value: object) -> str:
    """The value as JSON text."""
    return clean(json.dumps(value, ensure_ascii=False, default=str))


def text_of(value: object) -> str | None:
    """Text as it is, anything else as JSON; None stays None."""
    if value is None or isinstance(value, str):
        return value if value is None else clean(value)
    return as_json(value)


def texts_of(value: object) -> list[str]:
    """Each of several texts. Raises `Misfit` if it is no list."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Misfit
    return [text_of(item) or "" for item in value]


def whole_of(value: object) -> int | None:
    """A whole number that fits into 64 bits. Raises `Misfit`."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
        raise Misfit
    return value


def real_of(value: object) -> float | None:
    """A finite number. Raises `Misfit`."""
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise Misfit
    return float(value)


def day(value: object) -> str | None:
    """A day of the calendar, in its ISO form. Raises `Misfit`."""
    if value is None:
        return None
    found = day_of(value) if isinstance(value, str) else None
    if found is None:
        raise Misfit
    return found.isoformat()


Reading = Callable[[object], Value]


class Fields:
    """The fields of a stored record, taken one by one; what is left over in the end has no column."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self._left = dict(stored)

    def take(self, name: str, reading: Reading = text_of) -> Value:
        """The value of a field for its column. One that does not fit is None, and stays among the rest."""
        try:
            value = reading(self._left.get(name))
        except Misfit:
            return [] if reading is texts_of else None
        self._left.pop(name, None)
        return value

    def object(self, name: str) -> dict[str, Any]:
        """A nested object; empty if there is none."""
        value = self._left.get(name)
        if isinstance(value, dict):
            return dict(self._left.pop(name))
        if value is None:
            self._left.pop(name, None)
        return {}

    def objects(self, name: str) -> list[dict[str, Any]]:
        """A list of nested objects; empty if it is none."""
        value = self._left.get(name)
        if value is None or (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
            return self._left.pop(name, None) or []
        return []

    def drop(self, *names: str) -> None:
        """Leave out fields that are for the ledger alone."""
        for name in names:
            self._left.pop(name, None)

    @property
    def rest(self) -> dict[str, Any]:
        """What no column took."""
        return self._left

    def rest_as_json(self) -> str | None:
        """The same as JSON text; None if nothing is left."""
        return as_json(self._left) if self._left else None
