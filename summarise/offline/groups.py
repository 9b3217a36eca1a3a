"""Groups that travel: "a 12-member delegation from Chad", "an IMF mission", "leaders of 30 states"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from summarise.judge.places import PlaceMention
from summarise.offline.bodies import TAIL_WORDS, behind_place
from summarise.offline.lexicon import DETERMINERS, HEADS, HONORIFICS, MODIFIERS, words
from summarise.offline.names import NameReader
from summarise.offline.nouns import Mention
from summarise.offline.tokens import Token

PLURAL_TITLES: Final = words("""
    envoys ministers presidents leaders lawmakers parliamentarians legislators ambassadors premiers diplomats
    negotiators senators congressmen mps emissaries commissioners secretaries kings chancellors representatives
    mediators
    """)
GROUP_HEADS: Final = PLURAL_TITLES | words("delegation delegations mission team teams entourage guests visitors")

_REACH = 9  # tokens from the first word of a group to its head
_NO_TRAVELLERS: Final = words("""
    rescue medical football cricket trade-union soccer rugby relay search observer technical sports negotiating cabinet
    """)
"""A rescue team or a football team is no diplomat's (hard case 41)."""
_SIZES: Final = ("-member", "-man", "-strong", "-person", "-level", "-party", "-nation")
_BEFORE_HEAD: Final = MODIFIERS | words("'s and of large small joint heads state other business dozen a")
_BODIES: Final = words("""
    soviet bureau chamber house lords commons tribunal court fund
    ministry government parliament assembly senate congress bundestag duma knesset majlis diet sejm rada storting
    folketing riksdag council commission union party department office bank committee
    fund agency nations organization organisation institute society chamber federation association league front
    """)
_IN_BODY: Final = TAIL_WORDS | words("'s its ' ’")
_WITH_OTHERS: Final = words("friendship relations cooperation solidarity")
_SPORTS: Final = words(
    "football soccer rugby cricket athletic athletics olympic sports volleyball basketball chess tennis"
)
_TWO_KOREAS: Final = frozenset(("KOR", "PRK"))
_NO_END: Final = words("of and the 's for")
_TITLES: Final = HEADS - MODIFIERS
_STATES: Final = words("states countries nations members governments")
_COUNTED: Final = _STATES | DETERMINERS | MODIFIERS


_ANY_HEADS: Final = GROUP_HEADS | {"heads"}


