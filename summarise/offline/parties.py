"""Who invites and who is invited, as they stand in a sentence: people, ministries and other bodies, governments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarise.offline.events import Traveller
from summarise.offline.grammar import Grammar
from summarise.offline.invited_together import leaders
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.travellers import Travellers

_BODY: Final = words(
    "ministry government parliament assembly chamber commission union council presidency foundation party senate "
    "secretariat cabinet office bank agency authority committee congress leadership department knesset duma palace "
    "institute"
)
_SIDES: Final = words("side authorities hosts partners friends organisers organizers")
""" "The Kyrgyz side", "the Iranian partners": a body with the word for its state."""
_BODY_WORDS: Final = words(
    "ministry of foreign affairs government parliament and the national defence defense trade industry interior ruling "
    "state cabinet [ ] ' 's council party for"
)
_BODY_WORDS_BEFORE: Final = _BODY_WORDS - words("and of the")
_BODY_ENDS: Final = words("and of the 's for '")
_BODY_OPENERS: Final = words("the 's '")
_BEFORE_VERB: Final = words("also on in had has it which already")
_BEFORE_PLACE: Final = words("of in to from with at by for")
_BEFORE_PARTY: Final = words("by from")
_BEFORE_OBJECT: Final = words("the both also his her then")
_BEFORE_COUNTERPARTS: Final = words("his her their respective")
_UNNAMED: Final = words("host hosts hostess guest interlocutor interlocutors latter")
_BEHIND_OBJECT: Final = words("to there here for in at on back again over along , . ; and but")
_JOURNEY_ENDS: Final = words(", ; who which that and but")
_CLAUSE_ENDS: Final = words("; who but")
_MADE: Final = words(
    "in on last it he she they had has was been extended sent issued given made which conveyed addressed earlier "
    "already"
)
"""What may stand between an invitation and its "by" or "from"."""
_SAYS: Final = words("says said announced confirmed declared insisted stated")
_ASIDE_OPENERS: Final = words("which whose a an the not")
_ASIDE_REACH: Final = 16
_BODY_REACH: Final = 14
_AGENT_REACH: Final = 18
_OBJECT_REACH: Final = 4


class Parties:
    """Finds the parties around a word."""

    def __init__(self, grammar: Grammar, travellers: Travellers) -> None:
        self._grammar = grammar
        self._travellers = travellers

    def subject(self, s: Sentence, first: int) -> list[Traveller]:
        """The subject left of a verb: people, or a state or body that acts ("Moscow invited", hard case 32)."""
        at = first - 1
        while at >= 0 and at not in s.mention_at and (s.tokens[at].low in _BEFORE_VERB or s.is_dated(at)):
            if s.tokens[at].low == "it" and (acting := self._named_before(s, at)) is not None:
                return [acting]
            at -= 1
        if at > 0 and s.tokens[at].low == ",":
            at = _before_aside(s, at)
        if at >= 0 and at not in s.mention_at:
            place = s.tokens[at].place
            if place is not None and place.kind == "demonym" and at and s.tokens[at - 1].low == "the":
                nation = self._government(s, at, at + 1)  # "the Macedonians", "the Chinese"
                nation.name = s.words(at - 1, at + 1)
                return [nation]
            if place is not None and place.kind != "demonym":
                start = _place_begin(s, at)
                if not start or s.tokens[start - 1].low not in _BEFORE_PLACE:
                    return [self._government(s, start, at + 1)]
            body = self._body_ending(s, at)
            if body is not None:
                return [body]
        return self._travellers.of_mentions(s, self._grammar.left_of(s, first))

    def _named_before(self, s: Sentence, at: int) -> Traveller | None:
        """ "Moscow says it has invited Kabul": the state or body that "it" means."""
        for position in range(at - 1, 0, -1):
            if s.tokens[position].low in _SAYS and position not in s.mention_at:
                found = self.subject(s, position)
                return found[0] if found and found[0].kind in ("government", "organisation") else None
        return None

    def principal(self, s: Sentence, first: int, speakers: list[Traveller]) -> list[Traveller]:
        """ "On behalf of the president, Rao invited", "gave him a letter from the king and on behalf of the latter"."""
        at = next((at for at in range(1, len(s.tokens) - 2) if s.tokens[at].low == "behalf"), None)
        if at is None or s.tokens[at - 1].low != "on" or s.tokens[at + 1].low != "of":
            return []
        mention = s.mention_at.get(at + 2)
        if s.tokens[at + 2].low == "the" and s.tokens[at + 3 : at + 4] and s.tokens[at + 3].low == "latter":
            mention = next((each for each in reversed(s.mentions) if each.last <= at), None)
        found = self._travellers.of_mention(s, mention) if mention is not None else []
        speaking = {one.key for one in speakers}
        return [one for one in found if one.person is not None and one.key not in speaking]

    def whom(self, s: Sentence, first: int) -> list[Traveller]:
        """ "President Mansouri, whom he invited": who stands before the clause whose verb begins at a token."""
        return self._travellers.of_mentions(s, self._grammar.whom_before(s, first))

    def object(self, s: Sentence, at: int, other_than: Sequence[Traveller] = ()) -> tuple[list[Traveller], int]:
        """The object behind a verb, and the token behind it; "him" is somebody `other_than` the subject."""
        for position in range(at, min(len(s.tokens), at + _OBJECT_REACH)):
            if position in s.mention_at:
                return self._somebody_else(s, position, {one.key for one in other_than})
            place = s.tokens[position].place
            if place is not None and place.kind != "demonym":
                last = _place_end(s, position)
                return [self._government(s, position, last)], last
            if s.tokens[position].low == "her" and _is_object(s, position + 1):
                return self._another(s, position, {one.key for one in other_than}), position + 1
            if s.tokens[position].low not in _BEFORE_OBJECT:
                break
        return leaders(s, at)

    def _somebody_else(self, s: Sentence, at: int, keys: set[str]) -> tuple[list[Traveller], int]:
        """ "She telephoned Rao and invited him": not herself, but the one who was named last before."""
        found, behind = self._listed(s, at)
        if s.mention_at[at].kind != "pronoun" or not found or any(one.key not in keys for one in found):
            return found, behind
        return self._another(s, at, keys), behind

    def _another(self, s: Sentence, at: int, keys: set[str]) -> list[Traveller]:
        """Who was named last before a pronoun and is none of these; the subject of the sentence before first."""
        if any(token.low in _UNNAMED for token in s.tokens[:at]):
            return []  # "thanked his host and invited him"
        here = [mention for mention in reversed(s.mentions) if mention.last <= at and mention.kind != "pronoun"]
        near = [(s, mention) for mention in here] + [
            (earlier, mention)
            for earlier in s.before(1)
            for mention in sorted(
                earlier.mentions, key=lambda mention: not (mention.first == 0 or earlier.is_subject(mention))
            )
        ]
        for sentence, mention in near:
            others = self._travellers.of_mention(sentence, mention) if mention.kind != "group" else []
            if others and all(one.key not in keys for one in others):
                return others
        return []

    def owner(self, s: Sentence, at: int) -> list[Traveller]:
        """Whose invitation it is, from the last token before "'s": "the ministry's invitation"."""
        if at < 0:
            return []
        mention = s.mention_at.get(at)
        if mention is not None:
            return self._travellers.of_mention(s, mention)
        if s.tokens[at].place is not None:
            return [self._government(s, _place_begin(s, at), at + 1)]
        body = self._body_ending(s, at)
        return [body] if body is not None else []

    def agent(self, s: Sentence, at: int) -> list[Traveller]:
        """By whom someone "was invited": "by the government of Oman"."""
        for position in range(at, min(len(s.tokens), at + _AGENT_REACH)):
            low = s.tokens[position].low
            if low == "by":
                found = self.behind(s, position, ("by",))
                return found[0] if found is not None else []
            if low in _CLAUSE_ENDS:
                break
        return []

    def behind(self, s: Sentence, at: int, links: tuple[str, ...]) -> tuple[list[Traveller], int] | None:
        """The party behind "of", "from", "by", "to", and the token behind it: "an invitation sent in May by Rao"."""
        tokens, size = s.tokens, len(s.tokens)
        reach = at + 3
        while reach < size and reach - at < 9 and (tokens[reach - 1].low in _MADE or s.is_dated(reach - 1)):
            reach += 1
        for position in range(at, min(size, reach)):
            if position in s.mention_at and tokens[position].low not in _MADE:
                return None
            if tokens[position].low in links:
                start = position + 1
                if start < size and tokens[start].low in _BEFORE_PARTY:
                    start += 1
                while start < size and start not in s.mention_at and tokens[start].low in _BEFORE_COUNTERPARTS:
                    start += 1
                return self._listed(s, start) if start in s.mention_at else self._body_from(s, start)
        return None

    def at(self, s: Sentence, at: int) -> tuple[list[Traveller], int] | None:
        """The party that begins at a token: a person, or a body though it stands in a title ("guest of the Senate")."""
        mention = s.mention_at.get(at)
        if mention is not None and (mention.first == at or mention.kind == "name"):
            return self._listed(s, at)
        return self._body_from(s, at, titled=mention)

    def behind_journey(self, s: Sentence, at: int) -> list[Traveller]:
        """ "An invitation to visit India in May from Minister Rao": who is named behind what one is asked to do."""
        if at + 1 >= len(s.tokens) or s.tokens[at].low != "to" or at + 1 in s.mention_at:
            return []
        for position in range(at + 2, min(len(s.tokens) - 1, at + _AGENT_REACH)):
            low = s.tokens[position].low
            if low in _JOURNEY_ENDS or (position in s.mention_at and s.mention_at[position].kind != "nominal"):
                break
            if low in _BEFORE_PARTY:
                found = self.behind(s, position, ("from", "by"))
                return [one for one in found[0] if one.kind != "government"] if found is not None else []
        return []

    def _listed(self, s: Sentence, at: int) -> tuple[list[Traveller], int]:
        """The people of the list that begins with the mention at a token."""
        group = self._grammar.list_from(s, s.mention_at[at], len(s.tokens))
        while (further := _behind_his_state(s, group[-1].last)) is not None:
            group.append(further)
        return self._travellers.of_mentions(s, group), group[-1].last

    def _government(self, s: Sentence, first: int, last: int) -> Traveller:
        """ "Moscow invited Kabul": the governments, not the cities (hard case 32)."""
        place = s.tokens[first].place
        assert place is not None
        code = self._grammar.code_of(place)
        return Traveller(f"gov:{code}", s.words(first, last), "government", code)

    def _body_ending(self, s: Sentence, at: int) -> Traveller | None:
        """ "The Indonesian Foreign Ministry": the body of which this token is the last word."""
        tokens = s.tokens
        if tokens[at].low not in _BODY and tokens[at].low not in _SIDES:
            return None
        start = at
        while start and (
            tokens[start - 1].cap or tokens[start - 1].place is not None or tokens[start - 1].low in _BODY_WORDS_BEFORE
        ):
            start -= 1
        of_a_state = any(token.place is not None for token in tokens[start:at])
        return _body(s, start, at + 1) if of_a_state or tokens[at].low in _BODY else None

    def _body_from(self, s: Sentence, at: int, titled: Mention | None = None) -> tuple[list[Traveller], int] | None:
        """ "The Ministry of Defence of Oman": a body or a state that begins here (hard case 49)."""
        tokens, size = s.tokens, len(s.tokens)
        end = at
        while end < min(size, at + _BODY_REACH) and s.mention_at.get(end) is titled and _is_body_word(s, end):
            end += 1
        has_body = any(tokens[position].low in _BODY for position in range(at, end))
        while end > at and tokens[end - 1].low in _BODY_ENDS:
            end -= 1
        if end == at:
            return None
        if has_body:
            body = _body(s, at, end)
            return ([body], end) if body is not None else None
        first = at + (tokens[at].low == "the")
        place = tokens[first].place if first < size else None
        if place is None or place.kind == "demonym":
            return None
        last = _place_end(s, first)
        return [self._government(s, first, last)], last


def body_within(s: Sentence, first: int, last: int) -> Traveller | None:
    """The body that these tokens are, if they are one: "the Ministry of Defence of Oman"."""
    return _body(s, first, last) if any(token.low in _BODY for token in s.tokens[first:last]) else None


def _behind_his_state(s: Sentence, at: int) -> Mention | None:
    """ "Mr. Prado of Chile and Dr. Ferraresi of Argentina": the one who follows "of Chile and"."""
    if at + 1 >= len(s.tokens) or s.tokens[at].low != "of" or s.tokens[at + 1].place is None:
        return None
    end = _place_end(s, at + 1)
    mention = s.mention_at.get(end + 1) if end < len(s.tokens) and s.tokens[end].low in ("and", ",") else None
    return mention if mention is not None and mention.kind == "name" and mention.codes else None


def _is_object(s: Sentence, at: int) -> bool:
    """Whether "her" before this token stands for somebody: "invited her to", not "invited her counterpart"."""
    return at >= len(s.tokens) or s.tokens[at].low in _BEHIND_OBJECT or s.is_dated(at)


def _before_aside(s: Sentence, at: int) -> int:
    """ "Rwanda, which left the bloc in 2007, was": the token before the aside that the comma closes."""
    for back in range(at - 1, max(0, at - _ASIDE_REACH), -1):
        if s.tokens[back].low == ",":
            opens = s.tokens[back + 1].low in _ASIDE_OPENERS and s.tokens[back - 1].place is not None
            return back - 1 if opens else at
    return at


def _is_body_word(s: Sentence, at: int) -> bool:
    token = s.tokens[at]
    return token.cap or token.place is not None or token.low in _BODY_WORDS or token.low in _BODY


def _body(s: Sentence, first: int, last: int) -> Traveller | None:
    """A body by its words, of the state that they name first."""
    while first < last and s.tokens[first].low in _BODY_OPENERS:
        first += 1
    if first >= last:
        return None
    places = (s.tokens[at].place for at in range(first, last))
    country = next((place.codes[0] for place in places if place is not None), None)
    name = s.words(first, last)
    return Traveller(f"body:{name.lower()}", name, "organisation", country)


def _place_begin(s: Sentence, at: int) -> int:
    """The first token of the place to which this token belongs."""
    start = at
    while start and s.tokens[start - 1].place is s.tokens[at].place:
        start -= 1
    return start


def _place_end(s: Sentence, at: int) -> int:
    """The token behind the place to which this token belongs."""
    last = at
    while last < len(s.tokens) and s.tokens[last].place is s.tokens[at].place:
        last += 1
    return last
