"""How the words of names sound, so that the page finds every spelling of a name as `questions.of_person` does.

The page folds what is typed and what stands in the records by itself; what it cannot work out are the sounds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from summarise.judge.names import fold
from summarise.judge.sounds import full_forms, sound

_WORD = re.compile(r"[^\W_]+")


def sounds_of(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """`words`: folded word to its sound; `full`: sound of a short form of a first name to that of the full form.

    A word or sound that stands for itself is left out.
    """
    found = {word for name in names for word in _WORD.findall(_folded(name))}
    words = sorted(found | set(map(fold, found)))  # `jørgen` may be typed as `jorgen`
    known = {word: sound(fold(word)) for word in words}
    full = {key: full_forms()[key] for key in sorted(set(known.values())) if key in full_forms()}
    return {
        "words": {word: key for word, key in known.items() if key != word},
        "full": {short: long for short, long in full.items() if short != long},
    }


def _folded(text: str) -> str:
    """As `folded` in filters.js."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.category(sign).startswith("M")).lower()
