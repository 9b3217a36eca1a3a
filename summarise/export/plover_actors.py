"""Parties as PLOVER's entities: a code for the state or organisation, and a sector.

The codes are those of the PLOVER manual, version 2.0 (draft), chapter "Country Names and Sector Codes". What an article
does not tell stays null: a sector is given by the office that the article names, not by who somebody is known to be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from summarise.export.article_records import Entry
from summarise.judge.places import compatible, sovereign
from summarise.records import Official, Party, Role

OWN_CODES = {"XKX": "KOS", "HKG": "HKG", "SUN": "SUN", "YUG": "YUG", "CSK": "CSK", "DDR": "DDR"}
"""Kosovo is KOS in PLOVER; Hong Kong and the dead states keep their codes; any other territory is its sovereign's."""

ORGANISATIONS = {
    "UNO": "united nations|un|u.n.|un security council|security council|un general assembly",
    "EUR": "european union|eu|european commission|european council|european parliament",
    "IGO": "nato|north atlantic treaty organization|north atlantic treaty organisation|asean|african union|arab league|"
    "league of arab states|osce|imf|international monetary fund|world bank|wto|world trade organization|who|"
    "world health organization|iaea|international atomic energy agency|g7|g20|group of seven|group of twenty|brics|"
    "opec|oecd|commonwealth of nations|ecowas|mercosur|interpol|council of europe|gulf cooperation council|gcc|"
    "shanghai cooperation organization|shanghai cooperation organisation|sco|csto|international criminal court",
}
"""Names of organisations of states, as they are written; any other body without a state has no code."""

SECTORS: dict[Role, str | None] = {
    "head_of_state": "GOV", "head_of_government": "GOV", "monarch_or_royal": "GOV", "foreign_minister": "GOV",
    "defence_minister": "GOV", "minister": "GOV", "deputy_minister": "GOV", "ambassador": "GOV", "envoy": "GOV",
    "spokesperson": "GOV", "subnational": "GOV", "legislator": "LEG", "party_official": "PTY", "military": "MIL",
    "judiciary": "JUD", "religious": "REL", "intl_org": None, "other": None,
}  # fmt: skip

FORMER = "ELI"
"""Who held office once and does not now, by version 2.0 of the manual (version 0.8 had them among civilians)."""

_WORDS = {
    "MIL": r"\b(army|navy|air force|armed forces|general staff|military)\b",
    "LEG": r"\b(parliament|parliamentary|duma|congress|senate|national assembly|knesset|bundestag|"
    r"lawmakers?|senators?)\b",
    "JUD": r"\b(court|judiciary|judges?)\b",
    "GOV": r"\b(governments?|cabinet|presidency|ministry|ministries|kremlin|white house|"
    r"state department|foreign office|ministers?|presidents?|chancellor|premier|king|queen|emir|sultan|ambassadors?|"
    r"envoys?|diplomats?)\b",
}
_SECTOR_WORDS = [(sector, re.compile(words, re.IGNORECASE)) for sector, words in _WORDS.items()]
_CODES = {name: code for code, names in ORGANISATIONS.items() for name in names.split("|")}
_FORMERLY = re.compile(r"\b(former|ex|late|ousted)\b", re.IGNORECASE)


def entity(party: Party, officials: Sequence[Entry[Official]]) -> dict[str, Any]:
    """A party as an entity object; `officials` are those of its article, who tell its sector."""
    official = official_named(party, officials)
    return {
        "code": code_of(party),
        "sector": _sector(party, official),
        "entity_text": party.name,
        "office": party.title or (official.titles[0] if official is not None and official.titles else None),
        "kind": party.kind,
    }


def host_country(code: str) -> dict[str, Any]:
    """The state that is visited, as the recipient where no host is named: CAMEO's manual has it so (042)."""
    return {"code": country(code), "sector": None, "entity_text": None, "office": None, "kind": "country"}


def code_of(party: Party) -> str | None:
    """Code of the party's state, or of the organisation that it is."""
    return _CODES.get(party.name.casefold().removeprefix("the ")) if party.country is None else country(party.country)


def country(code: str) -> str:
    """PLOVER's code for an alpha-3 code."""
    return OWN_CODES.get(code) or sovereign(code)


def official_named(party: Party, officials: Sequence[Entry[Official]]) -> Official | None:
    """The one official of the article who is called so; None for none, for several and for one of another state."""
    wanted = party.name.casefold()
    found = [
        each.record
        for each in officials
        if wanted in (each.record.name.casefold(), *(variant.casefold() for variant in each.record.variants))
    ]
    if len(found) != 1 or (party.country and found[0].country and not compatible(party.country, found[0].country)):
        return None
    return found[0]


def _sector(party: Party, official: Official | None) -> str | None:
    if official is not None:
        return FORMER if official.tenure in ("former", "deceased") else SECTORS[official.role]
    if party.kind == "government":
        return "GOV"
    told = party.title or ("" if party.kind == "person" else party.name)
    if _FORMERLY.search(told) and party.kind in ("person", "unnamed_person"):
        return FORMER
    return next((sector for sector, words in _SECTOR_WORDS if words.search(told)), None)
