"""The report in a real browser: what a reader does with mouse, keyboard, address and back button."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from summarise import Visit, write_report
from summarise.questions import of_person
from tests.report import ledgers
from tests.report.conftest import Opened

pytestmark = pytest.mark.browser

Open = Callable[..., Opened]
ARRIVED = "Foreign Minister Ana Reyes of Peru arrived in Oslo on Monday."
TO_NORWAY = ".visit a.row:has-text('Norway')"


def test_it_opens_with_something_of_everything(opening: Open, oslo_report: Path) -> None:
    opened = opening(oslo_report)
    assert opened.found == "8 visits"
    headings = opened.page.locator("main h2").all_inner_texts()
    assert headings == ["Before you rely on it", "Visits", "Who goes where", "Open invitations", "Officials"]
    assert "1 article could not be read" in opened.page.locator(".concerns-box").inner_text()
    assert "Of 1 article the text was not at hand" in opened.page.locator(".concerns-box").inner_text()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("#/visits?country=NOR", "2 of 8 visits"),
        ("#/visits?status=planned,cancelled", "4 of 8 visits"),
        ("#/visits?focus=background", "2 of 8 visits"),
        ("#/visits?since=2024-04&until=2024", "2 of 8 visits"),
        ("#/visits?until=2023", "0 of 8 visits"),
        ("#/visits?person=réyes", "8 visits"),
        ("#/visits?person=harald", "0 of 8 visits"),
        ("#/visits?q=ana%20ECUADOR", "2 of 8 visits"),
        ("#/visits?origin=PER&destination=VNM", "2 of 8 visits"),
        ("#/visits?since=2024-13", "8 visits"),
        ("#/invitations?answer=open", "2 of 4 invitations"),
        ("#/invitations?since=2024-01&until=2024-01", "2 of 4 invitations"),
        ("#/officials?q=norway", "0 of 1 official"),
        ("#/articles?q=courier", "2 of 3 articles"),
        ("#/concerns?until=2023", "0 of 4 concerns"),
    ],
)
def test_filters_stand_in_the_address(opening: Open, oslo_report: Path, address: str, found: str) -> None:
    opened = opening(oslo_report, address)
    assert opened.found == found
    opened.page.reload()
    expect(opened.page.locator("#found")).to_have_text(found)


def test_filters_are_set_and_taken_off_and_the_back_button_undoes_them(opening: Open, oslo_report: Path) -> None:
    opened = opening(oslo_report, "#/visits")
    page = opened.page
    page.get_by_label("Country").select_option("NOR")
    expect(page.locator("#found")).to_have_text("2 of 8 visits")
    page.get_by_label("cancelled").check()
    expect(page.locator("#found")).to_have_text("0 of 8 visits")
    assert page.url.endswith("#/visits?country=NOR&status=cancelled")
    page.go_back()
    expect(page.locator("#found")).to_have_text("2 of 8 visits")
    expect(page.get_by_label("cancelled")).not_to_be_checked()
    page.get_by_role("link", name="Take off the filter: Norway").click()
    expect(page.locator("#found")).to_have_text("8 visits")
    page.get_by_label("Search").fill("vietnam")
    expect(page.locator("#found")).to_have_text("2 of 8 visits")
    assert page.url.endswith("#/visits?q=vietnam")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Invitations").click()
    expect(page.locator("#found")).to_have_text("0 of 4 invitations")


def test_a_period_that_is_none_is_named(opening: Open, oslo_report: Path) -> None:
    opened = opening(oslo_report, "#/visits?since=yesterday")
    expect(opened.page.get_by_label("From")).to_have_attribute("aria-invalid", "true")
    assert "“yesterday” is no date" in opened.page.locator("#f-period-wrong").inner_text()


@pytest.mark.parametrize("field", ["From", "To"])
def test_what_is_typed_and_no_date_is_said_and_the_field_marked(opening: Open, oslo_report: Path, field: str) -> None:
    page = opening(oslo_report, "#/visits").page
    page.get_by_label(field, exact=True).fill("garbage")
    expect(page.get_by_role("alert")).to_contain_text("“garbage” is no date")
    expect(page.get_by_label(field, exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label(field, exact=True)).to_have_accessible_description(re.compile("garbage"))
    expect(page.locator("#chosen")).to_contain_text(re.compile(r"garbage\s*\(not used\)"))
    page.get_by_label(field, exact=True).fill("2024")
    expect(page.get_by_role("alert")).to_be_empty()
    assert page.get_by_label(field, exact=True).get_attribute("aria-invalid") is None


def test_a_period_that_ends_before_it_begins_is_said(opening: Open, oslo_report: Path) -> None:
    opened = opening(oslo_report, "#/visits?since=2024-05&until=2024-03")
    expect(opened.page.get_by_role("alert")).to_have_text(
        "From “2024-05” is later than To “2024-03”: the period is not used."
    )
    assert opened.count("[aria-invalid=true]") == 2
    assert opened.found == "8 visits"
    opened.go("#/visits?since=2024-03-11&until=2024-03-11")
    expect(opened.page.get_by_role("alert")).to_be_empty()


NAMES = [
    "Sergei Lavrov", "Sergey Lavrov", "Sergey Viktorovich Lavrov", "Lavrov", "Sergei Shoigu", "Maria Zakharova",
    "Kim Jong Un", "Kim Jong-un", "Kim Jong Il", "Volodymyr Zelenskyy", "Volodymyr Zelensky", "Jørgen Berg",
    "Nguyễn Phú Trọng", "Joe Biden", "Joseph Biden", "Сергей Лавров", "constructor", "__proto__",
]  # fmt: skip


@pytest.fixture(scope="module")
def names_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A visit by each of these."""
    place = tmp_path_factory.mktemp("names")
    visits = [
        ledgers.visit("PRK", ledgers.NONE, "planned", [], id=f"v{at}", visitors=[ledgers.person(name, None)])
        for at, name in enumerate(NAMES)
    ]
    write_report(ledgers.write(place / "l.jsonl", [ledgers.row("a", ledgers.summary(visits=visits))]), place / "r.html")
    return place / "r.html"


