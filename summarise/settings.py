"""One frozen `Settings`: what a user can turn, and where each value comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from os import PathLike, fspath
from typing import Annotated, Any, Self

from pydantic import (
    AliasChoices,
    BaseModel,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from summarise.address import bare_url
from summarise.errors import ConfigurationError
from summarise.local.names import SUFFIX, is_model_file

DEFAULT_MODEL = "gpt-6-luna"
OFFLINE = "offline"
"""The model name that stands for the deterministic extractor: no key, no address, no network."""


_CHANGE_RULES = ("today",)
_CHANGE_RESULTS = ("complaints", "reasoning_effort", "second_opinion", "seed", "temperature", *_CHANGE_RULES)


class Settings(BaseSettings):
    """How articles are read. Immutable; arguments win over the environment, the environment over the defaults.

    Every field can be set as `SUMMARISE_<FIELD>`; the key and the base URL also as `OPENAI_API_KEY` and
    `OPENAI_BASE_URL`. Raises `ConfigurationError` that names the setting for a value that cannot be used, for a name
    that is no setting, and for a base URL given as an argument together with the model `offline`.
    """

    model_config = SettingsConfigDict(
        env_prefix="SUMMARISE_",
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    model: str = Field(
        default=DEFAULT_MODEL,
        min_length=1,
        description="Model name, as the endpoint knows it; a `.gguf` file here; or `offline`: rules, and no model.",
    )
    api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("api_key", "SUMMARISE_API_KEY", "OPENAI_API_KEY"),
        description="Key for the endpoint; never logged, never stored.",
    )
    base_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("base_url", "SUMMARISE_BASE_URL", "OPENAI_BASE_URL"),
        description="Root of an OpenAI-compatible endpoint, such as http://localhost:11434/v1.",
    )
    timeout: float = Field(default=120.0, gt=0, description="Seconds one HTTP request may take.")
    deadline: float = Field(
        default=600.0, gt=0, description="Seconds one article, or one window of a long one, may take in all."
    )
    transient_retries: int = Field(
        default=5, ge=0, description="Further tries after a 429, a 5xx or a lost connection."
    )
    requests_per_minute: int | None = Field(
        default=None,
        ge=1,
        description="Most requests in any minute of a corpus run. None: as the endpoint's headers say.",
    )
    tokens_per_minute: int | None = Field(
        default=None,
        ge=1,
        description="Most tokens in any minute of a corpus run. None: as the endpoint's headers say.",
    )
    complaints: int = Field(default=2, ge=0, description="How often a bad reply is sent back with what is wrong.")
    backoff: float = Field(default=0.5, ge=0, description="Seconds before the first retry; doubles, with jitter.")
    backoff_cap: float = Field(default=60.0, ge=0, description="Longest wait in seconds between two tries.")
    max_output_tokens: int = Field(default=8192, ge=16, description="Limit for one reply; doubled once if it is cut.")
    context: int | None = Field(
        default=None,
        ge=1,
        description="Tokens of the model's context; what does not fit is read in windows. None: as genai-prices knows; "
        "16,384 of a local model, or what it was trained for.",
    )
    max_article_characters: int = Field(default=400_000, ge=1, description="A longer text is refused unread.")
    second_opinion: bool = Field(
        default=True,
        description="Whether a model's records are compared with those that rules read; costs no model call.",
    )
    today: date | None = Field(
        default=None,
        description="Last day an article can be of, where only a weekday tells its year. None: the day of the call.",
    )
    temperature: Annotated[float, Field(ge=0, le=2)] | None = Field(
        default=None, description="Sent only when set: reasoning models refuse it."
    )
    seed: int | None = Field(default=None, description="Sent only when set.")
    reasoning_effort: str | None = Field(default=None, description="Sent only when set.")
    slots: int = Field(
        default=1,
        ge=1,
        le=256,
        description="Articles that a local model reads at once; each takes memory for its context.",
    )
    threads: int | None = Field(
        default=None, ge=1, le=512, description="Threads of a local model. None: as many as there are physical cores."
    )
    port: int | None = Field(
        default=None, ge=1, le=65535, description="Port of a local model, on loopback. None: a free one."
    )

    @field_validator("model", mode="before")
    @classmethod
    def _path_of_model(cls, given: object) -> object:
        if not isinstance(given, PathLike):
            return given
        path = fspath(given)
        if not isinstance(path, str) or not is_model_file(path):
            raise ValueError(f"{path!r} is a path, and not that of a {SUFFIX} file")
        return path

    @model_validator(mode="wrap")
    @classmethod
    def _in_our_words(cls, given: Any, make: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return make(given)
        except ValidationError as problem:
            raise _unusable(problem, cls.model_fields) from None

    @property
    def offline(self) -> bool:
        """Whether articles are read by rules, without a model."""
        return self.model == OFFLINE

    @property
    def local(self) -> bool:
        """Whether a model on this machine reads, from a file in llama.cpp's format; a base URL has no say then."""
        return is_model_file(self.model)

    @property
    def changed_results(self) -> str:
        """The settings that change what comes out, as `name=value`, where they are not the default; else empty.

        Sampling, the complaints and the second opinion do, and `today` (offline that alone). Limits, time-outs and
        retries do not: they decide whether there is a result, and an article that failed is tried again anyhow.
        """
        return " ".join(
            f"{name}={value}"
            for name in (_CHANGE_RULES if self.offline else _CHANGE_RESULTS)
            if (value := getattr(self, name)) != type(self).model_fields[name].default
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Where values come from, as ever; looks on the way whether the arguments exist, and go together."""
        given = init_settings()
        if unknown := sorted(set(given) - set(settings_cls.model_fields)):
            raise _no_such_setting(unknown[0], settings_cls.model_fields)
        model = given.get("model") or env_settings().get("model")
        if given.get("base_url") and _asks_no_endpoint(model):
            raise _contradiction(model)  # an address in the environment is there for other calls, and no contradiction
        return init_settings, env_settings, dotenv_settings, file_secret_settings

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        # An address may hold a user, a password, or a key in its query.
        for name, value in super().__repr_args__():
            yield name, bare_url(value) if name == "base_url" and value else value


def load_settings(**overrides: object) -> Settings:
    """The settings from the environment, with every override that is not None.

    Raises `ConfigurationError` naming the setting, the value's fault and the way on.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    return Settings(**given)  # type: ignore[arg-type]


def changed_settings(settings: Settings, **overrides: object) -> Settings:
    """The same settings with every override that is not None; the environment has no say in it.

    Raises `ConfigurationError` as `load_settings` does.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    if given.get("base_url") and _asks_no_endpoint(model := given.get("model", settings.model)):
        raise _contradiction(model)
    changed = type(settings).__new__(type(settings))
    # Settings() would read the environment again, model_copy would check nothing.
    BaseModel.__init__(changed, **{**{name: getattr(settings, name) for name in settings.model_fields_set}, **given})
    return changed


def _asks_no_endpoint(model: object) -> bool:
    return isinstance(model, str | PathLike) and (model == OFFLINE or is_model_file(str(model)))


def _contradiction(model: object) -> ConfigurationError:
    return ConfigurationError(
        f'a base URL was given together with model="{model}", which asks no endpoint',
        hint="Leave the base URL out, or name a model that the endpoint has.",
    )


def _no_such_setting(name: str, known: Iterable[str]) -> ConfigurationError:
    close = get_close_matches(name, known, n=1)
    return ConfigurationError(
        f"there is no setting {name!r}",
        hint=f"Did you mean {close[0]!r}?"
        if close
        else f"Those there are: {', '.join(known)}; in the environment SUMMARISE_<NAME>.",
    )


def _unusable(problem: ValidationError, known: Iterable[str]) -> ConfigurationError:
    for fault in problem.errors(include_input=False):
        if fault["type"] == "extra_forbidden":
            return _no_such_setting(str(fault["loc"][0]), known)
    faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in problem.errors(include_input=False))
    return ConfigurationError(
        f"a setting cannot be used: {faults}",
        hint="Give another value, as an argument or as the environment variable SUMMARISE_<NAME>.",
    )
