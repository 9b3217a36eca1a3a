"""A conversation that lasts for days: told again from the beginning, as far as it came, and then carried on.

The conversation itself is a generator and knows nothing of this; the same answers bring it to the same question.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from summarise.corpus.batch.pending import Event, Failed, Pending
from summarise.errors import ModelError
from summarise.exchange import FormatRefused, Reply, Request
from summarise.model import ladder
from summarise.records import Attempt

if TYPE_CHECKING:
    from summarise.api import Summariser
    from summarise.article import Article
    from summarise.converse import Conversation
    from summarise.corpus.items import SourceItem
    from summarise.records import ArticleSummary


class Talk:
    """The conversation about an article that is out. `request` is what is to be asked next, `summary` its end.

    Raises a `ModelError` where the conversation ended in one, and `ArticleError` for a text that is no article.
    """

    def __init__(self, pending: Pending, reader: Summariser[Any], article: Article | None = None) -> None:
        self.pending = pending
        self.article = article or article_of(pending, reader)
        self.conversation: Conversation = reader.conversation(self.article)
        self.conversation.start, self.conversation.context = pending.rung, pending.context
        self.request: Request
        self.summary: ArticleSummary | None = None
        self.attempts: list[Attempt] = self.conversation.attempts
        self._steps = self.conversation.steps()
        self.request = next(self._steps)
        for event in pending.events:
            self._take(event)

    def answer(self, event: Event) -> None:
        """Something came. Raises the `ModelError` that it ends in, unless earlier replies give a summary."""
        self.pending = self.pending.after(event)
        self._take(event)

    def salvage(self, error: ModelError) -> ArticleSummary:
        """What earlier replies gave before `error` ended it; raises `error` if there is nothing."""
        return self.conversation.salvage(error)

    def note(self, attempt: Attempt) -> None:
        """Write an attempt that brought no reply into the journal of the conversation."""
        self.conversation.note(attempt)

    def steps(self) -> Generator[Request, Reply | FormatRefused, ArticleSummary]:
        """The rest of the conversation, for a driver of live calls."""
        while self.summary is None:
            try:
                answer = yield self.request
            except ModelError as error:
                self._go(self._steps.throw, error)
            else:
                self._go(self._steps.send, answer)
        return self.summary

    def _take(self, event: Event) -> None:
        if not isinstance(event, Failed):
            self._go(self._steps.send, event)
            return
        self.note(event.attempt.model_copy(update={"number": len(self.attempts) + 1}))
        if event.end is not None:
            self._go(self._steps.throw, event.end.error(self.attempts))

    def _go(self, step: Callable[[Any], Request], came: object) -> None:
        try:
            self.request = step(came)
        except StopIteration as end:
            self.summary = end.value
        except ModelError as error:
            self.summary = self.conversation.salvage(error)


def begin(item: SourceItem, fingerprint: dict[str, str], reader: Summariser[Any]) -> Talk:
    """The beginning of a conversation about an article.

    Raises `ArticleError` for a text that is none, and `ContextTooLong` for one that cannot be cut so that it fits.
    """
    article = reader.article(item.content, published=item.published, name=item.source)
    content = item.content if isinstance(item.content, bytes) else article.text
    first = reader.conversation(article)
    pending = Pending(
        id=item.id,
        source=item.source,
        content=content,
        published=item.published,
        fingerprint=fingerprint,
        rung=first.start,
        limit=ladder.limit_name(first.base_url, reader.settings.model),
        context=first.context,
        reading=reading_of(article),
    )
    return Talk(pending, reader, article)


def resumed(pending: Pending, reader: Summariser[Any]) -> Talk:
    """The conversation as far as it came; from its start if this version numbers the sentences otherwise."""
    article = article_of(pending, reader)
    reading = reading_of(article)
    if pending.reading != reading:
        pending = replace(pending, events=tuple(map(_spent, pending.events)), reading=reading)
    return Talk(pending, reader, article)


def article_of(pending: Pending, reader: Summariser[Any]) -> Article:
    """The article of a text that is out, read again."""
    return reader.article(pending.content, published=pending.published, name=pending.source)


def reading_of(article: Article) -> str:
    """A hash of how the article was read: its day and the sentences that replies cite by number."""
    read = f"{article.published} {article.sentences}"
    return hashlib.blake2b(read.encode(), digest_size=8).hexdigest()


def _spent(event: Event) -> Failed:
    """What an answer cost that is of no use any more."""
    if isinstance(event, Failed):
        return Failed(event.attempt, counts=False)
    attempt = Attempt(
        number=1,
        rung="text",
        outcome="failed",
        message="this version of summarise numbers the sentences of the article otherwise",
        request_id=event.request_id,
        batch=event.batch,
    )
    if isinstance(event, Reply):
        used = {name: getattr(event, name) for name in ("input_tokens", "cached_tokens", "output_tokens")}
        attempt = attempt.model_copy(update=used)
    return Failed(attempt, counts=False)
