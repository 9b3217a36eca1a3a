"""What an office is and which state it serves: one rule, one sentence. All people are made up."""

from __future__ import annotations

import pytest

from tests.test_offline_rules import official, read


class TestRoles:
    """Which office a title names."""

    @pytest.mark.parametrize(
        ("title", "role"),
        [
            ("State Secretary of the Norwegian Foreign Ministry", "deputy_minister"),
            ("U.S. State Secretary", "foreign_minister"),
            ("Egyptian Minister of State for Foreign Affairs", "deputy_minister"),
            ("Bangladeshi State Minister for Foreign Affairs", "deputy_minister"),
            ("Kenyan Minister of Foreign Trade", "minister"),
            ("Australian Minister for Foreign Affairs and Trade", "foreign_minister"),
            ("Danish Deputy Prime Minister", "minister"),
            ("President of the Chilean National Congress", "legislator"),
            ("Chairman of the Belarusian House of Representatives", "legislator"),
            ("Secretary of Iran's Supreme National Security Council", "other"),
            ("President of the UN Security Council", "intl_org"),
            ("Governor-General of Belize", "head_of_state"),
            ("Premier of the Western Province of Fiji", "subnational"),
            ("Director-General of the Nigerian Education Board", "other"),
            ("U.N. High Commissioner for Refugees", "intl_org"),
            ("EU foreign policy chief", "intl_org"),
            ("Iraqi Special Adviser", "other"),
            ("Polish Squadron Leader", "military"),
        ],
    )
    def test_of_a_title(self, title: str, role: str) -> None:
        assert official(f"{title} Ama Lindqvist spoke on Sunday.", "Ama Lindqvist").role == role

    def test_a_prince_who_is_a_minister_is_a_minister(self) -> None:
        text = "Prince Faisal Adel, the Saudi energy minister, spoke on Sunday."
        assert official(text).role == "minister"
        assert official("King Faisal Adel, the Saudi prime minister, spoke on Sunday.").role == "monarch_or_royal"


class TestStatesServed:
    """Whose official someone is of whom no title tells it."""

    def test_at_home_where_the_dateline_is(self) -> None:
        text = "ISLAMABAD, March 11, 2024 (APP): Foreign Minister Asif Niazi spoke by telephone with ministers."
        assert official(text, "Asif Niazi").country == "PAK"

    def test_not_of_the_state_of_another(self) -> None:
        text = (
            "ISLAMABAD, March 11, 2024 (APP): Foreign Minister Asif Niazi spoke by telephone with his Turkish "
            "counterpart Cemal Aydin. The Turkish foreign minister praised Pakistan's efforts."
        )
        assert official(text, "Asif Niazi").country == "PAK"
        assert official(text, "Cemal Aydin").country == "TUR"

    def test_who_is_met_abroad_is_at_home_there(self) -> None:
        text = (
            "ROME, March 11, 2024 (ANSA) - Foreign Minister Carlo Bassi was in Tunis on Monday for talks with "
            "President Habib Mansour. Bassi also met Prime Minister Sami Jaziri. Interior Minister Paola Conti stayed."
        )
        states = {one.name: one.country for one in read(text).officials}
        assert states == {"Carlo Bassi": "ITA", "Habib Mansour": "TUN", "Sami Jaziri": "TUN", "Paola Conti": "ITA"}

    def test_one_office_has_one_holder(self) -> None:
        text = (
            "ACCRA, March 11, 2024 (GNA) - Ghanaian President Kofi Mensah spoke on Monday. President Idris Bello "
            "listened."
        )
        assert official(text, "Idris Bello").country is None

    def test_whoever_speaks_in_a_seat_of_the_world_may_be_of_any_state(self) -> None:
        text = "GENEVA, March 11, 2024 (AP) - Interior Minister Rasa Petrauskas spoke on Monday."
        assert official(text).country is None

    def test_who_serves_no_state_is_of_none(self) -> None:
        text = "ACCRA, March 11, 2024 (GNA) - UN envoy Kofi Mensah spoke on Monday."
        assert official(text).country is None
