"""Names for persons, trips and invitations that stay the same when the ledger grows.

An id is made of the earliest report's own words and, for trips and invitations, a hash of its key. Articles that come
later change neither; an article that turns out to be earlier than all others does.
"""

from __future__ import annotations

from hashlib import sha256

from summarise.judge.names import fold, split_words

_MOST_WORDS = 6
_HASH = 8


class Ids:
    """Gives each thing an id of its own; who asks first gets the plain one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def person(self, name: str, country: str | None, key: str) -> str:
        """Such as `person-kim-jong-un-PRK`; a namesake who comes later has a hash behind it."""
        id = "-".join(filter(None, ("person", _slug(name), country)))
        return self._own(id, key)

    def other(self, kind: str, name: str, country: str | None, key: str) -> str:
        """Such as `trip-kim-jong-un-RUS-1f0c22aa`."""
        return self._own("-".join(filter(None, (kind, _slug(name), country, _hash(key)))), key)

    def _own(self, id: str, key: str) -> str:
        found = id if id not in self._taken else f"{id}-{_hash(key)}"
        while found in self._taken:
            key += "'"
            found = f"{id}-{_hash(key)}"
        self._taken.add(found)
        return found


def _slug(name: str) -> str:
    words = split_words(name) or ["".join(fold(name).split())]
    return "-".join(words[:_MOST_WORDS])[:60]


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
