"""What of an article fits a model's context, and the windows of whole sentences in which a longer one is read.

The context holds the fixed part (instructions, schema, examples), the article, the reply, and in a re-ask the last
reply and the complaint as well. The fixed part is never cut. Every window shows headline, dateline and day of
publication; the windows together show every sentence, each under the number that it has in the article, and neighbours
overlap by some sentences, so that what is told across a cut stands in one of them whole.

A sentence is never cut here: the reader of articles has cut what is longer than 2,000 characters into numbered pieces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summarise.article import Article
from summarise.errors import ConfigurationError, ContextTooLong
from summarise.exchange import LADDER, Request, Rung
from summarise.prompt import Prompt, gap_line, sentence_lines
from summarise.records import Window
from summarise.tokens import count_tokens, tokenizer_for

LONGEST_COMPLAINT = 12  # faults named in one complaint: more would make the re-ask longer than the article
_FAULT = 60  # tokens of one fault
_REPLIES = 4  # of one length: one of twice the length in a re-ask, the last one beside it
_LONGEST_NUMBER = 32  # bytes of what stands before a sentence, `[7 boilerplate] ` and a line break
_FRAME = 64  # tokens that a chat template puts around the messages
_LEAST_ROOM = 400  # tokens: a few sentences
_MOST_OVERLAP = 5  # sentences
_OVERLAP = 8  # at most this part of the room, unless a single sentence is more
_APPROXIMATE = (9, 10)  # of a context counted with another model's tokens

WAYS_ON = (
    "Tell the model's real context with --context N (SUMMARISE_CONTEXT), in tokens, or use a model with a larger one."
)


@dataclass(frozen=True, slots=True)
class Room:
    """How the tokens of a context are shared out.

    `usable`: what may be filled, by the count made here. `fixed`: instructions, schema and examples. `article`: what
    is left for the article when complaint and replies have theirs.
    """

    context: int
    usable: int
    fixed: int
    article: int

    def left_by(self, request: Request) -> int:
        """Tokens that the context leaves for the reply to this request; may be below nothing."""
        return self.usable - _FRAME - _schema_tokens(request) - sum(map(_message_tokens, request.messages))


def surely_fits(article: Article, prompt: Prompt, context: int, max_output_tokens: int) -> bool:
    """Whether the article fits so easily that nothing has to be counted: a token is at least a byte long."""
    article_bytes = len(article.text.encode()) + _LONGEST_NUMBER * (len(article.sentences) + 1)
    fixed_bytes = max(map(_length, prompt.system.values()))  # one of them holds the schema
    asked = fixed_bytes + article_bytes + _length(prompt.complaint_template) + LONGEST_COMPLAINT * _FAULT
    asked += _length(prompt.article_template) + _FRAME + _REPLIES * max_output_tokens
    return asked <= context * _APPROXIMATE[0] // _APPROXIMATE[1]


def room_in(context: int, prompt: Prompt, rung: Rung, *, model: str, max_output_tokens: int, most: int | None) -> Room:
    """How a context is shared out on this rung of the ladder, or on a lower one that it may come to.

    A reply gets `max_output_tokens`, less where the context is small: then a fifth of what the fixed part leaves.
    `most` is the largest request that the endpoint may still take, where it has refused a larger one. Raises
    `ConfigurationError` when there is no room for a few sentences.
    """
    exact = tokenizer_for(model).note is None
    usable = context if exact else context * _APPROXIMATE[0] // _APPROXIMATE[1]
    usable = usable if most is None else min(usable, most)
    fixed = max(fixed_tokens(prompt, lower) for lower in LADDER[LADDER.index(rung) :])
    complaint = _fixed_text_tokens(prompt.complaint_template) + LONGEST_COMPLAINT * _FAULT
    left = usable - fixed - complaint - _FRAME
    article = left - _REPLIES * min(max_output_tokens, max(left, 0) // (_REPLIES + 1))
    if article < _LEAST_ROOM:
        needed = fixed + complaint + _FRAME + _LEAST_ROOM * (_REPLIES + 1)
        counted = "" if usable == context else f", of which {usable:,} can be counted on"
        least = needed if exact else -(-needed * _APPROXIMATE[1] // _APPROXIMATE[0])
        raise ConfigurationError(
            f"the context of {context:,} tokens{counted}, is too small for {model}: instructions, schema and examples "
            f"take {fixed + _FRAME:,}, a complaint up to {complaint:,}, and a few sentences with the replies about "
            f"them {_LEAST_ROOM * (_REPLIES + 1):,}; that makes {needed:,}, and takes a context of {least:,}",
            hint=WAYS_ON,
        )
    return Room(context, usable, fixed, article)


def fixed_tokens(prompt: Prompt, rung: Rung) -> int:
    """Tokens that every first question on this rung begins with: the reply schema and the system message."""
    schema = count_tokens(_schema_text(prompt)) if rung == "json_schema" else 0
    return schema + _fixed_text_tokens(prompt.system[rung])


def windows_in(article: Article, prompt: Prompt, room: Room, begin: int = 1) -> tuple[Window, ...]:
    """The windows in which the article is read from sentence `begin` on; empty if it fits whole.

    They are as few as the room allows, and about equally long. Raises `ContextTooLong`, naming the sentence, if one
    does not fit beside the article's head.
    """
    lines = sentence_lines(article)
    costs = [count_tokens(f"{line}\n") for line in lines]
    around = count_tokens(prompt.article_message(article, ()))
    if begin == 1 and around + sum(costs) <= room.article:
        return ()
    gap = count_tokens(f"{gap_line(len(lines), len(lines))}\n") + count_tokens(f"{gap_line(1, len(lines))}\n")
    head = sum(costs[number - 1] for number in article.head)
    left = room.article - around - gap * (len(article.head) + 1) - head
    for number in article.head:
        costs[number - 1] = 0  # in every window, and paid for
    longest = max(range(begin - 1, len(costs)), key=costs.__getitem__)
    if costs[longest] > left:
        raise ContextTooLong(
            f"sentence {longest + 1} takes {costs[longest]:,} tokens, and the context of {room.context:,} leaves "
            f"{max(left, 0):,} for sentences: {room.fixed:,} are instructions, schema and examples, {head:,} headline "
            "and dateline, the rest is for the replies",
            hint=WAYS_ON,
        )
    return tuple(
        Window(first=begin + start, last=begin + end - 1) for start, end in evenly_cut(costs[begin - 1 :], left)
    )


def shown_in(window: Window | None, article: Article) -> tuple[int, ...] | None:
    """Numbers of the sentences that the window shows, the article's head included; None for all.

    Without those that speak to the program that reads: what gives orders to a model is not put before one.
    """
    if window is None:
        if not article.injections or not (withheld := article.withheld):
            return None
        return tuple(number for number in range(1, len(article.sentences) + 1) if number not in withheld)
    return tuple(sorted({*article.head, *range(window.first, window.last + 1)} - article.withheld))


def evenly_cut(costs: Sequence[int], room: int) -> list[tuple[int, int]]:
    """As `cut`, with as few windows, and the longest of them as short as it can be.

    Neighbours that fit the room together do so still: no overlap is lost.
    """
    windows = cut(costs, room)
    pairs = [one + other for one, other in pairwise(costs) if one + other <= room]
    low, high = max([*costs, *pairs]), room
    while low < high:
        middle = (low + high) // 2
        shorter = cut(costs, middle)
        if len(shorter) <= len(windows):
            windows, high = shorter, middle
        else:
            low = middle + 1
    return windows


def cut(costs: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Runs of neighbours, as `[start, end)`, that together hold everything; the costs of none are above the room.

    Each run begins with the last ones of the run before, if only one of them fits beside the next. No cost may be above
    the room.
    """
    runs: list[tuple[int, int]] = []
    start = 0
    while True:
        end, used = start, 0
        while end < len(costs) and used + costs[end] <= room:
            used += costs[end]
            end += 1
        runs.append((start, end))
        if end == len(costs):
            return runs
        assert end > start
        start = _overlap(costs, room, start, end)


