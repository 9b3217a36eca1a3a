"""The score of one article: its alignment, and everything that is counted from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from summarise.evaluation.align import Alignment, Pair, align
from summarise.evaluation.fields import FIELDS, Verdict, class_of, compare
from summarise.evaluation.fields import Field as ScoredField
from summarise.evaluation.given import Given, sentences_of
from summarise.evaluation.gold import RECORD_TYPES, GoldArticle, RecordType
from summarise.evaluation.normalise import People, same_text
from summarise.evaluation.wanted import people_of, wanted_of

CORE = ("visitors", "country", "status", "when.start")
HEADER = tuple(
    ScoredField(
        name, "texts" if name == "agencies" else "text" if name in ("dateline", "outlet", "byline") else "value"
    )
    for name in ("published", "language", "dateline", "outlet", "agencies", "byline")
)


class Tally(NamedTuple):
    """Found, false and missed ones."""

    found: int = 0
    false: int = 0
    missed: int = 0

    def plus(self, found: int = 0, false: int = 0, missed: int = 0) -> Tally:
        """This tally and some more."""
        return Tally(self.found + found, self.false + false, self.missed + missed)


class Slots(NamedTuple):
    """Slots of the gold, slots that were filled, and what the filling earned."""

    possible: int = 0
    actual: int = 0
    credit: float = 0.0


class VisitOutcome(NamedTuple):
    """One visit that was found, false or missed, for breakdowns."""

    outcome: Literal["found", "false", "missed"]
    country: str | None
    status: str
    core: bool = False


class Finding(NamedTuple):
    """A record that was missed, is false, or was found with a wrong core."""

    outcome: Literal["missed", "false", "wrong"]
    type: RecordType
    path: str | None
    gold: Any | None
    given: Any | None
    wrong: dict[str, Verdict]
    sentences: list[str]


@dataclass
class ArticleScore:
    """Everything that is counted in one article; the score of many is the sum."""

    id: str
    outlet: str | None
    negative: bool
    """Whether the gold has neither a visit nor an invitation."""
    records: dict[RecordType, Tally] = field(default_factory=dict)
    core: Tally = field(default_factory=Tally)
    alarm: Tally = field(default_factory=Tally)
    slots: Slots = field(default_factory=Slots)
    outcomes: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    """By record type (or `article`) and field: how often which verdict."""
    credits: dict[tuple[str, str], float] = field(default_factory=dict)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Right and given status of the visits that were found."""
    classes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """The same by class; `none` on one side for what was missed or false."""
    visits: list[VisitOutcome] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def all_records(self) -> Tally:
        """Records of all types together."""
        return Tally(*map(sum, zip(*self.records.values(), strict=True)))


def score_article(gold: GoldArticle, given: Given) -> ArticleScore:
    """Align the records of an article, and count."""
    negative = not gold.record.visits and not gold.record.invitations
    score = ArticleScore(gold.id, gold.record.outlet, negative)
    people = People(people_of(gold))
    for kind in RECORD_TYPES:
        alignment = align(wanted_of(gold, kind), given.records[kind], gold.scoring.merge_ok, people)
        _count_records(score, kind, alignment)
        _count_fields(score, kind, alignment)
        if kind == "visits":
            _count_visits(score, alignment)
        score.findings += _findings(kind, alignment, given)
    if given.state == "ok":
        _count_header(score, gold, given)
    return score


def _required(alignment: Alignment) -> list[Pair]:
    return [pair for pair in alignment.pairs if not pair.wanted.optional]


def _count_records(score: ArticleScore, kind: RecordType, alignment: Alignment) -> None:
    score.records[kind] = Tally(len(_required(alignment)), len(alignment.false), len(alignment.missed))


