"""Which sentences speak to the program that reads the article, and not to its readers.

An article is data, and whoever writes it may try to have it taken for more: by orders to a model, by marks of a chat,
by the sentence numbers and tags of our own request, by a piece of a reply. Such a sentence may name a person, a place
and a verb; it is no evidence all the same, nor is what stands between such marks. What is found here is never taken out
of the text: it is named, and blotted out in the copy that is judged.

It costs an ordinary article one look at its whole text; a sentence is read where that look finds something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from summarise.article.disguise import disguises_in, plain
from summarise.article.injection_words import (
    ADDRESSED,
    CHAINED_ORDER,
    FOREIGN_ORDER,
    FOREIGN_WORDS,
    MARK,
    MAY_BE_ORDER,
    MAY_BE_ORDER_BYTES,
    ORDER,
    OUR_WORDS,
    REPLY,
    SAYS,
    SPEAKER,
    SPEAKER_SIGN,
    SPEAKER_WORD,
)

InjectionKind = Literal[
    "order", "speaker", "mark", "reply", "between", "repeated", "reversed", "hidden", "broken", "lookalike"
]
"""What a sentence holds: an order to a model; a mark of who speaks in a chat; a tag, number or header of our request; a
piece of a reply; it stands between such marks; it stands there again and again; characters that turn the direction of
writing round; characters that cannot be seen; a word broken up by such; a word in letters of two alphabets."""

BARRED: frozenset[InjectionKind] = frozenset(
    ("order", "speaker", "mark", "reply", "between", "repeated", "reversed", "lookalike")
)
"""Kinds of which the whole sentence is no evidence. Of the others the sentence may still tell something."""

WITHHELD: frozenset[InjectionKind] = frozenset(("order", "speaker", "mark", "between"))
"""Kinds of which the sentence is not even shown to a model: those that may make it do something."""

Span = tuple[int, int]
Region = tuple[InjectionKind, int, int]

BLOT = "\u2588"  # neither a letter nor white space: no name runs on over it
_OFTEN = 12  # times that no sentence of an honest article is repeated word for word
_FEWEST_WORDS = 5  # of a sentence that is repeated: "Advertisement" is repeated everywhere
_LONGEST_REPEATED = 1_000  # characters; longer ones are pieces of a text without any boundary
_LONGEST_ORDER = 400
_LONGEST_BLOCK = 2_000  # characters between two marks: more than an order takes, less than an article
_LONGEST_PARAGRAPH = 800  # characters behind an order that are its own: an article may be all in one line
_LONGEST_REPLY = 20_000
_SHOWN = 60
_SOFT_HYPHEN = "\u00ad"
_SIGN = re.compile(r"[<\[{#|*=~_＜［【｛＃]")
_SIGNS = "<[{#|*=~_"
_RULE = "---"  # of such a line before and behind "END OF ARTICLE"
_WIDE_SIGNS = "＜［【｛＃"
_NUMBER = re.compile(r"[\[［【]\s*\d{1,4}\s*[\]］】]\s+([^\W\d_]\S*\s+\S+\s+\S+)")
_FOOTNOTE = re.compile(r"[^\s\[(]\[\d{1,4}\]")
_FENCE_BEFORE = re.compile(r"`{3}\w*\s*\Z")
_FENCE_BEHIND = re.compile(r"\s*`{3}")
_SENTENCE_END = re.compile(r"(?:^|[.!?…\"”»’\n])\s*\Z")
_CLOSES = re.compile(r"/|\b(?:im_)?(?:end|stop)\b", re.IGNORECASE)
_ENDS_DATA = re.compile(r"article|data|document|context|news|input|text|conversation|user|untrusted", re.IGNORECASE)
_QUOTES = re.compile("[\"“”„«»]|(?<![\\w])[‘']|[’'](?![\\w])")
_HEADLINE_SAYS = re.compile(r",\s+(?:[\w’'-]+\s+){0,5}(?:tells?|told|says?|said|urges?|urged|warns?|warned)\b")


class Injection(NamedTuple):
    """A sentence that speaks to the program, or looks other than it reads, and what was found: printable and short."""

    sentence: int
    kind: InjectionKind
    found: str


class Found(NamedTuple):
    """All injections in order of their sentences, and the text that records may rest on: as long, the rest blotted."""

    injections: tuple[Injection, ...]
    trusted: str


def find_injections(text: str, spans: Sequence[Span], *, latin: bool) -> Found:
    """Looks through a text whose sentences are `spans`; `latin` tells whether its language has Latin letters.

    Never raises; time grows in proportion to the text.
    """
    try:
        western = b"\n" + text.encode("cp1252").lower()
        if b"\xad" in western:  # hyphens that are not seen
            return _find_odd(text, spans, latin)
    except UnicodeEncodeError:
        return _find_odd(text, spans, latin)
    first = [match.start(1) - 1 for match in MAY_BE_ORDER_BYTES.finditer(western)]
    tied = b"nstruction" in western or b"prompt" in western
    signs = any(map(text.__contains__, _SIGNS)) or _RULE in text
    regions = (
        _Search(text).regions_at(first, tied=tied, foreign=False, signs=signs)
        if first or tied or signs or b"you" in western
        else []
    )
    return _found(text, spans, [*regions, *_repeated(text, spans)])


def _find_odd(text: str, spans: Sequence[Span], latin: bool) -> Found:
    """The same for a text with letters or signs that western copy does not have."""
    disguised = disguises_in(text, latin=latin)
    shown, places = plain(text) if disguised or _SOFT_HYPHEN in text else (text, None)
    lowered = shown.lower()
    if len(lowered) != len(shown):  # a rare sign grows by it, and offsets would be off
        lowered = shown
    first = [match.start(1) - 1 for match in MAY_BE_ORDER.finditer("\n" + lowered)]
    tied = "nstruction" in lowered or "prompt" in lowered
    foreign = any(map(lowered.__contains__, FOREIGN_WORDS))
    signs = any(map(shown.__contains__, (*_SIGNS, *_WIDE_SIGNS, _RULE)))
    regions = _Search(shown).regions_at(first, tied=tied, foreign=foreign, signs=signs)
    if places is not None:
        regions = [(kind, places[start], places[end]) for kind, start, end in regions]
    whole = [(disguise.kind, disguise.start, disguise.end) for disguise in disguised]
    return _found(text, spans, [*regions, *whole, *_repeated(text, spans)])


class _Search:
    """What is found in a text as it looks, as `regions`, and the marks between which a block may lie."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.regions: list[Region] = []
        self.marks: list[tuple[int, int, bool, InjectionKind]] = []  # start, end, whether it closes, what it is
        self._left = 8 * len(text)  # characters that may be gone through to see where replies end

    def regions_at(self, first: Sequence[int], *, tied: bool, foreign: bool, signs: bool) -> list[Region]:
        """Everything found; `first` are the offsets where an order may stand, the rest says what else may be there."""
        self.orders(first, tied=tied, foreign=foreign)
        if signs:
            self.signs()
        self.blocks()
        return [(kind, start, end) for kind, start, end in self.regions if end > start]

    def orders(self, first: Sequence[int], *, tied: bool, foreign: bool) -> None:
        """Looks where an order can stand."""
        text = self.text
        speakers: dict[int, re.Match[str]] = {}
        done = 0  # what a reply takes up is looked at once
        for at in first:
            if at < done:
                continue
            if (match := ORDER.match(text, at, at + _LONGEST_ORDER)) is not None:
                self._order(match)
            elif (match := SPEAKER_WORD.match(text, at, at + 80)) is not None:
                self._mark("speaker", *match.span())
            elif (match := MARK.match(text, at, at + 120)) is not None:
                self._mark("mark", *match.span())
            elif (match := REPLY.match(text, at, at + 40)) is not None:
                start, done = self._whole_reply(*match.span(), done)
                self.regions.append(("reply", start, done))
            elif (match := SPEAKER.match(text, at, at + 40)) is not None:
                if text[at - 1 : at] in ("*", "#", "<", "[", "{", "|"):
                    self._mark("speaker", *match.span())
                elif at == 0 or text[max(0, at - 20) : at].rstrip(" \t")[-1:] == "\n":
                    speakers[at] = match
        if len({match[1].lower() for match in speakers.values()}) > 1:
            for match in speakers.values():
                self._mark("speaker", *match.span())
        for pattern, wanted in ((CHAINED_ORDER, tied), (FOREIGN_ORDER, foreign)):
            for match in pattern.finditer(text) if wanted else ():
                self._order(match)
        for match in ADDRESSED.finditer(text):
            if text[match.start() - 1 : match.start()].isalnum():
                continue
            line = text.rfind("\n", 0, match.start()) + 1
            if len(_QUOTES.findall(text, max(line, match.start() - 600), match.start())) % 2 == 0:
                self._order(match)

    def signs(self) -> None:
        """Looks at every sign that can open a mark."""
        text = self.text
        notes = None
        rules = [match.start() for match in re.finditer(f"{_RULE}+", text)] if _RULE in text else []
        for at in sorted([*rules, *(match.start() for match in _SIGN.finditer(text))]):
            if (match := SPEAKER_SIGN.match(text, at, at + 120)) is not None:
                self._mark("speaker", *match.span())
            elif (match := MARK.match(text, at, at + 60)) is not None:
                self._mark("mark", *match.span())
            elif text[at] in "[［【" and (match := _NUMBER.match(text, at, at + 160)) is not None:
                if notes is None:
                    notes = _FOOTNOTE.search(text) is not None
                if not notes and _SENTENCE_END.search(text[max(0, at - 8) : at]):
                    self.regions.append(("mark", match.start(1), match.end()))  # behind it: it may end a sentence

    def blocks(self) -> None:
        """What stands between two marks, or behind the last one as far as its paragraph goes."""
        marks = sorted(set(self.marks))
        for position, (_, end, closes, kind) in enumerate(marks):
            if closes:
                continue
            following = marks[position + 1][0] if position + 1 < len(marks) else None
            if following is None or following - end > _LONGEST_BLOCK:
                following = self._block_end(end) if kind == "mark" else self._paragraph_end(end)
            self.regions.append(("between", end, following))

    def _order(self, match: re.Match[str]) -> None:
        start, end = match.span()
        if self._is_told(start, end):
            return
        self.regions.append(("order", start, end))
        paragraph = self.text.find("\n", end)
        paragraph = len(self.text) if paragraph < 0 else paragraph
        if paragraph - end <= _LONGEST_PARAGRAPH:
            self.regions.append(("between", end, paragraph))

    def _is_told(self, start: int, end: int) -> bool:
        """Whether an order is one that the article tells of: in quotation marks, and someone is said to give it."""
        text = self.text
        line = text.rfind("\n", 0, start) + 1
        before = text[max(line, start - 300) : start]
        stop = text.find("\n", end)
        after = text[end : min(len(text) if stop < 0 else stop, end + 300)]
        quotes = _QUOTES.findall(before)
        if len(quotes) % 2 == 0:
            return _HEADLINE_SAYS.search(after) is not None and OUR_WORDS.search(text, start, end + 120) is None
        closing = _QUOTES.search(after)
        outside = before[: before.rfind(quotes[-1])] + " " + (after[closing.end() :] if closing else "")
        inside_end = end + (closing.start() if closing else len(after))
        return SAYS.search(outside) is not None and OUR_WORDS.search(text, start, inside_end) is None

    def _mark(self, kind: InjectionKind, start: int, end: int) -> None:
        self.regions.append((kind, start, end))
        mark = self.text[start:end]
        if kind == "mark":  # what follows the end of the article's tag is outside of it, and its beginning ends that
            closes = mark.startswith("<") and not mark.startswith("</")
        else:
            closes = _CLOSES.search(mark) is not None and not _ENDS_DATA.search(mark)
        self.marks.append((start, end, closes, kind))

    def _whole_reply(self, start: int, end: int, limit: int) -> Span:
        """The JSON around a key, from its outermost brace behind `limit` on, as far as it goes."""
        text = self.text
        begin = start
        depth = 0
        for at in range(start - 1, max(limit - 1, start - _LONGEST_REPLY), -1):
            if text[at] in "}]":
                depth += 1
            elif text[at] in "{[":
                if depth == 0:
                    begin = at
                else:
                    depth -= 1
            elif (
                depth == 0 and text[at] == "\n" and text[max(0, at - 20) : at].rstrip()[-1:] not in ("{", "[", ",", ":")
            ):
                break
        depth = 0
        last = min(len(text), begin + _LONGEST_REPLY)
        if self._left < 0:  # piece upon piece of replies that never end: all of it is one
            return begin, max(last, end)
        for at in range(begin, last):
            if text[at] in "{[":
                depth += 1
            elif text[at] in "}]":
                depth -= 1
                if depth == 0:
                    self._left -= at - begin
                    fence = _FENCE_BEFORE.search(text, max(0, begin - 40), begin)
                    closing = _FENCE_BEHIND.match(text, at + 1)
                    return fence.start() if fence else begin, closing.end() if closing else at + 1
        self._left -= last - begin
        stop = text.find("\n", end)
        return begin, len(text) if stop < 0 else stop

    def _paragraph_end(self, at: int) -> int:
        """Where the text behind a mark ends: with its line, or with the next one where the mark has its own."""
        stop = self._line_end(at)
        if self.text[at:stop].strip(" \t*#:>]=-~_") == "":
            while stop < len(self.text) and self.text[stop].isspace():
                stop += 1
            stop = self._line_end(stop)
        return min(stop, at + _LONGEST_BLOCK)

    def _block_end(self, at: int) -> int:
        """Where the lines end that stand together with a mark of the request, which no honest article has."""
        blank = re.compile(r"\n[ \t\r]*\n").search(self.text, self._paragraph_end(at) - 1)
        return min(len(self.text) if blank is None else blank.start(), at + _LONGEST_BLOCK)

    def _line_end(self, at: int) -> int:
        stop = self.text.find("\n", at)
        return len(self.text) if stop < 0 else stop