@pytest.mark.parametrize(
    "asked",
    [
        "Sergei Lavrov", "Sergey Lavrov", "sergey lavrov", "Lavrov", "Kim Jong Un", "Kim Jong-un", "Kim Jongun",
        "Volodymyr Zelenskyy", "Zelensky", "Vladimir Zelensky", "Jorgen Berg", "Nguyen Phu Trong", "Joe Biden",
        "Maria Zakharova", "Sergei Ivanov", "Сергей Лавров", "constructor", "__proto__",
    ],
)  # fmt: skip
def test_a_person_is_found_as_the_question_finds_them(opening: Open, names_report: Path, asked: str) -> None:
    given = [party(name) for name in NAMES]
    wanted = len(of_person([Visit(**each) for each in given], asked))
    opened = opening(names_report, f"#/visits?person={quote(asked)}")
    assert opened.found == f"{wanted} of {len(NAMES)} visits"


def party(name: str) -> dict[str, Any]:
    evidence = {"sentence": 1, "start": 0, "end": 1, "text": "."}
    return ledgers.visit(None, {}, "planned", [evidence], visitors=[ledgers.person(name, None)])


def test_a_name_is_found_while_it_is_typed_and_every_spelling_is_suggested(opening: Open, names_report: Path) -> None:
    page = opening(names_report, "#/visits").page
    page.get_by_label("Person or body").press_sequentially("sergey lav")
    expect(page.locator("#found")).to_have_text(f"3 of {len(NAMES)} visits")
    assert page.locator("#people option").evaluate_all("all => all.map(each => each.value)") == NAMES[:3]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("They came.", "“They came.”"),
        ("“We confirm the visit,” she said.", "“We confirm the visit,” she said."),
        ('"We confirm it."', '"We confirm it."'),
        ("She said: “We confirm.”", "She said: “We confirm.”"),
        ("«Oui», dit-elle.", "«Oui», dit-elle."),
        ("'Tis so.", "“'Tis so.”"),
    ],
)
def test_quotation_marks_are_not_doubled(opening: Open, tmp_path: Path, said: str, shown: str) -> None:
    evidence = {"sentence": 1, "start": 0, "end": len(said), "text": said}
    visit = ledgers.visit("NOR", ledgers.span(text=said, precision="vague"), "planned", [evidence])
    write_report(ledgers.write(tmp_path / "l.jsonl", [ledgers.row("a", ledgers.summary(visits=[visit]))]),
                 tmp_path / "report.html")  # fmt: skip
    opened = opening(tmp_path / "report.html", "#/visits")
    expect(opened.page.locator(".quote")).to_have_text(shown)
    assert opened.page.locator(".quote bdi").evaluate("e => getComputedStyle(e, '::before').content") == "none"
    opened.go("#/article/a")
    expect(opened.page.locator(".verbatim")).to_have_text(shown)


