"""Whom "he", "her", "they" and "I" mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.person import Person
from summarise.offline.sentence import Sentence

_GENDERS: Final = {"her": "f", "she": "f", "his": "m"}
_ONE: Final = words("he she him")
_OWNERS: Final = words("his her")
_BEFORE_OWNER: Final = words("during on in for with after at of before")
_VERB_WORDS = 3  # "will accompany"
_FIRST_PERSON: Final = words("i me")
_LEADERS: Final = words("head_of_state head_of_government monarch_or_royal")
_MINISTERS: Final = words("foreign_minister defence_minister minister deputy_minister head_of_government")
_OFFICES: Final = {
    **dict.fromkeys(words("leaders statesmen monarchs presidents premiers chancellors"), _LEADERS),
    "ministers": _MINISTERS,
}
_SAYS: Final = words("""
    said says told added joked quipped replied announced tweeted wrote explained insisted recalled promised answered
    remarked
    """)


class Pronouns:
    """Resolves the pronouns of one article; `people` grows while its titles are read."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people

    def resolve(self, sentence: Sentence, mention: Mention) -> None:
        """ "he", "she", "the 54-year-old"; "they" is answered by `several`, "I" by `resolve_speakers`."""
        low = sentence.tokens[mention.first].low
        if low in ("they", "them") or low in _FIRST_PERSON or mention.count:
            return
        gender = "f" if low == "she" else "m"
        mention.person = self._nearest(sentence, mention.first, gender, but=_actor_before(sentence, mention, low))
        if mention.person is not None:
            person = self._people[mention.person]
            person.note_place(sentence.number, mention.first)
            person.gender = person.gender or gender

    def antecedent(self, sentence: Sentence, token: int, low: str) -> int | None:
        """Whom "his" or "her" at this token means."""
        return self._nearest(sentence, token, _GENDERS.get(low, ""))

    def note_owners(self, sentence: Sentence) -> None:
        """ "Drury had invited Suri during her stopover": whose it is tells the gender."""
        if _OWNERS.isdisjoint(sentence.vocabulary):
            return
        for at in range(1, len(sentence.low)):
            low = sentence.low[at]
            if low in _OWNERS and sentence.low[at - 1] in _BEFORE_OWNER:
                owner = self.antecedent(sentence, at, low)
                if owner is not None:
                    self._people[owner].gender = self._people[owner].gender or _GENDERS[low]

    def several(self, sentence: Sentence, mention: Mention) -> list[int]:
        """Whom "they" means: the people of the sentence so far if there are two, else those named together last."""
        if sentence.low[mention.first] in _ONE:
            return []  # nobody fits "she"
        for earlier, limit in [(sentence, mention.first), *((each, len(each.tokens)) for each in sentence.before(3))]:
            met = dict.fromkeys(
                m.person
                for m in earlier.mentions
                if m.person is not None
                and m.last <= limit
                and m.kind != "group"
                and self._people[m.person].role is not None
            )
            alike = self._of_office(met, sentence.tokens[mention.last - 1].low)
            if len(alike) == mention.count if mention.count else 2 <= len(alike) <= 4:
                return alike
            if len(met) > 4 and not mention.count:
                return []
        return []

    def _of_office(self, met: Iterable[int], noun: str) -> list[int]:
        """Of several those whom the word can mean: "the two leaders" are no spokesmen."""
        roles = _OFFICES.get(noun)
        return [index for index in met if roles is None or self._people[index].role in roles]

    def _nearest(self, sentence: Sentence, token: int, gender: str, but: int | None = None) -> int | None:
        """The subject of the sentence so far, else the subject of the sentence before, else who was met last.

        "She" is a woman known as one rather than someone of an earlier sentence of whom that is not told.
        """
        here = [m for m in sentence.mentions if m.last <= token and m.person not in (None, but)]
        near = [(sentence, here), *((each, each.mentions) for each in sentence.before(4))]
        found = ((at, self._preferred(each, mentions, gender)) for at, (each, mentions) in enumerate(near))
        at, chosen = next(((at, one) for at, one in found if one is not None), (0, None))
        if chosen is None or gender != "f" or self._people[chosen].gender:
            return chosen
        women = (
            m.person
            for _, mentions in (near if at else near[:1])
            for m in reversed(mentions)
            if m.person is not None and self._people[m.person].gender == "f"
        )
        return next(women, chosen)

    def _preferred(self, sentence: Sentence, mentions: Sequence[Mention], gender: str) -> int | None:
        """Of the mentions of one sentence: officials before others, the subject before the first one."""
        fitting: list[tuple[Mention, Person]] = []
        for mention in mentions:
            if mention.person is not None:
                person = self._people[mention.person]
                if not (person.gender and gender and person.gender != gender):
                    fitting.append((mention, person))
        fitting = [each for each in fitting if each[1].role is not None] or fitting
        for mention, person in fitting:
            if sentence.is_subject(mention):
                return person.index
        return fitting[0][1].index if fitting else None


def _actor_before(sentence: Sentence, mention: Mention, low: str) -> int | None:
    """Whom "him" cannot mean: who does it, right before the verb: "Lund will accompany him"."""
    if low != "him":
        return None
    before = [m for m in sentence.mentions if m.last <= mention.first]
    return before[-1].person if before and mention.first - before[-1].last <= _VERB_WORDS else None


def resolve_speakers(sentences: Sequence[Sentence]) -> None:
    """ "I" is whoever says it: in this sentence, else in the one before or behind (hard case 14)."""
    speaker: int | None = None
    for at, sentence in enumerate(sentences):
        own = [m for m in sentence.mentions if m.kind == "pronoun" and sentence.tokens[m.first].low in _FIRST_PERSON]
        here = _speaker(sentence)
        if own:
            who = here if here is not None else speaker
            if who is None and at + 1 < len(sentences):
                who = _speaker(sentences[at + 1])
            for mention in own:
                mention.person = who
        speaker = here if here is not None or not own else speaker


def _speaker(sentence: Sentence) -> int | None:
    """Who stands beside "said" in a sentence."""
    tokens = sentence.tokens
    for mention in sentence.mentions:
        if mention.person is None or tokens[mention.first].low in _FIRST_PERSON:
            continue
        after = tokens[mention.last].low if mention.last < len(tokens) else ""
        before = tokens[mention.first - 1].low if mention.first else ""
        if after in _SAYS or before in _SAYS:
            return mention.person
    return None
