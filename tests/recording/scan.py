"""What must never stand in a cassette: keys, cookies, the names of accounts and machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

REQUEST_HEADERS = frozenset({"content-type"})
RESPONSE_HEADERS = frozenset({"content-type", "date", "retry-after", "x-request-id"})
NEUTRAL_ORIGIN = "http://model-endpoint"

# Every repetition is over one class of characters and has a fixed beginning: linear on any text.
_SECRETS = {
    "an API key": re.compile(r"\b(?:sk|gsk|xai|hf|ghp)[-_][A-Za-z0-9_-]{16,}|\bAIza[A-Za-z0-9_-]{30}"),
    "a bearer token": re.compile(r"\bBearer\s[A-Za-z0-9._~+/-]{8,}", re.IGNORECASE),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    "an organisation or project id": re.compile(r"\b(?:org|proj)[-_][A-Za-z0-9]{16,}"),
    "an authorization header": re.compile(r"\b(?:authorization|x-api-key|api-key)\b['\"]?\s?:", re.IGNORECASE),
    "a cookie": re.compile(r"\b(?:set-cookie|cookie)\b['\"]?:", re.IGNORECASE),
    "an organisation header": re.compile(r"\bopenai-(?:organization|project)\b", re.IGNORECASE),
}


def secrets_in(text: str) -> list[str]:
    """What looks like a secret in `text`, each as `line 12: an API key`; the secret itself is not repeated."""
    return [
        f"line {number}: {kind}"
        for number, line in enumerate(text.splitlines(), 1)
        for kind, pattern in _SECRETS.items()
        if pattern.search(line)
    ]


def faults_of(document: Any) -> Iterator[str]:
    """What is wrong with the headers, the addresses and the `about` of a loaded cassette."""
    about = document.get("about") or {}
    for key in ("recorded_from", "prompt_id", "schema_id", "model"):
        if not about.get(key):
            yield f"about.{key} is missing"
    if "induced" not in about:
        yield "about.induced is missing"
    for number, interaction in enumerate(document["interactions"], 1):
        request, response = interaction["request"], interaction["response"]
        if not request["uri"].startswith(NEUTRAL_ORIGIN + "/"):
            yield f"request {number}: the address names a machine: {request['uri']}"
        yield from _extra_headers(f"request {number}", request["headers"], REQUEST_HEADERS)
        yield from _extra_headers(f"response {number}", response["headers"], RESPONSE_HEADERS)


def _extra_headers(where: str, headers: Any, allowed: frozenset[str]) -> Iterator[str]:
    for name in headers:
        if name not in allowed:
            yield f"{where}: the header {name} is not on the list"
