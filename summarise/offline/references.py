"""Whom a title without a name means: "the minister", "his Lao counterpart", "a French envoy"."""

from __future__ import annotations

from typing import Final

from summarise.judge.places import compatible
from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention, Title
from summarise.offline.offices import is_deputy_premier, role_of
from summarise.offline.person import Person
from summarise.offline.roster import NATIONAL, Roster
from summarise.offline.sentence import Sentence
from summarise.records import Role

_CROWD: Final = 200  # people; of more only those are looked at who were met lately
_REACH: Final = 25  # sentences that a bare title may look back
_SOON_NAMED: Final = 12  # sentences in which "the President" may stand before his name
_INDEFINITE: Final = words("a an another some")
_COUNTERPARTS: Final = words("counterpart counterparts colleague peer homologue")
_LEADERS: Final = words("leader ruler statesman monarch strongman")
_ANY_LEADER: Final = _LEADERS | words("dictator premier president chief")
_GENERIC: Final = words("minister official diplomat politician statesman envoy spokesman secretary leader")
_EQUALS_OFFICES: Final = words("minister secretary president premier pm leader")
_TOP: Final = words("other head_of_government head_of_state")
_MINISTERS: Final = words("foreign_minister defence_minister minister")
_BELOW: Final = _MINISTERS | {"deputy_minister"}
_WITH_PORTFOLIO: Final = words("minister deputy_minister other")
_PREMIERS: Final = words("minister premier dpm")
_SPECIAL_MINISTERS: Final = words("head_of_government foreign_minister defence_minister")
_TOLD_BY_OFFICE: Final = words("head_of_government head_of_state foreign_minister defence_minister intl_org religious")
_SENT: Final = words("spokesperson ambassador envoy")


