"""Who asks whom to come, as news tells it: one rule, one sentence. Published on Monday 11 March 2024."""

from __future__ import annotations

from typing import Final

import pytest

from summarise import summarise_article
from summarise.records import ArticleSummary, Invitation

VIDAR: Final = "Icelandic President Sunna Vidar"
TAPA: Final = "Tongan Prime Minister Sione Tapa"


def read(text: str) -> ArticleSummary:
    return summarise_article(text, model="offline", published="2024-03-11")


def invitation(text: str) -> Invitation:
    """The only invitation of the text."""
    (found,) = read(text).invitations
    return found


def sides(text: str) -> tuple[list[str], list[str], str | None]:
    """Who asks, who is asked, and to which state."""
    found = invitation(text)
    return [one.name for one in found.inviters], [one.name for one in found.invitees], found.country


@pytest.mark.parametrize(
    "text",
    [
        f"{TAPA} accepted an invitation to visit Iceland in June from {VIDAR}.",
        f"{TAPA} has received an invitation to attend a summit in Reykjavik from {VIDAR}.",
        f"{VIDAR} thanked {TAPA} for his support and invited him to visit Reykjavik.",
        f"{VIDAR} told {TAPA} that Iceland was ready and invited him to come to Reykjavik.",
        f"{VIDAR} met {TAPA}, whom she invited to visit Reykjavik in May.",
        f"{VIDAR} also met {TAPA}, who she asked to attend a conference in Reykjavik.",
        f"{VIDAR} sent a telegram to {TAPA}, inviting him to visit Reykjavik in May.",
        f"A letter from {VIDAR} to {TAPA}, inviting him to Reykjavik, was read.",
        f"In a letter to {TAPA}, {VIDAR} asked him to attend the fair in Reykjavik.",
        f"{TAPA}, who was asked by {VIDAR} to attend the summit in Reykjavik, has declined.",
        f"{TAPA} has declined a request from {VIDAR} to attend the summit in Reykjavik.",
        f"{TAPA}, pressed by {VIDAR} to visit Reykjavik in May, said he would come.",
        f"The invitation to the summit in Reykjavik was sent to {TAPA} in February by {VIDAR}.",
        f"On behalf of {VIDAR}, Foreign Minister Jon Arna invited {TAPA} to visit Reykjavik.",
        f"{TAPA} is in Iceland. The visit takes place at the invitation of {VIDAR}.",
        f"At the invitation of {VIDAR}, {TAPA}, accompanied by Minister Mele Fusi, arrived in Reykjavik on Friday.",
        f"In response to an invitation extended by {VIDAR}, {TAPA} arrived in Reykjavik on Sunday.",
        f"{TAPA} arrived in Reykjavik on Sunday on an invitation from {VIDAR}.",
        f"{TAPA} will be in Iceland from April 2 to 4 as the guest of {VIDAR}.",
        f"{TAPA} was in Reykjavik. Foreign Minister Jon Arna conveyed an invitation from {VIDAR} to visit Iceland. "
        "Tapa accepted the invitation.",
    ],
)
def test_who_asks_whom(text: str) -> None:
    assert sides(text) == (["Sunna Vidar"], ["Sione Tapa"], "ISL")


def test_her_is_someone_else_than_the_one_who_asks() -> None:
    assert sides(f"{TAPA} telephoned {VIDAR} and invited her to visit Tonga.") == (
        ["Sione Tapa"],
        ["Sunna Vidar"],
        "TON",
    )


@pytest.mark.parametrize(
    ("text", "inviters"),
    [
        (f"The Swedes invited {VIDAR} to visit Stockholm in May.", ["The Swedes"]),
        (f"The Japanese have asked {VIDAR} to attend a forum at Osaka in May.", ["The Japanese"]),
        (f"{VIDAR} has received an invitation to visit Lima and is studying it.", []),
    ],
)
def test_a_people_asks_and_nobody_is_told(text: str, inviters: list[str]) -> None:
    assert sides(text)[:2] == (inviters, ["Sunna Vidar"])


def test_who_brings_an_invitation_does_not_turn_the_inviter_into_the_invited() -> None:
    text = (
        "Tongan Minister Mele Fusi handed over a letter of invitation from Prime Minister Sione Tapa. "
        "The Prime Minister has accepted the invitation, an aide said."
    )
    assert not read(text).invitations


def test_the_host_who_is_not_named_is_the_one_who_accepts() -> None:
    text = f"{VIDAR} thanked her host for the welcome and invited him to visit Iceland. {TAPA} accepted the invitation."
    assert sides(text) == (["Sunna Vidar"], ["Sione Tapa"], "ISL")
    assert invitation(text).response == "accepted"


def test_a_body_has_guests() -> None:
    text = f"{TAPA} will fly on to Lima on Sunday as a guest of the Peruvian Ministry of Defence."
    assert sides(text) == (["Peruvian Ministry of Defence"], ["Sione Tapa"], "PER")


