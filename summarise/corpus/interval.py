"""Sums over many articles of which only some are known, with Student's 95% interval over articles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Sum:
    """An expected sum, the variance of its error, and the degrees of freedom behind that (infinite: no error)."""

    expected: float
    variance: float = 0.0
    freedom: float = math.inf

    def times(self, factor: float) -> Sum:
        """The sum in another unit."""
        return Sum(self.expected * factor, self.variance * factor**2, self.freedom)

    def plus(self, other: Sum) -> Sum:
        """Both together, their errors being independent; the degrees of freedom are Satterthwaite's."""
        together = self.variance + other.variance
        weight = sum(part.variance**2 / part.freedom for part in (self, other))
        return Sum(self.expected + other.expected, together, together**2 / weight if weight else math.inf)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval, nothing below zero."""
        reach = quantile(self.freedom) * math.sqrt(self.variance)
        return max(0.0, self.expected - reach), self.expected + reach


def of_sampled(values: Sequence[float], articles: int) -> Sum:
    """The sum over `articles` from a random sample of themselves; exact when the sample is all of them."""
    known = len(values)
    if known >= articles:
        return Sum(sum(values))
    spread = variance(values)
    return Sum(articles * fmean(values), articles**2 * spread / known * (1 - known / articles), known - 1)


def of_others(values: Sequence[float], articles: int) -> Sum:
    """The sum over `articles` that are new, from other articles of the same kind; at least two values."""
    known = len(values)
    spread = articles**2 * variance(values) * (1 / known + 1 / articles) if articles else 0.0
    return Sum(articles * fmean(values), spread, known - 1)


def quantile(freedom: float) -> float:
    """Student's 97.5% quantile (Cornish-Fisher, four terms): right to 0.2% from three degrees of freedom on."""
    if math.isinf(freedom):
        return _Z
    z, n = _Z, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )
