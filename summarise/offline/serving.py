"""The state that an official serves where no title tells it: "Foreign Minister Sow" in a paper of Bamako is Mali's.

Told last, when the visits are known: who is met abroad without the name of his state is at home there. What is told
here goes into the records of the officials alone; the rules of travel keep to what the words say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from summarise.judge.index import ArticleIndex
from summarise.offline.at_home import is_around_a_journey, is_at_a_distance, names
from summarise.offline.cast import ONE_HOLDER, Cast
from summarise.offline.findings import VisitFound
from summarise.offline.grammar import Grammar
from summarise.offline.lexicon import INTERNATIONAL, INTERNATIONAL_PHRASES, MOVEMENTS, words
from summarise.offline.nouns import Mention
from summarise.offline.officials import is_official
from summarise.offline.person import Person
from summarise.offline.sentence import Sentence
from summarise.offline.setting import Setting, state_of_dateline, state_of_item
from summarise.offline.titles import PLURAL_HEADS

_OF_NO_STATE: Final = words("intl_org religious")
_EQUALS: Final = words("counterpart counterparts colleague predecessor successor mediator")
_MEETS: Final = words("with met meet meets meeting by on host hosts hosted")
_LINKS: Final = words("and , the")
_SEATS: Final = words("geneva brussels strasbourg hague nations /")
"""Whoever speaks there need not be of that state."""
_NAMED_OFTEN = 5
"""A paper without a dateline is of the state that it names so often, if no title names it."""
_CODE = 3  # letters of a state
_MASTHEAD = 600  # characters
_LINES = 3
_LONGEST_LINE = 70
_OUTLETS: Final = words("""
    ministry government republic presidency times herald post courier daily gazette press news tribune journal standard
    observer star mail chronicle guardian sun agency bulletin radio express nation mirror telegraph argus
    """)
_NO_OUTLETS: Final = words("embassy minister president visit visits reuters")
_LATELY = 4  # sentences
_NEAR = 8  # tokens from whoever is met to the place


class Serving:
    """Tells the states of those of whom no title tells one."""

    def __init__(self, cast: Cast, sentences: Sequence[Sentence], setting: Setting, homes: dict[int, str]) -> None:
        self._people = cast.people
        self._sentences = {sentence.number: sentence for sentence in sentences}
        self._setting = setting
        self._homes = homes
        self._is_column = len(set(homes.values())) > 1

    def note(self, visits: Iterable[VisitFound]) -> None:
        """Gives a state to everyone of whom the visits, or the home of the article, tell it."""
        told_in: dict[int, list[VisitFound]] = {}
        places: dict[str, set[str]] = {}
        for visit in visits:
            for number in visit.sentences:
                told_in.setdefault(number, []).append(visit)
            for key in visit.visitors:
                places.setdefault(key, set()).add(visit.code)
        found = {
            person.index: code
            for person in self._people
            if is_official(person) and not person.codes and person.role not in _OF_NO_STATE
            if (code := self._state(person, told_in, places.get(f"#{person.index}", set()))) is not None
        }
        holders = Counter((code, self._people[index].role) for index, code in found.items())
        for index, code in found.items():
            person = self._people[index]
            if person.role not in ONE_HOLDER or holders[code, person.role] == 1:
                person.codes = (code,)

    def _state(self, person: Person, told_in: dict[int, list[VisitFound]], visited: set[str]) -> str | None:
        if any(not PLURAL_HEADS.isdisjoint(title.lower().split()) for title in person.titles):
            return None  # "Finance Ministers Quaresma and Kiluange"
        if any(map(self._tells_more, self._mentions(person))):
            return None
        home = self._homes.get(person.places[0][0])
        abroad = {code for mention in self._mentions(person) for code in self._met_in(person, mention, told_in, home)}
        if abroad:
            return abroad.pop() if len(abroad) == 1 else None
        if person.role == "ambassador":
            return None  # of another state, as a rule, which is not told
        if home is None or home in visited or not person.heads.isdisjoint(_EQUALS) or self._is_taken(person, home):
            return None
        return home if self._speaks_of_home(person, home, is_visitor=bool(visited)) else None

    def _mentions(self, person: Person) -> Iterator[tuple[Sentence, Mention]]:
        for number, token in person.places:
            sentence = self._sentences[number]
            if (mention := sentence.mention_at.get(token)) is not None:
                yield sentence, mention

    def _tells_more(self, told: tuple[Sentence, Mention]) -> bool:
        """ "adviser to the Saudi king", "UN envoy": a title that names a state or a body of its own."""
        sentence, mention = told
        if mention.kind != "name":
            return False
        said = [sentence.tokens[title.first : title.last] for title in mention.titles]
        texts = [sentence.words(title.first, title.last).lower() for title in mention.titles]
        return any(
            token.place is not None or token.low in INTERNATIONAL or token.low in MOVEMENTS
            for title in said
            for token in title
        ) or any(phrase in text for text in texts for phrase in INTERNATIONAL_PHRASES)

    def _met_in(
        self, person: Person, mention: tuple[Sentence, Mention], told_in: dict[int, list[VisitFound]], home: str | None
    ) -> Iterator[str]:
        """ "Lund flew to Lima and met President Rojas": the state that is visited, of whoever is met there."""
        sentence, met = mention
        if not _is_met(sentence, met) or is_at_a_distance(sentence):
            return
        at_home = is_around_a_journey(sentence) or (home is not None and names(sentence, home))
        for visit in told_in.get(sentence.number) or _of_whoever_meets(sentence, met, told_in):
            if visit.code == home or len(visit.code) != _CODE or visit.onward or f"#{person.index}" in visit.visitors:
                continue
            if at_home and not names(sentence, visit.code):
                continue
            if _is_near(sentence, met, visit.code) and _meets_there(sentence, met, visit):
                yield visit.code

    def _is_taken(self, person: Person, home: str) -> bool:
        """Whether someone else holds the office at home."""
        return (
            person.role in ONE_HOLDER
            and not person.former
            and any(
                other.named and other.role == person.role and other.country == home and not other.former
                for other in self._people
            )
        )

    def _speaks_of_home(self, person: Person, home: str, *, is_visitor: bool) -> bool:
        """Whether a title without a state means the one at home: no other state is named before it in its sentence."""
        number, token = person.places[0]
        sentence = self._sentences[number]
        foreign = list(_of_other_states(sentence, home, demonyms_alone=person.role == "spokesperson"))
        ahead = not foreign or foreign[0] > token
        if self._setting.is_labelled(home):  # the article is no paper of that state
            return not foreign or (is_visitor and ahead)
        return not foreign or (not self._is_column and (is_visitor or ahead))


def _meets_there(sentence: Sentence, met: Mention, visit: VisitFound) -> bool:
    """Whether whoever is named before the one met is on the visit: not so in "Sonoda said Teng would meet Fukuda"."""
    before = [mention.person for mention in sentence.mentions if mention.last <= met.first]
    return not before or before[-1] is None or f"#{before[-1]}" in visit.visitors


def homes_of(index: ArticleIndex, sentences: Iterable[Sentence], setting: Setting, grammar: Grammar) -> dict[int, str]:
    """The state in which each sentence is at home, as far as it is told: of the dateline, of a column's item, or,
    without any dateline, the state that the article names most and never in a title.
    """
    dateline = index.article.dateline
    here = state_of_dateline(index, grammar)
    if dateline is None:
        most, times = setting.named_most(index)
        often = most is not None and times >= _NAMED_OFTEN and not setting.is_labelled(most)
        here = _state_of_masthead(index) or (most if often else None)
    elif not _SEATS.isdisjoint(dateline.lower().replace("/", " / ").split()):
        here = None
    homes: dict[int, str] = {}
    for sentence in sentences:
        here = state_of_item(sentence, grammar) or here
        if here is not None:
            homes[sentence.number] = here
    return homes


def _state_of_masthead(index: ArticleIndex) -> str | None:
    """ "The Sydney Courier", "Ministry of Foreign Affairs of the Republic of Estonia" on one of the first lines;
    not if its reporter writes from another state.
    """
    states: set[str] = set()
    begin = 0
    for number, line in enumerate(_first_lines(index.article.text)):
        begin = index.article.text.find(line, begin)
        low = frozenset(line.lower().replace(",", " ").split())
        by_line = not low.isdisjoint(("by", "from"))
        is_masthead = number < _LINES and not low.isdisjoint(_OUTLETS) and low.isdisjoint(_NO_OUTLETS)
        if len(line) <= _LONGEST_LINE and (by_line or is_masthead):
            states.update(place.codes[0] for place in index.places_between(begin, begin + len(line)))
    return states.pop() if len(states) == 1 else None


def _first_lines(text: str) -> list[str]:
    return [line for line in text[:_MASTHEAD].splitlines() if line.strip()][: 2 * _LINES]


def _of_other_states(s: Sentence, home: str, *, demonyms_alone: bool) -> Iterator[int]:
    """The tokens at which a sentence names another state, those in names of people left out."""
    for at, token in enumerate(s.tokens):
        if token.place is None or home in token.place.codes or (demonyms_alone and token.place.kind != "demonym"):
            continue
        mention = s.mention_at.get(at)
        if mention is None or mention.name is None or not mention.name[0] <= at < mention.name[1]:
            yield at


def _of_whoever_meets(s: Sentence, met: Mention, told_in: dict[int, list[VisitFound]]) -> list[VisitFound]:
    """ "Lund also met President Rojas": the visit on which Lund was just said to be."""
    keys = {f"#{m.person}" for m in s.mentions if m.person is not None and m.last <= met.first}
    for number in range(s.number - 1, s.number - 1 - _LATELY, -1):
        if visits := [visit for visit in told_in.get(number, ()) if not keys.isdisjoint(visit.visitors)]:
            return visits
    return []


def _is_met(s: Sentence, mention: Mention) -> bool:
    """Whether someone stands behind "met with", "received by", alone or in a list."""
    at = mention.first - 1
    while at > 0:
        before = s.mention_at.get(at)
        if s.tokens[at].low in _LINKS:
            at -= 1
        elif before is not None and before.kind != "pronoun" and s.tokens[at + 1].low in _LINKS:
            at = before.first - 1
        else:
            break
    return at >= 0 and s.tokens[at].low in _MEETS


def _is_near(s: Sentence, mention: Mention, code: str) -> bool:
    """Whether the place of a visit, if the sentence names it, stands before whoever is met or right behind him."""
    at = [position for position, token in enumerate(s.tokens) if token.place is not None and code in token.place.codes]
    return not at or any(
        position < mention.first
        or (
            mention.last <= position < mention.last + _NEAR
            and any(token.low in ("in", "at") for token in s.tokens[position - 2 : position])
        )
        for position in at
    )
