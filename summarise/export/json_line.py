"""A JSON value on one line of UTF-8, whatever text and numbers it holds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

_ENDS_OF_LINE = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}
"""Valid in JSON, but an end of line to some readers of lines."""


def json_line(value: Mapping[str, Any]) -> bytes:
    """The line, with its end. What UTF-8 or JSON cannot hold is replaced: half a surrogate pair by `?`, NaN by null."""
    text = json.dumps(_writable(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ENDS_OF_LINE).encode("utf-8", "replace") + b"\n"


def _writable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _writable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