def _repeated(text: str, spans: Sequence[Span]) -> Iterator[Region]:
    if len(spans) <= _OFTEN:
        return
    if len(spans) - len({end - start for start, end in spans}) < _OFTEN - 2:  # the last one may lack its line break
        return
    pieces = [text[start:end].strip() for start, end in spans]
    if len(spans) - len(set(pieces)) < _OFTEN - 1:
        return
    often = {
        piece
        for piece, count in Counter(pieces).items()
        if count >= _OFTEN
        and len(piece) <= _LONGEST_REPEATED
        and len(piece.split(None, _FEWEST_WORDS)) >= _FEWEST_WORDS
    }
    for (start, end), piece in zip(spans, pieces, strict=True):
        if piece in often:
            yield "repeated", start, end


def _found(text: str, spans: Sequence[Span], regions: list[Region]) -> Found:
    if not regions:
        return Found((), text)
    starts = [start for start, _ in spans]
    barred: dict[int, Injection] = {}
    others: dict[tuple[int, InjectionKind], Injection] = {}
    blotted: list[Span] = []
    order = {kind: rank for rank, kind in enumerate(InjectionKind.__args__)}  # type: ignore[attr-defined]
    for kind, start, end in sorted(regions, key=lambda region: (order[region[0]], *region[1:])):
        for number in range(bisect_right(starts, start), bisect_right(starts, max(start, end - 1)) + 1):
            first, last = spans[number - 1]
            words = text[max(start, first) : min(end, last)]
            if not words.strip():
                continue
            if kind in BARRED:
                barred.setdefault(number, Injection(number, kind, _shown(words)))
            else:
                others.setdefault((number, kind), Injection(number, kind, _shown(words)))
        if kind == "hidden":
            blotted.append((start, end))
    blotted += [spans[number - 1] for number in barred]
    every = sorted([*barred.values(), *others.values()], key=lambda found: (found.sentence, order[found.kind]))
    return Found(tuple(every), _blot(text, sorted(blotted)))


def _blot(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        if end > at:
            begin = max(start, at)
            pieces += (text[at:begin], BLOT * (end - begin))
            at = end
    return "".join((*pieces, text[at:]))


def _shown(words: str) -> str:
    """Words of an article, which are not blank, on one line, short, with what cannot be seen written out."""
    line = " ".join(words.lstrip()[: 4 * _SHOWN].split())
    signs = [sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in line]
    ends = list(accumulate(map(len, signs)))
    if ends[-1] <= _SHOWN:
        return "".join(signs)
    return "".join(signs[: bisect_right(ends, _SHOWN - 1)]) + "…"
