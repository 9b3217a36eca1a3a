"""Bootstrap intervals over articles: how far a figure would move had other articles of the same kind been annotated."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence

from summarise.evaluation.measures import Ratio

_LEVEL = 0.95


class Resamples:
    """Sets of articles drawn with replacement: the same ones for every measure, so that differences are paired."""

    def __init__(self, articles: int, number: int, seed: int) -> None:
        self._articles = articles
        chance = random.Random(seed)
        everyone = range(articles)
        self._draws = [array("L", chance.choices(everyone, k=articles)) for _ in range(number)]

    def interval(self, ratio: Ratio) -> tuple[float, float] | None:
        """The middle 95% of a measure; None if it has no value in any draw, and for one article."""
        if self._articles < 2:  # every draw is the article itself: an interval of no width would look like certainty
            return None
        return _middle([value for value in map(ratio.value, self._draws) if value is not None])

    def interval_of_difference(self, one: Ratio, other: Ratio) -> tuple[float, float] | None:
        """The middle 95% of the first measure less the second, each pair from one draw."""
        if self._articles < 2:
            return None
        pairs = ((one.value(draw), other.value(draw)) for draw in self._draws)
        return _middle([a - b for a, b in pairs if a is not None and b is not None])


def _middle(values: Sequence[float]) -> tuple[float, float] | None:
    if not values:
        return None
    ordered = sorted(values)
    return _quantile(ordered, (1 - _LEVEL) / 2), _quantile(ordered, (1 + _LEVEL) / 2)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Linear interpolation between the neighbours."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
