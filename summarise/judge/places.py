"""Which state a word stands for: names, demonyms, capitals, cities, regions and the seats of governments.

Codes are ISO 3166-1 alpha-3, with XKX for Kosovo and SUN, YUG, CSK, DDR for states that are no more. A name that
several states share carries all their codes, the likeliest first: choosing among them takes context, the caller's.
The tables are `summarise/data/places.tsv` and `places_foreign.tsv`; their sources stand in the README beside them. They
are read at the first question, one language at a time. Everything here is pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

PlaceKind = Literal["country", "demonym", "capital", "city", "region", "government"]
"""What a name is; `government` is an institution or a building that stands for the state."""


class PlaceMention(NamedTuple):
    """A name in a text: `text[start:end]`, the states it can mean, likeliest first, and what kind of name it is."""

    start: int
    end: int
    codes: tuple[str, ...]
    kind: PlaceKind


class _Name(NamedTuple):
    """What the table says of a name, and how many further words a longer name beginning with it has."""

    codes: tuple[str, ...]
    kind: str
    further: int


_Names = dict[str, _Name]
_KINDS: Final[dict[str, PlaceKind]] = {
    "c": "country", "d": "demonym", "k": "capital", "t": "city", "r": "region", "g": "government",
    "p": "demonym", "a": "city",
}  # fmt: skip
_DOUBTFUL: Final = frozenset("pa")  # are names only beside some words
_PARTS: Final[dict[str, frozenset[str]]] = {
    "SUN": frozenset("UKR BLR MDA GEO ARM AZE KAZ UZB TKM KGZ TJK EST LVA LTU".split()),
    "YUG": frozenset("HRV SVN BIH MKD MNE XKX".split()),
    "CSK": frozenset(("SVK",)),
}
"""What lay in a dead state besides its successor: Bratislava was Czechoslovak."""
_BEGINNING: Final = _Name((), "", 0)

# Everything below compares words, so the text is first made uniform, character by character: offsets stay.
_UNIFORM: Final = (("'", "’‘ʼʻ`´"), ("-", "\u2010\u2011\u2013\u2212"), (" ", "\u00a0\u202f\u2009"))
_CAPITALISED: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſȘȚ](?<!\w.)\w*")  # the class first: that is what makes the scan fast
_WORD: Final = re.compile(r"[^\W\d_]\w*")
_NEXT: Final = re.compile(r"(?:( {1,9}\n? {0,9}|\n {0,9}|-|')|\.( ?)| {1,9}(&) {1,9})(\w+)")
_BEFORE_A_CITY: Final = re.compile(
    r"\b(?:in|to|into|from|at|near|outside|via|for|left|visit|visits|visited|visiting|reach|reached|tour|toured) $"
)
_IN_A_CITY: Final = re.compile(r" (?:Square|Street|Avenue|Road|Boulevard|Bridge|Park)\b")
"""Behind the name of a city: "Washington Square" is in another one."""

_GUARDS: Final[dict[str, tuple[str, str]]] = {
    "zh": ("", ""),
    "th": ("", ""),
    "ja": ("", ""),
    "hi": (r"(?<![\w\u0900-\u0963])", r"(?![\w\u0900-\u0963])"),
    "bn": (r"(?<![\w\u0980-\u09fe])", r"(?=(?:র|য়|য়|ে|ের|তে|কে)?(?![\w\u0980-\u09fe]))"),
    "ar": (r"(?<!\w)(?:[وف]?[بلك]?)", r"(?!\w)"),
    "fa": (r"(?<!\w)", r"(?!\w)"),
    "ur": (r"(?<!\w)", r"(?!\w)"),
    "he": (r"(?<!\w)(?:ו?[שכ]?[בלמה]?)", r"(?!\w)"),
}
"""What may stand before and after a name, in scripts that do not set every word apart by capitals and spaces."""
_PARTICLE_END: Final = (
    r"(?=(?:을|를|이|가|은|는|의|에|에서|에서는|에는|에도|으로|로|와|과|도|만|까지|부터|에게|측|측은|측이|인|산|행|발|군"
    r"|정부|대통령|총리|외교)?(?![가-힣]))"
)
_READ_AS_THEY_STAND: Final = frozenset({"zh", "th", "ja", "ko", "hi", "bn", "ar", "fa", "ur", "he"})


def _resource(name: str) -> str:
    return files("summarise").joinpath("data", name).read_text(encoding="utf-8")


@cache
def _english_rows() -> tuple[list[list[str]], list[list[str]]]:
    """The rows of states, and the rows of names."""
    rows = [line.split("\t") for line in _resource("places.tsv").splitlines()]
    states = next(index for index, row in enumerate(rows) if row[0] != "=")
    return rows[:states], rows[states:]


@cache
def _states() -> dict[str, tuple[str, str]]:
    """Code to English short name and the code of the sovereign or successor, itself where there is none."""
    return {code: (name, sovereign or code) for _, code, name, sovereign in _english_rows()[0]}


@cache
def _foreign_sections() -> dict[str, str]:
    """Language to its rows, still as text; `latin` is what the languages of that alphabet share."""
    parts = (part.partition("\n") for part in _resource("places_foreign.tsv").lstrip("#").split("\n#"))
    return {language: rows for language, _, rows in parts}


def _foreign_rows(language: str) -> list[list[str]]:
    return [line.split("\t") for line in _foreign_sections()[language].splitlines()]


def _index(rows: list[list[str]], names: _Names) -> _Names:
    """Adds the rows to the names; every beginning of a longer name learns how many words the longest has still."""
    longest: dict[str, int] = {}
    for kind, codes, joined in rows:
        entry = _Name(tuple(codes.split()), kind, 0)
        for name in joined.split("|"):
            names[name] = entry
            further, space = 1, name.rfind(" ")
            while space > 0:
                beginning = name[:space]
                if longest.get(beginning, 0) < further:
                    longest[beginning] = further
                further, space = further + 1, name.rfind(" ", 0, space)
    for beginning, further in longest.items():
        known = names.get(beginning, _BEGINNING)
        if known.further < further:
            names[beginning] = known._replace(further=further)
    return names


@cache
def _names(language: str) -> _Names:
    """The names that are read word by word: the English ones, or those of the language before the English ones."""
    rows = _english_rows()[1]
    if language == "en":
        return _index(rows, {})
    # English demonyms and doubtful cities would be words of the other language; names of places are much the same.
    shared = [row for row in rows if row[0] in "ckgrtx"]
    return _index(_foreign_rows(language), _index(_foreign_rows("latin"), _index(shared, {})))


@cache
def _capitals(language: str) -> _Names:
    """The same names as they stand in a dateline: MOSCOW."""
    upper: _Names = {}
    for name, entry in _names(language).items():
        if entry.kind != "a":
            key = name.upper()
            known = upper.get(key)
            if known is None or not known.kind:
                upper[key] = entry if known is None else entry._replace(further=max(entry.further, known.further))
            elif known.further < entry.further:
                upper[key] = known._replace(further=entry.further)
    return upper


@cache
def _script(language: str) -> tuple[re.Pattern[str], _Names]:
    """The names that are sought as they stand, longest first, and what the table says of each."""
    names = _index(_foreign_rows(language), {})
    listed = sorted((name for name, entry in names.items() if entry.kind), key=len, reverse=True)
    if language == "ko":
        branches = [_alternatives([n for n in listed if len(n) > 2], r"(?<![가-힣])", "")]
        branches.append(_alternatives([n for n in listed if len(n) < 3], r"(?<![가-힣\w])", _PARTICLE_END))
    elif language == "ja":
        kana = [n for n in listed if re.fullmatch(r"[ァ-ヴー・=＝]+", n)]
        branches = [
            _alternatives(kana, r"(?<![ァ-ヴー])", r"(?![ァ-ヴー])"),
            _alternatives([n for n in listed if n not in set(kana)], "", ""),
        ]
    else:
        branches = [_alternatives(listed, *_GUARDS[language])]
    return re.compile("|".join(branches)), names


def _alternatives(names: list[str], before: str, after: str) -> str:
    return f"{before}({'|'.join(map(re.escape, names))}){after}"


def find_places(text: str, language: str | None = "en") -> list[PlaceMention]:
    """Every place, people and government that the text names, from left to right, none overlapping another.

    The longest name wins ("New Mexico" is not Mexico), names that only look like a state's ("South China Morning Post")
    are passed over, and a capital letter is needed ("turkey" is no country). In "Atlanta, Georgia" each name is read
    in the light of the other. `language` is an ISO 639-1 code; one without a table, and None, are read as English.
    """
    base = _base(language)
    if base in _READ_AS_THEY_STAND:
        return [*_find_by_script(text, base)]
    mentions: list[PlaceMention] = []
    for mention in _find_by_word(_uniform(text), base):
        if mentions and text[mentions[-1].end : mention.start] == ", ":
            mention = _narrowed(mentions, mention)
        mentions.append(mention)
    return mentions


def _uniform(text: str) -> str:
    """The text with one kind of apostrophe, hyphen and space; no offset changes."""
    if not text.isascii():
        for plain, others in _UNIFORM:
            for other in others:
                text = text.replace(other, plain)
    return text


def _base(language: str | None) -> str:
    code = (language or "en").replace("_", "-").split("-")[0].lower()
    code = {"no": "nb", "nn": "nb", "bs": "hr", "sh": "sr", "iw": "he", "in": "id"}.get(code, code)
    return code if code == "en" or code in _foreign_sections() else "en"


def _narrowed(mentions: list[PlaceMention], mention: PlaceMention) -> PlaceMention:
    """For "Tbilisi, Georgia" and "Birmingham, Alabama": a city and the state or region it lies in share a code."""
    city = mentions[-1]
    if city.kind not in ("city", "capital", "region") or mention.kind not in ("country", "region"):
        return mention
    common = tuple(code for code in city.codes if code in mention.codes)
    if not common:
        return mention
    mentions[-1] = city._replace(codes=common)
    return mention._replace(codes=common)


def _find_by_word(text: str, language: str) -> Iterator[PlaceMention]:
    names = _names(language)
    words = _CAPITALISED if language == "en" else _WORD
    done = 0
    # Most words are neither: they go no further.
    known = [(word, first) for word in words.finditer(text) if (first := word[0]) in names or first.isupper()]
    for word, first in known:
        start, end = word.span()
        if start < done:
            continue
        entry = names.get(first)
        if entry is not None and entry.further:
            entry, end = _reading(text, first, end, names)
        if first.isupper() and len(first) > 1 and end == word.end():
            dateline, beyond = _reading(text, first, end, _capitals(language))
            if dateline is not None and (entry is None or not entry.kind or beyond > end):
                entry, end = dateline, beyond
        if entry is None:
            continue
        if entry.kind in ("k", "t") and _IN_A_CITY.match(text, end):
            done = end
            continue
        kind = entry.kind
        if not kind or (kind in _DOUBTFUL and not _stands(text, start, end, kind)):
            continue
        done = end
        if kind != "x":
            yield PlaceMention(start, end, entry.codes, _KINDS[kind])


def _reading(text: str, first: str, end: int, names: _Names) -> tuple[_Name | None, int]:
    """The longest name that begins with this word, and where it ends."""
    entry = names.get(first)
    if entry is None or not entry.further:
        return entry, end
    key, position, best = first, end, entry
    abbreviated = len(first) <= 3
    while entry.further and (further := _NEXT.match(text, position)):
        beside, space, ampersand, word = further.groups()
        dotted = beside is None and ampersand is None
        if dotted and not abbreviated:  # any other full stop ends the sentence
            break
        key = f"{key} and {word}" if ampersand else f"{key} {word}"
        found = names.get(key)
        if found is None:
            break
        entry, position, abbreviated = found, further.end(), len(word) <= 3
        if entry.kind:
            initials = dotted and not space and len(word) <= 2 and text.startswith(".", position)
            best, end = entry, position + initials
    return best, end


def _stands(text: str, start: int, end: int, kind: str) -> bool:
    """Whether what stands around the name lets it be one."""
    if kind == "p":
        return text[end : end + 1] == "-"
    if kind == "a":
        return _BEFORE_A_CITY.search(text, max(0, start - 12), start) is not None
    return True


def _find_by_script(text: str, language: str) -> Iterator[PlaceMention]:
    pattern, names = _script(language)
    for match in pattern.finditer(text):
        group = match.lastindex or 0
        entry = names[match[group]]
        if entry.kind != "x":
            yield PlaceMention(*match.span(group), entry.codes, _KINDS[entry.kind])


def codes_for(name: str, language: str | None = "en") -> tuple[str, ...]:
    """The states that exactly this name can mean, likeliest first; empty where it is no name of a place or people."""
    stripped = name.strip()
    bare = stripped.removeprefix("the ").removeprefix("The ").strip("[]")
    for candidate in (stripped, bare):
        for prefix in ("", "in "):  # a doubtful city is one here: the question says that a place is meant
            mentions = find_places(prefix + candidate, language)
            if len(mentions) == 1 and mentions[0][:2] == (len(prefix), len(prefix) + len(candidate)):
                return mentions[0].codes
    return ()


def is_country(code: str) -> bool:
    """Whether this is a code of the table: ISO 3166-1 alpha-3, Kosovo and the dead states."""
    return code in _states()


def country_name(code: str) -> str:
    """The English short name of a state, for messages. Raises `KeyError` for a code that is none."""
    return _states()[code][0]


def sovereign(code: str) -> str:
    """The state that a territory belongs to, or that came after a dead one; itself for any other, and for no code."""
    return _states()[code][1] if code in _states() else code


def compatible(one: str, other: str) -> bool:
    """Whether two codes can mean one state: equal, a territory and its sovereign, a dead state and its successors.

    PSE and ISR, TWN and CHN, XKX and SRB are not: each is a party of its own in the news.
    """
    if one == other:
        return True
    states = _states()
    if one not in states or other not in states:
        return False
    return (
        states[one][1] == other
        or states[other][1] == one
        or other in _PARTS.get(one, ())
        or one in _PARTS.get(other, ())
    )
