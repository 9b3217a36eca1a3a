"""Entities, read back and judged by the `followthemoney` library itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from followthemoney.types import registry
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_ledger import rows as made_rows
from summarise.corpus.ledger import LedgerRow
from summarise.errors import ExportError
from summarise.export import followthemoney, ftm_values
from summarise.export.ftm_cast import offices
from summarise.judge.places import is_country
from summarise.records import ArticleSummary, DateSpan, Invitation, Party, Visit
from tests.export.ledgers import made_exports, seed_exports
from tests.export.made import FAILED, HOST, SENTENCE, TRAVELLER, day, invitation, official, row, visit
from tests.export_readers import read_entities
from tests.own_records import DelegationVisit, TradeSummary

any_text = st.text(st.characters(exclude_categories=()), min_size=1)


class Read:
    """What came back: the counts, and the entities by id."""

    def __init__(self, counts: dict[str, int], entities: list[Any]) -> None:
        self.counts = counts
        self.by_id = {entity.id: entity for entity in entities}
        read = Counter(entity.schema.name for entity in self.by_id.values())
        assert {name: count for name, count in self.counts.items() if name != UNREAD} == read

    def of(self, schema: str) -> list[Any]:
        return [entity for entity in self.by_id.values() if entity.schema.name == schema]

    def one(self, schema: str) -> Any:
        (entity,) = self.of(schema)
        return entity

    def names(self, entity: Any, prop: str) -> list[str]:
        return [self.by_id[id].caption for id in entity.get(prop)]


def read_back(rows: Iterable[LedgerRow], folder: Path) -> Read:
    out = folder / "entities.ftm.json"
    return Read(followthemoney.write(iter(rows), out), read_entities(out))


UNREAD = "records that could not be read"

# ------------------------------------------------------------------------------------------------------ seeds and many


def test_the_seeds() -> None:
    read = Read(*seed_exports().read(".ftm.json"))
    assert (len(read.of("Article")), len(read.of("Trip")), len(read.of("Event"))) == (4, 21, 6)
    putin = [person for person in read.of("Person") if "Vladimir Putin" in person.get("name")]
    assert len(putin) == 1
    assert putin[0].get("country") == ["ru"]
    assert len(putin[0].get("proof")) == 4
    (trip,) = [each for each in read.of("Trip") if each.get("recordId") == ["001_12a61b80a6d06b2b#v2"]]
    assert trip.get("name") == ["Confirmed: Sergei Lavrov to North Korea"]
    assert (trip.get("startDate"), trip.get("endDate"), trip.get("country")) == (["2023-10-18"], ["2023-10-19"], ["kp"])
    assert read.names(trip, "involved") == ["Sergei Lavrov"]
    assert read.names(trip, "endLocation") == ["North Korea"]
    assert trip.get("description")[0].startswith("date 2023-10-16 Russian Foreign Minister Sergei Lavrov will visit")
    held = [(read.names(each, "holder"), read.names(each, "post"), each.get("status")) for each in read.of("Occupancy")]
    assert (["Sergey Lavrov"], ["Russian Foreign Minister"], ["current"]) in held


def test_a_thousand_articles_come_back_as_they_went() -> None:
    rows = made_exports().rows
    read = Read(*made_exports().read(".ftm.json"))
    summaries = [(each.id, summary) for each in rows if (summary := each.parsed(ArticleSummary)) is not None]
    wanted: dict[str, Visit | Invitation] = {}
    for id, summary in summaries:
        wanted |= {f"{id}#{record.id}": record for record in summary.visits}
        wanted |= {f"{id}#{record.id}": record for record in summary.invitations}
    assert len(read.of("Article")) == len(summaries)
    told = {event.first("recordId"): event for event in (*read.of("Trip"), *read.of("Event"))}
    assert set(told) == set(wanted)
    assert len(told) == len(read.of("Trip")) + len(read.of("Event")) > 2000
    for id, record in wanted.items():
        assert told[id].get("description") == list(
            dict.fromkeys(text for each in record.evidence if (text := ftm_values.text(each.text)))
        )
    trips = sum(visit.status in followthemoney.TRIPS for _, summary in summaries for visit in summary.visits)
    assert len(read.of("Trip")) == trips
    held = sum(len(offices(each.titles)) for _, summary in summaries for each in summary.officials)
    assert len(read.of("Occupancy")) == held


# --------------------------------------------------------------------------------------------------- trips and events


@pytest.mark.parametrize("status", ["completed", "ongoing", "confirmed", "planned"])
def test_what_took_place_or_is_to_is_a_trip(status: str, tmp_path: Path) -> None:
    trip = read_back([row(visit(status=status))], tmp_path).one("Trip")
    before = "" if status == "completed" else f"{status.capitalize()}: "
    assert trip.get("name") == [f"{before}Mei Tanaka to Norway"]
    assert trip.get("keywords") == [status, "main"]


@pytest.mark.parametrize("status", ["speculated", "postponed", "cancelled", "denied", "unknown"])
def test_what_did_not_take_place_is_no_trip(status: str, tmp_path: Path) -> None:
    read = read_back([row(visit(status=status))], tmp_path)
    assert read.of("Trip") == []
    event = read.one("Event")
    assert event.get("name") == [f"{status.capitalize()}: Mei Tanaka to Norway"]
    assert read.names(event, "addressEntity") == ["Norway"]


def test_visitors_are_involved_hosts_organise_and_places_are_ends(tmp_path: Path) -> None:
    concern = {"path": "visits[0]", "kind": "x", "message": "look at it"}
    told = visit(hosts=[HOST, TRAVELLER], places=["Oslo", "Bergen; Voss"], purpose="talks", event="Forum", caveat="but")
    read = read_back([row(told, concerns=[concern], outlet="The Paper")], tmp_path)
    trip = read.one("Trip")
    assert (read.names(trip, "involved"), read.names(trip, "organizer")) == (["Mei Tanaka"], ["Kari Lund"])
    assert trip.get("location") == read.names(trip, "endLocation") == ["Oslo, Norway", "Bergen, Voss, Norway"]
    assert (trip.get("summary"), trip.get("notes")) == (["Forum; talks"], ["but", "look at it"])
    assert (trip.get("publisher"), trip.get("proof")) == (["The Paper"], [read.one("Article").id])
    assert trip.get("startLocation") == []  # where somebody came from is not in the record


@pytest.mark.parametrize(
    ("start", "precision", "told"),
    [
        ("2024", "year", ["2024"]), ("2024-05", "month", ["2024-05"]), ("2024-05-04", "day", ["2024-05-04"]),
        ("2024-05", "vague", []), ("2024-13", "month", []), ("2024-02-30", "day", []), ("0999", "year", []),
        ("9999-12-31", "day", []), (None, "none", []),
    ],
)  # fmt: skip
def test_dates_keep_their_precision_and_bounds_are_no_dates(
    start: str, precision: str, told: list[str], tmp_path: Path
) -> None:
    when = DateSpan(text="then", start=start, precision=precision, basis="explicit")
    assert read_back([row(visit(when=when))], tmp_path).one("Trip").get("startDate") == told


def test_a_state_that_is_a_city_is_named_once(tmp_path: Path) -> None:
    assert read_back([row(visit(country="SGP", places=["Singapore"]))], tmp_path).one("Address").get("full") == [
        "Singapore"
    ]


def test_an_invitation_is_an_event(tmp_path: Path) -> None:
    read = read_back([row(invitation(extended=day("2024-04-01"), places=["Oslo"], occasion="the forum"))], tmp_path)
    event = read.one("Event")
    assert event.get("name") == ["Invitation (extended, pending): Kari Lund to Mei Tanaka"]
    assert (read.names(event, "organizer"), read.names(event, "involved")) == (["Kari Lund"], ["Mei Tanaka"])
    assert (event.get("startDate"), event.get("location")) == (["2024-04-01"], ["Oslo, Norway"])
    assert event.get("keywords") == ["invitation", "extended", "pending"]


def test_the_article_is_the_source(tmp_path: Path) -> None:
    source = row(headline="Off to Oslo", language="en", outlet="The Paper", byline="A. B.")
    article = read_back([source.model_copy(update={"source": "https://news.example/a/1.html"})], tmp_path).one(
        "Article"
    )
    assert article.caption == "Off to Oslo"
    assert (article.get("fileName"), article.get("sourceUrl")) == (["1.html"], ["https://news.example/a/1.html"])
    assert (article.get("publishedAt"), article.get("language")) == (["2024-05-01"], ["eng"])


# ---------------------------------------------------------------------------------------------------------- who is who


def people(folder: Path, *rows: LedgerRow) -> list[Any]:
    return read_back(rows, folder).of("Person")


def test_within_an_article_official_and_traveller_of_one_name_are_one(tmp_path: Path) -> None:
    short = TRAVELLER.model_copy(update={"name": "Tanaka", "title": "Minister"})
    (one,) = people(tmp_path, row(official(variants=["Tanaka"]), visit(visitors=[short]), visit(id="v2")))
    assert one.get("name") == ["Mei Tanaka"]
    assert one.get("weakAlias") == ["Tanaka"]
    assert one.get("position") == ["Foreign Minister", "Minister"]


def test_across_articles_name_and_country_make_one(tmp_path: Path) -> None:
    other_spelling = official(name="MEI-TANAKA")
    assert len(people(tmp_path, row(official(), id="a"), row(other_spelling, id="b"), row(visit(), id="c"))) == 1
    assert len(people(tmp_path, row(official(), id="a"), row(official(country="KOR"), id="b"))) == 2
    assert len(people(tmp_path, row(official(country=None), id="a"), row(official(country=None), id="b"))) == 2
    assert len(people(tmp_path, row(official(name="Kim"), id="a"), row(official(name="Kim"), id="b"))) == 2


def test_namesakes_in_one_article_stay_apart(tmp_path: Path) -> None:
    two = [official(id="o1"), official(id="o2", titles=["Speaker"], role="legislator")]
    found = people(tmp_path, row(*two, visit()), row(official(), id="b"))
    assert len(found) == 4  # the two, the traveller who may be either, and her of the other article
    apart = [official(id="o1"), official(id="o2", country="KOR")]
    assert len(people(tmp_path, row(*apart))) == 2
    shared = [official(id="o1", variants=["Tanaka"]), official(id="o2", name="Ken Tanaka", variants=["Tanaka"])]
    alone = visit(visitors=[TRAVELLER.model_copy(update={"name": "Tanaka"})])
    assert len(people(tmp_path, row(*shared, alone))) == 3


def test_the_country_of_the_party_helps_an_official_without_one(tmp_path: Path) -> None:
    (one,) = people(tmp_path, row(official(country=None), visit()))
    assert one.get("country") == ["jp"]


def test_another_country_is_another_person(tmp_path: Path) -> None:
    found = people(tmp_path, row(official(country="KOR"), visit(), visit(id="v2")))
    assert sorted(one.first("country") for one in found) == ["jp", "kr"]


def test_other_parties_are_bodies_or_legal_entities_of_their_article(tmp_path: Path) -> None:
    parties = [
        Party(name="the government", kind="government", country="PER"),
        Party(name="Red Cross", kind="organisation", country="CHE"),
        Party(name="a French minister", kind="unnamed_person", country="FRA"),
        Party(name="leaders of 30 states", kind="delegation", country=None),
    ]
    read = read_back([row(visit(visitors=parties), id="a"), row(visit(visitors=parties), id="b")], tmp_path)
    found = Counter((entity.schema.name, entity.caption) for entity in read.by_id.values())
    assert found["PublicBody", "the government"] == 1
    assert found["Organization", "Red Cross"] == 1
    assert found["LegalEntity", "a French minister"] == found["LegalEntity", "leaders of 30 states"] == 2
    assert read.of("Person") == []


# -------------------------------------------------------------------------------------------------------------- offices


def test_offices_by_their_fullest_titles() -> None:
    assert offices(["Foreign Minister", "Russian Foreign Minister"]) == [
        ("Russian Foreign Minister", ["Foreign Minister"])
    ]
    assert offices(["General Secretary", "President"]) == [("General Secretary", []), ("President", [])]
    assert offices(["President", "president", "…", ""]) == [("President", ["president"])]
    assert offices([]) == []


@pytest.mark.parametrize(
    ("tenure", "status"), [("current", ["current"]), ("former", ["ended"]), ("deceased", ["ended"]), ("unclear", [])]
)
def test_an_occupancy_is_what_one_article_says_of_one_office(tenure: str, status: list[str], tmp_path: Path) -> None:
    held = official(tenure=tenure, organisation="Gaimusho")
    read = read_back([row(held), row(held, id="b", published=None)], tmp_path)
    assert len(read.of("Occupancy")) == 2
    assert (len(read.of("Person")), len(read.of("Position")), len(read.of("PublicBody"))) == (1, 1, 1)
    (dated,) = [each for each in read.of("Occupancy") if each.get("date")]
    assert (dated.get("date"), dated.get("status")) == (["2024-05-01"], status)
    assert dated.get("startDate") == dated.get("endDate") == []  # the article says no more than that it is so now
    assert (dated.get("description"), dated.get("recordId")) == ([SENTENCE.text], ["a#o1"])
    assert read.names(read.one("Position"), "organization") == ["Gaimusho"]


def test_with_two_offices_nobody_knows_which_is_former(tmp_path: Path) -> None:
    read = read_back([row(official(titles=["Prime Minister", "President"], tenure="current"))], tmp_path)
    assert [each.get("status") for each in read.of("Occupancy")] == [[], []]


def test_an_office_of_no_country_is_of_its_article(tmp_path: Path) -> None:
    held = official(country=None, role="intl_org", titles=["Secretary-General"])
    assert len(read_back([row(held), row(held, id="b")], tmp_path).of("Position")) == 2


# -------------------------------------------------------------------------------------------------------------- values


def test_every_state_has_a_code_that_the_library_knows() -> None:
    letters = [chr(number) for number in range(65, 91)]
    states = [code for a in letters for b in letters for c in letters if is_country(code := a + b + c)]
    codes = [ftm_values.country(code) for code in states]
    assert len(set(codes)) == len(states) > 250
    assert all(registry.country.validate(code) for code in codes if code is not None)
    assert None not in codes
    names = {
        code: registry.country.names[str(ftm_values.country(code))] for code in ("XKX", "SUN", "YUG", "CSK", "DDR")
    }
    assert names == {
        "XKX": "Kosovo", "SUN": "Soviet Union", "YUG": "Yugoslavia", "CSK": "Czechoslovakia", "DDR": "East Germany"
    }  # fmt: skip
    for code in ("CHN", "PRK", "KOR", "CHE", "AUT", "AUS"):
        assert registry.country.clean(code) == ftm_values.country(code)


def test_every_language_is_the_one_that_the_library_means() -> None:
    known = {
        code: ftm_values.language(code)
        for code in (a + b for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz")
    }
    given = {code: language for code, language in known.items() if language}
    assert len(given) > 60
    assert all(registry.language.clean(code) in (language, None) for code, language in given.items())


@given(any_text)
def test_text_is_as_the_library_cleans_it(text: str) -> None:
    for made, kind in (
        (ftm_values.text(text), registry.text),
        (ftm_values.string(text), registry.string),
        (ftm_values.name(text), registry.name),
        (ftm_values.address(text), registry.address),
    ):
        assert made is None or (kind.clean(made) == made and kind.validate(made))


@pytest.mark.parametrize(
    "text", ["x" * 70_000, '""', "'", "<BR>,,;;, .", "ESQ, ESQ.,", "\u200b", "a\x85b", "\u202eevil"]
)
def test_awkward_text_is_too(text: str) -> None:
    test_text_is_as_the_library_cleans_it.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@given(st.from_regex(r"https?://[a-z.]{1,8}[/:?#a-zA-Z0-9._%&=-]{0,20}", fullmatch=True) | any_text)
def test_an_address_is_as_the_library_cleans_it(text: str) -> None:
    made = ftm_values.url(text)
    assert made is None or registry.url.clean(made) == made == text


@given(st.from_regex(r"\d{4}(-\d{2}(-\d{2})?)?", fullmatch=True) | any_text)
def test_a_date_is_one_that_the_library_takes(text: str) -> None:
    made = ftm_values.day(text)
    assert made is None or (registry.date.validate(made) and registry.date.clean(made) == made == text)


# ------------------------------------------------------------------------------------------ ledgers that are otherwise


@given(any_text)
def test_any_text_gives_valid_entities(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    party = Party(name=text, kind="person", title=text, country="JPN")
    held = official(name=text, variants=[text, f"{text} x"], titles=[text, f"{text} y"], organisation=text)
    told = visit(
        visitors=[party], hosts=[party.model_copy(update={"kind": "organisation"})], places=[text], caveat=text
    )
    article = row(told, held, invitation(invitees=[party]), headline=text, outlet=text, byline=text, published=text)
    read_back([article.model_copy(update={"id": text, "source": text})], tmp_path_factory.mktemp("any"))


def test_an_empty_ledger_and_failed_rows_give_an_empty_file(tmp_path: Path) -> None:
    for rows in ([], [FAILED]):
        read = read_back(rows, tmp_path)
        assert (read.counts, read.by_id) == ({}, {})
    assert read_back([row()], tmp_path).counts == {"Article": 1}


def test_a_users_own_records_are_read_or_counted(tmp_path: Path) -> None:
    own = DelegationVisit(**visit().model_dump(), delegation_size=12)
    summary = TradeSummary(officials=[], visits=[own], invitations=[], summary="", agreements=[], tone="tense")
    read = read_back([row().model_copy(update={"summary": summary.model_dump(mode="json")})], tmp_path)
    assert len(read.of("Trip")) == 1
    alien = {"visits": [{"who": "x"}, visit().model_dump(mode="json")], "officials": 7, "headline": ["no", "text"]}
    read = read_back([row().model_copy(update={"summary": alien})], tmp_path)
    assert read.counts == {"Article": 1, "Trip": 1, "Person": 1, "Address": 1, UNREAD: 1}


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        followthemoney.write(made_rows(50), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_database_that_fails_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    def small(name: str) -> sqlite3.Connection:
        store = sqlite3.Connection(name)
        store.execute("PRAGMA max_page_count = 10")  # as if the disk were full
        return store

    monkeypatch.setattr("summarise.export.followthemoney.sqlite3.connect", small)
    with pytest.raises(ExportError, match=r"cannot write out: .* full") as caught:
        followthemoney.write(made_rows(200), tmp_path / "out")
    assert "TMPDIR" in caught.value.hint
