"""Induced answers: what a model or its server does wrong now and then, said on purpose."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """Given in place of the model's answer; the model is not asked. `body` is sent as JSON, or as it is if text."""

    name: str
    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """The model's real answer, changed on the way. `change` gets a copy of the completion and returns the new one."""

    name: str
    change: Callable[[dict[str, Any]], dict[str, Any]]


Fault = Answer | Change


def http_error(
    status: int,
    message: str,
    *,
    kind: str = "invalid_request_error",
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """An error in the form of the OpenAI API: `{"error": {"message", "type", "param", "code"}}`."""
    error = {"message": message, "type": kind, "param": param, "code": code}
    return Answer(f"{status} {code or kind}", status, {"error": error}, dict(headers or {}))


def rate_limited(retry_after: str) -> Answer:
    """429 with a Retry-After header: seconds, or an HTTP date."""
    message = "Rate limit reached for requests. Please try again later."
    headers = {"Retry-After": retry_after}
    return http_error(429, message, kind="requests", code="rate_limit_exceeded", headers=headers)


def server_failed() -> Answer:
    """500."""
    return http_error(500, "The server had an error while processing your request.", kind="server_error")


def wrong_key() -> Answer:
    """401."""
    return http_error(401, "Incorrect API key provided.", code="invalid_api_key")


def quota_exhausted() -> Answer:
    """429 that no waiting mends."""
    message = "You exceeded your current quota, please check your plan and billing details."
    return http_error(429, message, kind="insufficient_quota", code="insufficient_quota")


def format_refused() -> Answer:
    """400 of a model that cannot be asked for a JSON schema."""
    message = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
    return http_error(400, message, param="response_format")


def completion(name: str, content: str, finish_reason: str = "stop") -> Answer:
    """A 200 whose reply is `content`: malformed JSON, a broken schema, a claim that the article does not make."""
    return Answer(name, 200, _completion({"role": "assistant", "content": content, "refusal": None}, finish_reason))


def refusal(text: str) -> Answer:
    """A 200 in which the model declines."""
    return Answer("refusal", 200, _completion({"role": "assistant", "content": None, "refusal": text}, "stop"))


def content_filtered() -> Answer:
    """A 200 stopped by the provider's content filter."""
    message = {"role": "assistant", "content": None, "refusal": None}
    return Answer("content_filter", 200, _completion(message, "content_filter"))


def _completion(message: dict[str, Any], finish_reason: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-induced",
        "object": "chat.completion",
        "created": 0,
        "model": "induced",
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason, "logprobs": None}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }


def cut_off(characters: int, tokens: int | None = None) -> Change:
    """The real reply, cut after so many characters, with `finish_reason: length`.

    `tokens` are told to have been used, such as the limit asked for; else as many as the whole reply has.
    """

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        choice = answer["choices"][0]
        choice["message"]["content"] = choice["message"]["content"][:characters]
        choice["finish_reason"] = "length"
        if tokens is not None:
            answer["usage"] |= {
                "completion_tokens": tokens,
                "total_tokens": answer["usage"]["prompt_tokens"] + tokens,
            }
        return answer

    return Change(f"cut off after {characters} characters", change)


def prefixed(text: str) -> Change:
    """The real reply, with `text` before it."""

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        message = answer["choices"][0]["message"]
        message["content"] = text + message["content"]
        return answer

    return Change("text before the reply", change)


def changed(fault: Change, answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with the fault in it; `answer` itself stays as it is."""
    return fault.change(copy.deepcopy(answer))
