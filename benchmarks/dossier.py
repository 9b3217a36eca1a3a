"""How well and how fast the dossier brings reports together.

    python benchmarks/dossier.py [--quick] [--seeds N]

Quality: made-up corpora of 300 articles with known identity (`tests/dossier_corpus.py`), one for each seed, and all
pairs of reports: the precision and the recall of what was brought together, for persons, trips (journeys with all their
legs), legs and invitations; then the invitations that were said to be fulfilled. `all` pools the pairs of the seeds;
`worst` is the lowest figure of a single seed.

Size: seconds of one core, for reading the ledger, bringing it together and writing it as JSON, and the largest that the
process has been, for ledgers of so many records (officials, visits and invitations). In `other names` every 300
articles have people of their own; in `same names` all of them share a few hundred names, so that one traveller has
hundreds of visits to one country. `growth` is what a record costs in proportion to the smaller ledger before it: 1.0
if the time grows with the records alone.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarise.corpus.ledger import LedgerRow  # noqa: E402
from summarise.dossier import build_dossier, write_dossier  # noqa: E402
from tests.dossier_corpus import corpus  # noqa: E402
from tests.dossier_score import Found, Pairs, fulfilment, score  # noqa: E402

ARTICLES = 300
FIRST_SEED = 101
"""The rules were written with an eye on corpora of smaller seeds."""
SIZES = (12_500, 25_000, 50_000, 100_000)
QUICK = (2_000, 4_000)
WORLDS = {"other names": True, "same names": False}


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer seeds, small ledgers")
    parser.add_argument("--seeds", type=int, default=20, help="so many corpora")
    parser.add_argument(
        "--measure", nargs=2, help=argparse.SUPPRESS
    )  # a process of its own: its peak is that of one run
    given = parser.parse_args()
    if given.measure:
        measure(given.measure[0], int(given.measure[1]))
        return
    show_quality(3 if given.quick else given.seeds)
    show_sizes(QUICK if given.quick else SIZES)


# ------------------------------------------------------------------------------------------------------------- quality


def show_quality(seeds: int) -> None:
    """Prints precision and recall for each kind."""
    found: dict[str, list[Pairs]] = {}
    led: list[Found] = []
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        truth = corpus(ARTICLES, seed)
        dossier = build_dossier(truth.rows)
        for kind, pairs in score(dossier, truth).items():
            found.setdefault(kind, []).append(pairs)
        led.append(fulfilment(dossier, truth))
    print(f"{f'{seeds} corpora of {ARTICLES} articles':<32}{'precision':>20}{'recall':>20}{'pairs':>12}")
    print(f"{'':<32}{'all':>10}{'worst':>10}{'all':>10}{'worst':>10}")
    for kind, one_kind in found.items():
        show_pairs(kind, one_kind)
    show_pairs("all kinds", [sum(kinds, Pairs(0, 0, 0)) for kinds in zip(*found.values(), strict=True)])
    made, right = sum(each.made for each in led), sum(each.right for each in led)
    wanted, reached = sum(each.wanted for each in led), sum(each.reached for each in led)
    print(f"{'invitations fulfilled':<32}{right / made:>10.4f}{'':>10}{reached / wanted:>10.3f}{'':>10}{wanted:>12,}")


def show_pairs(kind: str, seeds: list[Pairs]) -> None:
    """Prints one line: pooled, and the worst seed."""
    whole = sum(seeds, Pairs(0, 0, 0))
    precision, recall = min(each.precision for each in seeds), min(each.recall for each in seeds)
    print(
        f"{kind:<32}{whole.precision:>10.4f}{precision:>10.4f}{whole.recall:>10.3f}{recall:>10.3f}{whole.wanted:>12,}"
    )


# ---------------------------------------------------------------------------------------------------------------- size


def show_sizes(sizes: tuple[int, ...]) -> None:
    """Prints seconds and megabytes for each size."""
    print(f"\n{'':<16}{'records':>10}{'seconds':>10}{'growth':>10}{'peak MB':>10}{'persons':>10}{'trips':>10}")
    for name in WORLDS:
        before = None
        for size in sizes:
            command = [sys.executable, __file__, "--measure", name, str(size)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            records, seconds, peak, persons, trips = map(float, done.stdout.split())
            growth = "" if before is None else f"{seconds / records / before:.2f}"
            before = seconds / records
            print(
                f"{name:<16}{records:>10,.0f}{seconds:>10.1f}{growth:>10}{peak:>10.0f}{persons:>10,.0f}{trips:>10,.0f}"
            )


def measure(name: str, size: int) -> None:
    """Prints records, seconds, peak megabytes, persons and trips of one run, from a ledger on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        path, records = Path(folder) / "ledger.jsonl", 0
        with path.open("w", encoding="utf-8") as file:
            for row in ledger(size, own_names=WORLDS[name]):
                records += sum(row.counts.values())
                file.write(row.model_dump_json() + "\n")
        begin = process_time()
        dossier = build_dossier(path)
        write_dossier(dossier, Path(folder) / "dossier.json")
        seconds = process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(records, seconds, peak, len(dossier.persons), len(dossier.trips))


def ledger(size: int, *, own_names: bool) -> Iterator[LedgerRow]:
    """Rows with so many records at least, of one invented world after the other."""
    records, seed = 0, 0
    while records < size:
        seed += 1
        for row in corpus(ARTICLES, seed).rows:
            if records >= size:
                return
            records += sum(row.counts.values())
            summary = _renamed(row.summary, seed) if own_names else row.summary
            yield row.model_copy(update={"id": f"{seed}/{row.id}", "summary": summary})


def _renamed(value: Any, seed: int) -> Any:
    """Every name of a person with a mark of its world at the end of its last word."""
    mark = "".join("bdfglmnprstvz"[int(digit)] + "a" for digit in f"{seed:03}")
    if isinstance(value, list):
        return [_renamed(each, seed) for each in value]
    if not isinstance(value, dict):
        return value
    renamed = {key: _renamed(each, seed) for key, each in value.items()}
    if isinstance(renamed.get("name"), str):
        renamed["name"] += mark
        renamed["variants"] = [f"{each}{mark}" for each in renamed["variants"]] if "variants" in renamed else []
        if "variants" not in value:
            del renamed["variants"]
    return renamed


if __name__ == "__main__":
    main()
