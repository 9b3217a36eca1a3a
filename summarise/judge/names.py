"""Names as strings: one folded form for what is written differently, and where a name stands in an article.

Three degrees of likeness, each wider than the one before: the same characters; the same letters (case, diacritics,
hyphens, brackets and apostrophes aside); the same sound (`Sergei`/`Sergey`, `Zelensky`/`Zelenskyy`, the case endings
of Cyrillic and Greek). None of them measures distance: `Kim Jong Un` and `Kim Jong Il` are as far apart as any two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate

MAX_NAME_CHARACTERS = 300
"""A longer name is looked for as it is written, and in no other form."""

# Han, kana, Hangul, Thai, Lao, Burmese, Khmer: words that are not set apart by spaces, or carry their particles.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"
    "\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff"
)
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u00ad\u200b-\u200f\u2060\ufeff"
_APOSTROPHES = "'’‘ʼʻ`´′"
_HYPHENS = "\\-‐‑‒–"

_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(rf"([^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]++|[{_MARKS}])*+)")
_PLAIN_WORD = re.compile(r"([^\W_]++)")  # the same for most texts
_NOT_PLAIN = re.compile(f"[{_UNSPACED}{_MARKS}]")
_INNER_GAP = re.compile(rf"[\s{_HYPHENS}{_APOSTROPHES}\"“”„«»\[\].·]*+")
_DOTTED = frozenset(("jr", "sr", "st", "md", "mohd", "dr", "mr", "ms", "mrs"))
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]?\Z")

_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ə": "a",
    "ŧ": "t", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y",
}  # fmt: skip
_SIGNS = (
    dict.fromkeys("’‘ʼʻ`´′‛ʹ", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
)
_DROPPED = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")


class _Folding(dict[int, str]):
    """Code point -> folded characters; each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _SIGNS.get(character)
        if folded is None:
            folded = character
            while (deeper := _fold_once(folded)) != folded:
                folded = deeper
        self[code] = folded
        return folded


def _fold_once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = _DROPPED.sub("", decomposed)
    return "".join(" " if letter.isspace() else _SIGNS.get(letter, _LETTERS.get(letter, letter)) for letter in bare)


_FOLDING = _Folding()


def _fold_characters(text: str) -> str:
    return text.lower().replace("`", "'") if text.isascii() else text.translate(_FOLDING)


def _fold_word(text: str) -> str:
    return _fold_characters(text).replace("'", "").replace(" ", "")


def fold(text: str) -> str:
    """The form in which two spellings of one name are equal, letter by letter.

    Compatibility forms, case and diacritics are gone (`ø ł đ ß æ ı` included); quotes, apostrophes, hyphens and
    dashes have one form each; zero-width characters are dropped; white space is one blank. `fold(fold(x)) == fold(x)`.
    Scripts are kept apart: nothing is transliterated.
    """
    return " ".join(_fold_characters(text).split())


# ------------------------------------------------------------------------------------------------------------- sound