def _count_fields(score: ArticleScore, kind: RecordType, alignment: Alignment) -> None:
    possible, actual, credit = score.slots
    for pair in _required(alignment):
        for name, verdict in pair.verdicts.items():
            _count_verdict(score, (kind, name), verdict)
            possible += verdict.outcome not in ("nothing", "spurious")
            actual += verdict.outcome not in ("nothing", "missing")
            credit += verdict.credit
    for wanted in alignment.missed:
        possible += sum(None not in wanted.accepted[field.path] for field in FIELDS[kind])
    for record in alignment.false:
        actual += sum(field.value(record) is not None for field in FIELDS[kind])
    score.slots = Slots(possible, actual, credit)


def _count_verdict(score: ArticleScore, key: tuple[str, str], verdict: Verdict) -> None:
    if verdict.outcome != "nothing":
        score.outcomes.setdefault(key, Counter())[verdict.outcome] += 1
        score.credits[key] = score.credits.get(key, 0.0) + verdict.credit


def _count_visits(score: ArticleScore, alignment: Alignment) -> None:
    for pair in _required(alignment):
        right = is_core_right(pair)
        visit: Any = pair.wanted.record
        score.visits.append(VisitOutcome("found", visit.country, visit.status, right))
        score.core = score.core.plus(1) if right else score.core.plus(0, 1, 1)
        _count_status(score, pair)
    for wanted in alignment.missed:
        missed: Any = wanted.record
        score.visits.append(VisitOutcome("missed", missed.country, missed.status))
        score.core = score.core.plus(missed=1)
        score.classes[class_of(missed.status), "none"] += 1
        score.alarm = score.alarm.plus(missed=all(class_of(s) == "upcoming" for s in wanted.accepted["status"]))
    for record in alignment.false:
        score.visits.append(VisitOutcome("false", record.country, record.status))
        score.core = score.core.plus(false=1)
        score.classes["none", class_of(record.status)] += 1
        score.alarm = score.alarm.plus(false=class_of(record.status) == "upcoming")


def _count_status(score: ArticleScore, pair: Pair) -> None:
    accepted, given = pair.wanted.accepted["status"], pair.given.status
    right = given if given in accepted else accepted[0]
    score.statuses[right, given] += 1
    classes = [class_of(status) for status in accepted]
    right_class = class_of(given) if class_of(given) in classes else classes[0]
    score.classes[right_class, class_of(given)] += 1
    if class_of(given) == "upcoming":
        score.alarm = score.alarm.plus(1) if "upcoming" in classes else score.alarm.plus(false=1)
    elif right_class == "upcoming":
        score.alarm = score.alarm.plus(missed=1)


def is_core_right(pair: Pair) -> bool:
    """Whether visitors, country, status class and start of a visit are all right."""
    return not wrong_core(pair)


def wrong_core(pair: Pair) -> dict[str, Verdict]:
    """The fields of a visit's core that are wrong; of the status the class is enough."""
    return {
        name: pair.verdicts[name]
        for name in CORE
        if not pair.verdicts[name].right and not (name == "status" and pair.verdicts[name].credit)
    }


def _findings(kind: RecordType, alignment: Alignment, given: Given) -> Iterator[Finding]:
    for wanted in alignment.missed:
        sentences = sentences_of(given.article, wanted.record)
        yield Finding("missed", kind, wanted.path, wanted.record, None, {}, sentences)
    for record in alignment.false:
        yield Finding("false", kind, None, None, record, {}, sentences_of(given.article, record))
    if kind == "visits":
        for pair in _required(alignment):
            if wrong := wrong_core(pair):
                sentences = sentences_of(given.article, pair.given)
                yield Finding("wrong", kind, pair.wanted.path, pair.wanted.record, pair.given, wrong, sentences)


def _count_header(score: ArticleScore, gold: GoldArticle, given: Given) -> None:
    """The article's own fields: reported, and no slots of a record."""
    for each in HEADER:
        alternatives = gold.scoring.alternatives.get(each.path, ())
        right = [each.plain(value) for value in (getattr(gold.record, each.path), *alternatives)]
        verdict = compare(each, right, each.plain(given.header.get(each.path)), same_text)
        _count_verdict(score, ("article", each.path), verdict)
