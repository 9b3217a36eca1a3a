"""How batches look: a table, JSON, and lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from summarise.cli.output import say
from summarise.cli.progress import Show, duration, failures
from summarise.corpus.ledger import LedgerRow
from summarise.display import found_line, money
from summarise.errors import UnknownModel

if TYPE_CHECKING:
    from pathlib import Path

    from summarise.corpus.batch.asking import Desk
    from summarise.corpus.batch.collect import Gathered
    from summarise.corpus.batch.journal import Journal, Part
    from summarise.corpus.batch.submit import Submitted
    from summarise.corpus.items import Complaint
    from summarise.corpus.outcome import RunOutcome
    from summarise.model.batches import BatchState


MOST_ERRORS = 10
"""How many errors of one batch are shown."""


UNKNOWN = "unknown"
"""The state of a batch that the provider does not know with this key."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What is told of one batch; times in ISO 8601. `state` is the provider's word, or ours where it has none."""

    part: int
    batch: str | None
    state: str
    requests: int
    completed: int | None
    failed: int | None
    submitted: str
    ended: str | None
    expires: str | None
    collected: bool
    follows: list[int]
    errors: list[str]

    @property
    def under_way(self) -> bool:
        """Whether something is still to come of it without anything being collected."""
        from summarise.model.batches import ENDED

        return not self.collected and self.state not in ENDED and self.state != UNKNOWN


@contextmanager
def progress(total: int) -> Iterator[Show]:
    """What is to be called after each article: moves a bar on a terminal, if there is a total; prints lines elsewhere.

    It tells no time: when a batch ends is the provider's secret.
    """
    console = Console()

    def tell(row: LedgerRow | Complaint | None, outcome: RunOutcome) -> None:
        if row is not None and not (console.is_terminal and isinstance(row, LedgerRow) and row.error is None):
            say(found_line(row))

    if not (console.is_terminal and total):
        yield tell
        return
    with Progress(
        BarColumn(bar_width=None), MofNCompleteColumn(), TextColumn("{task.description}"), expand=True
    ) as bar:
        task = bar.add_task("", total=total)

        def show(row: LedgerRow | Complaint | None, outcome: RunOutcome) -> None:
            tell(row, outcome)
            bar.update(task, completed=min(outcome.done - outcome.shared, total), description=failures(outcome))

        yield show


def status_of(journal: Journal, desk: Desk) -> list[BatchLine]:
    """A line for each batch, those that are collected first. Asks the provider about those that are out."""
    lines = [_line(over.part, over.status, None, collected=True) for over in journal.collected]
    for part in journal.parts.values():
        if part.batch is None:
            lines.append(_line(part, _unsent(part), None))
            continue
        try:
            state = desk.client(journal.askings[part.prepared.asking]).state(part.batch)
        except UnknownModel as error:  # of another project, perhaps: of the others it can be told all the same
            lines.append(replace(_line(part, UNKNOWN, None), errors=[error.message, error.hint]))
        else:
            lines.append(_line(part, state.status, state))
    return lines