class GroupReader:
    """Finds groups in one sentence."""

    def __init__(self, tokens: Sequence[Token], said: frozenset[str], names: NameReader) -> None:
        self._tokens = tokens
        self._names = names
        self.any = not _ANY_HEADS.isdisjoint(said)
        """Whether a sentence may speak of groups at all."""
        self._heads = [at for at, token in enumerate(tokens) if token.low in GROUP_HEADS] if self.any else []

    def group(self, at: int) -> Mention | None:
        """The group that begins here (hard cases 28, 39 and 40)."""
        end = self._heads_of_state(at)
        if end:
            return Mention("group", at, end, honorific="leaders+")
        determiner = self._tokens[at].low if self._tokens[at].low in DETERMINERS else ""
        found = self._up_to_head(at + bool(determiner))
        if found is None:
            return None
        head, codes, told = found
        word = self._tokens[head].low
        if word in PLURAL_TITLES:
            last, codes, members = self._leaders_of(head + 1, codes)
            if self._names.name(last) is not None and self._tokens[last].cap:
                return None  # "Presidents Ito and Rao": two names
        else:
            last, codes, members = self._delegation_of(head + 1, codes)
        return Mention(
            "group",
            at,
            last,
            honorific=word + ("+" if told or members else ""),
            determiner=determiner,
            codes=tuple(dict.fromkeys(codes)),
        )

    def _heads_of_state(self, at: int) -> int:
        """Token behind "heads of state and government"; 0 if it does not stand here."""
        low = [token.low for token in self._tokens[at : at + 5]]
        if low[:2] != ["heads", "of"] or low[2:3] not in (["state"], ["government"]):
            return 0
        return at + (5 if low[3:] == ["and", "government"] else 3)

    def _up_to_head(self, begin: int) -> tuple[int, list[str], bool] | None:
        """The head of a group that begins here, the states before it, and whether a body's name stands before it."""
        tokens, limit = self._tokens, min(len(self._tokens), begin + _REACH)
        after = bisect_left(self._heads, begin)
        if after == len(self._heads) or self._heads[after] >= limit:
            return None
        codes: list[str] = []
        told = False
        position = begin
        while position < limit:
            token = tokens[position]
            low = token.low
            if low in GROUP_HEADS:
                return position, codes, told
            if self._of_a_person(position, begin):
                return None
            if token.place is not None:
                codes.append(token.place.codes[0])
                position = behind_place(tokens, position)
                continue
            if low in _NO_TRAVELLERS or (low == "of" and position == begin):
                return None
            if not (token.cap or low in _BEFORE_HEAD or low.endswith(_SIZES) or low.isdigit()):
                return None
            if token.cap and low != "and" and low not in MODIFIERS:  # "IMF" in "an IMF mission"
                if low in HONORIFICS:
                    return None
                told = True
            position += 1
        return None

    def _of_a_person(self, at: int, begin: int) -> bool:
        """ "Secretary Kabir and a 24-member delegation", "President Ito's team": someone stands before the group."""
        tokens, low = self._tokens, self._tokens[at].low
        if low in ("a", "an") and at > begin and tokens[at - 1].low == "and":
            return True
        return tokens[at].cap and low in _TITLES and self._names.name(at + 1) is not None

    def _leaders_of(self, at: int, codes: list[str]) -> tuple[int, list[str], bool]:
        """ "the foreign ministers of Chile and Peru", "leaders of 30 states": the end, the states, whether told of."""
        tokens, size = self._tokens, len(self._tokens)
        if at + 1 >= size or tokens[at].low not in ("of", "from"):
            return at, codes, False
        end, states = self._states(at + 1)
        if states:
            return end, codes + states, False
        end = at + 1
        while end < min(size, at + 5) and self._counts(end):
            end += 1
        return (end, codes, True) if tokens[end - 1].low in _STATES else (at, codes, False)

    def _counts(self, at: int) -> bool:
        """ "30", "the", "most", "neighbouring" in "leaders of 30 states"."""
        tokens, token = self._tokens, self._tokens[at]
        if token.low in _COUNTED or token.low.isdigit():
            return True
        return not token.cap and token.low.isalpha() and at + 1 < len(tokens) and tokens[at + 1].low in _STATES

    def _delegation_of(self, at: int, codes: list[str]) -> tuple[int, list[str], bool]:
        """ "delegation from Chad", "mission of Saudi investors": the end, the states, whether the members are told."""
        tokens, size = self._tokens, len(self._tokens)
        if at + 1 < size and tokens[at].low in ("of", "from"):
            end, states = self._states(at + 1)
            if states:
                codes = codes + states if tokens[at].low == "from" else codes or states
                at = end
        if at < size and tokens[at].low in ("of", "from"):
            end = self._body(at + 1) or self._people(at + 1)
            if end:
                places = [place.codes[0] for token in tokens[at:end] if (place := token.place) and _is_one_state(place)]
                return end, codes + places[:1], True
        return at, codes, False

    def _people(self, at: int) -> int:
        """Token behind "Saudi investors", "Latvian entrepreneurs"; 0 if none stands here."""
        tokens, size = self._tokens, len(self._tokens)
        place = tokens[at].place if at < size else None
        if place is None or place.kind != "demonym":
            return 0
        at = behind_place(tokens, at)
        return at + 1 if at < size and tokens[at].low.endswith("s") and not tokens[at].cap else 0

    def _body(self, at: int) -> int:
        """Token behind "the Sudanese health ministry", "the Ministry of Agriculture of Hungary"; 0 if none is here."""
        tokens = self._tokens
        end, is_body = at, False
        for token in tokens[at : at + 12]:
            if token.low in _SPORTS:
                return 0
            if token.low in _BODIES:
                is_body = True
            elif token.low == "with" and end > at and tokens[end - 1].low in _WITH_OTHERS:
                pass  # "the Institute of Friendship with the Peoples"
            elif not (token.cap or token.place is not None or token.low in _IN_BODY):
                break
            end += 1
        while end > at and tokens[end - 1].low in _NO_END:
            end -= 1
        return end if is_body else 0

    def _states(self, at: int) -> tuple[int, list[str]]:
        """Where a list of states that begins here ends, and the states."""
        tokens, size = self._tokens, len(self._tokens)
        found: list[str] = []
        last = at
        while at < size:
            token = tokens[at]
            if token.place is not None and token.place.kind != "demonym":
                found.append(token.place.codes[0])
                at = last = behind_place(tokens, at)
            elif token.low in (",", "and", "the") and at + 1 < size:
                at += 1
            else:
                break
        return last, found


def _is_one_state(place: PlaceMention) -> bool:
    """Not so of "Korea": which of the two a party is of, others tell."""
    return not _TWO_KOREAS.issubset(place.codes[:2])
