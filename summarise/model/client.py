"""The two drivers, one synchronous and one asynchronous, that carry a conversation to a model and back.

What to send, what to raise and how long to wait is decided once, in `summarise.model.talk`.
A driver only posts, sleeps and closes. The client library is imported when the first call is made.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Self

from summarise.exchange import Reply
from summarise.model import ladder
from summarise.model.connections import Connections, check_client
from summarise.model.listening import LISTENER
from summarise.model.pace import Member
from summarise.model.pacing import ChangeShare, Hopeless, is_rate_limit, shared_pace
from summarise.model.quiet import hide_in_logs
from summarise.model.retry import (
    may_go_again,
)
from summarise.model.rounds import next_step, rounds
from summarise.model.talk import Call, Conversation, Outcome, Talk
from summarise.model.wire import NoConnection, Response, post

if TYPE_CHECKING:
    import openai

    from summarise.records import ArticleSummary
    from summarise.settings import Settings

log = logging.getLogger(__name__)


class ModelClient:
    """Carries conversations to one endpoint; may be shared by threads, and used from several event loops in turn.

    `client` is a client of your own (its proxies, headers, credentials): it is neither changed nor closed. `sleep`,
    `asleep`, `clock` (seconds, monotonic) and `rng` stand in for time and chance. With `direct` no proxy is used.
    `on_response` is called with each answer as it comes.

    A user and a password in the base URL become a Basic `Authorization` header, and win over a key; its query goes with
    every call. Raises `ConfigurationError` when there is nowhere to go, the base URL is none, the key cannot be a
    header, or `client` is none. What the environment says of proxies and certificates is read with the first call, and
    raises it then.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        client: openai.OpenAI | openai.AsyncOpenAI | None = None,
        sleep: Callable[[float], None] = time.sleep,
        asleep: Callable[[float], Awaitable[None]] | None = None,
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
        direct: bool = False,
        on_response: Callable[[Response], object] | None = None,
    ) -> None:
        self.settings = settings
        self._sleep = sleep
        self._asleep = asleep
        self._clock = clock
        self._rng = rng or random.Random()
        if client is None:
            ladder.check_settings(settings)
        else:
            check_client(client)
        # No variable here holds a key: a traceback may be shown with the variables of all its frames.
        self._endpoint = ladder.endpoint_of(settings, client)
        self._connections = Connections(self._endpoint, ladder.key_of(settings), client, direct=direct)
        self._on_response = on_response
        self._shared_pace = shared_pace(self._endpoint.url, settings.model, ladder.key_sent(settings, client))
        hide_in_logs(self, self._endpoint)
        self._paced = 0  # runs that want the pace kept

    @property
    def base_url(self) -> str:
        """Where the calls go, without user, password and query; `ladder.start` knows the endpoint by it."""
        return self._endpoint.url

    def run(self, conversation: Conversation) -> ArticleSummary:
        """Carry the conversation to its end. Raises a `ModelError`, with every attempt on it, when it has none."""
        with closing(self._talk(conversation)) as talk:
            for call in talk.calls():
                call.outcome = self._post(call)
                if may_go_again(call.outcome):
                    self._try_again(call)
        return talk.summary

    async def arun(self, conversation: Conversation) -> ArticleSummary:
        """The asynchronous twin of `run`, under asyncio."""
        with closing(self._talk(conversation)) as talk:
            for call in talk.calls():
                call.outcome = await self._apost(call)
                if may_go_again(call.outcome):
                    await self._atry_again(call)
                if self._paced:
                    begin = self._clock()
                    await rounds().aside()
                    talk.deadline.extend(self._clock() - begin)  # that was not the article's own time
        if self._paced:
            await next_step()  # the others of the group are judged before the first one's row is made
        return talk.summary

    def _try_again(self, call: Call) -> None:
        """The tries after a failed one, which is the first of them to the policy."""
        from tenacity import Retrying

        tries = chain([call.outcome], iter(lambda: self._post(call), None))
        call.outcome = Retrying(sleep=self._sleep, **call.tries.policy())(next, tries)

    async def _atry_again(self, call: Call) -> None:
        import asyncio

        from tenacity import AsyncRetrying

        made = [call.outcome]

        async def attempt() -> Outcome:
            return made.pop() if made else await self._apost(call)

        retrying = AsyncRetrying(sleep=self._asleep or asyncio.sleep, **call.tries.policy())
        call.outcome = await retrying(attempt)

    @contextmanager
    def pacing(self, concurrency: int) -> Iterator[ChangeShare]:
        """While this lasts `arun` keeps the pace of the endpoint, which all runs of the process share.

        A call then waits for its turn, and a 429 makes all of them wait; neither counts against an article's deadline
        or its retries. At most `concurrency` calls are under way, fewer while the endpoint is in trouble. The context
        gives what changes the share of this run, where other processes have the rest of the quota.
        """
        member = Member(concurrency, self.settings.requests_per_minute, self.settings.tokens_per_minute)
        with self._shared_pace.member(member) as change:
            self._paced += 1
            try:
                yield change
            finally:
                self._paced -= 1

    def _talk(self, conversation: Conversation) -> Talk:
        return Talk(conversation, self.settings, self._endpoint, self._clock, self._rng)

    def _post(self, call: Call) -> Outcome:
        client, content, seconds = self._connections.synchronous(), call.content(), call.begin()
        with call.span() as tell:
            try:
                response = post(client, content, seconds)
            except TimeoutError:
                return tell(call.timed_out())
            except NoConnection as problem:
                return tell(call.not_connected(problem))
            return tell(self._answered(call, response))

    def _answered(self, call: Call, response: Response) -> Outcome:
        if self._on_response is not None:
            self._on_response(response)
        return call.answered(response)

    async def _apost(self, call: Call) -> Outcome:
        listener = LISTENER.get()
        if listener is not None and (known := listener.known(call.request_hash)) is not None:
            return known
        if listener is not None:
            begin = self._clock()
            call.content()  # before the turn, so that nothing is left but to send it
            await listener.turn()
            call.waited(self._clock() - begin)
        outcome = await (self._in_turn(call) if self._paced else self._asend(call))
        if listener is not None and isinstance(outcome, Reply):
            listener.replied(call.request_hash, outcome)
        return outcome

    async def _in_turn(self, call: Call) -> Outcome:
        """Sends when the pace allows it, and again after a 429: that is the pace's matter, not the article's."""
        pace, patience = self._shared_pace, self.settings.deadline
        while True:
            begin = self._clock()
            try:
                turn = await pace.turn(*call.size, patience)
            except Hopeless as problem:
                raise call.too_late(problem.seconds) from None
            call.waited(self._clock() - begin)
            outcome: Outcome | None = None
            together, sent = rounds(), self._clock()
            together.begun()
            try:
                outcome = await self._asend(call)
            finally:
                pace.over(turn, outcome, call.headers)
                together.ended(self._clock() - sent)
            if not (is_rate_limit(outcome) and pace.excuses(patience) and call.excused()):
                return outcome

    async def _asend(self, call: Call) -> Outcome:
        import asyncio

        apost, content = await self._connections.asynchronous(), call.content()
        seconds = call.begin()
        with call.span() as tell:
            try:
                # The client's own time-out starts anew with every byte; this one does not.
                async with asyncio.timeout(seconds):
                    response = await apost(content, seconds)
            except TimeoutError:
                return tell(call.timed_out())
            except NoConnection as problem:
                return tell(call.not_connected(problem))
            except asyncio.CancelledError:
                if (listener := LISTENER.get()) is not None:
                    listener.given_up()
                raise
            return tell(self._answered(call, response))

    def close(self) -> None:
        """Close the synchronous connections; a later `run` opens new ones."""
        self._connections.close()

    async def aclose(self) -> None:
        """Close the connections of the running loop, and the synchronous ones. After `asyncio.run` there are none."""
        await self._connections.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
