"""Which names are one person, and by which shorter forms a person is meant.

Names are compared word by word under `names.sound`, whatever their order (`Orbán Viktor`, `Viktor Orbán`). What one
side leaves out does not matter (a patronymic, a particle, a title); what the two sides say differently does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarise.judge.names import fold, split_words
from summarise.judge.sounds import full_forms, sound
from summarise.judge.titles import (
    SUFFIXES,
    divide,
    office,
    strip_titles,
    word_set,
)

_PARTICLES = word_set("al el bin ibn bint de da do dos das del della di du la le van von der den ter e y")
_FATHER_OF = frozenset(("bin", "ibn", "bint"))
_PATRONYMIC = re.compile(r"(?:vich|vych|vitch|evna|ovna|ivna|вич|вна)\Z")
_FAMILY_FIRST = word_set("""
    kim lee yi park pak choi choe jung jong chung kang cho jo yoon yun jang chang lim han seo suh shin kwon hwang ahn
    song ryu yoo hong moon ko ri pyon hun
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie tang xi deng
    feng cao peng zeng xiao tian dong yuan pan cai jiang yu du ye cheng wei su lu ding ren yao bai qin qiu mao wen
    geng hua qian dai fu shen tsai tsang
    nguyen tran le pham hoang phan vu vo dang bui do ho ngo duong ly to luong truong dinh mai
    """)
_VIETNAMESE = word_set("nguyen tran le pham hoang phan vu vo dang bui do ho ngo duong ly to luong truong dinh")
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|ts|hs|kh|ph|th|tr|nh|ng|gi|qu|gy|hy|ky|my|[b-df-hj-np-tv-z])?[aeiouy]{1,4}(?:ng|nh|ch|[nmklptcrh])?){1,2}"
)


class _Person(NamedTuple):
    """A name taken apart: words and their keys without particles, the generation, and the words of the title."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    generation: str | None
    title: frozenset[str]
    family_first: bool
    alone: frozenset[str]  # the sounds of its words
    joined: frozenset[str]  # those of two or three neighbouring words run together
    sounds: frozenset[str]  # both, and the keys


@lru_cache(maxsize=8_192)
def _person(name: str) -> _Person:
    title, bare = divide(name)
    words = split_words(bare)
    generation = None
    if not SUFFIXES.keys().isdisjoint(words):
        generation = next((SUFFIXES[word] for word in words[1:] if word in SUFFIXES), None)
        words = [word for at, word in enumerate(words) if not at or word not in SUFFIXES]
    family_first = len(words) > 1 and words[0] in _FAMILY_FIRST and all(map(_SYLLABLES.fullmatch, words[1:]))
    if not family_first and not _PARTICLES.isdisjoint(words):
        words = [word for word in words if word not in _PARTICLES] or words
    runs = {"".join(words[at : at + size]) for at in range(len(words) - 1) for size in (2, 3)}
    keys, alone, joined = _keys(words), frozenset(map(sound, words)), frozenset(map(sound, runs))
    sounds = alone.union(joined, keys)
    return _Person(tuple(words), keys, generation, office(title), family_first, alone, joined, sounds)


def _keys(words: Sequence[str]) -> tuple[str, ...]:
    if len(words) < 2:
        return tuple(map(sound, words))
    full = full_forms().get
    return tuple([full(key, key) for key in map(sound, words)])


# ---------------------------------------------------------------------------------------------------------- comparing


