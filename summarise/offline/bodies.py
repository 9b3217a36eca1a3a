"""What a title is of: "of Solid Minerals Development", "for Foreign Affairs of Malawi", "to North Korea"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from summarise.judge.places import PlaceMention
from summarise.offline.lexicon import HEADS, HONORIFICS, MODIFIERS, NOT_NAMES, PRIVATE_BODIES, words
from summarise.offline.nouns import Title
from summarise.offline.tokens import Token

TAIL_WORDS: Final = words("""
    foreign affairs state defence defense trade interior finance the and of for commerce education health justice
    culture labour labor energy agriculture economy economic relations parliament national industry tourism transport
    home security development cooperation staff government armed forces council international religious ruling
    communist party central committee lower upper house chamber senate assembly public works mines oil information
    church country republic kingdom peace climate human rights refugees north south middle east african european
    """)
PLAIN_BODIES: Final = words("""
    committee commission council department ministry office agency bureau parliament party government organization
    organisation delegation capital city protocol body bloc assembly senate head ruling
    """)
"""May be the body of a title without a capital: "the head of the delegation", "Mayor of the capital"."""

POSSESSIVES: Final = words("'s ' ’")

_LONGEST_BODY = 14  # tokens
_TO_HEADS: Final = words("""
    ambassador envoy adviser advisor representative commissioner counsellor consul delegate emissary negotiator
    ambassadors chargé charge
    """)
_ON_HEADS: Final = words("envoy adviser advisor representative commissioner")
_AT_HEADS: Final = _ON_HEADS | words("ambassador minister secretary consul")
_IN_HEADS: Final = words("ambassador commissioner consul mediator counterpart")
_IN_CHARGE: Final = words("minister secretary commissioner councillor deputy official")
_SPOKEN_OF_PLAINLY: Final = words(
    "minister secretary secretary-general ambassador envoy governor commissioner speaker mediator coordinator"
)
_BODY_LINKS: Final = words("the and of for & , his her its that this their")
BODY_NOUNS: Final = words("""
    minerals resources industries industry welfare liaison fund board trust programme program council assembly
    committee commission party union agency authority organisation organization association service services corps
    office bureau department ministry directorate secretariat administration affairs relations development
    communications fisheries tourism forestry livestock irrigation enterprises investment reform region province
    academy court tribunal congress house representatives front movement league protocol bank corporation
    reconstruction rehabilitation infrastructure innovation heritage diaspora integration employment manpower
    veterans housing nutrition sanitation petroleum electricity wildlife environment sports technology
    telecommunications works aviation shipping ports railways republic federation chamber countries peoples
    """)
"""A run of capitals with one of these in it is a body: "Solid Minerals Development", "Nomadic Education Board"."""

_WITH_OTHERS: Final = words("relations friendship cooperation solidarity liaison exchange exchanges contacts")
""" "Committee for Cultural Relations with Foreign Countries"."""
_NAMERS: Final = words("king queen prince princess general sultan sheikh")
_PLAIN_NOUNS: Final = words("affairs relations policy matters issues security cooperation development services trade")
_LONGEST_RUN = 5  # capitals
_BODY_WORDS: Final = TAIL_WORDS | NOT_NAMES | MODIFIERS | HEADS | PRIVATE_BODIES
_TITULAR: Final = HEADS | MODIFIERS
_TITULAR_PORTFOLIOS: Final = words("justice")
_SONS: Final = words("bin ibn bint al el van von de da dos")
_PORTFOLIO: Final = MODIFIERS | TAIL_WORDS
_CALENDAR: Final = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may_month june july august
    september october november december jan
    """)


