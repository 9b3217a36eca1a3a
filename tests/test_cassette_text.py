"""The text of a cassette: YAML that reads as a diff and comes back the same, and no secrets in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recorded_model import KEY
from tests.recording import readable
from tests.recording.scan import faults_of, secrets_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"content: the key {KEY} ends", "an API key"),
        ("authorization: [Bearer abcdefghij]", "a bearer token"),
        ("token: eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2ln", "a signed token"),
        ("in organization org-" + "aB3" * 8, "an organisation or project id"),
        ('"Authorization": ["x"]', "an authorization header"),
        ("Set-Cookie: a=b", "a cookie"),
        ("openai-organization: [the-ministry]", "an organisation header"),
    ],
)
def test_secrets_are_seen(text: str, kind: str) -> None:
    assert f"line 2: {kind}" in secrets_in("first line\n" + text)


def test_news_is_no_secret() -> None:
    assert (
        secrets_in("The bearer of the letter asked for authorization; sk-learn; a risk-averse, cookie-eating envoy.")
        == []
    )


def test_a_cassette_with_foreign_headers_or_addresses_is_seen() -> None:
    document = {
        "about": {"prompt_id": "p"},
        "interactions": [
            {
                "request": {"uri": "https://api.ministry.example/v1", "headers": {"user-agent": ["x"]}},
                "response": {"headers": {"server": ["x"], "retry-after": ["1"]}},
            }
        ],
    }
    assert list(faults_of(document)) == [
        "about.recorded_from is missing",
        "about.schema_id is missing",
        "about.model is missing",
        "about.induced is missing",
        "request 1: the address names a machine: https://api.ministry.example/v1",
        "request 1: the header user-agent is not on the list",
        "response 1: the header server is not on the list",
    ]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=12
)
PROSE = st.text(st.sampled_from(" \n\t\r\x85\xa0\u2028\ufeff-:#|>'\"{é語"), max_size=60)


@given(st.dictionaries(st.sampled_from("abc"), VALUES | PROSE | PROSE.map(lambda text: text + "x" * 100)))
def test_readable_yaml_comes_back_the_same(value: dict[str, Any]) -> None:
    assert readable.load(readable.dump(value)) == value


def test_prose_is_never_refused() -> None:
    prose = "  Indented start. \n\n\tTabbed,\u00a0spaced — “quoted”: #1 - 語 \n trailing  \n\n"
    assert readable.load(readable.dump({"text": prose})) == {"text": prose}
    assert '"' not in readable.dump({"text": "One line with a space at its end. \nAnother: 'quoted'.\n"})
    with pytest.raises(ValueError, match="cannot be stored as YAML"):
        readable.dump({"text": "\ud800"})
    with pytest.raises(ValueError, match="come back changed"):
        readable.dump({"number": float("nan")})
