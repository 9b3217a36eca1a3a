"""What looks like a visit of its own and is none: going home, journeys at home, what is only talked of, told twice.

All people are made up, as in `test_offline_rules`.
"""

from __future__ import annotations

import pytest

from tests.test_offline_rules import BERG, expect, read, rows


def visitors(text: str) -> list[tuple[str, str | None]]:
    """Who visits which state."""
    return [(one.name, visit.country) for visit in read(text).visits for one in visit.visitors]


class TestHome:
    """Journeys home and inside one's own country."""

    @pytest.mark.parametrize(
        "text",
        [
            "Mr. Kapoor will return to New Delhi on Friday.",
            "The minister is expected back in the country on Friday.",
            "He returned to New Delhi last night.",
        ],
    )
    def test_going_home_is_no_visit(self, text: str) -> None:
        lead = (
            "External Affairs Minister R. Kapoor flew to Kathmandu on Monday to meet Nepali Prime Minister Ram Thapa."
        )
        assert visitors(f"{lead} {text}") == [("R. Kapoor", "NPL")]

    def test_who_is_of_another_state_may_return(self) -> None:
        expect(f"{BERG} will return to New Delhi on Friday.", ("Ola Berg", "IND", "2024-03-15", "ahead"))

    def test_a_journey_at_home_without_a_dateline(self) -> None:
        text = (
            "The Bangladesh Ministry of Home Affairs said Dhaka was calm. Meanwhile Home Minister Sobhan Miah went down "
            "to Cox's Bazar and returned to the capital the same night."
        )
        assert rows(text) == []

    def test_a_dominican_minister_at_home(self) -> None:
        assert rows("SANTO DOMINGO - Dominican Foreign Minister Yoca Almonte flew in from Madrid on Monday.")[:1] != [
            ("Yoca Almonte", "DOM", "2024-03-11", "ongoing")
        ]


class TestOnlyTalkedOf:
    """Gatherings and meetings that send nobody."""

    @pytest.mark.parametrize(
        "text",
        [
            "Foreign Minister Ola Berg held talks with his Finnish colleague, Aino Salo, on the outcome of the recent "
            "Arab summit in Algiers.",
            "Foreign Minister Ola Berg will meet party leaders on the results of the climate conference in Lima.",
            "Chancellor Ola Berg has called a special Cabinet meeting for Monday in Lima.",
            "Mr. Berg, the foreign minister, would be welcome to come, a Peruvian envoy in Lima said.",
            "President Ola Berg cannot come in view of the celebrations planned in Peru on those days.",
            "Envoys of Norway and Egypt call on the State Minister in Dhaka.",
        ],
    )
    def test_nobody_travels(self, text: str) -> None:
        assert rows(text) == []

    def test_a_summit_attended_is_visited(self) -> None:
        text = f"{BERG} met Peruvian leaders on Monday at the climate conference in Lima."
        expect(text, ("Ola Berg", "PER", "2024-03-11", "there"))


class TestToldTwice:
    """One visit, told again in other words."""

    @pytest.mark.parametrize(
        "headline",
        [
            "Norway's prime minister in Lima for talks",
            "Norwegian leader lands in Lima",
            "Prime minister in Lima for talks on fish",
        ],
    )
    def test_a_headline_that_names_the_office(self, headline: str) -> None:
        text = f"{headline}\n\nLIMA, March 11, 2024 (AP) - {BERG} arrived in Lima on Monday for a two-day visit."
        assert visitors(text) == [("Ola Berg", "PER")]

    def test_a_headline_of_another_office_stays(self) -> None:
        headline = "Finnish foreign minister in Lima for talks"
        text = f"{headline}\n\nLIMA, March 11, 2024 (AP) - {BERG} arrived in Lima on Monday."
        assert len(visitors(text)) == 2

    def test_left_one_day_and_arrives_the_next(self) -> None:
        text = f"{BERG} left on Monday for Peru. His plane refuels in Miami before it reaches Lima on Tuesday."
        assert visitors(text) == [("Ola Berg", "PER")]

    def test_the_counterpart_is_the_minister_of_that_state(self) -> None:
        text = (
            "Iranian Foreign Minister Reza Amini and his Armenian counterpart Vahan Grigoryan conferred on Monday. "
            "The Armenian foreign minister is to travel to Iran in April."
        )
        assert visitors(text) == [("Vahan Grigoryan", "IRN")]

    def test_where_one_arrives_is_where_one_is(self) -> None:
        text = (
            "Norwegian envoy Ola Berg arrived in Lima on Sunday. He leaves Lima tonight for Quito. "
            "The envoy was met on arrival by Foreign Minister Luis Cano."
        )
        assert {visit.country: visit.status for visit in read(text).visits}["ECU"] in ("planned", "confirmed")
