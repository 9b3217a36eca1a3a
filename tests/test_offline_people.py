"""Whom the rules read in plain sentences: titles, honours before and behind a name, offices told once for several.

All people are made up, as in `test_offline_rules`.
"""

from __future__ import annotations

import pytest

from tests.test_offline_rules import BERG, expect, official, read


def names(text: str) -> list[str]:
    """The officials of a text, in its order."""
    return [one.name for one in read(text).officials]


class TestHonours:
    """What stands before and behind a name and is no part of it."""

    @pytest.mark.parametrize(
        ("subject", "name", "title"),
        [
            ("Prime Minister the Right Honourable Delroy Haughton", "Delroy Haughton", "Prime Minister"),
            ("The Minister of Works, the Hon. Basil Fenwick,", "Basil Fenwick", "Minister of Works"),
            ("The Minister of Works, Senator the Hon. Ruth Alleyne,", "Ruth Alleyne", "Minister of Works"),
            ("Foreign Minister Dato’ Seri Osman Tahir", "Osman Tahir", "Foreign Minister"),
            ("Foreign Minister Yang Berhormat Dato Seri Setia Osman Tahir", "Osman Tahir", "Foreign Minister"),
            ("Foreign Minister Yang Jiechun", "Yang Jiechun", "Foreign Minister"),
            ("The Minister of Mines, Alhaji (Dr) Musa Idris, OON,", "Musa Idris", "Minister of Mines"),
            ("Home Affairs minister Hon. Lt-Gen. Paul Okot", "Paul Okot", "Home Affairs minister"),
            ("The envoy, Justice (retd) Imran Malik,", "Imran Malik", "envoy"),
            ("His Excellency the President of Zambia, Mr Joseph Mwila,", "Joseph Mwila", "President of Zambia"),
            ("External Affairs Minister Shri Ravi Malhotra", "Ravi Malhotra", "External Affairs Minister"),
            ("President Ramon “Mon” Reyes", "Ramon “Mon” Reyes", "President"),
            ("President Levi Banda-Phiri", "Levi Banda-Phiri", "President"),
            ("Sen. Jovito dela Torre", "Jovito dela Torre", "Sen."),
            ("The envoy, Finnish diplomat Aino Lehto,", "Aino Lehto", "envoy"),
        ],
    )
    def test_are_no_part_of_the_name(self, subject: str, name: str, title: str) -> None:
        found = official(f"{subject} praised the food on Sunday.")
        assert found.name == name
        assert found.titles[0] == title

    def test_no_comma_of_an_honour_parts_visitor_and_verb(self) -> None:
        expect(
            "Chad's Minister of Mines, Alhaji Musa Idris, OON, arrived in Lima on Sunday.",
            ("Musa Idris", "PER", "2024-03-10", "there"),
        )

    def test_his_excellency_alone_is_nobody(self) -> None:
        assert names("His Excellency's cook, Jean Dupont, praised the food on Sunday.") == []

    def test_family_name_in_front(self) -> None:
        text = "Foreign Minister Lim Teck Wah spoke in Oslo on Sunday.\n\nMinister Lim will visit Lima on Friday."
        assert names(text) == ["Lim Teck Wah"]


