"""Requests as plain HTTP, and what an endpoint makes of them in the words of this library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from summarise.exchange import FormatRefused, Rung
from summarise.model import ladder
from summarise.model.retry import Failure, Refusal, classify
from tests.endpoint.plugin import Endpoint

TIME = 300.0
"""Seconds for one answer: a large model on a processor alone is slow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `body` is its JSON, None if it is none."""

    status: int
    headers: Mapping[str, str]
    body: Any
    text: str

    @property
    def content(self) -> str:
        """What the model said."""
        return str(self.body["choices"][0]["message"].get("content") or "")

    @property
    def finish(self) -> str:
        """Why it said no more."""
        return str(self.body["choices"][0].get("finish_reason"))

    def usage(self, name: str) -> int:
        """Tokens of this kind, 0 where the endpoint tells none."""
        return int((self.body.get("usage") or {}).get(name) or 0)

    @property
    def shown(self) -> str:
        """For a message: the status and the beginning of the body."""
        return f"{self.status} {self.text[:300]!r}"


def post(endpoint: Endpoint, body: object, *, key: str | None = None, path: str = "/chat/completions") -> Answer:
    """What the endpoint answers to this JSON."""
    address = ladder.endpoint(endpoint.base_url, endpoint.model).address
    bearer = endpoint.key if key is None else key
    headers = {"Authorization": address.authorization or f"Bearer {bearer or 'none'}"}
    url, query = address.url + path, dict(address.query)
    response = httpx2.post(url, json=body, params=query or None, headers=headers, timeout=TIME)
    try:
        parsed = response.json()
    except ValueError:
        parsed = None
    return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, parsed, response.text)


def chat(endpoint: Endpoint, question: str, limit: int, **more: object) -> Answer:
    """The answer to one question, with the limit under the name that the endpoint takes."""
    body = {"model": endpoint.model, "messages": [{"role": "user", "content": question}], **more}
    answer = post(endpoint, {**body, "max_completion_tokens": limit})
    if answer.status in (400, 422):
        meant = verdict(endpoint, answer)
        if isinstance(meant, Failure) and meant.next_try == "other_limit_name":
            return post(endpoint, {**body, "max_tokens": limit})
    return answer


def verdict(
    endpoint: Endpoint, answer: Answer, rung: Rung = "text", limit: str = "max_completion_tokens"
) -> Failure | FormatRefused:
    """How this library understands a refusal."""
    said = answer.text if answer.body is None else answer.body
    said = said.get("error", said) if isinstance(said, dict) else said
    return classify(
        Refusal(answer.status, answer.headers, said), ladder.endpoint(endpoint.base_url, endpoint.model), rung, limit
    )


def schema_format(schema: Mapping[str, Any], name: str = "reply") -> dict[str, Any]:
    """The response format that asks for this schema strictly."""
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}
