"""The judge on direction, place and time: who goes to whom, where, and whether the date can be that of the visit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.judge.inviting import Side, may_show_sides, sides
from summarise.judge.support import _SURE_TRAVEL, _TRAVEL
from summarise.judge.timing import contradiction, dates_a_saying
from summarise.judge.verdict import Verdict
from summarise.records import DateSpan, Visit
from tests.test_judge import Case, Record, date, invitation, rules, told, visit

TWO = "Chadian President: Idris Moussa/TCD; Nigerien President: Salou Garba/NER"


def kept(verdict: Verdict) -> list[Visit]:
    assert verdict.summary is not None
    return verdict.summary.visits


# ---------------------------------------------------------------------------------------------------- who goes to whom


@pytest.mark.parametrize(
    "text",
    [
        "Chadian President Idris Moussa visited Niger in May and held talks with Nigerien President Salou Garba.",
        "Chadian President Idris Moussa met Nigerien President Salou Garba at a rare summit in Niamey in May.",
        "In May Chadian President Idris Moussa travelled to Niger for a meeting with Nigerien President Salou Garba.",
        "Chadian President Idris Moussa was received by Nigerien President Salou Garba in Niamey in May.",
        "Nigerien President Salou Garba said in Niamey in May that Chadian President Idris Moussa visited Niger to see "
        "the war memorial there.",
    ],
)
def test_the_visit_the_other_way_round_is_rejected(text: str) -> None:
    case = Case("", text, TWO, [])
    assert rules(told(case, [visit("Moussa", "NER", 1, hosts="Garba")])) == []
    verdict = told(case, [visit("Garba", "TCD", 1, hosts="Moussa")])
    assert (rules(verdict), kept(verdict)) == (["not_a_destination"], [])


@pytest.mark.parametrize(
    "text",
    [
        "Nigerien President Salou Garba invited Chadian President Idris Moussa to Niamey.",
        "Chadian President Idris Moussa was invited to visit Niger by the Nigerien President, Salou Garba.",
        "Chadian President Idris Moussa accepted Salou Garba's invitation to visit Niger, the Nigerien President said.",
        "Chadian President Idris Moussa will go to Niger at the invitation of the Nigerien President, Salou Garba.",
        "At the invitation of Nigerien President Salou Garba, Chadian President Idris Moussa will visit Niger.",
        "Nigerien President Salou Garba withdrew his invitation to Chadian President Idris Moussa to speak in Niger.",
        "Chadian President Idris Moussa thanked Nigerien President Salou Garba for the invitation to Niger.",
        "Nigerien President Salou Garba asked Chadian President Idris Moussa to come to Niger.",
        "Idris Moussa, Chadian President, has an invitation to Niger, Nigerien President Salou Garba noted.",
    ],
)
def test_who_asks_is_not_who_is_asked(text: str) -> None:
    case = Case("", text, TWO, [])
    right = invitation("Garba", "Moussa", "NER", 1, response="unknown")
    assert rules(told(case, [right])) == []
    verdict = told(case, [invitation("Moussa", "Garba", "TCD", 1, response="unknown")])
    assert "inviter_invited" in rules(verdict)
    assert verdict.summary is not None
    assert verdict.summary.invitations == []
    assert "host_travels" in rules(told(case, [visit("Garba", "TCD", 1, status="planned", hosts="Moussa")]))


def test_an_invitation_is_no_visit_that_took_place() -> None:
    text = "Chadian President Idris Moussa invited Nigerien President Salou Garba to N'Djamena on his visit to Niger."
    case = Case("", text, TWO, [])
    assert rules(told(case, [visit("Moussa", "NER", 1)])) == []
    assert rules(told(case, [visit("Garba", "TCD", 1, status="planned")])) == []
    assert rules(told(case, [visit("Garba", "TCD", 1)])) == ["not_a_destination"]


def test_a_host_may_have_invited_his_guest_and_visited_him() -> None:
    text = (
        "Chadian President Idris Moussa, who visited Niger in May, was thanked. Nigerien President Salou Garba "
        "has been invited to Chad by Idris Moussa."
    )
    case = Case("", text, TWO, [])
    assert rules(told(case, [visit("Moussa", "NER", 1, 2, hosts="Garba")])) == []


def test_leaving_home_and_speaking_at_home_are_no_visits_at_home() -> None:
    text = (
        "Chadian President Idris Moussa left N'Djamena for talks with Nigerien President Salou Garba. Moussa told "
        "reporters in N'Djamena that Nigerien President Salou Garba would receive him."
    )
    case = Case("", text, TWO, [])
    assert rules(told(case, [visit("Moussa", "NER", 1, status="ongoing", hosts="Garba")])) == []
    assert rules(told(case, [visit("Moussa", "NER", 2, status="planned", hosts="Garba")])) == []


def test_the_inviter_stands_in_or_next_to_the_cited_sentences() -> None:
    text = (
        "The foreign ministry of Niger invited Chadian President Idris Moussa to Niamey. It rained. It rained on. "
        "Trees fell. Nigerien President Salou Garba, the head of state, opened a school."
    )
    case = Case("", text, TWO, [])
    assert rules(told(case, [invitation("^foreign ministry of Niger/NER", "Moussa", "NER", 1)])) == []
    verdict = told(case, [invitation("Garba", "Moussa", "NER", 1)])
    assert rules(verdict) == ["not_about"]
    assert verdict.summary is not None
    assert verdict.summary.invitations == []


def test_in_another_language_a_country_named_by_an_adjective_is_not_gone_to() -> None:
    text = (
        "Le ministre algérien des Affaires étrangères, Idris Moussa, se rendra mardi à Niamey pour y rencontrer le "
        "président Salou Garba, a annoncé la présidence."
    )
    case = Case("", text, "ministre algérien des Affaires étrangères: Idris Moussa/DZA; président: Salou Garba/NER", [])
    assert rules(told(case, [visit("Moussa", "NER", 1, status="planned", hosts="Garba")])) == []
    assert rules(told(case, [visit("Garba", "DZA", 1, status="planned", hosts="Moussa")])) == ["not_a_destination"]
    assert "not_a_destination" in rules(told(case, [invitation("Moussa", "Garba", "DZA", 1)]))


@given(st.text(alphabet="ab AB,.’' invited byto thanked for", max_size=600))
def test_any_sentence_has_sides(text: str) -> None:
    half = len(text) // 2
    allowed: set[Side] = {"inviter", "invitee"}
    assert sides(text, [(half, half)], [(0, half)]) <= allowed


# ------------------------------------------------------------------------------------------------------------ and where


SIDE_WORDS = st.sampled_from(
    "invited invitation Invites asked by urged pressed begged implored requested entreated summoned bade called on "
    "want wanted offered proposed that suggested would like love to see be pleased glad happy delighted honoured "
    "host guest of guests welcome in at accepted declined request plea appeal thanked for inviting letter from sent "
    "him asking will has the come visit who is was been , ; .".split()
)


@given(st.lists(SIDE_WORDS, max_size=9), st.lists(SIDE_WORDS, max_size=9))
def test_no_sentence_without_a_word_of_asking_shows_sides(before: list[str], after: list[str]) -> None:
    start = len(" ".join([*before, ""]))
    for name in ("Mora", "Mora's"):
        text = " ".join([*before, name, *after])
        assert may_show_sides(text) or not sides(text, [(start, start + 4)], [])


def test_words_that_surely_are_of_travel_are_words_of_travel() -> None:
    assert [word for word in _SURE_TRAVEL if _TRAVEL.search(word) is None] == []


def test_a_shared_name_means_the_country_that_the_article_names_for_certain() -> None:
    text = "Laotian President Khamla Sisouk will start his Korea-Nepal tour in May. He visits North Korea first."
    case = Case("", text, "Laotian President: Khamla Sisouk/LAO", [])
    assert rules(told(case, [visit("Sisouk", "PRK", 1, status="planned")])) == []
    assert rules(told(case, [visit("Sisouk", "KOR", 1, status="planned")])) == ["country_not_named"]


def test_one_is_not_at_a_country() -> None:
    text = "Chad's Idris Moussa signed a pact in Niamey that may embolden him to direct more threats at South Korea."
    case = Case("", text, "Idris Moussa/TCD", [])
    assert rules(told(case, [visit("Moussa", "NER", 1)])) == []
    assert rules(told(case, [visit("Moussa", "KOR", 1)])) == ["not_a_destination"]


def test_a_place_never_visited_and_a_place_elsewhere_are_dropped() -> None:
    text = (
        "Chad's Idris Moussa has visited Niger twice, meeting Salou Garba in Agadez, and has never been to the "
        "capital, Niamey. He was in Cairo too."
    )
    case = Case("", text, "Idris Moussa/TCD; Salou Garba/NER", [])
    verdict = told(case, [visit("Moussa", "NER", 1, places=["Agadez", "Niamey"])])
    assert rules(verdict) == ["never"]
    assert [record.places for record in kept(verdict)] == [["Agadez"]]
    verdict = told(case, [visit("Moussa", "NER", 1, places=["Agadez", "Cairo"])])
    assert rules(verdict) == ["place_elsewhere"]
    assert [record.places for record in kept(verdict)] == [["Agadez"]]


def test_a_headline_names_a_person_by_a_full_title() -> None:
    text = (
        "Niamey to coordinate Chadian leader's visit to Niger\n\nA date has not been set. Chadian leader Idris Moussa "
        "is said to be busy. Chadian leader Salou Garba of the opposition is not."
    )
    case = Case("", text, "Chadian leader: Idris Moussa/TCD; opposition: Salou Garba/TCD", [])
    assert rules(told(case, [visit("Moussa", "NER", 1, status="planned")])) == []
    assert rules(told(case, [visit("Garba", "NER", 1, status="planned")])) == ["not_about"]
    assert rules(told(case, [visit("Moussa", "NER", 4, status="planned")])) != []


# ------------------------------------------------------------------------------------------------------------- and when

OF = "Chadian minister Idris Moussa"


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        (f"{OF} will visit Niger, his office said on Monday.", "on Monday", "2024-03-11"),
        (f"{OF} may visit Niger, they reported on Friday (March 8) citing it.", "on Friday (March 8)", "2024-03-08"),
        (f"The ministry stated Wednesday that {OF} would visit Niger.", "Wednesday", "2024-03-06"),
        (f"On March 2, {OF} said at a press conference that he might visit Niger.", "On March 2", "2024-03-02"),
        (f"On March 2, during a dinner with envoys, {OF} said he may visit Niger.", "On March 2", "2024-03-02"),
    ],
)  # fmt: skip
def test_the_day_of_a_saying_is_not_the_day_of_a_visit(text: str, words: str, day: str) -> None:
    case = Case("", text, "Chadian minister: Idris Moussa/TCD", [])
    verdict = told(case, [visit("Moussa", "NER", 1, status="planned", when=(words, day))])
    assert "date_of_saying" in rules(verdict)
    assert [(each.when.text, each.when.start) for each in kept(verdict)] == [(words, None)]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        (f"{OF} flew to Niger on Friday, his office said on Monday.", "on Friday", "2024-03-08"),
        (f"On Friday {OF} arrived in Niger, the agency reported.", "On Friday", "2024-03-08"),
        (f"“On Friday {OF} paid a visit to Niger,” the ministry said.", "On Friday", "2024-03-08"),
        (f"The office said that {OF} went to Niger on Friday.", "on Friday", "2024-03-08"),
        (f"His aides, who spoke on Friday, told us that {OF} came to Niger on Friday.", "on Friday", "2024-03-08"),
    ],
)
def test_the_day_of_a_visit_passes(text: str, words: str, day: str) -> None:
    case = Case("", text, "Chadian minister: Idris Moussa/TCD", [])
    verdict = told(case, [visit("Moussa", "NER", 1, when=(words, day))])
    assert rules(verdict) == []
    assert [each.when.start for each in kept(verdict)] == [day]


def test_the_date_of_another_visit_loses_its_days() -> None:
    text = f"{OF} visited Niger on March 5 after his trip to Mali."
    verdict = told(
        Case("", text, "Chadian minister: Idris Moussa/TCD", []),
        [visit("Moussa", "MLI", 1, when=("on March 5", "2024-03-05"))],
    )
    assert rules(verdict) == ["date_of_another"]
    assert [(each.when.text, each.when.start) for each in kept(verdict)] == [("on March 5", None)]
    assert verdict.summary is not None
    assert [concern.kind for concern in verdict.summary.concerns] == ["date_of_another"]


@pytest.mark.parametrize(
    ("status", "start", "end", "fits"),
    [
        ("completed", "2024-03-12", None, False),
        ("ongoing", "2024-03-12", "2024-03-14", False),
        ("ongoing", "2024-03-10", "2024-03-14", True),
        ("ongoing", "2024-03-01", "2024-03-04", False),
        ("ongoing", "2024-03-10", None, True),
        ("completed", "2024-03-11", None, True),
        ("completed", "2024-03", None, True),
        ("completed", "2024-04", None, False),
        ("completed", "2025", None, False),
        ("planned", "2024-03-11", None, True),
        ("planned", "2024-03-10", "2024-03-12", True),
        ("planned", "2024-03-08", "2024-03-10", False),
        ("confirmed", "2024-03-10", None, False),
        ("speculated", "2024-02", None, False),
        ("speculated", "2024-03", None, True),
        ("planned", "2024", None, True),
        ("postponed", "2024-03-01", None, True),
        ("cancelled", "2024-04-01", None, True),
        ("denied", "2024-04-01", None, True),
        ("unknown", "2024-03-01", None, True),
    ],
)
def test_a_state_fits_its_date(status: str, start: str, end: str | None, fits: bool) -> None:
    when = DateSpan(text="then", start=start, end=end, precision="day")
    assert (contradiction(status, when, "2024-03-11") is None) is fits
    assert contradiction(status, when, None) is None


def test_a_lower_bound_and_no_date_contradict_nothing() -> None:
    assert (
        contradiction("planned", DateSpan(text="since May", start="2023-05", precision="vague"), "2024-03-11") is None
    )
    assert contradiction("completed", DateSpan(), "2024-03-11") is None


@pytest.mark.parametrize(
    ("text", "people", "record"),
    [
        (
            f"{OF} flew to Niger on March 5.",
            "Chadian minister: Idris Moussa/TCD",
            ("Moussa", "NER", ("on March 5", "2024-03-05")),
        ),
        (
            "Le ministre algérien Karim Belkacem s’est rendu à Madrid le 5 mars 2024, a annoncé son ministère.",
            "ministre algérien: Karim Belkacem/DZA",
            ("Belkacem", "ESP", ("le 5 mars 2024", "2024-03-05")),
        ),
    ],
)  # fmt: skip
def test_what_is_over_is_not_to_come(text: str, people: str, record: tuple[str, str, tuple[str, str]]) -> None:
    who, country, when = record
    case = Case("", text, people, [])
    assert rules(told(case, [visit(who, country, 1, when=when)])) == []
    verdict = told(case, [visit(who, country, 1, status="confirmed", when=when)])
    assert (rules(verdict), kept(verdict)) == (["status_and_date"], [])


@given(st.text(alphabet="ab ,.“ said on Monday visited that he", max_size=300), st.data())
def test_any_text_can_be_asked_whether_it_dates_a_saying(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert dates_a_saying(text, start, end) in (True, False)


# -------------------------------------------------------------------------------------------------- and who says so


def sourced(name: str, **described: str) -> Record:
    source = {"name": name, **described} if described else name
    return visit("Moussa", "NER", 1, sources=[source])


def test_a_source_stands_near_or_speaks() -> None:
    text = (
        "Chadian minister Idris Moussa visited Niger. Ali Kane, the spokesman, was glad. It rained. Trees fell. Roads "
        "were shut. Abdou Toure watched the river. Musa Sow said that Moussa was a fine guest."
    )
    case = Case("", text, "Chadian minister: Idris Moussa/TCD; Ali Kane/NER; Abdou Toure/NER; Musa Sow/NER", [])
    assert rules(told(case, [sourced("Kane")])) == []
    assert rules(told(case, [sourced("Sow")])) == []
    for source in (sourced("Toure"), sourced("Toure", kind="named_official")):
        verdict = told(case, [source])
        assert rules(verdict) == ["source_elsewhere"]
        assert [each.sources[0].name for each in kept(verdict)] == [None]


@pytest.mark.parametrize("name", ["!o/NER", "!delegates/NER", "!Niamey/NER", "!N/NER"])
def test_what_is_no_name_is_no_person(name: str) -> None:
    text = "The delegates of N met in Niamey and flew on to Mali, o wonder."
    assert "no_name" in rules(told(Case("", text, "", []), [visit(name, "MLI", 1)]))


def test_one_visit_told_twice_is_kept_once() -> None:
    case = Case("", f"{OF} flew to Niger on March 5.", "Chadian minister: Idris Moussa/TCD", [])
    first = visit("Moussa", "NER", 1, when=("on March 5", "2024-03-05"))
    verdict = told(case, [first, {**first, "status": "ongoing"}])
    assert rules(verdict) == ["twice"]
    assert [each.status for each in kept(verdict)] == ["completed"]


def test_a_proposed_date_does_not_settle_the_state() -> None:
    case = Case("", "Salou Garba invited Idris Moussa to Niger for March 5.", "Idris Moussa/TCD; Salou Garba/NER", [])
    record = invitation("Garba", "Moussa", "NER", 1, proposed=date(("March 5", "2024-03-05")), response="pending")
    assert "status_and_date" not in rules(told(case, [record]))


def test_a_long_sentence_full_of_names_is_judged_in_time() -> None:
    text = (
        "Chadian President Idris Moussa visited Niger and " + "Idris Moussa invited Salou Garba and " * 9_000 + "slept."
    )
    case = Case("", text, "Chadian President: Idris Moussa/TCD; Salou Garba/NER", [])
    assert rules(told(case, [visit("Moussa", "NER", 1, status="planned", hosts="Garba")])) == ["host_travels"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Norwegian Prime Minister Ola Berg remains popular in Serbia.", "SRB"),
        ("Norwegian Prime Minister Ola Berg reached out by telephone to Japan.", "JPN"),
        ("Norwegian Prime Minister Ola Berg appeared on television in Japan.", "JPN"),
        ("Norwegian Prime Minister Ola Berg laid the blame on rebels in Syria.", "SYR"),
        ("Norwegian Prime Minister Ola Berg watched the vote in Peru closely.", "PER"),
    ],
)
def test_what_is_done_from_afar_is_no_journey(text: str, code: str) -> None:
    case = Case("", text, "Norwegian Prime Minister: Ola Berg/NOR", [])
    assert rules(told(case, [visit("Berg", code, 1, status="completed")])) == ["no_travel"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Norwegian Prime Minister Ola Berg remained in Lima, Peru, until Friday.", "PER"),
        ("Norwegian Prime Minister Ola Berg laid a wreath at the memorial in Lima, Peru.", "PER"),
        ("Norwegian Prime Minister Ola Berg took off for Lima, Peru.", "PER"),
        ("Norwegian Prime Minister Ola Berg will address the parliament in Lima, Peru.", "PER"),
    ],
)
def test_what_is_done_there_is_one(text: str, code: str) -> None:
    case = Case("", text, "Norwegian Prime Minister: Ola Berg/NOR", [])
    assert rules(told(case, [visit("Berg", code, 1, status="completed")])) == []
