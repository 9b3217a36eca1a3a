"""Wrong replies made of right ones: what a judge of replies must notice.

A mutation changes one thing of a reply that was accepted and says which record is now wrong. What is changed, and into
what, is drawn from a seeded generator that knows the article and the reply, not how the judge judges.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from summarise.article import Article, read_article
from summarise.judge import judge
from summarise.judge.date_phrases import spans as date_spans
from summarise.judge.dates import has_no_day
from summarise.judge.parse import parse
from summarise.judge.places import PlaceMention, compatible, find_places
from summarise.records import ArticleSummary
from summarise.schema import ReplyContract, contract
from tests.recording import readable
from tests.scenarios import SCENARIOS, source

ROOT = Path(__file__).resolve().parents[1]
CASSETTES = ROOT / "cassettes"

Reply = dict[str, Any]

FIRST_NAMES = "Anselm Birgitta Corwin Dragana Edvard Fenella Gaspard Hjalmar Ilka Joram Katrijn Lubomir".split()
LAST_NAMES = "Quillfeather Brannoxley Tvesterholm Okwundira Pelligrath Varkanyos Ostrembach Yildrimova".split()
COUNTRIES = (
    "AGO ALB ARG AUS AUT BEL BGD BGR BOL BRA BWA CAN CHE CHL CHN COL CRI CUB CZE DEU DNK ECU EGY ESP EST ETH FIN FRA "
    "GBR GEO GHA GRC GTM HND HUN IDN IND IRL IRN IRQ ISL ISR ITA JOR JPN KAZ KEN KHM KOR KWT LAO LBN LKA LTU LVA MAR "
    "MDG MEX MLI MMR MNG MOZ MYS NAM NER NGA NLD NOR NPL NZL OMN PAK PAN PER PHL POL PRK PRT PRY QAT ROU RUS SAU SDN "
    "SEN SGP SRB SVK SVN SWE SYR TCD THA TUN TUR TZA UGA UKR URY USA UZB VEN VNM YEM ZAF ZMB ZWE"
).split()
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_RELATIVE_YEAR = re.compile(r"(?i)\b(?:last|this|next|previous|coming|earlier)\b|ago\b")


@dataclass(frozen=True)
class Recorded:
    """A reply that a model gave. `final` if no request followed it: the library was content, or gave up."""

    name: str
    article: Article
    content: str
    contract: ReplyContract
    final: bool = True


@dataclass(frozen=True)
class Mutation:
    """A reply with one thing wrong. `about` is the path of the record that is wrong now."""

    kind: str
    about: str
    change: str
    content: str


def recorded_replies(cassettes: Path = CASSETTES) -> Iterator[Recorded]:
    """Every reply of a model in the recordings of `tests/scenarios.py`; where faults are induced, the last."""
    for scenario in SCENARIOS:
        path = cassettes / f"{scenario.name}.yaml"
        if not path.exists():
            continue
        recording = readable.load(path.read_text(encoding="utf-8"))
        replies = [_content(interaction["response"]) for interaction in recording["interactions"]]
        for induced in recording["about"]["induced"]:  # such as "request 2: 429 …"
            replies[int(induced.split()[1].rstrip(":")) - 1] = None
        article = read_article(source(scenario))
        for position, content in enumerate(replies):
            final = position == len(replies) - 1
            if content is not None and (final or not scenario.name.startswith("induced_")):
                name = f"{scenario.name}[{position}]"
                yield Recorded(name, article, content, contract(scenario.schema or ArticleSummary), final)


def _content(response: Mapping[str, Any]) -> str | None:
    body = response.get("parsed_body")
    if not isinstance(body, dict) or not body.get("choices"):
        return None
    choice = body["choices"][0]
    return choice["message"].get("content") if choice.get("finish_reason") == "stop" else None


def worked_example() -> Recorded:
    """The reply that the prompt shows as an example."""
    folder = ROOT / "prompts" / "examples"
    article = read_article(folder / "announcement.txt")
    return Recorded("worked example", article, (folder / "announcement.json").read_text("utf-8"), contract())


def distinct_replies() -> list[Recorded]:
    """The prompt's own example and the replies that recordings end with, each once: two may hold the same reply."""
    final = [worked_example(), *(recorded for recorded in recorded_replies() if recorded.final)]
    return list({(recorded.article.id, _plain(recorded.content)): recorded for recorded in reversed(final)}.values())[
        ::-1
    ]


def _plain(content: str) -> str:
    return json.dumps(parse(content).value, sort_keys=True)


