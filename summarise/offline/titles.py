"""Title phrases: "Omani Deputy Prime Minister for Defence Affairs", "the head of the African Union commission".

A title is what stands before its head, the head ("minister") and what it is of. What it is worth, `offices` knows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from summarise.judge.places import PlaceMention
from summarise.offline.lexicon import DETERMINERS, HEADS, HONORIFICS, MODIFIERS, NOT_NAMES, PRIVATE_BODIES, words
from summarise.offline.names import NameReader
from summarise.offline.nouns import Title
from summarise.offline.tokens import Token

TAIL_WORDS: Final = words("""
    foreign affairs state defence defense trade interior finance the and of for commerce education health justice
    culture labour labor energy agriculture economy economic relations parliament national industry tourism transport
    home security development cooperation staff government armed forces council international religious ruling
    communist party central committee lower upper house chamber senate assembly public works mines oil information
    church country republic kingdom peace climate human rights refugees north south middle east african european
    """)
POSSESSIVES: Final = words("'s ' ’")

_REACH = 12  # tokens from the first word of a title to its head
_LONGEST_BODY = 14  # tokens
_TO_HEADS: Final = words("""
    ambassador envoy adviser advisor representative commissioner counsellor consul delegate emissary negotiator
    ambassadors chargé charge
    """)
_ON_HEADS: Final = words("envoy adviser advisor representative commissioner")
_AT_HEADS: Final = _ON_HEADS | words("ambassador minister secretary consul")
_IN_HEADS: Final = words("ambassador commissioner consul")
_PREFIXES: Final = ("vice-", "deputy-", "ex-", "then-", "former-")
_ORIGINS: Final = ("-based", "-born", "-backed", "-year-old")
_BEFORE_A_NAME: Final = words("king queen prince princess sheikh emir general chief justice")
_SECOND_HEADS: Final = words("general designate elect plenipotentiary extraordinary")
_BODY_LINKS: Final = words("the and of & , his her its that this their")
_BODY_WORDS: Final = TAIL_WORDS | NOT_NAMES | MODIFIERS | HEADS | PRIVATE_BODIES
_BETWEEN: Final = MODIFIERS | POSSESSIVES | words("and &")
_PORTFOLIO: Final = MODIFIERS | TAIL_WORDS
_CALENDAR: Final = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may_month june july august
    september october november december
    """)
_COMMON_WORDS: Final = words(
    "member major general head chief chair justice deputy colleague colleagues captain judge princes"
)


class _Core(NamedTuple):
    """A title up to its head."""

    head: int
    codes: tuple[str, ...]
    bare: bool


