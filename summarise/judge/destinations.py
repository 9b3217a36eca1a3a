"""Where a visit goes, as the cited sentences tell it: is the country the place gone to, really, and on that date?"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from summarise.judge.index import ArticleIndex
from summarise.judge.places import PlaceMention, compatible
from summarise.judge.support import (
    Part,
    clause_around,
    goes_home,
    invited_to,
    never_there,
    parts_in,
    refers_back,
    refers_to_country,
    speaks_of_travel,
    unreal,
)

_THERE = frozenset({"goal", "place"})
_Own = Collection[str | None]


class Destinations:
    """Answers for one article whether its sentences speak of a country as a place one goes to.

    `codes` are those by which the article names the country, `own` the countries of those who travel, and `numbers` the
    cited sentences.
    """

    def __init__(self, index: ArticleIndex) -> None:
        self._index = index
        self._codes: dict[str, frozenset[str]] = {}
        self._parts: dict[int, list[tuple[PlaceMention, Part]]] = {}

    def codes(self, country: str) -> frozenset[str]:
        """The codes in the article that count as this country (SUN and RUS, say)."""
        found = self._codes.get(country)
        if found is None:
            found = frozenset([code for code in self._met if compatible(country, code)])
            self._codes[country] = found
        return found

    @cached_property
    def _met(self) -> frozenset[str]:
        """All states named. "Santiago" beside "Chilean" is in Chile: of a name that several share, one named
        elsewhere counts, else the likeliest."""
        places = self._index.places
        certain = {mention.codes[0] for mention in places if len(mention.codes) == 1}
        doubtful = {mention.codes for mention in places if len(mention.codes) > 1}
        likeliest = {codes[0] for codes in doubtful if certain.isdisjoint(codes)}
        open_ones = {code for codes in doubtful if certain.isdisjoint(codes) for code in codes}
        return frozenset(certain | likeliest | open_ones)

    def names(self, numbers: tuple[int, ...], codes: frozenset[str]) -> bool:
        """Whether one of the sentences names the country in any way."""
        return any(not codes.isdisjoint(place.codes) for number in numbers for place in self._index.places_in(number))

    def is_goal(
        self, numbers: tuple[int, ...], codes: frozenset[str], own: _Own, *, hosted: bool, took_place: bool
    ) -> bool:
        """Whether they speak of it as the place gone to, by name or in other words (English).

        `hosted` tells that someone who serves the country is there as host, `took_place` that one has been there: then
        being asked to come does not count. A host excuses nothing where the sentences tell of other places alone.
        """
        here, elsewhere = self._parts_of(numbers, codes, own)
        if not here.isdisjoint(_THERE) and not (took_place and self._only_invited(numbers, codes)):
            return True
        if not elsewhere.isdisjoint(_THERE):
            return False
        at_home = self._at_home(numbers, own)
        if not at_home and (hosted or "open" in here):
            return True
        if took_place and at_home:
            return False
        again = refers_to_country if at_home else refers_back
        return any(again(self._index.text(number)) and self._last_named(number, codes, own) for number in numbers)

    def _at_home(self, numbers: tuple[int, ...], own: _Own) -> bool:
        """Whether the travellers' own country is the place gone to, and not merely left or returned to."""
        return any(
            part in _THERE and not is_foreign(mention, own) and not goes_home(self._before(mention.start))
            for number in numbers
            for mention, part in self._parts_in(number)
        )

    def _only_invited(self, numbers: tuple[int, ...], codes: frozenset[str]) -> bool:
        """Whether the country is gone to in words of inviting alone."""
        return all(invited_to(before) for before in self._before_goals(numbers, codes))

    def tells_of(self, numbers: tuple[int, ...], codes: frozenset[str]) -> bool:
        """Whether a sentence names the country as a place one goes to (English)."""
        return bool(self._before_goals(numbers, codes))

    def is_goal_beside(self, numbers: tuple[int, ...], codes: frozenset[str], own: _Own) -> bool:
        """Whether a neighbouring sentence tells where to, while the cited ones tell of nowhere else (English)."""
        if not self._parts_of(numbers, codes, own)[1].isdisjoint(_THERE):
            return False
        near = self._index.near(numbers, before=3, after=1)
        return not self._parts_of(near, codes, own)[0].isdisjoint(_THERE | {"open"})

    def may_be_goal(self, numbers: tuple[int, ...], codes: frozenset[str], own: _Own, *, hosted: bool) -> bool:
        """The same for a language whose words are not known: whether they name it, or else no other country.

        An adjective does not name it beside another country. If they name none, a neighbouring sentence has to name it,
        and by more than an adjective; or someone who serves it is there as host.
        """
        cited = [mention for number in numbers for mention in self._index.places_in(number)]
        named = [mention for mention in cited if not codes.isdisjoint(mention.codes)]
        others = [mention for mention in cited if codes.isdisjoint(mention.codes)]
        elsewhere = any(mention.kind in ("country", "capital", "region") for mention in others)
        if any(mention.kind not in ("demonym", "government") for mention in named) or (named and not elsewhere):
            return True
        if hosted:
            return not elsewhere
        if any(mention.kind in ("country", "capital") and is_foreign(mention, own) for mention in cited):
            return False
        near = self._index.near(numbers, before=3, after=1)
        return any(
            mention.kind != "demonym" and not codes.isdisjoint(mention.codes)
            for number in near
            for mention in self._index.places_in(number)
        )

    def _last_named(self, number: int, codes: frozenset[str], own: _Own) -> bool:
        """Whether the country is the one named last up to a sentence, or the goal of the next, which tells of it."""
        for earlier in range(number, max(0, number - 6), -1):
            foreign = [mention for mention in self._index.places_in(earlier) if is_foreign(mention, own)]
            if any(not codes.isdisjoint(mention.codes) for mention in foreign):
                return True
            if foreign and earlier < number:
                return False
        return (
            self._index.exists(number + 1)
            and not self._parts_of((number + 1,), codes, own)[0].isdisjoint(_THERE)
            and speaks_of_travel(self._index.text(number + 1))
        )

    def _parts_of(self, numbers: tuple[int, ...], codes: frozenset[str], own: _Own) -> tuple[set[Part], set[Part]]:
        """The parts that the country plays, and those that other countries play, not counting the travellers' own."""
        here: set[Part] = set()
        elsewhere: set[Part] = set()
        for number in numbers:
            for mention, part in self._parts_in(number):
                if not codes.isdisjoint(mention.codes):
                    here.add(part)
                elif is_foreign(mention, own):
                    elsewhere.add(part)
        return here, elsewhere

    def _parts_in(self, number: int) -> list[tuple[PlaceMention, Part]]:
        found = self._parts.get(number)
        if found is None:
            found = self._parts[number] = parts_in(self._index.article.text, self._index.places_in(number))
        return found

    # ----------------------------------------------------------------------------------- is it so, and then

    def never(self, numbers: tuple[int, ...], codes: frozenset[str]) -> bool:
        """Whether every mention of the country as a goal is one of a place never visited (English)."""
        goals = self._before_goals(numbers, codes)
        return bool(goals) and all(map(never_there, goals))

    def never_in(self, place: str, numbers: tuple[int, ...]) -> bool:
        """Whether every mention of a place in the sentences is one of a place never visited (English)."""
        found = [
            self._before(start)
            for start, _ in self._index.spans(place)
            if self._index.article.sentence_at(start) in numbers
        ]
        return bool(found) and all(map(never_there, found))

    def _before_goals(self, numbers: tuple[int, ...], codes: frozenset[str]) -> list[str]:
        """The words before each mention of the country as a place one goes to."""
        return [
            self._before(mention.start)
            for number in numbers
            for mention, part in self._parts_in(number)
            if part in _THERE and not codes.isdisjoint(mention.codes)
        ]

    def _before(self, start: int) -> str:
        """What the sentence says before an offset."""
        article = self._index.article
        return article.text[max(article.sentences[article.sentence_at(start) - 1].start, start - 80) : start]

    def unreal(self, numbers: tuple[int, ...]) -> bool:
        """Whether all the sentences tell what would be, or would have been (English)."""
        return all(unreal(self._index.text(number)) for number in numbers)

    def date_of_another(self, words: str, numbers: tuple[int, ...], codes: frozenset[str], own: _Own) -> int | None:
        """The sentence in which a date's words stand in one clause with other goals, while this one stands in another.

        None if there is none (English).
        """
        for number in numbers:
            parts = self._parts_in(number)
            goals = [mention for mention, part in parts if part in _THERE]
            if len({mention.codes for mention in goals}) < 2 or all(codes.isdisjoint(each.codes) for each, _ in parts):
                continue
            start, text = self._index.trimmed(number)[0], self._index.text(number)
            at = text.find(words)
            if at < 0:
                continue
            first, last = clause_around(text, at, at + len(words))
            beside = [mention for mention in goals if first <= mention.start - start < last]
            if any(is_foreign(mention, own) for mention in beside) and all(
                codes.isdisjoint(mention.codes) for mention in beside
            ):
                return number
        return None


def is_foreign(mention: PlaceMention, own: _Own) -> bool:
    """Whether a mention is of a country that is none of the travellers' own."""
    return not any(code in own for code in mention.codes)
