"""Names of persons: "Mr. Luiz Inácio Lula da Silva", "[Sergey] Lavrov"; what looks like one and is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from summarise.offline.honours import article_before, honour_length
from summarise.offline.lexicon import (
    HEADS,
    HONORIFICS,
    MODIFIERS,
    NOT_NAMES,
    PARTICLES,
    PRIVATE_BODIES,
    SUFFIXES,
    words,
)
from summarise.offline.statesmen import are_of_one_name
from summarise.offline.tokens import Token
from summarise.offline.verbs import FORMS

_LONGEST = 7  # words
_SMALL_NAMES: Final = words("to an no so do")
_FACILITIES: Final = words("""
    airport palace university hospital stadium street road avenue highway square bridge hotel hall house mosque church
    cathedral college school centre center institute museum foundation award prize accord agreement plan report
    doctrine administration government market port base barracks memorial monument park garden gardens tower dam
    canal river island islands bay strait peninsula bank company corporation ministry party forum summit conference
    convention confederation council commission committee news times post herald journal agency images
    """)
_HERALDS: Final = words("""
    chief general justice senator comrade prince princess king queen sheikh imam ayatollah bishop cardinal lama major
    captain judge lord lady
    """)
_WATERS: Final = words("sea ocean river lake gulf coast mountains mountain peninsula")
_CROWNED: Final = words(
    "king queen prince princess emperor empress sultan sheikh emir shah mr mrs ms president premier chancellor minister"
)
_SONS: Final = words("bin ibn bint binti")
_BEFORE_FACILITY: Final = words("international national teaching general memorial central technical air regional city")
_QUOTES: Final = words('“ ” " ‘ ’')
_MONTHS: Final = words("jan mar april june august may_month")
_TITLED: Final = HEADS | HONORIFICS
_NO_FIRST_NAMES: Final = NOT_NAMES | MODIFIERS
_NO_SURNAMES: Final = NOT_NAMES | HEADS | MODIFIERS | HONORIFICS
_RANKS_AS_SURNAMES: Final = words("major king bishop judge pope prince marshal")
_ARTICLES: Final = words("al el as an ad ul")
_INITIAL: Final = re.compile(r"[A-Z]\.")
_INITIAL_WORDS: Final = words("a i")


class Name(NamedTuple):
    """A name at tokens `first` to `last` (exclusive), and the honorific before it."""

    first: int
    last: int
    honorific: str


class NameReader:
    """Finds names in one sentence."""

    def __init__(self, tokens: Sequence[Token], *, trust_capitals: bool = True) -> None:
        self._tokens = tokens
        self._trust_capitals = trust_capitals  # not in a headline whose every word has a capital

    def name(self, at: int, *, apposed: bool = False) -> Name | None:
        """The name that begins here. One behind a comma has two words or an honorific: "the chief, Luiz da Silva"."""
        if not self._trust_capitals:
            return None
        tokens = self._tokens
        first, honorific = self._honorific(at)
        titled = first > 0 and tokens[first - 1].cap and tokens[first - 1].low in HEADS  # "President de Gaulle"
        last, count = self._words(first, led=apposed or bool(honorific) or titled)
        if last == first or (apposed and count < 2 and not honorific):
            return None
        ending = tokens[last - 1].low
        if (count == 1 and ending in SUFFIXES) or (count > 1 and ending in _FACILITIES) or ending in PRIVATE_BODIES:
            return None  # "Juba Teaching Hospital", "Barclays Bank"
        if last < len(tokens) and tokens[last].cap and tokens[last].low in _WATERS:
            return None  # "Russia's Black Sea resort"
        if self._goes_on_as_facility(last):
            return None  # "Mandela Square", "Khalid International Airport"
        return Name(first, last, honorific)

    def names_a_facility(self, at: int) -> bool:
        """ "(King) Khalid International Airport": a place that bears a name."""
        last, count = self._words(at, led=False)
        return count > 0 and (self._goes_on_as_facility(last) or self._tokens[last - 1].low in _FACILITIES)

    def _goes_on_as_facility(self, at: int) -> bool:
        tokens, size = self._tokens, len(self._tokens)
        while at < size and tokens[at].cap and tokens[at].low in _BEFORE_FACILITY:
            at += 1
        return at < size and tokens[at].cap and tokens[at].low in _FACILITIES

    def begins_name(self, at: int) -> bool:
        """Whether a name could begin here, places included: "King Jordan"."""
        return at < len(self._tokens) and self._tokens[at].cap and self._tokens[at].low not in _NO_FIRST_NAMES

    def _honorific(self, at: int) -> tuple[int, str]:
        """Where the name begins behind "Mr.", "Sheikh", "Lt. Gen."; and the first of these words."""
        tokens, size = self._tokens, len(self._tokens)
        first_word = ""
        at += article_before(tokens, at)
        while at < size and (tokens[at].cap or tokens[at].low == "("):
            low = tokens[at].low
            if length := honour_length(tokens, at):
                first_word = first_word or tokens[at + (low == "(")].low
                at += length
                continue
            if low not in HONORIFICS and not (low in _HERALDS and self._name_word(at + 1)):
                break
            if at + 1 < size and not (tokens[at + 1].cap or tokens[at + 1].low in ("[", "(")):
                break
            first_word = first_word or low
            at += 1
        return at, first_word

    def _words(self, first: int, *, led: bool) -> tuple[int, int]:
        """Token behind the last word of a name, and how many words it has. `led`: it may begin with "de", "van"."""
        tokens, size = self._tokens, len(self._tokens)
        position, last, count = first, first, 0
        while position < size and count < _LONGEST:
            if self._name_word(position, inside=count > 0):
                position += 1
            elif self._bracketed(position) or (count and self._nickname(position)):
                position += 3
            elif self._particle(position, inside=count > 0, led=led):
                position += 1
                continue
            else:
                if (
                    count
                    and tokens[position].low == ","
                    and position + 1 < size
                    and tokens[position + 1].low in SUFFIXES
                ):
                    last = position + 2  # "Jone Vula, Jr."
                break
            last = position
            count += 1
        return last, count

    def _bracketed(self, at: int) -> bool:
        """ "[Sergey] Lavrov": what an editor has put in."""
        tokens = self._tokens
        return tokens[at].low == "[" and at + 2 < len(tokens) and tokens[at + 2].low == "]" and tokens[at + 1].cap

    def _nickname(self, at: int) -> bool:
        """ "Ramon “Mon” Reyes": what friends call him."""
        tokens = self._tokens
        if tokens[at].low not in _QUOTES or at + 3 >= len(tokens) or tokens[at + 2].low not in _QUOTES:
            return False
        return tokens[at + 1].cap and tokens[at + 3].cap

    def _particle(self, at: int, *, inside: bool, led: bool) -> bool:
        """ "Inácio Lula da Silva", "Mr. de la Cruz": a small word that leads on to a part of the name."""
        tokens = self._tokens
        if tokens[at].low not in PARTICLES:
            return False
        if (inside or led) and self._name_word(at + 1, inside=True):
            return True
        return inside and at + 2 < len(tokens) and tokens[at + 1].low in PARTICLES and tokens[at + 2].cap

    def _name_word(self, at: int, *, inside: bool = False) -> bool:
        """Whether a word can be part of a name; `inside` is behind its first word."""
        tokens = self._tokens
        if at >= len(tokens):
            return False
        token = tokens[at]
        if not token.cap:
            return False
        if _INITIAL.fullmatch(token.text) and self._initials(at, inside=inside):
            return True
        low = token.low
        if inside and tokens[at - 1].low in _SONS:  # "Prince Nayef bin Sultan"
            return True
        if inside and low in _RANKS_AS_SURNAMES:  # "John Major", not "Jordan King Hussein"
            return at + 1 == len(tokens) or not tokens[at + 1].cap
        if (token.place is not None or low in _NO_FIRST_NAMES or low in HEADS) and self._of_a_statesman(at):
            return True
        common = low in NOT_NAMES and not self._month_as_name(at) and not self._small_word_as_name(at)
        if low in HEADS or (low in MODIFIERS and not inside) or common:
            return False
        if not token.text[0].isalpha():
            return False
        if token.place is not None and inside and self._doubled(token):
            return True
        if token.place is not None:
            return self._place_as_name(at, inside=inside)
        return inside or len(token.text) < 5 or not token.text.isupper()  # "NAIROBI": a dateline

    def _of_a_statesman(self, at: int) -> bool:
        """ "George Bush", "William Hague", "Christian Herter": words that are places or common ones elsewhere."""
        tokens, low = self._tokens, self._tokens[at].low
        if at + 1 < len(tokens) and tokens[at + 1].cap and are_of_one_name(low, tokens[at + 1].low):
            return True
        return at > 0 and tokens[at - 1].cap and are_of_one_name(tokens[at - 1].low, low)

    def _initials(self, at: int, *, inside: bool) -> bool:
        """ "James A. Baker", "A. M. Rosenthal": an initial before a part of a name."""
        tokens = self._tokens
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        if behind is None or not behind.cap or behind.low in _NO_SURNAMES - _INITIAL_WORDS:
            return False
        return inside or _INITIAL.fullmatch(behind.text) is not None

    def _doubled(self, token: Token) -> bool:
        """ "Levi Mulenga-Banda": a surname of two, one of which is a place too."""
        place = token.place
        if place is None or token.end - token.start <= place.end - place.start:
            return False
        first, *others = token.text.split("-")
        article = first.lower() in _ARTICLES and bool(others)  # "Sheikh Sabah al-Ahmad al-Sabah"
        return (article or first[:1].isupper()) and all(part[:1].isupper() for part in others)

    def _small_word_as_name(self, at: int) -> bool:
        """ "President To Lam", not the headline "President To Visit Lima"."""
        tokens = self._tokens
        if not 0 < at < len(tokens) - 1 or tokens[at].low not in _SMALL_NAMES or tokens[at - 1].low not in _TITLED:
            return False
        behind = tokens[at + 1]
        return behind.cap and behind.place is None and behind.low not in NOT_NAMES and behind.low not in FORMS

    def _month_as_name(self, at: int) -> bool:
        """ "King Jan", "Mr. June Park": a month behind a title is a name (hard case 61)."""
        tokens = self._tokens
        if not at or tokens[at].low not in _MONTHS:
            return False
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        if tokens[at - 1].low in _TITLED:
            return behind is None or not behind.low.isdigit()
        titled = tokens[at - 1].cap and tokens[at - 1].low in ("affairs", "defence", "defense", "trade", "finance")
        return titled and behind is not None and behind.cap and behind.low not in NOT_NAMES

    def _place_as_name(self, at: int, *, inside: bool) -> bool:
        """ "Vladimir" in "Vladimir Putin" is no city; "Jordan" in "President Jordan Hale" no kingdom."""
        tokens, token = self._tokens, self._tokens[at]
        place = token.place
        if (
            place is None
            or place.kind in ("demonym", "government")
            or token.end - token.start != place.end - place.start
        ):
            return False
        follower = tokens[at + 1] if at + 1 < len(tokens) else None
        goes_on = (
            follower is not None
            and follower.cap
            and follower.place is None
            and follower.low not in _NO_SURNAMES
            and follower.start - token.end == 1
        )
        if place.kind in ("country", "capital", "region"):
            return goes_on and at > 0 and tokens[at - 1].low in _TITLED
        crowned = at > 0 and tokens[at - 1].cap and tokens[at - 1].low in _CROWNED  # "King Hassan", "President Bush"
        return goes_on or inside or crowned
