"""The day of publication from the furniture of the page: mastheads, issue lines, slugs, bars and footers."""

from __future__ import annotations

import pytest

from summarise.article import read_article
from summarise.article.line_dates import dates_in_line

TOP = "Chile looks north\n"
LEAD = "The minister of Chile will visit Oslo next week. Talks with her host are to follow on trade and fishing.\n"
STORY = LEAD + "\nShe is to meet the king.\n\nA second stop is open.\n\nHe is glad.\n\nAll went home.\n\n" * 3


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("MONGOLIA IN BRIEF -- Ulan Bator, 3/III/1993 (Tengri News Agency, English service)", "1993-03-03"),
        ("SOFIA IN BRIEF -- 29-IV-1994 (Balkan Agency, French service)", "1994-04-29"),
        ("Muscat, 16 Rabi' al-Thani 1445 H. Corresponding to 31 October 2023 (Khaleej Wire)", "2023-10-31"),
        ("Riyadh, Sha'ban 20, 1403 AH, corresponding to June 1, 1983, Gulf Agency", "1983-06-01"),
        ("Tehran, 13 Khordad 1363 - 3 June 1984", "1984-06-03"),
        ("Pyongyang, Juche 82 (1993) - 3 June 1993", "1993-06-03"),
        ("Thursday, November 18, 1976                                   Price 10 cents", "1976-11-18"),
        ("Friday, 4 May 1979      No. 8,214      Price: 15 kobo", "1979-05-04"),
        ("Vol. 7 No. 9 — Honiara — Mon. 6/3/89", "1989-03-06"),
        ("Vol. XIV No. 22 * Port Vila * Thurs. 7/6/84", "1984-06-07"),
        ("No. 17 · 29.4.94", "1994-04-29"),
        ("Nr. 5 | 31.12.93 | Preis 2 DM", "1993-12-31"),
        ("17/02/2017 - 19:05 (upd. 21:40)", "2017-02-17"),
        ("www.chnews.example  2009-01-12 11:26:03   Print", "2009-01-12"),
        ("news.lantern.example | 3 June 2019 14:05 | Text size A A A", "2019-06-03"),
        ("Home > News > Politics > 3 June 2019", "2019-06-03"),
        ("Home » World » Tuesday, 4 June 2019, 09:15 EAT", "2019-06-04"),
        ("THE KINGSTON LANTERN, Tuesday, June 4, 2019, Page 3A", "2019-06-04"),
        ("PACIFIC COURIER, Suva, Friday June 7, 1985, p. 2", "1985-06-07"),
        ("Daily Harvest (Lusaka)      Wednesday 5 June 1985     15n", "1985-06-05"),
        ("No. 2,114 / Port Moresby, Friday, June 7, 1985 / 30 toea", "1985-06-07"),
        ("PM0305123483 Lima Domestic Service in Spanish 1700 GMT 3 May 83", "1983-05-03"),
        ("LD071830 Moscow World Service in English 1810 GMT 7 Jun 85", "1985-06-07"),
        ("AFP 071430 GMT JUN 85", "1985-06-07"),
        ("REUTER 071812 GMT Jun 85", "1985-06-07"),
        ("3MAY83 1422Z", "1983-05-03"),
        ("R 031422Z MAY 83", "1983-05-03"),
        ("Date: 3 May 93 12:22:11 GMT", "1993-05-03"),
        (
            "From: desk@wire.example\nNewsgroups: misc.news.pacific\nDate: Mon, 3 May 93 18:20:05 EDT\nLines: 43",
            "1993-05-03",
        ),
        ("The Harbour Times\n\nMay 3, 1983, Tuesday, PM cycle\n\nLENGTH: 412 words\n\nBODY:", "1983-05-03"),
        (
            "Harbour Times (Suva)\n\nMay 3, 1983 Tuesday\n\nSECTION: NEWS; Pg. 4\n\nLENGTH: 412 words\n\nBODY:",
            "1983-05-03",
        ),
        ("412 words\n3 May 2003\n06:41\nHarbour News Service\nEnglish\n(c) 2003 Harbour News", "2003-05-03"),
        ("MINISTRY OF EXTERNAL RELATIONS\nPress Office\nBulletin No. 44/83 - Lima, 3-V-1983", "1983-05-03"),
        ("Ref: MFA/PR/44/2013\nDate of release: Friday 3 May 2013", "2013-05-03"),
        ("SAMOA HERALD ONLINE :: Friday 3 May 2013 :: Apia", "2013-05-03"),
        ("THE STANDARD [Nairobi] Fri 3 May 2013 p. 6", "2013-05-03"),
        ("Tues 03/05/83 - City Edition", "1983-05-03"),
        ("Tuesday's Lantern, 05/03/83, Final", "1983-05-03"),
        ("Last updated: 3 May 2013 - 14:20 | Lantern Online", "2013-05-03"),
        ("POLITICS / 3 May 2013 / 4 comments", "2013-05-03"),
        ("FOREIGN DESK 03-MAY-83 14:22", "1983-05-03"),
        ("Mon 3 May '93 | The Weekly Lantern", "1993-05-03"),
        ("Web posted at: 5/13/2003 6:41:00", "2003-05-13"),
        ("Reported by Radio Lantern 06:00 bulletin | Tues. 3/5/83", "1983-05-03"),
        ("LIMA 3.5.83 (LANTERN)", "1983-05-03"),
        ("Edición del viernes 3 de mayo de 2013, página 4", "2013-05-03"),
        ("LANTERN-LIM-05-03-83 1422EDT", "1983-05-03"),
        ("The Nukualofa Chronicle, 14 June 1991, page 2", "1991-06-14"),
        ("FIJI REPORTER :: Vol 12 Issue 3 :: 14/6/91", "1991-06-14"),
        ("Price 5/-   DAR ES SALAAM, FRIDAY, JUNE 14, 1991   ISSN 0856-1234", "1991-06-14"),
        ("Addis Lantern, Year XII, No. 221, Friday 14 June 1991 (Sene 7, 1983)", "1991-06-14"),
        ("Sana'a, 2 Dhu al-Hijjah 1411 / 14 June 1991 (Saba Wire)", "1991-06-14"),
        ("ECONOMY & POLITICS    14-06-91    Page 3", "1991-06-14"),
        ("Barbados Trident (Bridgetown) - June 14, 1991 - Friday", "1991-06-14"),
        ("[Passage omitted] Radio Suva in English 0600 gmt 14 Jun 91", None),
        ("Copyright 1991 Lantern Ltd | The Lantern (London) | June 14, 1991, Friday", "1991-06-14"),
        ("DOCUMENT 12 of 44 | Lantern, 14 June 1991 | 412 words", "1991-06-14"),
        (
            "Message-ID: <9106141422.AA@lantern.example>\nDate: 14 Jun 91 14:22:05 GMT\nOrganization: Lantern Wire",
            "1991-06-14",
        ),
        ("Article #44 (62 is last):\nFrom: news@lantern.example\nDate: Fri, 14 Jun 1991 14:22:05 +0000", "1991-06-14"),
        ("Embassy of Peru, Press Section, 14.6.1991", "1991-06-14"),
        ("Posted to the web June 14, 2001", "2001-06-14"),
        ("Posted at 6:41 am on June 14, 2001 | Filed under: World", "2001-06-14"),
        ("June 14, 2001 Posted: 6:41 AM EDT (1041 GMT)", "2001-06-14"),
        ("Friday, 14 June, 1991, 14:22 GMT 15:22 UK", "1991-06-14"),
        ("LANTERN 14.06.1991, S. 3", "1991-06-14"),
        ("14 June 1991 | Issue 44 | Volume 3", "1991-06-14"),
        ("THE MONITOR • Kampala • Fri. June 14 '91 • Shs 300", "1991-06-14"),
        ("Web Posted - Fri Jun 14 2002", "2002-06-14"),
        ("Text size: A A A   Updated 14/06/2019 09:21 SAST", "2019-06-14"),
        ("Updated 03/06/2019 09:21 SAST", "2019-06-03"),
        ("03/06/2019 09:21 EAT | Lantern Reporter", "2019-06-03"),
        ("03/06/2019 09:21 | Lantern Reporter", None),
        ("THE BASSETERRE TRUMPET — Saturday 11th April 1987 — EC$1.00", "1987-04-11"),
        ("Botswana Daily Post | Gaborone | 11 April 1987 | No. 71", "1987-04-11"),
        ("(KATHMANDU, Chaitra 28, 2043 / April 11, 1987)", "1987-04-11"),
        ("MALDIVES NEWS BULLETIN No. 271, 11 April 1987", "1987-04-11"),
        ("Vol. LXXI, No. 84           MANILA, SATURDAY, APRIL 11, 1987           P2.50", "1987-04-11"),
        ("ANTIGUA WEEKLY * SATURDAY APRIL 11 1987 * PAGE FIVE", "1987-04-11"),
        ("TELEX 11.04.87 1422 GMT LIMA", "1987-04-11"),
        ("Sat., Apr. 11, 1987 / Continued from page 1", "1987-04-11"),
        ("Lantern (Suva), 11 Apr 1987, p3", "1987-04-11"),
        ("11 avril 1987 - Bulletin quotidien", "1987-04-11"),
        ("SANTO DOMINGO, sábado 11 de abril de 1987", "1987-04-11"),
        ("Nouakchott, le 11 avril 1987 (AMI)", "1987-04-11"),
        ("Day's news summary - 11.IV.1987 - morning", "1987-04-11"),
        ("13-04-2015 // 16:40 // MFA PRESS UNIT", "2015-04-13"),
        ("2015/04/13(Mon) 16:40", "2015-04-13"),
        ("2015-04-13 (Mon.) p. 4", "2015-04-13"),
        ("Apr 13, 2015 4:40pm EDT | Updated Apr 13, 2015 6:00pm EDT", "2015-04-13"),
        ("13 Apr 2015 16:40 | 3 min read | By Kim Mora", "2015-04-13"),
        ("Kim Mora, Lima  |  Mon, 13 April 2015 16:40 UTC+3", "2015-04-13"),
        ("Monday, 13 April 2015, 24 Jumada al-Akhirah 1436", "2015-04-13"),
        ("Monday, 24 Jumada al-Thani 1436 AH, 13 April 2015", "2015-04-13"),
        ("PUBLISHED : 13 APR 2015 AT 04:30", "2015-04-13"),
        ("By Kim Mora - 13/04/2015 - 08:00", "2015-04-13"),
        ("LANTERN NEWS [13.04.15] – Lima edition", "2015-04-13"),
        ("Transcript: Radio Suva, Monday bulletin, 1800 hrs, 13/4/15", "2015-04-13"),
        ("Radio New Isles — 7 a.m. news — Mon 13 Apr 2015", "2015-04-13"),
        ("Script for the 1900 bulletin, Monday 13 April 2015", "2015-04-13"),
        ("Newsletter of the Embassy of Chile, Oslo. Monday 13 April 2015", "2015-04-13"),
        ("Pressemitteilung Nr. 44 vom 13.4.2015", "2015-04-13"),
    ],
)
def test_furniture_above_the_story_gives_the_day(line: str, published: str | None) -> None:
    for head in (f"{line}\n{TOP}", f"{TOP}{line}\n"):
        article = read_article(f"{head}\n{STORY}")
        assert article.published == published, head
        assert published is None or article.warnings == ()
    plain = read_article(f"{line}\n{TOP}Published: 1 May 1999\n\n{STORY}")
    assert plain.published is not None, "what says it plainly is read as before"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("CW-NY-10-30-90 1422EST<", "1990-10-30"),
        ("AW-DS-03-04-91 0912EST", "1991-03-04"),
        ("upi 03-13-91 02:22 pes", "1991-03-13"),
        ("Posted: 07/02/2003 06:41 CAT   |   E-mail this story   |   Visit our classifieds", "2003-02-07"),
        ("Posted: 17/02/2003 06:41   |   E-mail this story   |   Visit our classifieds", "2003-02-17"),
        ("— The Bengal Morning Post, Tuesday 23 August 1994, Bhadra 8, 1401", "1994-08-23"),
        ("-- Harbour Times, Suva, Friday June 7, 1985, p. 1", "1985-06-07"),
        ("(The Lantern, Nairobi, Tue 3 May 1983)", "1983-05-03"),
        ("The Lantern, Fri 3 May 2013, Page 2", "2013-05-03"),
        ("jd/mk 3 May 83 1422 GMT", "1983-05-03"),
        ("LW 031422 GMT MAY 83", "1983-05-03"),
        ("Source: Radio Lima, in Spanish, 1200 GMT 3 May 83", "1983-05-03"),
        ("www.lantern.example | Friday, 3 May 2013 | 14:05", "2013-05-03"),
        ("Lantern News Agency 03.05.2013 14:05", "2013-05-03"),
        ("Ministry of Foreign Affairs, Information Department, Friday, 3 May 2013", "2013-05-03"),
        ("NNNN 03/MAY/1983 14:22", "1983-05-03"),
        ("AP-NY-06-14-91 1422EDT", "1991-06-14"),
        ("PNA 14/06/91 14:22", "1991-06-14"),
        ("LANTERN 141422 JUN 91", None),
        ("lb/fr 141422 GMT JUN 91", "1991-06-14"),
        ("The Lantern of Friday, June 14, 1991", "1991-06-14"),
        ("Daily Lantern, Lagos, Friday, June 14, 1991, back page.", "1991-06-14"),
        ("Date posted: Friday 14 June 1991", "1991-06-14"),
        ("Publication date 14/06/1991", "1991-06-14"),
        ("Story filed 14:22, 14 June 1991", "1991-06-14"),
        ("Lima, Friday 14 June 1991", "1991-06-14"),
        ("(Lima, 14.6.91)", "1991-06-14"),
        ("ISSN 0856-1234 | Lantern Weekly | 14-20 June 1991", None),
        ("[Lima, 13 April 2015, Lantern Wire]", "2015-04-13"),
        ("Lantern Weekly, Monday 13 April 2015. Page 4.", "2015-04-13"),
        ("First broadcast: Radio Suva, 13 April 2015, 18:00", "2015-04-13"),
        ("GMT 16:40 / 13.04.2015", "2015-04-13"),
        ("Office of the Spokesman\nOslo, April 13, 2015", "2015-04-13"),
        ("Tags: Chile, Oslo | Posted Monday, 13 April 2015 | Comments (4)", "2015-04-13"),
        ("Monday, April 13, 2015 - Lantern. Printed in Suva.", "2015-04-13"),
    ],
)
def test_furniture_below_the_story_gives_the_day(line: str, published: str | None) -> None:
    assert read_article(f"{TOP}\n{STORY}\n{line}\n").published == published


