"""Which public office a title names: "state secretary for trade" is a minister's, "bank president" is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from summarise.offline.lexicon import INTERNATIONAL, INTERNATIONAL_PHRASES, NO_OFFICE, PRIVATE_BODIES, words
from summarise.records import Role

# All the words of a row stand in the title. The first row that fits counts: special offices before general ones.
_ROLES: Final[tuple[tuple[Role, str], ...]] = (
    ("spokesperson", "spokesman;spokeswoman;spokesperson;press secretary"),
    ("other", "deputy prime minister;dpm;vice premier;deputy premier;vice president;deputy president;first lady;"
              "vice chancellor;security adviser;security advisor"),
    ("ambassador", "ambassador;high commissioner;consul;chargé;charge affaires"),
    ("deputy_minister", "deputy minister;vice minister;undersecretary;under secretary;deputy secretary;"
                        "assistant secretary;assistant minister;parliamentary secretary;permanent secretary;"
                        "deputy foreign"),
    ("envoy", "envoy;emissary;special representative;special coordinator;chief negotiator;special adviser;mediator"),
    ("foreign_minister", "foreign minister;external affairs minister;secretary state;foreign secretary;"
                         "foreign commissar;fm;foreign chief;foreign counterpart"),
    ("defence_minister", "defence minister;defense minister;secretary defense;secretary defence;defense chief;"
                         "defence chief"),
    ("subnational", "chief minister;governor;mayor;regional minister;provincial minister;state premier;"
                    "magistrate;burgomaster;provincial premier"),
    ("judiciary", "attorney general;chief justice;prosecutor;judge;attorney"),
    ("head_of_state", "president council state;chairman council state"),
    ("head_of_government", "prime minister;premier;taoiseach;pm;chief executive;head government;"
                           "president council minister;chairman council minister"),
    ("minister", "chancellor exchequer;minister;finance chief;home secretary;cabinet secretary;trade secretary;"
                 "commerce secretary;treasury secretary;energy secretary;agriculture secretary;interior secretary;"
                 "transport secretary;labor secretary;health secretary;trade representative;secretary homeland;"
                 "secretary transportation;commissar;state councillor;state councilor;state counsellor"),
    ("head_of_government", "chancellor"),
    ("intl_org", "secretarygeneral;president organization;president organisation;"
                 "director general;managing director;commission president;council president"),
    ("party_official", "member politburo;political bureau;member central committee;general secretary;party secretary;"
                       "party chief;party leader;party chairman;politburo;first secretary;party chair;party head;"
                       "party president;secretary central committee;communist leader"),
    ("legislator", "member parliament;member congress;speaker;senator;congressman;congresswoman;lawmaker;legislator;"
                   "parliamentarian;mp;mep;parliament chairman;parliament president;senate president;"
                   "opposition leader;majority leader;minority leader;house leader;parliament head;"
                   "chairman assembly;assembly president"),
    ("monarch_or_royal", "king;queen;emperor;empress;sultan;emir;prince;princess;duke;duchess;monarch;ruler"),
    ("religious", "pope;pontiff;patriarch;archbishop;cardinal;bishop;ayatollah;imam;lama;prelate"),
    ("head_of_state", "president;supreme leader;head state;state chairman;chairman military council;"
                      "chairman revolutionary council;chairman ruling council;chairman presidency;member presidency"),
    ("military", "chief staff;general;admiral;colonel;brigadier;marshal;army chief;air chief;navy chief;"
                 "naval chief;military chief;army commander;commander;lieutenant;major;captain"),
    ("minister", "secretary"),
    ("head_of_state", "leader;strongman;dictator"),
    ("intl_org", "commissioner;rapporteur"),
    ("other", "chairman;chairwoman;chairperson;chair;director;head;chief;adviser;advisor;counsellor;representative;"
              "councillor;deputy;negotiator;coordinator;diplomat;administrator;treasurer;delegate;inspector;"
              "politician;statesman;sheikh;princes;counselor"),
)  # fmt: skip
_ROWS: Final = tuple((words(row), role) for role, rows in _ROLES for row in rows.split(";"))
_ROWS_WITH: Final = {
    word: tuple(number for number, (needed, _) in enumerate(_ROWS) if word in needed)
    for word in frozenset[str]().union(*(needed for needed, _ in _ROWS))
}
"""Numbers of the rows in which a word stands: a title is compared with a few rows, not with all."""

_MAY_BE_INTERNATIONAL: Final = words(
    "head_of_state foreign_minister head_of_government other minister deputy_minister subnational"
)
_SECRETARY_GENERAL: Final = re.compile(r"\bsecretar(?:y|ies)[- ]general\b")
_NO_PARTS_OF_WORDS: Final = re.compile(r"-|['’]s|,")
_PUBLIC_ALL_THE_SAME: Final = words("central minister secretary")
""" "Central bank governor", "secretary of the federation council": public in spite of the body's name."""
_SINGULARS: Final = {
    "ministers": "minister", "presidents": "president", "leaders": "leader", "senators": "senator", "heads": "head",
    "ambassadors": "ambassador", "premiers": "premier", "chancellors": "chancellor", "governors": "governor",
    "speakers": "speaker", "secretaries": "secretary", "lawmakers": "lawmaker", "parliamentarians": "parliamentarian",
    "kings": "king", "sens": "senator", "reps": "congressman", "congressmen": "congressman",
    "envoys": "envoy", "commissioners": "commissioner", "mps": "mp",
}  # fmt: skip
_UNIONS_OF_STATES: Final = re.compile(r"\b(?:european|african|soviet|maghreb|parliamentary) union\b")
_REBELS: Final = words("rebel guerrilla militia separatist insurgent tribal gang union student business")


@lru_cache(maxsize=8_192)
def role_of(title: str) -> Role | None:
    """The role that a title in small letters names; None if it names no public office ("rebel leader")."""
    if not _REBELS.isdisjoint(_UNIONS_OF_STATES.sub("", title).split()):
        return None
    bare = _NO_PARTS_OF_WORDS.sub(" ", _SECRETARY_GENERAL.sub("secretarygeneral", title))
    have = frozenset(_SINGULARS.get(word, word) for word in bare.split())
    if not NO_OFFICE.isdisjoint(have):
        return None
    if not PRIVATE_BODIES.isdisjoint(have) and _PUBLIC_ALL_THE_SAME.isdisjoint(have):
        return None
    rows = sorted(number for word in have for number in _ROWS_WITH.get(word, ()))
    role = next((_ROWS[number][1] for number in rows if _ROWS[number][0] <= have), None)
    if role in _MAY_BE_INTERNATIONAL and "minister" not in have:  # "president of the European Commission"
        international = not INTERNATIONAL.isdisjoint(have) or any(phrase in bare for phrase in INTERNATIONAL_PHRASES)
        return "intl_org" if international else role
    return role
