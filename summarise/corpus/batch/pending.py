"""An article that is out: its text as it was submitted, and everything that was answered about it so far."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from summarise import errors
from summarise.corpus.items import SourceItem
from summarise.errors import ContextTooLong, ModelError
from summarise.exchange import FormatRefused, Reply
from summarise.records import Attempt

if TYPE_CHECKING:
    from summarise.exchange import Rung
    from summarise.model.ladder import LimitName


@dataclass(frozen=True, slots=True)
class Ending:
    """An error that a conversation was told, as plain values: `kind` is its class."""

    kind: str
    message: str
    hint: str
    request_id: str | None = None
    limit: int | None = None

    @classmethod
    def of(cls, error: ModelError) -> Self:
        """What there is to keep of an error."""
        limit = error.limit if isinstance(error, ContextTooLong) else None
        return cls(error.kind, error.message, error.hint, error.request_id, limit)

    def error(self, attempts: Sequence[Attempt]) -> ModelError:
        """The error again, after these attempts."""
        kind: type[ModelError] = getattr(errors, self.kind)
        error = kind(self.message, hint=self.hint, request_id=self.request_id, attempts=attempts)
        if isinstance(error, ContextTooLong):
            error.limit = self.limit
        return error


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that brought no reply. `counts` says whether it used up one of the tries.

    `end` is the error that the conversation was told, None if the same request is made again.
    """

    attempt: Attempt
    counts: bool = True
    end: Ending | None = None


Event = Reply | FormatRefused | Failed
"""What came of one request, in the order in which it came."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An article that is out. `rung` is where its conversation began, `limit` how the endpoint calls the token limit.

    `context` is that of the model, as far as it was known then: it decides how a long article is cut.
    `reading` tells a version of this package that numbers the sentences in another way.
    """

    id: str
    source: str
    content: str | bytes
    published: date | None
    fingerprint: dict[str, str]
    rung: Rung
    limit: LimitName
    context: int | None
    reading: str
    events: tuple[Event, ...] = ()

    @property
    def item(self) -> SourceItem:
        """The article as a source gives it."""
        return SourceItem(self.id, self.source, self.content, self.published)

    @property
    def failures(self) -> int:
        """How many tries of the request that is under way came to nothing."""
        number = 0
        for event in reversed(self.events):
            if not isinstance(event, Failed) or event.end is not None:
                break
            number += event.counts
        return number

    def after(self, event: Event, limit: LimitName | None = None) -> Pending:
        """The same article once this has come."""
        return replace(self, events=(*self.events, event), limit=limit or self.limit)


def to_line(pending: Pending) -> bytes:
    """One line of JSON."""
    stored = {
        "id": pending.id,
        "source": pending.source,
        **_content(pending.content),
        "published": None if pending.published is None else pending.published.isoformat(),
        "fingerprint": pending.fingerprint,
        "rung": pending.rung,
        "limit": pending.limit,
        "context": pending.context,
        "reading": pending.reading,
        "events": [_event(event) for event in pending.events],
    }
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def from_line(line: bytes) -> Pending:
    """What `to_line` wrote."""
    stored = json.loads(line)
    published = stored["published"]
    return Pending(
        id=stored["id"],
        source=stored["source"],
        content=_content_of(stored),
        published=None if published is None else date.fromisoformat(published),
        fingerprint=stored["fingerprint"],
        rung=stored["rung"],
        limit=stored["limit"],
        context=stored["context"],
        reading=stored["reading"],
        events=tuple(_event_of(event) for event in stored["events"]),
    )


def _content(content: str | bytes) -> dict[str, str]:
    if isinstance(content, str):
        return {"text": content}
    try:
        return {"utf8": content.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}


def _content_of(stored: dict[str, Any]) -> str | bytes:
    if "text" in stored:
        return str(stored["text"])
    return str(stored["utf8"]).encode() if "utf8" in stored else base64.b64decode(stored["base64"])


def _event(event: Event) -> dict[str, Any]:
    match event:
        case Reply():
            return {"reply": asdict(event)}
        case FormatRefused():
            return {"format_refused": asdict(event)}
        case Failed(attempt, counts, end):
            ended = None if end is None else asdict(end)
            return {"failed": attempt.model_dump(mode="json"), "counts": counts, "end": ended}


def _event_of(stored: dict[str, Any]) -> Event:
    if "reply" in stored:
        return Reply(**stored["reply"])
    if "format_refused" in stored:
        return FormatRefused(**stored["format_refused"])
    end = None if stored["end"] is None else Ending(**stored["end"])
    return Failed(Attempt.model_validate(stored["failed"]), stored["counts"], end)