@pytest.mark.parametrize(
    "line",
    [
        "07/02/2003",
        "Posted: 07/02/2003 06:41",
        "MORA IN BEIJING, TUESDAY, MAY 4, 2024",
        "Xi Returns, Saturday May 4, 2024",
        "Photo: Mora in Ghent, Monday 3 June 2019, 14:00",
        "WHEN: 3 May 2019",
        "WHEN: Friday, 3 May 2019, 14:00 | WHERE: Palace Hotel, Lima",
        "Venue: Lima | Friday 3 May 2019 | 10:00",
        "Friday 3 May 2019, 10:00, Palace Hotel, Lima",
        "Mora (born 3 May 1950)",
        "KIM MORA | b. 3 May 1950",
        "King Jan Mora • 3 May 1950 – 4 June 2019",
        "Signed at Lima, Tuesday, 3 May 1983",
        "Done at Lima • 3 May 1983",
        "Agreed Text • Lima • 3 May 1983",
        "Treaty of Lima — 3 May 1983",
        "Lima Accord | 3 May 1983",
        "Next meeting: Tuesday, 3 May 1983, 10:00",
        "Meetings: Lima, Tuesday 3 May 1983; Quito, Wednesday 4 May 1983",
        "Related: Peru Signs Pact | 3 June 2019",
        "Also in the news | Mora flies home | 3 June 2019",
        "In Lima, Tuesday 3 May 1983, 14:00",
        "It was on Tuesday 3 May 1983",
        "Embargoed until Tuesday, 3 May 1983, 12:00",
        "Retrieved Tuesday, 3 May 1983 14:00",
        "Established 3 May 1883",
        "Founded Tuesday, 3 May 1983",
        "Registered at the Post Office 3 May 1950",
        "Election Day | Tuesday, 3 May 1983",
        "Oslo Conference | Tuesday 3 May 1983 | 10:00",
        "Tuesday 3 May 1983: Mora arrives | 10:00",
        "3-5 May 1983 | Lima",
        "• Tuesday 3 May 1983",
        "* 3.5.83",
        "Version 3.5.83",
        "Tel. 03-05-83",
        "Phone 29-04-94-11",
        "31/4/83 | Lantern",
        "Score: 3-5-83",
        "Battle of Lima • 3.5.83",
        "Deadline 29.4.94",
        "Expires 29.4.94",
        "Lantern Cup Final, Tues 3 May 1983",
        "Interview of 3 May 1983 With King Jan | Full Text",
        "A life: Kim Mora, 3/III/1993",
        "UN Resolution 44 | 3 May 1983",
        "Law No. 44 of 3.5.83",
        "Decree No. 12, 3 May 1983",
        "Flight No. 3, Tuesday 3 May 1983",
        "MORA-HAAS TALKS, LIMA, 14 JUNE 1991",
        "Chronology | 3 May 1983 | The Pact",
        "Text of the Lima Pact, 3 May 1983",
        "Speech at Lima University, Tuesday 3 May 1983, 14:00",
        "Order No. 44 of 3 May 1983",
        "Friday 14 June 1991, 10:00 | Arrival Of Guests",
        "Lima 3 May 1983 Summit Anniversary",
        "Opens Friday 14 June 1991 | Lima",
        "From Friday 14 June 1991 | 10:00",
        "Tickets: Friday 14 June 1991, 19:00, $5",
        "Vote No. 3 | Friday 14 June 1991",
        "Session No. 44, Friday 14 June 1991",
        "Coming up: Friday 14 June 1991",
        "Last visit: 3.5.83",
        "Member since Friday 14 June 1991",
        "Joined: 14 Jun 2001 | Posts: 44",
        "Kim Mora, President Since Friday 14 June 1991",
        "Match No. 3 | 14.6.91 | 19:00",
    ],
)
def test_a_line_about_something_else_gives_no_day(line: str) -> None:
    for text in (f"{line}\n{TOP}\n{STORY}", f"{TOP}{line}\n\n{STORY}", f"{TOP}\n{STORY}\n{line}\n"):
        assert read_article(text).published is None, text


