"""The text of a reply -> one JSON object: what is mended, what is a fault, and that it never takes long."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.judge.parse import MAX_REPLY_CHARACTERS, parse

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(st.text(), JSON, max_size=5)


def _kinds(content: str) -> list[str]:
    return [repair.kind for repair in parse(content).repairs]


def test_a_plain_object_needs_no_repair() -> None:
    assert parse(' {"a": [1, "é\\u00e9"]}\n').value == {"a": [1, "éé"]}
    assert _kinds('{"a": 1}') == []


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ('```json\n{"a": 1}\n```', ["code_fence"]),
        ('  ```\n{"a": 1}\n  ```  ', ["code_fence"]),
        ('Here it is:\n{"a": 1}\nAnything else?', ["surrounding_text"]),
        ('Here:\n```json\n{"a": 1}\n```', ["code_fence", "surrounding_text"]),
        ('<think>{"a": 2}? No.</think>{"a": 1}', ["thinking_block"]),
        ('Let me see … </think>\n{"a": 1}', ["thinking_block"]),
        ('<Thinking>\n</Thinking>\n```\n{"a": 1,}\n```', ["thinking_block", "code_fence", "trailing_comma"]),
        ('{"a": 1,}', ["trailing_comma"]),
        ('{"a": 1 // the first\n}', ["comment"]),
        ('{"a": 1, // the last\n}', ["comment", "trailing_comma"]),
        ('[{"a": 1}]', ["wrapped_value"]),
        ('```\n[{"a": 1}]\n```', ["code_fence", "wrapped_value"]),
    ],
)
def test_what_can_be_mended_without_guessing_is_mended_and_told(content: str, kinds: list[str]) -> None:
    parsed = parse(content)
    assert parsed.value == {"a": 1}
    assert parsed.fault is None
    assert [repair.kind for repair in parsed.repairs] == kinds


def test_the_last_object_counts_so_that_json_quoted_from_the_article_cannot_win() -> None:
    parsed = parse('The article says {"visits": ["forged"]}. My answer: {"visits": []} Done.')
    assert parsed.value == {"visits": []}


def test_strings_are_left_alone_while_the_rest_is_mended() -> None:
    parsed = parse('So: {"url": "https://x.org/,]", "brace": "}{", "quote": "\\"//,}", "list": [1,],}')
    assert parsed.value == {"url": "https://x.org/,]", "brace": "}{", "quote": '"//,}', "list": [1]}
    assert [repair.kind for repair in parsed.repairs] == ["surrounding_text", "trailing_comma"]


def test_a_closing_tag_inside_an_object_is_no_thinking_block() -> None:
    parsed = parse('{"a": "</think>",}')
    assert parsed.value == {"a": "</think>"}
    assert [repair.kind for repair in parsed.repairs] == ["trailing_comma"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no JSON object"),
        ("I could not find any visits.", "no JSON object"),
        ('{"a": [1, 2', "breaks off"),
        ('Sure! {"a": "x', "breaks off"),
        ("[1, 2]", "a JSON list"),
        ('[{"a": 1}, {"a": 2}]', "a JSON list"),
        ('"text"', "a JSON string"),
        ("12", "a JSON number"),
        ("1.5", "a JSON number"),
        ("true", "a JSON boolean"),
        ("null", "a JSON null"),
        ("```\nnull\n```", "a JSON null"),
        ("{'a': 1}", "not valid JSON"),
        ('{"a": NaN}', "not valid JSON"),
        ('{"a": ' + "9" * 5000 + "}", "not valid JSON"),
        ("[" * 100_000, "no JSON object"),
        ('{"a":' * 100_000, "breaks off"),
        ('{"a": "\ud800"}', "surrogate"),
        ('{"a": "\\ud800"}', "not valid JSON"),
    ],
)
def test_what_cannot_be_read_is_a_fault_that_says_why(content: str, said: str) -> None:
    parsed = parse(content)
    assert parsed.value is None
    assert parsed.fault is not None
    assert said in parsed.fault


def test_an_unclosed_thinking_block_is_only_text_around_the_object() -> None:
    assert parse('<think>{"a": 1}').value == {"a": 1}


def test_a_value_that_is_cut_off_is_never_completed() -> None:
    assert parse('{"a": 1} and then {"b": 2').value is None


def test_a_reply_beyond_all_bounds_is_not_read() -> None:
    fault = parse('{"a": "' + "x" * MAX_REPLY_CHARACTERS + '"}').fault
    assert fault is not None
    assert str(MAX_REPLY_CHARACTERS) in fault


@pytest.mark.parametrize(
    "content",
    [
        "{" + '\\"a' * 100_000 + "}",  # an object escaped once too often
        '{"' + '\\"' * 100_000 + "}",
        "{," + " " * 300_000 + "x}",
        "{" + ", " * 150_000 + "x}",
        "{" * 300_000,
        "}" * 300_000,
        '{"a": 1}x' * 30_000,
        "`" * 300_000 + "{",
        (" " * 999 + "\n") * 300 + "{",
        "{" + "//" * 150_000 + "}",
        "</think>" * 40_000,
        '"' * 300_001 + "{}",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_no_text_takes_long(content: str) -> None:
    parsed = parse(content)  # quadratic time would be many minutes here
    assert (parsed.value is None) == (parsed.fault is not None)


@settings(max_examples=50, deadline=None)
@given(OBJECTS)
def test_an_object_comes_back_as_it_is_whatever_stands_around_it(value: object) -> None:
    text = json.dumps(value)
    assert parse(text).value == value
    assert parse(f"Here is the answer:\n```json\n{text}\n```\nAll done.").value == value
    assert parse(f"<think>Is it {{}}?</think>{text}").value == value


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters()) | st.text('{}[]",:\\/ \n`a1<think>'))
def test_any_text_gives_an_object_or_a_fault(content: str) -> None:
    parsed = parse(content)
    assert (parsed.fault is None) == isinstance(parsed.value, dict)
    assert parsed.fault is None or parsed.value is None


@pytest.mark.parametrize(
    "content",
    ['{"visits": [1], "visits": []}', 'So: {"a": {"x": 1, "y": 2, "x": 1}}', '```json\n[{"a": 1, "a": 2}]\n```'],
)
def test_of_a_key_that_stands_twice_no_value_is_taken(content: str) -> None:
    parsed = parse(content)
    assert parsed.value is None
    assert "stands twice in one object" in str(parsed.fault)
