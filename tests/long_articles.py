"""A long invented article, a faultless model that reads whatever part of it is shown, and an endpoint whose context is
small and enforced: it counts what it is asked to hold, and refuses more with OpenAI's own words."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from summarise.tokens import count_tokens

HEADLINE = "Kenya reaches out to Norway and Peru"
LEAD = (
    "President Amina Okello of Kenya will visit Norway on Thursday for talks with Prime Minister Lars Brekke of "
    "Norway, her office said."
)
MINISTER = "Foreign Minister Daniel Mutua of Kenya stood beside her and took notes."
INVITED = "Brekke had invited Okello to Norway in a letter."
ACCEPTED = "Okello accepted the invitation of Brekke to Norway."
RECALLED = "Okello last visited Norway in June 2022."
PERU = "Mutua will travel to Peru next Monday, the ministry in Nairobi said."
PERU_HOST = "In Lima, the capital of Peru, President Rosa Quispe will receive Mutua next Monday."
AGAIN = "Okello will arrive in Oslo, Norway, on March 14."

Reply = dict[str, Any]


def filler(number: int) -> str:
    """A sentence of which no record can be made; no two are alike."""
    subjects = ("Tea", "Copper", "Coffee", "Timber", "Maize")
    return f"{subjects[number % 5]} prices rose by {number + 2} percent, and {number * 7 + 30} farms sold early."


def article(padding: int = 60) -> str:
    """The article: `padding` sentences of filler between each two that matter."""
    told = [MINISTER, INVITED, ACCEPTED, RECALLED, PERU, PERU_HOST, AGAIN]
    lines = [HEADLINE, "", f"NAIROBI, March 12, 2024. {LEAD}"]
    number = 0
    for sentence in told:
        # Two that belong together stand together: they are the ones that a cut may fall between.
        gap = 0 if sentence in (ACCEPTED, PERU_HOST) else padding
        lines += [filler(number + further) for further in range(gap)]
        number += gap
        lines.append(sentence)
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------------------------------------- the faultless model


@dataclass(frozen=True)
class Person:
    name: str
    title: str
    role: str
    country: str

    @property
    def surname(self) -> str:
        return self.name.split()[-1]


PEOPLE = (
    Person("Amina Okello", "President", "head_of_state", "KEN"),
    Person("Lars Brekke", "Prime Minister", "head_of_government", "NOR"),
    Person("Daniel Mutua", "Foreign Minister", "foreign_minister", "KEN"),
    Person("Rosa Quispe", "President", "head_of_state", "PER"),
)


def shown_in(question: str) -> dict[int, str]:
    """The numbered sentences of a question."""
    return {int(number): text for number, text in re.findall(r"(?m)^\[(\d+)(?: boilerplate)?\] (.*)$", question)}


def faultless(question: str) -> Reply:
    """What a model that overlooks nothing and invents nothing says of the sentences that it is shown."""
    shown = shown_in(question)
    at = {text: number for number, text in shown.items()}

    def cited(*sentences: str) -> list[int]:
        return [at[sentence] for sentence in sentences if sentence in at]

    visits: list[Reply] = []
    if evidence := cited(LEAD, AGAIN):
        when = ("on Thursday", "2024-03-14") if LEAD in at else ("on March 14", "2024-03-14")
        more: list[Reply] = [{"hosts": ["Brekke"]}] if LEAD in at else []
        more += [{"places": ["Oslo"]}] if AGAIN in at else []
        visits.append(_visit("Okello", "NOR", when, "confirmed", "main", evidence, more))
    if evidence := cited(RECALLED):
        visits.append(_visit("Okello", "NOR", ("in June 2022", "2022-06"), "completed", "background", evidence, []))
    if evidence := cited(PERU, PERU_HOST):
        more = [{"hosts": ["Quispe"]}, {"places": ["Lima"]}] if PERU_HOST in at else []
        when = ("next Monday", "2024-03-18")
        visits.append(_visit("Mutua", "PER", when, "confirmed", "main", evidence, more))
    invitations: list[Reply] = []
    if evidence := cited(INVITED, ACCEPTED):
        invitations.append(
            {
                "evidence": evidence,
                "inviters": ["Brekke"],
                "invitees": ["Okello"],
                "country": "NOR",
                "response": "accepted" if ACCEPTED in at else "unknown",
                "more": [{"channel": "letter"}] if INVITED in at else [],
            }
        )
    whole = " ".join(shown.values())
    officials = [_official(person, whole) for person in PEOPLE if person.surname in whole]
    return {
        "officials": officials,
        "visits": visits,
        "invitations": invitations,
        "summary": "Kenya reaches out." if visits else "Farms sold early.",
        "more": [],
    }


def _visit(
    visitor: str, country: str, when: tuple[str, str], status: str, focus: str, evidence: list[int], more: list[Reply]
) -> Reply:
    return {
        "evidence": evidence,
        "visitors": [visitor],
        "country": country,
        "when": {"text": when[0], "date": when[1]},
        "status": status,
        "focus": focus,
        "more": more,
    }


def _official(person: Person, whole: str) -> Reply:
    """By the surname alone where no more is shown."""
    known = person.name in whole
    titled = f"{person.title} {person.name}" in whole
    return {
        "name": person.name if known else person.surname,
        "titles": [person.title] if titled else [],
        "role": person.role if titled else "other",
        "country": person.country,
        "more": [],
    }


# --------------------------------------------------------------------------------------------------------- the endpoint

Say = Callable[[Reply, Sequence[Mapping[str, str]]], Any]


@dataclass
class SmallContext:
    """An endpoint with a context of so many tokens. It keeps what it was asked, and what it refused.

    `spoil` changes what the model says; `states_limit` is whether the refusal tells the context.
    """

    context: int
    states_limit: bool = True
    spoil: Say | None = None
    only_text: bool = False
    longer_by: float = 1.0
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
        if schema is not None and self.only_text:
            return 400, _error("response_format json_schema is not supported", "unsupported_value")
        asked = sum(count_tokens(message["content"]) for message in body["messages"])
        asked += count_tokens(json.dumps(schema, separators=(",", ":"), ensure_ascii=False)) if schema else 0
        asked = round(asked * self.longer_by)
        limit: int = body["max_completion_tokens"]
        with self.lock:
            if asked + limit > self.context:
                self.refused += 1
                stated = f"This model's maximum context length is {self.context} tokens. However, you requested "
                said = f"{asked + limit} tokens ({asked} in the messages, {limit} in the completion)."
                unstated = "Your input exceeds the context window of this model."
                return 400, _error(stated + said if self.states_limit else unstated, "context_length_exceeded")
            self.bodies.append(body)
        content: Any = faultless(body["messages"][1]["content"])
        if self.spoil is not None:
            content = self.spoil(content, body["messages"])
        if isinstance(content, tuple):
            return content
        return 200, _completion(content if isinstance(content, str) else json.dumps(content), asked, limit)

    @property
    def questions(self) -> list[str]:
        """The article as it was shown, request by request."""
        return [body["messages"][1]["content"] for body in self.bodies]

    @property
    def shown(self) -> list[set[int]]:
        """Numbers of the sentences of each question."""
        return [set(shown_in(question)) for question in self.questions]


def _error(message: str, code: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": "messages", "code": code}}


def _completion(content: str, asked: int, limit: int) -> dict[str, Any]:
    said = count_tokens(content)
    cut = said > limit
    return {
        "id": "c1",
        "object": "chat.completion",
        "model": "small-1",
        "choices": [
            {
                "index": 0,
                "finish_reason": "length" if cut else "stop",
                "message": {"role": "assistant", "content": content[: 2 * limit] if cut else content},
            }
        ],
        "usage": {"prompt_tokens": asked, "completion_tokens": min(said, limit)},
    }


@contextmanager
def serving(endpoint: SmallContext) -> Iterator[SmallContext]:
    """The endpoint, answering while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = endpoint.answer(body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
