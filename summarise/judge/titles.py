"""The titles around a name, and the name without them."""

from __future__ import annotations

import re
from functools import lru_cache

from summarise.judge.names import MAX_NAME_CHARACTERS, fold, split_words


def word_set(text: str) -> frozenset[str]:
    """The words of a lexicon."""
    return frozenset(text.split())


# Titles that are no one's name; whatever stands before one of them in front of a name belongs to the title.
TITLES = word_set("""
    president premier minister ministry foreign defence defense secretary chancellor ambassador envoy spokesman
    spokeswoman spokesperson leader chairman chairwoman chairperson director governor senator representative
    congressman congresswoman mayor speaker deputy vice general gen lt lieutenant col colonel capt captain adm admiral
    brigadier commander commissioner counsellor councillor adviser advisor diplomat ruler monarch emperor empress
    archbishop patriarch rabbi imam sheikh sheikha shaikh ayatollah mullah excellency majesty highness hm hrh he hh
    sir dame mr mrs ms miss dr prof professor rev reverend hon honourable honorable attorney prosecutor lawmaker mp
    mep gov sen rep pm fm affairs crown supreme holiness comrade state taoiseach consul undersecretary chief
    président présidente ministre präsident bundeskanzler bundeskanzlerin canciller presidente primer primo ministro
    """)
# Titles that are names as well: they count behind nothing but titles and adjectives of nationality.
TITLES_OR_NAMES = word_set(
    "king queen prince princess lord lady pope bishop cardinal major judge baron baroness head prime"
)
# First names that are titles: `Dean Acheson` keeps his, `Dean of the Academy Anna Roth` has none.
_NAMES_BEFORE_A_SURNAME = word_set("dean duke earl sultan emir shah marshal justice")
QUALIFIERS = word_set("the then ex former late acting outgoing incoming his her its their said")
NATIONALITY = re.compile(r"(?:an|ese|ish|i|ch|'s)\Z")
_FIRST_OF_TWO = word_set("united south north east west new saudi european czech costa el the")
_PLAIN_NAME = re.compile(r"[A-Za-z]++(?: [A-Za-z]++){0,7}")
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv", "vi": "vi"}
HONORIFICS = word_set("mr mrs ms miss dr sir dame he hh hm hrh excellency prof professor hon honourable")
_ONE_TITLE = {
    "premier": "prime minister", "pm": "prime minister", "fm": "foreign minister", "defense": "defence",
    "gen": "general", "sen": "senator", "gov": "governor", "spokeswoman": "spokesman", "spokesperson": "spokesman",
}  # fmt: skip
_NO_TITLE: frozenset[str] = frozenset()
_NO_OFFICE = HONORIFICS | QUALIFIERS | {"of", "from"}
_NO_PLAIN_NAME = TITLES | TITLES_OR_NAMES | _NAMES_BEFORE_A_SURNAME | QUALIFIERS | SUFFIXES.keys() | {"of", "from"}


def strip_titles(name: str) -> str:
    """The name without titles, honorifics, nationalities in front of a title, and what follows a comma.

    `Russian Foreign Minister Sergey Lavrov` -> `Sergey Lavrov`; `Russia’s Lavrov` -> `Lavrov`;
    `Kim of North Korea` -> `Kim`. A name that is nothing but titles is returned as it is.
    """
    return divide(name)[1]


@lru_cache(maxsize=8_192)
def divide(name: str) -> tuple[tuple[str, ...], str]:
    """Folded words of the title, in front of the name and behind it, and the name that is left."""
    if _PLAIN_NAME.fullmatch(name) and _NO_PLAIN_NAME.isdisjoint(name.lower().split()):
        return (), name
    words = _in_speaking_order(name[:MAX_NAME_CHARACTERS])
    plain = [fold(word).strip(".,'\"[]()") for word in words]
    begin = _end_of_titles(plain)
    end = next((at for at in range(begin + 1, len(plain)) if plain[at] in ("of", "from")), len(plain))
    if begin >= end:
        return (), name.strip()
    bare = " ".join(words[begin:end]).strip(" ,")
    if not bare.endswith(("Jr.", "Sr.")):
        bare = re.sub(r"(?<=[^\W\d_]{3})\.\Z", "", bare)
    return tuple(plain[:begin] + plain[end:]), re.sub(r"['’]s?\Z", "", bare)


def _in_speaking_order(name: str) -> list[str]:
    """The words; `Lavrov, Sergey` turned round, and a title behind a comma put in front."""
    front, comma, behind = name.partition(",")
    if not comma or not front.strip() or not split_words(behind):
        return name.replace(",", " ").split()
    first = split_words(behind)[0]
    return front.split() + behind.replace(",", " ").split() if first in SUFFIXES else behind.split() + front.split()


def _end_of_titles(plain: list[str]) -> int:
    """Index of the first word of the name."""
    end = 0
    only_titles = True
    for at, word in enumerate(plain):
        kind = _title_kind(word, len(plain) - at)
        if kind == "sure" or (kind == "perhaps" and only_titles):
            end = _after_of(plain, at + 1)
        elif word.endswith("'s") or (word in QUALIFIERS and end == at):
            end = at + 1
        elif not NATIONALITY.search(word) and at >= end:
            only_titles = False
    named = [word for word in plain[end:] if word not in SUFFIXES and word != "of"]
    return end if named else _last_word(plain)


def _last_word(plain: list[str]) -> int:
    """Titles reach to the end: the last of them is a name (`Martin Luther King Jr.`), if it can be one."""
    words = [at for at, word in enumerate(plain) if word not in SUFFIXES]
    if not words or plain[words[-1]] not in TITLES_OR_NAMES | _NAMES_BEFORE_A_SURNAME:
        return 0
    leading = 0
    while leading < words[-1] and plain[leading] in TITLES:
        leading += 1
    return leading


def _title_kind(word: str, left: int) -> str:
    """`left` words remain, this one among them."""
    if word in TITLES:
        return "sure"
    if "-" in word:
        parts = word.split("-")
        if parts[-1] in TITLES or parts[0] in ("president", "minister", "premier"):
            return "sure"
    if word in _NAMES_BEFORE_A_SURNAME:
        return "perhaps" if left > 2 else "name"
    return "perhaps" if word in TITLES_OR_NAMES and left > 1 else "name"


def _after_of(plain: list[str], at: int) -> int:
    """Behind `of Russia`, `of the United States`, where the title goes on so."""
    if at + 1 >= len(plain) or plain[at] != "of":
        return at
    at += 1
    while at < len(plain) and plain[at] in _FIRST_OF_TWO:
        at += 1
    return min(at + 1, len(plain))


def office(title: tuple[str, ...]) -> frozenset[str]:
    """What the folded words of a title say of the office: one word for each, no honorific, no `former`."""
    if not title:
        return _NO_TITLE
    plain = (part for word in title for part in word.removesuffix("'s").split("-"))
    words = " ".join(_ONE_TITLE.get(word, word) for word in plain).split()
    return frozenset(words) - _NO_OFFICE
