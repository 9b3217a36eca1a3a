"""A user's own functions that are called on the way: after each attempt, and for each result."""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, TypeVar

from summarise.errors import ConfigurationError, HookFailed

if TYPE_CHECKING:
    from summarise.article import Article
    from summarise.records import Attempt

OnAttempt = Callable[["Attempt", "Article"], object]
"""Called with each attempt when it is over, before any pause that follows it, and with its article."""

Hook = TypeVar("Hook", bound=Callable[..., object])


def check_hook(name: str, hook: object) -> None:
    """Raises `ConfigurationError` for a hook that cannot be called, or that would have to be awaited."""
    if hook is not None and not callable(hook):
        raise ConfigurationError(
            f"{name} is of the type {type(hook).__name__}, which cannot be called", hint="Give a function."
        )
    if iscoroutinefunction(hook):
        raise ConfigurationError(
            f"{name} is a coroutine function, and hooks are not awaited",
            hint="Give a plain function; it may start a task with asyncio.create_task.",
        )


def call_hook(name: str, hook: Callable[..., object] | None, *arguments: Any) -> None:
    """Calls the hook if there is one. Raises `HookFailed` with what it raised as the cause."""
    if hook is None:
        return
    try:
        hook(*arguments)
    except Exception as problem:
        raise HookFailed(f"{name} raised {type(problem).__name__}: {problem}") from problem
