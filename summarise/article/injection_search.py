"""Where a text, as it looks, holds orders, marks of a chat or of our request, and pieces of a reply.

A place where such a thing may stand is looked at once, so that time grows with the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from summarise.article.injection_kinds import InjectionKind, Region, Span
from summarise.article.mark_words import END_OF_COPY, MARK, REPLY, SENTENCE_LABEL, SPEAKER, SPEAKER_SIGN, SPEAKER_WORD
from summarise.article.order_words import ADDRESSED, CHAINED_ORDER, FOREIGN_ORDER, ORDER, OUR_WORDS, SAYS, WEAK_ORDER

_LONGEST_ORDER = 400
_LONGEST_BLOCK = 2_000  # characters between two marks: more than an order takes, less than an article
_LONGEST_PARAGRAPH = 800  # characters behind an order that are its own: an article may be all in one line
_LONGEST_REPLY = 20_000
_LONGEST_HEADLINE = 160
_SENTENCE_ENDS = frozenset('.!?…"”»')
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_NOT_BLANK = re.compile(r"\S")
_TIE = re.compile(r"nstruction|rompt|NSTRUCTION|ROMPT")
_ASKED_OF_YOU = (
    "record", "log ", "log:", "log,", "extract", "output", "cite", "annotate", "summari", "report this", "list this",
    "write this",
)  # fmt: skip
_DIGITS = re.compile(r"\d+")
_SIGN = re.compile(r"[<\[{#|*=~_＜［【｛＃]")
_RULE = "---"  # of such a line before and behind "END OF ARTICLE"
_NUMBER = re.compile(r"[\[［【]\s*\d{1,4}\s*[\]］】]\s+([^\W\d_]\S*\s+\S+\s+\S+)")
_FOOTNOTE = re.compile(r"[^\s\[(]\[\d{1,4}\]")
_FENCE_BEFORE = re.compile(r"`{3}\w*\s*\Z")
_FENCE_BEHIND = re.compile(r"\s*`{3}")
_SENTENCE_END = re.compile(r"(?:^|[.!?…\"”»’\n])\s*\Z")
_CLOSES = re.compile(r"/|\b(?:im_)?(?:end|stop)\b", re.IGNORECASE)
_ENDS_DATA = re.compile(r"article|data|document|context|news|input|text|conversation|user|untrusted", re.IGNORECASE)
_QUOTES = re.compile("[\"“”„«»]|(?<![\\w])[‘']|[’'](?![\\w])")
_HEADLINE_SAYS = re.compile(
    r",\s+(?:[\w’'-]+\s+){0,5}(?:tells?|told|says?|said|urges?|urged|warns?|warned|asks?|asked|"
    r"demands?|demanded|invites?|writes?|wrote|insists?|insisted|adds?|added|argues?|argued|orders?|ordered)\b"
)


class Search:
    """What is found in a text as it looks, as `regions`, and the marks between which a block may lie."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.regions: list[Region] = []
        self.marks: list[tuple[int, int, bool, InjectionKind]] = []  # start, end, whether it closes, what it is
        self._left = 8 * len(text)  # characters that may be gone through to see where replies end
        self.ends_of_copy: list[Span] = []
        self.numbers: list[
            tuple[int, int, int]
        ] = []  # the number, where its sentence begins, and some of its words end

    def regions_at(self, first: Sequence[int], *, tied: bool, foreign: bool, signs: bool) -> list[Region]:
        """Everything found; `first` are the offsets where an order may stand, the rest says what else may be there."""
        self.orders(first, tied=tied, foreign=foreign)
        if signs:
            self.signs()
        self._ends_of_copy()
        self._numbered()
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
            elif (match := WEAK_ORDER.match(text, at, at + _LONGEST_ORDER)) is not None:
                self._order(match, weak=True)
            elif (match := SENTENCE_LABEL.match(text, at, at + 160)) is not None:
                self.numbers.append((int(match[1]), match.start(2), match.end()))
            elif (match := END_OF_COPY.match(text, at, at + 80)) is not None:
                self.ends_of_copy.append(match.span())
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
        done = 0
        for tie in _TIE.finditer(text) if tied else ():
            if (chained := CHAINED_ORDER.search(text, max(done, tie.start() - 120), tie.end() + 120)) is not None:
                done = chained.end()
                self._order(chained)
        for match in FOREIGN_ORDER.finditer(text) if foreign else ():
            self._order(match)
        addressed = ("you" in text or "You" in text) and any(map(text.__contains__, _ASKED_OF_YOU))
        for match in ADDRESSED.finditer(text) if addressed else ():
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
            elif (match := END_OF_COPY.match(text, at, at + 120)) is not None:
                self.ends_of_copy.append(match.span())
            elif text[at] in "[［【" and (match := _NUMBER.match(text, at, at + 160)) is not None:
                if notes is None:
                    notes = _FOOTNOTE.search(text) is not None
                if not notes and _SENTENCE_END.search(text[max(0, at - 8) : at]):
                    number = int(unicodedata.normalize("NFKC", _DIGITS.search(match[0])[0]))  # type: ignore[index]
                    self.numbers.append((number, match.start(1), match.end()))  # behind it: it may end a sentence

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

    def _ends_of_copy(self) -> None:
        """Marks of a document's ends: cables and feeds have them, and one in capitals that all but ends the text is to
        have the model take what follows for something else."""
        text = self.text
        marks = sorted(set(self.ends_of_copy))
        opened = any(re.search("begin|start", text[start:end], re.IGNORECASE) for start, end in marks)
        gaps = [match.start() for match in _BLANK_LINE.finditer(text.rstrip())] if marks else []
        for start, end in marks:
            following = _NOT_BLANK.search(text, self._line_end(end))
            alone = following is not None and (not gaps or gaps[-1] < following.start())
            if alone and not opened and text[start:end].isupper():
                self._mark("speaker", start, end)
            else:
                self.regions.append(("doubtful", start, end))

    def _numbered(self) -> None:
        """Sentences that bear a number as ours do in a request. A list that counts from 1 on is a list, if each of its
        items is new."""
        numbers = sorted(set(self.numbers), key=lambda found: found[1])
        items = [self.text[start : self._line_end(start)].strip() for _, start, _ in numbers]
        if len(items) > 1 and [number for number, _, _ in numbers] == list(range(1, len(items) + 1)):
            lines = {line.strip() for line in self.text.splitlines()}
            if len(set(items)) == len(items) and lines.isdisjoint(items):
                self.regions.append(("doubtful", *numbers[0][1:]))
                return
        self.regions += [("mark", start, end) for _, start, end in numbers]

    def _order(self, match: re.Match[str], *, weak: bool = False) -> None:
        start, end = match.span()
        if self._is_told(start, end):
            return
        if weak and self._is_headline(start, end):
            self.regions.append(("doubtful", start, end))
            return
        self.regions.append(("order", start, end))
        paragraph = self._order_end(end)
        if paragraph - end <= _LONGEST_PARAGRAPH:
            self.regions.append(("between", end, paragraph))

    def _order_end(self, at: int) -> int:
        """Where the paragraph of an order ends. A line that ends no sentence goes on in the next one: copy is wrapped,
        and what an order announces with a colon stands below it."""
        text = self.text
        stop = self._line_end(at)
        while stop < len(text) and stop - at <= _LONGEST_PARAGRAPH:
            before = text[max(at - 1, stop - 40) : stop].rstrip()[-1:]
            blank_line = text[stop + 1 : stop + 40].lstrip(" \t\r")[:1] in ("\n", "")
            if before in _SENTENCE_ENDS or (blank_line and before != ":"):
                break
            following = stop
            while following < len(text) and text[following].isspace():
                following += 1
            stop = self._line_end(following)
        return stop

    def _is_headline(self, start: int, end: int) -> bool:
        """Whether a line has no full stop, as no headline has one."""
        line = self.text[self.text.rfind("\n", 0, start) + 1 : self._line_end(end)].strip()
        return len(line) <= _LONGEST_HEADLINE and line[-1:].isalnum()

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
        gap = _BLANK_LINE.search(self.text, self._paragraph_end(at) - 1)
        return min(len(self.text) if gap is None else gap.start(), at + _LONGEST_BLOCK)

    def _line_end(self, at: int) -> int:
        stop = self.text.find("\n", at)
        return len(self.text) if stop < 0 else stop