def test_who_was_to_come_is_asked_no_longer() -> None:
    text = f"{TAPA} will not be going to Lima after all. His office says the Peruvians took back their invitation."
    assert sides(text) == (["the Peruvians"], ["Sione Tapa"], "PER")
    assert invitation(text).status == "withdrawn"


def test_each_state_asks_for_itself() -> None:
    text = f"{TAPA} will visit Iceland and Chile in May at the invitation of {VIDAR} and President Luz Vega of Chile."
    assert [([one.name for one in each.inviters], each.country) for each in read(text).invitations] == [
        (["Sunna Vidar"], "ISL"),
        (["Luz Vega"], "CHL"),
    ]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        (
            f"{TAPA}, who was to have left on Monday for Reykjavik at the invitation of {VIDAR}, has excused himself.",
            "declined",
        ),
        (
            f"{TAPA} was to have flown to Reykjavik at the invitation of {VIDAR}, but Foreign Minister Mele Fusi will "
            "go in his place.",
            "delegated",
        ),
        (f"{VIDAR} invited {TAPA} to Reykjavik. Tapa said he was looking forward to visiting Iceland.", "accepted"),
        (
            f"{VIDAR} said Tapa would be her guest at the fair in Reykjavik. {TAPA} did not have to be asked twice.",
            "accepted",
        ),
        (f"{TAPA} accepted with thanks an invitation by {VIDAR} to visit Iceland.", "accepted"),
        (f"{VIDAR} extended an invitation to {TAPA} to visit Iceland, which he accepted.", "accepted"),
        (f"A note from {VIDAR} proposing that {TAPA} come to Reykjavik was returned with courtesy.", "declined"),
    ],
)
def test_the_answer(text: str, response: str) -> None:
    assert invitation(text).response == response


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        (f"{VIDAR} telephoned {TAPA} and invited him to visit Reykjavik.", "phone"),
        (f"{VIDAR} publicly invited {TAPA} to visit Reykjavik.", "public_statement"),
        (f"{VIDAR} met {TAPA} and invited him to visit Reykjavik.", "in_person"),
        (f"{VIDAR} invited {TAPA} to Reykjavik in a letter delivered on Sunday.", "letter"),
        (f"The ministry said in a statement that {VIDAR} had invited {TAPA} to visit Reykjavik.", "unspecified"),
    ],
)
def test_how_one_is_asked(text: str, channel: str) -> None:
    assert invitation(text).channel == channel


def test_the_day_of_accepting_is_not_that_of_the_journey() -> None:
    (visit,) = read(f"{TAPA} on Monday accepted an invitation to visit Reykjavik from {VIDAR}.").visits
    assert visit.when.start is None


@pytest.mark.parametrize(
    "text",
    [
        f"{VIDAR} has not received an invitation to visit Tonga.",
        f"{TAPA} took a request from {VIDAR} to the bank.",
        f"A request from {VIDAR} for a loan was declined by {TAPA} in Reykjavik.",
        f"{VIDAR} called on {TAPA} to release the prisoners in Nuku'alofa.",
        f"{VIDAR} held talks with {TAPA}, whom she asked to lower tariffs on fish.",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    found = read(text)
    assert not found.invitations
    assert not found.visits


def test_an_invitation_passed_on_is_no_journey() -> None:
    text = (
        f"{TAPA} is in Iceland. The visit takes place at the invitation of {VIDAR}, passed to the Tongan side by Rao."
    )
    assert [visit.country for visit in read(text).visits] == ["ISL"]


def test_what_is_asked_for_does_not_yet_take_place() -> None:
    assert not read(f"{TAPA} has declined a request from {VIDAR} to attend the summit in Reykjavik.").visits
    assert not read(f"{VIDAR} proposed that {TAPA} come to Reykjavik in May.").visits


@pytest.mark.parametrize(
    "text",
    [
        f"{TAPA} urged {VIDAR} to visit the areas hit by the cyclone.",
        f"{TAPA} sent a telegram to {VIDAR} asking her to visit the grave of a friend.",
        "The Blue House wants U.S. troops to stay in Korea, said spokesman Lee Dong-kun.",
        f"{TAPA} declined to say whether he had been invited to Reykjavik by {VIDAR}.",
        "COLOMBO - Chief Justice Shira Bandara was invited by the Speaker, Chamal Raja, to appear at ten.",
    ],
)
def test_nobody_is_asked_to_another_country(text: str) -> None:
    assert read(text).invitations == []


def test_never_issued() -> None:
    text = (
        "JERUSALEM, June 4, 1987 - Foreign Minister Shimon Parnas said an invitation to King Hamid of Jordan had never"
    )
    assert invitation(f"{text} been issued.").status == "denied"
