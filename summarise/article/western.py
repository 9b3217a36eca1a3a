"""Whether bytes are a text of Western Europe in Windows-1252 (which Latin-1 text is as well), or its Turkish twin."""

from __future__ import annotations

import re

from summarise.article.language import language_of

ENCODING = "cp1252"
TURKISH = "cp1254"
LANGUAGES = frozenset(
    "en fr de es pt it nl sv da no nn fi is fo ca gl eu oc ga gd cy br af fy lb et id ms sw tl".split()
)
"""Languages that Windows-1252 can write, as the detector calls them."""

_LETTER = r"[^\W\d_]"
_ODD_LETTER = re.compile(rf"(?![\x00-\x7f]){_LETTER}")
# What reading another encoding as this one leaves behind.
_ELSEWHERE = re.compile(
    rf"(?<={_LETTER})(?![’‘–—…·\xa0\xad])[^\x00-\x7f\w](?={_LETTER})"  # `z³o¿y`: a sign within a word
    rf"|(?<={_LETTER})[²³¹¼½¾](?={_LETTER})"
    r"|(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŽŒŸ]"  # `Âèçèò`, turned round: a capital after a small letter
    rf"|(?:(?![\x00-\x7f]){_LETTER}){{3}}"  # `Ïóòèí`: no letter of the alphabet for long
    r"|[\x80-\x9f¤¦¨¬¯¶¸ƒˆ˜]"  # signs that no newspaper has
)
_OTHER_LETTERS = re.compile(rf"(?:(?![\x00-\u024f\u1e00-\u1eff]){_LETTER})+")
_NORDIC = re.compile(r"[ðþýÐÞÝ]")  # in Windows-1254 these are the Turkish ğ, ş, ı, Ğ, Ş and İ
_NOT_TURKISH = re.compile(r"[áíóúæÁÍÓÚÆžŽ]")  # the last two are no bytes of Windows-1254 at all
_MOST_ODD_LETTERS = 0.25  # of all letters; Icelandic has 0.15, other alphabets have nearly 1


def western_encoding(data: bytes) -> str | None:
    """The encoding in which this reads as a Western European language, every odd byte a letter or sign in its place."""
    try:
        text = data.decode(ENCODING)
    except UnicodeDecodeError:
        return None
    if _ELSEWHERE.search(text):
        return None
    if len(_ODD_LETTER.findall(text)) > _MOST_ODD_LETTERS * sum(map(str.isalpha, text)):
        return None
    if language_of(text) not in LANGUAGES | {None}:
        return None
    # Among English words there are names from Iceland (`Guðni Jóhannesson`) and from Turkey (`Erdoğan`).
    return TURKISH if _NORDIC.search(text) and not _NOT_TURKISH.search(text) else ENCODING


def is_garbled(text: str) -> bool:
    """Whether letters of other alphabets stand mostly beside Latin ones, as in `Cafщ`: a Western text misread."""
    runs = list(_OTHER_LETTERS.finditer(text))
    beside = sum(
        text[max(run.start() - 1, 0) : run.start()].isalpha() or text[run.end() : run.end() + 1].isalpha()
        for run in runs
    )
    return 2 * beside > len(runs)