def _overlap(costs: Sequence[int], room: int, start: int, end: int) -> int:
    """Where the run after `[start, end)` begins: some before its end, with room for at least one that is new."""
    begin, used = end, 0
    while begin > start + 1 and end - begin < _MOST_OVERLAP:
        more = used + costs[begin - 1]
        if more + costs[end] > room or (begin < end and more > room // _OVERLAP):
            break
        begin, used = begin - 1, more
    return begin


def halves(count: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two runs of neighbours, as `cut` gives them, of at least two sentences; they overlap where that leaves both
    shorter."""
    middle = (count + 1) // 2
    return (0, middle), (max(1, middle - min(_MOST_OVERLAP, count // _OVERLAP)), count)


def request_tokens(request: Request) -> int:
    """Tokens that a request asks the context to hold: what is sent and the longest reply."""
    return _schema_tokens(request) + sum(map(_message_tokens, request.messages)) + request.max_output_tokens


def _message_tokens(message: Mapping[str, str]) -> int:
    content = message["content"]
    return _fixed_text_tokens(content) if message["role"] == "system" else count_tokens(content)


def _schema_tokens(request: Request) -> int:
    return _fixed_text_tokens(_json(request.schema)) if request.rung == "json_schema" else 0


def _schema_text(prompt: Prompt) -> str:
    return _json(prompt.contract.wire_schema)


def _json(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=32)
def _length(fixed_text: str) -> int:
    """In bytes."""
    return len(fixed_text.encode())


@lru_cache(maxsize=32)
def _fixed_text_tokens(text: str) -> int:
    """Tokens of a text that is the same for every article."""
    return count_tokens(text)
