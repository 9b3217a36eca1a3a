"""Whether sentences can carry a visit: is the traveller in them, and is the country named as a place one goes to.

A country is named in many ways that say nothing of a visit: "Russian Foreign Minister", "North Korea's leader", "flew
from Panama". So each mention has a part in its sentence, read off the words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from summarise.judge.places import PlaceKind, PlaceMention

Part = Literal["goal", "place", "origin", "affiliation", "open"]
"""What a mention does: one goes there, something is there, one comes from there, it says whose someone is or what is
talked about, or none of these is plain."""

_BEFORE = 70  # characters looked at before a mention, and 40 behind it
_GOAL = frozenset(
    "to into for via through toward towards visit visits visited visiting tour tours toured touring reach reaches "
    "reached reaching enter enters entered entering host hosts left leaving leaves departing departed".split()
)  # who leaves a place has been there
_PLACE = frozenset("in at near outside inside within across around en".split())
_AFFILIATION = frozenset({"with", "by", "between", "against", "over", "about", "on", "told"})
_PASSED_OVER = frozenset(
    "the a an its their his her this that neighbouring neighboring nearby both all northern southern eastern western "
    "central north south east west capital city town port region province state island village resort district".split()
)
_DATED_JOINT = re.compile(
    r"(?:[\s,]|\b(?:on|and|then|from|to|until|the|next|in|for|\w+day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|(?:sept?|oct|nov|dec|jan|feb|aug)\.?|\d{1,4}(?:-\d{1,2})?)(?!\w))+",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:[,-]|\b(?:and|or|then|later|plus)|&)\s*[\"“‘'(\[]*(?:the\s+)?$")
_ROUND = frozenset(
    "tour tours capital city town port region island territory soil leg part parts state swing visit visits".split()
)  # of these one says "of" before the place one goes to
_RETURN = frozenset("return returns returned returning back home".split())
_TO_AND_FRO = frozenset("shuttle shuttles shuttled shuttling commute commutes commuted commuting".split())
_UPON = frozenset("descend descends descended descending converge converges converged converging".split())
_TOPIC = frozenset(
    "war wars conflict crisis fighting situation violence invasion troops weapons aid events developments election "
    "elections coup unrest hostilities sanctions interests ambassador ambassadors embassy supplies shipments attack "
    "attacks threat threats support exports blockade deployment ceasefire peace relations ties humanitarian".split()
)  # "the war in Sudan" is talked of, not gone to
_PLACE_NOUN = re.compile(
    r"\s+(?:far\s+eastern|far\s+east|capital|city|soil|territory|coast|coastal|port|resort|border|town|island|province|"
    r"region|village|countryside|mainland)\b|-bound\b",
    re.IGNORECASE,
)
_EVENT_NOUN = re.compile(
    r"(?:-[A-Z]\w+)?\s+(?:talks|summit|visit|trip|tour|meeting|conference|forum|stopover|leg|stay|ceremony|negotiations)\b"
)
_HOSTS = re.compile(
    r"\s+(?:(?:will|would|is|was|has|had|to|also|again|then|later|set|due)\s+){0,4}"
    r"(?:host|receiv|welcom|greet|invit|await|expect|prepar)\w*\b"
)
_POSSESSIVE = re.compile(r"\s*(?:['’]s|['’](?=\s))")
_WHERE = re.compile(r",?\s+where\s+(?:he|she|they|the|both)\b")
_MARKS = " \"“”‘’'([])<>,.;:"
_TRAVEL = re.compile(
    r"\b(?:visit(?:s|ed|ing|or|ors)?|"
    r"reach(?:es|ed|ing)?(?! (?:out|an?|the (?:conclusion|stage|point)|agreement|its|their))|proceed\w*|"
    r"cross(?:es|ed|ing)?|slipped|sail\w*|drove|driv\w+|swing|embark\w*|en route|spen[dt]\w*|wrap\w*|set out|"
    r"conclud\w*|shak\w+ hands|shook|s[ai]t down|represent\w*|"
    r"remain(?:s|ed|ing)? (?:in|at|there|here|until|till|for|behind)|back from|inaugurat\w+|unveil\w*|"
    r"laid (?:an? |the )?(?:\w+ )?(?:wreaths?|flowers|foundation|cornerstone)|"
    r"lay(?:s|ing)? (?:an? |the )?(?:\w+ )?(?:wreaths?|flowers|foundation|cornerstone)|deliver\w*|lectur\w+|"
    r"speaks (?:in|at|before)|inspect(?:s|ed|ing)?|"
    r"open(?:s|ed|ing)? (?:an?|the) (?:[\w-]+ ){0,3}?(?:exhibition|exposition|fair|congress|session|games|bridge|plant|"
    r"factory|school|hospital|museum|embassy|consulate)|"
    r"appear(?:s|ed|ing)? (?:before|at|in|with|alongside)|chair\w*|co-chair\w*|presid(?:es|ed|ing)|witness\w*|"
    r"din(?:e|es|ed|ing)|lunch\w*|mediat\w+|call at|entertain\w*|confer(?:s|red|ring)?|on (?:his|her|their) way|"
    r"trips?|travel\w*|journey\w*|tour(?:s|ed|ing)?|fl(?:y|ies|ew|own|ying|ight|ights)|arriv\w+|depart\w*|landed|"
    r"lands|touch(?:ed|es|ing)? down|stop(?:ped|s)?[- ]?overs?|stay(?:s|ed|ing)?|head(?:s|ed|ing)?|go(?:es|ing)?|"
    r"went|gone|com(?:e|es|ing)|came|set off|set foot|return\w*|left|leav(?:e|es|ing)|host(?:s|ed|ing)?|receiv\w+|"
    r"welcom\w+|greet\w*|invit\w+|summits?|talks|meet(?:s|ing|ings)?|met|attend\w*|join(?:s|ed|ing)?|conferences?|"
    r"forums?|negotiat\w+|delegations?|missions?|guests?|calls? on|called on|"
    r"(?:is|are|was|were|be|been)\s+(?:\w+\s+){0,2}?(?:in|at)|been to|expect\w*|sent|discuss\w*|gather\w*|bound|"
    r"participat\w+|took part|take part|address(?:ed|es|ing)?|sign(?:s|ed|ing)?|ceremon\w+|funeral|summoned|"
    r"destination|itinerary|leg|stops?|t(?:ook|akes|aking|ake) off|(?:turn|show)(?:s|ed|ing)? up|"
    r"look(?:s|ed|ing)? in|drop(?:s|ped|ping)? (?:in|by)|descend\w*|put(?:s|ting)? (?:in|down)|"
    r"pass(?:es|ed|ing)? through|swung|swings?|stepp(?:ed|ing) (?:off|onto|ashore)|transit\w*|alight\w*|disembark\w*|"
    r"deplan\w+|hurr(?:ied|ies|y|ying)|rac(?:ed|es|ing)|dash(?:ed|es)?|commut\w+|shuttl\w+|rode|rid(?:es|ing)|"
    r"hopp(?:ed|ing)|ferried|doubl(?:ed|ing) back|accompan\w+|escort\w*|convers(?:e|ed|es|ing)|saw each other|"
    r"pray(?:ed|s|ing)?|officiat\w+|planted|guards? of honou?r|cut(?:s|ting)? the ribbon|winged|await\w*|"
    r"g[eo]t(?:s|ting)? (?:in|to|into|back|home)|continu(?:e|es|ed|ing) (?:on )?to|"
    r"(?:also|now|already) in|sneak\w*|abroad)\b",
)
_SURE_TRAVEL = frozenset(  # of the words above those that need no other beside them; they are found sooner
    "visit visits visited visiting trip trips travel travels travelled traveled travelling traveling tour toured "
    "arrive arrives arrived arriving arrival fly flies flew flown flying go goes going went gone come comes coming "
    "came left leave leaves leaving return returns returned returning host hosts hosted receive receives received "
    "welcome welcomed greeted invite invites invited invitation summit talks meet meets meeting meetings met attend "
    "attends attended conference forum delegation mission expected sent discuss discussed".split()
)
_BACK_REFERENCE = re.compile(
    r"\b(?:the|this|that|his|her|their|both|host|an?)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:(?:country|nation|capital|city|kingdom|republic|region|neighbou?r|island)\b|"
    r"(?:visits?|trips?|tours?|stay)\b(?!\s+(?:to|of|in)\b))|\b(?:these|those)\s+(?:[\w-]+\s+){0,2}?countries\b|"
    r"\b(?:there|here)\b|\barriv(?:e|es|ed|ing)\b(?!\s+(?:in|at|to)\b)|"
    r"\b(?:landed|touched down|flew in|flown in|c[ao]me in|got in|drove in|turned up)\b(?!\s+(?:in|at|to)\b)",
)
_COUNTRY_AGAIN = re.compile(
    r"\b(?:the|this|that|his|her|their)\s+(?:[\w-]+\s+){0,2}?(?:country|nation|capital|kingdom|republic)\b|\bthere\b"
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|we|i|his|her|their|him|them|both|the (?:[\w-]+ ){0,3}?(?:two|pair|trio|duo|delegation|group|"
    r"leaders?|ministers?|presidents?|premiers?|chancellor|king|queen|prince|princess|envoys?|diplomats?|visitors?|"
    r"guests?|officials?|politicians?|statesm[ae]n|monarch|emir|sultan|sheikh|pope|pontiff|secretary|commissioner|chief|"
    r"head|general|ambassador|governor|team|mission|party|side|sides))\b",
)
_SAYING = (
    r"(?:said|says|told|tells|added|adds|noted|notes|reported|reports|stressed|announced|announces|confirmed|confirms|"
    r"commented|comment|explained|stated|declared|claimed|argued|warned|disclosed|denied|dismissed|wrote|reiterated|"
    r"revealed|hinted|insisted)"
)
_HELPERS = r"(?:(?:had|has|have|also|not|previously|earlier|later|yet|again|only|declined|refused|to|\w+ly)\s+){0,4}"
_SAID_AFTER = re.compile(
    rf"(?:,\s(?:the|an?|his|her|their|its|[A-Z][\w-]*)\s[^,.;]{{1,80}})?[,\s]*(?:[\w’'.-]+,?\s+){{0,2}}?{_HELPERS}{_SAYING}\b"
)
_ON_THE_WAY = re.compile(r"\b(?:visiting|touring|arriving|returning)\b")  # "Ito, visiting Lima, said"
_SAID_BEFORE = re.compile(rf"{_SAYING}\s+(?:(?!that\b|if\b|whether\b)[\w’'.-]+\s+){{0,5}}$")
_DOES = re.compile(
    r"\s+(?:will|would|may|might|is|was|are|were|has|had|plans|planned|visited|arrived|travelled|traveled|went|flew)\b"
)
_SAID_WHERE = re.compile(
    r"(?:\s+[\w’'-]+){0,3}?\s+(?:during|while|upon|on (?:an?|his|her|their)\b|(?:in|at) [A-Z]|"
    r"after (?:an?|his|her|arriving))"
)
_SPEAKER_ON_THE_WAY = re.compile(
    r"^\W*(?:on|during|in|at|after|upon|while|before|arriving|visiting|speaking|ahead|wrapping|ending|starting|"
    r"concluding|returning)\b[^,]{3,120},\s(?:[\w’'.-]+\s+){0,5}$|\bvisiting\s|-bound\s",
    re.IGNORECASE,
)
_FIRST_OR_THIRD = re.compile(r"\b(?:he|she|they|his|her|their|i|my|we|our)\b")
_NEVER = re.compile(
    r"\bnever\s+(?:yet\s+|before\s+)?(?:been|visited|travel\w+|gone|set|went|flown|stepped|toured|paid|come)\b[^,;.]*"
    r"(?:\b(?:capital|city|town|port|country|island|neighbou?r)\s*,\s*)?$"
)
_HOMEWARD = re.compile(
    r"\b(?:return\w*|back|home)\b[^,;.]*$|\b(?:left|leav\w+|depart\w*)\b(?:(?!\b(?:for|to)\b)[^,;.])*$"
)
_SPEAKING_IN = re.compile(rf"\b(?:{_SAYING}|reporters|journalists)\b[^,;.]{{0,30}}\bin\s+(?:the\s+)?$")
_INVITED_TO = re.compile(r"\b(?:invit\w+|asked)\b(?![^,;.]*\b(?:during|on (?:his|her|their|that))\b)[^,;.]*$")
_HAD_BEEN = re.compile(
    r"^\W*(?:Had|If)\s[^.;]{0,80}\b(?:visited|travelled|traveled|gone|come|attended|been|arrived|met|accepted|invited)\b"
    r"[^.;]*\b(?:would|could|might)\b"
)
_RECEIVES = re.compile(
    r"(?:,[^,.;]{1,80},)?\s+(?:(?:(?:will|would|has|had|also|then|later|again|warmly|(?:is|was)(?:\s+due|\s+set)?\s+to)\s+)"
    r"{0,4}(?:hosts?|hosted|receives?|received|welcomes?|welcomed|greets?|greeted)|"
    r"(?:is|was|been|be)\s+(?:hosting|receiving|welcoming|greeting))\s"
)
_CLAUSE = re.compile(
    r"\b(?:after|before|following|while|when|since|then|ahead of|prior to)\b|[;:–—]|"
    r",\s+(?:but|he|she|they|which|who|where)\b|\band\s+(?:in|to|on|will|later)\b",
    re.IGNORECASE,
)


def part_of(text: str, mention: PlaceMention, earlier: Part | None = None) -> Part:
    """The part that a mention plays in its sentence (English). `earlier` is the part of the mention before it.

    `text` is the article's text, which the mention's offsets refer to. Members of a list ("Chad, Niger and Mali")
    share the part of its first member.
    """
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    after = text[mention.end : mention.end + 60]
    if mention.kind in ("demonym", "government"):
        if _PLACE_NOUN.match(after):
            return "goal"
        if _EVENT_NOUN.match(after):
            return "open"
        governed = _governing_part(before, earlier, mention.kind) if mention.kind == "government" else None
        return "affiliation" if governed is None else governed
    governed = _governing_part(before, earlier, mention.kind)
    if governed in ("goal", "place", "origin"):
        return "place" if governed == "origin" and _WHERE.match(after) else governed
    if _EVENT_NOUN.match(after):
        return "place"
    possessive = _POSSESSIVE.match(after)
    if possessive is not None:
        return "goal" if _PLACE_NOUN.match(after[possessive.end() :]) else "affiliation"
    if governed is None and (_HOSTS.match(after) or after.startswith("-bound")):
        return "goal"
    return governed or "open"


def _governing_part(before: str, earlier: Part | None, kind: PlaceKind) -> Part | None:
    """Reads backwards from a mention to the word that governs it: "to the Ghanaian capital" is governed by "to"."""
    if earlier is not None and _LISTED.search(before):
        return earlier
    words = [word for piece in before.lower().rsplit(None, 9) if (word := piece.strip(_MARKS))]
    for at in range(len(words) - 1, max(-1, len(words) - 5), -1):
        word = words[at]
        if word not in _PASSED_OVER:
            if kind == "country" and word == "at":  # "provocations at South Korea"; one is in a country, not at it
                return "affiliation"
            further = frozenset(words[max(0, at - (6 if word in ("from", "between") else 3)) : at])
            part = _part_by(word, further)
            of_a_topic = kind in ("country", "region") and not further.isdisjoint(_TOPIC)
            return "affiliation" if of_a_topic and part in ("goal", "place") else part
    return None


def _part_by(word: str, further: frozenset[str]) -> Part | None:
    """The part of what follows a word, seen with the three words before that one."""
    if word in _AFFILIATION:
        to_and_fro = word == "between" and not further.isdisjoint(_TO_AND_FRO)
        return "goal" if to_and_fro or (word == "on" and not further.isdisjoint(_UPON)) else "affiliation"
    if word == "of":
        return "affiliation" if further.isdisjoint(_ROUND) else "goal"
    if word == "from":
        return "origin" if further.isdisjoint(_RETURN) else "goal"
    if word in _GOAL or (word == "than" and "other" in further):
        return "goal"
    return "place" if word in _PLACE else None


def parts_in(text: str, mentions: Sequence[PlaceMention]) -> list[tuple[PlaceMention, Part]]:
    """The mentions of one sentence, each with the part that it plays."""
    found: list[tuple[PlaceMention, Part]] = []
    earlier: Part | None = None
    previous_end = -1
    for mention in mentions:
        gap = mention.start - previous_end
        joined = previous_end >= 0 and (
            gap <= 12 or (gap <= 50 and _DATED_JOINT.fullmatch(text, previous_end, mention.start) is not None)
        )
        earlier = part_of(text, mention, earlier if joined else None)
        found.append((mention, earlier))
        previous_end = mention.end
    return found


def speaks_of_travel(text: str) -> bool:
    """Whether an English sentence has a word of travel, meeting, hosting or inviting."""
    lowered = text.lower()
    return not _SURE_TRAVEL.isdisjoint(lowered.split()) or _TRAVEL.search(lowered) is not None


def refers_back(text: str) -> bool:
    """Whether an English sentence speaks of a country or a trip named before: "this Southeast Asian country"."""
    return _BACK_REFERENCE.search(text.lower()) is not None


def refers_to_country(text: str) -> bool:
    """Whether an English sentence means a country named before, and not merely a trip: "invited to the country"."""
    return _COUNTRY_AGAIN.search(text.lower()) is not None


def has_pronoun(text: str) -> bool:
    """Whether an English sentence may mean its traveller by a pronoun or a bare title: "he", "the president"."""
    return _PRONOUN.search(text.lower()) is not None


_COMING = re.compile(r"\s+(?:his |her |their )?(?:attendance|participation)\b")
"""Behind "confirmed": he says so of himself."""


def only_speaks(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a person is in an English sentence as its speaker alone: "…, Peskov said", with no "he" or "I" in it.

    `spans` are the person's mentions, relative to `text`. Who says it during a visit does more than speak.
    """
    return bool(spans) and all(speaks(text, *span) for span in spans) and not _FIRST_OR_THIRD.search(text.lower())


