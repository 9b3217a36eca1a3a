"""The doors of the library: `summarise_article`, its async twin, and `Summariser` for many articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, cast

from typing_extensions import TypeVar

from summarise.article import Article, read_article
from summarise.beside import ReadersBeside
from summarise.converse import Conversation
from summarise.engines import Carried, ModelEngine, OfflineEngine
from summarise.errors import ConfigurationError
from summarise.hooks import OnAttempt, call_hook, check_hook
from summarise.local_engine import LocalEngine
from summarise.model.rounds import next_step
from summarise.model.tracing import article_span
from summarise.offline.opinion import with_second_opinion
from summarise.records import ArticleSummary, Attempt, Usage, Window
from summarise.schema import contract
from summarise.settings import OFFLINE, Settings, changed_settings, load_settings

if TYPE_CHECKING:
    from openai import AsyncOpenAI, OpenAI

    from summarise.model.pacing import ChangeShare

Source = str | bytes | PathLike[str]
OnResult = Callable[[Any], object]
"""Called with each summary, of whatever class the schema is."""

SummaryT = TypeVar("SummaryT", bound=ArticleSummary, default=ArticleSummary)


class Summariser(Generic[SummaryT]):
    """One configured reader, used for many articles, from one thread or many, sync or async.

    `schema` is `ArticleSummary` or a subclass with fields or record types of your own. `settings` default to the
    environment. `client` is an `openai.OpenAI` or `openai.AsyncOpenAI` of your own; it is neither changed nor closed.
    `prompts` is a folder with prompt files of your own, in the form of the package's `prompts/`.

    `on_attempt(attempt, article)` is called after each call to the model, `on_result(summary)` with each summary, both
    at once and in the thread that reads, or in that of the event loop: they should be quick. What a hook raises ends
    the reading of that article with `HookFailed`.

    A model that is a `.gguf` file is served by llama.cpp on this machine, from the first article on until this reader
    is closed; readers of the same file, context, slots and threads share it.

    With the model `offline` rules read, without key, address or network: English articles only, and no field of your
    own is filled in. With any other model the rules give a second opinion, which becomes `concerns` (see `Settings`).

    Raises `ConfigurationError` without a key, base URL or client, for an argument of another type, and for what goes
    with a model given together with `offline`, or a field that has no default then; `SchemaError` for a schema that
    strict structured outputs cannot express; `PromptError` for prompt files that cannot be used.
    """

    def __init__(
        self,
        schema: type[SummaryT] = ArticleSummary,  # type: ignore[assignment]
        *,
        settings: Settings | None = None,
        client: OpenAI | AsyncOpenAI | None = None,
        prompts: Path | None = None,
        on_attempt: OnAttempt | None = None,
        on_result: OnResult | None = None,
    ) -> None:
        _check_types(schema, settings, prompts)
        check_hook("on_attempt", on_attempt)
        check_hook("on_result", on_result)
        self._on_result = on_result
        self.settings = settings if settings is not None else load_settings()
        self.schema = schema
        self.prompts = prompts
        self._engine: ModelEngine | OfflineEngine | LocalEngine
        if self.settings.offline:
            _require_nothing_to_ask_with(OFFLINE, client=client, prompts=prompts)
            self._engine = OfflineEngine(contract(schema))
        elif self.settings.local:
            _require_nothing_to_ask_with(self.settings.model, client=client)
            self._engine = LocalEngine(self.settings, contract(schema), prompts, on_attempt)
        else:
            self._engine = ModelEngine(self.settings, client, contract(schema), prompts, on_attempt)
        self._beside = ReadersBeside()

    @property
    def fingerprint(self) -> dict[str, str]:
        """What decides, beside the article itself, whether an earlier result still counts.

        Offline the version of the rules stands in the place of the prompt's id. `settings` are those that change
        results, where they are not the default (`Settings.changed_results`); else there is no such entry.
        """
        return {**self._fingerprint}

    @cached_property
    def _fingerprint(self) -> dict[str, str]:
        changed = self.settings.changed_results
        return {
            "model": self._engine.model_name,
            "prompt": self._engine.reading_id,
            "schema": contract(self.schema).schema_id,
            **({"settings": changed} if changed else {}),
        }

    def article(
        self, source: Source | Article, *, published: str | date | None = None, name: str | None = None
    ) -> Article:
        """Reads the input without asking a model: the text, its date, its numbered sentences.

        An article that was read already comes back as it is.
        """
        if isinstance(source, Article):
            return source
        known = isinstance(source, str | bytes | PathLike)
        _require(known, "source", source, "text (str), a file's content (bytes) or a path")
        return read_article(
            source,
            published=published,
            name=name,
            max_characters=self.settings.max_article_characters,
            latest=self.settings.today or date.today(),
        )

    def read(
        self, source: Source | Article, *, published: str | date | None = None, name: str | None = None
    ) -> SummaryT:
        """Reads one article: `str` is its text, `bytes` a file's content, a path a file.

        `published` (YYYY-MM-DD) wins over what the text states; `name` is used in error messages. Raises
        `ArticleError` for an input that is no article and `ModelError` when no usable reply came.
        """
        with article_span() as tell:
            tell(article := self.article(source, published=published, name=name))
            tell(summary := self._finished(self._engine.read(article), article))
        return self._told(summary)

    async def aread(
        self, source: Source | Article, *, published: str | date | None = None, name: str | None = None
    ) -> SummaryT:
        """The async twin of `read`."""
        with article_span() as tell:
            tell(article := self.article(source, published=published, name=name))
            await next_step()  # in a run: all articles of the group are read before the first request is made
            if not self._wants_opinion:
                tell(summary := self._finished(await self._engine.aread(article), article))
                return self._told(summary)
            with self._beside.reading(article) as question:
                summary = await self._engine.aread(article)
                rules = await question.rules()
            tell(summary := self._finished(summary, article, rules))
        return self._told(summary)

    def windows(self, article: Article) -> tuple[Window, ...]:
        """The parts in which the article would be read, as far as the model's context is known; empty: whole.

        Raises `ContextTooLong` and `ConfigurationError` as `read` would.
        """
        return self._engine.windows(article)

    def conversation(self, article: Article) -> Conversation:
        """What is to be said to the model about an article, for whoever carries it there and back by other means.

        Raises `ConfigurationError` offline, where nothing is said.
        """
        if isinstance(self._engine, OfflineEngine):
            raise ConfigurationError(
                f'model="{OFFLINE}" asks no model, so there is nothing to carry to one',
                hint="Read with `Summariser.read` or `summarise corpus`, or name a model.",
            )
        return self._engine.conversation(article)

    def finished(self, summary: ArticleSummary, article: Article) -> SummaryT:
        """What `read` makes of the summary that a `conversation` about the article ended in: price, second opinion."""
        return self._told(self._finished(summary, article))

    def priced(self, usage: Usage, *, batch: bool = False) -> Usage:
        """The usage with its cost at this reader's endpoint, None where the price of the model there is not known.

        `batch` says that it was used in batches, which providers sell for half.
        """
        return usage.model_copy(update={"cost": self._engine.cost(usage, batch)})

    def usage_of(self, attempts: Sequence[Attempt]) -> Usage:
        """What all attempts together used, each at the price of the way it was made: alone or in a batch."""
        if all(attempt.batch is None for attempt in attempts):
            return self.priced(_tokens(attempts))
        alone = self.priced(_tokens([attempt for attempt in attempts if attempt.batch is None]))
        batched = self.priced(_tokens([attempt for attempt in attempts if attempt.batch is not None]), batch=True)
        known = alone.cost is not None and batched.cost is not None
        cost = alone.cost + batched.cost if known else None  # type: ignore[operator]
        return _tokens(attempts).model_copy(update={"cost": cost})

    @contextmanager
    def pacing(self, concurrency: int) -> Iterator[ChangeShare]:
        """A context in which `aread` keeps the pace of the endpoint, at most `concurrency` calls at a time.

        The pace (requests and tokens per minute, pauses after a 429) is shared by all readers of the process that ask
        the same endpoint for the same model with the same key. Waiting for it does not count against the deadline of
        an article, nor a 429 against its retries. When many calls are under way, second opinions are read by processes
        of their own, as far as there are cores for them; `aclose` ends them. The context gives a function of a
        concurrency and a part of the quota (0 to 1) that changes this reader's share, where readers in other processes
        have the rest.
        """
        with self._engine.pacing(concurrency) as change, self._beside.helping():
            yield change

    def close(self) -> None:
        """Closes connections that this reader opened, and stops its local model unless another reader uses it."""
        self._engine.close()

    async def aclose(self) -> None:
        """Closes connections that this reader opened, those of the async twin included, and ends its processes."""
        await self._beside.aclose()
        await self._engine.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def acarry(self, conversation: Carried, article: Article) -> SummaryT:
        """Asks the model on in a conversation that was begun elsewhere, as `aread` does in one of its own."""
        if isinstance(self._engine, OfflineEngine):
            return self.finished(await self._engine.aread(article), article)
        return self.finished(await self._engine.acarry(conversation), article)

    def _finished(
        self, summary: ArticleSummary, article: Article, rules: ArticleSummary | None = None
    ) -> ArticleSummary:
        if self.settings.offline:
            return summary
        provenance = summary.provenance
        assert provenance is not None
        priced = provenance.model_copy(update={"usage": self.usage_of(provenance.attempts)})
        summary = summary.model_copy(update={"provenance": priced})
        return with_second_opinion(summary, article, rules) if self._wants_opinion else summary

    @property
    def _wants_opinion(self) -> bool:
        return self.settings.second_opinion and not self.settings.offline

    def _told(self, summary: ArticleSummary) -> SummaryT:
        call_hook("on_result", self._on_result, summary)
        return cast("SummaryT", summary)


def summarise_article(
    source: Source,
    *,
    published: str | date | None = None,
    model: str | PathLike[str] | None = None,
    base_url: str | None = None,
    client: OpenAI | AsyncOpenAI | None = None,
    schema: type[SummaryT] = ArticleSummary,  # type: ignore[assignment]
    settings: Settings | None = None,
) -> SummaryT:
    """Reads one article: what it says about visits, invitations and officials.

    `source` is the text (`str`), a file's content (`bytes`) or a path. Key, base URL and model come from the arguments,
    else from the environment (`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `SUMMARISE_MODEL`); `model="offline"` and a `.gguf`
    file, which is loaded for this one article, need neither key nor base URL. For many articles make one `Summariser`.
    Raises `SummariseError`; the module `summarise.errors` draws the tree.
    """
    with Summariser(schema, settings=chosen_settings(settings, model, base_url), client=client) as reader:
        return reader.read(source, published=published)


async def asummarise_article(
    source: Source,
    *,
    published: str | date | None = None,
    model: str | PathLike[str] | None = None,
    base_url: str | None = None,
    client: OpenAI | AsyncOpenAI | None = None,
    schema: type[SummaryT] = ArticleSummary,  # type: ignore[assignment]
    settings: Settings | None = None,
) -> SummaryT:
    """The async twin of `summarise_article`: same arguments, same result, same errors."""
    async with Summariser(schema, settings=chosen_settings(settings, model, base_url), client=client) as reader:
        return await reader.aread(source, published=published)


def _tokens(attempts: Sequence[Attempt]) -> Usage:
    return Usage(
        requests=len(attempts),
        input_tokens=sum(attempt.input_tokens for attempt in attempts),
        cached_tokens=sum(attempt.cached_tokens for attempt in attempts),
        output_tokens=sum(attempt.output_tokens for attempt in attempts),
    )


def chosen_settings(settings: Settings | None, model: str | PathLike[str] | None, base_url: str | None) -> Settings:
    """The settings given, else those of the environment, with this model and base URL where they are given."""
    if settings is None:
        return load_settings(model=model, base_url=base_url)
    _require(isinstance(settings, Settings), "settings", settings, "a summarise.Settings")
    return changed_settings(settings, model=model, base_url=base_url)


def _check_types(schema: object, settings: object, prompts: object) -> None:
    own = isinstance(schema, type) and issubclass(schema, ArticleSummary)
    _require(own, "schema", schema, "summarise.ArticleSummary or a subclass of it")
    _require(settings is None or isinstance(settings, Settings), "settings", settings, "a summarise.Settings")
    _require(prompts is None or isinstance(prompts, Path), "prompts", prompts, "a pathlib.Path")


def _require_nothing_to_ask_with(model: str, **unfit: object) -> None:
    for name, given in unfit.items():
        if given is not None:
            asks = "model" if model == OFFLINE else "endpoint"
            raise ConfigurationError(
                f'{name} was given together with model="{model}", which asks no {asks}',
                hint=f"Leave {name} out, or name a model.",
            )


def _require(fits: bool, name: str, given: object, wanted: str) -> None:
    # What was given is not shown: it may be a whole article, or a key in the wrong place.
    if not fits:
        kind = f"the class {given.__name__}" if isinstance(given, type) else f"of the type {type(given).__name__}"
        raise ConfigurationError(f"{name} is {kind}, which cannot be used", hint=f"Give {wanted}.")
