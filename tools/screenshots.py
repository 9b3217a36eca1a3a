"""The pictures in docs/how-to/report.md: the report of the four examples, made from recorded replies, in a browser.

    python tools/screenshots.py

Needs the packages of the `dev` group and Chromium (`apt-get install chromium`, or the one that the environment variable
CHROMIUM names); neither a key nor a network. Writes docs/images/report-*.png.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from summarise import write_report  # noqa: E402
from tests.demo import recorded_ledger  # noqa: E402

IMAGES = ROOT / "docs" / "images"
ARTICLE = "#/article/001_12a61b80a6d06b2b?record=visits.1"
PICTURES = (
    ("report-overview", "#/", {"width": 1100, "height": 1180}, "light"),
    ("report-article", ARTICLE, {"width": 1100, "height": 900}, "light"),
    ("report-dark", "#/visits?country=PRK&since=2023", {"width": 768, "height": 900}, "dark"),
    ("report-narrow", "#/visits?status=planned,confirmed,ongoing", {"width": 360, "height": 900}, "light"),
)


def main() -> None:
    """Makes all of them anew."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder, "report.html")
        write_report(recorded_ledger(Path(folder, "ledger.jsonl")), report, articles=ROOT / "examples" / "articles")
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, address, size, scheme in PICTURES:
            take(browser, f"{report.as_uri()}{address}", size, scheme, IMAGES / f"{name}.png")
        browser.close()


def take(browser: Browser, address: str, size: dict[str, int], scheme: str, path: Path) -> None:
    """One picture of what a window of this size shows."""
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)
    page.locator("main #heading").wait_for()
    page.locator(".quote bdi, .text mark").first.wait_for()
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main()
