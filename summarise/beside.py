"""Articles read by rules in processes of their own, beside an event loop that has other things to do.

A second opinion costs more CPU time than all else that is done for an article. A loop with hundreds of conversations
under way cannot afford that between the replies; another core can, while the model is waited for. Such a process knows
the rules and nothing else: it is sent articles, and answers with what the rules read. It ends with its input, whatever
became of the process that started it.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from summarise.article import Article
from summarise.offline.reader import read_offline, reads_language
from summarise.records import ArticleSummary
from summarise.schema import contract

if TYPE_CHECKING:
    import asyncio
    from asyncio.subprocess import Process

log = logging.getLogger(__name__)

BUSY = 32
"""Conversations under way at once from which on a process is worth its start."""

MOST = 3
"""Processes that keep pace with one event loop; more would be idle."""

_SIZE = 4  # bytes that tell how long the message behind them is
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from summarise.beside import main; main()"


def readers_to_start() -> int:
    """How many processes would help: one for each core but the loop's own."""
    if not sys.executable or getattr(sys, "frozen", False):  # then it is no Python that could be started
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores - 1, MOST)


class Question:
    """An article that a model is being asked about, for the rules to read meanwhile."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.answer: asyncio.Future[ArticleSummary | None] | None = None

    async def rules(self) -> ArticleSummary | None:
        """What the rules read; None where it is to be read here."""
        return None if self.answer is None else await self.answer


class ReadersBeside:
    """The processes that help a run, on one event loop at a time. They are started when the run is busy enough."""

    def __init__(self) -> None:
        self._runs = 0
        self._open: set[Question] = set()
        self._loop: asyncio.AbstractEventLoop | None = None  # of all that are open
        self._readers: list[_Reader] = []
        self._start: asyncio.Task[None] | None = None
        self._keeper: AsyncGenerator[None] | None = None

    @contextmanager
    def helping(self) -> Iterator[None]:
        """While this lasts, a run is under way that may be helped."""
        self._runs += 1
        try:
            yield
        finally:
            self._runs -= 1

    @contextmanager
    def reading(self, article: Article) -> Iterator[Question]:
        """To be used as long as a model is asked about the article."""
        import asyncio

        question, loop = Question(article), asyncio.get_running_loop()
        if self._runs and reads_language(article) and (self._loop is loop or not self._open):
            self._loop = loop
            self._open.add(question)
            self._ask(question)
        try:
            yield question
        finally:
            self._open.discard(question)
            if question.answer is not None:
                question.answer.cancel()

    async def aclose(self) -> None:
        """End the processes; what is still waited for comes as None."""
        from summarise.model.connections import is_closing

        start, self._start = self._start, None
        await _given_up(start)  # else it would start processes that nobody ends
        keeper, self._keeper = self._keeper, None
        if keeper is not None and not is_closing(keeper):
            await keeper.aclose()

    def _ask(self, question: Question) -> None:
        assert self._loop is not None
        if self._start is None or self._start.get_loop().is_closed():
            if len(self._open) >= BUSY and (count := readers_to_start()):
                self._start = self._loop.create_task(self._start_readers(count))
        elif self._start.get_loop() is self._loop:
            self._hand_out(question)

    def _hand_out(self, question: Question) -> None:
        if readers := [reader for reader in self._readers if reader.listens]:
            question.answer = min(readers, key=_Reader.waiting).ask(question.article)

    async def _start_readers(self, count: int) -> None:
        self._keeper = self._keep()
        await anext(self._keeper)
        try:
            for _ in range(count):
                self._readers.append(_Reader(await _process()))
        except (OSError, NotImplementedError) as problem:
            log.warning("no process for second opinions could be started: %s", problem)
        for question in self._open:
            if question.answer is None:
                self._hand_out(question)

    async def _keep(self) -> AsyncGenerator[None]:
        """Ends the processes with their loop at the latest, which closes its asynchronous generators first."""
        self._readers = readers = list[_Reader]()
        try:
            yield
        finally:
            for reader in readers:
                await reader.aclose()


class _Reader:
    """One process, and who waits for its answers, which come in the order of the questions."""

    def __init__(self, process: Process) -> None:
        import asyncio

        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._input, self._output = process, process.stdin, process.stdout
        self._waiting: deque[asyncio.Future[ArticleSummary | None]] = deque()
        self._listening = asyncio.create_task(self._listen())
        self.listens = True

    def waiting(self) -> int:
        return len(self._waiting)

    def ask(self, article: Article) -> asyncio.Future[ArticleSummary | None]:
        import asyncio

        answer: asyncio.Future[ArticleSummary | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self._input.write(_message(article))
        return answer

    async def _listen(self) -> None:
        import asyncio

        try:
            while True:
                size = int.from_bytes(await self._output.readexactly(_SIZE), "big")
                rules = pickle.loads(await self._output.readexactly(size))
                answer = self._waiting.popleft()
                if not answer.done():  # else nobody waits any more
                    answer.set_result(rules)
        except (asyncio.IncompleteReadError, ConnectionError):
            log.warning("a process for second opinions has ended: its articles are read here")
        finally:
            self.listens = False
            while self._waiting:
                answer = self._waiting.popleft()
                if not answer.done():
                    answer.set_result(None)

    async def aclose(self) -> None:
        import asyncio

        self._listening.cancel()
        with suppress(ProcessLookupError):
            self._process.kill()
        self._input.close()
        await asyncio.gather(self._listening, self._process.wait(), return_exceptions=True)


async def _given_up(start: asyncio.Task[None] | None) -> None:
    """Give up starting processes, if that is still under way in this loop."""
    import asyncio

    if start is not None and start.get_loop() is asyncio.get_running_loop():
        start.cancel()
        await asyncio.wait({start})


async def _process() -> Process:
    import asyncio
    from asyncio.subprocess import PIPE

    # In a session of its own: Ctrl-C is for the run, which gives the articles under way time to finish.
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, *sys.path, stdin=PIPE, stdout=PIPE, start_new_session=True
    )


def _message(content: object) -> bytes:
    data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_SIZE, "big") + data


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers each article with what the rules read in it, as far as a second opinion asks for that, until none comes.

    The answer is None where a fault kept them from reading: whoever asked meets it as well, and tells of it.
    """
    asked = contract(ArticleSummary)
    while head := source.read(_SIZE):
        size = int.from_bytes(head, "big")
        data = source.read(size)
        if len(data) < size:
            return
        try:
            read = read_offline(pickle.loads(data), asked)
            rules = read.model_copy(update={"officials": [], "provenance": None})
        except Exception:  # noqa: BLE001 - it is met again, and reported, where the answer is missed
            rules = None
        sink.write(_message(rules))
        sink.flush()


def main() -> None:
    """Serve on standard input and output, and give way to the event loop where cores are few."""
    if hasattr(os, "nice"):
        os.nice(5)
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, sys.stdout.buffer)
