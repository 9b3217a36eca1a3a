"""What a second reading would take back: no visit beside its own denial, no date, person or state that is another's.

All people are made up, as in `test_offline_rules`.
"""

from __future__ import annotations

import pytest

from tests.test_offline_rules import BERG, MONDAY, ROJAS, berg, expect, read, rows


class TestCalledOffInOneSentence:
    """A sentence that tells a plan and takes it back tells one visit, which does not take place."""

    @pytest.mark.parametrize(
        "text",
        [
            f"OSLO, March 11, 2024 - {ROJAS}, who was expected here on Thursday, is not coming, the ministry said.",
            f"OSLO, March 11, 2024 - {ROJAS}, who was due to visit Oslo on Thursday, will not come, it was learnt.",
            f"OSLO, March 11, 2024 - {ROJAS} was to fly to Oslo on Thursday but is not going to Norway after all.",
        ],
    )
    def test_one_record_and_denied(self, text: str) -> None:
        expect(text, ("Elena Rojas", "NOR", "2024-03-14", "denied"))

    def test_two_journeys_with_dates_of_their_own(self) -> None:
        expect(
            f"{BERG} will not go to Peru in May, but will visit Peru in June.",
            berg("PER", "2024-05", "denied"),
            berg("PER", "2024-06", "planned"),
        )


class TestStayingAway:
    """ "Will not be attending" confirms nothing."""

    def test_a_part_of_the_programme(self) -> None:
        text = f"{BERG} will stop in Lima on May 6. He will not be attending the inauguration in Cusco on May 10."
        expect(text, berg("PER", "2024-05-06", "ahead"))

    @pytest.mark.parametrize("verb", ["will not be attending", "will not attend", "is not going to attend"])
    def test_the_whole_of_it(self, verb: str) -> None:
        expect(f"{BERG} {verb} the inauguration in Lima on May 10.", berg("PER", "2024-05-10", "denied"))

    def test_another_time(self) -> None:
        text = f"{BERG} will visit Peru on April 2. He will not be attending the inauguration in Lima on May 10."
        expect(text, berg("PER", "2024-04-02", "ahead"), berg("PER", "2024-05-10", "denied"))


class TestTurnedAway:
    """Who is kept out at the border does not come."""

    @pytest.mark.parametrize(
        ("text", "when"),
        [
            (f"Lima noted that Peru had turned back {BERG}, who was to arrive in Lima in February.", "2024-02"),
            (f"It emerged that Peru had refused entry to {BERG}, who was to visit Lima in June.", "2023-06"),
            (f"Peru had denied a visa to {BERG}, who was expected in Lima in February.", "2024-02"),
            (f"Peru has barred from its territory {BERG}, who was due to visit Lima in June.", "2024-06"),
        ],
    )
    def test_is_a_visit_cancelled(self, text: str, when: str) -> None:
        expect(text, berg("PER", when, "cancelled"))

    def test_turning_to_somebody_keeps_nobody_out(self) -> None:
        expect(f"Peru had turned to {BERG}, who was to visit Lima in June.", berg("PER", "2024-06", "ahead"))


class TestLegs:
    """A leg has the date that is told of it, and no other."""

    @pytest.mark.parametrize(
        "goes_on", ["and she will continue on to Quito", "and will then fly on to Quito", "before heading to Quito"]
    )
    def test_a_leg_without_a_date(self, goes_on: str) -> None:
        text = f"{ROJAS} will visit Oslo on May 2 and 3 {goes_on} for talks."
        expect(text, ("Elena Rojas", "NOR", "2024-05-02/2024-05-03", "ahead"), ("Elena Rojas", "ECU", None, "ahead"))

    def test_a_leg_with_a_date(self) -> None:
        expect(
            f"{BERG} will visit Lima on May 2 and continue on to Quito on May 5.",
            berg("PER", "2024-05-02", "ahead"),
            berg("ECU", "2024-05-05", "ahead"),
        )

    def test_a_date_that_opens_the_sentence(self) -> None:
        expect(f"On May 5 {BERG} will continue on to Quito.", berg("ECU", "2024-05-05", "ahead"))

    def test_the_length_of_a_tour_is_the_stay_in_no_state(self) -> None:
        expect(
            f"{BERG} leaves today for Lima on the first leg of a six-day visit to Peru, Ecuador and Chile.",
            berg("PER", MONDAY, "ahead"),
            berg("ECU", None, "ahead"),
            berg("CHL", None, "ahead"),
        )

    def test_the_length_of_a_visit_to_one_state(self) -> None:
        expect(f"{BERG} will pay a six-day visit to Peru from May 2.", berg("PER", "2024-05-02/2024-05-07", "ahead"))


