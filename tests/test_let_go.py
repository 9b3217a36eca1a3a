"""What an article took is let go of with its row: it waits for no garbage collector, which a long run seldom needs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from summarise import summarise_article
from summarise.article import Article
from summarise.article.reading import Sentence
from summarise.converse import Conversation
from summarise.dialogue import Dialogue
from summarise.judge.index import ArticleIndex
from summarise.records import ArticleSummary
from tests import long_articles, test_windows
from tests.corpus_server import answer, article, serving
from tests.server import MIX, Fault, Faults, Server
from tests.test_faults import chosen, run, write

_HEAVY = (Article, Sentence, Conversation, Dialogue, ArticleIndex, ArticleSummary)


@contextmanager
def nothing_left() -> Iterator[None]:
    """No more objects of an article are there at the end than at the beginning, though nothing was collected."""
    gc.collect()
    gc.disable()
    try:
        before = {id(each) for each in _heavy()}
        yield
        left = [type(each).__name__ for each in _heavy() if id(each) not in before]
        assert not left
    finally:
        gc.enable()


def _heavy() -> list[object]:
    return [each for each in gc.get_objects() if isinstance(each, _HEAVY)]


@pytest.mark.parametrize("second_opinion", [False, True])
def test_a_run_lets_go_of_articles_that_are_over(tmp_path: Path, second_opinion: bool) -> None:
    folder = write(tmp_path / "in", 6)
    with serving() as endpoint:
        settings = chosen(endpoint.url, second_opinion=second_opinion)
        run(folder, tmp_path / "first.jsonl", settings)  # what is kept for good is made
        with nothing_left():
            assert run(folder, tmp_path / "second.jsonl", settings).ok == 6


@pytest.mark.parametrize("fault", sorted({*MIX} - {"hang"}))
def test_an_article_that_took_a_second_attempt_is_let_go_of(fault: Fault, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", 3)
    server = Server(answer, faults=Faults({fault: 1.0}, first=1), latency=0.01)
    with server.running() as url:
        settings = chosen(url, backoff=0.01)
        run(folder, tmp_path / "first.jsonl", settings)
        server.seen.articles.clear()
        with nothing_left():
            assert run(folder, tmp_path / "second.jsonl", settings).ok == 3
        assert server.seen.faults[fault] > 3


def test_an_article_that_was_read_alone_is_let_go_of() -> None:
    with serving() as endpoint:
        settings = chosen(endpoint.url)
        summarise_article(article(), settings=settings)
        with nothing_left():
            summarise_article(article(), settings=settings)


def test_an_article_that_was_read_in_windows_is_let_go_of() -> None:
    with long_articles.serving(long_articles.SmallContext(10_000)) as endpoint:
        test_windows.read(endpoint, context=10_000)
        with nothing_left():
            assert test_windows.provenance(test_windows.read(endpoint, context=10_000)).windows
