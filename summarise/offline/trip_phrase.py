"""The phrase around "visit" or "trip": its adjectives, its verb, where it goes, who makes it by "visit by"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarise.offline.grammar import AGAIN, Goal, Grammar
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.trip_words import FILLERS, MAKERS, OWN_WORDS, OWNERS
from summarise.offline.verbs import BE, HAVE

_ARTICLES: Final = words("a an the this that")
_LENGTH_ENDINGS: Final = ("-day", "-hour", "-week", "-nation", "-country", "-leg", "-stop", "-city")
_TIMES: Final = words("week day month fortnight year weekend")
_KNOWN: Final = words("the his her their this that")
_GOAL_LINKS: Final = words("to in of through around at across")
_PARTICIPLES: Final = "ed"
_OTHER_CLAUSE: Final = words(
    "that who whom which where when while because but if ; : said says told added whose since although after before "
    "until ahead during following and as he she they for with would will has had is was are were takes took"
)
_ASKED: Final = words("invitation request proposal suggestion")
_COURSE: Final = words("ends ended begins began starts started concludes concluded continues")
_TAKE: Final = words("take takes took taken")
_WHOM: Final = words("him her them the")
_WILL: Final = words("will would")
_ON_IT: Final = words("on in for over due")
_PASSED: Final = FILLERS | words(", trip leg what part")


@dataclass(slots=True)
class Governor:
    """The verb whose object the visit is, and its token."""

    at: int
    low: str


@dataclass(slots=True)
class Phrase:
    """A noun of travel with the words that belong to it."""

    sentence: Sentence
    noun: int
    begin: int
    end: int
    adjectives: list[str]
    goals: list[Goal]
    by: list[Mention]
    ahead: bool = False
    """Whether its goals are still to come while it is under way: "a tour that will also take him to Peru"."""
    behind: bool = False
    """Whether they have been gone to: "the tour, which took him to Peru and Chile, ended on Friday"."""

    @property
    def first(self) -> str:
        """The word it begins with."""
        return self.sentence.tokens[self.begin].low

    @property
    def before(self) -> str:
        """The word before it."""
        return self.sentence.tokens[self.begin - 1].low if self.begin else ""


class PhraseReader:
    """Reads such phrases in one sentence after another."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def read(self, s: Sentence, noun: int) -> Phrase | None:
        """The phrase around a noun; None where neither a goal is told nor a journey known before can be meant."""
        begin, adjectives = _own_words(s, noun)
        goals, end, by = self._behind(s, noun)
        phrase = Phrase(s, noun, begin, end, adjectives, goals, by)
        if not goals:
            self._compound(phrase)
        if not phrase.goals:
            phrase.goals = self._leads_to(phrase) or self._known(phrase)
        return phrase if phrase.goals else None

    def _known(self, phrase: Phrase) -> list[Goal]:
        """ "his visit", "Ito's trip", "will pay a visit": to where he was told to go."""
        s, at = phrase.sentence, phrase.noun
        again = [Goal(AGAIN, [], s.tokens[at].start, s.tokens[at].end, at)]
        if phrase.before == "'s" or (phrase.begin < at and phrase.first in _KNOWN):
            return again
        if phrase.begin < at and phrase.first in ("a", "an"):
            verb = governor(s, phrase.begin)
            if verb is not None and verb.low not in BE and verb.low not in HAVE:
                return again
        return []

    def _behind(self, s: Sentence, noun: int) -> tuple[list[Goal], int, list[Mention]]:
        """Where to, where the words behind the noun end, and who goes by "visit by" or "visit of"."""
        tokens, size = s.tokens, len(s.tokens)
        by: list[Mention] = []
        at, limit = noun + 1, min(size, noun + 12)
        while at < limit:
            low = tokens[at].low
            if low in _ASKED:
                break  # "the visit, on the invitation of the Speaker": he does not go
            if (
                low in ("by", "of")
                and not by
                and _tells_who(s, at)
                and (mention := s.mention_at.get(at + 1)) is not None
            ):
                by = self._grammar.list_from(s, mention, size)
                at = by[-1].last
                limit = min(size, at + 10)
                continue
            if low in _GOAL_LINKS:
                goals, end = self._grammar.goals_from(s, at + 1)
                if goals:
                    return goals, end, by or self._by(s, end)
            if low in _OTHER_CLAUSE or at in s.mention_at:
                break
            at += 1
        return [], by[-1].last if by else noun + 1, by

    def _by(self, s: Sentence, end: int) -> list[Mention]:
        """ "a visit to Oslo next week by the premier": who is told behind the goal."""
        tokens, size = s.tokens, len(s.tokens)
        for further in range(end, min(size, end + 6)):
            if tokens[further].low == "by" and (mention := s.mention_at.get(further + 1)) is not None:
                return self._grammar.list_from(s, mention, size) if _tells_who(s, further) else []
            if end >= size - 4 or tokens[further].low in _OTHER_CLAUSE:
                break
        return []

    def _compound(self, phrase: Phrase) -> None:
        """ "a Beijing visit", "his China trip", "a Korea-Japan trip": the goal before the noun."""
        s, begin = phrase.sentence, phrase.begin
        place = s.place(begin - 1) if begin else None
        if place is None or place.kind == "government":
            return
        if place.kind == "demonym" and s.tokens[phrase.noun].low not in ("tour", "trip"):
            return
        first = begin - 1
        while first and s.tokens[first - 1].place is place:
            first -= 1
        start, end = s.tokens[first].start, s.tokens[begin - 1].end
        if begin - first == 1 and "-" in s.tokens[first].text:
            both = s.index.places_between(start, end)
            phrase.goals = [Goal(self._grammar.code_of(each), [], each.start, each.end, first) for each in both]
        else:
            names = [] if place.kind in ("country", "demonym") else [s.words(first, begin)]
            phrase.goals = [Goal(self._grammar.code_of(place), names, start, end, first)]
        phrase.begin, further = _own_words(s, first)
        phrase.adjectives += further

    def _leads_to(self, phrase: Phrase) -> list[Goal]:
        """ "The tour … ends in Zambia", "the trip will take him to Peru": a place that the journey goes to."""
        s, noun = phrase.sentence, phrase.noun
        tokens, size = s.tokens, len(s.tokens)
        for at in range(noun + 1, min(size, noun + 22)):
            low = tokens[at].low
            takes = low in _TAKE and at + 1 < size and tokens[at + 1].low in _WHOM
            if low in _COURSE or takes:
                whom = s.mention_at.get(at + 1) if takes else None
                if whom is not None and not phrase.by:
                    phrase.by = [whom]
                phrase.ahead = takes and any(token.low in _WILL for token in tokens[max(0, at - 3) : at])
                phrase.behind = low == "took"
                for further in range(at + 1, min(size, at + 5)):
                    if tokens[further].low in ("in", "to"):
                        return self._grammar.goals_from(s, further + 1)[0]
                return []
            if low in (";", "who"):
                break
        return []


