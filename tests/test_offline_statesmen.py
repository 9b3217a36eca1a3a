"""Statesmen whom a paper names without their office, and names that mean something else as well.

Here alone people are real: that is what the table `summarise/data/statesmen.tsv` is for.
"""

from __future__ import annotations

import pytest

from summarise.offline.statesmen import is_statesman, statesman
from tests.test_offline_rules import read


def visitors(text: str, published: str) -> list[tuple[str, str | None]]:
    return [(one.name, visit.country) for visit in read(text, published).visits for one in visit.visitors]


class TestTable:
    """Who bears a name, in the year and among the states of an article."""

    @pytest.mark.parametrize(
        ("name", "heads", "roles", "year", "named", "code"),
        [
            ("Nikita S. Khrushchev", (), (), 1959, (), "SUN"),
            ("Chou En-lai", (), (), 1972, ("CHN",), "CHN"),
            ("Hussein", ("king",), ("monarch_or_royal",), 1985, ("JOR",), "JOR"),
            ("Kissinger", (), (), 1973, ("USA",), "USA"),
            ("Reagan", ("president",), ("head_of_state",), 1985, (), "USA"),
        ],
    )
    def test_who_is_meant(
        self, name: str, heads: tuple[str, ...], roles: tuple[str, ...], year: int, named: tuple[str, ...], code: str
    ) -> None:
        found = statesman(name, heads, roles, year, frozenset(named))  # type: ignore[arg-type]
        assert found is not None
        assert found.code == code

    @pytest.mark.parametrize(
        ("name", "roles", "year", "named"),
        [
            ("Ola Berg", (), 1985, ("NOR",)),  # nobody
            ("George Brown", (), 2024, ("FRA",)),  # whose state the article does not name
            ("Reagan", ("head_of_state",), 2024, ("USA",)),  # long out of office
            ("Reagan", ("defence_minister",), 1985, ("USA",)),  # of another office
            ("Al Busaidi", (), 2024, ("OMN",)),  # any of the family
        ],
    )
    def test_nobody_is_guessed(self, name: str, roles: tuple[str, ...], year: int, named: tuple[str, ...]) -> None:
        assert statesman(name, (), roles, year, frozenset(named)) is None  # type: ignore[arg-type]

    def test_full_names_alone_are_known_by_themselves(self) -> None:
        assert is_statesman("Tony Blair")
        assert not is_statesman("Blair")


class TestArticles:
    """What comes of it."""

    def test_a_name_without_an_office_may_travel(self) -> None:
        text = "LONDON, Feb 6, 2003 - Tony Blair flew to Madrid on Tuesday."
        assert visitors(text, "2003-02-06") == [("Tony Blair", "ESP")]

    def test_an_article_of_someone_at_home_tells_no_visit(self) -> None:
        text = "The United States is calm. President Reagan met Helmut Kohl in Washington on Tuesday."
        assert visitors(text, "1985-02-06") == [("Helmut Kohl", "USA")]

    @pytest.mark.parametrize(
        "name", ["George Bush", "William Hague", "Christian Herter", "Theresa May", "John Major", "David Ben-Gurion"]
    )
    def test_names_that_are_places_or_common_words(self, name: str) -> None:
        year = {"Christian Herter": "1960", "David Ben-Gurion": "1960", "George Bush": "1990", "John Major": "1993"}
        states = "Britain, Israel and the United States were named."
        text = f"{states} There was a meeting with {name} on Monday, an official said."
        assert name in [one.name for one in read(text, f"{year.get(name, '2012')}-03-05").officials]

    def test_husband_and_wife_are_two(self) -> None:
        text = (
            "The United States was named. President Bush will fly to Rome on Friday. "
            "First lady Barbara Bush will go to Dublin on Monday."
        )
        found = visitors(text, "1990-05-03")
        assert found == [("President Bush", "ITA"), ("First lady Barbara Bush", "IRL")]

    def test_a_text_full_of_foreign_names_is_english(self) -> None:
        text = (
            "KUWAIT, Jan. 5, 2008 - Sheikh Sabah al-Ahmad al-Sabah arrived in Muscat on Saturday. "
            "The emir of Kuwait, Sheikh Sabah al-Ahmad al-Sabah, met Sultan Qaboos."
        )
        assert visitors(text, "2008-01-05") == [("Sabah al-Ahmad al-Sabah", "OMN")]

    def test_what_lay_in_a_dead_state(self) -> None:
        text = "PRAGUE, June 3, 1961 - Czechoslovakia was calm. Leonid Brezhnev will visit Bratislava on Monday."
        assert visitors(text, "1961-06-03") == [("Leonid Brezhnev", "CSK")]
