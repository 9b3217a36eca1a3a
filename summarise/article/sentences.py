"""Cutting a text into sentences whose spans partition it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

LONGEST_SENTENCE = 2_000  # characters; a longer one is cut, so that no text becomes one giant sentence
WINDOW = 4_000  # characters the segmenter sees at once: it takes quadratic time on nests of quotation marks
MOST_QUOTATION_MARKS = 200  # in a window; beyond that they carry no meaning and cost time

_NOT_A_QUOTATION = dict.fromkeys(map(ord, "\"'“”„«»‘’‚‹›「」『』()[]（）"), " ")

_TITLES_LIST = (
    "hj. cde. datuk. amb. adm. atty. brig. capt. cdr. cmdr. col. cpl. dr. fr. gen. gov. hon. insp. lt. maj. messrs. "
    "mr. mrs. ms. "
    "m. mm. mme. mlle. sra. dra. dott. mt. ft. pres. prof. pvt. rep. rev. sec. sen. sens. reps. sgt. spc. st. supt. "
    "lt-gen. maj-gen. brig-gen. lt-col. lt.-gen. maj.-gen. brig.-gen. lt.-col. "
    "rt. eng. engr. sh. ch. zh. kh. ts. yu. ya. vs. ст. им. г-н. проф. ген."
)
_TITLES = frozenset(_TITLES_LIST.split())
_BEFORE_A_NUMBER_LIST = (
    "jan. feb. mar. apr. may. jun. june. jul. july. aug. sep. sept. oct. nov. dec. no. nos. art. sec. para. p. "
    "pp. vol. ch. fig. nr. núm. янв. февр. фев. мар. апр. мая. июн. июл. авг. сент. сен. окт. нояб. ноя. дек. ст. п."
)
_BEFORE_A_NUMBER = frozenset(_BEFORE_A_NUMBER_LIST.split())
_FINAL = ".!?…。！？۔؟।"
_CLOSING = "\"'”’»›)]」』）"
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+\Z")


def lines_of(text: str) -> list[tuple[int, int]]:
    """Spans that partition the text at its line breaks; in hard-wrapped copy, at the ends of its paragraphs.

    Blank lines belong to the span before them, leading ones to the first.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    pieces = text.splitlines(keepends=True)
    joins = _joins_of_hard_wrapped_copy(pieces)
    begun = False  # whether the open span holds more than white space
    position = 0
    for index, piece in enumerate(pieces):
        if begun and not piece.isspace() and index not in joins:
            lines.append((start, position))
            start, begun = position, False
        begun = begun or not piece.isspace()
        position += len(piece)
    if position > start:
        lines.append((start, position))
    return lines


def ends_a_sentence(line: str) -> bool:
    """Whether the line closes with a full stop, a question or exclamation mark, quotes and brackets aside."""
    return line.rstrip().rstrip(_CLOSING).rstrip().endswith(tuple(_FINAL))


