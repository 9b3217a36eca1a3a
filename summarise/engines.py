"""What reads behind a `Summariser`: a model that is asked, or rules."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from summarise.article import Article
from summarise.converse import Conversation
from summarise.errors import ModelError
from summarise.hooks import OnAttempt
from summarise.model import Conversation as Carriable
from summarise.model import ModelClient, ladder
from summarise.offline import OFFLINE_VERSION
from summarise.offline.reader import check_fields, read_offline
from summarise.prompt import Prompt, load_prompt
from summarise.records import ArticleSummary, Usage, Window
from summarise.schema import ReplyContract
from summarise.settings import OFFLINE, Settings
from summarise.tokens import cost

if TYPE_CHECKING:
    from openai import AsyncOpenAI, OpenAI

    from summarise.model.pacing import ChangeShare
    from summarise.model.wire import Response


class Carried(Carriable, Protocol):
    """A conversation on its way, which may give something even when it is broken off."""

    def salvage(self, error: ModelError) -> ArticleSummary:
        """What an earlier reply gave before `error` ended the conversation; raises `error` if there is nothing."""
        ...


class ModelEngine:
    """Reads by asking a model."""

    def __init__(
        self,
        settings: Settings,
        client: OpenAI | AsyncOpenAI | None,
        wanted: ReplyContract,
        prompts: Path | None,
        on_attempt: OnAttempt | None,
        on_response: Callable[[Response], object] | None = None,
    ) -> None:
        self._settings = settings
        self._on_attempt = on_attempt
        self._client = ModelClient(settings, client=client, on_response=on_response)
        self._prompt: Prompt = load_prompt(wanted, prompts)

    @property
    def model_name(self) -> str:
        """What the model is called in a ledger."""
        return self._settings.model

    @property
    def reading_id(self) -> str:
        """What tells one way of reading from another: the id of the prompt, or the version of the rules."""
        return self._prompt.prompt_id

    def read(self, article: Article) -> ArticleSummary:
        """The summary of one article, neither priced nor compared."""
        conversation = self.conversation(article)
        try:
            return self._client.run(conversation)
        except ModelError as error:
            return conversation.salvage(error)

    async def aread(self, article: Article) -> ArticleSummary:
        """The async twin of `read`."""
        return await self.acarry(self.conversation(article))

    async def acarry(self, conversation: Carried) -> ArticleSummary:
        """Ask the model on in a conversation that was begun elsewhere."""
        try:
            return await self._client.arun(conversation)
        except ModelError as error:
            return conversation.salvage(error)

    def windows(self, article: Article) -> tuple[Window, ...]:
        """The parts in which the article would be read; empty: whole."""
        return self.conversation(article).windows()

    def cost(self, usage: Usage, batch: bool) -> float | None:
        """What that costs, in US dollars; None where the price is not known."""
        return cost(
            self._settings.model,
            input_tokens=usage.input_tokens,
            cached_tokens=usage.cached_tokens,
            output_tokens=usage.output_tokens,
            base_url=self._client.base_url,
            batch=batch,
        )

    def pacing(self, concurrency: int) -> AbstractContextManager[ChangeShare]:
        """A context in which `aread` keeps the pace of the endpoint."""
        return self._client.pacing(concurrency)

    def close(self) -> None:
        """Close what was opened."""
        self._client.close()

    async def aclose(self) -> None:
        """The async twin of `close`."""
        await self._client.aclose()

    def conversation(self, article: Article) -> Conversation:
        """What is to be said to the model about an article."""
        address = self._client.base_url
        start = ladder.start(address, self._settings.model)
        context = ladder.context(address, self._settings.model, self._settings.context)
        return Conversation(
            article, self._prompt, self._settings, start, address, on_attempt=self._on_attempt, context=context
        )


class OfflineEngine:
    """Reads by rules: asks nobody, opens nothing, costs nothing."""

    model_name = OFFLINE
    reading_id = OFFLINE_VERSION

    def __init__(self, wanted: ReplyContract) -> None:
        check_fields(wanted)
        self._contract = wanted

    def read(self, article: Article) -> ArticleSummary:
        """The summary of one article, neither priced nor compared."""
        return read_offline(article, self._contract)

    async def aread(self, article: Article) -> ArticleSummary:
        """The async twin of `read`."""
        return self.read(article)

    def windows(self, article: Article) -> tuple[Window, ...]:
        """The parts in which the article would be read; empty: whole."""
        return ()

    def cost(self, usage: Usage, batch: bool) -> float:
        """What that costs, in US dollars; None where the price is not known."""
        return 0.0

    def pacing(self, concurrency: int) -> AbstractContextManager[ChangeShare]:
        """A context in which `aread` keeps the pace of the endpoint."""
        return nullcontext(lambda concurrency, part: None)

    def close(self) -> None:
        """Nothing is open."""

    async def aclose(self) -> None:
        """Nothing is open."""