_SOUNDS = (
    ("tsch", "ch"), ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("dzh", "ʒ"), ("zh", "ʒ"), ("dj", "ʒ"), ("ph", "f"),
    ("kh", "h"), ("gh", "g"), ("dh", "d"), ("ck", "k"), ("ts", "ц"), ("tz", "ц"), ("x", "ks"), ("w", "v"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("oe", "o"), ("ue", "u"),
)  # fmt: skip
_LETTER_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\Aye", "e"),
        (r"ae(?!v)", "a"),
        (r"c(?=[eiy])", "ц"),
        (r"c(?!h)", "k"),
        (r"q(?=[aeo])", "k"),
        (r"ff\Z", "v"),
        (r"y", "i"),
        (r"(?<=[aou])i(?=e)", ""),
        (r"(?<=[aeiou])j(?![aeiou])|(?<=[^aeiou])j", "i"),
        (r"j", "ʒ"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[aeiou])h\Z", ""),
    )
)
# Spellings of one name that no letter rule brings together without bringing strangers together as well.
_SPELLINGS = """
mohammed muhammad mohamed mohammad muhammed mohamad muhamad mohamud mohammadi
hussein hussain hossein husain hosein husein
ahmed ahmad | khaled khalid | omar umar | abdullah abdallah abdulla | mahmoud mahmud mehmood mahmood
gaddafi qaddafi gadhafi kadhafi qadhafi kadafi | lukashenko lukashenka | usama osama | abdel abdul abdal
yousef yusuf youssef yusef yousuf | ebrahim ibrahim | khatami khatemi | saeed said sayed | zardari zardary
soleimani suleimani | rouhani ruhani rohani | moussa musa mousa | faisal faysal feisal | nasser nasir naser
"""
_CYRILLIC_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ою|ею|ои|еи|ом|ем|ым|им|ых|их|ыи|ии|ая|яя|ую|юю|ою|ью|ам|ям|ах|ях|[аеиоуыюяьі])\Z"
)
_GREEK_ENDING = re.compile(r"(?:ου|ους|οσ|ησ|ασ|ισ|[οηαεωιυσ])\Z")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The key that the transliterations of one folded word share; equal keys do not show equal names by themselves.

    Words of fewer than four letters are their own key (`Li` is not `Lee`), but the article `el` is `al`.
    Cyrillic and Greek words lose a case ending.
    """
    if len(word) < 4:
        return "al" if word == "el" else word
    if "\u0370" <= word[0] < "\u0400":
        return _stem(word, _GREEK_ENDING, "οηαεωιυ")
    if "\u0400" <= word[0] < "\u0530":
        return _stem(word, _CYRILLIC_ENDING, "аеиоуыэюяьі")
    key = _spell_out(word)
    return _one_spelling().get(key, key)


def _spell_out(word: str) -> str:
    for letters, plain in _SOUNDS:
        word = word.replace(letters, plain)
    for rule, plain in _LETTER_RULES:
        word = rule.sub(plain, word)
    return word


@cache
def _one_spelling() -> dict[str, str]:
    groups = [line.split() for line in _SPELLINGS.replace("|", "\n").splitlines() if line.strip()]
    return {_spell_out(word): _spell_out(group[0]) for group in groups for word in group}


def _stem(word: str, ending: re.Pattern[str], vowels: str) -> str:
    bare = ending.sub("", word).rstrip(vowels)
    return bare if len(bare) >= 3 else word


# ------------------------------------------------------------------------------------------------------------- words


def split_words(text: str) -> list[str]:
    """The folded words of a name, hyphens and dots being breaks; apostrophes only at a possessive ending.

    At most `MAX_NAME_CHARACTERS` are read.
    """
    bare = _POSSESSIVE.sub("", text[:MAX_NAME_CHARACTERS].strip())
    joined = re.sub(rf"(?<=\w)[{_APOSTROPHES}](?=\w)", "", bare)
    return [_fold_word(word) for word in _WORD.findall(joined)]


@dataclass(frozen=True, slots=True)
class _Needle:
    """The words of a name run together, and where in that string a word begins."""

    letters: str
    breaks: frozenset[int]


def _needle(words: Iterable[str]) -> _Needle:
    words = list(words)
    return _Needle("".join(words), frozenset(accumulate(len(word) for word in words[:-1])))


@lru_cache(maxsize=8_192)
def _needles(name: str) -> tuple[_Needle, _Needle]:
    bare = _POSSESSIVE.sub("", name.strip())
    words = [_fold_word(word) for word in _WORD.findall(bare)]
    return _needle(words), _needle(sound(word) for word in words)


@dataclass(frozen=True, slots=True)
class _Haystack:
    """The words of a text run together; a line feed where no name can run on.

    `starts` and `ends` lead from a position in `letters`, where a word begins or ends, to the offset in the text.
    """

    letters: str
    starts: dict[int, int]
    ends: dict[int, int]

    def find(self, needle: _Needle) -> list[tuple[int, int]]:
        """Spans in the text, in order, that do not overlap."""
        spans: list[tuple[int, int]] = []
        letters, size = needle.letters, len(needle.letters)
        at = self.letters.find(letters) if letters else -1
        while at >= 0:
            stands = at in self.starts and at + size in self.ends and self._breaks_agree(at, needle)
            if stands:
                spans.append((self.starts[at], self.ends[at + size]))
            at = self.letters.find(letters, at + (size if stands else 1))
        return spans

    def _breaks_agree(self, at: int, needle: _Needle) -> bool:
        """One side may have more word breaks (`Jong-un`, `Jongun`); not each its own (`Ana Li`, `An Ali`)."""
        if all(at + inner in self.starts for inner in needle.breaks):
            return True
        inside = range(1, len(needle.letters))
        return all(inner in needle.breaks for inner in inside if at + inner in self.starts)


class FoldedText:
    """An article in which names are found in any of their spellings. What it needs is built once, when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _words(self) -> tuple[list[str], list[int], list[bool]]:
        """Folded words, their spans as start, end, start, end, ..., and whether a name can run on into each word."""
        pieces = (_WORD if _NOT_PLAIN.search(self.text) else _PLAIN_WORD).split(self.text)
        offsets = list(accumulate(map(len, pieces)))[:-1]
        lowered = "|".join(pieces[1::2]).lower().split("|") if len(pieces) > 1 else []
        # One call has lowered all words; few need more than that.
        words = [word if word.isascii() else _fold_word(word) for word in lowered]
        gaps = pieces[2:-1:2]
        return (
            words,
            offsets,
            [False, *[gap == " " or _runs_on(gap, word) for gap, word in zip(gaps, words, strict=False)]],
        )

    @cached_property
    def _by_letters(self) -> _Haystack:
        return self._haystack(str)

    @cached_property
    def _by_sound(self) -> _Haystack:
        return self._haystack(sound)

    def _haystack(self, key: Callable[[str], str]) -> _Haystack:
        words, offsets, runs_on = self._words
        parts: list[str] = []
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        at = 0
        for number, word in enumerate(words):
            if not runs_on[number]:
                parts.append("\n")
                at += 1
            letters = key(word)
            starts[at] = offsets[2 * number]
            at += len(letters)
            ends[at] = offsets[2 * number + 1]
            parts.append(letters)
        return _Haystack("".join(parts), starts, ends)

    def find(self, name: str) -> list[tuple[int, int]]:
        """Spans `(start, end)` in the text where the name stands as whole words, in order, without overlap.

        Case, diacritics, hyphens, white space, square brackets, quotes, the dots of initials, possessive endings and
        transliteration may differ. In scripts without spaces between words any occurrence counts. A square bracket
        that opens or closes inside the span is taken in whole (`[Sergey] Lavrov`).
        """
        if not name.strip():
            return []
        if len(name) > MAX_NAME_CHARACTERS:
            return _whole_words(self.text, name)
        if _IS_UNSPACED.search(name):
            return self._find_unspaced(name)
        letters, sounds = _needles(name)
        spans = self._by_letters.find(letters)
        extra = [span for span in self._by_sound.find(sounds) if not _overlaps(span, spans)]
        found = sorted(spans + extra) if extra else spans
        return [self._with_brackets(start, end) for start, end in found]

    def _find_unspaced(self, name: str) -> list[tuple[int, int]]:
        characters = [re.escape(character) for character in unicodedata.normalize("NFC", name) if character.isalnum()]
        pattern = r"[\s・･·＝-]?+".join(characters)
        return [match.span() for match in re.finditer(pattern, self.text)] if pattern else []

    def _with_brackets(self, start: int, end: int) -> tuple[int, int]:
        inside = self.text[start:end]
        if inside.count("]") > inside.count("[") and self.text[start - 1 : start] == "[":
            return start - 1, end
        if inside.count("[") > inside.count("]") and self.text[end : end + 1] == "]":
            return start, end + 1
        return start, end


def _runs_on(gap: str, before: str) -> bool:
    if not _INNER_GAP.fullmatch(gap):
        return False
    return "." not in gap or len(before) == 1 or before in _DOTTED


def _overlaps(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """`spans` are in order and do not overlap."""
    after = bisect_right(spans, span)
    return (after > 0 and spans[after - 1][1] > span[0]) or (after < len(spans) and spans[after][0] < span[1])


def _whole_words(text: str, name: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if _is_edge(text, at) and _is_edge(text, end):
            spans.append((at, end))
        at = text.find(name, end)
    return spans


def _is_edge(text: str, at: int) -> bool:
    around = text[max(at - 1, 0) : at + 1]
    return len(around) < 2 or at == 0 or not (around[0].isalnum() and around[1].isalnum())


def stands_in(name: str, folded: FoldedText) -> bool:
    """Whether the name stands in the article, in any form that `FoldedText.find` allows."""
    if not any(map(str.isalnum, name)):
        return False
    return bool(_whole_words(folded.text, name)) or bool(folded.find(name))
