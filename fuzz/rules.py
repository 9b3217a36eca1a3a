"""Reading by rules: of any text comes a sound summary or an error of ours, and the same one every time.

What holds of it is what `tests.soundness.check_sound` says; it is the same judge that passed it. No record rests on a
sentence that speaks to the program.
"""

from __future__ import annotations

from random import Random

from fuzz.articles import INJECTIONS
from fuzz.mutation import torn
from fuzz.target import Seeds, Target, example_articles
from summarise import summarise_article
from summarise.article import read_article
from summarise.errors import ArticleError
from tests.soundness import check_sound, check_trusted
from tests.test_offline_properties import DATES, MARKS, OFFICIALS, PEOPLE, PLACES, TITLES, VERBS, words_of


def check(data: bytes) -> None:
    """Reads the text."""
    text = data.decode("utf-8", "replace")
    try:
        summary = summarise_article(text, model="offline")
    except ArticleError:
        return
    check_sound(summary, text)
    check_trusted(summary, read_article(text))
    assert summarise_article(text, model="offline") == summary


def seeds() -> Seeds:
    """The examples, sentence groups of them, and the words that the rules know in a row."""
    for name, content in example_articles():
        text = content.decode()
        yield name, text[:3000].encode()
        for number, paragraph in enumerate(text.split("\n\n")[:12]):
            yield f"{name}-{number}", paragraph.encode()


def mutate(data: bytes, chance: Random) -> bytes:
    """Other words in other places."""
    return torn(data.decode("utf-8", "replace"), chance, WORDS).encode("utf-8", "replace")


WORDS = (*(f"{word} " for word in words_of(PEOPLE, TITLES, OFFICIALS, PLACES, VERBS, DATES, MARKS)), *INJECTIONS)

TARGET = Target("reading by rules", check, seeds, WORDS, mutate, longest=4096)
