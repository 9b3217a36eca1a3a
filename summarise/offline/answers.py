"""What is said of an invitation without naming it: "He accepted it with gratitude", "X goes in his stead"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarise.offline.events import TravelEvent, Traveller
from summarise.offline.findings import InvitationFound
from summarise.offline.grammar import Goal
from summarise.offline.invitations import Invitations, journey
from summarise.offline.nouns import Mention
from summarise.offline.sentence import Sentence
from summarise.offline.travellers import Travellers

_ANSWERS: Final = {
    "pending": (
        "no answer", "no reply", "not yet replied", "not replied", "never replied", "unanswered", "yet to reply",
        "yet to respond", "yet to answer", "yet to decide", "not yet decided", "not responded", "not answered",
        "no response", "no immediate word", "no word", "considering", "studying", "under study", "be studied",
        "being studied", "under consideration", "has not said whether", "did not say whether", "not said yes",
        "had yet to say", "has yet to say", "awaiting", "reply is awaited", "answer is awaited", "reply was awaited",
        "not decided", "no decision", "would not say", "declined to say", "weighing", "would reply", "will reply",
        "will give our answer", "thinking it over", "think it over", "still not come",
    ),
    "delegated": (
        "in his place", "in her place", "takes his place", "takes her place", "took his place", "took her place",
        "take his place", "take her place", "in his stead", "in her stead", "on his behalf", "on her behalf",
        "represent him", "represent her", "stand in for", "stands in for", "standing in for", "stood in for",
        "deputise for", "deputize for", "deputises for", "deputising for", "in place of", "in the place of", " instead",
    ),
    "accepted": (
        "accepted it", "accepted the invitation", "invitation was accepted", "has accepted", "accepted with",
        "said yes", "gladly accepted", "and he accepted", "and she accepted", "agreed to come", "agreed to attend",
        "with pleasure", "promised to be there", "promised to come", "promised to attend", "shall be there",
        "will be there", "would be there", "ll be there", "i'm coming", "i am coming", "definitely come",
        "shall come", "said he would come", "said she would come", "said he will come", "said she will come",
        "said he would attend", "said she would attend", "said he would go", "said she would go", "block the date",
        "blocked the date", "marked the day", "marked the date", "given his word", "given her word",
        "given me his word", "counting the days",
        "which he accepted", "which she accepted", "he had accepted", "she had accepted", "gratefully accepted",
        "readily accepted",
        "said he would visit", "said she would visit", "promised to visit", "would gladly come",
        "looked forward to visiting", "looking forward to visiting", "looking forward to his visit", "ask him twice",
        "looking forward to her visit", "ask her twice", "be asked twice", "needed no second",
        "said he would be delighted to come",
        "replied that he would come", "replied that she would come", "said they would come",
    ),
    "declined": (
        "declined", "turned it down", "returned with", "sent back", "turned down",
        "sent his apologies", "sent her apologies", "sent regrets",
        "sent his regrets", "sent her regrets", "send his regrets", "send her regrets", "sent their regrets",
        "unable to attend", "unable to come", "unable to accept", "unable to be present", "not be able to come",
        "not be able to attend", "will not attend", "would not attend", "will not come", "would not come",
        "cannot come", "could not come", "cannot attend", "could not attend", "said no", "polite no", "stay away",
        "staying away", "excused himself", "excused herself", "begged off", "cried off", "begged to be excused",
        "asked to be excused", "be accommodated", "prior engagement", "previous engagement", "prior commitment",
        "other engagements", "other commitments", "refused to come", "refused to go",
    ),
    "tentative": (
        "try to find the time", "try to attend", "try to come", "would try", "will try", "try his best", "try her best",
        "do his best to", "do her best to", "might attend", "may attend", "might come", "may come", "hoped to attend",
        "hoped to come", "hopes to attend", "hopes to come", "in principle", "schedule permit", "if his schedule",
        "if her schedule", "if the work schedule", "if his health", "if her health",
    ),
    "acknowledged": ("thanked", "grateful", "appreciat"),
}  # fmt: skip
"""Wordings of each response, the first that fits counts: "no answer" before an answer (hard cases 45 and 46)."""
_SENT_BEFORE: Final = ("regrets to", "apologies to", "promised", "excused h", "said yes to", "said no to")
"""Stand before the inviting as well: "has sent his regrets to the king, who had wanted him in Lima"."""
_TAKEN_BACK: Final = (
    "place had gone", "place has gone", "invitation had gone", "no longer welcome", "took back", "was withdrawn",
    "been withdrawn", "struck off the list", "off the guest list",
)  # fmt: skip
_NOT_GOING: Final = (
    "in his place", "in her place", "takes his place", "takes her place", "took his place", "took her place",
    "take his place", "take her place", "in his stead", "in her stead", "deputise for", "deputising for",
    "stand in for", "standing in for", "excused himself", "excused herself", "begged off", "cried off",
    "sent his apologies", "sent her apologies", "sent his regrets", "sent her regrets", "sent regrets",
    "will not attend", "unable to attend",
    "unable to go", "stay away", "staying away",
)  # fmt: skip
"""Tell of one who was to come "at the invitation of" that he does not come."""
_SIGNS: Final = (*_TAKEN_BACK, *(sign for signs in _ANSWERS.values() for sign in signs))
_OPEN: Final = frozenset(("unknown", "pending", "acknowledged"))
_REACH: Final = 2
"""So many sentences behind the invitation an answer is looked for."""


class Answers:
    """Finds the answers to the invitations of one article."""

    def __init__(self, invitations: Invitations, travellers: Travellers) -> None:
        self._invitations = invitations
        self._travellers = travellers

    def read(self, s: Sentence) -> Iterator[TravelEvent]:
        """Takes in what a sentence says of an invitation; gives the journey that the answer announces."""
        answered = self._answered(s)
        if answered is None:
            return
        low = _behind_the_inviting(s, answered)
        if any(sign in low for sign in _TAKEN_BACK):
            answered.status = "withdrawn"
            self._invitations.cite(answered, s)
            return
        for response, signs in _ANSWERS.items():
            stands = answered.implied and answered.response == "accepted"
            sign = next((sign for sign in signs if sign in low and (not stands or sign in _NOT_GOING)), None)
            if sign is None or (response != "delegated" and not stands and answered.response not in _OPEN):
                continue
            stand_in = self._stand_in(s, answered, sign) if response == "delegated" else []
            if response != "delegated" or stand_in:
                yield from self._take(s, answered, response, stand_in)
                return

    def _take(
        self, s: Sentence, answered: InvitationFound, response: str, stand_in: list[Mention]
    ) -> Iterator[TravelEvent]:
        answered.response = response
        self._invitations.cite(answered, s)
        if response == "delegated":
            yield from self._sent(s, answered, stand_in)
        elif response == "accepted":
            yield from journey(s, answered, "planned")
        elif response == "tentative":
            yield from journey(s, answered, "speculated")

    def _sent(self, s: Sentence, answered: InvitationFound, stand_in: list[Mention]) -> Iterator[TravelEvent]:
        """The journey of the one who is sent, with the date told for it, else with that of the invitation."""
        if answered.code is None:
            return
        told, token = answered.told
        if s.dates and told.number != s.number:
            told, token = s, stand_in[-1].first
        event = TravelEvent(told, token, [], [Goal(answered.code, [], token=token)], "planned")
        event.stand_ins = self._travellers.of_mentions(s, stand_in)
        event.also = [number for number in (s.number, answered.told[0].number) if number != told.number]
        yield event

    def _answered(self, s: Sentence) -> InvitationFound | None:
        """The invitation that a sentence may answer: that of someone it names, else the one told last."""
        near = [
            known
            for known in self._invitations.found[-_REACH - 2 :]
            if s.number - known.last <= _REACH
            and (known.response in _OPEN or known.response == "declined" or known.implied)
        ]
        if not near or _says_nothing(s):
            return None
        named = {one.key for mention in s.mentions for one in self._travellers.of_mention(s, mention)}
        for known in reversed(near):
            if named & known.invitees.keys():
                return known
        return near[-1] if near[-1] is self._invitations.found[-1] else None

    def _stand_in(self, s: Sentence, invitation: InvitationFound, sign: str) -> list[Mention]:
        """ "The vice-president will attend in her place": the visit is his (hard case 50), who stands beside it."""
        parties = invitation.invitees.keys() | invitation.inviters.keys()
        states = {one.country for one in invitation.invitees.values()}
        others = [
            mention
            for mention in s.mentions
            if (one := self._travellers.single(s, mention)) is not None
            and one.key not in parties
            and _may_stand_in(one, states)
        ]
        at = s.token_at(s.raw.lower().replace("’", "'").rfind(sign))
        before = [mention for mention in others if mention.first < at]
        return before[-1:] or others[:1]


def _says_nothing(s: Sentence) -> bool:
    low = s.raw.lower().replace("’", "'")
    return not any(sign in low for sign in _SIGNS)


def _may_stand_in(one: Traveller, states: set[str | None]) -> bool:
    return one.country is None or one.country in states or None in states


def _behind_the_inviting(s: Sentence, invitation: InvitationFound) -> str:
    """What stands behind the inviting where both are in one sentence; before it only what can be nothing else."""
    low = s.raw.lower().replace("’", "'")
    told, token = invitation.told
    if s.number not in invitation.sentences:
        return low
    if any(sign in low for sign in _SENT_BEFORE):
        return low
    at = max(low.find("invit"), low.find("asked"), 0)
    return low[at:] if told.number != s.number else low[max(at, 0) :] if at else low[s.tokens[token].start - s.begin :]