class BodyReader:
    """Reads the bodies behind the heads of titles; `begins_title` tells whether another title begins at a token."""

    def __init__(self, tokens: Sequence[Token], begins_title: Callable[[int], bool]) -> None:
        self._tokens = tokens
        self._begins_title = begins_title

    def add(self, title: Title) -> None:
        """Adds "of the Interior", "for Foreign Affairs of Malawi", "to North Korea", "at the Foreign Office"."""
        for _ in range(3):
            link = title.last + self._charge(title)
            if link >= len(self._tokens) or not (link > title.last or self._links(title)):
                return
            end = self._body_end(title, link)
            if end is None:
                return
            title.last, title.bare = end, False

    def _charge(self, title: Title) -> int:
        """ "Minister in charge of Rural Affairs", "Minister Responsible for Trade": how many words lead to the link."""
        low = [token.low for token in self._tokens[title.last : title.last + 3]]
        if title.head not in _IN_CHARGE:
            return 0
        if low == ["in", "charge", "of"]:
            return 2
        return 1 if low[:2] == ["responsible", "for"] else 0

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
        if at + 1 < len(self._tokens) and self._tokens[at + 1].low in _NAMERS:
            return False  # "met the ambassador at King Khalid Airport"
        if link == "in" and head in _IN_HEADS and (place is not None or head == "mediator"):
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
            if place is not None and self._begins_name(position, end):
                break
            if place is not None:
                if link in ("of", "from") or title.head == "counterpart":
                    title.codes = title.codes or place.codes
                position = end = behind_place(tokens, position)
                capital = True
                if place.kind in ("country", "capital"):
                    if further := self._body_behind_state(position):
                        position = end = further
                    elif not self._private_body(position):
                        break
            elif low in _BODY_LINKS or (low == "with" and tokens[position - 1].low in _WITH_OTHERS):
                if not self._goes_on(position):
                    break
                position += 1
            elif self._in_body(position, capital=capital):
                capital = capital or token.cap
                position = end = position + 1
            elif low in POSSESSIVES and end == position:
                position += 1
            else:
                behind_link = position == at + 1 or (
                    position == at + 2 and tokens[at + 1].low == "the" and title.head in _SPOKEN_OF_PLAINLY
                )
                if behind_link and (plain := self._plain_portfolio(position)):
                    end = position + plain
                break
        return end

    def _begins_name(self, at: int, end: int | None) -> bool:
        """ "secretary of state Antony Blinken": a first name that is a city, too, behind a body in small letters."""
        tokens, place = self._tokens, self._tokens[at].place
        plain = end == at and not tokens[at - 1].cap and tokens[at - 1].low in ("state", "affairs")
        return plain and place is not None and place.kind == "city" and at + 1 < len(tokens) and tokens[at + 1].cap

    def _in_body(self, at: int, *, capital: bool) -> bool:
        """Whether a word belongs to a body: a first capital, "Affairs", "Ministry", a word before "of" or "'s"."""
        tokens, token = self._tokens, self._tokens[at]
        low = token.low
        if not token.cap:
            behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
            return low in TAIL_WORDS or low in PLAIN_BODIES or (behind in _PLAIN_NOUNS and low.isalpha())
        if low in HONORIFICS or low in _CALENDAR or self._behind_head_of_state(at):
            return False
        if low in _BODY_WORDS or not capital or tokens[at - 1].low == "and" or self._run_of_body(at):
            return True
        behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
        return behind in POSSESSIVES or behind in ("of", "for", "and")

    def _behind_head_of_state(self, at: int) -> bool:
        """ "press secretary of the head of state Natalya Petkun": the name begins here."""
        low = [token.low for token in self._tokens[max(0, at - 3) : at]]
        return low in (["head", "of", "state"], ["head", "of", "government"])

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
        of_councils = behind.low == "ministers" and tokens[at - 1].low == "state"  # "Councils of State and Ministers"
        if behind.cap and (of_councils or behind.low in _TITULAR_PORTFOLIOS):
            return True
        return (behind.cap or behind.low in TAIL_WORDS) and not self._begins_title(at + 1)

    def _run_of_body(self, at: int) -> bool:
        """Whether the capitals here name a body: "Board" is among them, or it is one word before ", Mr. Sow"."""
        end = self._run(at)
        if any(token.low in BODY_NOUNS for token in self._tokens[at:end]):
            return True
        return end == at + 1 and self._named_behind(end)

    def _run(self, at: int) -> int:
        """Token behind a run of capitals, honours and places left out: "Supreme People's Assembly"."""
        tokens, end = self._tokens, at
        for position in range(at, min(len(tokens), at + _LONGEST_RUN)):
            token = tokens[position]
            if token.cap and token.low not in HONORIFICS:
                end = position + 1
            elif token.low not in POSSESSIVES or position != end or end == at:
                break
        return end

    def _named_behind(self, at: int) -> bool:
        """Whether a comma and a name stand here: ", Mr. Sow", ", Ama Sow" (of two words, and no other's title)."""
        tokens = self._tokens
        if at + 2 >= len(tokens) or tokens[at].low != "," or not tokens[at + 1].cap:
            return False
        if tokens[at + 1].low in HONORIFICS:
            return True
        joined = tokens[at + 2].cap or tokens[at + 2].low in _SONS
        return joined and not any(t.place or t.low in _TITULAR for t in tokens[at + 1 : at + 3])

    def _body_behind_state(self, at: int) -> int:
        """Token behind "House" in "of the Cyprus House of Representatives"; 0 if a state's name does not go on."""
        tokens = self._tokens
        begin = at + (at < len(tokens) and tokens[at].low in POSSESSIVES)
        end = self._run(begin) if begin < len(tokens) and tokens[begin].place is None else begin
        nouns = [position for position in range(begin, end) if tokens[position].low in BODY_NOUNS]
        if nouns:
            return nouns[-1] + 1
        return end if end > begin and tokens[at - 2].low == "the" and self._named_behind(end) else 0

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
