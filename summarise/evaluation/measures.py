"""The figures of an evaluation, each as a ratio of two sums over articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarise.evaluation.gold import RECORD_TYPES
from summarise.evaluation.score import ArticleScore, Tally


@dataclass(frozen=True, slots=True)
class Ratio:
    """A sum over articles divided by another one."""

    above: Sequence[float]
    below: Sequence[float]
    empty: float | None
    """What it is when nothing is counted: 1 where nothing was to be found and nothing was, None where undefined."""

    def value(self, articles: Iterable[int] | None = None) -> float | None:
        """The ratio over some articles, one of them perhaps several times; over all by default."""
        if articles is None:
            return self._of(sum(self.above), sum(self.below))
        drawn = list(articles)
        return self._of(sum(map(self.above.__getitem__, drawn)), sum(map(self.below.__getitem__, drawn)))

    def _of(self, above: float, below: float) -> float | None:
        return above / below if below else self.empty


def f1_of(tally: Tally) -> float:
    """F1 of the counts; 1 if there was nothing to find and nothing was found."""
    below = 2 * tally.found + tally.false + tally.missed
    return 2 * tally.found / below if below else 1.0


def measures_of(tallies: Sequence[Tally]) -> dict[str, Ratio]:
    """Precision, recall, micro F1 (pooled) and macro F1 (mean over articles) of one count per article."""
    found = [tally.found for tally in tallies]
    given = [tally.found + tally.false for tally in tallies]
    wanted = [tally.found + tally.missed for tally in tallies]
    return {
        "precision": Ratio(found, given, None),
        "recall": Ratio(found, wanted, None),
        "f1": Ratio([2 * n for n in found], [a + b for a, b in zip(given, wanted, strict=True)], 1.0),
        "macro_f1": Ratio([f1_of(tally) for tally in tallies], [1.0] * len(tallies), None),
    }


def slot_measures(scores: Sequence[ArticleScore]) -> dict[str, Ratio]:
    """Precision, recall and F1 of all slots, those of false and missed records included."""
    credit = [score.slots.credit for score in scores]
    actual = [score.slots.actual for score in scores]
    possible = [score.slots.possible for score in scores]
    return {
        "precision": Ratio(credit, actual, None),
        "recall": Ratio(credit, possible, None),
        "f1": Ratio([2 * n for n in credit], [a + p for a, p in zip(actual, possible, strict=True)], 1.0),
    }


def false_per_negative(scores: Sequence[ArticleScore]) -> Ratio:
    """False visits per article that has neither visit nor invitation."""
    return Ratio(
        [score.records["visits"].false if score.negative else 0 for score in scores],
        [float(score.negative) for score in scores],
        None,
    )


_TALLIES: Mapping[str, Callable[[ArticleScore], Tally]] = {
    "core visits": lambda score: score.core,
    **{kind: (lambda score, kind=kind: score.records[kind]) for kind in RECORD_TYPES},  # type: ignore[misc]
    "all records": lambda score: score.all_records,
    "upcoming visits": lambda score: score.alarm,
}


def tallies_of(scores: Sequence[ArticleScore]) -> dict[str, list[Tally]]:
    """What is counted, by name: core visits (the headline), each record type, all records, the upcoming-visit alarm."""
    return {name: [count(score) for score in scores] for name, count in _TALLIES.items()}
