"""A short article for the tests of corpus and command line, and an endpoint that marks in the article steer."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.server import Request, Response, Server, as_json
from tests.server.chat import question as question_of

ARTICLE = """Peru's foreign minister in Oslo

OSLO, March 12, 2024. Foreign Minister Ana Reyes of Peru flew to Oslo on March 11, 2024.
Norway had invited Foreign Minister Ana Reyes to the forest forum.
She is accompanied by nobody, and number {number} was on her ticket.
"""


def article(number: int = 1, marks: str = "") -> str:
    """An article with one visit, one invitation and one official; `marks` steer the server's answer."""
    return f"{ARTICLE.format(number=number)}{marks}\n"


def reply_to(question: str) -> dict[str, Any]:
    """The faultless reply to a question about such an article."""

    def sentence(words: str) -> int:
        before = question[: question.rindex(words)]
        return int(re.findall(r"(?m)^\W*(\d+)\W", before)[-1])

    reyes = {"name": "Ana Reyes", "kind": "person", "title": "Foreign Minister", "country": "PER"}
    return {
        "officials": [
            {
                "name": "Ana Reyes",
                "titles": ["Foreign Minister"],
                "role": "foreign_minister",
                "country": "PER",
                "more": [],
            }
        ],
        "visits": [
            {
                "evidence": [sentence("flew to Oslo")],
                "visitors": [reyes],
                "country": "NOR",
                "when": {"text": "March 11, 2024", "date": "2024-03-11"},
                "status": "completed",
                "focus": "main",
                "more": [{"places": ["Oslo"]}],
            }
        ],
        "invitations": [
            {
                "evidence": [sentence("had invited")],
                "inviters": [{"name": "Norway", "kind": "government", "title": None, "country": "NOR"}],
                "invitees": [reyes],
                "country": "NOR",
                "response": "accepted",
                "more": [],
            }
        ],
        "summary": "Peru's foreign minister Ana Reyes flew to Oslo.",
        "more": [],
    }


def answer(question: str) -> tuple[str, str]:
    """The number of the article, and the faultless reply."""
    article = question.split("</article", 1)[0]  # what follows quotes the last reply
    found = re.search(r"number (\d+) was", article)
    return found[1] if found else "?", json.dumps(reply_to(article))


@dataclass
class Endpoint:
    """What the server was asked, and how many calls were under way at once at most."""

    server: Server = field(default_factory=lambda: Server(answer))
    url: str = ""
    questions: list[str] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def most_at_once(self) -> int:
        """Calls under way together, at most."""
        return self.server.seen.most_at_once

    @property
    def under_way(self) -> int:
        """Calls that have no answer yet."""
        return self.server.seen.under_way

    def answer(self, request: Request) -> Response:
        """A good reply, unless the article asks for another: `[status N]`, `[bad]`, `[wait]`."""
        asked = question_of(json.loads(request.body))
        self.questions.append(asked)
        response = self.server.chat(request)
        if found := re.search(r"\[status (\d+)(?: (\w+))?\]", asked):
            error = {"message": f"no: {found[1]}", "code": found[2], "type": found[2]}
            response = as_json({"error": error}, int(found[1]), over=response.over)
        elif "[bad]" in asked:
            response.body = self.server.chat.completion("I would rather not.")
        if "[wait]" in asked:
            self.asked.set()
            response.ready = self.go_on.is_set
        return response


@contextmanager
def serving() -> Iterator[Endpoint]:
    """The endpoint, answering while the context lasts."""
    endpoint = Endpoint()
    endpoint.server.mount("POST", ".*", endpoint.answer)
    with endpoint.server.running() as endpoint.url:
        try:
            yield endpoint
        finally:
            endpoint.go_on.set()
