"""Which lines and sentences belong to the page and not to the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.article.page_text import BLOCK_TITLES, PAGE_TEXT, PUBLICATION, first_word
from summarise.article.sentences import ends_a_sentence

LONGEST_LINK = 200
_HEAD = 400  # characters of a sentence that are looked at

_DIGIT = re.compile("[0-9]")
_CREDIT_WORDS_LIST = "photo photos image images picture pictures file credit credits source sources фото источник foto "
_CREDIT_WORDS = frozenset((_CREDIT_WORDS_LIST + "fotos quelle crédit crédits fuente fonte").split())
_CREDIT = re.compile(r"\w+(?: photo| credit)?(?: by|/|:)\s*(?P<names>.{2,80})$", re.IGNORECASE)
_BYLINE_WORDS_LIST = "by reporting additional writing editing compiled edited text von par por"
_BYLINE_WORDS = frozenset(_BYLINE_WORDS_LIST.split())
_BYLINE = re.compile(r"(?:\w+ )?(?:\w+ )?(?:by|von|par|por)\s(?P<names>.{3,160})$", re.IGNORECASE)
_CREDIT_ALONE = re.compile(r"[\[(][A-ZА-Я][A-Za-zА-Яа-я]{0,12}(?:[ /,&·-]{1,3}[A-Z][A-Za-z]{0,14}){0,5}[\])]$")
_AGENCY = re.compile(
    r"\b(?:AFP|AP|EPA|Reuters|Getty|TASS|Yonhap|Xinhua|Sputnik|Anadolu|Kyodo|dpa|EFE|ANSA|Photo|Times|Post|News|Images)\b",
    re.IGNORECASE,
)
_BULLETS = "•·▪◦●■►▶»>*→–—- \t\xa0"  # before a line of a list
_EMAIL = re.compile(r"\[?\[?[\w.+-]{1,60}(?:@|\s?protected\])[\w.\]-]{0,60}|\[\[?email\s?protected\]\]?")
_SMALL_WORDS_LIST = "and of the by in for at via de la le du und et y e with staff correspondent"
_SMALL_WORDS = frozenset(_SMALL_WORDS_LIST.split())
_TIME_WORDS_LIST = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today tomorrow noon midnight contrast then now"
)
_TIME_WORDS = frozenset(_TIME_WORDS_LIST.split())


def is_boilerplate_line(line: str) -> bool:
    """Whether a whole line, given without white space around it, is no part of the article."""
    folded = line[:_HEAD].casefold()
    word, end = first_word(folded)
    return (
        BLOCK_TITLES.match(folded, word, end) is not None
        or PAGE_TEXT.match(folded, word, end) is not None
        or _is_no_prose(line, folded, word, end)
    )


def is_block_title(line: str) -> bool:
    """Whether a line, given without white space around it, is the title of a block of links, such as `Related`."""
    folded = line[:_HEAD].casefold()
    title = BLOCK_TITLES.match(folded, *first_word(folded))
    return title is not None and title.end() == len(line)


def boilerplate_flags(
    text: str, lines: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], headline: tuple[int, int] | None
) -> list[bool]:
    """One flag for each sentence span; `lines` are the lines the sentences lie in. The headline is never marked."""
    flags: list[bool] = []
    in_links = False
    for start, end in lines:
        first = len(flags)
        count = 0
        while first + count < len(spans) and spans[first + count][0] < end:
            count += 1
        if headline is not None and start <= headline[0] < end:
            in_links = False
            flags += [False] * count
            continue
        line = text[start:end].strip()
        folded = line[:_HEAD].casefold()
        word, after = first_word(folded)
        title = BLOCK_TITLES.match(folded, word, after)
        is_link = in_links and len(line) < LONGEST_LINK and not _is_paragraph(line)
        in_links = title.end() == len(line) if title else is_link
        if title or in_links or _is_no_prose(line, folded, word, after):
            flags += [True] * count
        elif count == 1:
            flags.append(PAGE_TEXT.match(folded, word, after) is not None)
        else:
            flags += [_is_page_sentence(text[slice(*span)]) for span in spans[first : first + count]]
    return flags


def _is_page_sentence(sentence: str) -> bool:
    sentence = sentence.strip()
    folded = sentence[:_HEAD].casefold()
    word, end = first_word(folded)
    title = BLOCK_TITLES.match(folded, word, end)  # a link in the middle of a paragraph: "Also read: …"
    if title is not None and ":" in title[0]:
        return True
    return PAGE_TEXT.match(folded, word, end) is not None or _is_credit_alone(sentence)


def _is_no_prose(line: str, folded: str, word: str, end: int) -> bool:
    return len(line) < LONGEST_LINK and (_is_publication(folded, word, end) or _is_credit(line, word))


def _is_paragraph(line: str) -> bool:
    return line.endswith(":") or (ends_a_sentence(line) and not line.endswith("?"))


def _is_publication(folded: str, word: str, end: int) -> bool:
    """`Published: 21 May 2025, 18:12`, and nothing else in the line."""
    return (
        PUBLICATION.match(folded, word, end) is not None
        and _DIGIT.search(folded) is not None
        and not folded.endswith(".")
    )


def _is_credit(line: str, word: str) -> bool:
    """A source, a photo credit or a byline: names and nothing said. `Photo: The king greets Mora.` is a caption."""
    line = line.lstrip(_BULLETS)
    if _is_credit_alone(line):
        return True
    if word in _CREDIT_WORDS and (match := _CREDIT.match(line)):
        words = _name_words(match["names"])
        return words is not None and (len(words) <= 4 or (len(words) <= 8 and _AGENCY.search(line) is not None))
    if word in _BYLINE_WORDS and (match := _BYLINE.match(line.lstrip("("))):
        words = _name_words(_EMAIL.sub("", match["names"]))
        return words is not None and len(words) <= 12 and not _TIME_WORDS.intersection(map(str.casefold, words))
    return False


def _is_credit_alone(line: str) -> bool:
    return len(line) <= 60 and _CREDIT_ALONE.match(line) is not None


def _name_words(names: str) -> list[str] | None:
    """The words if all are written like names, otherwise None."""
    if names.endswith(("!", "?", '."', ".”")):
        return None
    words = [word.strip("[](),;.:/&|") for word in names.split()]
    words = [word for word in words if word]
    if all(word[0].isupper() or word.casefold() in _SMALL_WORDS or "@" in word for word in words):
        return words
    return None
