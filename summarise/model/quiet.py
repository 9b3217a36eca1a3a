"""Keys kept out of the logs of the libraries that carry the calls.

At their lower levels these log whole addresses, query and all, and the headers of an answer, in which an endpoint may
say back what it was sent. What they log is looked through, and a key in it hidden, as long as its client is there.
"""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from summarise.model.ladder import Endpoint

LIBRARIES = ("openai", "httpx2", "httpcore2", "aiohttp")
_LOGGERS = (  # a filter sees what its own logger is given, and not what comes from the loggers below it
    "openai", "openai._base_client", "openai._response", "openai._legacy_response", "openai._utils", "httpx2",
    "httpcore2", "httpcore2.connection", "httpcore2.http11", "httpcore2.http2", "httpcore2.proxy", "httpcore2.socks",
    "aiohttp", "aiohttp.client", "aiohttp.internal", "asyncio",
)  # fmt: skip

_lock = Lock()
_endpoints: WeakKeyDictionary[object, Endpoint] = WeakKeyDictionary()


class _Hiding(logging.Filter):
    """Lets every record pass, without the keys of the endpoints that are in use."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true."""
        with _lock:
            endpoints = list(_endpoints.values())
        text = record.getMessage()
        hidden = text
        for endpoint in endpoints:
            hidden = endpoint.hide(hidden)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True


_HIDING = _Hiding()


def hide_in_logs(user: object, endpoint: Endpoint) -> None:
    """Hide the keys of an endpoint in what those libraries log, as long as `user` is there."""
    with _lock:
        _endpoints[user] = endpoint
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_HIDING)  # once: the same filter is not added twice