def test_where_no_headline_is_stated_the_summary_stands_once_and_is_called_one(opening: Open, tmp_path: Path) -> None:
    said = "Peru's foreign minister went to Oslo for talks on fish. " * 4
    row = ledgers.row("a", ledgers.summary(visits=[], summary=said.strip()))
    write_report(ledgers.write(tmp_path / "l.jsonl", [row]), tmp_path / "report.html")
    opened = opening(tmp_path / "report.html", "#/articles")
    assert opened.page.locator(".article-row").inner_text().count("Peru's foreign minister") == 4
    expect(opened.page.locator(".article-row .message")).to_have_text(f"No headline. Summary: {said.strip()}")
    opened.go("#/article/a")
    expect(opened.page.locator("#heading")).to_have_text(f"No headline. Summary: {said.strip()}")
    assert opened.page.locator("main").inner_text().count("Peru's foreign minister") == 4


@pytest.mark.parametrize("view", ["", "matrix"])
def test_what_the_table_says_of_itself_is_whole_on_a_narrow_screen(
    opening: Open, large_report: Path, oslo_report: Path, view: str
) -> None:
    for report in (large_report, oslo_report):
        page = opening(report, f"#/{view}", viewport={"width": 400, "height": 800}).page
        note = page.get_by_text("Each number leads to the visits.")
        box = note.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 400
        assert note.evaluate("e => e.scrollWidth <= e.clientWidth && !e.closest('.scrolls')")
        expect(page.locator("table.matrix")).to_have_accessible_description(re.compile("^Visits by the country"))


def test_persons_are_suggested(opening: Open, oslo_report: Path) -> None:
    opened = opening(oslo_report, "#/visits")
    opened.page.get_by_label("Person or body").press_sequentially("har")
    assert opened.page.locator("#people option").evaluate_all("all => all.map(each => each.value)") == ["King Harald"]