def _joins_of_hard_wrapped_copy(pieces: Sequence[str]) -> frozenset[int]:
    """Indices of the lines that go on from the line before them; none unless the text is hard-wrapped."""
    widths = [len(piece.rstrip()) for piece in pieces]
    followed = [index for index in range(len(pieces) - 1) if widths[index] and widths[index + 1]]
    if len(followed) < 3:
        return frozenset()
    wrapped = [
        index
        for index in followed
        if 50 <= widths[index] <= 100 and not ends_a_sentence(pieces[index]) and _goes_on(pieces[index + 1])
    ]
    # Lists of links are short lines too, but each begins with a capital.
    if 2 * len(wrapped) < len(followed):
        return frozenset()
    usual = sorted(widths[index] for index in wrapped)[len(wrapped) // 2]
    return frozenset(index + 1 for index in followed if 2 * widths[index] > usual)


def _goes_on(line: str) -> bool:
    first = line.lstrip()[0]
    return not first.isupper() and first.isprintable()


def sentence_spans(
    text: str, lines: Sequence[tuple[int, int]], language: str | None, whole: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[str]]:
    """Spans of the sentences, and warnings. They partition the text: none is only white space unless all of it is.

    A line break ends a sentence (see `lines_of`); a span in `whole`, such as a dateline, is not cut.
    """
    spans: list[tuple[int, int]] = []
    warnings: list[str] = []
    for start, end in lines:
        try:
            cuts = _cuts_in_line(text[start:end], language or "en")
        except BaseException as problem:
            if type(problem).__name__ != "PanicException":  # how a fault of the Rust segmenter arrives
                raise
            cuts = []
            warnings.append(f"the line at offset {start} was not cut into sentences: {problem}")
        uncut = [span for span in whole if span[0] < end and start < span[1]] if cuts else ()
        first = start
        for cut in cuts:
            if not (uncut and _inside(start + cut, uncut)):
                _add(text, spans, first, start + cut)
                first = start + cut
        _add(text, spans, first, end)
    return spans, warnings


def _inside(cut: int, whole: Sequence[tuple[int, int]]) -> bool:
    return any(first < cut < last for first, last in whole)


def _add(text: str, spans: list[tuple[int, int]], start: int, end: int) -> None:
    piece = text[start:end]
    if piece.isspace() and spans:
        spans[-1] = (spans[-1][0], end)
        return
    while len(piece) > LONGEST_SENTENCE and len(piece.strip()) > LONGEST_SENTENCE:
        first = start + len(piece) - len(piece.lstrip())
        cut = _white_space_before(text, first, first + LONGEST_SENTENCE)
        spans.append((start, cut))
        start, piece = cut, text[cut:end]
    spans.append((start, end))


def _white_space_before(text: str, first: int, limit: int) -> int:
    """Offset after the last white space below the limit; the limit itself if there is none."""
    for position in range(limit, first, -1):
        if text[position].isspace():
            while text[position].isspace():
                position += 1
            return position
    return limit


def _cuts_in_line(line: str, language: str) -> list[int]:
    """Offsets inside the line at which a new sentence begins."""
    if len(line) <= WINDOW:
        return [cut for cut in _segmenter_cuts(line, language) if not _goes_over(line, cut)]
    return list(_cuts_by_window(line, language))


def _cuts_by_window(line: str, language: str) -> Iterator[int]:
    start = 0
    while True:
        window = line[start : start + WINDOW]
        last_window = start + WINDOW >= len(line)
        cuts = _segmenter_cuts(window, language)
        yield from (start + cut for cut in cuts if not _goes_over(window, cut))
        if last_window:
            return
        # The last sentence of a window may go on: the next window begins with it, or in it if it is overlong.
        start += cuts[-1] if cuts else LONGEST_SENTENCE


def _segmenter_cuts(window: str, language: str) -> list[int]:
    if len(window) > MOST_QUOTATION_MARKS and sum(map(window.count, "\"“«„'‘")) > MOST_QUOTATION_MARKS:
        window = window.translate(_NOT_A_QUOTATION)
    boundaries = _segmenter()(language, window.replace("\r", " ").replace("\n", " "))
    return [cut for boundary in boundaries if 0 < (cut := int(boundary["start_index"])) < len(window)]


@cache
def _segmenter() -> Callable[[str, str], list[dict[str, Any]]]:
    from sentencex import get_sentence_boundaries  # type: ignore[attr-defined]

    return get_sentence_boundaries  # type: ignore[no-any-return]


def _goes_over(window: str, cut: int) -> bool:
    """Whether the full stop before the cut belongs to an abbreviation, so that the sentence goes on."""
    before = window[max(0, cut - 24) : cut].rstrip()
    if before[-1:] != ".":
        return False
    word = before.rsplit(None, 1)[-1].lstrip("\"'“‘«([").casefold()
    follower = window[cut]
    if word in _TITLES or (word in _BEFORE_A_NUMBER and (follower.isdigit() or follower.islower())):
        return True
    return follower.islower() and _INITIAL.match(word) is not None
