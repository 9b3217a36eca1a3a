"""How records look in a notebook: tables that hold everything and run nothing."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_ledger import rows as made_rows
from summarise import ArticleSummary, DateSpan, Evidence, Official, Party, Visit
from summarise.corpus.ledger import LedgerRow, RowError
from summarise.schema import record_schema
from tests.own_records import TradeSummary
from tests.test_export import own_row

WICKED = "<script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover='alert(1)' </td></table>&lt;"


class Seen(HTMLParser):
    """The tags, attributes and text of some HTML; a tag that is not closed where it should be is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


PLAIN_TAGS = {"div", "h4", "p", "b", "span", "br", "table", "caption", "thead", "tbody", "tr", "th", "td"}


def html_of(record: Any) -> str:
    html = record._repr_html_()
    assert isinstance(html, str)
    return html


def official(text: str) -> Official:
    evidence = [Evidence(sentence=3, start=0, end=1, text=text)]
    return Official(id="o1", name=text, titles=[text], role="other", country=None, evidence=evidence)


@given(st.text(max_size=30) | st.just(WICKED))
def test_whatever_an_article_says_is_text(text: str) -> None:
    told = ArticleSummary(
        headline=text, summary=text, officials=[official(text)], visits=[], invitations=[], byline=text, agencies=[text]
    )
    for html in (html_of(told), html_of(told.officials[0]), html_of(told.officials[0].evidence[0])):
        seen = Seen(html)
        assert seen.tags <= PLAIN_TAGS
        assert seen.attributes <= {"style"}


def test_hostile_text_can_be_read_and_direction_marks_cannot_turn_it_round() -> None:
    seen = Seen(html_of(official(f"{WICKED}\u202eevil\x1b[31m\x00")))
    assert f"{WICKED}\ufffdevil\ufffd[31m\ufffd" in seen.text
    assert "\u202e" not in seen.text


def test_every_record_of_a_summary_is_shown_with_its_sentences() -> None:
    for row in made_rows(30):
        told = row.parsed(ArticleSummary)
        if told is None:
            continue
        text = Seen(html_of(told)).text
        for visit in told.visits:
            assert visit.status in text
            assert visit.visitors[0].name in text
        assert f"visits({len(told.visits)})".replace("(", " (") in text or not told.visits


def test_an_empty_summary_and_fields_of_ones_own() -> None:
    empty = ArticleSummary(officials=[], visits=[], invitations=[], summary="")
    assert "(no headline)" in Seen(html_of(empty)).text
    own = own_row().parsed(TradeSummary)
    text = Seen(html_of(own)).text
    for piece in ("agreements (1)", "fish", "They signed.", "tone friendly", "delegation_size", "7"):
        assert piece in text


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (DateSpan(start="2024-03", precision="month", text="in March"), "2024-03in March"),
        (DateSpan(start="2024-03-01", end="2024-03-02", precision="day"), "2024-03-01 to 2024-03-02"),
        (DateSpan(start="2024-03", precision="vague"), "since 2024-03"),
        (DateSpan(text="in a few weeks", precision="vague"), "in a few weeks"),
    ],
)
def test_a_date_is_shown_as_far_as_it_is_known(span: DateSpan, shown: str) -> None:
    party = Party(name="Ana", kind="person", country="PER")
    piece = Evidence(sentence=1, start=0, end=1, text="x")
    visit = Visit(visitors=[party], country="NOR", when=span, status="planned", focus="main", evidence=[piece])
    text = Seen(html_of(visit)).text
    assert f"when{shown}" in text
    assert "visitorsAna (PER)" in text
    assert "evidence1: x" in text


def test_a_row_of_a_ledger_shows_its_summary_or_why_there_is_none() -> None:
    told = ArticleSummary(officials=[official(WICKED)], visits=[], invitations=[], summary=WICKED)
    row = LedgerRow(id=WICKED, source=WICKED, status="ok", summary=told.model_dump(mode="json"))
    assert html_of(row).endswith(html_of(told))
    failed = LedgerRow(
        id="a", source="a.txt", status="failed", error=RowError(kind="BadReply", message=WICKED, hint="Ask again.")
    )
    other = LedgerRow(id="b", source="b.txt", status="ok", summary={"visits": 5})
    for each, said in ((row, WICKED), (failed, f"BadReply: {WICKED}. Ask again."), (other, "none of this version's")):
        seen = Seen(html_of(each))
        assert seen.tags <= PLAIN_TAGS
        assert f"{each.id} · {each.status} · {each.source}" in seen.text
        assert said in seen.text


def test_schemas_know_nothing_of_it() -> None:
    for schema in (ArticleSummary, TradeSummary):
        assert "repr" not in json.dumps(record_schema(schema))
        assert not schema.__private_attributes__