def status_view(lines: list[BatchLine], journal: Journal, ledger: Path) -> RenderableType:
    """The lines as a table for a terminal."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("part", justify="right")
    table.add_column("batch", no_wrap=True, min_width=12)  # a provider's id has 38 characters: JSON has it whole
    table.add_column("state", no_wrap=True)
    table.add_column("done/failed/of", justify="right", no_wrap=True)
    table.add_column("UTC", no_wrap=True)
    for line in lines:
        collected = "collected" if line.state == "completed" else f"{line.state}, collected"
        state = collected if line.collected else line.state
        counts = "" if line.completed is None else f"{line.completed}/{line.failed}/"
        table.add_row(str(line.part), line.batch or "", state, f"{counts}{line.requests}", _when(line))
    notes = [Text(f"part {line.part}: {error}", style="red") for line in lines for error in first_of(line.errors)]
    return Group(table, *notes, Text(next_step(lines, journal, ledger), style="dim"))


def status_json(lines: list[BatchLine], journal: Journal, ledger: Path) -> str:
    """The lines as JSON."""
    told = {
        "ledger": str(ledger),
        "out": journal.out,
        "under_way": sum(line.under_way for line in lines),
        "batches": [asdict(line) for line in lines],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def first_of(errors: Sequence[str]) -> list[str]:
    """The errors of a batch, or so many as one can read."""
    more = len(errors) - MOST_ERRORS
    return [*errors[:MOST_ERRORS], *([f"and {more:,} more"] if more > 0 else [])]


def next_step(lines: list[BatchLine], journal: Journal, ledger: Path) -> str:
    """What there is to do."""
    if not journal.parts:
        return f"nothing is out: everything is in {ledger}"
    if any(not (line.collected or line.under_way or line.state == UNKNOWN) for line in lines):
        return f"summarise batch collect {ledger} fetches what has ended"
    if any(line.under_way and line.batch for line in lines):
        return f"summarise batch collect {ledger} --wait waits for it"
    if all(line.collected or line.state == UNKNOWN for line in lines):
        return f"summarise batch collect {ledger} fetches it once the provider knows it"
    return f"summarise batch collect {ledger} sends what is prepared"


def out_line(journal: Journal, ledger: Path) -> str:
    """What is out, and how it comes back."""
    number, batches = journal.out, len(journal.parts)
    return (
        f"{_count(number, 'request')} {'is' if number == 1 else 'are'} out in {_count(batches, 'batch')}; "
        f"summarise batch collect {ledger} fetches what is done"
    )


def sent_line(part: Part) -> str:
    """A batch that went out."""
    return f"part {part.number}: {_count(part.prepared.requests, 'request')} sent as {part.batch}"


def submitted_lines(done: Submitted, outcome: RunOutcome) -> list[str]:
    """What a submission did."""
    lines = []
    if done.resumed:
        lines.append(f"{_count(done.resumed, 'batch')} of an earlier command went out now")
    parts = [f"{_count(done.requests, 'request')} sent in {_count(done.batches, 'batch')}"]
    if outcome.kept:
        parts.append(f"{outcome.kept} kept from before")
    if done.out_before:
        parts.append(f"{done.out_before} out already")
    if done.twins + outcome.shared:
        parts.append(f"{done.twins + outcome.shared} with the text of another")
    if outcome.failed:
        parts.append(f"{outcome.failed} failed")
    if outcome.unread:
        parts.append(f"{outcome.unread} passed over")
    lines.append(", ".join(parts))
    if done.expected.input_tokens:
        used = f"{done.expected.input_tokens:,}+{done.expected.output_tokens:,} tokens"
        cost = "" if done.expected.cost is None else f", {money(done.expected.cost)}"
        lines.append(f"expected: {used}{cost}")
    if outcome.older:
        lines.append(f"{outcome.older} kept are from another model, prompt or schema: --refresh sends them again")
    if outcome.set_otherwise:
        lines.append(f"{outcome.set_otherwise} kept were read with other settings: --refresh sends them again")
    lines += [f"FAILED  {row.id}: {kind}: {row.error.message}" for kind, row in outcome.examples.items() if row.error]
    if done.enough:
        lines.append("--limit is reached: the same command goes on with the next")
    if done.limit is not None:
        lines.append(f"{done.limit.message}: the same command goes on with the next")
    return lines


def again_line(found: Gathered) -> str:
    """How many are asked again, and why."""
    words = {
        "complaint": "a bad reply",
        "truncated": "cut off",
        "format_refused": "one rung lower",
        "accepted": "the next part of a long article",
        "partly_accepted": "the next part of a long article",
    }
    why = Counter({words.get(kind, kind): number for kind, number in found.again.items()})
    reasons = ", ".join(f"{number} {reason}" for reason, number in why.most_common())
    return f"{_count(found.again.total(), 'request')} asked again: {reasons}"


def waiting_line(found: Gathered, journal: Journal, seconds: float) -> str:
    """How far things are, and when they are looked at again."""
    states = [found.states[part.number] for part in journal.parts.values() if part.number in found.states]
    done = sum(state.completed + state.failed for state in states)
    of = f"{done} of {journal.out} requests done in {_count(len(journal.parts), 'batch')}"
    return f"waiting: {of}; next look in {duration(seconds)}"


def _line(part: Part, status: str, state: BatchState | None, *, collected: bool = False) -> BatchLine:
    return BatchLine(
        part=part.number,
        batch=part.batch,
        state=status,
        requests=part.prepared.requests,
        completed=None if state is None else state.completed,
        failed=None if state is None else state.failed,
        submitted=_iso((state.created_at if state else None) or part.prepared.at),
        ended=None if state is None or state.ended_at is None else _iso(state.ended_at),
        expires=None if state is None or state.expires_at is None else _iso(state.expires_at),
        collected=collected,
        follows=part.prepared.follows,
        errors=[] if state is None else list(state.errors),
    )


def _unsent(part: Part) -> str:
    if part.live:
        return "read live"
    return "waits for room" if part.refusals else "uploaded" if part.file else "prepared"


def _count(number: int, thing: str) -> str:
    many = "es" if thing.endswith("ch") else "s"
    return f"{number:,} {thing}{many * (number != 1)}"


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _when(line: BatchLine) -> str:
    word, moment = "sent", line.submitted
    if line.ended:
        word, moment = "ended", line.ended
    elif line.expires:
        word, moment = "due", line.expires
    return f"{word} {moment[:16].replace('T', ' ')}"
