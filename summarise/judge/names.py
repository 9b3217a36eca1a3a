"""Names as strings: one folded form for what is written differently, and where a name stands in an article.

Three degrees of likeness, each wider than the one before: the same characters; the same letters (case, diacritics,
hyphens, brackets and apostrophes aside); the same sound (`Sergei`/`Sergey`, `Zelensky`/`Zelenskyy`, the case endings
of Cyrillic and Greek). None of them measures distance: `Kim Jong Un` and `Kim Jong Il` are as far apart as any two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate

from summarise.judge.haystack import Haystack, Needle, haystack, needle
from summarise.judge.sounds import sound as sound

MAX_NAME_CHARACTERS = 300
"""A longer name is looked for as it is written, and in no other form."""

LONG_TEXT = 20_000
"""Characters from which on words are looked up by their first letters: the time for a text with many names, each of
them looked for in all of it, would else grow with the square of its length."""

# Han, kana, Hangul, Thai, Lao, Burmese, Khmer: words that are not set apart by spaces, or carry their particles.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"
    "\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff"
)
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u00ad\u200b-\u200f\u2060\ufeff"
_APOSTROPHES = "'’‘ʼʻ`´′"
_HYPHENS = "\\-‐‑‒–"

LONGEST_ENDING = 4
"""Letters of an ending in a language of `_WITH_ENDINGS`; the stem before it is longer."""
_WITH_ENDINGS = frozenset(
    "az be bg bs cs da de el et eu fi hr hu hy is ka kk ky lt lv mk mn nb nn no pl ro ru sk sl sq sr sv tr uk".split()
)
_WITH_PARTICLES = frozenset("ar ckb fa he iw ku ps sd ug ur yi".split())

_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_IN_WORD = re.compile(rf"[^\W_]|[{_MARKS}]")
_WORD_REST = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_WORD = re.compile(rf"([^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]++|[{_MARKS}])*+)")
_PLAIN_WORD = re.compile(r"([^\W_]++)")  # the same where none of these signs is
_NOT_PLAIN = re.compile(f"[{_UNSPACED}{_MARKS}]")
_LATIN_WORD = re.compile("([0-9A-Za-zªµºÀ-ÖØ-öø-ɏ²³¹¼-¾]++)")  # the same again, and twice as fast
_NOT_LATIN = re.compile("[^\u0000-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e€]")
_NOT_WESTERN = re.compile("[^\u0000-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e€]")
_BLANKS = bytes(sign if chr(sign).isalnum() else 32 for sign in range(256))  # Latin-1: what is no part of a word
_PLAIN_NAME = re.compile(r"[0-9A-Za-z]++(?:[ -][0-9A-Za-z]++)*+")
_INNER_GAP = re.compile(rf"[\s{_HYPHENS}{_APOSTROPHES}\"“”„«»\[\].·]*+")
_DOTTED = frozenset(("jr", "sr", "st", "md", "mohd", "dr", "mr", "ms", "mrs"))
_INNER_APOSTROPHE = re.compile(rf"(?<=\w)[{_APOSTROPHES}](?=\w)")
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


# ------------------------------------------------------------------------------------------------------------- words


def split_words(text: str) -> list[str]:
    """The folded words of a name, hyphens and dots being breaks; apostrophes only at a possessive ending.

    At most `MAX_NAME_CHARACTERS` are read.
    """
    if text.isalnum() and text.isascii():
        return [text[:MAX_NAME_CHARACTERS].lower()]
    return [*_split_words(text[:MAX_NAME_CHARACTERS])]


@lru_cache(maxsize=8_192)
def _split_words(text: str) -> tuple[str, ...]:
    if _PLAIN_NAME.fullmatch(text):
        return tuple(text.lower().replace("-", " ").split())
    joined = _INNER_APOSTROPHE.sub("", _POSSESSIVE.sub("", text.strip()))
    words = map(_fold_word, _word_pattern(joined).findall(joined))
    return tuple(word for word in words if word)  # a letter that is but a mark leaves nothing


@lru_cache(maxsize=8_192)
def _needles(name: str) -> tuple[Needle, Needle]:
    bare = _POSSESSIVE.sub("", name.strip())
    words = [_fold_word(word) for word in _word_pattern(bare).findall(bare)]
    return needle(words), needle(map(sound, words))


@lru_cache(maxsize=8_192)
def _plain_needles(name: str) -> tuple[str, str, str] | None:
    """A name of plain words in small letters, and its words and their sounds run together; None for any other name."""
    lowered = name.lower()
    if len(name) <= MAX_NAME_CHARACTERS and name.isalnum() and name.isascii():
        return lowered, lowered, sound(lowered)
    if len(name) > MAX_NAME_CHARACTERS or not _PLAIN_NAME.fullmatch(name):
        return None
    words = lowered.replace("-", " ").split()
    return lowered, "".join(words), "".join(map(sound, words))


class FoldedText:
    """An article in which names are found in any of their spellings. What it needs is built once, when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_long = len(text) >= LONG_TEXT
        """Whether it is long enough for its words to be looked up, and not searched for."""
        self._found: dict[str, list[tuple[int, int]]] = {}

    @cached_property
    def _pieces(self) -> tuple[list[str], list[int], list[str]]:
        """Folded words, their spans as start, end, start, end, ..., and what stands between them."""
        lowered = self.text.lower()
        # One call lowers all words; few need more than that. A rare sign grows by it, and offsets would be off.
        grown = len(lowered) != len(self.text)
        pieces = _word_pattern(self.text).split(self.text if grown else lowered)
        offsets = list(accumulate(map(len, pieces)))[:-1]
        words = pieces[1::2]
        if grown or not lowered.isascii():
            words = [word if word.isascii() and not grown else _fold_word(word) for word in words]
        return words, offsets, pieces[2:-1:2]

    @cached_property
    def _plain(self) -> tuple[str, str, str, list[str]] | None:
        """The text in small letters, and its words and their sounds run together; None in other than western letters.

        Made in a third of the time that it takes to find every word. The words themselves come last.
        """
        if not self.text.isascii() and _NOT_WESTERN.search(self.text):
            return None
        lowered = self.text.lower()
        words = lowered.encode("latin-1", "replace").translate(_BLANKS).decode("latin-1").split()
        if not lowered.isascii():
            words = [word if word.isascii() else _fold_word(word) for word in words]
        return lowered, "".join(words), "".join(map(sound, words)), words

    @cached_property
    def _plain_edges(self) -> tuple[frozenset[int], frozenset[int]]:
        """Where words begin and end in the letters and in the sounds of `_plain`."""
        words = self._plain[3] if self._plain is not None else []
        letters = accumulate(map(len, words), initial=0)
        return frozenset(letters), frozenset(accumulate(map(len, map(sound, words)), initial=0))

    @cached_property
    def _bracketed(self) -> bool:
        return "[" in self.text or "]" in self.text

    @cached_property
    def _stops(self) -> list[int]:
        """Numbers of the words that no name can run on into."""
        words, _, gaps = self._pieces
        unlike = [number for number, gap in enumerate(gaps, start=1) if gap != " "]
        return [number for number in unlike if not _runs_on(gaps[number - 1], words[number - 1])]

    @cached_property
    def _by_letters(self) -> Haystack:
        return haystack(self._pieces[0], self.is_long)

    @cached_property
    def _by_sound(self) -> Haystack:
        return haystack([*map(sound, self._pieces[0])], self.is_long)

    def find(self, name: str) -> list[tuple[int, int]]:
        """Spans `(start, end)` in the text where the name stands as whole words, in order, without overlap.

        Case, diacritics, hyphens, white space, square brackets, quotes, the dots of initials, possessive endings and
        transliteration may differ. In scripts without spaces between words any occurrence counts. A square bracket
        that opens or closes inside the span is taken in whole (`[Sergey] Lavrov`).
        """
        found = self._found.get(name)
        if found is None:
            found = None if self.is_long else self._exact(name)
            if found is None:
                found = self._find(name)
            self._found[name] = found
        return found

    def _find(self, name: str) -> list[tuple[int, int]]:
        if not name.strip():
            return []
        if len(name) > MAX_NAME_CHARACTERS:
            return _whole_words(self.text, name)
        if _IS_UNSPACED.search(name):
            return self._find_unspaced(name)
        letters, sounds = _needles(name)
        found = self._by_letters.find(letters, self._stops)
        alike = self._by_sound.find(sounds, self._stops)
        if alike != found:
            found = sorted([*found, *(words for words in alike if not _overlaps(words, found))])
        offsets = self._pieces[1]
        if not self._bracketed:
            return [(offsets[2 * first], offsets[2 * last - 1]) for first, last in found]
        return [self._with_brackets(offsets[2 * first], offsets[2 * last - 1]) for first, last in found]

    def _exact(self, name: str) -> list[tuple[int, int]] | None:
        """Where the name stands word for word, if it stands nowhere in another spelling; None if it may."""
        needles, plain = _plain_needles(name), self._plain
        if needles is None or plain is None:
            return None
        count = plain[1].count(needles[1])
        found = _plain_words(plain[0], needles[0]) if count else []
        if count != len(found) or plain[2].count(needles[2]) != count:
            # What is more may stand inside of words or across them: "Lima" in "climate".
            letters, sounds = self._plain_edges
            if _whole(plain[1], needles[1], letters) != len(found) or _whole(plain[2], needles[2], sounds) != len(
                found
            ):
                return None
        return found

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


