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
    assert article.warnings == (f"decoded as {article.encoding} (detected): not UTF-8",)


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
    with pytest.raises(ArticleTooLong, match=r"long\.txt: 5,000 bytes"):
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


def test_a_dateline_without_a_year_needs_another_date() -> None:
    assert read_article(f"OSLO, March 3 (AP) - {BODY}").published is None
    alone = read_article(f"OSLO, March 3, 2024 (AP) - {BODY}")
    assert (alone.published, alone.published_text) == ("2024-03-03", "March 3, 2024")
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


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_written_date_is_read_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b. %Y", "%d.%m.%Y"):
        assert read_article(f"Published: {day.strftime(form)}\n\n{BODY}").published == day.isoformat()


@pytest.mark.parametrize(
    "unit",
    ["“", "Mr. ", "A. ", '"a. ',
     "1 ", "Monday 1 ", "May ", "date ", "Published: ",
     "(", "A-", "Aa ", "[A ", "By A ", "\n", " \n", "a\n", "AB, ", "Source: A ", "2020 "],
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
