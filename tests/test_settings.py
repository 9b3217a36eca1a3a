"""The settings: arguments, environment, defaults; and no word of the key anywhere."""

from __future__ import annotations

import os
import traceback

import pytest
from pydantic import ValidationError

from summarise.errors import ConfigurationError
from summarise.settings import DEFAULT_MODEL, Settings, changed_settings, load_settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("SUMMARISE_", "OPENAI_"))]:
        monkeypatch.delenv(name)


def test_the_defaults() -> None:
    settings = load_settings()
    assert settings.model == DEFAULT_MODEL
    assert settings.api_key is None
    assert settings.base_url is None
    assert (settings.complaints, settings.transient_retries) == (2, 5)
    assert (settings.temperature, settings.seed, settings.reasoning_effort) == (None, None, None)


def test_arguments_win_over_the_environment_and_that_over_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARISE_MODEL", "from-environment")
    monkeypatch.setenv("SUMMARISE_COMPLAINTS", "4")
    settings = load_settings(model="from-argument", base_url=None)
    assert (settings.model, settings.complaints) == ("from-argument", 4)
    assert load_settings(model=None).model == "from-environment"


@pytest.mark.parametrize(
    ("names", "value"),
    [
        (["OPENAI_API_KEY"], "from-openai"),
        (["SUMMARISE_API_KEY", "OPENAI_API_KEY"], "from-summarise"),
    ],
)
def test_the_key_and_the_base_url_have_two_names_and_our_own_wins(
    monkeypatch: pytest.MonkeyPatch, names: list[str], value: str
) -> None:
    for name in names:
        which = "from-openai" if name.startswith("OPENAI") else "from-summarise"
        monkeypatch.setenv(name, which)
        monkeypatch.setenv(name.replace("API_KEY", "BASE_URL"), f"http://{which}/v1")
    settings = load_settings()
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == value
    assert settings.base_url == f"http://{value}/v1"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("SUMMARISE_TIMEOUT", "")
    settings = load_settings()
    assert settings.api_key is None
    assert settings.timeout == 120


@pytest.mark.parametrize("field", [name for name in Settings.model_fields if name not in ("api_key", "base_url")])
def test_every_field_can_be_set_in_the_environment(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    others = {"model": "gpt-x", "reasoning_effort": "gpt-x", "temperature": "1.5", "today": "2024-05-06"}
    others["second_opinion"] = "False"
    value = others.get(field, "17")
    monkeypatch.setenv(f"SUMMARISE_{field.upper()}", value)
    assert str(getattr(load_settings(), field)).removesuffix(".0") == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timeout", 0),
        ("deadline", -1),
        ("transient_retries", -1),
        ("complaints", -1),
        ("backoff", "soon"),
        ("max_output_tokens", 15),
        ("max_article_characters", 0),
        ("temperature", 2.5),
        ("model", ""),
        ("colour", "red"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(field: str, value: object) -> None:
    with pytest.raises(ConfigurationError, match=field) as caught:
        load_settings(**{field: value})
    assert "SUMMARISE_" in caught.value.hint


def test_a_variable_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARISE_DEADLINE", "tomorrow")
    with pytest.raises(ConfigurationError, match="deadline"):
        load_settings()


def test_the_key_is_in_no_text_of_the_settings_and_in_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    settings = load_settings()
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    with pytest.raises(ConfigurationError) as caught:
        load_settings(timeout="sk-very-secret")
    assert "very-secret" not in f"{caught.value!r} {caught.value.hint}"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://desk:hunter2@Host.example:8443/v1/?api-key=hunter2", "'https://host.example:8443/v1'"),
        ("http://[::1]:8000/v1?hunter2#hunter2", "'http://[::1]:8000/v1'"),
        ("http://desk:hunt/er2@host/v1", "'http://…'"),
        ("desk:hunter2@host/v1", "'…'"),
        ("desk@hunter2://host", "'…'"),
        ("localhost:11434/v1?key=hunter2", "'localhost:11434/v1'"),
        (None, "None"),
    ],
)
def test_no_text_of_the_settings_shows_more_of_the_base_url_than_the_place(url: str | None, shown: str) -> None:
    settings = Settings(base_url=url)
    for text in (repr(settings), str(settings)):
        assert f"base_url={shown}" in text
        assert "hunt" not in text
        assert "er2" not in text
    assert settings.base_url == url


def test_settings_made_by_hand_raise_the_same_errors_and_show_no_value() -> None:
    key = "-".join(("sk", "very", "secret"))  # else the traceback's own lines of this file would show it
    with pytest.raises(ConfigurationError, match="api_key: ") as caught:
        Settings(api_key=[key])
    assert key not in "".join(traceback.format_exception(caught.value))
    with pytest.raises(ConfigurationError, match="timeout: Input should be a valid number"):
        Settings(timeout="x")
    with pytest.raises(ConfigurationError, match="'timeot'") as misspelt:
        changed_settings(Settings(), timeot=3)
    assert misspelt.value.hint == "Did you mean 'timeout'?"


def test_changed_settings_are_checked_and_the_environment_has_no_say_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(model="first", timeout=7)
    monkeypatch.setenv("SUMMARISE_TIMEOUT", "99")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-later")
    changed = changed_settings(settings, model="second", base_url=None)
    assert changed == settings.model_copy(update={"model": "second"})
    assert (changed.api_key, changed.timeout, settings.model) == (None, 7, "first")
    assert changed.model_fields_set >= {"model", "timeout"}
    with pytest.raises(ConfigurationError, match="model"):
        changed_settings(settings, model="")
    with pytest.raises(ConfigurationError, match="base_url"):
        changed_settings(settings, base_url=5)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().model = "another"  # type: ignore[misc]
