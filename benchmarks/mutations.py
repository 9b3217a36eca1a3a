"""Measures the judge by mutations of the recorded replies: `python -m benchmarks.mutations [--missed] [--seeds N]`.

Prints, for each kind of wrong reply, how many there are and which share the judge complains about; then what it says
about the replies as they were recorded.
"""

from __future__ import annotations

import argparse
from collections import Counter

from summarise.judge import judge
from tests.mutations import MUTATORS, Recorded, caught, distinct_replies, mutations, recorded_replies, worked_example


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true", help="list the mutations that went unnoticed")
    parser.add_argument("--seeds", type=int, default=3, help="how often each reply is mutated")
    options = parser.parse_args()
    replies = [worked_example(), *recorded_replies()]
    faults = {
        recorded.name: judge(recorded.content, recorded.article, recorded.contract).faults for recorded in replies
    }
    show(distinct_replies(), options.seeds, options.missed)
    print(f"\n{len(replies)} replies as recorded, {sum(map(bool, faults.values()))} with complaints")
    for recorded in replies:
        for fault in faults[recorded.name]:
            print(f"  {recorded.name}{'' if recorded.final else ' (asked again)'}: {fault}")


def show(good: list[Recorded], seeds: int, list_missed: bool) -> None:
    """Prints the table of shares."""
    made: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    missed: dict[str, set[str]] = {kind: set() for kind in MUTATORS}
    for recorded in good:
        for seed in range(seeds):
            for mutation in mutations(recorded, seed):
                made[mutation.kind] += 1
                if caught(mutation, recorded):
                    noticed[mutation.kind] += 1
                else:
                    missed[mutation.kind].add(f"{recorded.name} {mutation.about}: {mutation.change}")
    print(f"{'wrong on purpose':<52} {'made':>6} {'caught':>7} {'share':>6}")
    for kind in MUTATORS:
        share = noticed[kind] / made[kind] if made[kind] else float("nan")
        print(f"{kind:<52} {made[kind]:>6} {noticed[kind]:>7} {share:>6.3f}")
        if list_missed:
            for line in sorted(missed[kind]):
                print(f"    {line}")


if __name__ == "__main__":
    main()
