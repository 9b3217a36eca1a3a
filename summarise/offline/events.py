"""What a rule finds in a sentence, before it is put together with what other sentences say."""

from __future__ import annotations

from dataclasses import dataclass, field

from summarise.offline.grammar import Goal
from summarise.offline.nouns import Mention
from summarise.offline.person import Person
from summarise.offline.sentence import Sentence


@dataclass(slots=True)
class Traveller:
    """Who travels: a person of the cast, or a group as it stands in a sentence."""

    key: str
    name: str
    kind: str
    country: str | None
    person: Person | None = None


@dataclass(slots=True)
class TravelEvent:
    """Someone goes, went or will go somewhere, as one clause tells it.

    `trigger` is the token of the word that tells it; `status` a status of the records, or one of `future`, `real`,
    `open` that the date decides; `span_days` the length of "a three-day visit".
    """

    sentence: Sentence
    trigger: int
    visitors: list[Mention]
    goals: list[Goal]
    status: str
    people: list[int] = field(default_factory=list)
    """Visitors that no mention in the sentence stands for: owners of "his"."""
    hosts: list[Mention] = field(default_factory=list)
    span_days: int | None = None
    stand_ins: list[Traveller] = field(default_factory=list)
    """Travellers of the visit spoken of before, where the sentence names none."""
    kind: str = "unspecified"
    event: str | None = None
    arrival: bool = False
    origin: bool = False
    """Told only by "left …": a visit that ends."""
    weak: bool = False
    """Told in passing: does not make a record where another event of the same journey does."""
    departs: bool = False
    """The date in the clause is that of leaving, not of coming."""
    follows: bool = False
    """Comes after what the main clause tells: "met him on Thursday before flying to Oslo on Saturday"."""
    dated_behind: bool = False
    """A date before the goal is that of something else: "stopped in Doha on Sunday on his way to Tokyo"."""
    sets_off: bool = False
    """Told by a verb of going away: in the present tense it is still to come."""
    also: list[int] = field(default_factory=list)
    """Further sentences that it rests on."""
    homeward: bool = False
    """ "Returned to New Delhi", "is expected back in the country": home, unless he is known to be of another state."""
    long_past: bool = False
    """Its date lies behind, though it never took place: "had turned away X, who was to come in June"."""
    told_by_noun: bool = False
    joins: bool = False
    """Names companions of whoever travels in the same sentence."""
    onward: bool = False
    """Goes on from where the one before led: a further leg of the same trip."""
    caveat: str | None = None
    until: tuple[int, int] | None = None
    """Tokens between which the new date of a visit that was put off stands."""
    attach: bool = False
    """Speaks of a visit told before ("the visit was put off"): never makes one."""
