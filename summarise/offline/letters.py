"""Letters that invite: "a letter from King Jan asking", "a message from the president, inviting him"."""

from __future__ import annotations

from typing import Final

from summarise.offline.events import Traveller
from summarise.offline.lexicon import words
from summarise.offline.parties import Parties
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import helpers_before

LETTERS: Final = words("letter letters note message telegram cable telex missive request appeal")
_ENDS: Final = words("; who which about whether if that said")
_ENDINGS: Final = frozenset(("'s", "'", "’"))
_CARRIERS: Final = frozenset(("envoy", "ambassador"))
_SENDING: Final = words(
    "sent send sends sending wrote written handed hand delivered deliver brought bring carried carries conveyed "
    "conveying submitted presented posted addressed dispatched transmitted passed"
)
_REQUESTS: Final = words("request appeal")
_OWN: Final = words("a his her their another")
_REACH: Final = 16


class Letters:
    """Finds the letter that a word of asking stands with, and who wrote it."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties

    def asking(self, s: Sentence, first: int) -> int | None:
        """The letter left of a verb of asking: "a letter from the king asking", "the letter asks"."""
        for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
            low = s.tokens[at].low
            if low in LETTERS and at not in s.mention_at:
                aside = at > 1 and s.tokens[at - 1].low in _OWN and s.tokens[at - 2].low in ("in", "by", "with")
                return None if aside else at  # "in a letter to Rao, the king asked him"
            if low in _ENDS:
                return None
        return None

    def writers(self, s: Sentence, letter: int) -> list[Traveller]:
        """Whose letter it is: told beside it, else with the letter of the sentence before, else who sends it."""
        found = self._parties.behind(s, letter + 1, ("from", "by", "of"))
        if found is not None:
            return found[0]
        if letter > 1 and s.tokens[letter - 1].low in _ENDINGS:
            return self._parties.owner(s, letter - 2)
        for earlier in s.before(1):
            at = next((at for at, token in enumerate(earlier.tokens) if token.low in LETTERS), None)
            found = self._parties.behind(earlier, at + 1, ("from", "of")) if at is not None else None
            if found is not None:
                return found[0]
        return [one for one in self.senders(s, letter) if one.person is None or one.person.role not in _CARRIERS]

    def senders(self, s: Sentence, letter: int) -> list[Traveller]:
        """Who sends it or hands it over: "the president sent Rao a letter", "the envoy brought a letter"."""
        for at in range(letter - 1, max(-1, letter - 1 - _REACH), -1):
            if s.tokens[at].low in _SENDING and at not in s.mention_at:
                return self._parties.subject(s, helpers_before(s.tokens, at)[1])
        return self._parties.subject(s, letter) if s.tokens[letter].low in _REQUESTS else []
