"""Whether a sentence tells of a journey only to deny it (hard case 18)."""

from __future__ import annotations

from typing import Final

from summarise.offline.events import TravelEvent
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_DISMISSALS: Final = words("""
    dismissed dismisses dismissing rejected rejects denied denies denying rubbished refuted refutes scotched baseless
    false untrue fabricated fabrication invention unfounded debunked scoffed ridiculed laughed brushed waved
    poured disowned contradicted discounted quash quashed scotch quell quelled rebuffed repudiated played plays
    dispelled
    """)
_FALSE: Final = words("hoax fake hoaxes false untrue baseless unfounded fabricated wrong groundless nonsense")
_DENIALS: Final = _DISMISSALS | _FALSE | {"such"}
_RUMOURS: Final = words("""
    that report reports story stories rumour rumours rumor rumors claim claims allegation allegations suggestion
    suggestions speculation having
    """)
_REFUSALS: Final = {
    **dict.fromkeys(words("turned turn turns turning"), words("away back")),
    **dict.fromkeys(words("refused refuse refuses refusing denied denies"), words("entry admission visa visas")),
    **dict.fromkeys(words("barred bars barring banned bans"), words("entering entry its territory")),
}
"""Verbs that keep a visitor out, and the words behind with which they do."""
_REFUSAL_REACH: Final = 14
_BEHIND_REFUSAL: Final = 4


def dismissed(s: Sentence, at: int) -> bool:
    """Whether a journey told at a token is denied: "dismissed reports that its chief had secretly been to Tehran".

    Not so in "denied he had cancelled his trip", where the trip stands (hard case 20).
    """
    if s.vocabulary.isdisjoint(_DENIALS):
        return False
    low = [token.low for token in s.tokens]
    before = low[:at]
    if "such" in before and before[before.index("such") - 1] == "no":  # "there is no such plan"
        return True
    if len(before) > 1 and not _RUMOURS.isdisjoint(before[:2]) and not _FALSE.isdisjoint(low[at:]):
        return True  # "Reports that he had been to Tehran are false"
    if "cancelled" in before:
        before = before[at - before[::-1].index("cancelled") :]
    first = next((place for place, word in enumerate(before) if word in _DISMISSALS), len(before))
    return not _RUMOURS.isdisjoint(before[first:])


def note_refusal(event: TravelEvent, first: int) -> None:
    """Makes a plan that came to nothing at the border a cancelled visit; its verb begins at the token `first`."""
    if event.status == "planned" and (refused := _turned_away(event.sentence, first)) is not None:
        event.status, event.long_past = "cancelled", refused == "past"


def _turned_away(s: Sentence, first: int) -> str | None:
    """Of "had turned away X, who was to come in June": "past", if it was so before what is told; "open" else.

    None where nobody is kept out.
    """
    if s.vocabulary.isdisjoint(_REFUSALS) or s.low[max(0, first - 1)] != "who":
        return None
    for at in range(first - 2, max(-1, first - _REFUSAL_REACH), -1):
        behind = _REFUSALS.get(s.low[at])
        if behind is not None and not behind.isdisjoint(s.low[at + 1 : min(first, at + 1 + _BEHIND_REFUSAL)]):
            return "past" if "had" in s.low[max(0, at - 3) : at] else "open"
    return None
