"""Inviting told without the word: "asked him to be in Lima", "a letter asking him there", "would be most welcome"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.judge.places import compatible
from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.grammar import AGAIN, NOWHERE, Grammar
from summarise.offline.invitations import Invitations, denied
from summarise.offline.invited_told import Telling
from summarise.offline.letters import LETTERS, Letters
from summarise.offline.lexicon import words
from summarise.offline.parties import Parties
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import ASKING, helpers_before

_WANT: Final = words("want wants wanted like love")
_CALL: Final = words("summon summons summoned summoning call calls called calling beckon beckoned bidden bade")
_RECEIVE: Final = words("see welcome receive host have entertain")
_GLAD: Final = words("pleased happy glad delighted honoured honored hope hopes hoped hoping like love keen")
_OFFER: Final = words("offer offers offered offering")
_PROPOSE: Final = words(
    "propose proposes proposed proposing suggest suggests suggested suggesting request wish requested"
)
_GUESTS: Final = words("welcome guest")
TELLING: Final = ASKING | _WANT | _CALL | _GLAD | _OFFER | _PROPOSE | _GUESTS
"""A sentence without any of these words is not read by this room."""

PASSIVE: Final = words("is are was were been be being")
_NEGATED: Final = words("not never n't hasn't wasn't didn't doesn't nobody without")
_UNREAL: Final = words("if whether")
_WOULD: Final = words("would will to")
_COMING: Final = words("visit attend travel tour fly grace honour honor officiate")
_SEEING: Final = words("visit tour")
_LANDS: Final = words("country capital region republic kingdom island islands state nation city country's")
_BEHIND_A_STATE: Final = words("to in at there here")
_MAKING: Final = words("pay make take")
_BEING_THERE: Final = words("be stay stop look drop")
_DOING_THERE: Final = words("speak open address join participate inaugurate witness")
_VISITS: Final = words("visit trip tour call part")
_PLACED: Final = words("in at there present by here off")
_AS_GUEST: Final = words("guest")
_AFTER_COME: Final = words(
    "and in at for back here there over before with on during again after next this himself herself , ."
)
_OPENED_ANYWHERE: Final = words("talks meeting session")
_OCCASIONS: Final = words(
    "summit fair ceremony ceremonies celebration celebrations festival conference forum congress funeral wedding "
    "inauguration jubilee anniversary centenary opening launching launch regatta parade independence talks meeting "
    "coronation week rites exhibition session bicentenary tercentenary games expo assembly enthronement burial "
    "birthday gala carnival"
)
_BEFORE_OCCASION: Final = words("the a an its his her their")
_ENDS: Final = words("; who which . about whether if that said")
_WANTED_BY_LAW: Final = words("trial court jail prison custody arrest arrested extradited extradition justice charges")
_SAYS: Final = words("said says told added declared stated announced assured")
_OWN: Final = words("his her my our their the a")
_WELCOME_DEGREE: Final = words("most very always more than be")
_NOT_WHOM: Final = words("for about whether if how why what when questions himself itself themselves . ,")
_COME_REACH: Final = 13
_WANTED_REACH: Final = 4
_CLAUSE: Final = 7


class Asking:
    """Finds such invitations in one sentence after another."""

    def __init__(self, grammar: Grammar, parties: Parties, letters: Letters, invitations: Invitations) -> None:
        self._grammar = grammar
        self._parties = parties
        self._letters = letters
        self._invitations = invitations

    def is_request(self, s: Sentence, at: int) -> bool:
        """ "A request from the king to attend the fair", "a plea by Rao to come to Apia": as good as an invitation."""
        asking = self._parties.behind(s, at + 1, ("from", "by"))
        return asking is not None and bool(asking[0]) and self._comes(s, asking[1], wanted=False)

    def read(self, s: Sentence) -> Iterator[TravelEvent]:
        """Takes in a sentence; gives the journeys that an accepted invitation announces."""
        if TELLING.isdisjoint(s.vocabulary):
            return
        for at, token in enumerate(s.tokens):
            low = token.low
            if low not in TELLING or (at in s.mention_at and low != "guest"):
                continue
            if low in ASKING or low in _CALL:
                yield from self._asked(s, at, calling=low in _CALL)
            elif low in _PROPOSE:
                yield from self._that_he_come(s, at)
            elif low in _GUESTS:
                yield from self._welcome(s, at)
            else:
                yield from self._wanted(s, at)

    # ------------------------------------------------------------------------------------------------------ asking

    def _asked(self, s: Sentence, at: int, *, calling: bool) -> Iterator[TravelEvent]:
        """ "The president pressed Rao to be in Apia", "Rao was asked to the fair", "a letter asking him there"."""
        helpers, first = helpers_before(s.tokens, at)
        before = s.tokens[max(0, first - _CLAUSE) : first]
        if not _NEGATED.isdisjoint(helpers) or any(token.low in _UNREAL for token in before):
            return  # nobody asks, or only "if they asked me" (hard case 14)
        if at + 1 < len(s.tokens) and s.tokens[at + 1].low in _NOT_WHOM:
            return  # "called for a debate", "asked whether"
        low = s.tokens[at].low
        letter = self._letters.asking(s, first)
        by = at + 1 < len(s.tokens) and s.tokens[at + 1].low == "by"  # "Rao, pressed by the king to come,"
        if low.endswith(("ed", "den")) and (by or not PASSIVE.isdisjoint(helpers)):
            telling, behind = Telling(self._parties.agent(s, at + 1), self._parties.subject(s, first)), at + 1
        else:
            subject = self._parties.subject(s, first) if letter is None else self._letters.writers(s, letter)
            others = subject if letter is None else [*subject, *self._letters.senders(s, letter)]
            whom = self._parties.whom(s, first)
            invitees, behind = (whom, at + 1) if whom else self._parties.object(s, at + 1, other_than=others)
            telling = Telling(subject, invitees)
        telling.channel = "letter" if letter is not None or _writes(s, first) else None
        if denied(s, first):
            telling.status = "denied"
        elif not _WOULD.isdisjoint(helpers) and letter is None:
            telling.status = "planned"
        if calling and (not telling.inviters or _is_resident(telling.invitees)):
            return  # "summoned the ambassador" (he is told off where he lives)
        yield from self._take(s, at, behind, telling, hosts=calling)

    # ----------------------------------------------------------------------------------------------------- wanting

    def _wanted(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Had wanted him in Cartagena", "would be pleased to see him there", "offered to host him in Muscat"."""
        tokens, low = s.tokens, s.tokens[at].low
        helpers, first = helpers_before(s.tokens, at)
        if not _NEGATED.isdisjoint(helpers) or not _WANTED_BY_LAW.isdisjoint(s.vocabulary):
            return
        verb = at
        if at + 2 < len(tokens) and tokens[at + 1].low == "to" and tokens[at + 2].low in _RECEIVE:
            verb = at + 2
        elif low not in _WANT or not _wishes(low, helpers):
            return
        inviters = self._parties.subject(s, first)
        invitees, behind = self._parties.object(s, verb + 1, other_than=inviters)
        if all(one.kind == "government" for one in invitees) and s.tokens[behind].low not in _BEHIND_A_STATE:
            return  # "wants U.S. troops to stay in Korea"
        yield from self._take(s, at, behind, Telling(inviters, invitees), hosts=True)

    def _that_he_come(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "Proposed that Rao come to Apia", "a request by Hanoi that he attend its week"."""
        that = next((at for at in range(at + 1, min(len(s.tokens), at + 9)) if s.tokens[at].low == "that"), None)
        if that is None:
            return
        invitees, behind = self._parties.object(s, that + 1)
        verb = behind + (behind < len(s.tokens) and s.tokens[behind].low == "should")
        if not invitees or verb >= len(s.tokens) or s.tokens[verb].low not in _COMING | _MAKING | {"be", "come"}:
            return
        first = helpers_before(s.tokens, at)[1]
        letter = at if s.tokens[at].low in LETTERS else self._letters.asking(s, first)
        subject = self._parties.subject(s, first) if letter is None else self._letters.writers(s, letter)
        if self._coming(s, verb) is not True:
            return
        telling = Telling(subject, invitees, channel=None if letter in (None, at) else "letter")
        yield from self._take(s, at, verb, telling, comes=True)

    def _welcome(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "She said Rao would be most welcome in Apia", "would be his guest at the fair in Apia"."""
        tokens = s.tokens
        if at + 1 >= len(tokens) or tokens[at + 1].low not in ("in", "at", "to"):
            return
        be = at - 1
        while be > 0 and (tokens[be].low in _WELCOME_DEGREE or tokens[be].low in _OWN) and tokens[be].low != "be":
            be -= 1
        if be <= 0 or tokens[be].low != "be" or tokens[be - 1].low not in ("would", "will"):
            return
        if not self._invitations.goals(s, at + 1):
            return
        speakers = self._speakers(s, be - 1)
        invitees = self._parties.subject(s, be - 1)
        yield from self._take(s, at, at + 1, Telling(speakers, invitees), hosts=True, comes=True)

    def _speakers(self, s: Sentence, before: int) -> list[Traveller]:
        """Who says it, left of a token."""
        for at in range(before - 1, -1, -1):
            if s.tokens[at].low in _SAYS and at not in s.mention_at:
                return self._parties.subject(s, at)
        return []

    # ------------------------------------------------------------------------------------------------------ taking

    def _take(
        self, s: Sentence, at: int, behind: int, telling: Telling, *, hosts: bool = False, comes: bool = False
    ) -> Iterator[TravelEvent]:
        """Takes it if one is asked to come. `hosts`: the inviter is at home there; `comes`: that word was read."""
        if not telling.invitees or not (comes or self._comes(s, behind, wanted=hosts)):
            return
        goals = self._invitations.goals(s, behind)
        code = goals[0].code if goals else None
        states = [one.country for one in telling.inviters if one.country is not None]
        if any(one.country in states for one in telling.invitees if one.country is not None):
            return  # "asked his foreign minister to go to Lima"
        if code in (None, NOWHERE):
            if not states:
                return
        elif hosts and code != AGAIN and not any(compatible(state, code) for state in states if code is not None):
            return
        yield from self._invitations.take(s, at, behind, telling)

    def _comes(self, s: Sentence, behind: int, *, wanted: bool) -> bool:
        """Whether what follows the one asked is "to come", "to be in Lima", "to Lima", "to the fair in Lima"."""
        tokens, size = s.tokens, len(s.tokens)
        if wanted and behind + 1 < size and tokens[behind].low in ("in", "at", "there", "here"):
            there = tokens[behind].low in ("there", "here") or self._grammar.goal_at(s, behind + 1) is not None
            return there or _names_occasion(s, behind + 1)
        for at in range(behind, min(size - 1, behind + (_WANTED_REACH if wanted else _COME_REACH))):
            low = tokens[at].low
            if low in _ENDS or (low == "there" and at == behind):
                return low == "there"
            if low == "to":
                verb = at + 1
                while verb + 1 < size and tokens[verb].low.endswith("ly"):
                    verb += 1
                told = self._coming(s, verb)
                if told is not None:
                    return told
                return self._grammar.goal_at(s, at + 1) is not None or _names_occasion(s, at + 1)
        return False

    def _coming(self, s: Sentence, verb: int) -> bool | None:
        """What the infinitive says; None if it is none that this room knows."""
        low = s.tokens[verb].low
        behind = [token.low for token in s.tokens[verb + 1 : verb + 6]]
        if low == "come":
            return self._to_come(s, verb + 1)
        if low in _SEEING and _is_sight(behind):
            return any(goal.names or goal.code is not None for goal in self._invitations.goals(s, verb))
        if low in _COMING:
            return behind[:1] != ["to"]  # "attend to the problem"
        if low in _MAKING:
            part = low == "take" and behind[:1] == ["part"]
            return _has_occasion(s, verb) if part else not _VISITS.isdisjoint(behind)
        if low == "see":
            goal = self._grammar.goal_at(s, verb + 1) if behind[:1] != ["that"] else None
            return goal is not None and (goal[1] >= len(s.tokens) or s.tokens[goal[1]].low != "as")
        if low in _DOING_THERE:
            return _has_occasion(s, verb, opened=low == "open")
        if low in _BEING_THERE:
            placed = not _PLACED.isdisjoint(behind[:1]) or not _AS_GUEST.isdisjoint(behind[:3])
            return placed and bool(self._invitations.goals(s, verb))
        return None

    def _to_come(self, s: Sentence, at: int) -> bool:
        """ "Come to Lima", "come and see", "come in May"; not "come clean", "come to the aid of"."""
        if at + 1 >= len(s.tokens) or s.date_end(at) is not None:
            return True
        low = s.tokens[at].low
        if low != "to":
            return low in _AFTER_COME
        there = self._grammar.goal_at(s, at + 1) is not None or s.tokens[at + 1].low in ("his", "her")
        return there or _names_occasion(s, at + 1)


def _is_sight(behind: list[str]) -> bool:
    """ "Visit the areas hit by the cyclone", "the grave of a friend"; not "visit the country", "visit Oman"."""
    return behind[:1] in (["the"], ["a"], ["an"]) and _LANDS.isdisjoint(behind[1:4])


def _wishes(low: str, helpers: tuple[str, ...]) -> bool:
    """ "Would like him in Lima", "had wanted him in Lima"; not "likes him", "is wanted"."""
    if low in ("like", "love"):
        return "would" in helpers or "'d" in helpers
    return PASSIVE.isdisjoint(helpers)


def _has_occasion(s: Sentence, at: int, *, opened: bool = False) -> bool:
    near = s.tokens[at + 1 : at + 9]
    return any(token.low in _OCCASIONS and not (opened and token.low in _OPENED_ANYWHERE) for token in near)


def _names_occasion(s: Sentence, at: int) -> bool:
    """Whether "the fair", "its annual week" begins here."""
    return s.tokens[at].low in _BEFORE_OCCASION and _has_occasion(s, at)


def _writes(s: Sentence, first: int) -> bool:
    return any(token.low in ("wrote", "writing", "written") for token in s.tokens[max(0, first - _CLAUSE) : first])


def _is_resident(invitees: list[Traveller]) -> bool:
    return any(one.person is not None and one.person.role == "ambassador" for one in invitees)
