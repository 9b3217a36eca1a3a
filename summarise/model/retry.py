"""What went wrong with a call, whether another try is worth its price, and how long to wait before it.

Plain values in, plain values out: no client, no network, and no clock but the one that a date in `Retry-After` needs.

An endpoint says why it refuses in many dialects. What is read of its body is only what it says itself (message, code,
type, parameter), never what it echoes: a validation error may quote the whole request, article and all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal

from summarise import errors
from summarise.exchange import FormatRefused
from summarise.model.budget import duration, seconds_in
from summarise.model.context import stated_context

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tenacity import RetryCallState

    from summarise.exchange import Rung
    from summarise.model.ladder import Endpoint
    from summarise.records import Attempt
    from summarise.settings import Settings

NextTry = Literal["never", "later", "other_limit_name"]

_SAYS = ("error", "message", "msg", "detail", "details", "errors", "description", "innererror", "metadata", "raw")
_NAMES = ("code", "type", "param", "loc", "status")
_NO_CREDIT = (
    "insufficient_quota", "exceeded_current_quota", "billing_hard_limit", "billing_not_active", "insufficient_balance",
    "insufficient balance", "insufficient credit", "insufficient funds", "credit balance is too low",
)  # fmt: skip
_CONTEXT = (
    "context_length_exceeded", "exceed_context_size", "maximum context length", "too many tokens", "context window",
    "available context size", "prompt is too long", "input is too long", "input token count", "context length",
)  # fmt: skip
_FILTER = (
    "content_filter", "content_policy_violation", "responsibleaipolicyviolation", "content management policy",
    "content policy", "data_inspection_failed", "flagged",
)  # fmt: skip
_FORMAT = (
    "response_format", "response format", "json_schema", "json schema", "json_object", "json mode", "structured output",
    "structured_output", "guided_json", "guided decoding", "grammar",
)  # fmt: skip
_UNKNOWN = (
    "unknown", "unrecognized", "unrecognised", "unsupported", "not supported", "not support", "not permitted",
    "not allowed", "extra_forbidden", "unexpected", "invalid schema",
)  # fmt: skip
_TRANSIENT: dict[int, type[errors.ModelError]] = {
    408: errors.ModelTimeout, 409: errors.ServerFailed, 425: errors.ServerFailed, 429: errors.RateLimited,
}  # fmt: skip
_FATAL: dict[int, type[errors.ModelError]] = {
    401: errors.AuthenticationFailed, 403: errors.PermissionRefused, 404: errors.UnknownModel,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that brought no reply: the error to raise if it stays so, and whether to try again.

    `advice` is the endpoint's own word on how many seconds to wait, `context` on how many tokens the model takes.
    """

    error: type[errors.ModelError]
    message: str
    next_try: NextTry = "never"
    advice: float | None = None
    status_code: int | None = None
    request_id: str | None = None
    hint: str | None = None
    context: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer with a status of 400 or more, as plain values. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: object


def classify(refusal: Refusal, endpoint: Endpoint, rung: Rung, limit: str) -> Failure | FormatRefused:
    """What a refusal means for a request made on `rung`, with the token limit sent under the name `limit`."""
    status = refusal.status
    said = list(dict.fromkeys(_strings(refusal.body)))
    text = " ".join(said).casefold()[:20_000]
    request_id = request_id_of(refusal.headers, endpoint)
    words = endpoint.clean("; ".join(said) or "no reason given")

    if limit == "max_completion_tokens" and status in (400, 422) and limit in text and _has(text, _UNKNOWN):
        message = f"{status}: {words}"
        return Failure(errors.RequestRefused, message, "other_limit_name", None, status, request_id)
    special = _by_words(status, text)
    if special is None and rung != "text" and _about_format(status, text):
        return FormatRefused(rung, words, status, request_id)
    kind = special or _by_status(status)
    later = special is None and (status in _TRANSIENT or status >= 500)
    message = endpoint.clean(f"{status} from {endpoint.url} for model {endpoint.model}: {words}")
    advice = advised_wait(refusal.headers, status) if later else None
    hint = _hint(kind, text, endpoint)
    context = stated_context(text, refusal.body) if kind is errors.ContextTooLong else None
    return Failure(kind, message, "later" if later else "never", advice, status, request_id, hint, context)


