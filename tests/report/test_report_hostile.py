"""Articles that wish no good: nothing of them runs, leads anywhere, or disguises what is shown."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from summarise import write_report
from tests.report import ledgers
from tests.report.conftest import Opened

pytestmark = pytest.mark.browser

VIEWS = ("", "visits", "matrix", "matrix?all=1", "invitations", "officials", "concerns", "articles")
LINKS = "[...document.querySelectorAll('a')].map(link => link.getAttribute('href'))"
HANDLERS = """
[...document.querySelectorAll("*")].flatMap(each => [...each.attributes])
  .filter(({ name }) => /^on|^src/.test(name)).length
"""
STRANGERS = "document.querySelectorAll('main :is(script, img, iframe, object, svg *:not(circle, path))').length"


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "oslo.txt").write_text(ledgers.OSLO, encoding="utf-8")
    ledger = ledgers.write(folder / "ledger.jsonl", ledgers.hostile_rows())
    write_report(ledger, folder / "report.html", articles=folder / "oslo.txt")
    return folder / "report.html"


def check(opened: Opened) -> None:
    """Nothing ran, and nothing is there but what the page's own script made."""
    page = opened.page
    assert page.evaluate("window.ran") is None
    assert [link for link in page.evaluate(LINKS) if not link.startswith("#")] == []
    assert page.evaluate(STRANGERS) == 0
    assert page.evaluate("document.querySelectorAll('script:not([type])').length") == 1


@pytest.mark.parametrize("view", VIEWS)
def test_in_the_lists(opening: Callable[..., Opened], hostile_report: Path, view: str) -> None:
    opened = opening(hostile_report, f"#/{view}")
    check(opened)
    assert "window.ran" in opened.page.locator("main").inner_text() or view.startswith("matrix")
    assert opened.page.evaluate(HANDLERS) == 0


def test_on_the_page_of_each_article(opening: Callable[..., Opened], hostile_report: Path) -> None:
    opened = opening(hostile_report)
    for row in ledgers.hostile_rows():
        opened.page.goto(f"{hostile_report.as_uri()}#/article/{quote(row['id'], safe='')}")
        opened.page.locator(".article-head, #heading:has-text('No such')").wait_for()
        assert opened.page.locator("#heading").inner_text() != "No such article", row["id"]
        for details in opened.page.locator("main details").all():
            details.locator("summary").click()
        check(opened)


def test_rows_of_every_shape_are_shown(opening: Callable[..., Opened], tmp_path: Path) -> None:
    rows = ledgers.misshapen_rows()
    write_report(ledgers.write(tmp_path / "l.jsonl", rows), tmp_path / "report.html")
    opened = opening(tmp_path / "report.html")
    for address in (*VIEWS, *(f"article/{row['id']}" for row in rows)):
        opened.page.goto(f"{(tmp_path / 'report.html').as_uri()}#/{address}")
        marked = (
            ".article-head" if address.startswith("article/") else f"main.view-{address.split('?')[0] or 'overview'}"
        )
        opened.page.locator(marked).wait_for()
        if address.startswith("article/"):
            opened.page.locator(f".source:has-text('{address.partition('/')[2]}')").wait_for()
        check(opened)


@pytest.mark.parametrize("attack", ledgers.EVIL)
def test_in_the_address(opening: Callable[..., Opened], hostile_report: Path, attack: str) -> None:
    said = quote(attack, safe="")
    for address in (
        f"#/visits?q={said}&country={said}&origin={said}&since={said}&status={said}&page={said}",
        f"#/{said}/{said}",
        f"#/article/{said}?record={said}",
    ):
        check(opening(hostile_report, address))


def test_in_the_name_of_the_ledger(opening: Callable[..., Opened], tmp_path: Path) -> None:
    name = "<img src=x onerror=window.ran=1> & \u202e.jsonl"
    write_report(ledgers.write(tmp_path / name, [ledgers.oslo()]), tmp_path / "report.html")
    check(opened := opening(tmp_path / "report.html"))
    assert "<img src=x" in opened.page.locator(".masthead").inner_text()


def test_characters_that_turn_the_text_around_are_shown(opening: Callable[..., Opened], tmp_path: Path) -> None:
    text = "The envoy \u202etsoh\u202c came to Oslo. كان السفير في أوسلو."
    name = "Envoy \u202etsoh"
    going = ledgers.visit(
        "NOR", ledgers.span("2024-03-11"), "completed", ledgers.cited(text, text), visitors=[ledgers.person(name)]
    )
    ledger = ledgers.write(
        tmp_path / "l.jsonl", [ledgers.row("a", ledgers.summary(text, headline=name, visits=[going]))]
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    write_report(ledger, tmp_path / "report.html", articles=tmp_path)
    for address in ("#/", "#/visits", "#/article/a?record=visits.0"):
        opened = opening(tmp_path / "report.html", address)
        page = opened.page
        assert not re.search("[\u202a-\u202e]", page.evaluate("document.body.innerText + document.title"))
        assert page.locator("main .hidden-character").first.inner_text() == "U+202E"
        names = page.locator("main .name, main #heading bdi")
        assert names.evaluate_all("all => all.every(e => getComputedStyle(e).unicodeBidi === 'isolate')")


def test_the_policy_lets_nothing_else_run(opening: Callable[..., Opened], tmp_path: Path) -> None:
    """Were something to get in, the browser would not run it: the page is changed by hand to see that."""
    path = tmp_path / "report.html"
    write_report(ledgers.write(tmp_path / "l.jsonl", [ledgers.oslo()]), path)
    page = path.read_text(encoding="utf-8")
    path.write_text(
        page.replace("<main", "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'><main"),
        encoding="utf-8",
    )
    opened = opening(path)
    assert opened.page.evaluate("window.ran") is None
    assert len(opened.complaints) >= 2
    assert all("Content Security Policy" in complaint for complaint in opened.complaints)
    opened.complaints.clear()
    opened.requests.clear()


def test_the_policy_names_the_hashes_and_nothing_loose(hostile_report: Path) -> None:
    page = hostile_report.read_text(encoding="utf-8")
    policies = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert len(policies) == 1
    rules = dict(rule.strip().split(" ", 1) for rule in html.unescape(policies[0]).split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    assert {name: re.sub("[A-Za-z0-9+/=]{44}", "HASH", rule) for name, rule in rules.items()} == {
        "script-src": "'sha256-HASH'",
        "style-src": "'sha256-HASH'",
    }
    assert page.count("<script") == page.count("</script>") == 8 + -(-len(ledgers.hostile_rows()) // 16)
    json.loads(page.partition('id="facts">')[2].partition("</script>")[0])
