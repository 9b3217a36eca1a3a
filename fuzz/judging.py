"""The judge: of any article and any reply comes a verdict, and what its summary holds stands in the article.

Never an exception; evidence is a slice of the text, names and whatever is verbatim stand in it, and neither is from a
sentence that speaks to the program; dates are EDTF and countries ISO codes, ids resolve, the summary can be stored and
read again. Judging again gives the same, and so does the value that the verdict read from the reply, when it is the
reply.

An input is an article and a reply with `DIVIDER` between them; without it, a reply about the prompt's example.
"""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any

from fuzz.articles import INJECTIONS
from fuzz.mutation import changed, torn, written
from fuzz.target import Seeds, Target
from summarise.article import Article, read_article
from summarise.errors import ArticleError
from summarise.judge import judge
from summarise.records import ArticleSummary
from summarise.schema import contract
from tests.mutations import COUNTRIES, distinct_replies, worked_example
from tests.soundness import check_grounded, check_trusted

DIVIDER = b"\n=== reply ===\n"


def check(data: bytes) -> None:
    """Judges the reply about the article."""
    before, divider, after = data.partition(DIVIDER)
    try:
        article = read_article(before) if divider else worked_example_article()
    except ArticleError:
        return
    check_verdict(article, (after if divider else before).decode("utf-8", "surrogateescape"))


def check_verdict(article: Article, reply: str) -> None:
    """What holds of the verdict on any reply about any article. Raises `AssertionError`."""
    asked = contract()
    verdict = judge(reply, article, asked)
    assert verdict.faults or verdict.summary is not None
    for fault in verdict.faults:
        assert len(str(fault)) < 2_000
        str(fault).encode()
    if verdict.summary is not None:
        check_grounded(verdict.summary, article.text)
        check_trusted(verdict.summary, article)
    assert judge(reply, article, asked) == verdict, "judged again, the same reply is another"
    if verdict.value is not None:
        again = judge(json.dumps(verdict.value), article, asked)
        assert again.summary == verdict.summary, "what was read of the reply gives another summary than the reply"
        assert again.faults == verdict.faults


@cache
def worked_example_article() -> Article:
    """The article of the prompt's example."""
    return worked_example().article


def seeds() -> Seeds:
    """The replies that a model gave in the recordings, with their articles, and the prompt's example."""
    for recorded in distinct_replies():
        if recorded.contract.summary is ArticleSummary and len(recorded.article.text) < 6_000:
            yield recorded.name.replace(" ", "-"), _joined(recorded.article.text, recorded.content)


def _joined(article: str, reply: str) -> bytes:
    return article.encode("utf-8", "replace") + DIVIDER + reply.encode("utf-8", "surrogatepass")


def mutate(data: bytes, chance: Random) -> bytes:
    """Changes the reply in a few places, or the article, seldom both."""
    before, divider, after = data.partition(DIVIDER)
    if not divider:
        before, after = worked_example_article().text.encode(), before
    article, reply = before.decode("utf-8", "replace"), after.decode("utf-8", "replace")
    what = chance.random()
    if what < 0.2:
        article = torn(article, chance, WORDS)
    if what > 0.15:
        try:
            value: Any = json.loads(reply)
        except (ValueError, RecursionError):
            value = json.loads(worked_example().content)
        try:
            reply = written(changed(value, chance, lambda: _likely(article, chance)), chance)
        except RecursionError:
            reply = torn(reply, chance, WORDS)
    return _joined(article, reply)


def _likely(article: str, chance: Random) -> Any:
    """A value that might stand in a reply about this article: words of it, a number, a date, a code, a record."""
    words = article.split() or [""]
    start = chance.randrange(len(words))
    some = " ".join(words[start : start + chance.choice((1, 1, 2, 2, 3, 5, 12))])
    match chance.randrange(8):
        case 0 | 1 | 2:
            return some
        case 3:
            return chance.randint(0, article.count(".") + 2)
        case 4:
            return {"text": some, "date": chance.choice(DATES)}
        case 5:
            return chance.choice((*COUNTRIES, "SUN", "XKX", "XXX", "EUR"))
        case 6:
            kind = chance.choice(("person", "unnamed_person", "delegation", "government", "organisation"))
            return {"name": some, "kind": kind, "title": None, "country": chance.choice((None, *COUNTRIES))}
        case _:
            return chance.choice(VALUES)


DATES = (
    None, "2023", "2024-10", "2024-02-29", "2023-02-29", "2023-10-18/2023-10-19", "2023-10-19/2023-10-18",
    "2023/2024-01", "0000", "0000-01-01", "9999-12-31", "2023-13", "2023-00-10", "2023-10-18/..",
    "20231018", "２０２３",
)  # fmt: skip
VALUES = (
    *DATES, "planned", "confirmed", "completed", "cancelled", "denied", "main", "background", "accepted", "declined",
    "head_of_state", "foreign_minister", "named_official", "narrator", "state", "multilateral", "letter", "t1",
    "former",
)  # fmt: skip
WORDS = (
    *INJECTIONS,
    *(value for value in VALUES if value), '"visits"', '"more"', '"evidence"', '"when"', '{"text":', "null", "[1]",
    '""', "President ", "Mr. ", "Kim Jong Un", "North Korea", "Korean ", "the Kremlin", "on Monday", "last week",
    "in May", "2023", "October 18-19", "will visit ", "invited ", " not ", "\n\n", ". ", "“", "”", "Advertisement\n",
    "\u00ad", "\u200b", "\u202e", "İ", "ﬁ", "e\u0301", "К", "-", "’s", "```json\n", "<think>", "</think>", "//", ",}",
)  # fmt: skip

TARGET = Target("the judge", check, seeds, WORDS, mutate, longest=16_384)
