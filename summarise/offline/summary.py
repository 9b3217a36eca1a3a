"""The summary of an article read by rules: the sentence that tells its news, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summarise.article.dateline import dateline_at
from summarise.article.header import leading_date
from summarise.article.trusted import BLOT
from summarise.judge.index import ArticleIndex
from summarise.judge.wording import count_words
from summarise.offline.findings import Finding
from summarise.offline.sentence import Sentence
from summarise.offline.setting import item_begin

MOST_WORDS: Final = 50
"""What `ArticleSummary.summary` asks for; the judge bears a few more."""
_FEWEST_WORDS: Final = 5
_WORD: Final = re.compile(r"\S")
_JOINT: Final = re.compile(r"[,;](?=\s)")
"""Where a clause may end: not in "1,000"."""


def summary_of(index: ArticleIndex, sentences: Sequence[Sentence], news: Finding | None) -> str:
    """The sentence that the news rests on, else the first of the text; its first clauses if it is too long.

    A headline counts only where the news rests on nothing else.
    """
    if news is None:
        body = (_bare(index, s) for s in sentences if not s.is_headline)
        told = next((text for text in body if _is_whole(text)), "")
    else:
        resting = [s for s in sentences if s.number in news.sentences]
        told = _bare(index, next((s for s in resting if not s.is_headline), resting[0]))
    return _shortened(told)


def _is_whole(text: str) -> bool:
    """Whether it is a sentence, and not a byline, "20 July 2006 | 2143 GMT" or the like."""
    return count_words(text) >= _FEWEST_WORDS and text.rstrip("\"'”’»)").endswith((".", "!", "?"))


def _bare(index: ArticleIndex, s: Sentence) -> str:
    """The sentence without "date 2025-05-21" and "MOSCOW, October 3. /TASS/" before it (hard case 68)."""
    text = index.article.text
    start, end = index.article.trimmed(s.number)
    leading = leading_date(text)
    if leading is not None:
        start = _next_word(text, max(start, leading.end()))
    dateline = dateline_at(text, start, end)
    behind = dateline.end if dateline is not None else item_begin(s)
    return text[start if behind is None else _next_word(text, behind) : end]


def _next_word(text: str, at: int) -> int:
    found = _WORD.search(text, at)
    return found.start() if found is not None else len(text)


def _shortened(sentence: str) -> str:
    """As many clauses as the limit allows; nothing if the first one is longer already, or a word is blotted out."""
    if BLOT in sentence:
        return ""
    if count_words(sentence) <= MOST_WORDS:
        return sentence
    shorter = ""
    for joint in _JOINT.finditer(sentence):
        if count_words(sentence[: joint.start()]) > MOST_WORDS:
            break
        shorter = sentence[: joint.start()]
    return shorter
