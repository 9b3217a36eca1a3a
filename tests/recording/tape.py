"""What a cassette holds, and when a request matches a recorded one.

    about:                 where it comes from, for which prompt and schema, what was induced
    interactions:
    - request:             method, uri (of a neutral host), headers, parsed_body
      response:            status, headers, parsed_body (or body, where it is not JSON)

Method, path and parsed body must match; host, port, other headers and the order of keys do not matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vcr.cassette import CassetteContextDecorator  # type: ignore[import-untyped]
from vcr.patch import PATCHER_NAMES  # type: ignore[import-untyped]
from vcr.persisters.filesystem import CassetteNotFoundError  # type: ignore[import-untyped]
from vcr.record_mode import RecordMode  # type: ignore[import-untyped]
from vcr.request import Request  # type: ignore[import-untyped]
from vcr.serialize import deserialize, serialize  # type: ignore[import-untyped]

from tests.recording import readable
from tests.recording.scan import NEUTRAL_ORIGIN, REQUEST_HEADERS, RESPONSE_HEADERS, secrets_in


class RecordingError(Exception):
    """Nothing was recorded, and why."""


@dataclass(frozen=True, slots=True)
class About:
    """The head of a cassette. `induced` names each answer that no model gave, as `request 1: 429 …`."""

    recorded_from: str
    prompt_id: str
    schema_id: str
    model: str
    induced: list[str]


class Tape:
    """One cassette file, and vcrpy's serializer and persister for it. `about` is read from the file on loading.

    What vcrpy saves is kept until `write`: an exception while vcrpy closes would leave its patches in place.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.about: About | None = None
        self._recorded: Any = None

    def write(self, about: About) -> None:
        """Put the recorded exchanges into the file, whole or not at all. Raises `RecordingError` for a secret."""
        self.about = about
        text: str = serialize(self._recorded, self)
        found = secrets_in(text)
        if found:
            raise RecordingError(f"{self.path.name} would hold a secret, nothing was written: {'; '.join(found)}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".part")
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(self.path)

    def load_cassette(self, path: str, serializer: Any) -> Any:
        """Part of vcrpy's persister interface."""
        return deserialize(self.path.read_text(encoding="utf-8"), self)

    def save_cassette(self, path: str, cassette_dict: Any, serializer: Any) -> None:
        """Part of vcrpy's persister interface."""
        self._recorded = cassette_dict

    def serialize(self, document: dict[str, Any]) -> str:
        """Part of vcrpy's serializer interface."""
        assert self.about is not None, "`write` says what it is about"
        interactions = [
            {"request": _stored(each["request"]), "response": _stored(each["response"])}
            for each in document["interactions"]
        ]
        return readable.dump({"about": asdict(self.about), "interactions": interactions})

    def deserialize(self, text: str) -> dict[str, Any]:
        """Part of vcrpy's serializer interface."""
        document = readable.load(text)
        self.about = About(**document["about"])
        for interaction in document["interactions"]:
            interaction["request"]["body"] = _text(interaction["request"])
            interaction["response"]["body"] = {"string": _text(interaction["response"])}
            interaction["request"].pop("parsed_body", None)
            interaction["response"].pop("parsed_body", None)
        return {"interactions": document["interactions"]}


class BlankTape(Tape):
    """A tape to record on: what its file holds does not matter."""

    def load_cassette(self, path: str, serializer: Any) -> Any:
        """Part of vcrpy's persister interface."""
        raise CassetteNotFoundError(path)


def _stored(message: Mapping[str, Any]) -> dict[str, Any]:
    """A request or response as it stands in the file: the body last, parsed where it is JSON."""
    stored = {key: value for key, value in message.items() if key != "body"}
    body = message["body"]
    text = body["string"] if isinstance(body, dict) else body
    try:
        return stored | {"parsed_body": json.loads(text)}
    except ValueError:
        return stored | {"body": text}


def _text(message: Mapping[str, Any]) -> str:
    if "parsed_body" in message:
        return json.dumps(message["parsed_body"], ensure_ascii=False)
    return str(message["body"])


def _neutral_request(request: Any) -> Any:
    address = request.parsed_uri
    uri = NEUTRAL_ORIGIN + address.path + (f"?{address.query}" if address.query else "")
    headers = {name.lower(): value for name, value in request.headers.items() if name.lower() in REQUEST_HEADERS}
    return Request(request.method, uri, request.body or b"", headers)


def _neutral_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in response["headers"].items()}
    return response | {"headers": {name: headers[name] for name in sorted(headers) if name in RESPONSE_HEADERS}}


def parsed(request: Any) -> Any:
    """The body of a request: its JSON value, or its text."""
    try:
        return json.loads(request.body)
    except ValueError:
        return request.body.decode("utf-8", "replace")


def same_address(request: Any, recorded: Any) -> bool:
    """vcrpy matcher: method, path and query."""
    return (request.method, request.uri) == (recorded.method, recorded.uri)


def same_body(request: Any, recorded: Any) -> bool:
    """vcrpy matcher: the parsed bodies."""
    return bool(parsed(request) == parsed(recorded))


def inserted(cassette_class: type[Any], tape: Tape, mode: RecordMode) -> Any:
    """A context manager that puts a cassette in the place of the httpx2 transports and of aiohttp."""
    return CassetteContextDecorator.from_args(
        cassette_class,
        path=str(tape.path),
        serializer=tape,
        persister=tape,
        record_mode=mode,
        match_on=(same_address, same_body),
        before_record_request=_neutral_request,
        before_record_response=_neutral_response,
        skip_patchers=tuple(name for name in PATCHER_NAMES if name not in ("httpx2", "aiohttp")),
    )
