"""The conversation about one article, with no input or output: requests come out, replies go in, a summary comes back.

One generator serves the sync and the async driver, and whoever replays replies. An article that fits the model's
context is one dialogue. A longer one is read in windows, a dialogue each, one after the other; then one judgement is
made of all the replies. Transport faults are the driver's business: it throws the `ModelError` of a call that came to
nothing into the generator, which goes on with what is left to read, or lets it out. Every attempt is written into the
journal, which ends in the summary or on the error.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial

from summarise.article import Article
from summarise.article.numbers import in_words
from summarise.dialogue import Dialogue
from summarise.errors import (
    BadReply,
    ContextTooLong,
    FatalModelError,
    HookFailed,
    ModelError,
    TransientModelError,
    TruncatedReply,
)
from summarise.exchange import FormatRefused, Reply, Request, Rung
from summarise.hooks import OnAttempt, call_hook
from summarise.judge import Verdict, judge_parts
from summarise.judge.index import ArticleIndex
from summarise.prompt import Prompt
from summarise.provenance import provenance_of
from summarise.records import ArticleSummary, Attempt, Concern, Provenance, Repair, Usage, Window
from summarise.schema import flatten
from summarise.settings import Settings
from summarise.tokens import tokenizer_for
from summarise.windows import Room, halves, request_tokens, room_in, surely_fits, windows_in

_MOST_REFUSALS = 4  # of requests that were too long by the endpoint's count, for one article


@dataclass
class Conversation:
    """One article on its way to a summary. `attempts` is the journal, shared with the driver.

    `context` is the model's context in tokens, as far as it is known: what decides into which windows the article is
    cut, so that the same conversation can be had again. None: the article is sent whole, until the endpoint refuses it
    and tells its limit.
    """

    article: Article
    prompt: Prompt
    settings: Settings
    start: Rung = "json_schema"
    base_url: str | None = None
    attempts: list[Attempt] = field(default_factory=list)
    on_attempt: OnAttempt | None = None
    context: int | None = None
    _room: Room | None = None
    _most: int | None = None
    _refusals: int = 0
    _current: Dialogue | None = None
    _last_error: ModelError | None = None
    _heard: list[Dialogue] = field(default_factory=list)
    _left: list[Window] = field(default_factory=list)
    _halves: list[Window] = field(default_factory=list)
    _unread: list[tuple[Window, ModelError]] = field(default_factory=list)
    _unfinished: list[ModelError] = field(default_factory=list)

    def steps(self) -> Generator[Request, Reply | FormatRefused, ArticleSummary]:
        """Yields requests, is sent replies, returns the summary.

        Raises `TruncatedReply`, `RefusedReply`, `FilteredReply` or `BadReply` when nothing usable came,
        `RequestRefused` when plain text was refused, too, `ContextTooLong` when the article cannot be cut so that it
        fits, and `ConfigurationError` when the context is too small for any article. A fault after a partial success
        does not lose it: windows that could not be read are named in a concern.
        """
        rung, window = self.start, self._replan(self.start)
        while True:
            self._current = dialogue = self._dialogue(rung, window)
            try:
                yield from dialogue.steps()
            except ModelError as error:
                if self._is_hopeless(error):
                    raise
                if isinstance(error, ContextTooLong) and self._can_be_shorter(error, dialogue):
                    window = self._replan(dialogue.rung, window.first if window is not None else 1)
                    continue
                if isinstance(error, TruncatedReply) and self._halve(dialogue):
                    window = self._left.pop(0)
                    continue
                self._close(dialogue, error)
            else:
                self._close(dialogue)
            rung = dialogue.rung
            if not self._left:
                return self._finished()
            window = self._left.pop(0)

    def salvage(self, error: ModelError) -> ArticleSummary:
        """What earlier replies gave before `error` ended the conversation; raises `error` if there is nothing."""
        if self._current is not None:
            self._close(self._current, error)
        self._unread += [(window, error) for window in self._left]
        self._left = []
        if not self._heard:
            raise error
        return self._finished()

    # ----------------------------------------------------------------------------------------------- what to read next

    def windows(self) -> tuple[Window, ...]:
        """How the article is cut, as far as the context is known beforehand; empty: not at all."""
        room = self._room_on(self.start)
        return () if room is None else windows_in(self.article, self.prompt, room)

    def _replan(self, rung: Rung, begin: int = 1) -> Window | None:
        """Cuts what is left from sentence `begin` on; returns the first window, None for the whole article."""
        self._room = self._room_on(rung)
        windows = () if self._room is None else windows_in(self.article, self.prompt, self._room, begin)
        self._left = list(windows[1:])
        return windows[0] if windows else None

    def _room_on(self, rung: Rung) -> Room | None:
        """The room in the context; None where it is not known, or so ample that nothing has to be counted."""
        context, most = self.context, self.settings.max_output_tokens
        if context is None or (self._most is None and surely_fits(self.article, self.prompt, context, most)):
            return None
        return room_in(context, self.prompt, rung, model=self.settings.model, max_output_tokens=most, most=self._most)

    def _dialogue(self, rung: Rung, window: Window | None) -> Dialogue:
        index = None if window is None else self._index
        attempts, room = self.attempts, self._room
        # Not `self.note`: what holds its own holder waits for the garbage collector, with the whole article.
        note = partial(_note, attempts, self.article, self.on_attempt)
        return Dialogue(self.article, self.prompt, self.settings, rung, attempts, note, window, index, room)

    def _is_hopeless(self, error: ModelError) -> bool:
        """Whether what is left would come to the same end: a fatal error, or no way through for two windows in turn."""
        twice = isinstance(error, TransientModelError) and isinstance(self._last_error, TransientModelError)
        return twice or isinstance(error, FatalModelError)

    @cached_property
    def _index(self) -> ArticleIndex:
        return ArticleIndex(self.article)

    def _can_be_shorter(self, error: ContextTooLong, dialogue: Dialogue) -> bool:
        """Whether a request that was too long is of use in smaller ones; then notes how long they may be."""
        request = dialogue.last_request
        if request is None or dialogue.usable is not None or self._refusals == _MOST_REFUSALS:
            return False
        self._refusals += 1
        if error.limit is not None and (self.context is None or error.limit < self.context):
            self.context = error.limit
            return True
        if self.context is None:
            return False
        self._most = request_tokens(request) * 3 // 4  # the model's own tokens are shorter than those counted here
        return True

    def _halve(self, dialogue: Dialogue) -> bool:
        """Puts two halves, once, in the place of a window that has more to tell than a reply may hold."""
        window = dialogue.window
        if window is None or dialogue.usable is not None or window in self._halves or window.last == window.first:
            return False
        (_, end), (start, _) = halves(window.last - window.first + 1)
        self._halves = [
            Window(first=window.first, last=window.first + end - 1),
            Window(first=window.first + start, last=window.last),
        ]
        self._left[:0] = self._halves
        return True

    # -------------------------------------------------------------------------------------------------- what came of it

    def _close(self, dialogue: Dialogue, error: ModelError | None = None) -> None:
        """Keeps what a dialogue gave, or notes its window as unread; raises the error where it gave nothing at all."""
        self._current, self._last_error = None, error
        if dialogue.usable is not None:
            self._heard.append(dialogue)
            if error is not None and not isinstance(error, BadReply):
                self._unfinished.append(error)
            return
        assert error is not None
        if dialogue.window is not None:
            self._unread.append((dialogue.window, error))
        if not self._heard and not self._left:
            raise error

    def note(self, attempt: Attempt) -> None:
        """Write an attempt into the journal, and tell whoever wants to know. Raises `HookFailed`."""
        _note(self.attempts, self.article, self.on_attempt, attempt)

    def _finished(self) -> ArticleSummary:
        verdict = self._verdict()
        summary = verdict.summary
        if summary is None:  # a rule of the user's own summary class, which the windows kept each for itself
            raise BadReply(
                f"what the windows of the article say together does not stand: {verdict.faults[-1]}",
                attempts=self.attempts,
            )
        concerns = [*summary.concerns, *map(_unfinished, self._unfinished), *self._unread_sentences()]
        provenance = self._provenance(verdict.repairs)
        return summary.model_copy(update={"provenance": provenance, "concerns": concerns})

    def _verdict(self) -> Verdict:
        """The judgement of the article: that of its one reply, or one over the replies about its windows."""
        best = [dialogue.best for dialogue in self._heard if dialogue.best is not None]
        if self._heard[0].window is None:
            return best[0]
        contract = self.prompt.contract
        told = [
            (flatten(verdict.value, contract).value, dialogue.index or self._index)
            for dialogue, verdict in zip(self._heard, best, strict=True)
        ]
        whole = judge_parts(told, self._index, contract)
        repairs = tuple(repair for verdict in best for repair in verdict.repairs)
        return Verdict(None, whole.faults, repairs, whole.summary)

    def _unread_sentences(self) -> Iterator[Concern]:
        """A concern for each error that kept sentences from being read."""
        read = {number for dialogue in self._heard for number in _numbers(dialogue.window)}
        for error in dict.fromkeys(error for _, error in self._unread):
            of_error = {number for window, why in self._unread if why is error for number in _numbers(window)}
            if missing := sorted(of_error - read):
                message = f"not read: sentence {in_words(missing)} ({error.kind}: {error.message})"
                yield Concern(path="", kind="unread", message=message[:500], sentence=missing[0])

    def _provenance(self, repairs: tuple[Repair, ...]) -> Provenance:
        attempts = self.attempts
        read = [dialogue.window for dialogue in self._heard if dialogue.window is not None]
        unread = [window.model_copy(update={"read": False}) for window, _ in self._unread]
        return provenance_of(
            self.article,
            model=self.settings.model,
            answered_by=next((heard.answered_by for heard in reversed(self._heard) if heard.answered_by), None),
            base_url=self.base_url,
            rung=self._heard[-1].best_rung,
            prompt_id=self.prompt.prompt_id,
            schema_id=self.prompt.contract.schema_id,
            attempts=list(attempts),
            windows=sorted([*read, *unread], key=lambda window: window.first),
            repairs=list(repairs),
            usage=Usage(
                requests=len(attempts),
                input_tokens=sum(attempt.input_tokens for attempt in attempts),
                cached_tokens=sum(attempt.cached_tokens for attempt in attempts),
                output_tokens=sum(attempt.output_tokens for attempt in attempts),
            ),
            warnings=self._warnings(),
        )

    def _warnings(self) -> Iterator[str]:
        for concern in self._unread_sentences():
            yield concern.message
        for name in self.prompt.left_out:
            yield f"the worked example {name} does not fit this schema and was left out of the prompt"
        if any(dialogue.counted_here for dialogue in self._heard):
            yield "the endpoint reported no token counts: they were counted here"
            if (note := tokenizer_for(self.settings.model).note) is not None:
                yield note


def _note(attempts: list[Attempt], article: Article, on_attempt: OnAttempt | None, attempt: Attempt) -> None:
    attempts.append(attempt)
    try:
        call_hook("on_attempt", on_attempt, attempt, article)
    except HookFailed as error:
        error.attempts = tuple(attempts)
        raise


def _unfinished(error: ModelError) -> Concern:
    message = f"a complaint could not be settled ({error.kind}: {error.message})"
    return Concern(path="", kind="unfinished", message=message[:500])


def _numbers(window: Window | None) -> range:
    return range(0) if window is None else range(window.first, window.last + 1)
