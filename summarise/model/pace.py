"""How fast an endpoint may be asked, and by how many at a time: a pure value that is told the time by its caller.

Three things decide when the next request may go: the budgets of requests and tokens (see `budget`), a pause that a 429
asked for, and how many may be under way at once. That number starts at what the user allows, since a healthy endpoint
should not be kept waiting; it shrinks by a factor after a 429, a time-out or a rise of the latency, and grows by a
constant with every round of good replies (https://doi.org/10.1016/0169-7552(89)90019-6). Requests go in the order in
which they were queued, so that none starves, be it ever so large.

Seconds, monotonic, are what every `now` is; which clock they come from does not matter.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from statistics import median

from summarise.model.budget import Allowance, Budget, Kind, Use

AFTER_429, AFTER_TIMEOUT, AFTER_SLOWNESS = 0.7, 0.5, 0.8
SLOW = 2.5
"""How many times its best the median latency of a round may be before it counts as a rise."""

ROUND = 16
"""Fewest replies whose median says something."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A run that shares the pace: how many it sends at once at most, and what it was told of budgets per window.

    `part` of the budgets, told or learned, is this process's own, from 0 (it may not send for now) to 1 (all of it).
    """

    concurrency: int
    requests: float | None = None
    tokens: float | None = None
    part: float = 1.0


@dataclass(slots=True, eq=False)
class Turn:
    """One request: waiting, under way, or over. `characters` is the size of its prompt, `output` its token limit."""

    characters: int
    output: int
    sent: float = 0.0
    uses: dict[Kind, Use] = field(default_factory=dict)


class Pace:
    """The pace of one endpoint, model and key. `window` is what the provider counts by, in seconds."""

    def __init__(self, window: float = 60.0) -> None:
        self.window = window
        self.paused_until = -inf
        self._budgets: dict[Kind, Budget] = {"requests": Budget(window), "tokens": Budget(window)}
        self._forecast = _Forecast()
        self._crowd = _Crowd()
        self._members: list[Member] = []
        self._part = 1.0
        self._queue: OrderedDict[Turn, None] = OrderedDict()
        self._under_way: set[Turn] = set()
        self._refused_since: float | None = None
        self._refusals = 0

    def join(self, member: Member) -> None:
        """One more run: its concurrency is added, the smallest budget counts for all."""
        self._members.append(member)
        self._crowd.allow(self._crowd.most + member.concurrency)
        self._tell()

    def leave(self, member: Member) -> None:
        """The run is over; what was learned of the endpoint stays."""
        self._members.remove(member)
        self._crowd.allow(self._crowd.most - member.concurrency)
        self._tell()

    def change(self, before: Member, after: Member) -> None:
        """The run has another share from now on; what it used meanwhile is taken for its share of what all used."""
        self._members[self._members.index(before)] = after
        self._crowd.allow(self._crowd.most - before.concurrency + after.concurrency)
        self._tell()

    def queue(self, characters: int = 0, output: int = 0) -> Turn:
        """A place at the end of the queue, for a prompt of so many characters and a reply of so many tokens at most."""
        turn = Turn(characters, output)
        self._queue[turn] = None
        return turn

    def withdraw(self, turn: Turn) -> None:
        """Give up a place in the queue."""
        self._queue.pop(turn, None)

    @property
    def next(self) -> Turn | None:
        """Whose turn it will be."""
        return next(iter(self._queue), None)

    def wait(self, turn: Turn, now: float) -> float:
        """Seconds to wait before asking again; 0 if the turn has come, and the request must be sent now.

        Infinite while another is first in the queue, as many are under way as may be, or no part of the budgets is
        ours: then only the end of a call, another's withdrawal, or another share, changes anything.
        """
        if self.next is not turn or not self._part or len(self._under_way) >= self._crowd.limit:
            return inf
        amounts = self._amounts(turn)
        seconds = max(
            self.paused_until - now,
            *(budget.wait(amounts[kind], now) for kind, budget in self._budgets.items()),
        )
        if seconds > 0:
            return seconds
        turn.uses = {kind: budget.take(amounts[kind], now) for kind, budget in self._budgets.items()}
        turn.sent = now
        del self._queue[turn]
        self._under_way.add(turn)
        self._crowd.started(len(self._under_way))
        return 0.0

    def answered(self, turn: Turn, now: float, *, input_tokens: int = 0, output_tokens: int = 0) -> None:
        """A good reply, with the tokens that it reports (0 if it reports none)."""
        if input_tokens or output_tokens:
            self._forecast.learn(turn.characters, input_tokens, output_tokens)
            if not self._forecast.by_limit:
                self._budgets["tokens"].correct(turn.uses["tokens"], input_tokens + output_tokens)
        if turn.sent >= self.paused_until:
            self._refusals, self._refused_since = 0, None
        self._crowd.replied(now - turn.sent, turn.sent, now)
        self._end(turn)

    def limited(
        self, turn: Turn, now: float, advice: float | None, words: Mapping[Kind, Allowance] | None = None
    ) -> None:
        """A 429: nobody sends for the seconds it advises; without advice for longer and longer, a window at most.

        The refused request counts against the budgets, as providers count it. `words` came with it.
        """
        self._look_for_reason(turn, words or {})
        if self._refused_since is None:
            self._refused_since = now
        if turn.sent >= self.paused_until:  # else one of the same burst, which was known already
            self._refusals += 1
        own = min(self.window / 120 * 2.0 ** min(self._refusals - 1, 30), self.window)
        self.paused_until = max(self.paused_until, now + (advice or own))
        for budget in self._budgets.values():
            budget.pause(self.paused_until)
        self._crowd.cut(AFTER_429, turn.sent, now)
        self._end(turn)

    def timed_out(self, turn: Turn, now: float) -> None:
        """No answer in time."""
        self._crowd.cut(AFTER_TIMEOUT, turn.sent, now)
        self._end(turn)

    def ended(self, turn: Turn) -> None:
        """It ended in a way that says nothing about the pace: a lost connection, a 5xx, a call that was given up."""
        self._end(turn)

    def heard(self, turn: Turn, now: float, words: Mapping[Kind, Allowance]) -> None:
        """The endpoint's own word about its budgets, in the headers of whatever it answered: told before the end."""
        for kind, word in words.items():
            others = (other.uses[kind] for other in self._under_way if other is not turn)
            self._budgets[kind].learn(word, turn.uses[kind], turn.sent, others, now)

    def refused_for(self) -> float:
        """Seconds from the first 429 since the last good reply to the end of the pause: how long nothing was got."""
        return 0.0 if self._refused_since is None else self.paused_until - self._refused_since

    @property
    def concurrency(self) -> int:
        """How many may be under way at once."""
        return self._crowd.limit

    def limit(self, kind: Kind) -> float | None:
        """The budget in a window, as far as it is known."""
        return self._budgets[kind].limit

    def _look_for_reason(self, turn: Turn, words: Mapping[Kind, Allowance]) -> None:
        """Was it refused with enough tokens left for what it uses, but not for what it may use? Then that counts."""
        tokens, requests = words.get("tokens"), words.get("requests")
        if tokens is None or tokens.remaining is None or (requests is not None and not requests.remaining):
            return
        most = self._forecast.tokens(turn.characters, turn.output, at_most=True)
        use = turn.uses["tokens"]
        if use.amount * use.part <= tokens.remaining < most:
            self._forecast.by_limit = True

    def _amounts(self, turn: Turn) -> dict[Kind, float]:
        return {"requests": 1.0, "tokens": self._forecast.tokens(turn.characters, turn.output)}

    def _end(self, turn: Turn) -> None:
        self._under_way.remove(turn)

    def _tell(self) -> None:
        self._budgets["requests"].told = min((m.requests for m in self._members if m.requests), default=None)
        self._budgets["tokens"].told = min((m.tokens for m in self._members if m.tokens), default=None)
        self._part = min((m.part for m in self._members), default=1.0)
        for budget in self._budgets.values():
            budget.part = self._part or 1.0


