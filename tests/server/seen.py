"""What the server saw: tests check its view, not only our own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class ArticleSeen:
    """What came about one article: requests, the faults given by name, good replies that reached the client."""

    requests: int = 0
    good: int = 0
    faults: Counter[str] = field(default_factory=Counter)


@dataclass
class Seen:
    """All that came. `first` and `last` are the seconds (monotonic) of the first and the last good reply.

    `limited` were refused for a quota, `faults` were given on purpose; `abandoned` had no whole answer, whether the
    client left or was sent away. `most_at_once` were under way together at most.
    """

    requests: int = 0
    good: int = 0
    limited: int = 0
    abandoned: int = 0
    under_way: int = 0
    most_at_once: int = 0
    first: float = 0.0
    last: float = 0.0
    most_requests: float = 0.0
    most_tokens: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    articles: dict[str, ArticleSeen] = field(default_factory=dict)
    moments: list[float] = field(default_factory=list)

    def totals(self) -> dict[str, Any]:
        """The counts, without those of each article."""
        return {name: value for name, value in vars(self).items() if name not in ("articles", "moments")}

    def plain(self) -> dict[str, Any]:
        """All of it in values that JSON knows."""
        return {**vars(self), "articles": {name: vars(article) for name, article in self.articles.items()}}
