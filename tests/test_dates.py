"""What date expressions of news English can mean, seen from a reference day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.judge.dates import (
    Anchor,
    Direction,
    Reading,
    agree,
    anchor_in,
    describe,
    find_expressions,
    has_no_day,
    readings,
    well_formed,
)

WEDNESDAY = "2024-06-12"


def seen_from(*days: str) -> Anchor:
    return Anchor(tuple(date.fromisoformat(day) for day in days))


def dates(expression: str, day: str = WEDNESDAY, direction: Direction = "unknown") -> list[str]:
    """Readings as `start`, `start/end` or the bare precision where there is no date."""
    found = readings(expression, seen_from(day), direction=direction)
    return [f"{r.start or r.precision}/{r.end}" if r.end else (r.start or r.precision) for r in found]


@pytest.mark.parametrize(
    ("expression", "day", "direction", "first"),
    [
        ("on Wednesday", "2024-03-11", "future", "2024-03-13"),  # the verb picks the side
        ("on Wednesday", "2024-03-11", "past", "2024-03-06"),
        ("on Monday", "2024-03-11", "past", "2024-03-11"),  # today, named by its weekday
        ("on Monday", "2024-03-11", "unknown", "2024-03-11"),
        ("in September last year", "2024-06-10", "past", "2023-09"),
        ("last year", "2024-06-10", "past", "2023"),
        ("on December 29-31", "2024-01-05", "future", "2024-12-29/2024-12-31"),
        ("on December 29-31", "2024-01-05", "past", "2023-12-29/2023-12-31"),
        ("on January 3", "2023-12-28", "future", "2024-01-03"),  # the year rolls over
        ("from April 30 to May 2", "2024-04-10", "future", "2024-04-30/2024-05-02"),
        ("a three-day visit to Lima starting on Tuesday", "2024-06-12", "future", "2024-06-18/2024-06-20"),
        ("within weeks", "2024-06-12", "future", "vague"),
        ("Since taking office in May", "2024-06-12", "past", "2024-05"),
        ("in spring", "2024-12-12", "future", "season"),
        ("put off to June 9", "2024-05-01", "future", "2024-06-09"),
        ("on March 3, 2020", "2019-01-02", "past", "2020-03-03"),  # a written year wins, even over the tense
        ("on May 3, 2023", "2023-05-04", "past", "2023-05-03"),
        ("May 5", "2024-05-01", "future", "2024-05-05"),
        ("21 May. 2025, 18:12", "2025-05-22", "unknown", "2025-05-21"),
        ("21\u00a0May\u00a02025", "2025-05-22", "unknown", "2025-05-21"),
        ("MOSCOW, October 3. /TASS/", "2023-10-03", "unknown", "2023-10-03"),
        ("date 2025-05-21", "2025-05-22", "unknown", "2025-05-21"),
        # the sample articles
        ("in October", "2023-10-03", "future", "2023-10"),
        ("on September 12-17", "2023-10-03", "past", "2023-09-12/2023-09-17"),
        ("On September 20", "2023-10-03", "past", "2023-09-20"),
        ("on October 18-19", "2023-10-16", "future", "2023-10-18/2023-10-19"),
        ("on Monday", "2023-10-16", "past", "2023-10-16"),
        ("in September", "2023-10-16", "past", "2023-09"),
        ("in a few weeks", "2024-06-10", "future", "vague"),
        ("in 2000", "2024-06-10", "past", "2000"),
        ("since taking office for a fifth term as president in early May", "2024-06-10", "past", "2024-05"),
        ("Since the Court issued his arrest warrant last year", "2024-06-10", "past", "2023"),
        ("this year", "2024-06-10", "past", "2024"),
        ("next month", "2025-05-21", "future", "2025-06"),
        ("this coming September", "2025-05-21", "future", "2025-09"),
        ("during his visit to North Korea in June last year", "2025-05-21", "past", "2024-06"),
        ("on June 19, 2024", "2025-05-21", "past", "2024-06-19"),
    ],
)
def test_the_likeliest_reading(expression: str, day: str, direction: Direction, first: str) -> None:
    assert dates(expression, day, direction)[0] == first


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("in 1999, 2007 and 2015", ["1999", "2007", "2015"]),
        ("in 2019 and 2023", ["2019", "2023"]),
        ("May 4", ["2024-05-04", "2025-05-04"]),
        ("4 May", ["2024-05-04", "2025-05-04"]),
        ("the 4th of May", ["2024-05-04", "2025-05-04"]),
        ("the fourth of May", ["2024-05-04", "2025-05-04"]),
        ("May 4, 2023", ["2023-05-04"]),
        ("4 May 2023", ["2023-05-04"]),
        ("Oct 5th", ["2024-10-05", "2023-10-05"]),
        ("Oct. 5", ["2024-10-05", "2023-10-05"]),
        ("Sept.", ["2024-09", "2023-09"]),
        ("Jan. 5, 2023", ["2023-01-05"]),
        ("4.5.2023", ["2023-05-04", "2023-04-05"]),
        ("04/05/2023", ["2023-05-04", "2023-04-05"]),
        ("05/05/2023", ["2023-05-05"]),
        ("13/05/2023", ["2023-05-13"]),
        ("2023-10-18", ["2023-10-18"]),
        ("2023-10-18/2023-10-19", ["2023-10-18/2023-10-19"]),
        ("2023-10", ["2023-10"]),
        ("2023-24", ["2023/2024"]),
        ("2011-12", ["2011-12", "2011/2012"]),
        ("from 2019 to 2023", ["2019/2023"]),
        ("March of 2019", ["2019-03"]),
        ("May 4-6", ["2024-05-04/2024-05-06", "2025-05-04/2025-05-06"]),
        ("May 4-6, 2023", ["2023-05-04/2023-05-06"]),
        ("May 30-June 2", ["2024-05-30/2024-06-02", "2025-05-30/2025-06-02"]),
        ("between 3 and 5 June", ["2024-06-03/2024-06-05", "2025-06-03/2025-06-05"]),
        ("3 and 5 June 2023", ["2023-06-03", "2023-06-05"]),
        ("December 29 - January 3, 2024", ["2023-12-29/2024-01-03"]),
        ("December 29, 2023 to January 3", ["2023-12-29/2024-01-03"]),
        ("May to July 2023", ["2023-05/2023-07"]),
        ("Monday (June 10)", ["2024-06-10"]),  # the weekday decides the year
        ("on February 29", ["2024-02-29", "2028-02-29"]),
        ("May last year", ["2023-05"]),
        ("last May", ["2024-05", "2023-05"]),
        ("next May", ["2025-05"]),
        ("next September", ["2024-09", "2025-09"]),
        ("this May", ["2024-05"]),
        ("this past May", ["2024-05"]),
        ("mid-October", ["2024-10", "2023-10"]),
        ("late October 2023", ["2023-10"]),
        ("the first half of 2024", ["2024-01/2024-06"]),
        ("the second half of last year", ["2023-07/2023-12"]),
        ("Q3 2024", ["2024-07/2024-09"]),
        ("the last quarter of 2023", ["2023-10/2023-12"]),
        ("Q7 2024", []),
        ("this month", ["2024-06"]),
        ("last month", ["2024-05"]),
        ("late last month", ["2024-05"]),
        ("earlier this year", ["2024"]),
        ("last week", ["2024-06-03/2024-06-09", "2024-06-05/2024-06-11"]),
        ("this week", ["2024-06-10/2024-06-16"]),
        ("next week", ["2024-06-17/2024-06-23", "2024-06-13/2024-06-19"]),
        ("over the weekend", ["2024-06-08/2024-06-09", "2024-06-15/2024-06-16"]),
        ("last weekend", ["2024-06-08/2024-06-09"]),
        ("next weekend", ["2024-06-15/2024-06-16", "2024-06-22/2024-06-23"]),
        ("yesterday", ["2024-06-11"]),
        ("today", ["2024-06-12"]),
        ("tomorrow evening", ["2024-06-13"]),
        ("tonight", ["2024-06-12"]),
        ("this morning", ["2024-06-12"]),
        ("last night", ["2024-06-11"]),
        ("Friday week", ["2024-06-21"]),
        ("the day after tomorrow", ["2024-06-14"]),
        ("the day before yesterday", ["2024-06-10"]),
        ("Monday evening", ["2024-06-10", "2024-06-17"]),
        ("last Monday", ["2024-06-10", "2024-06-03"]),
        ("next Friday", ["2024-06-14", "2024-06-21"]),
        ("this Friday", ["2024-06-14"]),
        ("this coming Tuesday", ["2024-06-18"]),
        ("Friday next week", ["2024-06-21"]),
        ("Friday next month", []),
        ("Monday to Wednesday", ["2024-06-10/2024-06-12", "2024-06-17/2024-06-19"]),
        ("Thursday and Friday", ["2024-06-13", "2024-06-06", "2024-06-14", "2024-06-07"]),
        ("two weeks ago", ["2024-05-27/2024-06-02"]),
        ("three days ago", ["2024-06-09"]),
        ("a year ago", ["2023"]),
        ("in two months", ["2024-08"]),
        ("in 10 days", ["2024-06-22"]),
        ("soon", ["vague"]),
        ("in the coming days", ["vague"]),
        ("a few days ago", ["vague"]),
        ("at a convenient time", ["vague"]),
        ("next summer", ["season"]),
        ("by the end of the year", ["vague"]),
        ("before May 4", ["vague"]),
        ("until Friday", ["vague"]),
        ("the 1990s", ["vague"]),
        ("since May", ["2024-05"]),
    ],
)
def test_all_readings_seen_from_a_wednesday(expression: str, expected: list[str]) -> None:
    assert dates(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "", "on that visit", "the same day", "the next day", "the following month", "a year earlier",
        "on the eve of May 9", "two days before May 4", "a week from Monday", "every Monday", "three-day",
        "February 30, 2023", "the 45th of May", "31.31.2023", "the next morning", "May 4 " * 60,
        "mardi prochain", "le mois prochain", "в сентябре прошлого года", "去年6月", "en mayo pasado", "gelecek Mayıs",
    ],
)  # fmt: skip
def test_what_code_cannot_tell_has_no_readings(expression: str) -> None:
    assert readings(expression, seen_from(WEDNESDAY)) == ()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("le 4 mai 2023", "2023-05-04"),
        ("le 1er août 2023", "2023-08-01"),
        ("del 18 al 19 de octubre de 2023", "2023-10-18/2023-10-19"),
        ("1º de março de 2023", "2023-03-01"),
        ("vom 18. bis 19. Oktober 2023", "2023-10-18/2023-10-19"),
        ("4 maggio 2023", "2023-05-04"),
        ("18 октября 2023 года", "2023-10-18"),
        ("с 18 по 19 мая 2023", "2023-05-18/2023-05-19"),
        ("4 Mayıs 2023", "2023-05-04"),
        ("4 Agustus 2023", "2023-08-04"),
        ("4 maart 2023", "2023-03-04"),
        ("4 października 2023", "2023-10-04"),
        ("4 травня 2023", "2023-05-04"),
        ("4 مايو 2023", "2023-05-04"),
        ("٤ كانون الثاني ٢٠٢٣", "2023-01-04"),
        ("2024年6月10日", "2024-06-10"),
        ("2024年10月18日至19日", "2024-10-18/2024-10-19"),
        ("2024년 6월 10일", "2024-06-10"),
        ("2024年", "2024"),
        ("de\u0301cembre 2023", "2023-12"),  # the accent as a character of its own
        ("18 октября", "2023-10-18"),
        ("6月10日", "2024-06-10"),
        ("mardi", "2024-06-11"),
        ("segunda-feira", "2024-06-10"),
    ],
)
def test_dates_of_other_languages(expression: str, expected: str) -> None:
    assert dates(expression, direction="past") == [expected]


def test_the_verb_decides_between_the_weekdays_on_both_sides() -> None:
    assert dates("Friday", direction="past") == ["2024-06-07"]
    assert dates("Friday", direction="future") == ["2024-06-14"]
    assert dates("Wednesday", direction="future") == ["2024-06-19", "2024-06-12"]
    assert dates("this Monday", direction="past") == ["2024-06-10"]


def test_a_length_in_the_past_is_not_a_time_ahead() -> None:
    assert dates("in three days", direction="past") == []
    assert dates("in three days", direction="future") == ["2024-06-15"]


def test_a_length_told_elsewhere_bounds_a_single_day() -> None:
    found = readings("starting on Tuesday", seen_from(WEDNESDAY), direction="future", span_days=3)
    assert found == (Reading("2024-06-18", "2024-06-20", "day", "relative"),)


def test_several_anchors_give_a_reading_each_and_none_twice() -> None:
    possible = seen_from("2013-06-10", "2019-06-10", "2024-06-10")
    assert [r.start for r in readings("last year", possible)] == ["2012", "2018", "2023"]
    assert [r.start for r in readings("in 2017", possible)] == ["2017"]


def test_without_an_anchor_only_a_written_year_can_be_read() -> None:
    assert [r.start for r in readings("May 4, 2023", Anchor())] == ["2023-05-04"]
    for expression in (
        "May 4",
        "next month",
        "on Monday",
        "today",
        "last September",
        "two weeks ago",
        "June last year",
    ):
        assert readings(expression, Anchor()) == ()
    assert readings("the first half of last year", Anchor()) == ()


def test_precision_and_basis_of_readings() -> None:
    by_expression = {
        "on September 12-17": ("day", "inferred"),
        "September last year": ("month", "relative"),
        "in 2000": ("year", "explicit"),
        "next week": ("week", "relative"),
        "two weeks ago": ("week", "relative"),
        "in a few weeks": ("vague", "relative"),
        "since May": ("vague", "inferred"),
        "at a convenient time": ("vague", "none"),
    }
    for expression, expected in by_expression.items():
        first = readings(expression, seen_from(WEDNESDAY), direction="past")[0]
        assert (first.precision, first.basis) == expected, expression


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_have_no_readings_beyond_them(edge: str) -> None:
    for expression in ("last week", "next week", "last year", "next year", "50 years ago", "yesterday", "tomorrow",
                       "last Monday", "next Monday", "two weeks ago", "in 99 days", "December 31", "January 1",
                       "December 29 - January 3", "February 29", "over the weekend"):  # fmt: skip
        for reading in readings(expression, seen_from(edge), span_days=5):
            assert well_formed(reading.start, reading.end) is None


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_expressions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Okafor goes to Rome on October 18-19.", ["on October 18-19"]),
        ("She was in Lima in September last year; she returns next month.", ["in September last year", "next month"]),
        ("The talks on Monday open a three-day visit.", ["on Monday", "three-day"]),
        ("A forum this coming September may follow that of May 2023.", ["this coming September", "May 2023"]),
        ("She visited Ghana in 1999, 2007 and 2015.", ["in 1999, 2007 and 2015"]),
        ("The trip, set for May 4, was put off to June 9.", ["May 4", "June 9"]),
        ("Some 2,000 peacekeepers and 2019 tourists may march.", []),
        ("Theresa May met April Jones in May.", ["in May"]),
        ("The leader may spring a surprise in the spring.", ["in the spring"]),
        ("King Jan sat with Sun reporters.", []),
        ("He stays three days.", []),
        ("He left in May. Next month he returns.", ["in May", "Next month"]),
    ],
)
def test_expressions_in_running_text(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("expression", "start", "end", "expected"),
    [
        (None, None, None, ("none", "none")),
        (None, "2023-10", None, ("month", "inferred")),
        ("in October", "2023-10", None, ("month", "inferred")),
        ("on September 12-17", "2023-09-12", "2023-09-17", ("day", "inferred")),
        ("on Monday", "2023-10-16", None, ("day", "relative")),
        ("in a few weeks", None, None, ("vague", "relative")),
        ("in September last year", "2023-09", None, ("month", "relative")),
        ("in 2000", "2000", None, ("year", "explicit")),
        ("since taking office for a fifth term as president in early May", "2024-05", None, ("vague", "inferred")),
        ("Since the Court issued his arrest warrant last year", "2023", None, ("vague", "relative")),
        ("on that visit", "2023-09", None, ("month", "inferred")),
        ("on that visit", None, None, ("vague", "none")),
        ("this year", "2024", None, ("year", "relative")),
        ("this coming September", "2025-09", None, ("month", "relative")),
        ("next week", "2024-06-17", "2024-06-23", ("week", "relative")),
        ("in spring", None, None, ("season", "inferred")),
        ("in the spring of 2025", "2025", None, ("season", "explicit")),
        ("October 3 of this year", "2023-10-03", None, ("day", "relative")),
        ("three-day", None, None, ("vague", "none")),
    ],
)
def test_what_a_stored_date_is(
    expression: str | None, start: str | None, end: str | None, expected: tuple[str, str]
) -> None:
    assert describe(expression, start, end) == expected


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        (None, None, None),
        ("2023", None, None),
        ("2023-10-18", "2023-10-19", None),
        ("2023-10-18", "2023-10", None),
        ("2023", "2023-02", None),
        ("2023-02-30", None, "does not exist"),
        ("2023-13", None, "does not exist"),
        ("0000", None, "does not exist"),
        ("October 2023", None, "is not a date"),
        ("2023-10-18", "soon", "is not a date"),
        (None, "2023-10", "without a start"),
        ("2023-10-18", "2023-10-17", "is before"),
        ("2023-10-18", "2023-09", "is before"),
    ],
)
def test_faults_of_stored_dates_are_told_in_words(start: str | None, end: str | None, fault: str | None) -> None:
    told = well_formed(start, end)
    assert told is None if fault is None else told is not None and fault in told


@pytest.mark.parametrize(
    ("expression", "start", "end", "expected"),
    [
        ("October 18-19", "2023-10-18", "2023-10-19", True),
        ("October 18-19", "2023-10", None, True),
        ("October 18-19", "2023-10-18", None, True),
        ("October 18-19", None, None, True),
        ("October 18-19", "2022-10-18", "2022-10-19", False),
        ("October 18-19", "2023-10-19", "2023-10-20", False),
        ("October 18-19", "2023-11", None, False),
        ("October 18-19", "2023-13", None, False),
        ("on that visit", "2001", None, True),
        ("soon", "2023-11", None, True),
        ("since September", "2023-10-10", None, True),
        ("since September", "2023", None, True),
        ("since September", "2023-08-31", None, False),
    ],
)
def test_agreement_with_readings(expression: str, start: str | None, end: str | None, expected: bool) -> None:
    assert agree(start, end, readings(expression, seen_from("2023-10-16"), direction="future")) is expected


def test_a_malformed_reading_agrees_with_nothing() -> None:
    assert not agree("2023", None, [Reading("2023-99", None, "month", "explicit")])


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("On September 23, Lavrov said at a press conference that he might go next month.", "2023-10-03", "2023-09-23"),
        ("On February 27 she said she might go to Quito next month.", "2024-03-11", "2024-02-27"),
        ("She told reporters in Lima on May 23 that she might go next month.", "2024-06-10", "2024-05-23"),
        ("On May 23, 2019, it was announced that he would go next month.", "2024-06-10", "2019-05-23"),
        ("He said he visited Riga on May 12 and would return next month.", "2024-06-10", "2024-06-10"),
        ("On May 12 he visited Riga and said he would return next month.", "2024-06-10", "2024-06-10"),
        ("She said she might go next month.", "2024-06-10", "2024-06-10"),
        ("On Friday she said she might go next month.", "2024-06-10", "2024-06-10"),
        ("On May 1, 2030, she said she might go next month.", "2024-06-10", "2024-06-10"),
        ("On that day she said she might go next month.", "2024-06-10", "2024-06-10"),
        ("On May 12 they met; later aides said he would return next month.", "2024-06-10", "2024-06-10"),
    ],
)
def test_the_day_of_a_saying_is_what_its_words_count_from(sentence: str, published: str, expected: str) -> None:
    assert anchor_in(sentence, sentence.index("next month"), seen_from(published)) == seen_from(expected)


def test_a_saying_dated_to_a_month_leaves_no_day_to_count_from() -> None:
    sentence = "In March she said she might go next month."
    assert anchor_in(sentence, sentence.index("next month"), seen_from("2024-06-10")) == Anchor()


def test_a_saying_without_a_year_needs_a_known_publication() -> None:
    sentence = "On May 12 she said she might go next month."
    assert anchor_in(sentence, sentence.index("next month"), Anchor()) == Anchor()


def test_the_month_after_the_saying_not_after_the_publication() -> None:
    sentence = "On February 27 she said she might go to Quito next month."
    anchor = anchor_in(sentence, sentence.index("next month"), seen_from("2024-03-11"))
    assert [r.start for r in readings("next month", anchor, direction="future")] == ["2024-03"]


WORDS = """
May 4 – - , . ( ) / 2023 2024-06-10 next last this of the year week Monday and to from since in two ago few 31 February
29 0 99 mid early half Q s day before tomorrow weekend night 年 月 日 mai de октября spring
"""
PIECES = st.sampled_from(WORDS.split())


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map(" ".join)), st.dates(), st.integers(0, 99))
def test_no_text_raises_and_what_comes_out_is_in_order(text: str, day: date, length: int) -> None:
    for direction in ("past", "future", "unknown"):
        for reading in readings(text, Anchor((day,)), direction=direction, span_days=length):
            assert well_formed(reading.start, reading.end) is None
            assert agree(reading.start, reading.end, [reading])
    end = 0
    for start, stop in find_expressions(text):
        assert end <= start < stop <= len(text)
        end = stop
    assert describe(text, None, None)[0] in ("season", "vague")
    assert isinstance(anchor_in(text, len(text), Anchor((day,))), Anchor)


# strftime does not pad a year below 1000.
@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%d.%m.%Y", "%Y-%m-%d", "%A, %B %d, %Y"]),
)
def test_a_written_out_day_is_that_day_from_wherever_it_is_seen(day: date, form: str) -> None:
    assert day.isoformat() in [r.start for r in readings(day.strftime(form), Anchor())]


@pytest.mark.parametrize(
    "piece", ["May 4-", "1999, ", "the ", "1-", "a few of ", "Monday, (", "on the ", "said on May 4 "]
)
def test_a_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * 4_000
    assert all(0 <= start < end <= len(text) for start, end in find_expressions(text))
    sentence = text[:2_000]  # no sentence of an article is longer
    assert isinstance(anchor_in(sentence, len(sentence), Anchor()), Anchor)


@pytest.mark.parametrize(
    "expression", ["before Christmas", "by June", "next spring", "à l’automne", "im Herbst", "осенью", "en primavera"]
)
def test_a_bound_or_a_season_has_no_day(expression: str) -> None:
    assert has_no_day(expression)


@pytest.mark.parametrize("expression", ["on Monday", "May 4", "last year", "le 8 juin", "в мае", "the day before"])
def test_other_expressions_may_have_one(expression: str) -> None:
    assert not has_no_day(expression)
