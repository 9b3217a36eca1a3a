"""One frozen `Settings`: what a user can turn, and where each value comes from."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from summarise.errors import ConfigurationError

DEFAULT_MODEL = "gpt-6-luna"


class Settings(BaseSettings):
    """How articles are read. Immutable; arguments win over the environment, the environment over the defaults.

    Every field can be set as `SUMMARISE_<FIELD>`; the key and the base URL also as `OPENAI_API_KEY` and
    `OPENAI_BASE_URL`. Raises `pydantic.ValidationError` for a value out of range; `load_settings` turns that into a
    `ConfigurationError` that names the variable.
    """

    model_config = SettingsConfigDict(
        env_prefix="SUMMARISE_", frozen=True, extra="forbid", populate_by_name=True, env_ignore_empty=True
    )

    model: str = Field(default=DEFAULT_MODEL, min_length=1, description="Model name, as the endpoint knows it.")
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
    deadline: float = Field(default=600.0, gt=0, description="Seconds one article may take, all attempts included.")
    transient_retries: int = Field(
        default=5, ge=0, description="Further tries after a 429, a 5xx or a lost connection."
    )
    complaints: int = Field(default=2, ge=0, description="How often a bad reply is sent back with what is wrong.")
    backoff: float = Field(default=0.5, ge=0, description="Seconds before the first retry; doubles, with jitter.")
    backoff_cap: float = Field(default=60.0, ge=0, description="Longest wait in seconds between two tries.")
    max_output_tokens: int = Field(default=8192, ge=16, description="Limit for one reply; doubled once if it is cut.")
    max_article_characters: int = Field(default=400_000, ge=1, description="A longer text is refused unread.")
    temperature: Annotated[float, Field(ge=0, le=2)] | None = Field(
        default=None, description="Sent only when set: reasoning models refuse it."
    )
    seed: int | None = Field(default=None, description="Sent only when set.")
    reasoning_effort: str | None = Field(default=None, description="Sent only when set.")


def load_settings(**overrides: object) -> Settings:
    """The settings from the environment, with every override that is not None.

    Raises `ConfigurationError` naming the setting, the value's fault and the way on.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as problem:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in problem.errors(include_input=False))
        raise ConfigurationError(
            f"a setting cannot be used: {faults}",
            hint="Give another value, as an argument or as the environment variable SUMMARISE_<NAME>.",
        ) from None
