"""What one result means for its article: done, failed, to be asked again, or a reason to stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarise.corpus.batch.pending import Ending, Failed, Pending
from summarise.corpus.batch.talk import Talk, article_of, reading_of, resumed
from summarise.errors import ContextTooLong, ModelError, RequestRefused, SummariseError
from summarise.exchange import FormatRefused, Reply
from summarise.model import ladder
from summarise.model.batch_lines import read_result
from summarise.model.retry import Failure
from summarise.records import ArticleSummary, Attempt

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.corpus.batch.journal import Journal
    from summarise.model.ladder import Endpoint

Given = Mapping[str, Any] | ModelError | Failure
"""A result as it stands in a file; what it means that there is none: the end, or another try."""


@dataclass(frozen=True, slots=True)
class Done:
    """The article is read."""

    summary: ArticleSummary


@dataclass(frozen=True, slots=True)
class Again:
    """It is to be asked about again; `why` is the outcome of the attempt, or its error."""

    talk: Talk
    why: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """It is to be asked about again, once what every request would meet is mended."""

    talk: Talk
    error: ModelError


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing came of it; `attempts` are everything that was tried."""

    error: SummariseError
    attempts: Sequence[Attempt]


Settled = Done | Again | Stopped | Lost


class Settling:
    """Settles the results of one batch."""

    def __init__(self, reader: Summariser[Any], endpoint: Endpoint, journal: Journal) -> None:
        self.reader = reader
        self.endpoint = endpoint
        self._journal = journal

    def settle(self, pending: Pending, given: Given, batch: str) -> Settled:
        """What a result means for an article."""
        article = article_of(pending, self.reader)
        if pending.reading != reading_of(article):
            return self._read_otherwise(pending, given, batch)
        talk = Talk(pending, self.reader, article)
        if isinstance(given, ModelError):
            return self._give_up(talk, given)
        came = (
            given
            if isinstance(given, Failure)
            else read_result(given, batch, self.endpoint, talk.request.rung, pending.limit)
        )
        if isinstance(came, Failure):
            return self._failed(talk, came, batch)
        if isinstance(came, FormatRefused):
            self._refused(came)
        try:
            talk.answer(came)
        except ModelError as error:
            return Lost(error, talk.attempts)
        return self._next(talk, talk.attempts[-1].outcome)

    def _refused(self, refusal: FormatRefused) -> None:
        model = self.reader.settings.model
        ladder.refused(self.endpoint.url, model, refusal.rung)
        self._journal.learn(url=self.endpoint.url, model=model, rung=refusal.rung)

    def _failed(self, talk: Talk, failure: Failure, batch: str) -> Settled:
        """A request that brought no reply: it is made again, unless that would be in vain."""
        error = failure.error(failure.message, hint=failure.hint, request_id=failure.request_id)
        request, settings = talk.request, self.reader.settings
        attempt = Attempt(
            number=len(talk.attempts) + 1,
            purpose=request.purpose,
            rung=request.rung,
            outcome="failed",
            error=failure.error.__name__,
            message=failure.message,
            status_code=failure.status_code,
            request_id=failure.request_id,
            batch=batch,
            window=request.window,
        )
        if failure.next_try == "other_limit_name":
            ladder.limit_refused(self.endpoint.url, settings.model)
            self._journal.learn(url=self.endpoint.url, model=settings.model, limit="max_tokens")
            talk.answer(Failed(attempt, counts=False))
            talk.pending = replace(talk.pending, limit="max_tokens")
            return Again(talk, attempt.outcome)
        if error.stops_run and not isinstance(error, RequestRefused):
            talk.answer(Failed(attempt, counts=False))
            return Stopped(talk, error)
        if failure.next_try == "later" and talk.pending.failures < settings.transient_retries:
            talk.answer(Failed(attempt))
            return Again(talk, error.kind)
        if isinstance(error, ContextTooLong) and failure.context is not None:
            error.limit = failure.context
            ladder.learn_context(self.endpoint.url, settings.model, failure.context)
        try:  # a long article may go on without it
            talk.answer(Failed(attempt, end=Ending.of(error)))
        except SummariseError as raised:
            return Lost(raised, talk.attempts)
        return self._next(talk, error.kind)

    def _next(self, talk: Talk, why: str) -> Settled:
        """The end of a conversation, or what it asks next."""
        if talk.summary is None:
            return Again(talk, why)
        return Done(self.reader.finished(talk.summary, talk.article))

    def _give_up(self, talk: Talk, error: ModelError) -> Settled:
        """Nothing more is asked: what earlier replies gave, or the error with everything that was tried."""
        error.attempts = tuple(talk.attempts)
        try:
            return Done(self.reader.finished(talk.salvage(error), talk.article))
        except ModelError as raised:
            return Lost(raised, talk.attempts)

    def _read_otherwise(self, pending: Pending, given: Given, batch: str) -> Settled:
        """This version numbers the sentences otherwise, so no reply fits: the article is asked about from the start."""
        if isinstance(given, ModelError):
            return self._give_up(resumed(pending, self.reader), given)
        if not isinstance(given, Failure):
            came = read_result(given, batch, self.endpoint, pending.rung, pending.limit)
            pending = pending.after(came) if isinstance(came, Reply) else pending
        return Again(resumed(pending, self.reader), "ReadOtherwise")
