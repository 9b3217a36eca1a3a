"""Any value is one line of JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from summarise.export.json_line import json_line


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_value_is_one_line_of_json(value: object) -> None:
    line = json_line({"value": value})
    assert line.decode().splitlines(keepends=True) == [line.decode()]
    told = json.loads(line)["value"]
    if isinstance(value, str) and not any(0xD800 <= ord(character) < 0xE000 for character in value):
        assert told == value


def test_what_json_cannot_hold_is_replaced() -> None:
    assert json_line({"a": float("nan"), "b": "\ud800", "c": "\u2028"}) == b'{"a":null,"b":"?","c":"\\u2028"}\n'
