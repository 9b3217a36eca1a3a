"""The site: built strictly, opened page by page in a browser from the disk; no page asks anybody for anything."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages import DOCS, ROOT, name_of
from tests.report.conftest import browser
from tools.site import BROUGHT_IN

__all__ = ["browser"]  # a fixture

pytestmark = pytest.mark.browser

WAYS = ((1280, "light"), (390, "dark"))
"""Widths of the window, and appearances."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `mkdocs build --strict` makes: a link that leads nowhere, or a page without a place, is an error."""
    place = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(place)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture(params=WAYS, ids=str)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a width and an appearance; requests that leave the disk, and what goes wrong on it, are its faults."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened, faults = context.new_page(), list[str]()
    opened.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else faults.append(asked.url))
    opened.on("pageerror", lambda problem: faults.append(str(problem)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def test_every_page_is_whole_and_asks_nobody(site: Path, page: Page) -> None:
    pages = sorted(set(site.rglob("*.html")) - {site / "404.html"})  # which is for servers, and has their addresses
    assert len(pages) >= len(list(DOCS.rglob("*.md")))
    scheme = "slate" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "default"
    for path in pages:
        page.goto(path.as_uri(), wait_until="load")
        assert page.locator("h1").first.is_visible(), path.name
        page.locator(f"body[data-md-color-scheme={scheme}]").wait_for(timeout=10_000)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, f"{path.name} is {wider} pixels wider than the window"
        broken = page.evaluate("[...document.images].filter(each => each.complete && !each.naturalWidth).length")
        assert broken == 0, f"{path.name}: pictures that are not there"


def test_a_search_from_the_disk_finds_pages(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    if page.viewport_size and page.viewport_size["width"] < 1000:
        page.locator("label.md-header__button[for=__search]").click()
    box = page.get_by_role("textbox", name="Search")
    box.click()
    box.press_sequentially("invitation withdrawn")
    found = page.locator(".md-search-result__item a").first
    found.wait_for(timeout=10_000)
    assert "statuses" in page.locator(".md-search-result__list").inner_html()


def test_what_is_brought_in_is_there(site: Path) -> None:
    for uri, name in BROUGHT_IN.items():
        if (ROOT / name).is_file():
            assert (site / uri.replace(".md", ".html")).is_file(), name


def test_the_notebook_is_a_page_with_its_output(site: Path) -> None:
    text = (site / "tutorial" / "articles-to-figures.html").read_text(encoding="utf-8")
    assert text.count('class="output"') > 10
    assert "F1 0.947" in text
    assert "Sergei Lavrov" in text


def test_pages_of_the_reference_have_what_the_docstrings_say(site: Path) -> None:
    text = (site / "reference" / "python.html").read_text(encoding="utf-8")
    assert 'id="summarise.Summariser.read"' in text
    assert "wins over what the text states" in text
    records = (site / "reference" / "records.html").read_text(encoding="utf-8")
    assert "fewest sentences that carry who, where, when and status" in records
    assert "SummariseError" in (site / "reference" / "errors.html").read_text(encoding="utf-8")


def test_no_page_of_the_docs_is_missing_from_the_site(site: Path) -> None:
    sources = [page for page in DOCS.rglob("*") if page.suffix in (".md", ".ipynb")]
    made = [site / page.relative_to(DOCS).with_suffix(".html") for page in sources]
    assert [name_of(source) for source, page in zip(sources, made, strict=True) if not page.is_file()] == []
