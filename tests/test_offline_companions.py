"""Who travels with whom, and for which body: one rule, one sentence. All people are made up."""

from __future__ import annotations

import pytest

from tests.test_offline_rules import BERG, ROJAS, expect, official, read, rows


def visitors(text: str) -> list[str]:
    """Who makes the visits of a text, each joined with +."""
    return [row[0] for row in rows(text)]


class TestCompanions:
    """Who is on a journey that is told of another."""

    @pytest.mark.parametrize(
        "told",
        [
            "He will be accompanied by his wife, Mrs. Anna Berg, Foreign Minister Kari Lund and senior officials.",
            "The prime minister will be accompanied by Foreign Minister Kari Lund, officials and businessmen.",
            "Berg would be accompanied on the trip by Foreign Minister Kari Lund.",
            "Foreign Minister Kari Lund will accompany him.",
            "Accompanying him are Foreign Minister Kari Lund and a group of businessmen.",
            "The prime minister's delegation includes Foreign Minister Kari Lund.",
        ],
    )
    def test_told_in_a_sentence_of_their_own(self, told: str) -> None:
        assert visitors(f"{BERG} will visit Peru on Friday. {told}") == ["Ola Berg+Kari Lund"]

    @pytest.mark.parametrize(
        "told",
        [
            "will make a two-day official visit to Peru from Friday, accompanied by Foreign Minister Kari Lund.",
            "will visit Peru on Friday, accompanied by Foreign Minister Kari Lund.",
            "will visit Peru on Friday accompanied by his wife Anna and Foreign Minister Kari Lund.",
            "will pay a visit to Peru on Friday, leading a delegation that includes Foreign Minister Kari Lund.",
        ],
    )
    def test_told_behind_the_journey(self, told: str) -> None:
        assert visitors(f"{BERG} {told}") == ["Ola Berg+Kari Lund"]

    def test_all_of_a_list_each_with_a_title(self) -> None:
        text = (
            f"{BERG} will visit Peru on Friday. He will be accompanied by the Minister of Foreign Affairs, Mr Ivar "
            "Gran, the Minister of Defence, Maj.-Gen. Musa Lund (rtd), and the National Security Adviser, Mr Ib Dahl."
        )
        assert visitors(text) == ["Ola Berg+Ivar Gran+Musa Lund+Ib Dahl"]
        assert official(text, "Ivar Gran").titles == ["Minister of Foreign Affairs"]
        assert official(text, "Musa Lund").role == "defence_minister"

    def test_are_not_invited_with_him(self) -> None:
        text = (
            f"{BERG} will visit Peru on Friday. He will be accompanied by Foreign Minister Kari Lund. The prime "
            "minister will pay a state visit to Peru at the invitation of President Elena Rojas."
        )
        (found,) = read(text).invitations
        assert [one.name for one in found.invitees] == ["Ola Berg"]

    def test_told_behind_whoever_invites(self) -> None:
        text = (
            f"{BERG} will visit Peru on Friday at the invitation of {ROJAS}, accompanied by Foreign Minister Kari Lund."
        )
        assert visitors(text) == ["Ola Berg+Kari Lund"]

    @pytest.mark.parametrize(
        "told",
        [
            "accompanied by his wife, Foreign Minister Kari Lund said.",
            "accompanied by his wife, to meet Foreign Minister Kari Lund.",
            "accompanied by officials, while Foreign Minister Kari Lund stayed at home.",
        ],
    )
    def test_not_whoever_is_named_behind(self, told: str) -> None:
        assert "Kari Lund" not in visitors(f"{BERG} will visit Peru on Friday, {told}")[0]


class TestBodiesThatSend:
    """Delegations of parties, institutes, societies."""

    @pytest.mark.parametrize(
        ("body", "leader"),
        [
            ("the Chilean Socialist Party", "its general secretary"),
            ("the Cuban Institute of Friendship with the Peoples", "its vice-president"),
            ("the Peruvian Society for Friendship with Foreign Countries", "its president"),
            ("the Chilean Chamber of Commerce", "its chairman"),
        ],
    )
    def test_travel(self, body: str, leader: str) -> None:
        text = f"A delegation of {body} led by {leader} Luis Prado arrived in Oslo on Sunday."
        expect(text, (f"delegation of {body}+Luis Prado", "NOR", "2024-03-10", "there"))
        assert official(text).role in ("party_official", "other")

    def test_who_leaves_here_for_a_visit_goes_once(self) -> None:
        text = (
            "A delegation of the Workers' Party of Korea headed by Ri Chol Gun, department director of the Central "
            "Committee of the Party, left here on Thursday for a visit to Mongolia."
        )
        expect(text, ("delegation of the Workers' Party of Korea+Ri Chol Gun", "MNG", "2024-03-07", "there"))
        assert official(text).role == "party_official"

    @pytest.mark.parametrize("body", ["the Chilean Football Federation", "the Chilean Olympic Committee"])
    def test_no_sportsmen(self, body: str) -> None:
        assert rows(f"A delegation of {body} arrived in Oslo on Sunday.") in (
            [],
            [("delegation", "NOR", "2024-03-10", "ongoing")],
        )


class TestTitlesAndNames:
    """Where a title ends and a name begins."""

    @pytest.mark.parametrize(
        ("subject", "name", "titles"),
        [
            (
                "Deputy Premier and Foreign Minister Dr. Adel Nasser",
                "Adel Nasser",
                ["Deputy Premier", "Foreign Minister"],
            ),
            ("Czech Defence Minister Army General Jan Malik", "Jan Malik", ["Czech Defence Minister", "Army General"]),
            ("The Governor of Basra Province, Prince Omar bin Sultan,", "Omar bin Sultan", None),
            ("Under-Secretary for Political Affairs Kari Lund", "Kari Lund", ["Under-Secretary for Political Affairs"]),
            ("The press secretary of the head of state Irina Petrova", "Irina Petrova", None),
        ],
    )
    def test_of_whoever_speaks(self, subject: str, name: str, titles: list[str] | None) -> None:
        found = official(f"{subject} praised the food on Sunday.")
        assert found.name == name
        assert titles is None or found.titles == titles

    def test_two_beside_each_other_are_two(self) -> None:
        text = (
            "Zambian President Jonas Mulenga spoke on Friday. Mulenga and Foreign Minister Moses Phiri arrived in "
            "Lima on Sunday."
        )
        expect(text, ("Jonas Mulenga+Moses Phiri", "PER", "2024-03-10", "there"))
        assert official(text, "Moses Phiri").titles == ["Foreign Minister"]

    @pytest.mark.parametrize("place", ["King Khalid International Airport", "Prince Omar Airport"])
    def test_an_airport_is_nobody(self, place: str) -> None:
        names = [one.name for one in read(f"He was met at {place} by Interior Minister Ali Saleh.").officials]
        assert names == ["Ali Saleh"]

    @pytest.mark.parametrize(
        "told",
        [
            "President Elena Rojas appointed career diplomat Luis Prado as the Andean country's new foreign minister.",
            "Luis Prado was appointed as the new foreign minister on Sunday.",
            "Luis Prado has been named foreign minister, the president said.",
        ],
    )
    def test_who_is_appointed_holds_the_office(self, told: str) -> None:
        assert official(told, "Luis Prado").role == "foreign_minister"

    def test_no_verb_stands_in_a_title(self) -> None:
        text = "Athens the ambassador of Turkey Selim Arslan left alone."
        assert "Athens" not in " ".join(official(text).titles)
