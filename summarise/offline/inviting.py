"""Inviting told by verbs and nouns: "invited Rao to Samoa", "accepted an invitation from the king"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.answers import Answers
from summarise.offline.asking import PASSIVE, Asking
from summarise.offline.cast import Cast
from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.grammar import Grammar
from summarise.offline.invitations import Invitations, denied, journey
from summarise.offline.invited_how import NEGATED, done, implies_coming, says_no_more
from summarise.offline.invited_told import Brought, Telling, by_state
from summarise.offline.invited_words import ACCEPT, CARRY, GET, GIVE, GOVERNORS, HANDED_OVER, RESPONSE, THANK, WITHDRAW
from summarise.offline.letters import Letters
from summarise.offline.lexicon import words
from summarise.offline.parties import Parties
from summarise.offline.sentence import Sentence
from summarise.offline.travellers import Travellers
from summarise.offline.verbs import HAVE, helpers_before

_INVITE: Final = words("invite invites invited inviting disinvited uninvited")
_INVITATION: Final = words("invitation invitations bidding")
_REQUEST: Final = words("request requests appeal plea")
_TAKEN_BACK: Final = words("disinvited uninvited")
_PARTICIPLES: Final = words("invited disinvited uninvited")
_MADE: Final = words("issued sent extended made received given handed")
_NOT_MADE: Final = words("never not n't no")
_NEVER_REACH = 14
_TO_COME: Final = words("will would to")

_COMING: Final = words("visit come attend travel tour go pay")
_TAKING_PART: Final = words("officially take participate be")
_SPEAKING: Final = words("speak address lecture open inaugurate see stay spend deliver hold meet")
_GATHERINGS: Final = words("talks summit meeting conference ceremony celebrations him her them")
_OCCASION: Final = words("the a an his her talks its their")
_NO_JOURNEY: Final = words(
    "bid bids tender invest submit comment apply propose read contact send consider form cooperate respond accede"
)
_ASKED_ENDS: Final = words("; who which . about whether if")
_TELLING: Final = _INVITE | _INVITATION | _REQUEST | {"guest"}
_INVITED_REACH: Final = 16

_SENT: Final = words("sent extended issued addressed handed delivered")
_MEALS: Final = words("dinner lunch luncheon banquet breakfast reception")
_AGAIN: Final = ("renew", "repeat", "reiter")
_GOVERNOR_REACH: Final = 13
_GOVERNOR_ENDS: Final = words("; which who that said told .")
_BEFORE_NOUN: Final = words(
    "an the a official formal his her their its standing open personal written such own this that earlier state any "
    "no first"
)
_POSSESSIVES: Final = words("his her their")
_ENDINGS: Final = frozenset(("'s", "'", "’"))


def _is_conditional(s: Sentence, at: int, first: int) -> bool:
    """ "would be invited only if", "Should he be invited": nobody has asked yet."""
    tokens = s.tokens
    behind = [token.low for token in tokens[at + 1 : at + 12]]
    if "only" in behind and behind[behind.index("only") + 1 :][:1] == ["if"]:
        return True
    return any(token.low in ("should", "were") and token.cap for token in tokens[max(0, first - 5) : first + 1])


class Inviting:
    """Finds the invitations of one article, sentence after sentence."""

    def __init__(self, grammar: Grammar, cast: Cast, travellers: Travellers, invitations: Invitations) -> None:
        self._grammar = grammar
        self._cast = cast
        self._travellers = travellers
        self._invitations = invitations
        self._parties = Parties(grammar, travellers)
        self._letters = Letters(self._parties)
        self._asking = Asking(grammar, self._parties, self._letters, invitations)
        self._answers = Answers(invitations, travellers)

    def read(self, s: Sentence) -> Iterator[TravelEvent]:
        """Takes in a sentence; gives the journeys that an accepted invitation announces."""
        for at, token in enumerate(() if _TELLING.isdisjoint(s.vocabulary) else s.tokens):
            if token.low not in _TELLING or (at in s.mention_at and token.low != "guest"):
                continue
            if token.low in _INVITE:
                yield from self._verb(s, at)
            elif token.low in _INVITATION or (token.low in _REQUEST and self._asking.is_request(s, at)):
                yield from self._noun(s, at)
            elif token.low == "guest" and at + 1 < len(s.tokens) and s.tokens[at + 1].low == "of":
                yield from self._guest(s, at)
        yield from self._asking.read(s)
        yield from self._answers.read(s)

    # ----------------------------------------------------------------------------------------------------------- verbs

    def _verb(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "The president invited Prime Minister Rao to Samoa", "Rao was invited by him", "Rao was disinvited"."""
        low = s.tokens[at].low
        helpers, first = helpers_before(s.tokens, at)
        before = s.tokens[max(0, first - 6) : first]
        if not NEGATED.isdisjoint(helpers) or any(token.low in ("if", "whether") for token in before):
            return  # nobody asks, or only "if they invited me" (hard case 14)
        if _is_conditional(s, at, first):
            return
        if low in _PARTICIPLES and not PASSIVE.isdisjoint(helpers):
            telling = Telling(self._parties.agent(s, at + 1), self._parties.subject(s, first))
            behind = at + 1
            telling.here = low == "invited" and says_no_more(s, at + 1)
        else:
            telling, behind = self._active(s, at, first)
            telling.here = low == "invited" and _closes(s, behind)
            if behind == at + 2 and self._invitations.turned_round(s, behind, telling):
                telling.inviters, telling.invitees = telling.invitees, telling.inviters
        if low in _TAKEN_BACK:  # hard case 51
            telling.status = "withdrawn"
        elif denied(s, first):
            telling.status = "denied"
        elif not _TO_COME.isdisjoint(helpers):
            telling.status = "planned"
        if not telling.invitees and telling.inviters and behind == at + 2 and self._is_journey(s, behind):
            self._invitations.bring(s, at, telling)
        elif telling.invitees and (low in _TAKEN_BACK or telling.here or self._is_journey(s, behind)):
            yield from self._invitations.take(s, at, behind, telling)

    def _active(self, s: Sentence, at: int, first: int) -> tuple[Telling, int]:
        """Who invites whom, and the token behind the one invited; "him" is not the inviter, nor who brings a letter."""
        low = s.tokens[at].low
        if low == "inviting" and s.tokens[at - 1].low == "for":  # "thanked the king for inviting him"
            thanked = s.mention_at.get(at - 2)
            inviters = self._travellers.of_mention(s, thanked) if thanked is not None else []
            invitees, behind = self._parties.object(s, at + 1, other_than=inviters)
            return Telling(inviters, invitees, response="acknowledged" if thanked is not None else "unknown"), behind
        letter = self._letters.asking(s, first) if low == "inviting" else None
        if letter is None:
            inviters = others = self._parties.subject(s, first)
        else:  # "the envoy handed Rao a message from the king, inviting him"
            inviters = self._letters.writers(s, letter)
            others = [*inviters, *self._letters.senders(s, letter)]
        principal = self._parties.principal(s, first, inviters)
        via = s.words(left[0].first, left[0].last) if principal and (left := self._grammar.left_of(s, first)) else None
        inviters, others = (principal, [*others, *principal]) if via is not None else (inviters, others)
        whom = self._parties.whom(s, first)
        invitees, behind = (whom, at + 1) if whom else self._parties.object(s, at + 1, other_than=others)
        return Telling(inviters, invitees, via=via, channel="letter" if letter is not None else None), behind

    def _is_journey(self, s: Sentence, at: int) -> bool:
        """Whether one is asked to come somewhere, and not to bid or to join an alliance (hard case 55)."""
        tokens = s.tokens
        for position in range(at, min(len(tokens), at + _INVITED_REACH)):
            if tokens[position].low in _ASKED_ENDS:
                break
            if tokens[position].low != "to" or position + 1 == len(tokens):
                continue
            follower = tokens[position + 1].low
            if follower in _COMING or follower in _TAKING_PART:
                return True
            if follower in _SPEAKING:
                return bool(self._invitations.goals(s, position + 1))
            if follower == "join":
                return any(token.low in _GATHERINGS for token in tokens[position + 2 : position + 7])
            if follower in _NO_JOURNEY:
                return False
            if follower in _OCCASION or self._grammar.goal_at(s, position + 1) is not None:
                return True
        return False

    # ----------------------------------------------------------------------------------------------------------- nouns

    def _noun(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "She accepted an invitation from the king to visit", "at the invitation of the ministry"."""
        begin = at
        while begin and s.tokens[begin - 1].low in _BEFORE_NOUN:
            begin -= 1
        determiner = s.tokens[begin].low if begin < at else ""
        if determiner == "no":
            return  # "has drawn no invitation from the king"
        telling = self._around(s, at, begin)
        if _is_never_made(s, at):
            telling.status = "denied"
        verb = self._governor(s, begin)
        if verb is not None:
            self._between(s, verb, begin, telling)
        if implies_coming(s, begin, determiner):  # hard case 49
            telling.response, telling.implied = "accepted", True
            telling.invitees = (
                telling.invitees or self._invitations.travelling(s) or self._invitations.on_visit(s, begin, telling)
            )
        elif verb is not None:
            self._governed(s, verb, telling)
        if determiner in _POSSESSIVES and not telling.inviters and (verb is None or s.tokens[verb].low not in GIVE):
            telling.inviters = self._possessor(s, begin, telling)
        kept = self._invitations.brought(s) if determiner == "the" and telling.answers else None
        if kept is not None and not telling.inviters:
            asking = {one.key for one in kept.telling.inviters}
            if not any(one.key in asking for one in telling.invitees):  # "She brought an invitation. He accepted it"
                yield from self._answered(s, kept, telling)
                return
            telling.invitees = []  # who asks is not asked: "the premier" is another one
        if telling.status == "withdrawn" and telling.inviters and not telling.invitees:
            telling.invitees = self._invitations.expected(s, telling)
        known = None if telling.inviters and telling.invitees else self._invitations.spoken_of(s, telling)
        if known is not None:
            self._invitations.update(known, s, telling)
            if telling.response == "accepted":
                yield from journey(s, known, "planned")
        elif telling.invitees and self._tells_enough(s, at, verb, telling):
            for part in by_state(telling):
                yield from self._invitations.take(s, at, at + 1, part)
        elif telling.inviters and not telling.invitees and verb is not None and s.tokens[verb].low in HANDED_OVER:
            self._invitations.bring(s, at, telling)

    def _tells_enough(self, s: Sentence, at: int, verb: int | None, telling: Telling) -> bool:
        """Whether an inviter, an answer or a place is told: "has received an invitation to visit Lima"."""
        if telling.inviters or telling.response != "unknown" or telling.here:
            return True
        got = verb is not None and s.tokens[verb].low in GET
        return got and bool(self._invitations.goals(s, at + 1))

    def _answered(self, s: Sentence, kept: Brought, telling: Telling) -> Iterator[TravelEvent]:
        """ "She conveyed an invitation from the king to visit Oman. President Rao accepted the invitation"."""
        kept.telling.invitees, kept.telling.response = telling.invitees, telling.response
        yield from self._invitations.take(kept.sentence, kept.at, kept.at + 1, kept.telling)
        known = self._invitations.spoken_of(s, telling)
        if known is not None:
            self._invitations.cite(known, s)

    def _around(self, s: Sentence, at: int, begin: int) -> Telling:
        """ "The king's invitation to Rao", "an invitation from the king": who stands beside the noun."""
        telling = Telling(by_noun=True)
        if begin and s.tokens[begin - 1].low in _ENDINGS:
            telling.inviters = self._parties.owner(s, begin - 2)
        giver = self._parties.behind(s, at + 1, ("of", "from", "by", "extended", "issued", "sent"))
        if giver is not None:
            telling.inviters = telling.inviters or giver[0]
        telling.inviters = telling.inviters or self._parties.behind_journey(s, at + 1)
        asked = self._parties.behind(s, at + 1, ("to", "for"))
        if asked is None and giver is not None:  # "an invitation of the Government for Rao to visit"
            asked = self._parties.behind(s, giver[1], ("to", "for"))
        if asked is None:
            asked = self._addressed(s, at, telling)
        telling.here = any(token.low in _SENT for token in s.tokens[at + 2 : at + 24])
        if asked is not None and asked[0] and asked[0][0].kind != "government":
            telling.invitees = asked[0]
        return telling

    def _addressed(self, s: Sentence, at: int, telling: Telling) -> tuple[list[Traveller], int] | None:
        """ "The invitation to the inauguration had been addressed to Rao by the king"."""
        for position in range(at + 2, min(len(s.tokens), at + _INVITED_REACH)):
            low = s.tokens[position].low
            if low in _GOVERNOR_ENDS:
                return None
            if low in _SENT and s.tokens[position - 1].low in PASSIVE:
                telling.inviters = telling.inviters or self._parties.agent(s, position + 1)
                return self._parties.behind(s, position + 1, ("to",))
        return None

    def _governor(self, s: Sentence, begin: int) -> int | None:
        """The verb that the invitation is the object of."""
        for at in range(begin - 1, max(-1, begin - 1 - _GOVERNOR_REACH), -1):
            if at in s.mention_at:
                continue
            low = s.tokens[at].low
            if low == "thanks" and s.tokens[at - 1].low == "with":
                continue  # "accepted with thanks an invitation"
            if low in GOVERNORS and not (low in HAVE and at + 1 < begin - 1):  # "has", but not of "has said that an"
                return at
            if low in _GOVERNOR_ENDS:
                return None
        return None

    def _between(self, s: Sentence, verb: int, begin: int, telling: Telling) -> None:
        """ "Gave Rao an invitation", "thanked the king for the invitation": who stands between verb and noun."""
        low = s.tokens[verb].low
        between = next(([m] for m in s.mentions if verb < m.first and m.last <= begin), [])
        if low in HANDED_OVER and not telling.invitees:
            telling.invitees = self._travellers.of_mentions(s, between)
        elif low in THANK and not telling.inviters:
            telling.inviters = self._travellers.of_mentions(s, between)

    def _governed(self, s: Sentence, verb: int, telling: Telling) -> None:
        """What the verb makes of its subject: who accepts is invited, who extends or withdraws invites."""
        low = s.tokens[verb].low
        helpers, first = helpers_before(s.tokens, verb)
        subject = self._parties.subject(s, first)
        if low not in RESPONSE and not NEGATED.isdisjoint(helpers):
            telling.invitees, telling.inviters = [], []  # "has not received an invitation"
        elif low in RESPONSE:
            telling.answers = True
            telling.response = done(helpers) if low in ACCEPT else RESPONSE[low]
            telling.invitees = subject or telling.invitees
        elif low in WITHDRAW:  # hard case 51
            telling.status, telling.inviters = "withdrawn", subject or telling.inviters
        elif low in CARRY:
            telling.via = self._carrier(s, first, telling)
        elif low in GIVE:
            telling.inviters = telling.inviters or subject
            telling.status = "renewed" if low.startswith(_AGAIN) else "extended"
        elif low in GET:
            telling.invitees = telling.invitees or subject

    def _carrier(self, s: Sentence, first: int, telling: Telling) -> str | None:
        """ "The envoy delivered the king's invitation"; nobody if it is the king himself (hard case 48)."""
        carrier = self._grammar.left_of(s, first)
        if not carrier:
            return None
        person = carrier[0].person
        if person is not None and telling.inviters and telling.inviters[0].key == f"#{person}":
            return None
        return s.words(carrier[0].first, carrier[0].last)

    def _possessor(self, s: Sentence, begin: int, telling: Telling) -> list[Traveller]:
        """ "His invitation": that of whoever "his" means, unless he is the one invited."""
        index = self._cast.antecedent(s, begin, s.tokens[begin].low)
        one = self._travellers.of_person(index) if index is not None else None
        return [one] if one is not None and one.key not in {each.key for each in telling.invitees} else []

    def _guest(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "As the guest of his opposite number": asked, and come."""
        host = self._parties.at(s, at + 2)
        invitees = self._invitations.travelling(s)
        codes = self._invitations.visited(s)
        certain = len(codes) == 1 or (host is not None and any(one.country in codes for one in host[0]))
        if host is not None and host[0] and invitees and certain and _MEALS.isdisjoint(s.vocabulary):
            telling = Telling(host[0], invitees, response="accepted", implied=True)
            yield from self._invitations.take(s, at, at + 1, telling)


def _closes(s: Sentence, at: int) -> bool:
    """Whether the sentence ends here: "Djibouti had invited all seven heads of state"."""
    return at >= len(s.tokens) or (s.tokens[at].low == "." and at + 1 == len(s.tokens))


def _is_never_made(s: Sentence, at: int) -> bool:
    """ "Said an invitation to the king had never been issued"."""
    behind = [token.low for token in s.tokens[at + 1 : at + _NEVER_REACH]]
    made = next(
        (place for place, low in enumerate(behind) if low in _MADE and place and behind[place - 1] == "been"), 0
    )
    return bool(made) and not _NOT_MADE.isdisjoint(behind[max(0, made - 4) : made])
