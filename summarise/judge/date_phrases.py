"""The grammar of date expressions: tagged tokens in, phrases out, nothing resolved yet.

The grammar is one regular expression over the string of tags (one letter per token, see `summarise.judge.date_words`).
Each alternative is bounded in length, so the time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from summarise.judge.date_words import UNITS, Token, composed, tokens

Kind = Literal[
    "calendar", "numeric", "weekday", "dayword", "unit", "amount", "part", "season", "vague", "duration", "unknown"
]  # fmt: skip
Bound = Literal["", "since", "after", "by"]

MODE = r"T?(?:tc|tl|tx|[lxtc])"
EDGE = r"(?:T?(?:e|[Ol][uh])-?f?T?)"
YEAR_TAIL = r"(?:,?f?Y|,?f?T?[lxt]y)?"
IN_WEEKDAY = r"(?:W\.?,?\(?)?"
DAY = r"T?No?\.?"
DAY_MONTH = rf"(?:{DAY}[fT]?M\.?|T?OfM|M\.?T?No?(?!:))"
SIDE = rf"{IN_WEEKDAY}{EDGE}?(?:{MODE})?(?:{DAY_MONTH}|M\.?){YEAR_TAIL}"
JOIN = r",?[->&a]r?p?"
COUNT = r"(?:[Nna])"
ALTERNATIVES: tuple[tuple[Kind, str], ...] = (
    ("numeric", r"Y-N-N(?:[->/]Y-N-N)?|Y/N/N|Y\.N\.N|N\.N\.Y|N/N/Y|N-N-Y|Y[->]Y|rY&Y|Y-N"),
    ("calendar", r"(?:YJ)?NK(?:NL?(?:[->](?:NK)?NL?)?)?|YJ"),
    ("unknown", r"T?B[uUyMWSk]|[Ta]?[Nnaq]?[uUy][sbE](?!T?[tlx])(?!d)|[Nna][uU](?:r|fp)[WMN]"),
    ("dayword", r"T?u[sb]d|[Nna]?dP?"),
    ("amount", rf"{COUNT}[uUy](?:g|rd)|p{COUNT}[uUy]"),
    ("part", r"T?O[hf]f?T?(?:Y|[lxt]?y)|T?[OQ]hf?T?(?:Y|[lxt]?y)|QN,?f?(?:Y|[lxt]y)|T?lhfT?(?:Y|[lxt]?y)"),
    ("vague", r"[wp]?T?[lxcR]q?f?[Nn]?U|a?qf?Ug|Ug|[wp]a?qf?U|w(?:[Nna]|T?[lxc])?[uUy]|pU"),
    ("vague", r"p[Ta]?[AE]{1,2}D|v|T?Y'?z"),
    ("calendar", rf"r?(?:{IN_WEEKDAY}{DAY}{JOIN}{IN_WEEKDAY}{DAY_MONTH}{YEAR_TAIL}"
                 rf"|{SIDE}(?:{JOIN}{IN_WEEKDAY}(?:{DAY_MONTH}{YEAR_TAIL}|No?(?![oMuUyN]){YEAR_TAIL}|M\.?{YEAR_TAIL}))?)\)?"),
    ("weekday", rf"r?(?:{MODE})?W\.?P?(?:,?p?f?T?[lxt]u(?!f)|u(?![f-])|(?:-|>|&)r?p?W\.?P?)?|{MODE}up?W"),
    ("season", rf"{EDGE}?(?:{MODE})?S{YEAR_TAIL}"),
    ("unit", rf"E?(?:e-?)?{EDGE}?(?:{MODE}(?:[uyk]|P)|TkP?)|e-?fT?[uy]"),
    ("calendar", rf"{EDGE}?Y"),
    ("duration", r"[Nn]-?[uU]"),
)  # fmt: skip
KINDS: dict[str, Kind] = {f"{kind}_{place}": kind for place, (kind, _) in enumerate(ALTERNATIVES)}
LONGEST = 200  # characters; no date expression is longer


@dataclass(frozen=True, slots=True)
class Phrase:
    """One date expression, as written: its kind, its tokens, and what bounds it ("since …", "by …")."""

    kind: Kind
    tokens: tuple[Token, ...]
    tags: str
    bound: Bound = ""

    @property
    def mode(self) -> str:
        """The word that points: "l" last, "x" next, "t" this, "c" coming, or none."""
        pointing = [tag for tag in self.tags if tag in "lxtc"]
        return pointing[-1] if pointing else ""

    def values(self, tag: str) -> list[int]:
        """The numbers of the tokens with one of these tags, in order."""
        return [token.value for token in self.tokens if token.tag in tag]

    def has_word(self, *words: str) -> bool:
        """Whether one of these (case-folded) words stands in the phrase."""
        return any(token.word in words for token in self.tokens)

    @property
    def unit(self) -> str:
        """The unit of time that the phrase counts in or points to."""
        if "k" in self.tags:
            return "weekend"
        units = self.values("uUy")
        return UNITS[units[-1]] if units else "day"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The phrases of an expression; `doubtful` if its words make a resolution unsafe."""

    phrases: tuple[Phrase, ...]
    doubtful: bool


