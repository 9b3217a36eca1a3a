"""Who is who in one article: every mention of a person resolved to one person, as far as the text allows.

A full name makes a person (`roster`); a surname, a title (`references`) and a pronoun (`pronouns`) are resolved to one.
A title without a name and without anyone to go with it makes a person without a name ("a French minister").
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.person import Person
from summarise.offline.pronouns import Pronouns, resolve_speakers
from summarise.offline.references import References
from summarise.offline.roster import Roster, group_before
from summarise.offline.sentence import Sentence
from summarise.records import Role

_EQUALS: Final = words("predecessor successor counterpart counterparts colleague peer homologue")
_IS_REPRESENTED: Final = words("was is will would being represented")
ONE_HOLDER: Final = words("head_of_state head_of_government foreign_minister defence_minister")
_LED: Final = words("led headed under")
_LED_BY: Final = _LED | words(", by its the his their which is was")
_JOINTS: Final = words(", and & who is was will be accompanied by as well with together along")


class Cast:
    """The people of one article. `people` are in order of first mention."""

    def __init__(
        self, sentences: Iterable[Sentence], certain: frozenset[str] = frozenset(), home: str | None = None
    ) -> None:
        self._sentences = list(sentences)
        roster = Roster(self._sentences, certain)
        self.people: list[Person] = roster.people
        self._pronouns = Pronouns(self.people)
        assumed = self._equals()
        references = References(roster, home)
        for sentence in self._sentences:  # in the order of the text: "he" means someone who has been spoken of
            for mention in sentence.speakers_first():
                if mention.kind == "nominal":
                    references.resolve(sentence, mention)
                elif mention.kind == "pronoun":
                    self._pronouns.resolve(sentence, mention)
            self._pronouns.note_owners(sentence)
        for person, role in assumed:  # now that the pronouns are known it can be said better
            person.roles.remove(role)
        resolve_speakers(self._sentences)
        self._represented()
        self._leading()
        self._beside()
        self._owned()
        self._equals()

    def antecedent(self, sentence: Sentence, token: int, low: str) -> int | None:
        """Whom "his" or "her" at this token means."""
        return self._pronouns.antecedent(sentence, token, low)

    def several(self, sentence: Sentence, mention: Mention) -> list[int]:
        """Whom "they" means."""
        return self._pronouns.several(sentence, mention)

    def _represented(self) -> None:
        """ "The United States was represented by Interior Secretary X, and Britain by Y": each is of that state."""
        for sentence in self._sentences:
            if "represented" not in sentence.vocabulary:
                continue
            place, told = None, False
            for at, token in enumerate(sentence.tokens):
                if token.place is not None and at not in sentence.mention_at and token.place.kind != "demonym":
                    follower = sentence.tokens[at + 1].low if at + 1 < len(sentence.tokens) else ""
                    place = token.place if follower in _IS_REPRESENTED or (told and follower == "by") else place
                elif token.low == "by" and place is not None:
                    mention = sentence.mention_at.get(at + 1) or sentence.mention_at.get(at + 2)
                    if mention is not None and mention.person is not None:
                        person = self.people[mention.person]
                        person.codes = person.codes or place.codes
                    place, told = None, True

    def _beside(self) -> None:
        """ "Russian President Putin and Foreign Minister Lavrov": who is named beside another is of the same state."""
        for sentence in self._sentences:
            for before, mention in pairwise(sentence.mentions):
                if mention.person is None or before.person is None or not mention.titles:
                    continue
                person, other = self.people[mention.person], self.people[before.person]
                one_office = _hold_one_office(person, other)
                if person.codes or not other.codes or one_office or sentence.is_inviter(before):
                    continue
                if all(token.low in _JOINTS for token in sentence.tokens[before.last : mention.first]):
                    person.codes = other.codes

    def _leading(self) -> None:
        """ "A Bulgarian delegation led by Deputy Minister Stanev": he is of the state that sends it."""
        for sentence in self._sentences:
            for group, mention in pairwise(sentence.mentions):
                if group.kind != "group" or len(group.codes) != 1 or mention.person is None:
                    continue
                between = [token.low for token in sentence.tokens[group.last : mention.first]]
                person = self.people[mention.person]
                if not person.codes and not _LED.isdisjoint(between) and _LED_BY.issuperset(between):
                    person.codes = group.codes

    def _owned(self) -> None:
        """ "his trade minister": of the state that the owner serves (hard case 24)."""
        for sentence in self._sentences:
            for mention in sentence.mentions:
                if mention.person is None:
                    continue
                person = self.people[mention.person]
                for title in mention.titles:
                    if title.owner is None or person.codes or title.head in ("counterpart", "colleague"):
                        continue
                    if sentence.tokens[title.owner].low == "its" and (body := group_before(sentence, mention)):
                        person.codes = body.codes
                        continue
                    owner = self.antecedent(sentence, title.owner, sentence.tokens[title.owner].low)
                    if owner is not None and owner != person.index:
                        person.codes = self.people[owner].codes

    def _equals(self) -> list[tuple[Person, Role]]:
        """ "his Norwegian counterpart, Sigurd Hovland": he holds the office of the one whose counterpart he is."""
        found: list[tuple[Person, Role]] = []
        for sentence in self._sentences:
            for mention in sentence.mentions:
                if mention.person is None or not mention.titles or mention.titles[0].head not in _EQUALS:
                    continue
                person = self.people[mention.person]
                if person.named and person.role in (None, "other"):
                    others = (
                        self.people[m.person].role
                        for each in (sentence, *sentence.before(2))
                        for m in each.mentions
                        if m.person not in (None, person.index) and (each is not sentence or m.first < mention.first)
                        if m.person is not None
                    )
                    role = next((role for role in others if role is not None), None)
                    if role is not None:
                        person.roles.append(role)
                        found.append((person, role))
        return found


def _hold_one_office(one: Person, other: Person) -> bool:
    """ "he and President Rojas": of two presidents only one is of a state."""
    return one.role == other.role and one.role in ONE_HOLDER
