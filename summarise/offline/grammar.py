"""Who does it and where to, for the rules that need both."""

from __future__ import annotations

from summarise.offline.goals import AGAIN, NOWHERE, VENUE, Goal, Goals
from summarise.offline.subjects import Subjects

__all__ = ["AGAIN", "NOWHERE", "VENUE", "Goal", "Grammar"]


class Grammar(Subjects, Goals):
    """Answers for one article; what depends on more than the sentence ("here") is told by `here`."""

    def __init__(self, certain: frozenset[str], day: str | None = None) -> None:
        Subjects.__init__(self)
        Goals.__init__(self, certain, day)
