"""Offices that are told once for several: "Ministers Ito and Rao", "three presidents: Ama of Ghana, Bo of Mali"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from summarise.offline.lexicon import words
from summarise.offline.nouns import Mention
from summarise.offline.offices import role_of
from summarise.offline.person import Person
from summarise.offline.sentence import Sentence
from summarise.offline.titles import PLURAL_HEADS
from summarise.records import Role

_LEADS_ON: Final = words(", : - – — ( among them including include they are were the")
_CHAIN: Final = words(", and & of the from ' ’ 's")
_REACH: Final = 3  # sentences that a group or an equal may lie back
_SHARED: Final = words(
    "head_of_state head_of_government foreign_minister defence_minister minister ambassador legislator"
)
_NATIONAL: Final = words("head_of_state head_of_government")
_OTHER_FAME: Final = words("""
    won beat champion championship runner medal goal goals match race striker coach singer actor novelist poet film
    poem book novel tournament cup final finals olympic athlete player players team
    """)
_PLURAL_RANKS: Final = words("sens reps")
_SUCCEEDS: Final = words("succeeds succeeded succeeding replaces replaced replacing")


_TELL: Final = words("told tells telling")
_REPORTS: Final = words("reported reports quoted agency news newspaper daily television radio website correspondent")
_PRESS: Final = words(
    "news agency times press tv radio today segodnya novosti daily herald journal tribune gazette television media "
    "online monitor observer globe mail telegraph guardian weekly magazine review zeitung"
)


class _Told(NamedTuple):
    """An office that has been told of lately: of a group, or of someone of a state."""

    sentence: int
    role: Role
    state: str | None


def share_offices(sentences: Sequence[Sentence], people: Sequence[Person]) -> None:
    """Gives an office to those who stand in a list of equals, or are named by their state beside equals."""
    told: list[_Told] = []
    for sentence in sentences:
        _name_list(sentence, people)
        _note_predecessors(sentence, people)
        told = [each for each in told if sentence.number - each.sentence <= _REACH]
        told.extend(_told_in(sentence, people))
        if not sentence.vocabulary.isdisjoint(_OTHER_FAME):
            continue
        for person in _by_state_alone(sentence, people):
            if (role := _common(told)) is not None:
                person.roles.append(role)
                told.append(_Told(sentence.number, role, person.country))


def _by_state_alone(sentence: Sentence, people: Sequence[Person]) -> Iterator[Person]:
    """ "Bolivia's Hugo Mamani", "Simba Chidzero of Zimbabwe": those of whom nothing but the state is told."""
    for mention in sentence.mentions:
        if mention.person is not None and mention.codes and not mention.titles and not mention.private:
            person = people[mention.person]
            if not person.roles and not person.titles and " " in person.name and not _is_press(sentence, mention):
                yield person


def _is_press(sentence: Sentence, mention: Mention) -> bool:
    """ "Told Russia's RIA Novosti", "Japan's Kyodo News reported": a name without a title may be a paper's."""
    tokens, last = sentence.tokens, mention.last
    name = [token for token in tokens[mention.first : last] if token.place is None]
    told = next(
        (at for at in range(mention.first - 1, max(-1, mention.first - 6), -1) if tokens[at].low in _TELL), None
    )
    behind = tokens[last].low if last < len(tokens) else ""
    initials = any(len(token.text) > 1 and token.text.isupper() for token in name)
    return initials or told is not None or behind in _REPORTS or any(token.low in _PRESS for token in name)


def _told_in(sentence: Sentence, people: Sequence[Person]) -> Iterator[_Told]:
    """The offices of the groups and of the leaders in a sentence."""
    for mention in sentence.mentions:
        if mention.kind == "group" or mention.count:  # "the two ministers"
            role = role_of(sentence.words(mention.first, mention.last).lower())
            if role in _SHARED and role is not None:
                yield _Told(sentence.number, role, None)
        elif mention.person is not None:
            person = people[mention.person]
            if person.role in _NATIONAL and person.role is not None and not person.former:
                yield _Told(sentence.number, person.role, person.country)


def _common(told: Sequence[_Told]) -> Role | None:
    """The office of the group told of last, else that of the leaders if they are of two states."""
    groups = [each.role for each in told if each.state is None]
    if groups:
        return groups[-1]
    return told[-1].role if len({each.state for each in told}) > 1 else None


def _name_list(sentence: Sentence, people: Sequence[Person]) -> None:
    """ "The senators, Walter Briggs of Ohio and Dale Hutchins of Oregon", "Finance Ministers Quaresma and Kiluange"."""
    title = ""
    before: Mention | None = None
    group: Mention | None = None
    for mention in sentence.mentions:
        if mention.kind == "pronoun" and sentence.tokens[mention.first].low == "them":
            continue  # "four ambassadors, among them Ito of Japan"
        if before is not None and title and not _leads_on(sentence, before, mention):
            title, group = "", None
        person = people[mention.person] if mention.person is not None else None
        if mention.kind == "group":
            first = mention.first + bool(mention.determiner)
            title, group = sentence.words(first, mention.last), mention
        elif person is not None and mention.titles:
            shared = mention.titles[0]
            in_front = mention.name is not None and shared.head in PLURAL_HEADS and shared.last <= mention.name[0]
            title, group = sentence.words(shared.first, shared.last) if in_front else "", None
        elif mention.name is not None and mention.honorific in _PLURAL_RANKS:
            title, group = sentence.words(mention.name[0] - 1, mention.name[0]).rstrip("."), None
        elif person is not None and title and not person.titles and (role := role_of(title.lower())) is not None:
            person.titles.append(title)
            person.roles.append(role)
            person.codes = person.codes or mention.codes
            if group is not None and sentence.tokens[group.last].low == ",":
                group.members.append(person.index)
        before = mention


def _leads_on(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """Whether a list goes on from one mention to the next: "of Ohio and", ", among them"."""
    between = sentence.tokens[before.last : mention.first]
    links = _LEADS_ON if before.kind == "group" else _CHAIN
    if mention.kind != "name" or len(between) > 8 or not (between or before.kind == "group"):
        return False
    if before.kind == "group" and not between:
        return False
    return all(token.low in links or (links is _CHAIN and token.cap) for token in between)


def _note_predecessors(sentence: Sentence, people: Sequence[Person]) -> None:
    """ "Foreign Minister Sow, who replaces Ama Ba": she held the office."""
    for mention in sentence.mentions:
        if mention.person is None or not mention.first or sentence.tokens[mention.first - 1].low not in _SUCCEEDS:
            continue
        person = people[mention.person]
        if person.roles or person.titles:
            continue
        for each in (sentence, *sentence.before(1)):
            roles = [
                role
                for m in each.mentions
                if m.person not in (None, person.index) and (each is not sentence or m.first < mention.first)
                if m.person is not None and (role := people[m.person].role) is not None
            ]
            if roles:
                person.roles.append(roles[0])
                person.former = True
                break