def caught(mutation: Mutation, recorded: Recorded) -> bool:
    """Whether the judge complains of the record that was made wrong, and not merely of another."""
    faults = judge(mutation.content, recorded.article, recorded.contract).faults
    return any(fault.path.startswith(mutation.about) or mutation.about in str(fault) for fault in faults)


def mutations(recorded: Recorded, seed: int, per_kind: int = 40) -> Iterator[Mutation]:
    """Mutations of a reply, at most so many of each kind; the same for the same seed."""
    value = parse(recorded.content).value
    assert isinstance(value, dict)
    scene = Scene(recorded, value)
    for kind, mutator in MUTATORS.items():
        random = Random(f"{seed} {recorded.name} {kind}")
        found = list(mutator(scene, random))
        for wrong in random.sample(found, min(per_kind, len(found))):
            content = json.dumps(wrong.reply, ensure_ascii=False)
            yield Mutation(kind, wrong.about, wrong.change, content)


@dataclass(frozen=True)
class Wrong:
    """What a mutator answers."""

    about: str
    change: str
    reply: Reply


class Scene:
    """A good reply beside its article, and what mutators ask about the two."""

    def __init__(self, recorded: Recorded, value: Reply) -> None:
        self.article = recorded.article
        self.value = value
        self.language = self.article.language or "en"
        self.places = find_places(self.article.text, self.language)
        self.news = [sentence.number for sentence in self.article.sentences if not sentence.boilerplate]
        self.boilerplate = [sentence.number for sentence in self.article.sentences if sentence.boilerplate]
        self.officials: list[Reply] = value.get("officials", [])

    def records(self, *fields: str) -> Iterator[tuple[str, int, Reply]]:
        """Field, position and record of each record in these fields."""
        for name in fields:
            for position, record in enumerate(self.value.get(name, [])):
                yield name, position, record

    def changed(self, name: str, position: int) -> tuple[Reply, Reply]:
        """A copy of the reply, and in it the record to change."""
        reply = copy.deepcopy(self.value)
        return reply, reply[name][position]

    def country_of(self, party: Any) -> str | None:
        """The country of a party: as described, or as the official has it whose name shares a word."""
        if not isinstance(party, str):
            country: str | None = party.get("country")
            return country
        words = set(party.split())
        return next((each["country"] for each in self.officials if words & set(each["name"].split())), None)

    def goes_both_ways(self, name: str, wrong: Reply, going: str) -> bool:
        """Whether the reply has such a record of its own, resting on one of the same sentences."""
        people = {word for person in _people(wrong, going) for word in person.split()}
        return any(
            record["country"] == wrong["country"]
            and people & {word for person in _people(record, going) for word in person.split()}
            and set(record["evidence"]) & set(wrong["evidence"])
            for _, _, record in self.records(name)
        )

    def named_countries(self) -> list[str]:
        """The states that the news names, where a name means one state only."""
        found = [mention for mention in self.places if self.article.sentence_at(mention.start) in self.news]
        return sorted({mention.codes[0] for mention in found if len(mention.codes) == 1})

    def mentions(self, number: int) -> list[PlaceMention]:
        sentence = self.article.sentences[number - 1]
        return [mention for mention in self.places if sentence.start <= mention.start < sentence.end]

    def is_about(self, number: int, people: set[str], country: str | None) -> bool:
        """Whether a sentence names one of these people, by a word of the name, and the country."""
        text = self.article.sentence_text(number)
        codes = {code for mention in self.mentions(number) for code in mention.codes}
        named = any(word in text for person in people for word in person.split() if len(word) > 3)
        return named and (country is None or any(compatible(country, code) for code in codes))


def _given(record: Reply, key: str) -> Any:
    """A field of a record: its own, or one in its `more`."""
    if key in record:
        return record[key]
    return next((item[key] for item in record.get("more") or [] if key in item), None)


def _give(record: Reply, key: str, value: Any) -> None:
    if key in record:
        record[key] = value
        return
    record["more"] = [item for item in record.get("more") or [] if key not in item] + [{key: value}]


def _name(party: Any) -> str:
    return party if isinstance(party, str) else party["name"]


def _people(record: Reply, *keys: str) -> set[str]:
    return {_name(party) for key in keys for party in _given(record, key) or []}


def _strange_name(scene: Scene, random: Random) -> str:
    while True:
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        if not any(word in scene.article.text for word in name.split()):
            return name


