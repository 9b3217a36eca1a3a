"""Who meets whom in a sentence: "held talks with Y", "was received by Y", "Y welcomed X", "a message to Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from summarise.offline.grammar import Grammar
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import FORMS, Mood, VerbGroup, verb_group

_COMPANY: Final = words(
    "talks meeting meetings discussions consultations negotiations audience conversation conversations session "
    "sessions lunch luncheon dinner breakfast supper interview appointment appointments views summit meet tête-à-tête "
    "opinions dialogue conferred confer conferring confers co-chair co-chairs co-chaired co-chairing signed sign "
    "signing lunched dined breakfasted closeted sits sat sit spoke speak consult consulted hour hours minutes discuss "
    "discussed discusses discussing met"
)
"""Words with which "with" tells of a meeting, not of company on the way."""
_COMPANY_REACH: Final = 12
_COMPANY_ENDS: Final = words("with ; :")
_MEALS: Final = words("dinner banquet lunch luncheon reception breakfast supper tea")
_GIVEN: Final = words("given offered hosted held tendered")
_GIVES: Final = words("gave give gives giving hosted hosts host tendered offered held")
_MESSAGES: Final = words("message letter letters messages greetings note gift invitation regards")
_DELIVERING: Final = words(
    "deliver delivers delivered delivering hand hands handed handing convey conveyed conveying carry carrying "
    "carried presented present presenting transmit transmitted"
)
_MEETING: Final = words("meet see confer converse")
_BOTH: Final = words("meet hold open begin start conclude sign co-chair chair inaugurate resume discuss have")
_HOSTS: Final = words("host hosts")
_CALL_ON: Final = words("on upon")
_GOODBYE: Final = words("off farewell goodbye")
_BEFORE_MET: Final = words(
    "with up here there separately also today yesterday tomorrow together both and then the in at on his her their a "
    "an 's '"
)
_MET_REACH: Final = 8
_MENTION_REACH: Final = 5
_AGENT_REACH: Final = 16
_OTHER_CLAUSE: Final = words("who that which ; whose where")
_LAST: Final = words("and with & by")
_LIST_LINKS: Final = words("and , with & as well along separately then the also later by together")
_NO_MEETING: Final[frozenset[Mood]] = frozenset({"never", "denied", "unreal", "missed", "maybe"})
_CLAUSE_VERBS: Final = words(
    "said says will would has had is was were are told added may might could did does announced expressed thanked "
    "noted stressed agreed discussed reviewed"
)
_VERBS: Final = frozenset(
    word
    for word, (frame, base, _) in FORMS.items()
    if frame == "host" or base in _MEETING | _BOTH or base in ("bid", "call")
)
_TRIGGERS: Final = _VERBS | _HOSTS | {"between"}
_LINKS: Final = {
    "with": _COMPANY,
    "by": _MEALS,
    "to": _DELIVERING,
    "of": words("honour honor"),
    **dict.fromkeys(_CALL_ON, words("call calls")),
}
"""Prepositions that tell of a meeting, and the words of which one must stand in the sentence with each."""
_TELLING: Final = _TRIGGERS | _LINKS.keys()
_EQUALS: Final = words("counterpart counterparts colleague peer homologue number host hosts")


@dataclass(frozen=True, slots=True)
class Encounter:
    """`guests` come to `hosts`; if it is `mutual`, either may be the guest. Without guests: whoever was spoken of.

    `farewell`: he is seen off, which may be at home.
    """

    at: int
    guests: list[Mention]
    hosts: list[Mention]
    mood: Mood | None = None
    mutual: bool = True
    farewell: bool = False


class Encounters:
    """Finds them in one sentence after another."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def read(self, s: Sentence) -> Iterator[Encounter]:
        """All that a sentence tells."""
        if not s.mentions:
            return
        said = s.vocabulary
        triggers = {word for word in _TELLING & said if word in _TRIGGERS or not _LINKS[word].isdisjoint(said)}
        if not triggers:
            return
        for at, low in [(at, low) for at, low in enumerate(s.low) if low in triggers]:
            if at in s.mention_at and low not in _HOSTS:
                continue
            if low in _VERBS:
                yield from self._by_verb(s, at)
            if low == "with":
                yield from self._with(s, at)
            elif low == "by":
                yield from self._given_by(s, at)
            elif low == "to":
                yield from self._delivered_to(s, at)
            elif low == "between":
                yield from _between(s, at)
            elif low in _CALL_ON:
                yield from self._courtesy_call(s, at)
            elif low == "of":
                yield from self._in_honour_of(s, at)
            elif low in _HOSTS:
                yield from _named_host(s, at)

    # ----------------------------------------------------------------------------------------------------------- verbs

    def _by_verb(self, s: Sentence, at: int) -> Iterator[Encounter]:
        group = verb_group(s.tokens, at)
        if group is None or group.mood in _NO_MEETING:
            return
        behind = s.tokens[at + 1].low if at + 1 < len(s.tokens) else ""
        farewell = group.base in ("see", "bid") and not _GOODBYE.isdisjoint(_near(s, at))
        if group.passive and (group.frame == "host" or group.base in ("meet", "see") or behind in _GOODBYE):
            yield from self._received(s, group, farewell=farewell)
        elif group.frame == "host" or farewell:
            guest = _next_mention(s, _past_meal(s, at + 1), pronouns=True)
            hosts = self._grammar.subject(s, group)
            if guest is not None and hosts:
                yield Encounter(at, listed(s, guest), hosts, group.mood, mutual=False, farewell=farewell)
        elif group.base in _MEETING or (group.base == "call" and behind in _CALL_ON):
            yield from self._met(s, group, at + 1 + (group.base == "call"))
        if group.base in _BOTH and not group.passive:
            together = self._grammar.subject(s, group)
            for number in range(1, len(together)):
                yield Encounter(at, together[:number], together[number:], group.mood)

    def _received(self, s: Sentence, group: VerbGroup, *, farewell: bool) -> Iterator[Encounter]:
        """ "Was received on arrival at the airport by Y"."""
        for at in range(group.verb + 1, min(len(s.tokens), group.verb + _AGENT_REACH)):
            if s.tokens[at].low in _OTHER_CLAUSE:
                return
            if s.tokens[at].low == "by" and at not in s.mention_at:
                host = _next_mention(s, at + 1)
                if host is not None:
                    guests, hosts = self._grammar.subject(s, group), listed(s, host)
                    yield Encounter(at, guests, hosts, group.mood, mutual=False, farewell=farewell)
                    return

    def _met(self, s: Sentence, group: VerbGroup, at: int) -> Iterator[Encounter]:
        """ "Met here on Tuesday with Y and Z"."""
        limit = min(len(s.tokens), at + _MET_REACH)
        while at < limit:
            mention = s.mention_at.get(at)
            if mention is not None:
                subject = self._grammar.subject(s, group)
                if mention.kind != "pronoun":
                    yield Encounter(group.verb, subject, listed(s, mention), group.mood)
                elif subject:
                    yield Encounter(group.verb, [mention], subject, group.mood, mutual=False)
                return
            if s.tokens[at].low not in _BEFORE_MET and s.tokens[at].place is None and not s.is_dated(at):
                return
            at += 1

    # ----------------------------------------------------------------------------------------------------------- nouns

    def _with(self, s: Sentence, at: int) -> Iterator[Encounter]:
        """ "For talks with Y", "held a working lunch on Tuesday with Y"."""
        host = _next_mention(s, at + 1)
        if host is None:
            return
        for back in range(at - 1, max(-1, at - _COMPANY_REACH), -1):
            low = s.tokens[back].low
            if low in _COMPANY and back not in s.mention_at:
                verb = next((v for v in range(back, max(-1, back - 6), -1) if s.tokens[v].low in FORMS), None)
                group = verb_group(s.tokens, verb) if verb is not None else None
                if group is not None and group.mood in _NO_MEETING:
                    return
                if (
                    group is not None
                    and group.base == "meet"
                    and any(place in s.mention_at for place in range(back, at))
                ):
                    return  # "met teachers with his wife"
                mood = group.mood if group is not None else None
                yield Encounter(at, self._grammar.left_of(s, back), listed(s, host), mood)
                return
            if low in _COMPANY_ENDS:
                return

    def _given_by(self, s: Sentence, at: int) -> Iterator[Encounter]:
        """ "A banquet given in his honour by Y"."""
        near = {token.low for token in s.tokens[max(0, at - 9) : at]}
        if near & _MEALS and near & _GIVEN and (host := _next_mention(s, at + 1)) is not None:
            yield Encounter(at, [], listed(s, host), mutual=False)

    def _delivered_to(self, s: Sentence, at: int) -> Iterator[Encounter]:
        """ "Delivered a message from the king to President Y"."""
        begin = max(0, at - _COMPANY_REACH)
        verb = next((place for place in range(at - 1, begin - 1, -1) if s.tokens[place].low in _DELIVERING), None)
        host = _next_mention(s, at + 1) if verb is not None else None
        if verb is None or host is None:
            return
        behind = at + _COMPANY_REACH if verb == at - 1 else at  # "conveyed to Y an invitation"
        if any(token.low in _MESSAGES for token in s.tokens[verb:behind]):
            yield Encounter(at, self._grammar.left_of(s, verb), listed(s, host)[:1], mutual=False)

    def _courtesy_call(self, s: Sentence, at: int) -> Iterator[Encounter]:
        """ "Paid a courtesy call on Y"."""
        host = _next_mention(s, at + 1)
        if (
            host is not None
            and at
            and s.tokens[at - 1].low in ("call", "calls")
            and verb_group(s.tokens, at - 1) is None
        ):
            yield Encounter(at, self._grammar.left_of(s, at - 1), listed(s, host), mutual=False)

    def _in_honour_of(self, s: Sentence, at: int) -> Iterator[Encounter]:
        """ "Y gave a dinner in honour of X"."""
        if at < 2 or s.tokens[at - 1].low not in ("honour", "honor") or s.tokens[at - 2].low != "in":
            return
        guest = _next_mention(s, at + 1)
        verb = next((v for v in range(at - 1, max(-1, at - 16), -1) if s.tokens[v].low in _GIVES), None)
        if guest is not None and verb is not None:
            yield Encounter(at, listed(s, guest), self._grammar.left_of(s, verb), mutual=False)


