"""Which people of different articles are one person, and who stays apart."""

from __future__ import annotations

import pytest

from summarise import build_dossier
from tests.dossier_rows import Raw, official, people_of, row


def test_spellings_of_one_name_are_one_person_and_other_given_names_are_not() -> None:
    found = people_of(
        row(
            "a",
            "2024-01-01",
            officials=[official("Sergei Ivanov", country="RUS"), official("Boris Ivanov", country="RUS")],
        ),
        row("b", "2024-02-01", officials=[official("Sergey Ivanov", country="RUS")]),
        row("c", "2024-03-01", officials=[official("S. Ivanov", country="RUS")]),
    )
    assert found == [{"a#o1", "b#o1", "c#o1"}, {"a#o2"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (official("Kim Yong Chol", country="PRK"), official("Kim Yong Chol", country="KOR")),
        (official("Kim Yong Chol"), official("Kim Yong Nam")),
        (official("Wang Wei", "military"), official("Wang Wei", "ambassador", titles=["Ambassador to Chile"])),
        (official("Bush", "head_of_state"), official("George Bush", "head_of_state")),
        (official("Bush", "head_of_state", "USA"), official("Bush", "head_of_state", "USA")),
        (official("Mr. Ito"), official("Mr. Ito")),
    ],
    ids=["country", "given name", "office", "surname alone", "surnames alone", "honorific"],
)
def test_namesakes_stay_apart_and_are_named(one: Raw, other: Raw) -> None:
    if one["role"] == "military":
        one = {**one, "titles": ["General"]}
    rows = [row("a", None, officials=[one]), row("b", None, officials=[other])]
    assert people_of(*rows) == [{"a#o1"}, {"b#o1"}]
    near = [near for near in build_dossier(rows).near_misses if near.kind == "person"]
    assert (one["name"] == "Kim Yong Chol" and other["name"] == "Kim Yong Nam") or len(near) == 1


def test_a_short_form_that_fits_two_people_goes_to_neither() -> None:
    found = people_of(
        row("a", "2004-01-01", officials=[official("George W. Bush", "head_of_state", "USA")]),
        row("b", "2004-01-02", officials=[official("George H. Bush", "head_of_state", "USA")]),
        row("c", "2004-01-03", officials=[official("George Bush", "head_of_state", "USA")]),
    )
    assert sorted(map(sorted, found)) == [["a#o1"], ["b#o1"], ["c#o1"]]


def test_two_of_a_name_in_one_article_are_two_everywhere() -> None:
    twins = [official("Li Wei", "minister", "CHN"), official("Li Wei", country="CHN")]
    found = people_of(row("a", "2024-01-01", officials=twins), row("b", "2024-01-02", officials=[twins[1]]))
    assert found == [{"a#o1"}, {"a#o2", "b#o1"}]


def test_a_statesman_whom_an_article_names_by_surname_is_known_by_office_country_and_year() -> None:
    found = people_of(
        row("a", "2023-05-01", officials=[official("Putin", "head_of_state", "RUS")]),
        row("b", "2023-06-01", officials=[official("Vladimir Putin", "head_of_state", "RUS")]),
    )
    assert found == [{"a#o1", "b#o1"}]


def test_a_name_that_comes_back_after_a_generation_is_another_unless_the_table_knows_it() -> None:
    rows = [
        row(day, day, officials=[official("Ana Reyes"), official("Fidel Castro", "head_of_state", "CUB")])
        for day in ("1962-01-05", "1965-01-05", "1999-01-05")
    ]
    assert people_of(*rows) == [
        {"1962-01-05#o1", "1965-01-05#o1"},
        {"1962-01-05#o2", "1965-01-05#o2", "1999-01-05#o2"},
        {"1999-01-05#o1"},
    ]
    assert [near.rule for near in build_dossier(rows).near_misses] == ["other_time"]


def test_titles_are_told_over_time() -> None:
    dossier = build_dossier(
        [
            row(
                "a", "2022-01-05", officials=[official("Ana Reyes", titles=["Deputy Minister"], role="deputy_minister")]
            ),
            row("b", "2023-01-05", officials=[official("Ana Reyes", titles=["Foreign Minister"])]),
            row("c", "2024-01-05", officials=[official("Ana Reyes", titles=["Foreign Minister"])]),
        ]
    )
    assert [(o.title, o.first, o.last, o.articles) for o in dossier.persons[0].offices] == [
        ("Deputy Minister", "2022-01-05", "2022-01-05", 1),
        ("Foreign Minister", "2023-01-05", "2024-01-05", 2),
    ]
