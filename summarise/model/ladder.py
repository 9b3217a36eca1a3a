"""An endpoint: its address, how a request is worded for it, what it is known not to take, how its reply is read.

A format is asked for on one of three rungs: `json_schema` (strict), `json_object`, `text`. An endpoint that refuses a
rung will refuse it again, so the step down is remembered for the whole process, by base URL and model, and the next
conversation starts there. The same holds for the name of the token limit: `max_completion_tokens` is the current one,
`max_tokens` what older servers want; and for the context that an endpoint states when a request is too long. Nothing is
remembered beyond the process: servers are updated.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote
from urllib.request import getproxies

from summarise.address import Address, address_in
from summarise.errors import ConfigurationError
from summarise.exchange import LADDER, Reply
from summarise.local import check_extra, model_file
from summarise.tokens import context_window

if TYPE_CHECKING:
    import openai

    from summarise.exchange import Request, Rung
    from summarise.settings import Settings

OPENAI_URL = "https://api.openai.com/v1"

MESSAGE_LENGTH = 500

_ACCOUNTS = ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID")
_LONG_KEY = 16  # characters from which on a part of a key is not a word that may stand anywhere
_SHORTEST_UNMISTAKABLE = 8  # characters of letters and digits that no article has by chance

MOST_WRITTEN = 32
"""How many schemas and beginnings of prompts are remembered as JSON."""

LimitName = Literal["max_completion_tokens", "max_tokens"]

# What follows "Basic" is base64: "Basic authentication" is none.
_KEY_SHAPES = re.compile(r"\bsk-[\w*-]{4,}|\b(?i:bearer) +[^\s\"',]+|\b(?i:basic) +(?=\w[a-z]*[A-Z0-9+/=_-])[\w+/=-]+")
_lock = Lock()
_steps_down: dict[tuple[str, str], int] = {}
_old_limit: set[tuple[str, str]] = set()
_written: dict[int, tuple[object, str]] = {}
_contexts: dict[tuple[str, str], int] = {}


def start(base_url: str | None, model: str) -> Rung:
    """The rung to start on: the strictest that this endpoint has not refused. None means OpenAI's own endpoint."""
    with _lock:
        return LADDER[_steps_down.get(_key(base_url, model), 0)]


def refused(base_url: str | None, model: str, rung: Rung) -> None:
    """Remember that the endpoint refused `rung`; never climbs back up. Below `text` there is nothing."""
    below = min(LADDER.index(rung) + 1, len(LADDER) - 1)
    key = _key(base_url, model)
    with _lock:
        _steps_down[key] = max(below, _steps_down.get(key, 0))


def limit_name(base_url: str | None, model: str) -> LimitName:
    """The parameter that this endpoint takes for the largest number of output tokens."""
    with _lock:
        return "max_tokens" if _key(base_url, model) in _old_limit else "max_completion_tokens"


def limit_refused(base_url: str | None, model: str) -> None:
    """Remember that the endpoint does not know `max_completion_tokens`."""
    with _lock:
        _old_limit.add(_key(base_url, model))


def learn_context(base_url: str | None, model: str, tokens: int) -> None:
    """Remember the context that the endpoint stated when it refused a request; the smallest counts."""
    key = _key(base_url, model)
    with _lock:
        _contexts[key] = min(tokens, _contexts.get(key, tokens))


def context(base_url: str | None, model: str, told: int | None) -> int | None:
    """The model's context in tokens: as `told` by the user, else as genai-prices has it, and never above what the
    endpoint stated; None if it is not known."""
    with _lock:
        stated = _contexts.get(_key(base_url, model))
    known = told if told is not None else None if stated is not None else context_window(model, base_url or OPENAI_URL)
    return min((tokens for tokens in (known, stated) if tokens is not None), default=None)


def request_body(request: Request, settings: Settings, limit: LimitName) -> dict[str, Any]:
    """The JSON body of a chat completion. A sampling parameter is in it only if the settings name one."""
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [dict(message) for message in request.messages],
        limit: request.max_output_tokens,
    }
    if request.rung == "json_schema":
        named = {"name": request.schema_name, "schema": dict(request.schema), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    elif request.rung == "json_object":
        body["response_format"] = {"type": "json_object"}
    sampling = {
        "temperature": settings.temperature,
        "seed": settings.seed,
        "reasoning_effort": settings.reasoning_effort,
    }
    return body | {name: value for name, value in sampling.items() if value is not None}


def request_content(request: Request, settings: Settings, limit: LimitName) -> bytes:
    """`request_body` as JSON; the fixed beginning of all prompts, and the schema, are put into JSON once."""
    opening, *following = request.messages
    fixed = ",".join(f"{_json(name)}:{_json_once(text)}" for name, text in opening.items())
    parts = [f'"messages":[{",".join([f"{{{fixed}}}", *map(_json, following)])}]']
    if request.rung == "json_schema":
        named = f'"name":{_json(request.schema_name)},"schema":{_json_once(request.schema)},"strict":true'
        parts.append(f'"response_format":{{"type":"json_schema","json_schema":{{{named}}}}}')
        written = {"messages", "response_format"}
    else:
        written = {"messages"}
    body = request_body(request, settings, limit)
    rest = _json({name: value for name, value in body.items() if name not in written})
    return f"{{{','.join(parts)},{rest[1:]}".encode()


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=dict).encode


