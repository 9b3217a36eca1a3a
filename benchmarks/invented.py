"""Invented articles with the replies that a faultless model would give: the material of the measurements.

Each article has about 400 words and six records: three officials, two visits and an invitation. Names, states, days,
and the wording vary from article to article, so that nothing that is remembered of one helps with the next.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from summarise.article import read_article

STATES = """
KEN Kenya Kenyan Nairobi | NOR Norway Norwegian Oslo | PER Peru Peruvian Lima | VNM Vietnam Vietnamese Hanoi
GHA Ghana Ghanaian Accra | POL Poland Polish Warsaw | OMN Oman Omani Muscat | CHL Chile Chilean Santiago
MNG Mongolia Mongolian Ulaanbaatar | PRT Portugal Portuguese Lisbon | SEN Senegal Senegalese Dakar
LAO Laos Laotian Vientiane | UGA Uganda Ugandan Kampala | FIN Finland Finnish Helsinki | QAT Qatar Qatari Doha
URY Uruguay Uruguayan Montevideo | NPL Nepal Nepalese Kathmandu | EST Estonia Estonian Tallinn
ZMB Zambia Zambian Lusaka | IDN Indonesia Indonesian Jakarta | BGR Bulgaria Bulgarian Sofia
MAR Morocco Moroccan Rabat | ISL Iceland Icelandic Reykjavik | ARM Armenia Armenian Yerevan
BOL Bolivia Bolivian Sucre | KHM Cambodia Cambodian Phnom_Penh | HUN Hungary Hungarian Budapest
RWA Rwanda Rwandan Kigali | GRC Greece Greek Athens | KAZ Kazakhstan Kazakh Astana
"""
OFFICES = (("President", "head_of_state"), ("Prime Minister", "head_of_government"), ("Premier", "head_of_government"))
SYLLABLES = "ba be da do fa ga go ha ke ko la le lo ma me na ne no pa ra re ro sa se ta te va ve za zo mi ri su".split()
READ_AS_TITLES = ("Dame", "Late")
ENDINGS = "n r s l nd rt sk m ck lt".split()
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PAPERS = ("Courier", "Herald", "Tribune", "Gazette", "Observer")
SUBJECTS = """
grain prices | a shared railway line | fishing quotas | student exchanges | the safety of shipping lanes
debts that fall due this decade | power cables below the sea | visas for seasonal workers | copper exports
a treaty on double taxation | vaccines for cattle | the rebuilding of two bridges | air traffic rights
""".replace("\n", "|").split("|")
OPENINGS = (
    "{title} {guest} will travel to {land} on {day} for talks with {host_title} {host}, the {home_adjective} "
    "foreign ministry said.",
    "{title} {guest} is to visit {land} on {day} and will meet {host_title} {host}, officials in the "
    "{home_adjective} capital announced.",
    "After weeks of preparation, {title} {guest} will arrive in {land} on {day}, where {host_title} {host} is to "
    "receive the delegation, the foreign ministry told the {paper}.",
)
RECALLED = (
    "{guest_last} was last in {past_city} in {past_month} {past_year}, when both sides signed an agreement on {topic}.",
    "In {past_month} {past_year}, {guest_last} travelled to {past_city} and spoke about {topic} there.",
    "It is not the first journey of this kind: {guest_last} visited {past_city} in {past_month} {past_year}.",
)
ASKED = (
    "{host_last} had invited {guest_last} to {city} in a letter, and the invitation was accepted.",
    "{guest_last} accepted an invitation to {city} which {host_last} had extended.",
    "The guest comes to {city} at the invitation of {host_last}, an adviser explained.",
)
SPOKEN = (
    '"We expect an open conversation about {topic}," {envoy_title} {envoy} told reporters.',
    "{envoy_title} {envoy} said that experts of both sides had prepared papers on {topic}.",
    "Asked about {topic}, {envoy_title} {envoy} spoke of slow but visible progress.",
)
PROSE = """
Trade between {home} and {land} grew by {percent} percent to {amount} million dollars, mostly because of {topic}.
Analysts doubt that much will be settled at once, since {topic} has divided the two cabinets for years.
The programme, as far as it is known, lists a dinner, a wreath and a round table on {topic}.
Streets around the old harbour will be closed for {hours} hours, the police wrote in a notice to residents.
A draft of the joint paper runs to {pages} pages and leaves the most difficult paragraphs in brackets.
Opposition lawmakers in {city} called for a debate on {topic} before anything is signed.
Business groups have sent {companies} names of companies that would like a seat at the table.
{home_adjective} farmers fear cheaper imports, while exporters of machines have asked for lower tariffs.
The last such agreement between {home} and its neighbours took {months} months and was never ratified.
Observers also look at {topic}, a matter on which neither {guest_last} nor {host_last} has given ground so far.
A survey by the {paper} found that {share} percent of those asked knew little about the neighbour's politics.
{envoy} recalled that earlier rounds ended without a common text, although both sides called them useful.
Diplomats expect {statements} short statements afterwards; questions from the press have not been agreed.
Prices for heating oil rose again this winter, which lends weight to the chapter about {topic}.
The central bank put the cost of the programme at {cost} million dollars over five years.
Much depends on the weather in {city} as well: the airport was closed for {closed} days by fog.
Schools near the government quarter have been told to end lessons before noon.
Interpreters, drivers and cooks were hired weeks ago, according to a tender seen by the {paper}.
A spokesman for the port authority declined to comment on {topic}.
Lawyers argue about which court would hear disputes over {topic}, and {envoy_last} named no favourite.
""".strip().splitlines()


@dataclass(frozen=True)
class State:
    """A state as it is written about."""

    code: str
    name: str
    adjective: str
    capital: str


@dataclass(frozen=True)
class Pair:
    """An article and the reply to it, as JSON."""

    text: str
    reply: str


def _states() -> list[State]:
    rows = STATES.replace("\n", "|").split("|")
    return [State(*(word.replace("_", " ") for word in row.split())) for row in rows if row.strip()]


def _person(chance: random.Random) -> tuple[str, str]:
    """First and family name."""
    first = "".join(chance.choices(SYLLABLES, k=2)).capitalize()
    last = ("".join(chance.choices(SYLLABLES, k=3)) + chance.choice(ENDINGS)).capitalize()
    return first, last


def _people(chance: random.Random) -> list[tuple[str, str]]:
    """Three people whom a family name tells apart, and who do not look as if they had a title."""
    while True:
        people = [_person(chance) for _ in range(3)]
        if len({last for _, last in people}) == 3 and not any(first in READ_AS_TITLES for first, _ in people):
            return people


def pairs(count: int, seed: int = 1) -> Iterator[Pair]:
    """So many different articles and replies; the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield _pair(chance)