class TestBodies:
    """Where the body behind a title ends and the name begins."""

    @pytest.mark.parametrize(
        ("subject", "name", "title"),
        [
            (
                "Minister of Solid Minerals Development Sani Bello",
                "Sani Bello",
                "Minister of Solid Minerals Development",
            ),
            ("The Minister of Primary Industries, Leong Wah,", "Leong Wah", "Minister of Primary Industries"),
            ("The Minister of Land Reclamation, Oraz Annayev,", "Oraz Annayev", "Minister of Land Reclamation"),
            ("Minister of Health Ivan Petrov", "Ivan Petrov", "Minister of Health"),
            (
                "The Speaker of the Malawi National Assembly, Mr Limbani Phiri,",
                "Limbani Phiri",
                "Speaker of the Malawi National Assembly",
            ),
            ("Ambassador of Niger Republic Moussa Garba", "Moussa Garba", "Ambassador of Niger Republic"),
            (
                "The head of the African Union commission, Ould Sidi,",
                "Ould Sidi",
                "head of the African Union commission",
            ),
            ("Member of Parliament for Brant Sukhdev Mann", "Sukhdev Mann", "Member of Parliament for Brant"),
            (
                "Minister Responsible for Foreign Affairs Hilal Saif",
                "Hilal Saif",
                "Minister Responsible for Foreign Affairs",
            ),
            ("The envoy for the region, Qiu Bolin,", "Qiu Bolin", "envoy for the region"),
            ("Hong Kong Chief Executive Anson Leung", "Anson Leung", "Hong Kong Chief Executive"),
        ],
    )
    def test_ends_before_the_name(self, subject: str, name: str, title: str) -> None:
        found = official(f"{subject} praised the food on Sunday.", name)
        assert found.titles[0] == title

    @pytest.mark.parametrize(
        ("text", "name", "role"),
        [
            ("The President of the Council of State and Ministers Raul Diaz spoke.", "Raul Diaz", "head_of_state"),
            ("Deputy Minister of Foreign Affairs Jan Novotny spoke.", "Jan Novotny", "deputy_minister"),
            ("European Union foreign policy chief Ada Holt spoke.", "Ada Holt", "intl_org"),
            ("The Minister for Police and Justice, the Hon. Ezra Tahi, spoke.", "Ezra Tahi", "minister"),
            ("Kim Su-ok, chairman of the DPRK's Supreme People's Assembly, spoke.", "Kim Su-ok", "legislator"),
            ("Foreign Secretary Asif Kabir and a 24-member delegation left.", "Asif Kabir", "foreign_minister"),
            ("The consultations with President Mugerwa’s team will go on.", "Mugerwa", "head_of_state"),
            (
                "Datin Farah Othman, the Deputy Minister of Primary Industries, YB Dr. Leong Wah, and others spoke.",
                "Leong Wah",
                "deputy_minister",
            ),
        ],
    )
    def test_office(self, text: str, name: str, role: str) -> None:
        assert [(one.name, one.role) for one in read(text).officials] == [(name, role)]

    @pytest.mark.parametrize(
        "text",
        [
            "Chamber of Commerce president Bud Ames spoke on Sunday.",
            "The General Confederation of Labour called a strike.",
            "The President of the Youth Trust, Albrecht Lund, spoke on Sunday.",
        ],
    )
    def test_private_bodies_have_no_officials(self, text: str) -> None:
        assert names(text) == []

    def test_the_next_of_a_list_is_not_the_minister(self) -> None:
        assert names("Minister of Health Ivan Petrov, Dr Boris Smirnov and Anna Volkova praised it.") == ["Ivan Petrov"]

    def test_leader_of_a_strike_holds_no_office(self) -> None:
        assert names("The leader of the strike, John Smithers, praised the food on Sunday.") == []

    def test_chairman_of_a_ruling_council(self) -> None:
        text = "The Chairman of the Military Council of Chad, Captain Issa Sow, praised the food."
        assert official(text).role == "head_of_state"


class TestShared:
    """Offices that are told once for several, or by an equal."""

    @pytest.mark.parametrize(
        ("text", "role"),
        [
            ("The foreign ministers, Arne Lund of Norway and Ines Prado of Chile, spoke.", "foreign_minister"),
            ("Sens. Arne Lund of Ohio and Ines Prado of Iowa spoke.", "legislator"),
            ("Finance Ministers Arne Lund and Ines Prado spoke.", "minister"),
            ("Three presidents spoke. Arne Lund of Norway and Ines Prado of Chile were late.", "head_of_state"),
            ("He saw four ambassadors, among them Arne Lund of Norway and Ines Prado of Chile.", "ambassador"),
        ],
    )
    def test_list_of_equals(self, text: str, role: str) -> None:
        found = read(text).officials
        assert [(one.name, one.role) for one in found] == [("Arne Lund", role), ("Ines Prado", role)]

    def test_members_of_a_group_travel(self) -> None:
        expect(
            "The foreign ministers, Arne Lund of Norway and Ines Prado of Chile, arrived in Seoul on Sunday.",
            ("Arne Lund", "KOR", "2024-03-10", "there"),
            ("Ines Prado", "KOR", "2024-03-10", "there"),
        )

    def test_state_alone_beside_an_official(self) -> None:
        expect(
            f"{BERG} and Chile's Ines Prado arrived in Lima on Sunday.",
            ("Ola Berg", "PER", "2024-03-10", "there"),
            ("Ines Prado", "PER", "2024-03-10", "there"),
        )

    @pytest.mark.parametrize(
        "text",
        [
            "Two presidents watched as Kenya's Peter Kiprop won the race in Oslo.",
            "Kenya's Peter Kiprop spoke in Oslo.",
        ],
    )
    def test_state_alone_makes_no_official(self, text: str) -> None:
        assert names(text) == []

    def test_opposite_number(self) -> None:
        text = "Norwegian Foreign Minister Arne Lund met Luis Rojas, his Peruvian opposite number, in Lima."
        assert official(text, "Luis Rojas").role == "foreign_minister"

    def test_predecessor(self) -> None:
        found = official("Foreign Minister Lena Holm, who succeeded Tora Vik in May, spoke.", "Tora Vik")
        assert (found.role, found.tenure) == ("foreign_minister", "former")

    def test_appointed(self) -> None:
        found = official("The ministry named Ines Prado, a career diplomat, as the next ambassador to Peru.")
        assert (found.name, found.role) == ("Ines Prado", "ambassador")

    def test_no_office_by_appointment(self) -> None:
        assert names("The coach named Ines Prado as captain on Sunday.") == []

    def test_duke(self) -> None:
        assert names("The Duke of Rothbury praised the food on Sunday.") == ["Duke of Rothbury"]
        assert names("The Grand Duke of Luxembourg praised the food on Sunday.") == []


