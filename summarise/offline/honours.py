"""The honours before and behind a name: "the Rt. Hon.", "Alhaji (Dr)", "Yang Berhormat Dato' Seri", "Sow, OON"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarise.offline.lexicon import HONORIFICS, words
from summarise.offline.tokens import Token

STYLES: Final = words("excellency majesty royal highness imperial serene holiness eminence grace honour beatitude")
""" "His Excellency President Sow": words between "his" and whoever it is."""

_STACKED: Final = frozenset((
    ("right", "hon"), ("right", "honourable"), ("right", "honorable"), ("most", "hon"), ("most", "honourable"),
    ("right", "reverend"), ("most", "reverend"), ("yang", "berhormat"), ("yang", "amat"), ("yang", "mulia"),
    ("amat", "berhormat"), ("amat", "mulia"), ("his", "excellency"), ("her", "excellency"), ("seri", "setia"),
    ("sri", "setia"), ("seri", "paduka"),
))  # fmt: skip
_BEHIND_THE: Final = words("hon honourable honorable rt right most rev reverend")
_IN_BRACKETS: Final = HONORIFICS | words("retired ret retd rtd barr")
_WITH_APOSTROPHE: Final = words("dato datuk to")
_POSTNOMINALS: Final = words("""
    san ofr oon con gcon gcfr cfr mfr mp mna mla mca mlc kcmg cmg kbe obe cbe mbe gcmg gbe om kc qc sc phd md mhr jp
    retd rtd egh cgh ebs mgh moh sj op psc ao ac am cvo kcvo gbm gbs sbs
    """)


def article_before(tokens: Sequence[Token], at: int) -> int:
    """1 if "the" stands here before an honour ("the Hon. Ama Sow"), else 0."""
    if at + 1 >= len(tokens) or tokens[at].low != "the":
        return 0
    return int(tokens[at + 1].cap and tokens[at + 1].low in _BEHIND_THE)


def honour_length(tokens: Sequence[Token], at: int) -> int:
    """How many tokens an honour of several takes: "Right Honourable", "(retd)", "Dato'"; 0 if none is here."""
    low = tokens[at].low
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if (low, behind) in _STACKED:
        return 2
    if low == "(" and behind in _IN_BRACKETS:
        end = at + 2 + (at + 2 < len(tokens) and tokens[at + 2].low == ".")
        return end + 1 - at if end < len(tokens) and tokens[end].low == ")" else 0
    if low in _WITH_APOSTROPHE and tokens[at].cap and behind in ("'", "’"):
        return 2
    return 0


def behind_postnominals(tokens: Sequence[Token], at: int) -> int:
    """The token behind ", OON", ", MP" and the comma that closes it."""
    end = at
    while end + 1 < len(tokens) and tokens[end].low == "," and tokens[end + 1].low in _POSTNOMINALS:
        if not tokens[end + 1].cap:
            break
        end += 2
    return end + (end > at and end < len(tokens) and tokens[end].low == ",")
