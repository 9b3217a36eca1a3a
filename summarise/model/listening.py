"""What whoever runs many conversations wants to know of their calls while these are made."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Protocol

from summarise.exchange import Reply


class Listener(Protocol):
    """Listens to the calls of one conversation."""

    async def turn(self) -> None:
        """Wait until a call may be made. Raises `CancelledError` if none may be made any more."""

    def known(self, request: Callable[[], str]) -> Reply | None:
        """The reply, if it was got earlier and need not be asked for; `request` gives the request's hash."""

    def given_up(self) -> None:
        """A call was given up on the way, without a reply."""

    def replied(self, request: Callable[[], str], reply: Reply) -> None:
        """A reply has come; what it is worth is not known yet. `request` gives the request's hash."""


LISTENER: ContextVar[Listener | None] = ContextVar("LISTENER", default=None)
"""Who listens to the asynchronous calls that are made in this context."""
