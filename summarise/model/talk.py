"""One conversation on its way to a model: what to send, what to raise and how long to wait, with no input or output."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Protocol

from summarise import errors
from summarise.exchange import FormatRefused, Reply, Request
from summarise.model import ladder
from summarise.model.deadline import Deadline
from summarise.model.retry import (
    Failure,
    Refusal,
    Tries,
    classify,
    no_completion,
    request_id_of,
    status_within,
)
from summarise.model.tracing import TellOutcome, call_span
from summarise.model.wire import NoConnection, Response

if TYPE_CHECKING:
    from summarise.model.ladder import Endpoint
    from summarise.records import ArticleSummary, Attempt, Window
    from summarise.settings import Settings

log = logging.getLogger("summarise.model.client")  # one name for all that is said of calls

Answer = Reply | FormatRefused
Outcome = Answer | Failure


class Conversation(Protocol):
    """What is said to a model about one article. `attempts` is the journal that both sides write."""

    attempts: list[Attempt]

    def steps(self) -> Generator[Request, Answer, ArticleSummary]:
        """Yields each request, is sent what came of it (an error is thrown in), and returns the summary."""
        ...

    def note(self, attempt: Attempt) -> None:
        """Write an attempt that brought no reply into the journal."""


class Talk:
    """One conversation on its way: whose turn it is, and until when."""

    def __init__(
        self,
        conversation: Conversation,
        settings: Settings,
        endpoint: Endpoint,
        clock: Callable[[], float],
        rng: random.Random,
    ) -> None:
        self.attempts = conversation.attempts
        self.note = conversation.note
        self.settings = settings
        self.endpoint = endpoint
        self.rng = rng
        self.deadline = Deadline(settings.deadline, clock)
        self._steps = conversation.steps()
        self.summary: ArticleSummary

    def calls(self) -> Iterator[Call]:
        """Each call to make; the driver sets its outcome before it asks for the next one."""
        window: Window | None = None
        answer: Answer | errors.ModelError | None = None
        while (request := self._advance(answer)) is not None:
            if request.window != window:
                window = request.window
                self.deadline.begin_again()
            if self.deadline.remaining() <= 0:
                raise self.too_late("has passed", self.attempts[-1] if self.attempts else None)
            call = Call(self, request)
            yield call
            try:
                answer = call.settled()
            except errors.ModelError as error:
                answer = error

    def _advance(self, answer: Answer | errors.ModelError | None) -> Request | None:
        """What the conversation asks next. It may go on after an error, and lets it out if it does not."""
        try:
            if isinstance(answer, errors.ModelError):
                return self._steps.throw(answer)
            return next(self._steps) if answer is None else self._steps.send(answer)
        except StopIteration as end:
            self.summary = end.value
            return None

    def too_late(self, what: str, last: Attempt | None) -> errors.DeadlineExceeded:
        """The error for a deadline that passed; it names what went wrong last, if anything did."""
        failed = f"; the last error was {last.error}: {last.message}" if last and last.error else ""
        message = self.endpoint.clean(f"the deadline of {self.settings.deadline:g} s {what}{failed}")
        request_id = last.request_id if last else None
        return errors.DeadlineExceeded(message, request_id=request_id, attempts=self.attempts)

    def close(self) -> None:
        """End the conversation where it is."""
        self._steps.close()


class Call:
    """One request and its tries: what is sent, what came of it, how long to wait, when to stop."""

    def __init__(self, talk: Talk, request: Request) -> None:
        self.outcome: Outcome
        self._talk = talk
        self._request = request
        self._limit = ladder.limit_name(talk.endpoint.url, talk.endpoint.model)
        self._content: bytes | None = None
        self.tries = Tries(talk.settings, talk.rng, talk.deadline.remaining, talk.attempts)
        self.seconds = 0.0
        self.headers: Mapping[str, str] = {}
        self._excused = False

    @property
    def size(self) -> tuple[int, int]:
        """Characters of the prompt, and the limit of the reply in tokens."""
        return sum(len(message["content"]) for message in self._request.messages), self._request.max_output_tokens

    def waited(self, seconds: float) -> None:
        """So long it waited for its turn, which the deadline does not count."""
        self._talk.deadline.extend(seconds)
        if self._excused:
            self._excused = False
            self.tries.note_pause(seconds)

    def excused(self) -> bool:
        """Take the last failure out of the count, unless the deadline has passed."""
        if self._talk.deadline.remaining() <= 0:
            return False
        self._excused = True
        self.tries.failures -= 1
        return True

    def too_late(self, seconds: float) -> errors.DeadlineExceeded:
        """The error for an endpoint that takes no call for longer than the deadline."""
        attempts = self._talk.attempts
        what = f"comes before the endpoint takes another call (429), in {seconds:.3g} s"
        return self._talk.too_late(what, attempts[-1] if attempts else None)

    def content(self) -> bytes:
        """The JSON to post."""
        if self._content is None:
            self._content = ladder.request_content(self._request, self._talk.settings, self._limit)
        return self._content

    def request_hash(self) -> str:
        """A hash of the JSON and of where it goes: what a reply is the reply to."""
        address = self._talk.endpoint.address
        where = json.dumps([address.url, *address.query.items()]).encode()  # which may hold a key
        hashed = blake2b(where, digest_size=16)
        hashed.update(self.content())
        return hashed.hexdigest()

    def span(self) -> AbstractContextManager[TellOutcome]:
        """The span of one try, for OpenTelemetry."""
        return call_span(self._request, self._talk.settings, self._talk.endpoint)

    def begin(self) -> float:
        """The seconds that the time-out and the deadline allow for the try that begins."""
        self.seconds = max(min(self._talk.settings.timeout, self._talk.deadline.remaining()), 0.001)
        self.headers = {}
        return self.seconds

    def answered(self, response: Response) -> Outcome:
        """What came of an answer, which with a good status need not be a good answer."""
        endpoint = self._talk.endpoint
        self.headers = response.headers
        body = _value(response.content)
        if not 200 <= response.status < 300:
            text = response.content.decode(errors="replace").strip()
            said = text if body is None else body.get("error", body) if isinstance(body, dict) else body
            return self._refused(Refusal(response.status, response.headers, said))
        request_id = request_id_of(response.headers, endpoint)
        reply = ladder.read_reply(body, request_id)
        if reply is not None:
            log.info("%s answered %d (%s)", endpoint.url, response.status, request_id or "no request id")
            return endpoint.hide_in(reply)
        if isinstance(body, dict) and body.get("error"):
            return self._refused(Refusal(status_within(body["error"]), response.headers, body))
        return self._failed(no_completion(response.status, response.content, body, request_id, endpoint))

    def not_connected(self, problem: NoConnection) -> Outcome:
        """What it means that there was no answer at all."""
        message = f"no connection to {self._talk.endpoint.url}: {problem}"
        return self._failed(Failure(errors.ConnectionFailed, self._talk.endpoint.clean(message), "later"))

    def timed_out(self) -> Failure:
        """No complete answer in time."""
        message = f"no complete answer from {self._talk.endpoint.url} within {self.seconds:.3g} s"
        hint = None
        if self.seconds < self._talk.settings.timeout:
            message += ", which was all that the deadline left"
            hint = errors.DeadlineExceeded.default_hint
        return self._failed(Failure(errors.ModelTimeout, message, "later", hint=hint))

    def _refused(self, refusal: Refusal) -> Outcome:
        outcome = classify(refusal, self._talk.endpoint, self._request.rung, self._limit)
        return outcome if isinstance(outcome, FormatRefused) else self._failed(outcome)

    def _failed(self, failure: Failure) -> Failure:
        if failure.next_try == "other_limit_name":
            ladder.limit_refused(self._talk.endpoint.url, self._talk.endpoint.model)
            self._limit, self._content = "max_tokens", None
        else:
            self.tries.failures += 1
        from summarise.records import Attempt

        attempts = self._talk.attempts
        log.info("%s: %s", failure.error.__name__, failure.message)
        self._talk.note(
            Attempt(
                number=len(attempts) + 1,
                purpose=self._request.purpose,
                rung=self._request.rung,
                outcome="failed",
                window=self._request.window,
                error=failure.error.__name__,
                message=failure.message,
                status_code=failure.status_code,
                request_id=failure.request_id,
            )
        )
        return failure

    def settled(self) -> Answer:
        """What to tell the conversation. Raises the error of a call that came to nothing."""
        talk, outcome = self._talk, self.outcome
        if isinstance(outcome, FormatRefused):
            ladder.refused(talk.endpoint.url, talk.endpoint.model, outcome.rung)
        if isinstance(outcome, Failure):
            wait = self.tries.impossible_wait
            if wait is not None:
                raise talk.too_late(f"comes before the next try, in {wait:.3g} s", talk.attempts[-1])
            error = outcome.error(
                outcome.message, hint=outcome.hint, request_id=outcome.request_id, attempts=talk.attempts
            )
            if isinstance(error, errors.ContextTooLong) and outcome.context is not None:
                error.limit = outcome.context
                ladder.learn_context(talk.endpoint.url, talk.endpoint.model, outcome.context)
            raise error
        return outcome


def _value(content: bytes) -> Any:
    """The JSON of a body, None if it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
