"""What a sentence says of the invitation told just before, without naming it: "He accepted it with gratitude"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.findings import InvitationFound
from summarise.offline.grammar import Goal
from summarise.offline.invitations import Invitations, journey
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.travellers import Travellers

_ANSWERS: Final = {
    "pending": (
        "no answer", "no reply", "not yet replied", "not replied", "unanswered", "yet to reply", "yet to respond",
        "not responded", "no response", "no immediate word", "no word", "considering", "studying",
        "has not said whether", "did not say whether", "had yet to say", "awaiting", "not decided", "no decision",
        "would not say",
    ),
    "accepted": (
        "accepted it", "accepted the invitation", "invitation was accepted", "has accepted", "accepted with",
        "said yes", "gladly accepted", "and he accepted", "and she accepted", "agreed to come", "agreed to attend",
    ),
    "declined": (
        "declined", "turned it down", "turned down", "sent his apologies", "sent her apologies", "sent regrets",
        "unable to attend", "will not attend", "said no",
    ),
    "delegated": (
        "in his place", "in her place", "in his stead", "in her stead", "on his behalf", "on her behalf",
        "will represent him", "will represent her", " instead",
    ),
    "tentative": (
        "try to find the time", "try to attend", "would try", "might attend", "may attend", "hoped to attend",
        "in principle",
    ),
    "acknowledged": ("thanked", "grateful", "appreciat"),
}  # fmt: skip
"""Wordings of each response, the first that fits counts: "no answer" before an answer (hard cases 45 and 46)."""
_OPEN: Final = words("unknown pending")
_REACH: Final = 2
"""So many sentences behind the invitation an answer is looked for."""


class Answers:
    """Finds the answers to the invitations of one article."""

    def __init__(self, invitations: Invitations, travellers: Travellers) -> None:
        self._invitations = invitations
        self._travellers = travellers

    def read(self, s: Sentence) -> Iterator[TravelEvent]:
        """Takes in what a sentence says of the last invitation; gives the journey that the answer announces."""
        last = self._invitations.found[-1] if self._invitations.found else None
        if last is None or s.number - last.last > _REACH or last.response not in _OPEN:
            return
        low = s.raw.lower()
        if s.number in last.sentences:  # only what stands behind the inviting
            low = low[max(low.find("invit"), low.find("asked"), 0) :]
        response = next((name for name, signs in _ANSWERS.items() if any(sign in low for sign in signs)), None)
        if response is None:
            return
        last.response = response
        self._invitations.cite(last, s)
        if response == "delegated":
            yield from self._stand_in(s, last)
        elif response == "accepted":
            yield from journey(s, last, "planned")
        elif response == "tentative":
            yield from journey(s, last, "speculated")

    def _stand_in(self, s: Sentence, invitation: InvitationFound) -> Iterator[TravelEvent]:
        """ "The vice-president will attend in her place": the visit is his (hard case 50)."""
        parties = invitation.invitees.keys() | invitation.inviters.keys()
        others = [
            mention
            for mention in s.mentions
            if (one := self._travellers.single(s, mention)) is not None and one.key not in parties
        ]
        if others and invitation.code is not None:
            at = others[-1].first
            yield TravelEvent(s, at, others[-1:], [Goal(invitation.code, [], token=at)], "planned")
