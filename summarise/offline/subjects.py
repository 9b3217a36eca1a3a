"""Who does it: the subject of a verb, within one sentence."""

from __future__ import annotations

from typing import Final

from summarise.offline.clauses import Clauses
from summarise.offline.lexicon import PREPOSITIONS, words
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.verbs import FORMS, VerbGroup

_NO_SUBJECT_BEHIND: Final = PREPOSITIONS - {"including"}
_JOINTS: Final = words(
    "and but or then that if whether when while because as since until though although where ; : before after unless "
    "once"
)
_PASSED: Final = PREPOSITIONS | words('( ) " “ ” - – —')
"""May stand between a subject and its verb without being counted."""
_FARTHEST: Final = 6  # other words between a subject and its verb
_OPENERS: Final = words(
    "who which accompanied led currently now on in the whose speaking a an flanked along together his her with at "
    "during after before following arriving visiting fresh travelling traveling acting making wrapping ending "
    "beginning starting paying concluding for as himself herself escorted leading heading representing about aged one "
    "like including joined due expected asked quoting citing according to by from meanwhile however addressing "
    "answering"
)
"""Open an aside between commas: "X, accompanied by Y, visited"."""
_LONGEST_ASIDE: Final = 40
_OBJECT_CONTROL: Final = words(
    "invite invited invites inviting ask asked asks asking urge urged urges urging allow allowed allows permit "
    "permitted enable enabled send sent sends sending dispatch dispatched order ordered instruct instructed persuade "
    "persuaded want wants wanted expect expects expected press pressed bring brought force forced get encourage "
    "encouraged request requested summon summoned bar barred prevent prevented for"
)
"""The object of these, not their subject, does what the infinitive behind it says."""
_CARRIERS: Final = words(
    "plane aircraft jet convoy motorcade helicopter entourage flight train ship yacht delegation party team visit trip "
    "tour"
)
_QUOTED_OR_DATED: Final = words(', " “ ” today yesterday tomorrow')
_ASKED: Final = words("invitation invited asked urged")


class Subjects:
    """Finds the subjects of one sentence after another."""

    def __init__(self) -> None:
        self._clauses: Clauses | None = None

    def clauses(self, s: Sentence) -> Clauses:
        """What is known of the sentence's clauses, kept until another sentence is asked about."""
        if self._clauses is None or self._clauses.sentence is not s:
            self._clauses = Clauses(s)
        return self._clauses

    def subject(self, s: Sentence, group: VerbGroup) -> list[Mention]:
        """The mentions that are the subject of a verb group; of an infinitive, who is to do it."""
        if group.infinitive:
            return self._of_infinitive(s, group)
        if group.mood == "gerund":
            return self._of_participle(s, group)
        return self.left_of(s, group.first)

    def left_of(self, s: Sentence, first: int) -> list[Mention]:
        """The subject that stands left of a token, in the same clause."""
        tokens, at, strange = s.tokens, first - 1, 0
        while at >= 0:
            low = tokens[at].low
            if (mention := s.mention_at.get(at)) is not None:
                if _owns(s, mention, first):
                    if _carries(s, mention, first):  # "the minister's plane landed in Riga"
                        return [mention]
                    at, strange = mention.first - 1, strange + 1
                elif mention.first and tokens[mention.first - 1].low in _NO_SUBJECT_BEHIND:
                    at = mention.first - 2
                else:
                    return _with_others(s, _head_of(s, mention))
            elif low in ("who", "which"):
                return _antecedent(s, at)
            elif low in _JOINTS:
                return self.coordinated(s, at)
            elif low == ",":
                if found := self._at_comma(s, at):
                    return found
                at = _aside_before(s, at) - 1
            elif low in _PASSED or tokens[at].place is not None or low.isdigit():
                at -= 1
            elif strange >= _FARTHEST:
                return self.coordinated(s, at)
            else:
                at, strange = at - 1, strange + 1
        return []

    def _at_comma(self, s: Sentence, at: int) -> list[Mention]:
        """The subject if it is to be had at a comma left of the verb; if not, the search goes on left of it."""
        last = s.mention_at.get(at - 1)
        if last is not None and last.kind == "name" and last.first and s.tokens[last.first - 1].low == ",":
            return [last]  # "his predecessor, the late Gen. Tudela, came"
        if _aside_before(s, at) == at and self.clauses(s).first_verb < at:
            return self.coordinated(s, at)  # "he left Riga, arrived in Oslo"
        return []

    def whom_before(self, s: Sentence, first: int) -> list[Mention]:
        """ "Rao, whom she invited", "Rao, who the king had asked": whom the subject left of a verb does it to."""
        subject = s.mention_at.get(first - 1)
        at = subject.first - 1 if subject is not None else first - 2
        return _antecedent(s, at) if at > 0 and s.tokens[at].low in ("who", "whom") else []

    def accompanying(self, s: Sentence) -> list[Mention]:
        """ "X, accompanied by Y and Z, arrived": Y and Z."""
        found: list[Mention] = []
        for at, token in enumerate(s.tokens[:-3]):
            if token.low == "accompanied" and s.tokens[at + 1].low == "by":
                mention = s.mention_at.get(at + 2) or s.mention_at.get(at + 3)
                found += self.list_from(s, mention, len(s.tokens)) if mention is not None else []
        return found

    def antecedent(self, s: Sentence, who: int) -> list[Mention]:
        """Whom "who" at this token means."""
        return _antecedent(s, who)

    def coordinated(self, s: Sentence, at: int) -> list[Mention]:
        """The subject of the clause that goes on after "and": the first one that can be a subject."""
        clauses = self.clauses(s)
        last = clauses.subject_until(at)
        if last is None:
            return []
        return self.list_from(s, clauses.subject_from(clauses.opener_before(last.first)) or last, at)

    def list_from(self, s: Sentence, mention: Mention, limit: int) -> list[Mention]:
        """The mention and those that are listed with it, before the token `limit`: "A, B and C"."""
        tokens, found, at = s.tokens, [mention], mention.last
        while at + 1 < limit and tokens[at].low in ("and", ","):
            further = s.mention_at.get(at + 1)
            if further is None or further.first != at + 1:
                break
            behind = further.last
            if tokens[at].low == ",":
                goes_on = behind < limit and tokens[behind].low in ("and", ",")
                if not goes_on or all(token.low != "and" for token in tokens[behind : min(limit, behind + 3)]):
                    break
            found.append(further)
            at = behind
        return found

    def first_after(self, s: Sentence, at: int) -> list[Mention]:
        """The subject of the main clause that follows an opening phrase: "On his way home, Ito visited"."""
        clauses = self.clauses(s)
        comma = clauses.comma_from(at)
        subject = clauses.subject_from(max(at, comma) + 1) if comma is not None else None
        return self.list_from(s, subject, len(s.tokens)) if subject is not None else []

    def _of_infinitive(self, s: Sentence, group: VerbGroup) -> list[Mention]:
        """Who is to do it: "Kim invited Putin to visit", "plans to visit", "an invitation to visit"."""
        tokens, at = s.tokens, group.first - 1
        while at >= 0 and tokens[at].low in _QUOTED_OR_DATED:
            at -= 1
        mention = s.mention_at.get(at)
        if mention is not None:
            before = tokens[mention.first - 1].low if mention.first else ""
            if before in PREPOSITIONS and before not in _OBJECT_CONTROL:
                # "an invitation from Kim to visit", but "a letter to Rao to visit"
                return self.left_of(s, mention.first - 1) if before != "to" else [mention]
            return _with_others(s, mention)  # "Putin to visit"
        if at >= 0 and tokens[at].low in _ASKED:
            return self.left_of(s, at)
        return self.left_of(s, group.first)

    def _of_participle(self, s: Sentence, group: VerbGroup) -> list[Mention]:
        """Who is meant by "visiting", "after visiting": the subject of the clause it leans on."""
        tokens, first = s.tokens, group.first
        mention = s.mention_at.get(first - 1)
        if mention is not None and (mention.first == 0 or tokens[mention.first - 1].low not in PREPOSITIONS):
            return [mention]
        if first <= 2 or not s.mentions or s.mentions[0].first >= first:
            return self.first_after(s, group.verb)
        before = s.mention_at.get(first - 2) if tokens[first - 1].low == "," else None
        if before is not None and s.is_subject(before):
            return [before]
        return self.coordinated(s, first)


