"""The report under axe-core, in each view and both appearances: no violation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.report.conftest import Opened

pytestmark = pytest.mark.browser

VIEWS = [
    "",
    "visits",
    "visits?country=NOR&since=2024-99",
    "matrix",
    "invitations",
    "officials",
    "concerns",
    "articles",
    "article/oslo?record=visits.0",
    "article/textless",
    "article/scan",
    "article/no-such",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(opening: Callable[..., Opened], oslo_report: Path, view: str, scheme: str) -> None:
    opened = opening(oslo_report, f"#/{view}", color_scheme=scheme)
    found = Axe().run(opened.page, options={"rules": {"target-size": {"enabled": True}}})
    assert found.violations_count == 0, found.generate_report()
    passed = {rule["id"] for rule in found.response["passes"]}
    assert {"color-contrast", "heading-order", "html-has-lang", "region"} <= passed


@pytest.mark.parametrize("view", ["visits", "officials"])
def test_axe_finds_nothing_on_a_narrow_screen_and_a_long_list(
    opening: Callable[..., Opened], large_report: Path, view: str
) -> None:
    opened = opening(large_report, f"#/{view}?page=2", viewport={"width": 360, "height": 800})
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


def test_axe_does_find_what_is_wrong(opening: Callable[..., Opened], oslo_report: Path) -> None:
    opened = opening(oslo_report)
    opened.page.evaluate(
        "document.querySelector('#f-q').previousElementSibling.remove(); document.documentElement.lang = ''"
    )
    broken = {violation["id"] for violation in Axe().run(opened.page).response["violations"]}
    assert {"label", "html-has-lang"} & broken


def test_headings_landmarks_and_the_live_region(opening: Callable[..., Opened], oslo_report: Path) -> None:
    page = opening(oslo_report).page
    for role in ("banner", "navigation", "search", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["At a glance"]
    assert page.locator("#found").get_attribute("role") == "status"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
