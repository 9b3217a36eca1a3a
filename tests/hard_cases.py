"""The 68 hard cases: sentences of news copy, and the records that are right for each.

A case says what it is about and no more: a field left at `...` is not asked for, a tuple of values accepts any of them.
Two things are asked for throughout. Every record counts, so one that is not listed is an invention; what the text
leaves open is listed as `optional`. And a date is never invented: `start` and `end` are None unless a case says else.

Every case stands twice, the second time in other words, with other people and countries, so that no rule fits one
sentence only. Its id is the first one's followed by "paraphrased". All people are made up, but for the leaders of
North Korea, whose names are the well-known trap, and two presidents whose names are transliterated in two ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import EllipsisType
from typing import TypeAlias, TypeVar

from summarise.records import (
    AttributionKind,
    Channel,
    DatePrecision,
    Focus,
    InvitationResponse,
    InvitationStatus,
    PartyKind,
    Role,
    Tenure,
    VisitKind,
    VisitStatus,
)

Value = TypeVar("Value")
Asked: TypeAlias = Value | tuple[Value, ...] | EllipsisType
"""One value that is right, several that are, or `...`: not asked for."""


@dataclass(frozen=True)
class Who:
    """A party. `name` holds the accepted forms, separated by `|`; a leading article or possessive does not matter."""

    name: str
    kind: Asked[PartyKind] = ...
    country: Asked[str | None] = ...


People: TypeAlias = str | Who | tuple[str | Who, ...]
"""A set of parties; a string is a `Who` of which only the name is asked for; `()` is nobody."""


@dataclass(frozen=True)
class Expected:
    """One visit that the text tells."""

    visitors: People
    country: Asked[str | None]
    start: Asked[str | None] = None
    end: Asked[str | None] = None
    status: Asked[VisitStatus] = ...
    precision: Asked[DatePrecision] = ...
    kind: Asked[VisitKind] = ...
    focus: Asked[Focus] = ...
    leg: int | EllipsisType = ...
    """Order in the trip; the visits of a case that have a leg are one trip."""
    hosts: People | EllipsisType = ...
    event: Asked[str | None] = ...
    places: tuple[str, ...] = ()
    """Each must be among the places given."""
    source: Asked[AttributionKind] = ...
    """Kind of one of the sources given."""
    source_name: str | EllipsisType = ...
    """Stands in the name of one of the sources given."""
    caveat: str | EllipsisType = ...
    """Stands in the caveat; "" asks for a caveat of whatever words."""
    optional: bool = False


@dataclass(frozen=True)
class ExpectedInvitation:
    """One invitation that the text tells."""

    inviters: People
    invitees: People
    country: Asked[str | None]
    response: Asked[InvitationResponse] = ...
    status: Asked[InvitationStatus] = ...
    channel: Asked[Channel] = ...
    via: str | EllipsisType = ...
    """Stands in the field."""
    proposed: Asked[str | None] = ...
    """Start of the date offered."""
    caveat: str | EllipsisType = ...
    optional: bool = False


@dataclass(frozen=True)
class ExpectedOfficial:
    """One person in office whom the text names."""

    name: str
    titles: tuple[str, ...] = ()
    """Each stands in one of the titles given."""
    forms: tuple[str, ...] = ()
    """Each stands in one of the variants or titles given."""
    never: tuple[str, ...] = ()
    """None stands in any of the variants or titles given: it belongs to somebody else."""
    role: Asked[Role] = ...
    tenure: Asked[Tenure] = ...
    country: Asked[str | None] = ...
    optional: bool = False


@dataclass(frozen=True)
class HardCase:
    """A text, and every record that is right for it."""

    id: str
    title: str
    text: str
    visits: tuple[Expected, ...] = ()
    invitations: tuple[ExpectedInvitation, ...] = ()
    officials: tuple[ExpectedOfficial, ...] | None = None
    """None: not asked for."""
    published: str | None = "2024-03-11"
    """What is told beside the text; a Monday unless the case says else. None: the text itself tells."""
    states: str | None = None
    """The publication date that must be read off the text."""
    dateline: str | None = None
    """The place that must be read off the text."""
    agencies: tuple[str, ...] = ()
    """Each stands in the outlet or one of the agencies given."""
    unreadable: bool = False
    """In a language that is not read: nothing is recorded, and a warning says why."""

    @property
    def number(self) -> int:
        """The case's number, 1 to 68."""
        return int(self.id.split()[0])


AHEAD: tuple[VisitStatus, ...] = ("planned", "confirmed")
THERE: tuple[VisitStatus, ...] = ("ongoing", "completed")
"""For copy that says "flew in on Sunday" and not whether the guest has left."""
SPRING, AUTUMN = "2024-21", "2024-23"
"""Seasons as EDTF writes them from level 1 on; the words alone are right, too."""
UNANSWERED: tuple[InvitationResponse, ...] = ("pending", "unknown")


def possible(visitors: People, country: Asked[str | None], start: Asked[str | None] = None) -> Expected:
    """A visit that may be recorded as speculated, and need not be."""
    return Expected(visitors, country, start, status="speculated", optional=True)