def listed(s: Sentence, mention: Mention) -> list[Mention]:
    """The mention and those listed with it: "the king, Prince A and B"; for a title the name beside it."""
    found, pending, tokens = [_named(s, mention)], list[Mention](), s.tokens
    at = found[0].last
    while at < len(tokens):
        begin, joined = at, False
        while at < len(tokens) and at - begin < 5 and at not in s.mention_at and tokens[at].low in _LIST_LINKS:
            joined = joined or tokens[at].low in _LAST
            at += 1
        further = s.mention_at.get(at) if at > begin else None
        if further is None:
            break
        if further.kind == "pronoun" or _begins_clause(s, further):
            break
        if further.kind == "nominal" and not joined and further.person is not None:
            named = _named(s, further)
            if named is further:  # "Rao, the minister of trade,"
                at = further.last
                continue
            further = named
        pending.append(_named(s, further))
        if joined:
            found += pending
            pending = []
        at = pending[-1].last if pending else found[-1].last
    return found


def _named(s: Sentence, mention: Mention) -> Mention:
    """ "his Peruvian counterpart, Elena Rojas": the name that stands beside a title."""
    if mention.kind != "nominal":
        return mention
    at = mention.last
    if at + 1 < len(s.tokens) and s.tokens[at].low in ("in", "of", "from") and mention.titles[0].head in _EQUALS:
        at += 1  # "his counterpart in the Republic of Congo, Y"
        while (
            at < len(s.tokens) and s.tokens[at].low != "," and (s.tokens[at].cap or s.tokens[at].low in ("the", "of"))
        ):
            at += 1
    if at < len(s.tokens) and s.tokens[at].low == ",":
        at += 1
    further = s.mention_at.get(at)
    return further if further is not None and further.kind == "name" and further.name is not None else mention


