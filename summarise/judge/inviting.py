"""Who invites whom, as an English sentence tells it: each party is read by the words beside its mentions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal

from summarise.judge.index import ArticleIndex
from summarise.judge.presence import Presence
from summarise.records import Party

Side = Literal["inviter", "invitee"]

_REACH = 110  # characters looked at on either side of a mention
_NAME = r"(?:[\w’'.\[\]-]+,?\s+){0,8}?"
_PLAIN_NAME = r"(?:[\w’'.\[\]-]+\s+){0,8}?"
_HELPERS = r"(?:(?:has|have|had|will|would|may|might|also|then|again|later|already|\w+ly|to)\s+){0,4}"
_ASIDE = r"(?:\s+of(?:\s+[A-Z][\w-]*){1,3})?(?:,[^,.;]{1,80},)?,?(?:\s+who)?"
_ASKED_HIM = r"(?:asked|asks|urged|urges|pressed|presses|begged|begs|implored|requested|entreated|summoned|bade)"
_LETTER = r"(?:letters?|notes?|messages?|telegrams?|cables?|telex|missives?|requests?|appeals?)"
_INVITES = re.compile(
    rf"{_ASIDE}\s+{_HELPERS}(?:invit(?:ed|es|e|ing)\b|(?:{_ASKED_HIM}|called\s+on)\b(?=[^.;]{{1,60}}\bto\s)|"
    rf"(?:want(?:ed|s)?|(?:offer|propos|suggest)ed)\b(?=[^.;]{{1,60}}\b(?:to|in|at|come|visit|attend)\s)|"
    rf"(?:like|love|be\s+(?:\w+\s+)?(?:pleased|glad|happy|delighted|honou?red))\s+to\s+(?:see|host|welcome|receive|have)\b|"
    rf"(?:sent|wrote|addressed|handed|gave|dispatched)\b[^.;]{{0,60}}?\b{_LETTER}\b[^.;]{{0,60}}?\b(?:invit|ask|urg)ing|"
    rf"(?:extend|sen[dt]|issue|renew|offer|withdr[ae]w|cancel)\w*\s+(?:\w+\s+){{0,3}}?invitation)"
)
_HIS_INVITATION = re.compile(r"\s*['’]s?\s+(?:\w+\s+){0,3}?invit(?:ation|ing)\b")
_TO_A_PLACE = r"(?:to\s+(?:[\w’'-]+\s+){1,5}?)?"
_INVITED_BY = re.compile(
    rf"\b(?:invitations?\s+{_TO_A_PLACE}(?:of|from|by|sent by|extended by)|(?:invited|asked)\b[^.;]{{0,60}}?\bby|"
    rf"(?:urged|pressed|requested|begged|summoned|wanted)\s+by|requests?\s+(?:by|from)|guests?\s+of)\s+{_NAME}$",
    re.IGNORECASE,
)
_BY_LETTER = re.compile(rf"\b{_LETTER}\b[^.;]*$", re.IGNORECASE)
_LETTER_FROM = re.compile(rf"\b{_LETTER}\s+(?:from|by|of)\s+{_NAME}$", re.IGNORECASE)
_INVITING_HIM = re.compile(r",?\s+(?:invit|ask|urg|press|begg|implor|request)ing\b")
_THANKED = re.compile(rf"\bthank(?:ed|s|ing)\s+{_NAME}$")
_FOR_INVITING = re.compile(rf"{_ASIDE}[^.;]{{0,60}}?\bfor\s+(?:\w+\s+){{0,4}}?invit(?:ation|ing)")
_THANKS = r"thank(?:ed|s)\b[^.;]{0,60}?\bfor\b(?:(?!\band\s+\w+ed\b)[^.;]){0,80}?\binvit(?:ation|ing)"
_INVITED = re.compile(
    rf"{_ASIDE}\s+{_HELPERS}(?:(?:is|was|are|were|be|been|being)\s+(?:\w+\s+){{0,2}}?(?:invited|wanted|{_ASKED_HIM})\b|"
    rf"(?:be|been)\s+(?:\w+\s+)?(?:welcome|h(?:is|er)\s+guest)\s+(?:in|at)\b|"
    rf"(?:accept|declin|refus|receiv|welcom|reject|turned down)\w*\s+"
    rf"(?:[\w’'.-]+\s+){{0,6}}?(?:invit(?:ation|ing)|request|plea|appeal)|"
    rf"(?:has|have|had|got)\s+(?:an?|the|his|her|their|no)\s+(?:\w+\s+){{0,2}}?invitation|"
    rf"{_THANKS})|[^.;]{{0,80}}?\bat the (?:\w+\s+)?invitation of\b"
)
_ACCEPTS = re.compile(rf"{_ASIDE}\s+{_HELPERS}(?:accept|declin)\w*")
_TO = re.compile(
    rf"\b(?:invit(?:ed|es|e|ing)|invitations?(?:\s+(?!to\b)[\w’'-]+){{0,6}}?\s+to)\s+{_PLAIN_NAME}$", re.IGNORECASE
)
_ASKED = re.compile(rf"\b(?:{_ASKED_HIM}|asking|urging|begging|called on|want|wanted)\s+{_NAME}$")
_TO_COME = re.compile(
    r"[^.;,]{0,60}?\s+to\s+(?:come|visit|attend|travel|pay|join|fly|go|take part|be|[A-Z])|\s+in\s+[A-Z]"
)
_PROPOSED_THAT = re.compile(rf"\b(?:propos|suggest|request)\w*\b[^.;]{{0,60}}?\bthat\s+{_PLAIN_NAME}$")
_SPOKEN_OF = (  # of these each pattern above has one
    "invit ask urg press beg implor request entreat summon bade called want offer propos suggest like love plea glad "
    "happy delight hono guest welcom appeal"
).split()
_COME = re.compile(r"\s+(?:should\s+)?(?:come|visit|attend|tour|pay|travel)\b")


def sides(text: str, spans: Iterable[tuple[int, int]], others: Sequence[tuple[int, int]]) -> set[Side]:
    """The sides on which a sentence shows a party whose mentions stand at `spans`.

    `others` are the mentions of the opposite party: what is said across one of them is said of that one.
    """
    found: set[Side] = set()
    starts, ends = sorted(first for first, _ in others), sorted(last for _, last in others)
    speaks_of_inviting = "invit" in text.lower()
    for start, end in spans:
        earlier, later = bisect_right(ends, start), bisect_left(starts, end)
        floor = ends[earlier - 1] if earlier else 0
        ceiling = starts[later] if later < len(starts) else len(text)
        before = text[max(floor, start - _REACH) : start]
        after = text[end : end + _REACH]
        if _is_inviter(before, after) and not _is_written_to(text[:start], after):
            found.add("inviter")
        alone = text[end : min(ceiling, end + _REACH)]
        if _is_invitee(before, after, alone, speaks_of_inviting=speaks_of_inviting):
            found.add("invitee")
    return found


def may_show_sides(text: str) -> bool:
    """Whether a sentence has a word without which `sides` finds nothing; it is found sooner than that."""
    folded = text.casefold()
    return any(stem in folded for stem in _SPOKEN_OF)  # faster than one pattern of them all


def told_sides(
    index: ArticleIndex, who: Presence, numbers: tuple[int, ...], inviters: list[Party], invitees: list[Party]
) -> int:
    """1 if a sentence shows one of the parties on the side given.

    Else -1 or -2: a sentence shows one of them, or both, on the other side; 0 if none shows anything.
    """
    wrong = 0
    for number in numbers:
        text = index.text(number)
        if not may_show_sides(text):
            continue
        asking, asked = who.spans(number, inviters), who.spans(number, invitees)
        one, other = sides(text, asking, asked), sides(text, asked, asking)
        if "inviter" in one or "invitee" in other:
            return 1
        wrong = max(wrong, ("invitee" in one) + ("inviter" in other))
    return -wrong


def _is_inviter(before: str, after: str) -> bool:
    if _HIS_INVITATION.match(after) or _INVITES.match(after) or _INVITED_BY.search(before):
        return True
    if _LETTER_FROM.search(before) is not None and _INVITING_HIM.search(after) is not None:
        return True
    return _THANKED.search(before) is not None and _FOR_INVITING.match(after) is not None


def _is_written_to(sentence: str, after: str) -> bool:
    """ "The king sent a telegram to Rao, inviting him": it is not Rao who asks."""
    if _INVITING_HIM.match(after) is None or _BY_LETTER.search(sentence) is None:
        return False
    return _LETTER_FROM.search(sentence) is None


def _is_invitee(before: str, after: str, alone: str, *, speaks_of_inviting: bool) -> bool:
    if _INVITED.match(after) or (_ACCEPTS.match(after) and speaks_of_inviting):
        return True
    if _INVITED_BY.search(before):
        return False
    if _PROPOSED_THAT.search(before) is not None and _COME.match(alone) is not None:
        return True
    return _TO.search(before) is not None or (_ASKED.search(before) is not None and _TO_COME.match(alone) is not None)