class TestFromAMarkToItsSentenceAndBack:
    def test_by_mouse(self, opening: Open, oslo_report: Path) -> None:
        opened = opening(oslo_report, "#/visits?country=NOR")
        page = opened.page
        page.locator(f"{TO_NORWAY} .mark").first.click()
        expect(page.locator("mark:focus")).to_contain_text(ARRIVED)
        assert page.locator("mark:focus").evaluate("e => e.classList.contains('lit')")
        page.locator("mark:focus").get_by_role("button", name="to Visit 1").click()
        expect(page.locator("[data-card='visits.0'] h3")).to_be_focused()
        page.go_back()
        expect(page.locator(TO_NORWAY).first).to_be_focused()
        assert opened.found == "2 of 8 visits"

    def test_by_keyboard(self, opening: Open, oslo_report: Path) -> None:
        opened = opening(oslo_report, "#/visits?country=NOR")
        page = opened.page
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.visit a.row')"):
                break
        address = page.url
        page.keyboard.press("Enter")
        expect(page.locator("mark:focus")).to_contain_text(ARRIVED)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith("cites this sentence")
        page.keyboard.press("Enter")
        expect(page.locator("[data-card='visits.0'] h3")).to_be_focused()
        for _ in range(10):
            page.keyboard.press("Tab")
            if "Sentence 2" in opened.focus:
                break
        page.keyboard.press("Enter")
        expect(page.locator("mark:focus")).to_contain_text("King Harald had invited her")
        for _ in range(20):
            page.keyboard.press("Shift+Tab")
            if "Back to the list" in opened.focus:
                break
        page.keyboard.press("Enter")
        expect(page.locator(TO_NORWAY).first).to_be_focused()
        assert page.url == address

    def test_by_the_link_back(self, opening: Open, oslo_report: Path) -> None:
        opened = opening(oslo_report, "#/visits")
        opened.page.locator(".visit a.row").nth(3).click()
        opened.page.get_by_role("link", name="Back to the list").click()
        expect(opened.page.locator(".visit a.row").nth(3)).to_be_focused()

    @pytest.mark.parametrize("width", [360, 1280])
    def test_the_sentence_is_in_view_and_where_there_is_room_its_record_too(
        self, opening: Open, oslo_report: Path, width: int
    ) -> None:
        page = opening(oslo_report, "#/visits?destination=VNM", viewport={"width": width, "height": 700}).page
        page.locator(".visit a.row", has_text="Vietnam").first.click()
        expect(page.locator("mark:focus")).to_be_in_viewport()
        if width == 1280:
            expect(page.locator("[data-card='visits.3'] h3")).to_be_in_viewport()

    def test_pointing_at_one_lights_the_other(self, opening: Open, oslo_report: Path) -> None:
        opened = opening(oslo_report, "#/article/oslo")
        page = opened.page
        page.locator("[data-card='visits.3']").hover()
        assert [text[:13] for text in page.locator("mark.lit").all_inner_texts()] == ["A visit to Ha"]
        page.locator("mark", has_text="King Harald").hover()
        lit = page.locator(".card.lit").evaluate_all("all => all.map(each => each.dataset.card)")
        assert lit == ["visits.0", "invitations.0"]


