"""The articles that the measurements are made with: different from each other, and their replies without a fault."""

from __future__ import annotations

from benchmarks.invented import pairs
from summarise.article import read_article
from summarise.judge import judge
from summarise.schema import contract


def test_every_reply_is_accepted_whole() -> None:
    for pair in pairs(12, seed=2):
        verdict = judge(pair.reply, read_article(pair.text), contract())
        assert verdict.faults == ()
        assert verdict.summary is not None
        assert (len(verdict.summary.officials), len(verdict.summary.visits), len(verdict.summary.invitations)) == (
            3, 2, 1,
        )  # fmt: skip
        assert verdict.summary.visits[0].invitation == "i1"


def test_articles_differ_and_come_again_for_the_same_seed() -> None:
    texts = [pair.text for pair in pairs(50)]
    assert len(set(texts)) == 50
    assert texts == [pair.text for pair in pairs(50)]
    assert all(330 <= len(text.split()) <= 450 for text in texts)
