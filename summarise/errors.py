"""Everything that `summarise` raises on purpose.

    SummariseError
     ├── ConfigurationError        no key and no base URL, a setting that cannot be read, a bad option
     ├── ArticleError              an input that is no article
     │    ├── EmptyArticle
     │    ├── BinaryArticle
     │    ├── ArticleTooLong
     │    ├── UnreadableArticle    the file cannot be opened, or its encoding cannot be told
     │    ├── UnreadableRow        a row of a table, a line of JSON or a member of an archive that gives no article
     │    ├── RowOfLedger          a row that a run wrote: the output of this program, and no article
     │    ├── StillOut             it is out in a batch, with another text
     │    ├── RepeatedId           another row has this id already, with another text
     │    └── RepeatedRow          the same row again: nothing is lost by passing it over
     ├── SchemaError               a record model that strict structured outputs cannot express
     ├── PromptError               a prompt file is missing or lacks a placeholder
     ├── LedgerError               the ledger cannot be read or written
     ├── ExportError               an export, a dossier or the page of a report cannot be written
     ├── BudgetReached             a run spent as much as it may
     ├── HookFailed                on_attempt or on_result raised something
     ├── ClusterFailed             a run on many machines lost what it needs
     └── ModelError                the model, or the way to it
          ├── TransientModelError  may go through later: the retries were used up
          │    ├── ConnectionFailed
          │    ├── ModelTimeout
          │    ├── RateLimited
          │    ├── ServerFailed
          │    ├── DeadlineExceeded
          │    └── BatchUnanswered  a batch ended before the request was made
          ├── FatalModelError      would fail again in the same way, for every article
          │    ├── AuthenticationFailed
          │    ├── PermissionRefused
          │    ├── UnknownModel
          │    ├── QuotaExhausted
          │    ├── LocalModelFailed  llama.cpp cannot load a model on this machine, or has ended
          │    ├── NoBatchApi      the endpoint answers single calls alone
          │    ├── BatchRefused    a batch did not pass the provider's validation
          │    └── RequestRefused  any other 4xx
          ├── ContextTooLong       this article does not fit the model's context
          ├── TruncatedReply       cut off at the limit, and again at the larger one
          ├── RefusedReply         the model declined to answer
          ├── FilteredReply        the provider's content filter stopped the reply
          └── BadReply             complaints used up, or the same bad reply twice

The classes say what to do: `retryable` (the same call may succeed later), `hint` (the way on, in one sentence),
`request_id` (the provider's, for its support) and `attempts` (everything that was tried, in order).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from summarise.records import Attempt


class SummariseError(Exception):
    """Base class of every error that `summarise` raises on purpose."""

    retryable: ClassVar[bool] = False
    stops_run: ClassVar[bool] = False  # every further article would fail in the same way
    default_hint: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        request_id: str | None = None,
        attempts: Sequence[Attempt] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = self.default_hint if hint is None else hint
        self.request_id = request_id
        self.attempts: tuple[Attempt, ...] = tuple(attempts)

    @property
    def kind(self) -> str:
        """The class name, as it stands in a ledger row."""
        return type(self).__name__

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        state = {"hint": self.hint, "request_id": self.request_id, "attempts": self.attempts}
        return (type(self), (self.message,), state)


class ConfigurationError(SummariseError):
    """The call cannot start: a setting is missing or wrong."""

    stops_run = True


class ArticleError(SummariseError):
    """The input is no article that can be read; the message names it."""


class EmptyArticle(ArticleError):
    """Nothing but white space."""

    default_hint = "Give the article's text, or leave this input out."


class BinaryArticle(ArticleError):
    """The bytes are not text."""

    default_hint = "Extract the text first (from PDF, Word or HTML), and give that."


class ArticleTooLong(ArticleError):
    """More characters than the settings allow."""

    default_hint = "Raise max_article_characters (SUMMARISE_MAX_ARTICLE_CHARACTERS), or split the text."


class UnreadableArticle(ArticleError):
    """The file cannot be opened, or its encoding cannot be told."""

    default_hint = "Check the path and its permissions; save the text as UTF-8."


class UnreadableRow(ArticleError):
    """A row of a table, a line of JSON or a member of an archive gives no article."""

    default_hint = "Mend it there and run the same command again: what is done is kept."


class RowOfLedger(ArticleError):
    """The row is one that a run wrote: the output of this program, and no article."""

    default_hint = (
        "Leave ledgers out of the sources: name the files with articles, or use a pattern that fits them alone."
    )


class StillOut(ArticleError):
    """The article is out in a batch, and its text has changed since."""

    default_hint = "Collect first (`summarise batch collect`), then submit again: the new text is sent then."


class RepeatedId(ArticleError):
    """Another row has this id already, with another text; the first one counts."""

    default_hint = "Name a field that tells the rows apart with id_field (--id-field)."


class RepeatedRow(ArticleError):
    """The same row again: nothing is lost by passing it over."""

    default_hint = "Nothing needs to be done."


class SchemaError(SummariseError):
    """A record model holds something that strict structured outputs cannot express."""

    stops_run = True


class PromptError(SummariseError):
    """A prompt file is missing or lacks a placeholder."""

    stops_run = True


class LedgerError(SummariseError):
    """The ledger cannot be read or written."""

    stops_run = True


class ExportError(SummariseError):
    """An export, a dossier or a report cannot be written; what was there before is still there."""

    default_hint = "Make room or check the permissions, then run the same command again."


class BudgetReached(SummariseError):
    """A run spent as much as it may; no further article is begun."""

    stops_run = True
    default_hint = "The limit is for one run: what is done is kept, and the next run starts counting at nothing."


class HookFailed(SummariseError):
    """A hook of your own, `on_attempt` or `on_result`, raised something: it is the cause of this error."""

    stops_run = True
    default_hint = "Mend the hook, or let it catch what it may meet; what is done is kept."


class ClusterFailed(SummariseError):
    """A run on many machines lost what it needs."""

    stops_run = True
    default_hint = "Run the same command again: what is done is kept."


class ModelError(SummariseError):
    """The model, or the way to it, gave no usable reply."""


class TransientModelError(ModelError):
    """May go through later; raised when the retries or the deadline are used up."""

    retryable = True
    default_hint = "Run again later; what is already done is kept."


class ConnectionFailed(TransientModelError):
    """No connection to the endpoint."""

    default_hint = "Check the base URL and that the server is running."


class ModelTimeout(TransientModelError):
    """No answer within the time-out."""

    default_hint = "Raise the time-out (SUMMARISE_TIMEOUT, in seconds), or use a faster model."


class RateLimited(TransientModelError):
    """429: too many requests or tokens for now."""

    default_hint = "Lower the concurrency, or wait and run again."


class ServerFailed(TransientModelError):
    """5xx, or a reply that is no chat completion."""


class DeadlineExceeded(TransientModelError):
    """The article's deadline passed between two attempts."""

    default_hint = "Raise the deadline (SUMMARISE_DEADLINE, in seconds), or run again later."


