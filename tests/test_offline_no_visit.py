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
            "The Bangladesh Ministry of Home Affairs said Dhaka was calm. Meanwhile Home Minister Sobhan Miah went "
            "down to Cox's Bazar and returned to the capital the same night."
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

    def test_the_first_time_that_one_comes(self) -> None:
        text = (
            f"{BERG} will visit Peru in May. It will be the first time that a Norwegian prime minister travels to Peru."
        )
        assert visitors(text) == [("Ola Berg", "PER")]

    def test_who_leads_a_delegation_is_of_its_state(self) -> None:
        text = (
            "VIENTIANE, March 11, 2024 - Vice President Kham Vong received a Norwegian delegation led by Deputy "
            "Minister Ola Berg, which came to Laos on Sunday."
        )
        assert {country for _, country in visitors(text)} == {"LAO"}
        assert len(read(text).visits) == 1


class TestAnotherPerson:
    """A title that is not his means somebody else."""

    def test_the_prime_minister_is_no_minister(self) -> None:
        text = (
            "OTTAWA, March 11, 2024 - Prime Minister Ola Berg spoke on fish. He was joined by Trade Minister Kari "
            "Lund. The Prime Minister will visit Peru in May."
        )
        assert visitors(text) == [("Ola Berg", "PER")]

    def test_a_minister_of_another_portfolio(self) -> None:
        text = "Foreign Minister Ola Berg spoke on Monday. The Malian Minister of Transport will visit Lima in May."
        assert visitors(text) == [("Malian Minister of Transport", "PER")]

    def test_as_minister_he_came(self) -> None:
        text = f"{BERG} spoke of Peru. As Minister for Fisheries, he came to Lima in 2008 to study the port."
        assert visitors(text) == [("Ola Berg", "PER")]

    def test_who_invites_does_not_go(self) -> None:
        text = (
            f"{BERG} will arrive in Peru on Friday. The visit takes place on the invitation of the Speaker of the "
            "Congress Ana Vega, passed to the Norwegian side in February."
        )
        assert visitors(text) == [("Ola Berg", "PER")]

    @pytest.mark.parametrize(
        "text",
        [
            "Asked whether a trip to Guam was in the works, Foreign Minister Ola Berg laughed.",
            "• Related: Berg to fly to Lima?",
        ],
    )
    def test_nobody_goes(self, text: str) -> None:
        assert rows(f"{BERG} spoke on fish.\n\n{text}") == []

    def test_the_other_half_of_a_headline(self) -> None:
        headline = "Norway's Berg coming Monday; Palace mum on Jakarta trip"
        text = f"{headline}\n\nLIMA, March 8, 2024 - {BERG} will be in Lima on Monday."
        assert "IDN" not in {country for _, country in visitors(text)}
