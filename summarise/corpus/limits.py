"""The limits of one run, as its user sets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarise.errors import ConfigurationError

if TYPE_CHECKING:
    from summarise.api import Summariser


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run, None for none: US dollars, tokens in and out together, articles begun."""

    max_cost: float | None = None
    max_tokens: int | None = None
    max_articles: int | None = None

    @property
    def of_money(self) -> bool:
        """Whether what is spent is limited."""
        return self.max_cost is not None or self.max_tokens is not None

    def check(self, reader: Summariser[Any]) -> None:
        """Raises `ConfigurationError` for a limit in dollars where the price is not known."""
        from summarise.records import Usage

        if self.max_cost is not None and reader.priced(Usage(input_tokens=1, output_tokens=1)).cost is None:
            raise ConfigurationError(
                f"the price of {reader.settings.model} at this endpoint is not known, so max_cost (--max-cost) "
                "cannot be kept",
                hint="Limit the tokens instead: max_tokens (--max-tokens).",
            )