class BatchUnanswered(TransientModelError):
    """A batch ended, expired or was cancelled before this request was made."""

    default_hint = "Submit again (`summarise batch submit`), or read it with `summarise corpus`."


class FatalModelError(ModelError):
    """Would fail again in the same way, for this and every other article."""

    stops_run = True


class AuthenticationFailed(FatalModelError):
    """401: the key is missing, wrong or revoked."""

    default_hint = "Check OPENAI_API_KEY, and that it belongs to the base URL in use."


class PermissionRefused(FatalModelError):
    """403: the key may not use this model or project."""

    default_hint = "Ask the owner of the account for access to this model, or choose another with model (--model)."


class UnknownModel(FatalModelError):
    """404: the endpoint has no such model or no such path."""

    default_hint = "Check model (--model) and base_url (--base-url); most servers list their models at BASE_URL/models."


class QuotaExhausted(FatalModelError):
    """The account has no credit left; waiting does not help."""

    default_hint = "Add credit or raise the account's limit, then run again: what is done is kept."


class LocalModelFailed(FatalModelError):
    """llama.cpp cannot load the model on this machine, or has ended."""

    default_hint = (
        "Compare the file's size and sha256 with those of the place it came from. Where memory is short, take a "
        "smaller model, a smaller context (--context) or fewer slots (SUMMARISE_SLOTS). What is done is kept."
    )


class NoBatchApi(FatalModelError):
    """The endpoint has no files or no batches, only single calls."""

    default_hint = "Use `summarise corpus`, with the same arguments: it asks the same endpoint article by article."


class BatchRefused(FatalModelError):
    """A batch did not pass the provider's validation: none of its requests was made."""

    default_hint = "Mend what the provider names, then submit again; or read the articles with `summarise corpus`."


class RequestRefused(FatalModelError):
    """Any other 4xx: the endpoint does not accept the request."""

    default_hint = "The message above is the endpoint's own; check the model's and the server's documentation."


class ContextTooLong(ModelError):
    """The article does not fit the model's context."""

    default_hint = (
        "Tell the model's context with --context N (SUMMARISE_CONTEXT), in tokens: a longer article is then read in "
        "windows. Or use a model with a larger context."
    )
    limit: int | None = None
    """The context in tokens, where the endpoint stated it."""

    def __reduce__(self) -> tuple[object, ...]:
        kind, arguments, state = super().__reduce__()
        return kind, arguments, {**state, "limit": self.limit}  # type: ignore[dict-item]


class TruncatedReply(ModelError):
    """The reply was cut off at the token limit, and again at the larger one."""

    default_hint = "Raise max_output_tokens (SUMMARISE_MAX_OUTPUT_TOKENS)."


class RefusedReply(ModelError):
    """The model declined to answer; it is not asked again."""

    default_hint = "Try another model for this article."


class FilteredReply(ModelError):
    """The provider's content filter stopped the request or the reply; it is not asked again."""

    default_hint = "Try another provider, or ask this one to adjust the filter."


class BadReply(ModelError):
    """No reply passed the judge: the complaints were used up, or the same bad reply came twice."""

    default_hint = "Try a stronger model, or allow more complaints (SUMMARISE_COMPLAINTS)."
