"""What a run would cost, before anything is sent: no network, no key.

The prompt of a random sample of the articles is counted as it would be sent, with the reply schema. The length of a
reply is what earlier rows of the ledger used, with the same model and schema; where there are too few, it is that of
the four example articles, read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from summarise import windows
from summarise.api import Summariser
from summarise.corpus.budget import Budget
from summarise.corpus.fingerprint import fingerprint_of, is_older, is_set_otherwise, keeps
from summarise.corpus.interval import Sum, of_others, of_sampled
from summarise.corpus.items import Found, SourceItem
from summarise.corpus.ledger import Entry, LedgerRow, read_ledger
from summarise.corpus.limits import Limits
from summarise.corpus.selection import Selection, sampled
from summarise.corpus.twins import text_of
from summarise.errors import ArticleError, ContextTooLong
from summarise.prompt import Prompt, load_prompt
from summarise.records import ArticleSummary, Usage
from summarise.schema import contract
from summarise.tokens import count_tokens, tokenizer_for

DEFAULT_REPLIES = (774, 561, 1156, 595)
"""Tokens of the replies about the four example articles (docs/explanation/figures.md): 772 in the mean."""
TYPICAL_ARTICLE = 800
"""Tokens of an article with its numbers, for want of a better guess: what a run expects before its first article."""

_LEAST_ROWS = 5
_UNIT = 1000  # tokens that are priced at a time: few enough for the lowest tier


class Figure(BaseModel):
    """An expected value and its 95% interval over articles."""

    model_config = ConfigDict(frozen=True)

    expected: float
    low: float
    high: float

    @classmethod
    def of(cls, total: Sum, digits: int) -> Figure:
        """A sum, rounded."""
        low, high = total.interval
        return cls(expected=round(total.expected, digits), low=round(low, digits), high=round(high, digits))


class Estimate(BaseModel):
    """What a run would send and cost.

    `articles` would be read, `kept` are in the ledger already, `shared` have the text of another one and cost nothing;
    `sampled` were counted, of which `unreadable` would fail unsent and `in_windows` do not fit the model's context, so
    that each costs several calls. `calls_per_article` is above one where replies are sent back, too. Of the input
    tokens, `input_cacheable` are the beginning that all prompts share (a share from 0 to 1): what a provider's prompt
    cache serves at most. `input_cached_before` is what it served of the earlier rows. `cost` is in US dollars with
    nothing from the cache, `cost_cached` with all that is possible; None where the price is not known.
    """

    model_config = ConfigDict(frozen=True)

    model: str
    articles: int
    kept: int
    shared: int
    sampled: int
    unreadable: int
    in_windows: int = 0
    seed: int
    input_tokens: Figure
    output_tokens: Figure
    output_basis: Literal["ledger", "default"]
    output_rows: int
    calls_per_article: float
    input_cacheable: float
    input_cached_before: float | None
    price_known: bool
    cost: Figure | None
    cost_cached: Figure | None
    interval: str = "95%, Student's t over articles"
    notes: list[str] = []


def estimate(
    items: Iterable[Found],
    reader: Summariser[Any],
    ledger: Path,
    selection: Selection = Selection(),  # noqa: B008 - frozen
    *,
    limit: int | None = None,
    refresh: bool = False,
    sample: int = 200,
    batch: bool = False,
) -> Estimate:
    """What `arun` would cost for the same arguments, from `sample` of the articles that it would read.

    With `batch` what it would cost in the provider's batch API.
    `ledger` need not exist; it is neither locked nor changed. Raises `LedgerError` if it is none.
    """
    past = _Past(ledger, reader)
    wanted = _Wanted(selection.of(items, past.entries), reader, past.entries, refresh)
    drawn, articles = sampled(islice(wanted, limit), sample, selection.seed)
    if reader.settings.offline:
        return _nothing_to_pay(reader, articles, wanted, selection.seed)
    prompt = _prompt(reader)
    fixed = fixed_tokens(prompt)
    sizes = [_size(item, reader, prompt, fixed) for item in drawn]
    counts = [size.tokens for size in sizes]
    replies_wanted = sum(size.requests for size in sizes) / (len(sizes) or 1) * articles
    per_article = replies_wanted / (sum(size.requests > 0 for size in sizes) / (len(sizes) or 1) * articles or 1)
    replies = past.replies if len(past.replies) >= _LEAST_ROWS else DEFAULT_REPLIES
    basis: Literal["ledger", "default"] = "default" if replies is DEFAULT_REPLIES else "ledger"
    calls = past.calls if basis == "ledger" else 1.0
    tokens_in = of_sampled(counts, articles).times(calls)
    tokens_out = of_others(replies, round(replies_wanted))
    shared = fixed * replies_wanted * calls
    price_in, price_cached, price_out = _prices(reader, batch)
    cost = cost_cached = None
    if price_in is not None and price_cached is not None and price_out is not None:
        cost = tokens_in.times(price_in).plus(tokens_out.times(price_out))
        cost_cached = cost.plus(Sum(-shared * (price_in - price_cached)))
    return Estimate(
        model=reader.settings.model,
        articles=articles,
        kept=wanted.kept,
        shared=wanted.shared,
        sampled=len(drawn),
        unreadable=sum(size.requests == 0 for size in sizes),
        in_windows=sum(size.requests > 1 for size in sizes),
        seed=selection.seed,
        input_tokens=Figure.of(tokens_in, 0),
        output_tokens=Figure.of(tokens_out, 0),
        output_basis=basis,
        output_rows=len(past.replies) if basis == "ledger" else 0,
        calls_per_article=round(calls * per_article, 3),
        input_cacheable=round(shared / tokens_in.expected, 3) if tokens_in.expected else 0.0,
        input_cached_before=past.cached_share,
        price_known=cost is not None,
        cost=None if cost is None else Figure.of(cost, 6),
        cost_cached=None if cost_cached is None else Figure.of(cost_cached, 6),
        notes=_notes(reader, basis),
    )


def expected_usage(reader: Summariser[Any]) -> Usage:
    """What one article is expected to use before any has been read; nothing from the cache."""
    if reader.settings.offline:
        return Usage(cost=0.0)
    tokens_in = fixed_tokens(_prompt(reader)) + TYPICAL_ARTICLE
    tokens_out = round(expected_reply())
    return reader.priced(Usage(requests=1, input_tokens=tokens_in, output_tokens=tokens_out))


def budget_for(limits: Limits, reader: Summariser[Any]) -> Budget:
    """What keeps a run within its limits. Raises `ConfigurationError` for one in dollars where no price is known."""
    limits.check(reader)
    return Budget(limits, expected_usage(reader)) if limits.of_money else Budget(limits)


def fixed_tokens(prompt: Prompt) -> int:
    """Tokens that every first question begins with: the reply schema and the system message."""
    return windows.fixed_tokens(prompt, "json_schema")


def _prompt(reader: Summariser[Any]) -> Prompt:
    schema: type[ArticleSummary] = reader.schema
    return load_prompt(contract(schema))


class _Size(NamedTuple):
    """Tokens of the first questions about an article, and their number; none if it would not be sent."""

    tokens: int
    requests: int


def _size(item: SourceItem, reader: Summariser[Any], prompt: Prompt, fixed: int) -> _Size:
    try:
        article = reader.article(item.content, published=item.published, name=item.source)
        parts = reader.windows(article) or (None,)
    except (ArticleError, ContextTooLong):
        return _Size(0, 0)
    shown = [windows.shown_in(part, article) for part in parts]
    return _Size(sum(fixed + count_tokens(prompt.article_message(article, each)) for each in shown), len(shown))


class _Wanted:
    """The articles that a run would read; `kept` and `shared` count those that it would not."""

    def __init__(
        self, items: Iterable[Found], reader: Summariser[Any], entries: dict[str, Entry], refresh: bool
    ) -> None:
        self.items, self.reader, self.entries, self.refresh = items, reader, entries, refresh
        self.kept = self.shared = 0
        self._texts = {
            text_of(entry.fingerprint)
            for entry in entries.values()
            if entry.status == "ok"
            and not (is_older(entry, reader.fingerprint) or is_set_otherwise(entry, reader.fingerprint))
        }
        """What was read before with the same model, prompt, schema and settings, or stands further up."""

    def __iter__(self) -> Iterator[SourceItem]:
        for item in self.items:
            if not isinstance(item, SourceItem):
                continue
            fingerprint = fingerprint_of(item, self.reader)
            entry = self.entries.get(item.id)
            text = text_of(fingerprint)
            if entry is not None and keeps(entry, fingerprint, self.refresh):
                self.kept += 1
            elif text is not None and text in self._texts:
                self.shared += 1
            else:
                self._texts.add(text)
                yield item


class _Past:
    """What the ledger tells: which articles are in it, and what those of this model and schema used."""

    def __init__(self, ledger: Path, reader: Summariser[Any]) -> None:
        self.entries: dict[str, Entry] = {}
        self.replies: list[int] = []
        self._calls = self._windows = self._input = self._cached = 0
        same = {name: reader.fingerprint[name] for name in ("model", "schema")}
        for row in read_ledger(ledger) if ledger.exists() else ():
            self.entries[row.id] = Entry.of(row, start=0)
            if row.usage.output_tokens and same.items() <= row.fingerprint.items():
                self.replies.append(row.usage.output_tokens // _windows_of(row))
                self._windows += _windows_of(row)
                self._calls += _answered_calls(row)
                self._input += row.usage.input_tokens
                self._cached += row.usage.cached_tokens

    @property
    def calls(self) -> float:
        """Answered calls for each article or window."""
        return self._calls / self._windows

    @property
    def cached_share(self) -> float | None:
        """What the provider's cache served of the input tokens; None if there are none."""
        return round(self._cached / self._input, 3) if self._input else None