@lru_cache(maxsize=8_192)
def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's, as far as the names alone can tell. Symmetric; never raises.

    Every word of the shorter name must stand in the longer one, in any order: alike in sound, as an initial, or as a
    common short form (`Joe`, `Joseph`). Generations (`Jr.`, `II`) and middle initials must not contradict each other.
    A single word must be a form that `short_forms` gives, and then titles must not contradict either.
    """
    if fold(a) == fold(b):
        return bool(fold(a))
    one, other = _person(a), _person(b)
    if not one.keys or not other.keys or (one.generation and other.generation and one.generation != other.generation):
        return False
    if one.sounds.isdisjoint(other.sounds):  # then no word can agree, not even run together with the next
        return False
    if 1 in (len(one.keys), len(other.keys)) and _offices_contradict(one.title, other.title):
        return False
    if one.title != other.title and _is_first_lady(a) != _is_first_lady(b):
        return False  # "President Bush" is not "First lady Barbara Bush"
    one, other = _joined_alike(one, other), _joined_alike(other, one)
    left_one, left_other, shared = _left_over(one.keys, other.keys)
    if not shared or (left_one and left_other) or _middle_initials_contradict(one, other):
        return False
    if not left_one and not left_other:
        return True
    (short, short_name), (long, long_name) = sorted(((one, a), (other, b)), key=lambda pair: len(pair[0].keys))
    return _may_be_shortened(short, short_name, long, long_name)


def _is_first_lady(name: str) -> bool:
    return "irst " in name and fold(name).startswith("first lady ")


def _offices_contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not (one <= other or other <= one)


def _joined_alike(person: _Person, model: _Person) -> _Person:
    """Words run together as the other name has them: `Jong un` as `Jongun`, `Jae Myung` as `Jaemyung`."""
    whole = model.alone
    if person.joined.isdisjoint(whole):
        return person
    words: list[str] = []
    at = 0
    while at < len(person.words):
        size = next((n for n in (3, 2) if sound("".join(person.words[at : at + n])) in whole), 1)
        if sound(person.words[at]) in whole:
            size = 1
        words.append("".join(person.words[at : at + size]))
        at += size
    if len(words) == len(person.words):
        return person
    return person._replace(words=tuple(words), keys=_keys(words))


def _left_over(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str], int]:
    """Words of either name that the other lacks, and how many whole words the two share."""
    left_one, left_other = list(one), list(other)
    shared = 0
    for key in one:
        if key in left_other:
            left_one.remove(key)
            left_other.remove(key)
            shared += len(key) > 1
    for key in list(left_one):
        for match in left_other:
            if 1 in (len(key), len(match)) and key[0] == match[0]:
                left_one.remove(key)
                left_other.remove(match)
                break
    return left_one, left_other, shared


def _middle_initials_contradict(one: _Person, other: _Person) -> bool:
    initials = [[word for word in person.words[1:-1] if len(word) == 1] for person in (one, other)]
    return all(initials) and initials[0] != initials[1]


def _may_be_shortened(short: _Person, short_name: str, long: _Person, long_name: str) -> bool:
    descends = any(word in _FATHER_OF for word in split_words(short_name))
    # `bin Salman` is the son, `Salman` the father.
    forms = {
        _person(form).keys
        for form in short_forms(long_name)
        if descends or _FATHER_OF.isdisjoint(split_words(form)[:1])
    }
    if len(short.keys) == 1:
        return short.keys in forms
    if long.family_first:
        return long.keys[1:] == short.keys
    whole_words = {key for keys in forms for key in keys}
    return any(key in whole_words for key in short.keys)


@lru_cache(maxsize=8_192)
def _short_forms(name: str) -> tuple[str, ...]:
    pieces = strip_titles(name).split()
    plain = [fold(piece).strip(".,") for piece in pieces]
    if not SUFFIXES.keys().isdisjoint(plain):
        pieces = [piece for piece, word in zip(pieces, plain, strict=True) if word not in SUFFIXES]
        plain = [word for word in plain if word not in SUFFIXES]
    if len(pieces) < 2:
        return ()
    if _person(name).family_first:
        vietnamese = plain[0] in _VIETNAMESE and len(pieces) > 2
        return (pieces[-1], pieces[0]) if vietnamese else (pieces[0],)
    if not _FATHER_OF.isdisjoint(plain[1:-1]):
        father = next(at for at in range(1, len(plain) - 1) if plain[at] in _FATHER_OF)
        return (pieces[0], " ".join(pieces[father : father + 2]))
    return tuple(dict.fromkeys(_family_forms(pieces, plain)))


def _family_forms(pieces: list[str], plain: list[str]) -> list[str]:
    begin = len(pieces) - 1
    while begin > 1 and plain[begin - 1] in _PARTICLES:
        begin -= 1
    forms = [" ".join(pieces[begin:]), pieces[-1]]
    article, hyphen, rest = pieces[-1].partition("-")
    if hyphen and fold(article) in _PARTICLES:
        forms.append(rest)
    before = plain[begin - 1]
    if begin > 1 and len(before) > 1 and not _PATRONYMIC.search(before):
        forms += [pieces[begin - 1], " ".join(pieces[begin - 1 :])]
    return forms


def short_forms(name: str) -> list[str]:
    """Shorter forms by which an article may go on, likeliest first: `Lavrov`; `Kim`; `Trong`, `Nguyen`; `da Silva`.

    The family name as far as the name shows it: the first word of a Chinese, Korean or Vietnamese name (and the last
    of a Vietnamese one), the first word and `bin ...` of an Arabic line of descent, else the last word or the last two.
    A name of one word has none.
    """
    return list(_short_forms(name))


def begins_with_family(name: str) -> bool:
    """Whether the family name comes first: `Kim Jong Un`."""
    return _person(name).family_first


@lru_cache(maxsize=8_192)
def sounds_of(name: str) -> frozenset[str]:
    """The sounds under which a name is looked up: two names that are one person's share one."""
    return _person(name).sounds.union(_keys(split_words(name))) or frozenset((fold(name),))


@lru_cache(maxsize=8_192)
def sounds_to_look_under(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Under which sounds its namesakes are found; and those of them that are words run together."""
    person = _person(name)
    if not person.sounds:
        return sounds_of(name), frozenset()
    return person.sounds, person.joined


@lru_cache(maxsize=8_192)
def sounds_kept_under(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Under which sounds a name is kept: those of the words of a full name, and the others."""
    person, sounds = _person(name), sounds_of(name)
    words = person.sounds - person.joined if is_full_name(name) else frozenset()
    return words, sounds - words


def may_be_namesakes(one: str, other: str) -> bool:
    """Whether two names share a sound, two full names two of them: what `same_person` takes for one does."""
    sounds, joined = sounds_to_look_under(one)
    words, others = sounds_kept_under(other)
    if not sounds.isdisjoint(others):
        return True
    shared = sounds & words
    return bool(shared) and (len(shared) > 1 or not is_full_name(one) or not shared.isdisjoint(joined))


@lru_cache(maxsize=8_192)
def is_full_name(name: str) -> bool:
    """Whether it has two words or more, none an initial, none "the" and none twice: such a name shares two words with
    every other such name of the same person.
    """
    keys = _person(name).keys
    return len(keys) > 1 and len(set(keys)) == len(keys) and "the" not in keys and all(len(key) > 1 for key in keys)


@lru_cache(maxsize=8_192)
def keys_of(name: str) -> tuple[str, ...]:
    """The sounds of the words that tell a name from others: without title, particles and generation."""
    return _person(name).keys


@lru_cache(maxsize=8_192)
def all_keys_of(name: str) -> frozenset[str]:
    """The sounds of all its words, those of a title too."""
    return frozenset(_keys(split_words(name)))


@lru_cache(maxsize=8_192)
def letters_of(name: str) -> str:
    """What two spellings of one full name have in common: the folded words. Empty in scripts without words."""
    return " ".join(split_words(name)).removeprefix("the ")
