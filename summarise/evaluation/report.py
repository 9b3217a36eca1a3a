"""How an evaluation looks on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarise.display import one_line
from summarise.evaluation.fields import CLASSES
from summarise.evaluation.result import Confusion, Estimate, Evaluation, Finding, Score, SlotScore

_EMPTY = "–"
_NAMED_IDS = 5
_INDENTED = (0, 0, 0, 9)  # below the record, behind the outcome
_LONGEST_QUOTE = 300  # characters of a sentence among the misses: it must show why


def evaluation_view(result: Evaluation, *, findings: bool = False) -> RenderableType:
    """The figures as tables; with `findings` every record that was missed, is false or is wrong."""
    parts: list[RenderableType] = [*_head(result), Text()]
    parts += [_scores(result), Text()]
    titled: list[tuple[str, Table]] = [
        ("Fields of the records that were found", _fields(result)),
        ("Status class: right (down), given (across)", _classes(result.classes)),
        ("Status, where it is not the right one", _statuses(result.statuses)),
        (f"Visits by {result.by}", _groups(result)),
        (f"Difference to {_other(result)} (this minus that), paired by article", _differences(result)),
    ]
    for title, table in titled:
        if table.row_count:
            parts += [Text(title, style="bold"), table, Text()]
    if findings:
        parts += _findings(result.findings)
    return Stack(*parts)


def _head(result: Evaluation) -> Iterator[Text]:
    valid = result.validity
    yield Text(f"{result.gold} gold articles, {valid.articles} in the ledger", style="bold")
    for names, what in (
        (result.absent, "not in the ledger, counted as nothing found"),
        (result.failed, "failed, counted as nothing found"),
        (result.unknown, "in the ledger without gold, left out"),
        (result.compared_absent, f"not in {_other(result)}, counted as nothing found"),
        (result.compared_failed, f"failed in {_other(result)}, counted as nothing found"),
    ):
        if names:
            shown = ", ".join(map(one_line, names[:_NAMED_IDS]))
            more = f" and {len(names) - _NAMED_IDS} more" if len(names) > _NAMED_IDS else ""
            yield Text(f"{len(names)} {what}: {shown}{more}", style="yellow")
    yield Text(f"valid output: {valid.valid} of {valid.articles} articles ({_share(valid.share)})")
    dropped = ", ".join(f"{count} {fault}" for fault, count in valid.dropped.items() if count)
    if dropped:
        yield Text(f"dropped of {valid.records} records: {dropped}", style="yellow")
    unchecked = f"; {valid.unchecked} articles without their text" if valid.unchecked else ""
    yield Text(f"quotes verbatim: {valid.verbatim} of {valid.quotes}{unchecked}")
    negatives = result.negatives
    if negatives.articles:
        where = f"articles with neither visit nor invitation ({negatives.articles})"
        what = f"false visits in {where}: {negatives.false_visits}"
        yield Text(f"{what} ({_estimate(negatives.per_article)} an article)")


def _other(result: Evaluation) -> str:
    return one_line(result.compared_with or "")


def _table(*columns: str, left: int = 1) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for at, column in enumerate(columns):
        table.add_column(column, justify="left" if at < left else "right", no_wrap=at >= left)
    return table


def _scores(result: Evaluation) -> Table:
    table = _table("", "found", "false", "missed", "precision", "recall", "F1", "95%", "macro F1")
    rows: list[tuple[str, Score]] = [("core visits", result.core_visits), *result.records.items()]
    for name, score in [*rows, ("upcoming visits", result.upcoming)]:
        table.add_row(
            Text(name, style="bold" if score is result.core_visits else ""),
            *map(str, (score.found, score.false, score.missed)),
            *_figures(score),
            _number(score.macro_f1.value),
        )
    slots = result.slots
    counts = (f"{n:.1f}" for n in (slots.credit, slots.actual - slots.credit, slots.possible - slots.credit))
    table.add_row(Text("slots"), *counts, *_figures(slots), _EMPTY)
    return table


def _figures(score: Score | SlotScore) -> tuple[str, str, str, str]:
    return _number(score.precision.value), _number(score.recall.value), _number(score.f1.value), _interval(score.f1)


def _fields(result: Evaluation) -> Table:
    table = _table("", "accuracy", "correct", "partial", "incorrect", "missing", "spurious")
    for kind, fields in result.fields.items():
        for name, field in fields.items():
            if field.accuracy is not None:
                counts = (field.correct, field.partial, field.incorrect, field.missing, field.spurious)
                table.add_row(f"{kind}.{name}", _number(field.accuracy), *[str(n) if n else _EMPTY for n in counts])
    return table


def _classes(classes: Sequence[Confusion]) -> Table:
    counts = {(one.right, one.given): one.count for one in classes}
    table = _table("", *CLASSES, "missed")
    for right in (*CLASSES, "none"):
        cells = [counts.get((right, given), 0) for given in (*CLASSES, "none")]
        if any(cells):
            table.add_row("false" if right == "none" else right, *[str(n) if n else _EMPTY for n in cells])
    return table


def _statuses(statuses: Sequence[Confusion]) -> Table:
    table = _table("right", "given", "visits", left=2)
    for one in sorted(statuses, key=lambda one: -one.count):
        if one.right != one.given:
            table.add_row(one.right, one.given, str(one.count))
    return table


def _groups(result: Evaluation) -> Table:
    table = _table("", "found", "false", "missed", "precision", "recall", "F1", "core F1")
    for group in result.groups:
        figures = (group.precision, group.recall, group.f1, group.core_f1)
        counts = map(str, (group.found, group.false, group.missed))
        table.add_row(Text(one_line(group.name or "none told")), *counts, *map(_number, figures))
    return table


def _differences(result: Evaluation) -> Table:
    table = _table("", "this", "other", "difference", "95%")
    for one in result.differences:
        value, low, high = one.difference.value, one.difference.low, one.difference.high
        apart = low is not None and high is not None and not low <= 0 <= high
        table.add_row(
            one.measure,
            _number(one.value),
            _number(one.other),
            Text(_EMPTY if value is None else f"{value:+.3f}", style="bold" if apart else ""),
            _signed_interval(one.difference),
        )
    return table


def _findings(findings: Sequence[Finding]) -> Iterator[RenderableType]:
    yield Text(f"Missed, false and wrong records ({len(findings)})", style="bold")
    article = None
    for one in findings:
        if one.article != article:
            article = one.article
            yield Text(one_line(article), style="underline")
        style = "red" if one.outcome == "false" else "yellow"
        where = one.path or one.type
        yield Padding(Text.assemble((f"{one.outcome:<6} ", style), f"{where}: {one_line(one.record)}"), (0, 0, 0, 2))
        for wrong in one.wrong:
            yield Padding(Text(one_line(wrong), style="yellow"), _INDENTED)
        for sentence in one.sentences:
            yield Padding(Text(one_line(sentence, _LONGEST_QUOTE), style="dim"), _INDENTED)


def _number(value: float | None) -> str:
    return _EMPTY if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return _EMPTY if value is None else f"{value:.1%}"


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return _EMPTY
    return f"{estimate.low:.2f}–{estimate.high:.2f}"


def _signed_interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return _EMPTY
    return f"{estimate.low:+.3f} to {estimate.high:+.3f}"


def _estimate(estimate: Estimate) -> str:
    return f"{_number(estimate.value)}, 95% {_interval(estimate)}"