def _json_once(value: object) -> str:
    """The JSON of what is the very same object, and never changed, in request after request."""
    kept = _written.get(id(value))
    if kept is None:
        if len(_written) >= MOST_WRITTEN:
            _written.clear()
        # With its JSON the object itself is kept: as long as it is there, no other has its id.
        kept = _written[id(value)] = (value, _json(value))
    return kept[1]


def _key(base_url: str | None, model: str) -> tuple[str, str]:
    return ((base_url or OPENAI_URL).rstrip("/"), model)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom a call goes to. `url` and `model` may stand in a message, `address` may not."""

    address: Address
    model: str
    hidden: re.Pattern[str] | None = field(default=None, repr=False)
    unmistakable: re.Pattern[str] | None = field(default=None, repr=False)
    """Those of the keys and passwords that cannot be a word, a number or a date of an article."""
    parts: tuple[str, ...] = field(default=(), repr=False)
    """Pieces of these, of which one stands wherever `unmistakable` matches: sooner found than the pattern."""

    @property
    def url(self) -> str:
        """The address without user, password and query."""
        return self.address.url

    def hide(self, text: str) -> str:
        """The text without this endpoint's keys and passwords."""
        return text if self.hidden is None else self.hidden.sub("[key]", text)

    def hide_in_data(self, text: str) -> str:
        """The text of a reply without them. A key such as `1` or `ollama` is left: what a model says stays as it is."""
        if self.unmistakable is None or not any(map(text.__contains__, self.parts)):
            return text
        return self.unmistakable.sub("[key]", text)

    def hide_in(self, reply: Reply) -> Reply:
        """A reply without them: an endpoint may say back what it was sent."""
        told = (reply.content, reply.refusal, reply.model, reply.finish_reason)
        content, refusal, model, finish = (text and self.hide_in_data(text) for text in told)
        if (content, refusal, model, finish) == told:
            return reply
        return replace(reply, content=content, refusal=refusal, model=model, finish_reason=finish)

    def clean(self, text: str) -> str:
        """The text on one line without any key or password, at most `MESSAGE_LENGTH` characters of it."""
        text = " ".join(_KEY_SHAPES.sub("[key]", self.hide(text)).split())
        return text if len(text) <= MESSAGE_LENGTH else text[: MESSAGE_LENGTH - 1] + "…"

    @property
    def model_hint(self) -> str:
        """What to check when there is no such model."""
        return f"{self.url_hint}{meant_offline(self.model)}"

    @property
    def url_hint(self) -> str:
        """What to check when whatever answers is no chat endpoint."""
        last = self.url.rpartition("/")[2]
        version = "" if re.fullmatch(r"v\d\w*", last) else "it does not end in /v1, as most do; "
        return f"Check the base URL: {version}it is the address to which /chat/completions is added."


def endpoint(base_url: str, model: str, *keys: object, accounts: Iterable[str] = ()) -> Endpoint:
    """The endpoint at an address. Raises `ConfigurationError` for an address that is none, or that names no host.

    No message shows the `keys`, nor part of one; nor the `accounts`: organisation, project, what else goes with a call.
    """
    address = address_in(base_url)
    if isinstance(address, ConfigurationError):
        del base_url, keys, accounts  # a traceback may be shown with its variables
        raise address
    secrets = {text: _hidden_key(text) for text in (*keys, *address.secrets) if isinstance(text, str) and text}
    names = {text: rf"(?<!\w){re.escape(text)}(?!\w)" for text in (*address.names, *accounts) if len(text) > 3}
    patterns = names | secrets
    unmistakable = {text: pattern for text, pattern in patterns.items() if _is_unmistakable(text)}
    parts = tuple(dict.fromkeys(part for text in unmistakable for part in _parts_of(text)))
    return Endpoint(address, model, _any_of(patterns), _any_of(unmistakable), parts)


def _any_of(patterns: Mapping[str, str]) -> re.Pattern[str] | None:
    """One pattern for all, the longest text first; None for none."""
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(patterns[text] for text in longest_first)) if patterns else None


def _parts_of(secret: str) -> tuple[str, ...]:
    """What `_hidden_key` cannot match without: its beginning or its end."""
    return (secret,) if len(secret) < _LONG_KEY else (secret[:8], secret[-4:])


def _is_unmistakable(secret: str) -> bool:
    mixed = any(map(str.isalpha, secret)) and any(map(str.isdigit, secret))
    return len(secret) >= _LONG_KEY or (len(secret) >= _SHORTEST_UNMISTAKABLE and mixed)