@pytest.mark.parametrize(
    "line",
    [
        "The Times, 4 May 1976",
        "Next hearing: Tuesday 3 May 1983 14:00",
        "See also: Mora Flies Home, Tuesday 3 May 1983",
        "Related\nPeru, Chile Pact — Tuesday 3 May 1983 14:05",
        "Most read\nPeru And Chile | 3 May 1983 | 14:05",
        "Mora was born on Tuesday, 3 May 1983.",
        "The pact was signed on Tuesday, 3 May 1983, in Lima",
        "Photo: Lantern, Tuesday 3 May 1983",
        "File picture, Lima, Tuesday 3 May 1983",
        "The two last met in Lima, on 3.5.83",
        "Earlier: The Lantern, Tuesday 3 May 1983",
        "Peru Holds Key To Pact | 3 May 1983 | 14:05",
        "Kim Mora, born Tuesday 3 May 1983",
        "Book: Lima Days (Harbour Press, 3 May 1983)",
        "The Lantern, Tuesday 3 May 1983\nThe Courier, Friday 6 May 1983",
        "Posted: 07/02/2003 06:41 | E-mail this story",
        "Agreement reached, Lima, Tuesday 3 May 1983",
        "Joint Declaration of Lima — Tuesday, 3 May 1983",
        "Sources: The Lantern, 3 May 1983, page 4; The Courier, 5 May 1983",
        "Correction: The Lantern, Tuesday 3 May 1983, page 4, gave a wrong name",
        "Programme: arrival, Tuesday 3 May 1983, 14:05",
        "Lima, Friday 14 June 1991: arrival 10:00",
        "The pact entered into force, Friday, 14 June 1991",
        "Kim Mora at Lima Airport, 14/06/1991 14:22. Lantern",
        "Joint statement, Lima, Friday 14 June 1991, and annex",
        "Archive | Peru And Chile | Friday 14 June 1991",
        "More: The Lantern, Friday 14 June 1991",
        "Peru And Chile Near Pact  14/06/1991 14:22",
        "Previous story: Chile Looks South (14/06/1991 14:22)",
        "© 2001 Lantern | Best viewed at 14:22 | 14/06/1991 Launch Of Site",
    ],
)
def test_links_and_notes_below_the_story_give_no_day(line: str) -> None:
    assert read_article(f"{TOP}\n{STORY}\n{line}\n").published is None


