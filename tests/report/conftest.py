"""A real browser, and reports opened in it from the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from summarise import write_report
from tests.report import ledgers

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Of a module, not of the session: asyncio tests cannot run in a thread that holds one."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("these tests need a browser: apt-get install chromium (or leave them out: -m 'not browser')")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@dataclass
class Opened:
    """A report in the browser, and everything the browser had to say about it."""

    page: Page
    path: Path
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, address: str = "#/") -> None:
        """Open the report there, and wait until it is shown."""
        self.page.goto(self.path.as_uri() + address)
        self.page.reload()
        self.page.locator("#heading").wait_for()

    def count(self, what: str) -> int:
        """How many elements fit the selector."""
        return self.page.locator(what).count()

    @property
    def found(self) -> str:
        """What the live region says."""
        return self.page.locator("#found").inner_text()

    @property
    def focus(self) -> str:
        """The text of the element that has the focus."""
        return str(self.page.evaluate("document.activeElement.textContent"))


@pytest.fixture
def opening(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a report in a context of its own; at the end nothing may have been asked for or complained about."""
    everything: list[Opened] = []

    def open_report(path: Path, address: str = "#/", **context: Any) -> Opened:
        page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}).new_page()
        page.set_default_timeout(10_000)
        opened = Opened(page, path)
        page.on("console", lambda message: opened.complaints.append(message.text))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("request", lambda request: opened.requests.append(request.url.partition("#")[0]))
        everything.append(opened)
        opened.go(address)
        return opened

    yield open_report
    for opened in everything:
        opened.page.context.close()
        assert opened.complaints == []
        assert set(opened.requests) <= {opened.path.as_uri()}


@pytest.fixture(scope="session")
def oslo_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of one article with its text, one without, one that failed."""
    folder = tmp_path_factory.mktemp("oslo")
    (folder / "oslo.txt").write_text(ledgers.OSLO, encoding="utf-8")
    without = ledgers.oslo("textless")
    without["summary"]["provenance"]["article_id"] = "f" * 64
    ledger = ledgers.write(folder / "ledger.jsonl", [ledgers.oslo(), without, ledgers.failed("scan")])
    write_report(ledger, folder / "report.html", articles=folder / "oslo.txt")
    return folder / "report.html"


@pytest.fixture(scope="session")
def large_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 300 articles, a visit each."""
    folder = tmp_path_factory.mktemp("large")
    ledger = ledgers.write(folder / "ledger.jsonl", ledgers.many(300))
    write_report(ledger, folder / "report.html")
    return folder / "report.html"
