"""How a word sounds: one key for the transliterations of one name.

`Sergei` and `Sergey`, `Zelensky` and `Zelenskyy` have one key, and so have the case endings of Cyrillic and Greek.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

MOST_WORDS_REMEMBERED = 65_536
_SOUNDS = (
    ("tsch", "ch"), ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("dzh", "ʒ"), ("zh", "ʒ"), ("dj", "ʒ"), ("ph", "f"),
    ("kh", "h"), ("gh", "g"), ("dh", "d"), ("ck", "k"), ("ts", "ц"), ("tz", "ц"), ("x", "ks"), ("w", "v"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("oe", "o"), ("ue", "u"),
)  # fmt: skip
_LETTER_RULES = tuple(
    (letters, re.compile(pattern), sound)
    for letters, pattern, sound in (
        ("ye", r"\Aye", "e"),
        ("ae", r"ae(?!v)", "a"),
        ("c", r"c(?=[eiy])", "ц"),
        ("c", r"c(?!h)", "k"),
        ("q", r"q(?=[aeo])", "k"),
        ("ff", r"ff\Z", "v"),
        ("y", r"y", "i"),
        ("ie", r"(?<=[aou])i(?=e)", ""),
        ("j", r"(?<=[aeiou])j(?![aeiou])|(?<=[^aeiou])j", "i"),
        ("j", r"j", "ʒ"),
        ("", r"(.)\1+", r"\1"),
        ("h", r"(?<=[aeiou])h\Z", ""),
    )
)
_RESPELT = re.compile(r"[cfhjqwxy]|t[sz]|[aei]e|o[eou]|ue|(.)\1")  # every word that a rule above can change
# Spellings of one name that no letter rule brings together without bringing strangers together as well.
_SPELLINGS = """
mohammed muhammad mohamed mohammad muhammed mohamad muhamad mohamud mohammadi
hussein hussain hossein husain hosein husein
ahmed ahmad | khaled khalid | omar umar | abdullah abdallah abdulla | mahmoud mahmud mehmood mahmood
gaddafi qaddafi gadhafi kadhafi qadhafi kadafi | lukashenko lukashenka | usama osama | abdel abdul abdal
yousef yusuf youssef yusef yousuf | ebrahim ibrahim | khatami khatemi | saeed said sayed | zardari zardary
soleimani suleimani | rouhani ruhani rohani | moussa musa mousa | faisal faysal feisal | nasser nasir naser
"""
_NICKNAMES = """
joe joseph | tony anthony antony | bill william | jim james | bob robert | mike michael mikhail mykhailo mikheil
vladimir volodymyr | alexander aleksandr oleksandr aliaksandr | sergey serhiy serhii | dmitry dmytro | nikolai mykola
andrey andriy andrii | rick richard | jake jacob | ed edward | dan daniel | tom thomas | liz elizabeth | chuck charles
nick nicholas nicolas | abe abraham | ben benjamin | ron ronald | don donald | steve stephen steven | alex alexander
"""
_CYRILLIC_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ою|ею|ои|еи|ом|ем|ым|им|ых|их|ыи|ии|ая|яя|ую|юю|ою|ью|ам|ям|ах|ях|[аеиоуыюяьі])\Z"
)
_GREEK_ENDING = re.compile(r"(?:ου|ους|οσ|ησ|ασ|ισ|[οηαεωιυσ])\Z")


class _Sounds(dict[str, str]):
    """Folded word -> its sound; each is worked out when it is first met."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_WORDS_REMEMBERED:
            self.clear()
        key = self[word] = _sound(word)
        return key


sound: Callable[[str], str] = _Sounds().__getitem__
"""The key that the transliterations of one folded word share; equal keys do not show equal names by themselves.

Words of fewer than four letters are their own key (`Li` is not `Lee`), but the article `el` is `al`.
Cyrillic and Greek words lose a case ending. Every word of an article is asked for: hence no function.
"""


def _sound(word: str) -> str:
    if len(word) < 4:
        return "al" if word == "el" else word
    if "\u0370" <= word[0] < "\u0400":
        return _stem(word, _GREEK_ENDING, "οηαεωιυ")
    if "\u0400" <= word[0] < "\u0530":
        return _stem(word, _CYRILLIC_ENDING, "аеиоуыэюяьі")
    key = _spell_out(word)
    return _one_spelling().get(key, key)


def _spell_out(word: str) -> str:
    if _RESPELT.search(word) is None:
        return word
    for letters, plain in _SOUNDS:
        word = word.replace(letters, plain)
    for letters, rule, plain in _LETTER_RULES:
        if letters in word:  # looking for the letters is ten times as fast as the rule
            word = rule.sub(plain, word)
    return word


@cache
def _one_spelling() -> dict[str, str]:
    groups = [line.split() for line in _SPELLINGS.replace("|", "\n").splitlines() if line.strip()]
    return {_spell_out(word): _spell_out(group[0]) for group in groups for word in group}


def _stem(word: str, ending: re.Pattern[str], vowels: str) -> str:
    bare = ending.sub("", word).rstrip(vowels)
    return bare if len(bare) >= 3 else word


@cache
def full_forms() -> dict[str, str]:
    """Sound of a short or foreign form of a first name -> sound of the form that stands for all of them."""
    groups = [group.split() for group in _NICKNAMES.replace("|", "\n").splitlines() if group.strip()]
    return {sound(name): sound(group[0]) for group in reversed(groups) for name in group}
