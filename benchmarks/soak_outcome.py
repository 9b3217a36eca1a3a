"""What came of a soak: counts, memory, and the table that shows them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import mean


@dataclass
class Outcome:
    """What was done to the runs, and what became of them."""

    seconds: float = 0.0
    done: Counter[str] = field(default_factory=Counter)
    """What was done to them, by name, and how runs ended."""
    faults: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    good: int = 0
    rounds: int = 0
    articles: int = 0
    """Read and checked, in all rounds."""
    looked_for: int = 0
    """Rows that stood whole in the ledger before a kill, and were looked for afterwards: each as often as that was."""
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    """Megabytes of the process that is not killed, each second."""
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    """Processes that were still there at the end."""
    cuts: int = 0

    @property
    def settled(self) -> list[float]:
        """The memory after the first fifth of the time, in which modules are loaded and tables made."""
        return self.memory[len(self.memory) // 5 :]

    @property
    def slope(self) -> float:
        """Megabytes by which the memory grows in an hour: a straight line through what is settled."""
        values = self.settled
        if len(values) < 3:
            return 0.0
        middle, level = (len(values) - 1) / 2, mean(values)
        rise = sum((at - middle) * (value - level) for at, value in enumerate(values))
        return 3600 * rise / sum((at - middle) ** 2 for at in range(len(values)))


def table(outcome: Outcome) -> str:
    """What came of it, to be read."""
    settled = outcome.settled or [0.0]
    tenth = max(1, len(settled) // 10)
    faults = ", ".join(f"{number:,} {name}" for name, number in sorted(outcome.faults.items()))
    lines = [
        ("articles read and checked, rounds", f"{outcome.articles:,}, {outcome.rounds}"),
        ("requests, good answers that were sent whole", f"{outcome.requests:,}, {outcome.good:,}"),
        ("faults of the servers", f"{sum(outcome.faults.values()):,}"),
        ("rows looked for again after a kill", f"{outcome.looked_for:,}"),
        ("lost", len(outcome.lost)),
        ("twice", len(outcome.twice)),
        ("other than the faultless reply, or from a bad one", len(outcome.wrong)),
        ("memory at start and end, MB", f"{mean(settled[:tenth]):.1f}, {mean(settled[-tenth:]):.1f}"),
        ("growth, MB an hour", f"{outcome.slope:.1f}"),
        ("open before and after: sockets", _both(outcome, "sockets")),
        ("    files", _both(outcome, "files")),
        ("    threads", _both(outcome, "threads")),
        ("    child processes", _both(outcome, "children")),
        ("processes left behind", len(outcome.left)),
        ("cut off at each byte of the end, and completed", f"{outcome.cuts:,}"),
    ]
    done = [f"  {number:,} × {name}" for name, number in sorted(outcome.done.items())]
    told = [f"  {name:<52}{value!s:>16}" for name, value in lines]
    bad = [f"  ! {each}" for each in [*outcome.lost, *outcome.twice, *outcome.wrong, *outcome.left][:20]]
    return "\n".join([*told, f"faults: {faults}", "done to the runs, and how they ended:", *done, *bad])


def _both(outcome: Outcome, name: str) -> str:
    return f"{outcome.before.get(name, 0)}, {outcome.after.get(name, 0)}"
