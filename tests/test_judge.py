"""The judge on hard cases: what is right passes without a word, what is wrong beside it does not."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.article import Article, read_article
from summarise.judge import judge
from summarise.judge.verdict import Verdict
from summarise.schema import contract

MONDAY = "2024-03-11"
Record = dict[str, Any]
KINDS = {"!": "person", "?": "unnamed_person", "*": "delegation", "^": "organisation", "%": "government"}
ROLES = {"President": "head_of_state", "Prime Minister": "head_of_government", "Foreign Minister": "foreign_minister"}


def party(shown: str) -> Any:
    """`Banda`: an official by name. `?a French minister/FRA`: a party described, its sign telling its kind."""
    if shown[0] not in KINDS:
        return shown
    name, _, country = shown[1:].partition("/")
    return {"name": name, "kind": KINDS[shown[0]], "title": None, "country": country or None}


def date(words: tuple[str, str | None]) -> Record:
    return {"text": words[0], "date": words[1]}


def visit(visitors: str, country: str | None, *cited: int, status: str = "completed", **rest: Any) -> Record:
    """A visit of a reply; visitors and hosts are divided by `+`, `when` is text and date."""
    when = rest.pop("when", None)
    if "hosts" in rest:
        rest["hosts"] = [party(host) for host in rest["hosts"].split("+")]
    record: Record = {"evidence": list(cited), "visitors": [party(each) for each in visitors.split("+")]}
    record |= {"country": country, "when": date(when) if when else None, "status": status, "focus": "main"}
    return record | {"more": [{key: value} for key, value in rest.items()]}


def invitation(inviters: str, invitees: str, country: str | None, *cited: int, **rest: Any) -> Record:
    """An invitation of a reply."""
    response = rest.pop("response", "accepted")
    record: Record = {"evidence": list(cited), "inviters": [party(each) for each in inviters.split("+")]}
    record |= {"invitees": [party(each) for each in invitees.split("+")], "country": country, "response": response}
    return record | {"more": [{key: value} for key, value in rest.items()]}


def officials(people: str) -> list[Record]:
    """`Foreign Minister Amina Otieno/KEN; Lars Dahl/NOR`: title, name and country of each."""
    found = []
    for each in filter(None, people.split("; ")):
        named, _, country = each.partition("/")
        title, _, name = named.rpartition(": ")
        role = next((role for words, role in ROLES.items() if words in title), "minister")
        titles = [title] if title else []
        found.append({"name": name, "titles": titles, "role": role, "country": country or None, "more": []})
    return found


@dataclass(frozen=True)
class Case:
    """An article, what is right about it, and what is wrong: records each with the rule that speaks."""

    name: str
    text: str
    people: str
    right: list[Record]
    wrong: list[tuple[Record, str]] = field(default_factory=list)
    published: str | None = MONDAY

    def article(self) -> Article:
        return read_article(self.text, published=self.published)


def told(case: Case, records: list[Record]) -> Verdict:
    visits = [record for record in records if "visitors" in record]
    invitations = [record for record in records if "invitees" in record]
    reply = {
        "officials": officials(case.people),
        "visits": visits,
        "invitations": invitations,
        "summary": "",
        "more": [],
    }
    return judge(json.dumps(reply), case.article(), contract())


CASES = [
    # ------------------------------------------------------------------------------------------ verbs and their voices
    Case(
        "active, with a weekday",
        "Kenyan Foreign Minister Amina Otieno flew to Oslo on Wednesday for talks with her counterpart.",
        "Kenyan Foreign Minister: Amina Otieno/KEN",
        [visit("Otieno", "NOR", 1, when=("on Wednesday", "2024-03-06"), places=["Oslo"])],
        [
            (visit("Otieno", "KEN", 1), "own_country"),
            (visit("Otieno", "SWE", 1), "country_not_named"),
            (visit("Otieno", "NOR", 1, when=("on Wednesday", "2023-03-06")), "date_disagrees"),
            (visit("Otieno", "NOR", 1, places=["Nairobi"]), "not_in_article"),
        ],
    ),
    Case(
        "future of the same verb",
        "Minister Bola Adeyemi of Nigeria will fly to Oslo on Wednesday, his office said.",
        "Minister: Bola Adeyemi/NGA",
        [visit("Adeyemi", "NOR", 1, status="confirmed", when=("on Wednesday", "2024-03-13"))],
        [(visit("Adeyemi", "NGA", 1, status="confirmed"), "own_country")],
    ),
    Case(
        "passive: received",
        "Chilean President Rosa Fuentes was received in Lima by President Hugo Salas of Peru on Friday.",
        "Chilean President: Rosa Fuentes/CHL; President: Hugo Salas/PER",
        [visit("Fuentes", "PER", 1, hosts="Salas", when=("on Friday", "2024-03-08"))],
        [(visit("Salas", "PER", 1, hosts="Fuentes"), "own_country"), (visit("Salas", "CHL", 1), "not_a_destination")],
    ),
    Case(
        "passive: welcomed in",
        "Togolese Prime Minister Kofi Mensah was welcomed in Accra with a guard of honour.",
        "Togolese Prime Minister: Kofi Mensah/TGO",
        [visit("Mensah", "GHA", 1)],
        [(visit("Mensah", "TGO", 1), "own_country")],
    ),
    Case(
        "the host country as subject",
        "Ghana will host Togolese Prime Minister Kofi Mensah next week.",
        "Togolese Prime Minister: Kofi Mensah/TGO",
        [visit("Mensah", "GHA", 1, status="planned", when=("next week", "2024-03-18/2024-03-24"))],
        [(visit("Mensah", "TGO", 1), "own_country")],
    ),
    Case(
        "the host as subject, country by his post",
        "Ghanaian President Esi Boateng hosted Togolese Prime Minister Kofi Mensah at the palace on Friday.",
        "Ghanaian President: Esi Boateng/GHA; Togolese Prime Minister: Kofi Mensah/TGO",
        [visit("Mensah", "GHA", 1, hosts="Boateng", when=("on Friday", "2024-03-08"))],
        [(visit("Boateng", "TGO", 1, hosts="Mensah"), "host_travels")],
    ),
    Case(
        "nominal: her trip",
        "Officials spoke of Foreign Minister Amina Otieno's trip to Chad as a success for Kenya.",
        "Foreign Minister: Amina Otieno/KEN",
        [visit("Otieno", "TCD", 1)],
        [(visit("Otieno", "KEN", 1), "own_country")],
    ),
    Case(
        "nominal: a tour of",
        "King Jan of Belgium began a tour of Chad and Niger on Sunday.",
        "King: Jan/BEL",
        [
            visit("Jan", "TCD", 1, status="ongoing", trip="t1", when=("on Sunday", "2024-03-10")),
            visit("Jan", "NER", 1, status="ongoing", trip="t1"),
        ],
        [(visit("Jan", "BEL", 1), "own_country")],
    ),
    Case(
        "on a visit",
        "On a visit to Rabat, Spanish Prime Minister Ana Ruiz praised the trade between the two kingdoms.",
        "Spanish Prime Minister: Ana Ruiz/ESP",
        [visit("Ruiz", "MAR", 1, status="ongoing", places=["Rabat"])],
        [(visit("Ruiz", "ESP", 1, status="ongoing"), "own_country")],
    ),
    Case(
        "is in",
        "The king of Jordan, accompanied by his trade minister, is in Jakarta.",
        "",
        [visit("?The king of Jordan/JOR+?his trade minister/JOR", "IDN", 1, status="ongoing")],
        [(visit("?The king of Jordan/JOR", "JOR", 1, status="ongoing"), "own_country")],
    ),
    Case(
        "toured a place",
        "Georgian Prime Minister Nino Beridze toured Atlanta, Georgia, and met students.",
        "Georgian Prime Minister: Nino Beridze/GEO",
        [visit("Beridze", "USA", 1, places=["Atlanta"])],
        [(visit("Beridze", "GEO", 1), "own_country")],
    ),
    Case(
        "paid a visit, at the invitation of",
        "At the invitation of the Ministry of Defence of Oman, General Karl Haas of Austria will visit Muscat in May.",
        "General: Karl Haas/AUT",
        [
            visit("Haas", "OMN", 1, status="confirmed", when=("in May", "2024-05")),
            invitation("^Ministry of Defence of Oman/OMN", "Haas", "OMN", 1, proposed=date(("in May", "2024-05"))),
        ],
        [
            (visit("Haas", "OMN", 1, status="confirmed", when=("in May", "2022-05")), "date_disagrees"),
            (invitation("^Ministry of Defence of Oman/OMN", "Haas", "AUT", 1), "not_a_destination"),
        ],
    ),
    Case(
        "attends a summit",
        "Leaders of 30 states gather in Accra for the Atlantic Trade Forum on July 2.",
        "",
        [visit("*Leaders of 30 states", "GHA", 1, status="planned", event="Atlantic Trade Forum", kind="multilateral")],
        [(visit("*Leaders of 30 states", "TGO", 1, status="planned"), "country_not_named")],
    ),
    Case(
        "two parties meet in a third country",
        "The foreign ministers of Chile and Peru met in Geneva.",
        "",
        [visit("?foreign ministers of Chile and Peru", "CHE", 1)],
        [
            (visit("?foreign ministers of Chile and Peru/CHL", "PER", 1), "not_a_destination"),
            (visit("?foreign ministers of Chile and Peru/PER", "CHL", 1), "not_a_destination"),
        ],
    ),
    Case(
        "an organisation travels",
        "An IMF mission is in Cairo to review the loan.",
        "",
        [visit("^IMF mission", "EGY", 1, status="ongoing")],
        [(visit("^IMF mission", "SDN", 1, status="ongoing"), "country_not_named")],
    ),
    Case(
        "a delegation left for",
        "The Latvian foreign ministry's delegation left for Vienna on Monday.",
        "",
        [visit("*The Latvian foreign ministry's delegation/LVA", "AUT", 1, status="ongoing")],
        [(visit("*The Latvian foreign ministry's delegation/LVA", "LVA", 1, status="ongoing"), "own_country")],
    ),
    # ------------------------------------------------------------------------------------------------ where, and whence
    Case(
        "legs, with an origin",
        "Foreign Minister Juan Lopez of Mexico flew from Panama to Bogota and on to Quito.",
        "Foreign Minister: Juan Lopez/MEX",
        [visit("Lopez", "COL", 1, trip="t1"), visit("Lopez", "ECU", 1, trip="t1")],
        [(visit("Lopez", "PAN", 1), "not_a_destination"), (visit("Lopez", "MEX", 1), "own_country")],
    ),
    Case(
        "a stopover",
        "Irish President Aoife Byrne stopped over in Doha on her way to Tokyo.",
        "Irish President: Aoife Byrne/IRL",
        [visit("Byrne", "QAT", 1, kind="transit", trip="t1"), visit("Byrne", "JPN", 1, status="planned", trip="t1")],
        [(visit("Byrne", "IRL", 1), "own_country")],
    ),
    Case(
        "leaving the place visited",
        "Envoy Piet Claes of Belgium left Pyongyang for home on Sunday after three days of talks.",
        "Envoy: Piet Claes/BEL",
        [visit("Claes", "PRK", 1)],
        [(visit("Claes", "BEL", 1), "own_country")],
    ),
    Case(
        "ended his visit",
        "Dutch Prime Minister Jan Smit wrapped up his three-day stay in Hanoi on Saturday and returned to "
        "the Netherlands.",
        "Dutch Prime Minister: Jan Smit/NLD",
        [visit("Smit", "VNM", 1, when=("on Saturday", "2024-03-09"))],
        [(visit("Smit", "NLD", 1), "own_country")],
    ),
    Case(
        "a list of countries",
        "Since taking office in May she has toured Chad, Niger and Mali, aides to President Lina Haddad of "
        "Tunisia said.",
        "President: Lina Haddad/TUN",
        [visit("Haddad", "TCD", 1), visit("Haddad", "NER", 1), visit("Haddad", "MLI", 1)],
        [(visit("Haddad", "TUN", 1), "own_country")],
    ),
    Case(
        "after a trip elsewhere",
        "Finnish Foreign Minister Eero Laine will visit Hanoi on May 18-19 after his trip to Japan, the ministry said.",
        "Finnish Foreign Minister: Eero Laine/FIN",
        [
            visit("Laine", "VNM", 1, status="confirmed", trip="t1", when=("on May 18-19", "2024-05-18/2024-05-19")),
            visit("Laine", "JPN", 1, status="planned", trip="t1"),
        ],
        [
            (
                visit("Laine", "JPN", 1, status="confirmed", when=("on May 18-19", "2024-05-18/2024-05-19")),
                "date_of_another",
            ),
            (visit("Laine", "FIN", 1, status="confirmed"), "own_country"),
        ],
    ),
    Case(
        "a metonym is no place",
        "Talks with Tbilisi will continue in Baku, where Armenian Foreign Minister Ara Petrosyan arrived on Sunday.",
        "Armenian Foreign Minister: Ara Petrosyan/ARM",
        [visit("Petrosyan", "AZE", 1, status="ongoing", when=("on Sunday", "2024-03-10"))],
        [(visit("Petrosyan", "GEO", 1, status="ongoing"), "not_a_destination")],
    ),
    Case(
        "a country talked about",
        "Swedish Foreign Minister Nils Berg discussed the war in Sudan and the blockade of Cuba with his "
        "host in Cairo.",
        "Swedish Foreign Minister: Nils Berg/SWE",
        [visit("Berg", "EGY", 1)],
        [(visit("Berg", "CUB", 1), "not_a_destination"), (visit("Berg", "SDN", 1), "not_a_destination")],
    ),
    Case(
        "the two Congos",
        "A minister of the Republic of the Congo flew to Kinshasa on Sunday.",
        "",
        [visit("?A minister of the Republic of the Congo/COG", "COD", 1, places=["Kinshasa"])],
        [(visit("?A minister of the Republic of the Congo/COG", "COG", 1), "own_country")],
    ),
    Case(
        "a name in brackets",
        "“On October 18-19 the Mongolian foreign minister Bat Erdene will pay a visit to [North Korea],” "
        "the ministry said.",
        "Mongolian foreign minister: Bat Erdene/MNG",
        [visit("Erdene", "PRK", 1, status="confirmed", when=("October 18-19", "2024-10-18/2024-10-19"))],
        [(visit("Erdene", "KOR", 1, status="confirmed"), "country_not_named")],
    ),
    Case(
        "the capital of",
        "Polish President Ewa Nowak arrived on Monday in the Kazakh capital for two days of talks.",
        "Polish President: Ewa Nowak/POL",
        [visit("Nowak", "KAZ", 1, status="ongoing", when=("on Monday", "2024-03-11"))],
        [(visit("Nowak", "POL", 1, status="ongoing"), "own_country")],
    ),
    Case(
        "another country's place",
        "Polish President Ewa Nowak visited Kazakhstan and spent a day in Samarkand, Uzbekistan.",
        "Polish President: Ewa Nowak/POL",
        [visit("Nowak", "KAZ", 1), visit("Nowak", "UZB", 1, places=["Samarkand"])],
        [(visit("Nowak", "KAZ", 1, places=["Samarkand"]), "place_elsewhere")],
    ),
    # ---------------------------------------------------------------------------------------------- the one who travels
    Case(
        "one of two travels",
        "Zambia's president and Malawi's President Ruth Banda open talks in Lusaka on Friday.",
        "President: Ruth Banda/MWI",
        [visit("Banda", "ZMB", 1, status="planned", when=("on Friday", "2024-03-15"))],
        [(visit("?Zambia's president/ZMB", "ZMB", 1, status="planned"), "own_country")],
    ),
    Case(
        "a counterpart without a name",
        "Vietnamese Foreign Minister Minh Nguyen received his Lao counterpart in Hanoi.",
        "Vietnamese Foreign Minister: Minh Nguyen/VNM",
        [visit("?his Lao counterpart/LAO", "VNM", 1, hosts="Nguyen")],
        [(visit("Nguyen", "LAO", 1), "not_a_destination")],
    ),
    Case(
        "the speaker stays",
        "President Ruth Banda will travel to Lisbon in June, Malawi government spokesman Moses Phiri said.",
        "President: Ruth Banda/MWI; Malawi government spokesman: Moses Phiri/MWI",
        [visit("Banda", "PRT", 1, status="confirmed", when=("in June", "2024-06"), sources=["Phiri"])],
        [(visit("Phiri", "PRT", 1, status="confirmed"), "speaker")],
    ),
    Case(
        "the speaker travels, by his own word",
        '"I will be in Lisbon in June," Malawi\'s Foreign Minister Moses Phiri said.',
        "Malawi's Foreign Minister: Moses Phiri/MWI",
        [visit("Phiri", "PRT", 1, status="confirmed", when=("in June", "2024-06"))],
        [(visit("Phiri", "MWI", 1, status="confirmed"), "own_country")],
    ),
    Case(
        "a spokeswoman tells of another",
        "German Chancellor Uta Brandt is to visit Tunis from April 30 to May 2. Spokeswoman Ilse Kern gave no details.",
        "German Chancellor: Uta Brandt/DEU; Spokeswoman: Ilse Kern/DEU",
        [visit("Brandt", "TUN", 1, status="confirmed", when=("from April 30 to May 2", "2024-04-30/2024-05-02"))],
        [(visit("Kern", "TUN", 2), "no_travel"), (visit("Kern", "TUN", 1), "not_about")],
    ),
    Case(
        "a resident envoy",
        "The ambassador of Kenya, Peter Mwangi, called on the governor of Bavaria on Thursday.",
        "ambassador of Kenya: Peter Mwangi/KEN",
        [],
        [(visit("Mwangi", "KEN", 1), "own_country")],
    ),
    Case(
        "a former president",
        "Former Nigerian president Emeka Okoro arrived in Freetown as an observer of the vote.",
        "Former Nigerian president: Emeka Okoro/NGA",
        [visit("Okoro", "SLE", 1)],
        [(visit("Okoro", "NGA", 1), "own_country")],
    ),
    Case(
        "someone in her place",
        "President Lina Haddad was asked to Kigali, but Vice-President Omar Saidi of Tunisia will attend in her place.",
        "President: Lina Haddad/TUN; Vice-President: Omar Saidi/TUN",
        [visit("Saidi", "RWA", 1, status="planned")],
        [(visit("Saidi", "TUN", 1, status="planned"), "own_country")],
    ),
    Case(
        "a name and a longer name",
        "North Korean leader Kim Jong Un visited Russia in 2019. His father Kim Jong Il, the late leader, "
        "had been there in 2011.",
        "North Korean leader: Kim Jong Un/PRK; late leader: Kim Jong Il/PRK",
        [
            visit("Kim Jong Un", "RUS", 1, when=("in 2019", "2019")),
            visit("Kim Jong Il", "RUS", 2, when=("in 2011", "2011")),
        ],
        [
            (visit("Kim Jong Un", "RUS", 1, when=("in 2019", "2011")), "date_disagrees"),
            (visit("Kim", "RUS", 1), "ambiguous"),
        ],
    ),
    # ------------------------------------------------------------------------------------------------ said of it before
    Case(
        "the two-day visit",
        "Omani Foreign Minister Salim Harthy arrived in Colombo on Sunday. The two-day visit ends on Monday evening.",
        "Omani Foreign Minister: Salim Harthy/OMN",
        [visit("Harthy", "LKA", 1, 2, status="ongoing", when=("on Sunday", "2024-03-10"), places=["Colombo"])],
        [(visit("Harthy", "OMN", 1, 2, status="ongoing"), "own_country")],
    ),
    Case(
        "this island country",
        "The prime minister of Samoa invited Ho Minh Duc to Apia. Duc, Vietnamese president, last visited this island "
        "country in 2017.",
        "Vietnamese president: Ho Minh Duc/VNM",
        [
            visit("Duc", "WSM", 2, when=("in 2017", "2017")),
            invitation("?prime minister of Samoa/WSM", "Duc", "WSM", 1, response="unknown"),
        ],
        [
            (visit("Duc", "VNM", 2, when=("in 2017", "2017")), "own_country"),
            (visit("Duc", "FJI", 2), "country_not_named"),
            (invitation("?prime minister of Samoa/WSM", "Duc", "VNM", 1), "not_a_destination"),
        ],
    ),
    Case(
        "the country means the one named last",
        "She was in Peru in January. On Monday the Swiss minister Lea Frei landed in Chile. She leaves the country on "
        "Thursday.",
        "Swiss minister: Lea Frei/CHE",
        [visit("Frei", "CHL", 2, 3, status="ongoing", when=("On Monday", "2024-03-11"))],
        [(visit("Frei", "PER", 3, status="ongoing"), "not_a_destination")],
    ),
    Case(
        "there",
        "Japan's Prime Minister Ken Ito flew to Ulaanbaatar on Friday. He will hold talks there with the "
        "Mongolian premier.",
        "Japan's Prime Minister: Ken Ito/JPN",
        [visit("Ito", "MNG", 1, 2, when=("on Friday", "2024-03-08"))],
        [(visit("Ito", "JPN", 1, 2), "own_country")],
    ),
    Case(
        "a pronoun, two sentences on",
        "Danish Foreign Minister Ida Holm spoke of peace. The mood was good. She will go to Amman on Tuesday.",
        "Danish Foreign Minister: Ida Holm/DNK",
        [visit("Holm", "JOR", 3, status="planned", when=("on Tuesday", "2024-03-12"))],
        [(visit("Holm", "SYR", 3, status="planned"), "country_not_named")],
    ),
    Case(
        "a title alone, far from the name",
        "Burundi's President Eric Niyonzima opened a school. Children sang. Parents clapped. It rained. Everyone went "
        "home. The president will fly to Kampala in May.",
        "Burundi's President: Eric Niyonzima/BDI",
        [visit("Niyonzima", "UGA", 6, status="planned", when=("in May", "2024-05"))],
        [
            (visit("Niyonzima", "BDI", 6, status="planned"), "own_country"),
            (visit("Niyonzima", "UGA", 3, status="planned"), "not_about"),
        ],
    ),
    Case(
        "their visit",
        "Estonian Prime Minister Mari Tamm and her Latvian colleague met in Kyiv on Saturday. Their visit "
        "was not announced.",
        "Estonian Prime Minister: Mari Tamm/EST",
        [visit("Tamm+?her Latvian colleague/LVA", "UKR", 1, 2, when=("on Saturday", "2024-03-09"))],
        [(visit("Tamm", "LVA", 1, 2), "not_a_destination")],
    ),
    Case(
        "a trip named in one sentence, its day in another",
        "Kuwait is looking forward to the visit of Cypriot President Nikos Pavlou. He will stay until May "
        "9, an aide said.",
        "Cypriot President: Nikos Pavlou/CYP",
        [visit("Pavlou", "KWT", 1, 2, status="planned")],
        [(visit("Pavlou", "CYP", 1, 2, status="planned"), "own_country")],
    ),
    # ----------------------------------------------------------------------------------------------- the styles of news
    Case(
        "headline alone",
        "Wong in Delhi for talks",
        "Wong",
        [visit("Wong", "IND", 1, status="ongoing", places=["Delhi"])],
        [(visit("Wong", "CHN", 1, status="ongoing"), "country_not_named")],
    ),
    Case(
        "headline with a present tense",
        "Haddad heads to Seoul\n\nTunisian President Lina Haddad meets business leaders on Tuesday.",
        "Tunisian President: Lina Haddad/TUN",
        [visit("Haddad", "KOR", 1, 2, status="planned", when=("on Tuesday", "2024-03-12"))],
        [(visit("Haddad", "PRK", 1, 2, status="planned"), "country_not_named")],
    ),
    Case(
        "a caption",
        "President Elsa Mora of Bolivia, left, greets King Jan of Belgium in Ghent on May 3, 2023.",
        "President: Elsa Mora/BOL; King: Jan/BEL",
        [visit("Mora", "BEL", 1, hosts="Jan", when=("on May 3, 2023", "2023-05-03"))],
        [
            (visit("Mora", "BEL", 1, when=("on May 3, 2023", "2022-05-03")), "date_disagrees"),
            (visit("Jan", "BEL", 1, hosts="Mora"), "own_country"),
        ],
    ),
    Case(
        "dateline of a wire",
        "LUSAKA, March 11. /ZNS/. Malawi's President Ruth Banda arrived here on Monday on her first state visit.",
        "Malawi's President: Ruth Banda/MWI",
        [visit("Banda", "ZMB", 2, status="ongoing", kind="state", when=("on Monday", "2024-03-11"))],
        [(visit("Banda", "MWI", 2, status="ongoing"), "own_country")],
    ),
    Case(
        "quoted speech",
        '"We expect Chancellor Uta Brandt of Germany in Brasilia before summer," Brazilian minister Caio Lima said.',
        "Chancellor: Uta Brandt/DEU; Brazilian minister: Caio Lima/BRA",
        [visit("Brandt", "BRA", 1, status="planned", sources=["Lima"], places=["Brasilia"])],
        [(visit("Lima", "BRA", 1, status="planned"), "own_country"), (visit("Lima", "DEU", 1), "not_a_destination")],
    ),
    Case(
        "a possessive country as the goal",
        "Fijian Prime Minister Sela Vuki landed in Tonga's capital on Sunday.",
        "Fijian Prime Minister: Sela Vuki/FJI",
        [visit("Vuki", "TON", 1, when=("on Sunday", "2024-03-10"))],
        [(visit("Vuki", "FJI", 1), "own_country")],
    ),
    Case(
        "the verb at the end",
        "It was to Brunei that Laotian President Khamla Sisouk travelled in 2018.",
        "Laotian President: Khamla Sisouk/LAO",
        [visit("Sisouk", "BRN", 1, when=("in 2018", "2018"))],
        [(visit("Sisouk", "BRN", 1, when=("in 2018", "2017")), "date_disagrees")],
    ),
    Case(
        "a hyphenated tour",
        "The Korea-Vietnam tour of Russian President Igor Sokolov will include North Korea first.",
        "Russian President: Igor Sokolov/RUS",
        [
            visit("Sokolov", "PRK", 1, status="planned", trip="t1"),
            visit("Sokolov", "VNM", 1, status="planned", trip="t1"),
        ],
        [(visit("Sokolov", "RUS", 1, status="planned"), "own_country")],
    ),
    Case(
        "the guest as subject of a nominal clause",
        "The arrival in Malta of Libyan premier Tarek Ganem was delayed by fog.",
        "Libyan premier: Tarek Ganem/LBY",
        [visit("Ganem", "MLT", 1)],
        [(visit("Ganem", "LBY", 1), "own_country")],
    ),
    Case(
        "bound for",
        "Qatar-bound Nepali president Hari Thapa told reporters that labour would be on the agenda.",
        "Nepali president: Hari Thapa/NPL",
        [visit("Thapa", "QAT", 1, status="planned")],
        [(visit("Thapa", "NPL", 1, status="planned"), "own_country")],
    ),
    Case(
        "not only places with a preposition",
        "Cuba, Jamaica and Haiti are the stops of a journey that takes Norwegian minister Liv Aas away until April.",
        "Norwegian minister: Liv Aas/NOR",
        [
            visit("Aas", "CUB", 1, status="planned"),
            visit("Aas", "JAM", 1, status="planned"),
            visit("Aas", "HTI", 1, status="planned"),
        ],
        [(visit("Aas", "NOR", 1, status="planned"), "own_country")],
    ),
    # -------------------------------------------------------------------------------------------------------- the state
    Case(
        "put off",
        "The trip of Ghanaian President Esi Boateng to Angola, set for May 4, was put off to June 9.",
        "Ghanaian President: Esi Boateng/GHA",
        [
            visit(
                "Boateng",
                "AGO",
                1,
                status="postponed",
                when=("June 9", "2024-06-09"),
                caveat="It had been set for May 4.",
            )
        ],
        [(visit("Boateng", "AGO", 1, status="postponed", caveat="It had been set for July 14."), "not_in_article")],
    ),
    Case(
        "denied",
        "The Iraqi foreign ministry dismissed reports that its chief, Faisal Karim, had secretly been to Tehran.",
        "Faisal Karim/IRQ",
        [
            visit(
                "Karim", "IRN", 1, status="denied", sources=[{"name": "Iraqi foreign ministry", "kind": "institution"}]
            )
        ],
        [(visit("Karim", "IRQ", 1, status="denied"), "own_country")],
    ),
    Case(
        "never been there, and so no visit",
        "Rwandan minister Alice Uwera has never set foot in Burundi, though she was in Uganda in 2019.",
        "Rwandan minister: Alice Uwera/RWA",
        [visit("Uwera", "UGA", 1, when=("in 2019", "2019"))],
        [(visit("Uwera", "BDI", 1), "never"), (visit("Uwera", "BDI", 1, status="ongoing"), "never")],
    ),
    Case(
        "never before now",
        "Rwandan minister Alice Uwera, who had never visited Burundi before, arrived in Burundi on Sunday.",
        "Rwandan minister: Alice Uwera/RWA",
        [visit("Uwera", "BDI", 1, when=("on Sunday", "2024-03-10"))],
    ),
    Case(
        "had he visited",
        "Had Slovak minister Jozef Kral visited Riga, talks would have resumed.",
        "Slovak minister: Jozef Kral/SVK",
        [],
        [(visit("Kral", "LVA", 1), "counterfactual"), (visit("Kral", "SVK", 1), "own_country")],
    ),
    Case(
        "if invited",
        '"If invited, I would go to Caracas," Cuban foreign minister Raul Ortega said.',
        "Cuban foreign minister: Raul Ortega/CUB",
        [visit("Ortega", "VEN", 1, status="speculated")],
        [(visit("Ortega", "VEN", 1, status="completed"), "counterfactual")],
    ),
    Case(
        "cut short",
        "The delegation of Belize cut short its stay in Amman on Sunday.",
        "",
        [visit("*The delegation of Belize/BLZ", "JOR", 1, when=("on Sunday", "2024-03-10"))],
        [(visit("*The delegation of Belize/BLZ", "BLZ", 1), "own_country")],
    ),
    Case(
        "years in a row",
        "Togolese president Kofi Mensah visited Ghana in 1999, 2007 and 2015.",
        "Togolese president: Kofi Mensah/TGO",
        [
            visit("Mensah", "GHA", 1, when=("in 1999", "1999")),
            visit("Mensah", "GHA", 1, when=("2007", "2007")),
            visit("Mensah", "GHA", 1, when=("2015", "2015")),
        ],
        [(visit("Mensah", "GHA", 1, when=("2007", "1999")), "date_disagrees")],
    ),
    Case(
        "expected, hoped for, speculated",
        "Aides hinted that Maltese premier Rita Borg may travel to Seoul in spring.",
        "Maltese premier: Rita Borg/MLT",
        [visit("Borg", "KOR", 1, status="speculated", sources=[{"name": "Aides", "kind": "anonymous"}])],
        [(visit("Borg", "MLT", 1, status="speculated"), "own_country")],
    ),
    Case(
        "a call is no journey",
        "Togolese president Kofi Mensah spoke by phone with the president of Ghana on Sunday.",
        "Togolese president: Kofi Mensah/TGO",
        [],
        [(visit("Mensah", "GHA", 1), "no_travel")],
    ),
    # ------------------------------------------------------------------------------------------------------ invitations
    Case(
        "through an envoy",
        "Through his envoy Tui Malo the president of Samoa asked Prime Minister Maya Rao of India to come "
        "to Apia in June.",
        "envoy: Tui Malo/WSM; Prime Minister: Maya Rao/IND",
        [
            invitation(
                "?president of Samoa/WSM",
                "Rao",
                "WSM",
                1,
                response="pending",
                channel="via_intermediary",
                via="envoy Tui Malo",
                proposed=date(("in June", "2024-06")),
            )
        ],
        [
            (invitation("Rao", "?president of Samoa/WSM", "WSM", 1), "not_a_destination"),
            (invitation("?president of Samoa/WSM", "Rao", "TON", 1), "country_not_named"),
        ],
    ),
    Case(
        "moved by thanks",
        "Thai premier Somchai Wongsa thanked the queen of Denmark for the invitation to Copenhagen.",
        "Thai premier: Somchai Wongsa/THA",
        [invitation("?queen of Denmark/DNK", "Wongsa", "DNK", 1, response="acknowledged")],
        [(invitation("?queen of Denmark/DNK", "Wongsa", "THA", 1), "not_a_destination")],
    ),
    Case(
        "to visit the country",
        "Kim Jong Un, North Korean leader, said that Igor Sokolov of Russia gladly accepted Kim's "
        "invitation to visit the "
        "country.",
        "North Korean leader: Kim Jong Un/PRK; Igor Sokolov/RUS",
        [invitation("Kim", "Sokolov", "PRK", 1), visit("Sokolov", "PRK", 1, status="planned", hosts="Kim Jong Un")],
        [(visit("Kim", "PRK", 1, status="planned"), "own_country")],
    ),
    Case(
        "withdrawn",
        "Hungary withdrew its invitation to Serbian President Milan Jovic to speak in Budapest.",
        "Serbian President: Milan Jovic/SRB",
        [invitation("%Hungary/HUN", "Jovic", "HUN", 1, status="withdrawn", response="unknown")],
        [(invitation("%Hungary/HUN", "Jovic", "SRB", 1), "not_a_destination")],
    ),
    Case(
        "between governments, place unknown",
        "Moscow invited Kabul to the talks.",
        "",
        [invitation("%Moscow/RUS", "%Kabul/AFG", None, 1, response="unknown")],
        [(invitation("%Moscow/RUS", "%Kabul/AFG", "IRN", 1), "country_not_named")],
    ),
    Case(
        "invited abroad during a visit abroad",
        "In Oslo, Kenyan minister Amina Otieno asked Norwegian premier Lars Dahl to come to Nairobi.",
        "Kenyan minister: Amina Otieno/KEN; Norwegian premier: Lars Dahl/NOR",
        [
            visit("Otieno", "NOR", 1, hosts="Dahl", places=["Oslo"]),
            invitation("Otieno", "Dahl", "KEN", 1, response="unknown", places=["Nairobi"]),
        ],
        [(invitation("Dahl", "Otieno", "KEN", 1, response="unknown"), "not_a_destination")],
    ),
    # -------------------------------------------------------------------------------------------------- other languages
    Case(
        "French",
        "Le ministre algérien des Affaires étrangères, Karim Belkacem, se rendra à Madrid mardi prochain "
        "pour une visite "
        "de travail de deux jours, a annoncé son ministère.",
        "ministre algérien des Affaires étrangères: Karim Belkacem/DZA",
        [visit("Belkacem", "ESP", 1, status="confirmed", kind="working", places=["Madrid"])],
        [(visit("Belkacem", "DZA", 1), "own_country"), (visit("Belkacem", "PRT", 1), "country_not_named")],
    ),
    Case(
        "Spanish",
        "La presidenta de Chile, Rosa Fuentes, viajará a Lima el próximo viernes para reunirse con su "
        "homólogo peruano, "
        "según informó la cancillería.",
        "presidenta de Chile: Rosa Fuentes/CHL",
        [visit("Fuentes", "PER", 1, status="confirmed", places=["Lima"])],
        [(visit("Fuentes", "CHL", 1), "own_country"), (visit("Fuentes", "BOL", 1), "country_not_named")],
    ),
    Case(
        "German",
        "Estlands Ministerpräsidentin Mari Tamm ist am Sonntag zu einem Besuch in der ukrainischen Hauptstadt "
        "Kiew eingetroffen, wie ihr Büro mitteilte.",
        "Ministerpräsidentin: Mari Tamm/EST",
        [visit("Tamm", "UKR", 1, status="ongoing")],
        [(visit("Tamm", "EST", 1), "own_country"), (visit("Tamm", "LVA", 1), "country_not_named")],
    ),
    Case(
        "Russian",
        "Министр иностранных дел Казахстана Ерлан Садыков прибыл в Токио с официальным визитом, сообщила пресс-служба "
        "министерства в понедельник.",
        "Министр иностранных дел Казахстана: Ерлан Садыков/KAZ",
        [visit("Ерлан Садыков", "JPN", 1, status="ongoing", kind="official")],
        [(visit("Ерлан Садыков", "KAZ", 1), "own_country"), (visit("Ерлан Садыков", "KOR", 1), "country_not_named")],
    ),
    Case(
        "Chinese",
        "应埃及外长邀请，中国外交部长王明将于3月15日访问埃及，双方将就地区局势交换意见。",
        "中国外交部长: 王明/CHN",
        [visit("!王明/CHN", "EGY", 1, status="confirmed", kind="official")],
        [(visit("!王明/CHN", "CHN", 1), "own_country"), (visit("!王明/CHN", "SDN", 1), "country_not_named")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_right_passes(case: Case) -> None:
    verdict = told(case, case.right)
    assert list(map(str, verdict.faults)) == []
    assert verdict.summary is not None
    assert len(verdict.summary.visits) + len(verdict.summary.invitations) == len(case.right)


@pytest.mark.parametrize(
    ("case", "record", "rule"),
    [pytest.param(case, *wrong, id=f"{case.name}: {wrong[1]}") for case in CASES for wrong in case.wrong],
)
def test_what_is_wrong_is_complained_about(case: Case, record: Record, rule: str) -> None:
    verdict = told(case, [record])
    assert rule in [fault.rule for fault in verdict.faults], list(map(str, verdict.faults))


def test_what_cannot_be_right_is_rejected() -> None:
    case = next(case for case in CASES if case.name == "active, with a weekday")
    verdict = told(case, [visit("Otieno", "SWE", 1)])
    assert [fault.rule for fault in verdict.faults] == ["country_not_named"]
    assert verdict.summary is not None
    assert [rejection.type for rejection in verdict.summary.rejected] == ["visits"]


TOLD_ELSEWHERE = "the country means the one named last"
FATAL = ("own_country", "not_a_destination", "speaker", "never", "counterfactual", "host_travels", "no_travel")


@pytest.mark.parametrize(
    ("case", "record"),
    [
        pytest.param(case, wrong, id=case.name)
        for case in CASES
        for wrong, rule in case.wrong
        if rule in FATAL and case.name != TOLD_ELSEWHERE
    ],
)
def test_an_invented_visit_is_worse_than_a_missing_one(case: Case, record: Record) -> None:
    verdict = told(case, [record])
    assert verdict.summary is not None
    assert (verdict.summary.visits, verdict.summary.invitations) == ([], [])
    assert len(verdict.summary.rejected) == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (visit("Mensah", "GHA", 1), visit("Mensah", "GHA", 1, status="ongoing"), ["twice"]),
        (visit("Mensah", "GHA", 1), visit("Mensah", "GHA", 1, status="planned"), []),
        (
            visit("Mensah", "GHA", 1, trip="t1"),
            visit("Mensah", "GHA", 1, when=("in 2007", "2007"), trip="t1"),
            ["twice"],
        ),
        (visit("Mensah", "GHA", 1, when=("in 1999", "1999")), visit("Mensah", "GHA", 1, when=("in 2007", "2007")), []),
        (visit("Mensah", None, 1), visit("Mensah", None, 1), []),
        (visit("*Ministers/TGO", "GHA", 2), visit("*Ministers/MLI", "GHA", 2), []),
    ],
)
def test_one_visit_is_one_record(first: Record, second: Record, expected: list[str]) -> None:
    text = "Togolese president Kofi Mensah was in Ghana in 1999 and in 2007. Ministers from Togo and Mali met in Accra."
    case = Case("", text, "Togolese president: Kofi Mensah/TGO", [])
    assert rules(told(case, [first, second])) == expected


def test_an_ambassador_lives_where_he_is_accredited() -> None:
    text = "Nepal's ambassador to Peru, Hari Thapa, received guests in Lima. He will travel to Chile in May."
    case = Case("", text, "ambassador to Peru: Hari Thapa/NPL", [])
    assert [fault.rule for fault in told(case, [visit("Thapa", "PER", 1)]).faults] == ["resident"]
    assert told(case, [visit("Thapa", "CHL", 2, status="planned", when=("in May", "2024-05"))]).accepted


def test_an_invitation_rests_on_a_sentence_about_one() -> None:
    text = (
        "Fijian premier Sela Vuki spoke with the king of Tonga. The king invited Vuki. The feast is in Tonga in July."
    )
    case = Case("", text, "Fijian premier: Sela Vuki/FJI", [])
    king = "?king of Tonga/TON"
    assert told(case, [invitation(king, "Vuki", "TON", 2, response="unknown")]).accepted
    told_rules = [fault.rule for fault in told(case, [invitation(king, "Vuki", "TON", 1, response="unknown")]).faults]
    assert told_rules == ["no_invitation"]


@given(number=st.integers(min_value=1, max_value=3), code=st.sampled_from(["SWE", "PER", "MLT", "LAO", "USA"]))
def test_no_country_that_the_article_does_not_name_becomes_a_visit(number: int, code: str) -> None:
    text = "Kenyan minister Amina Otieno flew to Oslo. She met students there. Her trip to Norway ends on Friday."
    case = Case("", text, "Kenyan minister: Amina Otieno/KEN", [])
    verdict = told(case, [visit("Otieno", code, number)])
    assert verdict.summary is not None
    assert verdict.summary.visits == []


@given(text=st.text(alphabet="aA ,.’'\"-\nvisited to in Chad said he the of never Had If would", max_size=400))
def test_any_text_can_be_judged(text: str) -> None:
    case = Case("", f"Ada Oyelaran of Nigeria visited Chad. {text}", "Ada Oyelaran/NGA", [])
    verdict = told(case, [visit("Oyelaran", "TCD", 1), visit("Oyelaran", "TCD", 2, status="planned")])
    assert verdict.summary is not None
    assert all(evidence.text in case.text for kept in verdict.summary.visits for evidence in kept.evidence)


def test_in_another_language_a_neighbouring_sentence_may_name_the_country() -> None:
    text = (
        "Le ministre algérien Karim Belkacem est arrivé en Espagne lundi soir. Il repartira mercredi après une visite "
        "de deux jours. Le roi des Belges a reçu la presse à Bruxelles, puis le président tunisien, Slim Haddad."
    )
    case = Case("", text, "ministre algérien: Karim Belkacem/DZA; président tunisien: Slim Haddad/TUN", [])
    king = "?roi des Belges/BEL"
    assert told(case, [visit("Belkacem", "ESP", 2, status="ongoing")]).accepted
    assert rules(told(case, [visit("Haddad", "ESP", 3)])) == ["not_a_destination"]
    assert rules(told(case, [visit("Belkacem", "TUN", 2)])) == ["not_a_destination"]
    assert rules(told(case, [invitation(king, "Haddad", "ESP", 3, response="unknown")])) == ["not_a_destination"]
    assert rules(told(case, [invitation(king, "Haddad", "PRT", 3, response="unknown")])) == ["country_not_named"]
    assert told(case, [invitation(king, "Haddad", "BEL", 3, response="unknown")]).accepted


def test_a_shared_city_lies_in_the_country_that_is_spoken_of() -> None:
    text = "Finnish minister Eero Laine accepted an invitation from the Chilean foreign ministry to visit Santiago."
    case = Case("", text, "Finnish minister: Eero Laine/FIN", [])
    ministry = "^Chilean foreign ministry/CHL"
    assert told(case, [invitation(ministry, "Laine", "CHL", 1)]).accepted
    assert rules(told(case, [invitation(ministry, "Laine", "ESP", 1)])) == ["country_not_named"]


def test_a_place_to_come_to_may_stand_in_the_next_sentence() -> None:
    text = "Fijian premier Sela Vuki was invited by a club. The feast takes place in Tonga."
    case = Case("", text, "Fijian premier: Sela Vuki/FJI", [])
    assert told(case, [invitation("^a club", "Vuki", "TON", 1, response="unknown")]).accepted


def rules(verdict: Verdict) -> list[str]:
    return [fault.rule for fault in verdict.faults]


def test_a_chinese_name_means_its_official() -> None:
    case = next(case for case in CASES if case.name == "Chinese")
    assert told(case, [visit("王明", "EGY", 1, status="confirmed")]).accepted


def test_a_country_that_only_other_sentences_go_to_is_kept_with_a_concern() -> None:
    """The citation may just be too short: the model has been asked, and stays with it."""
    case = next(case for case in CASES if case.name == TOLD_ELSEWHERE)
    wrong = next(wrong for wrong, rule in case.wrong if rule == "not_a_destination")
    verdict = told(case, [wrong])
    assert verdict.summary is not None
    assert [visit.country for visit in verdict.summary.visits] == ["PER"]
    assert "not_a_destination" in [concern.kind for concern in verdict.summary.concerns]
