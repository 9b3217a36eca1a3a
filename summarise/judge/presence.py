"""Who stands in which sentence: by name, in a shorter form of it, or by a title that is theirs alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summarise.judge.index import ArticleIndex
from summarise.judge.people import short_forms
from summarise.records import Official, Party


class Presence:
    """Answers for one reply and one article where the parties stand."""

    def __init__(self, index: ArticleIndex, officials: Sequence[Official]) -> None:
        self._index = index
        self._forms = {
            official.name: [official.name, *official.variants, *short_forms(official.name)] for official in officials
        }
        self._titles = {official.name: official.titles for official in officials}
        self._holders = Counter(title for titles in self._titles.values() for title in set(titles))
        self._mentions: dict[str, frozenset[int]] = {}

    def mentions(self, party: Party) -> frozenset[int]:
        """The sentences that name a party."""
        found = self._mentions.get(party.name)
        if found is None:
            named = {number for form in self._forms_of(party) for number in self._index.sentences_with(form)}
            found = self._mentions[party.name] = frozenset(named | self._titled(party))
        return found

    def spans(self, number: int, parties: Sequence[Party]) -> list[tuple[int, int]]:
        """Where the parties stand in a sentence, counted from its beginning; a name in a longer one does not count."""
        start, end = self._index.trimmed(number)
        found = {
            (first - start, last - start)
            for party in parties
            for form in self._forms_of(party)
            for first, last in self._index.spans_between(form, start, end)
        }
        outermost: list[tuple[int, int]] = []
        for first, last in sorted(found, key=lambda span: (span[0], -span[1])):
            if not outermost or last > outermost[-1][1]:
                outermost.append((first, last))
        return outermost

    def bare_title(self, numbers: tuple[int, ...], parties: Sequence[Party], present: set[int]) -> bool:
        """Whether a sentence calls someone named earlier "the president", by the last word of a title."""
        heads = {
            title.split()[-1].lower()
            for party in parties
            for title in (*self._titles.get(party.name, ()), party.title or "")
            if title
        }
        return any(
            min(present, default=number) < number
            and any(f"the {head}" in text or f" {head} " in text for head in heads)
            for number in numbers
            if (text := self._index.text(number).lower())
        )

    def _forms_of(self, party: Party) -> list[str]:
        known = self._forms.get(party.name)
        if known is None:
            known = [party.name, *(short_forms(party.name) if party.kind == "person" else [])]
            self._forms[party.name] = known
        return known

    def _titled(self, party: Party) -> set[int]:
        """The sentences that hold a full title of an official, if it names a country and is nobody else's.

        "Kremlin to coordinate North Korean leader's visit" is about that leader, before his name has been given.
        """
        return {
            self._index.article.sentence_at(start)
            for title in self._titles.get(party.name, ())
            if " " in title and self._holders[title] == 1
            for start, end in self._index.spans(title)
            if self._names_country(start, end) and not self._names_another(end)
        }

    def _names_country(self, start: int, end: int) -> bool:
        number = self._index.article.sentence_at(start)
        return any(start <= mention.start < end for mention in self._index.places_in(number))

    def _names_another(self, end: int) -> bool:
        """Whether a name follows at once: "Russian President Medvedev" is not the other one with that title."""
        text = self._index.article.text
        return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