def _word_pattern(text: str) -> re.Pattern[str]:
    if text.isascii() or not _NOT_LATIN.search(text):
        return _LATIN_WORD
    return _WORD if _NOT_PLAIN.search(text) else _PLAIN_WORD


@lru_cache(maxsize=8_192)
def _runs_on(gap: str, before: str) -> bool:
    if not _INNER_GAP.fullmatch(gap):
        return False
    return "." not in gap or len(before) == 1 or before in _DOTTED


def _whole(letters: str, needle: str, edges: frozenset[int]) -> int:
    """How often the needle stands in the letters as one word or several."""
    size, count = len(needle), 0
    at = letters.find(needle)
    while at >= 0:
        count += at in edges and at + size in edges
        at = letters.find(needle, at + 1)
    return count


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


def find_wording(text: str, wording: str, language: str | None) -> int:
    """Where a wording first stands exactly, from the beginning of a word to the end of one; -1 if nowhere.

    A mark or an invisible sign belongs to its word. In languages with case endings the last word may go on by one:
    "Pariisi" in "Pariisissa", but not "Kim" in "Kimani". Where words are not set apart, or carry their particles, it
    may stand anywhere. `language` is an ISO 639-1 code.
    """
    at = text.find(wording) if wording.strip() else -1
    if language in _WITH_PARTICLES:
        return at
    inflected = language in _WITH_ENDINGS
    while at >= 0:
        end = at + len(wording)
        if _begins_word(text, at) and (_begins_word(text, end) or (inflected and _is_stem(text, at, end))):
            return at
        at = text.find(wording, at + 1)
    return -1


def _begins_word(text: str, at: int) -> bool:
    """Whether no word goes on over this place."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if before.isascii() and after.isascii():
        return not (before.isalnum() and after.isalnum())
    return not (_IN_WORD.match(before) and _IN_WORD.match(after)) or bool(_IS_UNSPACED.match(before + after))


def _is_stem(text: str, start: int, end: int) -> bool:
    rest = _WORD_REST.match(text, end)
    stem = _LAST_WORD.search(text, start, end)
    return rest is not None and stem is not None and len(rest[0]) <= LONGEST_ENDING < len(stem[0])


def _plain_words(text: str, name: str) -> list[tuple[int, int]]:
    """The same for a name that begins and ends with a letter or a digit."""
    spans: list[tuple[int, int]] = []
    size = len(name)
    at = text.find(name)
    while at >= 0:
        end = at + size
        if not text[end : end + 1].isalnum() and not (at and text[at - 1].isalnum()):
            spans.append((at, end))
        at = text.find(name, end)
    return spans


def _is_edge(text: str, at: int) -> bool:
    around = text[max(at - 1, 0) : at + 1]
    return len(around) < 2 or at == 0 or not (around[0].isalnum() and around[1].isalnum())
