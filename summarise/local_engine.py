"""Reads by asking a model on this machine, which is served by llama.cpp from the first article on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from summarise.converse import Conversation
from summarise.errors import ConnectionFailed, DeadlineExceeded, ModelError
from summarise.local import Address, LocalServer, Wanted, check_extra, given_back, model_file, shared_server
from summarise.model import ModelClient
from summarise.prompt import load_prompt
from summarise.settings import Settings, changed_settings

if TYPE_CHECKING:
    from summarise.article import Article
    from summarise.engines import Carried
    from summarise.hooks import OnAttempt
    from summarise.model.pacing import ChangeShare
    from summarise.model.wire import Response
    from summarise.records import ArticleSummary, Usage, Window
    from summarise.schema import ReplyContract

CONTEXT = 16_384
"""Tokens, where the settings name none: an article of some 4,000 words with its reply. Models are trained for up to a
million, and each token of the context takes memory whether it is used or not."""

TIMEOUT, DEADLINE = 1800.0, 3600.0
"""Seconds, where the settings name none: nobody else's server hangs here, and a processor alone is slow."""

_ENDING_SECONDS = 5.0
"""For a process whose connections are closed to be seen as ended: its memory is given back meanwhile."""


class LocalEngine:
    """Reads by asking a model on this machine. Opens nothing before the first article.

    As many articles are read at once as the server has slots; the others wait, and their time is not counted yet.
    Raises `ConfigurationError` without llama.cpp, and for a file that is none.
    """

    def __init__(
        self,
        settings: Settings,
        wanted: ReplyContract,
        prompts: Path | None,
        on_attempt: OnAttempt | None = None,
        on_response: Callable[[Response], object] | None = None,
    ) -> None:
        self._file = model_file(Path(settings.model))
        check_extra()
        self.model_name = self._file.name
        context = settings.context or CONTEXT
        self._context = min(context, self._file.context or context)
        self._wanted = Wanted(self._file, self._context, settings.slots, settings.threads, settings.port)
        self._settings = _patient(changed_settings(settings, model=self.model_name))
        self._prompt = load_prompt(wanted, prompts)
        self._on_attempt, self._on_response = on_attempt, on_response
        self._lock = threading.Lock()
        self._server: LocalServer | None = None
        self._client: ModelClient | None = None
        self._address: Address | None = None
        self._turns = threading.BoundedSemaphore(settings.slots)
        self._turns_of: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    @property
    def reading_id(self) -> str:
        """What tells one way of reading from another: the id of the prompt."""
        return self._prompt.prompt_id

    def read(self, article: Article) -> ArticleSummary:
        """The summary of one article, neither priced nor compared."""
        conversation = self.conversation(article)
        with self._turns:
            client = self._started()
            try:
                return client.run(conversation)
            except ModelError as error:
                self._raise_if_ended(error)
                return conversation.salvage(error)

    async def aread(self, article: Article) -> ArticleSummary:
        """The async twin of `read`."""
        return await self.acarry(self.conversation(article))

    async def acarry(self, conversation: Carried) -> ArticleSummary:
        """Ask the model on in a conversation that was begun elsewhere."""
        async with self._turns_here():
            client = await asyncio.to_thread(self._started)  # loading a model takes its time
            try:
                return await client.arun(conversation)
            except ModelError as error:
                await asyncio.to_thread(self._raise_if_ended, error)  # which may wait
                return conversation.salvage(error)

    def conversation(self, article: Article) -> Conversation:
        """What is to be said to the model about an article. It has no address: that is another one each time."""
        return Conversation(
            article,
            self._prompt,
            self._settings,
            "json_schema",
            None,
            on_attempt=self._on_attempt,
            context=self._context,
        )

    def windows(self, article: Article) -> tuple[Window, ...]:
        """The parts in which the article would be read; empty: whole."""
        return self.conversation(article).windows()

    def cost(self, usage: Usage, batch: bool) -> float:
        """What that costs, in US dollars."""
        return 0.0

    def pacing(self, concurrency: int) -> AbstractContextManager[ChangeShare]:
        """A context in which `aread` keeps the pace of the endpoint: here its slots do that."""
        return nullcontext(lambda concurrency, part: None)

    def close(self) -> None:
        """Stop the server, unless another reader needs it; a later article starts it again."""
        client = self._stop()
        if client is not None:
            client.close()

    async def aclose(self) -> None:
        """The async twin of `close`."""
        client = self._stop()
        if client is not None:
            await client.aclose()

    def _stop(self) -> ModelClient | None:
        # Without the lock: whoever starts the server holds it, and is to be stopped.
        server, client = self._server, self._client
        self._server = self._client = self._address = None
        if server is not None:
            given_back(server)
        return client

    def _started(self) -> ModelClient:
        """The way to the server, which is started if it does not run."""
        with self._lock:
            server = self._server = self._server or shared_server(self._wanted)
            address = server.address(self._settings.deadline)
            if self._client is None or address != self._address:
                told = {"base_url": address.base_url, "api_key": address.key}
                settings = changed_settings(self._settings, **told)
                self._client = ModelClient(settings, direct=True, on_response=self._on_response)
                self._address = address
            return self._client

    def _raise_if_ended(self, error: ModelError) -> None:
        """Raises `LocalModelFailed` if the error came because the server is gone."""
        if self._server is None or not isinstance(error, ConnectionFailed | DeadlineExceeded):
            return
        failure = self._server.failure(_ENDING_SECONDS if isinstance(error, ConnectionFailed) else 0)
        if failure is not None:
            failure.attempts = error.attempts
            raise failure from error

    def _turns_here(self) -> asyncio.Semaphore:
        loop = asyncio.get_running_loop()
        return self._turns_of.setdefault(loop, asyncio.Semaphore(self._wanted.slots))


def _patient(settings: Settings) -> Settings:
    """With more time for a call and an article, where the user named none."""
    times = {"timeout": TIMEOUT, "deadline": DEADLINE}
    return changed_settings(
        settings, **{name: seconds for name, seconds in times.items() if name not in settings.model_fields_set}
    )