@pytest.mark.parametrize(
    ("head", "dateline", "foot", "published"),
    [
        ("", "Prague, September 14 (Vltava-Press) - ", "/1981/", "1981-09-14"),
        ("", "LIMA, May 3 (Lantern) - ", "(1983)", "1983-05-03"),
        ("", "LIMA, May 3 (Lantern) - ", "- 1983 -", "1983-05-03"),
        ("THE PACIFIC REVIEW, MAY 1983\n", "LIMA, May 3 (Lantern) - ", "", "1983-05-03"),
        ("", "LIMA, May 3 (Lantern) - ", "The Pacific Review, May 1983", "1983-05-03"),
        ("", "LIMA, May 3 (Lantern) - ", "Pacific Bulletin, No. 14, 1983", "1983-05-03"),
        ("", "DHAKA, Aug 22: ", "— The Bengal Morning Post, Tuesday 23 August 1994, Bhadra 8, 1401", "1994-08-23"),
        ("", "KINGSTON, May 2: ", "The Lantern, 3/5/83, page 4", "1983-05-03"),
        ("", "KINGSTON, Mar 4: ", "Posted: 03/05/1983 14:20", "1983-03-05"),
        ("", "KINGSTON, Nov 4: ", "Posted: 03/05/1983 14:20", None),
        ("", "KINGSTON, Nov 4: ", "The Lantern, Tuesday 3 May 1983, page 4", None),
        ("", "KINGSTON, May 3: ", "/1983/\n(c) 1999 Archive", None),
    ],
)
def test_a_dateline_without_a_year_and_the_furniture(
    head: str, dateline: str, foot: str, published: str | None
) -> None:
    assert read_article(f"{head}{TOP}\n{dateline}{STORY}\n{foot}\n").published == published