def speaks(text: str, start: int, end: int) -> bool:
    """Whether one who is mentioned there is the speaker of an English sentence, and not said to be on the way."""
    if _POSSESSIVE.match(text, end):
        return False  # "Ito's spokesman said"
    after = _SAID_AFTER.match(text, end)
    if after is None:
        if _SAID_BEFORE.search(text[max(0, start - 80) : start]) is None or _DOES.match(text, end):
            return False
    elif _SAID_WHERE.match(text, after.end()) or _ON_THE_WAY.search(after[0]) or _COMING.match(text, after.end()):
        return False
    return _SPEAKER_ON_THE_WAY.search(text[max(0, start - 200) : start]) is None


def speaks_of_receiving(text: str) -> bool:
    """Whether a sentence has one of the words that `receives` looks for."""
    return "host" in text or "receiv" in text or "welcom" in text or "greet" in text


def receives(text: str, guest_spans: Sequence[tuple[int, int]], host_spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an English sentence says that the one given as guest hosts or receives the one given as host."""
    return any(
        (verb := _RECEIVES.match(text, end)) is not None
        and any(0 <= start - verb.end() <= 60 for start, _ in host_spans)
        for _, end in guest_spans
    )


def never_there(before: str) -> bool:
    """Whether the words before a place say that nobody went there: "has never set foot in"."""
    return _NEVER.search(before[-_BEFORE:]) is not None


def goes_home(before: str) -> bool:
    """Whether the words before a place say that one leaves it, goes back to it or speaks there to the press."""
    return _HOMEWARD.search(before[-_BEFORE:]) is not None or _SPEAKING_IN.search(before[-_BEFORE:]) is not None


def invited_to(before: str) -> bool:
    """Whether the words before a place say that someone is asked to go there, which is not to have been there."""
    return _INVITED_TO.search(before[-_BEFORE:]) is not None


def unreal(text: str) -> bool:
    """Whether an English sentence tells what would have been: "Had he visited Riga, talks would have resumed"."""
    return _HAD_BEEN.match(text) is not None


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause that holds a stretch of a sentence, as far as a few joining words tell."""
    first, last = 0, len(text)
    for joint in _CLAUSE.finditer(text):
        if joint.end() <= start:
            first = joint.start()
        elif joint.start() >= end:
            last = joint.start()
            break
    return first, last