def _hidden_key(key: str) -> str:
    """The pattern of a key, and of what endpoints quote of one: `sk-abcd…wxyz`, `***wxyz`."""
    whole = re.escape(key)
    if len(key) < _LONG_KEY:
        return whole
    beginning, end = map(re.escape, _parts_of(key))
    return rf"{whole}|{beginning}[\w*•….-]*|[*•…]{{2,}}{end}|\.{{3,}}{end}"


def endpoint_of(settings: Settings, client: openai.OpenAI | openai.AsyncOpenAI | None = None) -> Endpoint:
    """The endpoint that the settings name, or a client of one's own. Raises as `endpoint` does."""
    if client is None:
        return endpoint(
            settings.base_url or OPENAI_URL, settings.model, key_of(settings), accounts=_accounts_in_environment()
        )
    accounts = (*_accounts_in_environment(), *_accounts_of(client))
    return endpoint(str(client.base_url), settings.model, key_of(settings), client.api_key, accounts=accounts)


def _accounts_in_environment() -> tuple[str, ...]:
    """What the client library takes from the environment: organisation and project, and who may use a proxy."""
    told = [os.environ.get(name) for name in _ACCOUNTS]
    for proxy in getproxies().values():
        told += _userinfo(proxy)
    return tuple(value for value in told if value)


def _userinfo(url: str) -> list[str]:
    """User and password of an address, as they are written and as they are meant."""
    user, _, password = url.rpartition("@")[0].rpartition("/")[2].partition(":")
    return [user, password, unquote(user), unquote(password)]


def key_sent(settings: Settings, client: openai.OpenAI | openai.AsyncOpenAI | None) -> str:
    """The key that goes with the calls."""
    return key_of(settings) if client is None else str(client.api_key)


def _accounts_of(client: openai.OpenAI | openai.AsyncOpenAI) -> tuple[str, ...]:
    """What a client of one's own sends in headers of its own; whatever it is, it is not for others to see."""
    told = [client.organization, client.project, *map(str, client._custom_headers.values())]
    return tuple(value for value in told if value)


def key_of(settings: Settings) -> str:
    """The key as plain text; empty without one."""
    return settings.api_key.get_secret_value() if settings.api_key else ""


def check_settings(settings: Settings) -> None:
    """Raises `ConfigurationError` for settings with which nothing can be asked, as far as that can be told unasked.

    Offline nobody is asked, so any will do.
    """
    if settings.offline:
        return
    if settings.local:
        model_file(Path(settings.model))
        check_extra()
        return
    problem = fault_of_key(key_of(settings), settings.base_url)
    if problem is not None:
        problem.hint = (problem.hint + meant_offline(settings.model)).strip()
        raise problem


def meant_offline(model: str) -> str:
    """A question, to be added to a hint, for a model that is called nearly like `offline`; else empty."""
    from summarise.settings import OFFLINE

    near = get_close_matches(model.casefold(), [OFFLINE], n=1, cutoff=0.85)
    return f" Did you mean {OFFLINE}?" if near and model != OFFLINE else ""


def fault_of_key(key: str, base_url: str | None) -> ConfigurationError | None:
    """What is wrong when there is neither key nor address, or when the key cannot stand in a header.

    The error is not raised here: a traceback may be shown with the variables of all its frames.
    """
    if not key and not base_url:
        return ConfigurationError(
            "no model to ask: there is neither a key nor a base URL. The ways on:\n"
            "  - a key: set OPENAI_API_KEY\n"
            "  - a base URL of an OpenAI-compatible server (Ollama, llama.cpp, vLLM, LM Studio): set OPENAI_BASE_URL "
            "or give --base-url\n"
            "  - a model on this machine: give its file, --model MODEL.gguf (pip install 'summarise[local]')\n"
            '  - model="offline", which reads English by rules alone: set SUMMARISE_MODEL=offline '
            "or give --model offline"
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        return ConfigurationError(
            "the API key holds a space, a line break or another character that no key has",
            hint="Copy the key again, without quotation marks and line breaks.",
        )
    return None


def read_reply(body: object, request_id: str | None) -> Reply | None:
    """The reply in the JSON of a chat completion; None if it is none, or has no choices."""
    completion = _mapping(body)
    choices = completion.get("choices")
    choice = _mapping(choices[0]) if isinstance(choices, list) and choices else {}
    message = choice.get("message")
    if not isinstance(message, dict):
        return None
    usage = _mapping(completion.get("usage"))
    return Reply(
        content=_content(message.get("content")),
        finish_reason=_string(choice.get("finish_reason")),
        refusal=_string(message.get("refusal")),
        model=_string(completion.get("model")),
        request_id=request_id,
        input_tokens=_count(usage.get("prompt_tokens")),
        cached_tokens=_count(_mapping(usage.get("prompt_tokens_details")).get("cached_tokens")),
        output_tokens=_count(usage.get("completion_tokens")),
    )


def _content(value: object) -> str | None:
    """Text, or the text parts of a list of parts; a part that is no text (a model's thinking) is left out."""
    if isinstance(value, list):
        parts = [_mapping(part).get("text") for part in value]
        return "".join(part for part in parts if isinstance(part, str))
    return _string(value)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
