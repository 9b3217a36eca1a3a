"""The conversation about one article, with no input or output: requests come out, replies go in, a summary comes back.

One generator serves the sync and the async driver. Each kind of trouble has its own counter: complaints about a bad
reply, one longer limit for a reply that was cut off, one step down the ladder per refused format. Transport faults are
the driver's business. Every attempt is written into the journal, which ends in the summary or on the error.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from summarise.article import Article
from summarise.errors import BadReply, FilteredReply, ModelError, RefusedReply, RequestRefused, TruncatedReply
from summarise.exchange import LADDER, FormatRefused, Reply, Request, Rung
from summarise.judge import Verdict, judge
from summarise.prompt import Prompt
from summarise.provenance import provenance_of
from summarise.records import ArticleSummary, Attempt, AttemptOutcome, Concern, Provenance, Repair, Usage
from summarise.settings import Settings
from summarise.tokens import count_tokens, tokenizer_for

_LONGEST_COMPLAINT = 12  # faults named in one complaint: more would make the re-ask longer than the article


@dataclass(slots=True)
class Conversation:
    """One article on its way to a summary. `attempts` is the journal, shared with the driver."""

    article: Article
    prompt: Prompt
    settings: Settings
    start: Rung = "json_schema"
    base_url: str | None = None
    attempts: list[Attempt] = field(default_factory=list)
    _best: Verdict | None = None
    _best_rung: Rung | None = None
    _answered_by: str | None = None
    _counted_here: bool = False

    def steps(self) -> Generator[Request, Reply | FormatRefused, ArticleSummary]:
        """Yields requests, is sent replies, returns the summary.

        Raises `TruncatedReply`, `RefusedReply`, `FilteredReply` or `BadReply` when nothing usable came, and
        `RequestRefused` when even plain text was refused. A fault after a partial success does not lose it.
        """
        rung, limit = self.start, self.settings.max_output_tokens
        complaints_left, lengthened = self.settings.complaints, False
        question: tuple[str, tuple[str, ...]] | None = None  # the last bad reply and its faults
        last: tuple[str, Verdict] | None = None
        while True:
            request = self._request(rung, limit, question, lengthened)
            answer = yield request
            if isinstance(answer, FormatRefused):
                rung = self._one_rung_lower(request, answer)
                continue
            answer = _legible(answer)
            self._answered_by = answer.model or self._answered_by
            if (stopped := self._stopped(request, answer)) is not None:
                return self.salvage(stopped)
            if answer.finish_reason == "length":
                cut = f"the reply was cut off at the limit of {limit} tokens"
                self._note(request, answer, "truncated", message=cut)
                if lengthened:
                    return self.salvage(self._error(TruncatedReply, f"{cut}, the second time", answer))
                lengthened, limit = True, limit * 2
                continue
            verdict = judge(answer.content or "", self.article, self.prompt.contract)
            self._keep_if_better(verdict, rung)
            if verdict.accepted:
                self._note(request, answer, "accepted")
                return self._finished()
            complaints = tuple(map(str, verdict.faults))
            content = answer.content or ""
            repeated = last is not None and _same(verdict, last[1], (content, last[0]))
            if complaints_left == 0 or repeated:
                partly = self._best is not None and self._best.summary is not None
                self._note(request, answer, "partly_accepted" if partly else "complaint", complaints=complaints)
                why = "the same bad reply came twice" if repeated else "no complaint is left"
                return self.salvage(
                    self._error(BadReply, f"no reply passed the judge ({why}): {complaints[0]}", answer)
                )
            self._note(request, answer, "complaint", complaints=complaints)
            complaints_left, last = complaints_left - 1, (content, verdict)
            question = (content, complaints[:_LONGEST_COMPLAINT])

    def salvage(self, error: ModelError) -> ArticleSummary:
        """What an earlier reply gave before `error` ended the conversation; raises `error` if there is nothing."""
        if self._best is None or self._best.summary is None:
            raise error
        return self._finished(None if isinstance(error, BadReply) else error)

    def _request(
        self, rung: Rung, limit: int, question: tuple[str, tuple[str, ...]] | None, lengthened: bool
    ) -> Request:
        if question is not None:
            return self.prompt.complaint(self.article, rung, limit, *question)
        request = self.prompt.request(self.article, rung, limit)
        return replace(request, purpose="longer") if lengthened else request

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

    def _stopped(self, request: Request, answer: Reply) -> ModelError | None:
        """The error for a refusal or a filter: such a request is never sent again."""
        if answer.finish_reason == "content_filter":
            kind: type[ModelError] = FilteredReply
            message = "the provider's content filter stopped the reply"
        elif answer.refusal:
            kind, message = RefusedReply, f"the model declined: {answer.refusal[:300]}"
        else:
            return None
        self._note(request, answer, "failed", message=message, error=kind.__name__)
        return self._error(kind, message, answer)

    def _error(self, kind: type[ModelError], message: str, answer: Reply) -> ModelError:
        return kind(message, request_id=answer.request_id, attempts=self.attempts)

    def _keep_if_better(self, verdict: Verdict, rung: Rung) -> None:
        """A later reply replaces an earlier one unless it can be used less."""
        if verdict.summary is None:
            return
        if self._best is None or len(verdict.faults) <= len(self._best.faults):
            self._best, self._best_rung = verdict, rung

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
            self._counted_here = True
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
            number=len(self.attempts) + 1, purpose=request.purpose, rung=request.rung, outcome=outcome, **details
        )
        self.attempts.append(attempt)

    def _finished(self, error: ModelError | None = None) -> ArticleSummary:
        verdict = self._best
        assert verdict is not None
        assert verdict.summary is not None
        concerns = list(verdict.summary.concerns)
        if error is not None:
            concerns.append(
                Concern(
                    path="",
                    kind="unfinished",
                    message=f"a complaint could not be settled ({error.kind}: {error.message})"[:500],
                )
            )
        provenance = self._provenance(verdict.repairs)
        return verdict.summary.model_copy(update={"provenance": provenance, "concerns": concerns})

    def _provenance(self, repairs: tuple[Repair, ...]) -> Provenance:
        attempts = self.attempts
        return provenance_of(
            self.article,
            model=self.settings.model,
            answered_by=self._answered_by,
            base_url=self.base_url,
            rung=self._best_rung,
            prompt_id=self.prompt.prompt_id,
            schema_id=self.prompt.contract.schema_id,
            attempts=list(attempts),
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
        for name in self.prompt.left_out:
            yield f"the worked example {name} does not fit this schema and was left out of the prompt"
        if self._counted_here:
            yield "the endpoint reported no token counts: they were counted here"
            if (note := tokenizer_for(self.settings.model).note) is not None:
                yield note


def _same(one: Verdict, other: Verdict, contents: tuple[str, str]) -> bool:
    """Whether the same bad reply came twice; where neither could be read, the texts themselves decide."""
    if one.faults != other.faults:
        return False
    return contents[0] == contents[1] if one.value is None else one.value == other.value


def _legible(answer: Reply) -> Reply:
    """The reply without halves of surrogate pairs: JSON can name them, but they can be neither sent nor stored."""
    content, refusal, model = map(_whole, (answer.content, answer.refusal, answer.model))
    return replace(answer, content=content, refusal=refusal, model=model)


def _whole(text: str | None) -> str | None:
    return None if text is None else text.encode(errors="replace").decode()
