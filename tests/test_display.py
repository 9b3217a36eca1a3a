"""How results look on a terminal of 80 columns, and that an article cannot paint on it."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from summarise.corpus.ledger import LedgerRow, RowError
from summarise.corpus.outcome import RunOutcome
from summarise.display import answers_view, counts_text, money, one_line, outcome_lines, row_line, summary_view
from summarise.questions import of_person
from summarise.records import (
    ArticleSummary,
    Attempt,
    Concern,
    DateSpan,
    Evidence,
    Invitation,
    Official,
    Party,
    Provenance,
    Rejection,
    Usage,
    Visit,
)

SENTENCE = (
    "Foreign Minister Ana Reyes of Peru flew to Oslo on March 11, 2024, where the forest forum opens on Thursday in "
    "the presence of the king and of ministers from forty states."
)
REYES = Party(name="Ana Reyes", kind="person", title="Foreign Minister", country="PER")
FORUM = Party(name="the secretariat of the forest forum", kind="organisation", country=None)
EVIDENCE = [Evidence(sentence=2, start=0, end=len(SENTENCE), text=SENTENCE)]

FULL = ArticleSummary(
    headline="Peru's foreign minister in Oslo for the forest forum",
    dateline="OSLO",
    published="2024-03-12",
    language="en",
    officials=[
        Official(name="Ana Reyes", titles=["Foreign Minister"], role="foreign_minister", country="PER"),
        Official(name="Jonas Lund-Hansen", titles=[], role="spokesperson", country=None, tenure="former"),
    ],
    visits=[
        Visit(
            visitors=[REYES, FORUM],
            country="NOR",
            when=DateSpan(text="March 11", start="2024-03-11", end="2024-03-14", precision="day", basis="explicit"),
            status="completed",
            focus="main",
            evidence=EVIDENCE,
        ),
        Visit(
            visitors=[REYES],
            country=None,
            when=DateSpan(text="within a few weeks of the vote", precision="vague", basis="relative"),
            status="speculated",
            focus="background",
            evidence=EVIDENCE,
        ),
    ],
    invitations=[
        Invitation(
            inviters=[FORUM],
            invitees=[REYES],
            country="NOR",
            response="acknowledged",
            status="renewed",
            evidence=EVIDENCE,
        )
    ],
    summary="Peru's foreign minister Ana Reyes flew to Oslo for a forum.",
    rejected=[Rejection(type="visits", reasons=["visits[2].country: the article does not say [bold]ATA"], reply={})],
    concerns=[Concern(path="visits[0].when", kind="weekday", message="March 11 was a Monday", sentence=2)],
    provenance=Provenance(
        version="1",
        model="some-model",
        prompt_id="p",
        schema_id="s",
        article_id="a",
        attempts=[Attempt(number=1, rung="text", outcome="accepted")],
        usage=Usage(requests=1, input_tokens=1234, output_tokens=567, cost=0.00123),
        warnings=["tokens were estimated"],
    ),
)


def shown(summary: ArticleSummary, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, no_color=not colour).print(summary_view(summary))
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 140])
def test_everything_is_there_and_fits_the_width(width: int) -> None:
    text = shown(FULL, width)
    assert max(map(len, text.splitlines())) <= width
    flat = " ".join(text.split())
    for piece in (
        "Peru's foreign minister in Oslo", "published 2024-03-12", "language en", "1234+567 tokens, $0.0012",
        "1 attempt", "Visits (2)", "NOR", "2024-03-11", "to 2024-03-14", "completed", "speculated", "background",
        "within a few", "Invitations (1)", "acknowledged", "renewed", "Officials (2)", "foreign_minister", "former",
        "Foreign", "Rejected (1)", "[bold]ATA", "Concerns (1)", "a Monday", "(sentence", "tokens were estimated",
    ):  # fmt: skip
        assert piece in flat, piece


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (DateSpan(text="since May", start="2024-05", precision="vague", basis="inferred"), "since 2024-05"),
        (DateSpan(text="in May", start="2024-05", precision="month", basis="inferred"), "2024-05"),
        (DateSpan(text="May 3", start="2024-05-03", end="2024-05-03", precision="day", basis="inferred"), "2024-05-03"),
        (DateSpan(text="soon", precision="vague", basis="relative"), "soon"),
        (DateSpan(), "–"),
    ],
)
def test_a_date_says_how_much_is_known(span: DateSpan, expected: str) -> None:
    visit = FULL.visits[0].model_copy(update={"when": span})
    (line,) = [line for line in shown(FULL.model_copy(update={"visits": [visit]})).splitlines() if "NOR " in line][:1]
    cell = line.partition("NOR")[2].partition("completed")[0]
    assert cell.strip() == expected


def test_a_long_sentence_is_shortened() -> None:
    text = " ".join(shown(FULL, 200).split())
    assert "2: Foreign Minister Ana Reyes of Peru flew" in text
    assert "…" in text
    assert "forty states" not in text


def test_an_article_with_nothing_in_it_says_so() -> None:
    text = shown(ArticleSummary(officials=[], visits=[], invitations=[], summary=""))
    assert "(no headline)" in text
    assert "published unknown, language unknown" in text
    assert "No visit, no invitation, no official." in text
    assert "Visits" not in text


def test_an_article_cannot_paint_on_the_terminal() -> None:
    wicked = "\x1b[31mred\x1b]0;title\x07\r\nfoo\u2028bar\x9b2J"
    text = shown(FULL.model_copy(update={"headline": wicked, "summary": wicked, "dateline": wicked}))
    assert not {"\x1b", "\x07", "\r", "\u2028", "\x9b"} & set(text)
    assert one_line("a\x1b\tb\n c") == "a b c"


def test_colour_is_for_terminals_that_want_it() -> None:
    assert "\x1b[" in shown(FULL, colour=True)
    assert "\x1b[" not in shown(FULL)


def test_rows_and_outcome_are_plain_lines() -> None:
    ok = LedgerRow(
        id="2024/a", source="a", status="ok", summary=FULL.model_dump(mode="json"),
        usage=Usage(input_tokens=1234, output_tokens=567, cached_tokens=1000, cost=0.5),
    )  # fmt: skip
    reason = RowError(kind="BadReply", message="no\nJSON", hint="Try again.")
    bad = LedgerRow(id="b", source="b", status="failed", error=reason, usage=Usage(input_tokens=10))
    quiet = LedgerRow(id="c", source="c", status="failed", error=RowError(kind="EmptyArticle", message="nothing"))
    assert row_line(ok) == "ok      2024/a  2 visits, 1 invitation, 2 officials, 1 rejected, 1234+567 tokens, $0.5000"
    assert row_line(bad) == "FAILED  b: BadReply: no JSON"
    outcome = RunOutcome(kept=2, older=1)
    for each in (ok, bad, quiet):
        outcome.count(each)
    assert list(outcome_lines(outcome, 7)) == [
        "7 articles: 1 read, 2 kept from before, 2 failed, 2 not read",
        "records: 2 visits, 1 invitation, 2 officials, 1 rejected",
        "spent: 1,244+567 tokens (1,000 from the cache), $0.5000 and 1 article at a price that is not known",
        "1 kept row is from another model, prompt or schema: --refresh reads it again",
        "1 article with a warning, such as 2024/a: tokens were estimated",
        "1 BadReply, such as b: no JSON",
        "  hint: Try again.",
        "1 EmptyArticle, such as c: nothing",
    ]


def test_amounts_and_counts() -> None:
    assert money(1234.5) == "$1,234.50"
    assert money(0.00004) == "$0.0000"
    assert counts_text({}) == "no records"
    assert counts_text({"treaties": 2, "visits": 1}) == "1 visit, 2 treaties"
    outcome = RunOutcome(older=3, kept=3, unpriced=2, input_tokens=7)
    lines = list(outcome_lines(outcome, 3))
    assert "spent: 7+0 tokens, 2 articles at a price that is not known" in lines
    assert "3 kept rows are from another model, prompt or schema: --refresh reads them again" in lines


@pytest.mark.parametrize("width", [60, 80, 120])
def test_answers_are_a_table_with_their_sentences(width: int) -> None:
    out = io.StringIO()
    row = LedgerRow(id="a\x1b[31m", source="", status="ok", summary=FULL.model_dump(mode="json"))
    Console(file=out, width=width).print(answers_view(of_person(row, "Ana Reyes")))
    assert max(map(len, out.getvalue().splitlines())) <= width
    assert "\x1b" not in out.getvalue()
    flat = " ".join(out.getvalue().split())
    for piece in ("Reyes", "NOR", "2024-03-11", "completed", "foreign_", "2: Foreign"):
        assert piece in flat or width < 80, piece
    if width == 120:
        assert "2024-03-12" in flat
        assert "foreign_minister" in flat
        assert "2: Foreign Minister Ana Reyes of" in flat
        assert "invitation" in flat
    Console(file=out, width=width).print(answers_view([]))
    assert out.getvalue().endswith("No record.\n")