class TestAnArticle:
    def test_every_piece_of_evidence_is_marked_in_its_text(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/oslo").page
        said = page.locator(".text mark > bdi").all_inner_texts()
        assert said == [
            ARRIVED,
            "King Harald had invited her in January.",
            "She will fly to Lima in April 2024, and may go to Quito soon.",
            "A visit to Hanoi was cancelled.",  # behind a character of two units
        ]
        backs = page.locator("mark .back").evaluate_all("all => all.map(each => each.textContent)")
        assert backs == ["V1", "O1", "V1", "I1", "V2", "V3", "I2", "V4"]

    def test_concerns_come_first_and_stand_with_their_records(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/oslo").page
        assert page.locator("main h2").first.inner_text() == "Before you rely on it"
        assert "the year is only likely" in page.locator(".concerns-box").inner_text()
        assert page.locator("[data-card='visits.2'] .card-concerns").inner_text() == "soon may mean anything"

    def test_what_was_not_accepted_is_there(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/oslo").page
        page.get_by_text("nobody travels").click()
        assert '"who": "nobody"' in page.locator(".rejected pre").inner_text()

    def test_a_record_leads_to_the_one_it_answers(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/oslo").page
        page.locator("[data-card='visits.0'] .to-record").click()
        expect(page.locator("[data-card='invitations.0'] h3")).to_be_focused()

    def test_without_a_text_the_cited_sentences_are_shown(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/textless?record=visits.3").page
        assert "text was not at hand" in page.locator(".text-pane .notice").inner_text()
        assert page.locator(".text mark").count() == 4
        expect(page.locator("mark:focus")).to_contain_text("A visit to Hanoi was cancelled.")

    @pytest.mark.parametrize(
        ("source", "links"), [("https://example.org/a?b=1", 1), ("javascript:alert(1)", 0), ("a.txt", 0)]
    )
    def test_only_an_address_on_the_web_is_a_link(self, opening: Open, tmp_path: Path, source: str, links: int) -> None:
        write_report(ledgers.write(tmp_path / "l.jsonl", [ledgers.oslo(source=source)]), tmp_path / "report.html")
        page = opening(tmp_path / "report.html", "#/article/oslo").page
        assert source in page.locator(".source").inner_text()
        assert page.locator(".source a[rel~=noreferrer]").count() == page.locator(".source a").count() == links

    def test_one_that_failed_says_why(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/scan").page
        assert "looks like a PDF file" in page.locator("main").inner_text()
        assert "Extract the text." in page.locator("main").inner_text()

    def test_one_that_is_not_there_is_named(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/%E0%A4%A?record=x").page
        expect(page.locator("#heading")).to_have_text("No such article")


class TestTheTimeline:
    def test_how_well_a_date_is_known_can_be_seen(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/visits").page
        row = page.locator(".visit", has=page.locator("a.row"))
        assert row.filter(has_text="Norway").first.locator(".bar").count() == 0  # a day is a point
        month = row.filter(has_text="Peru").filter(has_text="Apr 2024").first.locator(".bar")
        width, whole = (month.bounding_box(), row.first.locator(".track").bounding_box())
        assert width is not None
        assert whole is not None
        assert width["width"] / whole["width"] == pytest.approx(30 / 366, abs=0.01)
        assert row.filter(has_text="Ecuador").first.locator(".bar.fades-out").count() == 1
        assert row.filter(has_text="Vietnam").first.locator(".bar.fades-in").count() == 1

    def test_every_status_has_a_shape_of_its_own(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/visits").page
        shapes = page.locator(".legend .symbol").evaluate_all("all => all.map(each => each.innerHTML)")
        assert len(set(shapes)) == len(shapes) == 9

    def test_a_bar_of_the_chart_leads_to_its_period(self, opening: Open, large_report: Path) -> None:
        opened = opening(large_report, "#/visits")
        opened.page.get_by_role("link", name="March 2010: 28 visits").click()
        expect(opened.page.locator("#found")).to_have_text("28 of 300 visits")
        assert opened.page.url.endswith("?since=2010-03&until=2010-03")


def test_long_lists_come_in_pages(opening: Open, large_report: Path) -> None:
    opened = opening(large_report, "#/visits")
    page = opened.page
    assert opened.count(".visit") == 40
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pages .place")).to_have_text("41–80 of 300")
    page.reload()
    expect(page.locator(".pages .place")).to_have_text("41–80 of 300")
    page.get_by_role("link", name="Last").click()
    expect(page.locator(".pages .place")).to_have_text("281–300 of 300")
    assert opened.count(".visit") == 20
    page.locator(".visit a.row").last.click()
    expect(page.locator("mark:focus")).to_contain_text("Envoy Number0 came to Oslo.")


def test_a_cell_of_the_table_leads_to_its_visits(opening: Open, oslo_report: Path) -> None:
    opened = opening(oslo_report, "#/matrix")
    opened.page.get_by_role("link", name="2: Peru to Vietnam").click()
    expect(opened.page.locator("#found")).to_have_text("2 of 8 visits")
    expect(opened.page.locator("#heading")).to_be_focused()


class TestAppearance:
    def test_it_is_that_of_the_system(self, opening: Open, oslo_report: Path) -> None:
        papers = [
            opening(oslo_report, color_scheme=scheme).page.evaluate(
                "getComputedStyle(document.documentElement).backgroundColor"
            )
            for scheme in ("light", "dark")
        ]
        assert [sum(map(int, re.findall(r"\d+", paper)[:3])) > 384 for paper in papers] == [True, False]

    def test_the_switch_wins_and_is_remembered(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, color_scheme="light").page
        switch = page.locator("#theme")
        switch.click()
        switch.click()
        expect(switch).to_have_text("Appearance: dark")
        page.reload()
        expect(switch).to_have_text("Appearance: dark")
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"

    @pytest.mark.parametrize("width", [320, 360, 768, 1280])
    @pytest.mark.parametrize("view", ["", "visits", "matrix", "officials", "article/oslo"])
    def test_nothing_runs_out_of_the_window(self, opening: Open, oslo_report: Path, width: int, view: str) -> None:
        page = opening(oslo_report, f"#/{view}", viewport={"width": width, "height": 800}).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_on_paper_there_is_the_content_alone(self, opening: Open, oslo_report: Path) -> None:
        page = opening(oslo_report, "#/article/oslo", color_scheme="dark").page
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
        for hidden in (".views", "#theme", ".back-link", "mark .back"):
            expect(page.locator(hidden).first).to_be_hidden()
        expect(page.get_by_text(ARRIVED).first).to_be_visible()