def _by_words(status: int, text: str) -> type[errors.ModelError] | None:
    """The cases in which what is said decides, not the status."""
    billing = status == 403 and "billing" in text
    if status == 402 or billing or (status in (400, 403, 429) and _has(text, _NO_CREDIT)):
        return errors.QuotaExhausted
    # A single request above the per-minute allowance is a 429 that no waiting mends.
    if status == 413 or (status == 429 and "request too large" in text):
        return errors.ContextTooLong
    if status in (400, 422, 500) and _has(text, _CONTEXT):
        return errors.ContextTooLong
    if status in (400, 403, 422, 451) and _has(text, _FILTER):
        return errors.FilteredReply
    return None


def _about_format(status: int, text: str) -> bool:
    if status in (400, 404, 422, 500, 501) and _has(text, _FORMAT):
        return True
    return status in (400, 404, 422, 501) and "schema" in text and _has(text, _UNKNOWN)


def _by_status(status: int) -> type[errors.ModelError]:
    if status in (405, 501):  # no chat completions at this address, now or later
        return errors.UnknownModel
    if status >= 500:
        return errors.ServerFailed
    return _TRANSIENT.get(status) or _FATAL.get(status) or errors.RequestRefused


def _hint(kind: type[errors.ModelError], text: str, endpoint: Endpoint) -> str | None:
    if kind is errors.UnknownModel:
        return f"{kind.default_hint} {endpoint.model_hint}"
    if kind is errors.ContextTooLong and "completion" in text:
        return f"{kind.default_hint} A smaller max_output_tokens leaves more room for the article."
    return None


def _has(text: str, phrases: Iterable[str]) -> bool:
    return any(phrase in text for phrase in phrases)


def _strings(value: object, depth: int = 0) -> Iterator[str]:
    """What the endpoint says itself, in reading order; a key that may hold an echo of the request is not followed."""
    if isinstance(value, str):
        yield value
    elif depth < 6 and isinstance(value, Mapping):
        for key in (*_SAYS, *_NAMES):
            yield from _strings(value.get(key), depth + 1)
    elif depth < 6 and isinstance(value, list):
        for item in value[:20]:
            yield from _strings(item, depth + 1)


def no_completion(status: int, content: bytes, body: object, request_id: str | None, endpoint: Endpoint) -> Failure:
    """The failure of an answer with a good status that holds no chat completion; `body` is its JSON, if it has any."""
    page = content.lstrip()[:1] == b"<"
    empty = isinstance(body, dict) and "choices" in body
    found = "a web page" if page else "no choices" if empty else "something else"
    message = endpoint.clean(f"{endpoint.url} answered {status} with {found} instead of a chat completion")
    # The same address gives the same page; anything else may have been a hiccup.
    next_try: NextTry = "never" if page else "later"
    return Failure(errors.ServerFailed, message, next_try, None, status, request_id, endpoint.url_hint)


def status_within(error: object) -> int:
    """The status that an error delivered with status 200 stands for: routers report a failure behind them like that."""
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if isinstance(code, int) and 400 <= code <= 599 else 502


def request_id_of(headers: Mapping[str, str], endpoint: Endpoint) -> str | None:
    """The provider's name for the call, under the headers that OpenAI, Anthropic and Azure use."""
    found = headers.get("x-request-id") or headers.get("request-id") or headers.get("apim-request-id")
    return endpoint.clean(found) if found else None