def _windows_of(row: LedgerRow) -> int:
    """In how many parts the article was read."""
    return len(((row.summary or {}).get("provenance") or {}).get("windows") or []) or 1


def _answered_calls(row: LedgerRow) -> int:
    """Calls that used tokens; a failed row has no attempts in it, so all its calls count."""
    attempts = ((row.summary or {}).get("provenance") or {}).get("attempts") or []
    answered = sum(1 for attempt in attempts if attempt.get("input_tokens") or attempt.get("output_tokens"))
    return answered or max(1, row.usage.requests)


def _prices(reader: Summariser[Any], batch: bool) -> tuple[float | None, float | None, float | None]:
    """US dollars for a token in, one in from the cache, one out; None where not known."""

    def each(**tokens: int) -> float | None:
        dollars = reader.priced(Usage(**tokens), batch=batch).cost
        return None if dollars is None else dollars / _UNIT

    return each(input_tokens=_UNIT), each(input_tokens=_UNIT, cached_tokens=_UNIT), each(output_tokens=_UNIT)


def _notes(reader: Summariser[Any], basis: str) -> list[str]:
    notes = []
    if note := tokenizer_for(reader.settings.model).note:
        notes.append(note)
    if basis == "default":
        notes.append(
            f"fewer than {_LEAST_ROWS} earlier rows of this model and schema: {round(expected_reply())} tokens a "
            "reply assumed, as for the four example articles, and one call an article or window; reasoning comes on top"
        )
    return notes


def expected_reply() -> float:
    """Tokens of a reply, where nothing better is known."""
    return sum(DEFAULT_REPLIES) / len(DEFAULT_REPLIES)


def _nothing_to_pay(reader: Summariser[Any], articles: int, wanted: _Wanted, seed: int) -> Estimate:
    none = Figure(expected=0, low=0, high=0)
    return Estimate(
        model=reader.settings.model,
        articles=articles,
        kept=wanted.kept,
        shared=wanted.shared,
        sampled=0,
        unreadable=0,
        seed=seed,
        input_tokens=none,
        output_tokens=none,
        output_basis="default",
        output_rows=0,
        calls_per_article=0,
        input_cacheable=0,
        input_cached_before=None,
        price_known=True,
        cost=none,
        cost_cached=none,
        notes=["offline: rules read, no model is asked"],
    )
