"""Free text compared with an article: names and numbers that the article does not have."""

from __future__ import annotations

import pytest

from summarise.article import read_article
from summarise.judge.index import ArticleIndex
from summarise.judge.wording import Wording, count_words

TEXT = (
    "Port talks resume in Lima\n\nPublished: 2024-03-11\n\nLIMA, March 11. /ANDINA/. Foreign Minister Aino Rask of "
    "Finland met her Peruvian colleague Sergei Quispe on Monday, 14 days after the first round. The Harbour "
    "Authority's 1,200 workers will vote in Jökuldal."
)


@pytest.fixture
def index() -> ArticleIndex:
    return ArticleIndex(read_article(TEXT))


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Minister Rask met Quispe in Lima.", []),
        ("Talks on the port.", []),
        ("the minister spoke with Sergey Quispe", []),
        ("a vote of harbour workers in Jokuldal", []),
        ("the Harbours wait", []),
        ("the minister met Tanaka", ["Tanaka"]),
        ("the minister flew to Chile", ["Chile"]),
        ("a Finnish visit to Peru", []),
        ("1200 workers, 14 days, 15 ships", ["15"]),
        ("the vote is in May", ["May"]),
    ],
)
def test_what_the_article_does_not_have(index: ArticleIndex, text: str, strange: list[str]) -> None:
    assert Wording(index).strangers(text) == strange


def test_dates_and_countries_of_the_records_may_be_said(index: ArticleIndex) -> None:
    wording = Wording(index)
    assert wording.strangers("a visit to Chile in May, on 9 May, a Thursday") == ["9", "Chile", "May", "Thursday"]
    assert wording.strangers("a visit to Chile in May, on 9 May, a Thursday", dates=["2024-05-09"], codes=["CHL"]) == []


def test_an_article_holds_words_and_names_in_other_spellings(index: ArticleIndex) -> None:
    assert index.holds("1,200 workers will vote")
    assert index.holds("SERGEY QUISPE")
    assert not index.holds("Sergei Lavrov")
    assert not index.holds("  ")


def test_words_are_counted_in_scripts_without_spaces_too() -> None:
    assert count_words("two words") == 2
    assert count_words("外相は首都を訪問") == 1 + 4


@pytest.mark.parametrize("text", ["Biden invited Kim.", "Kim was there. Trump will visit Russia."])
def test_a_stranger_at_the_beginning_of_a_sentence_is_noticed(text: str) -> None:
    article = read_article("Kim Jong Un visited Russia on Monday.")
    assert Wording(ArticleIndex(article)).strangers(text) == [text.split()[0] if text[0] == "B" else "Trump"]


def test_an_ordinary_word_may_open_a_sentence() -> None:
    article = read_article("Kim Jong Un visited Russia on Monday.")
    assert Wording(ArticleIndex(article)).strangers("During the visit Kim met Putin. Talks followed.") == ["Putin"]
