"""What a run did, or has done so far, and who is told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from summarise.corpus.items import Complaint
from summarise.corpus.ledger import Entry, LedgerRow
from summarise.errors import RepeatedRow, SummariseError
from summarise.records import Usage


@dataclass(slots=True)
class RunOutcome:
    """What a run did, or has done so far.

    `kept` articles were in the ledger as ok and were not read again; `older` of them come from another model,
    prompt or schema, and `set_otherwise` of the others from other settings. `records` counts the records by type,
    of the articles read and of those kept; `differences` counts what the second opinion says otherwise, by kind,
    and `differing` by article id. Tokens and cost (US dollars) are those of this run. `warned` articles were read
    with a warning, such as a text in a doubtful encoding; `warning` is the id and the text of the first. `paid`
    articles used tokens, `unpriced` ones at a price that is not known. `found` replies were left behind by an
    earlier run, which paid for them; `given_up` calls had no reply yet when the run ended, and may cost something
    that nobody told. `shared` articles have the text of another one, whose result they got; `shares` names the
    first. `passed_over` counts what gave no article and no row in the ledger, by kind of error, with an example of
    each in `complaints`. `stopped` is the error for which the run ended before its last article.
    """

    ok: int = 0
    failed: int = 0
    kept: int = 0
    older: int = 0
    set_otherwise: int = 0
    records: Counter[str] = field(default_factory=Counter)
    differences: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    examples: dict[str, LedgerRow] = field(default_factory=dict)
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    paid: int = 0
    unpriced: int = 0
    found: int = 0
    given_up: int = 0
    warned: int = 0
    warning: tuple[str, str] | None = None
    shared: int = 0
    shares: tuple[str, str] | None = None
    passed_over: Counter[str] = field(default_factory=Counter)
    complaints: dict[str, Complaint] = field(default_factory=dict)
    stopped: SummariseError | None = None

    @property
    def done(self) -> int:
        """Articles that are dealt with, one way or another."""
        return self.ok + self.failed + self.kept + self.passed_over.total()

    @property
    def unread(self) -> int:
        """What gave no article, but for rows that only say again what is there already."""
        return self.passed_over.total() - self.passed_over[RepeatedRow.__name__]

    def spend(self, usage: Usage, found: Usage = Usage()) -> None:  # noqa: B008 - frozen
        """Add what one article used, but for what an earlier run had paid."""
        self.found += found.requests
        tokens = (usage.input_tokens - found.input_tokens, usage.output_tokens - found.output_tokens)
        self.input_tokens += tokens[0]
        self.cached_tokens += usage.cached_tokens - found.cached_tokens
        self.output_tokens += tokens[1]
        self.cost += (usage.cost or 0.0) - (found.cost or 0.0)
        used = sum(tokens) > 0
        self.paid += used
        self.unpriced += used and usage.cost is None

    def tally(self, id: str, article: LedgerRow | Entry) -> None:
        """Add what the ledger holds of one article."""
        self.records.update(article.counts)
        if differences := article.differences:
            self.differences.update(differences)
            self.differing[id] += sum(differences.values())

    def count(self, row: LedgerRow, found: Usage = Usage()) -> None:  # noqa: B008 - frozen
        """Add one article that was read, or failed, and what an earlier run had paid of its usage."""
        self.spend(row.usage, found)
        self.tally(row.id, row)
        if row.error is None:
            self.ok += 1
            if warnings := row.warnings:
                self.warned += 1
                self.warning = self.warning or (row.id, warnings[0])
        else:
            self.failed += 1
            self.failures[row.error.kind] += 1
            self.examples.setdefault(row.error.kind, row)

    def take_back(self, kind: str) -> None:
        """An article that was counted as failed, for an error of this kind, was read after all; what it used stays."""
        self.failed -= 1
        self.failures -= Counter([kind])  # which leaves no zero
        if kind not in self.failures:
            self.examples.pop(kind, None)

    def pass_over(self, complaint: Complaint) -> None:
        """Add something that gave no article and no row."""
        self.passed_over[complaint.error.kind] += 1
        self.complaints.setdefault(complaint.error.kind, complaint)


OnRow = Callable[[LedgerRow | None, RunOutcome], None]
"""Called after each article with its row (None if it was kept unread) and the outcome so far."""

OnComplaint = Callable[[Complaint, RunOutcome], None]
"""Called for what gives no article and no row in the ledger."""
