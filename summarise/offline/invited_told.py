"""What one sentence tells of an invitation, before it is put together with what others tell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from summarise.offline.events import Traveller
from summarise.offline.sentence import Sentence


@dataclass(slots=True)
class Telling:
    """What one sentence tells of an invitation."""

    inviters: list[Traveller] = field(default_factory=list)
    invitees: list[Traveller] = field(default_factory=list)
    response: str = "unknown"
    status: str = "extended"
    via: str | None = None
    channel: str | None = None
    answers: bool = False
    """Told by a word of answering ("accepted an invitation"): its date is that of the answer."""
    here: bool = False
    """Told without where to: where the article is at home, if the one asked is a stranger there."""
    by_noun: bool = False
    """Told by a noun, "accepted an invitation": how it was made, other words of the sentence do not say."""
    rests_on: int | None = None
    """A sentence before that names the one who is asked."""
    code: str | None = None
    """Where he was told there to go."""
    implied: bool = False
    """ "At the invitation of": told with the visit, whose state is the inviter's (hard case 49)."""


class Brought(NamedTuple):
    """ "She handed over a letter of invitation from the king": told, but not to whom."""

    sentence: Sentence
    at: int
    telling: Telling


def by_state(telling: Telling) -> list[Telling]:
    """ "The visits are at the invitation of King Jan of Samoa and Premier Rao of Tonga": one from each state."""
    states = dict.fromkeys(one.country for one in telling.inviters)
    if not telling.implied or len(states) < 2 or None in states:
        return [telling]
    return [replace(telling, inviters=[one for one in telling.inviters if one.country == state]) for state in states]