def invented_persons(scene: Scene, random: Random) -> Iterator[Wrong]:
    """Someone whom the article does not know takes the place of a visitor, host, guest, inviter or official."""
    for name, position, record in scene.records("visits", "invitations"):
        for key in ("visitors", "hosts", "inviters", "invitees"):
            for at, party in enumerate(_given(record, key) or []):
                for described in (False, True):
                    strange = _strange_name(scene, random)
                    country = random.choice(COUNTRIES)
                    person = {"name": strange, "kind": "person", "title": None, "country": country}
                    parties = list(_given(record, key))
                    parties[at] = person if described else strange
                    reply, wrong = scene.changed(name, position)
                    _give(wrong, key, parties)
                    yield Wrong(f"{name}[{position}]", f"{key}: {strange} for {_name(party)}", reply)
    for name, position, record in scene.records("officials"):
        reply, wrong = scene.changed(name, position)
        wrong["name"] = _strange_name(scene, random)
        yield Wrong(f"{name}[{position}]", f"{wrong['name']} for {record['name']}", reply)


def shortened_names(scene: Scene, random: Random) -> Iterator[Wrong]:
    """A person's name loses its last letters, so that the article has it as a part of a word alone."""
    for name, position, record in scene.records("visits", "invitations"):
        for key in ("visitors", "hosts", "inviters", "invitees"):
            for at, party in enumerate(_given(record, key) or []):
                short = _cut(scene, random, _name(party))
                if short is not None:
                    parties = list(_given(record, key))
                    parties[at] = short
                    reply, wrong = scene.changed(name, position)
                    _give(wrong, key, parties)
                    yield Wrong(f"{name}[{position}]", f"{key}: {short} for {_name(party)}", reply)
    for name, position, record in scene.records("officials"):
        short = _cut(scene, random, record["name"])
        if short is not None:
            reply, wrong = scene.changed(name, position)
            wrong["name"] = short
            yield Wrong(f"{name}[{position}]", f"{short} for {record['name']}", reply)


def _cut(scene: Scene, random: Random, name: str) -> str | None:
    last = name.split()[-1]
    if len(last) < 6 or not last.isalpha():
        return None
    short = name[: -random.randint(2, len(last) - 3)]
    return None if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", scene.article.text) else short


def invented_visits(scene: Scene, random: Random) -> Iterator[Wrong]:
    """An official travels to a country that the article names; any sentence of the news serves as evidence."""
    yield from _invented_visits(scene, random, lambda official, country: scene.news)


def invented_visits_by_person(scene: Scene, random: Random) -> Iterator[Wrong]:
    """The same, citing a sentence that names the official."""
    yield from _invented_visits(
        scene,
        random,
        lambda official, country: [
            number for number in scene.news if official["name"].split()[-1] in scene.article.sentence_text(number)
        ],
    )


def _invented_visits(scene: Scene, random: Random, choice: Callable[[Reply, str], list[int]]) -> Iterator[Wrong]:
    for official in scene.officials:
        for country in scene.named_countries():
            if _travels(scene, official["name"], country):
                continue
            numbers = choice(official, country)
            for number in random.sample(numbers, min(2, len(numbers))):
                reply = copy.deepcopy(scene.value)
                status = random.choice(["completed", "planned", "ongoing", "confirmed", "speculated"])
                visit: Reply = {"evidence": [number], "visitors": [official["name"]], "country": country}
                visit |= {"when": None, "status": status, "focus": "main", "more": []}
                reply["visits"].append(visit)
                change = f"{official['name']} {status} {country} by [{number}]"
                yield Wrong(f"visits[{len(reply['visits']) - 1}]", change, reply)


def _travels(scene: Scene, name: str, country: str) -> bool:
    """Whether the reply has this person, by some form of the name, in this country or invited there."""
    words = set(name.split())
    return any(
        record["country"] is not None
        and compatible(country, record["country"])
        and any(words & set(person.split()) for person in _people(record, "visitors", "invitees"))
        for _, _, record in scene.records("visits", "invitations")
    )


def swapped_countries(scene: Scene, random: Random) -> Iterator[Wrong]:
    """Any other state is the destination; the places go, since they would tell."""
    for name, position, record in scene.records("visits", "invitations"):
        for country in random.sample(COUNTRIES, 4):
            if record["country"] and not compatible(country, record["country"]):
                yield _to(scene, name, position, country)


def swapped_for_named(scene: Scene, random: Random) -> Iterator[Wrong]:
    """Another state that the article names is the destination; the places go, since they would tell."""
    for name, position, record in scene.records("visits", "invitations"):
        for country in scene.named_countries():
            if record["country"] and not compatible(country, record["country"]):
                yield _to(scene, name, position, country)


