"""Whether a sentence tells of a journey only to deny it (hard case 18)."""

from __future__ import annotations

from typing import Final

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
