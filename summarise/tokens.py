"""Counting tokens and pricing them, with no network.

The ranks of `o200k_base` (MIT, from OpenAI's tiktoken) ship in the package; their sha256 is the one that tiktoken pins.
They are loaded when the first count is asked for. Prices come from genai-prices.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from summarise.errors import ConfigurationError
from summarise.resources import data_file

if TYPE_CHECKING:
    import tiktoken
    from genai_prices import Usage

ENCODING = "o200k_base"
_RANKS_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_SAME_RANKS = frozenset({"o200k_base", "o200k_harmony"})
# Copied from tiktoken_ext.openai_public, whose constructor would download the ranks; a test compares the two.
_PATTERN = "|".join(
    [
        r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
        r"""[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?""",
        r"""\p{N}{1,3}""",
        r""" ?[^\s\p{L}\p{N}]+[\r\n/]*""",
        r"""\s*[\r\n]+""",
        r"""\s+(?!\S)""",
        r"""\s+""",
    ]
)


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Which encoding counts for a model; `note` says so where it is only an approximation, else it is None."""

    encoding: str
    note: str | None


@cache
def tokenizer_for(model: str) -> Tokenizer:
    """The encoding used for `model`: always o200k_base, with a note unless tiktoken maps the model to these ranks."""
    from tiktoken.model import encoding_name_for_model

    try:
        name = encoding_name_for_model(model)
    except KeyError:
        return Tokenizer(ENCODING, f"tiktoken does not know {model}: tokens are counted with {ENCODING}")
    if name in _SAME_RANKS:
        return Tokenizer(ENCODING, None)
    return Tokenizer(ENCODING, f"{model} uses {name}, which is not shipped: tokens are counted with {ENCODING}")


@cache
def _encoding() -> tiktoken.Encoding:
    import tiktoken

    path = data_file("o200k_base.tiktoken")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != _RANKS_SHA256:
        raise ConfigurationError(f"{path} is damaged: its sha256 is not tiktoken's", hint="Install summarise again.")
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in data.splitlines())}
    return tiktoken.Encoding(ENCODING, pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens={})


def count_tokens(text: str) -> int:
    """Tokens of `text` in o200k_base; text that looks like a special token counts as ordinary text.

    Raises `ConfigurationError` if the shipped ranks are damaged.
    """
    return len(_encoding().encode_ordinary(text))


@cache
def context_window(model: str, base_url: str) -> int | None:
    """Tokens of the model's context at this endpoint by genai-prices; None if it is not known there."""
    from genai_prices.data_snapshot import get_snapshot

    try:
        _, found = get_snapshot().find_provider_model(model, None, None, base_url)
    except LookupError:
        return None
    return found.context_window


def cost(
    model: str,
    *,
    input_tokens: int,
    cached_tokens: int,
    output_tokens: int,
    base_url: str | None = None,
    batch: bool = False,
) -> float | None:
    """US dollars for these tokens at today's price; None if the price of the model at this endpoint is not known.

    `input_tokens` include the cached ones. Without a base URL the price is OpenAI's. In a `batch` it is what
    genai-prices lists for the provider's batch API, and where it lists nothing, half of the usual price.
    """
    from genai_prices import Usage

    # An endpoint may report more cached tokens than it counts as input; genai-prices raises for that.
    cached = min(cached_tokens, input_tokens)
    usage = Usage(input_tokens=input_tokens, cache_read_tokens=cached, output_tokens=output_tokens)
    usual = _price(usage, model, base_url)
    if usual is None or not batch:
        return usual
    return _price(usage, model, base_url, batch=True) if lists_batch_price(model, base_url) else usual / 2


@cache
def lists_batch_price(model: str, base_url: str | None) -> bool:
    """Whether genai-prices lists a lower price for the provider's batch API."""
    from genai_prices import Usage

    some = Usage(input_tokens=1000, output_tokens=1000)
    usual, listed = _price(some, model, base_url), _price(some, model, base_url, batch=True)
    return usual is not None and listed is not None and listed < usual


def _price(usage: Usage, model: str, base_url: str | None, batch: bool = False) -> float | None:
    from genai_prices import calc_price

    if not _has_price(model, base_url):
        return None
    context = {"processing": "batch"} if batch else None
    if base_url is None:
        return float(calc_price(usage, model, provider_id="openai", price_context=context).total_price)
    return float(calc_price(usage, model, provider_api_url=base_url, price_context=context).total_price)


@cache
def _has_price(model: str, base_url: str | None) -> bool:
    """Whether genai-prices knows the model at this endpoint; it looks through all providers to say that it does not."""
    from genai_prices.data_snapshot import get_snapshot

    try:
        get_snapshot().find_provider_model(model, None, "openai" if base_url is None else None, base_url)
    except LookupError:
        return False
    return True