def _pair(chance: random.Random) -> Pair:
    home, land, past = chance.sample(_states(), 3)
    published = date(2016, 1, 1) + timedelta(days=chance.randrange(3_500))
    arrival = published + timedelta(days=chance.randint(1, 6))
    past_month, past_year = chance.randint(1, 12), published.year - chance.randint(2, 9)
    people = _people(chance)
    (office, role), (host_office, host_role) = chance.choice(OFFICES), chance.choice(OFFICES)
    title, host_title = f"{home.adjective} {office}", f"{land.adjective} {host_office}"
    words: dict[str, Any] = {
        "title": title, "host_title": host_title, "envoy_title": f"{home.adjective} Ambassador",
        "guest": " ".join(people[0]), "guest_last": people[0][1], "host": " ".join(people[1]),
        "host_last": people[1][1], "envoy": " ".join(people[2]), "envoy_last": people[2][1],
        "home": home.name, "land": land.name, "city": land.capital,
        "home_adjective": home.adjective, "past_city": past.capital, "past_month": MONTHS[past_month - 1],
        "past_year": past_year, "day": WEEKDAYS[arrival.weekday()],
    }  # fmt: skip
    opening, asked, recalled = (chance.choice(forms).format(**_details(chance), **words) for forms in
                                (OPENINGS, ASKED, RECALLED))  # fmt: skip
    spoken = chance.choice(SPOKEN).format(**_details(chance), **words)
    prose = [sentence.format(**_details(chance), **words) for sentence in chance.sample(PROSE, 18)]
    paper = f"{home.capital} {chance.choice(PAPERS)}"
    headline = f"{people[0][1]} to hold talks in {land.capital}"
    dateline = f"{home.capital.upper()}, {MONTHS[published.month - 1]} {published.day}. /{paper}/."
    paragraphs = [
        f"{dateline} {opening}", asked, " ".join(prose[:4]), spoken, " ".join(prose[4:8]), recalled,
        " ".join(prose[8:12]), "Advertisement", " ".join(prose[12:15]), " ".join(prose[15:]),
    ]  # fmt: skip
    text = f"{headline}\n\nPublished: {published.isoformat()}\n\n" + "\n\n".join(paragraphs)
    officials = [
        _official(words["guest"], title, role, home), _official(words["host"], host_title, host_role, land),
        _official(words["envoy"], words["envoy_title"], "ambassador", home),
    ]  # fmt: skip
    article = read_article(text)
    number = {sentence: article.sentence_at(text.index(sentence)) for sentence in (opening, asked, recalled)}
    coming = {
        "evidence": [number[opening]], "visitors": [words["guest"]], "country": land.code,
        "when": {"text": f"on {words['day']}", "date": arrival.isoformat()}, "status": "confirmed", "focus": "main",
        "more": [{"hosts": [words["host"]]}, {"purpose": "talks"}],
    }  # fmt: skip
    month = f"{MONTHS[past_month - 1]} {past_year}"
    before = {
        "evidence": [number[recalled]], "visitors": [people[0][1]], "country": past.code,
        "when": {"text": month, "date": f"{past_year}-{past_month:02}"}, "status": "completed",
        "focus": "background", "more": [{"places": [past.capital]}],
    }  # fmt: skip
    invitation = {
        "evidence": [number[asked]], "inviters": [people[1][1]], "invitees": [words["guest"]], "country": land.code,
        "response": "accepted", "more": [{"places": [land.capital]}],
    }  # fmt: skip
    reply = {
        "officials": officials, "visits": [coming, before], "invitations": [invitation],
        "summary": f"{title} {words['guest']} will visit {land.name} at the invitation of {words['host']}; "
        f"{people[0][1]} was in {past.capital} in {past_year}.",
        "more": [{"outlet": paper}],
    }  # fmt: skip
    return Pair(text, json.dumps(reply, ensure_ascii=False, separators=(",", ":")))


def _details(chance: random.Random) -> dict[str, Any]:
    """What else a sentence may speak of."""
    numbers = "percent amount hours pages companies months share statements cost closed".split()
    topics = [subject.strip() for subject in SUBJECTS if subject.strip()]
    return {
        **{name: chance.randint(2, 99) for name in numbers},
        "topic": chance.choice(topics),
        "paper": chance.choice(PAPERS),
    }


def _official(name: str, title: str, role: str, state: State) -> dict[str, Any]:
    return {"name": name, "titles": [title], "role": role, "country": state.code, "more": []}