class References:
    """Resolves the titles without a name, in the order of the text. Who is not known becomes an unnamed person."""

    def __init__(self, roster: Roster, home: str | None = None) -> None:
        self._roster = roster
        self._home = home
        self._people = roster.people
        self._unnamed_by_phrase: dict[str, Person] = {}
        self._met: dict[int, dict[int, None]] = {}
        """Of each sentence the people met in it so far."""
        for person in self._people:
            for number, _ in person.places:
                self._met.setdefault(number, {})[person.index] = None

    def resolve(self, sentence: Sentence, mention: Mention) -> None:
        """Finds whom a mention means."""
        if mention.person is not None:
            return  # "Myers, President Clinton's spokeswoman"
        title = mention.titles[0]
        role = role_of(sentence.words(title.first, title.last).lower())
        if title.head in ("guest", "visitor"):
            if (guest := self._visitor(sentence, mention)) is not None:
                self._refer(guest, sentence, mention)
            return
        person: Person | None = None
        if title.head in _COUNTERPARTS:
            person, role = self._counterpart(sentence, mention), "other"
        elif mention.determiner not in _INDEFINITE:
            person = self._spoken_of(sentence, mention, role)
        if person is not None:
            self._refer(person, sentence, mention)
        elif sentence.plain and not _of_the_subject(sentence, mention):
            self._unnamed(sentence, mention, role)

    def _spoken_of(self, sentence: Sentence, mention: Mention, role: Role | None) -> Person | None:
        """ "the minister": the one last met; early in the text also the only one who is met later (hard case 43)."""
        title, here = mention.titles[0], (sentence.number, mention.first)
        known = self._people if len(self._people) <= _CROWD else self._met_lately(sentence.number)
        fitting = [each for each in known if (each.named or not title.bare) and _can_be(each, title, role)]
        if role in _WITH_PORTFOLIO and (portfolio := _portfolio(sentence, title)):
            fitting = [each for each in fitting if any(portfolio in told.lower() for told in each.titles)]
        if title.head in _PREMIERS and is_deputy_premier(sentence.words(title.first, title.last).lower()):
            fitting = [each for each in fitting if any(map(is_deputy_premier, map(str.lower, _called(each))))]
        if title.codes:
            certain = [each for each in fitting if each.codes] or [each for each in known if _is_equal_of(each, title)]
            fitting = certain or [each for each in fitting if self._may_serve(each, title, sentence, mention)]
        if title.owner is not None:
            # "his Foreign Minister": of the same state as some leader; a name of that office decides
            fitting = [person for person in fitting if person.named and title.head in person.heads]
        met = [(place, person) for person in fitting if (place := person.last_before(here)) is not None]
        if met:
            place, person = max(met, key=lambda each: each[0])
            if title.codes or sentence.number - place[0] <= _REACH:
                return person
        early = sentence.number <= 2 and title.owner is None
        if len(fitting) == 1 and title.bare and mention.determiner == "the" and sentence.number <= _SOON_NAMED:
            early = early or (fitting[0].role in NATIONAL and role == fitting[0].role and not fitting[0].codes)
            early = early or (fitting[0].recognised and role == fitting[0].role)
        if len(fitting) > 1 and title.bare and title.owner is None and sentence.number <= _SOON_NAMED:
            first = min(fitting, key=lambda person: person.places[0])
            return first if first.recognised and role == first.role and role in NATIONAL else None
        return fitting[0] if len(fitting) == 1 and (title.codes or early) else None

    def _may_serve(self, person: Person, title: Title, sentence: Sentence, mention: Mention) -> bool:
        """ "The Turkish minister" after "Foreign Minister Qureshi", written in Islamabad: not he, nor who met him."""
        if any(m.person == person.index and m.last <= mention.first for m in sentence.mentions):
            return False
        later = person.places[0] > (sentence.number, mention.first)  # who is told of first by his office
        if later or self._home is None or self._home in title.codes:
            return True
        first = self._roster.sentence(person.places[0][0])
        named = (token.place for token in first.tokens if token.place is not None)
        return any(place.kind != "demonym" and place.codes[0] in title.codes for place in named)

    def _met_lately(self, number: int) -> list[Person]:
        """Of a crowd those of the last sentences: time must not grow with the square of the length."""
        near = range(number - _REACH, number + 1)
        return [self._people[index] for index in sorted({index for each in near for index in self._met.get(each, ())})]

    def _counterpart(self, sentence: Sentence, mention: Mention) -> Person | None:
        """ "his Lao counterpart": someone of that state, of the office of whoever is named before (hard case 30)."""
        named = [each for each in self._of_that_state(sentence, mention) if each.named and each.role is not None]
        others = [m.person for m in sentence.mentions if m.last <= mention.first and m.person is not None]
        equals = [person for person in named if others and person.role == self._people[others[0]].role]
        if len(equals) == 1:
            return equals[0]
        return named[0] if len(named) == 1 else None

    def _visitor(self, sentence: Sentence, mention: Mention) -> Person | None:
        """ "the guest from Kazakhstan": the one of that state who was met last."""
        here = (sentence.number, mention.first)
        known = self._of_that_state(sentence, mention)
        return max(known, key=lambda person: person.last_before(here) or (0, 0), default=None)

    def _of_that_state(self, sentence: Sentence, mention: Mention) -> list[Person]:
        """Who has been met and serves the state that a title names."""
        codes, here = mention.titles[0].codes, (sentence.number, mention.first)
        if not codes:
            return []
        return [
            person
            for person in self._people
            if person.codes and compatible(person.codes[0], codes[0]) and person.last_before(here) is not None
        ]

    def _unnamed(self, sentence: Sentence, mention: Mention, role: Role | None) -> None:
        """ "a French minister", "his son and adviser" (hard case 44): someone new, or the one of the same words."""
        title = mention.titles[0]
        phrase = sentence.words(mention.first, mention.last).lower()
        if mention.determiner not in ("a", "an"):
            known = self._unnamed_by_phrase.get(phrase)
            if known is not None:
                self._refer(known, sentence, mention)
                return
        first = mention.first + (mention.determiner == "the")
        person = Person(len(self._people), sentence.words(first, mention.last), False, sentence.number)
        person.codes = self._roster.certainly(title.codes)
        person.heads.add(title.head)
        if role is not None:
            person.roles.append(role)
        self._people.append(person)
        self._unnamed_by_phrase.setdefault(person.name.lower(), person)
        self._note(person, sentence, mention)

    def _refer(self, person: Person, sentence: Sentence, mention: Mention) -> None:
        """Notes whom a title means, and the state and the gender that it tells."""
        title = mention.titles[0]
        self._note(person, sentence, mention)
        person.codes = person.codes or title.codes
        person.note_gender(title.head)

    def _note(self, person: Person, sentence: Sentence, mention: Mention) -> None:
        mention.person = person.index
        person.note_place(sentence.number, mention.first)
        self._met.setdefault(sentence.number, {})[person.index] = None


