"""Title phrases: "Omani Deputy Prime Minister for Defence Affairs", "the head of the African Union commission".

A title is what stands before its head, the head ("minister") and what it is of. What it is worth, `offices` knows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from summarise.offline.bodies import BODY_NOUNS, PLAIN_BODIES, POSSESSIVES, TAIL_WORDS, BodyReader, behind_place
from summarise.offline.lexicon import DETERMINERS, HEADS, HONORIFICS, MODIFIERS, NOT_NAMES, PREPOSITIONS, words
from summarise.offline.names import NameReader
from summarise.offline.nouns import Title
from summarise.offline.statesmen import are_of_one_name
from summarise.offline.tokens import Token
from summarise.offline.verbs import FORMS

_REACH = 12  # tokens from the first word of a title to its head
_CLUBS: Final = words("real atletico atlético inter bayern sporting dynamo dinamo olympique club spartak")
_PREFIXES: Final = ("vice-", "deputy-", "ex-", "then-", "former-")
_ORIGINS: Final = ("-based", "-born", "-backed", "-year-old")
_BEFORE_A_NAME: Final = words("king queen prince princess sheikh emir general chief justice")
_SECOND_HEADS: Final = words("general designate elect plenipotentiary extraordinary executive")
PLURAL_HEADS: Final = words(
    "ministers presidents leaders senators ambassadors premiers chancellors governors lawmakers congressmen"
)
_BETWEEN: Final = MODIFIERS | POSSESSIVES | words("and &")
_COMMON_WORDS: Final = words(
    "member major general head chief chair justice deputy colleague colleagues captain judge princes peer"
)


_NO_PORTFOLIOS: Final = (
    DETERMINERS | PREPOSITIONS | frozenset(FORMS) | words("expects awaits says tells urges names appoints wants")
)
""" "Athens the ambassador", "Minsk expects Vice-President": no words of a title."""
_PORTFOLIO_ENDS: Final = ("ion", "ing", "ment", "ies", "ics", "ure", "ity", "ism")


def _is_portfolio(low: str) -> bool:
    """ "Irrigation" in "Irrigation and Power Minister", not "Banda" in "Banda and Foreign Minister Ito"."""
    return low in MODIFIERS or low in TAIL_WORDS or low in BODY_NOUNS or low.endswith(_PORTFOLIO_ENDS)


class _Core(NamedTuple):
    """A title up to its head."""

    head: int
    codes: tuple[str, ...]
    bare: bool
    of_a_city: bool = False


class TitleReader:
    """Finds titles in one sentence."""

    def __init__(self, tokens: Sequence[Token], said: frozenset[str], names: NameReader) -> None:
        self._tokens = tokens
        self._names = names
        self._bodies = BodyReader(tokens, self.begins_title)
        heads = HEADS.intersection(said)
        ladies = "lady" in said
        self._heads = (
            [at for at, token in enumerate(tokens) if token.low in heads or (ladies and self._is_first_lady(at))]
            if heads or ladies
            else []
        )

    def title(self, at: int, *, owned: bool = False) -> Title | None:
        """The title that begins here; `owned` behind "his", "their", where any head is a title ("his deputy")."""
        core = self._core(at, owned=owned) if self._heads else None
        if core is None:
            return None
        tokens, last = self._tokens, core.head + 1
        if last < len(tokens) and tokens[last].low in _SECOND_HEADS:  # "secretary general", "president elect"
            last += 1
        title = Title(at, last, tokens[core.head].low, core.codes, None, core.bare, core.of_a_city)
        if not (title.head in _BEFORE_A_NAME and self._names.begins_name(last)):
            self._bodies.add(title)
        return title

    def begins_title(self, at: int) -> bool:
        """Whether a title begins here."""
        return self._core(at) is not None

    # --------------------------------------------------------------------------------------------------- up to the head

    def _core(self, at: int, *, owned: bool = False) -> _Core | None:
        """The title that begins here up to its last head; a common word such as "member" must be of a body."""
        tokens, heads = self._tokens, self._heads
        after = bisect_left(heads, at)
        if after == len(heads) or heads[after] >= at + _REACH or self._is_statesman(at):
            return None
        core = self._before_head(at)
        if core is None:
            return None
        head = core.head
        while head + 1 < min(len(tokens), at + _REACH) and tokens[head + 1].low in HEADS:  # "minister counsellor"
            head += 1
        common = head == at and not owned and not tokens[head].cap and tokens[head].low in _COMMON_WORDS
        if common and not self._of_a_body(head + 1):
            return None
        if head + 1 < len(tokens) and tokens[head + 1].low in ("league", "liga"):
            return None  # "Premier League"
        if head == at and tokens[at].low == "general" and head + 1 < len(tokens):
            behind = tokens[head + 1]
            if behind.cap and behind.low in NOT_NAMES:
                return None  # "General Assembly"
        return core._replace(head=head)

    def _is_first_lady(self, at: int) -> bool:
        return self._tokens[at].low == "lady" and at > 0 and self._tokens[at - 1].low == "first"

    def _is_statesman(self, at: int) -> bool:
        """ "John Major", "Julie Bishop": no major and no bishop."""
        tokens = self._tokens
        return at + 1 < len(tokens) and tokens[at + 1].cap and are_of_one_name(tokens[at].low, tokens[at + 1].low)

    def _before_head(self, at: int) -> _Core | None:
        """Reads up to the first head; None if a word stands before it that is no part of a title."""
        tokens = self._tokens
        codes: tuple[str, ...] = ()
        bare, of_a_city = True, False
        position, limit = at, min(len(tokens), at + _REACH)
        while position < limit:
            token = tokens[position]
            low = token.low
            if (low in HEADS or self._is_first_lady(position)) and not (
                low in MODIFIERS and self._near_head(position)
            ):  # "chief negotiator"
                return _Core(position, codes, bare, of_a_city)
            if token.place is not None:
                if token.place.kind == "city" and not self._near_head(position):
                    return None
                codes, bare = codes or token.place.codes, False
                of_a_city = of_a_city or token.place.kind == "city" or tokens[max(0, position - 1)].low in _CLUBS
                position = behind_place(tokens, position)
                if position < len(tokens) and tokens[position].low == "and" and token.place.kind != "demonym":
                    return None  # "in London and President de Gaulle"
                position += position < len(tokens) and tokens[position].low in POSSESSIVES
                continue
            if not self._modifies(position, at):
                named = position > at if low in NOT_NAMES else low not in HONORIFICS
                if token.cap and named and self._near_head(position):
                    bare = False  # "Fatah leader"
                elif not self._qualifies(position, at, codes):
                    return None
            position += 1
        return None

    def _modifies(self, at: int, begin: int) -> bool:
        """ "Deputy" in "Deputy Prime Minister", "and" in "Trade and Industry Minister"."""
        tokens, low = self._tokens, self._tokens[at].low
        if low in MODIFIERS or low.startswith(_PREFIXES):
            return True
        if low not in ("and", "&", ",") or at == begin or at + 1 >= len(tokens):
            return False
        before, behind = tokens[at - 1], tokens[at + 1]
        return (
            before.cap
            and (at > begin + 1 or _is_portfolio(before.low))
            and before.place is None
            and behind.cap
            and not (low == "," and behind.place is not None)
            and self._near_head(at + 1)
        )

    def _qualifies(self, at: int, begin: int, codes: tuple[str, ...]) -> bool:
        """ "Chilean copper minister", "London-based envoy": small words that may stand before a head."""
        tokens, token = self._tokens, self._tokens[at]
        plain = token.low.isalpha() and token.low not in _NO_PORTFOLIOS
        if codes and not token.cap and plain and at + 1 < len(tokens) and tokens[at + 1].low in HEADS:
            return True
        return token.low.endswith(_ORIGINS) and at < begin + 4

    def _near_head(self, position: int) -> bool:
        """Whether a head follows within four tokens, all of which could be part of a title."""
        tokens, heads = self._tokens, self._heads
        after = bisect_left(heads, position + 1)
        if after == len(heads) or heads[after] > position + 4:
            return False
        between = tokens[position + 1 : heads[after]]
        return all(token.cap or token.place is not None or token.low in _BETWEEN for token in between)

    def _of_a_body(self, at: int) -> bool:
        """ "the head of the African Union commission": a common word that is a title here."""
        tokens = self._tokens
        if at + 2 >= len(tokens) or tokens[at].low != "of":
            return False
        if tokens[at - 1].low == "head" and tokens[at + 1].low in ("state", "government"):
            return True
        at += 1 + (tokens[at + 1].low in DETERMINERS)
        return at < len(tokens) and (tokens[at].cap or tokens[at].low in PLAIN_BODIES)
