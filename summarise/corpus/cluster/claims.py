"""Who reads what: an id counts once, and a text is sent once, whichever workers they come to."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

Verdict = Literal["read", "repeated row", "repeated id", "twin"]


@dataclass(frozen=True, slots=True)
class Claim:
    """An article that somebody is about to read; `text` is a digest of its text and day, None if it cannot be read."""

    id: str
    source: str
    text: bytes | None


class Claims:
    """What was claimed so far. The same claim again, as of a worker that does the work of a lost one, is no repetition.

    Digests are kept, of sixteen bytes: they are kept of every article.
    """

    def __init__(self) -> None:
        self._articles: dict[bytes, tuple[bytes, bytes | None]] = {}
        self._texts: dict[bytes, str] = {}

    def claim(self, claim: Claim) -> tuple[Verdict, str]:
        """What to do with it; with a twin comes the id of the article that has the same text."""
        id, source = digest(claim.id), digest(claim.source)
        before = self._articles.setdefault(id, (source, claim.text))
        if before[0] != source:
            same = claim.text is not None and before[1] == claim.text
            return ("repeated row" if same else "repeated id"), ""
        if claim.text is None:
            return "read", ""
        first = self._texts.setdefault(claim.text, claim.id)
        return ("read", "") if first == claim.id else ("twin", first)


def digest(text: str) -> bytes:
    """Sixteen bytes that stand for a text."""
    return blake2b(text.encode(), digest_size=16).digest()