class TestPronouns:
    """ "She" is nobody of whom it is known that he is a man, nor anybody at hand while a woman is."""

    RECEIVED = "Peruvian Prime Minister Luis Cano will receive her at the airport"

    @pytest.mark.parametrize("honorific", ["Mrs.", "Frau", "Datin", "Senhora"])
    def test_the_woman_at_hand(self, honorific: str) -> None:
        text = (
            f"Norwegian Trade Minister {honorific} Ola Berg leaves for Lima tomorrow. {self.RECEIVED}. "
            "On Friday she will fly to Quito."
        )
        expect(text, berg("PER", "2024-03-12", "ahead"), berg("ECU", "2024-03-15", "ahead"))

    def test_whoever_stands_in_the_same_sentence(self) -> None:
        text = f"Speaker Mrs. Kari Lund spoke. {ROJAS} landed in Oslo from Riga, where she met the premier on Sunday."
        assert "Kari Lund" not in {name for name, *_ in rows(text)}

    def test_a_man_is_not_she(self) -> None:
        text = "Norwegian Trade Minister Herr Ola Berg spoke on fish. On Friday she will fly to Quito."
        assert rows(text) == []


class TestThere:
    """ "There" is the state told before, and nowhere if two were."""

    def test_two_states(self) -> None:
        text = f"{ROJAS} stopped in Lagos in February after talks in Accra. {BERG} went there in January."
        assert "Ola Berg" not in {name for name, *_ in rows(text)}

    @pytest.mark.parametrize("place", ["in Lagos", "with Accra in Lagos", "in Lagos after leaving Oslo"])
    def test_one_state(self, place: str) -> None:
        text = f"{ROJAS} held talks {place}. {BERG} went there in January."
        assert berg("NGA", "2024-01", "completed") in rows(text)


class TestAgencies:
    """An agency has a name, and neither that of a person nor that of a town."""

    @pytest.mark.parametrize(
        ("text", "agencies"),
        [
            (f"{BERG} will visit Lima, spokesman Jan Lund told Nordlys. Lund reported good progress.", ["Nordlys"]),
            (f"{BERG} will visit Lima, Norway's Nordlys reported. Nordlys reported no date.", ["Nordlys"]),
            (f"OSLO, March 11, 2024 (News Agency) - {BERG} will visit Lima.", []),
            (f"OSLO (Agency) - {BERG} will visit Lima, the Bergen newspaper said.", []),
        ],
    )
    def test_names(self, text: str, agencies: list[str]) -> None:
        assert read(text).agencies == agencies
        assert read(text).outlet is None


class TestBareTitles:
    """A title without a name means somebody who holds that office, in the whole of its words, or nobody."""

    DUTCH = "The Dutch Minister for Climate, Ms. Kari Lund, comes to Oslo on May 2."

    def test_portfolio_and_rank_agree(self) -> None:
        text = (
            "OSLO, March 11, 2024 - The audience was attended by Ola Berg, Deputy Prime Minister for Trade Affairs. "
            f"{self.DUTCH} The Deputy Prime Minister for Trade Affairs will visit Lima in May."
        )
        assert [row for row in rows(text) if row[1] == "PER"] == [berg("PER", "2024-05", "planned")]

    def test_a_minister_is_no_deputy_prime_minister(self) -> None:
        text = f"OSLO, March 11, 2024 - {self.DUTCH} The deputy prime minister will visit Lima in May."
        assert "PER" not in {country for name, country, *_ in rows(text) if name == "Kari Lund"}
