"""The batch API of an endpoint: files go up, batches are made of them, their results come down.

Nothing is done twice for want of an answer: before a call that makes something is tried again, the endpoint's own list
tells whether it was made after all.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from summarise import errors
from summarise.exchange import FormatRefused
from summarise.model import ladder
from summarise.model.connections import Connections
from summarise.model.quiet import hide_in_logs
from summarise.model.retry import Failure, Refusal, classify, pause

if TYPE_CHECKING:
    import openai
    from openai.types import Batch

    from summarise.settings import Settings

log = logging.getLogger(__name__)

URL: Literal["/v1/chat/completions"] = "/v1/chat/completions"
"""What every request of a batch asks for."""

ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
"""The states after which nothing more comes of a batch."""

_TRANSFER_SECONDS = 900.0  # for a file of 200 MB at 220 kB a second
_OLDER = 86_400  # seconds by which two clocks may differ
_NO_API = (404, 405, 501)

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch as its provider tells of it; times in seconds since 1970. `errors` are why it did not pass validation."""

    id: str
    status: str
    completed: int = 0
    failed: int = 0
    total: int = 0
    created_at: float | None = None
    ended_at: float | None = None
    expires_at: float | None = None
    output_file: str | None = None
    error_file: str | None = None
    errors: tuple[str, ...] = ()
    crowded: bool = False
    """Whether it was refused for the room that other batches take up."""

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in ENDED


