"""The address of an endpoint, taken apart: what may be shown of it, and what is a secret."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from summarise.errors import ConfigurationError

_PUBLIC = frozenset({"api-version"})  # what Azure's complaints are about, and no secret


@dataclass(frozen=True, slots=True)
class Address:
    """Where calls go. Only `url` may be shown: scheme, host, port and path, without a slash at its end.

    `query` goes with every call; `authorization` is the header (RFC 7617) that the user and the password in the address
    stand for, None without them. `secrets` must not be seen anywhere, `names` not as words of their own.
    """

    url: str
    query: Mapping[str, str] = field(repr=False)
    authorization: str | None = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    names: tuple[str, ...] = field(repr=False)


def address_in(base_url: str) -> Address | ConfigurationError:
    """The parts of a base URL; for what is no address the error to raise, which shows no secret.

    It is not raised here: a traceback may be shown with the variables of all its frames.
    """
    text = base_url.strip()
    parts = _split(text)
    if parts is None:
        slash = " In a user name or a password write / as %2F, ? as %3F, # as %23 and @ as %40." if "@" in text else ""
        return ConfigurationError(
            f"the base URL {_safe_part(text)!r} is no address of an endpoint",
            hint="Give scheme, host and path, such as http://localhost:11434/v1 (--base-url or OPENAI_BASE_URL)."
            + slash,
        )
    query = parse_qsl(parts.query, keep_blank_values=True)
    raw = [pair.partition("=")[2] for pair in parts.query.split("&") if unquote(pair.partition("=")[0]) not in _PUBLIC]
    values = [*raw, *(value for name, value in query if name not in _PUBLIC)]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    basic = b64encode(f"{user}:{password}".encode()).decode() if user or password else ""
    return Address(
        url=_bare(parts),
        query=dict(query),
        authorization=f"Basic {basic}" if basic else None,
        secrets=_distinct(parts.password or "", password, basic),
        # A value as short as `1` or `on` is no secret, and hiding it would spoil every message.
        names=_distinct(parts.username or "", user, *(value for value in values if len(value) > 3)),
    )


def bare_url(base_url: str) -> str:
    """What may be shown of a base URL, even of one that is no address."""
    parts = _split(base_url.strip())
    return _safe_part(base_url.strip()) if parts is None else _bare(parts)


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    # An @ behind the host is what is left of a password with a slash in it.
    misplaced = "@" in parts.path + parts.query + parts.fragment
    if parts.scheme not in ("http", "https") or not host or misplaced or not text.isprintable() or " " in text:
        return None
    return parts


def _bare(parts: SplitResult) -> str:
    host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def _safe_part(text: str) -> str:
    """Everything before the query; where there is an @, anything behind the scheme may belong to a password."""
    if "@" in text:
        scheme, separator, _ = text.partition("://")
        return f"{scheme}://…" if separator and "@" not in scheme else "…"
    return text.partition("?")[0][:200]


def _distinct(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))
