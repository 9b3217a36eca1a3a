"""Which sentences speak to the program that reads the article, and not to its readers.

An article is data, and whoever writes it may try to have it taken for more: by orders to a model, by marks of a chat,
by the sentence numbers and tags of our own request, by a piece of a reply. Such a sentence may name a person, a place
and a verb; it is no evidence all the same, nor is what stands between such marks. What is found here is never taken out
of the text: it is named, and blotted out in the copy that is judged.

It costs an ordinary article one look at its whole text; a sentence is read where that look finds something.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from summarise.article.disguise import ODD, disguises_in, plain
from summarise.article.first_words import MAY_BE_ORDER, MAY_BE_ORDER_BYTES
from summarise.article.injection_kinds import BARRED, BLOTTED, Found, Injection, InjectionKind, Region, Span
from summarise.article.injection_search import Search
from summarise.article.order_words import FOREIGN_WORDS
from summarise.article.trusted import blank, comments_in, in_one_line, says_something, trusted_text

_OFTEN = 12  # times that no sentence of an honest article is repeated word for word
_FEWEST_WORDS = 5  # of a sentence that is repeated: "Advertisement" is repeated everywhere
_LONGEST_REPEATED = 1_000  # characters; longer ones are pieces of a text without any boundary
_SHOWN = 60
_SIGNS = "<[{#|*=~_"
_RULE = "---"  # of such a line before and behind "END OF ARTICLE"
_WIDE_SIGNS = "＜［【｛＃"


def find_injections(text: str, spans: Sequence[Span], *, latin: bool) -> Found:
    """Looks through a text whose sentences are `spans`; `latin` tells whether its language has Latin letters.

    Never raises; time grows in proportion to the text.
    """
    comments = comments_in(text) if "<!--" in text else []
    seen = blank(text, comments)
    try:
        western = b"\n" + seen.encode("cp1252").lower()
        if b"\xad" in western:  # hyphens that are not seen
            return _find_odd(text, seen, spans, comments, latin)
    except UnicodeEncodeError:
        return _find_odd(text, seen, spans, comments, latin)
    first = [match.start(1) - 1 for match in MAY_BE_ORDER_BYTES.finditer(western)]
    tied = b"nstruction" in western or b"prompt" in western
    signs = any(map(seen.__contains__, _SIGNS)) or _RULE in seen
    regions = (
        Search(seen).regions_at(first, tied=tied, foreign=False, signs=signs)
        if first or tied or signs or b"you" in western
        else []
    )
    return _found(text, seen, spans, [*regions, *_repeated(seen, spans)], comments, False)


def _find_odd(text: str, seen: str, spans: Sequence[Span], comments: Sequence[Span], latin: bool) -> Found:
    """The same for a text with letters or signs that western copy does not have."""
    disguised = disguises_in(seen, latin=latin)
    shown, places = plain(seen) if disguised or (latin and ODD.search(seen)) else (seen, None)
    lowered = shown.lower()
    if len(lowered) != len(shown):  # a rare sign grows by it, and offsets would be off
        lowered = shown
    first = [match.start(1) - 1 for match in MAY_BE_ORDER.finditer("\n" + lowered)]
    tied = "nstruction" in lowered or "prompt" in lowered
    foreign = any(map(lowered.__contains__, FOREIGN_WORDS))
    signs = any(map(shown.__contains__, (*_SIGNS, *_WIDE_SIGNS, _RULE)))
    regions = Search(shown).regions_at(first, tied=tied, foreign=foreign, signs=signs)
    if places is not None:
        regions = [(kind, places[start], places[end]) for kind, start, end in regions]
    whole = [(disguise.kind, disguise.start, disguise.end) for disguise in disguised]
    return _found(text, seen, spans, [*regions, *whole, *_repeated(seen, spans)], comments, True)


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
    first = set(often)
    for (start, end), piece in zip(spans, pieces, strict=True):
        if piece in often:
            yield (
                "doubtful" if piece in first else "repeated",
                start,
                end,
            )  # a live blog says it each hour, and it holds
            first.discard(piece)


def _found(
    text: str, seen: str, spans: Sequence[Span], regions: list[Region], comments: Sequence[Span], broken: bool
) -> Found:
    if not regions and not comments and not broken:
        return Found((), text)
    starts = [start for start, _ in spans]
    barred: dict[int, Injection] = {}
    others: dict[tuple[int, InjectionKind], Injection] = {}
    blotted: list[Span] = []
    order = {kind: rank for rank, kind in enumerate(InjectionKind.__args__)}  # type: ignore[attr-defined]
    for start, end in comments:
        if says_something(text[start:end]):
            for number in range(bisect_right(starts, start), bisect_right(starts, end - 1) + 1):
                first, last = spans[number - 1]
                kind: InjectionKind = "hidden" if seen[first:last].strip() else "comment"
                found = Injection(number, kind, in_one_line(text[max(start, first) : min(end, last)], _SHOWN))
                if kind == "comment":
                    barred.setdefault(number, found)
                else:
                    others.setdefault((number, kind), found)
    for kind, start, end in sorted(regions, key=lambda region: (order[region[0]], *region[1:])):
        for number in range(bisect_right(starts, start), bisect_right(starts, max(start, end - 1)) + 1):
            first, last = spans[number - 1]
            words = text[max(start, first) : min(end, last)]
            if not words.strip():
                continue
            if kind in BARRED:
                barred.setdefault(number, Injection(number, kind, in_one_line(words, _SHOWN)))
            else:
                others.setdefault((number, kind), Injection(number, kind, in_one_line(words, _SHOWN)))
        if kind in BLOTTED:
            blotted.append((start, end))
    blotted += [spans[number - 1] for number in barred]
    every = sorted([*barred.values(), *others.values()], key=lambda found: (found.sentence, order[found.kind]))
    return Found(tuple(every), trusted_text(seen, blotted))