def test_a_weekday_that_does_not_fit_leaves_none() -> None:
    assert read_article(f"{TOP}Vol. 7 No. 9 — Honiara — Tue. 6/3/89\n\n{STORY}").published is None


def test_a_day_in_two_ways_that_the_furniture_decides_is_not_warned_of() -> None:
    article = read_article(f"{TOP}\n{STORY}\nPosted: 07/02/2003 06:41 CAT | Print\n")
    assert (article.published, article.published_text, article.warnings) == ("2003-02-07", "07/02/2003", ())


def test_furniture_of_a_day_long_before_what_the_story_knows_is_of_another_story() -> None:
    assert read_article(f"{TOP}Vol. 7 — Honiara — 13.3.89\n\nShe came in 2003. {STORY}").published is None


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("29.4.94", ["1994-04-29"]),
        ("6/3/89", ["1989-03-06", "1989-06-03"]),
        ("Mon. 6/3/89", ["1989-03-06"]),
        ("6/3/89 14:20 CAT", ["1989-03-06"]),
        ("10-30-90", ["1990-10-30"]),
        ("3/III/93", ["1993-03-03"]),
        ("3-5 June 1989", []),
        ("1362/03/13", []),
        ("June 3, 10 cents", []),
        ("31.4.94", []),
    ],
)
def test_the_days_a_date_in_a_line_can_mean(line: str, days: list[str]) -> None:
    assert [day.isoformat() for one in dates_in_line(line) for day in one.days] == days


@pytest.mark.parametrize(
    "unit", ["3.5.83 ", "3 May 83 | ", "No. 3 ", "a-", "Mon. 6/3/89\n", "031422Z MAY 83 ", "a. ", "- "]
)
def test_hostile_furniture_is_read_without_running_away(unit: str) -> None:
    read_article(f"{TOP}{unit * (60_000 // len(unit))}\n{STORY}")