class _Forecast:
    """What a request will use: set aside when it is sent, corrected when the reply tells.

    With `by_limit` the endpoint counts the limit of a reply, however short it turns out to be.
    """

    def __init__(self) -> None:
        self.by_limit = False
        self._per_character = 0.5  # the schema is in it, which is sent but not counted here
        self._longest_reply = 0
        self._replies = 0

    def tokens(self, characters: int, output: int, at_most: bool = False) -> float:
        """The prompt's tokens, and those of the longest reply so far with a quarter more; at first the limit."""
        unknown = self._replies < ROUND or self.by_limit or at_most
        longest = output if unknown else min(output, self._longest_reply * 1.25)
        return characters * self._per_character + longest

    def learn(self, characters: int, input_tokens: int, output_tokens: int) -> None:
        """What a reply says."""
        self._replies += 1
        self._longest_reply = max(self._longest_reply, output_tokens)
        if characters and input_tokens:
            seen = input_tokens / characters
            share = 1.0 if self._replies == 1 else 0.5 if seen > self._per_character else 0.05  # rather too much
            self._per_character += share * (seen - self._per_character)


class _Crowd:
    """How many may be under way: additive increase, multiplicative decrease."""

    def __init__(self) -> None:
        self.most = 0
        self._limit = 0.0
        self._last_cut = -inf
        self._at_once = 0
        self._good = 0
        self._slow = False
        self._latencies: list[float] = []
        self._best: float | None = None

    @property
    def limit(self) -> int:
        return max(int(self._limit), 1)

    def allow(self, most: int) -> None:
        """Another ceiling: what is added may be used at once."""
        self._limit = min(self._limit + max(most - self.most, 0), float(most))
        self.most = most

    def started(self, under_way: int) -> None:
        self._at_once = max(self._at_once, under_way)

    def replied(self, latency: float, sent: float, now: float) -> None:
        """A good reply. As many as may be under way make a round, after which one may be more; the median latency of
        at least `ROUND` of them is judged."""
        self._good += 1
        self._latencies.append(latency)
        if len(self._latencies) >= max(self.limit, ROUND):
            self._judge(sent, now)
        if self._good >= self.limit:
            if self._at_once >= self.limit and not self._slow:
                self._limit = min(self._limit + max(self.most / 32, 1.0), float(self.most))
            self._good = self._at_once = 0

    def _judge(self, sent: float, now: float) -> None:
        usual = median(self._latencies)
        self._latencies = []
        # The best is forgotten slowly: another hour of the day has another best.
        self._best = usual if self._best is None else min(usual, self._best * 1.01)
        self._slow = usual > SLOW * self._best
        if self._slow:
            # Long articles are slow as well: slowness alone never takes more than three quarters.
            self.cut(AFTER_SLOWNESS, sent, now, least=self.most / 4)

    def cut(self, factor: float, sent: float, now: float, least: float = 1.0) -> None:
        """Shrink, unless the request was sent before the last cut, whose effect it cannot show."""
        if sent < self._last_cut:
            return
        self._last_cut = now
        self._limit = max(self._limit * factor, min(least, self._limit), 1.0)
        self._latencies, self._good, self._at_once = [], 0, 0
