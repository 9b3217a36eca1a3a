"""Where to: the places that follow a word, within one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from summarise.judge.places import PlaceMention
from summarise.offline.lexicon import PREPOSITIONS, words
from summarise.offline.sentence import Sentence
from summarise.offline.tokens import Token
from summarise.offline.verbs import BE, FORMS, HAVE, verb_group

_DETERMINERS: Final = words(
    "the a an its their his her this that neighbouring neighboring nearby southern northern eastern western central "
    "north south east west port city town capital resort island state province region district village seaside "
    "mountain border coastal then both war-torn tiny old ancient historic holy oil-rich islamic country republic "
    "kingdom former communist far second third first final of several landlocked african european asian "
    "american arab southeast southeastern latin sub-saharan"
)
_LINKS: Final = words(", and then or on to later finally also plus as well both afterwards & before")
_ADJECTIVAL: Final = frozenset(("U.S.", "US", "U.K.", "UK", "U.S", "U.N.", "UN"))
_BEHIND_STATE: Final = PREPOSITIONS | words("""
    and or then where who which that this next last later earlier soon again also but as if when while until is was has
    had will would to today yesterday tomorrow together there alone himself herself
    """)
_BUILDINGS: Final = words(
    "palace hotel house hall church cathedral barracks stadium theatre theater hospital college school club tower"
)
_PARTS_OF_THE_WORLD: Final = words(
    "africa asia europe america americas caribbean balkans maghreb sahel caucasus scandinavia oceania"
)
_PLACE_NOUNS: Final = words("capital city port town resort island soil border coast territory side village mainland")
_PARTS: Final = _PLACE_NOUNS | words("north south southern northern far eastern western")
_COUNTRY_NOUNS: Final = words("country nation kingdom republic neighbour neighbor")
_WORDS_FOR_PLACES: Final = _COUNTRY_NOUNS | words("here there capital city town")
_SPOKEN_OF: Final = words("this that our town the")
_AUXILIARIES: Final = BE | HAVE | words("will would said says 's")

NOWHERE: Final = "NOWHERE"
"""In place of a code: a visit is told, and the text does not say where."""
VENUE: Final = "VENUE"
"""In place of a code: where the gathering takes place that the article is about."""
AGAIN: Final = "AGAIN"
"""In place of a code: the state that the traveller was told to go to last ("there", "the country")."""

_PREDECESSORS: Final = {
    "RUS": ("SUN", "1991-12-26"),
    "UKR": ("SUN", "1991-08-24"),
    "GEO": ("SUN", "1991-04-09"),
    "UZB": ("SUN", "1991-08-31"),
    "SRB": ("YUG", "2003-02-04"),
    "HRV": ("YUG", "1991-10-08"),
    "SVN": ("YUG", "1991-10-08"),
    "BIH": ("YUG", "1992-03-03"),
    "MKD": ("YUG", "1991-11-20"),
    "CZE": ("CSK", "1993-01-01"),
    "SVK": ("CSK", "1993-01-01"),
    "DEU": ("DDR", "1990-10-03"),
}
"""A state, the one it was part of, and the day from which it no longer was."""
_EITHER_KOREA: Final = (("KOR", "PRK"), ("PRK", "KOR"))


@dataclass(slots=True)
class Goal:
    """One place gone to: the state, if it is known, and the places in it as written, with their offsets."""

    code: str | None
    names: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    token: int = 0
    country_again: bool = False
    """Whether it is "this Southeast Asian country": the state named last, not the one visited last."""
    there: bool = False
    """Whether it is "there": the state visited last, else the one named last."""


class Goals:
    """Finds the goals of one sentence after another; `certain` are the states named without doubt in the article."""

    def __init__(self, certain: frozenset[str], day: str | None = None) -> None:
        self._day = day
        self._certain = certain
        self.here: str | None = None
        self._sentence: Sentence | None = None
        self._last = -1

    # ----------------------------------------------------------------------------------------------------------- states

    def code_of(self, place: PlaceMention) -> str | None:
        """The state that a place means here: of several one named elsewhere in the article, else the likeliest."""
        if len(place.codes) == 1:
            return self._then(place.codes[0])
        named = [code for code in place.codes if code in self._certain]
        if named:
            return self._then(named[0])
        # "Korea's president": null beats a guess (hard case 36)
        return None if place.codes[:2] in _EITHER_KOREA else self._then(place.codes[0])

    def _then(self, code: str) -> str:
        """The state of its day: Moscow is Soviet in an article of 1983 that speaks of the Soviet Union."""
        dead = _PREDECESSORS.get(code)
        if dead is None or (self._day is not None and self._day >= dead[1]):
            return code
        told = dead[0] in self._certain or (self._day is not None and dead[0] != "DDR")
        return dead[0] if told else code

    def goal_of(self, s: Sentence, place: PlaceMention, token: int) -> Goal:
        """A place as a goal."""
        names = [] if place.kind == "country" else [s.text_of[place.start : place.end]]
        return Goal(self.code_of(place), names, place.start, place.end, token)

    # ------------------------------------------------------------------------------------------------------------ lists

    def goals_from(self, s: Sentence, at: int) -> tuple[list[Goal], int]:
        """The place at this token and those that are listed with it: "Chad, Niger and Mali" (hard case 12)."""
        first = self.goal_at(s, at)
        if first is None:
            return [], at
        goals, end = [first[0]], first[1]
        tokens, size = s.tokens, len(s.tokens)
        while end < size and self._may_name_more(s, end):
            # no date begins with a mark, and where dates stand is dear to find
            behind = end if tokens[end].low in (",", ".") else s.date_end(end) or end
            link = behind
            while link < size and link - behind < 4 and tokens[link].low in _LINKS:
                link += 1
            if link == behind and not tokens[end].low.isdigit():
                break
            further = self.goal_at(s, _past_when_and_whence(s, link, link > behind))
            if further is None or _begins_clause(s, further[1]):
                break
            if further[0].code == goals[-1].code:
                goals[-1].names += further[0].names
            else:
                goals.append(further[0])
            end = further[1]
        return goals, end

    def _may_name_more(self, s: Sentence, end: int) -> bool:
        """Whether a place or a word for one is still to come; the words are looked up once for a sentence."""
        if self._sentence is not s:
            self._sentence = s
            tokens = s.tokens
            self._last = next((at for at in range(len(tokens) - 1, -1, -1) if _may_be_goal(tokens[at])), -1)
        return self._last >= end

    # -------------------------------------------------------------------------------------------------------- one place

    def goal_at(self, s: Sentence, at: int) -> tuple[Goal, int] | None:
        """The place that begins at this token, determiners and adjectives before it allowed, and where it ends."""
        tokens = s.tokens
        if at >= len(tokens):
            return None
        token = tokens[at]
        if token.low == "there":
            return Goal(AGAIN, [], token.start, token.end, at, there=True), at + 1
        if token.low == "here":
            return (Goal(self.here, [], token.start, token.end, at), at + 1) if self.here else None
        begin = at + (token.low == "[")  # "[North Korea]" (hard case 66)
        first = _past_determiners(tokens, begin)
        if first >= len(tokens):
            return None
        if tokens[begin].low in _SPOKEN_OF and (spoken := self._spoken_of(s, begin, first)) is not None:
            return spoken
        place = s.place(first)
        if place is None:
            return _part_of_the_world(s, at, first) or self._venue(s, first)
        last = _past_place(tokens, first, place)
        follower = tokens[last].low if last < len(tokens) else ""
        if follower in _BUILDINGS and tokens[last].cap and place.kind in ("city", "region"):
            return None  # "at the San Martin Palace"
        adjective = tokens[first].text in _ADJECTIVAL and follower.isalpha() and not tokens[last].cap
        if adjective and follower not in _BEHIND_STATE and not s.date_end(last):
            return None  # "visited Beijing, U.S. officials said"
        if place.kind == "demonym" or follower == "'s":
            return self._part(s, place, first, last)
        return self._whole(s, place, first, last)

    def _spoken_of(self, s: Sentence, begin: int, noun: int) -> tuple[Goal, int] | None:
        """A state that is not named: "this Southeast Asian country", "our capital", "the country"."""
        tokens, low = s.tokens, s.tokens[begin].low
        start = tokens[begin].start
        if low in ("this", "that") and (end := _that_country(s, begin)):
            return Goal(AGAIN, [], start, tokens[end - 1].end, begin, country_again=True), end
        if self.here and low in ("this", "our", "town"):
            for end in range(begin, min(len(tokens), begin + 4)):
                if tokens[end].place is not None:
                    break
                if tokens[end].low in ("capital", "city", "country", "town"):
                    return Goal(self.here, [], start, tokens[end].end, begin), end + 1
        known = low == "the" and noun == begin + 2 and tokens[begin + 1].low in ("capital", "country")
        if known and s.place(noun) is None and tokens[noun].low != ",":
            again = tokens[begin + 1].low == "country"
            return Goal(AGAIN, [], start, tokens[begin + 1].end, begin, country_again=again), noun
        return None

    def _part(self, s: Sentence, place: PlaceMention, first: int, at: int) -> tuple[Goal, int] | None:
        """ "the Kenyan port of Mombasa", "Kenya's capital, Nairobi", "Kenya's Mombasa"; not "Japan's embassy"."""
        tokens, size, code = s.tokens, len(s.tokens), self.code_of(place)
        possessive = place.kind != "demonym"
        noun = at + possessive
        while possessive and noun + 1 < size and noun < at + 4 and tokens[noun].cap and tokens[noun].place is None:
            noun += 1  # "Russia's Black Sea resort of Sochi"
        noun = noun if noun < size and tokens[noun].low in _PARTS else at + possessive
        if noun < size and tokens[noun].low in (_PARTS if possessive else _PLACE_NOUNS):
            goal, at = Goal(code, [], tokens[first].start, tokens[noun].end, first), noun + 1
            links = (",", "of")
            city = s.place(at + 1) if at < size and tokens[at].low in links else None
            if city is not None and code in city.codes:
                end = _past_place(tokens, at + 1, city)
                goal.names.append(s.words(at + 1, end))
                at = end
            return goal, at
        city = s.place(noun) if possessive and noun < size and tokens[noun].cap else None
        if city is None or code not in city.codes:
            return None
        end = _past_place(tokens, noun, city)
        return Goal(code, [s.words(noun, end)], tokens[first].start, tokens[end - 1].end, first), end

    def _whole(self, s: Sentence, place: PlaceMention, first: int, at: int) -> tuple[Goal, int]:
        """ "Riga", "Atlanta, Georgia": the wider place behind decides between states (hard case 35)."""
        tokens, size = s.tokens, len(s.tokens)
        goal = Goal(self.code_of(place), [], tokens[first].start, tokens[at - 1].end, first)
        if at < size and tokens[at].low == "]":
            at += 1
        if place.kind != "country":
            goal.names.append(s.words(first, at))
        wider = s.place(at + 1) if at < size and tokens[at].low in (",", "(", "in") else None
        if wider is None or wider.kind == "demonym" or (place.kind == "country" and wider.kind == "country"):
            return goal, at
        common = next((code for code in wider.codes if code in place.codes), None)
        if common is not None:
            goal.code = common
            end = _past_place(tokens, at + 1, wider)
            if wider.kind != "country":
                goal.names.append(s.words(at + 1, end))
            at = end + (end < size and tokens[end].low == ")")
            goal.end = tokens[at - 1].end
        return goal, at

    def _venue(self, s: Sentence, at: int) -> tuple[Goal, int] | None:
        """ "at Camp Adazi, Latvia": a venue that the table does not know, and where it is."""
        tokens, size = s.tokens, len(s.tokens)
        end = at
        while end < size and end - at < 6 and tokens[end].cap and tokens[end].place is None:
            mention = s.mention_at.get(end)
            if mention is not None and (mention.titles or mention.person is not None or mention.kind != "name"):
                return None
            end += 1
        if end == at or end + 1 >= size or tokens[end].low not in (",", "in", "near", "outside"):
            return None
        place = s.place(end + 1)
        if place is None or place.kind in ("demonym", "government"):
            return None
        found = self.goal_at(s, end + 1)
        if found is None or found[0].code in (None, AGAIN):
            return None
        found[0].names.insert(0, s.words(at, end))
        return found


def _part_of_the_world(s: Sentence, begin: int, at: int) -> tuple[Goal, int] | None:
    """ "plans to visit Southeast Asia": a journey whose state is not told."""
    tokens = s.tokens
    first = begin + (tokens[begin].low == "the")
    last = at + 1 + (tokens[at].low == "middle" and at + 1 < len(tokens) and tokens[at + 1].low == "east")
    name = tokens[last - 1]
    if not name.cap or name.low not in (_PARTS_OF_THE_WORLD if last == at + 1 else ("east",)):
        return None
    if last < len(tokens) and (tokens[last].cap or tokens[last].low in ("'s", "-")):
        return None  # "to Asia Society", "to Africa's leaders"
    return Goal(NOWHERE, [s.words(first, last)], tokens[first].start, name.end, first), last


def _may_be_goal(token: Token) -> bool:
    return token.place is not None or token.low in _WORDS_FOR_PLACES


def _past_determiners(tokens: Sequence[Token], begin: int) -> int:
    at, limit = begin, min(len(tokens), begin + 6)
    if at + 1 < limit and tokens[at].low in ("10", "no") and (place := tokens[at + 1].place) is not None:
        return at + (place.kind == "government")  # "at 10 Downing Street"
    while at < limit and tokens[at].low in _DETERMINERS and tokens[at].place is None:
        at += 1
    return at


def _past_place(tokens: Sequence[Token], at: int, place: PlaceMention) -> int:
    while at < len(tokens) and tokens[at].place is place:
        at += 1
    return at


def _that_country(s: Sentence, at: int) -> int:
    """Token behind "this Southeast Asian country"; 0 if that is not what stands here."""
    for end in range(at + 1, min(len(s.tokens), at + 5)):
        if s.tokens[end].low in _COUNTRY_NOUNS:
            return end + 1 if end > at + 1 else 0
    return 0


def _past_when_and_whence(s: Sentence, at: int, joined: bool) -> int:
    """The token behind "on Thursday to", "from there to", if it stands between two goals; else the same token."""
    tokens = s.tokens
    if not joined or at + 2 >= len(tokens):
        return at
    behind = s.date_end(at) or s.date_end(at - 1) or at
    if behind == at and tokens[at].low == "from" and tokens[at + 1].low == "there":
        behind = at + 2
    if behind == at and tokens[at].low == "in" and tokens[at + 1].place is not None:
        return at + 1  # "in Malabo in May and in Libreville in July"
    return behind + 1 if at < behind < len(tokens) and tokens[behind].low == "to" else at


def _begins_clause(s: Sentence, at: int) -> bool:
    """Whether the place before this token is the subject of a new clause: "to Oslo, and Norway will"."""
    if at >= len(s.tokens):
        return False
    low = s.tokens[at].low
    return low in _AUXILIARIES or (low in FORMS and low.endswith(("s", "ed")) and verb_group(s.tokens, at) is not None)
