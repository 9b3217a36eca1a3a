"""How much more may be sent while results are collected: nothing that is expected to pass a limit of money."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from summarise.corpus.batch.parts import Writer, pending_in
from summarise.corpus.batch.price import Price, limit_passed, minus, plus, windows_left
from summarise.corpus.batch.talk import resumed
from summarise.records import Usage

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.batch.journal import Journal, Part
    from summarise.corpus.batch.pending import Pending
    from summarise.corpus.ledger import LedgerRow
    from summarise.corpus.limits import Limits
    from summarise.errors import BudgetReached


class Allowance:
    """Counts what is sent, by what it is expected to use, and live calls by what they used once they are over.

    `sent` is what the same command has sent before, in `parts`: one that goes up again, because there was no room for
    its batch, is counted once. `reached` is the limit for which nothing further is sent: it stays until the end.
    """

    def __init__(self, limits: Limits, sent: Usage = Usage(), parts: Iterable[int] = ()) -> None:  # noqa: B008 - frozen
        self.limits = limits
        self.sent = sent
        self.reached: BudgetReached | None = None
        self._counted = set(parts)
        self._prices: dict[int, Price] = {}
        self._live: dict[str, tuple[Usage, Usage]] = {}
        """For each article under way what it is expected to use, and what it had used before."""

    def admitted(self, part: Part, journal: Journal, reader: Summariser[Any]) -> Part | None:
        """The part, counted, if all of it may go up; else so much of it as may, as a part of its own; else None.

        Raises `LedgerError` if its articles cannot be read.
        """
        if not self.limits.of_money or part.number in self._counted:
            return part
        if self.reached is not None:
            return None
        number, price = 0, self._price(part, reader)
        for pending in pending_in(journal, part):
            if not self._take(price.of(resumed(pending, reader))):
                break
            number += 1
        if self.reached is not None:
            if not number or part.file is not None:  # a file that is with the provider already goes as it is
                return None
            part = _cut(part, number, journal, reader)
        self._counted.add(part.number)
        return part

    def admits(self, pending: Pending, part: Part, reader: Summariser[Any]) -> bool:
        """Whether an article may be read on with live calls, which is counted then."""
        if not self.limits.of_money:
            return True
        if self.reached is not None:
            return False
        talk = resumed(pending, reader)
        more = self._price(part, reader).of(talk, windows_left(talk), batch=False)
        if not self._take(more):
            return False
        self._live[pending.id] = more, reader.usage_of(talk.attempts)
        return True

    def is_read(self, row: LedgerRow) -> None:
        """What the live calls about an article used takes the place of what they were expected to."""
        if row.id in self._live:
            expected, before = self._live.pop(row.id)
            self.sent = plus(minus(self.sent, expected), minus(row.usage, before))

    def _take(self, more: Usage) -> bool:
        together = plus(self.sent, more)
        self.reached = limit_passed(self.limits, together)
        if self.reached is None:
            self.sent = together
        return self.reached is None

    def _price(self, part: Part, reader: Summariser[Any]) -> Price:
        return self._prices.setdefault(part.prepared.asking, Price(reader))


def _cut(part: Part, number: int, journal: Journal, reader: Summariser[Any]) -> Part:
    """The first articles of a part that did not go up, as a new one; the others are in the next ones."""
    first = journal.last_part + 1
    writer = Writer(journal, journal.askings[part.prepared.asking], first, part.prepared.follows)
    for place, pending in enumerate(pending_in(journal, part)):
        if place == number:
            writer.finish()
        writer.add(resumed(pending, reader))
    writer.finish()
    journal.collect({part.number: "split"}, writer.prepared)
    return journal.parts[first]
