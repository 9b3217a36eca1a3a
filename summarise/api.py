"""The doors of the library: `summarise_article`, its async twin, and `Summariser` for many articles."""

from __future__ import annotations

from datetime import date
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Self, cast

from typing_extensions import TypeVar

from summarise.article import Article, read_article
from summarise.converse import Conversation
from summarise.errors import ConfigurationError, ModelError
from summarise.model import ModelClient, ladder
from summarise.prompt import Prompt, load_prompt
from summarise.records import ArticleSummary, Usage
from summarise.schema import contract
from summarise.settings import Settings, changed_settings, load_settings
from summarise.tokens import cost

if TYPE_CHECKING:
    from openai import AsyncOpenAI, OpenAI

Source = str | bytes | PathLike[str]
SummaryT = TypeVar("SummaryT", bound=ArticleSummary, default=ArticleSummary)


class Summariser(Generic[SummaryT]):
    """One configured reader, used for many articles, from one thread or many, sync or async.

    `schema` is `ArticleSummary` or a subclass with fields or record types of your own. `settings` default to the
    environment. `client` is an `openai.OpenAI` or `openai.AsyncOpenAI` of your own; it is neither changed nor closed.
    `prompts` is a folder with prompt files of your own, in the form of the package's `prompts/`.

    Raises `ConfigurationError` without a key, base URL or client, and for an argument of another type; `SchemaError`
    for a schema that strict structured outputs cannot express; `PromptError` for prompt files that cannot be used.
    """

    def __init__(
        self,
        schema: type[SummaryT] = ArticleSummary,  # type: ignore[assignment]
        *,
        settings: Settings | None = None,
        client: OpenAI | AsyncOpenAI | None = None,
        prompts: Path | None = None,
    ) -> None:
        _check_types(schema, settings, prompts)
        self.settings = settings if settings is not None else load_settings()
        self._client = ModelClient(self.settings, client=client)
        self.schema = schema
        self.prompt: Prompt = load_prompt(contract(schema), prompts)

    @property
    def fingerprint(self) -> dict[str, str]:
        """What decides, beside the article itself, whether an earlier result still counts."""
        return {
            "model": self.settings.model,
            "prompt": self.prompt.prompt_id,
            "schema": self.prompt.contract.schema_id,
        }

    def article(self, source: Source, *, published: str | date | None = None, name: str | None = None) -> Article:
        """Reads the input without asking a model: the text, its date, its numbered sentences."""
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
        conversation = self._conversation(source, published, name)
        try:
            summary = self._client.run(conversation)
        except ModelError as error:
            summary = conversation.salvage(error)
        return self._priced(summary)

    async def aread(
        self, source: Source | Article, *, published: str | date | None = None, name: str | None = None
    ) -> SummaryT:
        """The async twin of `read`."""
        conversation = self._conversation(source, published, name)
        try:
            summary = await self._client.arun(conversation)
        except ModelError as error:
            summary = conversation.salvage(error)
        return self._priced(summary)

    def priced(self, usage: Usage) -> Usage:
        """The usage with its cost at this reader's endpoint, None where the price of the model there is not known."""
        price = cost(
            self.settings.model,
            input_tokens=usage.input_tokens,
            cached_tokens=usage.cached_tokens,
            output_tokens=usage.output_tokens,
            base_url=self._client.base_url,
        )
        return usage.model_copy(update={"cost": price})

    def close(self) -> None:
        """Closes connections that this reader opened."""
        self._client.close()

    async def aclose(self) -> None:
        """Closes connections that this reader opened, those of the async twin included."""
        await self._client.aclose()

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

    def _conversation(self, source: Source | Article, published: str | date | None, name: str | None) -> Conversation:
        article = source if isinstance(source, Article) else self.article(source, published=published, name=name)
        start = ladder.start(self._client.base_url, self.settings.model)
        return Conversation(article, self.prompt, self.settings, start, self._client.base_url)

    def _priced(self, summary: ArticleSummary) -> SummaryT:
        provenance = summary.provenance
        assert provenance is not None
        priced = provenance.model_copy(update={"usage": self.priced(provenance.usage)})
        return cast("SummaryT", summary.model_copy(update={"provenance": priced}))


def summarise_article(
    source: Source,
    *,
    published: str | date | None = None,
    model: str | None = None,
    base_url: str | None = None,
    client: OpenAI | AsyncOpenAI | None = None,
    schema: type[SummaryT] = ArticleSummary,  # type: ignore[assignment]
    settings: Settings | None = None,
) -> SummaryT:
    """Reads one article: what it says about visits, invitations and officials.

    `source` is the text (`str`), a file's content (`bytes`) or a path. Key, base URL and model come from the arguments,
    else from the environment (`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `SUMMARISE_MODEL`). For many articles make one
    `Summariser`. Raises `SummariseError`; the module `summarise.errors` draws the tree.
    """
    with Summariser(schema, settings=_settings(settings, model, base_url), client=client) as reader:
        return reader.read(source, published=published)


async def asummarise_article(
    source: Source,
    *,
    published: str | date | None = None,
    model: str | None = None,
    base_url: str | None = None,
    client: OpenAI | AsyncOpenAI | None = None,
    schema: type[SummaryT] = ArticleSummary,  # type: ignore[assignment]
    settings: Settings | None = None,
) -> SummaryT:
    """The async twin of `summarise_article`: same arguments, same result, same errors."""
    async with Summariser(schema, settings=_settings(settings, model, base_url), client=client) as reader:
        return await reader.aread(source, published=published)


def _settings(settings: Settings | None, model: str | None, base_url: str | None) -> Settings:
    if settings is None:
        return load_settings(model=model, base_url=base_url)
    _require(isinstance(settings, Settings), "settings", settings, "a summarise.Settings")
    return changed_settings(settings, model=model, base_url=base_url)


def _check_types(schema: object, settings: object, prompts: object) -> None:
    own = isinstance(schema, type) and issubclass(schema, ArticleSummary)
    _require(own, "schema", schema, "summarise.ArticleSummary or a subclass of it")
    _require(settings is None or isinstance(settings, Settings), "settings", settings, "a summarise.Settings")
    _require(prompts is None or isinstance(prompts, Path), "prompts", prompts, "a pathlib.Path")


def _require(fits: bool, name: str, given: object, wanted: str) -> None:
    # What was given is not shown: it may be a whole article, or a key in the wrong place.
    if not fits:
        kind = f"the class {given.__name__}" if isinstance(given, type) else f"of the type {type(given).__name__}"
        raise ConfigurationError(f"{name} is {kind}, which cannot be used", hint=f"Give {wanted}.")
