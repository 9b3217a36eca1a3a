"""Evaluating a ledger against gold, from files to figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Literal, get_args

from summarise.corpus.ledger import LedgerRow, read_ledger
from summarise.errors import ConfigurationError
from summarise.evaluation import measures
from summarise.evaluation.bootstrap import Resamples
from summarise.evaluation.describe import finding_of
from summarise.evaluation.fields import FIELDS, Field
from summarise.evaluation.given import FAULTS, Given, given_of
from summarise.evaluation.gold import RECORD_TYPES, GoldArticle, read_gold
from summarise.evaluation.measures import Ratio
from summarise.evaluation.result import (
    Confusion,
    Difference,
    Estimate,
    Evaluation,
    FieldScore,
    Group,
    Negatives,
    Score,
    SlotScore,
    Validity,
)
from summarise.evaluation.score import HEADER, ArticleScore, Tally, VisitOutcome, score_article

By = Literal["country", "status", "outlet"]
Ledger = str | PathLike[str] | Iterable[LedgerRow]


def evaluate(
    gold: str | PathLike[str] | Sequence[GoldArticle],
    ledger: Ledger,
    *,
    compare: Ledger | None = None,
    by: By | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """How a ledger compares with annotated articles: record F1, core-visit F1, fields, status, alarms, misses.

    `gold` is a gold file, a folder of them, or articles that `summarise.evaluation.read_gold` gave. `ledger` is the
    path of a ledger, or its rows. `compare` is another ledger on the same articles: `differences` then holds the
    figures of both, paired by article. `by` breaks the visits down. Intervals are bootstrap 95% intervals over
    articles, from `resamples` draws that `seed` determines.

    A gold article that the ledger lacks, or has as failed, counts as one in which nothing was found. Raises
    `ConfigurationError` for an unknown `by`, gold that cannot be read and a ledger without any gold article,
    `LedgerError` for a ledger that cannot be read.
    """
    if resamples < 1:
        raise ConfigurationError(f"{resamples} resamples give no interval", hint="Give 1000 or so.")
    if by is not None and by not in get_args(By):
        raise ConfigurationError(
            f"by={by!r} is nothing to break the visits down by", hint=f"Give one of {', '.join(get_args(By))}."
        )
    articles = (
        sorted(gold, key=lambda one: one.id)
        if isinstance(gold, Sequence) and not isinstance(gold, str)
        else (read_gold(fspath(gold)))
    )
    read = _read(articles, ledger)
    draws = Resamples(len(articles), resamples, seed)
    result = _Evaluator(read, draws).evaluation(by, resamples, seed)
    if compare is None:
        return result
    other = _read(articles, compare)
    return result.model_copy(
        update={
            "compared_with": _name_of(compare),
            "compared_absent": other.absent,
            "compared_failed": other.failed,
            "differences": _differences(read.scores, other.scores, draws),
        }
    )


@dataclass(frozen=True)
class _Read:
    """A ledger, aligned with the gold."""

    given: list[Given]
    scores: list[ArticleScore]
    absent: list[str]
    failed: list[str]
    unknown: list[str]


def _name_of(ledger: Ledger) -> str:
    return fspath(ledger) if isinstance(ledger, str | PathLike) else "the other ledger"


def _read(articles: Sequence[GoldArticle], ledger: Ledger) -> _Read:
    known = {name: article.id for article in articles for name in reversed(article.names)}
    rows: dict[str, LedgerRow] = {}
    unknown = []
    for row in read_ledger(Path(fspath(ledger))) if isinstance(ledger, str | PathLike) else ledger:
        if row.id not in known:
            unknown.append(row.id)
        elif known[row.id] not in rows or row.id == known[row.id]:
            rows[known[row.id]] = row
    if not articles:
        raise ConfigurationError("the gold holds no article", hint="Give a gold file or a folder of them.")
    if not rows and not unknown:
        raise ConfigurationError(
            f"{_name_of(ledger)} holds no whole row",
            hint="Fill it first: `summarise corpus ARTICLES --out FILE`; a row that was cut off does not count.",
        )
    if not rows:
        raise ConfigurationError(
            f"{_name_of(ledger)} has none of the {len(articles)} gold articles, but others, such as {unknown[0]!r}",
            hint="An article is found by its id: that of the gold is the one in the ledger.",
        )
    given = [given_of(article, rows.get(article.id)) for article in articles]
    return _Read(
        given=given,
        scores=[score_article(article, one) for article, one in zip(articles, given, strict=True)],
        absent=[article.id for article, one in zip(articles, given, strict=True) if one.state == "absent"],
        failed=[article.id for article, one in zip(articles, given, strict=True) if one.state == "failed"],
        unknown=sorted(unknown),
    )


class _Evaluator:
    """Turns the scores of the articles into figures."""

    def __init__(self, read: _Read, draws: Resamples) -> None:
        self.read = read
        self.scores = read.scores
        self.draws = draws

    def evaluation(self, by: By | None, resamples: int, seed: int) -> Evaluation:
        named = {name: self._score(tallies) for name, tallies in measures.tallies_of(self.scores).items()}
        return Evaluation(
            gold=len(self.scores),
            absent=self.read.absent,
            failed=self.read.failed,
            unknown=self.read.unknown,
            resamples=resamples,
            seed=seed,
            validity=_validity(self.read.given),
            core_visits=named["core visits"],
            records={name: named[name] for name in (*RECORD_TYPES, "all records")},
            upcoming=named["upcoming visits"],
            slots=self._slots(),
            fields=_fields(self.scores),
            statuses=_confusion([score.statuses for score in self.scores]),
            classes=_confusion([score.classes for score in self.scores]),
            negatives=self._negatives(),
            by=by,
            groups=_groups(self.scores, by) if by else [],
            findings=[finding_of(score.id, found) for score in self.scores for found in score.findings],
        )

    def _estimate(self, ratio: Ratio) -> Estimate:
        low, high = self.draws.interval(ratio) or (None, None)
        return Estimate(value=ratio.value(), low=low, high=high)

    def _score(self, tallies: Sequence[Tally]) -> Score:
        found, false, missed = map(sum, zip(*tallies, strict=True))
        figures = {name: self._estimate(ratio) for name, ratio in measures.measures_of(tallies).items()}
        return Score(found=found, false=false, missed=missed, **figures)

    def _slots(self) -> SlotScore:
        slots = [score.slots for score in self.scores]
        return SlotScore(
            possible=sum(one.possible for one in slots),
            actual=sum(one.actual for one in slots),
            credit=sum(one.credit for one in slots),
            **{name: self._estimate(ratio) for name, ratio in measures.slot_measures(self.scores).items()},
        )

    def _negatives(self) -> Negatives:
        false = [score.records["visits"].false for score in self.scores if score.negative]
        return Negatives(
            articles=len(false),
            false_visits=sum(false),
            with_false_visits=sum(number > 0 for number in false),
            per_article=self._estimate(measures.false_per_negative(self.scores)),
        )


def _validity(given: Sequence[Given]) -> Validity:
    rows = [one for one in given if one.state != "absent"]
    faults = sum((one.faults for one in rows), Counter[str]())
    valid = sum(one.state == "ok" and not one.dropped for one in rows)
    return Validity(
        articles=len(rows),
        valid=valid,
        share=valid / len(rows),
        records=sum(one.total for one in rows),
        dropped={fault: faults[fault] for fault in FAULTS},
        quotes=sum(one.quotes for one in rows),
        verbatim=sum(one.verbatim for one in rows),
        unchecked=sum(one.state == "ok" and not one.checked for one in rows),
    )


def _fields(scores: Sequence[ArticleScore]) -> dict[str, dict[str, FieldScore]]:
    paths: dict[str, Sequence[Field]] = {**{str(kind): fields for kind, fields in FIELDS.items()}, "article": HEADER}
    return {
        kind: {field.path: _field(scores, (kind, field.path)) for field in fields} for kind, fields in paths.items()
    }


def _field(scores: Sequence[ArticleScore], key: tuple[str, str]) -> FieldScore:
    counts = sum((score.outcomes.get(key, Counter()) for score in scores), Counter[str]())
    credit = sum(score.credits.get(key, 0.0) for score in scores)
    return FieldScore(
        correct=counts["correct"],
        partial=counts["partial"],
        incorrect=counts["incorrect"],
        missing=counts["missing"],
        spurious=counts["spurious"],
        accuracy=credit / counts.total() if counts else None,
    )


def _confusion(counts: Iterable[Counter[tuple[str, str]]]) -> list[Confusion]:
    total = sum(counts, Counter[tuple[str, str]]())
    return [Confusion(right=right, given=given, count=count) for (right, given), count in sorted(total.items())]


def _groups(scores: Sequence[ArticleScore], by: By) -> list[Group]:
    groups: dict[str | None, list[VisitOutcome]] = {}
    for score in scores:
        for visit in score.visits:
            name = score.outlet if by == "outlet" else visit.country if by == "country" else visit.status
            groups.setdefault(name, []).append(visit)
    return [_group(name, groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name or ""))]


def _group(name: str | None, visits: Sequence[VisitOutcome]) -> Group:
    counts = Counter(visit.outcome for visit in visits)
    found, false, missed = counts["found"], counts["false"], counts["missed"]
    core = sum(visit.core for visit in visits)
    return Group(
        name=name,
        found=found,
        false=false,
        missed=missed,
        precision=found / (found + false) if found + false else None,
        recall=found / (found + missed) if found + missed else None,
        f1=measures.f1_of(Tally(found, false, missed)),
        core_f1=2 * core / (2 * found + false + missed),
    )


def _differences(ours: Sequence[ArticleScore], others: Sequence[ArticleScore], draws: Resamples) -> list[Difference]:
    found = []
    for name, tallies in measures.tallies_of(ours).items():
        theirs = measures.measures_of(measures.tallies_of(others)[name])
        for measure, ratio in measures.measures_of(tallies).items():
            found.append(_difference(f"{name}, {measure}", ratio, theirs[measure], draws))
    slots, their_slots = measures.slot_measures(ours), measures.slot_measures(others)
    found += [_difference(f"slots, {name}", ratio, their_slots[name], draws) for name, ratio in slots.items()]
    false, their_false = measures.false_per_negative(ours), measures.false_per_negative(others)
    return [*found, _difference("false visits per negative article", false, their_false, draws)]


def _difference(name: str, one: Ratio, other: Ratio, draws: Resamples) -> Difference:
    a, b = one.value(), other.value()
    low, high = draws.interval_of_difference(one, other) or (None, None)
    value = None if a is None or b is None else a - b
    return Difference(measure=name, value=a, other=b, difference=Estimate(value=value, low=low, high=high))