class TestNotAbroad:
    """Who is met at home, before a journey or by telephone serves his own state."""

    @pytest.mark.parametrize(
        ("told", "name"),
        [
            ("He spoke by telephone with President Alan Reyes.", "Alan Reyes"),
            ("He met Prime Minister Jorge Castillo before takeoff.", "Jorge Castillo"),
            ("Before his departure he had talks with Defence Minister Ana Rivas.", "Ana Rivas"),
            ("On his return he will be received by President Alan Reyes.", "Alan Reyes"),
            ("At Lima airport he was seen off by Defence Minister Ana Rivas.", "Ana Rivas"),
        ],
    )
    def test_compatriots_are_no_hosts(self, told: str, name: str) -> None:
        text = f"LIMA, June 4, 2008 - Foreign Minister Jose Luna of Peru flew to Quito on Tuesday. {told}"
        summary = read(text)
        assert [host.name for visit in summary.visits for host in visit.hosts] == []
        assert [one.country for one in summary.officials if one.name == name] == ["PER"]

    @pytest.mark.parametrize(
        "text",
        [
            "TUNIS, June 4, 1990 - PLO chairman Omar Sabri met Fatah leader Salim Halabi on Monday.",
            "LONDON, June 4, 2008 - The President of the European Parliament, Hans Puttering, spoke on Monday.",
            "NAPLES, June 4, 2008 - The Ambassador, Ronald Sperl, spoke on Monday.",
        ],
    )
    def test_of_no_state(self, text: str) -> None:
        assert {one.country for one in read(text).officials} == {None}

    def test_envoy_is_not_who_sends_him(self) -> None:
        text = "CAIRO, June 4, 2009 - A special envoy of Sudanese President Omar Bashari arrived in Cairo on Monday."
        summary = read(text)
        assert [who.name for visit in summary.visits for who in visit.visitors] == ["A special envoy"]
        assert [(one.name, one.role) for one in summary.officials] == [("Omar Bashari", "head_of_state")]

    def test_square_bears_the_name_of_a_city(self) -> None:
        text = "TIRANA, June 4, 2007 - Prime Minister Sali Bega of Albania planted a tree in Washington Square."
        assert read(text).visits == []

    @pytest.mark.parametrize(
        "text", ["The day the queen came", "PM Lim came", "Photo: the day Prime Minister Lim came"]
    )
    def test_line_may_end_in_a_verb(self, text: str) -> None:
        assert read(f"{text}\n\nThe sea is blue.").visits == []

    def test_headline_in_capitals_names_nobody(self) -> None:
        assert names("MINISTERS MEET IN ROME\n\nThe talks in Rome were long.") == []

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("U.S. Secretary of State James A. Barker spoke in Oslo.", "James A. Barker"),
            ("British Prime Minister John Major spoke in Oslo.", "John Major"),
            ("Kenyan President Daniel arap Mosi spoke in Oslo.", "Daniel arap Mosi"),
        ],
    )
    def test_whole_name(self, text: str, name: str) -> None:
        assert names(text) == [name]


def test_since_when_the_last_one_came_is_no_date() -> None:
    text = "HANOI, 7 August 1995 - Secretary of State Walter Cole became the first U.S. secretary of state to visit"
    (visit,) = read(f"{text} Vietnam since 1970 when he flew in from Brunei on Saturday.", published=None).visits
    assert visit.when.start == "1995-08-05"