def _begins_clause(s: Sentence, mention: Mention) -> bool:
    return mention.last < len(s.tokens) and s.tokens[mention.last].low in _CLAUSE_VERBS


def _next_mention(s: Sentence, at: int, *, pronouns: bool = False) -> Mention | None:
    for place in range(at, min(len(s.tokens), at + _MENTION_REACH)):
        mention = s.mention_at.get(place)
        if mention is not None:
            return mention if pronouns or mention.kind != "pronoun" else None
        token = s.tokens[place]
        if token.cap and token.place is None and place > at + 1:
            return None
        if token.low in (".", ",", ";", "of", "and", "to"):
            return None
    return None


def _past_meal(s: Sentence, at: int) -> int:
    """ "Hosted a working lunch for X": the token of the one who is fed; the same token without a meal."""
    meal = next((place for place in range(at, min(len(s.tokens), at + 5)) if s.tokens[place].low in _MEALS), None)
    fed = meal is not None and meal + 1 < len(s.tokens) and s.tokens[meal + 1].low == "for"
    return meal + 2 if meal is not None and fed else at


def _near(s: Sentence, at: int) -> set[str]:
    return {token.low for token in s.tokens[at + 1 : at + 9]}


def _between(s: Sentence, at: int) -> Iterator[Encounter]:
    """ "Talks between X and Y"."""
    first = _next_mention(s, at + 1)
    if first is not None and any(token.low in _COMPANY for token in s.tokens[max(0, at - 4) : at]):
        together = listed(s, first)
        for number in range(1, len(together)):
            yield Encounter(at, together[:number], together[number:])


def _named_host(s: Sentence, at: int) -> Iterator[Encounter]:
    """ "Her host, Y"."""
    host = s.mention_at.get(at) or s.mention_at.get(at + 2)
    owned = any(token.low in ("his", "her", "their", "the") for token in s.tokens[max(0, at - 2) : at])
    if host is not None and (owned or at in s.mention_at) and host.kind in ("name", "nominal"):
        yield Encounter(at, [], [_named(s, host)], mutual=False)
