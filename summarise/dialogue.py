"""The dialogue about one article, or one window of it, with no input or output: requests come out, replies go in.

Each kind of trouble has its own counter: complaints about a bad reply, one longer limit for a reply that was cut off
(cut off again below the limit, it is a bad reply), one step down the ladder per refused format. Every attempt is
written into the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from summarise.article import Article
from summarise.errors import BadReply, FilteredReply, ModelError, RefusedReply, RequestRefused, TruncatedReply
from summarise.exchange import LADDER, FormatRefused, Reply, Request, Rung
from summarise.judge import Instructions, Verdict, judge, repeats, runs_of
from summarise.judge.index import ArticleIndex
from summarise.prompt import Prompt
from summarise.records import ArticleSummary, Attempt, AttemptOutcome, Window
from summarise.settings import Settings
from summarise.tokens import count_tokens
from summarise.windows import LONGEST_COMPLAINT, Room, shown_in

Question = tuple[str, tuple[str, ...]]
"""The last bad reply and its faults."""


@dataclass(slots=True)
class Dialogue:
    """What is said about one window, None for the whole article. `attempts` is the journal, which `note` writes.

    `index` is that of the article, for a window; `room` is the room in the model's context, None where it is not known
    or ample.
    """

    article: Article
    prompt: Prompt
    settings: Settings
    rung: Rung
    attempts: list[Attempt]
    note: Callable[[Attempt], None]
    window: Window | None = None
    index: ArticleIndex | None = None
    room: Room | None = None
    best: Verdict | None = None
    best_rung: Rung | None = None
    answered_by: str | None = None
    counted_here: bool = False
    last_request: Request | None = None
    _shown: tuple[int, ...] | None = field(init=False)

    def __post_init__(self) -> None:
        self._shown = shown_in(self.window, self.article)
        if self.index is not None and self._shown is not None:
            self.index = self.index.showing(self._shown)

    @property
    def usable(self) -> ArticleSummary | None:
        """What stands of the best reply; None if nothing could be read."""
        return None if self.best is None else self.best.summary

    def steps(self) -> Generator[Request, Reply | FormatRefused, None]:
        """Yields requests, is sent replies; ends when a reply was accepted.

        Raises `TruncatedReply`, `RefusedReply`, `FilteredReply` or `BadReply` when none was, and `RequestRefused` when
        even plain text was refused. `best` holds what an earlier reply gave even so.
        """
        limit = self.settings.max_output_tokens
        complaints_left, lengthened = self.settings.complaints, False
        question: Question | None = None
        last: tuple[str, Verdict] | None = None
        last_cut: str | None = None
        while True:
            request = self._request(limit, question, lengthened)
            answer = yield request
            if isinstance(answer, FormatRefused):
                self.rung = self._one_rung_lower(request, answer)
                continue
            answer = _legible(answer)
            self.answered_by = answer.model or self.answered_by
            self._raise_if_stopped(request, answer)
            if answer.finish_reason == "length":
                asked = request.max_output_tokens
                self._note(request, answer, "truncated", message=_cut_off(answer, asked))
                if not lengthened and self._can_be_longer(request):
                    lengthened, limit = True, limit * 2
                elif complaints_left and _is_accident(answer, asked, last_cut):
                    complaints_left -= 1
                else:
                    raise self._truncated(answer, asked, lengthened=lengthened)
                last_cut = answer.content
                continue
            verdict = judge(
                answer.content or "", self.article, self.prompt.contract, self.index, instructions_of(self.prompt)
            )
            self._keep_if_better(verdict)
            if verdict.accepted:
                self._note(request, answer, "accepted")
                return
            complaints = tuple(map(str, verdict.faults))
            question = (answer.content or "", complaints[:LONGEST_COMPLAINT])
            repeated = last is not None and _same(verdict, last[1], (question[0], last[0]))
            why = self._why_no_complaint(complaints_left, repeated, limit, question)
            if why is not None:
                outcome: AttemptOutcome = "complaint" if self.usable is None else "partly_accepted"
                self._note(request, answer, outcome, complaints=complaints)
                raise self._error(BadReply, f"no reply passed the judge ({why}): {complaints[0]}", answer)
            self._note(request, answer, "complaint", complaints=complaints)
            complaints_left, last = complaints_left - 1, (question[0], verdict)

    def _request(self, limit: int, question: Question | None, lengthened: bool) -> Request:
        if question is not None:
            request = self.prompt.complaint(self.article, self.rung, limit, *question, shown=self._shown)
        else:
            request = self.prompt.request(self.article, self.rung, limit, self._shown)
            request = replace(request, purpose="longer") if lengthened else request
        if self.room is not None:  # endpoints refuse what they could not hold if the reply were as long as its limit
            request = replace(request, max_output_tokens=max(min(limit, self.room.left_by(request)), 1))
        self.last_request = request if self.window is None else replace(request, window=self.window)
        return self.last_request

    def _can_be_longer(self, request: Request) -> bool:
        return self.room is None or self.room.left_by(request) > request.max_output_tokens

    def _why_no_complaint(self, left: int, repeated: bool, limit: int, question: Question) -> str | None:
        """Why a bad reply is not sent back; None if it is."""
        if repeated:
            return "the same bad reply came twice"
        if left == 0:
            return "no complaint is left"
        if self.room is None:
            return None
        request = self.prompt.complaint(self.article, self.rung, limit, *question, shown=self._shown)
        if self.room.left_by(request) < count_tokens(question[0]):
            return "the model's context has no room to ask again"
        return None

    def _one_rung_lower(self, request: Request, refusal: FormatRefused) -> Rung:
        self._write(
            request,
            "format_refused",
            message=_whole(refusal.message),
            status_code=refusal.status_code,
            request_id=refusal.request_id,
            batch=refusal.batch,
        )
        position = LADDER.index(request.rung) + 1
        if position == len(LADDER):
            raise RequestRefused(refusal.message, request_id=refusal.request_id, attempts=self.attempts)
        return LADDER[position]

    def _raise_if_stopped(self, request: Request, answer: Reply) -> None:
        """Raises the error for a refusal or a filter: such a request is never sent again."""
        if answer.finish_reason == "content_filter":
            kind: type[ModelError] = FilteredReply
            message = "the provider's content filter stopped the reply"
        elif answer.refusal:
            told = repeats(answer.refusal, instructions_of(self.prompt), self.article.trusted)
            why = "it repeats the instructions" if told else answer.refusal[:300]
            kind, message = RefusedReply, f"the model declined: {why}"
        else:
            return
        self._note(request, answer, "failed", message=message, error=kind.__name__)
        raise self._error(kind, message, answer)

    def _truncated(self, answer: Reply, limit: int, *, lengthened: bool) -> TruncatedReply:
        hint = None
        if _is_below(answer, limit):
            hint = "The endpoint cuts replies off below the limit asked for: raise its own limit, or its context."
        why = "and not for the first time" if lengthened else "and the model's context leaves no room for more"
        message = f"{_cut_off(answer, limit)}, {why}"
        return TruncatedReply(message, hint=hint, request_id=answer.request_id, attempts=self.attempts)

    def _error(self, kind: type[ModelError], message: str, answer: Reply) -> ModelError:
        return kind(message, request_id=answer.request_id, attempts=self.attempts)

    def _keep_if_better(self, verdict: Verdict) -> None:
        """A later reply replaces an earlier one unless it can be used less."""
        if verdict.summary is None:
            return
        if self.best is None or len(verdict.faults) <= len(self.best.faults):
            self.best, self.best_rung = verdict, self.rung

    def _note(
        self,
        request: Request,
        answer: Reply,
        outcome: AttemptOutcome,
        *,
        message: str | None = None,
        error: str | None = None,
        complaints: tuple[str, ...] = (),
    ) -> None:
        tokens_in, tokens_out = answer.input_tokens, answer.output_tokens
        if not tokens_in and not tokens_out:
            self.counted_here = True
            tokens_in = sum(count_tokens(message["content"]) for message in request.messages)
            tokens_out = count_tokens(answer.content or "")
        self._write(
            request,
            outcome,
            message=message,
            error=error,
            complaints=list(complaints),
            request_id=answer.request_id,
            batch=answer.batch,
            input_tokens=tokens_in,
            cached_tokens=answer.cached_tokens,
            output_tokens=tokens_out,
        )

    def _write(self, request: Request, outcome: AttemptOutcome, **details: Any) -> None:
        attempt = Attempt(
            number=len(self.attempts) + 1,
            purpose=request.purpose,
            rung=request.rung,
            outcome=outcome,
            window=request.window,
            **details,
        )
        self.note(attempt)


def instructions_of(prompt: Prompt) -> Instructions:
    """What no reply may repeat: everything that is said to the model besides the article."""
    return _runs(prompt.system["text"], prompt.complaint_template)  # the text that has the schema in it, too


@lru_cache(maxsize=32)
def _runs(system: str, complaint: str) -> Instructions:
    return runs_of(system) | runs_of(complaint)


def _same(one: Verdict, other: Verdict, contents: tuple[str, str]) -> bool:
    """Whether the same bad reply came twice; where neither could be read, the texts themselves decide."""
    if one.faults != other.faults:
        return False
    return contents[0] == contents[1] if one.value is None else one.value == other.value


def _is_below(answer: Reply, limit: int) -> bool:
    """Whether a reply that was cut off had not reached the limit asked for, as far as the endpoint tells."""
    return 0 < answer.output_tokens < limit


def _cut_off(answer: Reply, limit: int) -> str:
    after = f"after {answer.output_tokens} tokens, below" if _is_below(answer, limit) else "at"
    return f"the reply was cut off {after} the limit of {limit} tokens"


def _is_accident(answer: Reply, limit: int, last_cut: str | None) -> bool:
    """Whether asking again may help: neither our limit cut it off, nor does it break off where the last one did."""
    return _is_below(answer, limit) and answer.content != last_cut


def _legible(answer: Reply) -> Reply:
    """The reply without halves of surrogate pairs: JSON can name them, but they can be neither sent nor stored."""
    content, refusal, model = map(_whole, (answer.content, answer.refusal, answer.model))
    return replace(answer, content=content, refusal=refusal, model=model)


def _whole(text: str | None) -> str | None:
    return None if text is None else text.encode(errors="replace").decode()
