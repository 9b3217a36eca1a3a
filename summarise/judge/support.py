"""Whether sentences can carry a visit: is the traveller in them, and is the country named as a place one goes to.

A country is named in many ways that say nothing of a visit: "Russian Foreign Minister", "North Korea's leader", "flew
from Panama". So each mention has a part in its sentence, read off the words beside it.
"""

from __future__ import annotations

import re
from typing import Literal

from summarise.judge.places import PlaceMention

Part = Literal["destination", "origin", "affiliation", "open"]
"""What a mention does: one goes there, one comes from there, it says whose someone is, or none of these is plain."""

_BEFORE = 70  # characters looked at before a mention, and 40 behind it
_DESTINATION = frozenset(
    "to in at into for via through toward towards near outside visit visits visited visiting tour tours toured touring "
    "reach reaches reached reaching enter enters entered entering host hosts inside within across around en".split()
)
_ORIGIN = frozenset({"from", "leaving", "left", "departing", "departed"})
_AFFILIATION = frozenset({"of", "with", "by", "between", "against", "over", "about", "on", "told"})
_PASSED_OVER = frozenset(
    "the a an its their his her this that neighbouring neighboring nearby both all northern southern eastern western "
    "central north south east west capital city town port region province state island village resort district".split()
)
_JOINS = frozenset({"and", "or", "then", "later", "plus", "&"})
_PLACE_NOUN = re.compile(
    r"\s+(?:far\s+eastern|far\s+east|capital|city|soil|territory|coast|coastal|port|resort|border|town|island|province|"
    r"region|village|countryside|mainland)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\s*(?:['’]s|['’](?=\s))")
_WORD = re.compile(r"[\w&]+(?:[-'’.][\w]+)*", re.UNICODE)
_TRAVEL = re.compile(
    r"\b(?:visit(?:s|ed|ing|or|ors)?|trips?|travel\w*|journey\w*|tour(?:s|ed|ing)?|fl(?:y|ies|ew|own|ying|ight|ights)|"
    r"arriv\w+|depart\w*|landed|lands|touch(?:ed|es) down|stop(?:ped|s)?[- ]?overs?|stay(?:s|ed|ing)?|"
    r"head(?:s|ed|ing)?|go(?:es|ing)?|went|gone|com(?:e|es|ing)|came|set off|set foot|return\w*|"
    r"host(?:s|ed|ing)?|receiv\w+|welcom\w+|greet\w*|invit\w+|summits?|talks|meet(?:s|ing|ings)?|met|attend\w*|"
    r"join(?:s|ed|ing)?|conferences?|forums?|negotiat\w+|delegations?|missions?|guests?|calls? on|called on|"
    r"(?:is|are|was|were|be|been)\s+(?:\w+\s+){0,2}?(?:in|at)|"
    r"sign(?:s|ed|ing)?|ceremon\w+|funeral|inaugurat\w+|summoned|destination|itinerary|leg|stop)\b",
    re.IGNORECASE,
)
_BACK_REFERENCE = re.compile(
    r"\b(?:the|this|that|his|her|their|both|host|neighbouring|neighboring|southeast|asian|african|european|island)"
    r"\s+(?:[\w-]+\s+){0,2}?(?:countr(?:y|ies)|nation|capital|city|visits?|trips?|tours?|kingdom|republic|state|"
    r"region|capitals|neighbou?rs?|island)\b|\b(?:there|here|where)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|we|i|his|her|their|him|them|both|the (?:two|pair|delegation|group|leaders?|ministers?|"
    r"presidents?|premier|chancellor|king|queen|envoys?|diplomats?|visitors?|guests?|officials?|monarch|emir|sultan|"
    r"pope|pontiff|secretary|chief|general|team|mission|side|sides))\b",
    re.IGNORECASE,
)
_SAYING = (
    r"(?:said|says|told|tells|added|adds|noted|notes|reported|reports|stressed|announced|announces|confirmed|confirms|"
    r"commented|explained|stated|declared|claimed|argued|warned)"
)
_SAID_AFTER = re.compile(rf"^[,\s]*(?:[\w’'.-]+,?\s+){{0,2}}?{_SAYING}\b")
_SAID_BEFORE = re.compile(rf"{_SAYING}\s+(?:[\w’'.-]+\s+){{0,5}}$")


def part_of(text: str, mention: PlaceMention, earlier: Part | None = None) -> Part:
    """The part that a mention plays in its sentence (English). `earlier` is the part of the mention before it.

    `text` is the article's text, which the mention's offsets refer to. Members of a list ("Chad, Niger and Mali")
    share the part of its first member.
    """
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    after = text[mention.end : mention.end + 40]
    governed = _governing_part(before, earlier)
    if mention.kind in ("demonym", "government"):
        if _PLACE_NOUN.match(after):
            return "destination"
        return "affiliation" if mention.kind == "demonym" or governed is None else governed
    if governed == "destination" or governed == "origin":
        return governed
    possessive = _POSSESSIVE.match(after)
    if possessive is not None:
        return "destination" if _PLACE_NOUN.match(after[possessive.end() :]) else "affiliation"
    return governed or "open"


def _governing_part(before: str, earlier: Part | None) -> Part | None:
    """Reads backwards from a mention to the word that governs it: "to the Ghanaian capital" is governed by "to"."""
    words = [match.group().lower() for match in _WORD.finditer(before)]
    tail = before.rstrip(" \"“‘'([")
    if earlier is not None and (tail.endswith(",") or (words and words[-1] in _JOINS)):
        return earlier
    for word in reversed(words[-4:]):
        if word in _DESTINATION:
            return "destination"
        if word in _ORIGIN:
            return "origin"
        if word in _AFFILIATION:
            return "affiliation"
        if word not in _PASSED_OVER:
            return None
    return None


def parts_of(text: str, mentions: list[PlaceMention], codes: frozenset[str]) -> set[Part]:
    """The parts that mentions of a country (given with its compatible codes) play in one sentence."""
    parts: set[Part] = set()
    earlier: Part | None = None
    previous_end = -1
    for mention in mentions:
        joined = previous_end >= 0 and len(text[previous_end : mention.start]) <= 12
        part = part_of(text, mention, earlier if joined else None)
        if not codes.isdisjoint(mention.codes):
            parts.add(part)
        earlier, previous_end = part, mention.end
    return parts


def speaks_of_travel(text: str) -> bool:
    """Whether an English sentence has a word of travel, meeting, hosting or inviting."""
    return _TRAVEL.search(text) is not None


def refers_back(text: str) -> bool:
    """Whether an English sentence speaks of a country or a trip named before: "this Southeast Asian country"."""
    return _BACK_REFERENCE.search(text) is not None


def has_pronoun(text: str) -> bool:
    """Whether an English sentence may mean its traveller by a pronoun or a bare title: "he", "the president"."""
    return _PRONOUN.search(text) is not None


def only_speaks(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a person is in an English sentence as its speaker alone: "…, Peskov said", with no "he" or "I" in it.

    `spans` are the person's mentions, relative to `text`.
    """
    if not spans or re.search(r"\b(?:he|she|his|her|i|my|we|our)\b", text, re.IGNORECASE):
        return False
    return all(
        _SAID_AFTER.match(text[end : end + 60]) or _SAID_BEFORE.search(text[max(0, start - 80) : start])
        for start, end in spans
    )
