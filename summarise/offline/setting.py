"""Where an article is written and which states it tells of: what "here", "there" and "at home" can mean in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import Final

from summarise.judge.index import ArticleIndex
from summarise.offline.cast import Cast
from summarise.offline.gatherings import Venue
from summarise.offline.grammar import Grammar
from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence

_PLACES: Final = words("country capital city region")
_PARTS_OF_A_STATE: Final = ("welsh", "scottish", "scotland", "northern ireland", "northern irish")
_SENT_FROM: Final = re.compile(r"(?:From|By|from|by) [^\n]{3,50} in ([A-Z][^\n]{2,30})\s*$")
_HEADED: Final = words("capital city country government")
_HEADER, _HEADER_LINES, _LONGEST_HEADER = 400, 5, 60
_NO_DATE: Final = re.compile(r"[\d,.()/:-]+(?:st|nd|rd|th)?\b|[\d,.()/:-]+")
_DATE_WORDS: Final = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun england
    d c u s uk gmt
    """)
_DASHES: Final = frozenset("-–—:")


class Setting:
    """The states of one article. `here` is that of the dateline, or of the column's item that is being read."""

    def __init__(self, index: ArticleIndex, cast: Cast, here: str | None, venue: Venue | None) -> None:
        self.here = here
        self.home = here or self.named_most(index)[0]
        """Where the article is at home: in the state of its dateline, else in the one that it names most."""
        self.venue = venue
        self._labelled = {
            person.codes[0]
            for person in cast.people
            if person.named and person.codes and person.role != "ambassador" and not person.recognised
            if not any(title.lower().startswith(_PARTS_OF_A_STATE) for title in person.titles)
        }
        self._told_of = frozenset(place.codes[0] for place in index.places if place.kind in _PLACES)
        self._starts = [place.start for place in index.places]
        self._positions: dict[str, list[int]] = {}
        for position, place in enumerate(index.places):
            self._positions.setdefault(place.codes[0], []).append(position)

    @staticmethod
    def named_most(index: ArticleIndex) -> tuple[str | None, int]:
        """The state that an article names most, and how often."""
        counts = Counter(mention.codes[0] for mention in index.places)
        return counts.most_common(1)[0] if counts else (None, 0)

    def is_foreign(self, code: str) -> bool:
        """Whether a state is not the one that the article is written in, as far as it shows."""
        return code != self.here and (code != self.home or self.is_labelled(code))

    def is_labelled(self, code: str) -> bool:
        """Whether a title names the state ("the Ghanaian minister"): an article does not do that with its own,
        ambassadors apart: "appointed Mr. Rahman as the next Ambassador of Bangladesh to Sweden".
        """
        return code in self._labelled

    def is_told_of(self, code: str) -> bool:
        """Whether the article names a place of that state, and not only its people."""
        return code in self._told_of

    def named_last(self, offset: int, own: set[str | None]) -> str | None:
        """The state other than `own` that the text names last before an offset."""
        limit, best, last = bisect_left(self._starts, offset), None, -1
        for code, positions in self._positions.items():
            before = bisect_left(positions, limit)
            if before and positions[before - 1] > last and code not in own:
                best, last = code, positions[before - 1]
        return best


def state_of_dateline(index: ArticleIndex, grammar: Grammar) -> str | None:
    """ "RABAT, May 3 (AFP)": Morocco."""
    if index.article.dateline is None:
        return _state_of_header(index, grammar)
    dateline = index.article.dateline.lower()
    for mention in index.places:
        if index.article.text[mention.start : mention.end].lower() in dateline:
            return grammar.code_of(mention)
    return None


def _state_of_header(index: ArticleIndex, grammar: Grammar) -> str | None:
    """ "Helsinki, Finland", "Buckingham Palace, May 12, 1966" on a line of its own above the text."""
    begin = 0
    for line in index.article.text[:_HEADER].splitlines(keepends=True)[:_HEADER_LINES]:
        end = begin + len(line)
        if (sent := _SENT_FROM.match(line)) is not None:
            told = index.places_between(begin + sent.start(1), end)
            if told and told[0].start == begin + sent.start(1) and told[0].kind in _HEADED:
                return grammar.code_of(told[0])
        bare = line.strip(" \n\r.:")
        places = index.places_between(begin, end) if bare and len(bare) <= _LONGEST_HEADER else ()
        places = [place for place in places if place.kind in _HEADED]
        if places and places[0].start == begin:
            rest = line
            for place in places:
                rest = rest.replace(index.article.text[place.start : place.end], " ")
            if _DATE_WORDS.issuperset(_NO_DATE.sub(" ", rest).lower().split()):
                return grammar.code_of(places[0])
        begin = end
    return None


def state_of_item(s: Sentence, grammar: Grammar) -> str | None:
    """ "DHAKA - British minister …": in a column every item has a dateline of its own."""
    place = s.tokens[0].place if s.tokens else None
    return grammar.code_of(place) if place is not None and item_begin(s) is not None else None


def item_begin(s: Sentence) -> int | None:
    """Offset behind the "DHAKA -" of an item; None if it has none."""
    place = s.tokens[0].place if s.tokens else None
    if place is None or not s.tokens[0].text.isupper() or len(s.tokens[0].text) < 3:
        return None
    behind = next((token for token in s.tokens if token.start >= place.end), None)
    return behind.end if behind is not None and behind.low in _DASHES else None
