"""What goes to a model and what comes back: plain values that neither know a client nor a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from summarise.records import Window

Rung = Literal["json_schema", "json_object", "text"]
"""How the format of the reply is asked for, from the strictest to the plainest."""

LADDER: tuple[Rung, ...] = ("json_schema", "json_object", "text")


@dataclass(frozen=True, slots=True)
class Request:
    """One call to a model.

    `messages` are chat messages (`{"role": …, "content": …}`) whose beginning is the same bytes for every article.
    `schema` is the strict reply schema, to be sent when `rung` is `json_schema`. `window` is the part of the article
    that it is about, None for the whole.
    """

    messages: tuple[Mapping[str, str], ...]
    rung: Rung
    schema: Mapping[str, Any]
    schema_name: str
    max_output_tokens: int
    purpose: Literal["read", "complaint", "longer"] = "read"
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of a model, as far as it matters here. Token counts are 0 where the endpoint reports none.

    `batch` is the batch that it came in, None for a call of its own.
    """

    content: str | None
    finish_reason: str | None = None
    refusal: str | None = None
    model: str | None = None
    request_id: str | None = None
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class FormatRefused:
    """The endpoint does not take this way of asking for a format: the request should be made one rung lower."""

    rung: Rung
    message: str
    status_code: int | None = None
    request_id: str | None = None
    batch: str | None = None
