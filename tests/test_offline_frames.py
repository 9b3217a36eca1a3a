"""More ways in which papers tell of a visit, each as a short sentence; all people are made up."""

from __future__ import annotations

import pytest

from tests.test_offline_rules import BERG, ROJAS, expect, read, rows

LIMA = "LIMA, March 11 (Reuter) -"


def places(text: str) -> list[tuple[str, str | None]]:
    return [(one.name, visit.country) for visit in read(text).visits for one in visit.visitors]


class TestJourneys:
    """Going, coming, and being back."""

    @pytest.mark.parametrize(
        ("text", "country"),
        [
            (f"{BERG} flew home last night from Damascus.", "SYR"),
            (f"{LIMA} {BERG} spent two days here at the beginning of the month.", "PER"),
            (f"{BERG} returned to Oslo after a day of talks in Jerusalem.", "ISR"),
            (f"{BERG} will fly to Oslo on Saturday after stops in Riyadh.", "SAU"),
            (f"{BERG} is on a trade mission to China.", "CHN"),
            (f"{BERG}, winding up a tour of Chile, thanked his hosts.", "CHL"),
            (f"{LIMA} {BERG} came on a tour that took him to Chile.", "CHL"),
            (f"{LIMA} {BERG} could be here on a visit as early as next week.", "PER"),
            (f"{BERG} arrived in Russia's Black Sea resort of Sochi on Monday.", "RUS"),
            (f"{BERG}'s March 22 state visit to Chile is being prepared.", "CHL"),
        ],
    )
    def test_one_more_frame(self, text: str, country: str) -> None:
        assert ("Ola Berg", country) in places(text)

    def test_the_purpose_of_setting_out_is_no_plan(self) -> None:
        (row,) = rows(f"{BERG} left here on Monday to visit Laos.")
        assert row[1:] == ("LAO", "2024-03-11", "ongoing")

    def test_who_is_greeted_on_a_journey_is_at_home(self) -> None:
        text = f"{BERG} had come to Lima on February 25 to greet President Elena Rojas."
        assert places(text) == [("Ola Berg", "PER")]

    def test_a_visit_that_follows(self) -> None:
        text = f"{BERG} is scheduled to visit Peru from March 18 to 20, followed by an official visit to Chile."
        assert [row[1] for row in rows(text)] == ["PER", "CHL"]

    def test_a_date_behind_an_aside_is_not_the_journeys(self) -> None:
        text = f"{LIMA} {BERG}, who flew in from Quito, will see President Elena Rojas on Thursday."
        assert all(row[2] != "2024-03-07" for row in rows(text))

    def test_since_an_event_is_no_date_of_the_visit(self) -> None:
        text = f"{BERG} will visit Peru on Friday, his first trip since the elections in June."
        expect(text, ("Ola Berg", "PER", "2024-03-15", "ahead"))


class TestMeetings:
    """Several hosts, several places, a gathering."""

    def test_further_hosts_and_places(self) -> None:
        text = (
            f"{BERG} will meet Peruvian President Elena Rojas in Lima, "
            "Chilean President Luis Cano in Santiago and Bolivian President Ana Vega in La Paz."
        )
        assert {country for name, country in places(text) if name == "Ola Berg"} == {"PER", "CHL", "BOL"}

    def test_a_party_that_is_received_on_its_visit(self) -> None:
        assert places(f"{ROJAS} received a Chadian delegation on a visit to Peru.") == [("Chadian delegation", "PER")]

    def test_confirmed_attendance(self) -> None:
        text = "Leaders gather in Accra on Friday for the trade summit."
        also = f"{BERG} and Peruvian President Elena Rojas have confirmed attendance at the summit."
        assert {("Ola Berg", "GHA"), ("Elena Rojas", "GHA")} <= set(places(f"{text} {also}"))

    def test_going_somewhere_else_to_attend(self) -> None:
        text = f"Leaders gather in Accra for the trade summit. {BERG} will leave for Riyadh to attend a meeting."
        assert ("Ola Berg", "GHA") not in places(text)

    def test_a_building_named_like_a_city_is_no_place(self) -> None:
        assert places(f"{BERG} signed the treaty at the San Martin Palace.") == []


class TestNoVisit:
    """What is told and did not happen, or happens to nobody who counts."""

    @pytest.mark.parametrize(
        "text",
        [
            "In the novel, the president visits Moscow and falls in love.",
            "Real Madrid president Florentino Paredes will travel to London on Monday.",
            "The president of Club Bruges, Michel Dhaene, toured Nigeria.",
            "The college president, Joseph Stamm, visited Rome.",
            "The flag flies when the president is in Prague.",
            "The Georgia governor, Zell Tanner, will visit Savannah on Monday.",
        ],
    )
    def test_no_visit(self, text: str) -> None:
        assert places(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            f"{ROJAS} will be invited to Berlin only if elections are held.",
            f"Should he be invited, {BERG} would go.",
        ],
    )
    def test_no_invitation(self, text: str) -> None:
        assert read(text).invitations == []

    def test_speculation_that_is_quashed(self) -> None:
        text = f"The palace moved to quash speculation that {BERG} would make a surprise visit to Peru."
        expect(text, ("Ola Berg", "PER", None, "denied"))

    def test_a_place_and_a_title_are_two(self) -> None:
        text = f"{BERG} was in London and President Elena Rojas stayed in Lima."
        assert ("Ola Berg", "GBR") in places(text)

    def test_an_office_told_by_whose_it_is(self) -> None:
        text = f"{ROJAS} was well, said Dina Marsh, President Rojas's spokeswoman."
        assert "Dina Marsh" in [one.name for one in read(text).officials]