class TitleReader:
    """Finds titles in one sentence."""

    def __init__(self, tokens: Sequence[Token], names: NameReader) -> None:
        self._tokens = tokens
        self._names = names
        self._heads = [at for at, token in enumerate(tokens) if token.low in HEADS]

    def title(self, at: int, *, owned: bool = False) -> Title | None:
        """The title that begins here; `owned` behind "his", "their", where any head is a title ("his deputy")."""
        core = self._core(at, owned=owned)
        if core is None:
            return None
        tokens, last = self._tokens, core.head + 1
        if last < len(tokens) and tokens[last].low in _SECOND_HEADS:  # "secretary general", "president elect"
            last += 1
        title = Title(at, last, tokens[core.head].low, core.codes, None, core.bare)
        if not (title.head in _BEFORE_A_NAME and self._names.begins_name(last)):
            self._tail(title)
        return title

    def begins_title(self, at: int) -> bool:
        """Whether a title begins here."""
        return self._core(at) is not None

    # --------------------------------------------------------------------------------------------------- up to the head

    def _core(self, at: int, *, owned: bool = False) -> _Core | None:
        """The title that begins here up to its last head; a common word such as "member" must be of a body."""
        tokens, heads = self._tokens, self._heads
        after = bisect_left(heads, at)
        if after == len(heads) or heads[after] >= at + _REACH:
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
        return core._replace(head=head)

    def _before_head(self, at: int) -> _Core | None:
        """Reads up to the first head; None if a word stands before it that is no part of a title."""
        tokens = self._tokens
        codes: tuple[str, ...] = ()
        bare = True
        position, limit = at, min(len(tokens), at + _REACH)
        while position < limit:
            token = tokens[position]
            low = token.low
            if low in HEADS and not (low in MODIFIERS and self._near_head(position)):  # "chief negotiator"
                return _Core(position, codes, bare)
            if token.place is not None:
                if token.place.kind == "city" and not self._near_head(position):
                    return None
                codes, bare = codes or token.place.codes, False
                position = behind_place(tokens, position)
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
            and before.place is None
            and behind.cap
            and not (low == "," and behind.place is not None)
            and self._near_head(at + 1)
        )

    def _qualifies(self, at: int, begin: int, codes: tuple[str, ...]) -> bool:
        """ "Chilean copper minister", "London-based envoy": small words that may stand before a head."""
        tokens, token = self._tokens, self._tokens[at]
        if codes and not token.cap and token.low.isalpha() and at + 1 < len(tokens) and tokens[at + 1].low in HEADS:
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
        at += 1 + (tokens[at + 1].low in DETERMINERS)
        return at < len(tokens) and tokens[at].cap

    # ---------------------------------------------------------------------------------------------------- what it is of

    def _tail(self, title: Title) -> None:
        """Adds "of the Interior", "for Foreign Affairs of Malawi", "to North Korea", "at the Foreign Office"."""
        for _ in range(3):
            if title.last >= len(self._tokens) or not self._links(title):
                return
            end = self._body_end(title, title.last)
            if end is None:
                return
            title.last, title.bare = end, False

    def _links(self, title: Title) -> bool:
        """Whether the word behind a title joins it to a body: "of" any, "to" for an envoy, "at" for who is posted."""
        at, head = title.last, title.head
        link = self._tokens[at].low
        if link in ("of", "for"):
            return True
        if link == "to":
            return head in _TO_HEADS
        if link == "from":
            return head in ("guest", "visitor") and place_behind_the(self._tokens, at + 1) is not None
        if link not in ("in", "at", "on") or head not in _AT_HEADS:
            return False
        place = place_behind_the(self._tokens, at + 1)
        if link == "in" and head in _IN_HEADS and place is not None:
            return True
        if (link != "at" and head not in _ON_HEADS) or (place is not None and place.kind != "government"):
            return False
        return not (at + 1 < len(self._tokens) and self._tokens[at + 1].low in _CALENDAR)

    def _body_end(self, title: Title, at: int) -> int | None:
        """Token behind the body that follows the link at `at`; None if none does. Notes its state in the title."""
        tokens, link = self._tokens, self._tokens[at].low
        end: int | None = None
        capital = False
        position, limit = at + 1, min(len(tokens), at + _LONGEST_BODY)
        while position < limit:
            token = tokens[position]
            low, place = token.low, token.place
            if place is not None:
                if link in ("of", "from"):
                    title.codes = title.codes or place.codes
                position = end = behind_place(tokens, position)
                capital = True
                if place.kind in ("country", "capital") and not self._private_body(position):
                    break
            elif low in _BODY_LINKS:
                if not self._goes_on(position):
                    break
                position += 1
            elif self._in_body(position, capital=capital):
                capital = capital or token.cap
                position = end = position + 1
            elif low in POSSESSIVES and end == position:
                position += 1
            else:
                if position == at + 1 and (plain := self._plain_portfolio(position)):
                    end = position + plain
                break
        return end

    def _in_body(self, at: int, *, capital: bool) -> bool:
        """Whether a word belongs to a body: a first capital, "Affairs", "Ministry", a word before "of" or "'s"."""
        tokens, token = self._tokens, self._tokens[at]
        low = token.low
        if not token.cap:
            return low in TAIL_WORDS
        if low in HONORIFICS:
            return False
        if low in _BODY_WORDS or not capital or tokens[at - 1].low == "and":
            return True
        behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
        return behind in POSSESSIVES or behind in ("of", "for", "and")

    def _goes_on(self, at: int) -> bool:
        """Whether a comma or an "and" joins portfolios ("Mines, Energy and Water"), and not two persons."""
        tokens, low = self._tokens, self._tokens[at].low
        if low not in (",", "and"):
            return True
        if at + 1 >= len(tokens):
            return False
        behind = tokens[at + 1]
        if low == ",":
            return behind.cap and self._listed_portfolio(at + 1)
        return (behind.cap or behind.low in TAIL_WORDS) and not self.begins_title(at + 1)

    def _private_body(self, at: int) -> bool:
        """ "head of the Rwanda Manufacturers Association": whether the state's name goes on as a private body's."""
        return any(token.cap and token.low in PRIVATE_BODIES for token in self._tokens[at : at + 4])

    def _plain_portfolio(self, at: int) -> int:
        """ "minister of river transport, Alphonse Itoua": how many plain words lead to the comma and the name."""
        tokens = self._tokens
        for count in range(1, 5):
            mark = at + count
            if mark + 1 >= len(tokens) or tokens[mark - 1].cap or not tokens[mark - 1].low.isalpha():
                return 0
            if tokens[mark].low == ",":
                return count if tokens[mark + 1].cap else 0
        return 0

    def _listed_portfolio(self, at: int) -> bool:
        """ "Minister of Mines, Energy and Water": whether an "and" and a capital follow."""
        tokens = self._tokens
        return (
            at + 2 < len(tokens)
            and tokens[at].low in _PORTFOLIO
            and tokens[at + 1].low in ("and", ",", "&")
            and tokens[at + 2].cap
        )


def behind_place(tokens: Sequence[Token], at: int) -> int:
    """The token behind the place that stands here."""
    place = tokens[at].place
    while at < len(tokens) and tokens[at].place is place:
        at += 1
    return at


def place_behind_the(tokens: Sequence[Token], at: int) -> PlaceMention | None:
    """The place here, "the" before it or not."""
    at += at < len(tokens) and tokens[at].low == "the"
    return tokens[at].place if at < len(tokens) else None
