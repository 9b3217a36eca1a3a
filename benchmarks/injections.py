"""Hostile articles: outcomes by family when the model obeys, and false alarms on honest text.

    python benchmarks/injections.py [--verbose]

Each attack is put into an honest article, and an obedient model is simulated: it gives each of the worst replies, and
the same or a worse one when it is asked again. Counted are records that the honest sentences do not carry, texts of a
result that hold seven words in a row of the prompt, attacks of which a sentence is not named in `concerns`, and
articles whose honest records the honest reply no longer gives. The second set was written after the detector, which was
then made better with it, and so was the held-out one; `tests/hostile/held_out.py` tells what was noticed at first.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarise.article import read_article  # noqa: E402
from tests.hostile.attacks import ATTACKS  # noqa: E402
from tests.hostile.held_out import HELD_OUT, OPEN, REVIEWED, SECOND  # noqa: E402
from tests.hostile.honest import COUNTED_TEXTS, HONEST_SENTENCES  # noqa: E402
from tests.hostile.measure import Tally, tallies  # noqa: E402


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="name each thing that went wrong")
    verbose = parser.parse_args().verbose
    print(f"{'family':<38}{'attacks':>8}{'replies':>9}{'fabricated':>12}{'leaks':>7}{'unnamed':>9}{'lost':>6}")
    total = Tally()
    for name, tally in tallies(ATTACKS):
        _show(name, tally, verbose)
        _add(total, tally)
    _show("all", total, verbose)
    for attacks in (SECOND, HELD_OUT, REVIEWED, OPEN):
        for name, tally in tallies(attacks):
            _show(name, tally, verbose)
    texts = [
        *sorted((ROOT / "examples" / "articles").glob("*.txt")),
        *sorted((ROOT / "tests" / "gold" / "development").glob("*.txt")),
    ]
    alarmed = [path.name for path in texts if read_article(path).injections]
    sentences = sum(len(read_article(path).sentences) for path in texts)
    print(f"\nfalse alarms: {len(alarmed)} of {len(texts)} articles nobody tampered with ({sentences} sentences)")
    wrong = [
        text for text in HONEST_SENTENCES if any(found.kind != "broken" for found in read_article(text).injections)
    ]
    print(f"false alarms: {len(wrong)} of {len(HONEST_SENTENCES)} honest sentences that look like orders or marks")
    lost = [
        words for words, pieces in COUNTED_TEXTS if any(piece not in read_article(words).trusted for piece in pieces)
    ]
    print(f"sentences lost: in {len(lost)} of {len(COUNTED_TEXTS)} texts of ordinary copy with weak signs")
    for text in (*alarmed, *wrong, *lost) if verbose else ():
        print(f"  {text}")


def _add(total: Tally, tally: Tally) -> None:
    total.attacks += tally.attacks
    total.replies += tally.replies
    for name in ("fabricated", "leaked", "unflagged", "lost"):
        getattr(total, name).extend(getattr(tally, name))


def _show(name: str, tally: Tally, verbose: bool) -> None:
    unnamed = {tuple(each.split(", ")[:2]) for each in tally.unflagged}
    made = {each.partition(": ")[0] for each in tally.fabricated}
    told = {each.partition(": ")[0] for each in tally.leaked}
    counts = f"{len(made):>12}{len(told):>7}{len(unnamed):>9}{len(tally.lost):>6}"
    print(f"{name:<38}{tally.attacks:>8}{tally.replies:>9}{counts}")
    for each in (*tally.fabricated, *tally.leaked, *tally.unflagged, *tally.lost) if verbose else ():
        print(f"  {each}")


if __name__ == "__main__":
    main()
