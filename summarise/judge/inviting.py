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
_ASIDE = r"(?:\s+of(?:\s+[A-Z][\w-]*){1,3})?(?:,[^,.;]{1,80},)?,?"
_INVITES = re.compile(
    rf"{_ASIDE}\s+{_HELPERS}(?:invit(?:ed|es|e|ing)\b|(?:asked|asks|urged|bade)\b(?=[^.;]{{1,60}}\bto\s)|"
    rf"(?:extend|sen[dt]|issue|renew|offer|withdr[ae]w|cancel)\w*\s+(?:\w+\s+){{0,3}}?invitation)"
)
_HIS_INVITATION = re.compile(r"\s*['’]s?\s+(?:\w+\s+){0,3}?invit(?:ation|ing)\b")
_TO_A_PLACE = r"(?:to\s+(?:[\w’'-]+\s+){1,5}?)?"
_INVITED_BY = re.compile(
    rf"\b(?:invitations?\s+{_TO_A_PLACE}(?:of|from|by|sent by|extended by)|invited\b[^.;]{{0,60}}?\bby|guests?\s+of)"
    rf"\s+{_NAME}$",
    re.IGNORECASE,
)
_THANKED = re.compile(rf"\bthank(?:ed|s|ing)\s+{_NAME}$")
_FOR_INVITING = re.compile(rf"{_ASIDE}[^.;]{{0,60}}?\bfor\s+(?:\w+\s+){{0,4}}?invit")
_INVITED = re.compile(
    rf"{_ASIDE}\s+{_HELPERS}(?:(?:is|was|are|were|be|been|being)\s+(?:\w+\s+){{0,2}}?(?:invited|asked)\b|"
    rf"(?:accept|declin|refus|receiv|welcom|reject|turned down)\w*\s+(?:[\w’'.-]+\s+){{0,6}}?invit|"
    rf"(?:has|have|had|got)\s+(?:an?|the|his|her|their|no)\s+(?:\w+\s+){{0,2}}?invitation|"
    rf"thank(?:ed|s)\b[^.;]{{0,80}}?\binvit)|[^.;]{{0,80}}?\bat the (?:\w+\s+)?invitation of\b"
)
_ACCEPTS = re.compile(rf"{_ASIDE}\s+{_HELPERS}(?:accept|declin)\w*")
_TO = re.compile(
    rf"\b(?:invit(?:ed|es|e|ing)|invitations?(?:\s+(?!to\b)[\w’'-]+){{0,6}}?\s+to)\s+{_PLAIN_NAME}$", re.IGNORECASE
)
_ASKED = re.compile(rf"\b(?:asked|asks|urged|bade)\s+{_NAME}$")
_TO_COME = re.compile(r"[^.;,]{0,60}?\s+to\s+(?:come|visit|attend|travel|pay|join|fly|go|take part|[A-Z])")


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
        if _is_inviter(before, after):
            found.add("inviter")
        alone = text[end : min(ceiling, end + _REACH)]
        if _is_invitee(before, after, alone, speaks_of_inviting=speaks_of_inviting):
            found.add("invitee")
    return found


def told_sides(
    index: ArticleIndex, who: Presence, numbers: tuple[int, ...], inviters: list[Party], invitees: list[Party]
) -> int:
    """1 if a sentence shows one of the parties on the side given.

    Else -1 or -2: a sentence shows one of them, or both, on the other side; 0 if none shows anything.
    """
    wrong = 0
    for number in numbers:
        text = index.text(number)
        asking, asked = who.spans(number, inviters), who.spans(number, invitees)
        one, other = sides(text, asking, asked), sides(text, asked, asking)
        if "inviter" in one or "invitee" in other:
            return 1
        wrong = max(wrong, ("invitee" in one) + ("inviter" in other))
    return -wrong


def _is_inviter(before: str, after: str) -> bool:
    if _HIS_INVITATION.match(after) or _INVITES.match(after) or _INVITED_BY.search(before):
        return True
    return _THANKED.search(before) is not None and _FOR_INVITING.match(after) is not None


def _is_invitee(before: str, after: str, alone: str, *, speaks_of_inviting: bool) -> bool:
    if _INVITED.match(after) or (_ACCEPTS.match(after) and speaks_of_inviting):
        return True
    if _INVITED_BY.search(before):
        return False
    return _TO.search(before) is not None or (_ASKED.search(before) is not None and _TO_COME.match(alone) is not None)