def _of_the_subject(sentence: Sentence, mention: Mention) -> bool:
    """ "As Minister for Fisheries, he came to Lima": no one else than "he"."""
    return mention.first == 1 and sentence.tokens[0].low == "as"


def _called(person: Person) -> tuple[str, ...]:
    """His titles; of someone without a name what stands for it."""
    return (*person.titles,) if person.named else (*person.titles, person.name)


def _portfolio(sentence: Sentence, title: Title) -> str:
    """ "the Malian Minister of Transport": "of transport", which tells him from other ministers; "" without one."""
    told = sentence.words(title.first, title.last).lower()
    at = max(told.find(" of "), told.find(" for "))
    return told[at + 1 :] if at > 0 and " of state" not in told and title.head in told[:at] else ""


def _are_two_offices(role: Role | None, known: Role | None) -> bool:
    """Whether a cabinet has both: the foreign minister and the defence minister, a prime minister and a minister."""
    if role == "head_of_government":
        return known in _MINISTERS
    return role in _SPECIAL_MINISTERS and known in _SPECIAL_MINISTERS


def _is_equal_of(person: Person, title: Title) -> bool:
    """ "His Turkish counterpart Aydin … the Turkish minister": someone whose office is told by another's."""
    if not person.named or person.role not in (None, "other") or person.heads.isdisjoint(_COUNTERPARTS):
        return False
    return bool(person.codes) and compatible(person.codes[0], title.codes[0]) and title.head in _EQUALS_OFFICES


def _can_be(person: Person, title: Title, role: Role | None) -> bool:
    """Whether a title can mean a person: no other state, and an office that the person is known to hold."""
    if title.codes and not person.codes and title.head not in person.heads:
        return False
    if title.codes and person.codes and not any(compatible(code, person.codes[0]) for code in title.codes):
        return False
    known = person.role
    if not person.heads and person.named and role == known and role in _TOLD_BY_OFFICE:
        return True  # "Madeleine Albright … the secretary of state"
    if person.heads and person.heads <= _COUNTERPARTS:  # "his Armenian counterpart, X … The Armenian foreign minister"
        return role == known and role is not None and bool(title.codes)
    if role == "head_of_government" and known in _BELOW:
        return False
    if title.bare and known in _TOP and role not in (known, None):
        return False
    if title.head in person.heads:
        if role == known or role in person.roles:
            return True
        if title.bare:  # "the minister" is the foreign minister; "the prime minister" is not
            return title.head != "minister" or not _are_two_offices(role, known)
        return title.head in _GENERIC and role in ("minister", "other", None)
    if role == known and (known == "head_of_government" or (title.head == "head" and known in NATIONAL)):
        return True  # "the premier" is the prime minister, "the head of state" the king
    if role in NATIONAL and known in NATIONAL and (title.head in _ANY_LEADER or not person.heads):
        # "the North Korean leader" is any head; "the president" one who was called nothing but leader
        return title.head in _LEADERS or (role == "head_of_state" and person.heads <= {"leader"})
    if title.head == role == "minister" and known in _MINISTERS:
        return True  # "the minister" is the foreign minister
    return role == known and role in _SENT and (title.bare or bool(title.codes))
