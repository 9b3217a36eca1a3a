"""An OpenAI-compatible endpoint on loopback, to test and measure against: real sockets, faults on purpose, counts.

`Server` answers from a thread of its own (`with server.running() as url`); `python -m tests.server` is the same as a
program. What is answered is decided by a table of routes, to which others can be added (`Server.mount`).
"""

from tests.server.chat import Chat, by_headline
from tests.server.faults import FAULTS, MIX, Fault, Faults
from tests.server.http import Request, Response, as_json
from tests.server.quota import Counting, Quota
from tests.server.seen import ArticleSeen, Seen
from tests.server.server import Server

__all__ = [
    "FAULTS",
    "MIX",
    "ArticleSeen",
    "Chat",
    "Counting",
    "Fault",
    "Faults",
    "Quota",
    "Request",
    "Response",
    "Seen",
    "Server",
    "as_json",
    "by_headline",
]
