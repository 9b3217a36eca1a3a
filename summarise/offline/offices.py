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
              "vice chancellor;security adviser;security advisor;secretary securitycouncil"),
    ("intl_org", "high commissioner human rights;high commissioner refugees;high commissioner minorities"),
    ("ambassador", "ambassador;high commissioner;consul;chargé;charge affaires"),
    ("deputy_minister", "deputy minister;vice minister;undersecretary;under secretary;deputy secretary;"
                        "assistant secretary;assistant minister;parliamentary secretary;permanent secretary;"
                        "deputy foreign;statesecretary;ministerofstate"),
    ("envoy", "envoy;emissary;special representative;special coordinator;chief negotiator;mediator"),
    ("foreign_minister", "foreign minister;external affairs minister;secretary state;foreign secretary;"
                         "foreign commissar;fm;foreign chief;foreign counterpart"),
    ("defence_minister", "defence minister;defense minister;secretary defense;secretary defence;defense chief;"
                         "defence chief"),
    ("head_of_state", "governorgeneral"),
    ("legislator", "president national congress;chairman national congress;chairman people congress;chairman house;"
                   "chairman duma;chairman senate;chairperson senate;chairwoman senate;president house representatives;"
                   "marshal sejm;marshal senate;president bundestag"),
    ("subnational", "premier province;premier provincial;president regional;president region;chief executive municipal;"
                    "chairman autonomous;chairman regional;chairman provincial;head region;"
                    "chief minister;governor;mayor;regional minister;provincial minister;state premier;"
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
                       "party president;secretary central committee;director central committee;"
                       "communist leader"),
    ("legislator", "member parliament;member congress;speaker;senator;congressman;congresswoman;lawmaker;legislator;"
                   "parliamentarian;mp;mep;parliament chairman;parliament president;senate president;"
                   "opposition leader;majority leader;minority leader;house leader;parliament head;"
                   "chairman assembly;assembly president"),
    ("monarch_or_royal", "king;queen;emperor;empress;sultan;emir;prince;princess;duke;duchess;monarch;ruler"),
    ("religious", "pope;pontiff;patriarch;archbishop;cardinal;bishop;ayatollah;imam;lama;prelate"),
    ("head_of_state", "president;supreme leader;head state;state chairman;chairman military council;"
                      "chairman revolutionary council;chairman ruling council;chairman presidency;member presidency"),
    ("military", "chief staff;squadron leader;general;admiral;colonel;brigadier;marshal;army chief;air chief;"
                 "navy chief;naval chief;military chief;army commander;commander;lieutenant;major;captain"),
    ("minister", "secretary"),
    ("head_of_state", "leader;strongman;dictator"),
    ("intl_org", "commissioner;rapporteur"),
    ("other", "special assistant;presidential aide;"
              "chairman;chairwoman;chairperson;chair;director;head;chief;adviser;advisor;counsellor;representative;"
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
_ONE_OFFICE: Final = (
    (re.compile(r"(?<!us )(?<!u\.s\. )(?<!american )\bstate secretary\b"), "statesecretary"),
    (re.compile(r"\bminister of state (?=(?:for|at|in) )|\bstate minister (?=for foreign)"), "ministerofstate "),
    (re.compile(r"\bgovernor[- ]general\b"), "governorgeneral"),
    (re.compile(r"\bforeign (?=trade|economic|commerce)"), ""),
    (re.compile(r"\bafrican national congress\b"), "party"),
    (re.compile(r"\bnational security council\b|\bsecurity council (?=secretary)"), "securitycouncil "),
    (re.compile(r"^((?:deputy )?secretary of the .*)\bsecurity council\b"), r"\1securitycouncil"),
    (re.compile(r"\bc\.c\b\.?"), "central committee"),
    (re.compile(r"^foreign policy chief$"), "eu foreign policy chief"),
)
"""Words that together name another office than each of them: a State Secretary is no Secretary of State."""
_NO_PARTS_OF_WORDS: Final = re.compile(r"-|['’]s|,")
_PUBLIC_ALL_THE_SAME: Final = words("central minister secretary")
""" "Central bank governor", "secretary of the federation council": public in spite of the body's name."""
_NATIONAL_BODIES: Final = words("police board ministry department customs prisons immigration revenue bureau")
""" "Director-general of the Education Board": no organisation of several states."""
_SINGULARS: Final = {
    "ministers": "minister", "presidents": "president", "leaders": "leader", "senators": "senator", "heads": "head",
    "ambassadors": "ambassador", "premiers": "premier", "chancellors": "chancellor", "governors": "governor",
    "speakers": "speaker", "secretaries": "secretary", "lawmakers": "lawmaker", "parliamentarians": "parliamentarian",
    "kings": "king", "sens": "senator", "reps": "congressman", "congressmen": "congressman",
    "envoys": "envoy", "commissioners": "commissioner", "mps": "mp",
}  # fmt: skip
_UNIONS_OF_STATES: Final = re.compile(r"\b(?:european|african|soviet|maghreb|parliamentary) union\b")
_REBELS: Final = words("rebel guerrilla militia separatist insurgent tribal gang union student business")
_DEPUTY_PREMIER: Final = re.compile(r"\b(?:deputy|vice)[- ](?:prime[- ]minister|premier)\b|\bdpm\b")


def is_deputy_premier(title: str) -> bool:
    """ "First deputy prime minister": a member of the cabinet, though "the minister" does not mean him."""
    return _DEPUTY_PREMIER.search(title) is not None


@lru_cache(maxsize=8_192)
def role_of(title: str) -> Role | None:
    """The role that a title in small letters names; None if it names no public office ("rebel leader")."""
    if not _REBELS.isdisjoint(_UNIONS_OF_STATES.sub("", title).split()):
        return None
    bare = _SECRETARY_GENERAL.sub("secretarygeneral", title)
    for words_together, office in _ONE_OFFICE:
        bare = words_together.sub(office, bare)
    bare = _NO_PARTS_OF_WORDS.sub(" ", bare)
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
    if role == "intl_org" and INTERNATIONAL.isdisjoint(have):
        if "party" in have:
            return "party_official"
        return "intl_org" if _NATIONAL_BODIES.isdisjoint(have) else "other"
    return role
