"""Whom the rules give a visit as hosts: who receives, invites or is met, in its sentence or in those that follow.

All people are made up, as in `test_offline_rules`.
"""

from __future__ import annotations

import pytest

from tests.test_offline_rules import BERG, read

ARRIVED = f"{BERG} arrived in Lima on Monday."


def hosts(text: str) -> dict[str | None, list[str]]:
    """The hosts of each visit, by the state visited."""
    return {visit.country: [host.name for host in visit.hosts] for visit in read(text).visits}


class TestMeetings:
    """Who is met, told by verbs and by nouns."""

    @pytest.mark.parametrize(
        "text",
        [
            "On Tuesday he will be received by President Elena Rojas.",
            "He is to call on President Elena Rojas before flying home.",
            "He held a working lunch on Tuesday with President Elena Rojas.",
            "Later he met at the palace with President Elena Rojas.",
            "He delivered to President Elena Rojas a message from the king.",
            "Berg paid a courtesy call on President Elena Rojas.",
            "His host, President Elena Rojas, was waiting on the tarmac.",
            "He was closeted for an hour with his Peruvian host, President Elena Rojas.",
            "President Elena Rojas gave a banquet in honour of Mr. Berg.",
            "President Elena Rojas hosted a working lunch for the visitor.",
            "A dinner was given for the guests by President Elena Rojas.",
        ],
    )
    def test_who_is_met_in_a_sentence_that_follows(self, text: str) -> None:
        assert hosts(f"{ARRIVED} {text}") == {"PER": ["Elena Rojas"]}

    def test_several_with_their_offices(self) -> None:
        text = (
            f"{ARRIVED} He met the President of Peru, Elena Rojas, Foreign Minister Luis Cano and the mayor, Ana Vega."
        )
        assert hosts(text) == {"PER": ["Elena Rojas", "Luis Cano", "Ana Vega"]}

    def test_each_stop_has_its_own(self) -> None:
        text = (
            f"{BERG} flew on Monday to Lima, where he met President Elena Rojas, and will go on to Quito on Thursday. "
            "In Quito he is to see President Pablo Mora."
        )
        assert hosts(text) == {"PER": ["Elena Rojas"], "ECU": ["Pablo Mora"]}

    def test_who_hosts_is_met_by_the_one_told_of_last(self) -> None:
        text = (
            "Foreign Minister Nils Dahl announced that the Norwegian king will visit Peru in May. "
            "He will hold talks with President Elena Rojas."
        )
        assert hosts(text) == {"PER": ["Elena Rojas"]}

    @pytest.mark.parametrize(
        "text",
        [
            "He met Norwegian Ambassador Nils Dahl at the residence.",
            "On the sidelines he met Chilean President Marta Soto.",
            "He will not meet President Elena Rojas.",
            "He spoke by telephone with President Elena Rojas.",
            "President Elena Rojas said the talks would be difficult.",
        ],
    )
    def test_no_host(self, text: str) -> None:
        assert hosts(f"{ARRIVED} {text}") == {"PER": []}


class TestInviting:
    """Who asks to come is host of what comes of it."""

    @pytest.mark.parametrize(
        ("text", "host"),
        [
            (f"{BERG} will visit Peru in May at the invitation of President Elena Rojas.", "Elena Rojas"),
            (
                f"{BERG} was in Peru last week as a guest of the Peruvian Ministry of Defence.",
                "Peruvian Ministry of Defence",
            ),
        ],
    )
    def test_who_invites(self, text: str, host: str) -> None:
        assert hosts(text) == {"PER": [host]}


class TestAtHome:
    """Compatriots see one off; they are no hosts."""

    def test_seen_off_at_home(self) -> None:
        text = f"OSLO, March 11 - {BERG} left for Lima on Monday. He was seen off by Vice President Kari Lund."
        assert hosts(text) == {"PER": []}

    def test_two_presidents_are_not_of_one_state(self) -> None:
        text = (
            "Norwegian President Ola Berg arrived in Chile on Monday after a visit to Peru, where he and President "
            "Elena Rojas opened a road."
        )
        assert hosts(text) == {"CHL": [], "PER": ["Elena Rojas"]}
