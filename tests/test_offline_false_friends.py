"""What a second reading would take back: no visit beside its own denial, no date, person or state that is another's.

All people are made up, as in `test_offline_rules`.
"""

from __future__ import annotations

import pytest

from tests.test_offline_rules import BERG, ROJAS, berg, expect


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
