"""Fetching what has come: replies to the judge, rows into the ledger, what is to be asked again into new batches."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.corpus.batch.journal import Part, cannot_write
from summarise.corpus.batch.parts import Articles, Writer
from summarise.corpus.batch.pending import Pending
from summarise.corpus.batch.rows import has_result, key_of
from summarise.corpus.batch.send import send_all
from summarise.corpus.batch.settle import Again, Done, Given, Lost, Settled, Settling, Stopped
from summarise.errors import BatchRefused, BatchUnanswered, ModelError, SummariseError, UnknownModel
from summarise.model.batch_lines import result_of, unanswered, was_made
from summarise.model.retry import Failure

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.batch.allowance import Allowance
    from summarise.corpus.batch.journal import Asking, Journal
    from summarise.corpus.batch.rows import Book
    from summarise.corpus.batch.send import Clients
    from summarise.model.batches import BatchClient, BatchState

log = logging.getLogger(__name__)

Readers = Callable[["Asking"], "Summariser[Any]"]


@dataclass(slots=True)
class Gathered:
    """What collecting came to: requests asked again and why; batches refused, and what the provider says of them; what
    it says of those that found no room.

    `changed` are articles whose files are not any more what was submitted, `unknown` batches that the provider does not
    know with this key. `stopped` is the error for which nothing further is sent.
    """

    again: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    crowded: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    states: dict[int, BatchState] = field(default_factory=dict)
    unknown: list[ModelError] = field(default_factory=list)
    stopped: SummariseError | None = None
    interrupted: bool = False


def gather(
    journal: Journal,
    book: Book,
    readers: Readers,
    clients: Clients,
    *,
    hold: bool = False,
    into: Gathered | None = None,
    allowance: Allowance | None = None,
) -> Gathered:
    """One step: what has ended is judged and written, what is to be asked again is sent, or, to `hold`, kept.

    What the `allowance` does not let go up stays as well.
    May be ended at any moment and done again: rows that are written are not written again, and nothing is sent twice.
    Raises `ModelError` for what the provider refuses, with everything that was collected by then in the ledger.
    """
    found = into or Gathered()
    over = []
    for part in journal.parts.values():
        if part.batch is None:
            continue
        try:
            state = clients(journal.askings[part.prepared.asking]).state(part.batch)
        except UnknownModel as error:  # of another project, perhaps: the others can be collected all the same
            found.unknown.append(error)
            continue
        found.states[part.number] = state
        if state.ended and not _without_room(part, state, journal, found):
            over.append(part)
    _Gathering(journal, book, readers, clients, found).all(over)
    if found.stopped is None:

        def admitted(part: Part) -> Part | None:
            return (
                part
                if allowance is None
                else allowance.admitted(part, journal, readers(journal.askings[part.prepared.asking]))
            )

        send_all(journal, clients, [part.number for part in follow_ups(journal)] if hold else (), admitted)
    return found


def follow_ups(journal: Journal) -> list[Part]:
    """The parts that hold articles to be asked about again and did not go up yet."""
    return [part for part in journal.parts.values() if part.file is None and (part.live or part.prepared.follows)]


def _without_room(part: Part, state: BatchState, journal: Journal, found: Gathered) -> bool:
    """Whether a batch was refused for want of room, and is to be sent again when there is some; that is noted then."""
    alone = not any(other.batch for other in journal.parts.values() if other is not part)
    if not (state.status == "failed" and state.crowded) or (alone and len(part.refusals) >= _MOST_REFUSALS):
        return False
    journal.refused(part, state.id)
    found.crowded.append(state.errors[0])
    log.warning("no room for part %d: %s", part.number, state.errors[0])
    return True


_MOST_REFUSALS = 10
"""How often a batch may be refused for want of room while nothing else of ours takes it up."""


class _Gathering:
    def __init__(self, journal: Journal, book: Book, readers: Readers, clients: Clients, found: Gathered) -> None:
        self.journal, self.book, self.readers, self.clients = journal, book, readers, clients
        self.found = found

    def all(self, parts: list[Part]) -> None:
        """Collect these parts, in order, and note that all at once."""
        if not parts:
            return
        for asking in sorted({part.prepared.asking for part in parts}):
            same = [part for part in parts if part.prepared.asking == asking]
            first = self.journal.last_part + 1
            writer = Writer(self.journal, self.journal.askings[asking], first, [p.number for p in same])
            for part in same:
                self._collect(part, writer)
            writer.finish()
            states = {part.number: self.found.states[part.number].status for part in same}
            self.journal.collect(states, writer.prepared)

    def _collect(self, part: Part, writer: Writer) -> None:
        asking = self.journal.askings[part.prepared.asking]
        state, client = self.found.states[part.number], self.clients(asking)
        settling = Settling(self.readers(asking), client.endpoint, self.journal)
        if state.status == "failed":
            self.found.refused.append((state.id, state.errors))
        with Articles(self.journal, part) as articles:
            for pending, given in self._results(part, state, client, articles):
                self._settle(pending, given, settling, writer, state.id)

    def _results(
        self, part: Part, state: BatchState, client: BatchClient, articles: Articles
    ) -> Iterator[tuple[Pending, Given]]:
        """Each article of a part with what came for it, once."""
        answered = bytearray(len(articles))
        for what, file in (("output", state.output_file), ("errors", state.error_file)):
            path = self.journal.file(part.number, what)
            if file is None or not _fetched(file, path, client):
                continue
            with path.open("rb") as lines:
                for line in lines:
                    result = result_of(line)
                    place = None if result is None else articles.place(str(result["custom_id"]))
                    if result is None or place is None or answered[place] or not was_made(result):
                        continue
                    answered[place] = 1
                    yield articles[place], result
        why = _without_result(state)
        for place, has in enumerate(answered):
            if not has:
                yield articles[place], why

    def _settle(self, pending: Pending, given: Given, settling: Settling, writer: Writer, batch: str) -> None:
        book = self.book
        if has_result(book.ledger, pending.id, pending.fingerprint):  # written before this step was ended
            row = book.ledger.row(pending.id)
        else:
            match self._settled(pending, given, settling, batch):
                case Again(talk, why):
                    writer.add(talk)
                    self.found.again[why] += 1
                    return
                case Stopped(talk, error):
                    writer.add(talk)
                    self.found.again[error.kind] += 1
                    self.found.stopped = self.found.stopped or error
                    return
                case Done(summary):
                    row = book.finished(pending.item, summary, pending.fingerprint)
                case Lost(lost, attempts):
                    row = book.failed(pending.item, lost, pending.fingerprint, attempts, settling.reader)
                case Exception() as fault:
                    row = book.broken(pending.item, fault, pending.fingerprint)
        self._look_at_source(pending)
        twins = self.journal.twins.get(key_of(pending.fingerprint).hex(), ())
        book.share(row, twins, settling.reader)

    def _settled(self, pending: Pending, given: Given, settling: Settling, batch: str) -> Settled | Exception:
        try:
            return settling.settle(pending, given, batch)
        except SummariseError as error:
            return Lost(error, error.attempts)
        except Exception as fault:
            log.exception("%s: an error that nobody foresaw", pending.id)
            return fault

    def _look_at_source(self, pending: Pending) -> None:
        """Note an article whose file has another content by now: its row is of the text that was sent."""
        path = Path(pending.source)
        if isinstance(pending.content, bytes) and path.is_file():
            try:
                same = path.read_bytes() == pending.content
            except OSError:
                return
            if not same:
                self.found.changed.append(pending.id)


def _fetched(file: str, path: Path, client: BatchClient) -> bool:
    """Whether a file of results is here, fetched if need be; False if the provider no longer has it."""
    try:
        return path.exists() or client.download(file, path)
    except OSError as problem:
        raise cannot_write(path, problem) from problem


def _without_result(state: BatchState) -> ModelError | Failure:
    """What it means for a request that nothing came for it."""
    if state.status == "failed":
        lines = "; ".join(state.errors[:3]) or "no reason given"
        hint = "Submit again with fewer requests in a batch (--batch-requests)." if state.crowded else None
        return BatchRefused(f"{state.id} did not pass the provider's validation: {lines}", hint=hint)
    if state.status == "cancelled":
        return BatchUnanswered(f"{state.id} was cancelled before this request was made")
    return unanswered(state.id, "it expired" if state.status == "expired" else "its results are not all there")