TIME_AND_STATUS = (
    # ------------------------------------------------------------------------------------------------------------- 1
    HardCase(
        "01",
        "a weekday with a verb in the future is ahead",
        "Nigerian Trade Minister Folake Adeyemi will fly to Oslo on Wednesday.",
        (Expected("Folake Adeyemi", "NOR", "2024-03-13", status=AHEAD, precision="day"),),
    ),
    HardCase(
        "01 paraphrased",
        "a weekday with a verb in the future is ahead",
        "Slovenia's foreign minister, Maja Kovač, is to travel to Lisbon on Friday for talks on grain exports, her "
        "office said.",
        (Expected("Maja Kovač", "PRT", "2024-03-15", status=AHEAD, precision="day"),),
    ),
    HardCase(
        "01 past",
        "a weekday with a verb in the past is behind",
        "Nigerian Trade Minister Folake Adeyemi flew to Oslo on Wednesday.",
        (Expected("Folake Adeyemi", "NOR", "2024-03-06", status="completed", precision="day"),),
    ),
    HardCase(
        "01 past paraphrased",
        "a weekday with a verb in the past is behind",
        "Slovenia's foreign minister, Maja Kovač, travelled to Lisbon on Friday, where she signed a fisheries accord.",
        (Expected("Maja Kovač", "PRT", "2024-03-08", status="completed", precision="day"),),
    ),
    # ------------------------------------------------------------------------------------------------------------- 2
    HardCase(
        "02",
        "today named by its weekday",
        "Nigerian Trade Minister Folake Adeyemi arrived in Oslo on Monday.",
        (Expected("Folake Adeyemi", "NOR", "2024-03-11", status="ongoing"),),
    ),
    HardCase(
        "02 paraphrased",
        "today named by its weekday",
        "Peruvian President Elena Quispe touched down in Madrid on Monday and was driven straight to the royal palace.",
        (Expected("Elena Quispe", "ESP", "2024-03-11", status="ongoing"),),
    ),
    # ------------------------------------------------------------------------------------------------------------- 3
    HardCase(
        "03",
        "a relative date counts from the day of the saying",
        "On February 27 Finnish Foreign Minister Aino Salmi said she might go to Quito next month.",
        (Expected("Aino Salmi", "ECU", "2024-03", status="speculated", precision="month"),),
    ),
    HardCase(
        "03 paraphrased",
        "a relative date counts from the day of the saying",
        "Asked about his plans on January 30, Kenyan Prime Minister Daniel Otieno told reporters that he could travel "
        "to Indonesia next month.",
        (Expected("Daniel Otieno", "IDN", "2024-02", status="speculated", precision="month"),),
        published="2024-02-05",
    ),
    # ------------------------------------------------------------------------------------------------------------- 4
    HardCase(
        "04",
        "a month of last year keeps its precision",
        "Armenian President Aram Petrosyan last met Belarusian President Pavel Zaitsev in Minsk in September last "
        "year.",
        (Expected("Aram Petrosyan", "BLR", "2023-09", status="completed", precision="month"),),
        published="2024-06-10",
    ),
    HardCase(
        "04 paraphrased",
        "a month of last year keeps its precision",
        "Moldovan Prime Minister Ion Rusu and Estonian Prime Minister Kalle Tamm last sat down together in Vienna in "
        "November last year.",
        (
            Expected("Ion Rusu", "AUT", "2023-11", status="completed", precision="month"),
            Expected("Kalle Tamm", "AUT", "2023-11", status="completed", precision="month"),
        ),
        published="2024-06-10",
    ),
    # ------------------------------------------------------------------------------------------------------------- 5
    HardCase(
        "05",
        "last year is a year and no day",
        "Swedish King Magnus was in Doha last year.",
        (Expected("King Magnus|Magnus", "QAT", "2023", status="completed", precision="year"),),
        published="2024-06-10",
    ),
    HardCase(
        "05 paraphrased",
        "last year is a year and no day",
        "Chilean Finance Minister Rodrigo Fuentes, who was in Singapore last year, now wants a trade deal.",
        (Expected("Rodrigo Fuentes", "SGP", "2023", status="completed", precision="year"),),
        published="2024-06-10",
    ),
    # ------------------------------------------------------------------------------------------------------------- 6
    HardCase(
        "06",
        "the verb picks the year of a day and month: ahead",
        "Tunisian Prime Minister Karim Jaziri will be in Rabat on December 29-31.",
        (Expected("Karim Jaziri", "MAR", "2024-12-29", "2024-12-31", status=AHEAD),),
        published="2024-01-05",
    ),
    HardCase(
        "06 paraphrased",
        "the verb picks the year of a day and month: ahead",
        "Canadian Defence Minister Paul Tremblay is due to spend November 20-22 in Warsaw.",
        (Expected("Paul Tremblay", "POL", "2024-11-20", "2024-11-22", status=AHEAD),),
        published="2024-01-05",
    ),
    HardCase(
        "06 past",
        "the verb picks the year of a day and month: behind",
        "Tunisian Prime Minister Karim Jaziri was in Rabat on December 29-31.",
        (Expected("Karim Jaziri", "MAR", "2023-12-29", "2023-12-31", status="completed"),),
        published="2024-01-05",
    ),
    HardCase(
        "06 past paraphrased",
        "the verb picks the year of a day and month: behind",
        "Canadian Defence Minister Paul Tremblay spent November 20-22 in Warsaw for talks on air defence.",
        (Expected("Paul Tremblay", "POL", "2023-11-20", "2023-11-22", status="completed"),),
        published="2024-01-05",
    ),
    # ------------------------------------------------------------------------------------------------------------- 7
    HardCase(
        "07",
        "the year rolls over",
        "Japanese envoy Kenji Mori is due in Hanoi on January 3.",
        (Expected("Kenji Mori", "VNM", "2024-01-03", status=AHEAD),),
        published="2023-12-28",
    ),
    HardCase(
        "07 paraphrased",
        "the year rolls over",
        "The Egyptian foreign minister, Samir Fahmy, will hold talks in Ankara on January 9, the ministry in Cairo "
        "said.",
        (Expected("Samir Fahmy", "TUR", "2024-01-09", status=AHEAD),),
        published="2023-12-30",
    ),
    # ------------------------------------------------------------------------------------------------------------- 8
    HardCase(
        "08",
        "start and end in two months",
        "Austrian Chancellor Lukas Brandt visits Tunis from April 30 to May 2.",
        (Expected("Lukas Brandt", "TUN", "2024-04-30", "2024-05-02", status=AHEAD, precision="day"),),
    ),
    HardCase(
        "08 paraphrased",
        "start and end in two months",
        "From June 28 until July 3, Mongolian President Batu Ganbold will be in New Zealand on a state visit.",
        (Expected("Batu Ganbold", "NZL", "2024-06-28", "2024-07-03", status=AHEAD, precision="day", kind="state"),),
    ),
    # ------------------------------------------------------------------------------------------------------------- 9
    HardCase(
        "09",
        "a length bounds the visit",
        "Portuguese Prime Minister Ana Figueira will pay a three-day visit to Lima starting on Tuesday.",
        (Expected("Ana Figueira", "PER", "2024-03-12", "2024-03-14", status=AHEAD),),
    ),
    HardCase(
        "09 paraphrased",
        "a length bounds the visit",
        "Ghana's vice president, Kwame Boateng, begins a four-day trip to Seoul on Thursday.",
        (Expected("Kwame Boateng", "KOR", "2024-03-14", "2024-03-17", status=AHEAD),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 10
    HardCase(
        "10",
        "within weeks is vague",
        "Turkmen Foreign Minister Serdar Orazov is expected in Baku within weeks.",
        (Expected("Serdar Orazov", "AZE", status=(*AHEAD, "speculated"), precision="vague"),),
    ),
    HardCase(
        "10 paraphrased",
        "in the coming weeks is vague",
        "Bolivian President Luis Condori will travel to New Delhi in the coming weeks, diplomats say.",
        (Expected("Luis Condori", "IND", status=(*AHEAD, "speculated"), precision="vague"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 11
    HardCase(
        "11",
        "a list of years is a list of visits",
        "Italian President Marco Bellini visited Ghana in 1999, 2007 and 2015.",
        tuple(
            Expected("Marco Bellini", "GHA", year, status="completed", precision="year", focus="background")
            for year in ("1999", "2007", "2015")
        ),
    ),
    HardCase(
        "11 paraphrased",
        "a list of years is a list of visits",
        "Danish Prime Minister Mette Lund knows Vietnam well, having travelled there in 2004, 2011 and 2018.",
        tuple(
            Expected("Mette Lund", "VNM", year, status="completed", precision="year", focus="background")
            for year in ("2004", "2011", "2018")
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 12
    HardCase(
        "12",
        "since is a lower bound; a list of countries is a list of visits",
        "Since taking office in May Canadian Foreign Minister Claire Dubois has toured Chad, Niger and Mali.",
        tuple(
            Expected("Claire Dubois", country, "2023-05", status="completed", precision="vague")
            for country in ("TCD", "NER", "MLI")
        ),
    ),
    HardCase(
        "12 paraphrased",
        "since is a lower bound; a list of countries is a list of visits",
        "Irish Prime Minister Niamh Doyle has been to Poland, Latvia and Finland since October.",
        tuple(
            Expected("Niamh Doyle", country, "2023-10", status="completed", precision="vague")
            for country in ("POL", "LVA", "FIN")
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 13
    HardCase(
        "13",
        "a counterfactual is no visit",
        "Had Serbian Interior Minister Milan Jovic visited Riga, talks would have resumed.",
    ),
    HardCase(
        "13 paraphrased",
        "a counterfactual is no visit",
        "If Uruguayan President Tomas Varela had gone to Caracas last week, the crisis might have been averted, "
        "analysts said.",
    ),
    # ------------------------------------------------------------------------------------------------------------ 14
    HardCase(
        "14",
        "a condition is no invitation",
        "“If invited, I would go to Caracas,” Uruguayan President Tomas Varela said.",
        (possible("Tomas Varela", "VEN"),),
    ),
    HardCase(
        "14 paraphrased",
        "a condition is no invitation",
        "Thai Foreign Minister Somchai Prasert said he would be ready to travel to Bamako should the government there "
        "ask him.",
        (possible("Somchai Prasert", "MLI"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 15
    HardCase(
        "15",
        "a season has no days; a hint is speculation",
        "Latvian Prime Minister Janis Ozols may travel to Seoul in spring, aides hinted.",
        (
            Expected(
                "Janis Ozols",
                "KOR",
                (None, SPRING),
                status="speculated",
                precision="season",
                source="anonymous",
            ),
        ),
    ),
    HardCase(
        "15 paraphrased",
        "a season has no days; a hint is speculation",
        "People close to Qatari Foreign Minister Nasser al-Kaabi suggested that he could go to Helsinki this autumn.",
        (
            Expected(
                "Nasser al-Kaabi",
                "FIN",
                (None, AUTUMN),
                status="speculated",
                precision="season",
                source="anonymous",
            ),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 16
    HardCase(
        "16",
        "when he visits: planned, without a date or a place",
        "Talks are to be held when Chinese Vice Premier Zhu Liang visits.",
        (Expected("Zhu Liang", None, status=AHEAD),),
    ),
    HardCase(
        "16 paraphrased",
        "when he comes: planned, without a date, the place from the context at most",
        "The two sides will sign the accord when Omani Foreign Minister Said al-Harthi comes to visit, officials in "
        "Colombo said.",
        (Expected("Said al-Harthi", (None, "LKA"), status=AHEAD),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 17
    HardCase(
        "17",
        "put off: one record with the new date",
        "Norwegian Foreign Minister Anders Vik's trip to Jakarta, set for May 4, was put off to June 9.",
        (Expected("Anders Vik", "IDN", "2024-06-09", status="postponed", caveat="May 4"),),
    ),
    HardCase(
        "17 paraphrased",
        "put off: one record with the new date",
        "Rwandan President Jean Mugisha has postponed his visit to Brazil, which was to begin on April 15, until May "
        "20.",
        (Expected("Jean Mugisha", "BRA", "2024-05-20", status="postponed", caveat="April 15"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 18
    HardCase(
        "18",
        "a visit that did not happen is denied",
        "The Kazakh Foreign Ministry dismissed reports that Foreign Minister Askar Nurlan had secretly been to Tehran.",
        (Expected("Askar Nurlan", "IRN", status="denied", source="institution", source_name="Foreign Ministry"),),
    ),
    HardCase(
        "18 paraphrased",
        "a visit that did not happen is denied",
        "Reports that Cypriot President Andreas Leonidou paid an unannounced visit to Beirut last month are false, his "
        "office said.",
        (Expected("Andreas Leonidou", "LBN", ("2024-02", None), status="denied", source="institution"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 19
    HardCase(
        "19",
        "never is no visit",
        "Belgian Prime Minister Sophie Claes has never set foot in Kigali.",
    ),
    HardCase(
        "19 paraphrased",
        "never is no visit",
        "Never once in her career has Thai Health Minister Malee Suwan been to Dhaka.",
    ),
    HardCase(
        "19 since",
        "not since: at most the visit of that year",
        "Belgian Finance Minister Wim Peeters has not visited Rwanda since 2010.",
        (Expected("Wim Peeters", "RWA", ("2010", None), status="completed", focus="background", optional=True),),
    ),
    HardCase(
        "19 since paraphrased",
        "not since: at most the visit of that year",
        "Italian Defence Minister Carlo Neri has not returned to Tripoli since 2012.",
        (Expected("Carlo Neri", "LBY", ("2012", None), status="completed", focus="background", optional=True),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 20
    HardCase(
        "20",
        "a cancellation denied: the trip stands",
        "Paraguayan Foreign Minister Hugo Benitez denied he had cancelled his trip to Miami.",
        (Expected("Hugo Benitez", "USA", status=(*AHEAD, "unknown")),),
    ),
    HardCase(
        "20 paraphrased",
        "a cancellation denied: the trip stands",
        "Sri Lankan Trade Minister Ruwan Perera's visit to Copenhagen on March 20 has not been called off, his "
        "spokesman insisted.",
        (Expected("Ruwan Perera", "DNK", "2024-03-20", status=(*AHEAD, "unknown")),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 21
    HardCase(
        "21",
        "cut short is not cancelled",
        "The Kuwaiti delegation cut short its stay in Amman.",
        (Expected(Who("Kuwaiti delegation", kind="delegation"), "JOR", status=THERE),),
    ),
    HardCase(
        "21 paraphrased",
        "broken off is not cancelled",
        "Lithuanian President Vytas Kalnins broke off his visit to Armenia and flew home after the storm.",
        (Expected("Vytas Kalnins", "ARM", status=THERE),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 22
    HardCase(
        "22",
        "a written year wins over the date of publication",
        "Published 2 January 2019\n\n"
        "Hungarian Foreign Minister Gabor Szalai has had a crowded diary. On March 3, 2020 he flew to Rome for talks.",
        (Expected("Gabor Szalai", "ITA", "2020-03-03", status=(*AHEAD, "completed", "unknown"), caveat=""),),
        published="2019-01-02",
    ),
    HardCase(
        "22 paraphrased",
        "a written year wins over the date of publication",
        "Published 20 November 2018\n\n"
        "Colombian Defence Minister Andres Rojas arrived in Lisbon on February 11, 2019, the ministry said.",
        (Expected("Andres Rojas", "PRT", "2019-02-11", status=(*AHEAD, *THERE, "unknown"), caveat=""),),
        published="2018-11-20",
    ),
)

WHO_AND_WHERE = (
    # ------------------------------------------------------------------------------------------------------------ 23
    HardCase(
        "23",
        "nobody visits his own country",
        "Zambia's President Mutale Phiri and Malawi's President Grace Banda open talks in Lusaka on Friday.",
        (Expected("Grace Banda", "ZMB", "2024-03-15", status=AHEAD, hosts="Mutale Phiri"),),
    ),
    HardCase(
        "23 paraphrased",
        "nobody visits his own country",
        "Finnish Prime Minister Eero Lahti met Estonian President Liis Kask in Tallinn on Thursday.",
        (Expected("Eero Lahti", "EST", "2024-03-07", status="completed", hosts="Liis Kask"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 24
    HardCase(
        "24",
        "who travel together are one record",
        "Danish King Valdemar, accompanied by Trade Minister Lars Holm, is in Jakarta.",
        (Expected(("King Valdemar|Valdemar", "Lars Holm"), "IDN", status="ongoing"),),
    ),
    HardCase(
        "24 paraphrased",
        "who travel together are one record",
        "Spanish Prime Minister Javier Ortuño flew into Rabat on Sunday together with Interior Minister Pilar Gascón.",
        (Expected(("Javier Ortuño", "Pilar Gascón"), "MAR", "2024-03-10", status=THERE),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 25
    HardCase(
        "25",
        "legs of one trip; the origin is none",
        "Honduran Foreign Minister Rosa Lopez flew from Panama to Bogota and on to Quito.",
        (
            Expected("Rosa Lopez", "COL", status="completed", leg=1, places=("Bogota",)),
            Expected("Rosa Lopez", "ECU", status="completed", leg=2, places=("Quito",)),
        ),
    ),
    HardCase(
        "25 paraphrased",
        "legs of one trip; the origin is none",
        "From Lisbon, Pakistani Foreign Minister Bilal Qureshi travelled to Algiers and then went on to Tunis.",
        (
            Expected("Bilal Qureshi", "DZA", status="completed", leg=1, places=("Algiers",)),
            Expected("Bilal Qureshi", "TUN", status="completed", leg=2, places=("Tunis",)),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 26
    HardCase(
        "26",
        "a stopover is a leg in transit",
        "Icelandic Prime Minister Katrin Helgadottir stopped over in Doha on her way to Tokyo.",
        (
            Expected("Katrin Helgadottir", "QAT", status="completed", kind="transit", leg=1),
            Expected("Katrin Helgadottir", "JPN", status=(*AHEAD, *THERE), leg=2),
        ),
    ),
    HardCase(
        "26 paraphrased",
        "a stopover is a leg in transit",
        "On his way to Canberra, Greek Defence Minister Nikos Vasilakis made a brief stopover in Singapore.",
        (
            Expected("Nikos Vasilakis", "SGP", status="completed", kind="transit", leg=1),
            Expected("Nikos Vasilakis", "AUS", status=(*AHEAD, *THERE), leg=2),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 27
    HardCase(
        "27",
        "a host without guests is no visit",
        "Paris will host the climate summit in June.",
    ),
    HardCase(
        "27 paraphrased",
        "a host without guests is no visit",
        "A regional food conference is to be held in Nairobi in September, with Kenya as its host.",
    ),
    # ------------------------------------------------------------------------------------------------------------ 28
    HardCase(
        "28",
        "a crowd of leaders is one delegation",
        "Leaders of 30 states gather in Accra for the trade forum on July 2.",
        (
            Expected(
                Who("Leaders of 30 states", kind="delegation"),
                "GHA",
                "2024-07-02",
                status=AHEAD,
                kind="multilateral",
                event=("trade forum", "the trade forum"),
            ),
        ),
    ),
    HardCase(
        "28 paraphrased",
        "a crowd of ministers is one delegation",
        "Finance ministers from 12 countries will come to Almaty on May 16 for the Eurasian Investment Summit.",
        (
            Expected(
                Who("Finance ministers from 12 countries", kind="delegation"),
                "KAZ",
                "2024-05-16",
                status=AHEAD,
                kind="multilateral",
                event=("Eurasian Investment Summit", "the Eurasian Investment Summit"),
            ),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 29
    HardCase(
        "29",
        "a meeting in a third country is two visits to it",
        "Chilean Foreign Minister Carla Rios and Peruvian Foreign Minister Jorge Huaman met in Geneva.",
        (
            Expected("Carla Rios", "CHE", status="completed"),
            Expected("Jorge Huaman", "CHE", status="completed"),
        ),
    ),
    HardCase(
        "29 paraphrased",
        "a meeting in a third country is two visits to it",
        "Sudanese Vice President Omar Idris held talks with Ethiopian Foreign Minister Tadesse Bekele in Oslo on "
        "Tuesday.",
        (
            Expected("Omar Idris", "NOR", "2024-03-05", status="completed"),
            Expected("Tadesse Bekele", "NOR", "2024-03-05", status="completed"),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 30
    HardCase(
        "30",
        "received at a place that is not told",
        "Vietnamese Foreign Minister Nguyen Van Thanh received his Lao counterpart.",
        (
            Expected(
                Who("Lao counterpart", kind="unnamed_person", country="LAO"),
                None,
                status="completed",
                hosts="Nguyen Van Thanh",
            ),
        ),
    ),
    HardCase(
        "30 paraphrased",
        "received at a place that is not told",
        "Georgian Prime Minister Levan Beridze hosted the Icelandic health minister on Thursday.",
        (
            Expected(
                Who("Icelandic health minister", kind="unnamed_person", country="ISL"),
                None,
                "2024-03-07",
                status="completed",
                hosts="Levan Beridze",
            ),
        ),
    ),
    HardCase(
        "30 at home",
        "received at home by somebody with a name",
        "In Hanoi on Tuesday Vietnamese Foreign Minister Nguyen Van Thanh received his Lao counterpart.",
        (
            Expected(
                Who("Lao counterpart", kind="unnamed_person", country="LAO"),
                "VNM",
                "2024-03-05",
                status="completed",
                hosts="Nguyen Van Thanh",
            ),
        ),
    ),
    HardCase(
        "30 at home paraphrased",
        "received at home by somebody with a name",
        "Croatian President Ivan Matic welcomed his Albanian colleague at the palace in Zagreb on Friday.",
        (
            Expected(
                Who("Albanian colleague", kind="unnamed_person", country="ALB"),
                "HRV",
                "2024-03-08",
                status=THERE,
                hosts="Ivan Matic",
            ),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 31
    HardCase(
        "31",
        "a resident envoy does not visit",
        "The Ambassador of Kenya, Grace Wanjiru, called on the governor of Hokkaido.",
    ),
    HardCase(
        "31 paraphrased",
        "a resident envoy does not visit",
        "Sweden's ambassador to Chile, Karin Lindqvist, paid a courtesy visit to the mayor of Valparaiso on Wednesday.",
    ),
    # ------------------------------------------------------------------------------------------------------------ 32
    HardCase(
        "32",
        "capitals that act are governments, and no destination",
        "Moscow invited Kabul to the talks.",
        invitations=(
            ExpectedInvitation(
                Who("Moscow", kind="government", country="RUS"),
                Who("Kabul", kind="government", country="AFG"),
                None,
                response=UNANSWERED,
                status="extended",
            ),
        ),
    ),
    HardCase(
        "32 paraphrased",
        "capitals that act are governments, and no destination",
        "Ankara has invited Tripoli to attend the security conference, diplomats said.",
        invitations=(
            ExpectedInvitation(
                Who("Ankara", kind="government", country="TUR"),
                Who("Tripoli", kind="government", country="LBY"),
                None,
                response=UNANSWERED,
                status="extended",
            ),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 33
    HardCase(
        "33",
        "leaving for home ends a visit",
        "Malaysian Deputy Foreign Minister Azlan Idris left Pyongyang for home.",
        (Expected("Azlan Idris", "PRK", status="completed", places=("Pyongyang",)),),
    ),
    HardCase(
        "33 paraphrased",
        "leaving for home ends a visit",
        "Nicaraguan Vice President Rosario Solis has departed Minsk and is flying back to Managua.",
        (Expected("Rosario Solis", "BLR", status="completed", places=("Minsk",)),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 34
    HardCase(
        "34",
        "one capital is the other side, one is the place",
        "Armenian Foreign Minister Aram Petrosyan will continue his talks with Tbilisi in Baku.",
        (
            Expected("Aram Petrosyan", "AZE", status=AHEAD, places=("Baku",)),
            Expected(Who("Tbilisi", kind="government", country="GEO"), "AZE", status=AHEAD, optional=True),
        ),
    ),
    HardCase(
        "34 paraphrased",
        "one capital is the other side, one is the place",
        "Slovak Defence Minister Juraj Hronec is to resume negotiations with Kyiv in Bucharest on April 3.",
        (
            Expected("Juraj Hronec", "ROU", "2024-04-03", status=AHEAD, places=("Bucharest",)),
            Expected(Who("Kyiv", kind="government", country="UKR"), "ROU", "2024-04-03", status=AHEAD, optional=True),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 35
    HardCase(
        "35",
        "a country and a state of one name",
        "Georgian President Levan Beridze toured Atlanta, Georgia.",
        (Expected(Who("Levan Beridze", country="GEO"), "USA", status="completed", places=("Atlanta",)),),
    ),
    HardCase(
        "35 paraphrased",
        "a capital and a small town of one name",
        "Peruvian President Elena Quispe travelled to Lima, Ohio, on Saturday to address graduates.",
        (Expected(Who("Elena Quispe", country="PER"), "USA", "2024-03-09", status="completed"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 36
    HardCase(
        "36",
        "Korea alone is neither the one nor the other",
        "Korean President Park Min-ho was in Oslo on Thursday.",
        (Expected(Who("Park Min-ho", country=None), "NOR", "2024-03-07", status="completed"),),
    ),
    HardCase(
        "36 paraphrased",
        "Korea alone is neither the one nor the other",
        "Korea's foreign minister, Han Ji-woo, flew to Canberra on Tuesday.",
        (Expected(Who("Han Ji-woo", country=None), "AUS", "2024-03-05", status="completed"),),
    ),
    HardCase(
        "36 tour",
        "Korea as a destination that is not told which",
        "Thai Prime Minister Anan Chaiyo sets off on Friday on a Korea-Vietnam tour.",
        (
            Expected("Anan Chaiyo", "VNM", ("2024-03-15", None), status=AHEAD),
            Expected("Anan Chaiyo", None, ("2024-03-15", None), status=AHEAD, optional=True),
        ),
    ),
    HardCase(
        "36 tour paraphrased",
        "Korea as a destination that is not told which",
        "Canadian Trade Minister Julie Fortin will make a Korea-Japan trip in April.",
        (
            Expected("Julie Fortin", "JPN", "2024-04", status=AHEAD),
            Expected("Julie Fortin", None, "2024-04", status=AHEAD, optional=True),
        ),
    ),
    HardCase(
        "36 context",
        "which Korea, by the capital in the text",
        "Seoul said on Sunday that Korea's foreign minister, Han Ji-woo, would fly to Canberra on March 19.",
        (Expected(Who("Han Ji-woo", country="KOR"), "AUS", "2024-03-19", status=AHEAD),),
    ),
    HardCase(
        "36 context paraphrased",
        "which Korea, by the capital in the text",
        "The government in Pyongyang announced that Korea's trade minister, Ri Kwang Su, will visit Laos on April 2.",
        (Expected(Who("Ri Kwang Su", country="PRK"), "LAO", "2024-04-02", status=AHEAD),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 37
    HardCase(
        "37",
        "one Congo in the other's capital",
        "A minister of Congo flew to Kinshasa for talks about the river that both countries share.",
        (Expected(Who("minister of Congo|minister", "unnamed_person", country="COG"), "COD", status="completed"),),
    ),
    HardCase(
        "37 paraphrased",
        "one Congo in the other's capital",
        "Congo's foreign minister, Jean-Claude Mabiala, travelled to Brazzaville on Friday.",
        (Expected(Who("Jean-Claude Mabiala", country="COD"), "COG", "2024-03-08", status="completed"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 38
    HardCase(
        "38",
        "who is out of office visits, too",
        "Former Nigerian President Chidi Okoro arrived in Accra as an observer.",
        (Expected("Chidi Okoro", "GHA", status=THERE),),
        officials=(ExpectedOfficial("Chidi Okoro", tenure="former", country="NGA"),),
    ),
    HardCase(
        "38 paraphrased",
        "who is out of office visits, too",
        "Ex-Finnish prime minister Paavo Rantala is in Tbilisi to observe the election.",
        (Expected("Paavo Rantala", "GEO", status="ongoing"),),
        officials=(ExpectedOfficial("Paavo Rantala", tenure="former", country="FIN"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 39
    HardCase(
        "39",
        "a delegation needs no head",
        "The Iranian foreign ministry's delegation left for Vienna.",
        (
            Expected(
                Who(
                    "Iranian foreign ministry's delegation|Iranian foreign ministry|foreign ministry's delegation",
                    kind="delegation",
                    country="IRN",
                ),
                "AUT",
                status=(*AHEAD, *THERE),
            ),
        ),
        officials=(),
    ),
    HardCase(
        "39 paraphrased",
        "a delegation needs no head",
        "A delegation of the Sudanese health ministry set out for Geneva on Sunday.",
        (
            Expected(
                Who(
                    "delegation of the Sudanese health ministry|Sudanese health ministry",
                    kind="delegation",
                    country="SDN",
                ),
                "CHE",
                "2024-03-10",
                status=(*AHEAD, *THERE),
            ),
        ),
        officials=(),
    ),
    # ------------------------------------------------------------------------------------------------------------ 40
    HardCase(
        "40",
        "an international body is of no country",
        "An IMF mission is in Cairo.",
        (Expected(Who("IMF mission|IMF", kind="organisation", country=None), "EGY", status="ongoing"),),
    ),
    HardCase(
        "40 paraphrased",
        "an international body is of no country",
        "A World Bank team is visiting Dhaka.",
        (
            Expected(
                Who("World Bank team|World Bank", kind=("organisation", "delegation"), country=None),
                "BGD",
                status="ongoing",
            ),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 41
    HardCase(
        "41",
        "troops are no visitors",
        "2,000 peacekeepers arrived in Juba.",
    ),
    HardCase(
        "41 paraphrased",
        "troops are no visitors",
        "Hundreds of Kenyan police officers and soldiers landed in Port-au-Prince on Tuesday.",
    ),
    HardCase(
        "41 crowd",
        "tourists, refugees and journalists are no visitors",
        "Dozens of tourists, refugees and journalists arrived in Juba on Monday.",
    ),
    HardCase(
        "41 crowd paraphrased",
        "tourists, refugees and journalists are no visitors",
        "More than 300 foreign reporters and some 5,000 holidaymakers have come to Valletta for the regatta.",
    ),
    # ------------------------------------------------------------------------------------------------------------ 42
    HardCase(
        "42",
        "travel at home is no visit",
        "Governor Arif Rahman of Punjab visited flood victims in his own province.",
    ),
    HardCase(
        "42 paraphrased",
        "travel at home is no visit",
        "Brazilian President Marina Duarte travelled to Porto Alegre on Friday to inspect storm damage.",
    ),
    # ------------------------------------------------------------------------------------------------------------ 43
    HardCase(
        "43",
        "a spokesman without a name is a source and no official",
        "The Kremlin spokesman said Russian Foreign Minister Igor Baranov would visit Algiers on April 2.",
        (Expected("Igor Baranov", "DZA", "2024-04-02", status=AHEAD, source_name="Kremlin"),),
        officials=(ExpectedOfficial("Igor Baranov", role="foreign_minister"),),
    ),
    HardCase(
        "43 paraphrased",
        "a spokesman without a name is a source and no official",
        "French Foreign Minister Luc Marchand will travel to Baku on April 4, a spokeswoman for the Élysée said.",
        (Expected("Luc Marchand", "AZE", "2024-04-04", status=AHEAD, source_name="Élysée"),),
        officials=(ExpectedOfficial("Luc Marchand", role="foreign_minister"),),
    ),
    HardCase(
        "43 named",
        "a spokesman named two paragraphs above is that one",
        "Kremlin spokesman Dmitry Orlov declined to comment on the report on Monday.\n\n"
        "Bread prices rose in several regions.\n\n"
        "The Kremlin spokesman said later that no decision had been taken.",
        officials=(ExpectedOfficial("Dmitry Orlov", forms=("Kremlin spokesman",), role="spokesperson"),),
    ),
    HardCase(
        "43 named paraphrased",
        "a spokeswoman named two paragraphs above is that one",
        "Government spokeswoman Anne Roussel told reporters in Paris that the budget would pass.\n\n"
        "Unions have called for strikes.\n\n"
        "The government spokeswoman declined to say when the vote would be held.",
        officials=(ExpectedOfficial("Anne Roussel", forms=("spokeswoman",), role="spokesperson"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 44
    HardCase(
        "44",
        "a relative without a name is not the relative with one",
        "Zimbabwean President Tendai Moyo arrived in Beijing on Monday with his son and adviser.",
        (
            Expected(
                ("Tendai Moyo", Who("son and adviser", kind="unnamed_person")), "CHN", "2024-03-11", status="ongoing"
            ),
        ),
        officials=(ExpectedOfficial("Tendai Moyo"),),
    ),
    HardCase(
        "44 paraphrased",
        "a relative without a name is not the relative with one",
        "Kyrgyz Prime Minister Bakyt Asanov is in Warsaw. His daughter and chief adviser flew to Prague on Saturday.",
        (
            Expected("Bakyt Asanov", "POL", status="ongoing"),
            Expected(Who("daughter and chief adviser", kind="unnamed_person"), "CZE", "2024-03-09", status="completed"),
        ),
        officials=(ExpectedOfficial("Bakyt Asanov"),),
    ),
)

INVITATIONS_AND_MEETINGS = (
    # ------------------------------------------------------------------------------------------------------------ 45
    HardCase(
        "45",
        "an invitation without an answer",
        "Kuwaiti Emir Tariq al-Jaber was invited to Tehran by Iranian President Reza Karimi; no answer has been given.",
        (possible("Tariq al-Jaber", "IRN"),),
        (ExpectedInvitation("Reza Karimi", "Tariq al-Jaber", "IRN", response="pending", status="extended"),),
    ),
    HardCase(
        "45 paraphrased",
        "an invitation without an answer",
        "Ethiopian Prime Minister Tadesse Bekele has asked Ugandan President Ruth Nakato to come to Addis Ababa, but "
        "she has not yet replied.",
        (possible("Ruth Nakato", "ETH"),),
        (ExpectedInvitation("Tadesse Bekele", "Ruth Nakato", "ETH", response="pending", status="extended"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 46
    HardCase(
        "46",
        "thanks are no acceptance",
        "Jordanian Prime Minister Omar Khalil thanked Danish Queen Astrid for the invitation.",
        (possible("Omar Khalil", (None, "DNK")),),
        (ExpectedInvitation("Queen Astrid|Astrid", "Omar Khalil", (None, "DNK"), response="acknowledged"),),
    ),
    HardCase(
        "46 paraphrased",
        "thanks are no acceptance",
        "Bulgarian President Petar Iliev expressed gratitude to Indian Prime Minister Arjun Mehta for inviting him to "
        "New Delhi.",
        (possible("Petar Iliev", "IND"),),
        (ExpectedInvitation("Arjun Mehta", "Petar Iliev", "IND", response="acknowledged"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 47
    HardCase(
        "47",
        "accepted, at a time to be found",
        "Brazilian President Marina Duarte accepted an invitation from Angolan President Joao Kiala to visit Luanda at "
        "a convenient time.",
        (Expected("Marina Duarte", "AGO", status="planned"),),
        (ExpectedInvitation("Joao Kiala", "Marina Duarte", "AGO", response="accepted", proposed=None),),
    ),
    HardCase(
        "47 paraphrased",
        "accepted, at a time to be found",
        "Nepali President Bidya Thapa invited Pakistani Prime Minister Imran Siddiqui to Kathmandu, and he accepted; "
        "the dates are still to be agreed.",
        (Expected("Imran Siddiqui", "NPL", status="planned"),),
        (ExpectedInvitation("Bidya Thapa", "Imran Siddiqui", "NPL", response="accepted", proposed=None),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 48
    HardCase(
        "48",
        "an envoy carries the invitation and does not extend it",
        "Through his envoy, Samoan President Tavita Leota asked Indian Prime Minister Vikram Rao to Samoa.",
        (possible("Vikram Rao", "WSM"),),
        (
            ExpectedInvitation(
                "Tavita Leota",
                "Vikram Rao",
                "WSM",
                response=UNANSWERED,
                channel="via_intermediary",
                via="envoy",
            ),
        ),
    ),
    HardCase(
        "48 paraphrased",
        "an envoy carries the invitation and does not extend it",
        "A special envoy handed Moroccan Foreign Minister Youssef Tazi an invitation from Qatari Emir Hamad al-Nuaimi "
        "to come to Doha.",
        (possible("Youssef Tazi", "QAT"),),
        (
            ExpectedInvitation(
                "Hamad al-Nuaimi",
                "Youssef Tazi",
                "QAT",
                response=UNANSWERED,
                channel="via_intermediary",
                via="special envoy",
            ),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 49
    HardCase(
        "49",
        "a ministry invites, and the visit answers",
        "At the invitation of the Omani Ministry of Defence, German General Markus Haas will visit Oman.",
        (Expected("Markus Haas", "OMN", status=AHEAD),),
        (
            ExpectedInvitation(
                Who("Omani Ministry of Defence|Ministry of Defence", kind="organisation"),
                "Markus Haas",
                "OMN",
                response="accepted",
            ),
        ),
    ),
    HardCase(
        "49 paraphrased",
        "a parliament invites, and the visit answers",
        "Greek Speaker Eleni Markou travels to Yerevan on April 8 at the invitation of Armenia's National Assembly.",
        (Expected("Eleni Markou", "ARM", "2024-04-08", status=AHEAD),),
        (
            ExpectedInvitation(
                Who("Armenia's National Assembly|National Assembly", kind="organisation"),
                "Eleni Markou",
                "ARM",
                response="accepted",
            ),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 50
    HardCase(
        "50",
        "who is sent instead makes the visit",
        "Colombian President Lucia Herrera was invited to the coronation in Madrid; Vice President Diego Salas will "
        "attend in her place.",
        (Expected("Diego Salas", "ESP", status=AHEAD),),
        (ExpectedInvitation((), "Lucia Herrera", "ESP", response="delegated"),),
    ),
    HardCase(
        "50 paraphrased",
        "who is sent instead makes the visit",
        "Malaysian Prime Minister Hassan Yusof has been invited to the security summit in Oslo on May 14 but is "
        "sending Defence Minister Lim Wei Ming instead.",
        (Expected("Lim Wei Ming", "NOR", "2024-05-14", status=AHEAD),),
        (ExpectedInvitation((), "Hassan Yusof", "NOR", response="delegated"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 51
    HardCase(
        "51",
        "an invitation withdrawn",
        "Hungary withdrew its invitation to Kosovar President Arta Hoxha to visit Budapest.",
        invitations=(
            ExpectedInvitation(
                Who("Hungary", kind="government", country="HUN"), "Arta Hoxha", "HUN", status="withdrawn"
            ),
        ),
    ),
    HardCase(
        "51 paraphrased",
        "an invitation withdrawn",
        "Ottawa has withdrawn an invitation for Belarusian Foreign Minister Yuri Savchenko to come to Canada.",
        invitations=(
            ExpectedInvitation(
                Who("Ottawa", kind="government", country="CAN"), "Yuri Savchenko", "CAN", status="withdrawn"
            ),
        ),
    ),
    HardCase(
        "51 disinvited",
        "disinvited is an invitation withdrawn",
        "Serbian Culture Minister Milan Jovic was disinvited from the festival in Venice.",
        invitations=(ExpectedInvitation((), "Milan Jovic", "ITA", status="withdrawn"),),
    ),
    HardCase(
        "51 disinvited paraphrased",
        "uninvited is an invitation withdrawn",
        "Azerbaijani Deputy Foreign Minister Elchin Mammadov has been uninvited from next month's conference in "
        "Munich.",
        invitations=(ExpectedInvitation((), "Elchin Mammadov", "DEU", status="withdrawn"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 52
    HardCase(
        "52",
        "a telephone call is no visit",
        "Portuguese President Rui Tavares and Cape Verdean President Nilda Lopes spoke by phone on Friday.",
    ),
    HardCase(
        "52 paraphrased",
        "a telephone call is no visit",
        "In a telephone call with Lao Prime Minister Bounmy Sisouk on Thursday, Thai Prime Minister Anan Chaiyo "
        "offered help from Bangkok.",
    ),
    HardCase(
        "52 video",
        "a video summit is no visit",
        "Indian Prime Minister Vikram Rao and Australian Prime Minister Kate Dunn held a video summit.",
    ),
    HardCase(
        "52 video paraphrased",
        "a video summit is no visit",
        "Philippine President Jose Ramos and Indonesian President Budi Santoso conferred online on Tuesday, linked by "
        "video from Manila and Jakarta.",
    ),
    # ------------------------------------------------------------------------------------------------------------ 53
    HardCase(
        "53",
        "a meeting without a place is no visit",
        "Moldovan Foreign Minister Ion Rusu and Irish Foreign Minister Niamh Doyle met on the margins of the UN "
        "session.",
    ),
    HardCase(
        "53 paraphrased",
        "a meeting without a place is no visit",
        "Kenyan Finance Minister Peter Njoroge and Danish Finance Minister Freja Holm discussed debt relief on the "
        "sidelines of the G20 summit.",
    ),
    HardCase(
        "53 place",
        "with its place it is",
        "Moldovan Foreign Minister Ion Rusu and Irish Foreign Minister Niamh Doyle met in New York on the margins of "
        "the UN session.",
        (
            Expected("Ion Rusu", "USA", status="completed", kind="multilateral"),
            Expected("Niamh Doyle", "USA", status="completed", kind="multilateral"),
        ),
    ),
    HardCase(
        "53 place paraphrased",
        "with its place it is",
        "Kenyan Finance Minister Peter Njoroge met Danish Finance Minister Freja Holm in Rio de Janeiro on February 28 "
        "on the sidelines of the G20 summit.",
        (
            Expected("Peter Njoroge", "BRA", "2024-02-28", status="completed", kind="multilateral"),
            Expected("Freja Holm", "BRA", "2024-02-28", status="completed", kind="multilateral"),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 54
    HardCase(
        "54",
        "words of visiting that are no visits",
        "Her visit invites comparison. For tickets, visit our website. Anna Weber is a visiting professor in Leipzig. "
        "The doctor was on a visit to the ward. The court upheld his visitation rights. Conjugal visits are allowed on "
        "Sundays.",
    ),
    HardCase(
        "54 paraphrased",
        "words of visiting that are no visits",
        "Readers can visit the museum's page for opening hours. A lawyer from Canada is a visiting fellow at the "
        "University of Oslo. Nurses pay home visits twice a week. The ruling grants the father visiting hours in "
        "Copenhagen.",
    ),
    # ------------------------------------------------------------------------------------------------------------ 55
    HardCase(
        "55",
        "invited to bid or to join is no invitation",
        "The World Bank invited bids for the road; NATO invited three states to join.",
    ),
    HardCase(
        "55 paraphrased",
        "invited to bid or to join is no invitation",
        "Brazil has invited investors to bid for the port of Santos. The European Union invited Moldova to become a "
        "member.",
    ),
)

TEXT_FORM = (
    # ------------------------------------------------------------------------------------------------------------ 56
    HardCase(
        "56",
        "two spellings of one name",
        "Russian Foreign Minister Sergei Markov spoke to students in Moscow. Sergey Markov said the exams would be "
        "easier.",
        officials=(ExpectedOfficial("Sergei Markov", forms=("Sergey Markov",), country="RUS"),),
    ),
    HardCase(
        "56 paraphrased",
        "two spellings of one name",
        "Ukrainian President Volodymyr Zelensky addressed parliament in Kyiv. Zelenskyy thanked the deputies for the "
        "budget.",
        officials=(ExpectedOfficial("Volodymyr Zelensky", forms=("Zelenskyy",), country="UKR"),),
    ),
    HardCase(
        "56 article",
        "two spellings of one name with an article",
        "Egyptian President Abdel Fattah al-Sisi opened a bridge in Cairo. El-Sissi promised another one.",
        officials=(ExpectedOfficial("Abdel Fattah al-Sisi", forms=("El-Sissi",), country="EGY"),),
    ),
    HardCase(
        "56 article paraphrased",
        "two spellings of one name with an article",
        "Jordanian Prime Minister Yousef Al-Najjar opened a school in Amman. Youssef el-Najjar promised another one.",
        officials=(ExpectedOfficial("Yousef Al-Najjar", forms=("Youssef el-Najjar",), country="JOR"),),
    ),
    HardCase(
        "56 apart",
        "two names that differ by little",
        "North Korean leader Kim Jong Un opened a factory in Pyongyang. Kim Jong-un said late leader Kim Jong Il had "
        "planned it.",
        officials=(
            ExpectedOfficial("Kim Jong Un", forms=("Kim Jong-un",), never=("Kim Jong Il", "late")),
            ExpectedOfficial("Kim Jong Il", never=("Kim Jong-un",), tenure="deceased"),
        ),
    ),
    HardCase(
        "56 apart paraphrased",
        "two names that differ by little",
        "Togolese President Koffi Mensah Adjo opened a harbour in Lome. President Adjo recalled the late president "
        "Koffi Mensah Adju.",
        officials=(
            ExpectedOfficial("Koffi Mensah Adjo", never=("Adju", "late")),
            ExpectedOfficial("Koffi Mensah Adju", never=("Adjo",), tenure="deceased"),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 57
    HardCase(
        "57",
        "an agency keeps its misspelling",
        "Russian Deputy Prime Minister Oleg Frolov will visit Hanoi on April 5, Vedomasti reported.",
        (Expected("Oleg Frolov", "VNM", "2024-04-05", status=AHEAD),),
        agencies=("Vedomasti",),
    ),
    HardCase(
        "57 paraphrased",
        "an agency keeps its misspelling",
        "Turkish Trade Minister Emre Aksoy is to travel to Baku on April 9, the Anadollu news agency reported.",
        (Expected("Emre Aksoy", "AZE", "2024-04-09", status=AHEAD),),
        agencies=("Anadollu",),
    ),
    # ------------------------------------------------------------------------------------------------------------ 58
    HardCase(
        "58",
        "a title stays as written, even a wrong one",
        "North Korean President Kim Jong Un met teachers in Pyongyang.",
        officials=(ExpectedOfficial("Kim Jong Un", titles=("President",), country="PRK"),),
    ),
    HardCase(
        "58 paraphrased",
        "a title stays as written, even a wrong one",
        "Thai President Chulanon Srisai opened a school in Bangkok.",
        officials=(ExpectedOfficial("Chulanon Srisai", titles=("President",), country="THA"),),
    ),
    HardCase(
        "58 then",
        "one title then, another now",
        "The accord was signed by Pavel Zaitsev, then prime minister, now president of Belarus.",
        officials=(ExpectedOfficial("Pavel Zaitsev", titles=("prime minister", "president"), tenure="current"),),
    ),
    HardCase(
        "58 then paraphrased",
        "one title then, another now",
        "Rohan Clarke, then finance minister and now prime minister of Barbados, drafted the law.",
        officials=(ExpectedOfficial("Rohan Clarke", titles=("finance minister", "prime minister"), tenure="current"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 59
    HardCase(
        "59",
        "one surname, two persons",
        "Japanese Prime Minister Ito said on Monday that the budget would pass. President Ito of the Japanese Olympic "
        "Committee welcomed the plan.",
        officials=(
            ExpectedOfficial("Ito", titles=("Prime Minister",), never=("Olympic", "President"), country="JPN"),
            ExpectedOfficial("Ito", titles=("President",), never=("Prime Minister",), optional=True),
        ),
    ),
    HardCase(
        "59 paraphrased",
        "one surname, two persons",
        "Portuguese Foreign Minister Ana Silva met reporters in Lisbon. Portuguese Finance Minister Bruno Silva said "
        "taxes would fall.",
        officials=(
            ExpectedOfficial("Ana Silva", titles=("Foreign Minister",), never=("Bruno", "Finance")),
            ExpectedOfficial("Bruno Silva", titles=("Finance Minister",), never=("Ana", "Foreign")),
        ),
    ),
    # ------------------------------------------------------------------------------------------------------------ 60
    HardCase(
        "60",
        "what belongs to the page is no record",
        "By Laura Stone\n\n"
        "Wheat prices rose on Thursday as rain delayed the harvest.\n\n"
        "Advertisement\n\n"
        "Read more: Peruvian President Elena Quispe visits Madrid\n\n"
        "Farmers expect a poor year, and bakers are worried.\n\n"
        "Follow our Google News channel\n\n"
        "Related: Ghanaian President Kwame Boateng arrives in Berlin\n\n"
        "Photo: Reuters/Peter Hall\n",
        officials=(),
    ),
    HardCase(
        "60 paraphrased",
        "what belongs to the page is no record",
        "Storms closed three ports on the coast on Wednesday, and ferries stayed in harbour.\n\n"
        "ADVERTISEMENT\n\n"
        "Also read: Croatian President Ivan Matic to visit Athens next week\n\n"
        "Repairs will take a month.\n\n"
        "Sign up for our newsletter and never miss what Foreign Minister Luc Marchand says in Brussels.\n\n"
        "(Reporting by Mark Evans; editing by Susan Hill)\n",
        officials=(),
    ),
    # ------------------------------------------------------------------------------------------------------------ 61
    HardCase(
        "61",
        "a caption is evidence, and its date is the date",
        "Trade between Costa Rica and Belgium has doubled since 2020, according to new figures.\n\n"
        "Photo: Costa Rican President Luis Mora greets Belgian King Jan in Ghent on May 3, 2023.\n",
        (Expected("Luis Mora", "BEL", "2023-05-03", status="completed", precision="day", places=("Ghent",)),),
    ),
    HardCase(
        "61 paraphrased",
        "a caption is evidence, and its date is the date",
        "Talks on an air agreement between Slovenia and Japan have stalled, airlines say.\n\n"
        "File photo: Slovenian Prime Minister Maja Kovač shakes hands with Japanese Prime Minister Kenta Ito in Tokyo "
        "on October 12, 2022.\n",
        (Expected("Maja Kovač", "JPN", "2022-10-12", status="completed", precision="day", places=("Tokyo",)),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 62
    HardCase(
        "62",
        "a joke is no record, or one with a caveat",
        "“I invited him to my house in Split,” Croatian Foreign Minister Marko Horvat joked about Italian Foreign "
        "Minister Paolo Conti.",
        (Expected("Paolo Conti", "HRV", kind="private", caveat="", optional=True),),
        (ExpectedInvitation("Marko Horvat", "Paolo Conti", "HRV", caveat="", optional=True),),
    ),
    HardCase(
        "62 paraphrased",
        "a joke is no record, or one with a caveat",
        "“He is welcome to come and mow my lawn in Perth,” Australian Trade Minister Kate Dunn quipped when asked "
        "about Fijian Trade Minister Josefa Tora.",
        (Expected("Josefa Tora", "AUS", kind="private", caveat="", optional=True),),
        (ExpectedInvitation("Kate Dunn", "Josefa Tora", "AUS", caveat="", optional=True),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 63
    HardCase(
        "63",
        "a headline alone",
        "Wong in Delhi for talks",
        (Expected("Wong", "IND", status="ongoing", precision="none", kind="unspecified"),),
    ),
    HardCase(
        "63 paraphrased",
        "a headline alone",
        "Okafor in Brussels for debt meeting",
        (Expected("Okafor", "BEL", status="ongoing", precision="none"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 64
    HardCase(
        "64",
        "French is not read, and that is said",
        "Le ministre italien des Affaires étrangères se rendra à Alger mardi prochain pour une visite de deux jours.",
        unreadable=True,
    ),
    HardCase(
        "64 paraphrased",
        "Spanish is not read, and that is said",
        "La ministra chilena de Relaciones Exteriores viajará a Quito el jueves para reunirse con su homólogo.",
        unreadable=True,
    ),
    HardCase(
        "64 cyrillic",
        "Russian is not read, and that is said",
        "Визит министра иностранных дел России в Белград перенесён на май.",
        unreadable=True,
    ),
    HardCase(
        "64 cyrillic paraphrased",
        "Bulgarian is not read, and that is said",
        "Министърът на външните работи на България ще посети Атина във вторник, съобщи правителството.",
        unreadable=True,
    ),
    # ------------------------------------------------------------------------------------------------------------ 65
    HardCase(
        "65",
        "two dates for one visit: the attributed one",
        "Tunisian Prime Minister Karim Jaziri will visit Berlin on May 5.\n\n"
        "Jaziri will arrive in the German capital on May 6 at 10 a.m., the chancellery said in a statement.",
        (Expected("Karim Jaziri", "DEU", "2024-05-06", status=AHEAD, caveat="May 5"),),
    ),
    HardCase(
        "65 paraphrased",
        "two dates for one visit: the attributed one",
        "Vietnamese President Tran Quoc Bao flies to Havana on June 2.\n\n"
        "According to the Cuban foreign ministry, Tran Quoc Bao will land in Havana on June 3.",
        (Expected("Tran Quoc Bao", "CUB", "2024-06-03", status=AHEAD, caveat="June 2"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 66
    HardCase(
        "66",
        "a country in brackets",
        "Cuban Foreign Minister Raul Pardo will visit [North Korea] on April 15, the ministry said.",
        (Expected("Raul Pardo", "PRK", "2024-04-15", status=AHEAD),),
    ),
    HardCase(
        "66 paraphrased",
        "a country in brackets",
        "“On April 22 the ministry's guest, Laotian Deputy Prime Minister Bounmy Sisouk, will come to [North Korea],” "
        "the statement said.",
        (Expected("Bounmy Sisouk", "PRK", "2024-04-22", status=AHEAD),),
    ),
    HardCase(
        "66 abbreviated",
        "an abbreviated country",
        "Cuban Foreign Minister Raul Pardo will visit N. Korea on April 15.",
        (Expected("Raul Pardo", "PRK", "2024-04-15", status=AHEAD),),
    ),
    HardCase(
        "66 abbreviated paraphrased",
        "an abbreviated country",
        "N. Korea's foreign minister, Ri Kwang Su, arrived in Vientiane on Monday.",
        (Expected(Who("Ri Kwang Su", country="PRK"), "LAO", "2024-03-11", status="ongoing"),),
    ),
    HardCase(
        "66 initials",
        "a country by its initials",
        "Cuban Foreign Minister Raul Pardo will visit the DPRK on April 15.",
        (Expected("Raul Pardo", "PRK", "2024-04-15", status=AHEAD),),
    ),
    HardCase(
        "66 initials paraphrased",
        "a country by its initials",
        "A DPRK delegation flew to Ulaanbaatar on Sunday.",
        (Expected(Who("DPRK delegation", country="PRK"), "MNG", "2024-03-10", status=THERE),),
    ),
    HardCase(
        "66 north",
        "a country by its side of the border",
        "South Korean Unification Minister Yoon Tae-sik will travel to the North on April 15.",
        (Expected(Who("Yoon Tae-sik", country="KOR"), "PRK", "2024-04-15", status=AHEAD),),
    ),
    HardCase(
        "66 north paraphrased",
        "a country by its side of the border",
        "North Korean leader Kim Jong Un has few guests. Mongolian President Batu Ganbold, who went to the North in "
        "January, was one.",
        (Expected("Batu Ganbold", "PRK", "2024-01", status="completed"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 67
    HardCase(
        "67",
        "a trip that is only asked about is none",
        "On the sidelines of his visit to Japan, Philippine Defence Minister Ramon Aquino was asked about a trip to "
        "Guam.",
        (Expected("Ramon Aquino", "JPN", status="ongoing"),),
    ),
    HardCase(
        "67 paraphrased",
        "a trip that is only asked about is none",
        "During her stay in Switzerland, Bolivian Finance Minister Elsa Mamani took a reporter's question about "
        "travelling to Cuba.",
        (Expected("Elsa Mamani", "CHE", status="ongoing"),),
    ),
    # ------------------------------------------------------------------------------------------------------------ 68
    HardCase(
        "68",
        "a page's date line, a no-break space and curly quotes",
        "21 May. 2025, 18:12\n\n"
        "Serbian President Milan Jovic will visit Baku on May\u00a028, his office said. “The visit,” it added, “will "
        "last one day.”",
        (Expected("Milan Jovic", "AZE", "2025-05-28", ("2025-05-28", None), status=AHEAD),),
        published=None,
        states="2025-05-21",
    ),
    HardCase(
        "68 paraphrased",
        "a page's date line, a no-break space and curly quotes",
        "4 Nov. 2024, 09:30\n\n"
        "“President Elena Quispe of Peru,” the palace said, “will be in Oslo on November\u00a012.”",
        (Expected("Elena Quispe", "NOR", "2024-11-12", status=AHEAD),),
        published=None,
        states="2024-11-04",
    ),
    HardCase(
        "68 leading date",
        "a date in front of the text",
        "date 2025-05-21 Serbian President Milan Jovic will visit Baku on May 28, his office said.",
        (Expected("Milan Jovic", "AZE", "2025-05-28", status=AHEAD),),
        published=None,
        states="2025-05-21",
    ),
    HardCase(
        "68 leading date paraphrased",
        "a date in front of the text",
        "date 2024-11-04 Peruvian President Elena Quispe flew to Oslo on Saturday.",
        (Expected("Elena Quispe", "NOR", "2024-11-02", status=THERE),),
        published=None,
        states="2024-11-04",
    ),
    HardCase(
        "68 dateline",
        "a dateline is the place of the writing and no destination",
        "MOSCOW, October 3. /TASS/. Russian Deputy Prime Minister Oleg Frolov will visit Hanoi on October 9.",
        (Expected("Oleg Frolov", "VNM", "2023-10-09", status=AHEAD),),
        published="2023-10-03",
        dateline="MOSCOW",
        agencies=("TASS",),
    ),
    HardCase(
        "68 dateline paraphrased",
        "a dateline is the place of the writing and no destination",
        "NAIROBI, March 11 (Xinhua) -- Kenyan Prime Minister Daniel Otieno will travel to Lisbon on Thursday.",
        (Expected("Daniel Otieno", "PRT", "2024-03-14", status=AHEAD),),
        dateline="NAIROBI",
        agencies=("Xinhua",),
    ),
)

HARD_CASES = (*TIME_AND_STATUS, *WHO_AND_WHERE, *INVITATIONS_AND_MEETINGS, *TEXT_FORM)