def _to(scene: Scene, name: str, position: int, country: str) -> Wrong:
    reply, wrong = scene.changed(name, position)
    change = f"{_people(wrong, 'visitors', 'invitees')} to {country} for {wrong['country']} by {wrong['evidence']}"
    wrong["country"] = country
    if _given(wrong, "places"):
        _give(wrong, "places", [])
    return Wrong(f"{name}[{position}]", change, reply)


def _dates(record: Reply) -> Iterator[tuple[str, int | None, Reply]]:
    """Field, position in it and date of every date of a record."""
    for key in ("when", "proposed", "extended", "responded"):
        if _given(record, key):
            yield key, None, _given(record, key)
    for position, date in enumerate(_given(record, "possible_dates") or []):
        yield "possible_dates", position, date


def _redated(scene: Scene, at: tuple[str, int], place: tuple[str, int | None], date: Reply, change: str) -> Wrong:
    reply, wrong = scene.changed(*at)
    key, position = place
    if position is None:
        _give(wrong, key, date)
    else:
        dates = copy.deepcopy(_given(wrong, key))
        dates[position] = date
        _give(wrong, key, dates)
    return Wrong(f"{at[0]}[{at[1]}]", f"{key}: {change}", reply)


def wrong_years(scene: Scene, random: Random) -> Iterator[Wrong]:
    """A year that contradicts the year written, or the day of publication that a written date counts from."""
    for name, position, record in scene.records("visits", "invitations"):
        for key, at, date in _dates(record):
            # "before Christmas", "à l'automne": no year is given, and the judge lets no day of it into a record.
            counted = scene.article.published is not None and not has_no_day(date["text"])
            fixed = _YEAR.search(date["text"]) is not None or counted
            if not date["date"] or not fixed:
                continue
            for shift in random.sample([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5], 4):
                moved = re.sub(r"\d{4}", lambda year, by=shift: str(int(year.group()) + by), date["date"])  # type: ignore[misc]
                change = f"{date['text']} = {moved} for {date['date']}"
                yield _redated(scene, (name, position), (key, at), {**date, "date": moved}, change)


def strange_date_texts(scene: Scene, random: Random) -> Iterator[Wrong]:
    """A date's words are not the article's."""
    for name, position, record in scene.records("visits", "invitations"):
        for key, at, date in _dates(record):
            month = random.choice(["Thermidor", "Brumaire", "May", "July"])
            text = f"on {random.randint(1, 28)} {month} {random.randint(1900, 2035)}"
            if text not in scene.article.text:
                change = f"{text} for {date['text']}"
                yield _redated(scene, (name, position), (key, at), {**date, "text": text}, change)


def distant_date_texts(scene: Scene, random: Random) -> Iterator[Wrong]:
    """A date's words stand elsewhere in the article, not next to the evidence; its days stay as they were."""
    for name, position, record in scene.records("visits", "invitations"):
        near = {number + by for number in record["evidence"] for by in (-1, 0, 1)}
        close = " ".join(scene.article.sentence_text(number) for number in near & set(scene.news))
        for key, at, date in _dates(record):
            for start, end in date_spans(scene.article.text):
                text = scene.article.text[start:end]
                number = scene.article.sentence_at(start)
                if number not in near and number in scene.news and text not in close:
                    change = f"{text} of [{number}] for {date['text']} of {record['evidence']}"
                    yield _redated(scene, (name, position), (key, at), {**date, "text": text}, change)


def moved_evidence(scene: Scene, random: Random) -> Iterator[Wrong]:
    """The record cites a sentence that is not about it, and no neighbour of one that is."""
    for name, position, record in scene.records("visits", "invitations"):
        people = _people(record, "visitors", "invitees")
        same = [
            other["evidence"]
            for _, _, other in scene.records("visits", "invitations")
            if other["country"] == record["country"] and people & _people(other, "visitors", "invitees")
        ]
        taken = {number + by for evidence in same for number in evidence for by in (-1, 0, 1)}
        free = [
            number
            for number in scene.news
            if number not in taken and not scene.is_about(number, people, record["country"])
        ]
        for number in random.sample(free, min(4, len(free))):
            reply, wrong = scene.changed(name, position)
            wrong["evidence"] = [number]
            change = f"{people} to {record['country']}: [{number}] for {record['evidence']}"
            yield Wrong(f"{name}[{position}]", change, reply)


