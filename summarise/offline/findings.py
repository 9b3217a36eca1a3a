"""Visits and invitations on their way into the reply: what the sentences read so far come to."""

from __future__ import annotations

from dataclasses import dataclass, field

from summarise.offline.dating import When
from summarise.offline.events import Traveller
from summarise.offline.sentence import Sentence


@dataclass(slots=True)
class Finding:
    """What it rests on: `sentences` are numbers, in the order in which they told of it."""

    sentences: dict[int, None]
    last: int = field(init=False)
    """The sentence furthest down the text."""
    order: int = field(init=False, default=0)
    """How many were found before it."""

    def __post_init__(self) -> None:
        self.last = max(self.sentences)


@dataclass(slots=True)
class VisitFound(Finding):
    """One visit; `visitors` and `hosts` by the keys by which travellers are compared."""

    visitors: dict[str, Traveller]
    code: str
    status: str
    when: When | None
    places: dict[str, None]
    hosts: dict[str, Traveller]
    trip: int | None = None
    kind: str = "unspecified"
    event: str | None = None
    weak: bool = False
    caveat: str | None = None
    onward: bool = False
    span_days: int | None = None
    """The length that its sentences tell."""
    tour_days: int | None = None
    """The length of a journey to several states of which this is one."""
    attached: bool = False
    """Told of as of something known: "the visit was put off"."""

    @property
    def start(self) -> str | None:
        """The day, month or year it begins, if that is known."""
        return self.when.start if self.when is not None else None


@dataclass(slots=True)
class InvitationFound(Finding):
    """One invitation; `told` is the sentence and the token behind which its place and date stand."""

    inviters: dict[str, Traveller]
    invitees: dict[str, Traveller]
    code: str | None
    told: tuple[Sentence, int]
    places: list[str]
    response: str
    status: str
    via: str | None
    channel: str | None = None
    proposed: When | None = None
    extended: When | None = None
    responded: When | None = None
    implied: bool = False
    """Told with the visit, "at the invitation of", and so accepted unless more is said."""


def by_key(travellers: list[Traveller]) -> dict[str, Traveller]:
    """Each traveller once, in order."""
    found: dict[str, Traveller] = {}
    for one in travellers:
        found.setdefault(one.key, one)
    return found


def is_domestic(invitation: InvitationFound) -> bool:
    """Whether all of them serve one state, and nobody is asked to leave it."""
    everyone = [*invitation.inviters.values(), *invitation.invitees.values()]
    states = {one.person.codes[0] if one.person is not None and one.person.codes else None for one in everyone}
    return bool(invitation.inviters) and len(states) == 1 and None not in states and invitation.code in (None, *states)
