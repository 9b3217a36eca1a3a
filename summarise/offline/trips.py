"""Travel told by nouns: "Putin's visit to China", "will pay a three-day visit to", "a Beijing trip by"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.cast import Cast
from summarise.offline.denial import dismissed
from summarise.offline.events import TravelEvent
from summarise.offline.grammar import AGAIN, Goal, Grammar
from summarise.offline.kinds import KINDS, length_of
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.trip_phrase import Governor, Phrase, PhraseReader, governor
from summarise.offline.trip_status import new_date, status_of
from summarise.offline.trip_words import DONE_VERBS, FILLERS, OWNERS
from summarise.offline.verbs import ASKING, helpers_before

_NOUNS: Final = words(
    "visit visits trip trips tour tours journey journeys stay stopover stopovers swing pilgrimage sojourn layover "
    "visitation mission voyage travels stop stops holiday vacation"
)
_TRIGGERS: Final = _NOUNS | {"visiting"}
_NOUNS_OF_MANY_USES: Final = words("mission stop stops swing stay travels holiday vacation")
_VERBS_TOO: Final = words("visit visits tour tours")
_ORDINALS: Final = words("first second third fourth fifth first-ever")
_BEGUN: Final = words("began begun started opened embarked kicked")
_BEFORE_VERB: Final = words("to will would may might could can should must not who also or")
_MISSIONS: Final = words("peace trade diplomatic goodwill fact-finding a his her")
_STOPOVERS: Final = words("stopover stopovers layover")
_POSSESSIVES: Final = words("'s ' ’")
_LENGTH_ENDINGS: Final = ("-day", "-hour", "-week", "-nation", "-country")
_SETTING_OFF: Final = words("leave leaves leaving depart departs departing will due")
_PARTS: Final = words("leg stage stop start beginning end part day lap")
_TO_FOLLOW: Final = words("will would scheduled due expected set plans planned to-be")
_OF_THE_SUBJECT: Final = words("on during after for from")


class TripNouns:
    """Finds travel told by nouns in one sentence after another."""

    def __init__(self, grammar: Grammar, cast: Cast) -> None:
        self._grammar = grammar
        self._cast = cast
        self._phrases = PhraseReader(grammar)

    def events(self, s: Sentence) -> Iterator[TravelEvent]:
        """Every event that a noun of the sentence tells."""
        if self._grammar.clauses(s).words.isdisjoint(_TRIGGERS):
            return
        for at, token in enumerate(s.tokens):
            if token.low in _NOUNS:
                if (at not in s.mention_at or _is_errand(s, at)) and _is_noun(s, at):
                    yield from self._noun(s, at)
            elif token.low == "visiting":
                mention = s.mention_at.get(at)
                if mention is not None and mention.kind in ("name", "nominal", "group"):
                    yield self._visiting(s, at, mention)

    def _noun(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        phrase = self._phrases.read(s, at)
        if phrase is None:
            return
        if at in s.mention_at:  # "is on a trade mission": read as a party
            phrase.begin = s.mention_at[at].first
        if phrase.by and phrase.by[0].determiner in ("a", "an") and not _ORDINALS.isdisjoint(phrase.adjectives):
            return  # "the first visit by a U.S. secretary of state in five years": the one just told of
        visitors, people, begin = self._owner(phrase)
        possessed = begin < phrase.begin or bool(people) or (phrase.first in OWNERS and phrase.begin <= 6)
        visitors = phrase.by or visitors
        verb = governor(s, begin)
        if verb is not None and _asked_to(s, verb.at):
            return
        if _is_only_asked(s, begin):
            return
        if not visitors and not people:
            visitors = self._subject(phrase, begin, verb)
        status = "planned" if phrase.ahead else "completed" if phrase.behind else status_of(phrase, begin, verb)
        next_one = phrase.before == "by" and begin > 1 and s.tokens[begin - 2].low == "followed"
        if next_one and status == "open":
            status = "completed" if _TO_FOLLOW.isdisjoint(s.vocabulary) else "planned"
        part = phrase.before == "of" and begin > 1 and s.tokens[begin - 2].low in _PARTS
        if part and status == "open":
            status = "during" if _SETTING_OFF.isdisjoint(s.vocabulary) else "planned"
        if status is not None:
            event = TravelEvent(s, at, visitors, phrase.goals, status, people)
            event.onward = next_one
            _describe(event, phrase, begin, verb)
            event.dated_behind = event.dated_behind or part
            event.weak = possessed and verb is None and event.status == "open"
            yield event

    def _owner(self, phrase: Phrase) -> tuple[list[Mention], list[int], int]:
        """Whose visit it is by "Ito's" or "his", as mentions or people of the cast, and where the owner begins."""
        s, begin = phrase.sentence, phrase.begin
        if phrase.before in _POSSESSIVES and (owner := s.mention_at.get(begin - 2)) is not None:
            return _with_others(s, owner), [], owner.first
        if phrase.first not in OWNERS:
            return [], [], begin
        if phrase.first == "their":
            return self._grammar.coordinated(s, begin), [], begin
        person = self._cast.antecedent(s, begin, phrase.first)
        if person is not None:
            return [], [person], begin
        # "On the sidelines of his visit to Japan, Aquino said" (hard case 67)
        return self._grammar.first_after(s, phrase.noun) if begin <= 6 else [], [], begin

    def _subject(self, phrase: Phrase, begin: int, verb: Governor | None) -> list[Mention]:
        """Who makes the visit by the sentence: "Ito will pay a visit", "after a visit to Oslo, Ito"."""
        s = phrase.sentence
        if verb is not None:
            return self._subject_of(s, verb.at)
        if begin <= 2:  # but not "The visit, agreed in May, …": there it is the subject itself
            return self._grammar.first_after(s, phrase.noun) if begin else []
        if phrase.before == "by" and s.tokens[begin - 2].low == "followed":
            return self._grammar.coordinated(s, begin)  # "a visit to Vietnam, followed by one to Laos"
        speaker = self._speaker(s, begin)
        if speaker and phrase.first in ("a", "an") and not phrase.by:
            return speaker  # "The pope has said a trip to Kyiv is on the table"
        of_a_part = phrase.before == "of" and s.tokens[begin - 2].low in _PARTS
        if (phrase.before not in _OF_THE_SUBJECT and not of_a_part) or _other_half(s, begin):
            return []
        nearest = s.mention_at.get(begin - 2)
        if phrase.before == "on" and nearest is not None and nearest.kind == "group":
            return [nearest]  # "received a Peruvian delegation on a visit to Riga"
        return self._grammar.coordinated(s, begin)

    def _speaker(self, s: Sentence, begin: int) -> list[Mention]:
        """Who says it, right before the visit: he speaks of his own."""
        at = begin - 1 - (s.tokens[begin - 1].low == "that")
        if at <= 0 or s.tokens[at].low not in ("said", "says"):
            return []
        return self._grammar.left_of(s, helpers_before(s.tokens, at)[1])

    def _subject_of(self, s: Sentence, verb: int) -> list[Mention]:
        """The subject of the verb that governs the visit."""
        tokens = s.tokens
        helpers, first = helpers_before(tokens, verb)
        infinitive = helpers[-1:] == ("to",)
        if infinitive or (first and tokens[first - 1].low == "to"):  # "asked Ito to pay a visit"
            mention = s.mention_at.get(first - 1 - (not infinitive))
            if mention is not None:
                return [mention]
        if tokens[verb].low.endswith("ing") and not helpers:  # "paying a visit to Oslo, Ito"; "Ito, paying a visit"
            if verb <= 2:
                return self._grammar.first_after(s, verb)
            if tokens[verb - 1].low == "," and (mention := s.mention_at.get(verb - 2)) is not None:
                return [mention]
        return self._grammar.left_of(s, first)

    def _visiting(self, s: Sentence, at: int, mention: Mention) -> TravelEvent:
        """ "the visiting Malian minister": he is where his hosts are, or where the article is from."""
        goals: list[Goal] = []
        for further in range(mention.last, min(len(s.tokens), mention.last + 14)):
            if s.tokens[further].low in ("in", "at"):
                goals, _ = self._grammar.goals_from(s, further + 1)
                if goals:
                    break
        if not goals:
            goals = [Goal(self._grammar.here, [], s.tokens[at].start, s.tokens[at].end, at)]
        return TravelEvent(s, at, [mention], goals, "real", weak=True)


def _is_noun(s: Sentence, at: int) -> bool:
    """Whether the word is the noun here: not in "Putin visits", "will stop"."""
    low = s.tokens[at].low
    before = s.tokens[at - 1].low if at else ""
    long = before.endswith(_LENGTH_ENDINGS)  # "a 12-day swing"
    errand = low == "mission" and before in _MISSIONS
    if low in _NOUNS_OF_MANY_USES and not long and not errand and (before == "to" or before not in FILLERS):
        return False
    if low in _VERBS_TOO:
        if before == "and":  # "a short and private visit"
            return at >= 2 and s.tokens[at - 2].low in FILLERS
        neighbour = s.mention_at.get(at - 1)
        if (
            before in _BEFORE_VERB
            or (before.endswith("ly") and before not in FILLERS)
            or (neighbour is not None and neighbour.kind != "pronoun")
        ):
            return False
    return low != "mission" or before in _MISSIONS


def _is_errand(s: Sentence, at: int) -> bool:
    """ "is on a trade mission to China": no group of people."""
    group = s.mention_at[at]
    return s.tokens[at].low == "mission" and group.first > 0 and s.tokens[group.first - 1].low == "on"


def _other_half(s: Sentence, at: int) -> bool:
    """ "Pham coming Monday; Palace mum on Jakarta trip": what the second half of a headline tells is another's."""
    last = max((m.last for m in s.mentions if m.last <= at), default=0)
    return any(token.low == ";" for token in s.tokens[last:at])


