"""What holds for every text that is read by rules: a sound summary or an error of ours, and the same one every time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from summarise import ArticleSummary, summarise_article
from summarise.errors import ArticleError
from tests.soundness import check_sound

PEOPLE = """
Elena Rojas | Rojas | Kim Jong Un | Kim Jong-un | Jean-Pierre de la Cruz | al-Sisi | Abdel Fattah el-Sisi | O’Neill
Kwame Boateng, Jr. | [Kim] | Ban | Sir Humphrey | Dr. Maja Kovač | Vladimir Putin | Jordan Hale | He | she | they
him | the 54-year-old | both leaders | the two | his wife | their
""".replace("\n", "|")
TITLES = """
President | Prime Minister | the foreign minister | Foreign Minister | his Lao counterpart | King | Pope
the Ambassador | Minister of Mines, Energy and Water | former president | a French minister
the visiting Malian minister | Secretary | General | spokesman | Crown Prince | the guest
ministers of Chile and Peru | a 12-member delegation from Chad | envoys | an IMF mission | leaders of 30 states
Vice President | secretary-general of the United Nations | Gen. | late | deputy
""".replace("\n", "|")
OFFICIALS = """
Peruvian President Elena Rojas | Norwegian Prime Minister Ola Berg | North Korean leader Kim Jong Un | King Magnus
Ghana’s vice president, Kwame Boateng, | Congolese Foreign Minister Paul Mbeki | Rojas | Mr. Berg | Pope Anselm
the Georgian foreign minister, Nino Beridze, | President Rojas and Prime Minister Berg | a 12-member Chinese delegation
""".replace("\n", "|")
PLACES = """
Oslo | Norway | Norwegian | Peru | Lima | Moscow | Soviet Union | Russia’s | Korea | North Korea | [North Korea]
Congo | Kinshasa | Georgia | Atlanta, Georgia | Kosovo | Taiwan | Hong Kong | the United Nations | Brussels
the capital | here | there | this country | Nepal’s | Jordan | Chad, Niger and Mali | MOSCOW | Vatican | Gaza
abroad | home | St. Petersburg
""".replace("\n", "|")
VERBS = """
visited | will visit | to visit | visit | visiting | has never visited | would have visited | flew to | flew from
fly | arrived in | arrived | left for | left | is in | was in | will be in | has been to | is not in | met | met in
received | was received by | hosted | welcomed | invited | was invited to | invited to visit
accepted an invitation to | declined | withdrew its invitation to | thanked | sent | attended the summit in
addressed | paid a three-day visit to | begins a | visit to | trip to | on a state visit to | visit by
on her way to | stopped over in | returned from | back from | said | cancelled his visit to | put off | postponed to
denied | dismissed reports that | may | might | could | will | would | not | never | accompanied by | together with
then | on to | at the invitation of | as the guest of | asked | turned down | in | her place | if | after | before
since | during | ahead of | on the sidelines of | who | which | that | and | or | but | to
""".replace("\n", "|")
DATES = """
on Monday | Wednesday | today | yesterday | tomorrow | last night | on October 18-19 | from April 30 to May 2
May 4 | in September last year | last year | in 1999, 2007 and 2015 | since May | until Friday | next week
in spring | soon | the | 31 February 2023 | 29 February | 2024-03-11 | 00/00/0000 | December 29-31 | early May
3 January 9999 | within weeks | 1 | three days | for two days of talks | at noon | the day after tomorrow
September 12-17 | in the 1980s | in 2024 | 12:30
""".replace("\n", "|")
MARKS = (
    ", | . | ; | : | “ | ” | ' | ’s | ( | ) | [ | ] | - | – | — | ... | ? | ! | \n\n | \n | \t | & | /TASS/. | "
    "OSLO, May 3. | \u00a0"
)


def words_of(*lists: str) -> list[str]:
    return [word.strip(" ") for many in lists for word in many.split("|") if word.strip(" ")]


WORD = st.sampled_from(words_of(PEOPLE, TITLES, PLACES, VERBS, VERBS, DATES, MARKS))
WHO = st.sampled_from(words_of(OFFICIALS)) | st.tuples(
    st.sampled_from(words_of(TITLES)), st.sampled_from(words_of(PEOPLE))
).map(" ".join)
SENTENCE = st.tuples(
    WHO,
    st.sampled_from(words_of(VERBS)),
    st.sampled_from(words_of(PLACES)),
    st.sampled_from(words_of(DATES)),
    st.lists(WORD, max_size=4).map(" ".join),
).map(" ".join)
NEWS = (
    st.lists(WORD, max_size=40).map(" ".join)
    | st.lists(SENTENCE.map(lambda words: words + "."), max_size=6).map(" ".join)
    | st.lists(SENTENCE | WORD | st.text(max_size=8), max_size=8).map("".join)
    | st.lists(SENTENCE, min_size=1, max_size=3).map(lambda many: ". ".join(many).upper())
    | st.lists(SENTENCE, min_size=1, max_size=3).map(lambda many: ".\n\n".join(many).title())
)
"""Alone, such words are often in no language that is known; behind a plain English sentence they are read."""
PLAIN = st.sampled_from(["", "The two governments said on Monday that their talks about trade had gone well.\n\n"])
ANY_TEXT = st.text(st.characters(), max_size=300)
PUBLISHED = st.none() | st.dates().map(lambda day: day.isoformat())
THOROUGH = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _read(text: str, published: str | None = None) -> ArticleSummary | None:
    """The summary; None if the text is no article."""
    try:
        return summarise_article(text, model="offline", published=published)
    except ArticleError:
        return None


def _holds(text: str, published: str | None = None) -> ArticleSummary | None:
    summary = _read(text, published)
    if summary is not None:
        check_sound(summary, text)
        assert _read(text, published) == summary
    return summary


@THOROUGH
@given(PLAIN, NEWS, PUBLISHED)
@example("", "", None)
@example("", "Wong in Delhi for talks", "2024-03-11")
@example("", "Norwegian Prime Minister Ola Berg visited Norway.", None)
@example("", "Peruvian Minister Ana Reyes has been t", None)
@example(
    "",
    "President V P North Korea' leader Kim \nKim d Russia Deputy F he met P in Russia the two could met in Russia",
    None,
)
@example(
    "", "Egyptian President Samir Fahmy will visit Kosovo in 2031 and 2033. He will visit Kosovo in 2031.", "2030-01-01"
)
def test_words_of_the_news_in_any_order_give_a_sound_summary(plain: str, text: str, published: str | None) -> None:
    summary = _holds(plain + text, published)
    if summary is not None:
        event(f"visits: {min(len(summary.visits), 3)}")
        event(f"invitations: {min(len(summary.invitations), 2)}")


@THOROUGH
@given(PLAIN, ANY_TEXT)
def test_any_text_gives_a_sound_summary(plain: str, text: str) -> None:
    _holds(plain + text)


@THOROUGH
@given(PLAIN, st.lists(SENTENCE, min_size=1, max_size=3), st.text(min_size=1, max_size=3), st.integers(0, 400))
def test_a_slip_of_the_pen_does_no_harm(plain: str, sentences: list[str], slip: str, place: int) -> None:
    text = plain + ". ".join(sentences)
    _holds(text[:place] + slip + text[place:])


@pytest.mark.parametrize(
    "text",
    [
        "visit " * 500,
        "Mr. " * 500,
        "President " * 500,
        "the " * 500,
        "Norway, " * 500,
        "Ann Berg and " * 300,
        "invited " * 500,
        "his " * 500,
        "“" * 500,
        "[" * 500,
        "1 " * 500,
        "Kim Jong " * 300,
        "who " * 500,
        "to " * 500,
        "May " * 500,
    ],
)
def test_one_word_again_and_again_does_no_harm(text: str) -> None:
    _holds(text)
