"""The context of a model, in tokens, as an endpoint states it when it refuses a request that is too long."""

from __future__ import annotations

import re
from collections.abc import Mapping

LEAST = 512  # tokens; less is no context but some other number

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
_STATED = [
    re.compile(pattern)
    for pattern in (
        # OpenAI, vLLM, OpenRouter: "This model's maximum context length is 8192 tokens"; LM Studio: "context length of
        # only 4096 tokens"; llama.cpp: "exceeds the available context size (4096 tokens)"
        rf"context (?:length|size|window|limit)(?: is| of)?(?: only)? ?[(:]? ?{_NUMBER}",
        # Anthropic: "exceed context limit: 190000 + 20000 > 200000", "210000 tokens > 200000 maximum"
        rf"context limit: [\d,]+ \+ [\d,]+ > {_NUMBER}",
        rf"> ?{_NUMBER} maximum",
        rf"with {_NUMBER} maximum context",  # Mistral
        rf"maximum number of (?:input )?tokens allowed \(?{_NUMBER}",  # Gemini
        rf"context (?:length|size|window) \((?:n_ctx|max_model_len) ?[=:] ?{_NUMBER}",
    )
]


def stated_context(text: str, body: object) -> int | None:
    """The limit in a refusal, from its text in lower case or llama.cpp's `n_ctx`; None if it states none."""
    error = body.get("error", body) if isinstance(body, Mapping) else None
    size = error.get("n_ctx") if isinstance(error, Mapping) else None
    if isinstance(size, int) and not isinstance(size, bool) and size >= LEAST:
        return size
    # Of a sum ("190000 + 20000 > 200000") the first number is no limit: the patterns of sums come first.
    for pattern in (*_STATED[1:], _STATED[0]):
        for match in pattern.finditer(text):
            number = int(match[1].replace(",", ""))
            if number >= LEAST:
                return number
    return None