def _is_only_asked(s: Sentence, begin: int) -> bool:
    """ "Asked whether a trip to Guam was in the works": no trip is told of (hard case 67)."""
    before = [token.low for token in s.tokens[max(0, begin - 2) : begin]]
    return s.tokens[begin].low in ("a", "any", "another") and "whether" in before and "asked" in s.vocabulary


def _asked_to(s: Sentence, verb: int) -> bool:
    """ "was asked to pay a visit": the rules of invitations say what comes of it."""
    before = s.tokens[max(0, verb - 9) : verb]
    return bool(before) and before[-1].low == "to" and any(_asks(token.low) for token in before)


def _asks(low: str) -> bool:
    return "invit" in low or low in ASKING


def _with_others(s: Sentence, owner: Mention) -> list[Mention]:
    """ "Ito and Rao's visit"."""
    found, at = [owner], owner.first - 1
    while at > 0 and s.tokens[at].low == "and" and (before := s.mention_at.get(at - 1)) is not None:
        found.append(before)
        at = before.first - 1
    return found[::-1]


def _describe(event: TravelEvent, phrase: Phrase, begin: int, verb: Governor | None) -> None:
    """Sets what else the words of the phrase tell of the visit."""
    s, at, adjectives = phrase.sentence, phrase.noun, phrase.adjectives
    event.told_by_noun = begin < at and s.tokens[begin].low in ("a", "an", "the")
    if dismissed(s, begin):
        event.status = "denied"
    event.span_days = length_of(s.text_of[s.tokens[max(0, begin - 1)].start : s.tokens[at].start].lower())
    if s.tokens[at].low in _STOPOVERS:
        event.kind = "transit"
    elif "official" in adjectives and "working" in adjectives:
        event.kind = "official_working"
    else:
        event.kind = next((KINDS[word] for word in adjectives if word in KINDS), "unspecified")
    if event.status == "postponed":
        event.until, event.caveat = new_date(s, at)
    event.attach = phrase.goals[0].code == AGAIN
    # "Returned on Sunday from a tour": the day of returning; "arrived today on a tour that will take her to Peru"
    event.dated_behind = event.status == "after" or phrase.ahead
    done = event.status in ("completed", "ongoing", "present")
    event.arrival = (
        event.status == "completed" and verb is not None and verb.low in _BEGUN
    )  # begun yesterday: he is there
    event.departs = phrase.behind or (done and verb is not None and verb.low in DONE_VERBS)
