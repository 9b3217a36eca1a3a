"""Counting and pricing: exact against tiktoken's own definition, with no network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import genai_prices
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiktoken_ext import openai_public  # type: ignore[import-untyped]

from summarise import tokens
from summarise.errors import ConfigurationError
from summarise.tokens import cost, count_tokens, lists_batch_price, tokenizer_for


def _constants(value: object) -> Iterator[object]:
    for item in value if isinstance(value, tuple) else ():
        yield item
        yield from _constants(item)


def test_the_pattern_is_the_one_that_tiktoken_compiles() -> None:
    # Read off the code object: to call the constructor would download the ranks.
    pieces = [item for item in _constants(openai_public.o200k_base.__code__.co_consts) if isinstance(item, tuple)]
    assert [piece for piece in pieces if "|".join(map(str, piece)) == tokens._PATTERN]


def test_the_ranks_are_the_ones_that_tiktoken_pins() -> None:
    assert tokens._RANKS_SHA256 in openai_public.o200k_base.__code__.co_consts


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("hello world", 2), ("12345", 2), ("tiktoken is great!", 6), ("a" * 8, 1), ("  \n", 1), ("Привет", 2)],
)
def test_known_counts(text: str, count: int) -> None:
    assert count_tokens(text) == count


@pytest.mark.parametrize("special", ["<|endoftext|>", "<|endofprompt|>", "<|im_start|>"])
def test_what_looks_like_a_special_token_is_ordinary_text(special: str) -> None:
    assert count_tokens(special) > 1


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_can_be_counted_and_no_token_is_shorter_than_a_byte(text: str) -> None:
    assert (text != "") <= count_tokens(text) <= len(text.encode(errors="replace"))


def test_damaged_ranks_are_an_error_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "o200k_base.tiktoken"
    damaged.write_bytes(b"IQ== 0\n")
    monkeypatch.setattr(tokens, "data_file", lambda name: tmp_path / name)
    tokens._encoding.cache_clear()
    try:
        with pytest.raises(ConfigurationError, match="damaged") as caught:
            count_tokens("hello")
    finally:
        monkeypatch.undo()
        tokens._encoding.cache_clear()
    assert str(damaged) in str(caught.value)
    assert "Install" in caught.value.hint
    assert count_tokens("hello") == 1


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4o-mini-2024-07-18", "gpt-5"])
def test_a_model_with_these_ranks_is_counted_exactly(model: str) -> None:
    assert tokenizer_for(model).note is None


def test_a_model_with_other_ranks_gets_a_note() -> None:
    tokenizer = tokenizer_for("gpt-4")
    assert tokenizer.encoding == "o200k_base"
    assert "cl100k_base" in str(tokenizer.note)


def test_an_unknown_model_gets_a_note_that_names_it() -> None:
    assert "granite-of-my-own" in str(tokenizer_for("granite-of-my-own").note)


def test_a_known_price() -> None:
    price = cost("gpt-4o", input_tokens=1_000_000, cached_tokens=0, output_tokens=100_000)
    assert price == pytest.approx(2.5 + 1.0)


def test_cached_tokens_are_cheaper() -> None:
    full = cost("gpt-4o", input_tokens=1_000_000, cached_tokens=0, output_tokens=0)
    half = cost("gpt-4o", input_tokens=1_000_000, cached_tokens=500_000, output_tokens=0)
    assert full is not None
    assert half is not None
    assert half < full


def test_nothing_used_costs_nothing() -> None:
    assert cost("gpt-4o", input_tokens=0, cached_tokens=0, output_tokens=0) == 0


def test_an_endpoint_that_reports_more_cached_than_input_tokens_is_still_priced() -> None:
    all_cached = cost("gpt-4o", input_tokens=1000, cached_tokens=1000, output_tokens=10)
    assert cost("gpt-4o", input_tokens=1000, cached_tokens=4000, output_tokens=10) == all_cached


def test_the_price_of_an_unknown_model_is_not_guessed() -> None:
    assert cost("granite-of-my-own", input_tokens=10, cached_tokens=0, output_tokens=10) is None


def test_the_base_url_decides_whose_price_it_is() -> None:
    at_openai = cost(
        "gpt-4o", input_tokens=1000, cached_tokens=0, output_tokens=10, base_url="https://api.openai.com/v1"
    )
    at_home = cost("gpt-4o", input_tokens=1000, cached_tokens=0, output_tokens=10, base_url="http://localhost:11434/v1")
    assert at_openai == cost("gpt-4o", input_tokens=1000, cached_tokens=0, output_tokens=10)
    assert at_home is None


def test_importing_the_module_loads_neither_ranks_nor_prices() -> None:
    code = "import sys, summarise.tokens; print({'tiktoken', 'genai_prices'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize("tokens", [(1000, 0, 10), (1000, 1000, 10), (1000, 1000, 0), (0, 0, 0)])
def test_a_batch_costs_what_is_listed_or_half(tokens: tuple[int, int, int]) -> None:
    asked = dict(zip(("input_tokens", "cached_tokens", "output_tokens"), tokens, strict=True))

    def price(model: str, base_url: str | None, batch: bool) -> float | None:
        return cost(model, **asked, base_url=base_url, batch=batch)

    assert lists_batch_price("gpt-4o-mini", None)
    usage = genai_prices.Usage(input_tokens=tokens[0], cache_read_tokens=tokens[1], output_tokens=tokens[2])
    context = {"processing": "batch"}
    listed = genai_prices.calc_price(usage, "gpt-4o-mini", provider_id="openai", price_context=context)
    assert price("gpt-4o-mini", None, True) == pytest.approx(float(listed.total_price))
    azure = "http://desk.openai.azure.com/v1"
    assert not lists_batch_price("gpt-4o-mini", azure)
    usual = price("gpt-4o-mini", azure, False)
    assert usual is not None
    assert price("gpt-4o-mini", azure, True) == pytest.approx(usual / 2)
    assert price("granite-of-my-own", None, True) is None
    assert not lists_batch_price("granite-of-my-own", None)