def exchanged_parties(scene: Scene, random: Random) -> Iterator[Wrong]:
    """Who travels receives, and who receives travels."""
    for name, position, record in scene.records("visits", "invitations"):
        going, receiving = ("visitors", "hosts") if name == "visits" else ("invitees", "inviters")
        if _given(record, going) and _given(record, receiving):
            reply, wrong = scene.changed(name, position)
            _give(wrong, going, _given(record, receiving))
            _give(wrong, receiving, _given(record, going))
            change = f"{_people(wrong, going)} to {_people(wrong, receiving)} in {record['country']}"
            yield Wrong(f"{name}[{position}]", change, reply)


def exchanged_parties_and_country(scene: Scene, random: Random) -> Iterator[Wrong]:
    """Who travels receives, in his own country: the visit the other way round."""
    yield from _the_other_way_round(scene, "visits", "visitors", "hosts")


def exchanged_inviters(scene: Scene, random: Random) -> Iterator[Wrong]:
    """Who is asked asks, to his own country: the invitation the other way round."""
    yield from _the_other_way_round(scene, "invitations", "invitees", "inviters")


def _the_other_way_round(scene: Scene, name: str, going: str, receiving: str) -> Iterator[Wrong]:
    for _, position, record in scene.records(name):
        guests, hosts = _given(record, going), _given(record, receiving)
        country = scene.country_of(guests[0])
        if not hosts or country is None or (record["country"] and compatible(country, record["country"])):
            continue
        reply, wrong = scene.changed(name, position)
        _give(wrong, going, hosts)
        _give(wrong, receiving, guests)
        wrong["country"] = country
        if _given(wrong, "places"):
            _give(wrong, "places", [])
        if scene.goes_both_ways(name, wrong, going):
            continue
        change = f"{_people(wrong, going)} to {_people(wrong, receiving)} in {country} by {wrong['evidence']}"
        yield Wrong(f"{name}[{position}]", change, reply)


def statuses_across_publication(scene: Scene, random: Random) -> Iterator[Wrong]:
    """What is over is to come, and what is to come is over."""
    published = scene.article.published or ""
    for name, position, record in scene.records("visits") if published else ():
        when = record["when"] or {}
        if not when.get("date") or has_no_day(when["text"]):
            continue
        first, _, last = when["date"].partition("/")
        states = record["status"]
        if first[: len(published)] > published[: len(first)] and states in ("speculated", "planned", "confirmed"):
            others = ["completed", "ongoing"]
        elif (last or first) < published[: len(last or first)] and states == "completed":
            others = ["speculated", "planned", "confirmed"]
        else:
            continue
        for status in others:
            reply, wrong = scene.changed(name, position)
            wrong["status"] = status
            change = f"{_people(wrong, 'visitors')} {status} {when['text']} = {when['date']}, published {published}"
            yield Wrong(f"{name}[{position}]", change, reply)


def boilerplate_alone(scene: Scene, random: Random) -> Iterator[Wrong]:
    """The evidence is a piece of the page."""
    yield from _with_boilerplate(scene, random, lambda number, evidence: [number])


def boilerplate_besides(scene: Scene, random: Random) -> Iterator[Wrong]:
    """A piece of the page is added to the evidence."""
    yield from _with_boilerplate(scene, random, lambda number, evidence: [*evidence, number])


def _with_boilerplate(scene: Scene, random: Random, cite: Callable[[int, list[int]], list[int]]) -> Iterator[Wrong]:
    for name, position, record in scene.records("visits", "invitations"):
        for number in random.sample(scene.boilerplate, min(3, len(scene.boilerplate))):
            reply, wrong = scene.changed(name, position)
            wrong["evidence"] = cite(number, record["evidence"])
            yield Wrong(f"{name}[{position}]", f"cites {wrong['evidence']}", reply)


MUTATORS: dict[str, Callable[[Scene, Random], Iterator[Wrong]]] = {
    "invented person": invented_persons,
    "name cut short": shortened_names,
    "invented visit": invented_visits,
    "invented visit, citing a sentence with the person": invented_visits_by_person,
    "country swapped for any other": swapped_countries,
    "country swapped for one in the article": swapped_for_named,
    "wrong year": wrong_years,
    "date's text not in the article": strange_date_texts,
    "date's text from elsewhere in the article": distant_date_texts,
    "evidence moved": moved_evidence,
    "visitor and host exchanged": exchanged_parties,
    "visitor and host exchanged, country too": exchanged_parties_and_country,
    "inviter and invitee exchanged, country too": exchanged_inviters,
    "status across the reference date": statuses_across_publication,
    "boilerplate as only evidence": boilerplate_alone,
    "boilerplate as further evidence": boilerplate_besides,
}