def pause(failures: int, advice: float | None, backoff: float, cap: float, chance: float) -> float:
    """Seconds to wait after the `failures`-th failure in a row; `chance` lies in [0, 1).

    Without advice: full jitter, `chance` times a backoff that doubles up to `cap`
    (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). With advice: never less than it, even
    above the cap, and at most one backoff more, so that callers told the same do not all come back at once.
    """
    if advice:
        return advice + chance * backoff
    return chance * min(cap, backoff * 2.0 ** min(failures - 1, 60))


def advised_wait(headers: Mapping[str, str], status: int) -> float | None:
    """Seconds that the endpoint asks to wait, from `retry-after-ms`, `retry-after` (RFC 9110: seconds or a date) or,
    after a 429 without them, `x-ratelimit-reset-*`. None if it does not say or cannot be understood."""
    milliseconds = seconds_in(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    after = headers.get("retry-after")
    if after is not None:
        seconds = seconds_in(after)
        return seconds if seconds is not None else _until(after, headers.get("date"))
    return _reset(headers) if status == 429 else None


def _until(value: str, date: str | None) -> float | None:
    """Seconds from the reply's own `Date`, which spares us the difference between two clocks, to an HTTP date."""
    moment = _moment(value)
    if moment is None:
        return None
    now = _moment(date or "") or datetime.now(UTC)
    return max((moment - now).total_seconds(), 0.0)


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reset(headers: Mapping[str, str]) -> float | None:
    """The reset of the allowance that is used up, or the shortest one when none is said to be."""
    used_up: list[float] = []
    others: list[float] = []
    for name, value in headers.items():
        if name.startswith("x-ratelimit-reset-") and (seconds := duration(value)) is not None:
            remaining = headers.get(name.replace("reset", "remaining", 1))
            (used_up if remaining == "0" else others).append(seconds)
    return max(used_up) if used_up else min(others, default=None)


class Tries:
    """The tries of one call: whether there is another, and the wait before it.

    `failures` counts those that used up a try. `impossible_wait` is the wait in seconds that would have passed the
    deadline, if that is what ended the tries. The pause that follows an attempt is noted on it in `attempts`.
    """

    def __init__(
        self,
        settings: Settings,
        rng: random.Random,
        remaining: Callable[[], float],
        attempts: list[Attempt],
    ) -> None:
        self.failures = 0
        self.impossible_wait: float | None = None
        self._settings = settings
        self._rng = rng
        self._remaining = remaining
        self._attempts = attempts

    def policy(self) -> dict[str, Any]:
        """The arguments of a tenacity `Retrying` or `AsyncRetrying` that returns what the last try returned.

        What a try raises (a cancellation, an interrupt) goes through untouched.
        """
        from tenacity import retry_if_result

        return {
            "retry": retry_if_result(may_go_again),
            "wait": self._wait,
            "stop": self._stop,
            "before_sleep": self._note_pause,
            "retry_error_callback": _result,
        }

    def _wait(self, state: RetryCallState) -> float:
        failure: Failure = _result(state)
        if failure.next_try == "other_limit_name":
            return 0.0
        settings = self._settings
        return pause(self.failures, failure.advice, settings.backoff, settings.backoff_cap, self._rng.random())

    def _stop(self, state: RetryCallState) -> bool:
        if _result(state).next_try == "other_limit_name":
            return False
        if self.failures > self._settings.transient_retries:
            return True
        if state.upcoming_sleep < self._remaining():
            return False
        self.impossible_wait = state.upcoming_sleep
        return True

    def _note_pause(self, state: RetryCallState) -> None:
        if _result(state).next_try == "later":
            self.note_pause(state.upcoming_sleep)

    def note_pause(self, seconds: float) -> None:
        """Note on the last attempt how long was waited after it."""
        self._attempts[-1] = self._attempts[-1].model_copy(update={"waited": seconds})


def may_go_again(outcome: object) -> bool:
    """Whether another try is worth its price."""
    return isinstance(outcome, Failure) and outcome.next_try != "never"


def _result(state: RetryCallState) -> Any:
    """What the last try returned; tenacity asks only after one that raised nothing."""
    assert state.outcome is not None
    return state.outcome.result()
