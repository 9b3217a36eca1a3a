"""Journeys of a story: "In the novel, the president visits Moscow"."""

from __future__ import annotations

from typing import Final

from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_WORKS: Final = words("""
    novel film movie comedy thriller opera sitcom drama cartoon musical screenplay sketch satire play fable farce
    """)
_BEFORE_WORK: Final = words("the this that his her a latest new first second third old original")
_INSIDE: Final = words("in throughout of")
_OPENING = 8  # tokens


def is_fiction(s: Sentence) -> bool:
    """Whether a sentence tells what happens in a work of fiction that its first words name."""
    if s.vocabulary.isdisjoint(_WORKS):
        return False
    for at, token in enumerate(s.tokens[:_OPENING]):
        if token.low in _WORKS and at:
            back = at - 1
            while back > 0 and s.tokens[back].low in _BEFORE_WORK:
                back -= 1
            if back < at - 1 and s.tokens[back].low in _INSIDE:
                return True
    return False
