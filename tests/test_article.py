"""What can be read off an article without a model: text, sentences, boilerplate, header and dates."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.article import Article, read_article
from summarise.article.calendar_words import DATE, MONTHS, WEEKDAYS, date_at, dates_in
from summarise.errors import (
    ArticleError,
    ArticleTooLong,
    BinaryArticle,
    ConfigurationError,
    EmptyArticle,
    UnreadableArticle,
)

SEEDS = sorted((Path(__file__).parent.parent / "examples" / "articles").glob("*.txt"))
BODY = "The minister of Chile will visit Oslo next week. Talks with her host are to follow on trade and fishing.\n"


def texts(article: Article) -> list[str]:
    return [article.sentence_text(sentence.number) for sentence in article.sentences]


def kept(article: Article) -> list[str]:
    return [article.sentence_text(s.number) for s in article.sentences if not s.boilerplate]


def is_partition(article: Article) -> bool:
    numbers = [sentence.number for sentence in article.sentences]
    return (
        "".join(article.text[s.start : s.end] for s in article.sentences) == article.text
        and numbers == list(range(1, len(numbers) + 1))
        and all(s.start < s.end for s in article.sentences)
    )


# --- the examples ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "headline", "dateline", "outlet", "published", "published_text"),
    [
        (0, None, "MOSCOW", "TASS", "2023-10-03", "2023-10-03"),
        (1, None, None, None, "2023-10-16", "2023-10-16"),
        (2, "Within a few weeks. Putin will visit Korea-Vietnam", None, None, None, None),
        (
            3,
            "Kremlin to coordinate North Korean leader's visit to Russia, but no date released",
            None,
            None,
            "2025-05-21",
            "2025-05-21",
        ),
    ],
)
def test_header_of_the_examples(
    number: int,
    headline: str | None,
    dateline: str | None,
    outlet: str | None,
    published: str | None,
    published_text: str | None,
) -> None:
    article = read_article(SEEDS[number])
    assert article.headline == headline
    assert (article.dateline, article.outlet_hint) == (dateline, outlet)
    assert (article.published, article.published_text) == (published, published_text)
    assert (article.language, article.encoding, article.warnings) == ("en", "utf-8", ())
    assert article.text.encode() == SEEDS[number].read_bytes()
    assert is_partition(article)


def test_boilerplate_of_the_examples() -> None:
    marked = [[a.sentence_text(s.number)[:20] for s in a.sentences if s.boilerplate] for a in map(read_article, SEEDS)]
    assert marked == [
        [],
        [
            "Advertisement",
            "For all the latest h",
            "Read more:",
            "Russia’s Lavrov, Chi",
            "North Korea denies i",
            "Ukraine destroys two",
        ],
        ["Source: The Moscow T"],
        ["Published: 21 May. 2", "[AP/YONHAP]", "Translated from the ", "BY JEONG JAE-HONG [["],
    ]


def test_a_header_stays_in_one_piece() -> None:
    assert texts(read_article(SEEDS[0]))[0] == "date 2023-10-03 MOSCOW, October 3. /TASS/."
    assert texts(read_article(SEEDS[2]))[0] == "Within a few weeks. Putin will visit Korea-Vietnam"


def test_weekdays_leave_a_few_days() -> None:
    article = read_article(SEEDS[2])
    assert article.published_basis == "inferred"
    assert article.possible_published == ("2019-06-10", "2024-06-10", "2030-06-10", "2041-06-10", "2047-06-10")


# --- sources, encodings, errors -------------------------------------------------------------------------------------


def test_a_string_is_the_text_itself() -> None:
    text = "The minister keeps it in /etc/visits.txt"
    article = read_article(text)
    assert article.text == text
    assert (article.source, article.encoding) == ("<text>", None)


def test_text_is_left_as_it_came() -> None:
    text = "\u201cWe\u00a0came,\u201d she said.\r\n\r\nThey\u2019ll go home.\r\n"
    article = read_article(text)
    assert article.text == text
    assert texts(article) == ["\u201cWe\u00a0came,\u201d she said.", "They\u2019ll go home."]
    assert article.id == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(BODY.encode(encoding))
    article = read_article(path)
    assert article.text == BODY
    assert article.source == str(path)
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Министр иностранных дел посетит Осло во вторник. Визит состоится по приглашению короля."),
        ("cp1252", "Le ministre se rendra à Alger mardi, a déclaré l’Élysée. La visite a été reportée à février."),
        ("cp1253", "Ο υπουργός θα επισκεφθεί τη Μόσχα την Τρίτη, δήλωσε ο εκπρόσωπος της κυβέρνησης."),
        ("shift_jis", "外務大臣は来週モスクワを訪問する予定だと発表した。"),
    ],
)
def test_other_encodings_are_detected_with_a_warning(encoding: str, text: str) -> None:
    article = read_article(text.encode(encoding))
    assert article.text == text
    assert article.encoding is not None
    assert article.warnings[0].startswith(f"decoded as {article.encoding} (detected): not UTF-8")


def test_a_few_accents_in_english_are_not_taken_for_a_dos_page() -> None:
    text = "Péter Szijjártó, the Hungarian minister, flew to Minsk – his first trip “in years”."
    article = read_article(text.encode("cp1252", "replace"))
    assert article.text == text.replace("ő", "?")


def test_a_long_text_in_another_encoding() -> None:
    text = "Министр иностранных дел посетит Осло во вторник. Визит состоится по приглашению короля. " * 200
    assert read_article(text.encode("cp1251")).text == text


def test_utf_8_cut_off_inside_a_character() -> None:
    data = ("Министр посетит Осло во вторник. " * 3).encode()[:-3]
    article = read_article(data)
    assert article.encoding == "utf-8"
    assert article.text.endswith("\ufffd")
    assert "not UTF-8" in article.warnings[0]


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\ufeff\u200e", b"", b"\xef\xbb\xbf \r\n"])
def test_nothing_but_white_space(text: str | bytes) -> None:
    with pytest.raises(EmptyArticle, match=r"^row 7: "):
        read_article(text, name="row 7")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"PK\x03\x04....word/document.xml", "docx"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\n<!DOCTYPE html><p>Hello", "HTML"),
        ("<html><body>Hello</body></html>", "HTML"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"Hello\0world", "NUL"),
        ("Hello\0world", "NUL"),
        (b"\x01\x02\x03\x04\x05\x06 abc", "control characters"),
    ],
)
def test_binary_input_is_named_for_what_it_looks_like(data: bytes | str, what: str) -> None:
    with pytest.raises(BinaryArticle, match=what):
        read_article(data)


def test_too_long(tmp_path: Path) -> None:
    with pytest.raises(ArticleTooLong, match="1,001 characters; the limit is 1,000"):
        read_article("x" * 1001, max_characters=1000)
    with pytest.raises(ArticleTooLong, match="5,000 bytes"):
        read_article(b"x" * 5000, max_characters=1000)
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * 5000)
    with pytest.raises(ArticleTooLong, match=r"long\.txt: 5,000 bytes are too many: at most 1,000 characters are read"):
        read_article(path, max_characters=1000)
    assert len(read_article("x" * 1000, max_characters=1000).text) == 1000


def test_a_device_without_end_is_too_long() -> None:
    with pytest.raises(ArticleTooLong, match="/dev/zero"):
        read_article(Path("/dev/zero"), max_characters=1000)


def test_unreadable_input(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticle, match=r"nowhere\.txt: cannot be read: No such file"):
        read_article(tmp_path / "nowhere.txt")
    with pytest.raises(UnreadableArticle, match="directory"):
        read_article(tmp_path)
    with pytest.raises(UnreadableArticle, match="cannot be read"):
        read_article(Path("a\0b"))
    with pytest.raises(UnreadableArticle, match="offset 5"):
        read_article("Hello\ud83d there")
    with pytest.raises(UnreadableArticle, match="utf-16-le"):
        read_article(b"\xff\xfeabc")
    with pytest.raises(UnreadableArticle, match="cannot be told"):
        read_article(bytes(range(129, 256)) * 3)


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Published: 21 May. 2025, 18:12",
        "Published: May 21, 2025",
        "Published on May 21st, 2025",
        "published 2025-05-21",
        "Published: 2025-05-21T18:12:00",
        "Published: Wednesday, May 21, 2025",
        "Published: 21 May 2025 (Wednesday)",
        "Published: 18:12 GMT, 21 May 2025",
        "Published: 21.05.2025",
        "Published: 05/21/2025",
        "Posted on 21st of May 2025",
        "Updated: 21 May 2025",
        "Опубликовано: 21 мая 2025",
        "Publié le 21 mai 2025 à 18h12",
        "Publié le mercredi 21 mai 2025 à 18 h 12",
        "Published 21 May 2025, by Jane Doe",
        "Veröffentlicht am 21. Mai 2025",
        "Publicado el 21 de mayo de 2025",
        "入力 2025年5月21日",
        "Published:\u00a021\u00a0May\u00a02025",
    ],
)
def test_published_lines(line: str) -> None:
    article = read_article(f"Chile looks north\n{line}\n\n{BODY}")
    assert (article.published, article.published_basis) == ("2025-05-21", "stated")
    assert article.published_text is not None
    assert article.published_text in line
    assert article.warnings == ()
    assert [article.sentence_text(s.number) for s in article.sentences if s.boilerplate] == [line]


def test_updated_counts_only_without_published() -> None:
    article = read_article(f"Updated: 23 May 2025\nPublished: 21 May 2025\n{BODY}")
    assert article.published == "2025-05-21"
    assert read_article(f"Updated: soon\nUpdated: 23 May 2025\n{BODY}").published == "2025-05-23"


def test_the_argument_wins_and_the_contradiction_is_told() -> None:
    text = f" date 2024-01-02 Chile looks north\nPublished: 3 January 2024\n\nOSLO, January 4 (AP) - {BODY}"
    article = read_article(text, published="2024-01-05")
    assert (article.published, article.published_text, article.published_basis) == ("2024-01-05", None, "given")
    assert len(article.warnings) == 3
    stated = read_article(text)
    assert (stated.published, stated.published_text) == ("2024-01-02", "2024-01-02")
    assert stated.warnings == (
        "the published line says 2024-01-03, the leading date 2024-01-02: the latter is used",
        "the dateline says 2024-01-04, the leading date 2024-01-02: the latter is used",
    )


@pytest.mark.parametrize("value", [date(2024, 1, 5), datetime(2024, 1, 5, 12), "2024-01-05"])
def test_published_as_argument(value: str | date) -> None:
    assert read_article(BODY, published=value).published == "2024-01-05"


@pytest.mark.parametrize("value", ["5 January 2024", "20240105", "2024-02-30", "", 20240105])
def test_a_published_argument_that_is_no_date(value: object) -> None:
    with pytest.raises(ConfigurationError, match="is no date"):
        read_article(BODY, published=value)  # type: ignore[arg-type]


def test_an_explicit_year_is_never_shifted() -> None:
    article = read_article("Published 2 January 2019\n\nOn March 3, 2020 he flew to Rome.")
    assert article.published == "2019-01-02"


def test_a_wrong_weekday_is_told() -> None:
    article = read_article(f"Published: Monday, May 21, 2025\n{BODY}")
    assert article.published == "2025-05-21"
    assert article.warnings == ("the published line says Monday, but 2025-05-21 is a Wednesday",)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"Published: February 30, 2024\n{BODY}", "does not exist"),
        (f" date 2024-02-30 {BODY}", "does not exist"),
        (f"OSLO, February 30 (AP) - {BODY}", "does not exist"),
        (f"Published: 03/04/2024\n{BODY}", "two ways"),
    ],
)
def test_days_that_are_none(text: str, part: str) -> None:
    article = read_article(text)
    assert article.published is None
    assert len(article.warnings) == 1
    assert part in article.warnings[0]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Compiled from dispatches | Thursday, 24 January 2019", "2019-01-24"),
        ("March 6, 2013 - 6:40PM", "2013-03-06"),
        ("20 July 2006 | 2143 GMT", "2006-07-20"),
        ("THE CONTINENTAL REVIEW, issue dated June 17, 1991", "1991-06-17"),
        ("Dhaka, 09 September 2003", "2003-09-09"),
        ("GEORGE TOWN, Monday 28 April 2014", "2014-04-28"),
        ("Date: 20 April 1994", "1994-04-20"),
        ("Datum: 5. Oktober 1988", "1988-10-05"),
        ("Publication date: 3 June 2019", "2019-06-03"),
        ("First published on Thu 24 Jan 2019 12.10 GMT", "2019-01-24"),
        ("Baghdad (GulfWire) -- Thursday, 27 December 2018", "2018-12-27"),
        ("ASHARQ DAILY NEWS (AGENCY) - Published: Tue, 5 Sept. 2023", "2023-09-05"),
        ("(WORLD DESK) — date 2020-05-12", "2020-05-12"),
        ("By Jane Doe | Updated 10:14 a.m. ET Nov. 3, 2017", "2017-11-03"),
        ("By Jane Doe | Updated 10:14 am MAY 3, 2017", "2017-05-03"),
        ("By Jane Doe, Diplomatic Correspondent, 3 June 2019", "2019-06-03"),
        ("By JANE DOE in Moscow 3 June 2019", "2019-06-03"),
        ("From Our Special Correspondent, 4 May 1987", "1987-05-04"),
        ("Posted By: Admin | on May 4, 2019", "2019-05-04"),
        ("Nov 3, 2017 10:14 am", "2017-11-03"),
        ("Nov. 3, 2017 Updated 10:14 a.m. ET", "2017-11-03"),
        ("Nov 3, 2017 / 10:14 AM EDT / CBS News", "2017-11-03"),
        ("Nov 03, 2017, 10:14 IST | Updated: Nov 04, 2017, 11:00 IST", "2017-11-03"),
        ("By Jane Doe | Updated: Nov 04, 2017, 11:00 IST | Published: Nov 03, 2017", "2017-11-03"),
        ("12:01 AM, Thursday, January 24, 2019", "2019-01-24"),
        ("Source: Xinhua | 2019-04-05 21:12:43 | Editor: xx", "2019-04-05"),
        ("Source: Xinhua| 2019-04-05 21:12:43|Editor: xx", "2019-04-05"),
        ("来源：新华社 2019-04-05 21:12", "2019-04-05"),
        ("2019-04-05T21:12:43Z", "2019-04-05"),
        ("For immediate release: 4 March 2011", "2011-03-04"),
        ("FOR IMMEDIATE RELEASE - March 4, 2011", "2011-03-04"),
        ("Press release No. 12/2011, 4 March 2011", "2011-03-04"),
        ("4th March, 1999", "1999-03-04"),
        ("Tuesday October 14 1986", "1986-10-14"),
        ("Wednesday, the 5th of October, 1988", "1988-10-05"),
        ("04-Mar-2011", "2011-03-04"),
        ("(Yonhap, Oct 3, 2019)", "2019-10-03"),
        ("[3 June 2019]", "2019-06-03"),
        ("The Daily Star, 3 June 2019", "2019-06-03"),
        ("Vol. 3, No. 5, June 17, 1991", "1991-06-17"),
        ("3 June 2019, Moscow", "2019-06-03"),
        ("Thursday, 07/03/2024 | 10:15", "2024-03-07"),
        ("13/03/2024", "2024-03-13"),
        ("09.06.2022. 15:20", "2022-06-09"),
    ],
)
def test_lines_of_the_header_with_the_date(line: str, published: str) -> None:
    for text in (f"Chile looks north\n{line}\n\n{BODY}", f"{line}\nChile looks north\n\n{BODY}"):
        article = read_article(text)
        assert (article.published, article.published_basis) == (published, "stated")
        assert article.published_text is not None
        assert article.published_text in line
        assert article.headline == "Chile looks north"
        assert article.warnings == ()
        assert line in texts(article)


@pytest.mark.parametrize(
    "line",
    [
        "Mora to visit China on May 4, 2024",
        "Mora to visit China - May 4, 2024",
        "Mora To Visit China, May 4, 2024",
        "MORA VISITS CHINA, MAY 4, 2024",
        "Mora in Beijing, 4 May 2024",
        "President's visit set for 3 June 2019",
        "President's visit set for\n3 June 2019",
        "Minister comes for talks | next round on 3 June 2019",
        "Sources say Mora flies, 4 May 2024",
        "Geneva Summit, 3 June 2019",
        "Deadline: 3 June 2019",
        "When: 3 June 2019",
        "Media advisory\nDate: 3 June 2019\nVenue: Oslo",
        "By 3 June 2019",
        "By train to Oslo, 3 June 2019",
        "Photo: Mora in Ghent, 3 June 2019",
        "On This Day – 4 May 1979",
        "4 May 2024: Mora arrives in Beijing",
        "4 May 2024 - Mora arrives in Beijing",
        "June 17, 1991 was the day",
        "June 3-5, 2019",
        "3 June 2019 - 5 June 2019",
        "3 June 2019 to 5 June 2019",
        "• 4 May 2024",
        "The talks were held in Oslo, 3 June 2019.",
        "Published March 3, 2019, the study says that trade grew.",
        "Released March 3, 2019, the study says that trade grew.",
        "Moscow, 3 June",
    ],
)
def test_a_date_of_something_else_is_not_that_of_publication(line: str) -> None:
    for before in ("", "Chile looks north\n"):
        article = read_article(f"{before}{line}\n\n{BODY}")
        assert (article.published, article.dateline) == (None, None)


@pytest.mark.parametrize("line", ["Xi Returns, May 4, 2024", "XI RETURNS, MAY 4, 2024", "Mora Kim Story - May 4, 2024"])
def test_names_at_the_top_may_be_a_headline(line: str) -> None:
    article = read_article(f"{line}\n\n{BODY}")
    assert (article.published, article.dateline, article.headline) == (None, None, line)


def test_a_date_in_the_story_is_not_that_of_publication() -> None:
    assert read_article("Chile looks north\n\n" + BODY * 20 + "\nIn Oslo, 3 June 2019 was dry\n").published is None


def test_a_date_in_two_ways_is_told_and_not_used() -> None:
    article = read_article(f"07/03/2024\nChile looks north\n\n{BODY}")
    assert article.published is None
    assert "can be read in two ways" in article.warnings[0]
    assert read_article(f"07/03/2024\nChile looks north\n8 March 2024\n\n{BODY}").published == "2024-03-08"


def test_the_day_of_publication_wins_over_an_update() -> None:
    assert read_article(f"Updated: 5 June 2019\n3 June 2019\n\n{BODY}").published == "2019-06-03"
    assert read_article(f"By Jane Doe | Updated 5 June 2019\n\nPublished 3 June 2019\n{BODY}").published == "2019-06-03"


def test_a_weekday_of_the_header_is_checked() -> None:
    article = read_article(f"Chile looks north\nMonday, 5 May 1987\n\n{BODY}")
    assert article.published == "1987-05-05"
    assert article.warnings == ("the line of its own says Monday, but 1987-05-05 is a Tuesday",)


@pytest.mark.parametrize("letter", ["ı", "İ"])
def test_the_turkish_i_is_read_in_a_month(letter: str) -> None:
    assert read_article(f"Published: 3 Apr{letter}l 2024\n{BODY}").published == "2024-04-03"


@pytest.mark.parametrize(
    ("header", "published"),
    [
        ("© 2019 Reuters", "2019-05-03"),
        ("Reuters | May 2019", "2019-05-03"),
        ("The Journal, Vol. 3, No. 12 (2019)", "2019-05-03"),
        ("Reuters | June 2019", None),
        ("Reuters | 2018", None),
        ("© 2018 Reuters\n© 2019 Mora Daily", None),
        ("Road to Tokyo 2020", None),
        ("There is no deal for 2019", None),
    ],
)
def test_the_year_of_a_dateline_may_stand_above_it(header: str, published: str | None) -> None:
    article = read_article(f"{header}\nChile looks north\n\nLONDON, Friday, 3 May (Reuters) - {BODY}")
    assert (article.published, article.dateline) == (published, "LONDON")
    assert article.published_text == ("Friday, 3 May" if published else None)


def test_a_dateline_without_a_year_needs_another_date() -> None:
    assert read_article(f"OSLO, March 3 (AP) - {BODY}").published is None
    alone = read_article(f"OSLO, March 3, 2024 (AP) - {BODY}")
    assert (alone.published, alone.published_text) == ("2024-03-03", "March 3, 2024")
    for year, published in (("79", "1979-02-20"), ("'79", "1979-02-20"), ("04", "2004-02-20")):
        short = read_article(f"Cairo, 20 Feb {year} -- {BODY}")
        assert (short.published, short.published_text, short.dateline) == (published, f"20 Feb {year}", "Cairo")
    turn = read_article(f" date 2024-01-01 OSLO, December 31 (AP) - {BODY}")
    assert "the dateline says 2023-12-31" in turn.warnings[0]


@pytest.mark.parametrize(
    "expression",
    [
        "Monday (June 10)",
        "Monday, June 10",
        "on Monday June 10",
        "Mon., 10 June",
        "June 10 (Monday)",
        "monday 10th June",
    ],
)
def test_weekday_expressions(expression: str) -> None:
    article = read_article(f"She spoke {expression} in Riga. She had been there in 2021.")
    assert article.published_basis == "inferred"
    assert article.possible_published == ("2024-06-10", "2030-06-10", "2041-06-10", "2047-06-10")


def test_several_weekdays_narrow_the_years() -> None:
    # February 26 and March 4 are both Tuesdays only in common years.
    article = read_article("He left on Tuesday, March 4. He had come on Monday, February 24, they said.")
    assert all(date.fromisoformat(day).year % 4 for day in article.possible_published)
    assert "2025-03-04" in article.possible_published
    clash = read_article("He left on Tuesday, March 4. He came on Tuesday, March 5.")
    assert "no year fits both" in clash.warnings[0]
    assert "2025-03-04" in clash.possible_published


def test_a_dateline_gives_the_day_and_weekdays_the_years() -> None:
    article = read_article("PARIS, June 12 (Reuters) - He said on Monday, June 10, that he would go. He went in 2022.")
    assert article.possible_published[0] == "2024-06-12"


def test_a_year_of_plans_does_not_restrict() -> None:
    article = read_article("He spoke on Monday, June 10. The games will be held in Lima in 2048. She left in 2020.")
    assert article.possible_published[0] == "2024-06-10"
    late = read_article("He spoke on Monday, June 10, of the year 2099 in the film of 2098.")
    assert late.possible_published[0] == "1991-06-10"


@pytest.mark.parametrize(
    "text", ["On Monday he left.", "The 12 left.", "Monday, June 10, 2019 was hot.", "See 10 Mon maps."]
)
def test_no_weekday_expression(text: str) -> None:
    article = read_article(text)
    assert (article.possible_published, article.published_basis) == ((), "none")


# --- layouts of papers and agencies ---------------------------------------------------------------------------------

LATER = "She is to meet the king.\n\nA second stop is open.\n\nHe is glad.\n\nAll went home.\n\n"
LONG_STORY = f"{BODY}\n{LATER * 2}"


@pytest.mark.parametrize(
    ("start", "place", "agency", "published_text"),
    [
        ("ISLAMABAD, May 4, 2010: ", "ISLAMABAD", None, "May 4, 2010"),
        ("Dhaka, May 4th, 2010: ", "Dhaka", None, "May 4th, 2010"),
        ("SEOUL, Tuesday, May 4, 2010: ", "SEOUL", None, "Tuesday, May 4, 2010"),
        ("Muscat, May 4, 2010, News Agency -- ", "Muscat", None, "May 4, 2010"),
        ("CAIRO, 4 May 2010 — ", "CAIRO", None, "4 May 2010"),
        ("MOSCOW, May 4, 2010—", "MOSCOW", None, "May 4, 2010"),
        ("KABUL, 4 May 2010 (IRIN) - ", "KABUL", "IRIN", "4 May 2010"),
        ("NEW DELHI, May 4, 2010 (PTI): ", "NEW DELHI", "PTI", "May 4, 2010"),
        ("Doha: Tuesday, May 4, 2010 (Gulf Daily Monitor)\n\n", "Doha", "Gulf Daily Monitor", "Tuesday, May 4, 2010"),
        ("LONDON: May 4, 2010: ", "LONDON", None, "May 4, 2010"),
        ("MANILA, 4 May 2010. ", "MANILA", None, "4 May 2010"),
        ("BEIJING May 4, 2010 (Xinhua) -- ", "BEIJING", "Xinhua", "May 4, 2010"),
        ("BEIJING, May 4, 2010 /Xinhua/ -- ", "BEIJING", "Xinhua", "May 4, 2010"),
        ("MOSCOW -- May 4, 2010 -- ", "MOSCOW", None, "May 4, 2010"),
        ("GENEVA (4 May 2010) – ", "GENEVA", None, "4 May 2010"),
        ("MOSCOW (Reuters, May 4, 2010) -- ", "MOSCOW", "Reuters", "May 4, 2010"),
        ("JAKARTA, 2010-05-04 (ANTARA) - ", "JAKARTA", "ANTARA", "2010-05-04"),
        ("UNITED NATIONS, New York, 4 May 2010 — ", "UNITED NATIONS, New York", None, "4 May 2010"),
        ("(PACIFIC WIRE) -- HONIARA, May 4, 2010 -- ", "HONIARA", "PACIFIC WIRE", "May 4, 2010"),
        ("(Reuters) MOSCOW, May 4, 2010 - ", "MOSCOW", "Reuters", "May 4, 2010"),
        ("[AP] PARIS, 4 May 2010: ", "PARIS", "AP", "4 May 2010"),
        ("Xinhua | BEIJING, May 4, 2010 -- ", "BEIJING", "Xinhua", "May 4, 2010"),
        ("AFP - PARIS, 4 May 2010 - ", "PARIS", "AFP", "4 May 2010"),
        ("May 4, 2010 (MOSCOW) -- ", "MOSCOW", None, "May 4, 2010"),
        ("May 4, 2010 (Reuters) -- ", None, "Reuters", "May 4, 2010"),
        ("4 May 2010, Moscow – ", "Moscow", None, "4 May 2010"),
    ],
)
def test_datelines_with_a_full_date(start: str, place: str | None, agency: str | None, published_text: str) -> None:
    for before in ("", "Chile looks north\n\nBy Our Staff Reporter\n"):
        article = read_article(f"{before}{start}{LONG_STORY}")
        assert (article.published, article.published_text) == ("2010-05-04", published_text)
        assert (article.dateline, article.warnings) == (place, ())
        assert article.outlet_hint == agency or start.startswith("Doha")


@pytest.mark.parametrize(
    "start",
    [
        "Geneva, November 19, 1985: Haas and Mora meet\n\n",
        "Moscow, May 4, 2010: the talks go on.\n\n",
        "Deadline: May 4, 2010: ",
        "Update: May 4, 2010: ",
        "EVENT: May 4, 2010 - ",
        "Reported: May 4, 2010 - ",
        "TIMELINE: May 4, 2010: ",
        "INDEPENDENCE DAY, May 4, 2010: ",
        "Died: May 4, 2010 (Oslo)\n",
        "Kim Mora, May 4, 2010: ",
        "Geneva Summit, May 4, 2010: ",
        "Moscow, May 4, 2010. ",
        "Moscow, May 4, 2010, the day of the parade, was ",
        "Moscow, May 4, 2010, Mora And Kim Sign Treaty - ",
        "Photo: PARIS, May 4, 2010 - ",
        "(left) Mora, May 4, 2010 -- ",
        "May 4, 2010 – ",
        "May 4, 2010: ",
        "May 4, 2010, Kim Mora – ",
        "PARIS, May 4, 2010-May 6, 2010: ",
        "PARIS, 4 May 2010 – 6 May 2010: ",
        f"Helsinki, May 4, 2010: {BODY}\nGeneva, May 5, 2011: ",
        f"May 4, 2010, Oslo – {BODY}\nMay 5, 2010, Riga – ",
    ],
)
def test_a_date_at_the_start_that_may_be_of_an_event(start: str) -> None:
    assert read_article(f"Chile looks north\n\n{start}{LONG_STORY}").published is None


@pytest.mark.parametrize(
    ("foot", "published"),
    [
        ("(c) Agency 1996", "1996-05-14"),
        ("© 1996 Agency", "1996-05-14"),
        ("Copyright 1996 The Agency. All rights reserved.", "1996-05-14"),
        ("Copyright Agency, 1996", "1996-05-14"),
        ("(c) Agency 1996\nCopyright 2001 Mora Daily", None),
        ("© 1996-2024 Agency", None),
        ("(c) Agency 1997", None),  # May 14 was no Tuesday
        ("Photo (c) Agency 1996", None),
        ("The treaty of 1996", None),
        ("She came in 2003.\n(c) Agency 1996", None),
    ],
)
def test_the_year_of_a_dateline_may_stand_below_the_story(foot: str, published: str | None) -> None:
    article = read_article(f"ANKARA, Tuesday, May 14 (Agency) - {LONG_STORY}\n{foot}\n")
    assert (article.published, article.dateline) == (published, "ANKARA")


@pytest.mark.parametrize(
    ("foot", "published_text"),
    [
        ("Published in our newspaper, May 4th, 2010", "May 4th, 2010"),
        ("Published in Dawn, May 4th, 2010", "May 4th, 2010"),
        ("Published in The Daily Star on May 4th, 2010.", "May 4th, 2010"),
        ("(First published in The Hindu, 4 May 2010)", "4 May 2010"),
        ("First published in The Paper on 4 May 2010", "4 May 2010"),
        ("This article appeared in the print edition of May 4, 2010", "May 4, 2010"),
        ("This article was published in the May 4, 2010 edition of the Moscow Times.", "May 4, 2010"),
        ("This article appeared on page 6 of the main section of the Guardian on 4 May 2010.", "4 May 2010"),
        ("This story was originally published on May 4, 2010 at 5:00 AM.", "May 4, 2010"),
        ("A version of this article appears in print on May 4, 2010, Section A, Page 6", "May 4, 2010"),
        (
            "A version of this article appeared in print on May 4, 2010, on page A6 of the New York edition.",
            "May 4, 2010",
        ),
        ("Appeared in the May 4, 2010, print edition as 'Chile Looks North'.", "May 4, 2010"),
        ("From The Times, 4 May 2010", "4 May 2010"),
        ("Source: ITAR-TASS news agency, Moscow, in Russian 1200 gmt 4 May 10", "4 May 10"),
    ],
)
def test_a_line_of_the_foot_with_the_date(foot: str, published_text: str) -> None:
    for start, place in (("OSLO, May 3, 2010: ", "OSLO"), ("", None)):
        article = read_article(f"Chile looks north\n\n{start}{LONG_STORY}\n{foot}\n")
        assert (article.published, article.published_text) == ("2010-05-04", published_text)
        assert (article.dateline, article.warnings) == (place, ())


@pytest.mark.parametrize(
    "foot",
    [
        "The report was published in The Lancet on 3 June 1987.",
        "Published in the Official Gazette on 3 June 1987",
        "Published in Oslo on 3 June 1987, the book says that trade grew.",
        "This report was published on 3 June 1987 by the Ministry of Trade.",
        "This article of the treaty was published on 3 June 1987.",
        "This article will appear in the print edition of May 4, 2012",
        "This page was printed on 3 June 1987",
        "Printed from the website on 3 June 1987",
        "Appeared before the court on 3 June 1987",
        "Posted to Oslo on 3 June 1987",
        "From Oslo, 3 June 1987",
        "The Times, 4 May 1976",
        "Our earlier report: Published in Dawn, June 3rd, 1987",
        "The visit is planned for 3 June 1987",
        "First published in The Paper on 3 June 1987\nFirst published in The Star on 5 June 1988",
        "This article was published more than 2 years ago",
    ],
)
def test_a_line_of_the_foot_with_another_date(foot: str) -> None:
    assert read_article(f"Chile looks north\n\n{LONG_STORY}\n{foot}\n").published is None


def test_a_foot_that_is_far_from_the_dateline_is_told() -> None:
    text = f"OSLO, May 3, 1999: {LONG_STORY}\nPublished in Dawn, May 4th, 2010\n"
    assert read_article(text).warnings == ("the dateline says 1999-05-03, the foot 2010-05-04: the latter is used",)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("The New York Times\n\nMay 4, 2012 Friday\nLate Edition - Final", "2012-05-04"),
        ("The Associated Press\n\nApril 4, 1996, Thursday, BC cycle\n\nSECTION: International News", "1996-04-04"),
        ("By BERNARD HAAS, Special to the New York Times\nPublished: May 4, 1983\n\nWASHINGTON, May 3— ", "1983-05-04"),
        ("SG/SM/12345\n4 May 2010\n\nSECRETARY-GENERAL LOOKS NORTH", "2010-05-04"),
        ("Press Statement\nAnthony Doe, Secretary of State\nMay 4, 2022", "2022-05-04"),
        ("Chile looks north\nMay 4, 2022\n14:30\nThe Kremlin, Moscow", "2022-05-04"),
        ("Chile looks north\nJane Doe in Moscow\nThe Guardian, Wednesday 4 May 2011", "2011-05-04"),
    ],
)
def test_heads_of_archives_and_press_offices(head: str, published: str) -> None:
    assert read_article(f"{head}\n\n{LONG_STORY}").published == published


# --- headline and dateline ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "place", "agency"),
    [
        ("MOSCOW, October 3. /TASS/. ", "MOSCOW", "TASS"),
        ("PARIS (Reuters) - ", "PARIS", "Reuters"),
        ("LONDON, March 3 (AP) — ", "LONDON", "AP"),
        ("BEIJING, Oct. 5 (Xinhua) -- ", "BEIJING", "Xinhua"),
        ("SEOUL, May 21 (Yonhap) -- ", "SEOUL", "Yonhap"),
        ("ST. PETERSBURG, 4 June (AFP) – ", "ST. PETERSBURG", "AFP"),
        ("Kyiv, Ukraine – ", "Kyiv, Ukraine", None),
        ("RIO DE JANEIRO — ", "RIO DE JANEIRO", None),
        ("Moscow (CNN) ", "Moscow", "CNN"),
        ("МОСКВА, 3 октября. /ТАСС/. ", "МОСКВА", "ТАСС"),
        ("КИЕВ, 5 мая – РИА Новости. ", "КИЕВ", "РИА Новости"),
        ("WASHINGTON, D.C. (AP) - ", "WASHINGTON, D.C.", "AP"),
        ("WASHINGTON, June 4, 2024 (AP) -", "WASHINGTON", "AP"),
        ("LONDON, 4 June (Reuters) - ", "LONDON", "Reuters"),
        ("SEOUL, June 4 (Yonhap) -- ", "SEOUL", "Yonhap"),
        ("Moscow (UPI) -- ", "Moscow", "UPI"),
        ("Moscow (UPI) June 4, 2024 -- ", "Moscow", "UPI"),
        ("Baghdad (GulfWire) -- Tuesday, 4 June 2024\n\n", "Baghdad", "GulfWire"),
        ("MOSCOW/KYIV, June 4, 2024 (Reuters) - ", "MOSCOW/KYIV", "Reuters"),
        ("MOSCOW. June 4 (Interfax) - ", "MOSCOW", "Interfax"),
        ("Tehran, June 4, IRNA – ", "Tehran", "IRNA"),
        ("BAGHDAD (AP) _ ", "BAGHDAD", "AP"),
        ("NEWPORT NEWS, Va. (AP) - ", "NEWPORT NEWS, Va.", "AP"),
        ("THE HAGUE (AP) - ", "THE HAGUE", "AP"),
        ("New Delhi, 4 June 2024\n\n", "New Delhi", None),
        ("MANILA, Philippines, 4 June 2024\n\n", "MANILA, Philippines", None),
    ],
)
@pytest.mark.parametrize("before", ["", "Chile looks north\n\n", " date 2024-06-04 "])
def test_datelines(before: str, start: str, place: str, agency: str | None) -> None:
    article = read_article(f"{before}{start}{BODY}")
    assert (article.dateline, article.outlet_hint) == (place, agency)
    assert article.headline == ("Chile looks north" if before.startswith("Chile") else None)


@pytest.mark.parametrize(
    "start",
    [
        "Kim — who never flies — came by train to ",
        "NATO — The alliance met. ",
        "Mora (left) and ",
        "Haas (Greens) - ",
        "Talks in Oslo/Bergen/Moss and ",
        "Mora, Kim and Haas — all three — met. ",
        "the envoy – ",
        "“We came”, she said. ",
        "In Lima, Peru – a city – ",
        "ASHARQ DAILY NEWS (AGENCY) - ",
        "DIPLOMATIC DIARY - WEEK AHEAD\n",
        "WORLD IN BRIEF — ",
        "World in Brief, 4 June 2024 — ",
        "BANGKOK POST (AGENCIES) - ",
        "THE STAR — ",
        "REUTERS, 4 June 2024\n",
        "Jane Doe, 4 June 2024\n",
        "Fri., 4 June 2024 – ",
        "Mora met Kim. May 3, 2024 – ",
        "Kim. May 3, 2024 – ",
        "OSLO/BERGEN/MOSS\n",
    ],
)
def test_what_is_no_dateline(start: str) -> None:
    assert read_article(start + BODY).dateline is None


@pytest.mark.parametrize(
    "headline", ["Wong in Delhi for talks", "Who goes to Rome?", "“At last!”", "Визит перенесён на май"]
)
def test_headlines(headline: str) -> None:
    for before in ("", " date 2024-06-04  ", "Advertisement\n", "\ufeff", "\n\n"):
        article = read_article(f"{before}{headline}\n\n{BODY}")
        assert article.headline == headline
        assert headline in kept(article)[0]


@pytest.mark.parametrize(
    "text",
    [
        f"He left.\n{BODY}",
        "Wong in Delhi for talks",
        "Among them were:\nMora\n",
        "x" * 200 + f"\n{BODY}",
        "Advertisement\n",
    ],
)
def test_no_headline(text: str) -> None:
    assert read_article(text).headline is None


# --- sentences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Sen. Diaz met Gov. Jones and Lt. Gen. Haas in St. Petersburg.",
        "It began on Sept. 3 and ended on 21 May. 2025, in the rain.",
        "Amb. Rao and Adm. Lee spoke with George W. Bush and J. K. Mora.",
        "The U.S. envoy read No. 3 of the U.N. list.",
        "Он прибыл 3 окт. 2023 года в Москву.",
        "Am 3. März traf er Dr. Meier.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    assert texts(read_article(sentence)) == [sentence]


def test_sentences_end_where_they_should() -> None:
    text = "He left in May. The 😀 talks went on… “We stay.” In the U.S. nobody knew! Did she? No.\nNext line"
    assert texts(read_article(text))[0] == "He left in May."
    assert texts(read_article(text))[-2:] == ["No.", "Next line"]
    assert texts(read_article("今天他到了。明天他走！")) == ["今天他到了。", "明天他走！"]


def test_a_line_break_ends_a_sentence() -> None:
    assert texts(read_article("Chile looks north\nThe minister left\r\n \r\nShe is home\n")) == [
        "Chile looks north",
        "The minister left",
        "She is home",
    ]


def test_hard_wrapped_copy_is_read_by_paragraphs() -> None:
    text = (
        "Chile looks north\n\n"
        "The foreign minister of Chile will travel to Oslo next week, her\n"
        "office said in a statement that was published on its own site in\n"
        "the night to Tuesday. She is to meet the king, the premier and\n"
        "the heads of two committees.\n\n"
        "A second stop in Riga has not been settled yet, officials said,\n"
        "because the dates are still open.\n"
    )
    found = texts(read_article(text))
    assert len(found) == 4
    assert found[1].startswith("The foreign minister")
    assert found[1].endswith("the night to Tuesday.")


@pytest.mark.parametrize(
    "filler", ["word " * 3000, "字" * 9000, "a" + " " * 9000 + "b" + " c" * 3000, '"' * 9000, "“ " * 5000]
)
def test_no_sentence_is_longer_than_2000_characters(filler: str) -> None:
    article = read_article("He left. " + filler + ". She stayed.")
    assert is_partition(article)
    assert max(map(len, texts(article))) <= 2000
    assert all(texts(article))


def test_a_long_line_is_cut_at_its_sentences() -> None:
    sentence = "The minister of Chile went to Oslo for talks with her host."
    assert texts(read_article(" ".join([sentence] * 500))) == [sentence] * 500


def test_offsets_and_numbers() -> None:
    article = read_article("  He left.  She stayed.\n")
    assert article.trimmed(1) == (2, 10)
    assert article.sentence_text(2) == "She stayed."
    assert [article.sentence_at(offset) for offset in (0, 11, 12, 23)] == [1, 1, 2, 2]
    for wrong in (0, -1, 3):
        with pytest.raises(IndexError):
            article.sentence_text(wrong)
    for outside in (-1, 24):
        with pytest.raises(IndexError):
            article.sentence_at(outside)


# --- boilerplate ----------------------------------------------------------------------------------------------------

PAGE = [
    "Advertisement",
    "ADVERTISEMENT - SCROLL TO CONTINUE",
    "Story continues below advertisement",
    "Read more: Mora visits King Jan in Ghent",
    "Related: Chile and Norway sign a treaty",
    "See also:",
    "For all the latest headlines follow our Google News channel online or via the app.",
    "Follow us on Telegram and X",
    "Follow Mora Daily on Facebook",
    "Subscribe to our newsletter",
    "Sign up for the Morning Briefing newsletter and never miss a story.",
    "Click here to read the whole statement.",
    "Share this article",
    "[AP/YONHAP]",
    "(Reuters)",
    "Photo: Reuters",
    "Photo by Anna Mora",
    "Image: Anna Mora/Getty Images",
    "BY JEONG JAE-HONG [[email\u00a0protected]]",
    "By Anna Mora and Jan Haas",
    "Reporting by Anna Mora; Editing by Jan Haas",
    "(Reporting by Anna Mora in Oslo)",
    "Translated from the Spanish by the Oslo desk.",
    "Copyright © 2024 Mora Daily",
    "© 2024 Mora Daily. All rights reserved.",
    "(c) 2024 Mora Daily",
    "All rights reserved.",
    "Source: The Moscow Times",
    "This story has been updated.",
    "This article originally appeared in Mora Daily.",
    "We use cookies to improve this site.",
    "By continuing to browse, you accept our cookies.",
    "3 min read",
    "• Related: Mora visits King Jan in Ghent",
    "- Read more: Mora visits King Jan in Ghent",
    "> Also read",
    "* See also: Mora visits King Jan in Ghent",
    "• Photo: Reuters",
    "- By Anna Mora and Jan Haas",
    "– [AP]",
    "Читайте также: Визит короля",
    "Подписывайтесь на наш канал",
    "Реклама",
    "Lire aussi : la visite du roi",
    "Suivez-nous sur X",
    "Lesen Sie auch: Besuch des Königs",
    "Todos los derechos reservados.",
    "관련기사",
    "广告",
    "اقرأ أيضا: زيارة الملك",
]

STORY = [
    "He will read more of the letters, an aide said.",
    "Read more books, the minister told the students of Oslo.",
    "The advertisement said that the king would come.",
    "Subscribers of the paper learned of the visit first.",
    "Photo: President Mora greets King Jan in Ghent on May 3, 2023.",
    "Photo: King Jan and President Mora shake hands after the talks in Ghent",
    "By Monday the envoy had left Lima.",
    "By Friday King Jan Will Be Home",
    "By all accounts the talks went well.",
    "Reporting by the ministry shows that trade grew.",
    "Translated from Latin, the motto means peace, said the envoy.",
    "Related matters will be raised in Oslo, he said.",
    "See also how the king fared in Riga, she told them.",
    "This story is not over, the minister said.",
    "This report was signed by the envoy in Lima.",
    "Share prices fell after the visit.",
    "Source: ministry officials in Oslo, who asked not to be named.",
    "Published accounts of the 1990 talks differ.",
    "Follow the money, the envoy told reporters.",
    "Sign the treaty, the king urged them.",
    "More from the talks is expected on Friday.",
    "Top stories of that kind are rare, he said.",
    "Sources in Oslo say that he will go.",
    "For more than an hour the two spoke in private.",
    "All rights of the minority are kept, the envoy said.",
    "Kim (left) met Mora.",
    "[North Korea] will send an envoy.",
    "Search parties were sent out from Lima.",
    "We use force only as a last resort, he said.",
    "Most read the statement as a threat.",
    "• Read more books, the minister told the students of Oslo.",
    "– By Monday the envoy had left Lima.",
]


@pytest.mark.parametrize("line", PAGE)
def test_page_text_is_marked(line: str) -> None:
    article = read_article(f"{BODY}\n{line}\n\nThe king is at home.\n")
    assert kept(article) == [*BODY.strip().replace(". ", ".|").split("|"), "The king is at home."]


@pytest.mark.parametrize("line", STORY)
def test_sentences_of_the_story_are_not_marked(line: str) -> None:
    assert line in kept(read_article(f"{BODY}\n{line}\n\nThe king is at home.\n"))


def test_page_text_inside_a_paragraph_leaves_the_rest() -> None:
    article = read_article("Click here to subscribe. The king is at home. He will stay. [AP]")
    assert kept(article) == ["The king is at home.", "He will stay."]


def test_a_list_of_links_ends_at_a_paragraph() -> None:
    article = read_article(
        f"{BODY}\nRead more:\n\nKing Jan in Ghent\nWho will go to Rome?\n\nMora said on Monday that she was well.\n"
    )
    assert kept(article)[-1] == "Mora said on Monday that she was well."
    assert len(kept(article)) == 3


def test_the_headline_is_never_marked() -> None:
    article = read_article("Wong in Delhi. Subscribe to our newsletter\n\n" + BODY)
    assert not article.sentences[0].boilerplate


# --- language -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Le ministre se rendra à Alger mardi, a déclaré son porte-parole aux journalistes.", "fr"),
        ("Министр иностранных дел посетит Осло во вторник, сообщил его представитель.", "ru"),
        ("שר החוץ יבקר באוסלו ביום שלישי, כך מסר דובר המשרד.", "he"),
        ("外交部長將於下週訪問莫斯科，雙方將舉行會談，發言人說。", "zh"),
        ("왕", "ko"),
        ("日本の王", "ja"),
        ("กษ", "th"),
        ("12345 67890", None),
        ("\x07\ufdd0 " + BODY, "en"),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert read_article(text).language == language


# --- for all inputs -------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["\n", "\r\n", "\u2028", " ", "\u00a0", ". ", "“", "”", '"', "(", "😀", "e\u0301", "Mr. ", "U.S. ", "Read more:",
     "date 2024-02-30 ", "Published: ", "May 3, ", "Monday, ", "2024", "LIMA (AP) - ", "字。", "!?", "…", "\x1c",
     "Oslo ", "the ", "\u200b", "[AP]"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_sentences_partition_every_text(text: str) -> None:
    try:
        article = read_article(text)
    except (EmptyArticle, BinaryArticle):
        return
    except UnreadableArticle:
        assert any("\ud800" <= character <= "\udfff" for character in text)
        return
    assert article.text == text
    assert is_partition(article)
    assert all(texts(article)) or len(article.sentences) == 1
    assert all(article.sentence_at(s.start) == s.number == article.sentence_at(s.end - 1) for s in article.sentences)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(),
        st.text().map(lambda text: text.encode("utf-16", "replace")),
        st.text(alphabet="абвгд éüß", min_size=5).map(lambda t: t.encode("cp1251", "replace")),
    )
)
def test_bytes_give_an_article_or_an_error_that_names_them(data: bytes) -> None:
    try:
        article = read_article(data, name="row 7")
    except ArticleError as problem:
        named = "row 7" in problem.message
    else:
        named = is_partition(article)
    assert named


DATE_PIECES = st.sampled_from(
    [
        *MONTHS,
        *WEEKDAYS,
        *"1 3 12 31 2019 1999 0 of de the st nd , ( ) . / - – 年 月 日 xii a _ ſ ı ٣ MAY Oct".split(),
        "\n",
    ]
)


@given(st.lists(st.tuples(DATE_PIECES, st.sampled_from(["", " ", " ", ", ", ".", "/", "-"])), max_size=14))
@settings(max_examples=500)
def test_looking_around_numbers_finds_the_dates_that_looking_everywhere_does(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + joint for piece, joint in pieces)
    everywhere = [(match.span(), match.groups()) for match in DATE.finditer(text)]
    assert [(match.span(), match.groups()) for match in dates_in(text)] == everywhere
    for at in range(len(text)):
        plain, sooner = DATE.match(text, at), date_at(text, at, len(text))
        assert (plain and plain.groups()) == (sooner and sooner.groups())


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_written_date_is_read_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b. %Y", "%d.%m.%Y"):
        assert read_article(f"Published: {day.strftime(form)}\n\n{BODY}").published == day.isoformat()


@pytest.mark.parametrize(
    "unit",
    ["“", "Mr. ", "A. ", '"a. ',
     "1 ", "Monday 1 ", "May ", "date ", "Published: ",
     "(", "A-", "Aa ", "[A ", "By A ", "\n", " \n", "a\n", "AB, ", "Source: A ", "2020 ",
     "3 June 2019\n", "3 June 2019 | ", "By A, 3 June 2019\n", "AB/", "AB. ", "10:14 ", "© 2019 ", "A - ", "date: ",
     "(Reuters) ", "Xinhua | ", "MOSCOW, May 4, 2010, A ", "Published in A, ", "From The Times, "],
)  # fmt: skip
def test_hostile_repetition_is_read_without_running_away(unit: str) -> None:
    assert is_partition(read_article("He left. " + unit * (100_000 // len(unit))))


def test_importing_is_cheap() -> None:
    check = "import sys, summarise.article\n"
    check += "print([m for m in ('pydantic', 'pycld2', 'sentencex', 'charset_normalizer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", ["articles/001.txt", "/data/news/a.md", "C:\\news\\a.txt"])
def test_a_string_that_is_a_path_is_not_read_as_an_article(path: str) -> None:
    with pytest.raises(UnreadableArticle, match="looks like the path") as caught:
        read_article(path)
    assert "pathlib.Path" in caught.value.hint


@pytest.mark.parametrize("page", ["<!DOCTYPE html><p>He flew to Lima.</p>", "\n <html lang='en'>He flew to Lima."])
def test_a_page_of_html_is_refused(page: str) -> None:
    for source in (page, page.encode()):
        with pytest.raises(BinaryArticle, match="HTML"):
            read_article(source)


def test_an_article_is_not_of_a_day_that_is_still_to_come() -> None:
    text = "The king was in Doha on Monday (June 10)."
    article = read_article(text, latest=date(2026, 11, 22))
    assert article.possible_published[-1] == "2024-06-10"
    assert read_article(text, latest=date(1980, 1, 1)).possible_published == ()


@pytest.mark.parametrize(
    "line",
    [
        "Text of report in English by Sana news agency on 3 May 1983",
        "Excerpt from report by Radio Tirana in English at 1830 gmt on 3 May 1983",
        "[Broadcast 3 May 1983, 2100 GMT]",
        "Transcript of the evening bulletin, 3 May 1983",
        "The Weekly Courier, Vol. XII, No. 18 (May 3, 1983)",
        "From the issue of May 3, 1983",
        "Communiqué issued at Lima, 3 May 1983",
        "Summit live blog – Tuesday, May 3, 1983 – as it happened",
        "This live blog was closed at 22:10 on Tuesday 3 May 1983",
        "Filed 3 May 1983 18:20 GMT",
        "City edition, Tuesday May 3 1983",
        "Dispatch from Lima dated May 3, 1983",
        "International desk; 3 May 1983; 640 words",
        "Weekly media briefing - 3 May 1983",
        "Editor's note: this report was first broadcast on May 3, 1983.",
        "THE COURIER — Tuesday, May 3, 1983 — 25 cents",
    ],
)
def test_a_line_in_the_words_of_the_trade_gives_the_day(line: str) -> None:
    for head in (f"{line}\nChile looks north\n\n", f"Chile looks north\n{line}\n\n"):
        article = read_article(head + LONG_STORY)
        assert article.published == "1983-05-03", head
    plain = read_article(f"{line}\nPublished: 4 May 1983\n\n{LONG_STORY}")
    assert plain.published == "1983-05-04", "what says it plainly wins"


@pytest.mark.parametrize(
    "line",
    [
        "The report was signed on 3 May 1983",
        "Broadcast rights treaty of 3 May 1983",
        "Radio mast falls in storm, 3 May 1983",
        "Report on the visit to Lima on 3 May 1983",
        "Transcript of the evening bulletin, 31 April 1983",
        "Transcript of the bulletins of 3 May 1983 and 4 May 1983",
    ],
)
def test_a_line_about_something_else_gives_none(line: str) -> None:
    assert read_article(f"Chile looks north\n{line}\n\n{LONG_STORY}").published is None


@pytest.mark.parametrize(
    "line", ["3 May 1983", "KUALA LUMPUR, 3 May 1983", "Oslo, May 3, 1983.", "Tuesday, 3 May 1983"]
)
def test_a_date_that_closes_the_text_is_its_day(line: str) -> None:
    assert read_article(f"Chile looks north\n\n{LONG_STORY}\n\nMinistry of Trade\n{line}\n").published == "1983-05-03"
    assert read_article(f"Chile looks north\n3 May 1983 – 4 May 1983\n{LONG_STORY}\n").published is None
    assert read_article(f"Chile looks north\n\n{LONG_STORY}\n{line}\n4 May 1983\n").published is None