def _tells_who(s: Sentence, by: int) -> bool:
    """Whether "by" tells whose visit it is: not in "a visit, accompanied by Y", "a trip hosted by Y"."""
    return not s.tokens[by - 1].low.endswith(_PARTICIPLES)


def governor(s: Sentence, begin: int) -> Governor | None:
    """The verb whose object the visit that begins here is: "will pay", "cut short", "is on"."""
    tokens = s.tokens
    for at in range(begin - 1, max(-1, begin - 7), -1):
        low = tokens[at].low
        if at in s.mention_at:
            return None
        if low in MAKERS:
            if s.is_dated(at):
                continue
            if low in BE and all(token.low not in _ON_IT for token in tokens[at + 1 : begin]):
                return None  # "is a visit", not "is on a visit"
            return Governor(at, low)
        if low not in _PASSED and tokens[at].place is None and not low.endswith("ly") and not s.is_dated(at):
            return None
    return None


def _own_words(s: Sentence, at: int) -> tuple[int, list[str]]:
    """Token at which the noun's own words begin, and these words."""
    tokens, found, begin = s.tokens, list[str](), at
    while begin > max(0, at - 8):
        low = tokens[begin - 1].low
        if begin - 1 in s.mention_at or tokens[begin - 1].place is not None:
            break
        joined = low == "and" and 1 < begin < at and tokens[begin - 2].low in FILLERS  # "a short and private visit"
        if low in OWN_WORDS or low.endswith(_LENGTH_ENDINGS) or low.isdigit() or joined:
            found.append(low)
            begin -= 1
            if low in _ARTICLES:
                break
        elif begin < at and s.is_dated(begin - 1):  # "Modi's June 22 state visit"
            begin -= 1
        elif low == "'s" and begin > 2 and tokens[begin - 2].low in _TIMES:  # "next week's visit"
            begin -= 2
        else:
            begin -= low in OWNERS
            break
    return begin, found
