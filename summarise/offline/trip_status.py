"""The state of a visit told by a noun: what its adjectives, its verb and the words before and behind it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summarise.offline.lexicon import words
from summarise.offline.sentence import Sentence
from summarise.offline.telling import STATUS_OF
from summarise.offline.tokens import Token
from summarise.offline.trip_phrase import Governor, Phrase
from summarise.offline.trip_words import ADJECTIVES, CONFIRMING, DONE_VERBS, OFF_VERBS, OPEN_VERBS, PLAN_VERBS
from summarise.offline.verbs import BE, FORMS, HAVE, Form, helpers_before, mood_of

_CUT: Final = words("cut broke break breaks cuts cutting shortened interrupted interrupt")
_DENIED: Final = words("denied denies not")
_UNDER_WAY: Final = words("paying making beginning starting ending concluding wrapping")
_IRREGULAR: Final = words("paid made began cut put took undertook left came went flew wound broke held")

_DURING: Final = words("during on amid while throughout sidelines")
_AFTER: Final = words("after following since from")
_AHEAD: Final = words(
    "ahead before prior preparations prepare preparing preparation plans planned pending arrangements eve"
)
_NEGATED: Final = words("no never without not denied denies neither deny dismissed rejected ruled")
_MAYBE: Final = words("may might could hope hopes hoped desire wish invitation invited suggested proposal request")

_BREAKS: Final = words(", ; who which that and but after before during :")
_GOES_ON: Final = words("which originally scheduled planned due set expected")
_WILL: Final = words("will would shall")
_MAY: Final = words("may might could")
_SCHEDULED: Final = words("scheduled planned due expected slated set")
_PLANNED: Final = words("expected scheduled due planned set slated arranged prepared organised organized")
_ASIDE: Final = 16
"""So many words an aside behind a visit may have."""
_DISCUSSED: Final = words("under possible likely unlikely considered discussed mooted mulled weighed conceivable")
_COURSE: Final[dict[str, str]] = {
    **dict.fromkeys(words("took ended began concluded came lasted"), "completed"),
    **dict.fromkeys(words("begins starts follows"), "present"),
    "ends": "ongoing",
}
_LEFT: Final = words("left departed")
_UNTIL: Final = words("to until till")
_BEFORE_DATE: Final = re.compile(r"\A(?:on|for|in|set|the)\s+")


def status_of(phrase: Phrase, begin: int, verb: Governor | None) -> str | None:
    """The state that the words around the noun tell; None for what never took place.

    `begin` is where the phrase begins with its owner: "Ito's visit".
    """
    s = phrase.sentence
    such = "such" in phrase.adjectives and any(token.low == "no" for token in s.tokens[max(0, begin - 3) : phrase.noun])
    if such or "no" in phrase.adjectives:  # "no such trip is planned"
        return "denied"
    told = _predicate(s, phrase.end)
    if verb is not None and told in ("planned", None) and _taken_back(s.tokens, begin, verb) is not None:
        return _by_verb(s, begin, verb)  # "cancelled his visit, originally planned for May"
    if told is not None:
        return told
    if verb is not None:
        return _by_verb(s, begin, verb)
    adjective = next((ADJECTIVES[word] for word in phrase.adjectives if word in ADJECTIVES), None)
    return adjective or _by_words_before(s, begin)


def _by_words_before(s: Sentence, begin: int) -> str | None:
    """ "during his visit" (hard case 67), "ahead of the trip", "no plans for a visit"."""
    window = [token.low for token in s.tokens[max(0, begin - 7) : begin]]
    near = window[-3:]
    if "anniversary" in near:  # "on the anniversary of his visit"
        return "completed"
    if window[-1:] == ["for"] and not _LEFT.isdisjoint(window):
        return "completed"  # "left here on Thursday for a visit to Chad"
    nearest = next((word for word in reversed(near) if word in _DURING or word in _AFTER), "")
    if nearest in _DURING:  # not in "flew home on Sunday after a visit"
        return "during"
    if "about" in near:
        return None  # what is asked about is not thereby a visit (hard case 67)
    if not _NEGATED.isdisjoint(window[-4:]):
        return "denied"
    if not _AHEAD.isdisjoint(window):
        return "planned"
    if not _MAYBE.isdisjoint(window):
        return "speculated"
    return "open" if _AFTER.isdisjoint(near) else "after"


# ------------------------------------------------------------------------------------------------------------ its verb


def _by_verb(s: Sentence, begin: int, verb: Governor) -> str | None:
    """ "will pay a visit", "has put off his trip", "is on a tour"."""
    tokens, low = s.tokens, verb.low
    helpers, first = helpers_before(tokens, verb.at)
    mood = mood_of(tokens, first, helpers, "base" if low in BE else _form_of(low))
    off = _taken_back(tokens, begin, verb)
    if off is not None:
        kept = mood in ("never", "denied") or any(t.low in _DENIED for t in tokens[max(0, first - 5) : verb.at])
        return "planned" if kept else off  # "he denied he had cancelled his trip" (hard case 20)
    if low in _CUT:  # "cut short its stay" (hard case 21)
        return "real"
    if mood in ("never", "unreal"):  # hard cases 13 and 19
        return None
    if mood in ("denied", "future", "due", "maybe"):
        return STATUS_OF[mood]
    if low in ("rule", "ruled"):
        return "denied"
    if low in CONFIRMING:
        return "confirmed"
    if low in PLAN_VERBS:
        return "planned"
    if low in OPEN_VERBS:
        return "speculated"
    if low in BE:
        due = any(token.low == "due" for token in tokens[verb.at : begin])
        return "planned" if due else "ongoing" if low in ("is", "are") else "completed"
    if low in DONE_VERBS:
        return "present" if mood == "present" and not s.is_headline else "completed"
    if mood == "gerund":
        return "real" if low in _UNDER_WAY else "open"
    return STATUS_OF[mood]


def _taken_back(tokens: Sequence[Token], begin: int, verb: Governor) -> str | None:
    """ "cancelled", "called off", "put off", "put back": the state it leaves the visit in."""
    low, follower = verb.low, tokens[verb.at + 1].low if verb.at + 1 < len(tokens) else ""
    if low in OFF_VERBS:
        return OFF_VERBS[low]
    if low.startswith("call") and "off" in (follower, tokens[begin - 1].low):
        return "cancelled"
    if low.startswith("g") and follower == "up":  # "has given up his journey"
        return "cancelled"
    return "postponed" if low.startswith(("put", "push")) and follower in ("off", "back") else None


def _form_of(low: str) -> Form:
    if low in FORMS:
        return FORMS[low][2]
    if low.endswith("ed") or low in _IRREGULAR:
        return "ed"
    return "ing" if low.endswith("ing") else "s" if low.endswith("s") else "base"


# --------------------------------------------------------------------------------------------------- what is said of it


def _predicate(s: Sentence, end: int) -> str | None:
    """ "the visit … will take place", "has been postponed", "was cancelled": what is said of it behind."""
    tokens, at, limit = s.tokens, end, min(len(s.tokens), end + 9)
    while at < limit:
        low = tokens[at].low
        if low in _BREAKS:
            follower = tokens[at + 1].low if at + 1 < len(tokens) else ""
            if low != "which" and not (low == "," and follower in _GOES_ON):  # "the trip, set for May 4, was"
                aside = _past_aside(tokens, at) if low == "," else None
                if aside is None:
                    return None
                at, limit = aside, min(len(tokens), aside + 9)
                continue
            at += 1
        elif low in BE or low in HAVE:
            told = _passive([token.low for token in tokens[at + 1 : at + 6]])
            if told is not None or tokens[at - 1].low != "which":
                return told
            aside = _past_aside(tokens, at - 1)
            if aside is None:
                return None
            at, limit = aside, min(len(tokens), aside + 9)  # ", which was to have been in May, has been put off"
        elif (told := _told(tokens, at)) is not None:
            return told
        else:
            at = s.mention_at[at].last if at in s.mention_at else at + 1
    return None


def _past_aside(tokens: Sequence[Token], comma: int) -> int | None:
    """Of "the trip, listed for today, has been moved": the token behind the aside, if it goes on with a helper."""
    for at in range(comma + 1, min(len(tokens) - 1, comma + _ASIDE)):
        if tokens[at].low == ",":
            follower = tokens[at + 1].low
            return at + 1 if follower in BE or follower in HAVE or follower in _WILL else None
    return None


def _told(tokens: Sequence[Token], at: int) -> str | None:
    """What one word behind the visit says of it."""
    low = tokens[at].low
    if low in _WILL:
        behind = FORMS.get(tokens[at + 1].low) if at + 1 < len(tokens) else None
        if behind is not None and behind[0] == "host":
            return None  # "his visit to Beijing, which will host the forum"
        return "denied" if any(token.low == "not" for token in tokens[at : at + 3]) else "future"
    if low in _MAY:
        return "speculated"
    if low in _SCHEDULED:  # "the trip, set for May 4, was put off to June 9" (hard case 17)
        later = {token.low for token in tokens[at : at + 14]}
        off = next((status for word, status in OFF_VERBS.items() if word in later), None)
        if {"called", "off"} <= later:
            return "cancelled"
        return off or ("postponed" if {"put", "off"} <= later else "planned")
    if low in OFF_VERBS and low not in ("denied", "dismissed"):
        return OFF_VERBS[low]
    return _COURSE.get(low)


def _passive(window: Sequence[str]) -> str | None:
    """ "was postponed", "has not been called off", "is being arranged", "is under discussion"."""
    for offset, word in enumerate(window):
        negated = "not" in window[:offset]
        before = window[offset - 1] if offset else ""
        if word in OFF_VERBS and not negated:
            return OFF_VERBS[word]
        if word in ("back", "over") and before in ("put", "pushed", "held"):
            return "postponed"
        if word == "to" and before in ("moved", "shifted") and not negated:
            return "postponed"  # "has been moved to April 5"
        if word == "off" and before in ("called", "put"):
            return "planned" if negated else "cancelled" if before == "called" else "postponed"
        if word in _PLANNED:
            return "planned"
        if word in _DISCUSSED or (word in ("table", "cards", "works", "agenda") and before == "the"):
            return "speculated"  # "is on the table"
    return None


def new_date(s: Sentence, at: int) -> tuple[tuple[int, int] | None, str | None]:
    """Of "set for May 4, was put off to June 9": where the new date stands, and the old one as a caveat (case 17)."""
    new: tuple[int, int] | None = None
    old = ""
    for first, last in s.dates:
        index = s.token_at(first)
        if index <= at:
            continue
        if any(token.low in _UNTIL for token in s.tokens[index - 1 : index + 1]):
            new = (index, s.token_at(last))
        elif not old:
            old = _BEFORE_DATE.sub("", s.raw[first:last])
    return new, f"put off from {old}" if old and new else None