class BatchClient:
    """Calls to the batch API of the endpoint that `settings` name.

    What may pass is tried again with backoff, as often as the settings say. Everything raises a `ModelError`:
    `NoBatchApi` where the endpoint has no such thing, and `ConfigurationError` as `ModelClient` does.
    """

    def __init__(self, settings: Settings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        ladder.check_settings(settings)
        self.endpoint = ladder.endpoint_of(settings)
        hide_in_logs(self, self.endpoint)
        self._settings = settings
        self._sleep = sleep
        self._rng = random.Random()
        self._connections = Connections(self.endpoint, ladder.key_of(settings), None)

    def check(self) -> None:
        """Raises `NoBatchApi` where the endpoint has none, or no list of its batches: nothing would be safe then."""

        def look(client: openai.OpenAI) -> bool:
            return bool(client.batches.list(limit=1).data)

        self._call("batches", look)

    def upload(self, path: Path, name: str) -> str:
        """Send a file of requests; the endpoint's id for it."""
        size = path.stat().st_size

        def send(client: openai.OpenAI) -> str:
            with path.open("rb") as file:
                whole = (name, file, "application/jsonl")
                return client.files.create(file=whole, purpose="batch", timeout=_TRANSFER_SECONDS).id

        return self._call("files", send, lambda: self.uploaded(name, size))

    def uploaded(self, name: str, size: int) -> str | None:
        """The id of a file of this name and size in bytes, if the endpoint has one and can tell."""

        def look(client: openai.OpenAI) -> str | None:
            for file in client.files.list(purpose="batch", order="desc"):
                if file.filename == name and file.bytes in (size, None):
                    return file.id
            return None

        try:
            return self._call("files", look)
        except errors.NoBatchApi:  # it has files, and no list of them: one more does no harm
            return None

    def create(self, file: str, metadata: Mapping[str, str], known: Iterable[str] = ()) -> BatchState:
        """Make a batch of an uploaded file. Batches in `known` are earlier ones of the same file."""
        known = list(known)

        def make(client: openai.OpenAI) -> BatchState:
            return _state(
                client.batches.create(
                    completion_window="24h", endpoint=URL, input_file_id=file, metadata=dict(metadata)
                )
            )

        return self._call("batches", make, lambda: self.created(file, metadata, known))

    def created(
        self, file: str, metadata: Mapping[str, str], known: Iterable[str] = (), since: float = 0.0
    ) -> BatchState | None:
        """The batch that was made of this file, or bears this metadata; None if there is none but those in `known`.

        Looks at batches made after `since` alone, in seconds since 1970.
        """
        passed = set(known)

        def look(client: openai.OpenAI) -> BatchState | None:
            for batch in client.batches.list(limit=100):
                if (_seconds(batch.created_at) or since) < since - _OLDER:
                    return None
                if batch.id not in passed and (batch.input_file_id == file or (batch.metadata or {}) == metadata):
                    return _state(batch)
            return None

        return self._call("batches", look)

    def state(self, batch: str) -> BatchState:
        """How far a batch is."""
        found = self._call(f"batches/{batch}", lambda client: _state(client.batches.retrieve(batch)))
        return replace(found, errors=tuple(map(self.endpoint.clean, found.errors))) if found.errors else found

    def download(self, file: str, path: Path) -> bool:
        """Write a file of results to `path`, whole or not at all; False if the endpoint no longer has it."""
        unfinished = path.with_suffix(".part")

        def fetch(client: openai.OpenAI) -> bool:
            content = client.files.with_streaming_response.content(file, timeout=_TRANSFER_SECONDS)
            with content as response, unfinished.open("wb") as sink:
                for lines in _whole_lines(response.iter_bytes()):
                    sink.write(self._hidden(lines))
                sink.flush()
                os.fsync(sink.fileno())
            unfinished.replace(path)
            return True

        try:
            return self._call(f"files/{file}/content", fetch)
        except errors.UnknownModel:
            return False
        finally:
            unfinished.unlink(missing_ok=True)

    def _hidden(self, lines: bytes) -> bytes:
        """The lines without keys: an endpoint may say back what it was sent, and files of results are kept a while."""
        return self.endpoint.hide_in_data(lines.decode("latin-1")).encode("latin-1")

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call(
        self, what: str, call: Callable[[openai.OpenAI], Made], made: Callable[[], Made | None] | None = None
    ) -> Made:
        """The result of `call`; where it stays without an answer, what `made` finds counts before it is tried again."""
        failures = 0
        settings = self._settings
        while True:
            with self._failing(what) as problem:
                return call(self._connections.synchronous())
            failure = problem[0]
            failures += 1
            log.info("%s: %s", failure.error.__name__, failure.message)
            if failure.next_try != "later" or failures > settings.transient_retries:
                raise failure.error(failure.message, hint=failure.hint, request_id=failure.request_id)
            wait = pause(failures, failure.advice, settings.backoff, settings.backoff_cap, self._rng.random())
            self._sleep(wait)
            if made is not None and (found := made()) is not None:
                return found

    @contextmanager
    def _failing(self, what: str) -> Iterator[list[Failure]]:
        """What went wrong within, as the only thing in the list; nothing is in it before."""
        import httpx2
        import openai

        problems: list[Failure] = []
        try:
            yield problems
        except openai.APIStatusError as problem:
            problems.append(self._refused(what, Refusal(problem.status_code, problem.response.headers, problem.body)))
        except openai.APITimeoutError:
            message = f"no complete answer from {self.endpoint.url}/{what} in time"
            problems.append(Failure(errors.ModelTimeout, message, "later"))
        except (openai.APIError, httpx2.HTTPError) as problem:
            problems.append(self._unconnected(problem))

    def _unconnected(self, problem: Exception) -> Failure:
        cause = problem.__cause__ or problem
        message = f"no connection to {self.endpoint.url}: {type(cause).__name__}: {cause}"
        return Failure(errors.ConnectionFailed, self.endpoint.clean(message), "later")

    def _refused(self, what: str, refusal: Refusal) -> Failure:
        failure = classify(refusal, self.endpoint, "text", "")
        assert not isinstance(failure, FormatRefused)
        if refusal.status not in _NO_API:
            return failure
        if "/" not in what:
            message = f"{self.endpoint.url} has no batch API ({refusal.status} at {self.endpoint.url}/{what})"
            return Failure(errors.NoBatchApi, message, "never", None, refusal.status, failure.request_id)
        message = f"{self.endpoint.url} does not know {what} ({refusal.status})"
        hint = "Check that the key and the base URL are those of the project that it was submitted with."
        return Failure(errors.UnknownModel, message, "never", None, refusal.status, failure.request_id, hint)


def _whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut at the ends of lines alone."""
    rest = b""
    for piece in pieces:
        whole, end, begun = piece.rpartition(b"\n")
        if end:
            yield rest + whole + end
            rest = begun
        else:
            rest += piece
    if rest:
        yield rest


def _state(batch: Batch) -> BatchState:
    """What is told of a batch; servers leave out what they do not know, or tell it in another form."""
    counts: Any = batch.request_counts
    moments = (batch.completed_at, batch.expired_at, batch.cancelled_at, batch.failed_at)
    ended = next(filter(None, map(_seconds, moments)), None)
    data: Any = getattr(batch.errors, "data", batch.errors)
    told = data if isinstance(data, list) else [data] if data else []
    return BatchState(
        id=batch.id,
        status=str(batch.status).lower(),
        completed=getattr(counts, "completed", None) or 0,
        failed=getattr(counts, "failed", None) or 0,
        total=getattr(counts, "total", None) or 0,
        created_at=_seconds(batch.created_at),
        ended_at=ended,
        expires_at=_seconds(batch.expires_at),
        output_file=batch.output_file_id or None,
        error_file=batch.error_file_id or None,
        errors=tuple(_error_line(error) for error in told),
        crowded=any(getattr(error, "code", None) == "token_limit_exceeded" for error in told),
    )


def _seconds(moment: object) -> float | None:
    return moment if isinstance(moment, int | float) else None


def _error_line(error: Any) -> str:
    if isinstance(error, str):
        return error
    line, code = getattr(error, "line", None), getattr(error, "code", None)
    where = "" if line is None else f"line {line}: "
    return f"{where}{getattr(error, 'message', None) or 'no reason given'}" + (f" ({code})" if code else "")