def _owns(s: Sentence, mention: Mention, first: int) -> bool:
    """Whether a possessive ending follows the mention, left of the verb."""
    return mention.last < first and s.tokens[mention.last].low in ("'s", "’", "'")


def _carries(s: Sentence, mention: Mention, first: int) -> bool:
    return any(token.low in _CARRIERS for token in s.tokens[mention.last : min(first, mention.last + 5)])


def _head_of(s: Sentence, mention: Mention) -> Mention:
    """The name that a title in apposition stands for: "Conteh, the president, visited"."""
    tokens = s.tokens
    enclosed = (
        mention.kind == "nominal"
        and mention.first
        and tokens[mention.first - 1].low == ","
        and mention.last < len(tokens)
        and tokens[mention.last].low == ","
    )
    return s.mention_at.get(mention.first - 2, mention) if enclosed else mention


def _with_others(s: Sentence, mention: Mention) -> list[Mention]:
    """ "X and Y": all of a list of subjects that ends with this one."""
    found, tokens, at = [mention], s.tokens, mention.first - 1
    while at > 0 and tokens[at].low in ("and", ",", "&"):
        joined = tokens[at].low != ","
        before = _at_or_of_a_place(s, at - 1)
        if before is None and tokens[at].low == "and" and tokens[at - 1].low == ",":
            before = _at_or_of_a_place(s, at - 2)
        if before is None or (not joined and len(found) == 1):
            break
        if before.first and tokens[before.first - 1].low in PREPOSITIONS:
            break
        found.append(before)
        at = before.first - 1
    return found[::-1]


def _at_or_of_a_place(s: Sentence, at: int) -> Mention | None:
    """The mention that ends here, or the one before "of Chile" that does."""
    mention = s.mention_at.get(at)
    if mention is not None or at < 2 or s.tokens[at].place is None:
        return mention
    place = s.tokens[at].place
    while at and s.tokens[at].place is place:
        at -= 1
    return s.mention_at.get(at - 1) if s.tokens[at].low == "of" else None


def _antecedent(s: Sentence, at: int) -> list[Mention]:
    """Whom "who" at this token means: "the king of Jordan, who"; else the last one who was named."""
    back = at - 1
    while back >= 0 and (
        s.tokens[back].low in (",", "(", "of", "the", "-")
        or (s.tokens[back].place is not None and back not in s.mention_at)
    ):
        back -= 1
    mention = s.mention_at.get(back)
    if mention is not None:
        return [mention]
    return next(([each] for each in reversed(s.mentions) if each.last <= at and each.kind != "pronoun"), [])


def _aside_before(s: Sentence, at: int) -> int:
    """Token of the comma that opens the aside which the comma at this token closes; the same token if none does."""
    for back in range(at - 1, max(-1, at - _LONGEST_ASIDE), -1):
        if s.tokens[back].low == "," and back + 1 < at:
            follower = s.tokens[back + 1].low
            opens = follower in _OPENERS or follower in FORMS or s.mention_at.get(back - 1) is not None
            return back if opens else at
    return at
