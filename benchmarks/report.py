"""What the report of a large ledger costs: to write, to open, to filter.

    python benchmarks/report.py [ARTICLES]

Makes a ledger of so many articles (20,000) of about 400 words with six records each, writes the report with all texts,
and opens it in Chromium from the disk, each time in a browser of its own: seconds until the first list can be used (a
row is there and a click on it leads on), seconds from a change of the filters until the list has been drawn anew, and
from a click on a row until its sentence has the focus. Chromium is that of `apt-get install chromium`, or the one that
the environment variable CHROMIUM names.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.invented import pairs  # noqa: E402
from summarise.article import read_article  # noqa: E402
from summarise.corpus.ledger import LedgerRow  # noqa: E402
from summarise.judge import judge  # noqa: E402
from summarise.report import write_report  # noqa: E402
from summarise.schema import contract  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARTICLES = 20_000
OPENINGS = 5
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
STATUSES = ("planned", "completed", "cancelled", "ongoing", "speculated")
WATCH = """
const look = () => {
  if (document.querySelector(".visit a.row")) window.usableAfter = performance.now() / 1000;
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
FILTER = """
value => new Promise(done => {
  const began = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => done((performance.now() - began) / 1000));
  }).observe(document.getElementById("main"), { childList: true });
  const search = document.getElementById("f-q");
  search.value = value;
  search.dispatchEvent(new Event("change", { bubbles: true }));
})
"""


def main() -> None:
    """Prints the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        ledger, texts, out = (Path(folder, name) for name in ("ledger.jsonl", "texts.jsonl", "report.html"))
        make_ledger(count, ledger, texts)
        began = perf_counter()
        made = write_report(ledger, out, articles=texts, limit=count)
        _print("articles, with their texts", f"{made.articles:,}, {made.texts:,}")
        _print("visits, invitations, officials", f"{made.visits:,}, {made.invitations:,}, {made.officials:,}")
        _print("ledger, MB", f"{ledger.stat().st_size / 1e6:.1f}")
        _print("report written in, s", f"{perf_counter() - began:.1f}")
        _print("report, MB", f"{made.bytes / 1e6:.1f}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _print("most memory while writing (and making the ledger), MB", f"{peak:.0f}")
        for name, seconds in in_the_browser(out).items():
            _print(name, f"{median(seconds):.2f}  ({min(seconds):.2f} to {max(seconds):.2f})")


def _print(name: str, value: str) -> None:
    print(f"{name:<60}{value}", flush=True)


def make_ledger(count: int, ledger: Path, texts: Path) -> None:
    """So many invented articles with good replies, judged; the days of publication are spread over three years."""
    with ledger.open("w", encoding="utf-8") as rows, texts.open("w", encoding="utf-8") as articles:
        for row, text in _rows(count):
            rows.write(row.model_dump_json() + "\n")
            articles.write(json.dumps({"id": row.id, "text": text}) + "\n")


def _rows(count: int) -> Iterator[tuple[LedgerRow, str]]:
    asked = contract()
    for number, pair in enumerate(pairs(count)):
        article = read_article(pair.text)
        verdict = judge(pair.reply, article, asked)
        assert verdict.summary is not None
        summary = verdict.summary.model_dump(mode="json")
        summary["provenance"] = {"engine": "model", "model": "invented", "version": "0", "article_id": article.id}
        summary["visits"][0]["status"] = STATUSES[number % len(STATUSES)]
        yield LedgerRow(id=f"{number:06}", source="texts.jsonl", status="ok", summary=summary), pair.text


def in_the_browser(out: Path) -> dict[str, list[float]]:
    """Seconds of each step, of every opening."""
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        for _ in range(OPENINGS):
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
            )
            for name, seconds in _one_opening(browser, out).items():
                times.setdefault(name, []).append(seconds)
            browser.close()
    return times


def _one_opening(browser: Browser, out: Path) -> dict[str, float]:
    page = browser.new_page()
    began = perf_counter()
    page.add_init_script(WATCH)  # the page's policy lets no other script in
    page.goto(out.as_uri(), wait_until="load")
    loaded = perf_counter() - began
    page.locator(".visit a.row").first.wait_for()
    return {
        "first list usable after, s": page.evaluate("window.usableAfter"),
        "file read in whole after, s": loaded,
        "search: list drawn anew after, s": page.evaluate(FILTER, "norway"),
        "search again: list drawn anew after, s": page.evaluate(FILTER, "norway oslo"),
        "from a row to its sentence, s": _to_the_sentence(page),
    }


def _to_the_sentence(page: Page) -> float:
    began = perf_counter()
    page.locator(".visit a.row").first.click()
    page.locator("mark:focus").wait_for()
    return perf_counter() - began


if __name__ == "__main__":
    main()