@cache
def _grammar() -> re.Pattern[str]:
    """Compiled at first use: it takes longer than the import of the module."""
    forms = "|".join(f"(?P<{kind}_{place}>{form})" for place, (kind, form) in enumerate(ALTERNATIVES))
    return re.compile(f"(?![_;,.])(?:{forms})")  # no phrase begins with one of these, which most tokens are


def matches(found: list[Token]) -> list[tuple[int, int, Kind]]:
    """First token, token after the last, and kind of each phrase, from left to right."""
    tags = "".join([token.tag for token in found])
    return [(m.start(), m.end(), KINDS[m.lastgroup]) for m in _grammar().finditer(tags) if m.lastgroup]


@lru_cache(maxsize=4096)
def parse(expression: str) -> Parsed:
    """The phrases of one expression; none if it is too long to be one."""
    if len(expression) > LONGEST:
        return Parsed((), False)
    found = tokens(composed(expression))
    phrases: list[Phrase] = []
    left_over: list[Token] = []
    done, bound = 0, ""
    for start, end, kind in matches(found):
        gap = found[done:start]
        bound = _bound(gap, bound)
        left_over += gap
        inside = tuple(found[start:end])
        own = _bound(found[start : start + 1], "")
        phrases.append(Phrase(kind, inside, "".join([t.tag for t in inside]), _as_bound(own or bound)))
        done = end
    left_over += found[done:]
    return Parsed(tuple(phrases), _doubtful(phrases, left_over))


def _as_bound(word: str) -> Bound:
    return "since" if word == "since" else "after" if word == "after" else "by" if word == "by" else ""


def _bound(gap: list[Token], before: str) -> str:
    """What the words before a phrase make of it; a list goes on with the bound of its first member."""
    for place, token in enumerate(reversed(gap)):
        if token.tag == "s":
            return token.word
        close = all(t.tag in "Te" for t in gap[len(gap) - place :])
        if token.word == "before" or (close and token.word in ("by", "until", "till", "through")):
            return "by"
    return before if all(t.tag in "&,/p" for t in gap) else ""


def _doubtful(phrases: list[Phrase], left_over: list[Token]) -> bool:
    """Whether words that were not understood may move the date.

    "The eve of May 9" is not May 9; and "сентября прошлого года" must not be read as the nearest September because
    the word for "last" is not known. A written year settles the matter.
    """
    if any(token.word in ("eve", "anniversary") for token in left_over):
        return True
    foreign = any(t.foreign and t.tag in "MWJKL" for p in phrases for t in p.tokens)
    dated = all("Y" in phrase.tags for phrase in phrases)
    return foreign and not dated and any(t.tag not in "pTfr&,.;()'->:/o" for t in left_over)


def spans(text: str) -> list[tuple[int, int]]:
    """Character spans of the date expressions in English prose, with the preposition that leads each."""
    found = tokens(text, english_only=True)
    result: list[tuple[int, int]] = []
    accepted, done = False, 0
    for start, end, kind in matches(found):
        while end > start + 1 and found[end - 1].tag in ".,":
            end -= 1
        led = start
        while led > max(done, start - 2) and found[led - 1].tag in "pswbrT" and found[led - 1].word != "for":
            led -= 1
        gap = found[max(done, start - 2) : start]
        listed = accepted and 0 < start - done <= 2 and all(token.tag in "&," for token in gap)
        accepted = _is_date_in_prose(text, found, start, end, kind, led < start or listed)
        if not accepted:
            continue
        if listed and _bare(found, start, end, "Y"):
            result[-1] = (result[-1][0], found[end - 1].end)
        else:
            result.append((found[led].start, found[end - 1].end))
        done = end
    return result


def _bare(found: list[Token], start: int, end: int, tag: str) -> bool:
    return end - start == 1 and found[start].tag == tag


def _is_date_in_prose(text: str, found: list[Token], start: int, end: int, kind: Kind, led: bool) -> bool:
    """Whether a match in running text is a date and not a number, a name or a verb that looks like one."""
    if kind == "duration":
        return any(token.tag == "-" for token in found[start:end])
    if kind == "season" and end - start == 1:
        return led
    if _bare(found, start, end, "Y"):
        return led
    if _bare(found, start, end, "M") and not led:  # "Theresa May", "April Jones"
        beside = [found[place] for place in (start - 1, end) if 0 <= place < len(found)]
        return not any(token.tag == "_" and text[token.start].isupper() for token in beside)
    return True
