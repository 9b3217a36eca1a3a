"""Travel told by verbs: which rule reads which word, and what the clause around takes back or leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from summarise.offline.being import Being
from summarise.offline.companions import Companions
from summarise.offline.denial import dismissed, note_refusal
from summarise.offline.events import TravelEvent
from summarise.offline.going import FOLLOWERS, Going, awaited
from summarise.offline.grammar import Grammar
from summarise.offline.hosting import Hosting
from summarise.offline.lexicon import words
from summarise.offline.meeting import Meeting, may_have_talks
from summarise.offline.sentence import Sentence
from summarise.offline.telling import Telling
from summarise.offline.trip_words import OFF_VERBS
from summarise.offline.verbs import ASKING, BE, FORMS, HAVE, VerbGroup, verb_group

_Rule = Callable[["TravelVerbs", Sentence, int], Iterator[TravelEvent]]

_GLAD: Final = words("pleased happy glad delighted honoured honored")
_REQUESTS: Final = words(
    "request requests requested appeal plea propose proposes proposed proposing suggested suggesting"
)
_REQUEST: Final = words("request requests appeal plea")
_CALLED_ON: Final = frozenset((("called", "on"), ("calls", "on"), ("called", "upon"), ("calling", "on")))
_SELDOM_TRAVEL: Final = words("remain turn show look drop descend put get pass swing step double touch")
_FOLLOWERS: Final = {word: FOLLOWERS[base] for word, (_, base, _) in FORMS.items() if base in _SELDOM_TRAVEL}
"""Of verbs that seldom tell of travel, in all forms: the words behind with which they do."""
_AHEAD: Final = words("will would due scheduled expected plans to-be")
_TALKS: Final = words("talks negotiations discussions")
_BACK: Final = words("back home fresh return returns returned returning came come")
_PLANS: Final = words("plan plans intention intentions")
_PLAN_REACH: Final = 16
_PURPOSE_REACH: Final = 10
_PURPOSE_ENDS: Final = words("; that who which said says and plans planned expected scheduled due")
_NOT: Final = words("not never n't")
_FIRST: Final = words("first only last")
_THE_ONE: Final = words("last first only")


class TravelVerbs:
    """Finds travel told by verbs in one sentence after another."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        telling = Telling(grammar)
        self._going, self._meeting, self._hosting = Going(telling), Meeting(telling), Hosting(telling)
        self._being, self._companions = Being(telling), Companions(grammar)

    def events(self, s: Sentence) -> Iterator[TravelEvent]:
        """Every event that a verb of the sentence tells; none without anybody who could travel."""
        if not s.mentions:
            return
        if next((token.low for token in s.tokens if token.low.isalpha()), "") == "had":
            return  # "Had the minister visited Riga, talks would have resumed" (hard case 13)
        telling = s.vocabulary & _TELLING
        if not telling:
            return
        for at in [at for at, low in enumerate(s.low) if low in telling]:
            low = s.low[at]
            if at not in s.mention_at or low in _ANYWHERE:
                yield from _RULES[low](self, s, at)

    def _by_verb(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        token = s.tokens[at]
        if token.low in HAVE and not may_have_talks(s, at):
            return  # nearly always a mere helper: not worth reading its group
        followers = _FOLLOWERS.get(token.low)
        if followers is not None and (at + 1 == len(s.tokens) or s.tokens[at + 1].low not in followers):
            return  # "looked tired", "put the question": not worth reading its group
        group = verb_group(s.tokens, at) if token.place is None else None
        if group is not None and group.mood not in ("never", "unreal") and not _is_barred(s, group):
            found = list(self._told_by(s, group))
            if found and not _asked_to(s, group) and not _is_the_first_time(s, group.first, found):
                for event in found:
                    self._weigh(s, group, event)
                    yield event
        if token.low in ("represented", "attended"):
            yield from self._meeting.represented(s, at)

    def _accompanied(self, s: Sentence, at: int) -> Iterator[TravelEvent]:
        """ "X, accompanied by Y" tells of companions, "X accompanied Y to Jeddah" of a journey."""
        by = at + 1 < len(s.tokens) and s.tokens[at + 1].low == "by"
        journey = [] if by else list(self._by_verb(s, at))
        yield from journey or self._companions.accompanied(s, at)

    def _told_by(self, s: Sentence, group: VerbGroup) -> Iterator[TravelEvent]:
        """What the rule of the verb's frame finds."""
        behind = s.tokens[group.verb + 1 : group.verb + 5]
        if group.frame == "visit":
            yield from self._going.visiting(s, group)
        elif group.frame == "host" and group.infinitive and _set_out_before(s, group) is not None:
            return  # "had come to Lahore to greet Mr Sharif"
        elif group.frame == "host" or (group.base == "meet" and group.passive):  # "was met at the airport by"
            yield from self._hosting.hosting(s, group)
        elif group.frame in ("meet", "attend"):
            yield from self._meeting.meeting(s, group)
            yield from self._meeting.days_in(s, group)
        elif group.frame == "send":
            yield from self._hosting.sending(s, group)
        elif group.base in ("spend", "lead"):
            yield from self._going.spending(s, group)
        elif group.base == "pass" and behind and behind[0].low == "to":
            return  # "an invitation passed to the Iranian side"
        elif group.base == "call" and behind and behind[0].low == "on":
            yield from self._hosting.calling_on(s, group)
        elif group.base == "continue" and any(token.low in _TALKS for token in behind):
            yield from self._meeting.meeting(s, group)
        elif group.frame != "invite":
            yield from self._going.going(s, group)

    def _weigh(self, s: Sentence, group: VerbGroup, event: TravelEvent) -> None:
        """What the clause around the verb says of the event's status."""
        clauses = self.grammar.clauses(s)
        if event.status in ("future", "planned") and clauses.unconfirmed_from < group.first:
            event.status = "speculated"  # "had not confirmed that Putin would travel"
        if group.mood == "gerund" and group.first and s.tokens[group.first - 1].low == "before":
            event.status = "completed" if _AHEAD.isdisjoint(clauses.words) else "future"
            event.follows = event.status == "completed"
        if (undone := _undone(s, group)) is not None:
            event.status = undone
        if dismissed(s, group.first):
            event.status = "denied"
        note_refusal(event, group.first)
        if event.status == "planned" and group.infinitive and _became(s, group):
            event.status = "completed"
        if event.status == "planned" and group.infinitive and (left := _set_out_before(s, group)) is not None:
            event.status, event.sets_off = left, True
        if event.status == "present" and awaited(s, group):
            event.status = "planned"


def _set_out_before(s: Sentence, group: VerbGroup) -> str | None:
    """ "left here on Wednesday to visit Laos", "flew in to attend the talks": what is told of setting out."""
    for at in range(group.first - 1, max(-1, group.first - _PURPOSE_REACH), -1):
        low = s.tokens[at].low
        if low in _PURPOSE_ENDS:
            return None
        if (entry := FORMS.get(low)) is not None and at not in s.mention_at:
            before = verb_group(s.tokens, at) if entry[0] in ("leave", "to", "in") else None
            if before is None or before.passive:
                return None
            return {"past": "completed", "now": "ongoing"}.get(before.mood)
    return None


def _became(s: Sentence, group: VerbGroup) -> bool:
    """ "became yesterday the first minister to visit Lima": he has been there."""
    if "since" in s.vocabulary:
        return False  # "became the first to visit Lima since 1970, when": the last one's visit is told as well
    return any(token.low == "became" for token in s.tokens[max(0, group.first - _PLAN_REACH) : group.first])


_ANYWHERE: Final[dict[str, _Rule]] = {
    ",": lambda verbs, s, at: verbs._being.aside(s, at),
    "back": lambda verbs, s, at: verbs._going.back(s, at),
    **dict.fromkeys(words("way route"), lambda verbs, s, at: verbs._going.on_the_way(s, at)),
    **dict.fromkeys(words("together along flanked"), lambda verbs, s, at: verbs._companions.together(s, at)),
    "accompanying": lambda verbs, s, at: verbs._companions.accompanying(s, at),
    "followed": lambda verbs, s, at: verbs._companions.followed(s, at),
    "them": lambda verbs, s, at: verbs._companions.among_them(s, at),
    **dict.fromkeys(words("attendance participation"), lambda verbs, s, at: verbs._meeting.confirmed(s, at)),
}
"""Rules of words that may stand inside a name."""
_RULES: Final[dict[str, _Rule]] = {
    **dict.fromkeys(FORMS, TravelVerbs._by_verb),
    **dict.fromkeys(BE, lambda verbs, s, at: verbs._being.being(s, at)),
    "where": lambda verbs, s, at: verbs._being.where(s, at),
    **dict.fromkeys(words("expects awaits expecting awaiting"), lambda verbs, s, at: verbs._hosting.awaiting(s, at)),
    **dict.fromkeys(words("accompanied accompanies accompany"), TravelVerbs._accompanied),
    **dict.fromkeys(
        words("include includes included comprises including"), lambda verbs, s, at: verbs._companions.includes(s, at)
    ),
    **_ANYWHERE,
}
_TELLING: Final = frozenset(_RULES)


def _undone(s: Sentence, group: VerbGroup) -> str | None:
    """ "cancelled plans to attend", "there are no plans for Ito to visit": what becomes of it; None if it stands."""
    low = [token.low for token in s.tokens[max(0, group.verb - _PLAN_REACH) : group.verb]]
    plan = next((at for at in range(len(low) - 1, -1, -1) if low[at] in _PLANS), None)
    if plan is None or "to" not in low[plan:]:
        return None
    before = low[max(0, plan - 4) : plan]
    if "no" in before:
        return "denied"
    off = next((OFF_VERBS[word] for word in reversed(before) if word in OFF_VERBS), None)
    return off if off is not None and _NOT.isdisjoint(before) else None


def _asked_to(s: Sentence, group: VerbGroup) -> bool:
    """ "invited Putin to visit": asked is not gone; what comes of it, the rules of invitations say."""
    before = [token.low for token in s.tokens[max(0, group.first - 14) : group.first]]
    near = before[-9:]
    if "whether" in near or ("asked" in near and "if" in near):
        return True  # a question tells nothing
    if group.infinitive and before[-1:] == ["welcome"]:
        return True  # "would be welcome to come"
    if not group.infinitive:
        return group.form == "base" and not group.helpers and "that" in near and not _REQUESTS.isdisjoint(before)
    if "would" in near and not _GLAD.isdisjoint([*before[-3:], *group.helpers]):
        return True  # "would be pleased to receive him"
    travels = group.frame in ("visit", "to", "in") and group.base != "touch"
    if travels and not _THE_ONE.isdisjoint(before[-5:]) and not _became(s, group):
        return True  # "the last minister to visit Honduras was ..."
    if not _REQUEST.isdisjoint(near) or any(pair in _CALLED_ON for pair in pairwise(near)):
        return True  # "declined a request from the king to attend", "called on Rao to come"
    return any(word in ASKING or "invit" in word for word in before)


def _is_the_first_time(s: Sentence, first: int, found: list[TravelEvent]) -> bool:
    """ "It is the first time that a Peruvian minister visits Oslo": said of the visit just told, not one more."""
    before = [token.low for token in s.tokens[:first]]
    any_one = all(mention.determiner in ("a", "an") for event in found for mention in event.visitors)
    return any_one and "time" in before and not _FIRST.isdisjoint(before[: before.index("time")][-2:])


def _is_barred(s: Sentence, group: VerbGroup) -> bool:
    """ "voted to bar him from travelling to Lima", but "back from visiting Lima"."""
    if group.mood != "gerund":
        return False
    before = s.low[max(0, group.first - 2) : group.first]
    return before[-1:] == ["from"] and before[0] not in _BACK
